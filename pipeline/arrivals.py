"""Which files of the inbox have come in whole ("đã chép xong"): a file that still grows is nobody's broken file.

A file is ready when its size and its times held still between two looks, and no program of this machine holds it open for writing.
The time between the looks is measured by a clock that cannot be set. How old a file says it is counts only where no clock of a share
could be wrong by so much.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from extractors.errors import Problem, Severity
from pipeline.inbox import some, strange, waiting
from pipeline.settings import Workspace

OLD_SECONDS = 3600.0
"""A file that has not changed for so long is taken at the first look."""
LONGEST_PAUSE = 300.0
"""Seconds until a file that could not be worked on is tried again, at most."""
Fingerprint = tuple[int, int, int]
"""Size in bytes; times of the last change of content and of the entry, in nanoseconds."""


@dataclass(frozen=True)
class Clock:
    """The time, as the command line lends it to those who may not ask for it."""

    now: Callable[[], datetime]
    ticks: Callable[[], float]
    """Seconds of a clock that nobody sets, only to be compared."""
    wait: Callable[[float], None]
    """Lets so many seconds pass."""


@dataclass(frozen=True)
class Look:
    """One look at the inbox."""

    ready: tuple[Path, ...]
    growing: tuple[Path, ...]
    """Still being copied, or not yet seen twice."""
    strange: tuple[Path, ...] = ()
    """No documents at all: links, pipes, folders too deep."""


@dataclass(frozen=True)
class _Seen:
    fingerprint: Fingerprint
    since: float
    """Ticks at which the file was first seen like this."""
    pause: float
    """Seconds that it must hold still."""


class Arrivals:
    """Remembers between two looks what the files of the inbox were like."""

    def __init__(self, steady_seconds: float) -> None:
        self._steady = steady_seconds
        self._seen: dict[Path, _Seen] = {}

    def look(self, workspace: Workspace, clock: Clock) -> Look:
        """Look at the inbox; the files in the order of their names."""
        now, ticks = clock.now().timestamp(), clock.ticks()
        seen: dict[Path, _Seen] = {}
        for path in waiting(workspace):
            fingerprint = _fingerprint(path)
            if fingerprint is not None:
                known = self._seen.get(path)
                same = known is not None and known.fingerprint == fingerprint
                seen[path] = known if known and same else _Seen(fingerprint, ticks, self._pause(fingerprint, now))
        self._seen = seen
        ready = tuple(path for path, file in seen.items() if ticks - file.since >= file.pause and not _being_written(path))
        return Look(ready, tuple(path for path in seen if path not in set(ready)), strange(workspace))

    def put_back(self, path: Path, clock: Clock) -> None:
        """A file that was ready stays in the inbox all the same; it rests, each time longer, before it is ready again."""
        known = self._seen.get(path)
        if known is not None:
            pause = min(max(2 * known.pause, self._steady, 1.0), LONGEST_PAUSE)
            self._seen[path] = _Seen(known.fingerprint, clock.ticks(), pause)

    def _pause(self, fingerprint: Fingerprint, now: float) -> float:
        age = now - max(fingerprint[1:]) / 1e9
        return 0.0 if age >= OLD_SECONDS else self._steady


def settled(workspace: Workspace, steady_seconds: float, clock: Clock) -> Look:
    """Return what can be worked on now, after waiting once for what came in just now."""
    arrivals = Arrivals(steady_seconds)
    look = arrivals.look(workspace, clock)
    if look.growing:
        clock.wait(steady_seconds)
        look = arrivals.look(workspace, clock)
    return look


def still_growing(paths: Sequence[Path]) -> Problem:
    """Return what a clerk is told of files that stay for the next time."""
    message = f"Có tệp còn đang được chép vào nên để lại trong hộp văn bản đến: {some(paths, 'tệp')}."
    return Problem("I405", message, Severity.INFO, remedy="Hãy đợi chép xong rồi chạy lại.")


def _fingerprint(path: Path) -> Fingerprint | None:
    try:
        status = path.lstat()
    except OSError:
        return None
    return (status.st_size, status.st_mtime_ns, status.st_ctime_ns)


def _being_written(path: Path) -> bool:
    """True when the kernel knows of a program that has the file open for writing; where it cannot tell (shares), False.

    A lease for reading is refused as long as there is a writer. It is given back at once; should a writer come in between, the kernel
    would tell us by a signal, which is set to one that does nothing.
    """
    if sys.platform != "linux":
        return False
    import fcntl

    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return False
    try:
        fcntl.fcntl(descriptor, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except BlockingIOError:
        return True
    except OSError:
        return False
    finally:
        os.close(descriptor)
    return False
