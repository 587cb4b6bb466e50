"""Characters of a PDF page: where they stand, in which type, and whether a person can see them.

Coordinates leave this module in points from the top-left corner of the page as it is shown: its crop box and its rotation count.
"""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from extractors.layout import Box

SMALLEST_TYPE = 2.0
"""Points: smaller type cannot be read by a person; such text is hidden."""
ASCENT, DESCENT = 0.89, 0.22
"""Shares of the type size above and below the baseline, as in Times New Roman."""
LARGEST_SIDE = 14400.0
"""Points: the largest page side that PDF allows (ISO 32000-1, annex C)."""
WHITE = 250
"""A colour with all three parts from here on (of 255) cannot be told from paper."""
_FONT_NAME_BYTES = 128
_INVISIBLE = frozenset({pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP})
_STROKED = pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE
_ITALIC, _FORCE_BOLD = 1 << 6, 1 << 18
"""Font descriptor flags (ISO 32000-1, 9.8.2)."""
_BOLD_NAMES = (b"bold", b"black", b"heavy")
_SUBSET = re.compile(rb"^[A-Z]{6}\+")
_ITALIC_NAMES = (b"italic", b"oblique")


@dataclass(frozen=True, slots=True)
class Canvas:
    """The shown part of a page in its own coordinates, and how many quarter turns clockwise it is shown."""

    left: float
    bottom: float
    right: float
    top: float
    turns: int = 0

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in points as shown."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.turns % 2 else (width, height)

    def place(self, x: float, y: float) -> tuple[float, float]:
        """The point as shown, from the top-left corner."""
        if self.turns == 1:
            return y - self.bottom, x - self.left
        if self.turns == 2:
            return self.right - x, y - self.bottom
        if self.turns == 3:
            return self.top - y, self.right - x
        return x - self.left, self.top - y

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """The rectangle as shown."""
        (x0, y0), (x1, y1) = self.place(left, bottom), self.place(right, top)
        return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def canvas_of(page: pypdfium2.PdfPage) -> Canvas:
    """Return the shown part of a page; absurd sides are cut down."""
    rect = pdfium.FS_RECTF()
    turns = pdfium.FPDFPage_GetRotation(page.raw) % 4
    if not pdfium.FPDF_GetPageBoundingBox(page.raw, rect) or rect.right <= rect.left or rect.top <= rect.bottom:
        width, height = (min(max(side, 1.0), LARGEST_SIDE) for side in page.get_size())
        return Canvas(0.0, 0.0, width, height)
    right, bottom = min(rect.right, rect.left + LARGEST_SIDE), max(rect.bottom, rect.top - LARGEST_SIDE)
    return Canvas(rect.left, bottom, right, rect.top, turns)


@dataclass(frozen=True, slots=True)
class Style:
    """What the characters of one text object share."""

    bold: bool
    italic: bool
    size: float
    """Type size in points as drawn; 0.0 where unknown."""
    drawn: bool
    """False for invisible rendering modes and for full transparency."""
    white: bool
    upright: bool
    """True when its lines run from left to right on the shown page."""
    font: str = ""
    """The font's name; two parts of one font, of which the file holds some characters each, have the same."""


_UNKNOWN = Style(bold=False, italic=False, size=0.0, drawn=True, white=False, upright=False)


class Glyphs:
    """The characters of a text page. The buffers that ctypes needs are made once, styles are read once for each text object."""

    def __init__(self, text_page: pypdfium2.PdfTextPage, canvas: Canvas) -> None:
        self._raw = text_page.raw
        self._canvas = canvas
        self._styles: dict[int, Style] = {}
        self._rect = pdfium.FS_RECTF()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._name = ctypes.create_string_buffer(_FONT_NAME_BYTES)
        self._flags = ctypes.c_int()
        self._matrix = pdfium.FS_MATRIX()
        self._colour = [ctypes.c_uint() for _ in range(4)]

    def style(self, index: int) -> Style:
        """The style of a character."""
        obj = pdfium.FPDFText_GetTextObject(self._raw, index)
        if not obj:
            return _UNKNOWN
        address = ctypes.addressof(obj.contents)
        found = self._styles.get(address)
        if found is None:
            found = self._styles[address] = self._read_style(index, obj)
        return found

    def font(self, index: int) -> str:
        """The name of a character's font; empty for blanks that PDFium put in."""
        return self.style(index).font

    @property
    def fonts(self) -> set[str]:
        """The fonts of the characters whose style was asked for."""
        return {style.font for style in self._styles.values()}

    def _read_style(self, index: int, obj: object) -> Style:
        length = pdfium.FPDFText_GetFontInfo(self._raw, index, self._name, _FONT_NAME_BYTES, self._flags)
        font = _SUBSET.sub(b"", self._name.raw[: max(length - 1, 0)]) if 0 < length <= _FONT_NAME_BYTES else b""
        name = font.lower()
        flags, mode = self._flags.value, pdfium.FPDFTextObj_GetTextRenderMode(obj)
        size, upright = self._type(index)
        white, clear = self._ink(obj)
        return Style(
            bold=mode == _STROKED or bool(flags & _FORCE_BOLD) or any(word in name for word in _BOLD_NAMES),
            italic=bool(flags & _ITALIC) or any(word in name for word in _ITALIC_NAMES),
            size=size,
            drawn=mode not in _INVISIBLE and not clear,
            white=white and mode != _STROKED,
            upright=upright,
            font=font.decode("utf-8", "replace"),
        )

    def _type(self, index: int) -> tuple[float, bool]:
        """The size as drawn: files set "1 pt" type and scale it by the text matrix, or the other way round."""
        size = pdfium.FPDFText_GetFontSize(self._raw, index)
        matrix = self._matrix
        if not pdfium.FPDFText_GetMatrix(self._raw, index, matrix):
            return round(size, 1), False
        scale = (matrix.c**2 + matrix.d**2) ** 0.5
        level = abs(matrix.b) < 0.02 * abs(matrix.a) and matrix.a > 0 and matrix.d > 0
        return round(size * scale, 1), level and self._canvas.turns == 0

    def _ink(self, obj: object) -> tuple[bool, bool]:
        """Whether the text is filled in white, in nothing at all."""
        if not pdfium.FPDFPageObj_GetFillColor(obj, *self._colour):
            return False, False
        red, green, blue, alpha = (part.value for part in self._colour)
        return min(red, green, blue) >= WHITE, alpha == 0

    def box(self, start: int, end: int, style: Style, plain: bool) -> Box | None:
        """The box of the characters from start to end.

        On upright lines top and bottom come from baseline and type size, so that words of a line share them whatever their
        accents; ``plain`` says that the last character marks the right end.
        """
        rect, size = self._rect, style.size
        if not (plain and style.upright and size):
            return self._union(start, end)
        if not pdfium.FPDFText_GetCharOrigin(self._raw, start, self._x, self._y):
            return None
        if not pdfium.FPDFText_GetLooseCharBox(self._raw, end - 1, rect):
            return None
        x, y = self._x.value, self._y.value
        right = rect.right - x
        if not (0 < right < 2 * size * (end - start) and rect.bottom <= y <= rect.top):
            return self._union(start, end)
        left, base = x - self._canvas.left, self._canvas.top - y
        return Box(left, base - ASCENT * size, left + right, base + DESCENT * size)

    def _union(self, start: int, end: int) -> Box | None:
        """The box around every character, as its font gives it."""
        rect, out = self._rect, None
        for index in range(start, end):
            if pdfium.FPDFText_GetLooseCharBox(self._raw, index, rect):
                box = self._canvas.box(rect.left, rect.bottom, rect.right, rect.top)
                out = box if out is None else out.union(box)
        return out
