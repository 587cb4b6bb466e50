"""The same dispatch as PDF, DOCX and scan gives the same record, apart from where the words stand, how surely, and what the file is."""

import pytest
from sample_files import FORMS, READ, SCANNED, label, said
from test_ocr import needs_engine


def facts(sample, form):
    record = sample.record(form)
    return {"schema": record["schema"], "text": record["source"]["text"], "documents": said(record)}


@pytest.mark.parametrize("sample", READ, ids=label)
def test_twins_say_the_same(sample):
    assert facts(sample, "pdf") == facts(sample, "docx")


@pytest.mark.parametrize("sample", READ, ids=label)
def test_twins_are_planned_the_same(sample):
    told = [
        [(a.key, a.relevance, a.lead, a.support, a.due_day, a.internal_due, a.internal_rrule) for a in sample.plan(form).assignments]
        for form in FORMS
    ]
    assert told[0] == told[1]


@pytest.mark.parametrize("sample", READ, ids=label)
def test_twins_ground_the_same_values(sample):
    grounded = [[sorted(document["evidence"]) for document in sample.record(form)["documents"]] for form in FORMS]
    assert grounded[0] == grounded[1]


@needs_engine
@pytest.mark.parametrize(("sample", "form"), SCANNED, ids=label)
def test_a_scan_says_what_its_typed_twin_says(sample, form):
    told = sample.record(form)
    assert told["source"]["text"] == "ocr"
    assert said(told) == said(sample.record("pdf"))
    assert [sorted(document["evidence"]) for document in told["documents"]] == [
        sorted(document["evidence"]) for document in sample.record("pdf")["documents"]
    ]
