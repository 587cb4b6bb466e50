"""The vocabulary of names ("tên cơ quan") as phrases that are looked up by words: ``data/party_words.toml``, ``data/verbs.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from extractors.text import fold

TOKEN = re.compile(r"\w+(?:/\w+)?|[^\w\s]")
"""A word, "Đ/c" included, or one mark."""
_END = ""


class Token(NamedTuple):
    """A word or a mark of a text; ``key`` is folded, ``short`` tells an abbreviation in capitals ("VNPT")."""

    key: str
    start: int
    end: int
    capital: bool
    short: bool


class Phrases:
    """A set of phrases by their words; the longest that starts at a place is found in as many steps as it has words."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._root: dict[str, Any] = {}
        for phrase in phrases:
            node = self._root
            for word in TOKEN.findall(fold(phrase)):
                node = node.setdefault(word, {})
            node[_END] = {}

    def at(self, tokens: Sequence[Token], index: int) -> int:
        """The number of words of the longest phrase that starts at a token; 0 when none does."""
        node, longest, place = self._root, 0, index
        while place < len(tokens):
            below = node.get(tokens[place].key)
            if below is None:
                break
            node, place = below, place + 1
            if _END in node:
                longest = place - index
        return longest


@dataclass(frozen=True)
class PartyWords:
    """The lists of ``party_words.toml`` and ``verbs.toml``; what each holds is told there."""

    heads: Phrases
    always: Phrases
    not_heads: Phrases
    generic: Phrases
    purposive: Phrases
    classes: Phrases
    inside: Phrases
    joined: Phrases
    fields: Phrases
    relative: Phrases
    levels: frozenset[str]
    numbered: frozenset[str]
    political: tuple[str, ...]
    strong: Phrases
    deeds: Phrases
    acts: Phrases
    links: Phrases
    verbs: Phrases
    departments: dict[str, Phrases]


@cache
def party_words() -> PartyWords:
    """Return the vocabulary, read once."""
    folder = files("extractors.data")
    party = tomllib.loads((folder / "party_words.toml").read_text("utf-8"))
    act = tomllib.loads((folder / "verbs.toml").read_text("utf-8"))
    departments = {fold(noun): Phrases(names) for noun, names in party["departments"].items()}
    return PartyWords(
        heads=Phrases([*party["heads"], *party["always"], *party["generic"], *party["purposive"]]),
        always=Phrases(party["always"]),
        not_heads=Phrases(party["not_heads"]),
        generic=Phrases(party["generic"]),
        purposive=Phrases(party["purposive"]),
        classes=Phrases(party["inside"]),
        inside=Phrases([*party["inside"], *party["qualifiers"]]),
        joined=Phrases(party["joined"]),
        fields=Phrases([*party["fields"], *(name for names in party["departments"].values() for name in names)]),
        relative=Phrases(party["relative"]),
        levels=frozenset(map(fold, party["levels"])),
        numbered=frozenset(map(fold, party["numbered"])),
        political=tuple(fold(phrase) for phrase in party["political"]),
        strong=Phrases(act["strong"]),
        deeds=Phrases([*act["strong"], *act["verbs"]]),
        acts=Phrases([*act["strong"], *act["verbs"], *act["turns"]]),
        links=Phrases(act["links"]),
        verbs=Phrases([*act["strong"], *act["verbs"], *act["turns"], *act["links"]]),
        departments=departments,
    )
