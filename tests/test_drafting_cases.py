"""Situations that an office meets, each seen in the letter itself: holidays, the other form, communes, what a dispatch implements."""

import re
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook
from planning_builders import CLASS, by, district, document, duty, every, plan

from extractors.dispatch import Dispatch, DocumentRole, Reference, Role, Source
from extractors.evidence import Evidence, Found
from extractors.layout import TextSource
from pipeline.authority import Authority
from pipeline.drafting.coverage import prove
from pipeline.drafting.draft import draft_all, letter_of, render_sheet
from pipeline.drafting.items import lead_groups
from pipeline.drafting.task_sheets import task_table
from pipeline.planning.plan import Form, Plan
from pipeline.planning.planner import make_plan

COMMUNES = "UBND các xã, thị trấn"


def told(made: Plan) -> str:
    """The letter's paragraphs, one a line."""
    letter = letter_of(made, made.today)
    assert letter is not None
    assert prove(made, letter).problems == ()
    return "\n".join(paragraph.text for paragraph in letter.paragraphs)


HOLIDAYS = [
    # today, the superior's day, our own: three working days earlier in a district, weekends and public holidays not counted
    (date(2023, 10, 2), "2023-10-20", "17/10/2023"),  # an ordinary week
    (date(2023, 4, 3), "2023-05-05", "27/4/2023"),  # Hùng Kings' day, 30 April and 1 May, made up for until 3 May
    (date(2023, 8, 1), "2023-09-06", "30/8/2023"),  # National Day, two days
    (date(2024, 1, 2), "2024-02-16", "06/02/2024"),  # Tết Giáp Thìn: 8 to 14 February
    (date(2023, 12, 1), "2024-01-03", "28/12/2023"),  # New Year's day
]


@pytest.mark.parametrize(("today", "due", "internal"), HOLIDAYS)
def test_our_own_day_steps_over_holidays(today, due, internal):
    made = plan(duty("Rà soát hộ nghèo.", due=[by(due)]), authority=district(), today=today)
    assert f"chậm nhất ngày {internal}" in told(made)


def test_the_other_form_on_request():
    short = told(plan(duty("Rà soát hộ nghèo.")))
    full = told(plan(duty("Rà soát hộ nghèo."), form=Form.IMPLEMENTING))
    assert "UBND huyện nhận được Công văn số 12/UBND-VP" in short
    assert "Chủ tịch UBND huyện giao Phòng Lao động - Thương binh và Xã hội rà soát hộ nghèo." in short
    assert "Thực hiện Công văn số 12/UBND-VP" in full
    assert "1. Phòng Lao động - Thương binh và Xã hội rà soát hộ nghèo." in full
    assert "2. Văn phòng HĐND và UBND huyện theo dõi, đôn đốc" in full


def one_by_one() -> Authority:
    me = district()
    return replace(me, rules=replace(me.rules, one_by_one=("xa-thi-tran",)))


def both(authority: Authority) -> Plan:
    return plan(
        duty("Rà soát hộ nghèo.", due=[by("2023-10-20")]),
        duty("Lập danh sách hộ cận nghèo.", lead=[COMMUNES], key="2", due=[by("2023-10-20")]),
        authority=authority,
    )


def test_communes_as_a_group():
    made = both(district())
    assert "2. UBND các xã, thị trấn lập danh sách hộ cận nghèo" in told(made)
    sheets = [file.name for file in draft_all(made, made.today) if file.kind == "task_sheet"]
    assert sheets == ["phieu-giao-viec-ldtbxh.docx", "phieu-giao-viec-xa-thi-tran.docx"]
    assert leads_of(made) == ["Phòng Lao động - Thương binh và Xã hội", COMMUNES]


def test_communes_one_by_one_have_sheets_and_rows_of_their_own_and_one_item_of_the_letter():
    made = both(one_by_one())
    communes = [unit for unit in made.authority.units if unit.name.startswith(("UBND xã", "UBND thị trấn"))]
    assert len(communes) > 5
    assert told(made) == told(both(district()))
    sheets = [file.name for file in draft_all(made, made.today) if file.kind == "task_sheet"]
    assert sheets == ["phieu-giao-viec-ldtbxh.docx", *(f"phieu-giao-viec-{unit.id}.docx" for unit in communes)]
    assert leads_of(made) == ["Phòng Lao động - Thương binh và Xã hội", *(unit.name for unit in communes)]


def leads_of(made: Plan) -> list[object]:
    """The leads of the tracking table, row by row."""
    rows = list(load_workbook(BytesIO(task_table(made, made.today))).active.iter_rows(values_only=True))
    head = next(n for n, row in enumerate(rows) if "Chủ trì" in row)
    return [row[rows[head].index("Chủ trì")] for row in rows[head + 1 :] if row[0]]


def test_communes_report_to_us_and_we_report_upward():
    asked = duty("Tổng hợp hộ nghèo, gửi Sở Nội vụ.", lead=[COMMUNES], report_to=["Sở Nội vụ"], due=[by("2023-10-20")])
    line = "Kết quả báo cáo UBND huyện (qua Văn phòng HĐND và UBND huyện) chậm nhất ngày 17/10/2023 để tổng hợp, báo cáo Sở Nội vụ."
    assert line in told(plan(asked))


def test_first_in_full_then_short():
    made = plan(
        duty("Rà soát hộ nghèo.", due=[by("2023-10-20")]),
        duty("Tu bổ đê điều.", key="2", due=[every("FREQ=MONTHLY;BYMONTHDAY=15")]),
        duty("Chủ trì thanh tra.", lead=["Sở Y tế"], key="3"),
    )
    words = told(made)
    assert re.findall(r"Công văn số 12/UBND-VP[^(;.]*", words)[0].startswith(
        "Công văn số 12/UBND-VP ngày 19/9/2023 của UBND tỉnh Hải Dương"
    )
    assert "thực hiện nội dung của Công văn số 12/UBND-VP." in words
    assert words.count("ngày 19/9/2023") == 1
    assert words.count("(qua Văn phòng HĐND và UBND huyện)") == 1


PLAN = Reference("KH", "20/KH-UBND", date(2023, 2, 5), "UBND tỉnh", Role.IMPLEMENTS, (Evidence("Kế hoạch số 20/KH-UBND", 1, None, None),))
ORDER = Reference(
    "CT", "05/CT-TTg", date(2023, 1, 9), "Thủ tướng Chính phủ", Role.IMPLEMENTS, (Evidence("Chỉ thị số 05/CT-TTg", 1, None, None),)
)


@pytest.mark.parametrize(
    ("references", "opening"),
    [
        ((ORDER,), "Thực hiện Chỉ thị số 05/CT-TTg ngày 09/01/2023 của Thủ tướng Chính phủ và Công văn số 5/SNV"),
        (
            (ORDER, PLAN),
            "Thực hiện Chỉ thị số 05/CT-TTg ngày 09/01/2023 của Thủ tướng Chính phủ, "
            "Kế hoạch số 20/KH-UBND ngày 05/02/2023 của UBND tỉnh và Công văn số 5/SNV",
        ),
    ],
)
def test_several_documents_are_put_into_effect_together(references, opening):
    source = replace(document(duty("Rà soát hộ nghèo."), issuer="Sở Nội vụ"), references=references, reference=Found("5/SNV"))
    made = make_plan(Dispatch(SOURCE, (source,)), district(), date(2023, 9, 26), form=Form.IMPLEMENTING)
    assert opening in told(made)


def test_who_is_not_chosen_yet_is_a_gap_among_the_addressees_too():
    made = plan(duty("Rà soát hộ nghèo."), duty("Chuẩn bị nội dung.", key="2"))
    words = told(made)
    assert "- Đơn vị […………].\n" in words
    assert "2. […………] chuẩn bị nội dung." in words
    assert "Đơn vị […………]" not in told(plan(duty("Rà soát hộ nghèo.")))


def test_the_monitoring_office_does_not_watch_itself():
    def sheet(made: Plan) -> list[str]:
        return [paragraph.text for paragraph in render_sheet(made, lead_groups(made)[0], made.today).paragraphs]

    watched, watching = sheet(plan(duty("Rà soát hộ nghèo."))), sheet(plan(duty("Tiếp công dân định kỳ.")))
    assert "UBND huyện (qua Văn phòng HĐND và UBND huyện)" in watched
    assert "Theo dõi, đôn đốc" in watched
    assert watching[watching.index("Chủ trì") + 1].startswith("Văn phòng HĐND và UBND huyện")
    assert watching[watching.index("Báo cáo về") + 1] == "UBND huyện"
    assert "Theo dõi, đôn đốc" not in watching


def test_units_that_support_the_same_departments_share_a_sentence():
    made = plan(
        duty("Rà soát hộ nghèo."),
        duty("Chủ trì kiểm tra.", lead=["Sở Y tế", "Sở Tư pháp"], key="2"),
        duty("Chủ trì tuyên truyền.", lead=["Sở Tài chính"], key="3"),
        form=Form.IMPLEMENTING,
    )
    words = told(made)
    assert "2. Phòng Y tế, Phòng Tư pháp chủ động phối hợp với Sở Y tế, Sở Tư pháp thực hiện" in words
    assert "3. Phòng Tài chính - Kế hoạch chủ động phối hợp với Sở Tài chính thực hiện" in words
    assert "- Phòng Y tế;\n- Phòng Tư pháp;\n" in words


SOURCE = Source("a.pdf", "0", "application/pdf", 1, TextSource.DIGITAL)


def test_duties_of_an_attachment_are_in_the_letter_once():
    attached = document(duty("Tu bổ đê điều.", lead=[CLASS], key="2"), issuer=None, role=DocumentRole.ATTACHMENT)
    made = make_plan(Dispatch(SOURCE, (document(duty("Rà soát hộ nghèo.")), attached)), district(), date(2023, 9, 26))
    words = told(made)
    assert words.count("tu bổ đê điều.") == words.count("rà soát hộ nghèo.") == 1


@pytest.mark.parametrize(
    ("text", "signer"),
    [("Rà soát hộ nghèo.", "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH"), ("Nghiêm túc thực hiện.", "CHỦ TỊCH")],
)
def test_who_is_in_charge_of_the_field_signs(text, signer):
    made = plan(duty(text))
    assert made.signer is not None
    assert f"{signer}\n{made.signer.name}" in told(made)


def test_the_monitoring_office_has_one_item_for_all_it_does():
    follow = "heo dõi, đôn đốc, kiểm tra các cơ quan, đơn vị tổ chức triển khai thực hiện"
    leads = told(plan(duty("Tiếp công dân định kỳ."), duty("Rà soát hộ nghèo.", key="2")))
    assert f"Văn phòng HĐND và UBND huyện:\n- Tiếp công dân định kỳ.\n- Chủ trì t{follow}" in leads
    supports = told(
        plan(duty("Rà soát hộ nghèo."), duty("Chủ trì hướng dẫn.", lead=["Văn phòng UBND tỉnh"], key="2"), form=Form.IMPLEMENTING)
    )
    assert "2. Văn phòng HĐND và UBND huyện:\n- Chủ động phối hợp với Văn phòng UBND tỉnh thực hiện" in supports
    assert supports.count(follow) == leads.count(follow) == 1
    assert f"2. Văn phòng HĐND và UBND huyện t{follow}" in told(plan(duty("Rà soát hộ nghèo."), form=Form.IMPLEMENTING))


def test_what_is_wrong_with_a_day_is_remarked_on_once():
    made = plan(duty("Rà soát hộ nghèo.", due=[by("2023-09-27")]))
    letter = letter_of(made, made.today)
    assert letter is not None
    comments = [span.comment for paragraph in letter.paragraphs for span in paragraph.spans]
    assert sum("quá gần" in comment for comment in comments) == 1
