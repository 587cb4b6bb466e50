"""The page model that every reader fills and every field rule reads.

Lengths are PDF points (1 pt = 1/72 inch), the origin is the top-left corner of the page, page numbers start at 1.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property

from extractors.errors import Problem


class Origin(StrEnum):
    """Where a word's characters come from."""

    PAGE = "page"
    FIELD = "field"
    """The appearance of a signature field, laid over a blank of the page."""
    NUMBERING = "numbering"
    OCR = "ocr"
    HAND = "hand"
    """Written by hand, and read by the network that knows handwriting: never sure."""


class Column(StrEnum):
    """Which side of a two-column region (letterhead, signature block) a block stands in."""

    FULL = "full"
    LEFT = "left"
    RIGHT = "right"


class TextSource(StrEnum):
    """Where the characters of a whole file come from (the record's ``source.text``)."""

    DIGITAL = "digital"
    OCR = "ocr"
    MIXED = "mixed"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in points from the top-left corner."""

    x0: float
    top: float
    x1: float
    bottom: float

    def union(self, other: Box) -> Box:
        """Return the smallest box that holds both."""
        return Box(min(self.x0, other.x0), min(self.top, other.top), max(self.x1, other.x1), max(self.bottom, other.bottom))


@dataclass(frozen=True, slots=True)
class Word:
    """A run of characters without white space.

    A PDF or scan word has ``page`` and ``box``; a DOCX word has ``paragraph`` (index in body order) instead.
    """

    text: str
    page: int | None = None
    box: Box | None = None
    paragraph: int | None = None
    bold: bool = False
    italic: bool = False
    size: float | None = None
    """Font size in points."""
    origin: Origin = Origin.PAGE
    score: float | None = None
    """The recogniser's confidence, 0.0 to 1.0; None where characters are exact."""
    repaired: bool = False
    """True: misread and put right with a closed list or a pattern as witness, or stored in an old encoding that only the text tells."""
    maybe: tuple[str, ...] = ()
    """For a blank that a hand filled in and nobody can surely read: what may stand there, likeliest first."""
    glued: bool = False
    """True: no space stands before this word (a reference broken after its hyphen, a word cut by a style change)."""
    line: int = 0
    """Printed line within its block, from 0: two words of one line may be quoted with one box."""
    at: int | None = field(default=None, compare=False)
    """Where it begins in its DOCX paragraph, in characters of the paragraph on one line; None for a word with a box."""

    def part(self, start: int, end: int) -> Word:
        """Return some of the word's characters, in the part of its box that they take, widths taken as even."""
        box = self.box
        if box is not None and self.text:
            width = (box.x1 - box.x0) / len(self.text)
            box = replace(box, x0=box.x0 + start * width, x1=box.x0 + end * width)
        return replace(self, text=self.text[start:end], box=box)


@dataclass(frozen=True)
class Block:
    """A paragraph: its words over all its lines and pages, and how it stands on the page.

    ``text`` is the paragraph on one line; offsets into it lead back to words through ``words_between``.
    """

    words: tuple[Word, ...]
    column: Column = Column.FULL
    marker: str = ""
    """The automatic list number that Word shows ("1.", "a)", "-"); empty when it is typed (then it is part of ``text``)."""
    centred: bool = False
    indent: float | None = None
    """First line's distance in points from the left edge of the text area."""
    level: int | None = None
    """Outline or list level where the file states one, from 0."""
    row: int | None = None
    """Row of the layout table it came from: blocks of one letterhead row share it."""

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        starts, position = [], 0
        for index, word in enumerate(self.words):
            if index and not word.glued:
                position += 1
            starts.append(position)
            position += len(word.text)
        return tuple(starts)

    @cached_property
    def text(self) -> str:
        """The paragraph as one line, single-spaced, in NFC."""
        parts: list[str] = []
        for index, word in enumerate(self.words):
            if index and not word.glued:
                parts.append(" ")
            parts.append(word.text)
        return "".join(parts)

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The paragraph's printed lines (a DOCX paragraph breaks only at its line breaks)."""
        out: list[str] = []
        current: int | None = None
        for index, word in enumerate(self.words):
            key = word.line
            if current is None or key != current:
                out.append(word.text)
            else:
                out[-1] += word.text if word.glued and index else " " + word.text
            current = key
        return tuple(out)

    @property
    def filled_in(self) -> Word | None:
        """The blank that a hand filled in and nobody can surely read; None when there is none."""
        return next((word for word in self.words if word.origin is Origin.HAND and not word.text.isalnum()), None)

    @property
    def bold(self) -> bool:
        """True when every word with a letter is bold."""
        lettered = [word for word in self.words if any(c.isalpha() for c in word.text)]
        return bool(lettered) and all(word.bold for word in lettered)

    @property
    def italic(self) -> bool:
        """True when every word with a letter is italic."""
        lettered = [word for word in self.words if any(c.isalpha() for c in word.text)]
        return bool(lettered) and all(word.italic for word in lettered)

    @property
    def upper(self) -> bool:
        """True when the paragraph has letters and all of them are capitals."""
        return self.text.isupper()

    @property
    def pages(self) -> tuple[int, ...]:
        """The pages it stands on, ascending; empty for a DOCX."""
        return tuple(sorted({word.page for word in self.words if word.page is not None}))

    def word_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the half-open range of word indices that ``text[start:end]`` touches."""
        first = max(bisect_right(self._starts, start) - 1, 0)
        last = bisect_right(self._starts, max(end - 1, start))
        while first < last and self._starts[first] + len(self.words[first].text) <= start:
            first += 1
        return first, last

    def words_between(self, start: int, end: int) -> tuple[tuple[Word, int, int], ...]:
        """Return each touched word with the slice of it that ``text[start:end]`` covers."""
        first, last = self.word_span(start, end)
        out = []
        for index in range(first, last):
            word, at = self.words[index], self._starts[index]
            out.append((word, max(start - at, 0), min(end - at, len(word.text))))
        return tuple(out)


@dataclass(frozen=True)
class Cell:
    """A table cell; merged cells say how many rows and columns they cover."""

    blocks: tuple[Block, ...]
    row_span: int = 1
    col_span: int = 1

    @property
    def text(self) -> str:
        """The cell's paragraphs joined by single spaces."""
        return " ".join(block.text for block in self.blocks if block.text)


@dataclass(frozen=True)
class Row:
    """A table row; ``cells`` are in column order, a cell merged from above is an empty cell."""

    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    """A ruled or real table of data. Layout tables (letterhead, signature) come as blocks with a column instead."""

    rows: tuple[Row, ...]

    @property
    def blocks(self) -> Iterator[Block]:
        """All paragraphs of the table in reading order."""
        return (block for row in self.rows for cell in row.cells for block in cell.blocks)


Item = Block | Table


@dataclass(frozen=True, slots=True)
class Page:
    """A page's number and size in points."""

    number: int
    width: float
    height: float


@dataclass(frozen=True)
class Layout:
    """What a reader saw: text in reading order, and apart from it what belongs to no text field."""

    media_type: str
    items: tuple[Item, ...]
    pages: tuple[Page, ...] = ()
    furniture: tuple[Block, ...] = ()
    """Page numbers, running heads and feet, address lines at the foot."""
    stamps: tuple[Block, ...] = ()
    """Text of signature stamps and of the arrival stamp ("dấu ĐẾN")."""
    footnotes: tuple[Block, ...] = ()
    source: TextSource = TextSource.DIGITAL
    problems: tuple[Problem, ...] = field(default=())

    @property
    def blocks(self) -> Iterator[Block]:
        """All paragraphs in reading order, those of tables included."""
        for item in self.items:
            if isinstance(item, Block):
                yield item
            else:
                yield from item.blocks
