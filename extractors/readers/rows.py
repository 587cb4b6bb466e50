"""Words to printed rows: what shares a baseline, from left to right, cut where a column's gutter runs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from extractors.layout import Box, Origin, Word

SAME_ROW = 0.45
"""Share of the smaller height by which two words must overlap to stand on one row."""
APART = 0.75
"""Share of the type size by which the digits of one stamped number may stand apart."""
BLANK = 2.5
"""The same for a stamped number before its "/UBND-VP": the blank is wider than the number."""


def box_of(word: Word) -> Box:
    """Return the word's box; words of a page always have one."""
    return word.box or Box(0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True)
class Row:
    """Words of one printed line, from left to right."""

    words: tuple[Word, ...]

    @cached_property
    def box(self) -> Box:
        """The smallest box around the words."""
        boxes = [box_of(word) for word in self.words]
        return Box(min(b.x0 for b in boxes), min(b.top for b in boxes), max(b.x1 for b in boxes), max(b.bottom for b in boxes))

    @cached_property
    def text(self) -> str:
        """The row's words joined by single spaces."""
        return "".join(word.text if word.glued or not i else " " + word.text for i, word in enumerate(self.words))

    @property
    def page(self) -> int:
        """The page it stands on."""
        return self.words[0].page or 0

    @cached_property
    def size(self) -> float:
        """The usual type size of the row, in points."""
        sizes = sorted(word.size or 0.0 for word in self.words)
        return sizes[len(sizes) // 2]

    @property
    def middle(self) -> float:
        """The horizontal middle."""
        return (self.box.x0 + self.box.x1) / 2

    @cached_property
    def bold(self) -> bool:
        """True when every word with a letter is bold."""
        lettered = [word for word in self.words if any(c.isalpha() for c in word.text)]
        return bool(lettered) and all(word.bold for word in lettered)

    def split(self, x: float) -> tuple[Row | None, Row | None]:
        """Return the parts left and right of a vertical line; a word belongs to the side of its middle."""
        left = tuple(w for w in self.words if (box_of(w).x0 + box_of(w).x1) / 2 < x)
        right = self.words[len(left) :]
        return (Row(left) if left else None, Row(right) if right else None)


def rows_of(words: Iterable[Word]) -> list[Row]:
    """Return a page's rows from top to bottom."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda w: (box_of(w).top + box_of(w).bottom, box_of(w).x0)):
        target = next((row for row in reversed(rows[-4:]) if _shares(row, word)), None)
        if target is None:
            rows.append([word])
        else:
            target.append(word)
    return [Row(tuple(_joined(sorted(row, key=lambda w: box_of(w).x0)))) for row in rows]


def _shares(row: Sequence[Word], word: Word) -> bool:
    a, b = box_of(row[0]), box_of(word)
    overlap = min(a.bottom, b.bottom) - max(a.top, b.top)
    return overlap > SAME_ROW * min(a.bottom - a.top, b.bottom - b.top)


def _joined(words: Sequence[Word]) -> list[Word]:
    """Glue what touches: a stamped number before "/UBND-VP", its digits set one by one."""
    out: list[Word] = []
    for word in words:
        out.append(replace(word, glued=_glued(out[-1], word) if out else word.glued))
    return out


def _glued(last: Word, word: Word) -> bool:
    return _touches(last, word) or (word.glued and last.text.endswith("-"))


def _touches(left: Word, right: Word) -> bool:
    """Words that a space does not part; stamped digits may stand a little apart and still be one number."""
    gap = box_of(right).x0 - box_of(left).x1
    stamped = Origin.FIELD in (left.origin, right.origin)
    if not stamped:
        return False
    digits = left.text[-1:].isdigit() and right.text[:1].isdigit() and left.origin is right.origin
    joint = right.text.startswith("/") or left.text.endswith(("/", "-"))
    size = right.size or 12.0
    return (digits and gap < APART * size) or (joint and gap < BLANK * size)


_BROKEN_YEAR = re.compile(r".*\b\d{1,2}[/.-]\d{1,2}[/.-]\d{1,3}")
_BROKEN_SYMBOL = re.compile(r".*\d.*/.*-|.*\d[-/]|.*/")


def healed(words: Sequence[Word]) -> tuple[Word, ...]:
    """Glue what a line's end broke: a symbol after its hyphen or slash ("3494/UBND-", "VP"), a year in a narrow cell ("15/11/202", "5")."""
    out: list[Word] = []
    for word in words:
        broken = bool(out) and word.line != out[-1].line and _continues(out[-1].text, word.text)
        out.append(replace(word, glued=True) if broken else word)
    return tuple(out)


def _continues(left: str, right: str) -> bool:
    if right[:1].isdigit() and _BROKEN_YEAR.fullmatch(left):
        year = left.rpartition(left[-4:][0] if left[-4:][0] in "/.-" else "/")[2]
        digits = len(right) - len(right.lstrip("0123456789"))
        return len(year) + digits == 4
    return _BROKEN_SYMBOL.fullmatch(left) is not None and right[:1].isalnum() and (right[:1].isupper() or right[:1].isdigit())
