"""Ruled tables, by pdfplumber, on the pages that have rulings: cells as rectangles, filled with the page's own words."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from extractors.layout import Block, Box, Cell, Row, Table, Word
from extractors.readers.assemble import PlacedTable, blocks_in
from extractors.readers.rows import box_of
from extractors.text import ascii_key

LEAST_COLUMNS = 2
LEAST_ROWS = 2
THICKEST_RULING = 3.0
"""Points."""
SAME_EDGE = 4.0
"""Points within which two rulings are one."""


@dataclass(frozen=True)
class _Grid:
    """A table's cells on its page."""

    page: int
    box: Box
    cells: tuple[Box, ...]


def find(data: bytes, pages: Mapping[int, Sequence[Word]]) -> tuple[PlacedTable, ...]:
    """Return the tables of the given pages (number → words); parts of one table on consecutive pages are joined."""
    import pdfplumber

    placed: list[PlacedTable] = []
    with pdfplumber.open(io.BytesIO(data)) as document:
        for number, words in pages.items():
            for grid in _grids(document.pages[number - 1], number):
                table = _fill(grid, words)
                if table is not None:
                    placed.append(PlacedTable(number, grid.box, table))
    return _joined(placed)


def _grids(page: object, number: int) -> list[_Grid]:
    found = page.filter(_is_ruling).find_tables()  # type: ignore[attr-defined]  # pdfplumber's page
    return [_Grid(number, Box(*table.bbox), tuple(Box(*cell) for cell in table.cells)) for table in found]


def _is_ruling(thing: Mapping[str, object]) -> bool:
    """Keep lines and thin rectangles: a filled rectangle behind a line of text is highlighting, not a cell."""
    if thing.get("object_type") != "rect":
        return True
    width, height = float(str(thing["width"])), float(str(thing["height"]))
    return min(width, height) < THICKEST_RULING or (bool(thing.get("stroke")) and not thing.get("fill"))


def _edges(values: Sequence[float]) -> list[float]:
    out: list[float] = []
    for value in sorted(values):
        if not out or value - out[-1] > SAME_EDGE:
            out.append(value)
    return out


def _fill(grid: _Grid, words: Sequence[Word]) -> Table | None:
    """Return the table with its words, or None for a mere frame or rule."""
    tops = _edges([cell.top for cell in grid.cells])
    lefts = _edges([cell.x0 for cell in grid.cells])
    if len(tops) < LEAST_ROWS or len(lefts) < LEAST_COLUMNS:
        return None
    inside: dict[Box, list[Word]] = {cell: [] for cell in grid.cells}
    for word in words:
        home = next((cell for cell in grid.cells if _holds(cell, word)), None)
        if home is not None:
            inside[home].append(word)
    return Table(tuple(_row(top, grid.cells, tops, lefts, inside) for top in tops))


def _holds(cell: Box, word: Word) -> bool:
    box = box_of(word)
    x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
    return cell.x0 <= x < cell.x1 and cell.top <= y < cell.bottom


def _span(start: float, end: float, edges: Sequence[float]) -> int:
    return max(sum(start - SAME_EDGE <= edge < end - SAME_EDGE for edge in edges), 1)


def _row(top: float, cells: Sequence[Box], tops: Sequence[float], lefts: Sequence[float], inside: dict[Box, list[Word]]) -> Row:
    """Cells from left to right; the place of a cell merged from above is an empty cell."""
    starting = [cell for cell in cells if abs(cell.top - top) <= SAME_EDGE]
    out: list[Cell] = []
    column = 0
    while column < len(lefts):
        left = lefts[column]
        own = next((c for c in starting if abs(c.x0 - left) <= SAME_EDGE), None)
        above = next((c for c in cells if abs(c.x0 - left) <= SAME_EDGE and c.top < top - SAME_EDGE and c.bottom > top + SAME_EDGE), None)
        box = own or above
        width = _span(box.x0, box.x1, lefts) if box else 1
        if own is not None:
            out.append(Cell(blocks_in(inside[own]), _span(own.top, own.bottom, tops), width))
        else:
            out.append(Cell((), 1, width))
        column += width
    return Row(tuple(out))


def _joined(placed: Sequence[PlacedTable]) -> tuple[PlacedTable, ...]:
    """Join what continues on the next page; the later part keeps its place as an empty table that holds its words' area."""
    out: list[PlacedTable] = []
    first: PlacedTable | None = None
    for part in placed:
        if first is not None and _continues(first, out[-1], part):
            merged = PlacedTable(first.page, first.box, _append(first.table, part.table))
            out[out.index(first)] = merged
            first = merged
            out.append(PlacedTable(part.page, part.box, Table(())))
        else:
            first = part
            out.append(part)
    return tuple(out)


def _columns(table: Table) -> int:
    return max((sum(cell.col_span for cell in row.cells) for row in table.rows), default=0)


def _continues(first: PlacedTable, last: PlacedTable, part: PlacedTable) -> bool:
    aligned = abs(last.box.x0 - part.box.x0) < 3 * SAME_EDGE and abs(last.box.x1 - part.box.x1) < 3 * SAME_EDGE
    return part.page == last.page + 1 and aligned and _columns(first.table) == _columns(part.table)


def _append(table: Table, part: Table) -> Table:
    rows = list(part.rows)
    if rows and _text(rows[0]) == _text(table.rows[0]):
        rows = rows[1:]
    if rows and _cut(rows[0]) and len(table.rows) > 1:
        return Table((*table.rows[:-1], _merged(table.rows[-1], rows[0]), *rows[1:]))
    return Table((*table.rows, *rows))


def _text(row: Row) -> str:
    return ascii_key(" | ".join(cell.text for cell in row.cells))


def _cut(row: Row) -> bool:
    """A row without an ordinal whose texts go on in the middle of a sentence is the rest of the row above."""
    texts = [cell.text for cell in row.cells]
    return not texts[0] and len(texts) > 1 and any(text[:1].islower() for text in texts[1:])


def _merged(above: Row, below: Row) -> Row:
    pairs = zip(above.cells, below.cells, strict=False)
    return Row(tuple(Cell(_run_on(a, b), a.row_span, a.col_span) for a, b in pairs))


def _run_on(above: Cell, below: Cell) -> tuple[Block, ...]:
    if not above.blocks or not below.blocks:
        return above.blocks + below.blocks
    last, first = above.blocks[-1], below.blocks[0]
    lines = max((word.line for word in last.words), default=0) + 1
    moved = tuple(replace(word, line=word.line + lines) for word in first.words)
    return (*above.blocks[:-1], Block((*last.words, *moved)), *below.blocks[1:])
