"""Layout tables and data tables.

Dispatches set their letterhead and their signature block in a table without lines (NĐ 30/2020 Phụ lục I); such a table is taken
apart into blocks with a column, in the order in which a page is read: the left column of a region from top to bottom, then the
right one. A table of data stays a table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from extractors import zone_signs as signs
from extractors.layout import Block, Cell, Column, Item, Row, Table, Word
from extractors.readers.docx_blocks import cell_blocks, short, split_items, text_of, to_block
from extractors.readers.docx_body import Paragraph, RawCell, RawItem, RawTable, TextBox
from extractors.text import fold

Arrange = Callable[[Sequence[RawItem]], list[Item]]
_ORDINAL_HEAD = re.compile(r"(?:s?tt|số tt|số thứ tự|no|stt/no)\.?$")
"""The head of a table's first column."""
_LOOKED_AT = 12
"""Rows whose texts are looked at for signs, from the top and from the end."""
_MOST_ROWS = 10
"""A letterhead or signature table with lines around its cells has no more rows."""
_WHOLE_WIDTH = 0.7
"""Share of the table's width from which a lone cell of a row stands over both columns."""


def paragraphs(items: Sequence[RawItem]) -> Iterator[Paragraph]:
    """Yield all paragraphs of a cell or text box in reading order, nested tables included."""
    for item in items:
        if isinstance(item, Paragraph):
            yield item
        elif isinstance(item, TextBox):
            yield from paragraphs(item.items)
        else:
            for row in item.rows:
                for cell in row:
                    yield from paragraphs(cell.items)


def _first(cell: RawCell) -> tuple[Word, ...]:
    return next((paragraph.words for paragraph in paragraphs(cell.items)), ())


def _filled(row: Sequence[RawCell]) -> list[RawCell]:
    return [cell for cell in row if _first(cell)]


def _lines(row: Sequence[RawCell]) -> Iterator[str]:
    """The short lines of a row's own paragraphs: those that may be signs."""
    for cell in row:
        for item in cell.items:
            if isinstance(item, Paragraph):
                start = 0
                for index in range(1, len(item.words) + 1):
                    if index == len(item.words) or item.words[index].line != item.words[start].line:
                        yield short(item.words[start:index])
                        start = index


def headed_by_ordinal(table: RawTable) -> bool:
    """True when one of the first two rows is the head of a data table ("TT", "STT" and at least one more column)."""
    for row in table.rows[:2]:
        filled = _filled(row)
        if len(filled) >= 2 and any(_ORDINAL_HEAD.match(fold(short(_first(cell)))) for cell in filled[:2]):
            return True
    return False


def letterhead_sign(line: str) -> bool:
    """True for a line that stands only in a letterhead."""
    return bool(line) and (
        signs.national_title(line) or signs.party_title(line) or signs.motto(line) or signs.number_line(line) or signs.place_date(line)
    )


def closing_sign(line: str) -> bool:
    """True for a line that stands only in the block of recipients and signature."""
    return bool(line) and bool(signs.recipients_lead(line) or signs.authority_line(line))


def is_layout(table: RawTable) -> bool:
    """True for a table that only places text on the page; told by its words first, then by its lines."""
    widest = max((len(_filled(row)) for row in table.rows), default=0)
    if widest <= 1:
        return True
    if headed_by_ordinal(table):
        return False
    rows = table.rows if len(table.rows) <= 2 * _LOOKED_AT else (*table.rows[:_LOOKED_AT], *table.rows[-_LOOKED_AT:])
    lines = [line for row in rows for line in _lines(row) if line]
    sure = (signs.national_title, signs.party_title, signs.recipients_lead, signs.address_lead)
    if any(test(line) for line in lines for test in sure):
        return True
    if widest <= 3 and len(table.rows) <= _MOST_ROWS and any(letterhead_sign(line) or closing_sign(line) for line in lines):
        return True
    return not table.ruled and widest <= 2


def flatten(table: RawTable, arrange: Arrange) -> Iterator[Item]:
    """Yield the blocks of a layout table, each region's left column before its right one."""
    sides: dict[Column, list[Item]] = {Column.LEFT: [], Column.RIGHT: []}
    placer = _Placer(table)
    for number, row in enumerate(table.rows):
        placed = placer.place(row)
        for column, cell in placed:
            if column is not Column.FULL:
                sides[column].extend(_side_items(cell.items, column, number, arrange))
        full = [cell for column, cell in placed if column is Column.FULL]
        if full:
            yield from _emptied(sides)
        for cell in full:
            yield from (replace(item, row=number) if isinstance(item, Block) else item for item in arrange(cell.items))
    yield from _emptied(sides)


def _emptied(sides: dict[Column, list[Item]]) -> Iterator[Item]:
    for items in sides.values():
        yield from items
        items.clear()


def _side_items(items: Sequence[RawItem], column: Column, row: int, arrange: Arrange) -> Iterator[Item]:
    for item in items:
        if isinstance(item, Paragraph):
            yield from cell_blocks(item, column, row)
        elif isinstance(item, TextBox):
            yield from _side_items(item.items, column, row, arrange)
        else:
            inner = arrange([item])
            yield from (replace(each, column=column, row=row) if isinstance(each, Block) else each for each in inner)


class _Placer:
    """Tells the column of each cell of a layout table, row after row."""

    def __init__(self, table: RawTable) -> None:
        count = max((cell.column + cell.col_span for row in table.rows for cell in row), default=1)
        widths = table.widths if len(table.widths) >= count and min(table.widths, default=0) > 0 else (1.0,) * count
        self._edges = [0.0]
        for width in widths[:count]:
            self._edges.append(self._edges[-1] + width)
        self._addressed = False
        rows = table.rows if len(table.rows) <= _MOST_ROWS else table.rows[:_MOST_ROWS]
        self._paired = any(letterhead_sign(line) or closing_sign(line) or _capitals(line) for row in rows for line in _lines(row))

    def place(self, row: Sequence[RawCell]) -> list[tuple[Column, RawCell]]:
        """Return the filled cells of a row with their columns."""
        filled = _filled(row)
        if not filled:
            return []
        addressed = [bool(signs.address_lead(text_of(_first(cell)[:12]))) for cell in filled]
        signed = any(letterhead_sign(line) or closing_sign(line) or signs.subject_lead(line) for line in _lines(row))
        if any(addressed):
            self._addressed = True
            return [(Column.LEFT if signed and not own else Column.FULL, cell) for own, cell in zip(addressed, filled, strict=True)]
        if signed:
            self._addressed = False
        if self._addressed or not self._paired:
            return [(Column.FULL, cell) for cell in filled]
        if len(filled) == 1:
            return [(self._alone(filled[0]), filled[0])]
        return [(Column.LEFT if index == 0 else Column.RIGHT, cell) for index, cell in enumerate(filled)]

    def _alone(self, cell: RawCell) -> Column:
        left, right, whole = self._edges[cell.column], self._edges[cell.column + cell.col_span], self._edges[-1]
        if right - left >= _WHOLE_WIDTH * whole:
            return Column.FULL
        return Column.LEFT if left + right < whole else Column.RIGHT


def _capitals(line: str) -> bool:
    return line.isupper() and len(line) >= 6


def data_table(table: RawTable) -> Table:
    """Return a table of data; a cell merged from above is an empty cell."""
    below: dict[int, int] = {}
    rows: list[Row] = []
    for row in reversed(table.rows):
        cells: list[Cell] = []
        if row and row[0].column:
            cells.append(Cell((), col_span=row[0].column))
        for cell in row:
            blocks = tuple(to_block(part) for paragraph in paragraphs(cell.items) for part in split_items(paragraph))
            goes_on = cell.merge == "continue"
            cells.append(Cell(blocks, 1 if goes_on else 1 + below.get(cell.column, 0), cell.col_span))
            below[cell.column] = below.get(cell.column, 0) + 1 if goes_on else 0
        rows.append(Row(tuple(cells)))
    return Table(tuple(reversed(rows)))
