"""How a draft names the document it puts into effect: every part from the paper, a gap where the paper is silent."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.day_words import short_date
from extractors.dispatch import Document, Reference, Role
from extractors.doctypes import by_code
from extractors.evidence import Found, Missing, Reason, value_of
from extractors.text import body_key, fold
from pipeline.drafting.facts import Fact, Note, Register, clean
from pipeline.drafting.wording import connective, small_subject
from pipeline.planning.plan import Plan

_DISPATCH, _PROGRAMME = "CV", "CTr"
_ACTION = "hành động "
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

    def type(self, code: str) -> Fact:
        """Return the type; that of a công văn is never printed, so that inferring it is no doubt to look at."""
        found = self.plan.source.type
        if code == _DISPATCH and isinstance(found, Found):
            return self.register.fact(self.plan.implements.type_name, Note(found.evidence))
        return self.value(self.plan.implements.type_name, found, "tên loại")

    def cited(self) -> Cited:
        """Return the incoming dispatch as the draft cites it."""
        known, document = self.plan.implements, self.plan.source
        day = short_date(known.date) if known.date else None
        code = _code(document)
        kind, printed, about = _told(code, clean(known.subject))
        subject = small_subject(printed) if printed else None
        return Cited(
            self.type(code) if kind is None else self.type(code).said(kind),
            self.value(known.reference, self.number(), "số, ký hiệu"),
            self.value(day, document.date, "ngày ban hành"),
            self.value(known.issuer, document.issuer, "cơ quan ban hành"),
            self.value(subject, document.subject, "trích yếu"),
            about or connective(code, printed),
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
        """Return what the dispatch itself implements, at most two, where its subject does not say so already.

        What the issuer itself sent before is no order that it carries out.
        """
        said, document = fold(self.plan.implements.subject), self.plan.source
        own = Issuer(fold(clean(self.plan.implements.issuer)), value_of(document.reference) or "", _code(document))
        implemented = [
            r for r in document.references if r.role is Role.IMPLEMENTS and r.evidence and fold(r.reference) not in said and not own.made(r)
        ]
        return [self.register.found(mention(reference), reference.evidence) for reference in implemented[:2]]


@dataclass(frozen=True)
class Issuer:
    """The issuer of the incoming dispatch: its own earlier documents ("Tiếp theo Công văn số …") are no orders that it carries out."""

    name: str
    """Folded."""
    reference: str
    type: str

    def made(self, reference: Reference) -> bool:
        """True when a cited document is the issuer's own: by its name, or without one by the body in the symbol."""
        if reference.issuer:
            cited, own = body_key(clean(reference.issuer)), body_key(clean(self.name))
            return bool(own) and f"{own} ".startswith(f"{cited} ")
        body = _body(self.reference, self.type)
        return body != "" and body == _body(reference.reference, reference.type)


def _body(reference: str, code: str) -> str:
    """The issuing body in a symbol: "UBND" of "12/UBND-VP" and of "12/KH-UBND"."""
    halves = [half for half in fold(reference).rpartition("/")[2].split("-") if half]
    if not halves or fold(code) not in halves:
        return halves[0] if halves else ""
    return next((half for half in halves if half != fold(code)), "")


def _told(code: str, subject: str) -> tuple[str | None, str, str]:
    """The type's longer name where the subject begins with its rest, the subject, and the words before it where the paper prints them.

    "CHƯƠNG TRÌNH / Hành động về phòng, chống thiên tai" is a "Chương trình hành động … về phòng, chống thiên tai".
    """
    kind = None
    if code == _PROGRAMME and fold(subject).startswith(_ACTION):
        kind, subject = "Chương trình hành động", subject[len(_ACTION) :].lstrip()
    if fold(subject).startswith("về ") and not fold(subject).startswith("về việc "):
        return kind, subject[len("về ") :].lstrip(), "về"
    return kind, subject, ""


def _code(document: Document) -> str:
    return document.type.value.code if isinstance(document.type, Found) else ""


def mention(reference: Reference) -> str:
    """A cited document in full: type, number and symbol, day, issuer, as far as the source tells them."""
    known = by_code(reference.type)
    day = f" ngày {short_date(reference.date)}" if reference.date else ""
    issuer = f" của {clean(reference.issuer)}" if reference.issuer else ""
    return f"{known.name if known else 'Văn bản'} số {clean(reference.reference)}{day}{issuer}"
