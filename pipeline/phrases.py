"""Names and key phrases found in Vietnamese text, whatever their case, tone placement, hyphens or "và"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from extractors.text import fold, nfc

T = TypeVar("T")

_WORD = re.compile(r"[^\W_]+")
# Long names that are as often printed by their initials.
_SHORT = {("ủy", "ban", "nhân", "dân"): "ubnd", ("hội", "đồng", "nhân", "dân"): "hđnd"}


@dataclass(frozen=True)
class Words:
    """The words of a text as compared: folded, without "và"; ``spans`` are offsets into ``text``."""

    text: str
    words: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]

    def gap(self, index: int) -> str:
        """Return what stands before a word: blanks, punctuation, "và"."""
        return self.text[self.spans[index - 1][1] if index else 0 : self.spans[index][0]]

    def quote(self, start: int, end: int) -> str:
        """Return the text of the words from start to end."""
        return self.text[self.spans[start][0] : self.spans[end - 1][1]] if end > start else ""


@lru_cache(maxsize=4096)
def words_of(text: str) -> Words:
    """Return the words of a text as they are compared."""
    text = nfc(text)
    key = fold(text)
    words: list[str] = []
    spans: list[tuple[int, int]] = []
    for match in _WORD.finditer(key):
        word = match[0]
        if word == "và":
            continue
        words.append(word)
        spans.append(match.span())
        if word == "dân" and len(words) > 3:
            _shorten(words, spans)
    return Words(text, tuple(words), tuple(spans))


def _shorten(words: list[str], spans: list[tuple[int, int]]) -> None:
    """Replace a long name at the end of the lists by its initials."""
    short = _SHORT.get((words[-4], words[-3], words[-2], words[-1]))
    if short:
        words[-4:] = [short]
        spans[-4:] = [(spans[-4][0], spans[-1][1])]


@dataclass(frozen=True)
class Hit(Generic[T]):
    """A phrase at the words from ``start`` to ``end`` with everything it stands for."""

    start: int
    end: int
    values: tuple[T, ...]


class PhraseIndex(Generic[T]):
    """Phrases with what they stand for; finding is one dictionary look-up a word."""

    def __init__(self, entries: Iterable[tuple[str, T]]) -> None:
        phrases: dict[tuple[str, ...], list[T]] = {}
        for phrase, value in entries:
            values = phrases.setdefault(words_of(phrase).words, [])
            if value not in values:
                values.append(value)
        phrases.pop((), None)
        self._first: dict[str, list[tuple[tuple[str, ...], tuple[T, ...]]]] = {}
        for words in sorted(phrases, key=len, reverse=True):
            self._first.setdefault(words[0], []).append((words, tuple(phrases[words])))

    def find(self, words: tuple[str, ...]) -> list[Hit[T]]:
        """Return the phrases in the words from left to right, the longest at each place, none overlapping."""
        hits: list[Hit[T]] = []
        end = 0
        for index, word in enumerate(words):
            if index < end or word not in self._first:
                continue
            for phrase, values in self._first[word]:
                if words[index : index + len(phrase)] == phrase:
                    end = index + len(phrase)
                    hits.append(Hit(index, end, values))
                    break
        return hits
