"""Codes on a scan: the abbreviation of a paper's type ("tên loại"), put right by what can stand there.

A cited paper's by the type's name before it: "Tờ trình số 57/TTT-KTM"; a document's own where a digit looks like its letter: "/8C-UBND".
Also the sign in an e-mail address.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from extractors import doctypes
from extractors.layout import Word
from extractors.text import fold

_CITED = re.compile(r"(?P<number>\d{1,6}[a-zA-Z]?/(?:\d{4}/)?)(?P<code>[^\W\d_]{2,4})(?P<rest>-.+)")
_OWN = re.compile(r"/(?P<code>[A-ZĐa-z\d]{2,4})(?P<rest>-[A-ZĐ]{2}.*)")
_MAIL = re.compile(
    r"(?P<user>[a-zA-Z\d][\w.+-]+?)(?:\([®©@]|[®©]|\(2|\([aQq]\)?|\(\))(?P<host>[a-z\d-]+(?:\.[a-z\d-]+)*\.(?:vn|com|net|org|edu|gov))(?P<after>\W*)"
)
_LETTERS = str.maketrans({"8": "B", "0": "O", "1": "I", "5": "S", "6": "G"})


def coded(words: Sequence[Word]) -> tuple[Word, ...]:
    """Return the words; an abbreviation that is none, one letter off the one that belongs to the name before it, is that one."""
    out = [_mailed(_own(word)) for word in words]
    for index in range(3, len(words)):
        match = _CITED.fullmatch(words[index].text)
        if match is None or fold(words[index - 1].text) != "số":
            continue
        right = _codes().get(fold(f"{words[index - 3].text} {words[index - 2].text}"))
        if right and match["code"] not in doctypes.printed_codes() and _one_off(match["code"], right):
            out[index] = replace(words[index], text=match["number"] + right + match["rest"], repaired=True)
    return tuple(out)


def _own(word: Word) -> Word:
    """The document's own symbol behind its blank number, a digit in its abbreviation read for the letter it looks like."""
    match = _OWN.fullmatch(word.text)
    right = match["code"].translate(_LETTERS) if match else ""
    if match is None or right == match["code"] or right not in doctypes.printed_codes():
        return word
    return replace(word, text="/" + right + match["rest"], repaired=True)


def _mailed(word: Word) -> Word:
    """An e-mail address whose sign was read as another, before a host that ends as hosts do."""
    match = _MAIL.fullmatch(word.text)
    return word if match is None else replace(word, text=f"{match['user']}@{match['host']}{match['after']}", repaired=True)


@cache
def _codes() -> dict[str, str]:
    """The printed abbreviation of each type with a name of two words ("tờ trình": "TTr")."""
    return {fold(row.type.name): row.printed[0] for row in doctypes.rows() if row.printed and len(row.type.name.split()) == 2}


def _one_off(read: str, right: str) -> bool:
    return len(read) == len(right) and sum(a != b for a, b in zip(read, right, strict=True)) == 1
