"""The tracking table and the calendar: dates as dates, text as text, rules that calendars understand."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, datetime

import openpyxl
import pytest
from drafting_plans import commune, district, gaps
from icalendar import Calendar

from pipeline.drafting.calendar import calendar
from pipeline.drafting.task_sheets import COLUMNS, task_table

TITLES = [column.title for column in COLUMNS]


def rows(plan) -> list[dict[str, openpyxl.cell.Cell]]:
    sheet = openpyxl.load_workbook(io.BytesIO(task_table(plan, plan.today))).active
    return [dict(zip(TITLES, row, strict=True)) for row in sheet.iter_rows(min_row=2)]


def test_a_row_for_each_duty_with_dates_as_dates() -> None:
    table = rows(district())
    assert [row["TT"].value for row in table] == [1, 2, 3, 4, 5, 6]
    assert table[2]["Hạn nội bộ"].value == datetime(2023, 10, 16)  # noqa: DTZ001 - a spreadsheet day has no zone
    assert table[2]["Hạn nội bộ"].number_format == "dd/mm/yyyy"
    assert table[1]["Định kỳ"].value == "ngày 12 hằng tháng"
    assert table[2]["Phối hợp"].value == "Phòng Tài chính - Kế hoạch"


def test_the_head_is_frozen_and_filters() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(task_table(district(), district().today))).active
    assert sheet.freeze_panes == "E2"
    assert sheet.auto_filter.ref == "A1:O7"
    assert [cell.value for cell in sheet[1]] == TITLES


@pytest.mark.parametrize(
    "value", ["=1+1", "+cmd|' /C calc'!A0", "-1", "@SUM(A1)", "\t=1", "{=1}", "http://x.y", "0123", "=" + "z" * 40_000]
)
def test_text_never_becomes_a_formula(value: str) -> None:
    plan = commune()
    row = plan.assignments[0]
    bad = replace(row, duty=replace(row.duty, text=value, product=value, lead=()))
    (cells,) = rows(replace(plan, assignments=(bad,)))
    for title in ("Nhiệm vụ", "Sản phẩm"):
        assert cells[title].data_type == "s"
        assert cells[title].hyperlink is None
        assert str(cells[title].value).strip().lower().startswith(value.strip()[:20].lower())


def events(plan) -> list:
    return list(Calendar.from_ical(calendar(plan, plan.today)).walk("VEVENT"))


def test_events_stand_on_the_internal_day() -> None:
    found = {str(event["SUMMARY"]).split(":")[0]: event for event in events(district())}
    one = found["Phòng Văn hóa và Thông tin"]
    assert one["DTSTART"].dt == date(2023, 10, 16)
    assert "RRULE" not in one
    monthly = next(event for event in found.values() if "RRULE" in event)
    assert (monthly["DTSTART"].dt, monthly["RRULE"].to_ical()) == (date(2023, 10, 12), b"FREQ=MONTHLY;BYMONTHDAY=12")


def test_each_event_reminds_the_day_before() -> None:
    for event in events(district()):
        (alarm,) = event.walk("VALARM")
        assert alarm["TRIGGER"].to_ical() == b"-PT16H"


def test_a_superiors_rule_starts_on_a_day_of_the_rule() -> None:
    plan = district()
    row = plan.assignments[2]
    bare = replace(row, dues=(replace(row.dues[0], internal=None, internal_rrule=None),))
    (event,) = events(replace(plan, assignments=(bare,)))
    assert (event["DTSTART"].dt.day, event["RRULE"]["BYMONTHDAY"]) == (15, [15])


def test_identifiers_repeat_and_differ() -> None:
    one, two = ([str(event["UID"]) for event in events(district())] for _ in range(2))
    assert one == two
    assert len(set(one)) == len(one)
    assert not set(one) & {str(event["UID"]) for event in events(commune())}


def test_lines_are_folded_and_cannot_be_injected() -> None:
    plan = commune()
    row = plan.assignments[0]
    bad = replace(row, duty=replace(row.duty, text="a\r\nEND:VEVENT\nBEGIN:VEVENT\\, ; " + "ữ" * 300))
    data = calendar(replace(plan, assignments=(bad,)), plan.today)
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert data.count(b"\r\n") == data.count(b"\n")
    (event,) = Calendar.from_ical(data).walk("VEVENT")
    assert "BEGIN:VEVENT\\, ; " in str(event["DESCRIPTION"])


def test_a_deadline_without_a_day_is_no_event() -> None:
    plan = gaps()
    lost = replace(plan.assignments[-1], dues=(replace(plan.assignments[-1].dues[0], last_day=None),))
    assert events(replace(plan, assignments=(lost,))) == []
