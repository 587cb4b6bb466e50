"""What a disk, a share, a clock or a damaged ledger does to a run: a clear message, and a next run that ends as if nothing had been.

Every write of a run is made to fail once, in turn; folders go away and come back; a small disk fills up.
"""

import errno
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
import unicodedata
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from test_run import DAY, PROFILE, codes, files_of, go, put, quick, workspace

from pipeline import cli, inbox, ledger, moving, sandbox
from pipeline.audit import Audit, Witness
from pipeline.desk import Hooks
from pipeline.errors import FolderError, LedgerDamaged, LedgerLocked, OutputNotWritable
from pipeline.ledger import book, open_ledger
from pipeline.moving import NOTE_SUFFIX
from pipeline.outcome import Status
from pipeline.report import complaint
from pipeline.run import LEDGER_NAME, make_workspace, run
from pipeline.sandbox import Result
from pipeline.settings import Settings, Workspace

__all__ = ["workspace"]  # the fixture
FILES = {
    "a.pdf": "1|2023-10-01|X",
    "b.pdf": "2|2023-10-01|X|needs_review|corrects 1",
    "c.pdf": "scan",
    "d.pdf": "1|2023-10-01|X|no_duty",
    "e.pdf": "3|2023-10-02|Y|no_duty",
}
"""Two drafts, a refusal, a twin, a paper without duties: every way a file can go."""


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    """Workers have tests of their own; here the work is done on the spot."""
    monkeypatch.setattr(sandbox, "run_all", lambda jobs, *_: (on_the_spot(job) for job in jobs))


def on_the_spot(job):
    try:
        return quick(job)
    except OSError:
        return Result(None, inbox.UNOPENED)


def office(folder):
    made = Workspace(folder)
    make_workspace(made)
    (made.profile / PROFILE.name).write_bytes(PROFILE.read_bytes())
    return made


def fill(workspace, files=FILES):
    for name, words in files.items():
        put(workspace, name, words)


def state(workspace):
    """What must not depend on what went wrong on the way: every file, and all that the ledger says."""
    folders = (workspace.inbox, workspace.drafts, workspace.archive, workspace.refused, workspace.state / "staging")
    files = {
        f"{folder.name}/{path.relative_to(folder).as_posix()}": hashlib.sha256(path.read_bytes()).hexdigest()
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file()
    }
    with open_ledger(workspace.state / LEDGER_NAME, dry_run=True) as book:
        entries = [(entry.name, entry.step, entry.status, entry.folder, entry.arrival) for entry in book.entries()]
        links = sorted((link.name, link.kind, link.earlier) for link in book.links())
    return files, entries, links


@pytest.fixture
def undisturbed(tmp_path):
    """The end of a run that nothing went wrong with."""
    calm = office(tmp_path / "yên")
    fill(calm)
    go(calm)
    return state(calm)


def clear(error):
    """An error's lines as a clerk reads them: a code, a sentence in Vietnamese, and what to do."""
    lines = list(complaint(error))
    assert error.code in lines[0]
    assert error.remedy in " ".join(lines)
    assert "Errno" not in " ".join(lines)
    return error.code


# Every write, one after the other


class Disk:
    """Counts what is written below a folder, and lets the n-th write fail; heard of by the interpreter's own audit events."""

    WRITES = ("open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "sqlite3.connect")

    def __init__(self):
        self.root, self.fail_at, self.how, self.count, self.failed = "", 0, 0, 0, ""
        sys.addaudithook(self.hear)  # there is no way to take one off again

    @contextmanager
    def failing(self, root, fail_at, how):
        self.root, self.fail_at, self.how, self.count, self.failed = str(root), fail_at, how, 0, ""
        try:
            yield
        finally:
            self.root, self.fail_at = "", 0

    def hear(self, event, args):
        if self.root and event in self.WRITES:
            paths = [os.fsdecode(arg) for arg in args[:2] if isinstance(arg, str | bytes | os.PathLike)]
            if paths and paths[0].startswith(self.root) and (event != "open" or args[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)):
                self.write(" ".join([event, *paths]).replace(self.root, ""), paths[0])

    def write(self, what, path):
        self.count += 1
        if self.count == self.fail_at:
            self.failed = what
            raise OSError(self.how, os.strerror(self.how), path)


DISK = Disk()
STEPS = (
    "dang-chay.lock",
    "sqlite3.connect",
    "commit",
    "staging",
    "2-du-thao",
    "3-luu-ban-goc",
    "4-khong-xu-ly-duoc",
    NOTE_SUFFIX,
    "nhat-ky",
)


@pytest.fixture
def fragile_ledger(monkeypatch):
    """The ledger's commits count as writes, too; SQLite writes without telling the interpreter."""
    whole = ledger.Ledger._together

    @contextmanager
    def together(self):
        with whole(self):
            yield
            try:
                DISK.write("commit", "")
            except OSError as error:
                full = sqlite3.OperationalError("database or disk is full")
                full.sqlite_errorcode = sqlite3.SQLITE_FULL
                raise full from error

    monkeypatch.setattr(ledger.Ledger, "_together", together)


@pytest.mark.usefixtures("fragile_ledger")
@pytest.mark.parametrize("how", [errno.ENOSPC, errno.EROFS, errno.EIO, errno.EACCES], ids=["full", "read-only", "broken", "forbidden"])
def test_whichever_write_fails_the_next_run_mends_it(tmp_path, undisturbed, how):
    failed = []
    while not failed or failed[-1]:
        place = office(tmp_path / str(len(failed)))
        fill(place)
        audit = Audit(place, Witness("văn thư", lambda: datetime(2023, 10, 5, tzinfo=UTC)), lambda _: None)
        with DISK.failing(place.root, len(failed) + 1, how):
            try:
                run(Settings(place, DAY), lambda *_: None, quick, Hooks(decided=audit.decided))
            except OutputNotWritable as error:
                assert clear(error) == "E240"
        failed.append(DISK.failed)
        go(place)
        assert state(place) == undisturbed, f"after a failure of: {DISK.failed}"
    assert [step for step in STEPS if not any(step in write for write in failed)] == [], "every step was reached"


# Folders that go away and come back


@pytest.mark.parametrize("folder", ["drafts", "archive", "refused", "state", "inbox"])
def test_a_folder_that_goes_away_meanwhile_is_missed_and_not_made_anew(workspace, undisturbed, folder, tmp_path):
    fill(workspace)
    gone, away = getattr(workspace, folder), tmp_path / "away"

    def take_away(done, *_):
        if done == 1:
            gone.rename(away)

    try:
        outcomes = run(Settings(workspace, DAY), take_away, quick)
    except OutputNotWritable as error:
        assert clear(error) == "E240"
        assert folder != "inbox"
    else:
        assert folder == "inbox"
        assert {code for outcome in outcomes[1:] for code in codes(outcome)} <= {"E113", "E114"}
    assert not gone.exists(), "a share that is to come back finds its place free"
    with pytest.raises(FolderError, match=gone.name):
        go(workspace)
    away.rename(gone)
    go(workspace)
    assert state(workspace) == undisturbed


@pytest.mark.parametrize("folder", ["inbox", "profile"])
@pytest.mark.parametrize("what", [errno.ESTALE, errno.EIO])
def test_a_folder_that_cannot_be_looked_into_is_named(workspace, monkeypatch, folder, what):
    whole, place = os.scandir, getattr(workspace, folder)

    def gone(path):
        if Path(path) == place:
            raise OSError(what, os.strerror(what), str(path))
        return whole(path)

    monkeypatch.setattr(os, "scandir", gone)
    with pytest.raises(FolderError, match=place.name) as raised:
        go(workspace)
    assert clear(raised.value) == "E202"


def test_folders_on_other_disks_are_reached_by_copying(workspace, undisturbed, monkeypatch):
    fill(workspace)
    whole, moved = Path.rename, []

    def elsewhere(self, target):
        if self.parent != target.parent:
            moved.append(self)
            raise OSError(errno.EXDEV, os.strerror(errno.EXDEV), str(self))
        return whole(self, target)

    monkeypatch.setattr(Path, "rename", elsewhere)
    go(workspace)
    assert len(moved) == len(FILES) + len(files_of(workspace.drafts))
    assert state(workspace) == undisturbed


@pytest.mark.parametrize("step", ["write", "unlink"])
def test_a_copy_to_another_disk_that_fails_leaves_the_original_where_it_was(workspace, undisturbed, monkeypatch, step):
    fill(workspace)
    whole, failures = {"rename": Path.rename, "unlink": Path.unlink, "_write": moving._write}, []

    def elsewhere(self, target):
        if self.parent == workspace.inbox:
            raise OSError(errno.EXDEV, os.strerror(errno.EXDEV), str(self))
        return whole["rename"](self, target)

    def forbidden(self, **words):
        if self.parent == workspace.inbox and not failures:
            failures.append(self)
            raise OSError(errno.EACCES, os.strerror(errno.EACCES), str(self))
        whole["unlink"](self, **words)

    def full(path, data):
        if path.parent == workspace.archive and not failures:
            failures.append(path)
            path.write_bytes(data[:3])
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        whole["_write"](path, data)

    monkeypatch.setattr(Path, "rename", elsewhere)
    monkeypatch.setattr(*{"unlink": (Path, "unlink", forbidden), "write": (moving, "_write", full)}[step])
    with pytest.raises(OutputNotWritable) as raised:
        go(workspace)
    assert (clear(raised.value), files_of(workspace.archive)) == ("E240", [])
    go(workspace)
    assert state(workspace) == undisturbed


# A disk as it is, not a double of one


@contextmanager
def small_disk(folder, kilobytes):
    """A disk of its own in memory; only root may have one."""
    folder.mkdir(parents=True)
    made = mount("-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(folder))
    if made.returncode:
        pytest.skip("a small disk needs the right to mount one")
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)  # noqa: S603, S607 - the system's own program


def mount(*words):
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("a disk of one's own needs Linux and root")
    return subprocess.run(["mount", *words], capture_output=True, check=False)  # noqa: S603, S607 - the system's own program


def test_a_full_disk_ends_the_run_and_room_lets_the_next_one_finish(tmp_path, undisturbed):
    with small_disk(tmp_path / "đĩa", 300):
        place = office(tmp_path / "đĩa" / "ws")
        fill(place)
        ballast = place.root.parent / "ballast"
        ballast.write_bytes(bytes(shutil.disk_usage(place.root).free))
        with pytest.raises(OutputNotWritable, match="hết chỗ") as raised:
            go(place)
        assert clear(raised.value) == "E240"
        assert files_of(place.inbox) == sorted(FILES)
        ballast.unlink()
        go(place)
        assert state(place) == undisturbed


def test_a_disk_that_turned_read_only(tmp_path, undisturbed):
    with small_disk(tmp_path / "đĩa", 2000):
        place = office(tmp_path / "đĩa" / "ws")
        fill(place)
        mount("-o", "remount,ro", str(tmp_path / "đĩa"))
        with pytest.raises(OutputNotWritable, match="chỉ cho đọc") as raised:
            go(place)
        assert clear(raised.value) == "E240"
        mount("-o", "remount,rw", str(tmp_path / "đĩa"))
        go(place)
        assert state(place) == undisturbed


# The ledger


@contextmanager
def held(path, how):
    """Another program that has the ledger locked."""
    other = sqlite3.connect(path, isolation_level=None)
    other.execute(f"BEGIN {how}")
    try:
        yield
    finally:
        other.close()


@pytest.mark.parametrize("how", ["IMMEDIATE", "EXCLUSIVE"])
@pytest.mark.parametrize("moment", [0, 1, 2, 3])
def test_a_locked_ledger_is_waited_for_and_then_named(workspace, undisturbed, monkeypatch, how, moment):
    monkeypatch.setattr(book, "BUSY_SECONDS", 0.2)
    with open_ledger(workspace.state / LEDGER_NAME):
        pass
    fill(workspace)

    with ExitStack() as lock:

        def lock_it(done, *_):
            if done == moment:
                lock.enter_context(held(workspace.state / LEDGER_NAME, how))

        lock_it(0)
        with pytest.raises(LedgerLocked, match="so-theo-doi") as raised:
            run(Settings(workspace, DAY), lock_it, quick)
        assert clear(raised.value) == "E241"
    go(workspace)
    assert state(workspace) == undisturbed


def test_a_ledger_that_is_let_go_of_in_time_disturbs_nobody(workspace, undisturbed):
    fill(workspace)
    path = workspace.state / LEDGER_NAME
    with open_ledger(path):
        pass
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN EXCLUSIVE")
    timer = threading.Timer(0.5, other.close)
    timer.start()
    go(workspace)
    timer.join()
    assert state(workspace) == undisturbed


def in_half(path):
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)


def a_torn_page(path):
    with path.open("r+b") as file:
        file.seek(path.stat().st_size - 4096)
        file.write(bytes(range(256)) * 16)


DAMAGE = {
    "junk": lambda path: path.write_bytes(b"junk" * 999),
    "cut in half": in_half,
    "a torn page": a_torn_page,
    "cut to nothing": lambda path: path.write_bytes(b""),
    "lost": Path.unlink,
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_ledger_stops_everything_until_it_is_restored(workspace, tmp_path, undisturbed, damage):
    path, backup = workspace.state / LEDGER_NAME, tmp_path / "backup"
    first, *others = FILES
    fill(workspace, {first: FILES[first]})
    go(workspace)
    shutil.copyfile(path, backup)
    damage(path)
    fill(workspace, {name: FILES[name] for name in others})
    for dry_run in (True, False):
        with pytest.raises(LedgerDamaged) as raised:
            go(workspace, dry_run=dry_run)
        assert clear(raised.value) == "E267"
    assert files_of(workspace.inbox) == others, "nothing is numbered or drafted anew"
    shutil.copyfile(backup, path)
    go(workspace)
    assert state(workspace) == undisturbed


def test_without_a_backup_the_old_folders_are_put_aside_and_the_numbers_go_on(workspace, tmp_path):
    fill(workspace)
    go(workspace)
    (workspace.state / LEDGER_NAME).unlink()
    for folder in (workspace.drafts, workspace.archive):
        folder.rename(tmp_path / folder.name)
        folder.mkdir()
    assert cli.main(["register", str(workspace.root), "--next", "40", "--today", DAY.isoformat()]) == 0
    put(workspace, "z.pdf", "9|2023-10-05|X")
    go(workspace)
    with open_ledger(workspace.state / LEDGER_NAME, dry_run=True) as kept:
        assert [(entry.name, entry.arrival.number) for entry in kept.entries()] == [("z.pdf", 40)]


def test_a_ledger_of_nothing_is_fine_where_nothing_was_done(workspace):
    (workspace.state / LEDGER_NAME).write_bytes(b"")
    fill(workspace)
    assert len(go(workspace)) == len(FILES)


# The clock


def test_a_clock_set_back_is_told_and_changes_no_number_that_was_given(workspace):
    first, second, third, *_ = FILES
    fill(workspace, {first: FILES[first]})
    go(workspace)
    fill(workspace, {second: "2|2023-10-01|X", third: "scan"})
    drafted, refused = run(Settings(workspace, DAY - timedelta(days=30)), lambda *_: None, quick)
    assert (drafted.status, codes(drafted)) == (Status.NEEDS_REVIEW, ["W222"])
    assert "05/09/2023 sớm hơn" in drafted.problems[0].message
    assert codes(refused) == ["E105"]
    with open_ledger(workspace.state / LEDGER_NAME, dry_run=True) as kept:
        assert [(entry.name, entry.arrival.number) for entry in kept.entries()] == [(first, 1), (second, 2)]
    put(workspace, "sau.pdf", "9|2023-10-05|X")
    (after,) = go(workspace)
    assert (after.status, codes(after)) == (Status.DRAFTED, [])


# Names that a share takes for one


TWO_NAMES = [
    ("upper and lower case", ("Công văn.pdf", "CÔNG VĂN.PDF")),
    ("composed and decomposed", ("Công văn.pdf", unicodedata.normalize("NFD", "Công văn.pdf"))),
]


@pytest.mark.parametrize("names", [names for _, names in TWO_NAMES], ids=[title for title, _ in TWO_NAMES])
def test_names_that_differ_in_case_or_form_only_are_two_files(workspace, names):
    fill(workspace, {name: f"{number}|2023-10-01|X" for number, name in enumerate(names, 1)})
    assert len(files_of(workspace.inbox)) == 2
    assert [outcome.status for outcome in go(workspace)] == [Status.DRAFTED] * 2
    assert files_of(workspace.archive) == sorted(names)
    assert len(files_of(workspace.drafts)) == 2


@pytest.mark.parametrize("names", [names for _, names in TWO_NAMES], ids=[title for title, _ in TWO_NAMES])
def test_a_share_that_takes_two_names_for_one_loses_neither(workspace, monkeypatch, names):
    """On such a share the second file comes later, when the first lies in the archive under the name that looks free."""

    def key(path):
        return unicodedata.normalize("NFC", os.fspath(path)).casefold()

    def lies_there(path):
        return key(path) in {key(found) for found in Path(path).parent.iterdir()}

    monkeypatch.setattr(os.path, "lexists", lies_there)
    for number, name in enumerate(names, 1):
        put(workspace, name, f"{number}|2023-10-01|X")
        go(workspace)
    assert len({key(path) for path in workspace.archive.iterdir()}) == 2


# The command


def test_the_command_says_it_in_vietnamese_and_ends_with_its_code(workspace, capsys):
    (workspace.state / LEDGER_NAME).write_bytes(b"junk" * 999)
    assert cli.main(["run", str(workspace.root), "--today", DAY.isoformat()]) == 5
    said = capsys.readouterr().err
    assert "E267" in said
    assert "Sổ theo dõi bị hỏng" in said
    assert "bản sao lưu" in said
