"""Digital signatures of a PDF, checked by pyHanko ("kiểm tra chữ ký số"): the one door to it.

Never a network call: no revocation list, no OCSP answer and no missing certificate is fetched; what the file and the profile
hold must do. Nothing reads the clock: a certificate is judged at the time of signing that the signature states.
"""

from __future__ import annotations

import io
import logging
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

from extractors.dispatch import Signature
from extractors.readers.pdf_signed import iso_time
from extractors.text import nfc, squeeze

if TYPE_CHECKING:
    from asn1crypto.x509 import Certificate
    from pyhanko.sign.validation.status import PdfSignatureStatus

Raw = Any  # objects of pyHanko that it types loosely itself
VIETNAM = timezone(timedelta(hours=7))
MOST_CHECKED = 30
"""Signatures of one file that are checked; each costs some 0.1 s, and the later the more."""

_OFF_LIST = "Chứng thư của người ký không do nơi nào trong danh sách tin cậy của cơ quan cấp."
_NO_LIST = "Chữ ký khớp với nội dung; người ký chưa được đối chiếu vì cơ quan chưa có danh sách chứng thư tin cậy."
_LAPSED = "Chứng thư của người ký không còn hoặc chưa có hiệu lực vào lúc ký."
_REVOKED = "Chứng thư của người ký đã bị thu hồi."
_OLD = "Chữ ký dùng thuật toán cũ ({}), không còn đủ an toàn."
_UNDATED = "Chữ ký không ghi thời gian ký nên không xét được hiệu lực của chứng thư."
_ALTERED = "Nội dung được ký đã bị thay đổi."
_FORGED = "Chữ ký không khớp với chứng thư kèm theo."
_UNCOVERED = "Chữ ký không phủ hết tệp."
_EDITED = "Tệp bị sửa đổi sau khi ký."
_ANNOTATED = "Sau khi ký có thêm chú thích trên tệp."
_BROKEN = "Cấu trúc chữ ký bị hỏng."
_GOOD = "Chưa tra cứu việc thu hồi chứng thư (phần mềm không dùng mạng)."
_TOO_MANY = "Chưa kiểm tra: tệp có quá nhiều chữ ký."


@dataclass(frozen=True)
class Verdict:
    """A signature as checked, and whether notes were laid over the paper behind it."""

    signature: Signature
    annotated: bool = False


def available() -> bool:
    """True when the optional part that checks signatures is installed."""
    from importlib.util import find_spec

    return find_spec("pyhanko") is not None and find_spec("pyhanko_certvalidator") is not None


def check(data: bytes, trusted: Sequence[bytes]) -> tuple[Verdict, ...]:
    """Return a verdict on each signature of a PDF, in the order of its fields."""
    from pyhanko.pdf_utils.reader import PdfFileReader

    logging.getLogger("pyhanko").setLevel(logging.CRITICAL)  # it logs names of people and traces; the verdict says what matters
    logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)
    roots = _certificates(trusted)
    try:
        reader = PdfFileReader(io.BytesIO(data), strict=False)
        if reader.security_handler is not None:
            reader.decrypt(b"")
        fields = _signed_fields(reader)
    except _mishaps():
        return (Verdict(Signature(None, None, "invalid", _BROKEN)),)
    checked = [_checked(reader, field, roots) for field in fields[:MOST_CHECKED]]
    rest = [Verdict(Signature(None, _stated_time(field), "untrusted", _TOO_MANY)) for field in fields[MOST_CHECKED:]]
    return (*checked, *rest)


def _mishaps() -> tuple[type[Exception], ...]:
    """What pyHanko and the ASN.1 reader below it raise over broken structures, from their own errors down to a wrong type."""
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign.validation.errors import SignatureValidationError
    from pyhanko_certvalidator.errors import PathError

    ours = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, AssertionError, NotImplementedError, RecursionError)
    return (PdfError, SignatureValidationError, PathError, InvalidSignature, UnsupportedAlgorithm, OSError, zlib.error, *ours)


def _certificates(trusted: Sequence[bytes]) -> list[Certificate]:
    from asn1crypto.x509 import Certificate

    out = []
    for der in trusted:
        try:
            certificate = Certificate.load(der)
            _ = (certificate.subject.hashable, certificate.public_key.native)  # asn1crypto reads lazily
        except (ValueError, TypeError, KeyError):
            continue
        out.append(certificate)
    return out


def _signed_fields(reader: Raw) -> list[Raw]:
    """The fields of the form that hold a signature, as (name, dictionary of the signature, the field)."""
    from pyhanko.sign.fields import enumerate_sig_fields

    return list(enumerate_sig_fields(reader, filled_status=True))


def _checked(reader: Raw, field: Raw, roots: Sequence[Certificate]) -> Verdict:
    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

    name, _, place = field
    signer = None
    try:
        found = EmbeddedPdfSignature(reader, place, name)
        signer = _named(found.signer_cert)
        return _judged(found, signer, _stated_time(field) or _attribute_time(found), roots)
    except _mishaps():
        return Verdict(Signature(signer, _stated_time(field), "invalid", _BROKEN))


def _judged(found: Raw, signer: str | None, signed_at: str | None, roots: Sequence[Certificate]) -> Verdict:
    status = _validated(found, signed_at, roots)
    fault = _fault(status)
    if fault:
        return Verdict(Signature(signer, signed_at, "invalid", fault))
    doubt = _doubt(found.signer_cert, status, signed_at, roots)
    annotated = status.modification_level is not None and status.modification_level.name == "ANNOTATIONS"
    detail = " ".join(filter(None, (doubt or _GOOD, _ANNOTATED if annotated else "")))
    return Verdict(Signature(signer, signed_at, "untrusted" if doubt else "valid", detail), annotated)


def _validated(found: Raw, signed_at: str | None, roots: Sequence[Certificate]) -> PdfSignatureStatus:
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.settings import KeyUsageConstraints
    from pyhanko_certvalidator import ValidationContext

    context = ValidationContext(
        trust_roots=list(roots),
        other_certs=list(roots),
        allow_fetching=False,
        revocation_mode="soft-fail",
        moment=_aware(signed_at) or found.signer_cert.not_valid_before,
    )
    usage = KeyUsageConstraints(key_usage={"non_repudiation", "digital_signature"})
    return validate_pdf_signature(found, signer_validation_context=context, key_usage_settings=usage)


def _fault(status: PdfSignatureStatus) -> str:
    """Why the signature does not stand for what the file shows; empty when it does."""
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    if not status.intact:
        return _ALTERED
    if not status.valid:
        return _FORGED
    if status.coverage in (SignatureCoverageLevel.UNCLEAR, SignatureCoverageLevel.CONTIGUOUS_BLOCK_FROM_START):
        return _UNCOVERED
    return "" if status.docmdp_ok else _EDITED


def _doubt(certificate: Certificate, status: PdfSignatureStatus, signed_at: str | None, roots: Sequence[Certificate]) -> str:
    """Why the signer is not known to be who he says; empty when he is."""
    if not roots:
        return _NO_LIST
    moment = _aware(signed_at)
    if moment is None:
        return _UNDATED
    if not certificate.not_valid_before <= moment <= certificate.not_valid_after:
        return _LAPSED
    if status.revoked:
        return _REVOKED
    if status.trusted:
        return ""
    why = status.trust_problem_indic
    return _OLD.format(status.md_algorithm.upper()) if why is not None and why.standard_name.startswith("CRYPTO") else _OFF_LIST


def _named(certificate: Certificate) -> str | None:
    """The signer's common name, else the whole name of the certificate's subject."""
    common = certificate.subject.native.get("common_name")
    name = common if isinstance(common, str) else certificate.subject.human_friendly
    return squeeze(nfc(name))[:200] or None


def _stated_time(field: Raw) -> str | None:
    """The time in the signature's dictionary: signed like the rest, and with the true offset.

    Signing tools in use write the local time as UTC into the signature itself.
    """
    try:
        return iso_time(str(field[1].get_object().get("/M", "")))
    except _mishaps():
        return None


def _attribute_time(found: Raw) -> str | None:
    moment = found.self_reported_timestamp
    return moment.isoformat() if moment is not None else None


def _aware(signed_at: str | None) -> datetime | None:
    """A time without an offset is Vietnam's."""
    moment = datetime.fromisoformat(signed_at) if signed_at else None
    return moment.replace(tzinfo=VIETNAM) if moment is not None and moment.tzinfo is None else moment
