"""Paragraphs to a tree of items ("đề mục"): numbers, letters, dashes, bold headings, unnumbered orders.

The tree follows the printed markers. An unnumbered order belongs where the numbering around it puts it: inside item 3 when an
item 4 follows, at the top when none does. A plain paragraph behind an item continues it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from extractors.fields import assignments
from extractors.fields.markers import Level, Marker, of_block
from extractors.fields.passage import Passage
from extractors.fields.sections import Mode, mode_of
from extractors.layout import Block
from extractors.text import fold

MAX_HEADING_WORDS = 30
"""A title of a section is rarely longer; a bold paragraph that is, is an emphasised order."""
_HEADING_RANK = Level.ROMAN * 10 + 5


_EFFECT = re.compile(
    r"(?:chỉ thị|quyết định|nghị quyết|kết luận|kế hoạch|thông báo|công văn|công điện"
    r"|quy định|quy chế|hướng dẫn|văn bản|chương trình) này"
    r" (?:có hiệu lực|thay thế|được phổ biến|phổ biến|bãi bỏ|thực hiện kể từ|gồm|được niêm yết|được thông qua|áp dụng)\b"
)
# "Mọi vướng mắc xin liên hệ Phòng …, điện thoại …": where to ask, not what to do.
_CONTACT = re.compile(
    r"(?:mọi |các |mọi ý kiến |thông tin |nếu có )?(?:thông tin|vướng mắc|chi tiết|thắc mắc|đầu mối)\b[^.;]{0,80}\bliên hệ\b"
)


def tells_effect(text: str) -> bool:
    """True for what a document says of its own effect ("Chỉ thị này thay thế …"): it settles, and asks nobody to act."""
    return _EFFECT.match(fold(text)) is not None


class Sort(StrEnum):
    """What a paragraph is in the outline."""

    ITEM = "item"
    HEADING = "heading"
    ORDER = "order"
    """An unnumbered paragraph that orders, or introduces the items of one party."""
    PLAIN = "plain"
    LEAD_IN = "lead-in"
    CLOSING = "closing"


@dataclass(frozen=True)
class Line:
    """A paragraph, sorted."""

    block: Block
    marker: Marker | None
    start: int
    sort: Sort
    announces: bool = False
    """It orders, and opens a list beside: what follows stands next to it, not below it."""

    @property
    def text(self) -> str:
        """The paragraph without its marker."""
        return self.block.text[self.start :]

    @property
    def introduces(self) -> bool:
        """True when it ends with a colon: items should follow."""
        return self.block.text.rstrip().endswith(":") and not self.announces


@dataclass(frozen=True)
class Item:
    """A node of the outline; ``heading`` marks a title of a section."""

    passage: Passage
    marker: Marker | None
    sort: Sort
    heading: bool
    lead_in: Line | None
    """The last paragraph above it that opened a list ("… như sau:")."""
    children: tuple[Item, ...]

    @cached_property
    def text(self) -> str:
        """The item's own text, without its marker and without its children."""
        return self.passage.text

    @property
    def introduces(self) -> bool:
        """True when it ends with a colon."""
        return self.text.rstrip().endswith(":")


class _Node:
    """An item while the tree grows."""

    def __init__(self, line: Line | None, lead_in: Line | None = None) -> None:
        self.parts = [(line.block, line.start)] if line else []
        self.marker = line.marker if line else None
        self.sort = line.sort if line else Sort.HEADING
        self.heading = line is not None and is_heading(line)
        self.last = line
        self.lead_in = lead_in
        self.children: list[_Node] = []

    @property
    def introduces(self) -> bool:
        return self.last is not None and self.last.introduces

    @property
    def rank(self) -> int:
        if self.marker is not None:
            return self.marker.rank
        return _HEADING_RANK if self.heading else 0

    @property
    def holds_lists(self) -> bool:
        """An unnumbered heading or introduction starts numbering anew below it."""
        return self.marker is None and (self.heading or self.introduces)

    @property
    def names_party(self) -> bool:
        block, start = self.parts[0]
        return not block.upper and assignments.is_party(block.text[start:])

    @property
    def titles_item(self) -> bool:
        """A bold title of one item, not of a section and not of a purpose or of money."""
        block, start = self.parts[0]
        deep = self.marker is not None and self.marker.level >= Level.DECIMAL
        return deep and mode_of(block.text[start:]) in (None, Mode.ALL)

    @property
    def untitled(self) -> bool:
        """A marker alone on its line ("Phần II"): its title stands on the next one."""
        return len(self.parts) == 1 and self.parts[0][1] >= len(self.parts[0][0].text.rstrip())

    def title(self, line: Line) -> None:
        self.parts, self.last, self.heading = [(line.block, 0)], line, is_heading(line)

    def add(self, line: Line) -> None:
        self.parts.append((line.block, line.start))
        self.last = line

    def freeze(self) -> Item:
        children = tuple(child.freeze() for child in self.children)
        heading = self.heading and len(self.parts) == 1
        return Item(Passage(tuple(self.parts)), self.marker, self.sort, heading, self.lead_in, children)


def is_heading(line: Line) -> bool:
    """True for a title of a section: all bold or all capitals, short, not addressed to anybody with an order."""
    text = line.text
    if not text or len(text.split()) > MAX_HEADING_WORDS:
        return False
    if line.block.upper or (line.marker is not None and line.marker.level in (Level.PART, Level.UPPER)):
        return True
    if line.marker is not None and line.marker.level is Level.ROMAN:
        return not text.rstrip().endswith((".", ";"))
    if line.marker is None and not line.block.bold:
        return len(text.split()) <= 12 and text[-1:] not in ".;:" and mode_of(text) is not None and text[:1].isupper()
    return line.block.bold and not text.rstrip().endswith((".", ";"))


def sort_line(block: Block) -> Line:
    """Return the paragraph with its marker and what it is."""
    marker, start = of_block(block)
    if marker is not None:
        return Line(block, marker, start, Sort.ITEM)
    text = block.text
    if assignments.is_closing(text) or _CONTACT.match(fold(text)) or (tells_effect(text) and not assignments.read_roles(text).lead):
        return Line(block, None, 0, Sort.CLOSING)
    if assignments.is_lead_in(text):
        orders = assignments.orders_beside_opening(text)
        return Line(block, None, 0, Sort.ORDER if orders else Sort.LEAD_IN, announces=orders)
    roles = assignments.read_roles(text, children=text.rstrip().endswith(":"))
    if roles.order or (roles.lead and text.rstrip().endswith(":")):
        return Line(block, None, 0, Sort.ORDER)
    plain = Line(block, None, 0, Sort.PLAIN)
    return Line(block, None, 0, Sort.HEADING) if is_heading(plain) else plain


class _Outline:
    """Grows the tree line by line; ``stack`` is the path from the root to the last item."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.root = _Node(None)
        self.stack = [self.root]
        self.lead_in: Line | None = None

    def build(self) -> tuple[Item, ...]:
        """Place every line and return the top-level items."""
        for index, line in enumerate(self.lines):
            if self.stack[-1].untitled and line.marker is None:
                self.stack[-1].title(line)
            elif line.sort is Sort.ITEM and line.marker is not None:
                self._place_marked(line, line.marker)
            elif line.sort is Sort.HEADING:
                self._pop_to_rank(_HEADING_RANK)
                self._push(_Node(line, self.lead_in))
            elif line.sort is Sort.LEAD_IN:
                self.lead_in = line
                self._close_lists()
            elif line.sort is Sort.CLOSING:
                continue
            else:
                self._place_unmarked(line, index)
                self.lead_in = line if line.announces else self.lead_in
        return tuple(child.freeze() for child in self.root.children)

    def _push(self, node: _Node) -> None:
        self.stack[-1].children.append(node)
        self.stack.append(node)

    def _pop_to_rank(self, rank: int) -> None:
        while len(self.stack) > 1 and (self.stack[-1].rank >= rank or self.stack[-1].rank == 0):
            self.stack.pop()

    def _close_lists(self) -> None:
        """A new opening formula ends running lists but stays inside its section."""
        while len(self.stack) > 1 and not self.stack[-1].heading:
            self.stack.pop()

    def _place_marked(self, line: Line, marker: Marker) -> None:
        sibling = self._sibling(marker)
        if sibling is not None:
            del self.stack[sibling:]
        else:
            self._climb(marker)
        self._push(_Node(line, self.lead_in))

    def _sibling(self, marker: Marker) -> int | None:
        """The place in the path of the item that ``marker`` continues, if any."""
        for index in range(len(self.stack) - 1, 0, -1):
            node = self.stack[index]
            if node.marker is not None and node.marker.style == marker.style:
                return index
            if node.holds_lists and not self._continues_above(index, marker):
                return None
        return None

    def _continues_above(self, below: int, marker: Marker) -> bool:
        return marker.value > 1 and any(
            node.marker is not None and node.marker.style == marker.style and node.marker.value + 1 == marker.value
            for node in self.stack[1:below]
        )

    def _climb(self, marker: Marker) -> None:
        """Leave deeper items, so that a new kind of marker hangs below the nearest higher one."""
        opened = self.stack[-1]
        if opened.introduces or (marker.value == 1 and self._twin_level(marker)):
            return
        while len(self.stack) > 1:
            node = self.stack[-1]
            if node.holds_lists or (0 < node.rank < marker.rank):
                return
            self.stack.pop()

    def _twin_level(self, marker: Marker) -> bool:
        """A "1)" under a "1." starts a new list one deeper, not the old one again."""
        return any(node.marker is not None and node.marker.rank == marker.rank for node in self.stack[1:])

    def _place_unmarked(self, line: Line, index: int) -> None:
        last = self.stack[-1]
        if last is not self.root and self._continues(last, line):
            last.add(line)
            return
        self._go_to_unmarked_level(line, index)
        self._push(_Node(line, self.lead_in))

    def _continues(self, last: _Node, line: Line) -> bool:
        """True when an unnumbered paragraph goes on with the item above it: "3. Sở Y tế" and a paragraph are one item."""
        if last.heading:
            plain = line.sort is Sort.PLAIN
            return last.marker is not None and ((last.names_party and (plain or len(last.parts) == 1)) or (plain and last.titles_item))
        if line.sort is not Sort.PLAIN or self._opens_child(last, line):
            return False
        return last.marker is not None or last.sort is not Sort.ORDER or assignments.starts_with_verb(line.text)

    def _opens_child(self, last: _Node, line: Line) -> bool:
        return last.introduces and not last.children and assignments.starts_with_verb(line.text)

    def _go_to_unmarked_level(self, line: Line, index: int) -> None:
        last = self.stack[-1]
        if (last.introduces or (last.heading and len(last.parts) == 1)) and not last.children:
            return
        continued = self._continued_by(index)
        if continued is not None:
            del self.stack[continued + 1 :]
            return
        ends = line.block.text.rstrip().endswith("./.") or index == len(self.lines) - 1
        sibling = next((i for i in range(len(self.stack) - 1, 0, -1) if self.stack[i].sort in (Sort.ORDER, Sort.PLAIN)), None)
        del self.stack[1 if ends or sibling is None else sibling :]

    def _continued_by(self, index: int) -> int | None:
        """The place in the path of the item whose next number follows later, so that this line stands inside it."""
        following = next((line.marker for line in self.lines[index + 1 :] if line.marker is not None), None)
        if following is None or following.value < 2:
            return None
        for place in range(len(self.stack) - 1, 0, -1):
            marker = self.stack[place].marker
            if marker is not None and marker.style == following.style and marker.value + 1 == following.value:
                return place
        return None


def build(blocks: Sequence[Block]) -> tuple[Item, ...]:
    """Return the outline of a body's paragraphs; the narrative above the first opening formula is left out."""
    lines = _raised([sort_line(block) for block in blocks if block.text])
    return _Outline(lines[_first(lines) :]).build()


def _raised(lines: list[Line]) -> list[Line]:
    """Capital letters that come before any Roman numeral head the parts of the document."""
    levels = [line.marker.level for line in lines if line.marker is not None]
    if Level.ROMAN not in levels or Level.UPPER not in levels[: levels.index(Level.ROMAN)]:
        return lines
    return [
        replace(line, marker=replace(line.marker, raised=True)) if line.marker and line.marker.level is Level.UPPER else line
        for line in lines
    ]


def _first(lines: Sequence[Line]) -> int:
    """Where the outline starts: at the opening formula, if one stands above all items."""
    for index, line in enumerate(lines):
        if line.sort is Sort.LEAD_IN or line.announces:
            return index
        if line.sort in (Sort.ITEM, Sort.HEADING):
            break
    return 0


def walk(items: Sequence[Item]) -> Iterator[Item]:
    """Every item of the outline in reading order."""
    for item in items:
        yield item
        yield from walk(item.children)
