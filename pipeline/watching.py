"""The watch over the inbox ("theo dõi hộp văn bản đến"): look, take what has come in whole, work, tell, wait; all day, every day.

It keeps other runs out as long as it lives. What goes wrong on the way (a share that is gone, a full disk, a profile being edited) is
told once, and tried again after a pause that grows; only what is wrong at the very start ends it, because then somebody is looking.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from extractors.errors import Problem, Severity
from pipeline import sandbox
from pipeline.arrivals import Arrivals, Clock
from pipeline.desk import Hooks
from pipeline.errors import CongvanError, OutputNotWritable
from pipeline.file_events import Wake
from pipeline.inbox import passed_over
from pipeline.outcome import Outcome, Status
from pipeline.planning.plan import Form
from pipeline.precedence import urgent, urgent_first
from pipeline.report import complaint
from pipeline.report import told as said
from pipeline.run import alone, work_through
from pipeline.sandbox import Stop, Work
from pipeline.settings import Limits, Settings, Workspace

STATUS_NAME = "trang-thai.json"
FIRST_PAUSE, LONGEST_PAUSE = 5.0, 300.0
"""Seconds until what failed is tried again: twice as long each time."""
RETRYING = Problem(
    "W405",
    "Việc theo dõi tạm ngừng vì lỗi vừa nêu và sẽ tự thử lại.",
    Severity.WARNING,
    remedy="Hãy khắc phục lỗi; không cần chạy lại lệnh.",
)
_RUSH_SECONDS = 5.0
"""How often, between two files of a batch, the inbox is asked for urgent ones."""
_SLICE = 0.5
"""Seconds between two questions whether to stop, in a pause."""


@dataclass(frozen=True)
class Plan:
    """How a watch goes; times in seconds."""

    workspace: Workspace
    jobs: int = 1
    form: Form | None = None
    limits: Limits = field(default_factory=Limits)
    steady: float = 2.0
    """How long a file must hold still."""
    rescan: float = 30.0
    """A scan at least so often, whatever the events say."""
    heartbeat: float = 600.0
    """A line that says "I live" so often."""
    batch: int = 40
    """At most so many files before the next look, so that what is urgent does not wait for a whole day's post."""


@dataclass(frozen=True)
class Told:
    """Where a watch says what it does."""

    line: Callable[[str], None]
    """One line for the log."""
    outcome: Callable[[Outcome], None]
    """What became of a file, as soon as it is certain."""
    decided: Callable[[Outcome], None] = lambda _: None
    """The same before the original leaves the inbox: for the log that must miss nothing."""


class Watcher:
    """One watch; ``watch`` runs it until ``stop`` turns true."""

    def __init__(self, plan: Plan, clock: Clock, told: Told, stop: Stop, do: Work = sandbox.work) -> None:
        self._plan, self._clock, self._told, self._stop, self._do = plan, clock, told, stop, do
        self._counts: Counter[str] = Counter()
        self._growing = self._waiting = 0
        self._last_scan, self._last_error = "", ""
        self._started = clock.now().isoformat(timespec="seconds")
        self._beat = clock.ticks()
        self._failures = 0
        self._arrivals = Arrivals(plan.steady)
        self._strange: set[Path] = set()
        self._named: set[Path] = set()

    def watch(self, events: Callable[[], AbstractContextManager[Wake]]) -> None:
        """Watch until stopped.

        Raises:
            CongvanError: nothing can be processed at all, right from the start.
        """
        began = False
        while not self._stop():
            try:
                with alone(self._plan.workspace), events() as wake:
                    self._first(began)
                    began = True
                    self._session(wake)
            except (CongvanError, OSError) as error:
                known = error if isinstance(error, CongvanError) else OutputNotWritable.caused_by(error, self._plan.workspace.root)
                if not began:
                    raise known from error
                self._failed(known)
        self._write("stopped")
        self._say(f"I407: Đã dừng theo dõi hộp văn bản đến. {self._sum()}")

    def _first(self, began: bool) -> None:
        """Say that the watch is on; the profile is read once now, so that a clerk hears of its mistakes at the start."""
        if not began:
            work_through(self._settings(), lambda *_: None, self._do, Hooks(choose=lambda _: ()))
            self._say(f"I406: Đang theo dõi {self._plan.workspace.inbox}. Muốn dừng thì bấm Ctrl-C.")

    def _session(self, wake: Wake) -> None:
        """Look, work, wait, until stopped or until something fails."""
        while not self._stop():
            look = self._arrivals.look(self._plan.workspace, self._clock)
            self._last_scan = self._clock.now().isoformat(timespec="seconds")
            self._growing, self._waiting = len(look.growing), len(look.ready)
            self._name_strange(set(look.strange))
            if look.ready:
                self._work(urgent_first(look.ready, self._plan.workspace)[: self._plan.batch])
            self._works_again()
            self._write("watching")
            self._heartbeat()
            if not look.ready:
                wake(min(max(self._plan.steady, _SLICE), self._plan.rescan) if look.growing else self._plan.rescan)

    def _name_strange(self, found: set[Path]) -> None:
        """Name what is no document once, and not before the second look: a folder may be about to be filled."""
        news = sorted((found & self._strange) - self._named)
        if news:
            self._say(said(passed_over(news)))
        self._named, self._strange = (self._named | set(news)) & found, found

    def _work(self, paths: Sequence[Path]) -> None:
        self._write("working")
        rush = self._rush(paths)
        hooks = Hooks(lambda _: paths, self._stop, self._outcome, self._told.decided, rush)
        work_through(self._settings(), lambda *_: None, self._do, hooks)
        for path in paths:
            if not self._stop() and not rush() and os.path.lexists(path):
                self._arrivals.put_back(path, self._clock)

    def _rush(self, paths: Sequence[Path]) -> Stop:
        """Return what says that an urgent file came in while others are at hand; once it does, it does so for good."""
        workspace, found, last = self._plan.workspace, False, self._clock.ticks()
        if len(urgent(paths, workspace)) == len(paths):
            return lambda: False  # what is at hand is as urgent

        def rush() -> bool:
            nonlocal found, last
            if not found and self._clock.ticks() - last >= _RUSH_SECONDS:
                last = self._clock.ticks()
                found = bool(urgent(self._arrivals.look(workspace, self._clock).ready, workspace) - set(paths))
            return found

        return rush

    def _settings(self) -> Settings:
        """The settings of a run of this day: a watch lives on beyond midnight."""
        plan = self._plan
        return Settings(plan.workspace, self._clock.now().date(), plan.jobs, form=plan.form, limits=plan.limits)

    def _outcome(self, outcome: Outcome) -> None:
        self._counts[outcome.status.value] += 1
        self._waiting = max(self._waiting - 1, 0)
        self._write("working")
        self._told.outcome(outcome)

    def _failed(self, error: CongvanError) -> None:
        """Tell what went wrong, then rest; the same thing again is not told again."""
        words = " ".join(line.strip() for line in complaint(error))
        pause = min(FIRST_PAUSE * 2**self._failures, LONGEST_PAUSE)
        self._failures += 1
        if words != self._last_error:
            self._say(words)
            if not self._last_error:
                self._say(said(RETRYING))
        self._last_error = words
        self._write("retrying")
        end = self._clock.ticks() + pause
        while not self._stop() and self._clock.ticks() < end:
            self._heartbeat()
            self._clock.wait(_SLICE)

    def _works_again(self) -> None:
        if self._failures:
            self._say("Việc theo dõi đã hoạt động trở lại.")
        self._failures, self._last_error = 0, ""

    def _heartbeat(self) -> None:
        if self._clock.ticks() - self._beat >= self._plan.heartbeat:
            self._beat = self._clock.ticks()
            self._say(f"Vẫn đang theo dõi. {self._sum()}")

    def _say(self, words: str) -> None:
        self._told.line(f"{self._clock.now():%d/%m/%Y %H:%M:%S} {words}")

    def _sum(self) -> str:
        refused = self._counts[Status.REFUSED.value]
        return f"Đã xử lý {self._counts.total()} tệp, {refused} tệp không xử lý được, {self._growing + self._waiting} tệp đang chờ."

    def _write(self, state: str) -> None:
        """Put the state where other programs can read it; that it cannot be written is no reason to stop working."""
        status: dict[str, Any] = {
            "state": state,
            "pid": os.getpid(),
            "started": self._started,
            "written": self._clock.now().isoformat(timespec="seconds"),
            "last_scan": self._last_scan,
            "ready": self._waiting,
            "growing": self._growing,
            "outcomes": dict(sorted(self._counts.items())),
            "last_error": self._last_error,
        }
        path = self._plan.workspace.state / STATUS_NAME
        aside = path.with_name(f".{STATUS_NAME}")
        with suppress(OSError):
            aside.write_bytes(msgspec.json.format(msgspec.json.encode(status), indent=1) + b"\n")
            aside.replace(path)
