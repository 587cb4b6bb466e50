"""Field words that are verbs of paperwork ("xây dựng kế hoạch"): they tell nothing about the field of a duty."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files

from pipeline.phrases import words_of

_REACH = 12
"""Words behind the field word that are looked at."""


@lru_cache(maxsize=1)
def _paperwork() -> tuple[tuple[frozenset[tuple[str, ...]], re.Pattern[str]], ...]:
    """For each row its verbs and the shape of what follows them."""
    rows = tomllib.loads(files("extractors.data").joinpath("field_verbs.toml").read_text("utf-8"))["row"]
    return tuple((frozenset(words_of(verb).words for verb in row["verbs"]), _object(row["joined"], row["objects"])) for row in rows)


def _object(joined: list[str], objects: list[str]) -> re.Pattern[str]:
    between, drawn_up = ("|".join(" ".join(words_of(phrase).words) for phrase in phrases) for phrases in (joined, objects))
    return re.compile(rf"(?:(?:{between}) )*(?:{drawn_up})(?!\w)")


def is_verb(words: tuple[str, ...], start: int, end: int) -> bool:
    """True when the field word at these places is the verb of a piece of paper: "xây dựng" in "xây dựng báo cáo"."""
    rest = " ".join(words[end : end + _REACH])
    return any(words[start:end] in verbs and shape.match(rest) for verbs, shape in _paperwork())
