"""The zip package of a DOCX: its parts as XML trees, opened without trusting it.

No entity, no DTD, no network; sizes are measured while unpacking, never taken from the zip's own directory.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from functools import cache

from lxml import etree

from extractors.errors import EncryptedFile, UnreadableFile, UnsupportedFormat
from extractors.readers.docx_names import R, W

MAX_PART_BYTES = 32 * 1024 * 1024
"""Unpacked bytes of one XML part; a dispatch's text is below 2 MB, a tree takes some ten times its XML in memory."""
MAX_TOTAL_BYTES = 96 * 1024 * 1024
"""Unpacked bytes of all parts read from one file."""
MAX_MEMBERS = 20_000
"""Entries of the zip's directory."""

_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""The only ways of packing that office files know (ISO 29500-2); others cannot be measured while unpacking."""
_ZIP_ERRORS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError, IndexError)
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", R[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
    (b"http://purl.oclc.org/ooxml/drawingml/main", b"http://schemas.openxmlformats.org/drawingml/2006/main"),
)
"""Namespaces of "Strict Open XML" and their usual counterparts."""


@cache
def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True)


def usual_names(data: bytes) -> bytes:
    """Return a part with the namespaces of Strict Open XML replaced by the usual ones."""
    if b"http://purl.oclc.org/ooxml" in data:
        for strict, usual in _STRICT:
            data = data.replace(strict, usual)
    return data


def parse(data: bytes, where: str = "") -> etree._Element:
    """Return the root of an XML part.

    Raises:
        UnreadableFile: not well-formed, nested too deeply, or with a DTD (no office program writes one).
    """
    if b"<!DOCTYPE" in data:
        raise UnreadableFile(where)
    try:
        root = etree.fromstring(usual_names(data), _parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableFile(where) from error
    if root is None or root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableFile(where)
    return root


def _name(path: str) -> str:
    """Part names are compared without case and with either slash, as Word does."""
    return path.replace("\\", "/").lstrip("/").lower()


class Package:
    """An opened DOCX.

    Raises:
        UnreadableFile: a damaged or truncated zip, or one larger than the limits once unpacked.
        EncryptedFile: zip entries with a password.
        UnsupportedFormat: a sound zip that holds no Word document.
    """

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _ZIP_ERRORS as error:
            raise UnreadableFile("ZIP") from error
        members = self._zip.infolist()
        if len(members) > MAX_MEMBERS:
            raise UnreadableFile("ZIP")
        self._members = {_name(info.filename): info for info in members}
        self._left = MAX_TOTAL_BYTES
        self.main = self._main()
        self.links = self._links(self.main)

    def _main(self) -> str:
        for kind, target, _ in self._links("").values():
            if kind == "officeDocument" and _name(target) in self._members:
                return _name(target)
        if "word/document.xml" in self._members:
            return "word/document.xml"
        if any(name.startswith("word/") for name in self._members):
            raise UnreadableFile("word/document.xml")
        raise UnsupportedFormat("ZIP")

    def _links(self, part: str) -> dict[str, tuple[str, str, bool]]:
        """Relationships of a part: id -> (kind, target, external)."""
        folder, name = posixpath.split(part)
        data = self._bytes(posixpath.join(folder, "_rels", f"{name}.rels"))
        if data is None:
            return {}
        out = {}
        for link in parse(data, f"{part}.rels"):
            kind = (link.get("Type") or "").rpartition("/")[2]
            target = posixpath.normpath(posixpath.join("/" + folder, link.get("Target") or ""))
            out[link.get("Id") or ""] = (kind, target, link.get("TargetMode") == "External")
        return out

    def _bytes(self, name: str) -> bytes | None:
        info = self._members.get(_name(name))
        if info is None:
            return None
        if info.flag_bits & 0x1:
            raise EncryptedFile(info.filename)
        if info.compress_type not in _PACKED:
            raise UnreadableFile(info.filename)
        limit = min(MAX_PART_BYTES, self._left)
        try:
            with self._zip.open(info) as stream:
                data = stream.read(limit + 1)
        except _ZIP_ERRORS as error:
            raise UnreadableFile(info.filename) from error
        if len(data) > limit:
            raise UnreadableFile(info.filename)
        self._left -= len(data)
        return data

    def document(self) -> etree._Element:
        """Return the root of the main part."""
        data = self._bytes(self.main)
        if data is None:
            raise UnreadableFile(self.main)
        return parse(data, self.main)

    def named(self, part: str) -> etree._Element | None:
        """Return a part by its name in the package ("docProps/custom.xml"), None without it."""
        data = self._bytes(part)
        return None if data is None else parse(data, part)

    def linked(self, kind: str) -> etree._Element | None:
        """Return the main part's first relation of a kind ("numbering", "footnotes"), None without it."""
        data = self.linked_bytes(kind)
        return None if data is None else parse(data, kind)

    def by_id(self, link: str) -> etree._Element | None:
        """Return the part that a relationship id of the main part names (a header, a footer)."""
        _, target, external = self.links.get(link, ("", "", True))
        data = None if external else self._bytes(target)
        return None if data is None else parse(data, target.lstrip("/"))

    def bytes_by_id(self, link: str) -> bytes | None:
        """Return the unparsed bytes of the part that a relationship id of the main part names (a picture); None where it lies elsewhere."""
        _, target, external = self.links.get(link, ("", "", True))
        return None if external else self._bytes(target)

    def linked_bytes(self, kind: str) -> bytes | None:
        """Return the unparsed bytes of the main part's first relation of a kind, None without it."""
        for found, target, external in self.links.values():
            if found == kind and not external:
                return self._bytes(target)
        return None
