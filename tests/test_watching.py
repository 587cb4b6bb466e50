"""The watch: what comes in is worked on once, what fails is tried again, a stop loses nothing, and who looks is told."""

import json
import os
import signal
import subprocess
import sys
import threading
import time as real_time
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from pipeline import inbox, sandbox
from pipeline.arrivals import Clock
from pipeline.desk import Hooks
from pipeline.errors import FolderError, OutputNotWritable, ProfileError, WorkspaceBusy
from pipeline.file_events import by_events, by_the_clock
from pipeline.outcome import Status
from pipeline.run import alone, make_workspace, run
from pipeline.sandbox import Result
from pipeline.settings import Settings, Workspace
from pipeline.stages import Product
from pipeline.watching import STATUS_NAME, Plan, Told, Watcher

ROOT = Path(__file__).parents[1]
PROFILE = ROOT / "samples" / "profiles" / "huyen-2023.toml"
TODAYS_PROFILE = ROOT / "samples" / "profiles" / "xa-2026.toml"
"""For the command itself, which works on the day that the machine says."""


def quick(job):
    """A worker that takes its orders from the file; the day of the work comes back as the title."""
    words = job.path.read_bytes().decode()
    if words == "crash":
        os._exit(9)
    if words == "slow":
        real_time.sleep(60)
    return Result(Product(Status.NO_DUTY, f"{words} {job.today}", ("", "", ""), (), (), ()))


class Office:
    """A workspace, a watch over it, and a script of what happens at each wait; the watch stops when the script ends."""

    def __init__(self, folder, **plan):
        self.workspace = Workspace(folder / "ws")
        make_workspace(self.workspace)
        (self.workspace.profile / PROFILE.name).write_bytes(PROFILE.read_bytes())
        self.wall, self.ticks = datetime(2023, 10, 5, 23, 0, tzinfo=UTC), 0.0
        self.lines, self.outcomes, self.waits, self.script = [], [], [], []
        self.stopped = False
        clock = Clock(lambda: self.wall, lambda: self.ticks, self.wait)
        told = Told(self.lines.append, self.outcomes.append)
        self.watcher = Watcher(Plan(self.workspace, **plan), clock, told, lambda: self.stopped, quick)

    def wait(self, seconds):
        self.ticks += seconds
        self.wall += timedelta(seconds=seconds)

    def wake(self, seconds):
        self.waits.append(seconds)
        self.wait(seconds)
        if not self.script:
            self.stopped = True
        else:
            self.script.pop(0)()

    @contextmanager
    def events(self):
        yield self.wake

    def watch(self, *script):
        self.script = list(script)
        self.watcher.watch(self.events)
        return [(outcome.file, outcome.status.value) for outcome in self.outcomes]

    def put(self, name, words):
        path = self.workspace.inbox / name
        path.write_text(words)
        return path

    def status(self):
        return json.loads((self.workspace.state / STATUS_NAME).read_bytes())


@pytest.fixture
def office(tmp_path):
    return Office(tmp_path)


def nothing():
    pass


def whole_profile(workspace):
    (workspace.profile / PROFILE.name).write_bytes(PROFILE.read_bytes())


def left(office):
    return sorted(path.name for path in office.workspace.inbox.iterdir())


# What comes in


def test_what_lies_there_and_what_comes_is_worked_on_once(office):
    office.put("a.pdf", "1")
    done = office.watch(nothing, lambda: office.put("b.pdf", "2"), nothing, nothing)
    assert done == [("a.pdf", "no_duty"), ("b.pdf", "no_duty")]
    assert left(office) == []


def test_a_file_written_in_pieces_is_taken_whole(office):
    path = office.put("a.pdf", "")
    office.watch(*[lambda word=word: path.write_text(path.read_text() + word) for word in ["one", "file"]], nothing, nothing)
    assert [outcome.title.split()[0] for outcome in office.outcomes] == ["onefile"]


def test_a_crash_is_one_outcome_and_the_watch_goes_on(office):
    office.put("a.pdf", "crash")
    done = office.watch(nothing, lambda: office.put("b.pdf", "2"), nothing, nothing)
    assert done == [("a.pdf", "refused"), ("b.pdf", "no_duty")]


def test_the_day_of_a_draft_changes_at_midnight(office):
    office.put("a.pdf", "1")

    def next_day():
        office.wait(2 * 3600)
        office.put("b.pdf", "2")

    office.watch(nothing, next_day, nothing, nothing)
    assert [outcome.title for outcome in office.outcomes] == ["1 2023-10-05", "2 2023-10-06"]


def test_a_file_that_must_stay_is_tried_again_at_growing_distances(office, monkeypatch):
    office.put("a.pdf", "1")

    def locked(_):
        raise PermissionError(13, "locked")

    monkeypatch.setattr(inbox, "_digest", locked)
    tried = []
    office.watch(*[lambda: tried.append(len(office.outcomes))] * 20)
    assert {outcome.problems[0].code for outcome in office.outcomes} == {"E113"}
    assert 3 <= len(office.outcomes) <= 5, "2, 4, 8, 16 seconds"
    monkeypatch.undo()
    office.stopped = False
    office.outcomes.clear()
    assert office.watch(*[nothing] * 40) == [("a.pdf", "no_duty")]


def test_a_big_pile_is_taken_in_batches_with_a_look_in_between(tmp_path):
    office = Office(tmp_path, batch=2, steady=0.0)
    for number in range(5):
        office.put(f"{number}.pdf", str(number))
    looks = []
    whole = office.watcher._arrivals.look
    office.watcher._arrivals.look = lambda *args: looks.append(len(left(office))) or whole(*args)
    assert len(office.watch()) == 5
    assert looks[:4] == [5, 3, 1, 0]


def test_what_looks_urgent_is_in_the_first_batch(tmp_path):
    office = Office(tmp_path, batch=2, steady=0.0)
    for number in range(4):
        office.put(f"{number}.pdf", str(number))
    office.put("9 hoả tốc.pdf", "9")
    assert office.watch()[0] == ("9 hoả tốc.pdf", "no_duty")


def test_what_comes_in_urgent_does_not_wait_for_the_batch(tmp_path):
    office = Office(tmp_path, steady=0.0)
    for number in range(20):
        office.put(f"{number:02}.pdf", str(number))

    def told(outcome):
        office.ticks += 10.0
        office.outcomes.append(outcome)
        if outcome.file == "01.pdf":
            office.put("hoả tốc.pdf", "x")

    office.watcher._told = Told(office.lines.append, told)
    files = [file for file, _ in office.watch()]
    assert files.index("hoả tốc.pdf") <= 6, "what was begun is finished, no more"
    assert sorted(files) == sorted([*(f"{number:02}.pdf" for number in range(20)), "hoả tốc.pdf"])


def test_a_pile_of_urgent_files_is_one_batch(tmp_path):
    office = Office(tmp_path, steady=0.0)
    for number in range(4):
        office.put(f"khẩn {number}.pdf", str(number))
    looks = []
    whole = office.watcher._arrivals.look
    office.watcher._arrivals.look = lambda *args: looks.append(len(left(office))) or whole(*args)
    office.watcher._told = Told(
        office.lines.append, lambda outcome: (setattr(office, "ticks", office.ticks + 10), office.outcomes.append(outcome))
    )
    assert len(office.watch()) == 4
    assert looks[:2] == [4, 0]


def test_an_idle_watch_waits_long_and_one_with_a_growing_file_short(office):
    office.watch(nothing, lambda: office.put("a.pdf", "1"), nothing, nothing)
    assert office.waits == [30.0, 30.0, 2.0, 30.0, 30.0]


def test_what_is_no_document_is_named_once_and_not_at_once(office):
    (office.workspace.inbox / "link.pdf").symlink_to("/nowhere")
    (office.workspace.inbox / "Hồ sơ.pdf").mkdir()
    filled = office.workspace.inbox / "Hồ sơ.pdf" / "a.pdf"
    office.watch(lambda: filled.write_text("1"), nothing, nothing, nothing, nothing, nothing)
    (told,) = [line for line in office.lines if "W223" in line]
    assert "link.pdf" in told
    assert "Hồ sơ" not in told
    assert [outcome.file for outcome in office.outcomes] == ["a.pdf"]


# What goes wrong


def test_a_share_that_is_gone_is_waited_for(office):
    away = office.workspace.root.with_name("away")
    whole = office.wait

    def wait(seconds):
        whole(seconds)
        if away.exists() and office.ticks > 200:
            away.rename(office.workspace.root)
            office.put("a.pdf", "1")

    office.watcher._clock = Clock(lambda: office.wall, lambda: office.ticks, wait)
    done = office.watch(lambda: office.workspace.root.rename(away), nothing, nothing)
    assert done == [("a.pdf", "no_duty")]
    told = [line.split(" ", 2)[2] for line in office.lines]
    assert [line[:4] for line in told] == ["I406", "E202", "W405", "E202", "Việc", "I407"], told
    assert str(office.workspace.root) in told[1]


@pytest.mark.parametrize(
    ("break_it", "mend", "code"),
    [
        (lambda ws: (ws.profile / PROFILE.name).write_text("name ="), whole_profile, "E210"),
        (lambda ws: ws.drafts.rmdir(), lambda ws: ws.drafts.mkdir(), "E202"),
        (lambda ws: (ws.state / "so-theo-doi.sqlite").rename(ws.state / "x") and (ws.state / "so-theo-doi.sqlite").mkdir(),
         lambda ws: (ws.state / "so-theo-doi.sqlite").rmdir() or (ws.state / "x").rename(ws.state / "so-theo-doi.sqlite"), "E240"),
    ],
    ids=["profile", "folder", "ledger"],
)  # fmt: skip
def test_what_breaks_on_the_way_is_told_once_and_mended_without_a_restart(office, break_it, mend, code):
    seen = []

    def broken():
        break_it(office.workspace)
        office.put("a.pdf", "1")

    whole = office.wait

    def wait(seconds):
        whole(seconds)
        seen.append(office.status())
        if office.ticks > 300 and len(office.lines) == 3:
            mend(office.workspace)
            office.lines.append("mended")

    office.watcher._clock = Clock(lambda: office.wall, lambda: office.ticks, wait)
    assert office.watch(nothing, broken, nothing, nothing) == [("a.pdf", "no_duty")]
    assert [code in line for line in office.lines].count(True) == 1
    assert {(status["state"], code in status["last_error"]) for status in seen} == {("retrying", True)}
    assert (office.status()["state"], office.status()["last_error"]) == ("stopped", "")


@pytest.mark.parametrize(
    ("prepare", "error"),
    [
        (lambda ws: (ws.profile / PROFILE.name).write_text("name ="), ProfileError),
        (lambda ws: ws.inbox.rmdir(), FolderError),
        (lambda ws: (ws.state / "so-theo-doi.sqlite").write_bytes(b"junk" * 999), OutputNotWritable),
    ],
)
def test_what_is_wrong_at_the_start_ends_it(office, prepare, error):
    prepare(office.workspace)
    with pytest.raises(error):
        office.watch(nothing)


def test_run_and_watch_keep_each_other_out(office):
    office.put("a.pdf", "1")
    refused = []

    def another():
        with pytest.raises(WorkspaceBusy, match="congvan watch") as busy:
            run(Settings(office.workspace, date(2023, 10, 5)), lambda *_: None, quick)
        refused.append(busy.value.code)

    office.watch(another, nothing)
    assert refused == ["E203"]
    with alone(office.workspace), pytest.raises(WorkspaceBusy):
        Watcher(Plan(office.workspace), office.watcher._clock, office.watcher._told, lambda: False, quick).watch(office.events)


# Stopping


def test_a_stop_releases_what_is_not_delivered(office):
    office.put("a.pdf", "1")
    office.put("b.pdf", "slow")
    office.put("c.pdf", "3")
    outcomes = []
    stopped = threading.Event()
    hooks = Hooks(stop=stopped.is_set, told=lambda outcome: (outcomes.append(outcome.file), stopped.set()))
    began = real_time.monotonic()
    made = run(Settings(office.workspace, date(2023, 10, 5)), lambda *_: None, quick, hooks)
    assert [outcome.file for outcome in made] == outcomes == ["a.pdf"]
    assert real_time.monotonic() - began < 30
    assert left(office) == ["b.pdf", "c.pdf"]


def test_a_worker_that_the_stop_took_along_blames_no_file(office, monkeypatch):
    """A service manager stops the worker together with the watch; the crash that this looks like is nobody's fault."""
    office.put("a.pdf", "1")
    stopped = threading.Event()

    def taken_along(*_):
        stopped.set()
        yield Result(None, sandbox.CRASHED)

    monkeypatch.setattr(sandbox, "run_all", taken_along)
    assert run(Settings(office.workspace, date(2023, 10, 5)), lambda *_: None, quick, Hooks(stop=stopped.is_set)) == ()
    assert left(office) == ["a.pdf"]


@pytest.mark.skipif(sys.platform == "win32", reason="signals of a POSIX system")
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT], ids=["service", "Ctrl-C"])
def test_the_command_from_start_to_signal(office, how):
    (office.workspace.profile / TODAYS_PROFILE.name).write_bytes(TODAYS_PROFILE.read_bytes())
    command = [sys.executable, "-m", "pipeline", "watch", str(office.workspace.root), "--steady", "0.3"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, cwd=ROOT, **pipes) as running:  # noqa: S603 - our own program
        assert " I406: " in running.stderr.readline()
        office.put("a.txt", "no paper")
        assert running.stdout.readline().startswith("a.txt: Không xử lý được (E101)")
        assert office.status()["pid"] == running.pid
        running.send_signal(how)
        out, err = running.communicate(timeout=30)
    assert (running.returncode, out) == (0, "")
    assert " I407: " in err
    assert "Đã xử lý 1 tệp, 1 tệp không xử lý được, 0 tệp đang chờ." in err
    assert (office.status()["state"], office.status()["outcomes"]) == ("stopped", {"refused": 1})


# What is told


def test_the_status_file_says_how_it_stands(office):
    seen = []
    office.put("a.pdf", "1")
    office.watch(lambda: seen.append(office.status()), lambda: seen.append(office.status()))
    growing, idle = seen
    assert (growing["state"], growing["growing"], growing["ready"], growing["outcomes"]) == ("watching", 1, 0, {})
    assert (idle["state"], idle["growing"], idle["ready"], idle["outcomes"]) == ("watching", 0, 0, {"no_duty": 1})
    assert idle["last_scan"] == "2023-10-05T23:00:02+00:00"
    assert "a.pdf" not in (office.workspace.state / STATUS_NAME).read_text()
    assert [path.name for path in office.workspace.state.iterdir() if path.name.startswith(".")] == []


def test_a_quiet_watch_gives_a_sign_of_life(office):
    office.watch(*[nothing] * 100)
    beats = [line for line in office.lines if "Vẫn đang theo dõi" in line]
    assert len(beats) == 5, "100 waits of 30 s, one sign each 10 minutes"


# Waiting


def test_a_new_file_ends_the_wait_and_so_does_the_stop(tmp_path):
    stop = threading.Event()
    with by_events(tmp_path, stop, real_time.monotonic, pytest.fail) as wake:
        for act in (lambda: (tmp_path / "a.pdf").write_bytes(b"x"), stop.set):
            timer = threading.Timer(0.3, act)
            timer.start()
            began = real_time.monotonic()
            wake(30.0)
            timer.join()
            assert real_time.monotonic() - began < 10


def test_where_events_do_not_exist_the_time_ends_the_wait(tmp_path):
    told = []
    with by_events(tmp_path / "none", threading.Event(), real_time.monotonic, told.append) as wake:
        wake(0.1)
    assert [problem.code for problem in told] == ["W406"]


@pytest.mark.parametrize("open_wait", [by_the_clock, lambda stop: by_events(Path.cwd(), stop, real_time.monotonic, pytest.fail)])
def test_a_wait_lasts_no_longer_than_asked(open_wait):
    with open_wait(threading.Event()) as wake:
        began = real_time.monotonic()
        wake(0.2)
        assert real_time.monotonic() - began < 5
