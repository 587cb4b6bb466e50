"""Words with boxes from a PDF's text layer.

PDFium gives the page's characters in content order with spaces where gaps are; here they are cut into words. What a person
cannot see (invisible, white on paper, tiny, outside the page) is left out and counted.
"""

from __future__ import annotations

import ctypes
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, pairwise
from types import MappingProxyType
from typing import NamedTuple
from unicodedata import is_normalized

import pypdfium2
import pypdfium2.raw as pdfium

from extractors.layout import Box, Origin, Page, Word
from extractors.legacy.fonts import Face
from extractors.legacy.recoding import Recoded
from extractors.legacy.runs import exact
from extractors.readers import pdf_legacy
from extractors.readers.docx_symbols import shown
from extractors.readers.pdf_glyphs import SMALLEST_TYPE, Canvas, Glyphs, Style
from extractors.readers.pdf_legacy import Told
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
NOTHING_TOLD: Told = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Text:
    """What the text layer of a page holds."""

    words: tuple[Word, ...]
    hidden: int
    """Number of words that nobody can see."""
    raw: str
    """The characters of the layer, as PDFium counts them."""
    old: Mapping[str, Face]
    """The fonts of before Unicode that it is set in."""
    recoded: tuple[str, ...]
    """The words that it shows otherwise than it stores them."""


@dataclass(frozen=True)
class Paper:
    """What lies under the text of a page."""

    sheet: Page
    canvas: Canvas
    drawing: Drawing


class _Token(NamedTuple):
    """A word by the indices of its characters."""

    start: int
    end: int
    text: str
    glued: bool
    plain: bool = True
    """False where it is shorter than its characters: the last one need not be the right end."""
    repaired: bool = False


def read_words(text_page: pypdfium2.PdfTextPage, paper: Paper, told: Told = NOTHING_TOLD, before: str | None = None) -> Text:
    """Return the visible words of a text page; white ones are visible on the drawing's dark areas only.

    ``told`` has the fonts of before Unicode whose names do not say so. ``before`` is the raw text of the page before its fields
    were drawn into it: the words are then the fields', and those that stood there before need not be read again.
    """
    layer = _Layer(Glyphs(text_page, paper.canvas), paper.sheet, paper.drawing.dark, Origin.PAGE if before is None else Origin.FIELD)
    raw = _text(text_page)
    known = len(before) if before and raw.startswith(before) else 0
    words, hidden = layer.read(_tokens(_symbols_shown(raw), known))
    recoded: tuple[str, ...] = ()
    if pdf_legacy.old_fonts(layer.glyphs.fonts, told):
        page = pdf_legacy.shown(raw, layer.glyphs.font, told)
        tokens = [*layer.in_page(_tokens(_symbols_shown(page.text), bisect_left(page.offsets, known)), page, raw, told)]
        words, hidden = layer.read(tokens)
        recoded = tuple(token.text for token in tokens if token.text != raw[token.start : token.end])
    return Text(tuple(words), hidden, raw, pdf_legacy.old_fonts(layer.glyphs.fonts, told), recoded)


def read_fonts(text_page: pypdfium2.PdfTextPage, canvas: Canvas) -> dict[str, str]:
    """Return the text set in each font of a page."""
    return pdf_legacy.texts_by_font(_text(text_page), Glyphs(text_page, canvas).font)


def _symbols_shown(text: str) -> str:
    return _SYMBOLS.sub(lambda match: shown(ord(match[0])), text)


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
            text = nfc(_CUT.sub("-", token[begin:cut]))
            yield _Token(start + begin, start + cut, text, begin > 0, len(text) == cut - begin)
        begin = cut


@dataclass(frozen=True, slots=True)
class _Layer:
    """What the words of one text page share."""

    glyphs: Glyphs
    sheet: Page
    dark: tuple[Box, ...]
    origin: Origin

    def read(self, tokens: Iterable[_Token]) -> tuple[list[Word], int]:
        """The visible words of the first tokens, and the number of those that nobody can see."""
        words: list[Word] = []
        hidden = 0
        style_of, box_of = self.glyphs.style, self.glyphs.box
        for token in islice(tokens, MOST_WORDS):
            style = style_of(token.start)
            box = box_of(token.start, token.end, style, token.plain)
            if box is None:
                continue
            if self.shows(box, style):
                words += self.words(token, box, style)
            else:
                hidden += 1
        return words, hidden

    def in_page(self, tokens: Iterable[_Token], page: Recoded, raw: str, told: Told) -> Iterator[_Token]:
        """The tokens of a recoded text by the indices of the page's characters; repaired where more than fonts' names was needed."""
        for token in tokens:
            start, end = page.stored(token.start, token.end)
            stored = raw[start:end].rstrip()
            faces = pdf_legacy.old_fonts(map(self.glyphs.font, range(start, start + len(stored))), told) if token.text != stored else {}
            doubtful = not all(exact(stored, token.text, face) for face in faces.values())
            yield token._replace(start=start, end=start + len(stored), plain=True, repaired=doubtful)

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
        start, end, text, glued = token[:4]
        ends = _DIGIT_AT_END.search(text) if _MAY_BE_RAISED.intersection(text[-2:]) and end - start == len(text) > 1 else None
        cut = self._raised_from(token, ends.start(), style) if ends is not None else 0
        if ends is None or not cut:
            return [self._word(token, box, style)]
        out = []
        for first, last in pairwise(sorted({0, cut, ends.start() + 1, len(text)})):
            own = self.glyphs.style(start + first)
            part = self.glyphs.box(start + first, start + last, own, plain=True) or box
            out.append(self._word(token._replace(text=text[first:last], glued=glued or first > 0), part, own))
        return out

    def _raised_from(self, token: _Token, last: int, style: Style) -> int:
        """Where the raised digits begin that end at ``last``; 0 when there are none."""
        first = last + 1
        while first > 1 and token.text[first - 1].isdigit() and self._raised(token.start + first - 1, style):
            first -= 1
        return first if first <= last else 0

    def _raised(self, index: int, style: Style) -> bool:
        return 0 < self.glyphs.style(index).size < RAISED * style.size

    def _word(self, token: _Token, box: Box, style: Style) -> Word:
        size, number = style.size or round(box.bottom - box.top, 1), self.sheet.number
        bold, italic, glued = style.bold, style.italic, token.glued
        return Word(token.text, number, box, None, bold, italic, size, self.origin, repaired=token.repaired, glued=glued)
