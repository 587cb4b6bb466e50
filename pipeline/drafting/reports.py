"""The internal deadline of a duty ("hạn nội bộ"): what a draft says after the superior's own, and when it says nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from extractors.day_words import short_date
from extractors.dispatch import Anchor, DeadlineKind
from extractors.text import body_key, fold
from pipeline.authority import Authority
from pipeline.drafting.facts import Fact, Register, clean
from pipeline.drafting.filters import recurrence
from pipeline.planning.plan import Assignment, Due, Flag, Plan

FLAG_WORDS = {
    Flag.SEVERAL_LEADS: "Văn bản gốc nêu nhiều đơn vị cùng chủ trì; đề nghị chọn một đơn vị chủ trì.",
    Flag.CONDITIONAL: "Nhiệm vụ chỉ áp dụng nếu cơ quan thuộc diện được nêu; đề nghị kiểm tra.",
    Flag.UNSURE: "Văn bản gốc không nêu rõ ai thực hiện; đề nghị kiểm tra.",
    Flag.UNKNOWN_PARTY: "Đơn vị được nêu không có trong hồ sơ cơ quan; đề nghị kiểm tra.",
    Flag.PAST: "Thời hạn của cấp trên đã qua; đề nghị xử lý.",
    Flag.TOO_SOON: "Thời hạn của cấp trên quá gần, không còn ngày để đặt hạn nội bộ; đề nghị xử lý.",
    Flag.NEEDS_DATE: "Thời hạn tính từ một ngày chưa biết (ngày nhận, ngày sự kiện); đề nghị bổ sung.",
    Flag.UNRESOLVED: "Không xác định được thời hạn; đề nghị kiểm tra.",
}
_LATE = {Flag.PAST, Flag.TOO_SOON}


@dataclass(frozen=True)
class Report:
    """The internal deadline of a duty or an item."""

    kind: str
    """day, rule, lead (so many working days before), gap."""
    when: Fact
    upward: str = ""
    """To whom the authority itself reports; empty when the source names nobody."""
    via: str = ""
    """The office that gathers the results; empty when that is the lead itself."""


def governing(assignment: Assignment) -> Due | None:
    """Return the deadline that a duty's internal deadline follows from; None when no internal deadline is told."""
    due = assignment.governing
    return None if due is None or _silent(due) else due


def report(plan: Plan, register: Register, assignment: Assignment) -> Report | None:
    """Return the internal deadline that follows from a duty's governing deadline; None when there is nothing to say."""
    due = governing(assignment)
    if due is None:
        return None
    named = dict.fromkeys(clean(party.name) for party in assignment.duty.report_to)
    upward = ", ".join(name for name in named if not ours(plan.authority, name))
    monitor = plan.authority.monitor
    via = "" if monitor is None or (assignment.lead and assignment.lead.id == monitor.id) else monitor.name
    kind, when = _when(plan, register, due)
    return Report(kind, when, upward, via)


def _when(plan: Plan, register: Register, due: Due) -> tuple[str, Fact]:
    """The kind of the internal deadline and its words: a day, a rule, so many working days before, or a gap."""
    why = " ".join((*(FLAG_WORDS[flag] for flag in due.flags if flag in FLAG_WORDS), *(reason.text for reason in due.why)))
    printed = f"Hạn của cấp trên: “{clean(due.deadline.text)}”."
    rule = recurrence(due.internal_rrule) if due.internal_rrule else ""
    if due.internal is None or (_LATE & set(due.flags) and not rule):
        return "gap", register.gap(f"Chưa đặt được hạn nội bộ. {printed} {why}".strip())
    flagged = f"{printed} {why}".strip() if due.flags else ""
    if rule:
        return "rule", register.found(rule, due.deadline.evidence, flagged)
    if due.deadline.kind is DeadlineKind.RECURRING:
        return "lead", register.found(str(plan.authority.rules.lead_days), due.deadline.evidence, flagged)
    return "day", register.found(short_date(due.internal), due.deadline.evidence, flagged)


def reasons(assignments: Iterable[Assignment]) -> list[str]:
    """Why these duties are whose they are, each reason once; those about deadlines stand on the deadlines."""
    return list(dict.fromkeys(reason.text for a in assignments for reason in a.why if not reason.rule.startswith("due.")))


def ours(authority: Authority, name: str) -> bool:
    """True when a report goes to this authority or one of its units: nobody above then waits for it."""
    own = (authority.name, authority.short_name, authority.self_name, *authority.aliases, *(unit.name for unit in authority.units))
    level = fold(f" {authority.level_word}")
    return body_key(clean(name)).removesuffix(level) in {body_key(clean(word)).removesuffix(level) for word in own}


def _silent(due: Due) -> bool:
    """True when no internal deadline is to be told: a standing or daily duty, one without a day, one that an outer event starts."""
    deadline = due.deadline
    if deadline.kind is DeadlineKind.RECURRING:
        return due.internal is None or (deadline.rrule or "").startswith("FREQ=DAILY")
    return deadline.kind is DeadlineKind.STANDING or deadline.anchor is Anchor.EVENT
