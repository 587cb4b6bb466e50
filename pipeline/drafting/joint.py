"""Duties that a superior's department leads and our units support: one sentence for each unit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from pipeline.authority import Unit, UnitKind
from pipeline.drafting.facts import Fact, Register, clean
from pipeline.drafting.places import listed_places
from pipeline.drafting.reports import reasons
from pipeline.drafting.wording import body_of
from pipeline.planning.plan import Assignment, Plan, Relevance


@dataclass(frozen=True)
class Joint:
    """A duty that a superior's department leads and our unit supports."""

    unit: str
    unit_id: str
    ask: bool
    """True: an outside body that is asked ("đề nghị"), not told."""
    parties: Fact
    place: str
    """The items in the source: "mục II.3", "khoản 2 Điều 5"; empty when none bears a number."""


def joint_duties(plan: Plan, register: Register) -> tuple[Joint, ...]:
    """Return the supported duties of each unit, in the order in which the units first appear."""
    out: dict[str, list[Assignment]] = {}
    for assignment in plan.of(Relevance.COUNTERPART):
        for unit in assignment.support:
            out.setdefault(unit.id, []).append(assignment)
    units = ((plan.authority.unit(unit_id), found) for unit_id, found in out.items())
    return tuple(_joint(register, unit, found) for unit, found in units if unit is not None)


def told_together(joint: Iterable[Joint]) -> tuple[Joint, ...]:
    """Return one sentence for units that support the same departments in the same items, named in their order."""
    out: dict[tuple[bool, str, str], Joint] = {}
    for one in joint:
        key = (one.ask, str(one.parties), one.place)
        known = out.get(key)
        out[key] = one if known is None else replace(known, unit=f"{known.unit}, {one.unit}")
    return tuple(out.values())


def _joint(register: Register, unit: Unit, found: list[Assignment]) -> Joint:
    parties = ", ".join(dict.fromkeys(body_of(clean(party.name)) for a in found for party in a.duty.lead))
    why = " ".join(reasons(found))
    comment = f"Cấp trên giao {parties} chủ trì; đề nghị xem có cần giao đơn vị phối hợp không. {why}".strip()
    sources = tuple(piece for a in found for piece in a.duty.evidence)
    return Joint(unit.name, unit.id, unit.kind is UnitKind.OUTSIDE, register.found(parties, sources, comment), listed_places(found))
