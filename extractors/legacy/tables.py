"""The encodings as tables: which stored characters show which letter (``data/legacy_encodings.toml``)."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
"""Level, grave ("huyền"), acute ("sắc"), tilde ("ngã"), hook ("hỏi"), dot ("nặng")."""
VOWELS = "aăâeêioôơuưy"
_SMALL = frozenset(unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES)
_TWINS = {0xAD: "\u2212", 0xAF: "\u02c9", 0xB5: "\u03bc", 0xB7: "\u2219"}
"""Minus, macron, mu, dot: the other characters that the glyph names of a byte stand for (Adobe Glyph List); PDFs have them."""
_EMPTY = "·"
_MARKED = "aeiouyôö"
"""What VNI's marks may follow: "ô" and "ö" show "ơ" and "ư"."""


@dataclass(frozen=True, eq=False)
class Encoding:
    """An encoding of Vietnamese from before Unicode."""

    id: str
    name: str
    """As clerks know it: "TCVN3 (ABC)"."""
    fonts: tuple[str, ...]
    """Beginnings of the names of its fonts, in small letters."""
    common: bool
    """In use by offices; the others were for letters abroad."""
    capitals: bool
    """It has fonts that show small letters as capitals, and no capitals with a tone in the others."""
    letters: dict[str, str]
    """One or two stored characters → the letter shown, in NFC."""
    matches: tuple[str, ...] = field(repr=False)
    rejects: tuple[str, ...] = field(repr=False)
    pattern: re.Pattern[str] = field(repr=False)
    """Finds the stored characters of one letter, two before one."""


@cache
def encodings() -> tuple[Encoding, ...]:
    """The encodings in the order of the file."""
    table = tomllib.loads((files("extractors.data") / "legacy_encodings.toml").read_text("utf-8"))["encoding"]
    return tuple(_encoding(row) for row in table)


@cache
def encoding(name: str) -> Encoding:
    """Return the encoding of that id."""
    return next(known for known in encodings() if known.id == name)


def _encoding(row: dict[str, Any]) -> Encoding:
    letters = dict(_of_rows(row.get("rows", {}))) | row.get("letters", {}) | row.get("alike", {})
    letters |= dict(_of_marks(row.get("marks", {}), letters))
    ordered = sorted(letters, key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, ordered)))
    fonts = tuple(row["fonts"])
    common, capitals, examples = row["common"], row["capitals"], (tuple(row["matches"]), tuple(row["rejects"]))
    return Encoding(row["id"], row["name"], fonts, common, capitals, letters, *examples, pattern)


def _of_rows(rows: dict[str, str]) -> Iterator[tuple[str, str]]:
    for first, shown in rows.items():
        for byte, letter in enumerate(shown, int(first, 16)):
            if letter != _EMPTY:
                yield from ((stored, letter) for stored in _as_stored(byte))


def _as_stored(byte: int) -> Iterator[str]:
    """The characters that a byte becomes in a document: its Windows-1252, its Latin-1 one, and what looks like it; no white space."""
    for stored in (bytes([byte]).decode("cp1252", "ignore"), chr(byte), _TWINS.get(byte, "")):
        if stored and not stored.isspace():
            yield stored


def _of_marks(marks: dict[str, str], letters: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Every vowel with every mark that makes one letter of it; the case is the vowel's ("PHUû")."""
    for vowel in _MARKED + _MARKED.upper():
        for mark, combining in marks.items():
            letter = unicodedata.normalize("NFC", letters.get(vowel, vowel) + combining)
            if letter.lower() in _SMALL:
                yield from ((vowel + stored, letter) for stored in (mark, mark.upper()))
