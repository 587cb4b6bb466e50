"""PDF reader: pages with a text layer that can be trusted become a layout; pictures of pages are recognised."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from extractors.errors import NeedsOcr, NoReadableText, Problem, Severity, UnreadableFile
from extractors.layout import Layout, TextSource, Word
from extractors.legacy import notes
from extractors.legacy.fonts import face_of
from extractors.pages import USUAL_PAGES, Pages
from extractors.readers import pdf_scans, pdf_tables
from extractors.readers.assemble import assemble, place_fields
from extractors.readers.page_words import PageWords
from extractors.readers.pdf_file import Document, RawPage, page_count
from extractors.readers.pdf_scans import Scans

__all__ = ["page_count", "read", "trusted"]

MEDIA_TYPE = "application/pdf"
LEAST_WORDS = 12
"""A page with fewer words of text says too little to be judged."""
FEW_WORDS = 60
"""The text of two or three signature stamps stays below; with more words a picture is a background."""
LEAST_MARKED = 0.40
"""Share of words with a Vietnamese letter: 0.67 and more in good texts, 0.00 in a junk layer (measured on 100 files)."""
MOST_MIXED = 0.03
"""Share of words with a digit between letters: below 0.01 in good texts, 0.17 in a junk layer."""
SCANNED = 0.5
"""Share of the page that a picture must cover to be a scan, where next to no words stand."""
_MIXED = re.compile(r"[^\W\d_]\d+[^\W\d_]")
_MARKED = frozenset(
    "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
)
"""Letters with a mark that Vietnamese writes; a junk layer has next to none."""
_SHOWN_PAGES = 20


def read(data: bytes, pages: Pages = USUAL_PAGES) -> Layout:
    """Return the layout of a PDF, of its first pages; pages that are pictures are recognised.

    Raises:
        EncryptedFile, UnreadableFile, EmptyFile: it cannot be opened.
        NeedsOcr: no page has a text layer that can be trusted, and what recognises pictures is not installed.
        NoReadableText: the pages are pictures, and recognising them gave no text.
    """
    with Document(data) as document:
        count = len(document)
        raw = document.read_pages(pages.typed)
    sheets = [_Sheet(page, PageWords(page.page, *place_fields(page.words, page.field_words))) for page in raw if page is not None]
    if not sheets:
        raise UnreadableFile
    scans = pdf_scans.recognise(data, [sheet.text for sheet in _to_recognise(sheets)], pages.scanned)
    typed = [sheet for sheet in sheets if sheet.number not in scans.numbers and not sheet.broken]
    _check_text(typed, scans)
    texts = sorted([*(sheet.text for sheet in typed), *scans.sheets], key=lambda text: text.page.number)
    drawings = [*((sheet.raw.drawing, sheet.text) for sheet in typed), *zip(scans.drawings, scans.sheets, strict=True)]
    tables = [table for drawing, text in drawings for table in pdf_tables.find(drawing, text.page.number, text.words)]
    found = assemble(texts, sorted(tables, key=lambda table: table.page))
    layout = Layout(
        media_type=MEDIA_TYPE,
        items=found.items,
        pages=tuple(sheet.raw.page for sheet in sheets),
        furniture=found.furniture,
        stamps=found.stamps,
        footnotes=found.footnotes,
        source=_source(typed, scans),
        problems=(*_problems(sheets, scans, raw, count), *_recoded(typed), *scans.problems),
    )
    return scans.returned(layout)


@dataclass(frozen=True)
class _Sheet:
    """A page as the file gives it, and its text with the stamps apart."""

    raw: RawPage
    text: PageWords

    @property
    def number(self) -> int:
        """The page's number, from 1."""
        return self.raw.page.number

    @cached_property
    def sparse(self) -> bool:
        """True for next to no words: the page may be a picture."""
        return len(self.text.words) < LEAST_WORDS

    @cached_property
    def broken(self) -> bool:
        """True for words that are there and cannot be trusted: a junk layer, a broken font table."""
        return not trusted(self.text.words)

    @cached_property
    def picture(self) -> bool:
        """True for a page that is a scan by its pictures; the few words on it may be a signature stamp's."""
        page = self.raw.page
        covered = sum((box.x1 - box.x0) * (box.bottom - box.top) for box in self.raw.drawing.pictures)
        return len(self.text.words) < FEW_WORDS and covered > SCANNED * page.width * page.height


def _to_recognise(sheets: Sequence[_Sheet]) -> list[_Sheet]:
    """Pictures, and pages whose words cannot be trusted; every page where next to nothing is text: it may be drawn as curves."""
    if all(sheet.sparse for sheet in sheets):
        return list(sheets)
    return [sheet for sheet in sheets if sheet.broken or sheet.picture]


def _check_text(typed: Sequence[_Sheet], scans: Scans) -> None:
    if any(not sheet.sparse for sheet in typed) or any(sheet.words for sheet in scans.sheets):
        return
    raise NeedsOcr if scans.missing else NoReadableText


def _source(typed: Sequence[_Sheet], scans: Scans) -> TextSource:
    if not scans.numbers:
        return TextSource.DIGITAL
    return TextSource.MIXED if any(not sheet.sparse for sheet in typed) else TextSource.OCR


def trusted(words: Sequence[Word]) -> bool:
    """True when a page's text layer reads as Vietnamese."""
    lettered = [word.text for word in words if any(map(str.isalpha, word.text))]
    if len(lettered) < LEAST_WORDS:
        return True
    marked = sum(not _MARKED.isdisjoint(word) for word in lettered)
    mixed = sum(_MIXED.search(word) is not None for word in lettered)
    return marked >= LEAST_MARKED * len(lettered) and mixed <= max(MOST_MIXED * len(lettered), 2)


def _problems(sheets: Sequence[_Sheet], scans: Scans, raw: Sequence[RawPage | None], count: int) -> Iterator[Problem]:
    hidden = [sheet.number for sheet in sheets if sheet.raw.hidden and not sheet.sparse and not sheet.broken]
    if hidden:
        message = "Văn bản có chữ ẩn (mắt thường không thấy); phần chữ đó không được dùng."
        yield Problem("W201", message, Severity.WARNING, _pages(hidden), "Hãy xem kỹ bản gốc trước khi duyệt.")
    unread = [sheet.number for sheet in sheets if (sheet.picture or sheet.broken) and sheet.number not in scans.numbers]
    unread += [number for number, page in enumerate(raw, 1) if page is None]
    if unread:
        message = "Có trang là ảnh hoặc lớp chữ bị hỏng nên chưa đọc được."
        yield Problem("W202", message, Severity.WARNING, _pages(sorted(unread)), "Hãy đọc các trang này trên bản gốc.")
    if count > len(raw):
        message = f"Tệp có {count} trang, chỉ đọc {len(raw)} trang đầu."
        yield Problem("W203", message, Severity.WARNING, "", "Hãy tách tệp nếu cần đọc hết.")


def _recoded(typed: Sequence[_Sheet]) -> Iterator[Problem]:
    """Notes on the pages whose text was stored in an encoding of before Unicode."""
    sheets = [sheet for sheet in typed if sheet.raw.recoded]
    old = [(font, face.encoding.name) for sheet in sheets for font, face in sheet.raw.old.items()]
    guessed = {name for font, name in old if face_of(font) is None}
    words = [word for sheet in sheets for word in sheet.raw.recoded]
    return notes.problems({name for _, name in old}, guessed, words, _pages([sheet.number for sheet in sheets]))


def _pages(numbers: Sequence[int]) -> str:
    return "trang " + ", ".join(map(str, numbers[:_SHOWN_PAGES])) + (" …" if len(numbers) > _SHOWN_PAGES else "")
