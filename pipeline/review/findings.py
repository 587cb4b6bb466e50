"""What was read of a dispatch, finding by finding, in the order in which a reviewer meets it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import count
from typing import Any

from extractors.day_words import short_date
from extractors.dispatch import Deadline, Dispatch, Document, DocumentRole, DocumentType, Duty, DutyKind, Party, Reference, Urgency
from extractors.evidence import Evidence, Found, Grade, Missing, Reason, Value
from pipeline.drafting.facts import clean


class Kind(StrEnum):
    """What a finding is; each is marked in its own way."""

    FIELD = "field"
    PARTY = "party"
    CITED = "cited"
    DUTY = "duty"
    LEAD = "lead"
    SUPPORT = "support"
    DUE = "due"
    REPORT = "report"


@dataclass(frozen=True)
class Finding:
    """One value with the words that it rests on."""

    number: int
    """Its anchor on the page, from 1."""
    kind: Kind
    label: str
    """What it is, in Vietnamese: "Số", "Chủ trì"."""
    text: str
    """The value as shown; empty when it is missing."""
    pointer: str
    """Its place in the record, within its document: "/duties/0/lead/1"."""
    evidence: tuple[Evidence, ...] = ()
    missing: Missing | None = None

    @property
    def grade(self) -> Grade:
        """The weakest grade among its evidence."""
        return Found(None, self.evidence).grade

    @property
    def placed(self) -> bool:
        """True when some of its words stand in the file that is shown."""
        return any(piece.page is not None or piece.paragraph is not None for piece in self.evidence)


@dataclass(frozen=True)
class FoundDuty:
    """A duty with its parties and deadlines."""

    duty: Duty
    key: str
    """As ``Assignment.key``: "1.2", in the second document "2:1.2"."""
    depth: int
    whole: Finding
    parts: tuple[Finding, ...] = ()

    @property
    def heading(self) -> bool:
        """True for an item that only introduces others."""
        return self.duty.kind is DutyKind.GROUP


@dataclass(frozen=True)
class FoundDocument:
    """One document of the file."""

    title: str
    main: bool
    fields: tuple[Finding, ...]
    addressees: tuple[Finding, ...]
    duties: tuple[FoundDuty, ...]
    references: tuple[Finding, ...]
    recipients: tuple[Finding, ...]

    def all(self) -> Iterator[Finding]:
        """Every finding, the duties before their parts."""
        yield from self.fields
        yield from self.addressees
        for item in self.duties:
            yield item.whole
            yield from item.parts
        yield from self.references
        yield from self.recipients


_URGENCY = {Urgency.KHAN: "Khẩn", Urgency.THUONG_KHAN: "Thượng khẩn", Urgency.HOA_TOC: "Hỏa tốc"}


def findings_of(dispatch: Dispatch) -> tuple[FoundDocument, ...]:
    """Return what was read of each document; the numbers of the findings run through all of them."""
    numbers = count(1)
    titles = _titles(dispatch.documents)
    return tuple(_Collector(numbers, index).document(one, titles[index]) for index, one in enumerate(dispatch.documents))


def _titles(documents: Sequence[Document]) -> list[str]:
    attached = count(1)
    return ["Văn bản đến" if one.role is DocumentRole.MAIN else f"Văn bản kèm theo {next(attached)}" for one in documents]


def _values(document: Document) -> Iterator[tuple[str, str, Value[Any]]]:
    """The single values with their places in the record and their Vietnamese names."""
    yield "/type", "Tên loại", document.type
    yield "/issuer/parent", "Cơ quan chủ quản", document.parent
    yield "/issuer/name", "Cơ quan ban hành", document.issuer
    yield "/reference", "Số, ký hiệu", document.reference
    yield "/number", "Số", document.number
    yield "/symbol", "Ký hiệu", document.symbol
    yield "/place", "Địa danh", document.place
    yield "/date", "Ngày ban hành", document.date
    yield "/subject", "Trích yếu", document.subject
    if document.urgency is not None:
        yield "/urgency", "Độ khẩn", Found(document.urgency, dict(document.marks_evidence).get("/urgency", ()))
    yield "/signer/authority", "Quyền hạn ký", document.signer.authority
    yield "/signer/position", "Chức vụ người ký", document.signer.position
    yield "/signer/name", "Người ký", document.signer.name
    yield "/filing", "Lưu", document.filing


def _shown(value: object) -> str:
    if isinstance(value, date):
        return short_date(value)
    if isinstance(value, DocumentType):
        return value.name
    if isinstance(value, Urgency):
        return _URGENCY[value]
    return clean(str(value))


def cited_words(reference: Reference) -> str:
    """Return a cited document as a reviewer reads it: "159/TB-VPCP ngày 05/01/2023, Văn phòng Chính phủ"."""
    day = f" ngày {short_date(reference.date)}" if reference.date else ""
    issuer = f", {reference.issuer}" if reference.issuer else ""
    return clean(f"{reference.reference}{day}{issuer}")


class _Collector:
    """Numbers the findings of one document."""

    def __init__(self, numbers: Iterator[int], index: int) -> None:
        self._numbers, self._index = numbers, index

    def document(self, document: Document, title: str) -> FoundDocument:
        return FoundDocument(
            title,
            document.role is DocumentRole.MAIN,
            tuple(self._field(*one) for one in _values(document)),
            self._parties(Kind.PARTY, "Kính gửi", document.addressees, "/addressees"),
            tuple(one for index, duty in enumerate(document.duties) for one in self._duty(duty, f"/duties/{index}", 0)),
            tuple(
                self._finding(Kind.CITED, "Văn bản được nêu", cited_words(cited), f"/references/{index}", cited.evidence)
                for index, cited in enumerate(document.references)
            ),
            self._parties(Kind.PARTY, "Nơi nhận", document.recipients, "/recipients"),
        )

    def _finding(self, kind: Kind, label: str, text: str, pointer: str, evidence: tuple[Evidence, ...]) -> Finding:
        return Finding(next(self._numbers), kind, label, clean(text), pointer, evidence)

    def _field(self, pointer: str, label: str, value: Value[Any]) -> Finding:
        text = "" if isinstance(value, Missing) else _shown(value.value)
        missing = value if isinstance(value, Missing) else None
        return Finding(next(self._numbers), Kind.FIELD, label, text, pointer, value.evidence, missing)

    def _parties(self, kind: Kind, label: str, parties: Sequence[Party], pointer: str) -> tuple[Finding, ...]:
        return tuple(self._finding(kind, label, party.name, f"{pointer}/{index}", party.evidence) for index, party in enumerate(parties))

    def _duty(self, duty: Duty, pointer: str, depth: int) -> Iterator[FoundDuty]:
        key = duty.id if self._index == 0 else f"{self._index + 1}:{duty.id}"
        label = "Mục" if duty.kind is DutyKind.GROUP else "Nhiệm vụ"
        whole = self._finding(Kind.DUTY, f"{label} {key}", duty.text, pointer, duty.evidence)
        parts = (
            *self._parties(Kind.LEAD, "Chủ trì", duty.lead, f"{pointer}/lead"),
            *self._parties(Kind.SUPPORT, "Phối hợp", duty.support, f"{pointer}/support"),
            *(self._due(deadline, f"{pointer}/deadlines/{index}") for index, deadline in enumerate(duty.deadlines)),
            *self._parties(Kind.REPORT, "Báo cáo", duty.report_to, f"{pointer}/report_to"),
        )
        yield FoundDuty(duty, key, depth, whole, parts)
        for index, child in enumerate(duty.children):
            yield from self._duty(child, f"{pointer}/children/{index}", depth + 1)

    def _due(self, deadline: Deadline, pointer: str) -> Finding:
        return self._finding(Kind.DUE, "Thời hạn", deadline.text, pointer, deadline.evidence)


def why_missing(missing: Missing) -> str:
    """Return why a value is missing, and what it may be."""
    offered = "; ".join(clean(_day_words(one)) for one in missing.candidates)
    return _MISSING_WORDS[missing.reason] + (f"; có thể là: {offered}" if offered else "")


def _day_words(candidate: str) -> str:
    """A candidate that is a day as a clerk writes it: "2025-01-15" is "15/01/2025"."""
    try:
        return short_date(date.fromisoformat(candidate)) if len(candidate) == _ISO_LENGTH else candidate
    except ValueError:
        return candidate


_ISO_LENGTH = len("2025-01-15")
_MISSING_WORDS = {
    Reason.BLANK: "để trống trên văn bản",
    Reason.ABSENT: "không có trên văn bản",
    Reason.UNREADABLE: "không đọc được",
    Reason.AMBIGUOUS: "có nhiều khả năng",
}
GRADE_WORDS = {
    Grade.STATED: "",
    Grade.REPAIRED: "chữ gốc bị lỗi, theo bảng mã cũ hoặc máy nhận dạng nhầm, đã sửa",
    Grade.INFERRED: "suy ra",
    Grade.GUESSED: "chưa chắc chắn",
}
"""How a value below STATED was come by."""
