"""Ruled tables on a page's picture, read cell by cell: read as one block, the lines of neighbouring cells run into each other.

All cells are set below each other in one picture: one call of the recogniser reads them, at the cost that their place on the page had.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.layout import Box
from extractors.readers import pdf_tables
from extractors.readers.pdf_rulings import Drawing
from extractors.readers.scans import ocr_engine
from extractors.readers.scans.ocr_engine import Seen
from extractors.readers.scans.ocr_pages import DARK, Sheet
from extractors.readers.scans.ocr_stacks import Piece, placed, stacked
from extractors.readers.scans.ocr_tone import WHITE, Grey

RIM = 4
"""Pixels inside and outside of a cell's edge where remains of its rulings may stand."""
LEAST_INK = 8
"""Pixels; less is a speck."""
MOST_CELLS = 600
MOST_SHARE = 3.0
"""Pixels of the stacked cells as a share of the page's; more is a grid of another kind than a table of text."""


def read(sheet: Sheet, dpi: float) -> tuple[Seen, ...]:
    """Return the words of a page: what stands outside of its tables, then the tables cell by cell."""
    cells = _cells(sheet, dpi)
    stack, rows = stacked(_pieces(sheet.text, cells))
    if not rows or stack.size > MOST_SHARE * sheet.text.size:
        return ocr_engine.recognise(sheet.text, dpi)
    outside = sheet.text.copy()
    for cell in cells:
        outside[max(int(cell.top) - RIM, 0) : int(cell.bottom) + RIM, max(int(cell.x0) - RIM, 0) : int(cell.x1) + RIM] = WHITE
    around = ocr_engine.recognise(outside, dpi)
    line = max((word.line for word in around), default=0) + 1
    inside = placed(ocr_engine.recognise(stack, dpi), rows)
    return (*around, *(replace(word, line=word.line + line) for _, word in inside))


def _cells(sheet: Sheet, dpi: float) -> list[Box]:
    """The cells of the page's tables, in pixels, row by row."""
    unit = dpi / 72
    across, down = (tuple(_scaled(box, 1 / unit) for box in lines) for lines in sheet.lines)
    drawing = Drawing(across, down)
    if not drawing.may_hold_grid:
        return []
    found = [_scaled(cell, unit) for grid in pdf_tables.grids(drawing) if pdf_tables.is_table(grid) for cell in grid]
    return sorted(found, key=lambda cell: (cell.top, cell.x0)) if len(found) <= MOST_CELLS else []


def _scaled(box: Box, by: float) -> Box:
    return Box(box.x0 * by, box.top * by, box.x1 * by, box.bottom * by)


def _pieces(grey: Grey, cells: Sequence[Box]) -> list[Piece]:
    """The insides of the inked cells, and where their corners lie."""
    pieces = [(grey[_inner(cell.top, cell.bottom), _inner(cell.x0, cell.x1)], int(cell.x0) + RIM, int(cell.top) + RIM) for cell in cells]
    return [piece for piece in pieces if (piece[0] < DARK).sum() >= LEAST_INK]


def _inner(start: float, end: float) -> slice:
    return slice(int(start) + RIM, max(int(end) - RIM, int(start) + RIM))
