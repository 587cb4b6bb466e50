"""The dispatch as data ("văn bản đến"): what the paper says, each value with its evidence.

The printed record (``pipeline/record.py``) is this model seen from outside.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from extractors.errors import Problem
from extractors.evidence import ABSENT, Evidence, Value
from extractors.layout import TextSource


class Urgency(StrEnum):
    """Degree of urgency ("độ khẩn", NĐ 30/2020 Điều 8)."""

    KHAN = "khan"
    THUONG_KHAN = "thuong-khan"
    HOA_TOC = "hoa-toc"


class Secrecy(StrEnum):
    """Degree of secrecy ("độ mật")."""

    MAT = "mat"
    TOI_MAT = "toi-mat"
    TUYET_MAT = "tuyet-mat"


@dataclass(frozen=True)
class DocumentType:
    """Type of a document ("tên loại văn bản"): the code of NĐ 30/2020 Phụ lục III without diacritics, and the name."""

    code: str
    name: str


@dataclass(frozen=True)
class PrintedDate:
    """The date line as printed; a draft leaves the day (and month) blank."""

    year: int | None
    month: int | None
    day: int | None

    @property
    def whole(self) -> date | None:
        """The date when all three parts are printed and make a real day."""
        if self.year is None or self.month is None or self.day is None:
            return None
        try:
            return date(self.year, self.month, self.day)
        except ValueError:
            return None


class Role(StrEnum):
    """What a cited document is to this one ("văn bản được viện dẫn")."""

    IMPLEMENTS = "implements"
    BASIS = "basis"
    MENTIONS = "mentions"


@dataclass(frozen=True)
class Reference:
    """A cited document; the identity is ``reference``, e.g. "159/TB-VPCP"."""

    type: str
    reference: str
    date: date | None = None
    issuer: str | None = None
    role: Role = Role.MENTIONS
    evidence: tuple[Evidence, ...] = ()


class SuccessionKind(StrEnum):
    """What a document does to an earlier one."""

    RECALLS = "recalls"
    """ "Thu hồi", "hủy bỏ", "bãi bỏ"."""
    REPLACES = "replaces"
    """ "Thay thế"."""
    CORRECTS = "corrects"
    """ "Đính chính" (NĐ 30/2020 Điều 18.3)."""
    SUPPLEMENTS = "supplements"
    """ "Sửa đổi, bổ sung", "điều chỉnh", and what is recalled or replaced in part."""


@dataclass(frozen=True)
class Succession:
    """An earlier document that this one recalls, replaces, corrects or supplements, as it is cited."""

    kind: SuccessionKind
    reference: str
    date: date | None = None
    issuer: str | None = None


class DeadlineKind(StrEnum):
    """Kinds of deadline ("thời hạn")."""

    DATE = "date"
    PERIOD = "period"
    RECURRING = "recurring"
    RELATIVE = "relative"
    STANDING = "standing"
    UNRESOLVED = "unresolved"


class Unit(StrEnum):
    """Units of a relative deadline."""

    WORKING_DAY = "working_day"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    HOUR = "hour"


class Anchor(StrEnum):
    """The event that a relative deadline counts from."""

    RECEIVED = "received"
    ISSUED = "issued"
    EFFECTIVE = "effective"
    EVENT = "event"


@dataclass(frozen=True)
class Deadline:
    """A deadline ("thời hạn") as printed and as understood.

    ``due`` is an ISO day ("2023-10-15") or minute ("2023-10-15T17:00"); ``before`` is true when that day itself is
    too late ("trước ngày X"); ``rrule`` is RFC 5545.
    """

    text: str
    kind: DeadlineKind
    due: str | None = None
    before: bool = False
    rrule: str | None = None
    amount: int | None = None
    unit: Unit | None = None
    anchor: Anchor | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class Party:
    """Somebody who acts or receives, with the printed words ("cơ quan, đơn vị, cá nhân")."""

    name: str
    evidence: tuple[Evidence, ...] = ()


class DutyKind(StrEnum):
    """Whether an item orders an act or only introduces its children."""

    DUTY = "duty"
    GROUP = "group"


@dataclass(frozen=True)
class Duty:
    """An item that tells somebody to act ("nhiệm vụ"), with its children."""

    id: str
    marker: str
    text: str
    kind: DutyKind = DutyKind.DUTY
    lead: tuple[Party, ...] = ()
    support: tuple[Party, ...] = ()
    inherited: bool = False
    deadlines: tuple[Deadline, ...] = ()
    report_to: tuple[Party, ...] = ()
    children: tuple[Duty, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    request: bool = False
    """A request ("Kính đề nghị …") to a Party body, the Front, a court: for the letter, not for the task table."""
    product: str = ""
    """The result named by an assignment table's column ("sản phẩm")."""

    def walk(self) -> Iterator[Duty]:
        """This duty and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True)
class Signatory:
    """Who signs ("người ký"): authority lines joined by one space, the last line above the name, the name."""

    authority: Value[str] = ABSENT
    position: Value[str] = ABSENT
    name: Value[str] = ABSENT


class DocumentRole(StrEnum):
    """A file's main document, or one attached behind it."""

    MAIN = "main"
    ATTACHMENT = "attachment"


@dataclass(frozen=True)
class Document:
    """One document of a file: every field of the record."""

    role: DocumentRole = DocumentRole.MAIN
    pages: tuple[int, ...] = ()
    type: Value[DocumentType] = ABSENT
    parent: Value[str] = ABSENT
    """The superior printed above the issuer ("cơ quan chủ quản")."""
    issuer: Value[str] = ABSENT
    """Who issues ("cơ quan ban hành")."""
    number: Value[str] = ABSENT
    """"số"."""
    symbol: Value[str] = ABSENT
    """"ký hiệu"."""
    reference: Value[str] = ABSENT
    place: Value[str] = ABSENT
    """"địa danh"."""
    date: Value[date] = ABSENT
    date_printed: PrintedDate = field(default_factory=lambda: PrintedDate(None, None, None))
    subject: Value[str] = ABSENT
    """"trích yếu"."""
    urgency: Urgency | None = None
    secrecy: Secrecy | None = None
    marks_evidence: tuple[tuple[str, tuple[Evidence, ...]], ...] = ()
    """Evidence of urgency and secrecy marks by field name."""
    addressees: tuple[Party, ...] = ()
    """"Kính gửi"."""
    references: tuple[Reference, ...] = ()
    successions: tuple[Succession, ...] = ()
    """What it does to earlier documents; for our follow-up, not part of the printed record."""
    duties: tuple[Duty, ...] = ()
    recipients: tuple[Party, ...] = ()
    """"Nơi nhận"."""
    filing: Value[str] = ABSENT
    """"Lưu"."""
    signer: Signatory = field(default_factory=Signatory)

    def all_duties(self) -> Iterator[Duty]:
        """Every duty of the tree in reading order."""
        for duty in self.duties:
            yield from duty.walk()


@dataclass(frozen=True)
class Signature:
    """A digital signature ("chữ ký số") as far as it can be read."""

    signer: str | None
    signed_at: str | None
    """ISO 8601 with the offset as stated."""
    status: str
    """valid, invalid, untrusted or unsigned-stamp."""
    detail: str = ""


@dataclass(frozen=True)
class Source:
    """The file a dispatch was read from."""

    name: str
    sha256: str
    media_type: str
    pages: int | None
    text: TextSource
    signatures: tuple[Signature, ...] = ()


@dataclass(frozen=True)
class Dispatch:
    """One incoming file, read ("văn bản đến")."""

    source: Source
    documents: tuple[Document, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def main(self) -> Document:
        """The covering document."""
        return next((d for d in self.documents if d.role is DocumentRole.MAIN), self.documents[0])
