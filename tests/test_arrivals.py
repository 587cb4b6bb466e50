"""A file is taken when it has come in whole: told by planted files, a clock that the test moves, and writers that hold on."""

import os
import sys
from datetime import UTC, datetime, timedelta

import pytest

from pipeline.arrivals import LONGEST_PAUSE, OLD_SECONDS, Arrivals, Clock, settled, still_growing
from pipeline.inbox import waiting
from pipeline.run import make_workspace
from pipeline.settings import Workspace

STEADY = 2.0


class Time:
    """A wall clock and a stop watch that the test moves; ``meanwhile`` is what happens while somebody waits."""

    def __init__(self):
        self.wall = datetime.now(UTC)
        self.ticks = 100.0
        self.meanwhile = lambda: None
        self.waited = []
        self.clock = Clock(lambda: self.wall, lambda: self.ticks, self.wait)

    def wait(self, seconds):
        self.waited.append(seconds)
        self.pass_by(seconds)
        self.meanwhile()

    def pass_by(self, seconds):
        self.ticks += seconds
        self.wall += timedelta(seconds=seconds)


@pytest.fixture
def time():
    return Time()


@pytest.fixture
def workspace(tmp_path):
    made = Workspace(tmp_path / "ws")
    make_workspace(made)
    return made


def put(workspace, name, data=b"data", age=0.0):
    """Put a file in the inbox; its age counts for the change of its content, the entry is always new."""
    path = workspace.inbox / name
    path.write_bytes(data)
    if age:
        stamp = path.stat().st_mtime - age
        os.utime(path, (stamp, stamp))
    return path


def names(paths):
    return [path.name for path in paths]


# One run: at most one wait


def test_a_file_that_holds_still_is_taken_after_one_wait(workspace, time):
    put(workspace, "a.pdf")
    look = settled(workspace, STEADY, time.clock)
    assert (names(look.ready), names(look.growing), time.waited) == (["a.pdf"], [], [STEADY])


def test_nothing_new_means_no_wait(workspace, time):
    put(workspace, "a.pdf")
    time.pass_by(OLD_SECONDS + 1)
    assert (names(settled(workspace, STEADY, time.clock).ready), time.waited) == (["a.pdf"], [])
    (workspace.inbox / "a.pdf").unlink()
    assert (settled(workspace, STEADY, time.clock).ready, time.waited) == ((), [])


def test_an_old_time_on_a_new_copy_proves_nothing(workspace, time):
    """Explorer and "cp -p" give the copy the times of the original."""
    put(workspace, "a.pdf", age=86400)
    settled(workspace, STEADY, time.clock)
    assert time.waited == [STEADY]


CHANGES = {
    "it grows": lambda path: path.write_bytes(b"data and more"),
    "it is written over in the same length": lambda path: path.write_bytes(b"DATA"),
    "another one takes its place": lambda path: (path.with_name("~$x").write_bytes(b"DATA"), path.with_name("~$x").replace(path)),
    "its times are set at the end of the copy": lambda path: os.utime(path, (1e9, 1e9)),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_file_that_changes_meanwhile_is_left_for_the_next_run(workspace, time, change):
    path = put(workspace, "a.pdf")
    put(workspace, "b.pdf")
    before = path.lstat()

    def meanwhile():
        change(path)
        if path.lstat().st_ctime_ns == before.st_ctime_ns:
            pytest.fail("the file system tells no two changes apart")

    time.meanwhile = meanwhile
    look = settled(workspace, STEADY, time.clock)
    assert (names(look.ready), names(look.growing)) == (["b.pdf"], ["a.pdf"])
    time.meanwhile = lambda: None
    assert names(settled(workspace, STEADY, time.clock).ready) == ["a.pdf", "b.pdf"]


def test_a_file_that_comes_while_one_waits_is_left_for_the_next_run(workspace, time):
    put(workspace, "a.pdf")
    time.meanwhile = lambda: put(workspace, "b.pdf")
    look = settled(workspace, STEADY, time.clock)
    assert (names(look.ready), names(look.growing)) == (["a.pdf"], ["b.pdf"])


def test_a_file_that_goes_while_one_waits_is_nobodys(workspace, time):
    path = put(workspace, "a.pdf")
    time.meanwhile = path.unlink
    look = settled(workspace, STEADY, time.clock)
    assert (look.ready, look.growing) == ((), ())


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells of writers")
def test_a_writer_that_holds_on_without_writing_is_waited_for(workspace, time):
    path = put(workspace, "a.pdf")
    with path.open("ab"):
        assert names(settled(workspace, STEADY, time.clock).growing) == ["a.pdf"]
    with path.open("rb"):
        assert names(settled(workspace, STEADY, time.clock).ready) == ["a.pdf"], "a reader is no writer"


# A long watch: many looks


def test_the_time_to_hold_still_begins_anew_with_each_change(workspace, time):
    arrivals = Arrivals(STEADY)
    path = put(workspace, "a.pdf", b"1")
    ready = []
    for step in range(6):
        ready.append(names(arrivals.look(workspace, time.clock).ready))
        time.pass_by(1.0)
        if step < 2:
            path.write_bytes(b"1" * (step + 2))
    assert ready == [[], [], [], [], ["a.pdf"], ["a.pdf"]]


@pytest.mark.parametrize("jump", [-86400, -1, 1, 1800])
def test_a_clock_that_is_set_neither_takes_nor_keeps_a_file(workspace, time, jump):
    arrivals = Arrivals(STEADY)
    put(workspace, "a.pdf")
    arrivals.look(workspace, time.clock)
    time.wall += timedelta(seconds=jump)
    assert arrivals.look(workspace, time.clock).ready == (), "no time has passed"
    time.pass_by(STEADY)
    assert names(arrivals.look(workspace, time.clock).ready) == ["a.pdf"]


def test_a_file_put_back_rests_longer_each_time_but_not_for_good(workspace, time):
    arrivals = Arrivals(STEADY)
    path = put(workspace, "a.pdf")
    arrivals.look(workspace, time.clock)
    time.pass_by(STEADY)
    rests = []
    for _ in range(12):
        assert names(arrivals.look(workspace, time.clock).ready) == ["a.pdf"]
        arrivals.put_back(path, time.clock)
        rests.append(0.0)
        while not arrivals.look(workspace, time.clock).ready:
            time.pass_by(1.0)
            rests[-1] += 1.0
    assert rests[:3] == [4.0, 8.0, 16.0]
    assert rests[-1] == LONGEST_PAUSE
    path.write_bytes(b"brought again")
    arrivals.look(workspace, time.clock)
    time.pass_by(STEADY)
    assert names(arrivals.look(workspace, time.clock).ready) == ["a.pdf"], "a change ends the rest"


def test_no_file_is_remembered_that_is_gone(workspace, time):
    arrivals = Arrivals(STEADY)
    for number in range(20):
        path = put(workspace, f"{number}.pdf")
        arrivals.look(workspace, time.clock)
        path.unlink()
    assert arrivals.look(workspace, time.clock).ready == ()
    assert not arrivals._seen


def test_what_is_told_of_files_left_behind(workspace):
    for number in range(7):
        put(workspace, f"{number}\n.pdf")
    problem = still_growing(waiting(workspace))
    assert problem.code == "I405"
    assert "0\ufffd.pdf" in problem.message
    assert problem.message.endswith("và 2 tệp khác.")
    assert "\n" not in problem.message
