"""The same dispatch as PDF and as DOCX gives the same record, apart from where the words stand and what the file is."""

import pytest
from sample_files import FORMS, READ, label

PLACES = ("pages", "evidence")


def facts(sample, form):
    record = sample.record(form)
    documents = [{key: value for key, value in document.items() if key not in PLACES} for document in record["documents"]]
    return {"schema": record["schema"], "text": record["source"]["text"], "documents": documents}


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
