"""From words with boxes to the layout's items, for every reader with geometry: rows, columns, paragraphs, furniture."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from extractors.layout import Block, Box, Item, Origin, Table, Word
from extractors.readers import table_joins
from extractors.readers.columns import split_columns
from extractors.readers.page_words import PageWords
from extractors.readers.paragraphs import frame_of, paragraphs, rows_full
from extractors.readers.rows import Row, box_of, rows_of

_PAGE_NUMBER = re.compile(r"[-–—\s]*(?:trang\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?[-–—\s]*", re.IGNORECASE)  # only ever tried on short rows
_RULE = re.compile(r"[_\-–—=.…*\s]{3,}")
_STAMP = re.compile(
    r"da ky len van ban nay|^(?:nguoi ky|co quan|thoi gian ky|ngay ky|ky boi)\s*:|^(?:signature valid|digitally signed)\b"
    r"|^(?:email|e-mail)\s*:\s*\S+@|\bphone\s*:.*\bfax\s*:|^\d{4}-\d\d-\d\dt\d\d:\d\d"
)
_ARRIVAL = re.compile(r"^(?:cong van den|van ban den|den so\s*:|chuyen\s*:|so va ky hieu hs|luu ho so so)")
_FILLS = re.compile(r"\d{1,5}[A-Za-zĐđ]?(?:[./]\d{1,4})*")
HEAD, FOOT = 0.085, 0.93
"""Shares of the page's height above and below which page numbers and running heads stand."""


@dataclass(frozen=True)
class PlacedTable:
    """A table found on a page, with the rectangle that its words were taken from."""

    page: int
    box: Box
    table: Table
    cells: tuple[Box, ...] = ()


@dataclass(frozen=True)
class PageRows:
    """Rows of one page between two tables, and the page's width in points."""

    width: float
    rows: list[Row]


Segment = PageRows | PlacedTable


@dataclass(frozen=True)
class Assembled:
    """The parts of a layout that assembling yields."""

    items: tuple[Item, ...]
    furniture: tuple[Block, ...]
    stamps: tuple[Block, ...]
    footnotes: tuple[Block, ...] = ()


def assemble(pages: Sequence[PageWords], tables: Sequence[PlacedTable] = ()) -> Assembled:
    """Return paragraphs and tables in reading order; page numbers, running heads and stamps apart."""
    sheets = [(sheet, rows_of(_page_text(sheet, tables))) for sheet in pages]
    heads = _running(sheets)
    furniture: list[Row] = []
    stamps: list[Row] = [row for sheet in pages if sheet.stamp_words for row in rows_of(sheet.stamp_words)]
    segments: list[Segment] = []
    for sheet, rows in sheets:
        kept: list[Row] = []
        for row in rows:
            target = _apart(row, sheet, heads, furniture, stamps)
            (kept if target is None else target).append(row)
        segments += _segments(sheet, kept, [t for t in tables if t.page == sheet.page.number])
    return Assembled(tuple(_items(segments)), tuple(map(_alone, furniture)), tuple(map(_alone, stamps)))


def _alone(row: Row) -> Block:
    return Block(row.words)


def _page_text(sheet: PageWords, tables: Sequence[PlacedTable]) -> list[Word]:
    areas = [cell for table in tables if table.page == sheet.page.number for cell in table.cells]
    if not areas:
        return list(sheet.words)
    return [word for word in sheet.words if not any(_inside(word, area) for area in areas)]


def _inside(word: Word, area: Box) -> bool:
    box = box_of(word)
    x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
    return area.x0 <= x <= area.x1 and area.top <= y <= area.bottom


def _running(sheets: Sequence[tuple[PageWords, Sequence[Row]]]) -> frozenset[str]:
    """Texts that stand at the head or foot of three pages or more."""
    counts = Counter(
        row.key
        for sheet, rows in sheets
        for row in {id(r): r for r in [*rows[:2], *rows[-2:]]}.values()
        if row.box.bottom < 0.1 * sheet.page.height or row.box.top > 0.92 * sheet.page.height
    )
    return frozenset(text for text, count in counts.items() if count >= 3 and len(text) > 3)


def _apart(row: Row, sheet: PageWords, heads: frozenset[str], furniture: list[Row], stamps: list[Row]) -> list[Row] | None:
    """Where a row goes that is no text; None for text."""
    height = sheet.page.height
    at_edge = row.box.bottom < HEAD * height or row.box.top > FOOT * height
    if at_edge and (_PAGE_NUMBER.fullmatch(row.text) or row.key in heads):
        return furniture
    if _RULE.fullmatch(row.text) and "…" not in row.text:
        return furniture
    text = row.key
    if _STAMP.search(text) or _ARRIVAL.match(text):
        return stamps
    return None


def _segments(sheet: PageWords, rows: Sequence[Row], tables: Sequence[PlacedTable]) -> list[Segment]:
    """Cut a page's rows at its tables, from top to bottom."""
    out: list[Segment] = []
    rest = list(rows)
    for table in sorted(tables, key=lambda t: t.box.top):
        above = [row for row in rest if row.box.top < table.box.top]
        if above:
            out.append(PageRows(sheet.page.width, above))
        out.append(table)
        rest = rest[len(above) :]
    return [*out, PageRows(sheet.page.width, rest)] if rest else out


def _items(segments: Sequence[Segment]) -> list[Item]:
    """Paragraphs and tables; a table that opens a page and goes on with the one that closed the page before is one with it."""
    out: list[Item] = []
    for tabled, group in groupby(segments, key=lambda segment: isinstance(segment, PlacedTable)):
        if tabled:
            out += _whole_tables([part for part in group if isinstance(part, PlacedTable)])
        else:
            out += _texts([part for part in group if isinstance(part, PageRows)])
    return out


def _whole_tables(parts: Sequence[PlacedTable]) -> list[Table]:
    out = [parts[0].table]
    for last, part in pairwise(parts):
        if part.page == last.page + 1 and table_joins.continues(out[-1], last.box, part.table, part.box):
            out[-1] = table_joins.join(out[-1], part.table)
        else:
            out.append(part.table)
    return out


def _texts(run: Sequence[PageRows]) -> list[Block]:
    """The paragraphs of consecutive rows; pages of one width share their frame."""
    strips = split_columns([(part.width, part.rows) for part in run])
    widths = {row.page: part.width for part in run for row in part.rows}
    out: list[Block] = []
    for width, group in groupby(strips, key=lambda strip: widths[strip.row.page]):
        mine = list(group)
        out += paragraphs(mine, frame_of(rows_full(mine), width))
    return out


def place_fields(words: Sequence[Word], field_words: Sequence[Word]) -> tuple[tuple[Word, ...], tuple[Word, ...]]:
    """Return (words with the field words that fill their blanks, field words that belong to a stamp).

    Signing software lays the number and the day over the blanks of the page: what is a number and stands on a printed row is text,
    the rest of an appearance is the signature's own.
    """
    if not field_words:
        return tuple(words), ()
    rows = rows_of(words)
    fills: list[Word] = []
    rest: list[Word] = []
    for row in rows_of(field_words):
        for word in row.words:
            target = fills if _FILLS.fullmatch(word.text) and _on_row(word, rows) else rest
            target.append(replace(word, origin=Origin.FIELD, glued=False))
    return (*words, *fills), tuple(rest)


def _on_row(word: Word, rows: Sequence[Row]) -> bool:
    box = box_of(word)
    for row in rows:
        overlap = min(row.box.bottom, box.bottom) - max(row.box.top, box.top)
        if overlap > 0.5 * min(box.bottom - box.top, row.box.bottom - row.box.top):
            return re.search(r"\bso\b|\bngay\b|\bthang\b", row.key) is not None
    return False
