"""PDF reader: pages with a text layer that can be trusted become a layout; pictures of pages need OCR."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.errors import NeedsOcr, Problem, Severity
from extractors.layout import Layout, Table, TextSource, Word
from extractors.readers import pdf_tables
from extractors.readers.assemble import Assembled, PlacedTable, assemble, place_fields
from extractors.readers.page_words import PageWords
from extractors.readers.pdf_words import Document, RawPage
from extractors.text import fold

MEDIA_TYPE = "application/pdf"
MOST_PAGES = 600
"""Pages that are read; an official dispatch with its appendices stays far below."""
LEAST_WORDS = 12
"""A page with fewer words of text says too little to be judged."""
LEAST_MARKED = 0.40
"""Share of words with a Vietnamese letter: 0.67 and more in good texts, 0.00 in a junk layer (measured on 100 files)."""
MOST_MIXED = 0.03
"""Share of words with a digit between letters: below 0.01 in good texts, 0.17 in a junk layer."""
_MIXED = re.compile(r"[^\W\d_]\d+[^\W\d_]")
_MARKED = re.compile(r"[àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ]")


def read(data: bytes) -> Layout:
    """Return the layout of a PDF.

    Raises:
        EncryptedFile, UnreadableFile, EmptyFile: it cannot be opened.
        NeedsOcr: no page has a text layer that can be trusted.
    """
    with Document(data) as document:
        count = len(document)
        raw = [document.read_page(index) for index in range(min(count, MOST_PAGES))]
    sheets = [_sheet(page) for page in raw]
    readable = [sheet for sheet in sheets if trusted(sheet.words)]
    if not readable or not any(len(sheet.words) >= LEAST_WORDS for sheet in readable):
        raise NeedsOcr
    tables = _tables(data, raw, readable)
    found = assemble(readable, tables)
    return _layout(found, sheets, tuple(_problems(raw, sheets, readable, count)))


def _layout(found: Assembled, sheets: Sequence[PageWords], problems: tuple[Problem, ...]) -> Layout:
    return Layout(
        media_type=MEDIA_TYPE,
        items=tuple(item for item in found.items if not (isinstance(item, Table) and not item.rows)),
        pages=tuple(sheet.page for sheet in sheets),
        furniture=found.furniture,
        stamps=found.stamps,
        source=TextSource.DIGITAL,
        problems=problems,
    )


def _sheet(page: RawPage) -> PageWords:
    words, stamps = place_fields(page.words, page.field_words)
    return PageWords(page.page, words, stamps)


def trusted(words: Sequence[Word]) -> bool:
    """True when a page's text layer reads as Vietnamese; a page with next to no words is a picture or blank."""
    lettered = [fold(word.text) for word in words if any(c.isalpha() for c in word.text)]
    if len(lettered) < LEAST_WORDS:
        return len(lettered) > 0
    marked = sum(_MARKED.search(word) is not None for word in lettered) / len(lettered)
    mixed = sum(_MIXED.search(word) is not None for word in lettered) / len(lettered)
    return marked >= LEAST_MARKED and mixed <= MOST_MIXED


def _tables(data: bytes, raw: Sequence[RawPage], readable: Sequence[PageWords]) -> tuple[PlacedTable, ...]:
    words = {sheet.page.number: sheet.words for sheet in readable}
    ruled = {page.page.number: words[page.page.number] for page in raw if page.rulings and page.page.number in words}
    return pdf_tables.find(data, ruled) if ruled else ()


def _problems(raw: Sequence[RawPage], sheets: Sequence[PageWords], readable: Sequence[PageWords], count: int) -> Iterator[Problem]:
    hidden = [page.page.number for page in raw if page.hidden > 2]
    if hidden:
        yield Problem("W201", "Văn bản có chữ ẩn, không được dùng làm nội dung.", Severity.WARNING, _pages(hidden), "Hãy xem kỹ bản gốc.")
    pictures = sorted({sheet.page.number for sheet in sheets} - {sheet.page.number for sheet in readable})
    if pictures:
        message = "Có trang là ảnh hoặc lớp chữ bị hỏng nên chưa đọc được."
        yield Problem("W202", message, Severity.WARNING, _pages(pictures), "Hãy đọc các trang này trên bản gốc.")
    if count > MOST_PAGES:
        yield Problem(
            "W203", f"Tệp có {count} trang, chỉ đọc {MOST_PAGES} trang đầu.", Severity.WARNING, "", "Hãy tách tệp nếu cần đọc hết."
        )


def _pages(numbers: Sequence[int]) -> str:
    return "trang " + ", ".join(map(str, numbers[:20])) + (" …" if len(numbers) > 20 else "")
