"""The head of a document: from the first line to the first paragraph of its text.

The order of lines on paper is not trusted (readers give left before right, right before left, or everything as one
column); each line is put into a zone by what it says and by what stands before it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from extractors import zone_signs as signs
from extractors.casing import agency_head
from extractors.layout import Block, Column, Item
from extractors.zone_lines import columns, cut_at, printed_lines
from extractors.zone_titles import title_type

_WINDOW = 60
"""Items within which a letterhead must lie."""
_GAP = 14
"""Items that may stand between two signs of one letterhead (long subjects printed line by line)."""
_LONG = 420
"""Characters of a paragraph that cannot be a subject or an addressee any more."""


@dataclass
class Header:
    """The zones of a head while they are being filled; ``next`` is the index of the first item after it."""

    letterhead: list[Block] = field(default_factory=list)
    number: list[Block] = field(default_factory=list)
    place_date: list[Block] = field(default_factory=list)
    title: list[Block] = field(default_factory=list)
    subject: list[Block] = field(default_factory=list)
    marks: list[Block] = field(default_factory=list)
    addressees: list[Block] = field(default_factory=list)
    other: list[Block] = field(default_factory=list)
    party: bool = False
    next: int = 0
    open: str = ""
    """The zone that the next unmarked line continues: "title", "subject", "addressees" or none."""


def header_lines(block: Block) -> Iterator[Block]:
    """Yield the printed lines of a block, each cut where a second letterhead column or an urgency mark ends."""
    if signs.place_date(block.text) and block.column is not Column.LEFT:
        yield block
        return
    for line in printed_lines(block):
        for part in columns(line):
            yield from _without_leading_mark(part)


def _without_leading_mark(line: Block) -> Iterator[Block]:
    for size in (2, 1):
        if len(line.words) > size and signs.mark(" ".join(word.text for word in line.words[:size])):
            offset = sum(len(word.text) + 1 for word in line.words[:size])
            rest = line.text[offset:]
            if signs.address_lead(rest) or signs.wire_lead(rest) or title_type(rest):
                yield from cut_at(line, offset)
                return
    yield line


_ANCHORS: tuple[tuple[str, Callable[[Block], object]], ...] = (
    ("national", lambda line: signs.national_title(line.text) or signs.party_title(line.text)),
    ("motto", lambda line: signs.motto(line.text)),
    ("number", lambda line: line.column is not Column.RIGHT and signs.number_line(line.text)),
    ("date", lambda line: line.column is not Column.LEFT and (signs.place_date(line.text) or signs.date_head(line.text))),
    ("title", lambda line: line.column is not Column.LEFT and title_type(line.text)),
    ("address", lambda line: signs.address_lead(line.text) or signs.wire_lead(line.text) or signs.invitation_lead(line.text)),
)


def _last_anchor(items: Sequence[Item]) -> int:
    """Index of the last item that carries a sign of the head, -1 when there is none."""
    seen: set[str] = set()
    last = -1
    for index, item in enumerate(items[:_WINDOW]):
        if not isinstance(item, Block) or index - max(last, 0) > _GAP or _is_text(item, seen):
            break
        found = {name for line in header_lines(item) for name, test in _ANCHORS if name not in seen and test(line)}
        if found:
            seen |= found
            last = index
        if "address" in found and seen & {"national", "number", "title"}:
            break
    return last


def _is_text(block: Block, seen: set[str]) -> bool:
    if block.column is not Column.FULL or not seen:
        return False
    text = block.text
    return len(text) > _LONG or signs.recipients_lead(text) > 0 or (signs.body_opener(text) and not signs.place_date(text))


def read_header(items: Sequence[Item]) -> Header:
    """Return the zones of the head of a document that begins with ``items[0]``."""
    header = Header()
    last = _last_anchor(items)
    for index, item in enumerate(items):
        if not isinstance(item, Block) or (index > last and not _continues(header, item)):
            header.next = index
            break
        for line in header_lines(item):
            _take(header, line)
    else:
        header.next = len(items)
    _recover(header)
    return header


def _recover(header: Header) -> None:
    """Number and date that stand in the other column than theirs, when their own has none."""
    if not header.number:
        header.number = [line for line in header.other if signs.number_line(line.text)][:1]
    if not header.place_date:
        for zone in (header.letterhead, header.other):
            header.place_date = header.place_date or [line for line in zone if signs.place_date(line.text)][:1]


def _take(header: Header, line: Block) -> None:
    text = line.text
    if signs.stamp_line(text):
        return
    if signs.rule(text):
        header.open = "" if header.open == "subject" and line.column is Column.FULL else header.open
        return
    if signs.national_title(text) or signs.party_title(text):
        header.party |= signs.party_title(text)
    elif not signs.motto(text):
        _take_worded(header, line)


def _take_worded(header: Header, line: Block) -> None:
    text = line.text
    if signs.mark(text):
        header.marks.append(line)
    elif not header.number and line.column is not Column.RIGHT and _numbers(header, text):
        header.number.append(line)
        header.open = ""
    elif len(header.number) == 1 and not (header.subject or header.title or header.addressees) and signs.number_tail(text):
        header.number.append(line)
    elif line.column is not Column.LEFT and _dates(header, text):
        header.place_date.append(line)
    elif signs.address_lead(text) or signs.wire_lead(text) or (header.title and signs.invitation_lead(text)):
        header.addressees.append(line)
        header.open = "addressees"
    elif not header.title and not header.addressees and line.column is not Column.LEFT and title_type(text):
        header.title.append(line)
        header.open = "title"
    elif not header.title and not header.subject and signs.subject_lead(text):
        header.subject.append(line)
        header.open = "subject"
    else:
        _take_by_place(header, line)


def _numbers(header: Header, text: str) -> bool:
    return signs.number_line(text) or (bool(header.letterhead) and signs.bare_number(text))


def _dates(header: Header, text: str) -> bool:
    if header.place_date:
        return len(header.place_date) < 3 and not header.title and signs.date_tail(text)
    return signs.place_date(text) or signs.date_head(text)


def _take_by_place(header: Header, line: Block) -> None:
    if line.column is Column.LEFT:
        _take_left(header, line)
    elif line.column is Column.RIGHT:
        _take_right(header, line)
    elif header.open:
        _zone(header, header.open).append(line)
    elif not header.number and not header.title and line.text.isupper():
        header.letterhead.append(line)
    else:
        header.other.append(line)


def _take_left(header: Header, line: Block) -> None:
    if header.open in ("addressees", "subject"):
        _zone(header, header.open).append(line)
    elif not header.number:
        header.letterhead.append(line)
    elif header.subject or not header.title:
        # A Party dispatch prints its subject under the number without "V/v" (HD 05-HD/VPTW).
        header.subject.append(line)
        header.open = "subject"
    else:
        header.other.append(line)


def _take_right(header: Header, line: Block) -> None:
    if header.open in ("addressees", "title"):
        _zone(header, header.open).append(line)
    else:
        header.other.append(line)


def _zone(header: Header, name: str) -> list[Block]:
    return {"addressees": header.addressees, "title": header.title, "subject": header.subject}[name]


def _continues(header: Header, block: Block) -> bool:
    """Whether a block after the last sign of the head still belongs to it."""
    text = block.text
    if signs.rule(text) or (signs.mark(text) and header.open != ""):
        return True
    if signs.recipients_lead(text) or signs.authority_line(text) or signs.appendix_title(text):
        return False
    if block.column is not Column.FULL:
        return bool(header.number or header.letterhead or header.open) and not signs.position_line(text)
    if header.open == "title":
        return _title_continues(header, block)
    return header.open == "addressees" and _addressee_continues(header.addressees[-1], block)


def _title_continues(header: Header, block: Block) -> bool:
    text, lines = block.text, header.title[1:]
    if signs.attached_note(text) or (signs.subject_lead(text) and not lines):
        return True
    if signs.body_opener(text) or block.marker or signs.dash_lead(text) or text.endswith(":") or len(text) > _LONG:
        return False
    if text.isupper() and (signs.position_line(text) or agency_head(text) or (lines and not lines[-1].text.isupper())):
        return False
    if not lines:
        return block.centred or block.bold or not text.endswith((".", ";", "./."))
    if text[:1].islower() and len(text) < 160 and not lines[-1].text.endswith((".", ";", ":")):
        return True
    return (block.centred or block.bold) and (block.bold == lines[-1].bold or block.centred)


def _addressee_continues(previous: Block, block: Block) -> bool:
    text, before = block.text, previous.text
    if signs.dash_lead(block.marker) or signs.dash_lead(text) or signs.address_lead(text):
        return True
    if signs.body_opener(text) or len(text) > 300:
        return False
    lead = signs.address_lead(before) or signs.wire_lead(before) or signs.invitation_lead(before)
    if (lead and not before[lead:].strip()) or before.endswith((";", ",", " và")):
        return len(text) < 200
    if before.endswith("."):
        return False
    return (text[:1].islower() and len(text) < 160) or (block.centred and len(text) < 150) or _bare_agency(text)


def _bare_agency(text: str) -> bool:
    return len(text) <= 90 and not text.endswith((".", ":")) and bool(agency_head(text))
