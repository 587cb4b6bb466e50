"""Waits until something happens in a folder: the only door to watchfiles. A wake-up is a hint; what is there, a scan must say.

watchfiles was chosen before watchdog: one blocking call that a flag ends, no thread of ours to keep alive, the same on Linux, Windows
and macOS. On a network share the system reports only this machine's own changes, or none; there one scans at fixed times instead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event

from extractors.errors import Problem, Severity

Wake = Callable[[float], None]
"""Waits so many seconds, or less when something happened or the watch shall stop."""
NO_EVENTS = Problem(
    "W406",
    "Hệ điều hành không báo được khi có tệp mới nên thư mục được quét định kỳ.",
    Severity.WARNING,
    remedy="Việc xử lý vẫn bình thường; có thể đặt chu kỳ quét bằng --poll.",
)
_TICK_MS = 500
_GATHER_MS = 200
"""Changes that follow each other so closely are one wake-up."""


@contextmanager
def by_events(folder: Path, stop: Event, ticks: Callable[[], float], told: Callable[[Problem], None]) -> Iterator[Wake]:
    """Lend a wait that a change in the folder ends; where the system cannot watch it (and ``told`` so), only the time does.

    ``ticks`` are seconds that nobody sets back.
    """
    import watchfiles

    changes = watchfiles.watch(
        folder,
        watch_filter=None,
        debounce=_GATHER_MS,
        stop_event=stop,
        rust_timeout=_TICK_MS,
        yield_on_timeout=True,
        raise_interrupt=False,
        force_polling=False,
        recursive=False,
    )

    def wake(seconds: float) -> None:
        end = ticks() + seconds
        while not stop.is_set() and ticks() < end and not next(changes, None):
            pass

    with closing(changes):
        try:
            next(changes, None)  # the watch begins with the first step; what came before it, the first scan sees
        except OSError as error:
            told(replace(NO_EVENTS, where=error.strerror or str(folder)))
            wake = stop.wait  # type: ignore[assignment]  # that it tells whether it was ended is of no use here
        yield wake


@contextmanager
def by_the_clock(stop: Event) -> Iterator[Wake]:
    """Lend a wait that only the stop ends."""

    def wake(seconds: float) -> None:
        stop.wait(seconds)

    yield wake
