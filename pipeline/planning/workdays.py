"""Working days of an office: weekends, Vietnamese public holidays (lunar Tết, 24/11 from 2026), and the profile's own days.

Terms are counted as the Civil Code does (Bộ luật Dân sự 2015, Điều 147, 148): the day of the event is not counted, and a term that
would end on a day off ends on the next working day.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache

from extractors.dispatch import Anchor, Deadline, Unit

_DAY = timedelta(days=1)
HOURS_OF_A_DAY = 8
"""Working hours: a term in hours ends on the day in which its last working hour lies."""
FARTHEST_YEARS = 30
"""A rule without an occurrence in so many years has none."""


@cache
def public_holidays(year: int) -> frozenset[date]:
    """Return a year's public holidays, observed and swapped days included (Bộ luật Lao động 2019, Điều 112; NQ 28/2026/QH16)."""
    import holidays

    return frozenset(holidays.country_holidays("VN", years=year))


@dataclass(frozen=True)
class WorkCalendar:
    """Which days are worked: ``holidays`` are days off beside the legal ones, ``working_days`` are weekends worked in exchange."""

    holidays: tuple[date, ...] = ()
    working_days: tuple[date, ...] = ()

    def is_working_day(self, day: date) -> bool:
        """True when the office works on that day."""
        if day in self.working_days:
            return True
        return day.weekday() < 5 and day not in self.holidays and day not in public_holidays(day.year)

    def next_working_day(self, day: date) -> date:
        """Return the day itself when it is worked, else the next one that is."""
        while not self.is_working_day(day):
            day += _DAY
        return day

    def add_working_days(self, day: date, days: int) -> date:
        """Return the working day that many working days after a day, which is not counted itself."""
        return self._walk(day, days, _DAY)

    def minus_working_days(self, day: date, days: int) -> date:
        """Return the working day that many working days before a day, which is not counted itself."""
        return self._walk(day, days, -_DAY)

    def _walk(self, day: date, days: int, step: timedelta) -> date:
        while days > 0:
            day += step
            days -= self.is_working_day(day)
        return day

    def due_day(self, deadline: Deadline, received: date | None = None, issued: date | None = None) -> date | None:
        """Return the last day in time of a relative deadline; None when the day it counts from is not known."""
        anchor = {Anchor.RECEIVED: received, Anchor.ISSUED: issued}.get(deadline.anchor or Anchor.EVENT)
        if anchor is None or deadline.amount is None:
            return None
        amount = deadline.amount
        if deadline.unit is Unit.WORKING_DAY:
            return self.add_working_days(anchor, amount)
        if deadline.unit is Unit.HOUR:
            return (
                self.add_working_days(anchor, -(-amount // HOURS_OF_A_DAY) - 1)
                if amount > HOURS_OF_A_DAY
                else self.next_working_day(anchor)
            )
        if deadline.unit is Unit.MONTH:
            return self.next_working_day(_months_later(anchor, amount))
        return self.next_working_day(anchor + timedelta(days=amount * (7 if deadline.unit is Unit.WEEK else 1)))

    def next_occurrence(self, rrule: str, after: date) -> date | None:
        """Return the first occurrence of a rule (RFC 5545) strictly after a day."""
        from dateutil.rrule import rrulestr

        start = datetime.combine(after + _DAY, time.min)
        until = start + timedelta(days=366 * FARTHEST_YEARS)
        found = rrulestr(rrule, dtstart=start).after(start, inc=True)
        return found.date() if found is not None and found <= until else None


def _months_later(day: date, months: int) -> date:
    """The same day of a later month, or its last day when it is shorter."""
    index = day.month - 1 + months
    year, month = day.year + index // 12, index % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
