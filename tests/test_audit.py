"""The log: one line for each decision, before the original moves; nothing of a document in it; that it fails stops nothing."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from extractors.errors import EmptyFile, Problem, Severity
from pipeline.audit import FOLDER_NAME, NOT_WRITTEN, Audit, Witness
from pipeline.cli import main
from pipeline.desk import Hooks
from pipeline.errors import WorkspaceBusy
from pipeline.outcome import Outcome, Status
from pipeline.run import make_workspace, run
from pipeline.sandbox import Result
from pipeline.settings import Settings, Workspace
from pipeline.stages import Product

ROOT = Path(__file__).parents[1]
PROFILE = ROOT / "samples" / "profiles" / "huyen-2023.toml"
TODAYS_PROFILE = ROOT / "samples" / "profiles" / "xa-2026.toml"
NOW = datetime(2023, 10, 5, 8, 30, tzinfo=UTC)
CONFIDENTIAL = "Công văn số 12/UBND về việc kỷ luật ông Trần Văn Kín"


def quick(job):
    words = job.path.read_text("utf-8")
    if words == "empty":
        return Result(None, EmptyFile().problem())
    return Result(Product(Status.NO_DUTY, CONFIDENTIAL, (words, "2023-10-01", "x"), (), (Problem("I310", words, Severity.INFO),), ()))


@pytest.fixture
def workspace(tmp_path):
    made = Workspace(tmp_path / "văn thư")
    make_workspace(made)
    (made.profile / PROFILE.name).write_bytes(PROFILE.read_bytes())
    return made


def log_of(workspace, told=print, **witness):
    return Audit(workspace, Witness("cô Lan", lambda: NOW, **witness), told)


def lines(workspace, month="2023-10"):
    return [json.loads(line) for line in (workspace.state / FOLDER_NAME / f"{month}.jsonl").read_text("utf-8").splitlines()]


def test_each_file_of_a_run_has_its_line(workspace):
    for name, words in {"a.pdf": "12/UBND", "b.pdf": "empty", "c.pdf": "12/UBND"}.items():
        (workspace.inbox / name).write_text(words, "utf-8")
    audit = log_of(workspace)
    with audit.command("run"):
        outcomes = run(Settings(workspace, date(2023, 10, 5)), lambda *_: None, quick, Hooks(decided=audit.decided))
    *decided, end = lines(workspace)
    assert sorted((line["sha256"], line["status"]) for line in decided) == sorted((o.sha256, o.status.value) for o in outcomes)
    assert {(line["who"], line["event"], line["time"]) for line in decided} == {("cô Lan", "decided", "2023-10-05T08:30:00.000+00:00")}
    assert end["event"] == "run"
    assert end["end"] == "done"
    assert end["outcomes"] == {"no_duty": 1, "refused": 1, "duplicate": 1}


def test_the_line_is_there_before_the_original_leaves_the_inbox(workspace):
    for name, words in {"a.pdf": "12/UBND", "b.pdf": "empty", "c.pdf": "12/UBND"}.items():
        (workspace.inbox / name).write_text(words, "utf-8")
    left = []
    run(
        Settings(workspace, date(2023, 10, 5)),
        lambda *_: None,
        quick,
        Hooks(decided=lambda o: left.append((workspace.inbox / o.file).exists())),
    )
    assert left == [True, True, True]


def test_a_dry_run_decides_nothing(workspace):
    (workspace.inbox / "a.pdf").write_text("12/UBND", "utf-8")
    decided = []
    run(Settings(workspace, date(2023, 10, 5), dry_run=True), lambda *_: None, quick, Hooks(decided=decided.append))
    assert decided == []


OUTCOME = Outcome("kỷ luật ông Kín.pdf", "ab" * 32, Status.DRAFTED, Path("12-ubnd"), (("dispatch", "du-thao.docx"),), (), CONFIDENTIAL)


def test_no_word_of_a_document_is_written(workspace):
    log_of(workspace).decided(OUTCOME)
    (written,) = lines(workspace)
    assert set(written) == {"time", "who", "event", "sha256", "status", "codes", "outputs"}
    text = json.dumps(written, ensure_ascii=False).casefold()
    assert not [word for word in ("kín", "12", "ubnd", "du-thao") if word in text.replace(written["time"].casefold(), "")]


def test_file_names_only_when_the_office_asks_and_never_as_more_lines(workspace):
    name = 'a\n{"event": "forged"}\u2028.pdf'
    log_of(workspace, names=True).decided(Outcome(name, "ab" * 32, Status.REFUSED))
    (written,) = lines(workspace)
    assert written["file"] == name


def test_a_torn_line_spoils_only_itself(workspace):
    audit = log_of(workspace)
    audit.note("first")
    path = workspace.state / FOLDER_NAME / "2023-10.jsonl"
    path.write_bytes(path.read_bytes() + b'{"time": "2023-10-05T0')
    audit.note("second")
    whole = [line for line in path.read_text("utf-8").splitlines() if line.endswith("}")]
    assert [json.loads(line)["event"] for line in whole] == ["first", "second"]


def test_what_ended_a_command_is_written(workspace):
    audit = log_of(workspace)
    with pytest.raises(WorkspaceBusy), audit.command("run"):
        raise WorkspaceBusy(str(workspace.root))
    with pytest.raises(KeyboardInterrupt), audit.command("watch"):
        raise KeyboardInterrupt
    assert [(line["event"], line["end"], line.get("code")) for line in lines(workspace)] == [
        ("run", "failed", WorkspaceBusy.code),
        ("watch", "interrupted", None),
    ]


def test_a_log_that_cannot_be_written_is_told_once_and_stops_nothing(workspace):
    (workspace.state / FOLDER_NAME).write_text("a file where the folder should be", "utf-8")
    told = []
    audit = log_of(workspace, told.append)
    audit.decided(OUTCOME)
    audit.decided(OUTCOME)
    assert told == [NOT_WRITTEN]


def test_where_there_is_no_workspace_there_is_no_log(tmp_path):
    told = []
    log_of(Workspace(tmp_path / "nowhere"), told.append).note("run")
    assert (told, list(tmp_path.iterdir())) == ([], [])


def test_the_commands_keep_the_log(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("getpass.getuser", lambda: "văn.thư")
    assert main(["init", str(tmp_path / "ws"), "--profile", str(TODAYS_PROFILE)]) == 0
    (tmp_path / "ws" / "1-van-ban-den" / "hỏng.pdf").write_bytes(b"no PDF")
    main(["run", str(tmp_path / "ws"), "--steady", "0", "--audit-names", "--today", "2026-11-02"])
    main(["verify", str(tmp_path / "ws"), "--repair"])
    capsys.readouterr()
    (log,) = (tmp_path / "ws" / ".congvan" / FOLDER_NAME).iterdir()
    decided, end, verified = map(json.loads, log.read_text("utf-8").splitlines())
    assert (decided["file"], decided["status"], decided["who"]) == ("hỏng.pdf", "refused", "văn.thư")
    assert (end["event"], end["outcomes"]) == ("run", {"refused": 1})
    assert (verified["event"], verified["repairs"]) == ("verify --repair", 0)
