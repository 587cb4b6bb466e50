"""Who gets the draft, and the filing line ("Kính gửi", "Nơi nhận", "Lưu")."""

from __future__ import annotations

import re
from collections.abc import Iterable

from extractors.text import fold
from pipeline.authority import Authority, Drafter, Unit, UnitKind
from pipeline.phrases import words_of
from pipeline.planning.plan import Assignment, Relevance

# A committee of the Party ("Đảng ủy", "Huyện ủy"; not "Ủy ban") or a people's council.
_LEADING = re.compile(r"(?<!\w)ủy(?! ban| viên)(?!\w)|(?<!\w)(?:hđnd|hội đồng nhân dân)(?!\w)")


def addressees_of(assignments: Iterable[Assignment]) -> tuple[Unit, ...]:
    """Return the units that get a duty, support one or are asked, once each, by protocol."""
    found: dict[str, Unit] = {}
    for assignment in assignments:
        if assignment.relevance.drafted:
            helpers = assignment.support if assignment.relevance is Relevance.COUNTERPART else ()
            for unit in (assignment.lead, *assignment.co_leads, *helpers):
                if unit is not None:
                    found.setdefault(unit.id, unit)
    return by_protocol(found.values())


def by_protocol(units: Iterable[Unit]) -> tuple[Unit, ...]:
    """Return the addressees as offices list them: Party and council, our own offices, other bodies, lower authorities.

    Within each, the order of the duties stays.
    """
    return tuple(sorted(units, key=_rank))


def _rank(unit: Unit) -> int:
    if unit.kind is UnitKind.OUTSIDE:
        return 0 if _LEADING.search(fold(unit.name)) else 2
    return 1 if unit.kind is UnitKind.OFFICE else 3


def drafting_unit(assignments: Iterable[Assignment], authority: Authority) -> Unit | None:
    """Return whose symbol the draft bears: the monitoring office, or by the profile's rule the only lead."""
    leads = {a.lead.id: a.lead for a in assignments if a.relevance is Relevance.MINE and a.lead and a.lead.symbol}
    if authority.rules.drafter is Drafter.LEAD and len(leads) == 1:
        return next(iter(leads.values()))
    return authority.monitor


def symbol_of(drafter: Unit | None, authority: Authority) -> str:
    """Return the draft's symbol, e.g. "UBND-VP"."""
    return "-".join(part for part in (authority.symbol, drafter.symbol if drafter else "") if part)


def recipients_of(issuer: str, authority: Authority) -> tuple[str, ...]:
    """Return the lines under "Nơi nhận": the profile's, the issuer's line left out when its name is not known or stands there already."""
    lines: list[str] = []
    for line in authority.rules.recipients:
        if "{issuer}" in line and (not issuer or _has_own_line(issuer, authority)):
            continue
        text = line.replace("{issuer}", issuer)
        if text not in lines:
            lines.append(text)
    return tuple(lines)


def _has_own_line(issuer: str, authority: Authority) -> bool:
    """True for the direct superior and its head, which the profile lists itself, and for the authority."""
    names = [authority.name, authority.short_name]
    if authority.parent:
        parent = authority.parent
        names += [parent.name, parent.short_name, f"{parent.short_name} {parent.place_name}"]
    said, head = words_of(issuer).words, words_of(authority.leader_title).words
    if said[: len(head)] == head:  # "Chủ tịch UBND tỉnh" signs for the same body
        said = said[len(head) :]
    return said in {words_of(name).words for name in names}


def filing_of(drafter: Unit | None, authority: Authority) -> str:
    """Return the line after "Lưu:"; without a symbol its place and the comma before it go."""
    symbol = drafter.symbol if drafter else ""
    return authority.rules.filing.replace("{symbol}", symbol).strip().rstrip(",").strip()
