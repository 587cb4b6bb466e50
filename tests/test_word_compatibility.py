"""The drafts as other programs see them: by the rules of Open XML, and after LibreOffice has opened and saved them."""

import io
import json
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from docx_snippets import unpacked
from kinds_of_dispatch import ERAS, TOLD, Told, told
from lxml import etree
from open_xml import W, faults
from sample_files import said
from test_office import needs_office

from extractors.readers import office_convert
from extractors.reading import read_dispatch
from pipeline.drafting.docx_marks import CUSTOM_PART, source_in
from pipeline.drafting.draft import FORMS, draft_all, letter_of
from pipeline.planning.plan import Form
from pipeline.record import to_json, to_record

EACH = pytest.mark.parametrize("told", TOLD, ids=str)
SOURCE = "ab" * 32


def word_files(told: Told, form: Form | None = None) -> dict[str, bytes]:
    """The Word files of a dispatch by name."""
    plan = told.plan if form is None else replace(told.plan, form=form)
    letter = letter_of(plan, told.today, source=SOURCE)
    return {file.name: file.data for file in draft_all(plan, told.today, letter) if file.name.endswith(".docx")}


# ---- the rules


@EACH
def test_every_file_keeps_the_rules_of_open_xml(told):
    files = {**word_files(told), **{file.name: file.data for file in draft_all(told.plan, told.today) if file.name.endswith(".xlsx")}}
    assert {name: faults(data) for name, data in files.items() if faults(data)} == {}


@pytest.mark.parametrize("profile", ERAS)
@pytest.mark.parametrize("form", FORMS)
def test_either_form_keeps_them(profile, form):
    files = word_files(told("cong-van-so", profile), form)
    assert {name: faults(data) for name, data in files.items() if faults(data)} == {}


DOCUMENT, RELATIONS_OF = "word/document.xml", "word/_rels/document.xml.rels"
BROKEN = [
    (
        DOCUMENT,
        b'<w:pPr><w:pStyle w:val="CVIssuer"/>',
        b'<w:pPr><w:keepNext/><w:pStyle w:val="CVIssuer"/>',
        "order in pPr: keepNext pStyle",
    ),
    (DOCUMENT, b'<w:pStyle w:val="CVIssuer"/>', b'<w:pStyle w:val="Nowhere"/>', "no style Nowhere"),
    (DOCUMENT, b'<w:pStyle w:val="CVIssuer"/>', b'<w:pStyle w:val="CVIssuer"/><w:bold/>', "bold in pPr"),
    (DOCUMENT, b'<w:tcW w:w="3810"', b'<w:tcW w:w="3810.5"', "tcW w=3810.5 is no whole number"),
    (DOCUMENT, b'w:name="viec_1"', b'w:name="1 viec"', "bookmark 1 viec"),
    (DOCUMENT, b'<w:bookmarkEnd w:id="0"', b'<w:bookmarkEnd w:id="7"', "bookmarks without two ends"),
    (DOCUMENT, b"<w:commentRangeEnd", b"<w:commentRangeStart", "comments and commentRangeStart do not go together"),
    (DOCUMENT, b"<w:gridCol ", b'<w:gridCol w:w="1"/><w:gridCol ', "a row has other columns than its table"),
    (DOCUMENT, b"</w:p></w:tc>", b"</w:p><w:tbl/></w:tc>", "a cell does not end with a paragraph"),
    (RELATIONS_OF, b'Target="header1.xml"', b'Target="header9.xml"', "header9.xml is not there"),
    ("[Content_Types].xml", b"/word/header1.xml", b"/word/header9.xml", "/word/header9.xml: a content type and no part"),
]


@pytest.mark.parametrize(("part_name", "old", "new", "fault"), BROKEN)
def test_each_rule_sees_its_breach(part_name, old, new, fault):
    whole = word_files(told("cong-dien", "huyen-2023"))["du-thao.docx"]
    with zipfile.ZipFile(io.BytesIO(whole)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    assert old in parts[part_name]
    broken = unpacked({**parts, part_name: parts[part_name].replace(old, new, 1)})
    assert [told for told in faults(broken) if fault in told]


# ---- LibreOffice

SAVED = [told(kind, profile) for profile in ERAS for kind in sorted({one.kind for one in TOLD})]


@pytest.fixture(scope="module")
def saved(tmp_path_factory) -> dict[str, tuple[bytes, bytes]]:
    """Every Word file as ours and as LibreOffice saves it; one start of LibreOffice for all."""
    folder: Path = tmp_path_factory.mktemp("saved")
    (folder / "ours").mkdir()
    for one in SAVED:
        for name, data in word_files(one).items():
            (folder / "ours" / f"{one}-{name}").write_bytes(data)
    for profile in ERAS:
        for form in FORMS:
            (folder / "ours" / f"{form.value}-{profile}.docx").write_bytes(word_files(told("cong-van-so", profile), form)["du-thao.docx"])
    paths = sorted((folder / "ours").iterdir())
    subprocess.run(  # noqa: S603 - our own files
        [office_convert.program() or "", f"-env:UserInstallation={(folder / 'user').as_uri()}", "--headless", "--convert-to",
         "docx:MS Word 2007 XML", "--outdir", str(folder / "saved"), *map(str, paths)],
        check=True, capture_output=True, timeout=600,
    )  # fmt: skip
    return {path.name: (path.read_bytes(), (folder / "saved" / path.name).read_bytes()) for path in paths}


def part(data: bytes, name: str):
    """A part's tree; None without it: LibreOffice drops parts in which nothing stands."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return etree.fromstring(package.read(name)) if name in package.namelist() else None


def paragraphs(data: bytes) -> list[str]:
    return ["".join(node.text or "" for node in one.iter(W + "t")) for one in part(data, "word/document.xml").iter(W + "p")]


def comments(data: bytes) -> Iterator[tuple[str, str, str]]:
    """Author, words and what each comment is about."""
    about = dict(ranges(data, "commentRangeStart", "commentRangeEnd"))
    held = part(data, "word/comments.xml")
    for comment in () if held is None else held.iter(W + "comment"):
        words = "".join(node.text or "" for node in comment.iter(W + "t"))
        yield comment.get(W + "author"), words, about[comment.get(W + "id")]


def ranges(data: bytes, start: str, end: str) -> Iterator[tuple[str, str]]:
    """The words between two marks, by their id."""
    open_: dict[str, str] = {}
    for node in part(data, "word/document.xml").iter(W + start, W + end, W + "t"):
        if node.tag == W + "t":
            open_ = {name: words + (node.text or "") for name, words in open_.items()}
        elif node.tag == W + start:
            open_[node.get(W + "id")] = ""
        else:
            yield node.get(W + "id"), open_.pop(node.get(W + "id"))


def bookmarks(data: bytes) -> dict[str, str]:
    names = {node.get(W + "id"): node.get(W + "name") for node in part(data, "word/document.xml").iter(W + "bookmarkStart")}
    return {names[number]: words for number, words in ranges(data, "bookmarkStart", "bookmarkEnd")}


@needs_office
def test_libreoffice_opens_and_saves_every_file(saved):
    assert len(saved) > 2 * len(TOLD)
    assert any("Phụ lục" in paragraphs(ours) for ours, _ in saved.values())
    assert any("phieu-giao-viec" in name for name in saved)
    assert all(b"LibreOffice" in zipfile.ZipFile(io.BytesIO(theirs)).read("docProps/app.xml") for _, theirs in saved.values())


@needs_office
def test_words_comments_and_marks_survive(saved):
    for name, (ours, theirs) in saved.items():
        assert paragraphs(theirs) == paragraphs(ours), name
        assert sorted(comments(theirs)) == sorted(comments(ours)), name
        assert bookmarks(theirs) == bookmarks(ours), name
        assert source_in(part(theirs, CUSTOM_PART)) == source_in(part(ours, CUSTOM_PART)) == (SOURCE if "phieu" not in name else ""), name


@needs_office
def test_it_is_read_back_the_same(saved):
    for name, (ours, theirs) in saved.items():
        assert record(theirs) == record(ours), name


def record(data: bytes):
    return said(json.loads(to_json(to_record(read_dispatch(data, "x.docx")))))
