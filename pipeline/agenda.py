"""The duties that are open on a day ("việc đang theo dõi"): whose, until when, working days left; what is late or urgent comes first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from extractors.dispatch import SuccessionKind
from extractors.errors import Problem, Severity
from extractors.text import fold
from pipeline.errors import CongvanError
from pipeline.kept import Link, Paper, State, Task
from pipeline.ledger import Entry, Ledger, Step
from pipeline.planning.workdays import WorkCalendar
from pipeline.profile import load
from pipeline.settings import Workspace
from pipeline.succession import DOES, ENDS, named
from pipeline.urgency import urgency_rank

NOBODY = "(chưa phân công)"
"""What stands for the lead of a duty that nobody has yet."""
LAW_ONLY = Problem(
    "W416",
    "Hồ sơ cơ quan chưa dùng được cho hôm nay nên số ngày làm việc chỉ trừ ngày nghỉ chung của cả nước.",
    Severity.WARNING,
    remedy="Hãy chạy congvan profile check với thư mục 0-ho-so-co-quan.",
)


class Late(StrEnum):
    """Which day of a duty has passed."""

    SUPERIOR = "superior"
    """The superior's."""
    INTERNAL = "internal"
    """Only our own earlier one."""
    NO = "no"


@dataclass(frozen=True)
class OpenDuty:
    """A duty of ours that is not done."""

    id: str
    """By which a clerk names it: "2026-15-1.2"."""
    entry: Entry
    paper: Paper
    task: Task
    late: Late
    days_left: int | None
    """Working days until the day that counts; negative once it has passed; None without a day."""
    ended_by: tuple[str, ...] = ()
    """Later dispatches that recall or replace its own, as sentences."""

    @property
    def day(self) -> date | None:
        """The day that counts: our own, or the superior's where that has passed or is the only one."""
        return self.task.due if self.late is Late.SUPERIOR else self.task.internal_due or self.task.due

    @property
    def lead(self) -> str:
        """The lead unit's name."""
        return self.task.lead or NOBODY

    def as_dict(self) -> dict[str, Any]:
        """Return the object that ``tasks --json`` prints."""
        task, arrival = self.task, self.entry.arrival
        days = {"due": _iso(task.due), "internal_due": _iso(task.internal_due), "day": _iso(self.day), "days_left": self.days_left}
        whose = {"lead": task.lead, "lead_ids": task.lead_ids, "support": task.support}
        return {
            "id": self.id,
            "urgency": self.paper.urgency or None,
            "late": self.late.value,
            **days,
            **whose,
            "text": task.text,
            "deadline": task.deadline,
            "recurring": bool(task.rule),
            "last_done": _iso(task.done_on),
            "remark": task.remark,
            "dispatch": self.entry.title,
            "arrival": {"year": arrival.year, "number": arrival.number, "day": arrival.day.isoformat()} if arrival else None,
            "folder": self.entry.folder,
            "ended_by": self.ended_by,
        }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def open_duties(ledger: Ledger, calendar: WorkCalendar, today: date) -> tuple[OpenDuty, ...]:
    """Return the open duties: the late ones first, then by urgency, day and number of arrival."""
    return tuple(sorted(_open(ledger, calendar, today), key=_order))


def _order(duty: OpenDuty) -> tuple[bool, int, date]:
    return (duty.late is Late.NO, urgency_rank(duty.paper.urgency), duty.day or date.max)


def _open(ledger: Ledger, calendar: WorkCalendar, today: date) -> Iterator[OpenDuty]:
    entries = [entry for entry in ledger.entries() if entry.arrival and entry.step is not Step.DELIVERING]
    after = ended(ledger.links(), {entry.sha256: entry for entry in entries})
    for entry in entries:
        paper = ledger.paper_of(entry.sha256)
        for task in ledger.duties_of(entry.sha256):
            if task.state is State.OPEN and entry.arrival:
                late = _late(task, today)
                day = OpenDuty("", entry, paper, task, late, None).day
                left = calendar.working_days_between(today, day) if day else None
                yield OpenDuty(entry.arrival.task_id(task.key), entry, paper, task, late, left, after.get(entry.sha256, ()))


def _late(task: Task, today: date) -> Late:
    if task.due and task.due < today:
        return Late.SUPERIOR
    return Late.INTERNAL if task.internal_due and task.internal_due < today else Late.NO


def ended(links: tuple[Link, ...], entries: dict[str, Entry]) -> dict[str, tuple[str, ...]]:
    """Return what a clerk is told of dispatches that a later one recalls or replaces, by their hash."""
    found: dict[str, tuple[str, ...]] = {}
    kinds = {kind.value: kind for kind in SuccessionKind if kind in ENDS}
    for link in links:
        kind, later = kinds.get(link.kind.value), entries.get(link.sha256)
        if kind and later:
            found[link.earlier] = (*found.get(link.earlier, ()), f"đã được {DOES[kind]} bằng {named(later)}")
    return found


def chosen(duties: tuple[OpenDuty, ...], unit: str | None, until: date | None) -> tuple[OpenDuty, ...]:
    """Return the duties of a unit (its id, or a part of its name), and those that are due by a day."""
    if unit is not None:
        duties = tuple(duty for duty in duties if unit in duty.task.lead_ids or fold(unit) in fold(duty.lead))
    return duties if until is None else tuple(duty for duty in duties if duty.day and duty.day <= until)


def calendar_of(workspace: Workspace, today: date) -> WorkCalendar | None:
    """Return the office's working days; None when its profile cannot be used: duties are looked up all the same."""
    try:
        rules = load(workspace.profile).on(today).rules
    except CongvanError:
        return None
    return WorkCalendar(rules.holidays, rules.working_days)
