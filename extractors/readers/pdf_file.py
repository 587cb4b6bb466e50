"""An open PDF: its pages with their words, the words of field appearances laid over them, and the drawn lines.

Opening is guarded: what PDFium refuses becomes one of our errors, absurd sizes are cut down.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace

import pypdfium2
import pypdfium2.raw as pdfium

from extractors.errors import EmptyFile, EncryptedFile, UnreadableFile
from extractors.layout import Box, Page, Word
from extractors.legacy import unnamed
from extractors.readers.pdf_glyphs import canvas_of
from extractors.readers.pdf_legacy import Told
from extractors.readers.pdf_rulings import Drawing, read_drawing
from extractors.readers.pdf_words import NOTHING_TOLD, Paper, Text, read_fonts, read_words

MOST_ANNOTATIONS = 500
_DRAWN_KINDS = frozenset({pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_STAMP, pdfium.FPDF_ANNOT_FREETEXT})
"""Kinds of annotations whose appearance is text on the paper: signature fields, stamps, typed notes. Links have none."""


@dataclass(frozen=True)
class RawPage:
    """A page as the file gives it."""

    page: Page
    words: tuple[Word, ...]
    field_words: tuple[Word, ...]
    """Words that appear only when the appearances of annotations are drawn."""
    hidden: int
    """Words left out because nobody could see them."""
    drawing: Drawing
    old: Told
    """The fonts of before Unicode that its text is set in."""
    recoded: tuple[str, ...]
    """The words that it shows otherwise than it stores them."""
    suspect: bool
    """True when its text may be in an encoding of before Unicode, whatever the fonts' names."""


class Document:
    """An open PDF; use as a context manager.

    Raises:
        EncryptedFile, UnreadableFile, EmptyFile: when it cannot be opened.
    """

    def __init__(self, data: bytes) -> None:
        self.told = NOTHING_TOLD
        try:
            self._document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            raise _translated(error) from error
        if len(self._document) == 0:
            self._document.close()
            raise EmptyFile

    def __enter__(self) -> Document:
        return self

    def __exit__(self, *_: object) -> None:
        self._document.close()

    def __len__(self) -> int:
        return len(self._document)

    def read_pages(self, most: int) -> list[RawPage | None]:
        """Return the first pages, None for damaged ones; fonts whose names say nothing are judged by all their text."""
        indices = range(min(len(self), most))
        pages = [self.read_page(index) for index in indices]
        if any(page is not None and page.suspect for page in pages):
            self.told = unnamed.judged(self._texts_by_font(indices))
        return [self.read_page(index) for index in indices] if self.told else pages

    def _texts_by_font(self, indices: Iterable[int]) -> dict[str, str]:
        texts: defaultdict[str, str] = defaultdict(str)
        for index in indices:
            with suppress(pypdfium2.PdfiumError):
                page = self._document[index]
                text_page = page.get_textpage()
                for font, text in read_fonts(text_page, canvas_of(page)).items():
                    texts[font] += text
                text_page.close()
                page.close()
        return texts

    def read_page(self, index: int) -> RawPage | None:
        """Return a page, counted from 0; None when it is damaged."""
        try:
            page = self._document[index]
            text_page = page.get_textpage()
        except pypdfium2.PdfiumError:
            return None
        canvas = canvas_of(page)
        paper = Paper(Page(index + 1, *canvas.size), canvas, read_drawing(page, canvas))
        text = read_words(text_page, paper, self.told)
        text_page.close()
        added = self._field_words(page, paper, text) if _has_appearances(page) else ()
        page.close()
        return RawPage(paper.sheet, text.words, added, text.hidden, paper.drawing, text.old, text.recoded, unnamed.suspect(text.raw))

    def _field_words(self, page: pypdfium2.PdfPage, paper: Paper, known: Text) -> tuple[Word, ...]:
        """Draw the annotations into the page, which only this open copy of the file sees, and keep the words that this adds."""
        if pdfium.FPDFPage_Flatten(page.raw, pdfium.FLAT_NORMALDISPLAY) != pdfium.FLATTEN_SUCCESS:
            return ()
        try:
            flat = self._document[paper.sheet.number - 1]
            text_page = flat.get_textpage()
        except pypdfium2.PdfiumError:
            return ()
        words = read_words(text_page, replace(paper, canvas=canvas_of(flat)), self.told, known.raw).words
        text_page.close()
        flat.close()
        seen = {_place(word) for word in known.words}
        return tuple(word for word in words if _place(word) not in seen)


def page_count(data: bytes) -> int:
    """Return the number of pages of a PDF.

    Raises:
        EncryptedFile, UnreadableFile, EmptyFile: when it cannot be opened.
    """
    with Document(data) as document:
        return len(document)


def _translated(error: pypdfium2.PdfiumError) -> Exception:
    code = getattr(error, "err_code", None)
    locked = code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY) or "password" in str(error).lower()
    return EncryptedFile() if locked else UnreadableFile()


def _place(word: Word) -> tuple[str, int, int]:
    box = word.box or Box(0, 0, 0, 0)
    return (word.text, round(box.x0), round(box.top))


def _has_appearances(page: pypdfium2.PdfPage) -> bool:
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page.raw), MOST_ANNOTATIONS)):
        annotation = pdfium.FPDFPage_GetAnnot(page.raw, index)
        kind = pdfium.FPDFAnnot_GetSubtype(annotation) if annotation else pdfium.FPDF_ANNOT_UNKNOWN
        pdfium.FPDFPage_CloseAnnot(annotation)
        if kind in _DRAWN_KINDS:
            return True
    return False
