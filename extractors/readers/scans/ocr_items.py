"""Marks of a scan's items put right by their neighbours: "Š." between 4 and 6 is "5."; a stop before a small letter is a comma."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extractors.layout import Word
from extractors.legacy.syllables import is_syllable
from extractors.readers.rows import Row, rows_of

_DIGITS = {"Š": 5, "S": 5, "s": 5, "§": 5, "l": 1, "I": 1, "|": 1, "Z": 2, "z": 2, "B": 8}
_NUMBER = re.compile(r"(\d{1,2})\.")
_LETTER = re.compile(r"([" + "".join(map(re.escape, _DIGITS)) + r"])\.")
LEAST_WORD = 3
"""Letters; shorter ones before a stop may be abbreviations ("TP.", "tr.")."""


def put_right(words: Sequence[Word]) -> tuple[Word, ...]:
    """Return a page's words, its items' numbers and its commas put right."""
    rows = rows_of(words)
    change = {(word.text, word.box): new for word, new in (*_numbers(rows), *_commas(rows))}
    return tuple(
        replace(word, text=change[word.text, word.box], repaired=True) if (word.text, word.box) in change else word for word in words
    )


def _numbers(rows: Sequence[Row]) -> list[tuple[Word, str]]:
    """Letters at the head of a row that stand for the digit between the numbers of the items above and below."""
    values = [int(match[1]) if (match := _NUMBER.fullmatch(row.words[0].text)) else None for row in rows]
    out = []
    for index, row in enumerate(rows):
        match = _LETTER.fullmatch(row.words[0].text)
        if match is None or len(row.words) < 2 or not row.words[1].text[:1].isupper():
            continue
        value = _DIGITS[match[1]]
        above = next((v for v in reversed(values[:index]) if v is not None), None)
        below = next((v for v in values[index + 1 :] if v is not None), None)
        if above == value - 1 and below == value + 1:
            out.append((row.words[0], f"{value}."))
    return out


def _commas(rows: Sequence[Row]) -> list[tuple[Word, str]]:
    """Words with a stop before a word in small letters on their row: no sentence begins there."""
    pairs = [pair for row in rows for pair in pairwise(row.words)]
    return [
        (word, word.text[:-1] + ",") for word, after in pairs if word.text.endswith(".") and _plain(word.text[:-1]) and _plain(after.text)
    ]


def _plain(text: str) -> bool:
    return len(text) >= LEAST_WORD and text.islower() and is_syllable(text)
