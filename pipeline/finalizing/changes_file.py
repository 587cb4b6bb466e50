"""What a reviewer changed, kept beside the last word ("thay-doi.json"), so that the profile can learn from it later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from pipeline.kept import Task
from pipeline.planning.plan import Plan

NAME = "thay-doi.json"
KIND = "congvan.changes"
VERSION = 1
LARGEST = 8_000_000
"""Bytes; far more than any review leaves."""


class Reassigned(msgspec.Struct, frozen=True, kw_only=True):
    """A duty that the reviewer gave to others."""

    key: str
    text: str
    before: tuple[str, ...] = ()
    """Ids of the units that the plan chose."""
    after: tuple[str, ...] = ()
    chosen_by: tuple[str, ...] = ()
    """Names of the planner's rules that chose them: what the paper itself named is nothing to learn from."""


class ChangesFile(msgspec.Struct, frozen=True, kw_only=True):
    """The whole file."""

    kind: str
    version: int
    reassigned: tuple[Reassigned, ...] = ()
    added: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()


@dataclass(frozen=True)
class Kept:
    """A file as it was found; ``None`` stands for one that cannot be used."""

    path: Path
    found: ChangesFile | None


def of(plan: Plan, before: Sequence[Task], after: Sequence[Task]) -> bytes:
    """Return the file's bytes for a plan's duties as drafted and as reviewed."""
    old, new = {task.key: task for task in before}, {task.key: task for task in after}
    rules = {a.key: tuple(why.rule for why in a.why if why.rule.startswith("route.")) for a in plan.mine}
    moved = tuple(
        Reassigned(key=key, text=old[key].text, before=old[key].lead_ids, after=task.lead_ids, chosen_by=rules.get(key, ()))
        for key, task in new.items()
        if key in old and old[key].lead_ids != task.lead_ids
    )
    added = tuple(task.text for key, task in new.items() if key not in old)
    dropped = tuple(task.text for key, task in old.items() if key not in new)
    made = ChangesFile(kind=KIND, version=VERSION, reassigned=moved, added=added, dropped=dropped)
    return msgspec.json.format(msgspec.json.encode(made), indent=1) + b"\n"


def read(path: Path) -> Kept:
    """Return what a file says; one that was damaged or forged says nothing."""
    try:
        if path.is_symlink() or path.stat().st_size > LARGEST:
            return Kept(path, None)
        found = msgspec.json.decode(path.read_bytes(), type=ChangesFile)
    except (OSError, msgspec.DecodeError):
        return Kept(path, None)
    return Kept(path, found if (found.kind, found.version) == (KIND, VERSION) else None)
