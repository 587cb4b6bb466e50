"""What a font's name says: its encoding, and whether it shows small letters as capitals."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from extractors.legacy.tables import Encoding, encodings

_SUBSET = re.compile(r"^[A-Z]{6}\+")
"""Before the name of a font of which a PDF holds only some characters (ISO 32000-1, 9.6.4)."""
_STYLE = re.compile(r"(?:\(\w*\)|[,\s_-]*(?:bold|italic|oblique|regular|normal|narrow|condensed?))+$", re.IGNORECASE)
"""Ends of a name that tell the cut: ",Bold", "Bold Italic", "(Ds)"."""


class Face(NamedTuple):
    """How a font shows stored characters."""

    encoding: Encoding
    capitals: bool = False
    """Small letters are shown as capitals (".VnTimeH")."""
    guessed: bool = False
    """The font's name says nothing; the text set in it does."""


@lru_cache(maxsize=1024)
def face_of(font: str) -> Face | None:
    """Return what a font's name says; None for a font of Unicode and for a name that says nothing."""
    name = _STYLE.sub("", _SUBSET.sub("", font.strip()))
    plain = name.lower()
    for encoding in encodings():
        if plain.startswith(encoding.fonts):
            return Face(encoding, encoding.capitals and name.endswith("H"))
    return None
