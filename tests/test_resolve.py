"""Words that point back to a cited document, and the document that a dispatch implements."""

from datetime import date

import pytest

from extractors.dispatch import Reference, Role
from extractors.evidence import Evidence, Found, Grade, Missing, Reason
from extractors.resolve import antecedent, implemented

LETTER = Reference("CV", "4120/UBND-NC", date(2024, 6, 5), evidence=(Evidence("4120/UBND-NC", 1, None, None),))
NOTICE = Reference("TB", "41/TB-VPCP", evidence=(Evidence("41/TB-VPCP", 1, None, None),))
PLAN = Reference("KH", "88/KH-UBND", role=Role.IMPLEMENTS)
OTHER_PLAN = Reference("KH", "12/KH-UBND", role=Role.IMPLEMENTS)


@pytest.mark.parametrize(
    ("phrase", "before", "expected"),
    [
        ("Công văn nêu trên", [NOTICE, LETTER], LETTER),
        ("Thông báo này", [NOTICE, LETTER], NOTICE),
        ("nội dung văn bản nêu trên", [LETTER], LETTER),
        ("văn bản nêu trên", [LETTER, LETTER], LETTER),
        ("các nội dung trên", [PLAN], PLAN),
    ],
)
def test_the_only_document_of_that_type_is_meant(phrase, before, expected):
    found = antecedent(phrase, before)
    assert isinstance(found, Found)
    assert found.value == expected
    assert all(evidence.grade is Grade.INFERRED for evidence in found.evidence)


def test_several_documents_are_shown_and_none_is_chosen():
    found = antecedent("văn bản nêu trên", [LETTER, NOTICE])
    assert found == Missing(Reason.AMBIGUOUS, ("4120/UBND-NC", "41/TB-VPCP"), LETTER.evidence + NOTICE.evidence)
    assert antecedent("Kế hoạch này", [PLAN, OTHER_PLAN]).candidates == ("88/KH-UBND", "12/KH-UBND")


@pytest.mark.parametrize(("phrase", "before"), [("Kế hoạch này", [LETTER, NOTICE]), ("văn bản nêu trên", [])])
def test_a_document_that_is_not_cited_is_absent(phrase, before):
    assert antecedent(phrase, before) == Missing(Reason.ABSENT)


@pytest.mark.parametrize(
    ("references", "subject", "expected"),
    [
        ([PLAN, LETTER], "tăng cường quản lý đất đai", PLAN),
        ([PLAN, OTHER_PLAN], "tăng cường quản lý đất đai", PLAN),
        ([PLAN, OTHER_PLAN], "triển khai Kế hoạch số 12/KH-UBND", OTHER_PLAN),
        ([LETTER, NOTICE], "về kết luận tại Thông báo số 41/TB - VPCP", NOTICE),
        ([LETTER, NOTICE], "tăng cường quản lý đất đai", None),
        ([], "triển khai Kế hoạch số 12/KH-UBND", None),
    ],
)
def test_the_implemented_document(references, subject, expected):
    assert implemented(references, subject) == expected
