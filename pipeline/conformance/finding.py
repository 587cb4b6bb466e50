"""What the check finds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.text import shorten
from pipeline.conformance.rulebook import Look, rulebook
from pipeline.conformance.sheet import Line

_QUOTED = 60
"""Characters of a quote."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where: the paragraph counted from 1 in the order of the file (None for the page itself), and its first words."""

    paragraph: int | None
    quote: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule that one part does not keep, at one place or several."""

    rule: str
    clause: str
    must: bool
    part: str
    """The part's name, "Trang" for the page."""
    message: str
    remedy: str
    places: tuple[Place, ...] = ()


def finding(rule: str, part: Look | str, lines: Sequence[Line] = (), detail: str = "", remedy: str = "") -> Finding:
    """Return a finding of a part (or of what is no part, by its name).

    ``detail`` tells what stands there, ``remedy`` replaces that of the rule; a rule for all parts takes the part's own clause.
    """
    row = rulebook().rules[rule]
    name, clause = (part, "") if isinstance(part, str) else (part.name, part.clause)
    message = f"{row.message.removesuffix('.')}: {detail}." if detail else row.message
    return Finding(rule, row.clause or clause, row.must, name, message, remedy or row.remedy, tuple(_place(line) for line in lines))


def _place(line: Line) -> Place:
    return Place(line.printed.index + 1 if line.printed.index >= 0 else None, shorten(line.text, _QUOTED))
