"""From dispatch and plan to what the ledger keeps of them: the paper as a register names it, and our duties."""

from __future__ import annotations

from extractors.casing import with_parent
from extractors.dispatch import Document
from extractors.evidence import value_of
from pipeline.drafting.facts import clean
from pipeline.kept import Paper, Task
from pipeline.planning.plan import Assignment, Plan


def paper_of(document: Document) -> Paper:
    """Return the dispatch as a register names it; nothing is filled in that the paper does not say."""
    kind, issuer = value_of(document.type), value_of(document.issuer)
    return Paper(
        type=kind.name if kind else "",
        reference=value_of(document.reference) or "",
        date=value_of(document.date),
        issuer=with_parent(issuer, value_of(document.parent)) if issuer else "",
        subject=clean(value_of(document.subject) or ""),
        urgency=document.urgency.value if document.urgency else "",
    )


def tasks_of(plan: Plan) -> tuple[Task, ...]:
    """Return our duties in reading order, all open."""
    return tuple(map(_task, plan.mine))


def _task(assignment: Assignment) -> Task:
    leads = (*((assignment.lead,) if assignment.lead else ()), *assignment.co_leads)
    return Task(
        key=assignment.key,
        text=clean(assignment.duty.text),
        lead="; ".join(unit.name for unit in leads),
        lead_ids=tuple(unit.id for unit in leads),
        support=tuple(unit.name for unit in assignment.support),
        deadline="; ".join(clean(due.deadline.text) for due in assignment.dues),
        due=assignment.due_day,
        internal_due=assignment.internal_due,
        rule=assignment.rrule or "",
        internal_rule=assignment.internal_rrule or "",
    )
