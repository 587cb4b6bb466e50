"""The ledger, open: what a run writes down and asks, step by step.

A file is written down before its drafts are put in place, and again after each step, so that a run that was cut off anywhere
can be taken up: nothing is drafted twice, nothing is lost. Refused files are not written down; they may be brought again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

from pipeline.errors import LedgerDamaged, LedgerLocked, OutputNotWritable
from pipeline.kept import Arrival, Delivered, Kept, Link, LinkKind
from pipeline.ledger.drafts import Drafts
from pipeline.ledger.links import Links
from pipeline.ledger.rows import Cell, Entry, Identity, Step, paper_cells
from pipeline.ledger.schema import SCHEMA_VERSION, bring_up_to_date, version_of
from pipeline.outcome import Outcome, Status

BUSY_SECONDS = 10.0
"""How long to wait for another program that holds the ledger."""
_ENTRY = """
    SELECT files.sha256, files.name, step, status, folder, title, version, arrivals.year, arrivals.number, arrivals.day
    FROM files LEFT JOIN arrivals ON arrivals.sha256 = files.sha256
"""


class Ledger(Drafts, Links):
    """The open ledger; use ``open_ledger``."""

    # --- files --------------------------------------------------------------------------------------------------------

    def by_bytes(self, sha256: str) -> Entry | None:
        """Return what became of the same bytes."""
        return next(self._entries("WHERE files.sha256 = ?", (sha256,)), None)

    def by_identity(self, identity: Identity) -> Entry | None:
        """Return what became of another paper with the same number, day and issuer (NĐ 30/2020 Phụ lục VI)."""
        if not all(identity):
            return None
        return next(self._entries("WHERE reference = ? AND dated = ? AND issuer = ? ORDER BY files.rowid", identity), None)

    def by_folder(self, folder: str) -> Entry | None:
        """Return the file whose drafts, of whatever version, were delivered into a folder of that name."""
        found = self._connection.execute("SELECT sha256 FROM versions WHERE folder = ?", (folder,)).fetchone()
        return self.by_bytes(found[0]) if found else None

    def sound(self, *, quick: bool = False) -> bool:
        """True when SQLite finds its own file whole; the quick look leaves out whether the indexes agree with the tables."""
        return [tuple(row) for row in self._connection.execute(f"PRAGMA {'quick' if quick else 'integrity'}_check")] == [("ok",)]

    def last_day(self) -> date | None:
        """Return the latest day on which anything was drafted; None for an empty ledger."""
        (latest,) = self._connection.execute("SELECT MAX(day) FROM versions").fetchone()
        return date.fromisoformat(latest) if latest else None

    def by_companion(self, sha256: str) -> Entry | None:
        """Return the dispatch that these bytes came with, as another form of it, its envelope or an attachment."""
        query = "SELECT earlier FROM links WHERE sha256 = ? AND kind = ? ORDER BY rowid"
        found = self._connection.execute(query, (sha256, LinkKind.COMPANION.value)).fetchone()
        return self.by_bytes(found[0]) if found else None

    def entries(self) -> tuple[Entry, ...]:
        """Return every file in the order of arrival."""
        return tuple(self._entries("ORDER BY arrivals.year, arrivals.number, files.rowid"))

    def unfinished(self) -> tuple[Entry, ...]:
        """Return the files at which an earlier run was cut off."""
        return tuple(self._entries("WHERE step != ? ORDER BY files.rowid", (Step.DONE.value,)))

    def _entries(self, condition: str, values: Sequence[Cell] = ()) -> Iterator[Entry]:
        rows = self._connection.execute(_ENTRY + condition, values).fetchall()
        for sha256, name, step, status, folder, title, version, year, number, day in rows:
            made = tuple((output.kind, output.name) for output in self._outputs(sha256, version))
            arrival = Arrival(year, number, date.fromisoformat(day)) if number is not None else None
            yield Entry(sha256, name, Step(step), Status(status), folder, title, made, version, arrival)

    def begin(self, outcome: Outcome, identity: Identity, received: date, kept: Kept | None = None) -> None:
        """Write a file down whose drafts are about to be put in place; it gets its number unless it has one already."""
        kept, sha256 = kept or Kept(), outcome.sha256
        folder = outcome.folder.name if outcome.folder else ""
        step, status = Step.DELIVERING.value, outcome.status.value
        outputs = [Delivered(kind, name, kept.digests.get(name, "")) for kind, name in outcome.outputs]
        with self._together():
            head = (sha256, outcome.file, step, status, folder, outcome.title)
            self._insert("files", (*head, *identity, received.isoformat(), 1))
            self._insert("papers", (sha256, *paper_cells(kept.paper)))
            self._insert("versions", (sha256, 1, step, status, folder, received.isoformat()))
            self._fill(sha256, 1, outputs, kept.tasks)
            self._remember(sha256, kept.successions)
            for kind, earlier in self.succeeds(identity, kept.successions):
                self._link(Link(sha256, earlier, LinkKind(kind), received, outcome.file))
            for kind, later in self.succeeded_by(identity):
                self._link(Link(later, sha256, LinkKind(kind), received, self._name(later)))
            self._register(sha256, outcome.file, received)

    def reach(self, sha256: str, step: Step) -> None:
        """Write down that a file has come so far."""
        with self._together():
            self._connection.execute("UPDATE files SET step = ? WHERE sha256 = ?", (step.value, sha256))
            self._connection.execute("UPDATE versions SET step = ? WHERE sha256 = ? AND version = 1", (step.value, sha256))

    def forget(self, sha256: str) -> None:
        """Strike out a file whose drafts were never put in place; its number stays its own."""
        with self._together():
            for table in ("files", "papers", "versions", "outputs", "duties", "successions"):
                self._connection.execute(f"DELETE FROM {table} WHERE sha256 = ?", (sha256,))  # noqa: S608 - our own names
            self._connection.execute("DELETE FROM links WHERE sha256 = ? OR (earlier = ? AND sha256 != earlier)", (sha256, sha256))

    def _name(self, sha256: str) -> str:
        (name,) = self._connection.execute("SELECT name FROM files WHERE sha256 = ?", (sha256,)).fetchone()
        return str(name)

    # --- numbers ------------------------------------------------------------------------------------------------------

    def _register(self, sha256: str, name: str, day: date) -> None:
        """Give the next number of the year ("số đến", NĐ 30/2020 Điều 22) to bytes that have none."""
        if self._connection.execute("SELECT 1 FROM arrivals WHERE sha256 = ?", (sha256,)).fetchone() is None:
            self._insert("arrivals", (day.year, self.next_number(day.year), sha256, day.isoformat(), name))

    def arrivals(self) -> tuple[tuple[str, Arrival, str], ...]:
        """Return (hash, number, file name) of all that arrived, by number; also of what was never finished."""
        rows = self._connection.execute("SELECT sha256, year, number, day, name FROM arrivals ORDER BY year, number")
        return tuple((sha256, Arrival(year, number, date.fromisoformat(day)), name) for sha256, year, number, day, name in rows)

    def next_number(self, year: int) -> int:
        """Return the number that the next dispatch of a year gets."""
        (most,) = self._connection.execute("SELECT COALESCE(MAX(number), 0) FROM arrivals WHERE year = ?", (year,)).fetchone()
        start = self._connection.execute("SELECT next FROM counters WHERE year = ?", (year,)).fetchone()
        return max(int(most) + 1, int(start[0]) if start else 1)

    def start_numbers(self, year: int, number: int) -> bool:
        """Let a year's series go on with a number, e.g. after those given on paper; False when that would repeat one."""
        with self._together():
            (most,) = self._connection.execute("SELECT COALESCE(MAX(number), 0) FROM arrivals WHERE year = ?", (year,)).fetchone()
            if number <= int(most):
                return False
            self._connection.execute("INSERT OR REPLACE INTO counters VALUES (?, ?)", (year, number))
        return True


@contextmanager
def open_ledger(path: Path, *, dry_run: bool = False) -> Iterator[Ledger]:
    """Open the ledger, making it when it is not there; a dry run works on a copy in memory.

    Raises:
        LedgerLocked: another program held it for longer than ``BUSY_SECONDS``.
        LedgerDamaged: it is no ledger any more.
        OutputNotWritable: it cannot be written, or is of a newer version of this program.
    """
    try:
        with closing(_copy(path) if dry_run else _opened(path)) as connection:
            if version_of(connection) > SCHEMA_VERSION:
                raise OutputNotWritable(str(path), "Sổ theo dõi do phiên bản mới hơn của phần mềm tạo ra.")
            bring_up_to_date(connection)
            yield Ledger(connection)
    except sqlite3.Error as error:
        raise _failure(path, error) from error


_KINDS = {
    sqlite3.SQLITE_BUSY: LedgerLocked,
    sqlite3.SQLITE_LOCKED: LedgerLocked,
    sqlite3.SQLITE_CORRUPT: LedgerDamaged,
    sqlite3.SQLITE_NOTADB: LedgerDamaged,
}
_WORDS = {
    sqlite3.SQLITE_FULL: "Ổ đĩa hết chỗ trống.",
    sqlite3.SQLITE_READONLY: "Sổ theo dõi chỉ cho đọc.",
    sqlite3.SQLITE_CANTOPEN: "Không mở được sổ theo dõi.",
    sqlite3.SQLITE_IOERR: "Ổ đĩa hoặc ổ mạng bị lỗi khi ghi sổ theo dõi.",
}


def _failure(path: Path, error: sqlite3.Error) -> OutputNotWritable:
    """What SQLite says, by its primary result code (the lowest byte), in the clerk's language."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return _KINDS.get(code, OutputNotWritable)(str(path), _WORDS.get(code, f"({error})"))


def _opened(path: Path) -> sqlite3.Connection:
    # Transactions are begun by us: the module's own would not hold the making of tables.
    return sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)


def _copy(path: Path) -> sqlite3.Connection:
    memory = sqlite3.connect(":memory:", isolation_level=None)
    if path.is_file():
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=BUSY_SECONDS)) as stored:
            stored.backup(memory)
    return memory
