"""Words of a text with their places, and sets of phrases that are found in them by their words.

All that asks about names and roles asks it of the same ``Words``: the text is cut once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from extractors.text import fold

# "Đ/c", "TN&MT" and "P.KT" are one word; every other sign stands alone.
TOKEN = re.compile(
    r"""
    (?:(?<!\w)[A-ZĐ]{1,3}\.(?=[A-ZĐ]))?   # a short prefix that a point ties on: "P.KT", "VP.UBND", "TP.HCM"
    \w+(?:[/&'’]\w+)*                      # a word, or words joined without spaces: "TN&MT", "M'gar"
    | [^\w\s]
    """,
    re.VERBOSE,
)
_SENTENCE_END = frozenset(".!?…")


class Words:
    """A text cut into words: folded keys, offsets, capitals, and where sentences begin."""

    __slots__ = ("caps", "ends", "keys", "size", "starts", "text")

    def __init__(self, text: str) -> None:
        found = [(m.start(), m.end()) for m in TOKEN.finditer(text)]
        key = fold(text)
        self.text = text
        self.keys = [key[a:b] for a, b in found]
        self.starts = [a for a, _ in found]
        self.ends = [b for _, b in found]
        self.caps = [text[a].isupper() for a, _ in found]
        self.size = len(found)

    def key(self, index: int) -> str:
        """The folded word at a place, "" outside the text."""
        return self.keys[index] if 0 <= index < self.size else ""

    def cap(self, index: int) -> bool:
        """True when the word at a place begins with a capital."""
        return 0 <= index < self.size and self.caps[index]

    def printed(self, start: int, end: int) -> str:
        """The printed words from start up to end, in word places."""
        return self.text[self.starts[start] : self.ends[end - 1]]

    def ends_sentence(self, index: int) -> bool:
        """True when the word at a place is a full stop (not one inside "./." or before a small letter)."""
        if self.keys[index] not in _SENTENCE_END:
            return False
        return index + 1 >= self.size or not self.keys[index + 1][0].isalnum() or self.caps[index + 1] or self.keys[index] in "!?"

    def sentences(self) -> list[tuple[int, int]]:
        """The sentences as places (start, end)."""
        out, first = [], 0
        for index in range(self.size):
            if self.ends_sentence(index):
                if index > first:
                    out.append((first, index))
                first = index + 1
        if first < self.size:
            out.append((first, self.size))
        return out

    def closing(self, index: int) -> int:
        """The place behind the bracket that closes the one at ``index``; ``index`` itself when none does nearby."""
        depth = 0
        for place in range(index, min(self.size, index + 80)):
            depth += (self.keys[place] == "(") - (self.keys[place] == ")")
            if depth == 0:
                return place + 1
        return index


@lru_cache(maxsize=256)
def words_of(text: str) -> Words:
    """Return the text cut into words; the same text is cut once."""
    return Words(text)


class _Tree:
    """The words that may follow, and the tag of the phrase that ends here."""

    __slots__ = ("below", "tag")

    def __init__(self) -> None:
        self.below: dict[str, _Tree] = {}
        self.tag: str | None = None


_NOTHING = (0, "")


class Phrases:
    """Phrases by their words, each with a tag; the longest that starts (or ends) at a place is found."""

    __slots__ = ("_back", "_forth")

    def __init__(self, phrases: Mapping[str, str] | Iterable[str]) -> None:
        rows = phrases.items() if isinstance(phrases, Mapping) else ((phrase, "") for phrase in phrases)
        self._forth = _Tree()
        self._back = _Tree()
        for phrase, tag in rows:
            keys = Words(phrase).keys
            _plant(self._forth, keys, tag)
            _plant(self._back, keys[::-1], tag)

    @property
    def first_words(self) -> frozenset[str]:
        """The words that phrases begin with: what a caller may look at before it asks."""
        return frozenset(self._forth.below)

    def at(self, words: Words, index: int) -> int:
        """The number of words of the longest phrase that starts at a place; 0 when none does."""
        return self.find(words, index)[0]

    def find(self, words: Words, index: int) -> tuple[int, str]:
        """The longest phrase that starts at a place: its number of words and its tag."""
        return _walk(self._forth, words.keys, index, 1)

    def ending(self, words: Words, index: int) -> tuple[int, str]:
        """The longest phrase whose last word stands at a place: its number of words and its tag."""
        return _walk(self._back, words.keys, index, -1)


def _plant(tree: _Tree, keys: list[str], tag: str) -> None:
    for key in keys:
        tree = tree.below.setdefault(key, _Tree())
    tree.tag = tag


def _walk(tree: _Tree, keys: list[str], index: int, step: int) -> tuple[int, str]:
    found, count, size = _NOTHING, 0, len(keys)
    while 0 <= index < size:
        below = tree.below.get(keys[index])
        if below is None:
            break
        tree, count, index = below, count + 1, index + step
        if tree.tag is not None:
            found = (count, tree.tag)
    return found
