"""A text that runs over several paragraphs, with the way back to each of them."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from extractors.evidence import Evidence, Grade, quote
from extractors.layout import Block


@dataclass(frozen=True)
class Passage:
    """Pieces of paragraphs read as one text: (paragraph, offset where the text starts in it)."""

    parts: tuple[tuple[Block, int], ...]

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        starts, position = [], 0
        for block, offset in self.parts:
            starts.append(position)
            position += len(block.text) - offset + 1
        return tuple(starts)

    @cached_property
    def text(self) -> str:
        """The pieces joined by single spaces."""
        return " ".join(block.text[offset:] for block, offset in self.parts)

    def evidence(self, start: int = 0, end: int | None = None, grade: Grade = Grade.STATED) -> tuple[Evidence, ...]:
        """Return the evidence for ``text[start:end]``, over all paragraphs it touches."""
        stop = len(self.text) if end is None else end
        out: list[Evidence] = []
        for index in range(max(bisect_right(self._starts, start) - 1, 0), len(self.parts)):
            at = self._starts[index]
            if at >= stop:
                break
            block, offset = self.parts[index]
            first, last = max(start - at, 0) + offset, min(stop - at + offset, len(block.text))
            if first < last:
                out += quote(block, first, last, grade)
        return tuple(out)
