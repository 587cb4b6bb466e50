"""The names and words of one authority, indexed once: units, classes, the superior's departments, competences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache

from pipeline.authority import Authority, Competence, Group, Unit
from pipeline.phrases import PhraseIndex, words_of

# Where the parts of a compound name join: "Tài chính - Kế hoạch", "Văn hóa, Thể thao và Du lịch".
_JOINT = re.compile(r"\s*(?:[,&]|\s-\s|-|\svà\s)\s*")
# Words that may follow the name of a class or group without narrowing it: "trên địa bàn", "có liên quan".
_PLAIN_TAIL = "trực thuộc trên địa bàn trong toàn có liên quan của tại các cấp"


class NameKind(StrEnum):
    """What a printed name is to the authority."""

    SELF = "self"
    CLASS = "class"
    """The authority together with its peers."""
    UNIT = "unit"
    """One of its units or groups."""
    DEPARTMENT = "department"
    """A superior's department; the unit is our counterpart."""
    SUPERIOR = "superior"


@dataclass(frozen=True)
class Name:
    """What a phrase names."""

    kind: NameKind
    unit: Unit | None = None


@dataclass(frozen=True, eq=False)
class Lexicon:
    """The indexes; built by ``lexicon_of``, one for each authority, so told apart by identity."""

    authority: Authority
    names: PhraseIndex[Name]
    joined: dict[str, tuple[Name, ...]]
    """Names by their letters alone, for "Phòng LĐTB&XH"."""
    competences: PhraseIndex[tuple[Unit, Competence]]
    fields: PhraseIndex[int]
    """Positions of signers by the words of their fields."""
    place: tuple[str, ...]
    """The words of the authority's place name."""
    unit_tail: frozenset[str]
    """Words that may follow the name of a unit or department of ours: level, place, the superior's place."""
    class_tail: frozenset[str]
    """Words that may follow the name of a class or group and leave it the same."""

    @cached_property
    def monitor(self) -> Unit | None:
        """The unit that follows up."""
        return self.authority.monitor


@lru_cache(maxsize=8)
def lexicon_of(authority: Authority) -> Lexicon:
    """Return the indexes of an authority."""
    named = list(_names(authority))
    joined: dict[str, tuple[Name, ...]] = {}
    for phrase, name in named:
        key = "".join(words_of(phrase).words)
        joined[key] = tuple(dict.fromkeys((*joined.get(key, ()), name)))
    superior = _words(*_superior_names(authority)[:3])
    place = words_of(authority.place_name).words
    level = _words(authority.level_word, authority.self_name)
    class_tail = _words(_PLAIN_TAIL, *authority.classes, *(name for g in authority.groups for name in (g.name, *g.aliases)))
    return Lexicon(
        authority,
        PhraseIndex(named),
        joined,
        PhraseIndex((c.phrase, (unit, c)) for unit in authority.units for c in unit.competences),
        PhraseIndex((phrase, index) for index, signer in enumerate(authority.signers) for phrase in signer.fields),
        place,
        frozenset({*level, *place, *superior, *_words("cấp các", *authority.classes)}),
        frozenset({*level, *superior, *class_tail}) - frozenset(place),
    )


def _words(*texts: str) -> frozenset[str]:
    return frozenset(word for text in texts for word in words_of(text).words)


def _superior_names(authority: Authority) -> tuple[str, ...]:
    parent = authority.parent
    return (parent.name, parent.short_name, parent.place_name, *parent.aliases) if parent else ()


def _names(authority: Authority) -> Iterator[tuple[str, Name]]:
    """Every phrase with what it names."""
    for phrase in (authority.name, authority.short_name, authority.self_name, *authority.aliases):
        yield phrase, Name(NameKind.SELF)
    for phrase in authority.classes:
        yield phrase, Name(NameKind.CLASS)
    for phrase in _superior_names(authority):
        yield phrase, Name(NameKind.SUPERIOR)
    for unit in (*authority.units, *authority.groups):
        phrases = (unit.name, *unit.aliases, unit.leader_title)
        yield from ((form, Name(NameKind.UNIT, unit)) for phrase in phrases for form in (phrase, *_initials(phrase, unit)))
        for phrase in unit.counterparts:
            yield from ((form, Name(NameKind.DEPARTMENT, unit)) for form in (phrase, *_initials(phrase, unit)))


def _initials(name: str, unit: Unit) -> tuple[str, ...]:
    """The usual short forms of a compound name: "Phòng Văn hóa - Xã hội" is "Phòng VH-XH" and "Phòng VHXH"."""
    head, _, rest = name.partition(" ")
    parts = [words_of(part).words for part in _JOINT.split(rest)]
    if isinstance(unit, Group) or sum(map(len, parts)) < 3:
        return ()
    initials = ["".join(word[0] for word in part) for part in parts]
    return tuple(dict.fromkeys((f"{head} {' '.join(initials)}", f"{head} {''.join(initials)}")))
