"""The proof finds what is missing, doubled or invented."""

from __future__ import annotations

from dataclasses import replace

import pytest
from drafting_plans import commune, district, gaps

from extractors.dispatch import DutyKind
from pipeline.drafting.blocks import Draft, Paragraph, Span
from pipeline.drafting.coverage import prove
from pipeline.drafting.draft import FORMS, render, render_sheet
from pipeline.drafting.items import lead_groups


def drafted(plan) -> Draft:
    return render(plan, FORMS[plan.form], plan.today)


def codes(plan, draft: Draft) -> list[str]:
    return [problem.code for problem in prove(plan, draft).problems]


@pytest.mark.parametrize("make", [district, commune, gaps])
def test_a_sound_draft_is_proved(make) -> None:
    proof = prove(make(), drafted(make()))
    assert proof.problems == ()
    assert proof.once == proof.duties == len([a for a in make().mine if a.duty.kind is DutyKind.DUTY])
    assert all(tally.checked and not tally.unexplained for tally in proof.tallies if tally.kind != "Số, ký hiệu")


@pytest.mark.parametrize("make", [district, commune, gaps])
def test_a_task_sheet_invents_nothing(make) -> None:
    plan = make()
    for group in lead_groups(plan):
        assert "E303" not in codes(plan, render_sheet(plan, group, plan.today))


def without(draft: Draft, key: str) -> Draft:
    return replace(draft, parts=tuple(p for p in draft.parts if not (isinstance(p, Paragraph) and any(s.duty == key for s in p.spans))))


def test_a_lost_duty_is_found() -> None:
    plan = district()
    proof = prove(plan, without(drafted(plan), "4"))
    (problem,) = proof.problems
    assert (problem.code, "4" in problem.message) == ("E301", True)
    assert proof.once == proof.duties - 1


def test_a_doubled_duty_is_found() -> None:
    plan = district()
    draft = drafted(plan)
    twice = next(p for p in draft.parts if isinstance(p, Paragraph) and any(s.duty == "4" for s in p.spans))
    assert codes(plan, replace(draft, parts=(*draft.parts, twice))) == ["E301"]


def blunted(span: Span) -> Span:
    return replace(span, text=span.text.replace("25/3/2026", "")) if span.duty else span


def test_a_duty_that_lost_a_figure_is_found() -> None:
    plan = commune()
    draft = drafted(plan)
    parts = tuple(replace(part, spans=tuple(map(blunted, part.spans))) if isinstance(part, Paragraph) else part for part in draft.parts)
    assert codes(plan, replace(draft, parts=parts)) == ["E302"]


@pytest.mark.parametrize(
    "invented",
    [
        "Hoàn thành trước ngày 31/12/2031.",
        "Theo Công văn số 999/UBND-XYZ.",
        "Theo Công văn số 731-CV/VPTU.",
        "Giao Zimbabwe thực hiện.",
        "Đạt 87 %.",
    ],
)
def test_what_nobody_said_is_found(invented: str) -> None:
    plan = commune()
    draft = drafted(plan)
    worse = replace(draft, parts=(Paragraph("body", (Span(invented),)), *draft.parts))
    assert set(codes(plan, worse)) == {"E303"}
    sound, proof = prove(plan, draft), prove(plan, worse)
    assert sum(tally.unexplained for tally in proof.tallies) == len(proof.problems) - len(sound.problems)
    assert sum(tally.checked for tally in proof.tallies) > sum(tally.checked for tally in sound.tallies)
