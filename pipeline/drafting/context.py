"""What a template may print about a plan: every name of ``templates/README.md``, each value with its note."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import count
from typing import Any

from extractors.evidence import Evidence, Found
from extractors.text import fold
from pipeline.authority import Authority
from pipeline.drafting.citation import Citation, Cited
from pipeline.drafting.docx_metrics import width_pt
from pipeline.drafting.facts import GAP, Note, Register, clean
from pipeline.drafting.filters import sentence, upper_first
from pipeline.drafting.house_style import house_style
from pipeline.drafting.items import Drafter, items_with_joint, lead_groups, requests
from pipeline.drafting.joint import Joint, joint_duties, told_together
from pipeline.drafting.places import duty_place
from pipeline.planning.lexicon import lexicon_of
from pipeline.planning.parties import read_party
from pipeline.planning.plan import Assignment, Form, Plan
from pipeline.planning.recipients import by_protocol

# "Các cơ quan liên quan" names nobody in particular.
_ANYBODY = ("các ", "cơ quan", "đơn vị")
NO_ADDRESSEE = "Có nhiệm vụ chưa phân công: đề nghị ghi đơn vị sẽ được giao, hoặc bỏ dòng này khi đơn vị ấy đã có ở trên."
NO_SIGNER = "Chưa xác định được người ký; đề nghị bổ sung."
# Reasons by which somebody signs in another's place.
_STANDS_IN = ("signer.absent", "signer.deputy")
TABLE_FROM = 5
"""From how many duties on the implementing dispatch carries the table of assignments as its appendix."""


@dataclass(frozen=True)
class Line:
    """One row of the table of assignments, and all that a task sheet says about a duty."""

    duty: str
    place: str
    lead: str
    support: str
    monitors: str
    deadline: str
    internal: str
    product: str
    report_to: str
    note: str


@lru_cache(maxsize=32)
def issuer_lines(name: str, level_word: str) -> tuple[str, ...]:
    """The authority's name in capitals, broken before its level word when it is too long for the letterhead's left column."""
    sheet = house_style()
    whole = clean(name).upper()
    style = sheet.by_id["issuer"]
    room = sheet.page.text_mm * sheet.letterhead.columns_percent[0] / 100 * 72 / 25.4
    head, word, tail = whole.partition(f" {level_word.upper()} ")
    if word and width_pt(whole, style.size_pt, bold=True) > room * 0.8:
        return (head, f"{word.strip()} {tail}")
    return (whole,)


def superior_line(authority: Authority) -> str:
    """The direct superior above the issuer; a people's committee prints none (NĐ 30/2020, Phụ lục I, mục II.2a)."""
    if authority.parent is None or fold(authority.name).startswith(("ủy ban nhân dân", "hội đồng nhân dân")):
        return ""
    return clean(authority.parent.name).upper()


def pages(sources: Sequence[Evidence]) -> str:
    """Return the pages of these words: "trang 2, 3"; empty for a DOCX."""
    found = sorted({source.page for source in sources if source.page is not None})
    return f"trang {', '.join(map(str, found))}" if found else ""


def first_time() -> Callable[[str], bool]:
    """Return a question for a template: whether it asks about these words for the first time."""
    asked: set[str] = set()

    def new(words: str) -> bool:
        known = words in asked
        asked.add(words)
        return not known

    return new


def table_widths(*, supported: bool, dated: bool, products: bool) -> tuple[int, ...]:
    """Return the widths of the table of assignments in per cent: what its optional columns leave is the duty's."""
    behind = (17, *((15,) if supported else ()), *((14, 12) if dated else ()), *((11,) if products else ()))
    return (4, 96 - sum(behind), *behind)


@dataclass
class Prepared:
    """A plan made ready for the templates."""

    plan: Plan
    today: date
    register: Register = field(default_factory=Register)

    def __post_init__(self) -> None:
        self.register.house = self.plan.authority.name
        self.drafter = Drafter(self.plan, self.register)

    def line(self, assignment: Assignment) -> Line:
        """The row of one duty."""
        drafter = self.drafter
        done = drafter.act(assignment)
        notes = " ".join((*(reason.text for reason in assignment.why), drafter.remarks(assignment)))
        return Line(
            duty=drafter.words(assignment, sentence(upper_first(done.text))),
            place=", ".join(filter(None, (duty_place(assignment), pages(assignment.duty.evidence)))),
            lead=drafter.unit(assignment),
            support=", ".join((*(unit.name for unit in assignment.support), *self.strangers(assignment))),
            monitors=", ".join(unit.name for unit in assignment.monitors),
            deadline="; ".join(clean(due.deadline.text) for due in assignment.dues),
            internal=self.internal(assignment),
            product=clean(assignment.duty.product),
            report_to=", ".join(clean(party.name) for party in assignment.duty.report_to),
            note=notes.strip(),
        )

    def strangers(self, assignment: Assignment) -> tuple[str, ...]:
        """The source's supporters that are nobody of ours nor of our superior's departments: the post office, a company."""
        lexicon = lexicon_of(self.plan.authority)
        names = (clean(party.name) for party in assignment.duty.support if not read_party(party.name, lexicon))
        return tuple(name for name in names if not fold(name).startswith(_ANYBODY))

    def internal(self, assignment: Assignment) -> str:
        """The internal deadline in a table's words; empty when the duty has none."""
        report = self.drafter.report(assignment)
        if report is None:
            return ""
        if report.kind == "lead":
            return report.when.said(f"trước hạn {report.when} ngày làm việc")
        return report.when

    def lines(self) -> tuple[Line, ...]:
        """All rows of the table, in the order of the items."""
        return tuple(self.line(assignment) for group in lead_groups(self.plan) for assignment in group)

    def subject(self, source: Cited) -> str:
        """The draft's own subject ("trích yếu"): the source's for a công văn, else empty: the template then names the source."""
        code = self.plan.source.type.value.code if isinstance(self.plan.source.type, Found) else ""
        return source.subject if code in {"CV", "CD", ""} and self.plan.implements.subject else ""

    def urgency(self) -> str:
        """The source's degree of urgency, which a draft takes over until the reviewer says otherwise; empty when it has none."""
        document = self.plan.source
        if document.urgency is None:
            return ""
        sources = tuple(piece for field, pieces in document.marks_evidence if field.endswith("urgency") for piece in pieces)
        return self.register.found(document.urgency.value, sources, "Độ khẩn lấy theo văn bản đến; đề nghị người duyệt xác nhận.")

    def signing(self) -> dict[str, Any]:
        """Who signs: lines above the name, and the name; gaps when the rules name nobody."""
        lines: tuple[str, ...] = self.plan.authority_lines
        signer = self.plan.signer
        return {
            "authority_lines": lines or (self.register.gap("Hồ sơ cơ quan chưa xác định được người ký."),),
            "signer_title": signer.title if signer else "",
            "signer": signer.name if signer else self.register.gap(NO_SIGNER),
        }

    def signer(self) -> str:
        """The name below the letter; a person who stands in for another is shown to the reviewer."""
        signer = self.plan.signer
        if signer is None:
            return self.register.gap(NO_SIGNER)
        stands_in = " ".join(reason.text for reason in self.plan.why if reason.rule in _STANDS_IN)
        return self.register.found(signer.name, (), f"{stands_in} Đề nghị người duyệt xác nhận." if stands_in else "")

    def ground(self) -> dict[str, Any]:
        """The names that every template has."""
        plan, authority = self.plan, self.plan.authority
        monitor = authority.monitor
        source = Citation(plan, self.register).cited()
        return {
            "today": self.today,
            "superior": superior_line(authority),
            "issuer_lines": issuer_lines(authority.name, authority.level_word),
            "issuer_name": authority.short_name,
            "symbol": plan.symbol,
            "place": authority.place_name,
            "me": authority.self_name,
            "leader": authority.leader,
            "level": authority.level_word,
            "monitor": monitor.name if monitor else "",
            "upper": authority.parent.short_name if authority.parent else "",
            "lead_days": authority.rules.lead_days,
            "source": source,
            "subject": self.subject(source),
            "urgency": self.urgency(),
            "recipients": plan.recipients,
            "filing": plan.filing,
            **self.signing(),
        }

    def monitored(self) -> bool:
        """True when no duty says yet that the monitoring office follows up."""
        follow_up = (a.duty.text for a in self.plan.mine if a.lead and a.lead.id == self.plan.authority.rules.monitor)
        return self.plan.authority.monitor is not None and not any("đôn đốc" in fold(clean(text)) for text in follow_up)

    def addressees(self, joint: Sequence[Joint]) -> tuple[str, ...]:
        """Who gets the draft: the plan's addressees, and whoever else it gives an item to."""
        authority = self.plan.authority
        units = [*self.plan.addressees, *(authority.unit(line.unit_id) for line in joint)]
        if self.plan.form is Form.IMPLEMENTING and self.monitored():
            units.append(authority.monitor)
        names = dict.fromkeys(unit.name for unit in by_protocol(unit for unit in units if unit is not None))
        unassigned = any(assignment.lead is None for assignment in self.plan.mine)
        gap = (self.register.fact(f"Đơn vị {GAP}", Note(comment=NO_ADDRESSEE, gap=True)),) if unassigned else ()
        return (*names, *gap)

    def watching(self) -> str:
        """The monitoring office where neither the addressees nor the filing line would bring it the letter; empty otherwise."""
        monitor, plan = self.plan.authority.monitor, self.plan
        told = {unit.id for unit in plan.addressees} | {a.lead.id for a in plan.mine if a.lead}
        if monitor is None or monitor.id in told or plan.form is Form.IMPLEMENTING or monitor.symbol in re.findall(r"\w+", plan.filing):
            return ""
        return monitor.name

    def letter(self) -> dict[str, Any]:
        """The names of a dispatch's template."""
        monitored, monitor = self.monitored(), self.plan.authority.monitor
        watcher = monitor.id if monitor and monitored and self.plan.form is Form.IMPLEMENTING else ""
        found, joint = items_with_joint(self.drafter, joint_duties(self.plan, self.register), watcher)
        asked = requests(self.drafter)
        duties = sum(len(item.assignments) for item in found)
        tabled = duties >= TABLE_FROM and self.plan.form is Form.IMPLEMENTING
        return {
            **self.ground(),
            "signer": self.signer(),
            "watching": self.watching(),
            "items": found,
            "next_number": count(1).__next__,
            "first_time": first_time(),
            "joint": told_together(line for line in joint if line.unit_id != watcher),
            "monitor_joint": next((line for line in joint if line.unit_id == watcher), None),
            "addressees": self.addressees(joint),
            "requests": asked,
            "told": any(not item.ask for item in found),
            "asked": bool(asked) or any(item.ask for item in found) or any(line.ask for line in joint),
            "monitored": monitored and not any(item.watches for item in found),
            **self.table(self.lines() if tabled else ()),
        }

    def table(self, lines: tuple[Line, ...]) -> dict[str, Any]:
        """The names of the table of assignments."""
        filled = {
            "supported": any(line.support for line in lines),
            "dated": any(line.deadline or line.internal for line in lines),
            "products": any(line.product for line in lines),
        }
        return {"lines": lines, **filled, "widths": table_widths(**filled)}

    def sheet(self, group: Sequence[Assignment]) -> dict[str, Any]:
        """The names of a task sheet's template: one lead unit's duties."""
        first, monitor = group[0], self.plan.authority.monitor
        others = monitor is not None and monitor not in (first.lead, *first.co_leads)
        return {
            **self.ground(),
            "monitor": monitor.name if others and monitor else "",
            "unit": self.drafter.unit(first) if first.lead else self.drafter.unassigned(group),
            "unit_leader": first.lead.leader_title if first.lead else "",
            "lines": tuple(self.line(assignment) for assignment in group),
        }
