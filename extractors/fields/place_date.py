"""Place and date of issue ("địa danh và thời gian ban hành", NĐ 30/2020 Phụ lục I, II.4)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from extractors.dispatch import PrintedDate
from extractors.evidence import ABSENT, Found, Missing, Reason, Value, quote
from extractors.fields.dates import whole
from extractors.layout import Block, Word
from extractors.text import fold
from extractors.zone_lines import join
from extractors.zones import Anatomy

# A stamped number may come with its digits apart ("2 6"); a draft has blanks, dots or underscores.
_NUMBER = r"[\s.…_]*(?P<{0}>\d(?:\s?\d)?)?[\s.…_]*"
_YEAR = r"[\s.…_]*(?P<year>\d(?:\s?\d){3})?(?P<cut>\d{0,3})[\s.…_]*"
_DAY_MONTH = r"(?:^|[\s,])ngày\s?" + _NUMBER.format("day") + r"\s?tháng\s?" + _NUMBER.format("month")
_WRITTEN = re.compile(_DAY_MONTH + r"(?:năm\s?" + _YEAR + r")?")
_SHORT = re.compile(r"(?:(?:^|[\s,])ngày\s*|,\s*)(?P<day>\d{1,2})\s?[/-]\s?(?P<month>\d{1,2})\s?[/-]\s?(?P<year>\d{4})")


_DIM = re.compile(r"[\s,]ngày\b.*?(?:năm\s?(?P<year>\d{4}))?\W*$")
NOTHING_PRINTED = PrintedDate(None, None, None)


@dataclass(frozen=True)
class PlaceDate:
    """The two halves of the line; ``date`` is found only when day, month and year are all printed."""

    place: Value[str] = ABSENT
    date: Value[date] = ABSENT
    printed: PrintedDate = NOTHING_PRINTED


def read(anatomy: Anatomy) -> PlaceDate:
    """Return what the place and date line says; a line with an empty day gives a date that is missing as blank."""
    if not anatomy.place_date:
        return PlaceDate()
    line = join(anatomy.place_date)
    key = fold(line.text)
    match = _WRITTEN.search(key) or _SHORT.search(key)
    if not match or (not match["year"] and re.search(r"\w", key[match.end() :])):
        return _dim(line, key)
    printed = PrintedDate(_number(match["year"]), _number(match["month"]), _number(match["day"]))
    return PlaceDate(_place(line, match.start()), _date(line, match.start(), printed), printed)


def _dim(line: Block, key: str) -> PlaceDate:
    """A line whose day or month was written by hand and cannot be read: the place is there, the date is not."""
    match = _DIM.search(key)
    if not match:
        return PlaceDate()
    lead = len(match[0]) - len(match[0].lstrip(" ,"))
    unread = Missing(Reason.UNREADABLE, evidence=quote(line, match.start() + lead))
    return PlaceDate(_place(line, match.start()), unread, PrintedDate(_number(match["year"]), None, None))


def _number(digits: str | None) -> int | None:
    return int("".join(digits.split())) if digits else None


def _place(line: Block, end: int) -> Value[str]:
    text = line.text[:end].rstrip(" ,.…_")
    start = len(text) - len(text.lstrip(" .…_(,"))
    if not any(c.isalpha() for c in text):
        return Missing(Reason.BLANK) if "…" in line.text[:end] or ".." in line.text[:end] else ABSENT
    return Found(text[start:], quote(line, start, len(text)))


def _date(line: Block, start: int, printed: PrintedDate) -> Value[date]:
    lead = len(line.text[start:]) - len(line.text[start:].lstrip(" ,"))
    evidence = quote(line, start + lead)
    if printed.whole:
        return Found(printed.whole, evidence)
    if line.filled_in:
        return Missing(Reason.UNREADABLE, _days(printed, line.filled_in), evidence)
    blank = printed.day is None or printed.month is None or printed.year is None
    return Missing(Reason.BLANK if blank else Reason.UNREADABLE, evidence=evidence)


def _days(printed: PrintedDate, hand: Word) -> tuple[str, ...]:
    """The days that the hand may have written, where month and year are known."""
    days = (whole(printed.year, printed.month, int(day)) for day in hand.maybe) if printed.day is None else ()
    return tuple(day.isoformat() for day in days if day)
