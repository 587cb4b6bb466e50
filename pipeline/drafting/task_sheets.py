"""The tracking table ("bảng theo dõi nhiệm vụ") as a workbook: a row for each duty, dates as dates, text never as formula."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from pipeline.drafting.context import Line, Prepared
from pipeline.drafting.facts import clean
from pipeline.drafting.items import lead_groups
from pipeline.planning.plan import Assignment, Plan

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

LONGEST = 32_767
"""The most characters that a cell holds."""
STATES = ("Chưa thực hiện", "Đang thực hiện", "Hoàn thành đúng hạn", "Hoàn thành trễ hạn")


@dataclass(frozen=True)
class _Column:
    """Heading, width in characters, and the cell format's name."""

    title: str
    width: float
    look: str = "text"


COLUMNS = (
    _Column("TT", 5, "middle"),
    _Column("Văn bản nguồn", 24),
    _Column("Vị trí", 14),
    _Column("Nhiệm vụ", 60),
    _Column("Chủ trì", 24),
    _Column("Phối hợp", 24),
    _Column("Theo dõi, đôn đốc", 20),
    _Column("Thời hạn của cấp trên (nguyên văn)", 24),
    _Column("Hạn của cấp trên", 13, "day"),
    _Column("Hạn nội bộ", 13, "day"),
    _Column("Định kỳ", 20),
    _Column("Sản phẩm", 20),
    _Column("Báo cáo về", 20),
    _Column("Trạng thái", 20),
    _Column("Ghi chú", 40),
)
_DUE, _INTERNAL, _STATE = 8, 9, 13
_LOOKS: dict[str, dict[str, Any]] = {
    "text": {"text_wrap": True, "valign": "top", "border": 1},
    "middle": {"align": "center", "valign": "top", "border": 1},
    "day": {"num_format": "dd/mm/yyyy", "align": "center", "valign": "top", "border": 1},
    "head": {"bold": True, "text_wrap": True, "align": "center", "valign": "vcenter", "border": 1, "bg_color": "#D9E2F3"},
    "late": {"bg_color": "#F8CBAD"},
}
_FONT = {"font_name": "Times New Roman", "font_size": 12}


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _cells(number: int, plan: Plan, assignment: Assignment, line: Line) -> tuple[str | int | date | None, ...]:
    known = plan.implements
    recurring = line.internal if assignment.rrule else ""
    return (
        number, clean(f"{known.type_name} {known.reference or ''} {known.issuer}"), line.place, line.duty,
        line.lead, line.support, line.monitors, line.deadline, assignment.due_day, assignment.internal_due,
        recurring, line.product, line.report_to, STATES[0], line.note,
    )  # fmt: skip


def _write(sheet: Worksheet, row: int, cells: Sequence[str | int | date | None], looks: dict[str, Any]) -> None:
    """Write a row; text goes in as text, whatever its first character is."""
    for column, (cell, kind) in enumerate(zip(cells, COLUMNS, strict=True)):
        look = looks[kind.look]
        if cell is None or cell == "":
            sheet.write_blank(row, column, None, look)
        elif isinstance(cell, date):
            sheet.write_datetime(row, column, datetime(cell.year, cell.month, cell.day), look)  # noqa: DTZ001 - a spreadsheet day has no zone
        elif isinstance(cell, int):
            sheet.write_number(row, column, cell, look)
        else:
            sheet.write_string(row, column, _short(str(cell)), look)


def _frame(sheet: Worksheet, rows: int, looks: dict[str, Any]) -> None:
    """Heading, widths, filter, states to choose from, late rows in colour, print set-up."""
    for column, kind in enumerate(COLUMNS):
        sheet.set_column(column, column, kind.width)
        sheet.write_string(0, column, kind.title, looks["head"])
    sheet.freeze_panes(1, 4)
    sheet.autofilter(0, 0, rows, len(COLUMNS) - 1)
    sheet.data_validation(1, _STATE, rows, _STATE, {"validate": "list", "source": list(STATES)})
    late = f'=AND(ISNUMBER($J2),$J2<TODAY(),LEFT($N2,10)<>"{STATES[2][:10]}")'
    sheet.conditional_format(1, _DUE, rows, _INTERNAL, {"type": "formula", "criteria": late, "format": looks["late"]})
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def task_table(plan: Plan, today: date) -> bytes:
    """Return the tracking table of a plan's own duties as XLSX; the same plan gives the same bytes."""
    from xlsxwriter import Workbook

    ready = Prepared(plan, today)
    assignments = [assignment for group in lead_groups(plan) for assignment in group]
    buffer = io.BytesIO()
    book = Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
    book.set_properties(
        {"title": "Bảng theo dõi nhiệm vụ", "author": plan.authority.short_name, "created": datetime(today.year, today.month, today.day)}  # noqa: DTZ001 - see above
    )
    looks = {name: book.add_format({**_FONT, **look} if name != "late" else look) for name, look in _LOOKS.items()}
    sheet = book.add_worksheet("Theo dõi")
    _frame(sheet, max(len(assignments), 1), looks)
    for number, assignment in enumerate(assignments, start=1):
        _write(sheet, number, _cells(number, plan, assignment, ready.line(assignment)), looks)
    book.close()
    return buffer.getvalue()
