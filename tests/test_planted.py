"""Every fact that was put into a composed sample is found where it was put, and no duty is found where none was put."""

import pytest
from sample_files import FORMS, READ, label, walk

EVERY = pytest.mark.parametrize("form", FORMS)
EACH = pytest.mark.parametrize("sample", READ, ids=label)


def printed_day(case):
    return {"year": case.day.year, "month": case.day.month, "day": None if case.blank else case.day.day}


@EVERY
@EACH
def test_letterhead(sample, form):
    case, document = sample.case, sample.document(form)
    assert document["type"]["code"] == case.reads["type"]
    assert document["issuer"] == {"parent": case.reads["parent"] or None, "name": case.reads["issuer"]}
    assert document["symbol"] == case.symbol
    assert (document["number"], document["reference"]) == ((None, None) if case.blank else (case.number, case.reference))
    assert document["place"] == case.place
    assert document["date_printed"] == printed_day(case)
    assert document["date"] == (None if case.blank else case.day.isoformat())
    assert document["subject"] == case.reads.get("subject", case.subject)
    assert document["urgency"] == case.reads.get("urgency")


@EVERY
@EACH
def test_a_blank_is_told_as_blank(sample, form):
    gaps = {gap["field"]: gap["reason"] for gap in sample.document(form)["gaps"]}
    if sample.case.blank:
        assert gaps["/number"] == gaps["/reference"] == gaps["/date"] == "blank"
    else:
        assert not {"/number", "/reference", "/date"} & gaps.keys()


@EVERY
@EACH
def test_addressees_recipients_signer(sample, form):
    case, document = sample.case, sample.document(form)
    assert document["addressees"] == list(case.addressees)
    assert document["recipients"] == list(case.recipients)
    assert document["filing"] == case.filing
    signer = {"authority": case.reads["authority"] or None, "position": case.reads["position"], "name": case.signer}
    assert document["signer"] == signer


@EVERY
@EACH
def test_references(sample, form):
    assert [entry["reference"] for entry in sample.document(form)["references"]] == sample.case.reads.get("references", [])


@EVERY
@EACH
def test_duties(sample, form):
    found = list(walk(sample.document(form)["duties"]))
    planted = list(sample.case.facts())
    assert [(duty["kind"], duty["marker"], duty["text"]) for duty in found] == [(fact.kind, fact.marker, fact.text) for fact in planted]


def by_text(sample, form):
    found = {(duty["marker"], duty["text"]): duty for duty in walk(sample.document(form)["duties"])}
    return [(fact, found.get((fact.marker, fact.text), {})) for fact in sample.case.facts()]


@EVERY
@EACH
def test_who_leads_and_who_supports(sample, form):
    told = [(fact.text, d.get("lead"), d.get("support"), d.get("inherited")) for fact, d in by_text(sample, form)]
    assert told == [(fact.text, list(fact.lead), list(fact.support), fact.inherited) for fact in sample.case.facts()]


@EVERY
@EACH
def test_deadlines(sample, form):
    keys = ("text", "kind", "due", "before", "rrule")
    told = [(fact.text, [tuple(due[key] for key in keys) for due in d.get("deadlines", [])]) for fact, d in by_text(sample, form)]
    assert told == [(fact.text, [tuple(getattr(due, key) for key in keys) for due in fact.due]) for fact in sample.case.facts()]
