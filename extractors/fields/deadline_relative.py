"""Terms counted from an event ("trong 05 ngày làm việc từ khi có đủ hồ sơ").

A term that names no event has no anchor. "03 ngày trước ngày họp" is a negative amount.
"""

from __future__ import annotations

import re

from extractors.dispatch import Anchor, Deadline, DeadlineKind, Unit
from extractors.fields.deadline_model import Bound, Candidate, Form, Frame, Shape, shape_pattern
from extractors.fields.deadline_numbers import NUMBER, NUMBER_STARTS, number
from extractors.fields.deadline_recurring import QUARTER, recurring
from extractors.fields.deadline_rules import QUARTER_ENDS, rrule

_UNIT = r"(?P<unit>ngày làm việc|ngày|giờ làm việc|giờ|tiếng|tuần|tháng|năm)(?!\w)"
_WORKING = r"(?P<working>~\((?:ngày làm việc|làm việc|không (?:kể|tính|bao gồm)[^()]{1,40})\))?"
_AMOUNT = rf"(?P<n>{NUMBER})~{_UNIT}{_WORKING}"
_TAIL_STOP = r"(?= (?:để|phải|thì|có trách nhiệm|và báo cáo|và gửi)(?!\w)|~[,;:()]|\.(?:\s|$|/)|~/\.|~$)"
_EVENT = rf"(?: (?P<event>[^,;:()]{{1,90}}?){_TAIL_STOP})?"
_FROM = r"~,?~(?:tính )?(?:(?:kể từ|tính từ|sau) (?:sau )?(?:khi|ngày|lúc|thời điểm)(?!\w)|từ (?:khi|lúc|ngày(?! \d))(?!\w))"

_DOCUMENT = (
    r"(?:văn bản|công văn|công điện|chỉ thị|thông báo|quyết định|kế hoạch|nghị quyết|hướng dẫn|chương trình|tờ trình"
    r"|ý kiến chỉ đạo|chỉ đạo|kết luận thanh tra|kết luận)"
)
_THIS = r"(?: (?:chỉ đạo|triển khai|kết luận))?(?: số [\w/.\-]{1,30})? (?:này|nêu trên|nói trên|trên đây|trên)"
_RECEIVED = shape_pattern(
    rf"(?:được )?(?:tiếp nhận|nhận)(?: được)?(?: {_DOCUMENT}{_THIS}| (?:văn bản|công văn|công điện|văn bản chỉ đạo|chỉ đạo))?$"
)
_ISSUED = shape_pattern(
    rf"(?:(?:ký|phát hành|ban hành|ký ban hành|ký, ban hành|ký phát hành)(?: {_DOCUMENT}(?:{_THIS})?)?"
    rf"|{_DOCUMENT}{_THIS} (?:được )?(?:ký|phát hành|ban hành))$"
)
_UNITS = {
    "ngày làm việc": (Unit.WORKING_DAY, 1), "ngày": (Unit.DAY, 1), "giờ làm việc": (Unit.HOUR, 1), "giờ": (Unit.HOUR, 1),
    "tiếng": (Unit.HOUR, 1), "h": (Unit.HOUR, 1), "tuần": (Unit.WEEK, 1), "tháng": (Unit.MONTH, 1), "năm": (Unit.MONTH, 12),
}  # fmt: skip


def anchor_of(event: str | None) -> Anchor:
    """Return what a term counts from; words that are neither this paper's receipt, issue nor effect are an event of their own."""
    words = " ".join((event or "").split())
    if not words:
        return Anchor.EVENT
    if "có hiệu lực" in words:
        return Anchor.EFFECTIVE
    if _RECEIVED.match(words):
        return Anchor.RECEIVED
    return Anchor.ISSUED if _ISSUED.match(words) else Anchor.EVENT


def _relative(match: re.Match[str], frame: Frame, anchor: Anchor | None, *, sign: int = 1, strong: bool = True) -> Candidate:
    unit, factor = _UNITS[" ".join(match["unit"].split())]
    if unit is Unit.DAY and match["working"]:
        unit = Unit.WORKING_DAY
    reading = Deadline("", DeadlineKind.RELATIVE, amount=sign * number(match["n"]) * factor, unit=unit, anchor=anchor)
    return Candidate(frame.start, match.end(), Form.RELATIVE, frame.bound, (reading,), strong=strong)


def _from_event(match: re.Match[str], frame: Frame) -> Candidate:
    return _relative(match, frame, anchor_of(match["event"]))


def _from_today(match: re.Match[str], frame: Frame) -> Candidate | None:
    """In "trong 10 ngày tới" the dispatch's own day counts."""
    return _relative(match, frame, Anchor.ISSUED, strong=False) if frame.bound in {Bound.WITHIN, Bound.BY} else None


def _ahead_of_event(match: re.Match[str], frame: Frame) -> Candidate:
    return _relative(match, frame, Anchor.EVENT, sign=-1)


def _bare(match: re.Match[str], frame: Frame) -> Candidate | None:
    return None if frame.bound is Bound.BEFORE else _relative(match, frame, None, strong=False)


def _after_period_end(match: re.Match[str], frame: Frame) -> Candidate | None:
    day, period = number(match["n"]), match["period"][0]
    if day > 28 and period == "t":
        return None
    months = {"n": (1,), "q": tuple(m - 2 for m in QUARTER_ENDS)}.get(period, ())
    if months:
        return recurring(match, frame, rrule("YEARLY", bymonth=months, bymonthday=day))
    return recurring(match, frame, rrule("MONTHLY", bymonthday=day))


def _next_working_day(match: re.Match[str], frame: Frame) -> Candidate:
    reading = Deadline("", DeadlineKind.RELATIVE, amount=1, unit=Unit.WORKING_DAY, anchor=Anchor.RECEIVED)
    return Candidate(frame.start, match.end(), Form.RELATIVE, frame.bound, (reading,), strong=True)


SHAPES: tuple[Shape, ...] = (
    Shape(
        "after_period_end",
        NUMBER_STARTS,
        shape_pattern(
            rf"(?P<n>{NUMBER}) ngày(?:~,)? (?:sau khi|kể từ khi|kể từ ngày|sau ngày) kết thúc "
            rf"(?P<period>tháng|{QUARTER}|năm)(?! (?:tài chính|học|\d)|\w)"
        ),
        _after_period_end,
    ),
    Shape("from_event", NUMBER_STARTS, shape_pattern(rf"{_AMOUNT}{_FROM}{_EVENT}"), _from_event),
    Shape("hours_from_event", ("#",), shape_pattern(rf"(?P<n>\d{{1,3}})~(?P<unit>h)(?P<working>){_FROM}{_EVENT}"), _from_event),
    Shape(
        "days_ahead",
        NUMBER_STARTS,
        shape_pattern(rf"(?P<n>{NUMBER})~(?P<unit>ngày làm việc|ngày|tuần|tháng){_WORKING} (?:sắp )?(?:tới|tiếp theo|kế tiếp)(?!\w)"),
        _from_today,
    ),
    Shape(
        "ahead_of_event",
        NUMBER_STARTS,
        shape_pattern(
            rf"{_AMOUNT}~(?:\(?trước (?:khi|ngày)(?: (?P<event>[^,;:()\d]{{1,60}}?){_TAIL_STOP})"
            rf"|so với (?:ngày|thời điểm)[^,;.:()]{{0,60}})"
        ),
        _ahead_of_event,
    ),
    Shape(
        "event_ahead",
        ("khi", "ngày"),
        shape_pattern(rf"(?:khi|ngày) [^,;:()\d]{{3,60}}? (?:ít nhất|tối thiểu|chậm nhất)(?: là)? {_AMOUNT}"),
        _ahead_of_event,
    ),
)
"""In the order in which they are tried, before any hour or day is read: "24 giờ kể từ khi …" is a term."""

NEXT_WORKING_DAY: tuple[Shape, ...] = (
    Shape(
        "next_working_day",
        ("ngày",),
        shape_pattern(r"ngày làm việc (?:tiếp theo|kế tiếp|tiếp sau|liền kề|hôm sau|sau đó|\(hôm sau\))"),
        _next_working_day,
    ),
)

BARE: tuple[Shape, ...] = (Shape("bare", NUMBER_STARTS, shape_pattern(rf"{_AMOUNT}(?!~\w*/|~,?~\(?từ ngày)"), _bare),)
"""A term without its event, tried when nothing else reads the number."""
