"""Samples typed before Unicode: what they store is not what they show, and the reviewer is told so."""

import io
import zipfile

import pytest
from compose_font import old_font
from compose_legacy import FONTS, SHAPES, store, typed
from PIL import ImageFont
from sample_files import FORMS, READ, label

from extractors.legacy.recoding import headings_raised, in_capitals, recode
from extractors.legacy.tables import encoding

OLD = [sample for sample in READ if "fonts" in sample.source]
EACH = pytest.mark.parametrize("sample", OLD, ids=label)


def codes(sample, form):
    return {problem.code for problem in sample.dispatch(form).problems}


def test_each_encoding_of_offices_has_a_sample():
    assert {sample.source["fonts"] for sample in OLD} == set(FONTS)


@EACH
@pytest.mark.parametrize("form", FORMS)
def test_the_reviewer_is_told(sample, form):
    guessed = form == "pdf" and sample.source.get("fonts_missing", False)
    assert codes(sample, form) & {"I241", "W241"} == ({"I241", "W241"} if guessed else {"I241"})


@EACH
def test_the_file_stores_other_letters_than_it_shows(sample):
    with zipfile.ZipFile(sample.file("docx")) as package:
        text = package.read("word/document.xml").decode("utf-8")
    subject = "".join(part for part, _ in typed(sample.case.subject, encoding(sample.source["fonts"])))
    assert sample.case.subject not in text
    assert subject in text


LINES = [
    ("tcvn3", "Ủy ban nhân dân", [("ñ", True), ("y ban nh©n d©n", False)]),
    ("tcvn3", "SỞ Y TẾ", [("së", True), (" ", False), ("Y", False), (" ", False), ("tÕ", True)]),
    ("vni", "SỞ Y TẾ", [("SÔÛ Y TEÁ", False)]),
]


@pytest.mark.parametrize(("name", "text", "parts"), LINES)
def test_letters_are_typed_as_people_typed_them(name, text, parts):
    known = encoding(name)
    made = list(typed(text, known))
    assert "".join(part for part, _ in made) == "".join(part for part, _ in parts)
    shown = (in_capitals(recode(part, known).text) if high else recode(part, known).text for part, high in made)
    assert headings_raised("".join(shown)) == text
    assert store(text.lower(), known) != text.lower()


def test_a_font_shows_other_shapes_under_the_same_characters():
    shapes = SHAPES / "LiberationSerif-Regular.ttf"
    if not shapes.exists():
        pytest.skip("fonts-liberation is not installed")
    made = old_font(shapes.read_bytes(), ".VnTime", "Regular", {"\u00b8": "á", "\u00df": "ò"})
    own, free = (ImageFont.truetype(io.BytesIO(data), 40) for data in (made, shapes.read_bytes()))
    assert own.getname() == (".VnTime", "Regular")
    for stored, letter in (("\u00b8", "á"), ("\u00df", "ò"), ("x", "x")):
        assert bytes(own.getmask(stored)) == bytes(free.getmask(letter))
