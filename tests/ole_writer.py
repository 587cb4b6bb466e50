"""Small OLE compound files ([MS-CFB]) for tests: one FAT sector, storages as paths with slashes."""

import struct

SECTOR = 512
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_STORAGE, _STREAM, _ROOT = 1, 2, 5


def fib(version: int = 193, flags: int = 0, magic: int = 0xA5EC) -> bytes:
    """The head of Word's file information block; enough to be told, not to be opened."""
    return struct.pack("<HH6xH", magic, version, flags).ljust(4096, b"\x00")


def ole(streams: dict[str, bytes]) -> bytes:
    """A compound file with these streams, each padded to 4 096 bytes so that none is a small one."""
    names = sorted({"/".join(path.split("/")[:depth]) for path in streams for depth in range(1, path.count("/") + 2)})
    entries = [_entry("Root Entry", _ROOT, END, 0, right=FREE, child=1 if names else FREE)]
    sectors: list[bytes] = []
    follow: list[int] = []
    for number, name in enumerate(names, 1):
        data = streams.get(name)
        inner = [index for index, other in enumerate(names, 1) if other.startswith(f"{name}/") and other.count("/") == name.count("/") + 1]
        rest = names[number:]
        right = next((number + 1 + at for at, other in enumerate(rest) if other.rpartition("/")[0] == name.rpartition("/")[0]), FREE)
        start = END
        if data is not None:
            data = data.ljust(4096, b"\x00")
            start = len(sectors)
            pieces = [data[at : at + SECTOR].ljust(SECTOR, b"\x00") for at in range(0, len(data), SECTOR)]
            sectors += pieces
            follow += [*range(start + 1, start + len(pieces)), END]
        kind = _STORAGE if data is None else _STREAM
        entries.append(_entry(name.rpartition("/")[2], kind, start, len(data or b""), right=right, child=inner[0] if inner else FREE))
    return _file(entries, sectors, follow)


def _file(entries: list[bytes], sectors: list[bytes], follow: list[int]) -> bytes:
    raw = b"".join(entries)
    raw = raw.ljust(-(-len(raw) // SECTOR) * SECTOR, b"\x00")
    first = len(sectors)
    pieces = [raw[at : at + SECTOR] for at in range(0, len(raw), SECTOR)]
    follow = [*follow, *range(first + 1, first + len(pieces)), END, FAT]
    assert len(follow) <= SECTOR // 4, "one sector of FAT is all that is written here"
    fat = struct.pack(f"<{len(follow)}I", *follow).ljust(SECTOR, b"\xff")
    head = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 62, 3, 0xFFFE, 9, 6, 0, 1, first, 0, 4096, END, 0, END, 0
    )
    places = struct.pack("<109I", first + len(pieces), *[FREE] * 108)
    return b"".join([head, places, *sectors, *pieces, fat])


def _entry(name: str, kind: int, start: int, size: int, *, right: int, child: int) -> bytes:
    text = name.encode("utf-16-le") + b"\x00\x00"
    return struct.pack("<64sHBBIII36xIQ", text, len(text), kind, 1, FREE, right, child, start, size)
