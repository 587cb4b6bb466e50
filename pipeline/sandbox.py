"""One killable worker process per file at a time: a crash, a hang or a runaway becomes that file's problem only."""

from __future__ import annotations

import errno
import hashlib
import multiprocessing
import os
import pickle
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, wait
from concurrent.futures import TimeoutError as FutureTimeout
from ctypes import c_int
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import chain, islice
from multiprocessing.context import BaseContext
from pathlib import Path
from tempfile import gettempdir
from traceback import extract_tb
from typing import TypeVar

from pebble import ProcessExpired, ProcessPool

from extractors.beside import Beside
from extractors.errors import DispatchError, Problem, Severity
from extractors.no_network import NetworkRefused, shut_network
from extractors.pages import USUAL_PAGES, Pages
from extractors.readers import page_threads
from extractors.reading import read_file
from pipeline.case_reading import Given, is_case, read_case
from pipeline.errors import CongvanError, OutputNotWritable
from pipeline.inbox import CHANGED, UNOPENED
from pipeline.planning.plan import Form
from pipeline.profile import Profile, load
from pipeline.regular import read_regular
from pipeline.settings import Limits
from pipeline.stages import Product, develop

_PRELOAD = ["pipeline.warm"]
"""Imported once in the fork server, so that each worker starts warm."""
_FILES_PER_WORKER = 200
"""A worker is replaced after so many files, so that no library's leak adds up over a long day."""
_STOP_SECONDS = 0.25
"""How often a wait for a worker asks whether it shall stop."""
MB = 1024 * 1024
T = TypeVar("T")

TIMED_OUT = Problem(
    "E110", "Xử lý tệp quá lâu nên đã dừng.", Severity.ERROR, remedy="Hãy đưa riêng tệp này vào lại; nếu vẫn quá lâu, hãy chia nhỏ tệp."
)
CRASHED = Problem(
    "E111",
    "Việc xử lý tệp bị ngắt đột ngột.",
    Severity.ERROR,
    remedy="Hãy mở tệp, lưu lại thành tệp mới (hoặc in ra PDF) rồi đưa vào lại.",
)
TOO_LARGE = Problem("E112", "Tệp cần quá nhiều bộ nhớ nên đã dừng.", Severity.ERROR, remedy="Hãy chia nhỏ tệp rồi đưa vào lại.")
TOO_MUCH = Problem(
    "E117",
    "Kết quả của tệp lớn quá mức nên không được ghi.",
    Severity.ERROR,
    remedy="Hãy chia nhỏ tệp rồi đưa vào lại; nếu tệp không lớn, hãy báo người quản trị kèm tên tệp.",
)
NETWORK = Problem(
    "E251",
    "Việc đọc tệp đòi kết nối mạng nên đã bị chặn.",
    Severity.ERROR,
    remedy="Hãy in tệp ra PDF rồi đưa bản PDF vào lại, và báo người quản trị.",
)
UNEXPECTED = Problem(
    "E199",
    "Có lỗi chưa lường trước khi xử lý tệp.",
    Severity.ERROR,
    remedy="Hãy báo người quản trị kèm tên tệp và thông báo này; các tệp khác vẫn được xử lý.",
)


@dataclass(frozen=True)
class Dropped:
    """A file that came with another one; the name is the one to show, the path is only opened to read."""

    path: Path
    name: str
    sha256: str


@dataclass(frozen=True)
class Job:
    """What a worker needs for one file; the name is the one to show, the path is only opened to read."""

    path: Path
    name: str
    sha256: str
    profile: Path
    today: date
    form: Form | None = None
    others: tuple[Dropped, ...] = ()
    """Files that are perhaps part of the same dispatch."""
    together: bool = False
    """They lie in one folder."""
    pages: Pages = USUAL_PAGES
    """How many pages of a file are read."""


@dataclass(frozen=True)
class Result:
    """A worker's answer: the product, or the problem that stopped it."""

    product: Product | None
    problem: Problem | None = None
    main: str = ""
    """SHA-256 of the file that the product was made from, where the job had several."""
    companions: tuple[str, ...] = ()
    """SHA-256 of the files that belong to it."""


Stop = Callable[[], bool]
"""True when the work shall end."""
Work = Callable[[Job], Result]
"""What a worker does with a job. A run takes another one where a test needs a worker that crashes or hangs."""


def work(job: Job) -> Result:
    """Process one file; every failure comes back as data.

    Raises:
        CongvanError: the profile or a template is wrong.
    """
    made = guarded(lambda: _product(job))
    return Result(None, made) if isinstance(made, Problem) else made


def _product(job: Job) -> Result:
    given: list[Given] = []
    for file in (Dropped(job.path, job.name, job.sha256), *job.others):
        try:
            data = read_regular(file.path)
        except OSError:
            return Result(None, UNOPENED)
        if hashlib.sha256(data).hexdigest() != file.sha256:
            return Result(None, CHANGED)
        given.append(Given(file.name, file.sha256, data))
    profile = _profile(job.profile)
    if len(given) == 1 and not is_case(given[0].data):
        beside = Beside(profile.trusted, pages=job.pages)
        return Result(develop(lambda: read_file(given[0].data, job.name, beside), profile, job.today, job.form))
    read = read_case(given, profile.trusted, together=job.together, pages=job.pages)
    return Result(develop(lambda: read.reading, profile, job.today, job.form), None, read.main, read.companions)


def guarded(step: Callable[[], T]) -> T | Problem:
    """Return what the step returns, or the problem that stopped it.

    Raises:
        CongvanError: the profile or a template is wrong, or there is no room to work; that concerns every file.
    """
    try:
        return step()
    except DispatchError as error:
        return error.problem()
    except CongvanError:
        raise
    except MemoryError:
        return TOO_LARGE
    except NetworkRefused:
        return NETWORK
    except OSError as error:
        return _of_the_system(error)
    except Exception as error:  # noqa: BLE001 - the one trap of a run: an unforeseen error must cost one file, not the day
        return _unexpected(error)


def _of_the_system(error: OSError) -> Problem:
    """A file beyond the limit is the document's fault; that the disk for what is written on the way is full is nobody's."""
    if error.errno == errno.EFBIG:
        return TOO_MUCH
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EROFS):
        raise OutputNotWritable.caused_by(error, Path(gettempdir())) from error
    return _unexpected(error)


def _unexpected(error: Exception) -> Problem:
    """The kind of error and its place help the administrator; its message may quote the document and stays out."""
    last = extract_tb(error.__traceback__)[-1]
    return replace(UNEXPECTED, where=f"{type(error).__name__}, {Path(last.filename).name}:{last.lineno}")


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


@dataclass(frozen=True)
class Share:
    """A worker's part of the cores: what stands idle is shared between the files at work, so the last ones of a run get all."""

    cores: int
    busy: c_int
    """How many files are at work, in memory that the processes have in common; only the parent writes it."""

    def __call__(self) -> int:
        """Return how many pages of its file the worker may recognise at once."""
        return self.cores // min(max(self.busy.value, 1), self.cores)


def start_worker(limits: Limits, share: page_threads.Share) -> None:
    """Leave Ctrl-C to the parent, shut the network, and bound memory and written files where the platform can.

    ``share`` tells how many pages of a scan the worker may recognise at once, as far as its memory allows.

    What a library of the worker prints goes nowhere: it may quote the document, and it may be without end.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    shut_network()
    page_threads.allow(share, limits.memory_mb)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for descriptor in (1, 2):
        os.dup2(nowhere, descriptor)
    os.close(nowhere)
    if sys.platform == "win32":
        return
    import resource

    for what, megabytes in ((resource.RLIMIT_AS, limits.memory_mb), (resource.RLIMIT_FSIZE, limits.output_mb)):
        resource.setrlimit(what, (megabytes * MB, megabytes * MB))


def _within(do: Work, job: Job, output_mb: int) -> Result:
    """Do a job in the worker; an answer that is too large never reaches the parent, whose memory is everybody's."""
    result = do(job)
    return Result(None, TOO_MUCH) if len(pickle.dumps(result)) > output_mb * MB else result


def run_all(jobs: Iterable[Job], workers: int, limits: Limits, do: Work = work, stop: Stop = lambda: False) -> Iterator[Result]:
    """Process the files on ``workers`` processes and yield the results in the order of the jobs.

    Only a few jobs are asked for ahead of the one that is waited for, so that finished drafts do not pile up in memory. Closing the
    iterator ends the workers at once; so does ``stop`` when it turns true, and what was not answered then gets no result.

    Raises:
        CongvanError: the profile or a template is wrong; it would stop every file alike.
    """
    waiting = iter(jobs)
    first = tuple(islice(waiting, workers))
    if not first:
        return
    context = _context()
    share = Share(workers, context.RawValue(c_int, len(first)))
    pool = ProcessPool(len(first), _FILES_PER_WORKER, start_worker, (limits, share), context)
    ahead: deque[Future[Result]] = deque()
    try:
        for job in chain(first, waiting):
            ahead.append(pool.schedule(_within, args=(do, job, limits.output_mb), timeout=limits.seconds))
            if len(ahead) > 2 * workers and _answered(ahead, stop, share):
                yield _answer(ahead.popleft())
            if stop():
                return
        while ahead and _answered(ahead, stop, share):
            yield _answer(ahead.popleft())
    finally:
        pool.stop()  # type: ignore[no-untyped-call]  # pebble annotates this one method not at all
        pool.join()


def _answered(ahead: deque[Future[Result]], stop: Stop, share: Share) -> bool:
    """Wait for the first answer, and keep the workers told how many share the cores; False when the wait was stopped."""
    while not (done := ahead[0].done()) and not stop():
        share.busy.value = sum(not future.done() for future in ahead)
        wait([ahead[0]], _STOP_SECONDS)
    return done


def _answer(future: Future[Result]) -> Result:
    try:
        return future.result()
    except FutureTimeout:
        return Result(None, TIMED_OUT)
    except ProcessExpired:
        return Result(None, CRASHED)
    except MemoryError:
        return Result(None, TOO_LARGE)
