"""From stored characters to Unicode, with the way back: every letter knows where it stands in the stored text."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from extractors.legacy.tables import Encoding

_WORD = re.compile(r"[^\W\d_]{2,}")
_SMALL = re.compile("[a-z]")
_CAPITAL = re.compile("[A-Z]")
_HEADING = 4
"""Plain capitals from which a text without any plain small letter is a heading in capitals."""


@dataclass(frozen=True, slots=True)
class Recoded:
    """A text in NFC with its way back."""

    text: str
    offsets: tuple[int, ...]
    """For each character of the text, and for its end, the offset in the stored text; never falling."""

    def stored(self, start: int, end: int) -> tuple[int, int]:
        """Return the range of the stored text that ``text[start:end]`` was made from."""
        return self.offsets[start], self.offsets[end]


def as_stored(text: str) -> Recoded:
    """Return a text as it is."""
    return Recoded(text, tuple(range(len(text) + 1)))


def recode(text: str, encoding: Encoding) -> Recoded:
    """Return what a text stored in an encoding shows; what the encoding has no letter for stays."""
    parts: list[str] = []
    offsets: list[int] = []
    at = 0
    for match in encoding.pattern.finditer(text):
        parts.append(text[at : match.start()])
        offsets.extend(range(at, match.start() + 1))
        parts.append(encoding.letters[match[0]])
        at = match.end()
    parts.append(text[at:])
    offsets.extend(range(at, len(text) + 1))
    shown = Recoded("".join(parts), tuple(offsets))
    return shown if unicodedata.is_normalized("NFC", shown.text) else _after(shown, composed(shown.text))


def composed(text: str) -> Recoded:
    """Return a text in NFC: letters with their marks apart (NFD) become one character each."""
    if unicodedata.is_normalized("NFC", text):
        return as_stored(text)
    parts: list[str] = []
    offsets: list[int] = []
    for start, end in _clusters(text):
        part = unicodedata.normalize("NFC", text[start:end])
        parts.append(part)
        offsets.extend(min(start + index, end - 1) for index in range(len(part)))
    return Recoded("".join(parts), (*offsets, len(text)))


def _clusters(text: str) -> list[tuple[int, int]]:
    """Ranges of the text that can be composed one by one: what composes with what stands before it is of one range."""
    out: list[tuple[int, int]] = []
    start = 0
    for index in range(1, len(text)):
        char = text[index]
        if char.isascii() or not (unicodedata.combining(char) or _joins(text[start:index], char)):
            out.append((start, index))
            start = index
    return [*out, (start, len(text))]


def _joins(before: str, char: str) -> bool:
    """True for the rare letters that compose without being marks (Korean vowels and the like)."""
    apart = unicodedata.normalize("NFC", before) + unicodedata.normalize("NFC", char)
    return unicodedata.normalize("NFC", before + char) != apart


def _after(first: Recoded, second: Recoded) -> Recoded:
    return Recoded(second.text, tuple(first.offsets[place] for place in second.offsets))


def in_capitals(text: str) -> str:
    """Return a text in capitals, letter by letter: the length stays."""
    return "".join(char.upper() if len(char.upper()) == 1 else char for char in text)


def headings_raised(text: str) -> str:
    """Return the text with small letters put right among capitals: fonts without capitals with a tone leave "TỉNH"; the length stays.

    A heading in capitals has such a word and no plain small letter; in "Số: 15/QĐ-UBND" the small letter is meant.
    """
    if len(_CAPITAL.findall(text)) >= _HEADING and not _SMALL.search(text) and _WORD.sub(_raised, text) != text:
        return in_capitals(text)
    return _WORD.sub(_raised, text)


def _raised(match: re.Match[str]) -> str:
    word = match[0]
    return in_capitals(word) if len(_CAPITAL.findall(word)) > 1 and not _SMALL.search(word) else word
