"""From words with boxes to the layout's items, for every reader with geometry: rows, columns, paragraphs, furniture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from extractors.layout import Block, Box, Item, Table, Word
from extractors.readers import table_joins
from extractors.readers.furniture import Apart, body_size, furniture_apart, is_rule, running
from extractors.readers.page_words import PageWords
from extractors.readers.paragraphs import frame_of, paragraphs, rows_full
from extractors.readers.regions import split_columns
from extractors.readers.rows import Row, box_of, healed, rows_of, with_line
from extractors.readers.stamped import place_fields
from extractors.readers.stamps import stamps_apart

__all__ = ["Assembled", "PageRows", "PlacedTable", "assemble", "place_fields"]


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
    """Return paragraphs and tables in reading order; page numbers, running heads, footnotes and stamps apart.

    In the two-column regions (letterhead, closing) every printed line is a block of its own, the left column's before the right
    one's; only a subject ("V/v …"), a recipient and the filing line run over lines. Elsewhere a block is a paragraph, over all its
    lines and pages; the lines of a centred title are one block as long as weight and case stay the same.
    """
    printed = [(sheet, rows_of(_page_text(sheet, tables))) for sheet in pages]
    body = body_size(row for _, rows in printed for row in rows)
    stamps = [row for sheet in pages if sheet.stamp_words for row in rows_of(sheet.stamp_words)]
    apart = Apart()
    heads = running([(sheet.page, rows) for sheet, rows in printed], body)
    segments: list[Segment] = []
    for sheet, rows in printed:
        found = stamps_apart(rows, body)
        stamps += found.stamps
        kept = furniture_apart(sheet.page, found.text, heads, body, apart)
        segments += _segments(sheet, kept, [t for t in tables if t.page == sheet.page.number])
    return Assembled(
        tuple(_items(segments)),
        tuple(Block(row.words) for row in apart.furniture),
        tuple(Block(row.words) for row in stamps),
        tuple(_joined(rows) for rows in apart.footnotes),
    )


def _joined(rows: Sequence[Row]) -> Block:
    return Block(healed([with_line(word, line) for line, row in enumerate(rows) for word in row.words]))


def _page_text(sheet: PageWords, tables: Sequence[PlacedTable]) -> list[Word]:
    areas = [cell for table in tables if table.page == sheet.page.number for cell in table.cells]
    if not areas:
        return list(sheet.words)
    return [word for word in sheet.words if not any(_inside(word, area) for area in areas)]


def _inside(word: Word, area: Box) -> bool:
    box = box_of(word)
    x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
    return area.x0 <= x <= area.x1 and area.top <= y <= area.bottom


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
    tables = [segment for segment in segments if isinstance(segment, PlacedTable)]
    out: list[Item] = []
    for tabled, group in groupby(segments, key=lambda segment: isinstance(segment, PlacedTable)):
        if tabled:
            out += _whole_tables([part for part in group if isinstance(part, PlacedTable)])
        else:
            out += _texts([part for part in group if isinstance(part, PageRows)], tables)
    return out


def _whole_tables(parts: Sequence[PlacedTable]) -> list[Table]:
    out = [parts[0].table]
    for last, part in pairwise(parts):
        if part.page == last.page + 1 and table_joins.continues(out[-1], last.box, part.table, part.box):
            out[-1] = table_joins.join(out[-1], part.table)
        else:
            out.append(part.table)
    return out


def _texts(run: Sequence[PageRows], tables: Sequence[PlacedTable]) -> list[Block]:
    """The paragraphs of consecutive rows; pages of one width share their frame."""
    strips = [strip for strip in split_columns([(part.width, part.rows) for part in run]) if not is_rule(strip.row)]
    widths = {row.page: part.width for part in run for row in part.rows}
    out: list[Block] = []
    for width, group in groupby(strips, key=lambda strip: widths[strip.row.page]):
        mine = list(group)
        pages = {strip.row.page for strip in mine}
        beside = [table.box for table in tables if table.page in pages]
        out += paragraphs(mine, frame_of(rows_full(mine), width, beside))
    return out
