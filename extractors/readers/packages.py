"""Packages: a zip of a dispatch's files, or an exchange message that carries them ("gói tệp"). Unpacked into memory, never onto disk.

Sizes are measured while unpacking; names are data, and a name that could lead out of a folder is refused with its package.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import io
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.errors import BadPackage
from extractors.readers import edxml
from extractors.text import fold, nfc

MOST_FILES = 100
"""Files of one package; the fattest real ones hold some twenty."""
MOST_BYTES = 200_000_000
"""Unpacked bytes of all files of one package."""
MOST_RATIO = 200
"""Times by which packing may shrink a file; text shrinks some 10 times, a bomb 1 000 times."""
_SMALL = 1_000_000
"""Bytes below which the ratio tells nothing: a page of blanks packs well."""

_ZIP = b"PK\x03\x04"
_OFFICE = "[Content_Types].xml"
"""Every office file has this part (ISO 29500-2, 10.1.2)."""
_OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument."
"""How the zip of an OpenDocument file begins."""
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ERRORS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError, IndexError, RuntimeError)
_LEAVINGS = re.compile(r"^(?:__macosx/.*|(?:.*/)?(?:\.ds_store|thumbs\.db|desktop\.ini|\._[^/]*))$")
_DEVICE = re.compile(r"^(?:con|prn|aux|nul|com\d|lpt\d) *(?:\..*)?$")
"""Names that Windows takes for devices."""
_UTF8_NAME = 0x800
_WITH_PASSWORD = 0x1


@dataclass(frozen=True)
class Member:
    """A file out of a package; the name is the one to show, without its folders."""

    name: str
    data: bytes


def is_package(data: bytes) -> bool:
    """True for a zip that is no office file."""
    return data.startswith(_ZIP) and not _is_office(data)


def _is_office(data: bytes) -> bool:
    if _OPEN_DOCUMENT in data[:128]:
        return True
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _OFFICE in archive.namelist()
    except _ERRORS:
        return b"word/" in data  # a damaged one: the reader of office files says what is wrong


def unpack(data: bytes) -> tuple[Member, ...]:
    """Return the files of a zip in the order of their names.

    Raises:
        BadPackage: damaged, with a password, beyond the limits, a zip within the zip, or a name that no honest program writes.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = [(_name(info), info) for info in archive.infolist() if not info.is_dir()]
            infos = [(name, info) for name, info in infos if not _LEAVINGS.match(fold(name))]
            _check(infos)
            return tuple(_members(archive, sorted(infos, key=lambda pair: pair[0])))
    except _ERRORS as error:
        raise BadPackage("ZIP") from error


def _name(info: zipfile.ZipInfo) -> str:
    """The name with plain slashes; programs that write UTF-8 without saying so are understood."""
    name = info.orig_filename
    if not info.flag_bits & _UTF8_NAME:
        with contextlib.suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    return nfc(name).replace("\\", "/")


def _check(infos: list[tuple[str, zipfile.ZipInfo]]) -> None:
    if len(infos) > MOST_FILES:
        raise BadPackage(f"> {MOST_FILES}")
    if len({fold(name) for name, _ in infos}) < len(infos):
        raise BadPackage("trùng tên")
    for name, info in infos:
        parts = name.split("/")
        bad = any(part in ("", ".", "..") or _DEVICE.match(fold(part).rstrip(" .")) or not part.isprintable() for part in parts)
        if bad or ":" in name or stat.S_ISLNK(info.external_attr >> 16):
            raise BadPackage("tên tệp")
        if info.flag_bits & _WITH_PASSWORD or info.compress_type not in _PACKED:
            raise BadPackage("mật khẩu" if info.flag_bits & _WITH_PASSWORD else "cách nén")


def _members(archive: zipfile.ZipFile, infos: list[tuple[str, zipfile.ZipInfo]]) -> Iterator[Member]:
    left = MOST_BYTES
    for name, info in infos:
        limit = min(left, max(_SMALL, MOST_RATIO * info.compress_size))
        with archive.open(info) as stream:
            data = stream.read(limit + 1)
        if len(data) > limit:
            raise BadPackage("quá lớn")
        if is_package(data):
            raise BadPackage("zip trong zip")
        left -= len(data)
        yield Member(name.rpartition("/")[2], data)


def carried(message: bytes) -> tuple[Member, ...]:
    """Return the files that an exchange message carries in base64, each perhaps packed by itself.

    Raises:
        UnreadableEnvelope: the message cannot be read.
        BadPackage: a file of it cannot be unpacked, or they are beyond the limits.
    """
    files = edxml.encoded_files(edxml.tree(message))
    if len(files) > MOST_FILES:
        raise BadPackage(f"> {MOST_FILES}")
    out, left = [], MOST_BYTES
    for number, (name, text) in enumerate(files, 1):
        member = _carried(name or f"tệp {number}", text)
        left -= len(member.data)
        if left < 0:
            raise BadPackage("quá lớn")
        out.append(member)
    return tuple(out)


def _carried(name: str, text: str) -> Member:
    try:
        data = base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadPackage("base64") from error
    if not is_package(data):
        return Member(name, data)
    inside = unpack(data)
    if len(inside) != 1:
        raise BadPackage("zip trong edXML")
    return Member(name, inside[0].data)
