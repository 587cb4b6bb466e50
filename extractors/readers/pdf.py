"""PDF reader: pages with a text layer that can be trusted become a layout; pictures of pages need OCR."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.errors import NeedsOcr, Problem, Severity, UnreadableFile
from extractors.layout import Layout, TextSource, Word
from extractors.readers import pdf_tables
from extractors.readers.assemble import assemble, place_fields
from extractors.readers.page_words import PageWords
from extractors.readers.pdf_file import Document, RawPage, page_count
from extractors.text import fold

__all__ = ["page_count", "read", "trusted"]

MEDIA_TYPE = "application/pdf"
MOST_PAGES = 600
"""Pages that are read; an official dispatch with its appendices stays far below."""
LEAST_WORDS = 12
"""A page with fewer words of text says too little to be judged."""
LEAST_MARKED = 0.40
"""Share of words with a Vietnamese letter: 0.67 and more in good texts, 0.00 in a junk layer (measured on 100 files)."""
MOST_MIXED = 0.03
"""Share of words with a digit between letters: below 0.01 in good texts, 0.17 in a junk layer."""
SCANNED = 0.5
"""Share of the page that a picture must cover to be a scan, where next to no words stand."""
_MIXED = re.compile(r"[^\W\d_]\d+[^\W\d_]")
_MARKED = re.compile(r"[àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ]")
_SHOWN_PAGES = 20


@dataclass(frozen=True)
class _Sheet:
    """A page as the file gives it, and its text without stamps."""

    raw: RawPage
    text: PageWords

    @property
    def picture(self) -> bool:
        """True for a page whose text cannot be read: a scan with no text layer or a junk one."""
        words = self.text.words
        if len(words) >= LEAST_WORDS:
            return not trusted(words)
        page = self.raw.page
        area = page.width * page.height
        scanned = any((b.x1 - b.x0) * (b.bottom - b.top) > SCANNED * area for b in self.raw.drawing.pictures)
        return scanned or (bool(words) and not trusted(words))


def read(data: bytes, most_pages: int = MOST_PAGES) -> Layout:
    """Return the layout of a PDF, of its first ``most_pages`` pages.

    Raises:
        EncryptedFile, UnreadableFile, EmptyFile: it cannot be opened.
        NeedsOcr: no page has a text layer that can be trusted.
    """
    with Document(data) as document:
        count = len(document)
        raw = [document.read_page(index) for index in range(min(count, most_pages))]
    sheets = [_Sheet(page, _text_of(page)) for page in raw if page is not None]
    if not sheets:
        raise UnreadableFile
    readable = [sheet for sheet in sheets if not sheet.picture]
    if not any(len(sheet.text.words) >= LEAST_WORDS for sheet in readable):
        raise NeedsOcr
    tables = [table for sheet in readable for table in pdf_tables.find(sheet.raw.drawing, sheet.raw.page.number, sheet.text.words)]
    found = assemble([sheet.text for sheet in readable], tables)
    return Layout(
        media_type=MEDIA_TYPE,
        items=found.items,
        pages=tuple(sheet.raw.page for sheet in sheets),
        furniture=found.furniture,
        stamps=found.stamps,
        footnotes=found.footnotes,
        source=TextSource.DIGITAL,
        problems=tuple(_problems(sheets, raw, count)),
    )


def _text_of(page: RawPage) -> PageWords:
    return place_fields(page.page, page.words, page.field_words)


def trusted(words: Sequence[Word]) -> bool:
    """True when a page's text layer reads as Vietnamese."""
    lettered = [fold(word.text) for word in words if any(c.isalpha() for c in word.text)]
    if len(lettered) < LEAST_WORDS:
        return True
    marked = sum(_MARKED.search(word) is not None for word in lettered)
    mixed = sum(_MIXED.search(word) is not None for word in lettered)
    return marked >= LEAST_MARKED * len(lettered) and mixed <= max(MOST_MIXED * len(lettered), 2)


def _problems(sheets: Sequence[_Sheet], raw: Sequence[RawPage | None], count: int) -> Iterator[Problem]:
    hidden = [sheet.raw.page.number for sheet in sheets if sheet.raw.hidden and not sheet.picture]
    if hidden:
        message = "Văn bản có chữ ẩn (mắt thường không thấy); phần chữ đó không được dùng."
        yield Problem("W201", message, Severity.WARNING, _pages(hidden), "Hãy xem kỹ bản gốc trước khi duyệt.")
    pictures = [sheet.raw.page.number for sheet in sheets if sheet.picture]
    pictures += [number for number, page in enumerate(raw, 1) if page is None]
    if pictures:
        message = "Có trang là ảnh hoặc lớp chữ bị hỏng nên chưa đọc được."
        yield Problem("W202", message, Severity.WARNING, _pages(sorted(pictures)), "Hãy đọc các trang này trên bản gốc.")
    if count > len(raw):
        message = f"Tệp có {count} trang, chỉ đọc {len(raw)} trang đầu."
        yield Problem("W203", message, Severity.WARNING, "", "Hãy tách tệp nếu cần đọc hết.")


def _pages(numbers: Sequence[int]) -> str:
    return "trang " + ", ".join(map(str, numbers[:_SHOWN_PAGES])) + (" …" if len(numbers) > _SHOWN_PAGES else "")
