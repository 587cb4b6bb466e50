"""From the bytes of a file to its layout: the kind of file is told by its bytes, never by its name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import cast

from extractors.errors import EmptyFile, UnreadableFile, UnsupportedFormat
from extractors.layout import Layout
from extractors.pages import USUAL_PAGES, Pages
from extractors.readers import ole

_PDF_MARK_WITHIN = 1024
"""Bytes; readers accept a PDF's mark behind other bytes (ISO 32000-1, annex H.3.4.1)."""
_OLE_BYTES = 512
"""Of an OLE file's header; less is a cut-off file."""
_ZIP = b"PK\x03\x04"


@dataclass(frozen=True)
class Reader:
    """A kind of file that can be read; its module has ``read(data: bytes, pages: Pages) -> Layout`` and is loaded when first needed."""

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


def _is_ole(data: bytes) -> bool:
    """True for an OLE compound file: its reader tells a ``.doc`` from the others."""
    return data.startswith(ole.MARK)


def _is_rtf(data: bytes) -> bool:
    """True for an RTF; some programs put blanks or a byte order mark before it."""
    return data[:16].lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{\\rtf")


def _is_odt(data: bytes) -> bool:
    """True for an OpenDocument text or template: its type stands unpacked at the head of the zip (OpenDocument 1.3, part 2, 3.3)."""
    return data.startswith(_ZIP) and b"mimetypeapplication/vnd.oasis.opendocument.text" in data[:128]


READERS = (
    Reader("image", "image/*", _is_image, "extractors.readers.images"),
    Reader("pdf", "application/pdf", _is_pdf, "extractors.readers.pdf"),
    Reader("doc", "application/msword", _is_ole, "extractors.readers.doc"),
    Reader("rtf", "application/rtf", _is_rtf, "extractors.readers.rtf"),
    Reader("odt", "application/vnd.oasis.opendocument.text", _is_odt, "extractors.readers.odt"),
    Reader("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", _is_docx, "extractors.readers.docx"),
)

_FOREIGN = (
    (_ZIP, "ZIP"),
    (b"<", "HTML/XML"),
)
"""Marks of files that are often sent instead, for the place named in the refusal."""


def reader_for(data: bytes) -> Reader:
    """Return the reader for a file's bytes.

    Raises:
        EmptyFile: no bytes, or only blanks.
        UnsupportedFormat: anything else; ``where`` names the kind of file where it is known ("ZIP", "HTML/XML").
        UnreadableFile: an OLE file cut off within its first sector.
    """
    if not data.strip(b"\x00\t\n\r "):
        raise EmptyFile
    if _is_ole(data) and len(data) < _OLE_BYTES:
        raise UnreadableFile("OLE")
    for reader in READERS:
        if reader.sniff(data):
            return reader
    raise UnsupportedFormat(next((kind for mark, kind in _FOREIGN if data.startswith(mark)), ""))


def read(data: bytes, pages: Pages = USUAL_PAGES) -> Layout:
    """Return the layout of a PDF, a Word document of any age or a picture of pages, as many of them as the bounds allow.

    Raises:
        DispatchError: the file cannot be read, each class says why.
    """
    module = import_module(reader_for(data).module)
    return cast("Callable[[bytes, Pages], Layout]", module.read)(data, pages)
