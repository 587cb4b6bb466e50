"""From the difference between drafted and reviewed paper to the plan as the reviewer wants it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from extractors.dispatch import Deadline, DeadlineKind, Duty
from extractors.errors import Problem, Severity
from extractors.text import shorten, squeeze
from pipeline.finalizing.items import Item, words_of
from pipeline.finalizing.matching import Pairs
from pipeline.finalizing.names import Named, Names
from pipeline.planning.deadlines import Clock, due_of
from pipeline.planning.plan import Assignment, Due, Flag, Plan, Relevance, Why
from pipeline.planning.recipients import addressees_of
from pipeline.planning.workdays import WorkCalendar

ADDED = "bs"
"""How the key of a duty begins that the reviewer added ("bổ sung"): "bs1"."""
_LEAD_FLAGS = (Flag.UNASSIGNED, Flag.SEVERAL_LEADS, Flag.UNKNOWN_PARTY, Flag.UNSURE)


@dataclass(frozen=True)
class Reviewed:
    """The plan after the review; ``blocking`` are faults that a person must decide, ``notes`` are only told."""

    plan: Plan
    blocking: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()


@dataclass
class Review:
    """Takes the reviewer's changes over into a plan."""

    plan: Plan
    names: Names
    known: Mapping[str, str] = field(default_factory=dict)
    """Keys of duties that an earlier last word added, by their text: they stay the same."""
    blocking: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)

    def result(self, pairs: Pairs) -> Reviewed:
        """Return the plan as the reviewer left it."""
        now = {old.key: (old, new) for old, new in pairs.kept if old.key}
        gone = {item.key for item in pairs.dropped if item.key}
        kept = [self._kept(a, *now[a.key]) if a.key in now else a for a in self.plan.assignments if a.key not in gone]
        assignments = (*kept, *self._added(pairs.added))
        plan = replace(self.plan, assignments=assignments, addressees=addressees_of(assignments))
        self.notes.extend(_late(assignments))
        return Reviewed(plan, tuple(self.blocking), tuple(self.notes))

    # --- duties that stayed -------------------------------------------------------------------------------------------

    def _kept(self, assignment: Assignment, old: Item, new: Item) -> Assignment:
        if words_of(old.inside) != words_of(new.inside):
            assignment = replace(assignment, duty=_reworded(assignment.duty, new.inside))
        if new.duty is None:
            self._unread(new)
            return assignment
        assignment = self._led(assignment, old, new)
        assignment = self._supported(assignment, old, new)
        return self._timed(assignment, old, new)

    def _unread(self, item: Item) -> None:
        message = f"Chưa đọc ra đơn vị và thời hạn của nhiệm vụ “{shorten(item.inside)}” trong dự thảo đã sửa; giữ theo kế hoạch."
        self.notes.append(
            Problem("W345", message, Severity.WARNING, "", "Hãy kiểm tra nhiệm vụ này trong phiếu giao việc và bảng theo dõi.")
        )

    def _led(self, assignment: Assignment, old: Item, new: Item) -> Assignment:
        """The assignment with the lead that the reviewed draft names, when that is another one."""
        before, now = self.names.units(old.leads), () if new.unnamed else self.names.units(new.leads)
        if old.unnamed == new.unnamed and (new.unnamed or _ids(before) == _ids(now)):
            self._valid(assignment)
            return assignment
        self._fit(now, new)
        why = Why(
            "review.lead", f"Người duyệt giao {', '.join(named.unit.name for named in now)} chủ trì." if now else "Người duyệt bỏ trống."
        )
        flags = tuple(flag for flag in assignment.flags if flag not in _LEAD_FLAGS)
        return replace(
            assignment,
            lead=now[0].unit if now else None,
            co_leads=tuple(named.unit for named in now[1:]),
            support=tuple(unit for unit in assignment.support if unit.id not in _ids(now)),
            candidates=() if now else assignment.candidates,
            flags=flags if now else (*flags, Flag.UNASSIGNED),
            why=(*(reason for reason in assignment.why if not reason.rule.startswith("route.")), why),
        )

    def _valid(self, assignment: Assignment) -> None:
        """An untouched lead may have ceased to exist since the draft was made."""
        leads = (unit for unit in (assignment.lead, *assignment.co_leads) if unit is not None)
        for fault in (named.fault for unit in leads if (named := self.names.known(unit)).fault):
            self._fault(fault, assignment.duty.text)

    def _fit(self, named: Sequence[Named], item: Item) -> None:
        if not named and not item.unnamed:
            self._fault("không ghi đơn vị chủ trì", item.inside)
        for fault in (one.fault for one in named if one.fault):
            self._fault(fault, item.inside)

    def _fault(self, fault: str, text: str) -> None:
        message = f"Nhiệm vụ “{shorten(text)}”: {fault}."
        remedy = "Hãy ghi đúng tên một đơn vị còn hiệu lực, hoặc thêm đơn vị vào hồ sơ cơ quan."
        self.blocking.append(Problem("W344", message, Severity.WARNING, "", remedy))

    def _supported(self, assignment: Assignment, old: Item, new: Item) -> Assignment:
        before, now = self.names.ours(old.support), self.names.ours(new.support)
        if {unit.id for unit in before} == {unit.id for unit in now}:
            return assignment
        leads = {unit.id for unit in (assignment.lead, *assignment.co_leads) if unit is not None}
        gone = {unit.id for unit in before} - {unit.id for unit in now}
        stay = [unit for unit in assignment.support if unit.id not in gone]
        fresh = [unit for unit in now if unit.id not in {*leads, *(unit.id for unit in stay)}]
        return replace(assignment, support=(*stay, *fresh))

    # --- days ---------------------------------------------------------------------------------------------------------

    def _timed(self, assignment: Assignment, old: Item, new: Item) -> Assignment:
        dues = assignment.dues
        gone, fresh = _difference(old.due, new.due), _difference(new.due, old.due)
        if gone or fresh:
            dues = self._superior(assignment, gone, fresh)
        if _difference(old.internal, new.internal) or _difference(new.internal, old.internal):
            dues = self._internal(replace(assignment, dues=dues), new.internal)
        return assignment if dues == assignment.dues else replace(assignment, dues=dues)

    def _superior(self, assignment: Assignment, gone: Sequence[Deadline], fresh: Sequence[Deadline]) -> tuple[Due, ...]:
        """The deadlines with the superior's as the reviewer put it; our own day stays what it is."""
        days = {self._due(deadline).last_day for deadline in gone} - {None}
        leaving = [due for due in assignment.dues if due.last_day in days or any(_same(due.deadline, deadline) for deadline in gone)]
        if gone and not leaving and assignment.governing is not None:
            leaving = [assignment.governing]
        own = next((due for due in leaving if due.internal is not None), None)
        coming = [self._due(deadline) for deadline in fresh]
        if coming and own is not None:
            coming[0] = replace(coming[0], internal=own.internal, internal_rrule=own.internal_rrule)
        return (*(due for due in assignment.dues if due not in leaving), *coming)

    def _due(self, deadline: Deadline) -> Due:
        """A deadline of the reviewed draft; our own day is what stands beside it, never computed anew."""
        found = due_of(replace(deadline, evidence=()), self._clock)
        return replace(found, internal=None, internal_rrule=None, flags=(), why=(_BY_REVIEWER,))

    @property
    def _clock(self) -> Clock:
        rules = self.plan.authority.rules
        return Clock(self.plan.today, self.plan.implements.date, self.plan.received, 0, WorkCalendar(rules.holidays, rules.working_days))

    def _internal(self, assignment: Assignment, stated: Sequence[Deadline]) -> tuple[Due, ...]:
        """The deadlines with our own day as the reviewer put it; none stated takes it away."""
        known = [(deadline, self._due(deadline).last_day) for deadline in stated]
        dated = [(deadline, day) for deadline, day in known if day is not None]
        deadline, day = min(dated, key=lambda two: two[1]) if dated else (None, None)
        rule = deadline.rrule if deadline is not None else None
        governing = assignment.governing
        if governing is None:
            empty = Deadline("", DeadlineKind.DATE)
            return (Due(empty, None, day, rule, why=(_BY_REVIEWER,)),) if day else ()
        flags = tuple(flag for flag in governing.flags if flag is not Flag.TOO_SOON)
        mine = replace(governing, internal=day, internal_rrule=rule, flags=flags, why=(*governing.why, _BY_REVIEWER))
        return tuple(mine if due is governing else due for due in assignment.dues)

    # --- duties that came ---------------------------------------------------------------------------------------------

    def _added(self, items: Sequence[Item]) -> Iterator[Assignment]:
        taken = {a.key for a in self.plan.assignments} | set(self.known.values())
        number = 0
        for item in items:
            if item.duty is None or not item.inside or not self._is_duty(item):
                continue
            key = self.known.get(item.inside, "")
            while not key:
                number += 1
                key = "" if f"{ADDED}{number}" in taken else f"{ADDED}{number}"
            yield self._fresh(key, item, item.duty)

    def _is_duty(self, item: Item) -> bool:
        """True for an item that names a unit of ours, or stands in a list; a formula of the letter does neither."""
        numbered = item.duty is not None and bool(item.duty.marker or item.above)
        return bool(self.names.ours(item.leads)) or numbered

    def _fresh(self, key: str, item: Item, duty: Duty) -> Assignment:
        named = () if item.unnamed else self.names.units(item.leads)
        self._fit(named, item)
        leads = tuple(one.unit for one in named)
        support = tuple(unit for unit in self.names.ours(item.support) if unit.id not in {lead.id for lead in leads})
        monitor = self.plan.authority.monitor
        own = replace(duty, id=key, marker="", text=item.inside, deadlines=item.due, children=(), evidence=())
        made = Assignment(
            own,
            Relevance.MINE,
            lead=next(iter(leads), None),
            co_leads=leads[1:],
            support=support,
            monitors=(monitor,) if monitor is not None and monitor not in leads else (),
            dues=tuple(self._due(deadline) for deadline in item.due),
            flags=() if leads else (Flag.UNASSIGNED,),
            why=(Why("review.added", "Người duyệt thêm nhiệm vụ này vào dự thảo."),),
        )
        return replace(made, dues=self._internal(made, item.internal)) if item.internal else made


_BY_REVIEWER = Why("review.due", "Ngày do người duyệt ấn định.")


def _ids(named: Sequence[Named]) -> tuple[str, ...]:
    return tuple(one.unit.id for one in named)


def _reworded(duty: Duty, text: str) -> Duty:
    """The duty in the reviewer's words, which are told of our own unit already."""
    return replace(duty, text=squeeze(text), lead=(), inherited=True)


def _meaning(deadline: Deadline) -> tuple[object, ...]:
    """What a deadline says; without any day its words."""
    said = (deadline.due, deadline.rrule, deadline.amount, deadline.unit, deadline.anchor)
    return (*said, deadline.before) if any(said) else words_of(deadline.text)


def _same(one: Deadline, other: Deadline) -> bool:
    return _meaning(one) == _meaning(other)


def _difference(one: Sequence[Deadline], other: Sequence[Deadline]) -> list[Deadline]:
    """The deadlines of the first that the second does not have."""
    return [deadline for deadline in one if not any(_same(deadline, known) for known in other)]


def _late(assignments: Sequence[Assignment]) -> Iterator[Problem]:
    """Days of our own behind the superior's."""
    for a in assignments:
        if a.relevance is Relevance.MINE and a.internal_due and a.due_day and a.internal_due > a.due_day:
            message = f"Nhiệm vụ “{shorten(a.duty.text)}”: hạn nội bộ {_day(a.internal_due)} sau hạn của cấp trên {_day(a.due_day)}."
            yield Problem("W347", message, Severity.WARNING, "", "Hãy sửa một trong hai ngày trong dự thảo rồi chốt lại.")


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
