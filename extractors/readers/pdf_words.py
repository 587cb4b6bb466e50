"""Words with boxes from a PDF's text layer.

PDFium gives the page's characters in content order with spaces where gaps are; here they are cut into words. What a person
cannot see (invisible, white on paper, tiny, outside the page) is left out and counted.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import NamedTuple
from unicodedata import is_normalized

import pypdfium2
import pypdfium2.raw as pdfium

from extractors.layout import Box, Origin, Page, Word
from extractors.readers.docx_symbols import shown
from extractors.readers.pdf_glyphs import SMALLEST_TYPE, Canvas, Glyphs, Style
from extractors.readers.pdf_rulings import Drawing
from extractors.text import nfc

LINE_BREAK_HYPHENS = "\ufffe\x02\u00ad"
"""How PDFium marks a hyphen at a line's end, swallowing the break behind it; and the soft hyphen that stands for a hyphen in symbols."""
MOST_WORDS = 20_000
"""Words of a page that are read; a full page of 8 pt type has some 1 500."""
RAISED = 0.75
"""Share of the type size below which the digits at a word's end are a raised mark ("nội dung¹", "m²")."""
_TOKEN = re.compile(r"[^\s\u00a0\u200b\u200c\u200d\ufeff\x00]+")
_SYMBOLS = re.compile("[\uf020-\uf0ff]")
"""Bullets in Symbol or Wingdings, in the private area."""
_CUT = re.compile(f"[{LINE_BREAK_HYPHENS}]")
_MAY_BE_RAISED = frozenset("0123456789")
_DIGIT_AT_END = re.compile(r"\d(?=[,.;:)]*$)")


@dataclass(frozen=True, slots=True)
class Text:
    """What the text layer of a page holds."""

    words: tuple[Word, ...]
    hidden: int
    """Number of words that nobody can see."""
    raw: str = ""
    """The characters of the layer, as PDFium counts them."""


class _Token(NamedTuple):
    """A word by the indices of its characters."""

    start: int
    end: int
    text: str
    glued: bool


def read_words(text_page: pypdfium2.PdfTextPage, sheet: Page, canvas: Canvas, drawing: Drawing, before: str | None = None) -> Text:
    """Return the visible words of a text page; white ones are visible on the drawing's dark areas only.

    ``before`` is the raw text of the page before its fields were drawn into it: the words are then the fields', and those that
    stood there before need not be read again.
    """
    layer = _Layer(Glyphs(text_page, canvas), sheet, drawing.dark, Origin.PAGE if before is None else Origin.FIELD)
    words: list[Word] = []
    hidden = 0
    style_of, box_of = layer.glyphs.style, layer.glyphs.box
    text = _SYMBOLS.sub(lambda match: shown(ord(match[0])), _text(text_page))
    known = len(before) if before and text.startswith(before) else 0
    for token in islice(_tokens(text, known), MOST_WORDS):
        start, end, printed, _ = token
        style = style_of(start)
        box = box_of(start, end, style, len(printed) == end - start)
        if box is None:
            continue
        if layer.shows(box, style):
            words += layer.words(token, box, style)
        else:
            hidden += 1
    return Text(tuple(words), hidden, text)


def _text(text_page: pypdfium2.PdfTextPage) -> str:
    """The page's characters, one for each index; what lies outside the basic plane becomes a space."""
    count = pdfium.FPDFText_CountChars(text_page.raw)
    if count <= 0:
        return ""
    buffer = (ctypes.c_ushort * (count + 1))()
    written = pdfium.FPDFText_GetText(text_page.raw, 0, count, buffer)
    text = bytes(buffer)[: 2 * max(written - 1, 0)].decode("utf-16-le", "surrogatepass")
    if len(text) == count:
        return text
    codes = (pdfium.FPDFText_GetUnicode(text_page.raw, index) for index in range(count))
    return "".join(chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else " " for code in codes)


def _tokens(text: str, known: int) -> Iterator[_Token]:
    """Yield each word behind the known part; one broken at a line's end comes as two, the second glued."""
    plain = is_normalized("NFC", text) and _CUT.search(text) is None
    for match in _TOKEN.finditer(text, known):
        if plain:
            yield _Token(match.start(), match.end(), match[0], False)
        else:
            yield from _cut_tokens(match[0], match.start())


def _cut_tokens(token: str, start: int) -> Iterator[_Token]:
    begin = 0
    for cut in [*(match.end() for match in _CUT.finditer(token)), len(token)]:
        if cut > begin:
            yield _Token(start + begin, start + cut, nfc(_CUT.sub("-", token[begin:cut])), begin > 0)
        begin = cut


@dataclass(frozen=True, slots=True)
class _Layer:
    """What the words of one text page share."""

    glyphs: Glyphs
    sheet: Page
    dark: tuple[Box, ...]
    origin: Origin

    def shows(self, box: Box, style: Style) -> bool:
        """True for what a person can see."""
        sheet = self.sheet
        if not style.drawn or box.x1 <= 0 or box.x0 >= sheet.width or box.bottom <= 0 or box.top >= sheet.height:
            return False
        if (style.size or box.bottom - box.top) < SMALLEST_TYPE:
            return False
        if not style.white:
            return True
        x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
        return any(shade.x0 <= x <= shade.x1 and shade.top <= y <= shade.bottom for shade in self.dark)

    def words(self, token: _Token, box: Box, style: Style) -> list[Word]:
        """The token's word; a raised mark at its end ("nội dung¹;") is a word of its own, glued and smaller."""
        start, end, text, glued = token
        ends = _DIGIT_AT_END.search(text) if _MAY_BE_RAISED.intersection(text[-2:]) and end - start == len(text) > 1 else None
        cut = self._raised_from(token, ends.start(), style) if ends is not None else 0
        if ends is None or not cut:
            return [self._word(text, box, style, glued)]
        out = []
        for first, last in pairwise(sorted({0, cut, ends.start() + 1, len(text)})):
            own = self.glyphs.style(start + first)
            part = self.glyphs.box(start + first, start + last, own, plain=True) or box
            out.append(self._word(text[first:last], part, own, glued or first > 0))
        return out

    def _raised_from(self, token: _Token, last: int, style: Style) -> int:
        """Where the raised digits begin that end at ``last``; 0 when there are none."""
        first = last + 1
        while first > 1 and token.text[first - 1].isdigit() and self._raised(token.start + first - 1, style):
            first -= 1
        return first if first <= last else 0

    def _raised(self, index: int, style: Style) -> bool:
        return 0 < self.glyphs.style(index).size < RAISED * style.size

    def _word(self, text: str, box: Box, style: Style, glued: bool) -> Word:
        size = style.size or round(box.bottom - box.top, 1)
        return Word(text, self.sheet.number, box, None, style.bold, style.italic, size, self.origin, glued=glued)
