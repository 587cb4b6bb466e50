"""What else is known of the paper: its digital signatures, and what it does to earlier dispatches."""

from __future__ import annotations

from datetime import datetime

from extractors.day_words import short_date
from extractors.dispatch import Document, Signature, Source, Succession
from pipeline.drafting.facts import clean
from pipeline.review.decisions import Line
from pipeline.succession import DOES

_STATUS_WORDS = {
    "valid": "hợp lệ",
    "invalid": "KHÔNG hợp lệ",
    "untrusted": "chưa xác nhận được",
    "unsigned-stamp": "chỉ là hình dấu",
}


def signature_lines(source: Source) -> tuple[Line, ...]:
    """Return a line for each digital signature ("chữ ký số") or picture of one."""
    return tuple(Line(f"Chữ ký số: {_STATUS_WORDS[one.status]}", _signature(one)) for one in source.signatures)


def _signature(one: Signature) -> str:
    told = (one.signer or "không rõ người ký", f"ký lúc {_moment(one.signed_at)}" if one.signed_at else "")
    return clean(f"{', '.join(filter(None, told))}. {one.detail}".strip())


def _moment(stated: str) -> str:
    """A moment as a clerk writes it, by the clock that it was stated in."""
    try:
        moment = datetime.fromisoformat(stated)
    except ValueError:
        return stated
    return f"{moment:%H:%M} ngày {short_date(moment.date())}"


def succession_lines(document: Document) -> tuple[Line, ...]:
    """Return a line for each earlier dispatch that this one recalls, replaces, corrects or supplements."""
    return tuple(Line("Tác động", _succession(one)) for one in document.successions)


def _succession(one: Succession) -> str:
    day = f" ngày {short_date(one.date)}" if one.date else ""
    issuer = f" của {one.issuer}" if one.issuer else ""
    return clean(f"{DOES[one.kind]} văn bản {one.reference}{day}{issuer}")
