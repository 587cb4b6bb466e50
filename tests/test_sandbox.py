"""Workers that crash, hang, eat memory or raise: one file's problem, and the pool goes on."""

import errno
import hashlib
import os
import signal
import sys
import time
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryFile

import pytest

from extractors.errors import EmptyFile, Severity
from extractors.pages import Pages
from extractors.readers import page_threads
from pipeline import sandbox
from pipeline.drafting.draft import OutputFile
from pipeline.errors import CongvanError, OutputNotWritable, ProfileError, UsageError
from pipeline.outcome import Status
from pipeline.sandbox import Job, Result, guarded, run_all
from pipeline.settings import Limits
from pipeline.stages import Product
from pipeline.verbs import limits as limits_of
from pipeline.verbs import parse

LIMITS = Limits(seconds=1.0, memory_mb=700, output_mb=2)
MB = 1024 * 1024
FINE = Result(None, EmptyFile().problem())


def job(name):
    return Job(Path("/nowhere"), name, "", Path("/nowhere"), date(2026, 3, 3))


def write(size):
    with TemporaryFile() as file:
        file.write(bytes(size))


def no_room():
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "x")


def spin():
    while True:
        pass


def show():
    for descriptor in (1, 2):
        os.write(descriptor, b"x" * 3 * MB)


def wrong_profile():
    raise ProfileError("hồ sơ.toml", "chi tiết", (FINE.problem,))


def much():
    return Result(Product(Status.DRAFTED, "", ("", "", ""), (OutputFile("du-thao.docx", "dispatch", bytes(3 * MB)),), (), ()))


WAYS = {
    "exit": lambda: os._exit(7),
    "segfault": lambda: os.kill(os.getpid(), signal.SIGSEGV),
    "hang": lambda: time.sleep(60),
    "spin": spin,
    "eat": lambda: Result(None, guarded(lambda: bytearray(10**10))),
    "eat unguarded": lambda: bytearray(10**10),
    "much": much,
    "long words": lambda: Result(None, replace(FINE.problem, where="x" * 3 * MB)),
    "write": lambda: Result(None, guarded(lambda: write(3 * MB))),
    "print": show,
    "no room": lambda: Result(None, guarded(no_room)),
    "profile": wrong_profile,
}


def misbehave(job):
    """What the worker does is told by the job's name."""
    return WAYS.get(job.name, lambda: None)() or FINE


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


def test_an_answer_without_end_is_that_files_problem():
    assert codes(["much", "fine", "long words", "fine"]) == ["E117", "E104", "E117", "E104"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot limit what a process writes this way")
def test_a_written_file_without_end_is_that_files_problem():
    assert codes(["write", "fine"]) == ["E117", "E104"]


def test_what_a_library_prints_goes_nowhere(capfd):
    assert codes(["print", "fine"]) == ["E104", "E104"]
    assert capfd.readouterr() == ("", "")


def test_no_room_to_work_is_no_files_fault():
    with pytest.raises(OutputNotWritable, match="hết chỗ"):
        codes(["fine", "no room"])


@pytest.mark.parametrize(
    ("words", "limits"),
    [
        ([], Limits()),
        (["--max-seconds", "30", "--max-memory", "2000"], Limits(seconds=30, memory_mb=2000)),
        (["--max-file", "5", "--max-output", "7"], Limits(file_mb=5, output_mb=7)),
        (["--max-pages", "90"], Limits(pages=Pages(typed=90, scanned=90))),
    ],
)
@pytest.mark.parametrize("verb", ["run", "watch"])
def test_the_limits_are_options_with_units(verb, words, limits):
    assert limits_of.of(parse([verb, "x", *words])) == limits


@pytest.mark.parametrize("words", [["--max-seconds", "0"], ["--max-memory", "10"], ["--max-output", "1.5"], ["--max-file", "-1"]])
def test_a_limit_that_would_stop_everything_is_a_mistake_of_the_call(words):
    with pytest.raises(UsageError, match="từ"):
        parse(["run", "x", *words])


def test_a_wrong_profile_stops_the_whole_run_and_keeps_its_words():
    with pytest.raises(ProfileError) as raised:
        codes(["profile", "fine"])
    assert (raised.value.where, raised.value.detail, raised.value.problems) == ("hồ sơ.toml", "chi tiết", (FINE.problem,))


def tells_its_share(job):
    """Wait up to ten seconds for the share that the job's name tells, and answer whether it came; without a name end at once."""
    came = not job.name
    for _ in range(0 if came else 200):
        came = came or page_threads.threads() >= int(job.name)
        time.sleep(0 if came else 0.05)
    return Result(None, replace(FINE.problem, where=job.name if came else str(page_threads.threads())))


@pytest.mark.parametrize(
    ("workers", "files"),
    [
        (1, ["1", "1"]),
        (4, ["4"]),  # a file alone has the cores of all workers
        (4, ["2", "2"]),
        (2, ["1", "1", "1", "", ""]),
        (2, ["", "", "", "2"]),  # the last file takes over what became free
        (4, ["2", "", "2", ""]),
        (2, ["2", "", ""]),  # also the first, when it takes longest
    ],
)
def test_the_files_at_work_share_the_cores(workers, files):
    with closing(
        run_all([job(name) for name in files], workers, replace(LIMITS, seconds=30.0, memory_mb=1500), tells_its_share)
    ) as results:
        assert [result.problem.where for result in results] == files


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


def test_a_run_reads_so_many_pages_of_a_file():
    samples = Path(__file__).parents[1] / "samples"
    two = samples / "huyen-cong-van-tinh" / "huyen-cong-van-tinh.pdf"
    sha256 = hashlib.sha256(two.read_bytes()).hexdigest()
    job = Job(two, two.name, sha256, samples / "profiles" / "huyen-2023.toml", date(2023, 10, 5), pages=Pages(typed=1))
    (result,) = run_all([job], 1, Limits())
    assert result.product is not None
    assert "W203" in [problem.code for problem in result.product.problems]
