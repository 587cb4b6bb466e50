"""Abbreviations of bodies in symbols: which spellings exist, and whom they name on a given day."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True)
class Body:
    """A row of ``data/issuer_codes.toml``."""

    code: str
    also: tuple[str, ...]
    misprints: tuple[str, ...]
    name: str
    """Empty where the abbreviation alone does not say which body it is ("UBND" of which place)."""
    party: bool
    since: date | None
    until: date | None

    def exists(self, day: date | None) -> bool:
        """True when the body bears this name on that day, or when no day is known."""
        return day is None or ((self.since is None or self.since <= day) and (self.until is None or day <= self.until))


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((files("extractors.data") / "issuer_codes.toml").read_text("utf-8"))


@cache
def bodies() -> tuple[Body, ...]:
    """All bodies in the order of the file."""
    return tuple(
        Body(
            code=row["code"],
            also=tuple(row.get("also", ())),
            misprints=tuple(row.get("misprints", ())),
            name=row["name"],
            party=row.get("party", False),
            since=row.get("since"),
            until=row.get("until"),
        )
        for row in _table()["body"]
    )


@cache
def _by_code() -> dict[str, Body]:
    return {code: body for body in bodies() for code in (body.code, *body.also)}


def body_of(code: str) -> Body | None:
    """Return the body that a group of a symbol abbreviates, None when it is in no list."""
    return _by_code().get(code)


def issuer_name(code: str, day: date | None = None) -> str | None:
    """Return whom the group names on that day, None when the list cannot say."""
    body = body_of(code)
    return body.name or None if body and body.exists(day) else None


@cache
def misprints() -> dict[str, str]:
    """Wrong spellings and the one that is meant: "UNBD" → "UBND"."""
    return {wrong: body.code for body in bodies() for wrong in body.misprints}


@cache
def unit_codes() -> frozenset[str]:
    """Units and fields that are met glued to a body's abbreviation."""
    return frozenset(_table()["units"]["codes"])
