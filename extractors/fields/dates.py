"""Shapes of printed days and hours, day before month always ("ngày 26 tháng 9 năm 2023", "19/9/2023", "17h00").

The fragments match the folded key (``extractors.text.fold``), hold no groups and may be composed freely. Day and month are
never swapped: a number that cannot be a month in the second place makes no date.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from extractors.text import fold

DAY = r"(?:3[01]|[12]\d|0?[1-9])"
MONTH = r"(?:1[0-2]|0?[1-9])"
YEAR = r"(?:19|20)\d\d"
_SLASH = r"\s?//?\s?"  # a doubled slash is a common slip: "12//2026"
_MONTH_WORD = r"\s*tháng\s*"  # "ngày14 tháng 4năm 2023" comes glued out of many text layers
_YEAR_WORD = r"\s*(?:,\s*)?năm\s*"

DAY_MONTH = rf"(?:{DAY}{_MONTH_WORD}{MONTH}|{DAY}{_SLASH}{MONTH})(?!\d)"
"""A day and a month without a year; meaningful only behind a cue ("trước 30/8"), for "1/5 số hộ" has the same shape."""
FULL_DATE = (
    rf"(?:{DAY}{_MONTH_WORD}{MONTH}(?:{_YEAR_WORD}|{_SLASH}){YEAR}"
    rf"|{DAY}{_SLASH}{MONTH}{_SLASH}{YEAR}"
    rf"|{DAY}\s?-\s?{MONTH}\s?-\s?{YEAR}"
    rf"|{DAY}\s?\.\s?{MONTH}\s?\.\s?{YEAR})(?!\d)"
)
"""A day with month and year in any printed shape."""
DATE = rf"(?:ngày\s*)?{FULL_DATE}"
"""A full date with or without the word "ngày"."""

_MINUTE = r"[0-5]\d(?!\s?[/\-]\s?\d|\d|\.\d)"  # "17 giờ 19/10": 19 is the day
CLOCK = (
    r"(?<![\d/.,:])(?:2[0-4]|[01]?\d)"
    rf"(?:\s?(?:giờ|h|g)(?:\s?{_MINUTE}(?:\s?phút|\s?p\b)?['’′]?)?|:[0-5]\d)(?!\w)"
    r"(?:\s(?:sáng|trưa|chiều|tối|đêm)\b)?"
)
"""An hour of the day: "17h00", "17 giờ 00 phút", "08h", "16:30", "5 giờ chiều"; "24/24 giờ" is none."""

_BLANK = r"[\s.…_]*"
_LOOSE = r"\d\s?\d?"  # digits stamped one by one come apart: "ngày 2 6 tháng 9"
_LETTERED = re.compile(rf"ngày\s*(?:(?P<d>{_LOOSE})|{_BLANK})\s*tháng\s*(?:(?P<m>{_LOOSE})|{_BLANK}){_YEAR_WORD}(?P<y>{YEAR})(?!\d)")
_NUMERIC = re.compile(
    rf"(?<![\d/.])(?P<d>{DAY})\s?(?P<sep>[/.\-])/?\s?(?P<m>{MONTH})\s?(?P=sep)/?\s?(?P<y>{YEAR})(?![\d/]|\.\d)"
    rf"|ngày{_BLANK}/\s?(?P<m2>{MONTH})\s?/\s?(?P<y2>{YEAR})(?![\d/])"
)
_MIXED = re.compile(rf"(?<![\d/.])(?<!\d\s)(?P<d>{DAY}){_MONTH_WORD}(?P<m>{MONTH})(?:{_SLASH}|{_YEAR_WORD})(?P<y>{YEAR})(?!\d)")
_SHORT = re.compile(
    rf"(?P<d>{DAY})(?:{_MONTH_WORD}|\s?[/.\-]/?\s?)(?P<m>{MONTH})(?:(?:{_YEAR_WORD}|\s?[/.\-]/?\s?)(?P<y>{YEAR}|\d\d))?(?!\d)"
)
_CLOCK_PARTS = re.compile(r"(\d+)\s?(?:giờ|h|g|:)(?:\s?(\d\d))?.*?(sáng|trưa|chiều|tối|đêm)?$")


@dataclass(frozen=True)
class DateMention:
    """A printed date in a text; a part left blank on the paper is None."""

    start: int
    end: int
    year: int | None
    month: int | None
    day: int | None

    @property
    def whole(self) -> date | None:
        """The date when all parts are printed and make a real day."""
        return whole(self.year, self.month, self.day)


def whole(year: int | None, month: int | None, day: int | None) -> date | None:
    """Return the day, or None when a part is missing or the calendar has no such day."""
    if year is None or month is None or day is None:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def find_dates(text: str) -> tuple[DateMention, ...]:
    """Return every printed date with a year, in reading order; the day (and month) may be blank ("ngày     tháng 9 năm 2023")."""
    key = fold(text)
    if "19" not in key and "20" not in key:
        return ()
    found: list[DateMention] = []
    for pattern in (_LETTERED, _NUMERIC, _MIXED):
        for match in pattern.finditer(key):
            mention = _mention(match)
            if mention and all(mention.end <= f.start or f.end <= mention.start for f in found):
                found.append(mention)
    return tuple(sorted(found, key=lambda m: m.start))


def _mention(match: re.Match[str]) -> DateMention | None:
    groups = match.groupdict()
    day, month = _number(groups.get("d")), _number(groups.get("m") or groups.get("m2"))
    year = _number(groups.get("y") or groups.get("y2"))
    if (day is not None and not 1 <= day <= 31) or (month is not None and not 1 <= month <= 12):
        return None
    return DateMention(match.start(), match.end(), year, month, day)


def _number(digits: str | None) -> int | None:
    return int("".join(digits.split())) if digits else None


def split_days(key: str) -> tuple[tuple[int, int, int | None], ...]:
    """Return (day, month, year or None) of every day in a folded list of days ("15/6 và 15/12/2025").

    A year of two digits ("30/6/25") is one of this century.
    """
    out = []
    for match in _SHORT.finditer(key):
        year = _number(match["y"])
        out.append((int(match["d"]), int(match["m"]), year + 2000 if year is not None and year < 100 else year))
    return tuple(out)


def parse_clock(key: str) -> tuple[int, int] | None:
    """Return (hour, minute) of a folded ``CLOCK``; "5 giờ chiều" is 17; "24h00", which no day has, is 23:59."""
    match = _CLOCK_PARTS.search(key)
    if not match:
        return None
    hour, minute = int(match[1]), int(match[2] or 0)
    if match[3] in {"chiều", "tối", "đêm"} and hour < 12:
        hour += 12
    return (23, 59) if hour == 24 else (hour, minute)
