"""The ledger: what became of which bytes, and how far a file had come when a run was cut off."""

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from pipeline.errors import OutputNotWritable
from pipeline.ledger import Step, open_ledger
from pipeline.outcome import Outcome, Status

DAY = date(2026, 3, 3)
IDENTITY = ("12/ubnd-vp", "2026-03-02", "ubnd tỉnh")


def outcome(sha="a" * 64, folder="cv-12", status=Status.DRAFTED):
    outputs = (("dispatch", "du-thao.docx"), ("task_sheet", "phieu.docx"))
    return Outcome("tệp.pdf", sha, status, Path("/x/2-du-thao") / folder, outputs, (), "Công văn số 12")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "so.sqlite"


def test_a_file_is_found_again_by_its_bytes_and_by_its_identity(path):
    with open_ledger(path) as ledger:
        ledger.begin(outcome(), IDENTITY, DAY)
    with open_ledger(path) as ledger:
        entry = ledger.by_bytes("a" * 64)
        assert entry == ledger.by_identity(IDENTITY)
        assert (entry.name, entry.status, entry.title) == ("tệp.pdf", Status.DRAFTED, "Công văn số 12")
        assert entry.folder == "cv-12", "the workspace may be moved: no absolute path"
        assert entry.outputs == outcome().outputs
        assert ledger.by_bytes("b" * 64) is None


@pytest.mark.parametrize("identity", [("", "", ""), ("12/ubnd-vp", "", "ubnd tỉnh"), ("13/ubnd-vp", "2026-03-02", "ubnd tỉnh")])
def test_what_is_not_known_whole_identifies_nothing(path, identity):
    with open_ledger(path) as ledger:
        ledger.begin(outcome(), IDENTITY, DAY)
        ledger.begin(outcome("c" * 64), ("", "", ""), DAY)
        assert ledger.by_identity(identity) is None


def test_the_first_paper_of_an_identity_counts(path):
    with open_ledger(path) as ledger:
        ledger.begin(outcome("f" * 64), IDENTITY, DAY)
        ledger.begin(outcome("a" * 64), IDENTITY, DAY)
        assert ledger.by_identity(IDENTITY).sha256 == "f" * 64


def test_steps(path):
    sha = "a" * 64
    with open_ledger(path) as ledger:
        ledger.begin(outcome(sha), IDENTITY, DAY)
        assert [entry.step for entry in ledger.unfinished()] == [Step.DELIVERING]
        ledger.reach(sha, Step.ARCHIVING)
        assert [entry.step for entry in ledger.unfinished()] == [Step.ARCHIVING]
        ledger.reach(sha, Step.DONE)
        assert ledger.unfinished() == ()
        assert ledger.by_bytes(sha).step is Step.DONE
        ledger.forget(sha)
        assert ledger.by_bytes(sha) is None


def test_the_same_bytes_are_written_down_once(path):
    with open_ledger(path) as ledger:
        ledger.begin(outcome(), IDENTITY, DAY)
    with pytest.raises(OutputNotWritable), open_ledger(path) as ledger:
        ledger.begin(outcome(), IDENTITY, DAY)


def test_a_dry_run_sees_the_ledger_and_leaves_it(path):
    with open_ledger(path, dry_run=True) as ledger:
        ledger.begin(outcome(), IDENTITY, DAY)
    assert not path.exists()
    with open_ledger(path) as ledger:
        ledger.begin(outcome(), IDENTITY, DAY)
    before = path.read_bytes()
    with open_ledger(path, dry_run=True) as ledger:
        assert ledger.by_bytes("a" * 64)
        ledger.forget("a" * 64)
    assert path.read_bytes() == before


def test_a_damaged_ledger_ends_the_run_with_its_place(path):
    path.write_bytes(b"not a database " * 100)
    with pytest.raises(OutputNotWritable, match=r"so\.sqlite"), open_ledger(path):
        pass


def test_a_ledger_of_a_newer_version_is_not_touched(path):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(OutputNotWritable, match="phiên bản mới hơn"), open_ledger(path):
        pass


@pytest.mark.parametrize("name", ["Robert'); DROP TABLE files;--.pdf", "tệp\ufffd.pdf", ""])
def test_names_are_data(path, name):
    with open_ledger(path) as ledger:
        ledger.begin(Outcome(name, "a" * 64, Status.NO_DUTY), ("", "", ""), DAY)
        assert ledger.by_bytes("a" * 64).name == name
