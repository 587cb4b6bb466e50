"""What was drafted of each file, version by version: the paper, our duties, the files that were delivered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date

from pipeline.kept import Delivered, Kept, Paper, State, Task
from pipeline.ledger.rows import Step, day_cell, paper_of, task_cells, task_of
from pipeline.ledger.table import Table
from pipeline.outcome import Outcome, Status

_TASK = "key, text, lead, lead_ids, support, deadline, due, internal_due, rule, internal_rule, state, done_on, done_due, remark, reply"


@dataclass(frozen=True)
class Version:
    """One delivery of drafts of a file."""

    sha256: str
    number: int
    step: Step
    status: Status
    folder: str
    """Name of its folder, inside the drafts folder."""
    day: date


class Drafts(Table):
    """The tables "papers", "versions", "outputs" and "duties"."""

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

    def duties_of(self, sha256: str, *, dropped: bool = False) -> tuple[Task, ...]:
        """Return our duties of a dispatch in reading order, open and done; ``dropped``: also those that fell away."""
        return tuple(task for task in self._duties(sha256, self._version(sha256)) if dropped or task.state is not State.DROPPED)

    def _duties(self, sha256: str, version: int) -> tuple[Task, ...]:
        query = f"SELECT {_TASK} FROM duties WHERE sha256 = ? AND version = ? ORDER BY place"  # noqa: S608 - our own names
        return tuple(map(task_of, self._connection.execute(query, (sha256, version))))

    def _replace_duties(self, sha256: str, tasks: Sequence[Task]) -> None:
        """What was done stays done (by its key); what is not among the tasks any more is kept as dropped."""
        version = self._version(sha256)
        before = {task.key: task for task in self._duties(sha256, version)}
        self._connection.execute("DELETE FROM duties WHERE sha256 = ? AND version = ?", (sha256, version))
        gone = [replace(task, state=State.DROPPED) for key, task in before.items() if key not in {task.key for task in tasks}]
        self._fill(sha256, version, (), (*(carried(task, before.get(task.key)) for task in tasks), *gone))

    @contextmanager
    def last_word(self, sha256: str, tasks: Sequence[Task]) -> Iterator[Callable[[Delivered], None]]:
        """Let the reviewer's duties stand, and lend a way to write down the files of the last word ("bản chốt").

        All of it, or nothing when the caller fails on its way: files are put in place inside.
        """
        with self._together():
            self._replace_duties(sha256, tasks)
            yield lambda output: self._put_output(sha256, self._version(sha256), output)

    def change_duties(self, places: Sequence[tuple[str, str]], change: Callable[[Task], Task]) -> tuple[Task, ...]:
        """Let duties, each named by hash and key, become what ``change`` makes of them: all of them or, when it raises, none.

        Raises:
            KeyError: there is no such duty, or it was dropped.
        """
        with self._together():
            return tuple(self._change(sha256, key, change) for sha256, key in places)

    def _change(self, sha256: str, key: str, change: Callable[[Task], Task]) -> Task:
        version = self._version(sha256)
        task = {task.key: task for task in self._duties(sha256, version) if task.state is not State.DROPPED}[key]
        made = change(task)
        days = (day_cell(made.due), day_cell(made.internal_due), made.state.value, day_cell(made.done_on), day_cell(made.done_due))
        self._connection.execute(
            "UPDATE duties SET due = ?, internal_due = ?, state = ?, done_on = ?, done_due = ?, remark = ?, reply = ?"
            " WHERE sha256 = ? AND version = ? AND key = ?",
            (*days, made.remark, made.reply, sha256, version, key),
        )
        return made

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

    # --- versions -----------------------------------------------------------------------------------------------------

    def versions(self) -> tuple[Version, ...]:
        """Return every delivery, the versions of a file one after the other."""
        query = "SELECT sha256, version, step, status, folder, day FROM versions ORDER BY sha256, version"
        return tuple(
            Version(sha256, number, Step(step), Status(status), folder, date.fromisoformat(day))
            for sha256, number, step, status, folder, day in self._connection.execute(query)
        )

    def outputs_in(self, version: Version) -> tuple[Delivered, ...]:
        """Return the files of one delivery."""
        return self._outputs(version.sha256, version.number)

    def begin_version(self, outcome: Outcome, day: date, kept: Kept) -> Version:
        """Write a further delivery down that is about to be put in place; until it is finished the one before it counts."""
        sha256, folder = outcome.sha256, outcome.folder.name if outcome.folder else ""
        with self._together():
            number = self._version(sha256) + 1
            version = Version(sha256, number, Step.DELIVERING, outcome.status, folder, day)
            cells = (sha256, number, version.step.value, version.status.value, folder, day.isoformat())
            self._insert("versions", cells)
            # By their text: a duty that was added above moves the keys of all below it.
            before = {task.text: task for task in self._duties(sha256, number - 1)}
            outputs = (Delivered(kind, name, kept.digests.get(name, "")) for kind, name in outcome.outputs)
            self._fill(sha256, number, outputs, (carried(task, before.get(task.text)) for task in kept.tasks))
        return version

    def finish_version(self, version: Version) -> None:
        """Let a delivery count that was put in place."""
        place = (version.sha256, version.number)
        with self._together():
            self._connection.execute("UPDATE versions SET step = ? WHERE sha256 = ? AND version = ?", (Step.DONE.value, *place))
            values = (version.number, version.folder, version.status.value, version.sha256)
            self._connection.execute("UPDATE files SET version = ?, folder = ?, status = ? WHERE sha256 = ?", values)

    def drop_version(self, version: Version) -> None:
        """Strike out a delivery that was never put in place."""
        with self._together():
            for table in ("versions", "outputs", "duties"):
                query = f"DELETE FROM {table} WHERE sha256 = ? AND version = ?"  # noqa: S608 - our own names
                self._connection.execute(query, (version.sha256, version.number))


def carried(task: Task, before: Task | None) -> Task:
    """Return a duty with what its earlier self had become, unless it was dropped.

    A recurring duty of the same rule goes on at its next turn.
    """
    if before is None or before.state is State.DROPPED:
        return task
    task = replace(task, remark=before.remark, reply=before.reply)
    if before.state is State.DONE:
        return replace(task, state=before.state, done_on=before.done_on, done_due=before.done_due)
    if before.done_due is None or before.rule != task.rule:
        return task
    return replace(task, due=before.due, internal_due=before.internal_due, done_on=before.done_on, done_due=before.done_due)
