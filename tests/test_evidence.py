"""Every value rests on words of the paper, and those words lie where the evidence says: checked by other means than our reader's."""

import re
import unicodedata
from collections import defaultdict
from functools import cache

import pypdfium2
import pytest
from sample_files import FORMS, READ, Sample, label, walk

from extractors.legacy.recoding import recode
from extractors.legacy.tables import encoding
from extractors.readers import base

EACH = pytest.mark.parametrize("sample", READ, ids=label)
EVERY = pytest.mark.parametrize("form", FORMS)
SLACK_X_PT, SLACK_Y_PT = 4.0, 1.5
"""A box is cut to a part of a word with widths taken as even, so its side edges may miss half a capital."""
PLAIN = ("number", "symbol", "reference", "place", "date", "subject", "urgency", "secrecy", "filing")
PARTS = (("issuer", ("parent", "name")), ("signer", ("authority", "position", "name")))


def bare(text: str) -> str:
    """The characters without blanks, hyphens of every kind as one."""
    return re.sub(r"[\u00ad\u2010-\u2015\ufffe\x02]", "-", re.sub(r"\s+", "", unicodedata.normalize("NFC", text)))


def entries(sample: Sample, form: str):
    for document in sample.record(form)["documents"]:
        for pointer, found in document["evidence"].items():
            for entry in found:
                yield pointer, entry


@cache
def pages(sample: Sample):
    """PDFium's pages with the appearances of signature fields made part of them."""
    pdf = pypdfium2.PdfDocument(sample.file("pdf").read_bytes())
    for index in range(len(pdf)):
        pypdfium2.raw.FPDFPage_Flatten(pdf[index], pypdfium2.raw.FLAT_NORMALDISPLAY)
    return [(page.get_textpage(), page.get_height()) for page in (pdf[index] for index in range(len(pdf)))]


def words_in(sample: Sample, page: int, box: list[float]) -> str:
    text, height = pages(sample)[page - 1]
    x0, top, x1, bottom = box
    words = text.get_text_bounded(x0 - SLACK_X_PT, height - bottom - SLACK_Y_PT, x1 + SLACK_X_PT, height - top + SLACK_Y_PT)
    return recode(words, encoding(sample.source["fonts"])).text if "fonts" in sample.source else words


def lies_in(quote: str, words: str, sample: Sample) -> bool:
    """A stamp over a blank is drawn after the page, so its words come last: there each word is looked for by itself.

    Case is the font's in a paper from before Unicode.
    """
    if "fonts" in sample.source:
        quote, words = quote.lower(), words.lower()
    if sample.case.stamped:
        return all(part in bare(words) for part in re.findall(r"\w+", quote))
    return bare(quote) in bare(words)


@EACH
def test_quotes_of_a_pdf_lie_in_their_boxes(sample):
    found = list(entries(sample, "pdf"))
    assert found
    astray = [
        (pointer, entry["quote"], words_in(sample, entry["page"], entry["box"]))
        for pointer, entry in found
        if not lies_in(entry["quote"], words_in(sample, entry["page"], entry["box"]), sample)
    ]
    assert astray == []


@EACH
def test_boxes_are_lines_not_pages(sample):
    """A box that held half the page would prove nothing."""
    tall = [(pointer, entry["box"]) for pointer, entry in entries(sample, "pdf") if entry["box"][3] - entry["box"][1] > 24]
    assert tall == []


@EACH
def test_quotes_of_a_docx_stand_in_their_paragraphs(sample):
    paragraphs = defaultdict(str)
    for block in base.read(sample.file("docx").read_bytes()).blocks:
        for word in block.words:
            paragraphs[word.paragraph] += word.text
    found = list(entries(sample, "docx"))
    assert found
    assert [(p, e["quote"]) for p, e in found if bare(e["quote"]) not in bare(paragraphs[e["paragraph"]])] == []


def wanted(document):
    """The pointers that must have an entry: every value that is there."""
    yield "/type"
    yield from (f"/{name}" for name in PLAIN if document[name] is not None)
    yield from (f"/{name}/{part}" for name, parts in PARTS for part in parts if document[name][part] is not None)
    yield from (f"/{name}/{i}" for name in ("addressees", "references", "recipients") for i in range(len(document[name])))
    yield from wanted_below(document["duties"], "/duties")


def wanted_below(duties, pointer):
    for index, duty in enumerate(duties):
        here = f"{pointer}/{index}"
        yield here
        yield from (f"{here}/{name}/{i}" for name in ("lead", "support", "deadlines", "report_to") for i in range(len(duty[name])))
        yield from wanted_below(duty["children"], f"{here}/children")


@EVERY
@EACH
def test_every_value_has_evidence(sample, form):
    for document in sample.record(form)["documents"]:
        assert [pointer for pointer in wanted(document) if not document["evidence"].get(pointer)] == []


@EVERY
@EACH
def test_a_date_with_an_empty_day_has_evidence_too(sample, form):
    for document in sample.record(form)["documents"]:
        if any(document["date_printed"].values()):
            assert {"/date", "/date_printed"} & document["evidence"].keys()


@EVERY
@EACH
def test_no_evidence_without_a_value(sample, form):
    for document in sample.record(form)["documents"]:
        assert sorted(set(document["evidence"]) - set(wanted(document)) - {"/date_printed"}) == []


@EVERY
@EACH
def test_ids_tell_the_place(sample, form):
    for document in sample.record(form)["documents"]:
        ids = [duty["id"] for duty in walk(document["duties"])]
        assert len(ids) == len(set(ids))
