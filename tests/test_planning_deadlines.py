"""From the superior's deadline to ours, at the boundaries."""

from datetime import date, datetime, time, timedelta

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st
from planning_builders import by, duty, every, plan, single

from extractors.dispatch import Anchor, Deadline, DeadlineKind, Unit
from pipeline.planning.deadlines import Clock, due_of, last_day_of
from pipeline.planning.plan import Flag

DAY = timedelta(days=1)
TODAY = date(2023, 9, 26)  # a Tuesday


class Weekdays:
    """A calendar that knows weekends only, so that the tables can be checked by eye."""

    def minus_working_days(self, day, days):
        while day.weekday() > 4 or days:
            day -= DAY
            days -= days > 0 and day.weekday() < 5
        return day

    def due_day(self, deadline, received=None, issued=None):
        start = {Anchor.RECEIVED: received, Anchor.ISSUED: issued}.get(deadline.anchor)
        return None if start is None else start + timedelta(days=deadline.amount)

    def next_occurrence(self, rrule, after):
        start = datetime.combine(after.replace(month=1, day=1), time())
        found = rrulestr(rrule, dtstart=start).after(datetime.combine(after, time(23, 59)))
        return found.date() if found else None


def due(deadline, lead=3, today=TODAY, received=None):
    return due_of(deadline, Clock(today, date(2023, 9, 19), received, lead, Weekdays()))


LAST_DAYS = [
    # due, before, last day in time
    ("2023-10-15", False, date(2023, 10, 15)),
    ("2023-10-15", True, date(2023, 10, 14)),
    ("2023-10-01", True, date(2023, 9, 30)),
    ("2023-10-15T17:00", True, date(2023, 10, 15)),  # before the hour, on that very day
    ("2023-10-15T00:00", True, date(2023, 10, 14)),
    ("2023-10-15T17:00", False, date(2023, 10, 15)),
    ("", False, None),
    ("2023-02-30", True, None),
]


@pytest.mark.parametrize(("day", "before", "last"), LAST_DAYS)
def test_the_last_day_in_time(day, before, last):
    assert last_day_of(by(day, before=before)) == last


DATED = [
    # due, before, lead, internal, flags; today is Tuesday 26/9/2023
    ("2023-10-06", False, 3, date(2023, 10, 3), ()),  # Friday - 3 = Tuesday
    ("2023-10-09", False, 3, date(2023, 10, 4), ()),  # Monday - 3 goes over the weekend
    ("2023-10-06", True, 3, date(2023, 10, 2), ()),  # "before Friday" is Thursday
    ("2023-10-06", False, 0, date(2023, 10, 6), ()),
    ("2023-10-02", False, 3, date(2023, 9, 27), ()),  # internal tomorrow: just in time
    ("2023-10-02", True, 3, date(2023, 9, 27), ()),  # Sunday is the last day
    ("2023-09-29", False, 3, date(2023, 9, 26), (Flag.TOO_SOON,)),  # internal today
    ("2023-09-28", False, 3, date(2023, 9, 25), (Flag.TOO_SOON,)),  # internal yesterday, never moved
    ("2023-09-26", False, 3, date(2023, 9, 21), (Flag.TOO_SOON,)),  # due today
    ("2023-09-27", True, 0, date(2023, 9, 26), (Flag.TOO_SOON,)),  # "before tomorrow"
    ("2023-09-26", True, 3, date(2023, 9, 20), (Flag.PAST,)),  # "before today"
    ("2023-09-25", False, 3, date(2023, 9, 20), (Flag.PAST,)),
]


@pytest.mark.parametrize(("day", "before", "lead", "internal", "flags"), DATED)
def test_the_internal_day_and_what_is_wrong_with_it(day, before, lead, internal, flags):
    found = due(by(day, before=before), lead)
    assert (found.internal, found.flags) == (internal, flags)
    assert found.deadline.due == day


RECURRING = [
    # rule, before, lead, last day of the next occurrence, internal rule
    ("FREQ=MONTHLY;BYMONTHDAY=15", True, 3, date(2023, 10, 14), "FREQ=MONTHLY;BYMONTHDAY=9"),
    ("FREQ=MONTHLY;BYMONTHDAY=15", False, 3, date(2023, 10, 15), "FREQ=MONTHLY;BYMONTHDAY=10"),
    ("FREQ=MONTHLY;BYMONTHDAY=26", False, 0, date(2023, 9, 26), "FREQ=MONTHLY;BYMONTHDAY=26"),  # today counts
    ("FREQ=MONTHLY;BYMONTHDAY=27", True, 0, date(2023, 9, 26), "FREQ=MONTHLY;BYMONTHDAY=26"),
    ("FREQ=MONTHLY;BYMONTHDAY=26", True, 0, date(2023, 10, 25), "FREQ=MONTHLY;BYMONTHDAY=25"),
    ("FREQ=MONTHLY;BYMONTHDAY=5", True, 3, date(2023, 10, 4), None),  # would fall into the month before
    ("FREQ=MONTHLY;BYMONTHDAY=-1", False, 3, date(2023, 9, 30), "FREQ=MONTHLY;BYMONTHDAY=-6"),
    ("FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=20", True, 3, date(2023, 12, 19), "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=14"),
    ("FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=30", True, 3, date(2023, 11, 29), "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=24"),
    ("FREQ=WEEKLY;BYDAY=FR", False, 2, date(2023, 9, 29), "FREQ=WEEKLY;BYDAY=WE"),
    ("FREQ=WEEKLY;BYDAY=FR;BYHOUR=10;BYMINUTE=0;BYSECOND=0", True, 2, date(2023, 9, 29), "FREQ=WEEKLY;BYDAY=WE"),
    ("FREQ=WEEKLY;BYDAY=TU", False, 2, date(2023, 9, 26), None),
    ("FREQ=DAILY;BYHOUR=16;BYMINUTE=0;BYSECOND=0", True, 3, date(2023, 9, 26), None),
    # no day is named: nothing is made up
    ("FREQ=MONTHLY", False, 3, None, None),
    ("FREQ=YEARLY;BYMONTH=3,6,9,12", False, 3, None, None),
    ("FREQ=WEEKLY", False, 3, None, None),
]


@pytest.mark.parametrize(("rule", "before", "lead", "last", "internal"), RECURRING)
def test_recurring_stays_recurring(rule, before, lead, last, internal):
    found = due(every(rule, before=before), lead)
    assert (found.last_day, found.internal_rrule) == (last, internal)
    assert found.deadline.rrule == rule


@given(st.integers(1, 28), st.booleans(), st.integers(0, 5))
def test_a_monthly_internal_rule_is_early_enough_in_every_month(day, before, lead):
    found = due(every(f"FREQ=MONTHLY;BYMONTHDAY={day}", before=before), lead)
    if found.internal_rrule:
        ours = int(found.internal_rrule.rpartition("=")[2])
        for month in range(1, 13):
            last = date(2024, month, day) - (DAY if before else 0 * DAY)
            assert date(2024, month, ours) <= (Weekdays().minus_working_days(last, lead) if lead else last)


def test_a_term_from_arrival_needs_the_day_of_arrival():
    term = Deadline("trong 10 ngày kể từ ngày nhận được", DeadlineKind.RELATIVE, amount=10, unit=Unit.DAY, anchor=Anchor.RECEIVED)
    assert due(term).flags == (Flag.NEEDS_DATE,)
    assert due(term).last_day is None
    assert due(term, received=date(2023, 9, 25)).last_day == date(2023, 10, 5)


@pytest.mark.parametrize(
    ("deadline", "flags"),
    [
        (Deadline("thường xuyên", DeadlineKind.STANDING), ()),
        (Deadline("sớm", DeadlineKind.UNRESOLVED), (Flag.UNRESOLVED,)),
        (Deadline("ngày …", DeadlineKind.DATE), (Flag.UNRESOLVED,)),
        (Deadline("định kỳ", DeadlineKind.RECURRING), (Flag.UNRESOLVED,)),
    ],
)
def test_without_a_day_nothing_is_made_up(deadline, flags):
    found = due(deadline)
    assert (found.last_day, found.internal, found.internal_rrule, found.flags) == (None, None, None, flags)
    assert found.why


def test_the_earliest_deadline_governs():
    assignment = single(duty(due=[every("FREQ=MONTHLY"), by("2023-12-20"), by("2023-11-15")]))
    assert assignment.due_day == date(2023, 11, 15)
    assert len(assignment.dues) == 3


def test_lead_days_of_the_profile_fewer_when_urgent_none_for_our_own():
    item = duty(due=[by("2023-10-12")])
    assert single(item).internal_due == date(2023, 10, 9)
    assert single(item, urgent=True).internal_due == date(2023, 10, 11)
    assert single(item, issuer="UBND huyện Tứ Kỳ").internal_due == date(2023, 10, 12)


def test_flags_become_notes_for_the_reviewer():
    made = plan(duty("Rà soát hộ nghèo.", due=[by("2023-09-01")]))
    assert made.assignments[0].flags == (Flag.PAST,)
    assert [(p.code, p.where) for p in made.problems] == [("W306", "nhiệm vụ 1")]
