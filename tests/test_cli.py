"""The verbs as a clerk calls them: exit codes, words, nothing but Vietnamese, and no heavy library for --help."""

import json
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline import cli
from pipeline.drafting.docx_dump import text_dump
from pipeline.errors import ExitCode
from pipeline.verbs import run as run_verb

ROOT = Path(__file__).parents[1]
PROFILE = ROOT / "samples" / "profiles" / "huyen-2023.toml"
PAPER = ROOT / "samples" / "huyen-so-noi-vu" / "huyen-so-noi-vu.docx"
SECRET = ROOT / "samples" / "huyen-dong-dau-mat" / "huyen-dong-dau-mat.docx"
NO_PAPER = ROOT / "samples" / "huyen-khong-phai-van-ban" / "huyen-khong-phai-van-ban.pdf"
FOLDERS = ("2-du-thao", "3-luu-ban-goc", "4-khong-xu-ly-duoc")
TODAY = ("--today", "2023-10-05")
HELPS = [
    (),
    ("init",),
    ("run",),
    ("watch",),
    ("tasks",),
    ("register",),
    ("verify",),
    ("read",),
    ("draft",),
    ("finalize",),
    ("learn",),
    ("check",),
    ("profile",),
    ("profile", "check"),
    ("template",),
    ("template", "check"),
    ("schema",),
]
# Words of argparse's own that would show when one was left untranslated.
ENGLISH = re.compile(r"\b(?:usage|options|positional|arguments?|required|invalid|choice|expected|unrecognized|the following|show this)\b")


def call(*arguments):
    return cli.main([str(argument) for argument in arguments])


@pytest.fixture(autouse=True)
def nobody_waits(monkeypatch):
    """Files dropped by a test are whole; time passes for them without waiting."""
    passed = [0.0]
    monkeypatch.setattr(cli, "_ticks", lambda: passed[0])
    monkeypatch.setattr(cli, "_wait", lambda seconds: passed.append(passed.pop() + seconds))


@pytest.fixture
def workspace(tmp_path, capsys):
    folder = tmp_path / "ws"
    assert call("init", folder, "--profile", PROFILE) == 0
    capsys.readouterr()
    return folder


@pytest.mark.parametrize("verb", HELPS, ids=" ".join)
def test_help_in_the_clerks_language(verb, capsys):
    with pytest.raises(SystemExit) as stop:
        call(*verb, "--help")
    assert stop.value.code == 0
    out = capsys.readouterr().out
    assert out.startswith("Cách dùng: congvan")
    assert not ENGLISH.search(out), out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "LỆNH"),
        (("chạy",), "chạy"),
        (("run",), "THƯ_MỤC"),
        (("run", "x", "--jobs", "0"), "từ 1 đến 64"),
        (("run", "x", "--jobs"), "--jobs"),
        (("run", "x", "--today", "31/12/2023"), "NĂM-THÁNG-NGÀY"),
        (("run", "x", "--today", "2023-02-30"), "2023-02-30"),
        (("run", "x", "--form", "dài"), "dài"),
        (("run", "x", "--steady", "lâu"), "từ 0 đến 3600"),
        (("run", "x", "--steady", "3601"), "từ 0 đến 3600"),
        (("run", "x", "--nhanh"), "--nhanh"),
        (("read",), "TỆP"),
        (("draft", "x.pdf"), "--profile"),
        (("profile",), "VIỆC"),
    ],
)
def test_a_wrong_call_says_what_is_wrong(arguments, words, capsys):
    assert call(*arguments) == ExitCode.USAGE
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("E201: ")
    assert words in err
    assert "--help" in err
    assert not ENGLISH.search(err), err


def test_help_loads_nothing_heavy():
    program = "import sys; from pipeline.verbs import build; build().format_help(); import pipeline.cli; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()  # noqa: S603
    heavy = {
        "spacy",
        "underthesea",
        "docx",
        "lxml",
        "pdfplumber",
        "pypdfium2",
        "jinja2",
        "msgspec",
        "pebble",
        "xlsxwriter",
        "holidays",
        "sqlite3",
    }
    assert not heavy & set(loaded)


def test_init_makes_the_folders_and_keeps_what_is_there(tmp_path, capsys):
    folder = tmp_path / "a" / "ws"
    assert call("init", folder) == 0
    assert "chép hồ sơ cơ quan" in capsys.readouterr().out
    names = ["0-ho-so-co-quan", "1-van-ban-den", "2-du-thao", "3-luu-ban-goc", "4-khong-xu-ly-duoc"]
    assert sorted(path.name for path in folder.iterdir()) == [".congvan", *names]
    own = folder / names[0] / PROFILE.name
    own.write_text("# của tôi\n", "utf-8")
    assert call("init", folder, "--profile", PROFILE) == 0
    assert "được giữ nguyên" in capsys.readouterr().out
    assert own.read_text("utf-8") == "# của tôi\n"


def test_init_where_it_cannot_be(tmp_path, workspace, capsys):
    assert call("init", tmp_path / "x", "--profile", tmp_path / "none.toml") == ExitCode.USAGE
    assert not (tmp_path / "x").exists()
    (tmp_path / "file").write_bytes(b"")
    assert call("init", tmp_path / "file") == ExitCode.OUTPUT
    assert call("init", workspace / "1-van-ban-den" / "ws") == ExitCode.USAGE
    assert "hộp văn bản đến" in capsys.readouterr().err


def test_run_tells_the_clerk_and_the_shell(workspace, capsys):
    (workspace / "1-van-ban-den" / "cv.docx").write_bytes(PAPER.read_bytes())
    assert call("run", workspace, *TODAY) == ExitCode.DONE
    out, err = capsys.readouterr()
    assert out.startswith("Đã xử lý 1 tệp:")
    assert "mở du-thao.docx bằng Word" in out
    assert err == "[1/1] cv.docx\n"
    (workspace / "1-van-ban-den" / "b.pdf").write_bytes(NO_PAPER.read_bytes())
    assert call("run", workspace, *TODAY) == ExitCode.SOME_REFUSED
    assert "E101" in capsys.readouterr().out
    assert call("run", workspace, *TODAY) == ExitCode.DONE


def test_a_file_that_is_being_copied_is_left_and_named(workspace, capsys, monkeypatch):
    growing = workspace / "1-van-ban-den" / "cv.docx"
    growing.write_bytes(b"PK")
    monkeypatch.setattr(cli, "_wait", lambda _: growing.write_bytes(PAPER.read_bytes()))
    assert call("run", workspace, *TODAY) == ExitCode.DONE
    out, err = capsys.readouterr()
    assert (out, err[:6]) == ("", "I405: ")
    assert "cv.docx" in err
    assert growing.read_bytes() == PAPER.read_bytes()
    assert call("run", workspace, *TODAY, "--steady", "0") == ExitCode.DONE
    assert capsys.readouterr().out.startswith("Đã xử lý 1 tệp:")


def test_run_as_json_is_one_object_a_file(workspace, capsys):
    (workspace / "1-van-ban-den" / "cv.docx").write_bytes(PAPER.read_bytes())
    (workspace / "1-van-ban-den" / "b.pdf").write_bytes(b"")
    assert call("run", workspace, *TODAY, "--json", "--dry-run") == ExitCode.SOME_REFUSED
    objects = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(o["file"], o["folder"]) for o in objects] == [("b.pdf", None), ("cv.docx", None)]
    assert [o["status"] for o in objects] == ["refused", "needs_review"]


def test_run_in_the_form_asked_for(workspace, capsys):
    for form in ("transmittal", "implementing"):
        target = workspace.parent / form
        assert call("draft", PAPER, "--profile", PROFILE, "--out", target, *TODAY, "--form", form) == 0
    first, second = ((workspace.parent / form / "du-thao.docx").read_bytes() for form in ("transmittal", "implementing"))
    assert first != second
    capsys.readouterr()


def test_the_other_form_of_a_dispatch_that_is_drafted_already(workspace, capsys):
    shutil.copy(PAPER, workspace / "1-van-ban-den")
    assert call("run", workspace, *TODAY, "--form", "transmittal") == 0
    assert call("run", workspace, *TODAY, "--again", PAPER.name, "--form", "implementing") == 0
    capsys.readouterr()
    short, full = sorted((workspace / "2-du-thao").iterdir())
    assert full.name == f"{short.name}-ban-2"
    opening = [text_dump((folder / "du-thao.docx").read_bytes()).split("CV Mở đầu | ")[1] for folder in (short, full)]
    assert [words.split()[0] for words in opening] == ["UBND", "Thực"]


@pytest.mark.parametrize(
    ("prepare", "code", "words"),
    [
        (lambda ws: (ws / "1-van-ban-den").rmdir(), ExitCode.USAGE, "congvan init"),
        (lambda ws: (ws / "0-ho-so-co-quan" / PROFILE.name).unlink(), ExitCode.SETUP, "hồ sơ"),
        (lambda ws: (ws / "0-ho-so-co-quan" / PROFILE.name).write_text("x = = 1\n", "utf-8"), ExitCode.SETUP, "dòng 1"),
        (lambda ws: (ws / ".congvan" / "so-theo-doi.sqlite").write_bytes(b"junk" * 999), ExitCode.OUTPUT, "so-theo-doi.sqlite"),
    ],
)
def test_what_stops_a_run_names_place_and_remedy(workspace, capsys, prepare, code, words):
    (workspace / "1-van-ban-den" / "cv.docx").write_bytes(PAPER.read_bytes()) if code != ExitCode.USAGE else None
    prepare(workspace)
    assert call("run", workspace, *TODAY) == code
    err = capsys.readouterr().err
    assert words in err
    assert str(workspace) in err


def test_a_day_before_the_profile(workspace, capsys):
    assert call("run", workspace, "--today", "1990-01-01") == ExitCode.SETUP
    assert "01/01/1990" in capsys.readouterr().err


def test_interrupted(workspace, capsys, monkeypatch):
    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(run_verb, "_progress", interrupt)
    (workspace / "1-van-ban-den" / "cv.docx").write_bytes(PAPER.read_bytes())
    assert call("run", workspace, *TODAY) == ExitCode.INTERRUPTED
    assert capsys.readouterr().err.startswith("E250: ")
    monkeypatch.undo()
    assert call("run", workspace, *TODAY) == ExitCode.DONE


def test_read_prints_the_record(capsys):
    assert call("read", PAPER) == 0
    record = json.loads(capsys.readouterr().out)
    assert (record["schema"], record["source"]["name"]) == ("congvan/1", PAPER.name)


@pytest.mark.parametrize(("path", "code"), [(SECRET, "E106"), (NO_PAPER, "E101")])
@pytest.mark.parametrize("verb", ["read", "draft"])
def test_a_refused_file_says_why_and_gives_nothing(path, code, verb, tmp_path, capsys):
    more = ("--profile", PROFILE, "--out", tmp_path / "kq", *TODAY) if verb == "draft" else ()
    assert call(verb, path, *more) == ExitCode.SOME_REFUSED
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(code)
    assert err.count("\n") == 1
    assert not (tmp_path / "kq").exists()


def test_a_file_that_is_not_there(tmp_path, capsys):
    assert call("read", tmp_path / "không có.pdf") == ExitCode.USAGE
    assert "không có.pdf" in capsys.readouterr().err


def test_draft_writes_a_new_folder_and_never_over_one(tmp_path, capsys):
    target = tmp_path / "a" / "kq"
    assert call("draft", PAPER, "--profile", PROFILE, "--out", target, *TODAY) == 0
    assert str(target) in capsys.readouterr().out
    made = sorted(path.name for path in target.iterdir())
    assert {"du-thao.docx", "bang-theo-doi.xlsx", "lich.ics", "ho-so-van-ban.json"} < set(made)
    assert sorted(path.name for path in target.parent.iterdir()) == ["kq"], "nothing is left beside it"
    before = (target / "du-thao.docx").read_bytes()
    assert call("draft", PAPER, "--profile", PROFILE, "--out", target, *TODAY) == ExitCode.OUTPUT
    assert (target / "du-thao.docx").read_bytes() == before
    assert call("draft", PAPER, "--profile", PROFILE, "--out", target / "du-thao.docx", *TODAY) == ExitCode.OUTPUT
    (tmp_path / "empty").mkdir()
    assert call("draft", PAPER, "--profile", PROFILE, "--out", tmp_path / "empty", *TODAY) == 0


def test_draft_does_not_write_into_an_inbox(workspace, capsys):
    assert call("draft", PAPER, "--profile", PROFILE, "--out", workspace / "1-van-ban-den" / "kq", *TODAY) == ExitCode.USAGE
    assert "E202" in capsys.readouterr().err


def test_profile_check(tmp_path, capsys):
    assert call("profile", "check", PROFILE) == 0
    assert "dùng được" in capsys.readouterr().out
    broken = tmp_path / "a.toml"
    broken.write_text("name = \n", "utf-8")
    assert call("profile", "check", broken) == ExitCode.SETUP
    assert "dòng 1" in capsys.readouterr().out
    assert call("profile", "check", tmp_path / "none") == ExitCode.SETUP


def test_schema(capsys):
    assert call("schema") == 0
    assert json.loads(capsys.readouterr().out)["$schema"].endswith("2020-12/schema")


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of a POSIX shell")
def test_a_reader_that_goes_away_is_no_error():
    program = f"{sys.executable} -m pipeline schema | head -c 10"
    done = subprocess.run(["/bin/bash", "-o", "pipefail", "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(sys.platform == "win32", reason="signals of a POSIX system")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL], ids=["Ctrl-C", "kill -9"])
def test_a_run_stopped_from_outside_is_taken_up(workspace, how):
    papers = sorted((ROOT / "samples").glob("huyen-*/*.docx"))
    for paper in papers:
        (workspace / "1-van-ban-den" / paper.name).write_bytes(paper.read_bytes())
    command = [sys.executable, "-m", "pipeline", "run", str(workspace), *TODAY, "--steady", "0"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, cwd=ROOT, **pipes) as running:  # noqa: S603 - our own program
        assert running.stderr is not None
        assert running.stderr.readline().startswith("[1/")
        running.send_signal(how)
        running.communicate(timeout=60)
    assert running.returncode == (ExitCode.INTERRUPTED if how == signal.SIGINT else -signal.SIGKILL)
    assert call("run", workspace, *TODAY) == ExitCode.SOME_REFUSED
    drafts, archive, refused = ({path.name for path in (workspace / name).iterdir()} for name in FOLDERS)
    assert not list((workspace / "1-van-ban-den").iterdir())
    assert len(archive) + len([name for name in refused if not name.endswith(".ly-do.txt")]) == len(papers)
    assert len(drafts) == len(archive)
    assert all((workspace / FOLDERS[0] / name / "ho-so-van-ban.json").is_file() for name in drafts)
