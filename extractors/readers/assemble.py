"""From words with boxes to the layout's items, for every reader with geometry: rows, columns, paragraphs, furniture."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from extractors.layout import Block, Box, Column, Item, Origin, Table, Word
from extractors.readers.columns import Strip, key, split_columns
from extractors.readers.page_words import PageWords
from extractors.readers.paragraphs import frame_of, paragraphs, rows_full
from extractors.readers.rows import Row, box_of, healed, rows_of

_PAGE_NUMBER = re.compile(r"[-–—\s]*(?:trang\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?[-–—\s]*", re.IGNORECASE)  # only ever tried on short rows
_RULE = re.compile(r"[_\-–—=.…*\s]{3,}")
_STAMP = re.compile(
    r"da ky len van ban nay|^(?:nguoi ky|co quan|thoi gian ky|ngay ky|ky boi|signature valid|digitally signed)\s*[:.]?\s*\S"
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


@dataclass(frozen=True)
class Assembled:
    """The parts of a layout that assembling yields."""

    items: tuple[Item, ...]
    furniture: tuple[Block, ...]
    stamps: tuple[Block, ...]


def assemble(pages: Sequence[PageWords], tables: Sequence[PlacedTable] = ()) -> Assembled:
    """Return paragraphs and tables in reading order; page numbers, running heads and stamps apart."""
    sheets = [(sheet, rows_of(_page_text(sheet, tables))) for sheet in pages]
    heads = _running(sheets)
    furniture: list[Row] = []
    stamps: list[Row] = [row for sheet in pages for row in rows_of(sheet.stamp_words)]
    segments: list[tuple[float, list[Row]] | PlacedTable] = []
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
    areas = [table.box for table in tables if table.page == sheet.page.number]
    return [word for word in sheet.words if not any(_inside(word, area) for area in areas)]


def _inside(word: Word, area: Box) -> bool:
    box = box_of(word)
    x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
    return area.x0 <= x <= area.x1 and area.top <= y <= area.bottom


def _running(sheets: Sequence[tuple[PageWords, Sequence[Row]]]) -> frozenset[str]:
    """Texts that stand at the head or foot of three pages or more."""
    counts = Counter(
        key(row)
        for sheet, rows in sheets
        for row in {id(r): r for r in [*rows[:2], *rows[-2:]]}.values()
        if row.box.bottom < 0.1 * sheet.page.height or row.box.top > 0.92 * sheet.page.height
    )
    return frozenset(text for text, count in counts.items() if count >= 3 and len(text) > 3)


def _apart(row: Row, sheet: PageWords, heads: frozenset[str], furniture: list[Row], stamps: list[Row]) -> list[Row] | None:
    """Where a row goes that is no text; None for text."""
    height = sheet.page.height
    at_edge = row.box.bottom < HEAD * height or row.box.top > FOOT * height
    if at_edge and (_PAGE_NUMBER.fullmatch(row.text) or key(row) in heads):
        return furniture
    if _RULE.fullmatch(row.text) and "…" not in row.text:
        return furniture
    text = key(row)
    if _STAMP.search(text) or _ARRIVAL.match(text):
        return stamps
    return None


def _segments(sheet: PageWords, rows: Sequence[Row], tables: Sequence[PlacedTable]) -> list[tuple[float, list[Row]] | PlacedTable]:
    """Cut a page's rows at its tables, from top to bottom."""
    out: list[tuple[float, list[Row]] | PlacedTable] = []
    rest = list(rows)
    for table in sorted(tables, key=lambda t: t.box.top):
        above = [row for row in rest if row.box.top < table.box.top]
        out += [(sheet.page.width, above), table]
        rest = rest[len(above) :]
    return [*out, (sheet.page.width, rest)]


def _items(segments: Sequence[tuple[float, list[Row]] | PlacedTable]) -> Iterable[Item]:
    run: list[tuple[float, list[Row]]] = []
    for segment in segments:
        if isinstance(segment, PlacedTable):
            yield from _texts(run)
            run = []
            yield segment.table
        else:
            run.append(segment)
    yield from _texts(run)


def _texts(run: Sequence[tuple[float, list[Row]]]) -> list[Block]:
    """The paragraphs of consecutive rows; pages of one width share their frame."""
    strips = split_columns(run)
    out: list[Block] = []
    for width in dict.fromkeys(width for width, rows in run if rows):
        pages = {row.page for w, rows in run if w == width for row in rows}
        mine = [strip for strip in strips if strip.row.page in pages]
        out += paragraphs(mine, frame_of(rows_full(mine), width))
    return out


def place_fields(words: Sequence[Word], field_words: Sequence[Word]) -> tuple[tuple[Word, ...], tuple[Word, ...]]:
    """Return (words with the field words that fill their blanks, field words that belong to a stamp).

    Signing software lays the number and the day over the blanks of the page: what is a number and stands on a printed row is text,
    the rest of an appearance is the signature's own.
    """
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
            return re.search(r"\bso\b|\bngay\b|\bthang\b", key(row)) is not None
    return False


def blocks_in(words: Sequence[Word]) -> tuple[Block, ...]:
    """Return the paragraphs of a table cell: one for each list item, lines joined."""
    rows = rows_of(words)
    if not rows:
        return ()
    strips = [Strip(row, Column.FULL) for row in rows]
    groups: list[list[Strip]] = []
    for strip in strips:
        marked = re.match(r"[-–+•]\s|\d{1,2}[.)]\s|[a-zđ]\)\s", strip.row.text) is not None
        if groups and not marked:
            groups[-1].append(strip)
        else:
            groups.append([strip])
    return tuple(Block(healed([replace(w, line=i) for i, s in enumerate(group) for w in s.row.words])) for group in groups)
