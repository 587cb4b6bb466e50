"""The national exchange envelope ("phong bì edXML", QCVN 102:2016/BTTTT): what the transport says of a dispatch.

It is no part of the paper: the paper wins for what it states, the envelope is compared with it and shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from extractors.dispatch import Urgency


class RelationKind(StrEnum):
    """What a delivery does to an earlier document ("nghiệp vụ liên thông", BussinessDocType)."""

    RECALLS = "recalls"
    """"thu hồi" (1)."""
    UPDATES = "updates"
    """"cập nhật" (2)."""
    REPLACES = "replaces"
    """"thay thế" (3)."""
    ANSWERS = "answers"
    """"phúc đáp" (ResponseFor)."""


@dataclass(frozen=True)
class Cited:
    """A document that the envelope names; the issuer is a code of the exchange ("mã định danh", H56.12.03) where no name is given."""

    reference: str
    date: date | None = None
    issuer: str = ""


@dataclass(frozen=True)
class Relation:
    """What a dispatch does to an earlier one, as the transport says."""

    kind: RelationKind
    target: Cited
    reason: str = ""


@dataclass(frozen=True)
class Organ:
    """A sender or a receiver ("cơ quan gửi, nhận"): its code of the exchange and its name."""

    id: str = ""
    name: str = ""


@dataclass(frozen=True)
class Envelope:
    """What one message says of its dispatch; an empty text or None where it says nothing."""

    due: date | None = None
    """"hạn xử lý": claimed by the transport, never a duty's deadline."""
    number: str = ""
    symbol: str = ""
    date: date | None = None
    place: str = ""
    type_name: str = ""
    subject: str = ""
    urgency: Urgency | None = None
    competence: str = ""
    """"TM.", "KT." …"""
    position: str = ""
    signer: str = ""
    sender: Organ = Organ()
    receivers: tuple[Organ, ...] = ()
    relations: tuple[Relation, ...] = ()
    document_id: str = ""
    attached: tuple[str, ...] = ()
    """Names of the files that the message lists."""

    @property
    def reference(self) -> str:
        """Number and symbol as others cite them ("3494/UBND-VP"); empty unless both are known."""
        return f"{self.number}/{self.symbol}" if self.number and self.symbol else ""
