"""Sentences about the effect of the document itself are told from acts."""

import pytest
from planning_builders import duty, plan

from pipeline.planning.effect import without_effect
from pipeline.planning.plan import Relevance

CASES = [
    ("Quyết định này có hiệu lực kể từ ngày ký.", ""),
    ("Quyết định nêu trên có hiệu lực kể từ ngày 01/01/2025 và thay thế Quyết định số 12/QĐ-UBND; rà soát hồ sơ.", "rà soát hồ sơ."),
    ("Rà soát hồ sơ. Văn bản này thay thế Công văn số 12/UBND-VP.", "Rà soát hồ sơ."),
    ("Báo cáo sau khi Quyết định này có hiệu lực.", "Báo cáo sau khi Quyết định này có hiệu lực."),
    ("Tuyên truyền để Quyết định này có hiệu lực trong dân.", "Tuyên truyền để Quyết định này có hiệu lực trong dân."),
]


@pytest.mark.parametrize(("text", "left"), CASES)
def test_the_effect_sentence_goes(text, left):
    assert without_effect(text) == left


def test_a_duty_that_is_only_the_effect_is_not_drafted():
    made = plan(duty("Rà soát hộ nghèo."), duty("Quyết định này có hiệu lực kể từ ngày ký.", key="2"))
    assert [a.relevance for a in made.assignments] == [Relevance.MINE, Relevance.GENERAL]
