"""A document's type ("tên loại") on a scan, put right where a speck or a stamp spoilt its line: "CHỈTH" can only be "CHỈ THỊ"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from functools import cache

from extractors import doctypes
from extractors.layout import Box, Word
from extractors.readers.rows import box_of, rows_of
from extractors.readers.scans.ocr_repair import HEAD
from extractors.text import ascii_key

ALIKE = 0.85
"""Likeness of a line's letters to a type's name from which it is that name."""
LEAST_LETTERS, MOST_WORDS = 5, 4


def titled(words: Sequence[Word], height: float) -> tuple[Word, ...]:
    """Return a page's words; a line in capitals that is nearly one type's name, and no other's, is that name."""
    head = [word for word in words if box_of(word).bottom < HEAD * height]
    if any(doctypes.by_title_line(row.text) for row in rows_of(head)):
        return tuple(words)
    for row in rows_of(head):
        name = _nearest(row.text) if len(row.words) <= MOST_WORDS and row.text.isupper() else None
        if name is not None:
            boxes = [word.box for word in row.words]
            start = next(i for i, word in enumerate(words) if word.box in boxes)
            rest = [word for word in words if word.box not in boxes]
            return (*rest[:start], *_spelled(row.words, name), *rest[start:])
    return tuple(words)


@cache
def _names() -> dict[str, str]:
    """The names of two syllables in capitals, by their bare letters; a longer one has letters enough to be read."""
    names = [row.type.name for row in doctypes.rows() if len(row.type.name.split()) == 2]
    return {ascii_key(name).replace(" ", ""): name.upper() for name in names}


def _nearest(text: str) -> str | None:
    key = "".join(char for char in ascii_key(text) if char.isalpha())
    if len(key) < LEAST_LETTERS:
        return None
    found = [name for bare, name in _names().items() if SequenceMatcher(None, bare, key).ratio() >= ALIKE]
    return found[0] if len(found) == 1 else None


def _spelled(words: Sequence[Word], name: str) -> Iterator[Word]:
    """The name's words, side by side in the place of what was read."""
    first, last = box_of(words[0]), box_of(words[-1])
    parts = name.split()
    step = (last.x1 - first.x0) / len(parts)
    for index, part in enumerate(parts):
        place = Box(first.x0 + index * step, first.top, first.x0 + (index + 0.9) * step, first.bottom)
        yield replace(words[0], text=part, box=place, glued=False, repaired=True)
