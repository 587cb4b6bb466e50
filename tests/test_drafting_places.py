"""Where a duty stands in the source, as the draft cites it."""

from dataclasses import replace

import pytest
from drafting_plans import duty

from extractors.dispatch import DutyKind
from pipeline.drafting.places import duty_place, listed_places
from pipeline.planning.plan import Assignment, Relevance


def at(*markers, product="", document=0):
    above = tuple(duty(str(n), marker, "Nhóm", kind=DutyKind.GROUP) for n, marker in enumerate(markers[:-1]))
    return Assignment(duty("9", markers[-1], "Báo cáo", product=product), Relevance.MINE, document, above)


PLACES = [
    (at("II.", "3."), "mục II.3"),
    (at("1.", "1.1."), "mục 1.1"),
    (at("II.", "3.", "a)"), "điểm a mục II.3"),
    (at("Phần II", "3."), "mục 3 Phần II"),
    (at("Điều 2.", "2."), "khoản 2 Điều 2"),
    (at("Điều 2.", "2.", "a)"), "điểm a khoản 2 Điều 2"),
    (at("Điều 2.", "đ)"), "điểm đ Điều 2"),
    (at("Điều 12.", "-"), "Điều 12"),
    (at("Chương II", "Điều 7", "1.", "-"), "khoản 1 Điều 7"),
    (at("-"), ""),
    # rows of an assignment table: their numbers stand bare in a cell
    (at("II", "2"), "mục II.2 Phụ lục"),
    (at("II.", "2.", product="Báo cáo"), "mục II.2 Phụ lục"),
    (at("1", "1.1"), "mục 1.1 Phụ lục"),
    (at("II.", "2.", document=1), "mục II.2 văn bản kèm theo"),
]


def test_a_table_above_the_signature_is_no_appendix():
    assert duty_place(replace(at("II.", "2.", product="Báo cáo"), in_text=True)) == "mục II.2"


@pytest.mark.parametrize(("assignment", "place"), PLACES)
def test_the_place(assignment, place):
    assert duty_place(assignment) == place


def test_places_together():
    assert listed_places([at("II.", "2."), at("I", "2"), at("I", "4"), at("-"), at("I", "4")]) == "mục II.2 và mục I.2, I.4 Phụ lục"
    assert listed_places([at("Điều 2", "1."), at("Điều 2", "3."), at("Điều 4")]) == "khoản 1, 3 Điều 2 và Điều 4"
    assert listed_places([]) == ""
