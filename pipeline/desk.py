"""What a run has at hand while it works: its settings, the ledger, whom it asks and tells, and what it said so far."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pipeline import inbox
from pipeline.inbox import Incoming
from pipeline.ledger import Ledger
from pipeline.outcome import Outcome
from pipeline.sandbox import Dropped, Job
from pipeline.settings import Settings, Workspace


@dataclass(frozen=True)
class Hooks:
    """What a run asks and tells on its way."""

    choose: Callable[[Workspace], Sequence[Path]] = inbox.waiting
    """Says which files of the inbox are worked on, and in which order."""
    stop: Callable[[], bool] = lambda: False
    """True when the run shall end: the file at hand is finished, or left in the inbox when nothing of it was delivered yet."""
    told: Callable[[Outcome], None] = lambda _: None
    """Told each outcome as soon as it is certain."""
    decided: Callable[[Outcome], None] = lambda _: None
    """Told each outcome before the original leaves the inbox; after a cut, once more. Not told in a dry run."""
    enough: Callable[[], bool] = lambda: False
    """True when no further file shall be begun: what was begun is finished, the rest stays in the inbox. Once true, it stays so."""


@dataclass(frozen=True)
class Desk:
    """What the run has at hand: its settings, the ledger, and what it already said about the bytes it met."""

    settings: Settings
    ledger: Ledger
    hooks: Hooks
    said: dict[str, Outcome] = field(default_factory=dict)
    apart: list[Incoming] = field(default_factory=list)
    """Files that turned out to be no part of their case; each is worked on by itself afterwards."""

    @property
    def workspace(self) -> Workspace:
        """The folders."""
        return self.settings.workspace

    def job(self, files: Sequence[Incoming], *, together: bool = False) -> Job:
        """The job of a case; its files by the order of their names."""
        first, *others = (Dropped(file.path, file.name, file.sha256) for file in files)
        about = (self.workspace.profile, self.settings.today, self.settings.form)
        return Job(first.path, first.name, first.sha256, *about, tuple(others), together, self.settings.limits.pages)

    def decide(self, outcome: Outcome) -> Outcome:
        """Return the outcome after telling it to who keeps the log."""
        if not self.settings.dry_run:
            self.hooks.decided(outcome)
        return outcome

    def place(self, folder: str) -> Path | None:
        """Return where a folder of drafts lies; None for a dispatch without drafts."""
        return self.workspace.drafts / folder if folder else None
