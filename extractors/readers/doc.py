"""Reading a ``.doc`` ("văn bản Word 97–2003", and Word 6 and 95): an OLE compound file around a binary document, by way of DOCX."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from extractors.errors import EncryptedFile, Problem, UnreadableFile, UnsupportedFormat
from extractors.layout import Layout
from extractors.pages import USUAL_PAGES, Pages
from extractors.readers import office_convert, office_notes
from extractors.readers.office_convert import Foreign
from extractors.readers.ole import Compound

WORD_97 = Foreign(".doc", "application/msword", "MS Word 97")
WORD_95 = Foreign(".doc", "application/msword", "")
"""Two imports, for Word 6 and for 95, and the file's numbers do not say surely which; neither opens what is the other's."""
_WORD_97_FIB = 193
"""Least nFib of Word 97's file information block ([MS-DOC] 2.5.1); Word 6 and 95 have 101 to 104."""
_ENCRYPTED = 0x0100
"""Bit F of the block, for both ways of hiding the text (encryption, obfuscation)."""
_TEXT = "worddocument"
_TABLES = ("0table", "1table", "data")
_OTHERS = {"workbook": ".xls", "book": ".xls", "powerpoint document": ".ppt", "visiodocument": ".vsd", "__properties_version1.0": ".msg"}
"""Streams that tell another program's file."""
_MACROS = ("macros", "_vba_project_cur")
_OBJECTS = "objectpool/"


def read(data: bytes, pages: Pages = USUAL_PAGES) -> Layout:
    """Return the layout of a Word file of before 2007.

    Raises:
        UnreadableFile: damaged or cut off.
        EncryptedFile: with a password.
        UnsupportedFormat: another program's file; ``where`` says which.
        DispatchError: as for ``office_convert.read``.
    """
    file = Compound(data)
    text = file.stream(_TEXT)
    if not text:
        _refuse(file)
    try:
        magic, version, flags = struct.unpack_from("<HH6xH", text)
    except struct.error as error:
        raise UnreadableFile(".doc") from error
    if magic not in (0xA5EC, 0xA5DC):
        raise UnreadableFile(".doc")
    if flags & _ENCRYPTED:
        raise EncryptedFile(".doc")
    for name in _TABLES:
        file.stream(name)  # raises where the file ends before its tables do
    return office_convert.read(data, _kind(version), _notes(file, text), pages)


def as_docx(data: bytes) -> bytes:
    """Return a Word file that was read as LibreOffice makes it a DOCX.

    Raises:
        DispatchError: as for ``office_convert.to_docx``.
    """
    _, version = struct.unpack_from("<HH", Compound(data).stream(_TEXT))
    return office_convert.to_docx(data, _kind(version))


def _kind(version: int) -> Foreign:
    return WORD_97 if version >= _WORD_97_FIB else WORD_95


def _refuse(file: Compound) -> None:
    """Say which program's file it is."""
    if "encryptedpackage" in file.paths:
        raise EncryptedFile(".docx")
    if _TEXT in file.paths:
        raise UnreadableFile(".doc")
    raise UnsupportedFormat(next((kind for name, kind in _OTHERS.items() if name in file.paths), "OLE"))


def _notes(file: Compound, text: bytes) -> Iterator[Problem]:
    yield from office_notes.inside(
        objects=any(path.startswith(_OBJECTS) for path in file.paths), macros=any(name in file.paths for name in _MACROS)
    )
    if office_notes.IN_DOC.search(text.replace(b"\x00", b"")):  # without the zeros both ways of storing text look alike
        yield office_notes.LINKED
