"""Text hygiene: NFC for what is kept, a folded key for what is only compared.

``fold`` keeps the length of its input, so a match on the key is a match on the text at the same offsets.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_MOVES = {
    unicodedata.normalize("NFC", first + second + mark): unicodedata.normalize("NFC", first + mark + second)
    for first, second in ("oa", "oe", "uy")
    for mark in "\u0300\u0301\u0309\u0303\u0323"
}
_BACK = {left: right for right, left in _MOVES.items()}
# Both placements are in use where the vowels end the syllable ("hoà", "hòa"); before another letter only "hoàn" is right and
# "hòan" a misprint. "uý" after "q" is the only spelling ("quý"); there the mark does not move.
_TONE_PAIR = re.compile(rf"(?<!q)(?:{'|'.join(_MOVES)})(?![^\W\d_])|(?:{'|'.join(_BACK)})(?=[^\W\d_])")
_MARKS = re.compile("[\u0300-\u036f]+")
"""Combining diacritical marks."""
RECOGNISABLE = 70
"""Letters by which a person recognises a sentence that he has seen; to be read in full it is too short."""
_NOT_PLAIN = re.compile(r"[^a-z0-9]+")
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212\u00ad", "-"))


def nfc(text: str) -> str:
    """Return the text in Unicode normal form C."""
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Return the comparison key of an NFC text: lower case, one tone placement, plain hyphens and spaces; same length."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    key = _TONE_PAIR.sub(lambda m: _MOVES.get(m[0]) or _BACK[m[0]], lowered)
    return key.translate(_DASHES).replace("\u00a0", " ")


# A small syllable, or the one of "Ủy ban": a capital may begin a person's name, which is spelled as its owner spells it.
_PLACED = re.compile(rf"(?<![^\W_])(?:[^\W\d_]*(?:{'|'.join((*_MOVES, *_BACK))})|[UỦ][ỷyỶY])(?![^\W_])")
_CAPITAL = {"Uỷ": "Ủy", "UỶ": "ỦY"}
_OLD_CAPITAL = {new: old for old, new in _CAPITAL.items()}


def one_spelling(text: str, like: str) -> str:
    """Return the text with one placement of tone marks: "uỷ", "hoà" where ``like`` writes "Uỷ ban", else "ủy", "hòa".

    A document that prints both looks careless.
    """
    old = any(spelled in like for spelled in ("uỷ", *_CAPITAL))
    moves, capital = (_BACK, _OLD_CAPITAL) if old else (_MOVES, _CAPITAL)

    def spelled(found: re.Match[str]) -> str:
        word = found[0]
        if not word.islower() or word.startswith("qu"):
            return capital.get(word, word)
        return word[:-2] + moves.get(word[-2:], word[-2:])

    return _PLACED.sub(spelled, text)


def body_key(name: str) -> str:
    """Return the folded name of a body with the short forms in use: "UBND tỉnh" and "Uỷ ban nhân dân tỉnh" are one."""
    return fold(name).replace("ủy ban nhân dân", "ubnd").replace("hội đồng nhân dân", "hđnd")


def squeeze(text: str) -> str:
    """Return the text with every run of white space as one space, none at the ends."""
    return " ".join(text.split())


def ascii_key(text: str) -> str:
    """Return the text folded and without any diacritic, for the loosest comparison ("đ" becomes "d")."""
    plain = unicodedata.normalize("NFD", fold(nfc(text))).replace("đ", "d")
    return _MARKS.sub("", plain)


def slug(text: str) -> str:
    """Return the text as a name of plain letters, digits and hyphens, safe in file names and identifiers; empty when nothing is left."""
    return _NOT_PLAIN.sub("-", ascii_key(text)).strip("-")


def shorten(text: str, longest: int = RECOGNISABLE) -> str:
    """Return the text on one line, at most ``longest`` characters; what is cut ends at a word and shows "…"."""
    flat = squeeze(text)
    if len(flat) <= longest:
        return flat
    room = flat[:longest]
    head = room[:-1] if " " not in room else room[: room.rfind(" ")]
    return head.rstrip(" ,;:-–(") + "…"
