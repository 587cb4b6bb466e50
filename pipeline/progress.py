"""What a clerk writes down about a duty ("tiến độ giải quyết"): that it is done, or that this was a mistake.

A recurring duty is never over: when its turn is done, the next one is due.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from extractors.errors import Problem, Severity
from pipeline.errors import NotInLedger, WrongDay
from pipeline.kept import State, Task
from pipeline.ledger import Entry, Ledger
from pipeline.planning.workdays import WorkCalendar

ALREADY = Problem(
    "I414",
    "Nhiệm vụ đã được ghi là xong từ trước; giữ nguyên.",
    Severity.INFO,
    remedy="Muốn ghi lại, hãy chạy với --reopen trước.",
)
_DAY = timedelta(days=1)
_ID = re.compile(r"(?P<year>\d{4})-(?P<number>\d{1,6})-(?P<key>.+)")


@dataclass(frozen=True)
class Named:
    """A duty that the clerk names by its id."""

    id: str
    entry: Entry
    task: Task


def find(ledger: Ledger, ids: Sequence[str]) -> tuple[Named, ...]:
    """Return the duties of these ids, each once.

    Raises:
        NotInLedger: there is none of one of these ids.
    """
    entries = {(entry.arrival.year, entry.arrival.number): entry for entry in ledger.entries() if entry.arrival}
    return tuple(_find(ledger, entries, name) for name in dict.fromkeys(ids))


def _find(ledger: Ledger, entries: dict[tuple[int, int], Entry], name: str) -> Named:
    said = _ID.fullmatch(name.strip())
    entry = entries.get((int(said["year"]), int(said["number"]))) if said else None
    tasks = {task.key: task for task in ledger.duties_of(entry.sha256)} if entry else {}
    if said is None or entry is None or said["key"] not in tasks:
        raise NotInLedger(name, "Mã nhiệm vụ có dạng 2026-15-1.2, như lệnh congvan tasks in ra.")
    return Named(name, entry, tasks[said["key"]])


@dataclass(frozen=True)
class Done:
    """What is written down of duties that are done."""

    day: date
    remark: str = ""
    reply: str = ""
    """Number and symbol of the dispatch that answers the superior."""

    def check(self, duties: Sequence[Named], today: date) -> None:
        """Make sure that the day can be right.

        Raises:
            WrongDay: it is yet to come, or before the dispatch arrived.
        """
        if self.day > today:
            raise WrongDay(f"{self.day:%d/%m/%Y}", "Ngày này chưa tới.")
        for named in duties:
            if named.entry.arrival and self.day < named.entry.arrival.day:
                raise WrongDay(f"{self.day:%d/%m/%Y}", f"Văn bản của nhiệm vụ {named.id} đến ngày {named.entry.arrival.day:%d/%m/%Y}.")

    def of(self, task: Task, calendar: WorkCalendar) -> Task:
        """Return the duty as done; of a recurring one, its next turn. What was done before stays as it was written down."""
        if task.state is State.DONE:
            return task
        task = replace(task, done_on=self.day, done_due=task.due, remark=self.remark or task.remark, reply=self.reply or task.reply)
        due = _next_turn(task.rule, task.due or self.day, calendar) if task.rule else None
        if due is None:
            return replace(task, state=State.DONE)
        return replace(task, due=due, internal_due=_moved(task, due, calendar))


def _next_turn(rule: str, due: date, calendar: WorkCalendar) -> date | None:
    """The superior's day of the turn after the one that was due."""
    # "Trước ngày 15 hằng tháng" is due on the 14th, the day before the rule's; which months it skips says nothing about that.
    probe = ";".join(part for part in rule.split(";") if not part.startswith("INTERVAL="))
    early = _DAY if calendar.next_occurrence(probe, due - _DAY) == due + _DAY else timedelta()
    following = calendar.next_occurrence(rule, due + early)
    return following - early if following else None


def reopened(task: Task, calendar: WorkCalendar) -> Task:
    """Return the duty as it was before it was done; of a recurring one, its turn before; an open one as it is."""
    if task.done_on is None:
        return task
    back = replace(task, state=State.OPEN, done_on=None, done_due=None)
    if task.state is State.DONE or task.done_due is None:
        return back
    return replace(back, due=task.done_due, internal_due=_moved(task, task.done_due, calendar))


def _moved(task: Task, due: date, calendar: WorkCalendar) -> date | None:
    """Our own day as many working days before the superior's new day as before the old one."""
    if task.internal_due is None or task.due is None:
        return None
    lead = calendar.working_days_between(task.internal_due - _DAY, task.due - _DAY)  # our own day counts, the superior's does not
    return calendar.minus_working_days(due, max(lead, 0))
