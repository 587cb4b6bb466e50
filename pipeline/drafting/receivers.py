"""Who gets a task sheet and a row of the tracking table: each lead, and each member of a group that the profile wants told one by one.

The letter itself names the group once ("UBND các xã, thị trấn").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pipeline.authority import Group, Unit
from pipeline.drafting.items import lead_groups
from pipeline.planning.plan import Assignment, Plan

Assignments = tuple[Assignment, ...]


def receivers(plan: Plan) -> tuple[Assignments, ...]:
    """Return the plan's own duties by who receives them, in the order of the letter's items."""
    return tuple(share for group in lead_groups(plan) for share in _shares(plan, group))


def _shares(plan: Plan, group: Assignments) -> Iterator[Assignments]:
    """The duties of one lead, or of leads on a par; taken apart where the profile says so."""
    leads = [unit for unit in (group[0].lead, *group[0].co_leads) if unit is not None]
    apart = {unit.id: _members(plan, unit) for unit in leads}
    together = [unit for unit in leads if not apart[unit.id]]
    if together or not leads:
        yield _led_by(group, together) if leads else group
    for member in (member for unit in leads for member in apart[unit.id]):
        yield _led_by(group, [member])


def _members(plan: Plan, unit: Unit) -> tuple[Unit, ...]:
    """The members of a group that is told one by one; none for every other unit."""
    wanted = isinstance(unit, Group) and unit.id in plan.authority.rules.one_by_one
    return plan.authority.members(unit) if wanted and isinstance(unit, Group) else ()


def _led_by(group: Assignments, leads: list[Unit]) -> Assignments:
    return tuple(replace(assignment, lead=leads[0], co_leads=tuple(leads[1:])) for assignment in group)
