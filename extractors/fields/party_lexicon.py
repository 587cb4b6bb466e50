"""The vocabulary of names and acts, read once: ``data/party_grammar.toml``, ``data/acts.toml``, ``data/agencies.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from extractors.fields.party_tokens import Phrases

TITLE, CLOSED, OPEN, PERSON, KNOWN = "title", "closed", "open", "person", "known"
MODAL, CIRCUMSTANCE, STRONG, VERB, LINK, NONE = "modal", "circumstance", "strong", "verb", "link", "none"
ENDING = frozenset({MODAL, CIRCUMSTANCE, STRONG})
"""Acts that end even the relative clause of a name."""
ACTING = frozenset({MODAL, STRONG, VERB})
"""Acts proper: somebody does something."""


@dataclass(frozen=True)
class Lexicon:
    """Phrase sets by what they do to a name; see the head of ``party_grammar.toml`` and ``acts.toml``."""

    heads: Phrases
    """Heads by kind: title, closed, open, person."""
    not_heads: Phrases
    quantifiers: Phrases
    classes: Phrases
    always: Phrases
    proper: Phrases
    apart: Phrases
    complete_titles: Phrases
    levels: Phrases
    villages: Phrases
    inside: Phrases
    relative: Phrases
    participles: Phrases
    purposes: Phrases
    acts: Phrases
    """Acts by strength: modal, circumstance, strong, verb, link; "none" for a look-alike."""
    openers: Phrases
    known: Phrases
    """Whole names of agencies."""
    fields: Phrases
    """Fields of ministries, departments and offices, each with the heads that take it."""
    political: Phrases
    starters: frozenset[str]
    """Words that a name may begin with."""


def load(name: str) -> dict[str, Any]:
    """Return a vocabulary file as data."""
    return tomllib.loads((files("extractors.data") / name).read_text("utf-8"))


def _known(agencies: Mapping[str, Any]) -> Iterator[str]:
    for row in agencies["field"]:
        for name in row["names"]:
            yield from (f"{head} {name}" for head in row["heads"])
            if len(name.split()) == 1:
                yield from (f"{head[0]}.{name}" for head in row["heads"])
    for row in agencies["body"]:
        yield from row["names"]


@cache
def lexicon() -> Lexicon:
    """Return the vocabulary."""
    grammar, acts, agencies = load("party_grammar.toml"), load("acts.toml"), load("agencies.toml")
    heads = {phrase: kind for kind in (OPEN, CLOSED, TITLE) for phrase in grammar[f"{kind}s" if kind == TITLE else kind]}
    heads |= dict.fromkeys(grammar["persons"], PERSON)
    strengths = {
        LINK: acts["links"],
        VERB: acts["verbs"],
        STRONG: acts["strong"],
        MODAL: acts["modal"],
        CIRCUMSTANCE: acts["circumstances"],
        NONE: acts["not_acts"],
    }
    parts = [Phrases(heads), Phrases(grammar["quantifiers"]), Phrases([*grammar["classes"], *grammar["levels"]]), Phrases(_known(agencies))]
    return Lexicon(
        heads=parts[0],
        not_heads=Phrases(grammar["not_heads"]),
        quantifiers=parts[1],
        classes=parts[2],
        always=Phrases(grammar["always"]),
        proper=Phrases(grammar["proper"]),
        apart=Phrases(grammar["apart"]),
        complete_titles=Phrases(grammar["complete_titles"]),
        levels=Phrases(grammar["levels"]),
        villages=Phrases(grammar["villages"]),
        inside=Phrases([*grammar["inside"], *grammar["levels"], *grammar["classes"]]),
        relative=Phrases(grammar["relative"]),
        participles=Phrases(grammar["participles"]),
        purposes=Phrases(grammar["purposes"]),
        acts=Phrases({phrase: kind for kind, phrases in strengths.items() for phrase in phrases}),
        openers=Phrases(acts["openers"]),
        known=parts[3],
        fields=Phrases({name: " ".join(row["heads"]).lower() for row in agencies["field"] for name in row["names"] if len(name) > 2}),
        political=Phrases(grammar["political"]),
        starters=frozenset().union(*(part.first_words for part in parts)),
    )
