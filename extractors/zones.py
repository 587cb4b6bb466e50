"""The parts of a document ("các thành phần thể thức", NĐ 30/2020 Phụ lục I; Party documents: HD 05-HD/VPTW)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractors import zone_signs as signs
from extractors.dispatch import DocumentRole
from extractors.layout import Block, Item, Layout
from extractors.zone_documents import Appendix, appendices, document_starts
from extractors.zone_footer import read_footer
from extractors.zone_header import read_header
from extractors.zone_lines import without_layout_tables

__all__ = ["Anatomy", "Appendix", "Part", "split"]


@dataclass(frozen=True)
class Anatomy:
    """The zones of one document. Every zone but ``body`` and the appendices holds one block for each printed line."""

    letterhead: tuple[Block, ...] = ()
    """Superior and issuer ("cơ quan chủ quản", "cơ quan ban hành")."""
    number: tuple[Block, ...] = ()
    place_date: tuple[Block, ...] = ()
    title: tuple[Block, ...] = ()
    """Type name, then the subject under it ("tên loại và trích yếu")."""
    subject: tuple[Block, ...] = ()
    """The "V/v" lines of a dispatch without type name."""
    marks: tuple[Block, ...] = ()
    """Urgency, secrecy and handling marks, each alone on its line."""
    addressees: tuple[Block, ...] = ()
    """From "Kính gửi:" (or "… điện:", "kính mời:") on."""
    body: tuple[Item, ...] = ()
    recipients: tuple[Block, ...] = ()
    """From "Nơi nhận:" on, the filing line included."""
    signature: tuple[Block, ...] = ()
    appendices: tuple[Appendix, ...] = ()
    stamps: tuple[Block, ...] = ()
    """Texts of signature stamps, for what the paper itself leaves out."""
    party: bool = False
    """True for a Party document (headed "ĐẢNG CỘNG SẢN VIỆT NAM")."""


@dataclass(frozen=True)
class Part:
    """One document of a file, with the items it was cut from."""

    role: DocumentRole
    anatomy: Anatomy
    items: tuple[Item, ...]

    @property
    def pages(self) -> tuple[int, ...]:
        """The pages the document stands on, ascending; empty for a DOCX."""
        blocks = (block for item in self.items for block in ([item] if isinstance(item, Block) else item.blocks))
        return tuple(sorted({page for block in blocks for page in block.pages}))


def split(layout: Layout) -> tuple[Part, ...]:
    """Return the documents of a file, the covering one first; a file always has one, however little it holds."""
    items = without_layout_tables(layout.items)
    starts = document_starts(items)
    out = []
    for number, (first, last) in enumerate(zip(starts, [*starts[1:], len(items)], strict=True)):
        role = DocumentRole.ATTACHMENT if number else DocumentRole.MAIN
        apart = _marks_apart(layout) if number == 0 else ()
        stamps = layout.stamps if number == 0 else ()
        out.append(Part(role, _anatomy(items[first:last], apart, stamps), tuple(items[first:last])))
    return tuple(out)


def _marks_apart(layout: Layout) -> tuple[Block, ...]:
    """Marks that a reader took for a stamp or a running head."""
    return tuple(block for block in (*layout.furniture, *layout.stamps) if signs.mark(block.text))


def _anatomy(items: Sequence[Item], marks: tuple[Block, ...], stamps: tuple[Block, ...]) -> Anatomy:
    header = read_header(items)
    rest = items[header.next :]
    footer = read_footer(rest)
    return Anatomy(
        letterhead=tuple(header.letterhead),
        number=tuple(header.number),
        place_date=tuple(header.place_date),
        title=tuple(header.title),
        subject=tuple(header.subject),
        marks=(*header.marks, *marks),
        addressees=tuple(header.addressees),
        body=tuple(rest[: footer.start]),
        recipients=tuple(footer.recipients),
        signature=tuple(footer.signature),
        appendices=appendices(rest[footer.next :]),
        stamps=stamps,
        party=header.party,
    )
