"""The rules of form as data (``rules.toml``): looks of each part, rules with clause and remedy, capitals."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Look:
    """How one part is printed; None and "" leave a property open."""

    id: str
    name: str
    sizes: tuple[float, float]
    """Smallest and largest size, in points."""
    clause: str
    bold: bool | None = None
    italic: bool | None = None
    case: str = ""
    """ "upper" or "lower"."""
    column: str = ""
    """ "left" or "right"."""
    align: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """What may be found, where it is ordered, and what to do about it."""

    id: str
    clause: str
    message: str
    remedy: str
    must: bool
    """True where it is ordered; False where it is only shown in samples, or known at second hand."""


@dataclass(frozen=True, slots=True)
class Capital:
    """Words that are written with other capitals than these."""

    find: re.Pattern[str]
    write: str


@dataclass(frozen=True)
class Rulebook:
    """All rules."""

    looks: dict[str, Look]
    rules: dict[str, Rule]
    capitals: tuple[Capital, ...]


@cache
def rulebook() -> Rulebook:
    """Return the rules, read once."""
    table = tomllib.loads((files("pipeline.conformance") / "rules.toml").read_text("utf-8"))
    return Rulebook(
        {row["id"]: _look(row) for row in table["parts"]},
        {name: _rule(name, row) for name, row in table["rules"].items()},
        tuple(Capital(re.compile(row["find"]), row["write"]) for row in table["capitals"]),
    )


def _look(row: dict[str, Any]) -> Look:
    return Look(**{**row, "sizes": (float(row["sizes"][0]), float(row["sizes"][1]))})


def _rule(name: str, row: dict[str, str]) -> Rule:
    return Rule(name, row["clause"], row["message"], row["remedy"], row.get("severity", "must") == "must")
