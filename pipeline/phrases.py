"""Names and key phrases found in Vietnamese text, whatever their case, tone placement, hyphens or "và"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Generic, TypeVar

from extractors.text import fold, nfc

T = TypeVar("T")

_WORD = re.compile(r"[^\W_]+")
_PIECES = re.compile(r"([^\W_]+)")
# Long names that are as often printed by their initials.
_SHORT: dict[tuple[str, ...], str] = {("ủy", "ban", "nhân", "dân"): "ubnd", ("hội", "đồng", "nhân", "dân"): "hđnd"}


@dataclass(frozen=True)
class Words:
    """The words of a text as compared: folded, without "và"."""

    text: str
    words: tuple[str, ...]

    @cached_property
    def _pieces(self) -> list[str]:
        """The text cut into gap, word, gap, word, … gap; needed only where a name was met."""
        return _PIECES.split(self.text)

    def _place(self, index: int) -> tuple[int, int]:
        """The first and last piece of a word."""
        if len(self._pieces) == 2 * len(self.words) + 1:
            return 2 * index + 1, 2 * index + 1
        return self._places[index]

    @cached_property
    def _places(self) -> tuple[tuple[int, int], ...]:
        """The first and last piece of each word, in a text with "và" or a shortened name."""
        words: list[str] = []
        places: list[tuple[int, int]] = []
        for n, piece in enumerate(self._pieces[1::2]):
            word = fold(piece)
            if word != "và":
                words.append(word)
                places.append((2 * n + 1, 2 * n + 1))
                if _shorten(words):
                    places[-4:] = [(places[-4][0], 2 * n + 1)]
        return tuple(places)

    def gap(self, index: int) -> str:
        """Return what stands before a word: blanks, punctuation, "và"."""
        start = self._place(index - 1)[1] + 1 if index else 0
        return "".join(self._pieces[start : self._place(index)[0]])

    def quote(self, start: int, end: int) -> str:
        """Return the text of the words from start to end."""
        return "".join(self._pieces[self._place(start)[0] : self._place(end - 1)[1] + 1]) if end > start else ""


@lru_cache(maxsize=4096)
def words_of(text: str) -> Words:
    """Return the words of a text as they are compared."""
    text = nfc(text)
    found = _WORD.findall(fold(text))
    if "dân" not in found and "và" not in found:
        return Words(text, tuple(found))
    words: list[str] = []
    for word in found:
        if word != "và":
            words.append(word)
            _shorten(words)
    return Words(text, tuple(words))


def _shorten(words: list[str]) -> bool:
    """Replace a long name at the end of the list by its initials; True when there was one."""
    short = _SHORT.get(tuple(words[-4:])) if words[-1] == "dân" else None
    if short:
        words[-4:] = [short]
    return short is not None


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
        first = self._first
        for index in [index for index, word in enumerate(words) if word in first]:
            if index < end:
                continue
            for phrase, values in first[words[index]]:
                if words[index : index + len(phrase)] == phrase:
                    end = index + len(phrase)
                    hits.append(Hit(index, end, values))
                    break
        return hits
