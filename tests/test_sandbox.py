"""Workers that crash, hang, eat memory or raise: one file's problem, and the pool goes on."""

import os
import signal
import sys
import time
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from extractors.errors import EmptyFile, Severity
from pipeline import sandbox
from pipeline.errors import CongvanError, ProfileError
from pipeline.sandbox import Job, Result, guarded, run_all
from pipeline.settings import Limits

LIMITS = Limits(seconds=1.0, memory_mb=700)
FINE = Result(None, EmptyFile().problem())


def job(name):
    return Job(Path("/nowhere"), name, "", Path("/nowhere"), date(2026, 3, 3))


def misbehave(job):
    """What the worker does is told by the job's name."""
    if job.name == "exit":
        os._exit(7)
    if job.name == "segfault":
        os.kill(os.getpid(), signal.SIGSEGV)
    if job.name == "hang":
        time.sleep(60)
    if job.name == "spin":
        while True:
            pass
    if job.name == "eat":
        return Result(None, guarded(lambda: bytearray(10**10)))  # type: ignore[arg-type]
    if job.name == "eat unguarded":
        return bytearray(10**10)
    if job.name == "profile":
        raise ProfileError("hồ sơ.toml", "chi tiết", (FINE.problem,))
    return FINE


def codes(names, workers=1):
    with closing(run_all([job(name) for name in names], workers, LIMITS, misbehave)) as results:
        return [result.problem.code for result in results]


@pytest.mark.parametrize("workers", [1, 2])
def test_one_bad_file_costs_one_file(workers):
    assert codes(["fine", "exit", "fine", "hang", "eat", "fine", "segfault", "fine"], workers) == [
        "E104", "E111", "E104", "E110", "E112", "E104", "E111", "E104",
    ]  # fmt: skip


def test_a_loop_without_end_is_killed():
    assert codes(["spin", "fine"]) == ["E110", "E104"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot limit a process's memory this way")
def test_memory_outside_the_trap_is_the_files_problem_too():
    assert codes(["eat unguarded", "fine"]) == ["E112", "E104"]


def test_a_wrong_profile_stops_the_whole_run_and_keeps_its_words():
    with pytest.raises(ProfileError) as raised:
        codes(["profile", "fine"])
    assert (raised.value.where, raised.value.detail, raised.value.problems) == ("hồ sơ.toml", "chi tiết", (FINE.problem,))


def test_no_jobs_start_no_worker():
    assert list(run_all([], 4, LIMITS, misbehave)) == []


def test_closing_ends_the_workers_at_once():
    started = time.monotonic()
    results = run_all([job("fine"), *[job("hang")] * 20], 2, Limits(seconds=30.0), misbehave)
    next(results)
    results.close()
    assert time.monotonic() - started < 25


def test_the_trap_turns_everything_into_data():
    def failing(error):
        def step():
            raise error

        return step

    assert guarded(lambda: 5) == 5
    assert guarded(failing(EmptyFile())).code == "E104"
    assert guarded(failing(MemoryError())) == sandbox.TOO_LARGE
    problem = guarded(failing(ValueError("bí mật: nội dung văn bản")))
    assert (problem.code, problem.severity) == ("E199", Severity.ERROR)
    assert "bí mật" not in str(problem), "an error's message may quote the document"
    assert problem.where.startswith("ValueError, test_sandbox.py:")
    with pytest.raises(CongvanError):
        guarded(failing(ProfileError("x")))


def test_a_file_that_went_away_or_changed_is_told_apart(tmp_path):
    assert sandbox.work(job("x")).problem.code == "E113"
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.4")
    assert sandbox.work(Job(path, "a.pdf", "0" * 64, tmp_path, date(2026, 3, 3))).problem.code == "E114"
