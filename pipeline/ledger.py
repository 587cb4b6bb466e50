"""The ledger ("sổ theo dõi"): what became of each file, by the SHA-256 of its bytes. SQLite, in the workspace's state folder."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import msgspec

from pipeline.outcome import Outcome, Status

SCHEMA_VERSION = 1
BUSY_SECONDS = 10.0
"""How long a second run waits for the first to finish a write."""

_TABLES = """
CREATE TABLE IF NOT EXISTS files (
    sha256 TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    status TEXT NOT NULL,
    folder TEXT,
    title TEXT NOT NULL,
    reference TEXT NOT NULL,
    dated TEXT NOT NULL,
    issuer TEXT NOT NULL,
    received TEXT NOT NULL,
    outputs TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS files_identity ON files (reference, dated, issuer);
"""


@dataclass(frozen=True)
class Entry:
    """A file that was processed before."""

    name: str
    status: Status
    folder: Path | None
    title: str


class Ledger:
    """The open ledger; use ``open_ledger``."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def by_bytes(self, sha256: str) -> Entry | None:
        """Return what became of the same bytes."""
        return self._one("SELECT name, status, folder, title FROM files WHERE sha256 = ?", (sha256,))

    def by_identity(self, identity: tuple[str, str, str]) -> Entry | None:
        """Return what became of another paper with the same number, day and issuer (NĐ 30/2020 Phụ lục VI)."""
        if not all(identity):
            return None
        query = "SELECT name, status, folder, title FROM files WHERE reference = ? AND dated = ? AND issuer = ? AND status != 'refused'"
        return self._one(query, identity)

    def _one(self, query: str, values: tuple[str, ...]) -> Entry | None:
        row = self._connection.execute(query, values).fetchone()
        return Entry(row[0], Status(row[1]), Path(row[2]) if row[2] else None, row[3]) if row else None

    def add(self, outcome: Outcome, identity: tuple[str, str, str], received: date) -> None:
        """Write an outcome down; the same bytes again replace what was refused before."""
        outputs = msgspec.json.encode(outcome.outputs).decode()
        folder = str(outcome.folder) if outcome.folder else None
        row = (outcome.sha256, outcome.file, outcome.status.value, folder, outcome.title, *identity, received.isoformat(), outputs)
        with self._connection:
            self._connection.execute("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)


@contextmanager
def open_ledger(path: Path) -> Iterator[Ledger]:
    """Open the ledger, making it when it is not there."""
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript(_TABLES)
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        yield Ledger(connection)
    finally:
        connection.close()
