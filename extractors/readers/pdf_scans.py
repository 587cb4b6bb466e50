"""Pages of a PDF that are pictures: found, recognised, and put beside the pages with text. Born-digital files load nothing of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from extractors.errors import Problem, Severity
from extractors.layout import Block, Cell, Item, Layout, Origin, Row, Table, Word
from extractors.readers.assemble import place_fields
from extractors.readers.page_words import PageWords
from extractors.readers.pdf_rulings import Drawing

if TYPE_CHECKING:
    from extractors.readers.scans.ocr import Scan
    from extractors.readers.scans.ocr_pages import View


@dataclass(frozen=True)
class Scans:
    """The recognised pages of a file."""

    sheets: tuple[PageWords, ...] = ()
    """Words in the frame of an upright sheet of A4 size."""
    drawings: tuple[Drawing, ...] = ()
    """The rulings of each sheet, in its frame."""
    views: dict[int, View] = field(default_factory=dict)
    """Page number → the way from the sheet back to the page."""
    problems: tuple[Problem, ...] = ()
    missing: bool = False
    """True when pages should have been recognised and what does it is not installed."""

    @property
    def numbers(self) -> frozenset[int]:
        """The pages recognised."""
        return frozenset(self.views)

    def returned(self, layout: Layout) -> Layout:
        """Return the layout with the words of recognised pages at their places on the page."""
        if not self.views:
            return layout
        return replace(
            layout,
            items=tuple(self._item(item) for item in layout.items),
            furniture=tuple(map(self._block, layout.furniture)),
            stamps=tuple(map(self._block, layout.stamps)),
        )

    def _item(self, item: Item) -> Item:
        return self._block(item) if isinstance(item, Block) else Table(tuple(Row(tuple(map(self._cell, row.cells))) for row in item.rows))

    def _cell(self, cell: Cell) -> Cell:
        return replace(cell, blocks=tuple(map(self._block, cell.blocks)))

    def _block(self, block: Block) -> Block:
        return replace(block, words=tuple(map(self._word, block.words)))

    def _word(self, word: Word) -> Word:
        view = self.views.get(word.page or 0)
        return word if view is None or word.box is None else replace(word, box=view.box(word.box))


def recognise(data: bytes, wanted: Sequence[PageWords], most: int) -> Scans:
    """Recognise the pages that are pictures or whose words cannot be trusted, the first ``most``; what words they have come along.

    Raises:
        UnreadableFile: a page cannot be drawn.
    """
    if not wanted:
        return Scans()
    from extractors.readers.scans import ocr

    if not ocr.available():
        return Scans(missing=True)
    typed = {sheet.page.number: sheet for sheet in wanted}
    scans = ocr.scan(data, [sheet.page.number for sheet in wanted[:most]])
    return Scans(
        tuple(_sheet(scan, typed[scan.page.number]) for scan in scans),
        tuple(scan.drawing for scan in scans),
        {scan.page.number: scan.view for scan in scans},
        (*_problems(len(wanted), most), *without_words(scans), *by_hand(scans)),
    )


def without_words(scans: Sequence[Scan]) -> Iterator[Problem]:
    """Tell of the pages that were recognised and gave not a word: backs of sheets, photos, pictures that cannot be decoded."""
    numbers = [str(scan.page.number) for scan in scans if not scan.words.words]
    if numbers:
        message = "Có trang ảnh không nhận ra chữ nào (mặt sau để trắng, ảnh chụp, hình vẽ hoặc ảnh hỏng)."
        where = "trang " + ", ".join(numbers[:_SHOWN_PAGES]) + (" …" if len(numbers) > _SHOWN_PAGES else "")
        yield Problem("I248", message, Severity.INFO, where, "Nếu trang đó có chữ, hãy đọc trên bản gốc.")


_SHOWN_PAGES = 20


def by_hand(scans: Sequence[Scan]) -> Iterator[Problem]:
    """Tell of numbers and days that a hand wrote: what was taken to stand there, and what was left open."""
    words = [word for scan in scans for word in scan.words.words if word.origin is Origin.HAND]
    taken = [word.text for word in words if word.text.isalnum()]
    if taken:
        message = f"Số hoặc ngày trên văn bản viết tay; máy đọc là {', '.join(taken)}, có thể nhầm."
        yield Problem("W227", message, Severity.WARNING, _pages(words), "Hãy đối chiếu với ảnh trang gốc trước khi dùng.")
    if len(taken) < len(words):
        message = "Số hoặc ngày trên văn bản viết tay, máy không đọc chắc được."
        yield Problem("W228", message, Severity.WARNING, _pages(words), "Hãy xem ảnh trang gốc rồi điền hoặc sửa trong dự thảo.")


def _pages(words: Sequence[Word]) -> str:
    return "trang " + ", ".join(str(page) for page in sorted({word.page or 1 for word in words}))


def _sheet(scan: Scan, typed: PageWords) -> PageWords:
    """The recognised words with the numbers that signatures laid over their blanks; all other typed text is a stamp's."""
    inward = scan.view.inverse()
    laid = [replace(word, box=inward.box(word.box)) for word in (*typed.words, *typed.stamp_words) if word.box]
    words, stamps = place_fields(scan.words.words, laid)
    return PageWords(scan.words.page, words, (*stamps, *scan.words.stamp_words))


def _problems(count: int, most: int) -> tuple[Problem, ...]:
    if count <= most:
        return ()
    message = f"Văn bản có {count} trang ảnh, chỉ nhận dạng {most} trang đầu."
    return (Problem("W207", message, Severity.WARNING, "", "Hãy tách tệp nếu cần đọc hết."),)
