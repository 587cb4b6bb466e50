"""How a draft names the document it puts into effect: every part from the paper, a gap where the paper is silent."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.dispatch import Reference, Role
from extractors.doctypes import by_code
from extractors.evidence import Found, Missing, Reason
from extractors.text import fold
from pipeline.drafting.facts import Fact, Register, clean
from pipeline.drafting.filters import short_date
from pipeline.drafting.wording import connective, small_subject
from pipeline.planning.plan import Plan

_REASONS = {
    Reason.BLANK: "để trống trên văn bản",
    Reason.ABSENT: "không có trên văn bản",
    Reason.UNREADABLE: "không đọc được",
    Reason.AMBIGUOUS: "có nhiều khả năng",
}


@dataclass(frozen=True)
class Cited:
    """The incoming dispatch as the draft cites it."""

    type: Fact
    reference: Fact
    date: Fact
    issuer: Fact
    subject: Fact
    about: str
    """The words before the subject: "về việc", "về"."""
    known_number: bool
    """False: the number is a gap; later mentions then say "văn bản nêu trên"."""
    chain: tuple[Fact, ...] = ()
    """What the dispatch itself implements, where its subject does not say so already."""


def gap_reason(value: object) -> str:
    """Why a value is missing, with candidates, in Vietnamese."""
    if not isinstance(value, Missing):
        return "chưa có"
    offered = f"; có thể là: {'; '.join(map(clean, value.candidates))}" if value.candidates else ""
    return f"{_REASONS[value.reason]}{offered}"


@dataclass
class Citation:
    """Makes the citation of the incoming dispatch."""

    plan: Plan
    register: Register = field(default_factory=Register)

    def value(self, words: str | None, found: object, what: str) -> Fact:
        """Return a value with its evidence, or a gap that says what is missing and why."""
        if words:
            sources = found.evidence if isinstance(found, Found) else ()
            return self.register.found(words, sources)
        return self.register.gap(f"Thiếu {what} của văn bản đến: {gap_reason(found)}. Đề nghị bổ sung.")

    def cited(self) -> Cited:
        """Return the incoming dispatch as the draft cites it."""
        known, document = self.plan.implements, self.plan.source
        day = short_date(known.date) if known.date else None
        code = document.type.value.code if isinstance(document.type, Found) else ""
        subject = small_subject(clean(known.subject)) if known.subject else None
        return Cited(
            self.value(known.type_name, document.type, "tên loại"),
            self.value(known.reference, self.number(), "số, ký hiệu"),
            self.value(day, document.date, "ngày ban hành"),
            self.value(known.issuer, document.issuer, "cơ quan ban hành"),
            self.value(subject, document.subject, "trích yếu"),
            connective(code),
            known.reference is not None,
            tuple(self.chain()),
        )

    def number(self) -> object:
        """What is known of the number: the whole reference, or whichever half of it offers candidates."""
        document = self.plan.source
        halves = (document.reference, document.number, document.symbol)
        offering = next((half for half in halves if isinstance(half, Missing) and half.candidates), None)
        return document.reference if isinstance(document.reference, Found) or offering is None else offering

    def chain(self) -> list[Fact]:
        """Return what the dispatch itself implements, at most two, where its subject does not say so already."""
        said = fold(self.plan.implements.subject)
        implemented = [r for r in self.plan.source.references if r.role is Role.IMPLEMENTS and r.evidence and fold(r.reference) not in said]
        return [self.register.found(mention(reference), reference.evidence) for reference in implemented[:2]]


def mention(reference: Reference) -> str:
    """A cited document in full: type, number and symbol, day, issuer, as far as the source tells them."""
    known = by_code(reference.type)
    day = f" ngày {short_date(reference.date)}" if reference.date else ""
    issuer = f" của {clean(reference.issuer)}" if reference.issuer else ""
    return f"{known.name if known else 'Văn bản'} số {clean(reference.reference)}{day}{issuer}"
