"""Fields ("trường") of a converted DOCX whose result LibreOffice makes anew: the day of opening, the name of its own copy.

What stood there when the dispatch was signed is lost, and what stands there now says nothing about it.
"""

from __future__ import annotations

import io
import re
import zipfile

from extractors.readers.docx_package import MAX_PART_BYTES

_LIVING = re.compile(rb"(<w:instrText[^>]*>\s*)(DATE|TIME|FILENAME)(?=[\s<])")
_STORIES = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml")


def without_living_fields(docx: bytes) -> tuple[bytes, bool]:
    """Return the DOCX with such fields called page fields, whose result is never read; True where a date was among them.

    The caller's reader says what is wrong with a file that cannot be opened here or is too large; it comes back as it is.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(docx)) as archive:
            stories = [info for info in archive.infolist() if _STORIES.fullmatch(info.filename)]
            if any(info.file_size > MAX_PART_BYTES for info in stories):
                return docx, False
            old = {info.filename: archive.read(info) for info in stories}
            found = {match[2] for data in old.values() for match in _LIVING.finditer(data)}
            return (_rewritten(archive, old), found != {b"FILENAME"}) if found else (docx, False)
    except zipfile.BadZipFile:
        return docx, False


def _rewritten(archive: zipfile.ZipFile, stories: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for info in archive.infolist():
            data = stories.get(info.filename)
            made.writestr(info.filename, archive.read(info) if data is None else _LIVING.sub(rb"\1PAGE", data))
    return out.getvalue()
