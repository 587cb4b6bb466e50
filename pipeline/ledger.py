"""The ledger ("sổ theo dõi"): what became of each file, by the SHA-256 of its bytes. SQLite, in the workspace's state folder.

A file is written down before its drafts are put in place, and again after each step, so that a run that was cut off anywhere
can be taken up: nothing is drafted twice, nothing is lost. Refused files are not written down; they may be brought again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

import msgspec

from pipeline.errors import OutputNotWritable
from pipeline.outcome import Outcome, Status

SCHEMA_VERSION = 1
BUSY_SECONDS = 10.0
"""How long to wait for another program that holds the ledger."""
Identity = tuple[str, str, str]
"""(reference, ISO date, issuer), each folded; empty when unknown."""

# No write-ahead log: it does not work on the network shares on which secretariats keep their folders.
_TABLES = """
CREATE TABLE IF NOT EXISTS files (
    sha256 TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    step TEXT NOT NULL,
    status TEXT NOT NULL,
    folder TEXT NOT NULL,
    title TEXT NOT NULL,
    reference TEXT NOT NULL,
    dated TEXT NOT NULL,
    issuer TEXT NOT NULL,
    received TEXT NOT NULL,
    outputs TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS files_identity ON files (reference, dated, issuer);
"""
_ROW = "SELECT sha256, name, step, status, folder, title, outputs FROM files"


class Step(StrEnum):
    """How far a file has come."""

    DELIVERING = "delivering"
    """Its drafts are about to be put in place."""
    ARCHIVING = "archiving"
    """Its drafts are in place; the original is about to be moved to the archive."""
    DONE = "done"


@dataclass(frozen=True)
class Entry:
    """A file that was processed before."""

    sha256: str
    name: str
    step: Step
    status: Status
    folder: str
    """Name of its folder of drafts, inside the drafts folder: the workspace may be moved."""
    title: str
    outputs: tuple[tuple[str, str], ...]


class Ledger:
    """The open ledger; use ``open_ledger``."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def by_bytes(self, sha256: str) -> Entry | None:
        """Return what became of the same bytes."""
        return next(self._entries(f"{_ROW} WHERE sha256 = ?", (sha256,)), None)

    def by_identity(self, identity: Identity) -> Entry | None:
        """Return what became of another paper with the same number, day and issuer (NĐ 30/2020 Phụ lục VI)."""
        if not all(identity):
            return None
        return next(self._entries(f"{_ROW} WHERE reference = ? AND dated = ? AND issuer = ? ORDER BY rowid", identity), None)

    def unfinished(self) -> tuple[Entry, ...]:
        """Return the files at which an earlier run was cut off."""
        return tuple(self._entries(f"{_ROW} WHERE step != ? ORDER BY rowid", (Step.DONE.value,)))

    def _entries(self, query: str, values: tuple[str, ...]) -> Iterator[Entry]:
        for sha256, name, step, status, folder, title, outputs in self._connection.execute(query, values):
            made = msgspec.json.decode(outputs, type=tuple[tuple[str, str], ...])
            yield Entry(sha256, name, Step(step), Status(status), folder, title, made)

    def begin(self, outcome: Outcome, identity: Identity, received: date) -> None:
        """Write a file down whose drafts are about to be put in place."""
        outputs = msgspec.json.encode(outcome.outputs).decode()
        folder = outcome.folder.name if outcome.folder else ""
        head = (outcome.sha256, outcome.file, Step.DELIVERING.value, outcome.status.value, folder, outcome.title)
        self._write("INSERT INTO files VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (*head, *identity, received.isoformat(), outputs))

    def reach(self, sha256: str, step: Step) -> None:
        """Write down that a file has come so far."""
        self._write("UPDATE files SET step = ? WHERE sha256 = ?", (step.value, sha256))

    def forget(self, sha256: str) -> None:
        """Strike out a file whose drafts were never put in place."""
        self._write("DELETE FROM files WHERE sha256 = ?", (sha256,))

    def _write(self, statement: str, values: tuple[str, ...]) -> None:
        with self._connection:
            self._connection.execute(statement, values)


@contextmanager
def open_ledger(path: Path, *, dry_run: bool = False) -> Iterator[Ledger]:
    """Open the ledger, making it when it is not there; a dry run works on a copy in memory.

    Raises:
        OutputNotWritable: the file is damaged, locked, read-only, or of a newer version of this program.
    """
    try:
        with closing(_copy(path) if dry_run else sqlite3.connect(path, timeout=BUSY_SECONDS)) as connection:
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            if version > SCHEMA_VERSION:
                raise OutputNotWritable(str(path), "Sổ theo dõi do phiên bản mới hơn của phần mềm tạo ra.")
            connection.executescript(_TABLES)
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
            yield Ledger(connection)
    except sqlite3.Error as error:
        raise OutputNotWritable(str(path), f"Sổ theo dõi bị hỏng, bị khóa hoặc chỉ cho đọc ({error}).") from error


def _copy(path: Path) -> sqlite3.Connection:
    memory = sqlite3.connect(":memory:")
    if path.is_file():
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=BUSY_SECONDS)) as stored:
            stored.backup(memory)
    return memory
