"""What a section's heading says about the items below it ("đề mục")."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from extractors.text import fold


class Mode(StrEnum):
    """Which items of a section are duties."""

    ALL = "all"
    ORDERS = "orders"
    NONE = "none"


@dataclass(frozen=True)
class Section:
    """A class of headings, from ``data/sections.toml``."""

    id: str
    mode: Mode
    starts: tuple[str, ...]
    contains: tuple[str, ...]
    matches: tuple[str, ...]
    rejects: tuple[str, ...]

    def fits(self, key: str) -> bool:
        """True when the folded heading is of this class."""
        return any(_opens(key, phrase) for phrase in self.starts) or any(phrase in key for phrase in self.contains)


# "Yêu cầu" alone heads a purpose; "Yêu cầu các sở…" orders. A word that goes on to name somebody is no heading.
_ADDRESSED = re.compile(r"\s*(?:các|thủ trưởng|giám đốc|chủ tịch|ubnd|ủy ban|sở|phòng|đồng chí|đối với)\b")


def _opens(key: str, phrase: str) -> bool:
    if not key.startswith(phrase) or key[len(phrase) : len(phrase) + 1].isalnum():
        return False
    return phrase != "yêu cầu" or _ADDRESSED.match(key, len(phrase)) is None


@cache
def sections() -> tuple[Section, ...]:
    """The classes of headings in the order in which they are tried."""
    rows = tomllib.loads((files("extractors.data") / "sections.toml").read_text("utf-8"))["section"]
    return tuple(
        Section(
            id=row["id"],
            mode=Mode(row["mode"]),
            starts=tuple(fold(s) for s in row["starts"]),
            contains=tuple(fold(s) for s in row["contains"]),
            matches=tuple(row["matches"]),
            rejects=tuple(row["rejects"]),
        )
        for row in rows
    )


def mode_of(heading: str) -> Mode | None:
    """Return what a heading says of its items, or None when its words are of no known class."""
    key = fold(heading).strip(" .:;")
    return next((section.mode for section in sections() if section.fits(key)), None)
