"""What a cited document is to the citing one: implemented, its ground, or only mentioned; by how its clause opens."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from extractors.dispatch import Role
from extractors.text import fold


@dataclass(frozen=True)
class Cue:
    """A row of ``data/reference_cues.toml``; the phrases are folded."""

    id: str
    role: Role
    opening_only: bool
    opens: tuple[str, ...]
    exceptions: tuple[str, ...]
    matches: tuple[str, ...]
    rejects: tuple[str, ...]


@cache
def cues() -> tuple[Cue, ...]:
    """The cues in the order of the file."""
    table = tomllib.loads((files("extractors.data") / "reference_cues.toml").read_text("utf-8"))["cue"]
    return tuple(
        Cue(
            id=row["id"],
            role=Role(row["role"]),
            opening_only=row["where"] == "opening",
            opens=tuple(map(fold, row["opens"])),
            exceptions=tuple(map(fold, row.get("except", ()))),
            matches=tuple(row["matches"]),
            rejects=tuple(row["rejects"]),
        )
        for row in table
    )


@cache
def _pattern() -> tuple[re.Pattern[str], dict[str, Cue | None]]:
    meaning: dict[str, Cue | None] = {}
    for cue in cues():
        meaning.update(dict.fromkeys(cue.opens, cue))
        meaning.update(dict.fromkeys(cue.exceptions))
    longest = sorted(meaning, key=len, reverse=True)
    return re.compile(r"(?:" + "|".join(map(re.escape, longest)) + r")(?!\w)"), meaning


# "V/v thực hiện", "1. Căn cứ", "- Theo", "(kèm theo": what stands before the words that open a clause.
_LEAD = re.compile(r"[\s\-+•*(–]*(?:v/v\s|về việc\s|về\s|(?:\d{1,2}|[a-zđ])[.)]\s)?[\s\-]*")


def cue_of(clause: str) -> Cue | None:
    """Return the cue that opens a folded clause, the longest phrase first; None when it opens with none."""
    pattern, meaning = _pattern()
    lead = _LEAD.match(clause)
    match = pattern.match(clause, lead.end() if lead else 0)
    return meaning[match[0]] if match else None


def role_of(clause: str, *, opening: bool) -> Role:
    """Return the role of a document cited in a folded clause; ``opening``: in the subject or before the duties begin."""
    cue = cue_of(clause)
    if cue is None or (cue.opening_only and not opening):
        return Role.MENTIONS
    return cue.role
