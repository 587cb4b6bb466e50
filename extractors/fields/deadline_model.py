"""What the deadline rules hand to each other: the cue before a time, the time found, and the calendar it is read against."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from extractors.dispatch import Deadline, DeadlineKind
from extractors.fields.dates import whole

Clock = tuple[int, int]
"""Hour and minute of a day."""


class Bound(StrEnum):
    """What the words before a time make of it."""

    NONE = "none"
    BEFORE = "before"
    """"trước": the time itself is too late."""
    BY = "by"
    """"chậm nhất", "không muộn hơn", "hạn cuối"."""
    UNTIL = "until"
    """"đến", "đến hết"."""
    WITHIN = "within"
    """"trong", "trong vòng", "trong thời hạn"."""
    ON = "on"
    """"vào", "lúc", "hồi": of an event as often as of a duty."""
    RANGE = "range"
    """"từ … đến …": its end counts."""
    START = "start"
    """"từ", "kể từ": when something begins, never a deadline."""
    AFTER = "after"
    """"sau": a deadline only with a term ("sau 24 giờ kể từ …")."""
    CUTOFF = "cutoff"
    """"tính đến", "chốt đến": where the figures end, never a deadline."""


class Form(StrEnum):
    """The shape of a time expression."""

    DAY = "day"
    YEARLESS = "yearless"
    """A day and month without a year: the next such day, or every year behind "hằng năm"."""
    LOOSE = "loose"
    """Only part of a rule ("ngày 25", "thứ Sáu", "16 giờ"): a deadline with a frequency beside it."""
    PERIOD = "period"
    YEAR = "year"
    RECURRING = "recurring"
    FREQUENCY = "frequency"
    """How often, without a day ("hằng tháng")."""
    REPORT = "report"
    """A periodic report's name ("báo cáo quý"): lends its frequency to a loose day, is no deadline itself."""
    RELATIVE = "relative"
    STANDING = "standing"
    EVENT = "event"


@dataclass(frozen=True)
class Calendar:
    """What undated words are read against: the dispatch's own date ("ngày ban hành"), or only its year."""

    issued: date | None = None
    year_hint: int | None = None

    def day(self, day: int, month: int, year: int | None) -> date | None:
        """The day named; without a year the first such day on or after the dispatch's date, None when nothing tells the year."""
        if year is not None:
            return whole(year, month, day)
        if self.issued is None:
            return whole(self.year_hint, month, day)
        years = range(self.issued.year, self.issued.year + 9)  # 29/2 may be up to eight years away
        days = (whole(y, month, day) for y in years)
        return next((d for d in days if d is not None and d >= self.issued), None)

    @property
    def year(self) -> int | None:
        """The year of the dispatch."""
        return self.issued.year if self.issued else self.year_hint


@dataclass(frozen=True)
class Frame:
    """Where a shape is tried: the folded text, the cue read so far, the hours between cue and day."""

    key: str
    start: int
    bound: Bound
    calendar: Calendar
    clocks: tuple[Clock, ...] = ()
    whole_period: bool = False
    """The cue names the end itself ("đến hết", "trước hết")."""
    term: bool = False
    """The cue announces a term ("trong thời hạn", "trong vòng")."""


@dataclass(frozen=True)
class Rule:
    """Parts of a recurrence rule still to be joined: days of the month, (day, month) pairs, weekdays, hours."""

    codes: tuple[str, ...] = ()
    days: tuple[int, ...] = ()
    dates: tuple[tuple[int, int], ...] = ()
    weekdays: tuple[str, ...] = ()
    clocks: tuple[Clock, ...] = ()


@dataclass(frozen=True)
class Candidate:
    """A time expression in a text, before its surroundings have been asked whether it is a deadline."""

    start: int
    end: int
    form: Form
    bound: Bound
    readings: tuple[Deadline, ...] = ()
    rule: Rule = Rule()
    strong: bool = False
    """Its own words already make it a deadline ("định kỳ …", "01 lần/tuần", "… kể từ ngày …")."""
    ended: bool = False
    """Its own words name an end ("đến hết quý III", "cuối tháng 9")."""


Build = Callable[[re.Match[str], Frame], Candidate | None]


@dataclass(frozen=True)
class Shape:
    """One production of the grammar: the words it can start with ("#" stands for a digit), its pattern, its reading."""

    id: str
    starts: tuple[str, ...]
    pattern: re.Pattern[str]
    build: Build


def shape_pattern(text: str) -> re.Pattern[str]:
    """Compile a pattern in which a space stands for white space and "~" for optional white space (both bounded: no slow runs)."""
    return re.compile(text.replace(" ", r"\s{1,3}").replace("~", r"\s{0,3}"))


def due_readings(days: tuple[date | None, ...], frame: Frame, kind: DeadlineKind = DeadlineKind.DATE) -> tuple[Deadline, ...]:
    """Return a deadline for each day and hour; a day that cannot be told stays unresolved."""
    kind = DeadlineKind.PERIOD if frame.bound is Bound.RANGE else kind
    return tuple(
        Deadline("", kind, due=due, before=frame.bound is Bound.BEFORE) if due else UNRESOLVED for due in _dues(days, frame.clocks)
    )


def _dues(days: tuple[date | None, ...], clocks: tuple[Clock, ...]) -> Iterator[str | None]:
    for day in days:
        if day is None:
            yield None
        elif clocks:
            yield from (f"{day.isoformat()}T{hour:02}:{minute:02}" for hour, minute in clocks)
        else:
            yield day.isoformat()


UNRESOLVED = Deadline("", DeadlineKind.UNRESOLVED)
