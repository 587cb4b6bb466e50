"""One file for a verb that takes one ("read", "draft", "check"): in a process of its own, bounded like a worker of a run."""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Callable
from concurrent.futures import TimeoutError as FutureTimeout
from typing import TypeVar

from pebble import ProcessExpired, concurrent

from extractors.errors import Problem
from pipeline.sandbox import CRASHED, TIMED_OUT, TOO_LARGE, guarded, start_worker
from pipeline.settings import Limits

_USUAL = Limits()
T = TypeVar("T")


def apart(do: Callable[..., T], *arguments: object, cores: int = 1, limits: Limits = _USUAL) -> T | Problem:
    """Return what a function of a module makes of its arguments, or the problem that stopped it.

    ``cores`` is how many the pages of a scan may take.

    Raises:
        CongvanError: the profile or a template is wrong.
    """
    # A fork costs some milliseconds and takes over what is loaded; elsewhere it is not safe, or not there.
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    future = concurrent.process(timeout=limits.seconds, mp_context=context)(_bounded)(do, arguments, limits, cores)
    try:
        made: T | Problem = future.result()
    except FutureTimeout:
        return TIMED_OUT
    except ProcessExpired:
        return CRASHED
    except MemoryError:
        return TOO_LARGE
    except KeyboardInterrupt:
        future.cancel()
        raise
    return made


def _bounded(do: Callable[..., T], arguments: tuple[object, ...], limits: Limits, cores: int) -> T | Problem:
    start_worker(limits, lambda: cores)
    return guarded(lambda: do(*arguments))
