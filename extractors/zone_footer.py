"""The end of a document: recipients ("Nơi nhận") and signature, in one row, one above the other, or over two pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors import zone_signs as signs
from extractors.layout import Block, Column, Item
from extractors.zone_lines import cut_at, printed_lines

_NAME_REACH = 5
"""Items between an office in capitals and the name under it."""
_SHORT = 120
"""Characters of a line that may still be a recipient or an office."""


@dataclass
class Footer:
    """The zones of an end while they are being filled; ``start`` and ``next`` are item indices."""

    recipients: list[Block] = field(default_factory=list)
    signature: list[Block] = field(default_factory=list)
    start: int = 0
    next: int = 0
    listing: bool = False
    """True once "Nơi nhận" stands there."""
    filed: bool = False
    """True once the "Lưu" line stands there."""
    named: bool = False
    """True once the signature has a person's name."""

    def receive(self, line: Block) -> None:
        """Add a line to the recipients."""
        self.recipients.append(line)
        self.filed = self.filed or signs.filing_lead(line.text) > 0

    def sign(self, line: Block) -> None:
        """Add a line to the signature."""
        self.signature.append(line)
        self.named = self.named or signs.person_name(line.text)


def read_footer(items: Sequence[Item]) -> Footer:
    """Return the end of a document whose text begins with ``items[0]``; without one, ``start`` is the number of items."""
    footer = Footer(start=_start(items))
    footer.next = len(items)
    for index in range(footer.start, len(items)):
        item = items[index]
        if not isinstance(item, Block) or not _take(footer, item):
            footer.next = index
            break
    return footer


def _first_line(item: Item) -> str:
    return item.lines[0] if isinstance(item, Block) and item.lines else ""


def _start(items: Sequence[Item]) -> int:
    stop = next((i for i, item in enumerate(items) if i and signs.appendix_title(_first_line(item))), len(items))
    for limit in (stop, len(items)):
        sent = next((i for i in range(limit) if _opens_recipients(items[i])), None)
        if sent is not None:
            return _back_over_signature(items, sent)
        signed = next((i for i in range(limit) if _opens_signature(items, i)), None)
        if signed is not None:
            return signed
    return stop


def _opens_recipients(item: Item) -> bool:
    return isinstance(item, Block) and any(signs.recipients_lead(line) for line in item.lines)


def _opens_signature(items: Sequence[Item], index: int) -> bool:
    item = items[index]
    line = _first_line(item)
    if not isinstance(item, Block) or not line:
        return False
    if signs.authority_line(line):
        return True
    if item.column is Column.RIGHT and signs.office(line):
        return True
    return signs.position_line(line) and any(signs.person_name(_first_line(after)) for after in items[index + 1 : index + 1 + _NAME_REACH])


def _back_over_signature(items: Sequence[Item], sent: int) -> int:
    """The first line of a signature that stands right above "Nơi nhận", else ``sent`` itself."""
    first = index = sent
    while index and _signature_like(items[index - 1]):
        index -= 1
        if _in_right_column(items[index]) or _titles(_first_line(items[index])):
            first = index
    return first


def _in_right_column(item: Item) -> bool:
    return isinstance(item, Block) and item.column is Column.RIGHT


def _titles(line: str) -> bool:
    return signs.authority_line(line) or signs.position_line(line)


def _signature_like(item: Item) -> bool:
    if not isinstance(item, Block) or len(item.text) > _SHORT:
        return False
    line = item.text
    if item.column is Column.RIGHT or signs.rule(line) or signs.signed_lead(line):
        return True
    return line.isupper() or signs.person_name(line)


def _take(footer: Footer, block: Block) -> bool:
    """Put the block's lines into zones; False when the end of the document is over."""
    if signs.appendix_title(block.lines[0]):
        return False
    if block.column is Column.RIGHT and not _opens_recipients(block):
        for line in printed_lines(block):
            footer.sign(line)
        return True
    if block.column is Column.FULL and not _belongs(footer, block):
        return False
    for line in printed_lines(block):
        for part in _halves(line):
            _take_line(footer, part)
    return True


def _halves(line: Block) -> tuple[Block, ...]:
    """The line, or its two columns when a recipient and the signer's title came as one: "Nơi nhận: KT. GIÁM ĐỐC"."""
    text = line.text
    ends = [signs.recipients_lead(text), text.rfind("; ") + 2, text.rfind(". ") + 2]
    for end in ends:
        if 2 < end < len(text) and _titles(text[end:]) and not text[:end].isupper():
            return cut_at(line, end, line.column, Column.RIGHT)
    return (line,)


def _belongs(footer: Footer, block: Block) -> bool:
    line = block.lines[0]
    if signs.rule(line) or signs.stamp_line(line) or signs.recipients_lead(line) or any(map(signs.recipients_lead, block.lines)):
        return True
    if _titles(line) or signs.signed_lead(line):
        return not footer.named or not footer.recipients
    if footer.signature and not footer.named and (signs.person_name(line) or line.isupper()):
        return True
    return footer.listing and _lists(footer, block)


def _lists(footer: Footer, block: Block) -> bool:
    text = block.text
    if len(text) > 300 or (footer.filed and footer.recipients[-1].text.endswith((".", "./."))):
        return signs.copies_mark(text)
    if block.marker or signs.dash_lead(text) or signs.filing_lead(text):
        return True
    before = footer.recipients[-1].text
    return len(text) <= _SHORT and (not before.endswith(".") or signs.recipients_lead(before) > 0)


def _take_line(footer: Footer, line: Block) -> None:
    text = line.text
    if signs.rule(text) or signs.stamp_line(text):
        return
    if line.column is Column.RIGHT:
        footer.sign(line)
    elif signs.recipients_lead(text):
        footer.listing = True
        footer.receive(line)
    elif footer.listing and (line.column is Column.LEFT or not _signs(footer, text)):
        footer.receive(line)
    else:
        footer.sign(line)


def _signs(footer: Footer, text: str) -> bool:
    if _titles(text) or signs.signed_lead(text):
        return True
    return bool(footer.signature) and signs.person_name(text)
