"""Single days and hours ("trước 17h00 ngày 29/9/2025", "trước 30/8", "cùng ngày", "thứ Sáu tuần này")."""

from __future__ import annotations

import re
from datetime import date, timedelta

from extractors.fields.dates import DAY, DAY_MONTH, FULL_DATE, MONTH, find_dates, split_days
from extractors.fields.deadline_model import UNRESOLVED, Bound, Calendar, Candidate, Form, Frame, Rule, Shape, due_readings, shape_pattern
from extractors.fields.deadline_recurring import SEP, WEEKDAY, weekday_codes

_SPAN = rf"(?:{DAY}~(?:-|đến|và|,|hoặc)~(?:ngày~)?){{0,11}}"  # "5-10/9/2025", "15 và 30/9/2025": days that share what follows
_SHORT_YEAR = rf"{DAY}/{MONTH}/\d\d(?![\d/])"
_ITEM = rf"(?:{FULL_DATE}|{_SHORT_YEAR})"
_DATED = (
    rf"(?:{_ITEM}(?:{SEP}(?:trước )?(?:ngày~)?{_ITEM}){{0,11}}"
    rf"|{DAY_MONTH}(?:{SEP}(?:ngày~)?{DAY_MONTH}){{0,11}}{SEP}(?:ngày~)?{_ITEM})"
)
_BEFORE_DAY = rf"(?:{WEEKDAY}~[,(]?~|(?:sáng|trưa|chiều|tối|đêm) )?(?:các )?(?:ngày~)?(?:{WEEKDAY}~[,(]?~(?:ngày~)?)?"
_AFTER_DAY = r"(?:~\((?:thứ \w{1,4}|chủ nhật)\)|\))?"
_SEEN_BEFORE = 600  # characters
_WEEKDAY_NUMBER = {"MO": 0, "TU": 1, "WE": 2, "TH": 3, "FR": 4, "SA": 5, "SU": 6}


def _shared(key: str, frame: Frame) -> tuple[date | None, ...]:
    """The days of a list; days without month or year take those that follow ("15 và 30/9/2025"), a hyphen keeps the last."""
    days = split_days(key)
    lead = re.split(rf"{DAY}\s?(?:/|tháng|\.|-\s?{MONTH}\s?-)", key, maxsplit=1)[0]
    extra = () if "-" in lead or "đến" in lead else tuple((int(n), *days[0][1:]) for n in re.findall(r"\d+", lead))
    year = next((y for _, _, y in reversed(days) if y), None)
    return tuple(frame.calendar.day(d, m, y or year) for d, m, y in (*extra, *days))


def _dated(match: re.Match[str], frame: Frame) -> Candidate:
    end = match.end()
    if match[0].endswith(")") and "(" not in match[0]:
        end -= 1
    return Candidate(frame.start, end, Form.DAY, frame.bound, due_readings(_shared(match["dates"], frame), frame))


def _yearless(match: re.Match[str], frame: Frame) -> Candidate:
    pairs = tuple((d, m) for d, m, _ in split_days(match["dates"]))
    offset = {"này": 0, "nay": 0, "tới": 1}.get(match["year"] or "")
    year = frame.calendar.year + offset if offset is not None and frame.calendar.year else None
    days = tuple(frame.calendar.day(d, m, year) for d, m in pairs)
    form = Form.DAY if year else Form.YEARLESS
    found = due_readings(days, frame)
    return Candidate(frame.start, match.end(), form, frame.bound, found, Rule(dates=pairs, clocks=frame.clocks))


def _day_of_this_month(match: re.Match[str], frame: Frame) -> Candidate:
    issued = frame.calendar.issued
    if issued is None:
        return Candidate(frame.start, match.end(), Form.DAY, frame.bound, (UNRESOLVED,))
    month = issued.month + (match["which"] != "này")
    day = Calendar().day(int(match["d"]), (month - 1) % 12 + 1, issued.year + (month - 1) // 12)
    return Candidate(frame.start, match.end(), Form.DAY, frame.bound, due_readings((day,), frame))


def _same_day(match: re.Match[str], frame: Frame) -> Candidate:
    """Read "cùng ngày": the last day named before it in the text; the words are left unresolved when there is none."""
    before = frame.key[max(0, frame.start - _SEEN_BEFORE) : frame.start]
    named = find_dates(before)
    day = named[-1].whole if named else _last_yearless(before, frame)
    return Candidate(frame.start, match.end(), Form.DAY, frame.bound, due_readings((day,), frame))


def _last_yearless(before: str, frame: Frame) -> date | None:
    named = re.findall(rf"ngày\s{{0,3}}{DAY_MONTH}", before)
    if not named:
        return None
    day, month, year = split_days(named[-1])[0]
    return frame.calendar.day(day, month, year)


def _today(match: re.Match[str], frame: Frame) -> Candidate:
    issued = frame.calendar.issued
    day = issued + timedelta(days=match["mai"] is not None) if issued else None
    return Candidate(frame.start, match.end(), Form.DAY, frame.bound, due_readings((day,), frame))


def _weekday_of_week(match: re.Match[str], frame: Frame) -> Candidate:
    issued = frame.calendar.issued
    if issued is None:
        return Candidate(frame.start, match.end(), Form.DAY, frame.bound, (UNRESOLVED,))
    monday = issued - timedelta(days=issued.weekday()) + timedelta(weeks=match["which"] != "này")
    days = tuple(monday + timedelta(days=_WEEKDAY_NUMBER[code]) for code in weekday_codes(match["weekday"]))
    return Candidate(frame.start, match.end(), Form.DAY, frame.bound, due_readings(days, frame))


def _blank_day(match: re.Match[str], frame: Frame) -> Candidate:
    return Candidate(frame.start, match.end(), Form.DAY, frame.bound, (UNRESOLVED,), strong=frame.bound is Bound.BEFORE)


_D = ("#", "ngày", "các", "thứ", "chủ", "sáng", "trưa", "chiều", "tối", "đêm")

SHAPES: tuple[Shape, ...] = (
    Shape("dated", _D, shape_pattern(rf"{_BEFORE_DAY}(?P<dates>{_SPAN}{_DATED}){_AFTER_DAY}"), _dated),
    Shape(
        "yearless",
        _D,
        shape_pattern(
            rf"{_BEFORE_DAY}(?P<dates>{_SPAN}{DAY_MONTH}(?:{SEP}(?:ngày~)?{DAY_MONTH}){{0,11}})(?![\w%/])"
            rf"(?:,? năm (?P<year>này|nay|tới)(?!\w))?"
        ),
        _yearless,
    ),
    Shape("day_of_this_month", ("ngày",), shape_pattern(rf"ngày~(?P<d>{DAY}) (?:của )?tháng (?P<which>này|tới)(?!\w)"), _day_of_this_month),
    Shape("same_day", ("cùng",), shape_pattern(r"cùng ngày(?!\w)"), _same_day),
    Shape("today", ("ngày", "hôm", "ngay"), shape_pattern(r"(?:ngày )?(?:hôm nay|(?P<mai>hôm sau|mai))(?!\w)"), _today),
    Shape(
        "weekday_of_week",
        ("thứ", "chủ", "ngày"),
        shape_pattern(rf"(?:ngày )?(?P<weekday>{WEEKDAY}) (?:của )?tuần (?P<which>này|sau|tới)(?!\w)"),
        _weekday_of_week,
    ),
    Shape(
        "blank_day",
        ("ngày",),
        shape_pattern(rf"ngày~(?:[.…_]{{1,20}}|{DAY}?)~(?:/|tháng)~(?:[.…_]{{1,20}}|{MONTH})~(?:(?:/|năm)~20\d\d)"),
        _blank_day,
    ),
)
"""In the order in which they are tried; a rule of recurrence ("… hằng năm") is tried before them."""
