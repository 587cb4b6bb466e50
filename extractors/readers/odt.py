"""Reading an ODT ("văn bản OpenDocument", of LibreOffice), by way of DOCX."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from extractors.errors import EncryptedFile, Problem, UnreadableFile
from extractors.layout import Layout
from extractors.pages import USUAL_PAGES, Pages
from extractors.readers import office_convert, office_notes
from extractors.readers.docx_package import MAX_MEMBERS, MAX_PART_BYTES, MAX_TOTAL_BYTES
from extractors.readers.office_convert import Foreign

KIND = Foreign(".odt", "application/vnd.oasis.opendocument.text", "writer8")
_LINK = re.compile(
    rb"<(?:draw:(?:image|object|object-ole|plugin|floating-frame)|text:section-source|style:background-image)\b[^>]*"
    rb"\bxlink:href=\"(?:[a-z][a-z0-9+.-]*:|//|/|\.\./)",
    re.IGNORECASE,
)
"""A part of the text that lies outside the file; a link that one clicks on is none."""
_OBJECT = re.compile(r"Object \d+(?:/|$)")
_MACROS = ("Basic/", "Scripts/")
_EMPTY_MACROS = re.compile(r"(?:Basic|Scripts)/(?:.*/)?(?:script-l[bc]\.xml|)")
_CHUNK = 1 << 20
_ERRORS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError, IndexError, RuntimeError)


def read(data: bytes, pages: Pages = USUAL_PAGES) -> Layout:
    """Return the layout of an OpenDocument text.

    Raises:
        UnreadableFile: damaged, cut off, or larger than the limits once unpacked.
        EncryptedFile: with a password.
        DispatchError: as for ``office_convert.read``.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _measure(archive)
            names = archive.namelist()
            if b"encryption-data" in _part(archive, "META-INF/manifest.xml"):
                raise EncryptedFile(".odt")
            notes = tuple(_notes(names, _part(archive, "content.xml") + _part(archive, "styles.xml")))
    except _ERRORS as error:
        raise UnreadableFile(".odt") from error
    return office_convert.read(data, KIND, notes, pages)


def as_docx(data: bytes) -> bytes:
    """Return an ODT that was read as LibreOffice makes it a DOCX.

    Raises:
        DispatchError: as for ``office_convert.to_docx``.
    """
    return office_convert.to_docx(data, KIND)


def _measure(archive: zipfile.ZipFile) -> None:
    """Unpack everything once within the limits of a DOCX: LibreOffice has none.

    Raises:
        UnreadableFile: beyond them.
    """
    members = archive.infolist()
    if len(members) > MAX_MEMBERS:
        raise UnreadableFile(".odt")
    left = MAX_TOTAL_BYTES
    for info in members:
        part = min(MAX_PART_BYTES, left)
        with archive.open(info) as stream:
            while chunk := stream.read(_CHUNK):
                part, left = part - len(chunk), left - len(chunk)
                if part < 0:
                    raise UnreadableFile(info.filename)


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    return archive.read(name) if name in archive.namelist() else b""


def _notes(names: list[str], text: bytes) -> Iterator[Problem]:
    macros = any(name.startswith(_MACROS) and not _EMPTY_MACROS.fullmatch(name) for name in names)
    yield from office_notes.inside(objects=any(_OBJECT.match(name) for name in names), macros=macros)
    if _LINK.search(text):
        yield office_notes.LINKED
