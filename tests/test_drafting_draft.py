"""Whole drafts, compared with their text dumps; every difference must be read."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import Golden
from drafting_plans import commune, district, duty, gaps

from pipeline.drafting.blocks import Paragraph, Table
from pipeline.drafting.coverage import prove
from pipeline.drafting.docx_dump import text_dump
from pipeline.drafting.docx_writer import write
from pipeline.drafting.draft import FORMS, draft_all, render, render_sheet
from pipeline.drafting.house_style import house_style
from pipeline.drafting.items import lead_groups
from pipeline.planning.plan import Assignment, Plan, Relevance

GOLDEN = Path(__file__).parent / "golden_drafting"


def letter(plan: Plan) -> str:
    return text_dump(write(render(plan, FORMS[plan.form], plan.today)))


def first_sheet(plan: Plan) -> str:
    return text_dump(write(render_sheet(plan, lead_groups(plan)[0], plan.today)))


def table(plan: Plan) -> str:
    return text_dump(write(render(plan, "phu-luc", plan.today)))


CASES: dict[str, tuple[Callable[[], Plan], Callable[[Plan], str]]] = {
    "district": (district, letter),
    "district-sheet": (district, first_sheet),
    "commune": (commune, letter),
    "commune-table": (commune, table),
    "gaps": (gaps, letter),
    "gaps-sheet": (gaps, first_sheet),
}


@pytest.mark.parametrize("name", CASES)
def test_the_draft_is_the_one_that_was_read_and_found_good(name: str, golden: Golden) -> None:
    plan, dump = CASES[name]
    golden(GOLDEN / f"{name}.txt", dump(plan()))


def test_the_files_of_a_dispatch() -> None:
    plan = district()
    names = [(file.name, file.kind) for file in draft_all(plan, plan.today)]
    assert names == [
        ("du-thao.docx", "dispatch"),
        ("phieu-giao-viec-chuyen-mon-xa-thi-tran.docx", "task_sheet"),
        ("phieu-giao-viec-vhtt.docx", "task_sheet"),
        ("phieu-giao-viec-nv.docx", "task_sheet"),
        ("phieu-giao-viec-vp.docx", "task_sheet"),
        ("phieu-giao-viec-ca.docx", "task_sheet"),
        ("bang-theo-doi.xlsx", "table"),
        ("lich.ics", "calendar"),
    ]


@pytest.mark.parametrize("unit", ["vhtt", "nv"])
@pytest.mark.parametrize("template", ["trien-khai", "chuyen"])
def test_what_a_unit_supports_stands_below_its_own_item(unit: str, template: str) -> None:
    plan = district()
    units = {one.id: one for one in plan.authority.units}
    shared = replace(plan.assignments[-1], support=(units[unit], units["tp"]))
    plan = replace(plan, assignments=(*plan.assignments[:-1], shared))
    draft = render(plan, template, plan.today)
    told = [
        paragraph.text
        for paragraph in draft.paragraphs
        if "chủ động phối hợp với Sở Tư pháp" in paragraph.text.lower().replace("sở tư", "Sở Tư")
    ]
    assert [text.split("phối hợp")[0] for text in told] == [
        "- Chủ động ",
        "6. Phòng Tư pháp chủ động " if template == "trien-khai" else "Phòng Tư pháp chủ động ",
    ]
    assert prove(plan, draft).problems == ()


@pytest.mark.parametrize("group", range(5))
def test_the_last_rows_of_a_task_sheet_stay_with_the_signature(group: int) -> None:
    plan = district()
    *_, rows, spacer, signature = render_sheet(plan, lead_groups(plan)[group], plan.today).parts
    assert isinstance(rows, Table)
    assert isinstance(spacer, Paragraph)
    assert isinstance(signature, Table)
    styles = [row.cells[0].paragraphs[0].style for row in rows.rows]
    kept = [house_style().by_id[style].keep_next for style in styles]
    assert kept == [False] * (len(kept) - 2) + [True, True]
    assert house_style().by_id[spacer.style].keep_next


def test_two_runs_give_the_same_bytes() -> None:
    for make in (district, commune, gaps):
        assert draft_all(make(), make().today) == draft_all(make(), make().today)


def test_no_duty_of_ours_gives_no_draft() -> None:
    plan = district()
    theirs = tuple(replace(row, relevance=Relevance.THEIRS) for row in plan.assignments)
    assert draft_all(replace(plan, assignments=theirs), plan.today) == ()


def test_number_and_day_stay_blank() -> None:
    text = render(district(), "trien-khai", district().today).text
    assert "Số:          /UBND-VP" in text
    assert "Tứ Kỳ, ngày\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0tháng 9 năm 2023" in text


def test_an_outside_body_is_asked_never_told() -> None:
    text = render(district(), "trien-khai", district().today).text
    assert "Đề nghị Công an huyện" in text
    assert "giao Công an" not in text


def test_a_request_is_the_last_item_and_no_task() -> None:
    plan = district()
    body = duty(
        "8",
        "8.",
        "Kính đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam các cấp phối hợp giám sát.",
        ["Ủy ban Mặt trận Tổ quốc Việt Nam các cấp"],
        page=2,
    )
    front = next(unit for unit in plan.authority.units if unit.id == "mttq")
    other = Assignment(duty("9", "9.", "Đề nghị Tòa án A xét xử.", ["Tòa án A"]), Relevance.REQUEST)
    asked = replace(plan, assignments=(Assignment(body, Relevance.REQUEST, lead=front), other, *plan.assignments))
    lines = render(asked, "trien-khai", plan.today).text.splitlines()
    items = [line for line in lines if re.match(r"\d+\. ", line)]
    assert items[-1] == "7. Kính đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam huyện phối hợp giám sát."
    assert not any("Tòa án" in line for line in lines)
    assert len(draft_all(asked, plan.today)) == len(draft_all(plan, plan.today))


HOSTILE = ["{{7*7}} {% raw %}", "A & B <w:p> C", "dòng một\ndòng hai", "\x00\x02p:signer\x03\x1e", "=HYPERLINK(1)", "y" * 100_000]


@pytest.mark.parametrize("value", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_source_changes_words_and_nothing_else(value: str) -> None:
    plan = commune()
    first = plan.assignments[0]
    bad = replace(first, duty=replace(first.duty, text=f"{first.duty.text} {value}", product=value))
    known = replace(plan.implements, subject=value, issuer=value)
    files = draft_all(replace(plan, assignments=(bad,), implements=known), plan.today)
    good = draft_all(plan, plan.today)
    assert [file.name for file in files] == [file.name for file in good]
    for one, other in zip(files[:2], good[:2], strict=True):
        styles = [line.split(" | ")[0] for line in text_dump(one.data).splitlines() if " | " in line]
        assert styles == [line.split(" | ")[0] for line in text_dump(other.data).splitlines() if " | " in line]
