"""One file, several documents: where a second letterhead begins, and what hangs on a document as its appendices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractors import zone_signs as signs
from extractors.casing import agency_head
from extractors.layout import Block, Column, Item
from extractors.text import ascii_key
from extractors.zone_titles import title_type

_HEAD = 18
"""Items after a national title within which a whole document shows its number, date or type."""
_LONG = 200
"""Characters of a line that is text already."""
_TITLE_BLOCKS = 8
_PLACEHOLDER = ("ten co quan", "ten cq", "ten don vi", "ten to chuc")


@dataclass(frozen=True)
class Appendix:
    """An appendix ("phụ lục"): its title lines, the "(Kèm theo …)" note among them, and what it holds."""

    title: tuple[Block, ...]
    items: tuple[Item, ...]

    @property
    def form(self) -> bool:
        """True for a form to be filled in ("biểu mẫu"): what stands in it tells nobody to act."""
        return any(signs.form_title(block.text) for block in self.title)


def document_starts(items: Sequence[Item]) -> tuple[int, ...]:
    """Return where each document of a file begins; the first one begins at 0."""
    starts = [0]
    titles = [i for i, item in enumerate(items) if isinstance(item, Block) and _headed(item)]
    for index in titles[1:]:
        start = _back_to_letterhead(items, index, starts[-1] + 1)
        if _whole(items[start : index + _HEAD]):
            starts.append(start)
    return tuple(starts)


def _headed(block: Block) -> bool:
    return len(block.text) < 160 and any(signs.national_title(line) or signs.party_title(line) for line in block.lines)


def _back_to_letterhead(items: Sequence[Item], index: int, floor: int) -> int:
    start = index
    while start > floor and _letterhead_like(items[start - 1], items[index]):
        start -= 1
    return start


def _letterhead_like(item: Item, title: Item) -> bool:
    if not isinstance(item, Block) or not isinstance(title, Block):
        return False
    text = item.text
    if item.pages and title.pages and item.pages[-1] != title.pages[0]:
        return False
    if signs.dash_lead(text) or signs.recipients_lead(text) or signs.filing_lead(text):
        return False
    if item.column is Column.LEFT:
        return not text.endswith((";", "."))
    return item.column is Column.FULL and len(text) < 100 and text.isupper() and bool(agency_head(text))


def _whole(head: Sequence[Item]) -> bool:
    """True for the head of a document, false for a blank form that repeats the national title."""
    blocks = [item for item in head if isinstance(item, Block) and len(item.text) < _LONG]
    lines = [line for block in blocks for line in block.lines]
    if any(_blank_form(line) for line in lines):
        return False
    numbered = any(signs.number_line(line) and any(c.isalnum() for c in line[3:]) for line in lines)
    dated = any(signs.place_date(line) and any(c.isdigit() for c in line) for line in lines)
    return numbered or dated or any(title_type(block.text) for block in blocks if block.column is not Column.LEFT)


def _blank_form(line: str) -> bool:
    """True for a line to be filled in: "TÊN CƠ QUAN", "UBND XÃ ……"; the number and the day may be blank in any document."""
    dotted = "…" in line or "..." in line
    return ascii_key(line).startswith(_PLACEHOLDER) or (dotted and not (signs.number_line(line) or signs.place_date(line)))


def appendices(items: Sequence[Item]) -> tuple[Appendix, ...]:
    """Return the appendices that follow a document's end."""
    if not items:
        return ()
    starts = sorted({0, *(_title_start(items, i) for i, item in enumerate(items) if _opens_appendix(item))})
    return tuple(_appendix(items[a:b]) for a, b in zip(starts, [*starts[1:], len(items)], strict=True))


def _opens_appendix(item: Item) -> bool:
    return isinstance(item, Block) and bool(item.words) and (signs.appendix_title(item.lines[0]) or signs.attached_note(item.text))


def _title_start(items: Sequence[Item], index: int) -> int:
    """The first title line above "Phụ lục" or above a "(Kèm theo …)" note."""
    item = items[index]
    if isinstance(item, Block) and signs.appendix_title(item.lines[0]):
        return index
    start = index
    while start and index - start < _TITLE_BLOCKS and _title_line(items[start - 1]):
        start -= 1
        above = items[start]
        if isinstance(above, Block) and signs.appendix_title(above.lines[0]):
            break
    return start


def _title_line(item: Item) -> bool:
    if not isinstance(item, Block) or len(item.text) > 400:
        return False
    return item.centred or item.bold or item.upper or item.column is not Column.FULL or signs.rule(item.text)


def _appendix(items: Sequence[Item]) -> Appendix:
    title: list[Block] = []
    for item in items[:_TITLE_BLOCKS]:
        if not isinstance(item, Block) or (title and signs.attached_note(title[-1].text)) or not _titles(item):
            break
        title.append(item)
    return Appendix(tuple(block for block in title if not signs.rule(block.text)), tuple(items[len(title) :]))


def _titles(block: Block) -> bool:
    text = block.text
    return signs.attached_note(text) or signs.appendix_title(block.lines[0]) or (_title_line(block) and not signs.body_opener(text))
