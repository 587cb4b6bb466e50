"""Characters on a scan that no Vietnamese print has, put right to those that it has; and what a row of type can begin with."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from extractors.layout import Word
from extractors.readers.rows import rows_of

_LETTERS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile("ĐÐ|ÐĐ|Ð"), "Đ"),  # the Icelandic letter
    (re.compile("\u2044|\u2215"), "/"),
    (re.compile("^[`'‘’](?=[^\\W\\d_]{2,})(?!.*['’])"), ""),  # a speck before a word; a quoted one has a second mark
    (re.compile(r"(?<=^\(b/)[Ceo€](?=\))|(?<=^b/)[Ceo€](?=\))"), "c"),
    (re.compile("^V/[wW]$"), "V/v"),
    (re.compile("ÑN|NÑ"), "N"),  # a speck over an N
    (re.compile("Ñ"), "N"),
    (re.compile("¡"), "i"),
    (re.compile("(?<=\\d)Š|Š(?=\\d)"), "5"),
)
_BULLET = re.compile("[~=«»¬]-?")
"""What a dash before an item is read as."""
_ROMAN = re.compile(r"(?P<number>[IVX]{1,5}|[IVXHL]{1,4})(?P<stop>[.,])(?P<rest>.*)")
"""A section's number: "II" joined at the top is "H", "I" with a stop "L"."""
_NUMERALS = re.compile("(?:X{0,2})(?:IX|IV|V?I{0,3})")


def glyphs(words: Sequence[Word]) -> tuple[Word, ...]:
    """Return the words with such characters put right, and curly quotes as the straight ones that their partners are."""
    return tuple(_with_partner([_lettered(word) for word in words]))


def _lettered(word: Word) -> Word:
    text = word.text
    for pattern, right in _LETTERS:
        text = pattern.sub(right, text)
    return replace(word, text=text, repaired=True) if text and text != word.text else word


def _with_partner(words: Sequence[Word]) -> Iterator[Word]:
    """Yield the words, a quote that was opened straight and closed with a curl closed straight."""
    straight = False
    for word in words:
        text = word.text
        if straight and "”" in text and '"' not in text:
            text = text.replace("”", '"', 1)
        straight = straight != (text.count('"') % 2 == 1)
        yield word if text == word.text else replace(word, text=text, repaired=True)


def row_starts(words: Sequence[Word]) -> tuple[Word, ...]:
    """Return the words, in rows, with misread dashes and section numbers at the start of rows put right."""
    rows = [row.words for row in rows_of(words)]
    seen = {row[0].text for row in rows}
    out: list[Word] = []
    for row in rows:
        out += _section(_bulleted(row), lambda number: number + "." in seen)
    return tuple(out)


def _bulleted(row: tuple[Word, ...]) -> tuple[Word, ...]:
    if len(row) > 1 and _BULLET.fullmatch(row[0].text) and row[1].text[:1].isalpha():
        return (replace(row[0], text="-", repaired=True), *row[1:])
    return row


def _section(row: tuple[Word, ...], stands: Callable[[str], bool]) -> tuple[Word, ...]:
    """The row, "I.MỤC" parted and "HI." put right before capitals; a lone "H." may be a name's, save below an "I."."""
    match = _ROMAN.fullmatch(row[0].text)
    title = [word.text for word in row[1:2]] if match is None or not match["rest"] else [match["rest"]]
    if match is None or not title or len(title[0]) < 2 or not title[0].isupper() or not title[0].isalpha():
        return row
    number = match["number"].replace("H", "II").replace("L", "I")
    if not _NUMERALS.fullmatch(number) or (match["number"] == "H" and not stands("I")) or match["number"] == "L":
        return row
    parts = _parted(row[0], number + ".", match["rest"])
    return row if parts[0].text == row[0].text else (*parts, *row[1:])


def _parted(word: Word, number: str, rest: str) -> tuple[Word, ...]:
    """A section's number, and the title's first word that was read as one with it."""
    if not rest:
        return (replace(word, text=number, repaired=True),)
    end = len(word.text) - len(rest)
    first = replace(word.part(0, end), text=number, repaired=True)
    return first, replace(word.part(end, len(word.text)), repaired=True)
