"""What a file's digital signatures tell ("chữ ký số"): who signed, when, and whether it holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from extractors.dispatch import Document, Signature
from extractors.errors import Problem, Severity
from extractors.evidence import Found, Grade, Missing, Reason
from extractors.layout import Layout
from extractors.readers import pdf_signed, signature_stamps

_NOT_CHECKED = "Chưa kiểm tra: máy chưa cài phần kiểm tra chữ ký số."
_SHOWN = 3
"""Signers named in one message."""


@dataclass(frozen=True)
class Signed:
    """The signatures of a file, and what the reviewer must know about them."""

    signatures: tuple[Signature, ...] = ()
    problems: tuple[Problem, ...] = ()


def check(data: bytes, layout: Layout, trusted: Sequence[bytes]) -> Signed:
    """Return the signatures of a file; a file without any costs a look at its bytes only."""
    times = pdf_signed.signing_times(data) if pdf_signed.may_be_signed(data) else None
    if times is None or (not times and not layout.media_type.endswith("pdf")):
        return _stamped(layout)
    from extractors.readers import signatures

    if not signatures.available():
        unchecked = tuple(Signature(None, moment, "untrusted", _NOT_CHECKED) for moment in times)
        return Signed(unchecked, (_unchecked_problem(),)) if unchecked else _stamped(layout)
    verdicts = signatures.check(data, trusted)
    found = tuple(verdict.signature for verdict in verdicts)
    return Signed(found, tuple(_problems(found, any(v.annotated for v in verdicts), trusted))) if found else _stamped(layout)


def _stamped(layout: Layout) -> Signed:
    found = signature_stamps.unsigned(layout.stamps)
    if not found:
        return Signed()
    message = f"Văn bản có dấu hiển thị chữ ký số của {_names(found)} nhưng tệp không còn chữ ký số."
    return Signed(found, (Problem("I233", message, Severity.INFO, "", "Nếu cần bản có giá trị pháp lý, hãy lấy bản gốc đã ký số."),))


def _unchecked_problem() -> Problem:
    return Problem(
        "I232",
        "Văn bản có chữ ký số nhưng chưa được kiểm tra.",
        Severity.INFO,
        "",
        "Hãy cài thêm phần kiểm tra chữ ký số (congvan[signatures]), hoặc kiểm tra bằng phần mềm ký số.",
    )


def _problems(found: Sequence[Signature], annotated: bool, trusted: Sequence[bytes]) -> Iterator[Problem]:
    invalid = [one for one in found if one.status == "invalid"]
    doubted = [one for one in found if one.status == "untrusted"]
    if invalid:
        message = f"Chữ ký số của {_names(invalid)} không còn giá trị: {_reasons(invalid)}"
        yield Problem("W231", message, Severity.WARNING, "", "Hãy đề nghị nơi gửi gửi lại bản gốc đã ký số, không dùng bản này.")
    if doubted and trusted:
        message = f"Chưa xác nhận được chữ ký số của {_names(doubted)}: {_reasons(doubted)}"
        yield Problem("W232", message, Severity.WARNING, "", "Hãy kiểm tra bằng phần mềm ký số, hoặc bổ sung danh sách chứng thư tin cậy.")
    elif doubted:
        message = f"Chữ ký số của {_names(doubted)} khớp với nội dung nhưng chưa đối chiếu được người ký."
        remedy = "Hãy chép chứng thư của nơi cấp chữ ký số (.pem) vào thư mục chung-thu trong hồ sơ cơ quan."
        yield Problem("I231", message, Severity.INFO, "", remedy)
    if annotated:
        message = "Sau khi ký số, tệp có thêm chú thích có thể che hoặc thêm chữ."
        yield Problem("W233", message, Severity.WARNING, "", "Hãy mở tệp, ẩn các chú thích và đối chiếu với nội dung đã ký.")


def _names(found: Sequence[Signature]) -> str:
    names = list(dict.fromkeys(one.signer or "người ký không rõ tên" for one in found))
    return ", ".join(names[:_SHOWN]) + (f" và {len(names) - _SHOWN} người khác" if len(names) > _SHOWN else "")


def _reasons(found: Sequence[Signature]) -> str:
    reasons = list(dict.fromkeys(one.detail.removesuffix(".") for one in found))
    return "; ".join(reason[:1].lower() + reason[1:] for reason in reasons[:_SHOWN]) + "."


def with_signing_days(document: Document, signatures: Iterable[Signature]) -> Document:
    """Offer the days of signing for a blank or unreadable day of the paper; they are candidates, never its value.

    One exception: a day written by hand that may be read in several ways, one of which is the only day of signing, is that day, for a
    person to check.
    """
    day = document.date
    if not isinstance(day, Missing) or day.reason not in (Reason.BLANK, Reason.UNREADABLE):
        return document
    printed = document.date_printed
    held = (one.signed_at for one in signatures if one.signed_at and one.status != "invalid")
    days = [datetime.fromisoformat(moment).date() for moment in held]
    fitting = [found.isoformat() for found in days if fits(found, printed.year, printed.month, printed.day)]
    agreed = set(fitting) & set(day.candidates)
    if len(agreed) == 1 and len(set(fitting)) == 1:
        signed_on = date.fromisoformat(agreed.pop())
        evidence = tuple(replace(one, grade=Grade.GUESSED) for one in day.evidence)
        return replace(document, date=Found(signed_on, evidence), date_printed=replace(printed, day=signed_on.day, month=signed_on.month))
    return replace(document, date=replace(day, candidates=tuple(dict.fromkeys((*day.candidates, *fitting)))))


def fits(day: date, year: int | None, month: int | None, number: int | None) -> bool:
    """True when the day does not contradict what the date line prints."""
    return year in (None, day.year) and month in (None, day.month) and number in (None, day.day)
