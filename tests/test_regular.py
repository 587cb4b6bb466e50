"""Whatever lies in the inbox: read as a file, or left alone and named; never followed, never waited for.

What a stranger can put there by hand, what comes into a file's place between two looks, and names that mean something elsewhere.
"""

import json
import os
import signal
import socket
import stat
from pathlib import Path

import pytest
from test_run import DAY, codes, files_of, go, put, quick, workspace

from extractors.errors import EmptyFile
from pipeline import cli, inbox, moving, sandbox
from pipeline.desk import Hooks
from pipeline.outcome import Status
from pipeline.regular import NotRegular, open_regular, read_regular
from pipeline.run import run
from pipeline.sandbox import Job, Result
from pipeline.settings import Settings
from pipeline.standing import digest

__all__ = ["workspace"]  # the fixture
pytestmark = pytest.mark.skipif(os.name == "nt", reason="pipes and links as POSIX knows them")
SECONDS = 60


@pytest.fixture(autouse=True)
def no_hang():
    """What waits for a pipe's other end waits for ever; a signal ends it."""

    def hangs(*_):
        raise AssertionError("it hangs")

    before = signal.signal(signal.SIGALRM, hangs)
    signal.alarm(SECONDS)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def link_to_file(path, outside):
    (outside / "mật.pdf").write_bytes(b"1|2023-10-01|X")
    path.symlink_to(outside / "mật.pdf")


def link_to_folder(path, outside):
    (outside / "mật.pdf").write_bytes(b"1|2023-10-01|X")
    path.symlink_to(outside, target_is_directory=True)


def bound_socket(path, _):
    place = os.open(path.parent, os.O_RDONLY)  # a socket's address is short; the folder's descriptor makes it so
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(f"/proc/self/fd/{place}/{path.name}")
    os.close(place)


def device(path, _):
    try:
        os.mknod(path, stat.S_IFCHR | 0o600, os.makedev(1, 5))  # /dev/zero: it never ends
    except PermissionError:
        pytest.skip("only root makes devices")


def deep(path, _):
    path.mkdir()
    (path / "sâu.pdf").mkdir()
    (path / "sâu.pdf" / "a.pdf").write_bytes(b"1|2023-10-01|X")


STRANGE = {
    "a link to a file": link_to_file,
    "a link to a folder": link_to_folder,
    "a link to nothing": lambda path, outside: path.symlink_to(outside / "không có"),
    "a link to itself": lambda path, _: path.symlink_to(path),
    "a link to a device": lambda path, _: path.symlink_to("/dev/zero"),
    "a pipe": lambda path, _: os.mkfifo(path),
    "a socket": bound_socket,
    "a device": device,
    "an empty folder": lambda path, _: path.mkdir(),
    "a folder in a folder": deep,
}
strange = pytest.mark.parametrize("make", STRANGE.values(), ids=STRANGE)


@pytest.fixture
def outside(tmp_path):
    place = tmp_path / "ngoài"
    place.mkdir()
    return place


@strange
def test_what_is_no_file_is_left_alone_and_named(workspace, outside, make):
    make(workspace.inbox / "x.pdf", outside)
    put(workspace, "y.pdf", "2|2023-10-01|X")
    before = {path.name: path.read_bytes() for path in outside.iterdir()}
    assert [outcome.file for outcome in go(workspace)] == ["y.pdf"]
    assert os.path.lexists(workspace.inbox / "x.pdf")
    (found,) = inbox.strange(workspace)
    problem = inbox.passed_over([found])
    assert (problem.code, found.name in problem.message) == ("W223", True)
    assert {path.name: path.read_bytes() for path in outside.iterdir()} == before


def test_a_shortcut_is_named_and_what_programs_leave_behind_is_not(workspace):
    for name in ("Công văn.pdf.LNK", "~$a.docx", ".DS_Store", "b.pdf.part", "desktop.ini"):
        put(workspace, name, "x")
    (workspace.inbox / "hồ sơ").mkdir()
    assert inbox.waiting(workspace) == ()
    assert [path.name for path in inbox.strange(workspace)] == ["Công văn.pdf.LNK"]


def test_the_command_names_them(workspace, capsys):
    for number in range(7):
        os.mkfifo(workspace.inbox / f"ống {number}.pdf")
    assert cli.main(["run", str(workspace.root), "--today", DAY.isoformat(), "--steady", "0"]) == 0
    said = capsys.readouterr().err
    assert "W223" in said
    assert "ống 0.pdf, ống 1.pdf, ống 2.pdf, ống 3.pdf, ống 4.pdf và 2 mục khác" in said


# Something else comes into a file's place


@strange
def test_between_the_look_and_the_opening(workspace, outside, make):
    path = put(workspace, "x.pdf", "1|2023-10-01|X")
    put(workspace, "y.pdf", "2|2023-10-01|X")

    def choose(workspace):
        chosen = inbox.waiting(workspace)
        path.unlink()
        make(path, outside)
        return chosen

    outcomes = run(Settings(workspace, DAY), lambda *_: None, quick, Hooks(choose))
    assert [(outcome.file, outcome.status) for outcome in outcomes] == [("y.pdf", Status.DRAFTED)]
    assert os.path.lexists(path)


@strange
def test_between_the_opening_and_the_worker(workspace, outside, make):
    path = put(workspace, "x.pdf", "1|2023-10-01|X")
    taken = inbox.take(path, 1000)
    path.unlink()
    make(path, outside)
    assert sandbox.work(Job(path, "x.pdf", taken.sha256, workspace.profile, DAY)).problem == inbox.UNOPENED


@strange
def test_between_the_worker_and_the_archive(workspace, outside, make, monkeypatch):
    path = put(workspace, "x.pdf", "1|2023-10-01|X")

    def work(jobs, *_):
        for job in jobs:
            answer = quick(job)
            path.unlink()
            make(path, outside)
            yield answer

    monkeypatch.setattr(sandbox, "run_all", work)
    (outcome,) = go(workspace)
    assert (outcome.status, codes(outcome)) == (Status.REFUSED, ["E114"])
    assert files_of(workspace.archive) == files_of(workspace.drafts) == []


@strange
def test_it_is_not_opened_even_when_asked_to(tmp_path, outside, make):
    path = tmp_path / "x.pdf"
    make(path, outside)
    with pytest.raises(NotRegular):
        open_regular(path)
    assert digest(path) == ""


@strange
def test_what_turns_into_something_else_while_it_is_opened(tmp_path, outside, make, monkeypatch):
    """The kernel's own answer counts, not the one of a moment ago."""
    path, file = tmp_path / "x.pdf", tmp_path / "tệp"
    file.write_bytes(b"x")
    make(path, outside)
    monkeypatch.setattr(Path, "lstat", lambda _: file.stat())
    with pytest.raises(NotRegular):
        open_regular(path)


def test_an_opened_file_is_the_one_that_was_opened(tmp_path):
    path = tmp_path / "x.pdf"
    path.write_bytes(b"first")
    with open_regular(path) as stream:
        path.rename(tmp_path / "đổi tên")
        path.write_bytes(b"second")
        assert stream.read() == b"first"
    assert read_regular(path) == b"second"


def test_a_file_that_may_not_be_read_stays_and_is_named(workspace, monkeypatch):
    put(workspace, "x.pdf", "1|2023-10-01|X")
    whole = os.open

    def forbidden(path, *flags, **more):
        if Path(path).name == "x.pdf":
            raise PermissionError(13, "Permission denied", str(path))
        return whole(path, *flags, **more)

    monkeypatch.setattr(os, "open", forbidden)
    (outcome,) = go(workspace)
    assert (codes(outcome), files_of(workspace.inbox)) == (["E113"], ["x.pdf"])


# Names are data


NAMES = [
    "-rf.pdf",
    "--help.pdf",
    "a\nE999: giả mạo.pdf",
    "\u202efdp.exe.pdf",
    "\x1b[31mđỏ\x1b[0m.pdf",
    "$(touch x).pdf",
    "`id`;&|.pdf",
    "%s%n{0}{{7*7}}.pdf",
    "=1+1.pdf",
    "CON.pdf",
    "nul",
    "com1.docx",
    "a.pdf.",
    "b .pdf ",
    "c?.pdf",
    "d\\e.pdf",
    "f:g.pdf",
    "'\"<&>.pdf",
    "đ" * 125 + ".pdf",
]


def empty(_):
    return Result(None, EmptyFile().problem())


@pytest.mark.parametrize("do", [quick, empty], ids=["drafted", "refused"])
def test_a_name_is_never_more_than_a_name(workspace, do):
    for number, name in enumerate(NAMES):
        (workspace.inbox / name).write_bytes(f"|2023-10-01|{number}".encode())
    outcomes = go(workspace, do)
    assert len(outcomes) == len(NAMES)
    there = workspace.refused if do is empty else workspace.archive
    kept = [path.name for path in there.iterdir() if not path.name.endswith(moving.NOTE_SUFFIX)]
    assert [sum(name[:100] == one[:100] for one in kept) for name in NAMES] == [1] * len(NAMES)
    assert files_of(workspace.inbox) == []
    for outcome in outcomes:
        line = json.dumps(outcome.as_dict(), ensure_ascii=False)
        assert not set("\n\r\x1b\u202e") & set(line)
    for note in workspace.refused.glob(f"*{moving.NOTE_SUFFIX}"):
        assert len(note.read_text("utf-8").splitlines()) == 2


@pytest.mark.parametrize("name", ["con", "CON", "nul.pdf", "Com1", "aux", "LPT9", "prn"])
def test_no_folder_is_called_like_a_device_of_windows(name):
    assert moving.folder_name("", Path(name).stem) == f"van-ban-{Path(name).stem.lower()}"
    assert moving.folder_name("Công văn số 1", name) == "cong-van-so-1"
