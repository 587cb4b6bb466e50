"""The plan beside its drafts ("ke-hoach.json"): all that is needed to draft again after a reviewer's changes, without the incoming file.

The same plan gives the same bytes. The reader takes the file for what it is: something that may have been edited, cut or forged.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import msgspec

from extractors.dispatch import Duty
from pipeline.codec import built, plain
from pipeline.errors import PlanUnreadable
from pipeline.planning.plan import Assignment, Plan

PLAN_NAME = "ke-hoach.json"
KIND = "congvan.plan"
VERSION = 1
LARGEST = 32_000_000
"""Bytes; a plan of 2 000 duties has some 6 000 000."""


@dataclass(frozen=True)
class StoredPlan:
    """A plan with the file it was made from."""

    source: str
    """SHA-256 of the incoming file; the draft bears it too, so that each finds the other."""
    plan: Plan


def stored(plan: Plan) -> Plan:
    """Return the plan as it is kept: each duty once, without the tree that it was found in."""
    return replace(plan, source=replace(plan.source, duties=()), assignments=tuple(map(_flat, plan.assignments)))


def _flat(assignment: Assignment) -> Assignment:
    return replace(assignment, duty=_leaf(assignment.duty), headings=tuple(map(_leaf, assignment.headings)))


def _leaf(duty: Duty) -> Duty:
    return replace(duty, children=()) if duty.children else duty


def to_json(plan: Plan, source: str) -> bytes:
    """Return the file's bytes."""
    kept = stored(plan)
    data = {"kind": KIND, "version": VERSION, "source": source, "duties": [_row(a) for a in kept.mine], "plan": plain(kept, Plan)}
    return msgspec.json.format(msgspec.json.encode(data), indent=1) + b"\n"


def _row(assignment: Assignment) -> dict[str, Any]:
    """A duty of ours for those who read the file without this program."""
    due, internal = assignment.due_day, assignment.internal_due
    return {
        "id": assignment.key,
        "text": assignment.duty.text,
        "lead": [unit.id for unit in (assignment.lead, *assignment.co_leads) if unit is not None],
        "support": [unit.id for unit in assignment.support],
        "due": due.isoformat() if due else None,
        "internal_due": internal.isoformat() if internal else None,
        "why": [reason.text for reason in assignment.why],
    }


def from_json(data: bytes, where: str) -> StoredPlan:
    """Return the plan that a file holds; ``where`` names it in the error.

    Raises:
        PlanUnreadable: it is no plan, damaged, or of a newer version of this program.
    """
    if len(data) > LARGEST:
        raise PlanUnreadable(where, "Tệp quá lớn.")
    try:
        found = msgspec.json.decode(data)
        if not isinstance(found, dict) or found.get("kind") != KIND:
            raise PlanUnreadable(where, "Đây không phải là tệp kế hoạch.")
        if found.get("version") != VERSION:
            raise PlanUnreadable(where, "Tệp do một phiên bản khác của phần mềm tạo ra.")
        plan = built(found.get("plan"), Plan)
    except (ValueError, RecursionError) as error:
        raise PlanUnreadable(where, "Nội dung tệp bị hỏng hoặc bị cắt.") from error
    return StoredPlan(str(found.get("source", "")), _interned(plan))


def _interned(plan: Plan) -> Plan:
    """The plan with equal headings made one: drafts gather the duties below one heading."""
    seen: dict[Duty, Duty] = {}
    one = tuple(replace(a, headings=tuple(seen.setdefault(heading, heading) for heading in a.headings)) for a in plan.assignments)
    return replace(plan, assignments=one)
