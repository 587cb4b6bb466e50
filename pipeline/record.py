"""The record that ``congvan read`` prints: the dispatch seen from outside, and its JSON Schema.

The types below are the contract's shape; the schema is generated from them, so the two cannot drift apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated, Any, Literal

import msgspec

from extractors.dispatch import Deadline, Dispatch, Document, Duty, Party, PrintedDate, Reference
from extractors.errors import Problem
from extractors.evidence import Evidence, Found, Missing, Value, value_of

SCHEMA: Literal["congvan/1"] = "congvan/1"


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An object of the record; unknown keys are refused when one is read back."""


class SignaturePart(_Part, frozen=True):
    """A digital signature."""

    signer: str | None
    signed_at: str | None
    status: Literal["valid", "invalid", "untrusted", "unsigned-stamp"]
    detail: str | None


class SourcePart(_Part, frozen=True):
    """The file."""

    name: str
    sha256: str
    media_type: str
    pages: int | None
    text: Literal["digital", "ocr", "mixed"]
    signatures: list[SignaturePart]


class TypePart(_Part, frozen=True):
    """Type of document."""

    code: str
    name: str


class IssuerPart(_Part, frozen=True):
    """Letterhead."""

    parent: str | None
    name: str | None


class DatePart(_Part, frozen=True):
    """The date line as printed."""

    year: int | None
    month: int | None
    day: int | None


class ReferencePart(_Part, frozen=True):
    """A cited document."""

    type: str
    reference: str
    date: str | None
    issuer: str | None
    role: Literal["implements", "basis", "mentions"]


class DeadlinePart(_Part, frozen=True):
    """A deadline; amount, unit and anchor stand only with a relative one."""

    text: str
    kind: Literal["date", "period", "recurring", "relative", "standing", "unresolved"]
    due: str | None
    before: bool
    rrule: str | None
    amount: float | int | None
    unit: Literal["working_day", "day", "week", "month", "hour"] | None
    anchor: Literal["received", "issued", "effective", "event"] | None


class DutyPart(_Part, frozen=True):
    """A duty with its children."""

    id: str
    marker: str
    text: str
    kind: Literal["duty", "group"]
    lead: list[str]
    support: list[str]
    inherited: bool
    deadlines: list[DeadlinePart]
    report_to: list[str]
    children: list[DutyPart]


class SignerPart(_Part, frozen=True):
    """Who signs."""

    authority: str | None
    position: str | None
    name: str | None


class GapPart(_Part, frozen=True):
    """A field without a value, and why."""

    field: str
    reason: Literal["blank", "absent", "unreadable", "ambiguous"]
    candidates: list[str]


class EvidencePart(_Part, frozen=True):
    """Words of the paper."""

    quote: str
    page: int | None
    box: Annotated[list[float], msgspec.Meta(min_length=4, max_length=4)] | None
    paragraph: int | None
    grade: Literal["stated", "repaired", "inferred", "guessed"]


class DocumentPart(_Part, frozen=True):
    """One document of the file."""

    role: Literal["main", "attachment"]
    pages: list[int]
    type: TypePart
    issuer: IssuerPart
    number: str | None
    symbol: str | None
    reference: str | None
    place: str | None
    date: str | None
    date_printed: DatePart
    subject: str | None
    urgency: Literal["khan", "thuong-khan", "hoa-toc"] | None
    secrecy: Literal["mat", "toi-mat", "tuyet-mat"] | None
    addressees: list[str]
    references: list[ReferencePart]
    duties: list[DutyPart]
    recipients: list[str]
    filing: str | None
    signer: SignerPart
    gaps: list[GapPart]
    evidence: dict[str, list[EvidencePart]]


class ProblemPart(_Part, frozen=True):
    """What the clerk should know."""

    code: str
    severity: Literal["error", "warning", "info"]
    message: str
    where: str | None


class Record(_Part, frozen=True):
    """The whole record."""

    schema: Literal["congvan/1"]
    source: SourcePart
    documents: Annotated[list[DocumentPart], msgspec.Meta(min_length=1)]
    problems: list[ProblemPart]


NOTHING_PRINTED = PrintedDate(None, None, None)
UNTITLED = TypePart("VB", "Văn bản")
"""The type when neither title nor symbol tells one."""


def to_record(dispatch: Dispatch) -> Record:
    """Return the record of a dispatch."""
    source = dispatch.source
    signatures = [SignaturePart(s.signer, s.signed_at, s.status, s.detail) for s in source.signatures]  # type: ignore[arg-type]
    return Record(
        schema=SCHEMA,
        source=SourcePart(source.name, source.sha256, source.media_type, source.pages, source.text.value, signatures),
        documents=[_document(document) for document in dispatch.documents],
        problems=[problem_part(problem) for problem in dispatch.problems],
    )


def problem_part(problem: Problem) -> ProblemPart:
    """Return a problem as the record shows it: what happened and what to do in one message."""
    message = " ".join(filter(None, (problem.message, problem.remedy)))
    return ProblemPart(problem.code, problem.severity.value, message, problem.where or None)


def _document(document: Document) -> DocumentPart:
    kind = value_of(document.type)
    date = value_of(document.date)
    printed = document.date_printed
    signer = document.signer
    return DocumentPart(
        role=document.role.value,
        pages=list(document.pages),
        type=TypePart(kind.code, kind.name) if kind else UNTITLED,
        issuer=IssuerPart(value_of(document.parent), value_of(document.issuer)),
        number=value_of(document.number),
        symbol=value_of(document.symbol),
        reference=value_of(document.reference),
        place=value_of(document.place),
        date=date.isoformat() if date else None,
        date_printed=DatePart(printed.year, printed.month, printed.day),
        subject=value_of(document.subject),
        urgency=document.urgency.value if document.urgency else None,
        secrecy=document.secrecy.value if document.secrecy else None,
        addressees=_names(document.addressees),
        references=[_reference(reference) for reference in document.references],
        duties=[_duty(duty) for duty in document.duties],
        recipients=_names(document.recipients),
        filing=value_of(document.filing),
        signer=SignerPart(value_of(signer.authority), value_of(signer.position), value_of(signer.name)),
        gaps=_gaps(document),
        evidence={pointer: parts for pointer, found in _all_evidence(document) if (parts := [_evidence(e) for e in found])},
    )


def _names(parties: Iterable[Party]) -> list[str]:
    return [party.name for party in parties]


def _reference(reference: Reference) -> ReferencePart:
    day = reference.date.isoformat() if reference.date else None
    return ReferencePart(reference.type, reference.reference, day, reference.issuer, reference.role.value)


def _deadline(deadline: Deadline) -> DeadlinePart:
    return DeadlinePart(
        text=deadline.text,
        kind=deadline.kind.value,
        due=deadline.due,
        before=deadline.before,
        rrule=deadline.rrule,
        amount=deadline.amount,
        unit=deadline.unit.value if deadline.unit else None,
        anchor=deadline.anchor.value if deadline.anchor else None,
    )


def _duty(duty: Duty) -> DutyPart:
    return DutyPart(
        id=duty.id,
        marker=duty.marker,
        text=duty.text,
        kind=duty.kind.value,
        lead=_names(duty.lead),
        support=_names(duty.support),
        inherited=duty.inherited,
        deadlines=[_deadline(deadline) for deadline in duty.deadlines],
        report_to=_names(duty.report_to),
        children=[_duty(child) for child in duty.children],
    )


def _fields(document: Document) -> Iterator[tuple[str, Value[Any]]]:
    yield "/type", document.type
    yield "/issuer/parent", document.parent
    yield "/issuer/name", document.issuer
    yield "/number", document.number
    yield "/symbol", document.symbol
    yield "/reference", document.reference
    yield "/place", document.place
    yield "/date", document.date
    yield "/subject", document.subject
    yield "/filing", document.filing
    yield "/signer/authority", document.signer.authority
    yield "/signer/position", document.signer.position
    yield "/signer/name", document.signer.name


def _gaps(document: Document) -> list[GapPart]:
    return [GapPart(name, value.reason.value, list(value.candidates)) for name, value in _fields(document) if isinstance(value, Missing)]


def _all_evidence(document: Document) -> Iterator[tuple[str, tuple[Evidence, ...]]]:
    for name, value in _fields(document):
        if isinstance(value, Found):
            yield name, value.evidence
    if document.date_printed != NOTHING_PRINTED:
        yield "/date_printed", document.date.evidence
    yield from document.marks_evidence
    for index, party in enumerate(document.addressees):
        yield f"/addressees/{index}", party.evidence
    for index, reference in enumerate(document.references):
        yield f"/references/{index}", reference.evidence
    for index, duty in enumerate(document.duties):
        yield from _duty_evidence(duty, f"/duties/{index}")
    for index, party in enumerate(document.recipients):
        yield f"/recipients/{index}", party.evidence


def _duty_evidence(duty: Duty, pointer: str) -> Iterator[tuple[str, tuple[Evidence, ...]]]:
    yield pointer, duty.evidence
    for name, parties in (("lead", duty.lead), ("support", duty.support), ("report_to", duty.report_to)):
        for index, party in enumerate(parties):
            yield f"{pointer}/{name}/{index}", party.evidence
    for index, deadline in enumerate(duty.deadlines):
        yield f"{pointer}/deadlines/{index}", deadline.evidence
    for index, child in enumerate(duty.children):
        yield from _duty_evidence(child, f"{pointer}/children/{index}")


def _evidence(evidence: Evidence) -> EvidencePart:
    box = evidence.box
    corners = [round(edge, 2) for edge in (box.x0, box.top, box.x1, box.bottom)] if box else None
    return EvidencePart(evidence.quote, evidence.page, corners, evidence.paragraph, evidence.grade.value)


def to_json(record: Record) -> bytes:
    """Return the record as indented UTF-8 JSON, keys in the contract's order."""
    return msgspec.json.format(msgspec.json.encode(record), indent=1)


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of the record."""
    schema = msgspec.json.schema(Record)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "congvan record", **schema}
