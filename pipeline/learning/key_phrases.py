"""Phrases of a duty that may name its field ("cụm từ chỉ lĩnh vực"): words in a row without acts, names, figures and plain words."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files

from pipeline.phrases import PhraseIndex, words_of
from pipeline.planning.lexicon import Lexicon

SHORTEST, LONGEST = 2, 6
"""Syllables of a phrase."""
_ACTS = ("modal", "circumstances", "strong", "links")
_JOINTS = frozenset({"", " ", "-", " - "})
"""What may stand between two words of a phrase."""


def key_phrases(text: str, lexicon: Lexicon) -> dict[tuple[str, ...], str]:
    """Return the phrases of a text, as they are compared, each with its words as a profile writes them."""
    words = words_of(text)
    found: dict[tuple[str, ...], str] = {}
    for start, end in _runs(text, lexicon):
        for first in range(start, end):
            for last in range(first + SHORTEST, min(first + LONGEST, end) + 1):
                found.setdefault(words.words[first:last], _lower(words.quote(first, last)))
    return found


def _runs(text: str, lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """The longest rows of words that may be of a field."""
    words = words_of(text)
    named = [(hit.start, hit.end) for hit in lexicon.names.find(words.words)]
    plain = [(hit.start, hit.end) for hit in _plain().find(words.words) if hit.values != (False,)]
    barred = {place for start, end in (*named, *plain) for place in range(start, end)}
    start = 0
    for place in range(len(words.words) + 1):
        ended = place == len(words.words) or place in barred or any(letter.isdigit() for letter in words.words[place])
        if ended or (place > start and words.gap(place) not in _JOINTS):
            if place - start >= SHORTEST:
                yield start, place
            start = place + 1 if ended else place


@lru_cache(maxsize=1)
def _plain() -> PhraseIndex[bool]:
    """Words that tell nothing about a field; False for those that only begin like one."""
    data = files("extractors.data")
    acts = tomllib.loads((data / "acts.toml").read_text("utf-8"))
    plain = tomllib.loads((data / "plain_words.toml").read_text("utf-8"))
    barred = (*plain["words"], *(phrase for kind in _ACTS for phrase in acts[kind]))
    return PhraseIndex([*((phrase, True) for phrase in barred), *((phrase, False) for phrase in plain["not_plain"])])


def _lower(quote: str) -> str:
    """The phrase without the capital that only begins its sentence."""
    first = quote.split(" ", 1)[0]
    return quote if len(first) > 1 and first.isupper() else quote[:1].lower() + quote[1:]
