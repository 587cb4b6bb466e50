"""Words to printed rows: what shares a baseline, from left to right."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from itertools import pairwise

from extractors.layout import Box, Origin, Word
from extractors.text import ascii_key

SAME_ROW = 0.45
"""Share of the smaller height by which two words must overlap to stand on one row."""
APART = 0.75
"""Share of the type size by which the digits of one stamped number may stand apart."""
BLANK = 5.0
"""The same for a stamped number before its "/UBND-VP": the blank is wider than the number."""
ROWS_BACK = 4
"""Rows in which a word's row is sought: words come sorted by height, so it is among the last ones."""
_NOWHERE = Box(0.0, 0.0, 0.0, 0.0)
_KEPT = tuple(field.name for field in fields(Word) if field.name not in ("glued", "line"))


def box_of(word: Word) -> Box:
    """Return the word's box; words of a page always have one."""
    return word.box or _NOWHERE


def with_line(word: Word, line: int) -> Word:
    """Return the word on another line of its block."""
    return word if word.line == line else _copy(word, word.glued, line)


def _with_glue(word: Word, glued: bool) -> Word:
    return word if word.glued is glued else _copy(word, glued, word.line)


def _copy(word: Word, glued: bool, line: int) -> Word:
    """A changed word; made directly, because there are thousands and ``dataclasses.replace`` takes three times as long."""
    out = object.__new__(Word)
    for name in _KEPT:
        object.__setattr__(out, name, getattr(word, name))
    object.__setattr__(out, "glued", glued)
    object.__setattr__(out, "line", line)
    return out


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

    @cached_property
    def key(self) -> str:
        """The text for comparison, without any diacritic."""
        return ascii_key(self.text)

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
        lettered = [word.bold for word in self.words if any(c.isalpha() for c in word.text)]
        return bool(lettered) and all(lettered)

    def split(self, x: float) -> tuple[Row | None, Row | None]:
        """Return the parts left and right of a vertical line; a word belongs to the side of its middle."""
        left = tuple(w for w in self.words if (box_of(w).x0 + box_of(w).x1) / 2 < x)
        right = self.words[len(left) :]
        return (Row(left) if left else None, Row(right) if right else None)


def rows_of(words: Iterable[Word]) -> list[Row]:
    """Return a page's rows from top to bottom."""
    rows: list[tuple[Box, list[tuple[float, Word]]]] = []
    for box, word in sorted(((box_of(w), w) for w in words), key=_place):
        for first, row in reversed(rows[-ROWS_BACK:]):
            if _shares(first, box):
                row.append((box.x0, word))
                break
        else:
            rows.append((box, [(box.x0, word)]))
    return [Row(tuple(_joined([w for _, w in sorted(row, key=_left)]))) for _, row in rows]


def _place(pair: tuple[Box, Word]) -> tuple[float, float]:
    box = pair[0]
    return (box.top + box.bottom, box.x0)


def _left(pair: tuple[float, Word]) -> float:
    return pair[0]


def _shares(a: Box, b: Box) -> bool:
    if a.bottom == b.bottom:
        return True
    overlap = min(a.bottom, b.bottom) - max(a.top, b.top)
    return overlap > SAME_ROW * min(a.bottom - a.top, b.bottom - b.top)


def _joined(words: Sequence[Word]) -> list[Word]:
    """Glue what touches: a stamped number before "/UBND-VP", its digits set one by one; unglue what now stands elsewhere."""
    return [words[0], *(_placed(last, word) for last, word in pairwise(words))]


def _placed(last: Word, word: Word) -> Word:
    if word.origin is Origin.FIELD or last.origin is Origin.FIELD:
        return _with_glue(word, _stamped_on(last, word))
    return _with_glue(word, False) if word.glued and not _follows(last, word) else word


def _follows(last: Word, word: Word) -> bool:
    """True where a glued word still has before it what it was cut from: a hyphen, or a word that touches it."""
    return last.text.endswith("-") or box_of(word).x0 - box_of(last).x1 < 1.0


def _stamped_on(left: Word, right: Word) -> bool:
    """Words that no space parts, one of them stamped; digits may stand a little apart and still be one number."""
    gap = box_of(right).x0 - box_of(left).x1
    digits = left.text.isdigit() and right.text.isdigit() and left.origin is right.origin
    joint = right.text.startswith("/") or left.text.endswith(("/", "-"))
    size = right.size or 12.0
    return (digits and gap < APART * size) or (joint and gap < BLANK * size)


_BROKEN_YEAR = re.compile(r".*\b\d{1,2}[/.-]\d{1,2}[/.-](?P<year>\d{1,3})")
_BROKEN_SYMBOL = re.compile(r".*[^\W_]-|.*[^\W_]/")
_CAPITALS = re.compile(r"[A-ZĐ\d][A-ZĐ\d&]")


def healed(words: Sequence[Word]) -> tuple[Word, ...]:
    """Glue what a line's end broke: a symbol after its hyphen or slash ("2718/UBND-", "VP"), a year in a narrow cell ("15/11/202", "5")."""
    return (*words[:1], *(_healed(last, word) if word.line != last.line else word for last, word in pairwise(words)))


def _healed(last: Word, word: Word) -> Word:
    """The first word of a line; what PDFium cut at a hyphen stays glued."""
    return _with_glue(word, (word.glued and last.text.endswith("-")) or _continues(last.text, word.text))


def _continues(left: str, right: str) -> bool:
    year = _BROKEN_YEAR.fullmatch(left) if right[:1].isdigit() else None
    if year is not None:
        digits = len(right) - len(right.lstrip("0123456789"))
        return len(year["year"]) + digits == 4
    if _BROKEN_SYMBOL.fullmatch(left) is None:
        return False
    number = any(c.isdigit() for c in left) or left.isupper()
    return right[:1].isalnum() and (right[:1].isupper() or right[:1].isdigit()) and (number or _CAPITALS.match(right) is not None)
