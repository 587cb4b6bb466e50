"""The abbreviation of a cited paper's type ("tên loại") on a scan, put right by the type's name before it: "Tờ trình số 57/TTT-KTM"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from extractors import doctypes
from extractors.layout import Word
from extractors.text import fold

_CITED = re.compile(r"(?P<number>\d{1,6}[a-zA-Z]?/(?:\d{4}/)?)(?P<code>[^\W\d_]{2,4})(?P<rest>-.+)")


def coded(words: Sequence[Word]) -> tuple[Word, ...]:
    """Return the words; an abbreviation that is none, one letter off the one that belongs to the name before it, is that one."""
    out = list(words)
    for index in range(3, len(words)):
        match = _CITED.fullmatch(words[index].text)
        if match is None or fold(words[index - 1].text) != "số":
            continue
        right = _codes().get(fold(f"{words[index - 3].text} {words[index - 2].text}"))
        if right and match["code"] not in doctypes.printed_codes() and _one_off(match["code"], right):
            out[index] = replace(words[index], text=match["number"] + right + match["rest"], repaired=True)
    return tuple(out)


@cache
def _codes() -> dict[str, str]:
    """The printed abbreviation of each type with a name of two words ("tờ trình": "TTr")."""
    return {fold(row.type.name): row.printed[0] for row in doctypes.rows() if row.printed and len(row.type.name.split()) == 2}


def _one_off(read: str, right: str) -> bool:
    return len(read) == len(right) and sum(a != b for a, b in zip(read, right, strict=True)) == 1
