"""What the plan decided, duty by duty and for the whole draft, each decision with its why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from extractors.day_words import short_date
from pipeline.authority import Unit
from pipeline.drafting.facts import clean
from pipeline.drafting.filters import recurrence
from pipeline.planning.plan import Assignment, Due, Form, Plan, Relevance, Why

RELEVANCE_WORDS = {
    Relevance.MINE: "Của cơ quan mình",
    Relevance.COUNTERPART: "Cơ quan mình phối hợp",
    Relevance.THEIRS: "Của nơi khác",
    Relevance.REQUEST: "Lời đề nghị, chỉ nêu trong công văn",
    Relevance.GENERAL: "Lời kêu gọi chung",
}
_FORM_WORDS = {Form.TRANSMITTAL: "Công văn chuyển ngắn", Form.IMPLEMENTING: "Công văn triển khai đầy đủ"}


@dataclass(frozen=True)
class Line:
    """One thing decided: what, and how."""

    label: str
    text: str


@dataclass(frozen=True)
class Decision:
    """What becomes of one duty, or the frame of the whole draft."""

    verdict: str
    """Whose it is."""
    relevance: str
    lines: tuple[Line, ...]
    why: tuple[str, ...]
    ours: bool = True
    """True when it goes into the draft."""


def decisions_of(plan: Plan) -> dict[str, Decision]:
    """Return the decision on each duty by its key."""
    return {assignment.key: _decision(assignment) for assignment in plan.assignments}


def _decision(assignment: Assignment) -> Decision:
    relevance = assignment.relevance
    why = (*assignment.why, *(one for due in assignment.dues for one in due.why))
    return Decision(RELEVANCE_WORDS[relevance], relevance.value, tuple(_lines(assignment)), _reasons(why), relevance.drafted)


def _reasons(whys: Iterable[Why]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(clean(why.text) for why in whys))


def _lines(assignment: Assignment) -> Iterator[Line]:
    if not assignment.relevance.drafted:
        return
    leads = [unit for unit in (assignment.lead, *assignment.co_leads) if unit is not None]
    if leads:
        yield Line("Đơn vị chủ trì", _names(leads))
    elif assignment.relevance is Relevance.MINE:
        yield Line("Đơn vị chủ trì", "chưa phân công")
    if assignment.candidates and not leads:
        yield Line("Gợi ý", _names(assignment.candidates))
    if assignment.support:
        yield Line("Đơn vị phối hợp", _names(assignment.support))
    if assignment.monitors:
        yield Line("Theo dõi, đôn đốc", _names(assignment.monitors))
    for due in assignment.dues:
        yield from _due(due)


def _names(units: Iterable[Unit]) -> str:
    return "; ".join(dict.fromkeys(clean(unit.name) for unit in units))


def _due(due: Due) -> Iterator[Line]:
    if due.last_day is not None:
        yield Line("Ngày cuối cùng còn kịp", short_date(due.last_day))
    if due.deadline.rrule and (words := recurrence(due.deadline.rrule)):
        yield Line("Định kỳ", words)
    if due.internal is not None:
        yield Line("Hạn nội bộ", short_date(due.internal))
    if due.internal_rrule and (words := recurrence(due.internal_rrule)):
        yield Line("Hạn nội bộ định kỳ", words)


def frame_of(plan: Plan) -> Decision:
    """Return what the plan decided for the draft as a whole: form, signer, recipients."""
    lines = [Line("Hình thức", _FORM_WORDS[plan.form])]
    if plan.addressees:
        lines.append(Line("Kính gửi", _names(plan.addressees)))
    if plan.signer is not None:
        lines.append(Line("Người ký", clean(", ".join((plan.signer.name, *plan.authority_lines[-1:])))))
    if plan.recipients:
        lines.append(Line("Nơi nhận", clean("; ".join(line.strip(" -;.") for line in plan.recipients))))
    if plan.filing:
        lines.append(Line("Lưu", clean(plan.filing)))
    return Decision("Dự thảo", "frame", tuple(lines), _reasons(plan.why))
