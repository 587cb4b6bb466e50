"""Working days, terms and recurrence rules on the Vietnamese calendar."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.dispatch import Anchor, Deadline, DeadlineKind, Unit
from pipeline.planning.workdays import WorkCalendar, public_year

PLAIN = WorkCalendar()

HOLIDAYS = {
    2025: ["01-01", "01-27", "01-28", "01-29", "01-30", "01-31", "04-07", "04-30", "05-01", "09-01", "09-02"],
    2026: ["01-01", "02-16", "02-17", "02-18", "02-19", "02-20", "04-27", "04-30", "05-01", "09-01", "09-02", "11-24"],
    2027: ["01-01", "02-04", "02-05", "02-08", "02-09", "02-10", "04-16", "04-30", "05-03", "09-02", "09-03", "11-24"],
}


@pytest.mark.parametrize("day", [f"{year}-{day}" for year, days in HOLIDAYS.items() for day in days])
def test_public_holiday_is_no_working_day(day: str) -> None:
    assert not PLAIN.is_working_day(date.fromisoformat(day))


ORDINARY = ["2025-01-24", "2025-02-03", "2025-11-24", "2026-02-13", "2026-02-23", "2027-02-03", "2027-02-11", "2026-11-25"]


@pytest.mark.parametrize("day", ORDINARY)
def test_ordinary_day_is_one(day: str) -> None:
    assert PLAIN.is_working_day(date.fromisoformat(day))


def test_nationwide_swap_is_known() -> None:
    assert not PLAIN.is_working_day(date(2025, 5, 2))
    assert PLAIN.is_working_day(date(2025, 4, 26))


def test_profile_decides_over_the_law() -> None:
    own = WorkCalendar(holidays=(date(2025, 10, 10), date(2025, 4, 26)), working_days=(date(2025, 10, 11), date(2025, 9, 1)))
    assert not own.is_working_day(date(2025, 10, 10))
    assert own.is_working_day(date(2025, 10, 11))
    assert own.is_working_day(date(2025, 9, 1))
    assert not own.is_working_day(date(2025, 4, 26))


STEPS = [
    ("2025-08-27", 3, "2025-09-03"),  # Thursday, Friday; Saturday to Tuesday off
    ("2025-08-29", 1, "2025-09-03"),
    ("2025-08-30", 1, "2025-09-03"),
    ("2026-02-13", 1, "2026-02-23"),  # over Tết
    ("2025-08-27", 0, "2025-08-27"),
]


@pytest.mark.parametrize(("start", "count", "end"), STEPS)
def test_the_day_of_the_event_is_not_counted(start: str, count: int, end: str) -> None:
    assert PLAIN.add_working_days(date.fromisoformat(start), count) == date.fromisoformat(end)


DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))
COUNTS = st.integers(1, 60)
CALENDARS = st.builds(WorkCalendar, st.lists(DAYS, max_size=4).map(tuple), st.lists(DAYS, max_size=4).map(tuple))


@given(CALENDARS, DAYS, COUNTS)
def test_never_lands_on_a_day_off(own: WorkCalendar, start: date, count: int) -> None:
    assert own.is_working_day(own.add_working_days(start, count))
    assert own.is_working_day(own.minus_working_days(start, count))


@given(CALENDARS, DAYS, COUNTS)
def test_back_again_from_a_working_day(own: WorkCalendar, start: date, count: int) -> None:
    day = own.on_or_after(start)
    assert own.minus_working_days(own.add_working_days(day, count), count) == day
    assert own.add_working_days(own.minus_working_days(day, count), count) == day
    assert own.add_working_days(day, -count) == own.minus_working_days(day, count)


@given(CALENDARS, DAYS, COUNTS)
def test_more_days_end_later_and_the_span_holds_exactly_that_many(own: WorkCalendar, start: date, count: int) -> None:
    end = own.add_working_days(start, count)
    assert own.add_working_days(start, count + 1) > end
    assert own.add_working_days(start + timedelta(days=1), count) >= end
    between = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    assert sum(own.is_working_day(day) for day in between) == count


def term(amount: int, unit: Unit, anchor: Anchor | None) -> Deadline:
    return Deadline("", DeadlineKind.RELATIVE, amount=amount, unit=unit, anchor=anchor)


ISSUED, RECEIVED = date(2025, 8, 26), date(2025, 8, 28)

TERMS = [
    (term(5, Unit.WORKING_DAY, Anchor.RECEIVED), "2025-09-08"),
    (term(5, Unit.WORKING_DAY, Anchor.ISSUED), "2025-09-04"),
    (term(10, Unit.DAY, Anchor.ISSUED), "2025-09-05"),
    (term(4, Unit.DAY, Anchor.ISSUED), "2025-09-03"),  # 30/8 is a Saturday before the holiday
    (term(2, Unit.WEEK, Anchor.RECEIVED), "2025-09-11"),
    (term(1, Unit.MONTH, Anchor.ISSUED), "2025-09-26"),
    (term(48, Unit.HOUR, Anchor.RECEIVED), "2025-08-30"),
    (term(5, Unit.DAY, None), "2025-09-03"),
    (term(5, Unit.DAY, Anchor.EVENT), None),
    (term(5, Unit.DAY, Anchor.EFFECTIVE), None),
]


@pytest.mark.parametrize(("deadline", "due"), TERMS)
def test_last_day_of_a_term(deadline: Deadline, due: str | None) -> None:
    found = PLAIN.due_day(deadline, received=RECEIVED, issued=ISSUED)
    assert (found and found.isoformat()) == due


def test_a_term_from_the_unknown_arrival_has_no_day() -> None:
    assert PLAIN.due_day(term(5, Unit.DAY, Anchor.RECEIVED), issued=ISSUED) is None


def test_a_month_ends_on_its_last_day() -> None:
    assert PLAIN.due_day(term(1, Unit.MONTH, Anchor.ISSUED), issued=date(2025, 1, 31)) == date(2025, 2, 28)


RULES = [
    ("FREQ=MONTHLY;BYMONTHDAY=15", "2023-09-26", "2023-10-15"),
    ("FREQ=MONTHLY;BYMONTHDAY=15", "2023-10-15", "2023-11-15"),
    ("FREQ=MONTHLY;BYMONTHDAY=-1", "2024-02-01", "2024-02-29"),
    ("FREQ=MONTHLY;BYMONTHDAY=30", "2025-02-01", "2025-02-28"),
    ("FREQ=MONTHLY;BYMONTHDAY=5,20", "2025-02-06", "2025-02-20"),
    ("FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=20", "2025-06-20", "2025-09-20"),
    ("FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=30", "2025-12-01", "2026-11-30"),
    ("FREQ=WEEKLY;BYDAY=FR;BYHOUR=10;BYMINUTE=0;BYSECOND=0", "2025-11-14", "2025-11-21"),
    ("FREQ=DAILY;BYHOUR=6,16;BYMINUTE=0;BYSECOND=0", "2025-10-18", "2025-10-19"),
    ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "2025-08-01", "2025-08-29"),
    ("FREQ=MONTHLY;INTERVAL=6", "2025-08-27", "2026-02-27"),
    ("FREQ=MONTHLY", "2025-08-27", "2025-08-31"),
    ("FREQ=YEARLY;BYMONTH=6,12", "2025-08-27", "2025-12-31"),
    ("FREQ=YEARLY", "2025-08-27", "2025-12-31"),
    ("FREQ=WEEKLY", "2025-08-27", "2025-08-29"),
]


@pytest.mark.parametrize(("rule", "after", "day"), RULES)
def test_next_occurrence(rule: str, after: str, day: str) -> None:
    assert PLAIN.next_occurrence(rule, date.fromisoformat(after)) == date.fromisoformat(day)


@pytest.mark.parametrize("rule", ["", "FREQ=SOMETIMES", "BYMONTHDAY=5", "FREQ=MONTHLY;BYMONTHDAY=x"])
def test_a_broken_rule_is_refused(rule: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        PLAIN.next_occurrence(rule, ISSUED)


@given(st.sampled_from([r for r, _, _ in RULES]), DAYS)
def test_occurrences_move_forward(rule: str, after: date) -> None:
    first = PLAIN.next_occurrence(rule, after)
    assert first is not None
    assert first > after
    assert (first - after).days <= 2 * 366


def test_every_year_has_the_fixed_holidays() -> None:
    for year in range(2024, 2031):
        assert {date(year, 1, 1), date(year, 4, 30), date(year, 5, 1), date(year, 9, 2)} <= public_year(year).holidays
        assert (date(year, 11, 24) in public_year(year).holidays) is (year >= 2026)
