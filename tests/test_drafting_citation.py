"""The incoming dispatch as the draft cites it: what it carries out, and which doubts are worth a comment."""

from dataclasses import replace
from datetime import date

import pytest
from drafting_plans import district, found, seen

from extractors.dispatch import DocumentType, Reference, Role
from extractors.evidence import Grade
from pipeline.drafting.citation import Citation
from pipeline.drafting.coverage import prove
from pipeline.drafting.draft import render


def cite(type_code, number, issuer=None):
    reference = Reference(type_code, number, date(2023, 8, 1), issuer, Role.IMPLEMENTS, seen(number))
    plan = district()
    return Citation(replace(plan, source=replace(plan.source, references=(reference,)))).chain()


CARRIED_OUT = [
    ("CT", "27/CT-TTg", "Thủ tướng Chính phủ"),
    ("CT", "27/CT-TTg", None),
    ("CV", "512/BNV-CCHC", "Bộ Nội vụ"),
    ("CV", "2001/VPCP-KSTT", None),
    ("KH", "12/KH-UBND", "UBND huyện Tứ Kỳ"),
]
ITS_OWN = [  # "Tiếp theo Công văn số …"
    ("CV", "2001/UBND-NC", None),
    ("CV", "2001/UBND-NC", "UBND tỉnh"),
    ("KH", "12/KH-UBND", "Ủy ban nhân dân tỉnh Hải Dương"),
    ("KH", "12/KH-UBND", None),
]


@pytest.mark.parametrize("case", CARRIED_OUT)
def test_what_the_dispatch_carries_out_is_cited(case):
    assert len(cite(*case)) == 1


@pytest.mark.parametrize("case", ITS_OWN)
def test_an_earlier_document_of_the_same_issuer_is_not(case):
    assert cite(*case) == []


@pytest.mark.parametrize(("code", "name", "comment"), [("CV", "Công văn", False), ("TB", "Thông báo", True)])
def test_the_type_of_a_cong_van_is_never_printed_and_needs_no_comment(code, name, comment):
    plan = district()
    kind = found(DocumentType(code, name), "V/v", grade=Grade.INFERRED)
    citation = Citation(replace(plan, source=replace(plan.source, type=kind)))
    assert bool(citation.register.notes[citation.cited().type.note].comment) is comment


def test_the_name_of_a_cited_type_is_nothing_invented():
    reference = Reference("ĐA", "77/ĐA-UBKT", date(2023, 8, 1), "UBND huyện Tứ Kỳ", Role.IMPLEMENTS, seen("ĐA số 77/ĐA-UBKT"))
    plan = district()
    plan = replace(plan, source=replace(plan.source, references=(reference,)))
    draft = render(plan, "trien-khai", plan.today)
    assert any("Đề án số 77/ĐA-UBKT" in paragraph.text for paragraph in draft.paragraphs)
    assert prove(plan, draft).problems == ()


@pytest.mark.parametrize(
    ("code", "name", "subject", "told"),
    [
        ("NQ", "Nghị quyết", "Về kết quả giám sát", "Nghị quyết … về kết quả giám sát"),
        ("CTr", "Chương trình", "Hành động về phòng, chống thiên tai", "Chương trình hành động … về phòng, chống thiên tai"),
        (
            "CTr",
            "Chương trình",
            "Hành động thực hiện Nghị quyết số 57-NQ/TW",
            "Chương trình hành động … về thực hiện Nghị quyết số 57-NQ/TW",
        ),
        ("KH", "Kế hoạch", "Triển khai Tháng hành động vì trẻ em", "Kế hoạch … về triển khai Tháng hành động vì trẻ em"),
    ],
)
def test_the_subject_follows_its_type_without_a_word_twice(code, name, subject, told):
    plan = district()
    source = replace(plan.source, type=found(DocumentType(code, name)))
    cited = Citation(replace(plan, source=source, implements=replace(plan.implements, type_name=name, subject=subject))).cited()
    assert f"{cited.type} … {cited.about} {cited.subject}" == told
