"""The verbs. The only place that reads the clock; heavy parts are imported by the verb that needs them."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
import time
from collections.abc import Sequence
from datetime import datetime
from typing import TextIO

from pipeline.errors import CongvanError, ExitCode, Interrupted
from pipeline.verbs import VERBS, parse


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb and return the exit code."""
    for stream in (sys.stdout, sys.stderr):
        _utf8(stream)
    try:
        options = _with_clock(parse(arguments))
        code = VERBS[options.verb].run(options)
        sys.stdout.flush()
    except CongvanError as error:
        return _complain(error)
    except KeyboardInterrupt:
        return _complain(Interrupted())
    except BrokenPipeError:
        # The reader of our output went away ("| head"); what Python flushes at its end goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.DONE
    return code


def _utf8(stream: TextIO) -> None:
    """Vietnamese on every console, whatever its code page."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8", errors="replace")


def _complain(error: CongvanError) -> int:
    from pipeline.report import complaint

    for line in complaint(error):
        print(line, file=sys.stderr)
    return error.exit_code


def _with_clock(options: argparse.Namespace) -> argparse.Namespace:
    """Add what only this module may ask: the account, the cores, the clock, the moment, and the day of the work unless the clerk gave one.

    ``ticks`` (seconds that nobody sets back) and ``wait`` let seconds pass.
    """
    options.who = _account()
    options.cores = _cores()
    options.clock = _now
    options.ticks = _ticks
    options.wait = _wait
    options.now = _now()
    options.today = getattr(options, "today", None) or options.now.date()
    return options


def _account() -> str:
    """The name of the account that runs the command; "" where the system has none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def _cores() -> int:
    """How many cores the command may use: those it is held to, where the system can say."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _now() -> datetime:
    return datetime.now().astimezone()


def _ticks() -> float:
    return time.monotonic()


def _wait(seconds: float) -> None:
    time.sleep(seconds)
