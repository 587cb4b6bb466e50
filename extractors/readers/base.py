"""From the bytes of a file to its layout: the kind of file is told by its bytes, never by its name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import cast

from extractors.errors import EmptyFile, EncryptedFile, UnreadableFile, UnsupportedFormat
from extractors.layout import Layout

_PDF_MARK_WITHIN = 1024
"""Bytes; readers accept a PDF's mark behind other bytes (ISO 32000-1, annex H.3.4.1)."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"


@dataclass(frozen=True)
class Reader:
    """A kind of file that can be read; its module has ``read(data: bytes) -> Layout`` and is loaded when first needed."""

    name: str
    media_type: str
    sniff: Callable[[bytes], bool]
    module: str


def _is_pdf(data: bytes) -> bool:
    return b"%PDF-" in data[:_PDF_MARK_WITHIN]


def _is_docx(data: bytes) -> bool:
    """True for a zip with Word parts; the names stand unpacked in the zip, in a truncated one too."""
    return data.startswith(_ZIP) and (b"word/" in data or b"word\\" in data or b"wordprocessingml" in data)


def _is_image(data: bytes) -> bool:
    return data.startswith((b"\x89PNG", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*"))


READERS = (
    Reader("image", "image/*", _is_image, "extractors.readers.images"),
    Reader("pdf", "application/pdf", _is_pdf, "extractors.readers.pdf"),
    Reader("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", _is_docx, "extractors.readers.docx"),
)

_FOREIGN = (
    (b"{\\rtf", "RTF"),
    (_ZIP, "ZIP"),
    (b"<", "HTML/XML"),
)
"""Marks of files that are often sent instead, for the place named in the refusal."""


def reader_for(data: bytes) -> Reader:
    """Return the reader for a file's bytes.

    Raises:
        EmptyFile: no bytes, or only blanks.
        EncryptedFile: a DOCX with a password (an OLE file around an encrypted package).
        UnsupportedFormat: anything else; ``where`` names the kind of file where it is known (".doc", "RTF", "ZIP").
        UnreadableFile: an OLE file cut off within its first sector.
    """
    if not data.strip(b"\x00\t\n\r "):
        raise EmptyFile
    if data.startswith(_OLE):
        _refuse_ole(data)
    for reader in READERS:
        if reader.sniff(data):
            return reader
    raise UnsupportedFormat(next((kind for mark, kind in _FOREIGN if data.startswith(mark)), ""))


def _refuse_ole(data: bytes) -> None:
    """Raise for an OLE compound file ([MS-CFB]); its stream names are UTF-16."""

    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if len(data) < 512:
        raise UnreadableFile("OLE")
    if holds("EncryptedPackage"):
        raise EncryptedFile(".docx")
    raise UnsupportedFormat(".doc" if holds("WordDocument") else "OLE")


def read(data: bytes) -> Layout:
    """Return the layout of a PDF, a DOCX or a picture of pages.

    Raises:
        DispatchError: the file cannot be read, each class says why.
    """
    module = import_module(reader_for(data).module)
    return cast("Callable[[bytes], Layout]", module.read)(data)
