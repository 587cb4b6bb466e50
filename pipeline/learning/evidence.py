"""What reviewers did with the planner's choices: whom they gave duties to instead, and whom they left them with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.finalizing import changes_file
from pipeline.kept import FINAL, Arrival
from pipeline.ledger import Entry, Ledger
from pipeline.settings import Workspace
from pipeline.standing import digest


@dataclass(frozen=True)
class Seen:
    """A duty that a reviewer saw, with its lead as the reviewer left it."""

    sha256: str
    """Of the dispatch."""
    arrival: Arrival
    text: str
    lead: str
    """Id of the unit."""


@dataclass(frozen=True)
class Move:
    """A duty that a reviewer gave to another unit than the planner chose."""

    seen: Seen
    before: str
    """Id of the unit that the planner chose; "" when it chose nobody."""
    chosen_by: tuple[str, ...]
    """Names of the planner's rules."""


@dataclass(frozen=True)
class Evidence:
    """All of it."""

    moves: tuple[Move, ...]
    seen: tuple[Seen, ...]
    """Every duty of a dispatch with a last word, the moved ones among them."""
    unreadable: tuple[str, ...]
    """Folders whose file of changes is missing, or is not as it was delivered: it says nothing."""


def gather(workspace: Workspace, ledger: Ledger) -> Evidence:
    """Return what the last words of a workspace tell; of a dispatch that was finalized several times only the latest counts."""
    moves: list[Move] = []
    seen: list[Seen] = []
    unreadable: list[str] = []
    for entry in ledger.entries():
        name = _latest(entry)
        if name is None or entry.arrival is None:
            continue
        own = [Seen(entry.sha256, entry.arrival, task.text, next(iter(task.lead_ids), "")) for task in ledger.duties_of(entry.sha256)]
        seen += [duty for duty in own if duty.lead]
        found = _changes(workspace, ledger, entry, name)
        if found is None:
            unreadable.append(entry.folder)
        else:
            moves += _moves(entry.sha256, entry.arrival, found)
    return Evidence(tuple(moves), tuple(seen), tuple(unreadable))


def _latest(entry: Entry) -> str | None:
    """The latest file of changes: the ledger keeps the files of a last word in the order of their delivery."""
    names = [name for kind, name in entry.outputs if kind == FINAL and name.endswith(f"/{changes_file.NAME}")]
    return names[-1] if names else None


def _changes(workspace: Workspace, ledger: Ledger, entry: Entry, name: str) -> changes_file.ChangesFile | None:
    path = workspace.drafts / entry.folder / name
    delivered = {output.name: output.sha256 for output in ledger.outputs_of(entry.sha256)}
    return changes_file.read(path).found if digest(path) == delivered[name] else None


def _moves(sha256: str, arrival: Arrival, found: changes_file.ChangesFile) -> Iterator[Move]:
    for one in found.reassigned:
        before, after = next(iter(one.before), ""), next(iter(one.after), "")
        if after and after != before:
            yield Move(Seen(sha256, arrival, one.text, after), before, one.chosen_by)
