"""The ledger held against the disk: each thing that can be wrong is named with its place, and repaired only where that is safe."""

import json
import shutil

import pytest
from test_run import Cut, cut, files_of, go, put, statuses, tree, workspace

from pipeline import cli, ledger, moving
from pipeline.errors import ExitCode, WorkspaceBusy
from pipeline.run import LEDGER_NAME, alone
from pipeline.settings import Workspace
from pipeline.stages import RECORD_NAME
from pipeline.verify import Inspection

__all__ = ["workspace"]  # the fixture


def look(workspace):
    with ledger.open_ledger(workspace.state / LEDGER_NAME, dry_run=True) as book:
        return [(problem.code, problem.where.rpartition("/")[2]) for problem in Inspection(workspace, book).findings()]


def repair(workspace):
    with ledger.open_ledger(workspace.state / LEDGER_NAME) as book:
        return [problem.where.rpartition("/")[2] for problem in Inspection(workspace, book).repair()]


@pytest.fixture
def day(workspace):
    """A workspace after a day: two dispatches, a twin in other bytes, the same bytes again, a refused file."""
    put(workspace, "a.pdf", "1|2023-10-01|X")
    put(workspace, "b.pdf", "2|2023-10-01|X|no_duty")
    put(workspace, "c.pdf", "1|2023-10-01|X|needs_review")
    put(workspace, "d.pdf", "1|2023-10-01|X")
    put(workspace, "e.pdf", "scan")
    go(workspace)
    return workspace


def draft(workspace, name="du-thao.docx"):
    return workspace.drafts / "cong-van-so-1" / name


def test_after_a_day_all_is_well(day):
    assert look(day) == []
    before = tree(day.root)
    assert repair(day) == []
    assert tree(day.root) == before


DAMAGE = [
    ("a folder of drafts is gone", lambda ws: shutil.rmtree(ws.drafts / "cong-van-so-1"), [("E263", "cong-van-so-1")]),
    ("a file of drafts is gone", lambda ws: draft(ws).unlink(), [("E264", "du-thao.docx")]),
    ("a folder lies where a draft was", lambda ws: (draft(ws).unlink(), draft(ws).mkdir()), [("E264", "du-thao.docx")]),
    ("a draft was edited", lambda ws: draft(ws).write_bytes(b"edited"), [("I412", "du-thao.docx")]),
    ("a record was edited", lambda ws: draft(ws, RECORD_NAME).write_bytes(b"{}"), [("W411", RECORD_NAME)]),
    ("a note lies beside the drafts", lambda ws: draft(ws, "ghi-chu.txt").write_bytes(b"mine"), []),
    ("an original was changed", lambda ws: (ws.archive / "b.pdf").write_bytes(b"other"), [("E265", "b.pdf"), ("W413", "b.pdf")]),
    ("an original is gone", lambda ws: (ws.archive / "b.pdf").unlink(), [("E266", "b.pdf")]),
    ("a twin's original is gone", lambda ws: (ws.archive / "c.pdf").unlink(), [("E266", "c.pdf")]),
    ("one of two equal originals is gone", lambda ws: (ws.archive / "d.pdf").unlink(), []),
    ("an original was renamed", lambda ws: (ws.archive / "b.pdf").rename(ws.archive / "công văn.pdf"), []),
    ("a folder of nobody's", lambda ws: (ws.drafts / "của tôi").mkdir(), [("W412", "của tôi")]),
    ("an original of nobody's", lambda ws: (ws.archive / "x.pdf").write_bytes(b"x"), [("W413", "x.pdf")]),
    ("a refused file lost its note", lambda ws: (ws.refused / "e.pdf.ly-do.txt").unlink(), [("W415", "e.pdf")]),
    ("a refused file was taken back", lambda ws: (ws.refused / "e.pdf").unlink(), []),
]


@pytest.mark.parametrize(("damage", "found"), [row[1:] for row in DAMAGE], ids=[row[0] for row in DAMAGE])
def test_what_is_wrong_is_named_and_only_named(day, damage, found):
    damage(day)
    before = tree(day.root)
    assert look(day) == found
    assert repair(day) == []
    assert look(day) == found, "nothing of this can be repaired without knowing better"
    assert tree(day.root) == before


def test_a_damaged_ledger_is_told(day, monkeypatch):
    monkeypatch.setattr(ledger.Ledger, "sound", lambda _: False)
    assert look(day) == [("E267", ".congvan")]


@pytest.mark.parametrize("place", ["inbox", "refused"])
def test_an_original_that_lies_elsewhere_is_brought_back(day, place):
    (day.archive / "b.pdf").rename(getattr(day, place) / "bản khác.pdf")
    if place == "refused":
        (day.refused / "bản khác.pdf.ly-do.txt").write_text("lý do", "utf-8")
    assert look(day) == [("W410" if place == "inbox" else "E266", "b.pdf")]
    assert repair(day) == ["b.pdf"]
    assert look(day) == []
    assert (day.archive / "bản khác.pdf").read_bytes() == b"2|2023-10-01|X|no_duty"
    assert (day.refused / "bản khác.pdf").exists() == (place == "refused"), "a refused file is copied, not moved"


BOUNDARIES = [(ledger.Ledger, "begin"), (moving, "deliver"), (ledger.Ledger, "reach"), (moving, "archive"), (ledger.Ledger, "link")]


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("boundary", BOUNDARIES, ids=[name for _, name in BOUNDARIES])
def test_a_run_cut_off_anywhere_is_mended_or_left_to_the_next(workspace, monkeypatch, boundary, after):
    put(workspace, "a.pdf", "1|2023-10-01|X")
    put(workspace, "b.pdf", "1|2023-10-01|X|no_duty")
    cut(monkeypatch, *boundary, after=after)
    with pytest.raises(Cut):
        go(workspace)
    monkeypatch.undo()
    assert {code for code, _ in look(workspace)} <= {"W410", "W414"}, "told for what it is: half done"
    repair(workspace)
    assert look(workspace) == []
    go(workspace)
    assert look(workspace) == []
    assert files_of(workspace.archive) == ["a.pdf", "b.pdf"]
    assert files_of(workspace.drafts) == ["cong-van-so-1"]


def test_leftovers_of_ours_are_cleared(day):
    staging = day.state / "staging"
    (staging / "abc").mkdir(parents=True)
    (staging / "abc" / "du-thao.docx").write_bytes(b"half")
    assert look(day) == [("W414", "abc")]
    assert repair(day) == ["abc"]
    assert look(day) == []


def test_a_backup_is_restored_and_goes_on(day, tmp_path):
    """A copy of the folder while nothing runs; put back elsewhere; all is well, and what it knew it still knows."""
    draft(day).write_bytes(b"edited by the reviewer")
    backup, restored = tmp_path / "sao lưu", tmp_path / "máy khác" / "văn thư"
    shutil.copytree(day.root, backup)
    put(day, "f.pdf", "9|2023-10-02|X")
    go(day)
    shutil.rmtree(day.root)
    shutil.copytree(backup, restored)
    again = Workspace(restored)
    assert look(again) == [("I412", "du-thao.docx")]
    put(again, "a.pdf", "1|2023-10-01|X")
    put(again, "f.pdf", "9|2023-10-02|X")
    assert statuses(go(again)) == [("a.pdf", "duplicate"), ("f.pdf", "drafted")]
    assert draft(again).read_bytes() == b"edited by the reviewer"
    assert look(again) == [("I412", "du-thao.docx")]


def test_a_ledger_restored_older_than_the_folders_is_told(day, tmp_path):
    shutil.copytree(day.state, tmp_path / "cũ")
    put(day, "f.pdf", "9|2023-10-02|X")
    go(day)
    shutil.rmtree(day.state)
    shutil.copytree(tmp_path / "cũ", day.state)
    assert look(day) == [("W412", "cong-van-so-9"), ("W413", "f.pdf")]


def test_the_verb(day, capsys):
    call = lambda *more: cli.main(["verify", str(day.root), *more])  # noqa: E731
    assert call() == ExitCode.DONE
    assert capsys.readouterr().out == "Sổ theo dõi khớp với các thư mục.\n"
    draft(day).write_bytes(b"edited")
    assert call() == ExitCode.DONE, "an edited draft is as it should be"
    (day.archive / "b.pdf").rename(day.inbox / "b.pdf")
    (day.archive / "c.pdf").unlink()
    capsys.readouterr()
    assert call("--json") == ExitCode.SOME_REFUSED
    assert [json.loads(line)["code"] for line in capsys.readouterr().out.splitlines()] == ["E266", "W410", "I412"]
    assert call("--repair") == ExitCode.SOME_REFUSED
    out = capsys.readouterr().out
    assert out.startswith("I413: Đã đưa lại bản gốc vào kho lưu (b.pdf).")
    assert "E266" in out
    assert out.endswith("Còn 1 điểm chưa khớp.\n")
    with alone(day):
        assert call() == WorkspaceBusy.exit_code
