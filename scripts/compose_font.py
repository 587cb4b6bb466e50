"""A font of before Unicode, for samples: the shapes of a free font under the characters that stood for Vietnamese letters.

Only what LibreOffice needs to print with it is made: the map of characters and the names; the shapes stay those of the source (TrueType).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping

STYLES = ("Regular", "Bold", "Italic", "Bold Italic")
_LEFT_OUT = (b"GSUB", b"GPOS", b"GDEF", b"DSIG", b"kern")
"""Tables about letters that the new map does not have, and the signature."""
_WINDOWS, _UNICODE, _ENGLISH = 3, 1, 0x409


def old_font(source: bytes, family: str, style: str, letters: Mapping[str, str]) -> bytes:
    """Return the font under a new name; ``letters`` has what each stored character shows, all others show themselves."""
    tables = dict(_tables(source))
    glyphs = _glyphs(tables[b"cmap"])
    shown = glyphs | {ord(stored): glyphs[ord(letter)] for stored, letter in letters.items()}
    tables[b"cmap"], tables[b"name"] = _map(shown), _names(family, style)
    return _file({tag: data for tag, data in tables.items() if tag not in _LEFT_OUT})


def _tables(font: bytes) -> Iterator[tuple[bytes, bytes]]:
    (count,) = struct.unpack_from(">H", font, 4)
    for index in range(count):
        tag, _, start, length = struct.unpack_from(">4sLLL", font, 12 + 16 * index)
        yield tag, font[start : start + length]


def _glyphs(table: bytes) -> dict[int, int]:
    """The glyph of each character of the basic plane, from the map of format 4 (OpenType, cmap)."""
    (count,) = struct.unpack_from(">H", table, 2)
    records = [struct.unpack_from(">HHL", table, 4 + 8 * index) for index in range(count)]
    at = next(start for platform, kind, start in records if (platform, kind) == (_WINDOWS, _UNICODE))
    segments = struct.unpack_from(">H", table, at + 6)[0] // 2
    ends, starts, deltas, ranges = (
        struct.unpack_from(f">{segments}H", table, at + 14 + 2 * segments * part + 2 * (part > 0)) for part in range(4)
    )
    out = {}
    for index, (first, last, delta, offset) in enumerate(zip(starts, ends, deltas, ranges, strict=True)):
        for char in range(first, min(last, 0xFFFE) + 1):
            glyph = char
            if offset:
                place = at + 16 + 6 * segments + 2 * index + offset + 2 * (char - first)
                (glyph,) = struct.unpack_from(">H", table, place)
            if glyph or not offset:
                out[char] = (glyph + delta) % 0x10000
    return out


def _map(glyphs: Mapping[int, int]) -> bytes:
    """A map of format 4 with one segment for each character."""
    rows = [*((char, char, (glyph - char) % 0x10000) for char, glyph in sorted(glyphs.items())), (0xFFFF, 0xFFFF, 1)]
    ends, starts, deltas = zip(*rows, strict=True)
    count = len(rows)
    power = 2 ** (count.bit_length() - 1)
    body = struct.pack(f">{count}HH{count}H{count}H{count}H", *ends, 0, *starts, *deltas, *[0] * count)
    head = struct.pack(">HHHHHHH", 4, 14 + len(body), 0, 2 * count, 2 * power, power.bit_length() - 1, 2 * (count - power))
    return struct.pack(">HHHHL", 0, 1, _WINDOWS, _UNICODE, 12) + head + body


def _names(family: str, style: str) -> bytes:
    full = family if style == STYLES[0] else f"{family} {style}"
    texts = {1: family, 2: style, 3: full, 4: full, 6: full.replace(" ", "")}
    records, data = b"", b""
    for number, text in texts.items():
        encoded = text.encode("utf-16-be")
        records += struct.pack(">HHHHHH", _WINDOWS, _UNICODE, _ENGLISH, number, len(encoded), len(data))
        data += encoded
    return struct.pack(">HHH", 0, len(texts), 6 + len(records)) + records + data


def _file(tables: Mapping[bytes, bytes]) -> bytes:
    count = len(tables)
    power = 2 ** (count.bit_length() - 1)
    head = struct.pack(">LHHHH", 0x00010000, count, 16 * power, power.bit_length() - 1, 16 * (count - power))
    at = len(head) + 16 * count
    records, data = b"", b""
    for tag, table in sorted(tables.items()):
        padded = table + b"\0" * (-len(table) % 4)
        total = sum(struct.unpack(f">{len(padded) // 4}L", padded)) % 0x100000000
        records += struct.pack(">4sLLL", tag, total, at + len(data), len(table))
        data += padded
    return head + records + data
