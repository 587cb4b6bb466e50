"""The paragraphs and tables of a DOCX as the review page shows them, the words of each finding marked."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from extractors.evidence import Evidence
from extractors.layout import Block, Column, Item, Layout, Table, Word
from pipeline.review.findings import Finding, Kind

MOST_BLOCKS = 3000
"""Paragraphs shown; a longer file is cut, which the page says."""
_ORDER = (Kind.DUE, Kind.LEAD, Kind.SUPPORT, Kind.REPORT, Kind.CITED, Kind.PARTY, Kind.FIELD, Kind.DUTY)
"""Which of several findings a word leads to: the narrower one."""


@dataclass(frozen=True)
class Piece:
    """A run of words with the same findings, the one that it leads to first."""

    text: str
    findings: tuple[Finding, ...] = ()
    begins: tuple[int, ...] = ()
    """Numbers of the findings whose anchor stands before it."""

    @property
    def kind(self) -> str:
        """The kind of the finding that it leads to."""
        return self.findings[0].kind.value

    @property
    def numbers(self) -> str:
        """The numbers of its findings, separated by spaces."""
        return " ".join(str(finding.number) for finding in self.findings)


@dataclass(frozen=True)
class Shown:
    """A paragraph."""

    pieces: tuple[Piece, ...]
    marker: str = ""
    looks: str = ""
    """Of "bold", "italic", "centred"."""


@dataclass(frozen=True)
class ShownCell:
    """A cell of a table."""

    paragraphs: tuple[Shown, ...]
    columns: int = 1


@dataclass(frozen=True)
class ShownTable:
    """A table of data."""

    rows: tuple[tuple[ShownCell, ...], ...]


@dataclass(frozen=True)
class Columns:
    """Paragraphs side by side: the letterhead, the signature block."""

    left: tuple[Shown, ...]
    right: tuple[Shown, ...]


Part = Shown | ShownTable | Columns


@dataclass(frozen=True)
class Paper:
    """The whole file."""

    parts: tuple[Part, ...]
    notes: tuple[Shown, ...]
    """Footnotes."""
    cut: bool
    """True when not all of it is shown."""
    anchored: frozenset[int]
    """Numbers of the findings that are marked in what is shown."""


def paper_of(layout: Layout, findings: Sequence[Finding]) -> Paper:
    """Return a DOCX with its findings marked."""
    marker = _Marker(findings)
    parts: list[Part] = []
    for aside, run in groupby(layout.items[:MOST_BLOCKS], key=_aside):
        if aside:
            blocks = [item for item in run if isinstance(item, Block)]
            sides = (tuple(marker.shown(block) for block in blocks if block.column is side) for side in (Column.LEFT, Column.RIGHT))
            parts.append(Columns(*sides))
        else:
            parts += [marker.table(item) if isinstance(item, Table) else marker.shown(item) for item in run]
    notes = tuple(marker.shown(block) for block in layout.footnotes[:MOST_BLOCKS])
    return Paper(tuple(parts), notes, len(layout.items) > MOST_BLOCKS, frozenset(marker.anchored))


def _aside(item: Item) -> bool:
    return isinstance(item, Block) and item.column is not Column.FULL


@dataclass(frozen=True)
class _Stretch:
    """Where a finding's words stand within a paragraph: from a character to a character, or anywhere where that is not known."""

    finding: Finding
    start: int | None
    end: int
    quote: str


class _Marker:
    """Marks the words of paragraphs; each finding's anchor is put before the first of them."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self._stretches: dict[int, list[_Stretch]] = defaultdict(list)
        self.anchored: set[int] = set()
        for finding in findings:
            for piece in finding.evidence:
                if piece.paragraph is not None:
                    self._stretches[piece.paragraph].append(_stretch(finding, piece))

    def table(self, table: Table) -> ShownTable:
        return ShownTable(
            tuple(tuple(ShownCell(tuple(map(self.shown, cell.blocks)), cell.col_span) for cell in row.cells) for row in table.rows)
        )

    def shown(self, block: Block) -> Shown:
        flags = (("bold", block.bold), ("italic", block.italic), ("centred", block.centred))
        return Shown(tuple(self._pieces(block)), block.marker, " ".join(name for name, on in flags if on))

    def _pieces(self, block: Block) -> Iterator[Piece]:
        """The paragraph cut where the set of its findings changes; cuts fall between words, or within where a quote ends there."""
        text, covered = block.text, self._covered(block)
        cuts = sorted({0, len(text), *(edge for start, end, _ in covered for edge in (start, end))})
        index = {cut: place for place, cut in enumerate(cuts)}
        here: list[list[Finding]] = [[] for _ in cuts]
        for start, end, finding in covered:
            for place in range(index[start], index[end]):
                here[place].append(finding)
        for place, (start, end) in enumerate(pairwise(cuts)):
            yield self._piece(text[start:end], here[place])

    def _piece(self, text: str, findings: list[Finding]) -> Piece:
        findings.sort(key=lambda finding: (_ORDER.index(finding.kind), len(finding.text), finding.number))
        begins = tuple(dict.fromkeys(finding.number for finding in findings if finding.number not in self.anchored))
        self.anchored.update(begins)
        return Piece(text, tuple(dict.fromkeys(findings)), begins)

    def _covered(self, block: Block) -> list[tuple[int, int, Finding]]:
        """The findings of the block with the part of its text that each covers."""
        out = []
        for paragraph in sorted({word.paragraph for word in block.words if word.paragraph is not None}):
            stretches = self._stretches.get(paragraph, ())
            line = _Line(block, paragraph) if stretches else None
            for stretch in stretches:
                place = line and line.place(stretch)
                if place:
                    out.append((*place, stretch.finding))
        return out


def _stretch(finding: Finding, piece: Evidence) -> _Stretch:
    return _Stretch(finding, piece.start, (piece.start or 0) + len(piece.quote), piece.quote)


class _Line:
    """The words of one paragraph of the file within a block, which may hold a part of it only."""

    def __init__(self, block: Block, paragraph: int) -> None:
        self._text = block.text
        words = [(word.at, at, word) for word, at in _placed(block) if word.paragraph == paragraph and word.at is not None]
        words.sort(key=lambda placed: placed[0])
        self._starts = [start for start, _, _ in words]
        self._words: list[tuple[int, Word]] = [(at, word) for _, at, word in words]

    def place(self, stretch: _Stretch) -> tuple[int, int] | None:
        """Return the part of the block's text that a stretch covers; None when it lies in another block of the paragraph."""
        if stretch.start is None:
            found = self._text.find(stretch.quote)
            return None if found < 0 else (found, found + len(stretch.quote))
        first = max(bisect_right(self._starts, stretch.start) - 1, 0)
        last = bisect_left(self._starts, stretch.end)
        edges = [edge for index in range(first, last) for edge in self._overlap(index, stretch.start, stretch.end)]
        return (min(edges), max(edges)) if edges else None

    def _overlap(self, index: int, start: int, end: int) -> tuple[int, ...]:
        """The first and the last offset in the block of what is covered of a word."""
        (at, word), begins = self._words[index], self._starts[index]
        low, high = max(start, begins), min(end, begins + len(word.text))
        return (at + low - begins, at + high - begins) if low < high else ()


def _placed(block: Block) -> Iterator[tuple[Word, int]]:
    """The words with the offset of each in the block's text."""
    position = 0
    for index, word in enumerate(block.words):
        if index and not word.glued:
            position += 1
        yield word, position
        position += len(word.text)
