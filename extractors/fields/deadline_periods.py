"""Months, quarters, halves and years as deadlines ("trong tháng 9/2025", "Quý IV/2025", "6 tháng đầu năm 2025"): due on the last day.

"trước tháng 10/2024" excludes the whole month: its first day is already too late.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from extractors.dispatch import DeadlineKind
from extractors.fields.dates import MONTH, YEAR
from extractors.fields.deadline_model import UNRESOLVED, Bound, Calendar, Candidate, Form, Frame, Shape, due_readings, shape_pattern
from extractors.fields.deadline_numbers import NUMBER, number
from extractors.fields.deadline_recurring import EVERY, QUARTER, SEP, WEEKDAY, recurring, weekday_codes
from extractors.fields.deadline_rules import rrule

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_WEEK = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_PART_DAY = {"đầu": 10, "giữa": 20}  # thirds of a month, as offices count them
_ORDINAL = r"(?:iii|iv|ii|i|[1-4])(?!\w)"
_OF_YEAR = rf"(?:~(?:,~)?năm~|~//?~(?:năm~)?|~[.\-]~)(?P<y>{YEAR})(?!\d)"
_AND = rf"(?:{SEP}|~-~|~–~| đến )"


def _months(first: int, last: int, year: int | None, frame: Frame, part: str | None) -> tuple[date | None, date | None]:
    """First and last day of these months; without a year the next ones that end on or after the dispatch's day."""
    if year is None:
        end = _next_end(last, frame.calendar)
        year = end.year if end else None
    if year is None:
        return None, None
    last_day = _PART_DAY.get(part or "", calendar.monthrange(year, last)[1])
    return date(year, first, 1), date(year, last, last_day)


def _next_end(month: int, days: Calendar) -> date | None:
    if days.issued is None:
        return date(days.year_hint, month, 1) if days.year_hint else None
    year = days.issued.year + (month < days.issued.month)
    return date(year, month, 1)


def _period(match: re.Match[str], frame: Frame, span: tuple[date | None, date | None], form: Form = Form.PERIOD) -> Candidate:
    first, last = span
    named_end = frame.whole_period or _group(match, "part") is not None
    if frame.bound is Bound.BEFORE:
        found = due_readings((last if named_end else first,), frame)
    else:
        found = due_readings((last,), frame, DeadlineKind.PERIOD)
    return Candidate(frame.start, match.end(), form, frame.bound, found if last else (UNRESOLVED,))


def _group(match: re.Match[str], name: str) -> str | None:
    return match.groupdict().get(name)


def _year(match: re.Match[str], frame: Frame) -> int | None:
    if match["y"]:
        return int(match["y"])
    return frame.calendar.year if _group(match, "thisyear") else None


def _month(match: re.Match[str], frame: Frame) -> Candidate:
    numbers = [int(n) for n in re.findall(r"\d+", match["months"])]
    return _period(match, frame, _months(numbers[0], numbers[-1], _year(match, frame), frame, _group(match, "part")))


def _quarter(match: re.Match[str], frame: Frame) -> Candidate:
    numbers = [_ROMAN.get(n) or int(n) for n in re.findall(r"(?<!\w)(?:iii|iv|ii|i|[1-4])(?!\w)", match["quarters"])]
    if _group(match, "yearly"):
        return recurring(match, frame, rrule("YEARLY", bymonth=tuple(n * 3 for n in numbers)), strong=frame.bound is not Bound.NONE)
    return _period(match, frame, _months(numbers[0] * 3 - 2, numbers[-1] * 3, _year(match, frame), frame, None))


def _months_of_year(match: re.Match[str], frame: Frame) -> Candidate | None:
    count = number(match["n"])
    if not 1 <= count <= 12:
        return None
    first, last = (1, count) if match["where"] == "đầu" else (13 - count, 12)
    return _period(match, frame, _months(first, last, _year(match, frame), frame, None))


def _year_period(match: re.Match[str], frame: Frame) -> Candidate:
    years = [int(y) for y in re.findall(YEAR, match[0])]
    return _period(match, frame, (date(years[0], 1, 1), date(years[-1], 12, 31)), Form.YEAR)


def _this_period(match: re.Match[str], frame: Frame) -> Candidate:
    issued = frame.calendar.issued
    if issued is None:
        return Candidate(frame.start, match.end(), Form.PERIOD, frame.bound, (UNRESOLVED,))
    return _period(match, frame, _around(match["unit"], match["which"], issued))


def _weekday_of_week(match: re.Match[str], frame: Frame) -> Candidate:
    issued = frame.calendar.issued
    day = None
    if issued is not None:
        monday, _ = _around("tuần", match["which"], issued)
        day = monday + timedelta(days=_WEEK.index(weekday_codes(match["weekday"])[0]))
    return Candidate(frame.start, match.end(), Form.DAY, frame.bound, due_readings((day,), frame))


def _around(unit: str, which: str, issued: date) -> tuple[date, date]:
    later = which not in {"này", "nay"}
    if unit == "tuần":
        monday = issued - timedelta(days=issued.weekday()) + timedelta(weeks=later)
        return monday, monday + timedelta(days=6)
    if unit == "năm":
        return date(issued.year + later, 1, 1), date(issued.year + later, 12, 31)
    size = 1 if unit == "tháng" else 3
    index = issued.year * 12 + (issued.month - 1) // size * size + later * size
    first, last = index, index + size - 1
    year, month = divmod(last, 12)
    return date(first // 12, first % 12 + 1, 1), date(year, month + 1, calendar.monthrange(year, month + 1)[1])


def _year_end(match: re.Match[str], frame: Frame) -> Candidate:
    year = frame.calendar.year
    return _period(match, frame, (date(year, 1, 1), date(year, 12, 31)) if year else (None, None), Form.YEAR)


_PART = r"(?:(?P<part>đầu|giữa|cuối) )?"

SHAPES: tuple[Shape, ...] = (
    Shape(
        "months_of_year",
        ("#", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"),
        shape_pattern(rf"(?P<n>{NUMBER}) tháng (?P<where>đầu|cuối) năm(?:~(?P<y>{YEAR})(?!\d)| (?P<thisyear>nay|này))?(?!\w)"),
        _months_of_year,
    ),
    Shape(
        "month",
        ("tháng", "thang", "đầu", "giữa", "cuối", "các"),
        shape_pattern(
            rf"(?:các )?{_PART}(?P<months>th[áa]ng~{MONTH}(?!\d)(?:{_AND}(?:tháng~)?{MONTH}(?!\d|/\d{{1,2}}(?!\d))){{0,11}})"
            rf"(?:{_OF_YEAR}| (?P<thisyear>năm nay|năm này))?(?![\d%])"
        ),
        _month,
    ),
    Shape("month_as_day", ("ngày",), shape_pattern(rf"ngày~(?P<months>{MONTH})~/~(?P<y>{YEAR})(?![\d/])"), _month),
    Shape(
        "quarter",
        ("quý", "quí", "qúy", "qúi", "các", "cuối", "đầu"),
        shape_pattern(
            rf"(?:các )?(?:cuối |đầu )?(?P<quarters>{QUARTER}~{_ORDINAL}(?:{_AND}(?:{QUARTER} )?{_ORDINAL}){{0,11}})"
            rf"(?:{_OF_YEAR}|(?P<yearly>(?:~,)? {EVERY} năm))?"
        ),
        _quarter,
    ),
    Shape(
        "year",
        ("năm", "giai", "các", "cuối", "#", "hai"),
        shape_pattern(
            rf"(?:giai đoạn |{NUMBER} năm |các năm |(?P<part>cuối )?năm )(?:từ )?{YEAR}(?!\d|/\d)"
            rf"(?:(?:{_AND}|~,~)(?:năm )?{YEAR}(?!\d|/\d)){{0,11}}"
        ),
        _year_period,
    ),
    Shape(
        "this_period",
        ("tháng", "quý", "quí", "tuần", "năm", "cuối"),
        shape_pattern(r"(?P<part>cuối )?(?P<unit>tháng|quý|quí|tuần|năm) (?P<which>này|nay|tới|sau|kế tiếp|tiếp theo)(?!\w)"),
        _this_period,
    ),
    Shape("year_end", ("cuối",), shape_pattern(r"(?P<part>cuối) năm(?! ~?\d)(?: nay| này)?(?!\w)"), _year_end),
)
"""In the order in which they are tried."""

WEEKDAY_SHAPES: tuple[Shape, ...] = (
    Shape(
        "weekday_of_week",
        ("thứ", "chủ", "ngày", "buổi", "sáng", "trưa", "chiều", "tối"),
        shape_pattern(
            rf"(?:ngày |(?:buổi )?(?:sáng|trưa|chiều|tối) )?(?P<weekday>{WEEKDAY})"
            r" (?:của )?tuần (?P<which>này|tới|sau|kế tiếp|tiếp theo)(?!\w)"
        ),
        _weekday_of_week,
    ),
)
"""Tried before a weekday alone."""

_BARE_MONTH = shape_pattern(rf"(?P<months>{MONTH})~//?~(?P<y>{YEAR})(?!\d)")
_BARE_QUARTER = shape_pattern(rf"(?P<quarters>(?:iii|iv|ii|i)(?!\w)){_OF_YEAR}")
_BARE_YEARS = shape_pattern(rf"{YEAR}(?!\d)(?:~-~{YEAR}(?!\d))?")

CELL_SHAPES: tuple[Shape, ...] = (
    Shape("bare_month", ("#",), _BARE_MONTH, _month),
    Shape("bare_quarter", ("i", "ii", "iii", "iv"), _BARE_QUARTER, _quarter),
    Shape("bare_years", ("#",), _BARE_YEARS, _year_period),
)
"""Short forms that only a due column makes plain: "12/2025", "IV/2025", "2025-2027"."""
