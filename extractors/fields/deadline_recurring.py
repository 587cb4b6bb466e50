"""Recurring times: "trước ngày 15 hằng tháng", "ngày 20 của tháng cuối quý", "01 lần/tuần", "định kỳ 6 tháng"."""

from __future__ import annotations

import re

from extractors.dispatch import Deadline, DeadlineKind
from extractors.fields.dates import DAY, DAY_MONTH, MONTH, split_days
from extractors.fields.deadline_model import Bound, Candidate, Form, Frame, Rule, Shape, shape_pattern
from extractors.fields.deadline_numbers import NUMBER, number
from extractors.fields.deadline_rules import QUARTER_ENDS, interval_rule, month_day, periodic, rrule, times_rule, yearly

_WEEKDAYS = {"hai": "MO", "ba": "TU", "tư": "WE", "năm": "TH", "sáu": "FR", "bảy": "SA", "bẩy": "SA"}
_WEEKDAYS |= {"2": "MO", "3": "TU", "4": "WE", "5": "TH", "6": "FR", "7": "SA"}

EVERY = r"(?:hằng|hàng|mỗi)"
QUARTER = r"(?:qu[ýí]|q[úù][yi])"
SEP = r"(?:~,~và |~,~| và | hoặc |~;~)"
PERIOD_NAME = rf"(?:(?:06|6|sáu) tháng|nửa năm|ngày|tuần|tháng|{QUARTER}|năm)(?!\w)"
WEEKDAY = r"(?:thứ~(?:hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|chủ nhật)(?!\w)"
WEEKDAYS = rf"{WEEKDAY}(?:{SEP}(?:ngày )?{WEEKDAY}){{0,11}}"
_DAY_LIST = rf"(?:mùng )?{DAY}(?![\d%])(?:~\([^()]{{1,20}}\))?(?:{SEP}(?:ngày~)?{DAY}(?![\d/%])){{0,11}}"
DAYS = rf"(?:các )?(?:ngày~)?{_DAY_LIST}"
DAY_MONTHS = rf"(?:các )?(?:ngày~)?{DAY_MONTH}(?:{SEP}(?:trước )?(?:ngày~)?{DAY_MONTH}){{0,11}}"
_NEXT = r"(?:ngay |liền |liền kề |kế )?(?:sau|tiếp theo|tiếp sau|kế tiếp|kế sau|liền kề|liền sau|sau liền kề)"
_MONTH_BRANCHES = (
    rf"(?:~,)?~\(?(?:của )?{EVERY} tháng",
    rf"(?:~,)?~(?:của )?tháng (?:{_NEXT}|báo cáo)(?: (?:tháng báo cáo|liền kề))?",
    r" của tháng(?!~\d| này| tới)(?! [cđ][uầ])",  # "của tháng cuối quý" is told by its own shape
)
_ANNUAL_REPORT = rf"(?=~\(?đối với báo cáo (?:định kỳ )?(?:{EVERY} )?(?:(?:06|6|sáu) tháng|năm)(?! đầu| cuối|~\d))"
YEARLY = rf"(?:(?:~,)?~\(?(?:của )?{EVERY} năm\)?|,? (?:của )?năm (?:{_NEXT}|báo cáo)(?: năm báo cáo)?|{_ANNUAL_REPORT})"
_PLACES = {"đầu": 1, "thứ hai": 2, "giữa": 2, "thứ ba": 3, "cuối": 3}


def recurring(match: re.Match[str], frame: Frame, *rules: str, strong: bool = True, form: Form = Form.RECURRING) -> Candidate:
    """Return the candidate for these rules at this place."""
    before = frame.bound is Bound.BEFORE
    readings = tuple(Deadline("", DeadlineKind.RECURRING, before=before, rrule=rule) for rule in rules)
    return Candidate(frame.start, match.end(), form, frame.bound, readings, strong=strong)


def code_of(name: str) -> str:
    """Return the code of a period's name ("quý" is Q)."""
    if name.startswith(("06", "6", "sáu", "nửa")):
        return "H"
    return {"n": "D" if name.startswith("ng") else "Y", "t": "W" if name.startswith("tu") else "M"}.get(name[0], "Q")


def day_numbers(key: str) -> tuple[int, ...]:
    """Return the days in a folded list ("05 và 20"); words in brackets repeat a number."""
    return tuple(int(n) for n in re.findall(r"\d+", re.sub(r"\([^)]*\)", "", key)))


def weekday_codes(key: str) -> tuple[str, ...]:
    """Return the RFC 5545 names of the weekdays in a folded list."""
    return tuple(_WEEKDAYS.get(m[1], "SU") for m in re.finditer(r"thứ\s*(\w+)|chủ nhật", key))


def _quarter_month(match: re.Match[str], frame: Frame) -> Candidate:
    place = _PLACES[match["place"]]
    months = tuple(range(place, 13, 3))
    days = tuple(month_day(d) for d in day_numbers(match["days"] or ""))
    return recurring(match, frame, rrule("YEARLY", frame.clocks, bymonth=months, bymonthday=days))


def _quarter_last_day(match: re.Match[str], frame: Frame) -> Candidate:
    strong = frame.bound is not Bound.NONE or match[0].startswith("ngày")
    return recurring(match, frame, rrule("YEARLY", frame.clocks, bymonth=QUARTER_ENDS, bymonthday=-1), strong=strong)


def _month_last_day(match: re.Match[str], frame: Frame) -> Candidate:
    if match["work"]:
        return recurring(match, frame, rrule("MONTHLY", frame.clocks, byday=("MO", "TU", "WE", "TH", "FR"), bysetpos=-1))
    return recurring(match, frame, rrule("MONTHLY", frame.clocks, bymonthday=-1))


def _days_and_last(match: re.Match[str], frame: Frame) -> Candidate:
    return recurring(match, frame, rrule("MONTHLY", frame.clocks, bymonthday=(*day_numbers(match["days"]), -1)))


def _end_of_every(match: re.Match[str], frame: Frame) -> Candidate:
    return recurring(match, frame, *periodic(Rule((code_of(match["unit"]),), clocks=frame.clocks)))


def _days_of_months(match: re.Match[str], frame: Frame) -> Candidate | None:
    months = tuple(int(m) for m in re.findall(r"\d+", match["months"]))
    if len(months) == 1 and not match["yearly"]:
        return None
    return recurring(match, frame, rrule("YEARLY", frame.clocks, bymonth=months, bymonthday=day_numbers(match["days"])))


def _days_of_year(match: re.Match[str], frame: Frame) -> Candidate:
    dates = tuple((d, m) for d, m, _ in split_days(match["dates"]))
    return recurring(match, frame, *yearly(dates, frame.clocks), strong=frame.bound is not Bound.NONE or match[0].startswith("ngày"))


def _month_of_year(match: re.Match[str], frame: Frame) -> Candidate:
    month = int(match["m"])
    day: int | str = 1 if frame.bound is Bound.BEFORE else ""
    return recurring(match, frame, rrule("YEARLY", frame.clocks, bymonth=month, bymonthday=day), strong=frame.bound is not Bound.NONE)


def _days_of_month(match: re.Match[str], frame: Frame) -> Candidate:
    days = tuple(month_day(d) for d in day_numbers(match["days"]))
    return recurring(match, frame, rrule("MONTHLY", frame.clocks, bymonthday=days))


def _days_of_period(match: re.Match[str], frame: Frame) -> Candidate:
    codes = tuple(code_of(name) for name in re.findall(PERIOD_NAME.replace(" ", r"\s"), match["periods"]))
    return recurring(match, frame, *periodic(Rule(codes, day_numbers(match["days"]), clocks=frame.clocks)))


def _weekdays(match: re.Match[str], frame: Frame) -> Candidate:
    days = weekday_codes(match["weekdays"])
    if match["weekly"] or match["every"]:
        return recurring(match, frame, rrule("WEEKLY", frame.clocks, byday=days))
    return Candidate(frame.start, match.end(), Form.LOOSE, frame.bound, rule=Rule(("W",), weekdays=days, clocks=frame.clocks))


def _first_week(match: re.Match[str], frame: Frame) -> Candidate:
    return recurring(match, frame, rrule("MONTHLY", frame.clocks, byday="MO", bysetpos=1))


def _last_week(match: re.Match[str], frame: Frame) -> Candidate:
    return recurring(match, frame, rrule("MONTHLY", frame.clocks, byday=("MO", "TU", "WE", "TH", "FR"), bysetpos=-1))


def _loose_days(match: re.Match[str], frame: Frame) -> Candidate:
    rule = Rule(("M",), day_numbers(match["days"]), clocks=frame.clocks)
    return Candidate(frame.start, match.end(), Form.LOOSE, frame.bound, rule=rule)


def _every(match: re.Match[str], frame: Frame) -> Candidate | None:
    names = re.findall(PERIOD_NAME.replace(" ", r"\s"), match["periods"])
    codes = tuple(dict.fromkeys(code_of(name) for name in names))
    if frame.clocks and codes != ("D",):
        return None
    rule = Rule(codes, clocks=frame.clocks)
    if frame.clocks:
        return recurring(match, frame, *periodic(rule))
    found = recurring(match, frame, *periodic(rule), strong=match.groupdict().get("regular") is not None, form=Form.FREQUENCY)
    return Candidate(found.start, found.end, found.form, found.bound, found.readings, rule, found.strong)


def _once_per(match: re.Match[str], frame: Frame) -> Candidate:
    name = match["unit"]
    code = "H" if name.startswith("nửa") else code_of(name)
    count = number(match["n"]) if match["n"] else 1
    return recurring(match, frame, interval_rule(count, code), form=Form.FREQUENCY)


def _times_per(match: re.Match[str], frame: Frame) -> Candidate:
    unit = match["unit"] or match["unit2"]
    found = recurring(match, frame, times_rule(number(match["n"] or match["n2"]), code_of(unit)), form=Form.FREQUENCY)
    return Candidate(found.start, found.end, found.form, found.bound, found.readings, Rule((code_of(unit),)), strong=True)


def _report(match: re.Match[str], frame: Frame) -> Candidate:
    return Candidate(frame.start, match.end(), Form.REPORT, frame.bound, rule=Rule((code_of(match["unit"]),)))


_LEAST = r"(?:(?:ít nhất|tối thiểu)(?: là)? )?"
_UNIT = rf"(?:ngày|tuần|tháng|{QUARTER}|năm)(?!\w)"
_D = ("#", "ngày", "các", "mùng")

SHAPES: tuple[Shape, ...] = (
    Shape(
        "quarter_month",
        (*_D, "tháng"),
        shape_pattern(
            rf"(?P<days>{DAYS})?(?:~,)?~(?:của )?(?:các )?tháng (?P<place>đầu|cuối|giữa|thứ hai|thứ ba)(?: tiên| cùng)?"
            rf"(?: của| trong)?(?: {EVERY}| từng)? {QUARTER}(?: {_NEXT}| báo cáo)?(?: {EVERY} năm)?"
        ),
        _quarter_month,
    ),
    Shape(
        "quarter_last_day",
        ("ngày", "cuối"),
        shape_pattern(rf"(?:ngày )?cuối(?: cùng)?(?: của)?(?: {EVERY}| từng)? {QUARTER}(?! ?(?:[iv1-4]))(?!\w)"),
        _quarter_last_day,
    ),
    Shape(
        "month_last_day",
        ("ngày", "cuối"),
        shape_pattern(
            rf"(?:ngày (?P<work>làm việc )?cuối(?: cùng)?(?: của| trong)?(?: {EVERY})? tháng|cuối {EVERY} tháng)(?!~\d| này| [đc][ầu])"
        ),
        _month_last_day,
    ),
    Shape(
        "end_of_every",
        ("cuối",),
        shape_pattern(rf"cuối {EVERY} (?P<unit>ngày|tuần)(?!\w)"),
        _end_of_every,
    ),
    Shape(
        "days_and_last",
        _D,
        shape_pattern(rf"(?P<days>{DAYS}){SEP}(?:ngày )?cuối(?: cùng)?(?: của)?(?: {EVERY})? tháng(?!~\d| này| [đc][ầu])"),
        _days_and_last,
    ),
    Shape(
        "days_of_months",
        _D,
        shape_pattern(
            rf"(?P<days>{DAYS})(?:~,)?~(?:của )?(?:các )?(?P<months>tháng~{MONTH}(?![\d/])(?:{SEP}(?:tháng~)?{MONTH}(?![\d/])){{0,11}})"
            rf"(?P<yearly>{YEARLY})?(?!~/| năm~\d)"
        ),
        _days_of_months,
    ),
    Shape("days_of_year", _D, shape_pattern(rf"(?P<dates>{DAY_MONTHS}){YEARLY}"), _days_of_year),
    Shape("month_of_year", ("tháng",), shape_pattern(rf"tháng~(?P<m>{MONTH}){YEARLY}"), _month_of_year),
    Shape("days_of_quarter", _D, shape_pattern(rf"(?P<days>{DAYS})(?:~,)? (?P<periods>{EVERY} {QUARTER})(?!\w)"), _days_of_period),
    Shape(
        "days_of_report",
        _D,
        shape_pattern(rf"(?P<days>{DAYS}) của kỳ báo cáo~\((?P<periods>{PERIOD_NAME}(?:{SEP}{PERIOD_NAME}){{0,11}})\)"),
        _days_of_period,
    ),
    *(Shape("days_of_month", _D, shape_pattern(rf"(?P<days>{DAYS}){branch}\)?(?!\w)"), _days_of_month) for branch in _MONTH_BRANCHES),
    Shape("last_week", ("tuần",), shape_pattern(rf"tuần (?:cuối cùng|cuối)(?: của| trong)?(?: {EVERY})? tháng(?!~\d| này)"), _last_week),
    Shape("first_week", ("tuần",), shape_pattern(rf"tuần (?:đầu tiên|đầu|thứ nhất)(?: của)?(?: {EVERY})? tháng(?!~\d)"), _first_week),
    Shape(
        "once_per",
        ("#", "một", "hai", "ba", "bốn", "sáu", "định"),
        shape_pattern(rf"(?P<regular>định kỳ )?(?:cứ )?(?P<n>{NUMBER})~(?P<unit>nửa năm|{_UNIT})(?:~/~| )(?:(?:một|01|1) )?lần(?!\w)"),
        _once_per,
    ),
    Shape(
        "times_per",
        ("#", "ít", "tối", "một", "hai", "ba", "bốn", "mỗi", "hằng", "hàng", "định"),
        shape_pattern(
            rf"(?:định kỳ )?(?:{_LEAST}(?P<n>{NUMBER}) lần(?:~/~| trên | mỗi | một | trong | )(?:01 |1 |một )?(?P<unit>{_UNIT})"
            rf"|{EVERY} (?P<unit2>{_UNIT})(?:~,)? {_LEAST}(?P<n2>{NUMBER}) lần(?!\w))"
        ),
        _times_per,
    ),
    Shape(
        "every",
        ("hằng", "hàng", "mỗi", "định", "theo"),
        shape_pattern(
            rf"(?:theo )?(?:(?P<regular>định kỳ )(?:theo )?(?:{EVERY} |từng )?|{EVERY} )"
            rf"(?P<periods>{PERIOD_NAME}(?:(?:{SEP}|~/~)(?:{EVERY} |một |01 |1 )?{PERIOD_NAME}){{0,11}})(?! [iv]+(?!\w)|~\d)"
        ),
        _every,
    ),
    Shape(
        "report",
        ("báo",),
        shape_pattern(rf"báo cáo (?:định kỳ )?(?P<unit>{PERIOD_NAME})(?! (?:đầu|cuối|\d|này|trước(?! ngày| \d)))"),
        _report,
    ),
)
"""In the order in which they are tried, before single days: "15/6 hằng năm" is a rule."""

LOOSE_SHAPES: tuple[Shape, ...] = (
    Shape(
        "weekdays",
        ("thứ", "chủ", "ngày", "các", "buổi", "sáng", "trưa", "chiều", "tối"),
        shape_pattern(
            rf"(?P<every>các ngày )?(?:ngày |(?:buổi )?(?:sáng|trưa|chiều|tối) )?(?P<weekdays>{WEEKDAYS})"
            rf"(?P<weekly>(?:~,)?~\(?(?:của )?(?:{EVERY} tuần|tuần báo cáo)\)?)?"
        ),
        _weekdays,
    ),
    Shape("loose_days", ("ngày", "các"), shape_pattern(rf"(?P<days>(?:các )?ngày~{_DAY_LIST})(?!~[/.\-]~\d|~tháng|\w)"), _loose_days),
)
"""Tried after single days: "thứ Sáu, ngày 05/9/2025" is one."""

CELL_SHAPES: tuple[Shape, ...] = (
    Shape(
        "bare_periods",
        ("#", "sáu", "nửa", "ngày", "tuần", "tháng", "quý", "quí", "năm"),
        shape_pattern(rf"(?P<periods>{PERIOD_NAME}(?:(?:{SEP}|~/~)(?:{EVERY} |01 |1 )?{PERIOD_NAME})+)(?!~\d)"),
        _every,
    ),
)
"""Lists that only a due column makes plain: "6 tháng, hằng năm"."""
