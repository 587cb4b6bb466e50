"""The tracking table ("bảng theo dõi nhiệm vụ") as a workbook: a row for each duty."""

from __future__ import annotations

from datetime import date

from pipeline.drafting.context import Line, Prepared
from pipeline.drafting.facts import clean
from pipeline.drafting.receivers import receivers
from pipeline.drafting.sheets import Cell, Column, Sheet, workbook
from pipeline.planning.plan import Assignment, Plan

STATES = ("Chưa thực hiện", "Đang thực hiện", "Hoàn thành đúng hạn", "Hoàn thành trễ hạn")
COLUMNS = (
    Column("TT", 5, "middle"),
    Column("Văn bản nguồn", 24),
    Column("Vị trí", 14),
    Column("Nhiệm vụ", 60),
    Column("Chủ trì", 24),
    Column("Phối hợp", 24),
    Column("Theo dõi, đôn đốc", 20),
    Column("Thời hạn của cấp trên (nguyên văn)", 24),
    Column("Hạn của cấp trên", 13, "day"),
    Column("Hạn nội bộ", 13, "day"),
    Column("Định kỳ", 20),
    Column("Sản phẩm", 20),
    Column("Báo cáo về", 20),
    Column("Trạng thái", 20),
    Column("Ghi chú", 40),
)
_DUE, _INTERNAL, _STATE = 8, 9, 13
_LATE = f'=AND(ISNUMBER($J#),$J#<TODAY(),LEFT($N#,10)<>"{STATES[2][:10]}")'


def _cells(number: int, plan: Plan, assignment: Assignment, line: Line) -> tuple[Cell, ...]:
    known = plan.implements
    recurring = line.internal if assignment.rrule else ""
    return (
        number, clean(f"{known.type_name} {known.reference or ''} {known.issuer}"), line.place, line.duty,
        line.lead, line.support, line.monitors, line.deadline, assignment.due_day, assignment.internal_due,
        recurring, line.product, line.report_to, STATES[0], line.note,
    )  # fmt: skip


def task_table(plan: Plan, today: date) -> bytes:
    """Return the tracking table of a plan's own duties as XLSX; the same plan gives the same bytes."""
    ready = Prepared(plan, today)
    assignments = (assignment for group in receivers(plan) for assignment in group)
    rows = tuple(_cells(number, plan, assignment, ready.line(assignment)) for number, assignment in enumerate(assignments, start=1))
    sheet = Sheet("Theo dõi", COLUMNS, rows, frozen_columns=4, choices=(_STATE, STATES), late=(_DUE, _INTERNAL, _LATE))
    return workbook((sheet,), "Bảng theo dõi nhiệm vụ", plan.authority.short_name, today)
