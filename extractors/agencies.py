"""Agencies by name with their days ("cơ quan, hiệu lực"), and which of them a text names: ``data/agency_history.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from extractors.vietnamese import NameHit, NameIndex


@dataclass(frozen=True)
class Agency:
    """A body; ``since`` and ``until`` are the first and the last day on which it exists, None where none is known."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    successor: str | None = None

    def exists(self, day: date) -> bool:
        """True when the body exists on that day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@cache
def agencies() -> dict[str, Agency]:
    """Return the known agencies by id."""
    rows = tomllib.loads((files("extractors.data") / "agency_history.toml").read_text("utf-8"))["agency"]
    return {
        row["id"]: Agency(row["id"], row["name"], tuple(row.get("aliases", ())), row.get("since"), row.get("until"), row.get("successor"))
        for row in rows
    }


@cache
def _index() -> NameIndex:
    return NameIndex((agency.id, name) for agency in agencies().values() for name in (agency.name, *agency.aliases))


def find_agencies(text: str) -> tuple[NameHit, ...]:
    """Return the agencies that an NFC text names, the longest name at each place."""
    return _index().find(text)


def gone(text: str, day: date) -> tuple[tuple[NameHit, Agency], ...]:
    """Return the names in a text of agencies that no longer exist on a day; a name followed by its place counts as well."""
    known = agencies()
    named = ((hit, known[hit.id]) for hit in find_agencies(text))
    return tuple((hit, agency) for hit, agency in named if agency.until is not None and day > agency.until)


def heir(agency: Agency, day: date) -> str | None:
    """Return the name of the body that does the work of a former one on a day, over several reforms; None when not one body does."""
    by_name = {known.name: known for known in agencies().values()}
    name = agency.successor
    while name is not None and name in by_name and not by_name[name].exists(day):
        name = by_name[name].successor
    return name
