"""One killable worker process per file at a time: a crash, a hang or a runaway becomes that file's problem only."""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from multiprocessing.context import BaseContext
from pathlib import Path

from pebble import ProcessExpired, ProcessPool

from extractors.errors import DispatchError, Problem, Severity
from pipeline.errors import CongvanError
from pipeline.planning.plan import Form
from pipeline.profile import Profile, load
from pipeline.settings import Limits
from pipeline.stages import Product

_PRELOAD = ["pipeline.stages"]
"""Imported once in the fork server, so that each worker starts warm."""

TIMED_OUT = Problem(
    "E110", "Xử lý tệp quá lâu nên đã dừng.", Severity.ERROR, remedy="Hãy thử lại riêng tệp này, hoặc chia nhỏ tệp rồi đưa vào lại."
)
CRASHED = Problem(
    "E111", "Tiến trình xử lý tệp bị ngắt đột ngột.", Severity.ERROR, remedy="Hãy mở tệp, lưu lại bằng phần mềm khác rồi đưa vào lại."
)
TOO_LARGE = Problem("E112", "Tệp cần quá nhiều bộ nhớ.", Severity.ERROR, remedy="Hãy chia nhỏ tệp hoặc giảm độ phân giải rồi đưa vào lại.")
UNEXPECTED = Problem(
    "E199",
    "Có lỗi chưa lường trước khi xử lý tệp.",
    Severity.ERROR,
    remedy="Hãy báo người quản trị kèm tên tệp; các tệp khác vẫn được xử lý.",
)


@dataclass(frozen=True)
class Job:
    """What a worker needs for one file."""

    path: Path
    profile: Path
    today: date
    form: Form | None = None


@dataclass(frozen=True)
class Result:
    """A worker's answer: the product, or the problem that stopped it."""

    product: Product | None
    problem: Problem | None = None


def work(job: Job) -> Result:
    """Process one file; every failure comes back as data."""
    from pipeline.stages import process

    try:
        return Result(process(job.path.read_bytes(), job.path.name, _profile(job.profile), job.today, job.form))
    except DispatchError as error:
        return Result(None, error.problem())
    except CongvanError:
        raise
    except MemoryError:
        return Result(None, TOO_LARGE)
    except Exception as error:  # noqa: BLE001 - the one trap of a run: an unforeseen error must cost one file, not the day
        return Result(None, replace(UNEXPECTED, where=type(error).__name__))


@cache
def _profile(path: Path) -> Profile:
    return load(path)


def _context() -> BaseContext:
    """The fork server where the platform has one: workers start in hundredths of a second."""
    if sys.platform == "win32":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_PRELOAD)
    return context


def _limit_memory(memory_mb: int) -> None:
    if sys.platform == "win32":
        return
    import resource

    size = memory_mb * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (size, size))


def run_all(jobs: Sequence[Job], workers: int, limits: Limits) -> Iterator[Result]:
    """Process the files on ``workers`` processes and yield the results in the order of the jobs.

    Raises:
        CongvanError: the profile or a template is wrong; it would stop every file alike.
    """
    with ProcessPool(max_workers=workers, context=_context(), initializer=_limit_memory, initargs=(limits.memory_mb,)) as pool:
        futures = [pool.schedule(work, args=(job,), timeout=limits.seconds) for job in jobs]
        try:
            for future in futures:
                yield _answer(future)
        finally:
            for future in futures:
                future.cancel()  # type: ignore[no-untyped-call]  # pebble annotates this one method not at all


def _answer(future: Future[Result]) -> Result:
    try:
        return future.result()
    except FutureTimeout:
        return Result(None, TIMED_OUT)
    except ProcessExpired:
        return Result(None, CRASHED)
    except MemoryError:
        return Result(None, TOO_LARGE)
