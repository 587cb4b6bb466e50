"""One file's way: the status, the name a clerk gives the dispatch, and what makes two papers the same."""

from datetime import date
from pathlib import Path

import pytest
from test_record import document, found

from extractors.dispatch import DocumentType
from extractors.errors import EmptyFile, SecretDocument
from extractors.evidence import ABSENT, Grade
from pipeline.outcome import Status
from pipeline.planning.plan import Form
from pipeline.profile import load
from pipeline.stages import RECORD_NAME, identity_of, process, title_of

SAMPLES = Path(__file__).parents[1] / "samples"
DAY = date(2023, 10, 5)
PROFILE = load(SAMPLES / "profiles" / "huyen-2023.toml")


def paper(name, form="docx"):
    return (SAMPLES / name / f"{name}.{form}").read_bytes()


@pytest.mark.parametrize(
    ("values", "title"),
    [
        ({"date": found(date(2023, 9, 19))}, "Công văn số 2718/UBND-VP ngày 19/9/2023 của UBND tỉnh Hải Dương"),
        ({"date": found(date(2023, 2, 3))}, "Công văn số 2718/UBND-VP ngày 03/02/2023 của UBND tỉnh Hải Dương"),
        ({"reference": ABSENT}, "Công văn chưa có số của UBND tỉnh Hải Dương"),
        ({"issuer": ABSENT}, "Công văn số 2718/UBND-VP"),
        ({"type": ABSENT}, "Văn bản số 2718/UBND-VP của UBND tỉnh Hải Dương"),
        ({"type": found(DocumentType("CT", "Chỉ thị"))}, "Chỉ thị số 2718/UBND-VP của UBND tỉnh Hải Dương"),
    ],
)
def test_a_dispatch_as_a_clerk_calls_it(values, title):
    assert title_of(document(**values)) == title


def test_number_day_and_issuer_make_two_papers_the_same():
    whole = {"date": found(date(2023, 9, 19))}
    assert identity_of(document(**whole)) == ("2718/ubnd-vp", "2023-09-19", "ubnd tỉnh hải dương")
    shouted = document(**whole, reference=found("2718/UBND-VP"), issuer=found("UBND TỈNH HẢI DƯƠNG"))
    assert identity_of(shouted) == identity_of(document(**whole))


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"date": found(date(2023, 9, 19), Grade.GUESSED)},
        {"date": found(date(2023, 9, 19)), "reference": ABSENT},
        {"date": found(date(2023, 9, 19)), "issuer": ABSENT},
        {"date": found(date(2023, 9, 19)), "issuer": found("UBND tỉnh", Grade.GUESSED)},
    ],
    ids=["blank day", "guessed day", "no number", "no issuer", "guessed issuer"],
)
def test_what_is_missing_or_guessed_makes_no_identity(values):
    assert identity_of(document(**values)) == ("", "", "")


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_a_dispatch_that_assigns_becomes_drafts(form):
    product = process(paper("huyen-so-noi-vu", form), f"a.{form}", PROFILE, DAY)
    assert product.status in (Status.DRAFTED, Status.NEEDS_REVIEW)
    assert {output.kind for output in product.outputs} == {"dispatch", "task_sheet", "table", "calendar", "review", "plan", "record"}
    assert product.outputs[-1].name == RECORD_NAME
    assert not [problem for problem in product.problems if problem.code.startswith("E")], "coverage is proved"
    assert [stage for stage, _ in product.timings] == ["read", "plan", "draft", "prove", "review"]


def test_an_invitation_becomes_a_record_and_its_review_page_only():
    product = process(paper("huyen-giay-moi"), "a.docx", PROFILE, DAY)
    assert product.status is Status.NO_DUTY
    assert [output.kind for output in product.outputs] == ["review", "record"]
    assert [problem.code for problem in product.problems if problem.code.startswith("I")] == ["I310"]


def test_a_paper_without_number_needs_review():
    assert process(paper("huyen-chua-co-so"), "a.docx", PROFILE, DAY).status is Status.NEEDS_REVIEW


def test_the_form_asked_for_is_made():
    forms = {form: process(paper("huyen-so-noi-vu"), "a.docx", PROFILE, DAY, form).outputs[0].data for form in (None, *Form)}
    assert len(set(forms.values())) == 2, "the plan's own choice is one of the two"


def test_the_same_input_makes_the_same_bytes():
    first, second = (process(paper("huyen-cong-van-tinh"), "a.docx", PROFILE, DAY) for _ in range(2))
    assert first.outputs == second.outputs


@pytest.mark.parametrize(("data", "error"), [(b"", EmptyFile), (b"\x00 \n" * 10, EmptyFile), (paper("huyen-dong-dau-mat"), SecretDocument)])
def test_what_cannot_or_must_not_be_read_is_refused(data, error):
    with pytest.raises(error):
        process(data, "a", PROFILE, DAY)


def test_what_the_ledger_keeps_of_a_dispatch_is_what_its_plan_and_record_say():
    product = process(paper("huyen-cong-van-tinh"), "cv.docx", PROFILE, DAY)
    assert product.title.startswith(f"{product.paper.type} số {product.paper.reference} ngày ")
    assert product.title.endswith(f" của {product.paper.issuer}")
    assert product.paper.subject
    keys = [task.key for task in product.tasks]
    assert keys
    assert len(keys) == len(set(keys))
    assert all(task.text and task.state.value == "open" for task in product.tasks)
    assert any(task.lead and task.lead_ids and task.due and task.internal_due <= task.due for task in product.tasks)
