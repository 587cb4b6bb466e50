"""Whether a PDF is signed, told without checking anything: cheap enough to be asked of every file."""

from __future__ import annotations

import re
from ctypes import create_string_buffer
from datetime import UTC, datetime, timedelta, timezone

import pypdfium2
import pypdfium2.raw as pdfium

MOST_SIGNATURES = 200
"""Signatures that are listed; a dispatch that passed through many hands has below ten."""
_SIGNED = re.compile(rb"/ByteRange|/Type\s*/Sig\b|/SubFilter")
"""A signature's dictionary stands plainly in the file: its own bytes must be left out of what is signed (ISO 32000-1, 12.8.1)."""
_TIME = re.compile(r"(?:D:)?(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?(?:Z|([+-])(\d\d)'?(\d\d)?'?)?")


def may_be_signed(data: bytes) -> bool:
    """False for a file that surely holds no signature."""
    return _SIGNED.search(data) is not None


def signing_times(data: bytes) -> tuple[str | None, ...]:
    """Return the stated signing time of each signature, ISO 8601; empty fields for a signature are none."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return ()
    try:
        count = min(pdfium.FPDF_GetSignatureCount(document.raw), MOST_SIGNATURES)
        found = [pdfium.FPDF_GetSignatureObject(document.raw, index) for index in range(count)]
        return tuple(iso_time(_time(one)) for one in found if one and pdfium.FPDFSignatureObj_GetContents(one, None, 0))
    finally:
        document.close()


def _time(signature: pdfium.FPDF_SIGNATURE) -> str:
    length = min(pdfium.FPDFSignatureObj_GetTime(signature, None, 0), 64)
    buffer = create_string_buffer(max(length, 1))
    pdfium.FPDFSignatureObj_GetTime(signature, buffer, length)
    return buffer.value.decode("ascii", "replace")


def iso_time(stated: str) -> str | None:
    """Return a PDF date ("D:20230926080006+07'00'") in ISO 8601 with the offset as stated; None when it is no real time."""
    match = _TIME.match(stated.strip())
    if match is None:
        return None
    *parts, sign, hours, minutes = match.groups()
    try:
        moment = datetime(*(int(part or 0) for part in parts))  # type: ignore[arg-type]  # noqa: DTZ001 - many state no offset
        if sign:
            offset = timedelta(hours=int(hours), minutes=int(minutes or 0))
            moment = moment.replace(tzinfo=timezone(-offset if sign == "-" else offset))
        elif "Z" in match[0]:
            moment = moment.replace(tzinfo=UTC)
    except ValueError:
        return None
    return moment.isoformat()
