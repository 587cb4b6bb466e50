"""Ruled tables: pdfplumber's search for cells, run on the lines that PDFium knows, filled with the page's own words.

Giving pdfplumber the lines spares a second parsing of the file: that costs more than everything else the reader does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from extractors.layout import Block, Box, Cell, Row, Table, Word
from extractors.readers.assemble import PlacedTable
from extractors.readers.cells import blocks_in
from extractors.readers.pdf_rulings import Drawing
from extractors.readers.rows import box_of

LEAST_COLUMNS = 2
LEAST_ROWS = 2
SAME_EDGE = 3.0
"""Points within which two lines are one, or a line reaches another (pdfplumber's own default)."""
MOST_EDGES = 400
"""Lines of one page after joining; more is a drawing or a map, and the search for cells would take seconds."""
MOST_PIECES = 4_000


def find(drawing: Drawing, page: int, words: Sequence[Word]) -> Iterator[PlacedTable]:
    """Yield the tables of one page, from top to bottom."""
    if not drawing.may_hold_grid:
        return
    for cells in grids(drawing):
        table = _fill(cells, words)
        if table is not None:
            yield PlacedTable(page, _around(cells), table, tuple(cells))


def grids(drawing: Drawing) -> list[list[Box]]:
    """Return the cells of each grid that the lines make."""
    from pdfplumber import table as finder

    pieces = [_edge(box, "h") for box in drawing.across] + [_edge(box, "v") for box in drawing.down]
    if len(pieces) > MOST_PIECES:
        return []
    edges = finder.merge_edges(pieces, SAME_EDGE, SAME_EDGE, SAME_EDGE, SAME_EDGE)
    if len(edges) > MOST_EDGES:
        return []
    cells = finder.intersections_to_cells(finder.edges_to_intersections(edges, SAME_EDGE, SAME_EDGE))
    return [[Box(*cell) for cell in grid] for grid in finder.cells_to_tables(cells)]


def _edge(box: Box, orientation: str) -> dict[str, object]:
    """A line in pdfplumber's form, without thickness."""
    x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
    across = orientation == "h"
    x0, x1, top, bottom = (box.x0, box.x1, y, y) if across else (x, x, box.top, box.bottom)
    return {
        "orientation": orientation,
        "object_type": "line",
        "x0": x0,
        "x1": x1,
        "top": top,
        "bottom": bottom,
        "doctop": top,
        "width": x1 - x0,
        "height": bottom - top,
    }


def _around(cells: Sequence[Box]) -> Box:
    return Box(min(c.x0 for c in cells), min(c.top for c in cells), max(c.x1 for c in cells), max(c.bottom for c in cells))


def _edges(values: Sequence[float]) -> list[float]:
    out: list[float] = []
    for value in sorted(values):
        if not out or value - out[-1] > SAME_EDGE:
            out.append(value)
    return out


def is_table(cells: Sequence[Box]) -> bool:
    """True for two rows and two columns at least; less is a frame."""
    return len(_edges([cell.top for cell in cells])) >= LEAST_ROWS and len(_edges([cell.x0 for cell in cells])) >= LEAST_COLUMNS


def _fill(cells: Sequence[Box], words: Sequence[Word]) -> Table | None:
    """Return the table with its words, or None for a mere frame, or a grid without words."""
    if not is_table(cells):
        return None
    tops, lefts = _edges([cell.top for cell in cells]), _edges([cell.x0 for cell in cells])
    inside = _homes(cells, words)
    if not any(inside.values()):
        return None
    return Table(tuple(_row(top, cells, tops, lefts, inside) for top in tops))


def _homes(cells: Sequence[Box], words: Sequence[Word]) -> dict[Box, list[Word]]:
    inside: dict[Box, list[Word]] = {cell: [] for cell in cells}
    bands = [(top, list(group)) for top, group in groupby(sorted(cells, key=lambda c: (c.top, c.x0)), key=lambda c: c.top)]
    around = _around(cells)
    for word in words:
        box = box_of(word)
        x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
        if not (around.x0 <= x < around.x1 and around.top <= y < around.bottom):
            continue
        for _, band in bands:
            home = next((cell for cell in band if cell.x0 <= x < cell.x1 and cell.top <= y < cell.bottom), None)
            if home is not None:
                inside[home].append(word)
                break
    return inside


def _span(start: float, end: float, edges: Sequence[float]) -> int:
    return max(sum(start - SAME_EDGE <= edge < end - SAME_EDGE for edge in edges), 1)


def _row(top: float, cells: Sequence[Box], tops: Sequence[float], lefts: Sequence[float], inside: dict[Box, list[Word]]) -> Row:
    """Cells from left to right; the place of a cell merged from above is an empty cell."""
    starting = [cell for cell in cells if abs(cell.top - top) <= SAME_EDGE]
    reaching = [cell for cell in cells if cell.top < top - SAME_EDGE and cell.bottom > top + SAME_EDGE]
    out: list[Cell] = []
    column = 0
    while column < len(lefts):
        left = lefts[column]
        own = next((cell for cell in starting if abs(cell.x0 - left) <= SAME_EDGE), None)
        box = own or next((cell for cell in reaching if abs(cell.x0 - left) <= SAME_EDGE), None)
        width = _span(box.x0, box.x1, lefts) if box else 1
        blocks: tuple[Block, ...] = blocks_in(inside[own], own) if own else ()
        out.append(Cell(blocks, _span(own.top, own.bottom, tops) if own else 1, width))
        column += width
    return Row(tuple(out))
