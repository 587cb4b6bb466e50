"""List markers ("số thứ tự đầu mục"): what stands before an item's text, and its rank among the levels of a document.

NĐ 30/2020 Phụ lục I mục II.5: phần, chương, mục in Roman or Arabic numerals, "Điều 1.", khoản "1.", điểm "a)" in Vietnamese
alphabet order. Dashes and plus signs are not in the decree but usual in dispatches.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

from extractors.layout import Block

VIETNAMESE_LETTERS = "abcdđeghiklmnopqrstuvxy"
_ROMAN_DIGITS = {"i": 1, "v": 5, "x": 10, "l": 50}


_RAISED = 15
"""Of ranks: from below the Roman numerals to above them."""


class Level(IntEnum):
    """Usual depth of a marker; a smaller one stands above a larger one."""

    PART = 0
    ARTICLE = 1
    ROMAN = 2
    UPPER = 3
    DECIMAL = 4
    """"1."; "1.1." is one deeper and so on, see ``Marker.depth``."""
    LETTER = 5
    DASH = 6
    PLUS = 7
    BULLET = 8


@dataclass(frozen=True)
class Marker:
    """A marker as printed, with its level and its place in its list (0 for dashes)."""

    printed: str
    level: Level
    depth: int = 1
    value: int = 0
    closing: str = ""
    """The sign that closes it: "." or ")" or "/"."""
    raised: bool = False
    """A capital letter above the Roman numerals: "A. NHIỆM VỤ", "I. …", "II. …", "B. TỔ CHỨC THỰC HIỆN"."""

    @property
    def style(self) -> tuple[Level, int, str]:
        """Items of one list share this."""
        return (self.level, self.depth, self.closing)

    @property
    def rank(self) -> int:
        """A number that is larger for a deeper level."""
        return self.level * 10 + self.depth - (_RAISED if self.raised else 0)


_PART = r"(?P<part>(?:phần|chương|mục|tiểu mục)\s+(?P<part_no>[ivxl]+|\d{1,2})\s*[.:)]?)(?=\s|$)"
_ARTICLE = r"(?P<article>điều\s+(?P<article_no>\d{1,3})\s*[.:])"
_ROMAN = r"(?P<roman>(?P<roman_no>[IVXL]{1,6})\s?(?P<roman_end>[.)/]|-(?=\s)))(?=\s|$)"
# The Party's offices print "1- …" (Hướng dẫn 36-HD/VPTW); the hyphen stands at the number, or it is a range.
_DECIMAL = r"(?P<decimal>\(?(?P<decimal_no>\d{1,2}(?:\.\d{1,2}){0,4})\s?(?P<decimal_end>[.)/]|(?<=\d)-(?=\s)))(?=\s|$|[^\W\d_])"
# "1, Tổ chức họp dân": a comma closes a number only before a capital, and only a single number.
_DECIMAL_COMMA = r"(?P<comma>(?P<comma_no>\d{1,2}),)(?=\s+[A-ZĐÀ-Ỵ])"
# "1.1 Nội dung": without a closing sign the number must have two parts and a capital must follow, or it is an amount.
_DECIMAL_BARE = r"(?P<bare>(?P<bare_no>\d{1,2}(?:\.\d{1,2}){1,4}))(?=\s+[^\W\d_])"
_LETTER = r"(?P<letter>\(?(?P<letter_no>[a-zđ])\d?\s?(?P<letter_end>[.)/]))(?=\s|$|[^\W\d_])"
_UPPER = r"(?P<upper>(?P<upper_no>[A-HĐ])\s?(?P<upper_end>[.)]))(?=\s)"
_DASH = r"(?P<dash>[-–—−‐‑](?:\s+[-–—−](?=\s))?)(?=\s|[^\W\d_])"
_PLUS = r"(?P<plus>\+)(?=\s|[^\W\d_])"
_BULLET = r"(?P<bullet>[•*●▪■◦○✓➢❖→])\s?"

_TYPED = re.compile("|".join((_ROMAN, _UPPER, _DECIMAL, _DECIMAL_COMMA, _DECIMAL_BARE, _LETTER, _DASH, _PLUS, _BULLET)))
_WORDED = re.compile(f"{_PART}|{_ARTICLE}", re.IGNORECASE)  # at the start of a paragraph only: the text behind is never scanned


def roman_value(numeral: str) -> int:
    """Return the value of a Roman numeral below 90."""
    total = 0
    digits = [_ROMAN_DIGITS[c] for c in numeral.lower()]
    for digit, after in zip(digits, [*digits[1:], 0], strict=True):
        total += -digit if digit < after else digit
    return total


def parse(text: str) -> tuple[Marker, int] | None:
    """Return the marker that opens ``text`` and the offset where the item's own text starts, or None."""
    head = text[:40]
    match = _WORDED.match(head) or _TYPED.match(head)
    if match is None or (match.lastgroup == "bare" and not head[match.end() :].lstrip()[:1].isupper()):
        return None
    marker = _marker(match)
    end = match.end()
    while end < len(text) and text[end] == " ":
        end += 1
    return marker, end


def _marker(match: re.Match[str]) -> Marker:
    return _BUILDERS[str(match.lastgroup)](match)


def _part(m: re.Match[str]) -> Marker:
    number = m["part_no"]
    value = int(number) if number.isdigit() else roman_value(number)
    return Marker(m["part"], Level.PART, {"p": 1, "c": 2, "m": 3, "t": 4}[m["part"][0].lower()], value)


def _decimal(printed: str, number: str, closing: str) -> Marker:
    parts = number.split(".")
    return Marker(printed, Level.DECIMAL, len(parts), int(parts[-1]), closing)


_BUILDERS: dict[str, Callable[[re.Match[str]], Marker]] = {
    "part": _part,
    "article": lambda m: Marker(m["article"], Level.ARTICLE, 1, int(m["article_no"]), "."),
    "roman": lambda m: Marker(m["roman"], Level.ROMAN, 1, roman_value(m["roman_no"]), m["roman_end"]),
    "upper": lambda m: Marker(m["upper"], Level.UPPER, 1, "ABCDĐEGH".find(m["upper_no"]) + 1, m["upper_end"]),
    "decimal": lambda m: _decimal(m["decimal"], m["decimal_no"], m["decimal_end"]),
    "comma": lambda m: _decimal(m["comma"], m["comma_no"], ","),
    "bare": lambda m: _decimal(m["bare"], m["bare_no"], "."),
    "letter": lambda m: Marker(m["letter"], Level.LETTER, 1, VIETNAMESE_LETTERS.find(m["letter_no"]) + 1, m["letter_end"]),
    "dash": lambda m: Marker(m["dash"][0], Level.DASH),
    "plus": lambda m: Marker(m["plus"], Level.PLUS),
    "bullet": lambda m: Marker(m["bullet"], Level.BULLET),
}


def of_block(block: Block) -> tuple[Marker | None, int]:
    """Return a paragraph's marker, automatic or typed, and the offset where its own text starts."""
    if block.marker:
        parsed = parse(block.marker + " ")
        return (parsed[0] if parsed else Marker(block.marker, Level.BULLET)), 0
    parsed = parse(block.text)
    if parsed is None:
        return None, 0
    return parsed
