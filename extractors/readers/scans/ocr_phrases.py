"""Phrases of the field that have one spelling only (``data/ocr_confusions.toml``): a misread word among them is put right, as repaired.

Three things keep a phrase from being seen where none is: a stop or a bracket between two of its words, a capital that starts a name or a
sentence in it, and another phrase of the list that stands there as it was read ("văn bản quản lý" holds no "ban quản lý").
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cache
from importlib.resources import files

from extractors.layout import Word
from extractors.text import ascii_key, fold

DIGITS = "#"
"""In the closed list: any word that begins with a digit."""
EDGES = re.compile(r"^(?P<before>[^\w]*)(?P<core>.*?)(?P<after>[^\w]*)$", re.DOTALL)
"""A word between its marks."""
_LOST_CAPITAL = "guyễn"
_ENDS, _STARTS = frozenset('.:;,)”"?!'), frozenset('(“"')
"""Marks after a word, and before one, that no phrase runs across unless it has them itself."""


def bare(word: str) -> str:
    """Return the word without the marks around it; marks alone as they are."""
    match = EDGES.match(word)
    return (match["core"] if match else "") or word


def loose_key(text: str) -> str:
    """Return the key under which misreadings of a word meet: no diacritics, no look-alikes."""
    return ascii_key(text).replace("ð", "d").translate(_LOOK_ALIKES)


_LOOK_ALIKES = str.maketrans({"0": "o", "6": "o", "1": "l", "|": "l"})


@dataclass(frozen=True)
class _Phrase:
    """Words that have one spelling."""

    words: tuple[str, ...]
    keys: tuple[str, ...]
    ends: tuple[str, ...]
    """The marks after each word."""
    not_after: frozenset[str]
    """Keys of the words behind which the phrase means something else."""
    guards: bool = False
    """True for words that, where they stand, keep other phrases away, and put nothing right."""


@dataclass(frozen=True)
class _Read:
    """A word as read, taken apart."""

    core: str
    folded: str
    key: str
    before: str
    after: str


def phrases(words: Sequence[Word]) -> tuple[Word, ...]:
    """Return the words, with those phrases put right that have one spelling and were read otherwise."""
    out = list(words)
    read = [_taken_apart(word.text) for word in words]
    standing = _standing(read)
    index = 0
    while index < len(out):
        found = _likest([p for p in _phrases().get(read[index].key, ()) if _stands(p, read, index, standing)], read[index:])
        if found is not None:
            out[index : index + len(found.words)] = _right(found, out[index : index + len(found.words)])
        index += len(found.keys) if found else 1
    return tuple(out)


def _right(phrase: _Phrase, words: Sequence[Word]) -> list[Word]:
    """The words of a phrase as it is spelled."""
    return [word if right == DIGITS else spelled(word, right) for word, right in zip(words, phrase.words, strict=True)]


def _likest(found: Sequence[_Phrase], read: Sequence[_Read]) -> _Phrase | None:
    """The longest of the phrases; of two that differ in their marks only ("hằng năm", "hàng năm") the one more like what was read."""
    alike = [phrase for phrase in found if phrase.keys == found[0].keys]
    if len(alike) < 2:
        return next(iter(alike), None)
    return max(alike, key=lambda phrase: _likeness(phrase, read[: len(phrase.words)]))


def _likeness(phrase: _Phrase, read: Sequence[_Read]) -> float:
    right = unicodedata.normalize("NFD", " ".join(phrase.words))
    return SequenceMatcher(None, right, unicodedata.normalize("NFD", " ".join(one.folded for one in read))).ratio()


def spelled(word: Word, right: str) -> Word:
    """Return the word spelled right, in its own case and between its own marks; unchanged when only the tone's place differs."""
    match = EDGES.match(word.text)
    if match is None or not match["core"]:
        return word
    if right == _LOST_CAPITAL:
        return replace(word, text=match["before"] + "N" + right, repaired=True)
    if fold(match["core"]) == fold(right):
        return word
    core = match["core"]
    cased = right.upper() if core.isupper() and len(core) > 1 else right[0].upper() + right[1:] if core[0].isupper() else right
    return replace(word, text=match["before"] + cased + match["after"], repaired=True)


def rows() -> Iterator[tuple[str, dict[str, list[str]]]]:
    """Yield the closed list's rows with their examples, for the test that holds them."""
    for row in tomllib.loads((files("extractors.data") / "ocr_confusions.toml").read_text("utf-8"))["phrase"]:
        yield row["id"], row


@cache
def _phrases() -> dict[str, tuple[_Phrase, ...]]:
    """The closed list, by the key of each phrase's first word, the longest first."""
    out: dict[str, tuple[_Phrase, ...]] = {}
    row_of = {text: row for _, row in rows() for text in row["right"]}
    for text in sorted(row_of, key=len, reverse=True):
        parts, row = text.split(), row_of[text]
        cores = tuple(map(bare, parts))
        keys = tuple(DIGITS if core == DIGITS else loose_key(core) for core in cores)
        ends = tuple(part[len(core) :] for part, core in zip(parts, cores, strict=True))
        not_after = frozenset(map(loose_key, row.get("not_after", ())))
        out[keys[0]] = (*out.get(keys[0], ()), _Phrase(cores, keys, ends, not_after, bool(row.get("guards"))))
    return out


def _taken_apart(text: str) -> _Read:
    match = EDGES.match(text)
    core = (match["core"] if match else "") or text
    return _Read(core, fold(core), loose_key(core), match["before"] if match else "", match["after"] if match and match["core"] else "")


def _standing(read: Sequence[_Read]) -> dict[int, tuple[int, int]]:
    """The words that belong to a phrase which stands as it was read: where it begins and ends, the longest of those that overlap."""
    out: dict[int, tuple[int, int]] = {}
    for index, word in enumerate(read):
        for phrase in _phrases().get(word.key, ()):
            end = index + len(phrase.words)
            if _as_read(phrase, read[index:end]) and _runs_on(phrase, read[index:end]):
                for place in range(index, end):
                    first, last = out.get(place, (index, index))
                    out[place] = (index, end) if end - index > last - first else (first, last)
                break
    return out


def _as_read(phrase: _Phrase, read: Sequence[_Read]) -> bool:
    if len(phrase.words) < 2 or len(read) < len(phrase.words):
        return False
    return all(
        one.core[:1].isdigit() if right == DIGITS else one.folded == fold(right) for right, one in zip(phrase.words, read, strict=True)
    )


def _stands(phrase: _Phrase, read: Sequence[_Read], index: int, standing: dict[int, tuple[int, int]]) -> bool:
    """True where a phrase begins, read rightly or not, and no other one stands there as it was read."""
    end = index + len(phrase.keys)
    here = read[index:end]
    if phrase.guards or len(here) < len(phrase.keys) or (index and read[index - 1].key in phrase.not_after):
        return False
    met = all(one.core[:1].isdigit() if key == DIGITS else one.key == key for key, one in zip(phrase.keys, here, strict=True))
    if not met or not _runs_on(phrase, here):
        return False
    for place in range(index, end):
        first, last = standing.get(place, (index, end))
        if first < index or last > end or (place in standing and read[place].folded != fold(phrase.words[place - index])):
            return False
    return True


def _runs_on(phrase: _Phrase, read: Sequence[_Read]) -> bool:
    """True when no mark parts the words that the phrase has together, and no capital starts a name or a sentence among them."""
    for end, left, right in zip(phrase.ends, read, read[1:], strict=False):
        if set(left.after) & _ENDS - set(end) or set(right.before) & _STARTS:
            return False
    return len(read) != 2 or not read[1].core[:1].isupper() or not read[0].core[:1].islower()
