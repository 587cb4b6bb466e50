"""The DOCX reader against whole files: composed dispatches with their contents, malformed documents, random trees."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from docx_snippets import docx, p, r
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.errors import DispatchError
from extractors.layout import Block, Column, Layout
from extractors.readers.docx import read
from extractors.text import nfc, squeeze

SHARED = Path(__file__).parents[2] / "shared"
CASES = sorted(path for path in (SHARED / "dev" / "files").glob("*.docx") if (SHARED / "dev" / "cases" / f"{path.stem}.yaml").is_file())
HOSTILE = sorted((SHARED / "corpus" / "hostile" / "docx").glob("*.docx"))


def shared(paths: list[Path]) -> list[object]:
    return list(paths) or [pytest.param(None, marks=pytest.mark.skip(reason="the shared folder is not beside the project"))]


def planned(entries: list[dict[str, object]]) -> list[tuple[str, str]]:
    """(marker, text) of every paragraph that a case lays out, in order."""
    out: list[tuple[str, str]] = []
    for entry in entries:
        if "p" in entry:
            out.append(("", str(entry["p"])))
            continue
        duty = entry.get("duty", entry)
        assert isinstance(duty, dict)
        out.append((str(duty.get("marker", "")), str(duty.get("text", ""))))
        out.extend(planned(duty.get("children", [])))
    return [(marker, squeeze(nfc(text))) for marker, text in out if text]


def marked(block: Block) -> str:
    return f"{block.marker} {block.text}".strip()


@pytest.mark.parametrize("path", shared(CASES), ids=lambda path: path.stem if path else "")
def test_every_paragraph_of_a_case_is_one_block(path):
    case = yaml.safe_load((SHARED / "dev" / "cases" / f"{path.stem}.yaml").read_text("utf-8"))
    blocks = [marked(block) for block in read(path.read_bytes()).blocks if block.column is Column.FULL]
    at = 0
    for marker, text in planned(case["body"]):
        wanted = f"{marker} {text}".strip()
        assert wanted in blocks[at:], wanted
        at += blocks[at:].index(wanted) + 1


@pytest.mark.parametrize("path", shared(CASES), ids=lambda path: path.stem if path else "")
def test_letterhead_and_signature_of_a_case_stand_in_columns(path):
    case = yaml.safe_load((SHARED / "dev" / "cases" / f"{path.stem}.yaml").read_text("utf-8"))
    sides = {column: [nfc(block.text) for block in read(path.read_bytes()).blocks if block.column is column] for column in Column}
    assert any(f"/{case['symbol']}" in text for text in sides[Column.LEFT])
    assert sides[Column.LEFT].index("Nơi nhận:") > 0
    assert sides[Column.RIGHT][0] == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert sides[Column.RIGHT][-1] == case["signer"]["name"]


@pytest.mark.parametrize("path", shared(HOSTILE), ids=lambda path: path.stem if path else "")
def test_malformed_documents_give_a_layout_or_a_refusal(path):
    try:
        layout = read(path.read_bytes())
    except DispatchError as error:
        assert error.problem().remedy
    else:
        assert any(block.words for block in layout.blocks)


TAGS = st.sampled_from(
    [
        "p",
        "r",
        "t",
        "pPr",
        "rPr",
        "numPr",
        "ilvl",
        "numId",
        "tbl",
        "tr",
        "tc",
        "tcPr",
        "trPr",
        "gridSpan",
        "vMerge",
        "gridBefore",
        "sdt",
        "sdtContent",
        "ins",
        "del",
        "br",
        "tab",
        "sym",
        "fldChar",
        "fldSimple",
        "instrText",
        "pStyle",
        "jc",
        "ind",
        "b",
        "sz",
        "vanish",
        "color",
        "pict",
        "drawing",
        "txbxContent",
        "hyperlink",
        "smartTag",
        "sectPr",
        "headerReference",
    ]
)
VALUES = st.sampled_from(
    ["", "0", "1", "-3", "99999999999999999999", "1e400", "nan", "x", "continue", "begin", "separate", "end", "F0B7", "center"]
)


@st.composite
def trees(draw: st.DrawFn, depth: int = 5) -> str:
    tag = draw(TAGS)
    attributes = "".join(
        f' w:{name}="{draw(VALUES)}"' for name in ("val", "char", "fldCharType", "left", "firstLine", "w") if draw(st.booleans())
    )
    children = "".join(draw(st.lists(trees(depth - 1), max_size=3))) if depth else draw(st.sampled_from(["", "chữ", "Số: 1/A"]))
    return f"<w:{tag}{attributes}>{children}</w:{tag}>"


@settings(max_examples=150)
@given(st.lists(trees(), max_size=4), trees(), trees())
def test_any_tree_of_elements_gives_a_layout_or_a_refusal(body, numbering, styles):
    data = docx(p("mốc") + "".join(body), numbering=numbering, styles=styles, footnotes=styles, header1=numbering)
    try:
        layout = read(data)
    except DispatchError:
        return
    assert isinstance(layout, Layout)


@settings(max_examples=60)
@given(st.binary(max_size=4), st.floats(0, 1))
def test_damaged_bytes_give_a_layout_or_a_refusal(damage, place):
    data = docx(p(r("Giao Sở A", "b")) * 20, numbering="", styles="")
    at = int(place * len(data))
    try:
        read(data[:at] + damage + data[at + len(damage) :])
    except DispatchError as error:
        assert error.code
