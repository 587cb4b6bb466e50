"""Words that point back to a cited document: the only one is meant, several are shown."""

from datetime import date

import pytest
from paper import block

from extractors.dispatch import Reference, Role
from extractors.evidence import Evidence, Found, Grade, Missing, Reason
from extractors.resolve import antecedent, unclear

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


CITES_TWO = "Thực hiện Kế hoạch số 88/KH-UBND ngày 02/6/2025 và Kế hoạch số 12/KH-UBND ngày 05/6/2025."


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ([CITES_TWO, "Tiếp tục thực hiện Kế hoạch nêu trên."], ["“Kế hoạch nêu trên” là văn bản nào: 88/KH-UBND; 12/KH-UBND"]),
        ([CITES_TWO, "Tiếp tục thực hiện các Kế hoạch nêu trên."], []),
        (["Thực hiện Kế hoạch số 88/KH-UBND.", "Tiếp tục thực hiện Kế hoạch nêu trên."], []),
        ([CITES_TWO, "Kế hoạch nêu trên.", "Kế hoạch nêu trên."], ["“Kế hoạch nêu trên”"]),
        (["Tiếp tục thực hiện Công văn nêu trên.", CITES_TWO], []),
    ],
)
def test_a_doubtful_link_is_told_once(lines, told):
    problems = list(unclear([block(line) for line in lines]))
    assert len(problems) == len(told)
    assert all(words in problem.message for words, problem in zip(told, problems, strict=True))
