"""The ledger's rows as data, each way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import msgspec

from pipeline.kept import Arrival, Paper, State, Task
from pipeline.outcome import Status

Identity = tuple[str, str, str]
"""(reference, ISO date, issuer), each folded; empty when unknown."""
Cell = str | int


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
    version: int = 1
    """Which delivery the folder holds; more than one after a rerun on request."""
    arrival: Arrival | None = None


def day_cell(day: date | None) -> str:
    """Return a day as the ledger writes it."""
    return day.isoformat() if day else ""


def day_of(cell: str) -> date | None:
    """Return the day that a cell says; None for an empty one."""
    return date.fromisoformat(cell) if cell else None


def paper_cells(paper: Paper) -> tuple[str, ...]:
    """Return the cells of table "papers" behind the hash."""
    return (paper.type, paper.reference, day_cell(paper.date), paper.issuer, paper.subject, paper.urgency)


def paper_of(cells: tuple[str, ...]) -> Paper:
    """Return the paper that the cells behind the hash say."""
    kind, reference, dated, issuer, subject, urgency = cells
    return Paper(kind, reference, day_of(dated), issuer, subject, urgency)


def task_cells(task: Task, place: int) -> tuple[Cell, ...]:
    """Return the cells of table "duties" behind the hash and the version."""
    words = (task.key, place, task.text, task.lead, _list_cell(task.lead_ids), _list_cell(task.support), task.deadline)
    days = (day_cell(task.due), day_cell(task.internal_due), task.rule, task.internal_rule)
    return (*words, *days, task.state.value, day_cell(task.done_on), day_cell(task.done_due), task.remark, task.reply)


def task_of(cells: tuple[str, ...]) -> Task:
    """Return the duty that the cells behind hash, version and place say."""
    key, text, lead, lead_ids, support, deadline, due, internal_due, rule, internal_rule, state, done_on, done_due, remark, reply = cells
    return Task(
        key, text, lead, _list_of(lead_ids), _list_of(support), deadline,
        day_of(due), day_of(internal_due), rule, internal_rule, State(state), day_of(done_on), day_of(done_due), remark, reply,
    )  # fmt: skip


def _list_cell(names: tuple[str, ...]) -> str:
    return msgspec.json.encode(names).decode()


def _list_of(cell: str) -> tuple[str, ...]:
    return msgspec.json.decode(cell, type=tuple[str, ...])
