"""The registers of NĐ 30/2020, Phụ lục IV: the decree's columns, dates as dates, text as text, the same bytes for the same ledger."""

import io
import json
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from pipeline import cli
from pipeline.errors import ExitCode
from pipeline.kept import Kept, Link, LinkKind, Paper, State, Task
from pipeline.ledger import Step
from pipeline.outcome import Outcome, Status
from pipeline.registers import ARRIVALS, PROGRESS, Period, registers

PROFILE = Path(__file__).parents[1] / "samples" / "profiles" / "xa-2026.toml"
DAY = date(2026, 3, 3)
PAPER = Paper("Công văn", "12/UBND-VP", date(2026, 3, 2), "UBND tỉnh Hải Hà", "rà soát hộ nghèo", "hoa-toc")
DUTY = Task("1.2", "Rà soát hộ nghèo", "Phòng Kinh tế; Văn phòng", ("kt", "vp"), ("Công an xã",), "", date(2026, 3, 14), date(2026, 3, 11))


def put(ledger, letter, paper=PAPER, tasks=(DUTY,), *, day=DAY, step=Step.DONE):
    made = Outcome(f"{letter}.pdf", letter * 64, Status.DRAFTED, Path("/x") / letter, (), (), f"{paper.type} số {paper.reference}")
    ledger.begin(made, ("", "", ""), day, Kept(paper, tuple(tasks)))
    ledger.reach(letter * 64, step)


def at(day):
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001 - a spreadsheet day has no zone


def table(data, name, head=1):
    """The rows under the head as dictionaries by column; ``head`` is the number of lines above."""
    sheet = openpyxl.load_workbook(io.BytesIO(data))[name]
    titles, *rows = sheet.iter_rows(min_row=head + 1, values_only=True)
    return [dict(zip(titles, row, strict=True)) for row in rows]


def test_the_columns_are_the_decrees():
    assert [column.title for column in ARRIVALS] == [
        "Ngày đến", "Số đến", "Tác giả", "Số, ký hiệu", "Ngày tháng", "Tên loại và trích yếu nội dung văn bản",
        "Đơn vị hoặc người nhận", "Ngày chuyển", "Ký nhận", "Ghi chú",
    ]  # fmt: skip
    assert [column.title for column in PROGRESS] == [
        "Số đến", "Tên loại, số và ký hiệu, ngày tháng và tác giả văn bản", "Đơn vị hoặc người nhận", "Thời hạn giải quyết",
        "Tiến độ giải quyết", "Số, ký hiệu văn bản trả lời", "Ghi chú",
    ]  # fmt: skip


def test_a_dispatch_in_the_register_of_arrivals(ledger):
    put(ledger, "a")
    (row,) = table(registers(ledger, Period()), "Văn bản đến")
    assert tuple(row.values()) == (
        at(DAY), 1, "UBND tỉnh Hải Hà", "12/UBND-VP", at(date(2026, 3, 2)), "Công văn: rà soát hộ nghèo",
        "Phòng Kinh tế; Văn phòng; Công an xã (phối hợp)", None, None, "Hỏa tốc",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("task", "expected"),
    [
        (DUTY, (date(2026, 3, 11), "Chưa xong", None, "Mã 2026-1-1.2; phối hợp: Công an xã; hạn của cấp trên 14/3/2026")),
        (
            replace(DUTY, state=State.DONE, done_on=date(2026, 3, 9), remark="Đã gửi", reply="45/UBND", support=(), internal_due=None),
            (date(2026, 3, 14), "Đã xong 09/3/2026; Đã gửi", "45/UBND", "Mã 2026-1-1.2"),
        ),
        (
            replace(DUTY, due=None, internal_due=None, support=(), deadline="thường xuyên"),
            (None, "Chưa xong", None, "Mã 2026-1-1.2; thường xuyên"),
        ),
        (
            replace(DUTY, support=(), internal_due=None, rule="FREQ=DAILY", done_on=date(2026, 3, 9)),
            (date(2026, 3, 14), "Chưa xong; kỳ trước xong 09/3/2026", None, "Mã 2026-1-1.2; định kỳ"),
        ),
    ],
)
def test_a_duty_in_the_register_of_progress(ledger, task, expected):
    put(ledger, "a", tasks=[task, Task("9", "Việc đã bỏ", state=State.DROPPED)])
    (row,) = table(registers(ledger, Period()), "Theo dõi giải quyết")
    number, what, who, day, *rest = row.values()
    assert (number, what, who) == (1, "Công văn số 12/UBND-VP\nNhiệm vụ: Rà soát hộ nghèo", "Phòng Kinh tế; Văn phòng")
    assert (day, *rest) == (at(expected[0]) if expected[0] else None, *expected[1:])


def test_every_number_has_its_row(ledger):
    put(ledger, "a", tasks=[replace(DUTY, lead="", support=())])
    put(ledger, "b", Paper("Giấy mời"), ())
    put(ledger, "c", step=Step.DELIVERING)
    put(ledger, "d")
    ledger.forget("d" * 64)
    ledger.link(Link("b" * 64, "a" * 64, LinkKind.RECALLS, DAY, "b.pdf"))
    book = registers(ledger, Period())
    found = [(row["Số đến"], row["Tên loại và trích yếu nội dung văn bản"], row["Ghi chú"]) for row in table(book, "Văn bản đến")]
    assert found == [
        (1, "Công văn: rà soát hộ nghèo", "Hỏa tốc; Đã được thu hồi (hủy bỏ) bằng Giấy mời số  (số đến 2/2026)"),
        (2, "Giấy mời", "Không giao nhiệm vụ"),
        (3, "Công văn: rà soát hộ nghèo", "Tệp c.pdf chưa xử lý xong; Hỏa tốc"),
        (4, "d.pdf", "Tệp d.pdf chưa xử lý xong"),
    ]
    assert [row["Đơn vị hoặc người nhận"] for row in table(book, "Theo dõi giải quyết")] == ["(chưa phân công)"]


@pytest.mark.parametrize(
    ("first", "last", "numbers", "words"),
    [
        (None, None, [1, 2, 3], None),
        (date(2026, 1, 1), None, [1, 2], "Từ ngày 01/01/2026"),
        (date(2025, 12, 31), date(2026, 3, 3), [3, 1], "Từ ngày 31/12/2025 đến ngày 03/3/2026"),
        (None, date(2025, 12, 30), [], "Đến ngày 30/12/2025"),
    ],
)
def test_a_period(ledger, first, last, numbers, words):
    put(ledger, "c", day=date(2025, 12, 31))
    put(ledger, "d", day=DAY)
    put(ledger, "e", day=date(2026, 3, 4))
    expected = {1: (2026, 1), 2: (2026, 2), 3: (2025, 1)}
    book = registers(ledger, Period(first, last), "UBND xã An Bình")
    rows = table(book, "Văn bản đến", head=2 + bool(words))
    assert sorted((row["Ngày đến"].year, row["Số đến"]) for row in rows) == sorted(expected[number] for number in numbers)
    sheet = openpyxl.load_workbook(io.BytesIO(book))["Văn bản đến"]
    assert [sheet["A1"].value, sheet["A2"].value] == ["SỔ ĐĂNG KÝ VĂN BẢN ĐẾN", "UBND xã An Bình"]
    assert words is None or sheet["A3"].value == words


@pytest.mark.parametrize("value", ["=1+1", "+cmd|' /C calc'!A0", "-1", "@SUM(A1)", "http://x.y", "0123"])
def test_text_never_becomes_a_formula(ledger, value):
    paper = Paper(value, value, None, value, value)
    put(ledger, "a", paper, [replace(DUTY, text=value, lead=value, remark=value, reply=value)])
    book = openpyxl.load_workbook(io.BytesIO(registers(ledger, Period(), value)))
    for sheet in book:
        assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d"}
        assert not [cell for row in sheet.iter_rows() for cell in row if cell.hyperlink]


def test_it_is_ready_to_print_and_to_filter(ledger):
    put(ledger, "a")
    for sheet in openpyxl.load_workbook(io.BytesIO(registers(ledger, Period()))):
        assert sheet.print_title_rows == "$2:$2"
        assert sheet.auto_filter.ref.endswith("3")
        assert sheet.freeze_panes in {"C3", "B3"}
        assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
    rule = openpyxl.load_workbook(io.BytesIO(registers(ledger, Period())))["Theo dõi giải quyết"].conditional_formatting
    assert [one.formula for area in rule for one in area.rules] == [['AND(ISNUMBER($D3),$D3<TODAY(),LEFT($E3,9)="Chưa xong")']]


def test_the_same_ledger_gives_the_same_bytes(ledger):
    assert registers(ledger, Period()) == registers(ledger, Period())
    put(ledger, "a")
    assert registers(ledger, Period(), "UBND") == registers(ledger, Period(), "UBND")


# --- the verb ---------------------------------------------------------------------------------------------------------


def call(*arguments):
    return cli.main([str(argument) for argument in arguments])


def test_the_verb_writes_a_new_file_and_overwrites_none(workspace, ledger, tmp_path, capsys):
    put(ledger, "a")
    out = tmp_path / "sổ.xlsx"
    assert call("register", workspace.root, "--out", out, "--today", "2026-03-10") == ExitCode.DONE
    assert table(out.read_bytes(), "Văn bản đến", head=2)[0]["Số đến"] == 1
    before = out.read_bytes()
    put(ledger, "b")
    assert call("register", workspace.root, "--out", out) == ExitCode.OUTPUT
    assert out.read_bytes() == before
    assert "không bị ghi đè" in capsys.readouterr().err
    assert call("register", workspace.root, "--out", workspace.inbox / "sổ.xlsx") == ExitCode.USAGE
    assert call("register", workspace.root, "--out", tmp_path / "không có" / "sổ.xlsx") == ExitCode.OUTPUT
    assert call("register", workspace.root) == ExitCode.USAGE


def test_numbers_go_on_after_those_of_a_paper_register(workspace, ledger, capsys):
    put(ledger, "a")
    assert call("register", workspace.root, "--next", "316", "--today", "2026-03-10") == ExitCode.DONE
    assert "sẽ mang số đến 316" in capsys.readouterr().out
    put(ledger, "b")
    assert [entry.arrival.number for entry in ledger.entries()] == [1, 316]
    assert call("register", workspace.root, "--next", "316", "--today", "2026-03-10") == ExitCode.USAGE
    err = capsys.readouterr().err
    assert "E253" in err
    assert "nhỏ nhất có thể đặt là 317" in err
    assert call("register", workspace.root, "--next", "0") == ExitCode.USAGE
    (log,) = (workspace.state / "nhat-ky").iterdir()
    line = json.loads(log.read_text("utf-8").splitlines()[0])
    assert (line["event"], line["year"], line["number"]) == ("register --next", 2026, 316)


def test_a_profile_that_cannot_be_used_leaves_the_heading_without_a_name(workspace, ledger, tmp_path):
    put(ledger, "a")
    (workspace.profile / PROFILE.name).unlink()
    assert call("register", workspace.root, "--out", tmp_path / "sổ.xlsx") == ExitCode.DONE
    assert len(table((tmp_path / "sổ.xlsx").read_bytes(), "Văn bản đến")) == 1
