"""The ledger, open: what a run writes down and asks, step by step.

A file is written down before its drafts are put in place, and again after each step, so that a run that was cut off anywhere
can be taken up: nothing is drafted twice, nothing is lost. Refused files are not written down; they may be brought again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

from extractors.dispatch import Succession, SuccessionKind
from extractors.text import fold
from pipeline.errors import OutputNotWritable
from pipeline.kept import Arrival, Delivered, Kept, Link, LinkKind, Paper, State, Task
from pipeline.ledger.matching import meant
from pipeline.ledger.rows import Cell, Entry, Identity, Step, day_cell, day_of, paper_cells, paper_of, task_cells, task_of
from pipeline.ledger.schema import SCHEMA_VERSION, bring_up_to_date, version_of
from pipeline.outcome import Outcome, Status

BUSY_SECONDS = 10.0
"""How long to wait for another program that holds the ledger."""
_ENTRY = """
    SELECT files.sha256, files.name, step, status, folder, title, version, arrivals.year, arrivals.number, arrivals.day
    FROM files LEFT JOIN arrivals ON arrivals.sha256 = files.sha256
"""
_TASK = "key, text, lead, lead_ids, support, deadline, due, internal_due, rule, internal_rule, state, done_on"


class Ledger:
    """The open ledger; use ``open_ledger``."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

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
            for one in kept.successions:
                cited = (one.kind.value, one.reference, fold(one.reference), day_cell(one.date), fold(one.issuer or ""))
                self._insert("successions", (sha256, *cited))
            for kind, earlier in self.succeeds(identity, kept.successions):
                self._link(Link(sha256, earlier.sha256, LinkKind(kind), received, outcome.file))
            for kind, later in self.succeeded_by(identity):
                self._link(Link(later.sha256, sha256, LinkKind(kind), received, later.name))
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

    # --- numbers ------------------------------------------------------------------------------------------------------

    def _register(self, sha256: str, name: str, day: date) -> None:
        """Give the next number of the year ("số đến", NĐ 30/2020 Điều 22) to bytes that have none."""
        if self._connection.execute("SELECT 1 FROM arrivals WHERE sha256 = ?", (sha256,)).fetchone() is None:
            self._insert("arrivals", (day.year, self.next_number(day.year), sha256, day.isoformat(), name))

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

    # --- papers, duties, files of drafts ------------------------------------------------------------------------------

    def paper_of(self, sha256: str) -> Paper:
        """Return the dispatch as the registers name it."""
        found = self._connection.execute(
            "SELECT type, reference, dated, issuer, subject, urgency FROM papers WHERE sha256 = ?", (sha256,)
        ).fetchone()
        return paper_of(found) if found else Paper()

    def outputs_of(self, sha256: str) -> tuple[Delivered, ...]:
        """Return the files of the version of drafts that counts, with the hash of each as it was delivered."""
        return self._outputs(sha256, self._version(sha256))

    def _outputs(self, sha256: str, version: int) -> tuple[Delivered, ...]:
        rows = self._connection.execute(
            "SELECT kind, name, digest FROM outputs WHERE sha256 = ? AND version = ? ORDER BY rowid", (sha256, version)
        )
        return tuple(Delivered(*row) for row in rows)

    def record_output(self, sha256: str, output: Delivered) -> None:
        """Write down a file that was put beside the drafts, or instead of one of that name."""
        with self._together():
            self._put_output(sha256, self._version(sha256), output)

    def duties_of(self, sha256: str, *, dropped: bool = False) -> tuple[Task, ...]:
        """Return our duties of a dispatch in reading order, open and done; ``dropped``: also those that fell away."""
        return tuple(task for task in self._duties(sha256, self._version(sha256)) if dropped or task.state is not State.DROPPED)

    def _duties(self, sha256: str, version: int) -> tuple[Task, ...]:
        query = f"SELECT {_TASK} FROM duties WHERE sha256 = ? AND version = ? ORDER BY place"  # noqa: S608 - our own names
        return tuple(map(task_of, self._connection.execute(query, (sha256, version))))

    def replace_duties(self, sha256: str, tasks: Sequence[Task]) -> None:
        """Let the reviewer's duties stand for the drafted ones.

        What was done stays done (by its key); what is not among them any more is kept as dropped.
        """
        with self._together():
            version = self._version(sha256)
            before = {task.key: task for task in self._duties(sha256, version)}
            self._connection.execute("DELETE FROM duties WHERE sha256 = ? AND version = ?", (sha256, version))
            gone = [replace(task, state=State.DROPPED) for key, task in before.items() if key not in {task.key for task in tasks}]
            self._fill(sha256, version, (), (*(carried(task, before.get(task.key)) for task in tasks), *gone))

    def set_state(self, sha256: str, key: str, state: State, day: date | None = None) -> bool:
        """Write down what became of a duty; False when there is none with that key."""
        with self._together():
            changed = self._connection.execute(
                "UPDATE duties SET state = ?, done_on = ? WHERE sha256 = ? AND version = ? AND key = ?",
                (state.value, day_cell(day), sha256, self._version(sha256), key),
            )
        return changed.rowcount == 1

    def _version(self, sha256: str) -> int:
        found = self._connection.execute("SELECT version FROM files WHERE sha256 = ?", (sha256,)).fetchone()
        return int(found[0]) if found else 0

    def _fill(self, sha256: str, version: int, outputs: Iterable[Delivered], tasks: Iterable[Task]) -> None:
        for output in outputs:
            self._put_output(sha256, version, output)
        for place, task in enumerate(tasks):
            self._insert("duties", (sha256, version, *task_cells(task, place)))

    def _put_output(self, sha256: str, version: int, output: Delivered) -> None:
        values = (sha256, version, output.kind, output.name, output.sha256)
        self._connection.execute("INSERT OR REPLACE INTO outputs VALUES (?, ?, ?, ?, ?)", values)

    # --- links --------------------------------------------------------------------------------------------------------

    def succeeds(self, identity: Identity, successions: Iterable[Succession]) -> tuple[tuple[SuccessionKind, Entry], ...]:
        """Return the earlier dispatches that a paper of this identity recalls, replaces, corrects or supplements."""
        found = []
        for one in successions:
            candidates = [
                (sha256, (reference, dated, issuer))
                for sha256, reference, dated, issuer in self._connection.execute(
                    "SELECT sha256, reference, dated, issuer FROM files WHERE reference = ?", (fold(one.reference),)
                )
            ]
            sha256 = meant(one.date, candidates, (one.issuer or "", identity[2]))
            entry = self.by_bytes(sha256) if sha256 else None
            if entry is not None:
                found.append((one.kind, entry))
        return tuple(found)

    def succeeded_by(self, identity: Identity) -> tuple[tuple[SuccessionKind, Entry], ...]:
        """Return the dispatches that arrived before one of this identity and recall, replace, correct or supplement it."""
        query = """
            SELECT successions.sha256, kind, successions.dated, successions.issuer, files.issuer
            FROM successions JOIN files ON files.sha256 = successions.sha256 WHERE successions.reference = ?
        """
        found = []
        for sha256, kind, dated, stated, issuer in self._connection.execute(query, (identity[0],)).fetchall():
            entry = self.by_bytes(sha256)
            if all(identity) and entry is not None and meant(day_of(dated), [(sha256, identity)], (stated, issuer)):
                found.append((SuccessionKind(kind), entry))
        return tuple(found)

    def link(self, link: Link) -> None:
        """Write down that a file has to do with an earlier dispatch; the same again changes nothing."""
        with self._together():
            self._link(link)

    def _link(self, link: Link) -> None:
        cells = (link.sha256, link.earlier, link.kind.value, link.day.isoformat(), link.name)
        self._connection.execute("INSERT OR IGNORE INTO links VALUES (?, ?, ?, ?, ?)", cells)

    def links(self) -> tuple[Link, ...]:
        """Return every link in the order in which they were written."""
        rows = self._connection.execute("SELECT sha256, earlier, kind, day, name FROM links ORDER BY rowid")
        return tuple(Link(sha, earlier, LinkKind(kind), date.fromisoformat(day), name) for sha, earlier, kind, day, name in rows)

    # --- writing ------------------------------------------------------------------------------------------------------

    @contextmanager
    def _together(self) -> Iterator[None]:
        """Write all of it or nothing."""
        with self._connection:
            self._connection.execute("BEGIN IMMEDIATE")
            yield

    def _insert(self, table: str, cells: Sequence[Cell]) -> None:
        self._connection.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(cells))})", cells)  # noqa: S608 - our own names


def carried(task: Task, before: Task | None) -> Task:
    """Return a duty with what its earlier self had become, unless it was dropped."""
    if before is None or before.state is not State.DONE:
        return task
    return replace(task, state=before.state, done_on=before.done_on)


@contextmanager
def open_ledger(path: Path, *, dry_run: bool = False) -> Iterator[Ledger]:
    """Open the ledger, making it when it is not there; a dry run works on a copy in memory.

    Raises:
        OutputNotWritable: the file is damaged, locked, read-only, or of a newer version of this program.
    """
    try:
        with closing(_copy(path) if dry_run else _opened(path)) as connection:
            if version_of(connection) > SCHEMA_VERSION:
                raise OutputNotWritable(str(path), "Sổ theo dõi do phiên bản mới hơn của phần mềm tạo ra.")
            bring_up_to_date(connection)
            yield Ledger(connection)
    except sqlite3.Error as error:
        raise OutputNotWritable(str(path), f"Sổ theo dõi bị hỏng, bị khóa hoặc chỉ cho đọc ({error}).") from error


def _opened(path: Path) -> sqlite3.Connection:
    # Transactions are begun by us: the module's own would not hold the making of tables.
    return sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)


def _copy(path: Path) -> sqlite3.Connection:
    memory = sqlite3.connect(":memory:", isolation_level=None)
    if path.is_file():
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=BUSY_SECONDS)) as stored:
            stored.backup(memory)
    return memory
