"""Working days and what a deadline means on the calendar ("ngày làm việc").

Monday to Friday without public holidays (Bộ luật Lao động 2019, Điều 112), with the days off and the days worked in their stead that
are announced each year taken from the profile. A term counts from the day after its event (Bộ luật Dân sự 2015, Điều 147) and, counted in
calendar days, ends on the next working day when its last day is none (Điều 148).
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from extractors.dispatch import Anchor, Deadline, Unit

_CULTURE_DAY_SINCE = 2026  # 24/11, Nghị quyết 28/2026/QH16
_FRIDAY = 4
_HORIZON = timedelta(days=800)  # in which a yearly rule surely comes round, leap days apart


@dataclass(frozen=True)
class WorkCalendar:
    """An authority's working days: the law's holidays, further days off and swapped working days ("hoán đổi ngày làm việc")."""

    holidays: tuple[date, ...] = ()
    """Further days off, of the yearly announcement or local."""
    working_days: tuple[date, ...] = ()
    """Days worked although they are a weekend or a holiday."""

    def is_working_day(self, day: date) -> bool:
        """True when the authority works on that day."""
        if day in self.working_days or day in self.holidays:
            return day in self.working_days
        law = public_year(day.year)
        return day in law.swapped or (day.weekday() <= _FRIDAY and day not in law.holidays)

    def add_working_days(self, start: date, count: int) -> date:
        """Return the day ``count`` working days after ``start``, which itself is not counted; a negative count goes back."""
        if count < 0:
            return self.minus_working_days(start, -count)
        return self._step(start, count, timedelta(days=1))

    def minus_working_days(self, day: date, count: int) -> date:
        """Return the day ``count`` working days before ``day``, which itself is not counted."""
        return self._step(day, count, timedelta(days=-1))

    def working_days_between(self, start: date, end: date) -> int:
        """Return how many working days lie after ``start`` up to and with ``end``; negative when ``end`` comes before ``start``."""
        if end < start:
            return -self.working_days_between(end, start)
        return sum(self.is_working_day(start + timedelta(days=passed)) for passed in range(1, (end - start).days + 1))

    def _step(self, day: date, count: int, step: timedelta) -> date:
        while count > 0:
            day += step
            count -= self.is_working_day(day)
        return day

    def on_or_after(self, day: date) -> date:
        """Return the day itself or the next working one."""
        while not self.is_working_day(day):
            day += timedelta(days=1)
        return day

    def due_day(self, deadline: Deadline, received: date | None = None, issued: date | None = None) -> date | None:
        """Return the last day of a relative deadline, or None when its event has no known day.

        A term without an event counts from the dispatch's own day, the earliest reading. A term counted back from an event (negative
        amount) keeps its day: moving it would shorten the notice.
        """
        start = _start(deadline.anchor, issued, received)
        if start is None or deadline.amount is None or deadline.unit is None:
            return None
        if deadline.unit is Unit.WORKING_DAY:
            return self.add_working_days(start, deadline.amount)
        if deadline.unit is Unit.HOUR:
            return start + timedelta(days=-(-deadline.amount // 24))
        last = _add(start, deadline.amount, deadline.unit)
        return self.on_or_after(last) if deadline.amount >= 0 else last

    def next_occurrence(self, rrule: str, after: date) -> date | None:
        """Return the first day of a recurrence rule strictly after a day, or None for a rule that never comes round.

        A day that a month lacks (30 in February) falls on its last day: the rule as written would skip the month and lose the duty. A
        rule that names no day ("hằng quý") falls due when its period ends: the month's last day, 31 December, Friday.

        Raises:
            ValueError: the rule is not RFC 5545.
        """
        from dateutil.rrule import rrulestr

        parts = dict(part.split("=", 1) for part in rrule.split(";") if "=" in part)
        if "FREQ" not in parts:
            raise ValueError(f"a recurrence rule names its frequency: {rrule!r}")
        parts |= _period_end(parts)
        days = [int(d) for d in parts.get("BYMONTHDAY", "").split(",") if d]
        if any(day > 28 for day in days):
            return _clamped(parts, days, after)
        rule = ";".join(f"{name}={value}" for name, value in parts.items())
        found = rrulestr(rule, dtstart=datetime.combine(after, time())).after(datetime.combine(after, time.max))
        return found.date() if found else None


def _start(anchor: Anchor | None, issued: date | None, received: date | None) -> date | None:
    if anchor is Anchor.RECEIVED:
        return received
    return issued if anchor in {Anchor.ISSUED, None} else None


def _add(start: date, amount: int, unit: Unit) -> date:
    if unit is Unit.WEEK:
        return start + timedelta(weeks=amount)
    if unit is Unit.MONTH:
        year, month = divmod(start.year * 12 + start.month - 1 + amount, 12)
        return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))
    return start + timedelta(days=amount)


@dataclass(frozen=True)
class PublicYear:
    """A year's days off and the weekend days worked in their stead, as far as they are law or were announced for the whole country."""

    holidays: frozenset[date]
    swapped: frozenset[date]


@lru_cache(maxsize=16)
def public_year(year: int) -> PublicYear:
    """Return the public holidays of a year: 01/01, Tết, Giỗ Tổ (10/3 lunar), 30/4, 01/5, 02/9 and a day beside it, 24/11 from 2026."""
    from holidays import country_holidays

    known = country_holidays("VN", years=year)
    days = {d for d in known if d.year == year}
    if year >= _CULTURE_DAY_SINCE:
        days.add(date(year, 11, 24))
    return PublicYear(frozenset(days), frozenset(d for d in known.weekend_workdays if d.year == year))


def _period_end(parts: dict[str, str]) -> dict[str, str]:
    """What a rule without a day lacks; a rule by interval counts from its start and lacks nothing."""
    if {"BYMONTHDAY", "BYDAY", "INTERVAL"} & parts.keys():
        return {}
    if parts.get("FREQ") == "WEEKLY":
        return {"BYDAY": "FR"}
    if parts.get("FREQ") == "YEARLY":
        return {"BYMONTH": parts.get("BYMONTH", "12"), "BYMONTHDAY": "-1"}
    return {"BYMONTHDAY": "-1"} if parts.get("FREQ") == "MONTHLY" else {}


def _clamped(parts: dict[str, str], days: list[int], after: date) -> date | None:
    """The next of these days of the month, each no later than its month's end."""
    months = {int(m) for m in parts.get("BYMONTH", "").split(",") if m} or set(range(1, 13))
    for year, month in _months_from(after):
        length = calendar.monthrange(year, month)[1]
        due = sorted(date(year, month, length + 1 + d if d < 0 else min(d, length)) for d in days)
        found = next((d for d in due if month in months and d > after), None)
        if found:
            return found
    return None


def _months_from(day: date) -> Iterator[tuple[int, int]]:
    for index in range(day.year * 12 + day.month - 1, day.year * 12 + day.month - 1 + _HORIZON.days // 28):
        yield index // 12, index % 12 + 1
