"""Reading an RTF ("văn bản .rtf", often named .doc), by way of DOCX."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.errors import Problem, UnreadableFile
from extractors.layout import Layout
from extractors.pages import USUAL_PAGES, Pages
from extractors.readers import office_convert, office_notes
from extractors.readers.office_convert import Foreign

KIND = Foreign(".rtf", "application/rtf", "Rich Text Format")
_OBJECT = re.compile(rb"\\objdata\b")
_TEMPLATE = re.compile(rb"\\\*\\template\b|\\objautlink\b|\\objlink\b")
_PIECE = re.compile(rb"\\bin(\d+) ?|\\[\\{}]|[{}]")
"""What decides how deep the groups are: raw bytes, escaped signs, braces (RTF 1.9, Conventions)."""


def read(data: bytes, pages: Pages = USUAL_PAGES) -> Layout:
    """Return the layout of an RTF.

    Raises:
        UnreadableFile: cut off before its last group ends; LibreOffice would read what is there and not say so.
        DispatchError: as for ``office_convert.read``.
    """
    if not _whole(data):
        raise UnreadableFile("RTF")
    return office_convert.read(data, KIND, _notes(data), pages)


def as_docx(data: bytes) -> bytes:
    """Return an RTF that was read as LibreOffice makes it a DOCX.

    Raises:
        DispatchError: as for ``office_convert.to_docx``.
    """
    return office_convert.to_docx(data, KIND)


def _whole(data: bytes) -> bool:
    """True when the first group is closed."""
    depth, at = 0, 0
    while piece := _PIECE.search(data, at):
        at = piece.end()
        if piece[1]:
            at += int(piece[1][:10])
        elif piece[0] in (b"{", b"}"):
            depth += 1 if piece[0] == b"{" else -1
            if depth <= 0:
                return True
    return False


def _notes(data: bytes) -> Iterator[Problem]:
    yield from office_notes.inside(objects=bool(_OBJECT.search(data)), macros=False)
    if _TEMPLATE.search(data) or office_notes.IN_RTF.search(data):
        yield office_notes.LINKED
