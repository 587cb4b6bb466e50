"""The duties of a plan as the items of a draft: one numbered item for each lead unit, its duties below it.

Everything here is data for templates; the words around it stand in the templates.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from extractors.dispatch import Duty, DutyKind
from extractors.text import fold
from pipeline.authority import Unit, UnitKind
from pipeline.drafting.advising import advised
from pipeline.drafting.due_words import unsaid_dues
from pipeline.drafting.facts import Fact, Register, clean, where
from pipeline.drafting.filters import bare, lower_first, sentence, upper_first
from pipeline.drafting.joint import Joint
from pipeline.drafting.reports import FLAG_WORDS, Report, governing, reasons, report
from pipeline.drafting.wording import Act, Cut, act, heading
from pipeline.planning.plan import Assignment, Flag, Plan, Relevance

_WITH = re.compile(r"(?<!\w)phối hợp (?:chặt chẽ )?(?:cùng với|với|cùng)(?= \w)")
# Reasons that chose a unit without the paper naming it; the reviewer sees them on the duty.
_CHOSEN = ("route.competence", "route.issuer")


@dataclass(frozen=True)
class Entry:
    """One duty below an item, or a heading with its duties."""

    text: str
    report: Report | None = None
    children: tuple[Entry, ...] = ()
    key: str = ""


@dataclass(frozen=True)
class Item:
    """Everything that one lead unit must do."""

    unit: str
    """The unit's name, or a gap."""
    unit_id: str
    ask: bool
    """True: an outside body that is asked ("đề nghị"), not told."""
    single: str = ""
    """The only duty, to follow the unit's name; empty when there are entries."""
    joined: bool = True
    """True when ``single`` follows the name as its verb, False when a colon stands between."""
    heading: str = ""
    entries: tuple[Entry, ...] = ()
    report: Report | None = None
    joint: Joint | None = None
    """What the same unit supports a superior's departments in."""
    watches: bool = False
    """True when the same unit also follows up what everybody does ("theo dõi, đôn đốc")."""
    assignments: tuple[Assignment, ...] = ()


@dataclass
class Drafter:
    """Turns the assignments of one plan into items; fills the register of its draft."""

    plan: Plan
    register: Register
    strangers: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        authority = self.plan.authority
        names = [self.plan.implements.issuer, self.plan.source.issuer]
        texts = [name if isinstance(name, str) else str(getattr(name, "value", "")) for name in names]
        if authority.parent is not None:
            texts += [authority.parent.name, authority.parent.short_name, *authority.parent.aliases]
        self.strangers = tuple(sorted({fold(text) for text in texts if text}, key=len, reverse=True))

    # --- values -------------------------------------------------------------------------------------------------------

    def remarks(self, assignment: Assignment, elsewhere: Iterable[Flag] = ()) -> str:
        """What the reviewer must look at in a duty, in whole sentences; empty when nothing. ``elsewhere``: what is told beside it."""
        flagged = [FLAG_WORDS[flag] for flag in assignment.flags if flag in FLAG_WORDS and flag not in elsewhere]
        chosen = [f"Đơn vị được chọn tự động. {reason.text}" for reason in assignment.why if reason.rule in _CHOSEN]
        return " ".join((*chosen, *flagged))

    def words(self, assignment: Assignment, text: str, extra: str = "") -> Fact:
        """A duty's words with their place in the source and the reviewer's remarks."""
        due = governing(assignment)  # what is wrong with it stands at the internal deadline
        remark = " ".join(part for part in (extra, self.remarks(assignment, due.flags if due else ())) if part)
        if remark:
            remark = f"{remark} Bản gốc: {where(assignment.duty.evidence)}." if assignment.duty.evidence else remark
        return self.register.found(text, assignment.duty.evidence, remark, duty=assignment.key)

    def unit(self, assignment: Assignment) -> str:
        """The lead and those on a par with it, or a gap with the candidates."""
        if assignment.lead is None:
            return self.unassigned((assignment,))
        names = [assignment.lead.name, *(unit.name for unit in assignment.co_leads)]
        return ", ".join(names)

    def unassigned(self, assignments: Sequence[Assignment]) -> Fact:
        """The gap where a lead should stand, with the candidates and the reasons."""
        names = list(dict.fromkeys(unit.name for a in assignments for unit in a.candidates))
        why = reasons(assignments)
        offer = f"Có thể chọn: {'; '.join(names)}." if names else "Không có đơn vị nào trong hồ sơ phù hợp rõ rệt."
        return self.register.gap(" ".join(["Chưa xác định được đơn vị chủ trì.", offer, *why]))

    def report(self, assignment: Assignment) -> Report | None:
        """The internal deadline that follows from a duty's governing deadline; None when there is nothing to say."""
        found = report(self.plan, self.register, assignment)
        return replace(found, upward="") if found is not None and self.act(assignment).advises else found

    # --- items --------------------------------------------------------------------------------------------------------

    def act(self, assignment: Assignment) -> Act:
        """The duty's words told of our own units."""
        names = [unit.name for unit in (assignment.lead, *assignment.co_leads) if unit is not None]
        done = act(assignment.duty, clean(assignment.duty.text), self.strangers, ", ".join(names))
        return advised(self.plan, assignment, done)

    def told(self, assignment: Assignment, done: Act) -> str:
        """The act with our supporting units and with the superior's deadlines, where the source's words do not say them."""
        text = self.with_support(assignment, done)
        dues = unsaid_dues(assignment, assignment.duty.text)
        return f"{bare(text)}; {dues}" if dues else text

    def with_support(self, assignment: Assignment, done: Act) -> str:
        """The act with our supporting units, when the source's words do not name them."""
        text, key = done.text, fold(done.text)
        missing = [u.name for u in assignment.support if not any(fold(name) in key for name in (u.name, *u.aliases))]
        if not missing:
            return text
        helpers = ", ".join(missing)
        joined = _WITH.search(key)
        if joined:
            return f"{text[: joined.end()]} {helpers},{text[joined.end() :]}"
        if "phối hợp" in key or not done.verbal:
            return f"{text}; {helpers} phối hợp thực hiện"
        if key.startswith("chủ trì"):
            return f"Chủ trì, phối hợp với {helpers} {text[len('chủ trì') :].lstrip(' ,')}"
        return f"Chủ trì, phối hợp với {helpers} {lower_first(text)}"

    def item(self, assignments: tuple[Assignment, ...], joint: Joint | None = None, *, watches: bool = False) -> Item:
        """One numbered item; with ``joint`` or ``watches`` even its only duty becomes an entry, so that all stand below the unit."""
        first = assignments[0]
        unit = self.unit(first) if first.lead else self.unassigned(assignments)
        ask = first.lead is not None and first.lead.kind is UnitKind.OUTSIDE
        unit_id = first.lead.id if first.lead else ""
        if len(assignments) == 1 and (joint is not None or watches):
            return Item(unit, unit_id, ask, entries=(self._entry(first, True),), joint=joint, watches=watches, assignments=assignments)
        if len(assignments) == 1:
            return self._single(first, unit, unit_id, ask)
        shared = self._shared_heading(assignments)
        return Item(
            unit,
            unit_id,
            ask,
            heading=heading(shared, self.strangers) if shared else "",
            entries=self._entries(assignments, skip=shared),
            report=self._shared_report(assignments),
            joint=joint,
            watches=watches,
            assignments=assignments,
        )

    def _single(self, assignment: Assignment, unit: str, unit_id: str, ask: bool) -> Item:
        done = self.act(assignment)
        words = self.told(assignment, done)
        told = lower_first(words) if done.verbal else upper_first(words)
        fact = self.words(assignment, sentence(told), self.unturned(done))
        return Item(unit, unit_id, ask, fact, done.verbal, report=self.report(assignment), assignments=(assignment,))

    def unturned(self, done: Act) -> str:
        """The remark on a sentence whose subject a person must change."""
        return "Chưa tự đổi được chủ thể của câu; đề nghị sửa lời văn." if done.cut is Cut.KEPT else ""

    def _shared_heading(self, assignments: tuple[Assignment, ...]) -> Duty | None:
        """The heading right above all of them, when there is one that names who acts; a mere topic does not follow a unit's name."""
        above = [a.headings[-1] if a.headings else None for a in assignments]
        named = above[0] is not None and above[0].lead and not above[0].inherited
        return above[0] if named and all(duty is above[0] for duty in above) else None

    def _shared_report(self, assignments: tuple[Assignment, ...]) -> Report | None:
        """The internal deadline that is the same for every duty of the item."""
        dues = [a.governing for a in assignments]
        if any(due is None for due in dues) or len({(d.internal, d.internal_rrule) for d in dues if d}) != 1:
            return None
        return self.report(assignments[0])

    def _entries(self, assignments: tuple[Assignment, ...], skip: Duty | None) -> tuple[Entry, ...]:
        """The duties of an item; those under one telling heading are gathered below it."""
        own = self._shared_report(assignments) is None
        out: list[tuple[Duty | None, list[Entry]]] = []
        for assignment in assignments:
            above = assignment.headings[-1] if assignment.headings and assignment.headings[-1] is not skip else None
            if above is not None and not heading(above, self.strangers):
                above = None
            entry = self._entry(assignment, own)
            if above is not None and out and out[-1][0] is above:
                out[-1][1].append(entry)
            else:
                out.append((above, [entry]))
        return tuple(flat for above, entries in out for flat in self._gathered(above, entries))

    def _gathered(self, above: Duty | None, entries: list[Entry]) -> tuple[Entry, ...]:
        if above is None:
            return tuple(entries)
        title = upper_first(heading(above, self.strangers))
        return (Entry(self.register.found(f"{title}:", above.evidence), children=tuple(entries)),)

    def _entry(self, assignment: Assignment, with_report: bool) -> Entry:
        done = self.act(assignment)
        text = upper_first(self.told(assignment, done))
        report = self.report(assignment) if with_report else None
        return Entry(self.words(assignment, sentence(text), self.unturned(done)), report, key=assignment.key)


def by_lead(assignments: Iterable[Assignment]) -> tuple[tuple[Assignment, ...], ...]:
    """The assignments gathered by who leads, in the order in which each lead first appears."""
    groups: dict[tuple[str, ...], list[Assignment]] = {}
    for assignment in assignments:
        if assignment.duty.kind is DutyKind.DUTY:
            key = (assignment.lead.id, *(u.id for u in assignment.co_leads)) if assignment.lead else ()
            groups.setdefault(key, []).append(assignment)
    return tuple(tuple(group) for group in groups.values())


def lead_groups(plan: Plan) -> tuple[tuple[Assignment, ...], ...]:
    """The plan's own duties by lead: assigned ones first, what nobody leads yet after them."""
    groups = by_lead(plan.mine)
    return tuple(sorted(groups, key=lambda group: group[0].lead is None))


def items_with_joint(drafter: Drafter, joint: Iterable[Joint], watcher: str = "") -> tuple[tuple[Item, ...], tuple[Joint, ...]]:
    """Return the numbered items of the implementing dispatch, and what units without an item of their own support.

    ``watcher`` is the id of the unit that also follows up: with a duty of its own it has one item for all of it.
    """
    left = {one.unit_id: one for one in joint}
    out = []
    for group in lead_groups(drafter.plan):
        first = group[0]
        own = first.lead.id if first.lead is not None and not first.co_leads else ""
        out.append(drafter.item(group, left.pop(own, None), watches=own == watcher != ""))
    return tuple(out), tuple(left.values())


def requests(drafter: Drafter) -> tuple[Fact, ...]:
    """The source's requests that fall to bodies of our own level, in its words; those to others stay out of our letter."""
    out = []
    for assignment in drafter.plan.of(Relevance.REQUEST):
        if assignment.lead is not None:
            text = lower_first(drafter.act(assignment).text)
            out.append(drafter.words(assignment, sentence(f"{assignment.lead.name} {text}")))
    return tuple(out)


def leads(plan: Plan) -> tuple[Unit, ...]:
    """Every unit or group that leads at least one duty, in the order of the duties."""
    return tuple(group[0].lead for group in lead_groups(plan) if group[0].lead is not None)
