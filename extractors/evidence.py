"""How a value is known: what the paper says, where, and how surely; or why it is not known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby
from typing import Generic, TypeVar

from extractors.layout import Block, Box, Origin, Word

T = TypeVar("T")
U = TypeVar("U")


class Grade(StrEnum):
    """How a value was come by, from surest to weakest."""

    STATED = "stated"
    """The paper says it in these words."""
    REPAIRED = "repaired"
    """The paper says it, misprinted or misread, and a closed list or pattern vouches for the repair."""
    INFERRED = "inferred"
    """Concluded from other words of the paper."""
    GUESSED = "guessed"
    """Likely; a person must look."""


SURE_SCORE = 0.6
"""Mean score of recognised words below which a person must look; printed words rightly read have 0.8 and more."""


class Reason(StrEnum):
    """Why a value is missing."""

    BLANK = "blank"
    """Its place is there and empty: a draft, or the clerk fills it in by hand."""
    ABSENT = "absent"
    UNREADABLE = "unreadable"
    AMBIGUOUS = "ambiguous"


@dataclass(frozen=True)
class Evidence:
    """Words of the paper on one printed line (or in one DOCX paragraph)."""

    quote: str
    page: int | None
    box: Box | None
    paragraph: int | None
    grade: Grade = Grade.STATED
    start: int | None = field(default=None, compare=False)
    """Where the quote begins in its DOCX paragraph, in characters of the paragraph on one line; the same words may stand there twice."""


@dataclass(frozen=True)
class Found(Generic[T]):
    """A value with what it rests on."""

    value: T
    evidence: tuple[Evidence, ...] = ()

    @property
    def grade(self) -> Grade:
        """The weakest grade among the evidence."""
        order = list(Grade)
        return max((e.grade for e in self.evidence), key=order.index, default=Grade.STATED)


@dataclass(frozen=True)
class Missing:
    """No value, and why; candidates are shown, never taken silently."""

    reason: Reason
    candidates: tuple[str, ...] = field(default=())
    evidence: tuple[Evidence, ...] = field(default=())


ABSENT = Missing(Reason.ABSENT)
"""The paper leaves it out."""

Value = Found[T] | Missing


def value_of(found: Found[U] | Missing) -> U | None:
    """Return the value, or None when it is missing."""
    return found.value if isinstance(found, Found) else None


def _pieces(block: Block, start: int, end: int) -> Iterator[list[tuple[Word, int, int]]]:
    touched = block.words_between(start, end)
    for _, group in groupby(touched, key=lambda piece: (piece[0].page, piece[0].paragraph, piece[0].line if piece[0].box else 0)):
        yield list(group)


def quote(block: Block, start: int = 0, end: int | None = None, grade: Grade = Grade.STATED) -> tuple[Evidence, ...]:
    """Return the evidence for ``block.text[start:end]``: one entry for each printed line it touches."""
    stop = len(block.text) if end is None else end
    out = []
    for piece in _pieces(block, start, stop):
        text, box = "", None
        for index, (word, a, b) in enumerate(piece):
            text += ("" if index == 0 or word.glued else " ") + word.text[a:b]
            part = word.box if (a, b) == (0, len(word.text)) else word.part(a, b).box
            box = part if box is None else box.union(part) if part else box
        first, offset, _ = piece[0]
        place = None if first.at is None else first.at + offset
        out.append(Evidence(text, first.page, box, first.paragraph, _lowered(grade, [word for word, _, _ in piece]), place))
    return tuple(out)


def _lowered(grade: Grade, words: Sequence[Word]) -> Grade:
    """The grade that words leave: repaired or recoded ones at most REPAIRED, handwritten and weakly recognised ones GUESSED."""
    weight = sum(len(word.text) for word in words if word.score is not None)
    if grade is Grade.GUESSED or any(word.origin is Origin.HAND and word.text.isalnum() for word in words):
        return Grade.GUESSED
    if weight and sum((word.score or 0.0) * len(word.text) for word in words if word.score is not None) / weight < SURE_SCORE:
        return Grade.GUESSED
    return Grade.REPAIRED if grade is Grade.STATED and any(word.repaired for word in words) else grade
