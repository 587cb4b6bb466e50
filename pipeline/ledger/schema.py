"""The ledger's tables, and the way from an older program's to this one's: one transaction, all of it or nothing."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from contextlib import closing

import msgspec

SCHEMA_VERSION = 3
# No write-ahead log: it does not work on the network shares on which secretariats keep their folders.
_TABLES = (
    """
    CREATE TABLE files (
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
        version INTEGER NOT NULL
    )""",
    "CREATE INDEX files_identity ON files (reference, dated, issuer)",
)
_ADDED = (
    # The paper as the registers print it; the identity in "files" is folded for comparison.
    """
    CREATE TABLE papers (
        sha256 TEXT PRIMARY KEY,
        type TEXT NOT NULL,
        reference TEXT NOT NULL,
        dated TEXT NOT NULL,
        issuer TEXT NOT NULL,
        subject TEXT NOT NULL,
        urgency TEXT NOT NULL
    )""",
    # Numbers stay when a file is struck out: the same bytes get the same number again, and no other file ever does.
    """
    CREATE TABLE arrivals (
        year INTEGER NOT NULL,
        number INTEGER NOT NULL,
        sha256 TEXT NOT NULL UNIQUE,
        day TEXT NOT NULL,
        name TEXT NOT NULL,
        PRIMARY KEY (year, number)
    )""",
    "CREATE TABLE counters (year INTEGER PRIMARY KEY, next INTEGER NOT NULL)",
    # Each time that drafts of a file were delivered: the first, and every one asked for again.
    """
    CREATE TABLE versions (
        sha256 TEXT NOT NULL,
        version INTEGER NOT NULL,
        step TEXT NOT NULL,
        status TEXT NOT NULL,
        folder TEXT NOT NULL,
        day TEXT NOT NULL,
        PRIMARY KEY (sha256, version)
    )""",
    """
    CREATE TABLE outputs (
        sha256 TEXT NOT NULL,
        version INTEGER NOT NULL,
        kind TEXT NOT NULL,
        name TEXT NOT NULL,
        digest TEXT NOT NULL,
        PRIMARY KEY (sha256, version, name)
    )""",
    """
    CREATE TABLE duties (
        sha256 TEXT NOT NULL,
        version INTEGER NOT NULL,
        key TEXT NOT NULL,
        place INTEGER NOT NULL,
        text TEXT NOT NULL,
        lead TEXT NOT NULL,
        lead_ids TEXT NOT NULL,
        support TEXT NOT NULL,
        deadline TEXT NOT NULL,
        due TEXT NOT NULL,
        internal_due TEXT NOT NULL,
        rule TEXT NOT NULL,
        internal_rule TEXT NOT NULL,
        state TEXT NOT NULL,
        done_on TEXT NOT NULL,
        done_due TEXT NOT NULL,
        remark TEXT NOT NULL,
        reply TEXT NOT NULL,
        PRIMARY KEY (sha256, version, key)
    )""",
    # What a paper says that it does to earlier ones: they may arrive after it.
    """
    CREATE TABLE successions (
        sha256 TEXT NOT NULL,
        kind TEXT NOT NULL,
        cited TEXT NOT NULL,
        reference TEXT NOT NULL,
        dated TEXT NOT NULL,
        issuer TEXT NOT NULL
    )""",
    "CREATE INDEX successions_reference ON successions (reference)",
    """
    CREATE TABLE links (
        sha256 TEXT NOT NULL,
        earlier TEXT NOT NULL,
        kind TEXT NOT NULL,
        day TEXT NOT NULL,
        name TEXT NOT NULL,
        PRIMARY KEY (sha256, earlier, kind)
    )""",
)
_ADDED_TO_DUTIES = tuple(f"ALTER TABLE duties ADD COLUMN {name} TEXT NOT NULL DEFAULT ''" for name in ("done_due", "remark", "reply"))
"""What the second version's duties lack."""
# What the first version wrote as a title: "Công văn số 12/UBND-VP ngày 02/3/2026 của UBND tỉnh …".
_TITLE = re.compile(r"(?P<type>.+?) (?:số (?P<reference>\S+)|chưa có số)(?: ngày \d\d/\d{1,2}/\d{4})?(?: của (?P<issuer>.+))?")


def version_of(connection: sqlite3.Connection) -> int:
    """Return the version of the tables; 0 for a file without any."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


def bring_up_to_date(connection: sqlite3.Connection) -> None:
    """Make the tables, or turn an older program's into this one's; the connection is in autocommit mode."""
    if version_of(connection) == SCHEMA_VERSION:
        return
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        # Asked again: another program may have done it while this one waited for the lock.
        version = version_of(connection)
        if version == SCHEMA_VERSION:
            return
        for statement in {0: (*_TABLES, *_ADDED), 1: _ADDED, 2: _ADDED_TO_DUTIES}[version]:
            connection.execute(statement)
        if version == 1:
            _from_first(connection)
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def _from_first(connection: sqlite3.Connection) -> None:
    """Fill the added tables from the single one of the first version; numbers are given in the order of arrival."""
    numbers: Counter[str] = Counter()
    with closing(connection.cursor()) as cursor:
        rows = cursor.execute(
            "SELECT sha256, name, step, status, folder, title, dated, received, outputs FROM files ORDER BY received, rowid"
        ).fetchall()
    for sha256, name, step, status, folder, title, dated, received, outputs in rows:
        numbers[received[:4]] += 1
        connection.execute(
            "INSERT INTO arrivals VALUES (?, ?, ?, ?, ?)", (int(received[:4]), numbers[received[:4]], sha256, received, name)
        )
        said = _TITLE.fullmatch(title)
        kind, reference, issuer = (said["type"], said["reference"] or "", said["issuer"] or "") if said else (title, "", "")
        connection.execute("INSERT INTO papers VALUES (?, ?, ?, ?, ?, '', '')", (sha256, kind, reference, dated, issuer))
        connection.execute("INSERT INTO versions VALUES (?, 1, ?, ?, ?, ?)", (sha256, step, status, folder, received))
        for kind, output in msgspec.json.decode(outputs, type=tuple[tuple[str, str], ...]):
            connection.execute("INSERT OR IGNORE INTO outputs VALUES (?, 1, ?, ?, '')", (sha256, kind, output))
    connection.execute("ALTER TABLE files ADD COLUMN version INTEGER NOT NULL DEFAULT 1")
    connection.execute("ALTER TABLE files DROP COLUMN outputs")
