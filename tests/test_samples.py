"""Each sample gives the record, the plan and the draft that a person has read; the refused ones are refused for their reason."""

import json
from collections.abc import Iterator

import pytest
from sample_files import FORMS, READ, REFUSED, Sample, label

from extractors import errors
from extractors.reading import read_dispatch
from pipeline.drafting.docx_dump import text_dump
from pipeline.drafting.docx_writer import write
from pipeline.drafting.draft import FORMS as TEMPLATES
from pipeline.drafting.draft import draft_all, render
from pipeline.planning.plan import Assignment, Plan


def record_of(sample: Sample) -> str:
    """The record without what names the file, and without boxes: test_evidence holds those, whatever PDFium's last digits."""
    record = json.loads(json.dumps(sample.record("pdf")))
    for key in ("name", "sha256"):
        del record["source"][key]
    for document in record["documents"]:
        for found in document["evidence"].values():
            for entry in found:
                del entry["box"]
    return json.dumps(record, ensure_ascii=False, indent=1) + "\n"


def about(assignment: Assignment) -> Iterator[str]:
    yield f"{assignment.key} {assignment.relevance.value}: {assignment.duty.text}"
    leads = [unit.id for unit in (assignment.lead, *assignment.co_leads) if unit]
    for name, ids in (("lead", leads), *((n, [u.id for u in getattr(assignment, n)]) for n in ("support", "monitors", "candidates"))):
        if ids:
            yield f"    {name}: {', '.join(ids)}"
    for due in assignment.dues:
        rule = due.internal_rrule or due.deadline.rrule or "-"
        yield f"    due: {due.deadline.text} -> last day {due.last_day}, internal {due.internal}, {rule}"
    if assignment.flags:
        yield f"    flags: {', '.join(assignment.flags)}"
    yield from (f"    why {why.rule}: {why.text}" for why in assignment.why)


def plan_text(plan: Plan) -> str:
    lines = [
        f"form: {plan.form.value}",
        f"signer: {' / '.join(plan.authority_lines)} / {plan.signer.name if plan.signer else '-'}",
        f"addressees: {', '.join(unit.id for unit in plan.addressees) or '-'}",
        f"recipients: {'; '.join(plan.recipients)}",
        f"symbol: {plan.symbol}; filing: {plan.filing}",
        *(f"why {why.rule}: {why.text}" for why in plan.why),
        *(f"problem {problem.code} {problem.where}: {problem.message}" for problem in plan.problems),
        *(line for assignment in plan.assignments for line in about(assignment)),
    ]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("sample", READ, ids=label)
def test_the_record(sample, golden):
    golden(sample.folder / "expected" / "record.json", record_of(sample))


@pytest.mark.parametrize("sample", READ, ids=label)
def test_the_plan(sample, golden):
    golden(sample.folder / "expected" / "plan.txt", plan_text(sample.plan("pdf")))


@pytest.mark.parametrize("sample", READ, ids=label)
def test_the_draft(sample, golden):
    plan = sample.plan("pdf")
    drafted = bool(draft_all(plan, sample.today))
    assert drafted or not plan.mine
    expected = sample.folder / "expected" / "draft.txt"
    if drafted:
        golden(expected, text_dump(write(render(plan, TEMPLATES[plan.form], sample.today))))
    else:
        assert not expected.exists(), "a draft is expected of a dispatch that assigns us nothing"


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("sample", REFUSED, ids=label)
def test_refusals(sample, form):
    if not sample.file(form).exists():
        pytest.skip("this sample has the other form only")
    with pytest.raises(getattr(errors, sample.source["refused"])) as refusal:
        read_dispatch(sample.file(form).read_bytes(), sample.file(form).name)
    problem = refusal.value.problem()
    assert problem.message
    assert problem.remedy


@pytest.mark.parametrize("sample", [s for s in REFUSED if (s.folder / "case.toml").exists()], ids=label)
def test_a_refusal_tells_nothing_of_the_text(sample):
    with pytest.raises(errors.DispatchError) as refusal:
        read_dispatch(sample.file("pdf").read_bytes(), "x.pdf")
    told = str(refusal.value) + repr(refusal.value.problem())
    assert not any(words in told for words in (sample.case.subject, sample.case.number, sample.case.signer))
