"""What a clerk reads: the summary of a run, a problem on one line, what ends a command."""

from pathlib import Path

import pytest

from extractors.errors import Problem, Severity
from pipeline.errors import ProfileError
from pipeline.outcome import OUTPUT_KINDS, STATUS_WORDS, Outcome, Status
from pipeline.report import complaint, summary, told

DRAFTS = Path("/ws/2-du-thao")


def outcome(status=Status.DRAFTED, problems=(), name="a.pdf", title="Công văn số 1", folder=DRAFTS / "cong-van-so-1"):
    return Outcome(name, "0" * 64, status, folder, (), tuple(problems), title)


def warning(code="W301", where="", severity=Severity.WARNING):
    return Problem(code, "Chưa chọn được đơn vị.", severity, where, "Hãy chọn.")


@pytest.mark.parametrize(
    ("problem", "line"),
    [
        (Problem("W1", "Một.", where="trang 2", remedy="Hãy xem."), "W1: Một (trang 2). Hãy xem."),
        (Problem("W1", "Một.", remedy="Hãy xem."), "W1: Một. Hãy xem."),
        (Problem("W1", "Một.", where="/issuer/name"), "W1: Một."),
        (Problem("W1", "Một.", where="/duties/0/lead/1"), "W1: Một."),
        (Problem("E199", "Lỗi.", where="KeyError, a.py:5"), "E199: Lỗi (KeyError, a.py:5)."),
    ],
)
def test_a_problem_on_one_line(problem, line):
    assert told(problem) == line


def test_an_empty_inbox():
    assert summary((), DRAFTS, dry_run=False) == "Hộp văn bản đến không có tệp nào."


def test_each_status_has_its_count_and_its_list():
    text = summary([outcome(status, name=f"{status.value}.pdf") for status in Status], DRAFTS, dry_run=False)
    for status in Status:
        assert f"    1  {STATUS_WORDS[status]}" in text
        assert f"  - {status.value}.pdf: Công văn số 1" in text


def test_the_grave_comes_first_and_the_rest_is_counted():
    problems = [
        warning("W1"), warning("W2"), Problem("I1", "Biết.", Severity.INFO), Problem("E1", "Sai.", Severity.ERROR), warning("W3"),
    ]  # fmt: skip
    lines = summary([outcome(problems=problems)], DRAFTS, dry_run=False).splitlines()
    shown = [line.strip()[:2] for line in lines if line.startswith("      ") and ":" in line]
    assert shown == ["E1", "W1", "W2"]
    assert any("và 2 điều khác" in line for line in lines)


def test_one_thing_at_several_places_is_told_once():
    problems = [warning(where=f"nhiệm vụ {n}") for n in ("1", "2.1", "2.1", "3")]
    text = summary([outcome(problems=problems)], DRAFTS, dry_run=False)
    assert text.count("W301") == 1
    assert "(nhiệm vụ 1, 2.1, 3)" in text
    mixed = summary([outcome(problems=[warning(where="đoạn 3"), warning(where="trang 2")])], DRAFTS, dry_run=False)
    assert "(đoạn 3; trang 2)" in mixed


def test_it_ends_with_what_to_do_next():
    refused = outcome(Status.REFUSED, folder=Path("/ws/4-khong-xu-ly-duoc"), title="")
    text = summary([outcome(), refused], DRAFTS, dry_run=False)
    assert "mở du-thao.docx bằng Word" in text
    assert "/ws/4-khong-xu-ly-duoc, kèm tệp ghi lý do" in text
    assert "mở du-thao.docx" not in summary([refused], DRAFTS, dry_run=False)
    assert "đã chuyển sang" not in summary([outcome(Status.REFUSED, folder=None)], DRAFTS, dry_run=False)


def test_a_dry_run_says_so_and_sends_nobody_to_drafts():
    text = summary([outcome(folder=None)], DRAFTS, dry_run=True)
    assert "chạy thử" in text
    assert "mở du-thao.docx" not in text


def test_what_ends_a_command_names_the_place_and_each_mistake():
    error = ProfileError("/ws/0-ho-so-co-quan", "", (Problem("E215", "Thiếu khóa.", Severity.ERROR, "a.toml, dòng 3", "Hãy thêm."),))
    assert list(complaint(error)) == [
        "E210: Hồ sơ cơ quan có lỗi (/ws/0-ho-so-co-quan). Hãy sửa các dòng được nêu rồi chạy lại lệnh congvan profile check.",
        "  E215: Thiếu khóa (a.toml, dòng 3). Hãy thêm.",
    ]


def test_the_printed_object_of_a_file():
    outputs = (("dispatch", "du-thao.docx"), ("task_sheet", "a.docx"), ("task_sheet", "b.docx"), ("record", "r.json"))
    made = Outcome("a.pdf", "0" * 64, Status.DRAFTED, DRAFTS / "x", outputs, (warning(where="trang 1"),)).as_dict()
    assert list(made) == ["file", "sha256", "status", "folder", "outputs", "problems"]
    assert tuple(made["outputs"]) == OUTPUT_KINDS
    assert made["outputs"]["task_sheets"] == ["a.docx", "b.docx"]
    assert (made["outputs"]["dispatch"], made["outputs"]["table"]) == ("du-thao.docx", None)
    assert made["problems"] == [{"code": "W301", "severity": "warning", "message": "Chưa chọn được đơn vị. Hãy chọn.", "where": "trang 1"}]
