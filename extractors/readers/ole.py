"""OLE compound files ([MS-CFB]), the wrapping of ``.doc``, ``.xls`` and ``.ppt``: which streams they hold, and whether whole.

Nothing in the file is trusted: every chain of sectors ends after as many steps as the file has sectors.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from extractors.errors import UnreadableFile

MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SMALL_SECTOR = 64
"""Bytes of a sector in the stream of small streams (2.2)."""
_ENTRY = 128
"""Bytes of a directory entry (2.6.1)."""
_LAST_SECTOR = 0xFFFFFFFA
"""Greater values of a sector's number end a chain or mark it as special (2.1)."""
_STORAGE, _STREAM, _ROOT = 1, 2, 5
_SHIFTS = (9, 12)
"""Sectors of 512 and of 4 096 bytes; no others exist (2.2)."""


@dataclass(frozen=True)
class _Entry:
    """A storage or a stream of the directory."""

    name: str
    kind: int
    left: int
    right: int
    child: int
    start: int
    size: int


class Compound:
    """An opened compound file.

    Raises:
        UnreadableFile: damaged or cut off.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        try:
            shift, self._fat_count, self._first_directory, self._small_below = struct.unpack_from("<30xH12xII4xI", data)
            self._first_small, difat, self._difat_count = struct.unpack_from("<60xI4xII", data)
            if shift not in _SHIFTS:
                raise UnreadableFile("OLE")
            self._sector_bytes = 1 << shift
            self._fat = self._read_fat(difat)
            self._entries = [self._entry(raw) for raw in self._directory()]
        except struct.error as error:
            raise UnreadableFile("OLE") from error
        if not self._entries or self._entries[0].kind != _ROOT:
            raise UnreadableFile("OLE")

    def _sector(self, number: int) -> bytes:
        """One whole sector; the last one of a file may be cut short by programs that do not pad."""
        start = (number + 1) * self._sector_bytes
        if start >= len(self._data):
            raise UnreadableFile("OLE")
        return self._data[start : start + self._sector_bytes]

    def _numbers(self, number: int) -> tuple[int, ...]:
        raw = self._sector(number)
        return struct.unpack_from(f"<{len(raw) // 4}I", raw)

    def _read_fat(self, difat: int) -> tuple[int, ...]:
        """The table that says which sector follows which; 109 of its own sectors are named in the header, the others in a chain."""
        places = list(struct.unpack_from("<76x109I", self._data))
        for _ in range(min(self._difat_count, len(self._data) // self._sector_bytes)):
            if difat >= _LAST_SECTOR:
                break
            *more, difat = self._numbers(difat)
            places += more
        used = [place for place in places[: self._fat_count] if place < _LAST_SECTOR]  # behind those some programs leave rubbish
        return tuple(follower for place in used for follower in self._numbers(place))

    @staticmethod
    def _chain(table: tuple[int, ...], sector: int) -> Iterator[int]:
        """The sectors of a stream in their order."""
        for _ in range(len(table) + 1):
            if sector >= _LAST_SECTOR:
                return
            if sector >= len(table):
                raise UnreadableFile("OLE")
            yield sector
            sector = table[sector]
        raise UnreadableFile("OLE")

    def _large(self, start: int) -> bytes:
        return b"".join(map(self._sector, self._chain(self._fat, start)))

    @cached_property
    def _small(self) -> tuple[tuple[int, ...], bytes]:
        """Streams below some size share one: the table of its sectors, and its bytes."""
        table = tuple(follower for number in self._chain(self._fat, self._first_small) for follower in self._numbers(number))
        return table, self._large(self._entries[0].start)

    def _directory(self) -> Iterator[bytes]:
        for number in self._chain(self._fat, self._first_directory):
            raw = self._sector(number)
            yield from (raw[at : at + _ENTRY] for at in range(0, len(raw) - _ENTRY + 1, _ENTRY))

    @staticmethod
    def _entry(raw: bytes) -> _Entry:
        length, kind, left, right, child = struct.unpack_from("<64xHBxIII", raw)
        start, size = struct.unpack_from("<116xII", raw)
        name = raw[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
        return _Entry(name, kind, left, right, child, start, size)

    @cached_property
    def _by_path(self) -> dict[str, _Entry]:
        """Every entry by its path, names in small letters as the format compares them."""
        found: dict[str, _Entry] = {}
        seen: set[int] = set()
        waiting = [("", self._entries[0].child)]
        while waiting:
            folder, index = waiting.pop()
            if index in seen or index >= len(self._entries):
                continue
            seen.add(index)
            entry = self._entries[index]
            path = f"{folder}{entry.name.lower()}"
            found.setdefault(path, entry)
            waiting += [(folder, entry.left), (folder, entry.right)]
            if entry.kind == _STORAGE:
                waiting.append((f"{path}/", entry.child))
        return found

    @property
    def paths(self) -> frozenset[str]:
        """Paths of all storages and streams ("worddocument", "objectpool/_1234/contents"), in small letters."""
        return frozenset(self._by_path)

    def stream(self, path: str) -> bytes:
        """Return a stream's bytes; none where there is no such stream.

        Raises:
            UnreadableFile: the file ends before the stream does.
        """
        entry = self._by_path.get(path)
        if entry is None or entry.kind != _STREAM:
            return b""
        if entry.size < self._small_below:
            table, shared = self._small
            places = (number * _SMALL_SECTOR for number in self._chain(table, entry.start))
            data = b"".join(shared[at : at + _SMALL_SECTOR] for at in places)
        else:
            data = self._large(entry.start)
        if len(data) < entry.size:
            raise UnreadableFile("OLE")
        return data[: entry.size]
