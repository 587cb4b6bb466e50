"""The inbox: which files count, what they are called, and that nothing is ever overwritten or lost."""

import hashlib
import os
import stat
import unicodedata

import pytest

from extractors.errors import Problem
from pipeline import inbox, moving
from pipeline.drafting.draft import OutputFile
from pipeline.errors import FolderError
from pipeline.run import make_workspace
from pipeline.settings import Workspace

MB = 1024 * 1024


@pytest.fixture
def workspace(tmp_path):
    made = Workspace(tmp_path / "thư mục làm việc")
    make_workspace(made)
    return made


def put(workspace, name, data=b"data"):
    path = workspace.inbox / name
    path.write_bytes(data)
    return path


def take(path):
    taken = inbox.take(path, MB)
    assert taken is not None
    return taken


@pytest.mark.parametrize(
    "name",
    [
        "~$cong-van.docx",
        ".~lock.cv.docx#",
        ".DS_Store",
        "Thumbs.db",
        "desktop.ini",
        "a.pdf.part",
        "a.filepart",
        "a.crdownload",
        "a.opdownload",
        "a.TMP",
    ],
)
def test_locks_and_half_copied_files_are_left_alone(workspace, name):
    put(workspace, name)
    assert inbox.waiting(workspace) == ()


@pytest.mark.parametrize("name", ["a.pdf", "A B (1).PDF", "không đuôi", "Công văn số 12.docx", "-rf", "$(x).pdf", "a;b&c.pdf", "part.pdf"])
def test_documents_wait_by_name(workspace, name):
    path = put(workspace, name)
    assert inbox.waiting(workspace) == (path,)


def test_links_folders_and_pipes_are_left_alone(workspace, tmp_path):
    outside = tmp_path / "ngoài.pdf"
    outside.write_bytes(b"secret")
    (workspace.inbox / "link.pdf").symlink_to(outside)
    (workspace.inbox / "gone.pdf").symlink_to(tmp_path / "nowhere")
    (workspace.inbox / "folder.pdf").mkdir()
    os.mkfifo(workspace.inbox / "pipe.pdf")
    assert inbox.waiting(workspace) == ()
    assert stat.S_ISFIFO((workspace.inbox / "pipe.pdf").lstat().st_mode)


def test_a_file_that_went_away_is_nobodys_problem(workspace):
    path = put(workspace, "a.pdf")
    path.unlink()
    assert inbox.take(path, MB) is None


def test_a_file_too_big_is_not_read(workspace):
    taken = inbox.take(put(workspace, "a.pdf", b"12345"), 4)
    assert taken is not None
    assert (taken.problem, taken.sha256) == (inbox.TOO_BIG, "")


def test_a_change_after_the_run_met_it_is_seen(workspace):
    path = put(workspace, "a.pdf")
    taken = take(path)
    assert taken.sha256 == hashlib.sha256(b"data").hexdigest()
    assert inbox.unchanged(taken)
    path.write_bytes(b"more data")
    assert not inbox.unchanged(taken)
    path.unlink()
    assert not inbox.unchanged(taken)


@pytest.mark.parametrize(
    ("name", "as_shown"),
    [
        ("công văn.pdf", "công văn.pdf"),
        (unicodedata.normalize("NFD", "Tờ trình số 5.pdf"), "Tờ trình số 5.pdf"),
        ("a\nE999: giả.pdf", "a\ufffdE999: giả.pdf"),
        ("\x1b[31m.pdf", "\ufffd[31m.pdf"),
        ("fdp\u202e.exe", "fdp\ufffd.exe"),
        (os.fsdecode(b"c\xf4ng.pdf"), "c\ufffdng.pdf"),
    ],
)
def test_a_name_is_shown_without_what_breaks_a_line(name, as_shown):
    assert inbox.shown(name) == as_shown


@pytest.mark.parametrize(
    "name",
    [
        "a.pdf",
        "không đuôi",
        "x" * 251 + ".pdf",
        "ữ" * 83 + "x.pdf",
        unicodedata.normalize("NFD", "Quyết định.pdf"),
        os.fsdecode(b"c\xf4.pdf"),
    ],
)
@pytest.mark.parametrize("move", ["archive", "refuse"])
def test_moved_byte_for_byte_and_never_over_another(workspace, name, move):
    contents = [b"one", b"two", b"three"]
    places = []
    for data in contents:
        taken = take(put(workspace, name, data))
        places.append(
            moving.archive(workspace, taken) if move == "archive" else moving.refuse(workspace, taken, (Problem("E101", "Lý do."),))
        )
    assert [place.read_bytes() for place in places] == contents
    assert len(set(places)) == 3
    assert not list(workspace.inbox.iterdir())


def test_a_refused_file_has_a_note_that_says_why(workspace):
    place = moving.refuse(workspace, take(put(workspace, "a\nb.pdf")), (Problem("E104", "Tệp rỗng.", remedy="Hãy gửi lại."),))
    note = place.with_name(place.name + moving.NOTE_SUFFIX)
    assert note.read_text("utf-8") == "Tệp: a\ufffdb.pdf\nE104: Tệp rỗng. Hãy gửi lại.\n"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        (
            "Công văn số 2718/UBND-VP ngày 19/9/2023 của UBND tỉnh Hải Dương",
            "cong-van-so-2718-ubnd-vp-ngay-19-9-2023-cua-ubnd-tinh-hai-duong",
        ),
        ("../../etc/passwd", "etc-passwd"),
        ("", "tep-goc"),
        ("???", "tep-goc"),
    ],
)
def test_a_folder_is_named_by_plain_letters(title, name):
    assert moving.folder_name(title, "Tệp gốc") == name


def test_a_long_title_makes_a_short_folder():
    assert len(moving.folder_name("Công văn " * 50, "")) <= moving.LONGEST_FOLDER_NAME


def test_drafts_come_by_one_rename_and_over_nothing(workspace):
    outputs = (OutputFile("a.docx", "dispatch", b"1"), OutputFile("b.ics", "calendar", b"2"))
    first = moving.free_folder(workspace, "cv")
    moving.deliver(workspace.state / "staging" / "x", outputs, first)
    second = moving.free_folder(workspace, "cv")
    assert second != first
    assert sorted(path.name for path in first.iterdir()) == ["a.docx", "b.ics"]
    with pytest.raises(OSError):
        moving.deliver(workspace.state / "staging" / "x", (OutputFile("a.docx", "dispatch", b"3"),), first)
    assert (first / "a.docx").read_bytes() == b"1"


def test_leavings_of_a_broken_delivery_do_not_get_in(workspace):
    staging = workspace.state / "staging" / "x"
    staging.mkdir(parents=True)
    (staging / "half.docx").write_bytes(b"half")
    moving.deliver(staging, (OutputFile("a.docx", "dispatch", b"1"),), workspace.drafts / "cv")
    assert [path.name for path in (workspace.drafts / "cv").iterdir()] == ["a.docx"]


def test_a_workspace_must_be_whole(workspace):
    inbox.check_workspace(workspace)
    workspace.drafts.rmdir()
    with pytest.raises(FolderError, match="2-du-thao"):
        inbox.check_workspace(workspace)


def test_a_folder_of_the_workspace_is_no_link(workspace):
    workspace.drafts.rmdir()
    workspace.drafts.symlink_to(workspace.inbox, target_is_directory=True)
    with pytest.raises(FolderError, match="liên kết"):
        inbox.check_workspace(workspace)


def test_results_never_go_into_an_inbox(workspace, tmp_path):
    for folder in (workspace.inbox, workspace.inbox / "kq", workspace.inbox / "a" / "b"):
        with pytest.raises(FolderError, match="văn bản đến"):
            inbox.check_outside_inbox(folder)
    (tmp_path / "lối tắt").symlink_to(workspace.inbox, target_is_directory=True)
    with pytest.raises(FolderError):
        inbox.check_outside_inbox(tmp_path / "lối tắt" / "kq")
    inbox.check_outside_inbox(workspace.root / "kq")
    inbox.check_outside_inbox(tmp_path / "1-van-ban-den" / "kq")
