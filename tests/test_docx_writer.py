"""The Word file: named styles, page numbers from page 2, comments, fixed metadata, the same bytes every time."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import docx
import pytest
from drafting_plans import commune, district, gaps
from lxml import etree

from pipeline.drafting.blocks import Cell, Draft, Paragraph, Row, Section, Span, Table
from pipeline.drafting.docx_dump import text_dump
from pipeline.drafting.docx_metrics import width_pt
from pipeline.drafting.docx_styles import style_id
from pipeline.drafting.docx_writer import COMMENT_AUTHOR, write
from pipeline.drafting.docx_xml import q
from pipeline.drafting.draft import FORMS, render
from pipeline.drafting.house_style import house_style

DAY = date(2024, 2, 29)


def draft(*parts) -> Draft:
    return Draft("mau", "Tên", "UBND xã", DAY, parts)


def paragraph(style: str, *texts: str) -> Paragraph:
    return Paragraph(style, tuple(Span(text) for text in texts))


def part(data: bytes, name: str):
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return etree.fromstring(package.read(name))


def rendered(plan) -> bytes:
    return write(render(plan, FORMS[plan.form], plan.today))


PLANS = {"district": district, "commune": commune, "gaps": gaps}


@pytest.mark.parametrize("name", PLANS)
def test_the_same_plan_gives_the_same_bytes(name: str) -> None:
    assert rendered(PLANS[name]()) == rendered(PLANS[name]())


@pytest.mark.parametrize("name", PLANS)
def test_only_named_styles_dress_the_words(name: str) -> None:
    document = part(rendered(PLANS[name]()), "word/document.xml")
    known = {style_id(style.id) for style in house_style().paragraphs}
    for node in document.iter(q("p")):
        properties = node.find(q("pPr"))
        assert properties.find(q("pStyle")).get(q("val")) in known
        # A rule's border and indents, and a section's end, are the only direct formatting.
        assert {child.tag for child in properties} <= {q("pStyle"), q("pBdr"), q("ind"), q("sectPr")}
    for node in document.iter(q("rPr")):
        assert {child.tag for child in node} == {q("rStyle")}


def test_styles_are_words_own_objects() -> None:
    document = docx.Document(io.BytesIO(rendered(district())))
    body = document.styles["CV Nội dung"]
    assert (body.font.size.pt, document.styles["CV Tiêu ngữ"].font.bold) == (14, True)
    assert round(body.paragraph_format.first_line_indent.mm, 1) == 12.7
    assert body.paragraph_format.space_after.pt == 6
    assert document.styles.element.find(f".//{q('rFonts')}").get(q("ascii")) == "Times New Roman"


def test_paper_and_page_numbers() -> None:
    document = docx.Document(io.BytesIO(rendered(district())))
    first, appendix = document.sections
    assert [
        round(x.mm)
        for x in (first.page_width, first.page_height, first.top_margin, first.bottom_margin, first.left_margin, first.right_margin)
    ] == [210, 297, 20, 20, 30, 20]
    assert round(appendix.page_width.mm) == 297
    for section in (first, appendix):
        assert section.different_first_page_header_footer
        assert section.header.paragraphs[0].style.name == "CV Số trang"
        assert "PAGE" in section.header._element.xml
        assert [p.text for p in section.first_page_header.paragraphs if p.text] == []
    assert appendix._sectPr.find(q("pgNumType")).get(q("start")) == "1"


def test_comments_stand_on_doubtful_spots() -> None:
    data = rendered(gaps())
    document = docx.Document(io.BytesIO(data))
    comments = list(document.comments)
    assert {comment.author for comment in comments} == {COMMENT_AUTHOR}
    assert {comment.timestamp.date() for comment in comments} == {gaps().today}
    told = "\n".join(comment.text for comment in comments)
    for words in (
        "Thiếu số, ký hiệu",
        "2710",
        "Thiếu ngày ban hành",
        "“đã ký lên văn bản này” (trang 3)",
        "Chưa xác định được đơn vị chủ trì",
        "đã qua",
        "người ký",
    ):
        assert words in told
    root = part(data, "word/document.xml")
    for tag in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        assert sorted(int(node.get(q("id"))) for node in root.iter(q(tag))) == list(range(len(comments)))


def test_a_comment_is_told_once() -> None:
    twice = Paragraph("body", (Span("a", "Vì sao."), Span(" b "), Span("c", "Vì sao."), Span("d", "Khác.")))
    assert text_dump(write(draft(twice))).splitlines() == ["CV Nội dung | a{1} b cd{2}", "{1} Vì sao.", "{2} Khác."]


def test_gaps_are_shaded_by_a_style() -> None:
    root = part(rendered(gaps()), "word/document.xml")
    gap = [run for run in root.iter(q("r")) if "[…………]" in "".join(run.itertext())]
    assert gap
    assert {run.find(f"{q('rPr')}/{q('rStyle')}").get(q("val")) for run in gap} == {"CVGap"}


def test_metadata_is_the_authoritys_and_fixed() -> None:
    data = write(draft(paragraph("body", "a")))
    core = docx.Document(io.BytesIO(data)).core_properties
    assert (core.author, core.last_modified_by, core.title) == ("UBND xã", "UBND xã", "Tên")
    assert core.created.date() == core.modified.date() == DAY
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        everything = b"".join(package.read(info) for info in package.infolist()).lower()
    assert b"python" not in everything
    assert b"macintosh" not in everything


def test_tables_repeat_their_head_and_keep_rows_whole() -> None:
    head = Row((Cell((paragraph("table-head", "TT"),)), Cell((paragraph("table-head", "Việc"),))), head=True)
    row = Row((Cell((paragraph("cell", "a"),), columns=2),))
    root = part(write(draft(Table("grid", (30, 70), (head, row)))), "word/document.xml")
    rows = list(root.iter(q("tr")))
    assert [r.find(f"{q('trPr')}/{q('tblHeader')}") is not None for r in rows] == [True, False]
    assert all(r.find(f"{q('trPr')}/{q('cantSplit')}") is not None for r in rows)
    widths = [int(cell.get(q("w"))) for cell in root.iter(q("gridCol"))]
    assert sum(widths) == round(160 * 1440 / 25.4)
    assert root.find(f".//{q('gridSpan')}").get(q("val")) == "2"
    assert root.find(q("body"))[-2].tag == q("p")  # Word wants a paragraph after the last table


@pytest.mark.parametrize(
    ("share", "text", "style", "bold"), [(1.0, "Độc lập - Tự do - Hạnh phúc", "motto", True), (0.4, "ỦY BAN NHÂN DÂN", "issuer", True)]
)
def test_a_rule_is_as_long_as_its_share_of_the_text(share: float, text: str, style: str, bold: bool) -> None:
    cell = Cell((paragraph(style, text), Paragraph("rule", (), share)))
    root = part(write(draft(Table("letterhead", (), (Row((cell, Cell(()))),)))), "word/document.xml")
    indent = root.find(f".//{q('ind')}")
    column = int(root.find(f".//{q('gridCol')}").get(q("w")))
    length = (column - int(indent.get(q("left"))) - int(indent.get(q("right")))) / 20
    assert length == pytest.approx(width_pt(text, house_style().by_id[style].size_pt, bold=bold) * share, abs=0.2)


def test_widths_are_those_of_the_printers_metrics() -> None:
    metrics = pytest.importorskip("reportlab.pdfbase.pdfmetrics")
    for text in ("CONG HOA XA HOI CHU NGHIA VIET NAM", "Doc lap - Tu do - Hanh phuc", "UBND 0123456789/&?"):
        assert width_pt(text, 13, bold=True) == pytest.approx(metrics.stringWidth(text, "Times-Bold", 13))
        assert width_pt(text, 13) == pytest.approx(metrics.stringWidth(text, "Times-Roman", 13))


def test_a_section_starts_a_page_and_turns_it() -> None:
    root = part(write(draft(paragraph("body", "a"), Section(landscape=True), paragraph("body", "b"))), "word/document.xml")
    assert [size.get(q("orient")) for size in root.iter(q("pgSz"))] == [None, "landscape"]


@pytest.mark.parametrize("text", ["a & b < c > \"d\" 'e'", "{{7*7}}", "<w:p/>", "  hai  khoảng  ", "x" * 1_000_000])
def test_text_arrives_as_it_is(text: str) -> None:
    root = part(write(draft(Paragraph("body", (Span(text, comment=text),)))), "word/document.xml")
    assert "".join(root.find(f".//{q('r')}").itertext()) == text
