"""Words with boxes from a PDF's text layer and its signature-field appearances. The only door to pypdfium2.

PDFium gives the page's characters in content order with spaces where gaps are. A word's box runs from its first to its last
character; top and bottom come from baseline and type size, so that the words of a line share them whatever their accents.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from extractors.errors import EmptyFile, EncryptedFile, UnreadableFile
from extractors.layout import Box, Origin, Page, Word
from extractors.text import nfc

LARGEST_SIDE = 14400.0
"""Points: the largest page side that PDF allows (ISO 32000-1, annex C)."""
LINE_BREAK_HYPHENS = "\ufffe\x02\u00ad"
"""How PDFium marks a hyphen at a line's end, swallowing the break behind it."""
SMALLEST_TYPE = 2.0
"""Points: smaller type cannot be read by a person; such text is hidden."""
ASCENT, DESCENT = 0.89, 0.22
"""Shares of the type size above and below the baseline, as in Times New Roman."""
_TOKEN = re.compile(r"[^\s\u00a0\u200b\u200c\u200d\ufeff\x00]+")
_FONT_NAME_BYTES = 128


@dataclass(frozen=True)
class RawPage:
    """A page as the file gives it."""

    page: Page
    words: tuple[Word, ...]
    field_words: tuple[Word, ...]
    """Words that appear only when the form fields' appearances are drawn."""
    hidden: int
    """Words left out because nobody could see them."""
    rulings: bool
    """True when drawn lines may form a table."""


class Document:
    """An open PDF; use as a context manager.

    Raises:
        EncryptedFile, UnreadableFile, EmptyFile: when it cannot be opened.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._drawn: pypdfium2.PdfDocument | None = None
        try:
            self._document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            raise _translated(error) from error
        if len(self._document) == 0:
            raise EmptyFile

    def __enter__(self) -> Document:
        return self

    def __exit__(self, *_: object) -> None:
        if self._drawn is not None:
            self._drawn.close()
        self._document.close()

    def __len__(self) -> int:
        return len(self._document)

    def read_page(self, index: int) -> RawPage:
        """Return the words of a page, counted from 0.

        Raises:
            UnreadableFile: the page cannot be loaded.
        """
        try:
            page = self._document[index]
        except pypdfium2.PdfiumError as error:
            raise UnreadableFile(f"trang {index + 1}") from error
        size = _size(page)
        sheet = Page(index + 1, *size)
        words, hidden = _words(page, sheet, Origin.PAGE)
        field_words = self._field_words(index, sheet, words) if _has_fields(page) else ()
        raw = RawPage(sheet, words, field_words, hidden, _has_rulings(page))
        page.close()
        return raw

    def _field_words(self, index: int, sheet: Page, known: tuple[Word, ...]) -> tuple[Word, ...]:
        """Draw the annotations into a copy of the page and keep what that adds."""
        if self._drawn is None:
            self._drawn = pypdfium2.PdfDocument(self._data)
        page = self._drawn[index]
        if pdfium.FPDFPage_Flatten(page.raw, 0) != pdfium.FLATTEN_SUCCESS:
            return ()
        page.close()
        words, _ = _words(self._drawn[index], sheet, Origin.FIELD)
        seen = {_place(word) for word in known}
        return tuple(word for word in words if _place(word) not in seen)


def _translated(error: pypdfium2.PdfiumError) -> Exception:
    return EncryptedFile() if "password" in str(error).lower() else UnreadableFile()


def _size(page: pypdfium2.PdfPage) -> tuple[float, float]:
    width, height = page.get_size()
    return min(width, LARGEST_SIDE), min(height, LARGEST_SIDE)


def _place(word: Word) -> tuple[str, int, int]:
    box = word.box or Box(0, 0, 0, 0)
    return (word.text, round(box.x0), round(box.top))


def _has_fields(page: pypdfium2.PdfPage) -> bool:
    return bool(pdfium.FPDFPage_GetAnnotCount(page.raw))


def _text(text_page: pypdfium2.PdfTextPage) -> str:
    count = pdfium.FPDFText_CountChars(text_page.raw)
    if count <= 0:
        return ""
    buffer = (ctypes.c_ushort * (count + 1))()
    written = pdfium.FPDFText_GetText(text_page.raw, 0, count, buffer)
    text = bytes(buffer)[: 2 * max(written - 1, 0)].decode("utf-16-le", "surrogatepass")
    if len(text) == count:
        return text
    codes = (pdfium.FPDFText_GetUnicode(text_page.raw, index) for index in range(count))
    return "".join(chr(code) if code and not 0xD800 <= code < 0xE000 else " " for code in codes)


@dataclass(frozen=True)
class _Token:
    """A word by the indices of its characters."""

    start: int
    end: int
    text: str
    glued: bool


class _Glyphs:
    """Boxes and fonts of a text page's characters, with the buffers that ctypes needs made once."""

    def __init__(self, text_page: pypdfium2.PdfTextPage, sheet: Page) -> None:
        self._raw = text_page.raw
        self._sheet = sheet
        self._rect = pdfium.FS_RECTF()
        self._name = ctypes.create_string_buffer(_FONT_NAME_BYTES)
        self._flags = ctypes.c_int()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()

    def box(self, index: int) -> Box | None:
        """The character's loose box, from the top-left corner."""
        rect, height = self._rect, self._sheet.height
        if not pdfium.FPDFText_GetLooseCharBox(self._raw, index, rect):
            return None
        return Box(rect.left, height - rect.top, rect.right, height - rect.bottom)

    def baseline(self, index: int) -> float:
        """The distance of the character's baseline from the top of the page."""
        pdfium.FPDFText_GetCharOrigin(self._raw, index, self._x, self._y)
        return float(self._sheet.height - self._y.value)

    def size(self, index: int) -> float:
        """The type size in points; 0 or nearly so where the file scales its type by other means."""
        return float(pdfium.FPDFText_GetFontSize(self._raw, index))

    def font(self, index: int) -> tuple[bool, bool]:
        """Whether the character is bold, italic."""
        length = pdfium.FPDFText_GetFontInfo(self._raw, index, self._name, _FONT_NAME_BYTES, self._flags)
        name = self._name.raw[: max(length - 1, 0)].lower() if 0 < length <= _FONT_NAME_BYTES else b""
        return b"bold" in name or b"black" in name, b"italic" in name or b"oblique" in name or bool(self._flags.value & 64)

    def drawn(self, index: int) -> bool:
        """False for a character in the invisible rendering mode or in white."""
        obj = pdfium.FPDFText_GetTextObject(self._raw, index)
        if not obj:
            return True
        return bool(pdfium.FPDFTextObj_GetTextRenderMode(obj) != pdfium.FPDF_TEXTRENDERMODE_INVISIBLE)


def _words(page: pypdfium2.PdfPage, sheet: Page, origin: Origin) -> tuple[tuple[Word, ...], int]:
    """Return the page's visible words and the number of hidden ones."""
    text_page = page.get_textpage()
    glyphs = _Glyphs(text_page, sheet)
    words: list[Word] = []
    hidden = 0
    for token in _tokens(_text(text_page)):
        word = _word(glyphs, token, sheet, origin)
        if word is None:
            hidden += 1
        else:
            words.append(word)
    text_page.close()
    return tuple(words), hidden


def _tokens(text: str) -> Iterator[_Token]:
    """Yield each word; one broken at a line's end comes as two, the second glued."""
    for match in _TOKEN.finditer(text):
        start, glued = match.start(), False
        token = match[0]
        while (cut := _hyphen(token)) >= 0:
            if cut or glued:
                yield _Token(start, start + cut + 1, token[:cut] + "-", glued)
            start, token, glued = start + cut + 1, token[cut + 1 :], True
        if token:
            yield _Token(start, match.end(), nfc(token), glued)


def _hyphen(token: str) -> int:
    return next((index for index, char in enumerate(token) if char in LINE_BREAK_HYPHENS), -1)


def _word(glyphs: _Glyphs, token: _Token, sheet: Page, origin: Origin) -> Word | None:
    start = token.start
    first, last = glyphs.box(start), glyphs.box(token.end - 1)
    if first is None or last is None:
        return None
    size, base = glyphs.size(start), glyphs.baseline(start)
    box = first.union(last)
    if size > SMALLEST_TYPE and abs(first.bottom - last.bottom) < size:
        box = Box(box.x0, base - ASCENT * size, box.x1, base + DESCENT * size)
    inside = box.x1 > 0 and box.x0 < sheet.width and box.bottom > 0 and box.top < sheet.height
    if not inside or box.bottom - box.top < SMALLEST_TYPE or not glyphs.drawn(start):
        return None
    bold, italic = glyphs.font(start)
    return Word(token.text, sheet.number, box, None, bold, italic, round(size or box.bottom - box.top, 1), origin, glued=token.glued)


def _has_rulings(page: pypdfium2.PdfPage) -> bool:
    """True when thin or framed shapes run both ways often enough to make a grid."""
    across = down = 0
    for width, height, stroked in _paths(page):
        framed = stroked and width > 20 and height > 8
        across += framed * 2 + (width > 20 and height < 4)
        down += framed * 2 + (height > 8 and width < 4)
        if across >= _LEAST_LINES and down >= _LEAST_LINES:
            return True
    return False


def _paths(page: pypdfium2.PdfPage) -> Iterator[tuple[float, float, bool]]:
    """Yield width and height in points of each drawn path, and whether its outline is stroked."""
    edges = [ctypes.c_float() for _ in range(4)]
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    for index in range(min(pdfium.FPDFPage_CountObjects(page.raw), _MOST_OBJECTS)):
        obj = pdfium.FPDFPage_GetObject(page.raw, index)
        if pdfium.FPDFPageObj_GetType(obj) == pdfium.FPDF_PAGEOBJ_PATH and pdfium.FPDFPageObj_GetBounds(obj, *edges):
            pdfium.FPDFPath_GetDrawMode(obj, fill, stroke)
            left, bottom, right, top = (edge.value for edge in edges)
            yield right - left, top - bottom, bool(stroke.value)


_MOST_OBJECTS = 20_000
_LEAST_LINES = 3
