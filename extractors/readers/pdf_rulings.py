"""Drawn lines, dark areas and pictures of a PDF page, from its objects: cheap to read, enough to know a table's grid or a scan."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import pypdfium2
import pypdfium2.raw as pdfium

from extractors.layout import Box
from extractors.readers.pdf_glyphs import WHITE, Canvas

MOST_OBJECTS = 20_000
"""Objects of a page that are looked at; a page of text and tables has some hundreds."""
MOST_SEGMENTS = 2_000
"""Segments of one path; more is a drawing."""
THICKEST = 3.0
"""Points: a filled area is a line up to this thickness."""
SHORTEST = 6.0
"""Points: shorter strokes are dots and dashes of a drawing."""
MOST_DARK = 200
"""Dark areas that are kept, the largest ones."""
DEEPEST_FORM = 3
_KINDS = (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE)
Matrix = tuple[float, float, float, float, float, float]
_SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Drawing:
    """The lines, dark areas and pictures of a page, as boxes from its top-left corner."""

    across: tuple[Box, ...] = ()
    """Horizontal lines."""
    down: tuple[Box, ...] = ()
    """Vertical lines."""
    dark: tuple[Box, ...] = ()
    """Areas filled with a colour other than white."""
    pictures: tuple[Box, ...] = ()

    @property
    def may_hold_grid(self) -> bool:
        """True when lines run both ways at three places at least: the least that two rows of two cells need."""
        return _places([b.top for b in self.across]) >= 3 and _places([b.x0 for b in self.down]) >= 3


def _places(values: list[float]) -> int:
    return len({round(value / 4) for value in values})


def read_drawing(page: pypdfium2.PdfPage, canvas: Canvas) -> Drawing:
    """Return what is drawn on a page besides text and pictures."""
    across: list[Box] = []
    down: list[Box] = []
    dark: list[Box] = []
    pictures: list[Box] = []
    pen = _Pen(canvas)
    for obj, matrix, kind in _shapes(page):
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            pictures += pen.bounds(obj, matrix)
            continue
        for box, filled in pen.marks(obj, matrix):
            width, height = box.x1 - box.x0, box.bottom - box.top
            if min(width, height) > THICKEST:
                if filled:
                    dark.append(box)
            elif max(width, height) >= SHORTEST:
                (across if width > height else down).append(box)
    return Drawing(tuple(across), tuple(down), tuple(_largest(dark)), tuple(pictures))


def _largest(boxes: list[Box]) -> list[Box]:
    return sorted(boxes, key=lambda box: (box.x0 - box.x1) * (box.bottom - box.top))[:MOST_DARK]


def _shapes(page: pypdfium2.PdfPage) -> Iterator[tuple[object, Matrix, int]]:
    """Yield every path and picture with its kind, those inside form objects with the form's matrix."""
    left = MOST_OBJECTS
    stack: list[tuple[object, Matrix, int]] = []
    for index in range(min(pdfium.FPDFPage_CountObjects(page.raw), left)):
        stack.append((pdfium.FPDFPage_GetObject(page.raw, index), _SAME, 0))
        while stack and left > 0:
            obj, matrix, depth = stack.pop()
            left -= 1
            kind = pdfium.FPDFPageObj_GetType(obj)
            if kind in _KINDS:
                yield obj, matrix, kind
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < DEEPEST_FORM:
                inner = _times(_matrix(obj), matrix)
                count = min(max(pdfium.FPDFFormObj_CountObjects(obj), 0), left)
                stack += [(pdfium.FPDFFormObj_GetObject(obj, k), inner, depth + 1) for k in range(count)]


def _matrix(obj: object) -> Matrix:
    raw = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(obj, raw):
        return _SAME
    return (raw.a, raw.b, raw.c, raw.d, raw.e, raw.f)


def _times(first: Matrix, second: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    p, q, r, s, t, u = second
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


class _Pen:
    """Reads one path after the other; the buffers that ctypes needs are made once."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._edges = [ctypes.c_float() for _ in range(4)]
        self._fill, self._stroke = ctypes.c_int(), ctypes.c_int()
        self._colour = [ctypes.c_uint() for _ in range(4)]
        self._x, self._y = ctypes.c_float(), ctypes.c_float()

    def marks(self, obj: object, matrix: Matrix) -> Iterator[tuple[Box, bool]]:
        """Yield the path's visible lines and filled areas, with True for what is filled."""
        if not pdfium.FPDFPath_GetDrawMode(obj, self._fill, self._stroke):
            return
        filled = bool(self._fill.value) and self._inked(obj, pdfium.FPDFPageObj_GetFillColor)
        stroked = bool(self._stroke.value) and self._inked(obj, pdfium.FPDFPageObj_GetStrokeColor)
        bounds = self.bounds(obj, matrix) if filled or stroked else []
        if not bounds:
            return
        if min(bounds[0].x1 - bounds[0].x0, bounds[0].bottom - bounds[0].top) <= THICKEST:
            yield bounds[0], filled
            return
        for points in self._parts(obj, _times(_matrix(obj), matrix)):
            if filled:
                yield self._box(points, _SAME), True
            if stroked:
                yield from ((self._box([a, b], _SAME), False) for a, b in pairwise(points))

    def bounds(self, obj: object, matrix: Matrix) -> list[Box]:
        """The box around an object, if it has one."""
        if not pdfium.FPDFPageObj_GetBounds(obj, *self._edges):
            return []
        left, bottom, right, top = (edge.value for edge in self._edges)
        return [self._box([(left, bottom), (right, top), (left, top), (right, bottom)], matrix)]

    def _inked(self, obj: object, colour_of: object) -> bool:
        if not colour_of(obj, *self._colour):  # type: ignore[operator]  # one of PDFium's functions
            return True
        red, green, blue, alpha = (part.value for part in self._colour)
        return alpha > 0 and min(red, green, blue) < WHITE

    def _box(self, points: list[tuple[float, float]], matrix: Matrix) -> Box:
        a, b, c, d, e, f = matrix
        placed = [(a * x + c * y + e, b * x + d * y + f) for x, y in points]
        xs, ys = [x for x, _ in placed], [y for _, y in placed]
        return self._canvas.box(min(xs), min(ys), max(xs), max(ys))

    def _parts(self, obj: object, matrix: Matrix) -> Iterator[list[tuple[float, float]]]:
        """Yield the corner points of each part of a path, in the page's coordinates."""
        a, b, c, d, e, f = matrix
        points: list[tuple[float, float]] = []
        count = pdfium.FPDFPath_CountSegments(obj)
        for index in range(count if count <= MOST_SEGMENTS else 0):
            segment = pdfium.FPDFPath_GetPathSegment(obj, index)
            if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO and points:
                yield points
                points = []
            pdfium.FPDFPathSegment_GetPoint(segment, self._x, self._y)
            x, y = self._x.value, self._y.value
            points.append((a * x + c * y + e, b * x + d * y + f))
            if pdfium.FPDFPathSegment_GetClose(segment):
                points.append(points[0])
        if points:
            yield points
