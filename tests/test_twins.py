"""The same dispatch as PDF, DOCX and scan gives the same record, apart from where the words stand, how surely, and what the file is."""

import json
from difflib import SequenceMatcher
from pathlib import Path

import pytest
from sample_files import FORMS, READ, SCANNED, label, said
from test_ocr import needs_engine

from extractors.reading import read_dispatch
from pipeline.record import to_json, to_record


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


# --- composed cases of the shared folder, where they lie there as PDF, DOCX and scan ----------------------------------------------------

FILES = Path(__file__).parents[2] / "shared" / "dev" / "files"
CASES = [path.name.removesuffix("-scan.pdf") for path in sorted(FILES.glob("*-scan.pdf"))] or [
    pytest.param("", marks=pytest.mark.skip(reason="the shared folder is not beside the project"))
]
ALIKE = {"subject": 0.95, "text": 0.99, "filing": 0.8, "signer/authority": 0.85, "references/reference": 0.85}
"""Field → likeness of its letters to the typed twin's, as measured with a margin of one letter; what is not named here must be equal."""
MOST_UNLIKE = 2
"""Values of a record that a scan may give otherwise: measured 0."""


def told(name):
    return said(json.loads(to_json(to_record(read_dispatch((FILES / name).read_bytes(), name)))))


def values(value, path=()):
    """Each single value of a record with its path, list positions apart."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from values(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from values(inner, (*path, index))
    else:
        yield path, value


def likeness(path):
    """How alike a field's letters must be; by its own name or with the one above it."""
    names = [key for key in path if isinstance(key, str) and key != "children"]
    return ALIKE.get("/".join(names[-2:]), ALIKE.get(names[-1], 1.0) if names[-1] in ("subject", "text", "filing") else 1.0)


@pytest.mark.parametrize("case", CASES)
def test_composed_twins_say_the_same(case):
    assert told(f"{case}.pdf") == told(f"{case}.docx")


@needs_engine
@pytest.mark.parametrize("case", CASES)
def test_a_composed_scan_says_what_its_typed_twin_says_but_for_letters(case):
    typed, scanned = dict(values(told(f"{case}.pdf"))), dict(values(told(f"{case}-scan.pdf")))
    assert scanned.keys() == typed.keys()
    unlike = {path: (typed[path], scanned[path]) for path in typed if typed[path] != scanned[path]}
    for path, (right, read_as) in unlike.items():
        floor = likeness(path)
        assert floor < 1.0, (path, right, read_as)
        assert SequenceMatcher(None, str(right), str(read_as), autojunk=False).ratio() >= floor, (path, right, read_as)
    assert len(unlike) <= MOST_UNLIKE
