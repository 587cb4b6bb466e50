"""From the superior's deadline to our own: earlier by the profile's lead, recurring stays recurring, impossible is flagged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from extractors.dispatch import Deadline, DeadlineKind
from pipeline.planning.plan import Due, Flag, Why

_DAY = timedelta(days=1)
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class Calendar(Protocol):
    """What is needed of the working calendar (``pipeline/planning/workdays.py``)."""

    def minus_working_days(self, day: date, days: int) -> date:
        """Return the working day that many working days before a day."""
        ...

    def due_day(self, deadline: Deadline, received: date | None = None, issued: date | None = None) -> date | None:
        """Return the last day in time of a relative deadline, None when its anchor is not known."""
        ...

    def next_occurrence(self, rrule: str, after: date) -> date | None:
        """Return the first occurrence of a rule strictly after a day."""
        ...


@dataclass(frozen=True)
class Clock:
    """The days that deadlines are computed from; ``lead`` is in working days."""

    today: date
    issued: date | None
    received: date | None
    lead: int
    calendar: Calendar


def due_of(deadline: Deadline, clock: Clock) -> Due:
    """Return a deadline with its last day, our own earlier day and what is wrong with them."""
    return _KINDS[deadline.kind](deadline, clock)


def last_day_of(deadline: Deadline) -> date | None:
    """Return the last day in time of a dated deadline: "trước ngày 15" without an hour is over on the 14th."""
    try:
        day = date.fromisoformat((deadline.due or "")[:10])
    except ValueError:
        return None
    hour = (deadline.due or "")[11:16]
    return day - _DAY if deadline.before and hour in {"", "00:00"} else day


def _dated(deadline: Deadline, clock: Clock) -> Due:
    last = last_day_of(deadline)
    return _unresolved(deadline, clock) if last is None else _with_internal(deadline, last, clock)


def _relative(deadline: Deadline, clock: Clock) -> Due:
    last = clock.calendar.due_day(deadline, received=clock.received, issued=clock.issued)
    if last is None:
        why = Why("due.anchor", f"“{deadline.text}”: chưa biết ngày bắt đầu tính, cần người duyệt điền.")
        return Due(deadline, flags=(Flag.NEEDS_DATE,), why=(why,))
    return _with_internal(deadline, last, clock)


def _standing(deadline: Deadline, _clock: Clock) -> Due:
    return Due(deadline, why=(Why("due.standing", f"“{deadline.text}”: thực hiện thường xuyên, không có ngày hạn."),))


def _unresolved(deadline: Deadline, _clock: Clock) -> Due:
    why = Why("due.unresolved", f"Chưa xác định được ngày của “{deadline.text}”; cần người duyệt xem.")
    return Due(deadline, flags=(Flag.UNRESOLVED,), why=(why,))


def _with_internal(deadline: Deadline, last: date, clock: Clock) -> Due:
    """Put the internal day before the last day and flag what cannot be kept."""
    internal = clock.calendar.minus_working_days(last, clock.lead) if clock.lead else last
    said = f"Hạn của văn bản đến: hết ngày {last:%d/%m/%Y}"
    earlier = f"; hạn nội bộ sớm hơn {clock.lead} ngày làm việc: {internal:%d/%m/%Y}." if clock.lead else "."
    flags, notes = _impossible(last, internal, clock.today)
    return Due(deadline, last, internal, flags=flags, why=(Why("due.internal", said + earlier), *notes))


def _impossible(last: date, internal: date, today: date) -> tuple[tuple[Flag, ...], tuple[Why, ...]]:
    if last < today:
        text = f"Hạn {last:%d/%m/%Y} đã qua vào ngày soạn thảo {today:%d/%m/%Y}; máy không tự dời."
        return (Flag.PAST,), (Why("due.past", text),)
    if internal <= today:
        text = f"Hạn nội bộ {internal:%d/%m/%Y} không còn kịp (trước ngày mai); cần người duyệt ấn định."
        return (Flag.TOO_SOON,), (Why("due.too_soon", text),)
    return (), ()


def _recurring(deadline: Deadline, clock: Clock) -> Due:
    """The next occurrence with its internal day, and the internal rule where one can be said."""
    rule = _parts(deadline.rrule or "")
    if not _has_day(rule):
        why = Why("due.no_day", f"“{deadline.text}”: định kỳ nhưng chưa nêu ngày cụ thể; cần người duyệt điền.")
        return Due(deadline, flags=() if rule else (Flag.UNRESOLVED,), why=(why,))
    early = deadline.before and "BYHOUR" not in rule
    start = max(clock.today, clock.issued or clock.today)
    following = clock.calendar.next_occurrence(deadline.rrule or "", start if early else start - _DAY)
    if following is None:
        return _unresolved(deadline, clock)
    last = following - _DAY if early else following
    if rule["FREQ"] == "DAILY":
        return Due(deadline, last, last, why=(Why("due.daily", f"“{deadline.text}”: hằng ngày, không đặt hạn nội bộ sớm hơn."),))
    due = _with_internal(deadline, last, clock)
    internal, note = _earlier_rule(rule, early, clock.lead)
    return Due(deadline, due.last_day, due.internal, internal, due.flags, (*due.why, note))


def _parts(rrule: str) -> dict[str, str]:
    pairs = (part.split("=", 1) for part in rrule.removeprefix("RRULE:").split(";") if "=" in part)
    return {key.strip().upper(): value.strip().upper() for key, value in pairs}


def _has_day(rule: dict[str, str]) -> bool:
    """True when the rule says on which day; "hằng tháng" alone does not."""
    if rule.get("FREQ") in {"DAILY", "HOURLY"}:
        return True
    return "FREQ" in rule and ("BYMONTHDAY" in rule or "BYDAY" in rule)


def _earlier_rule(rule: dict[str, str], early: bool, lead: int) -> tuple[str | None, Why]:
    """Return our own rule, early enough in every period, or None with the reason.

    A rule cannot count working days, so weekends are allowed for: 3 working days are at most 5 days.
    """
    none = Why("due.no_rule", "Hạn nội bộ của các kỳ sau không nêu được bằng một ngày cố định; tính lại theo từng kỳ.")
    days = lead + 2 * ((lead + 4) // 5) + early
    kept = {key: value for key, value in rule.items() if key not in {"BYHOUR", "BYMINUTE", "BYSECOND"}}
    if "BYDAY" in rule:
        moved = _earlier_weekday(rule["BYDAY"], lead + early)
        kept["BYDAY"] = moved or ""
    else:
        moved = _earlier_month_day(rule["BYMONTHDAY"], days)
        kept["BYMONTHDAY"] = moved or ""
    if moved is None:
        return None, none
    text = f"Hạn nội bộ của từng kỳ luôn sớm hơn ít nhất {lead} ngày làm việc." if lead else "Hạn nội bộ của từng kỳ theo hạn của văn bản."
    return ";".join(f"{key}={value}" for key, value in kept.items()), Why("due.rule", text)


def _earlier_weekday(day: str, days: int) -> str | None:
    """The weekday that many days before, when it is still in the same working week."""
    index = _WEEKDAYS.index(day) - days if day in _WEEKDAYS[:5] else -1
    return _WEEKDAYS[index] if index >= 0 else None


def _earlier_month_day(day: str, days: int) -> str | None:
    """The day of the month that many days before, when it is still in the same month; -1 is the last day."""
    if not day.lstrip("-").isdigit():
        return None
    moved = int(day) - days
    return str(moved) if moved >= 1 or (int(day) < 0 and moved >= -28) else None


_KINDS: dict[DeadlineKind, Callable[[Deadline, Clock], Due]] = {
    DeadlineKind.DATE: _dated,
    DeadlineKind.PERIOD: _dated,
    DeadlineKind.RELATIVE: _relative,
    DeadlineKind.RECURRING: _recurring,
    DeadlineKind.STANDING: _standing,
    DeadlineKind.UNRESOLVED: _unresolved,
}
