"""The authority's own list of trusted certificates ("chứng thư tin cậy"): files beside the profile, never the machine's list."""

from __future__ import annotations

import binascii
import re
from pathlib import Path

FOLDER = "chung-thu"
_SUFFIXES = frozenset({".pem", ".crt", ".cer"})
MOST_BYTES = 1_000_000
"""Bytes of one file; a bundle of all authorities of a country stays below."""
_PEM = re.compile(rb"-----BEGIN CERTIFICATE-----(.*?)-----END CERTIFICATE-----", re.DOTALL)


def certificate_files(profile: Path) -> tuple[Path, ...]:
    """Return the files of the list that belongs to a profile file or folder, by name."""
    folder = (profile if profile.is_dir() else profile.parent) / FOLDER
    if not folder.is_dir():
        return ()
    return tuple(sorted(path for path in folder.iterdir() if path.suffix.lower() in _SUFFIXES and path.is_file()))


def certificates_in(path: Path) -> tuple[bytes, ...]:
    """Return the certificates (DER) of a PEM or DER file; none when the file is not one, or too large, or cannot be opened."""
    try:
        data = path.read_bytes() if path.stat().st_size <= MOST_BYTES else b""
    except OSError:
        return ()
    blocks = _PEM.findall(data)
    try:
        found = tuple(binascii.a2b_base64(b"".join(block.split()), strict_mode=True) for block in blocks) if blocks else (data,)
    except binascii.Error:
        return ()
    return found if all(map(_is_der, found)) else ()


def _is_der(data: bytes) -> bool:
    """True for one whole DER sequence with a long length, as every certificate is (X.690, 8.1.3)."""
    if len(data) < 128 or data[0] != 0x30 or not 0x81 <= data[1] <= 0x83:
        return False
    octets = data[1] & 0x7F
    return int.from_bytes(data[2 : 2 + octets], "big") == len(data) - 2 - octets
