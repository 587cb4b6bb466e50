"""Whom a reviewed draft names: units of the profile that exist on the day, units that are no more, and strangers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from extractors.text import slug, squeeze
from pipeline.authority import Authority, Unit, UnitKind
from pipeline.planning.lexicon import NameKind, lexicon_of
from pipeline.planning.parties import read_party

STRANGE = "ngoai-ho-so-"
"""How the id of a unit begins that no profile has."""


@dataclass(frozen=True)
class Named:
    """A unit that a draft names; ``fault`` says why it may not be given a duty, empty when it may."""

    unit: Unit
    fault: str = ""


@dataclass(frozen=True)
class Names:
    """The authority on the day of the last word, and as it was when the draft was made."""

    today: Authority
    drafted: Authority

    def units(self, names: Iterable[str]) -> tuple[Named, ...]:
        """Return the units that the printed names mean, once each, in order."""
        found = (named for name in names for named in self._named(name))
        return tuple({named.unit.id: named for named in reversed(tuple(found))}.values())[::-1]

    def ours(self, names: Iterable[str]) -> tuple[Unit, ...]:
        """Return only those that the profile knows."""
        return tuple(named.unit for named in self.units(names) if not named.unit.id.startswith(STRANGE))

    def _named(self, name: str) -> Iterator[Named]:
        for authority in (self.today, self.drafted):
            units = [m.unit for m in read_party(name, lexicon_of(authority)) if m.kind is NameKind.UNIT and m.unit is not None]
            if units:
                yield from (self.known(unit) for unit in units)
                return
        words = squeeze(name).strip(" .,;:")
        yield Named(Unit(STRANGE + slug(words)[:40], words, kind=UnitKind.OUTSIDE), f"“{words}” không có trong hồ sơ cơ quan")

    def known(self, unit: Unit) -> Named:
        """Return a unit of the profile as it is today, or with the word that it is no more."""
        current = self.today.unit(unit.id)
        return Named(unit, f"{unit.name} không còn hiệu lực theo hồ sơ") if current is None else Named(current)
