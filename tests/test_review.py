"""The review page: every finding marked where it stands, each decision with its why, doubts first; what a dispatch says is only text."""

import base64
import hashlib
import re
from dataclasses import replace
from datetime import date

import pytest
from docx_snippets import docx
from docx_snippets import p as paragraph
from hypothesis import given
from hypothesis import strategies as st
from review_pages import marks, of_sample, page, reviewed, shown, tree, with_main
from sample_files import READ, label
from test_record import evidence, found, party

from extractors.dispatch import Document, DocumentRole, Party, Signature, Succession, SuccessionKind
from extractors.errors import Problem, Severity
from extractors.evidence import Evidence, Grade, Missing, Reason, quote
from extractors.layout import Box, Layout, Page
from extractors.reading import read_file
from pipeline.case_reading import _without_places
from pipeline.drafting.coverage import Proof, Tally
from pipeline.review.decisions import Line
from pipeline.review.doubts import doubts_of
from pipeline.review.findings import findings_of
from pipeline.review.notes import signature_lines
from pipeline.review.page import page_of
from pipeline.review.paper import MOST_BLOCKS, paper_of
from pipeline.review.sheets import MOST_PICTURES, Left, Sheet, chosen, sheets_of

EACH = pytest.mark.parametrize("sample", READ, ids=label)
FORMS = pytest.mark.parametrize("form", ["pdf", "docx"])
PLAIN = next(sample for sample in READ if sample.name == "huyen-cong-van-tinh")


def all_findings(sample, form):
    return [one for document in findings_of(sample.dispatch(form)) for one in document.all()]


def bare(text):
    return re.sub(r"\s", "", text)


@FORMS
@EACH
def test_every_finding_has_its_place_on_the_paper_and_leads_back(sample, form):
    page_tree = tree(sample, form)
    for finding in all_findings(sample, form):
        item = page_tree.get_element_by_id(f"f{finding.number}")
        own = marks(page_tree, finding.number)
        assert bool(own) == finding.placed, finding
        assert (item.tag == "a") == finding.placed, finding
        if finding.placed:
            assert item.get("href") == f"#p{finding.number}"
            assert page_tree.get_element_by_id(f"p{finding.number}") is not None


@FORMS
@EACH
def test_every_link_has_its_target_and_every_anchor_is_one(sample, form):
    page_tree = tree(sample, form)
    ids = [one.get("id") for one in page_tree.iter() if isinstance(one.tag, str) and one.get("id")]
    assert len(ids) == len(set(ids))
    assert {link.get("href").removeprefix("#") for link in page_tree.iter("a")} <= set(ids)
    named = {one.get("aria-labelledby") for one in page_tree.iter() if isinstance(one.tag, str)} - {None}
    assert named <= set(ids)


@EACH
def test_the_marks_of_a_docx_hold_the_words_quoted(sample):
    page_tree = tree(sample, "docx")
    for finding in all_findings(sample, "docx"):
        quoted = "".join(dict.fromkeys(bare(piece.quote) for piece in finding.evidence if piece.paragraph is not None))
        assert bare("".join(mark.text_content() for mark in marks(page_tree, finding.number))) == quoted, finding


@FORMS
@EACH
def test_every_decision_is_told_with_its_why(sample, form):
    told = bare(tree(sample, form).get_element_by_id("ho-so").text_content())
    plan = of_sample(sample, form).plan
    whys = [why for a in plan.assignments for why in (*a.why, *(w for due in a.dues for w in due.why))]
    assert plan.assignments or not whys
    assert [why.text for why in whys if bare(why.text) not in told] == []
    leads = [a.lead.name for a in plan.assignments if a.lead is not None]
    assert [name for name in leads if bare(name) not in told] == []


def test_the_same_words_twice_in_a_paragraph_are_marked_where_they_are_meant():
    text = "Sở Y tế đề nghị các xã rà soát; Sở Y tế tổng hợp."
    layout = read_file(docx(paragraph(text)), "a.docx").layout
    block = next(layout.blocks)
    second = text.rindex("Sở Y tế")
    meant = Party("Sở Y tế", quote(block, second, second + len("Sở Y tế")))
    (document,) = findings_of(with_main(PLAIN.dispatch("docx"), recipients=(meant,)))
    (part,) = paper_of(layout, document.recipients).parts
    assert [(piece.text, bool(piece.findings)) for piece in part.pieces] == [
        (text[:second], False),
        ("Sở Y tế", True),
        (" tổng hợp.", False),
    ]


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 12)), max_size=8))
def test_a_paragraph_cut_into_marks_is_still_the_paragraph(stretches):
    layout = read_file(docx(paragraph("Sở Y tế đề nghị các xã rà soát; Sở Y tế tổng hợp.")), "a.docx").layout
    block = next(layout.blocks)
    parties = tuple(Party("x", quote(block, start, min(start + size, len(block.text)))) for start, size in stretches)
    findings = findings_of(with_main(PLAIN.dispatch("docx"), recipients=parties))[0].recipients
    (part,) = paper_of(layout, findings).parts
    assert "".join(piece.text for piece in part.pieces) == block.text
    for finding in findings:
        marked = "".join(piece.text for piece in part.pieces if finding in piece.findings)
        assert bare(marked) == bare("".join(piece.quote for piece in finding.evidence))


HOSTILE = "</style></script><script>alert(1)</script>]]><img src=x onerror=alert(2)>{{ 7*7 }}\"' onload='x\x00\u202e"


def test_hostile_text_is_text():
    dispatch, layout = PLAIN.dispatch("docx"), read_file(PLAIN.file("docx").read_bytes(), HOSTILE).layout
    page_tree = shown(
        with_main(dispatch, subject=found(HOSTILE), recipients=(party(HOSTILE),), place=Missing(Reason.AMBIGUOUS, (HOSTILE,))), layout
    )
    assert [one.text[:12] for one in page_tree.iter("script")] == ['"use strict"']
    assert not list(page_tree.iter("img"))
    assert not [
        one for one in page_tree.iter() if isinstance(one.tag, str) and any(name.startswith("on") or name == "style" for name in one.attrib)
    ]
    told = page_tree.text_content()
    assert "<script>alert(1)</script>" in told
    assert "{{ 7*7 }}" in told
    assert not {"\x00", "\u202e"} & set(told)


@FORMS
def test_the_policy_allows_the_page_s_own_script_and_style_and_nothing_else(form):
    text = page(PLAIN, form).decode("utf-8")
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)[1].replace("&#39;", "'")
    for kind, pattern in (("script", r"<script>(.*?)</script>"), ("style", r"<style>(.*?)</style>")):
        (own,) = re.findall(pattern, text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(own.encode("utf-8")).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    assert not re.findall(r'\b(?:src|href)="(?!#|data:)', text)


def test_the_same_input_gives_the_same_bytes():
    assert page_of(of_sample(PLAIN, "pdf")) == page_of(of_sample(PLAIN, "pdf"))


def test_a_failed_proof_comes_before_everything_else():
    ours = of_sample(PLAIN, "docx")
    fault = Problem("E301", "Nhiệm vụ 1.2 không có trong bản dự thảo.", Severity.ERROR, "trien-khai", "Hãy đối chiếu.")
    proof = Proof(4, 3, (Tally("Từ", 10, 1),), (fault,))
    made = page_of(type(ours)(ours.reading, ours.plan, "Công văn", "Đã soạn", proof, (Problem("W1", "Khác.", Severity.ERROR),)))
    text = made.decode("utf-8")
    assert text.index("E301") < text.index("W1") < text.index("chưa đạt")
    assert "✗ thiếu hoặc sai 1" in text
    assert "✗ 1 không có nguồn" in text


@pytest.mark.parametrize(
    ("values", "problems", "expected"),
    [
        ({}, (), []),
        ({"number": Missing(Reason.BLANK), "reference": Missing(Reason.BLANK)}, (), ["Số: để trống trên văn bản."]),
        (
            {"date": Missing(Reason.AMBIGUOUS, ("2023-09-19", "2023-02-30"))},
            (),
            ["Ngày ban hành: có nhiều khả năng; có thể là: 19/9/2023; 2023-02-30."],
        ),
        ({"parent": Missing(Reason.ABSENT)}, (), []),
        ({"issuer": Missing(Reason.ABSENT)}, (), ["Cơ quan ban hành: không có trên văn bản."]),
        ({"subject": found("họp", Grade.GUESSED)}, (), ["Trích yếu “họp”: chưa chắc chắn."]),
        ({"place": found("Tứ Kỳ", Grade.INFERRED)}, (), ["Địa danh “Tứ Kỳ”: suy ra."]),
        ({"issuer": Missing(Reason.ABSENT)}, (Problem("W220", "Không đọc được.", where="/issuer/name"),), ["Không đọc được."]),
        (
            {},
            (Problem("I1", "Hay.", Severity.INFO), Problem("W301", "Chọn đi.", where="nhiệm vụ 1.2")),
            ["Nhiệm vụ 1.2: Chọn đi.", "Hay."],
        ),
        (
            {},
            tuple(
                Problem(code, text, where=where)
                for code, text, where in (
                    ("W301", "Chọn đi.", "nhiệm vụ 1.2"),
                    ("W306", "Đã qua.", "nhiệm vụ 2"),
                    ("W302", "Xác nhận.", "nhiệm vụ 1.2"),
                )
            ),
            ["Nhiệm vụ 1.2: Chọn đi. Xác nhận.", "Nhiệm vụ 2: Đã qua."],
        ),
        ({"reference": Missing(Reason.BLANK, (), evidence("Số: /UBND", grade=Grade.REPAIRED))}, (), []),
        (
            {"subject": found("họp " * 40, Grade.REPAIRED)},
            (),
            ["Trích yếu “" + "họp " * 22 + "…”: chữ gốc bị lỗi, theo bảng mã cũ hoặc máy nhận dạng nhầm, đã sửa."],
        ),
        ({}, (Problem("W226", "Trang hỏng.", where="trang 3"),), ["Trang hỏng (trang 3)."]),
    ],
)
def test_what_a_reviewer_is_shown_first(values, problems, expected):
    documents = findings_of(with_main(PLAIN.dispatch("docx"), **values))
    assert [doubt.text for doubt in doubts_of(documents, (), problems)] == expected


def test_a_doubt_leads_to_its_duty_or_page():
    documents = findings_of(PLAIN.dispatch("docx"))
    problems = (Problem("W301", "Chọn đi.", where="nhiệm vụ 1.2"), Problem("W226", "Trang hỏng.", where="trang 3"))
    duty, sheet = doubts_of(documents, (), problems)
    assert next(item for item in documents[0].duties if item.key == "1.2").whole.number == duty.finding
    assert sheet.page == 3


@pytest.mark.parametrize(
    ("count", "marked", "expected"),
    [
        (1, (), (1,)),
        (3, (1, 2), (1, 2, 3)),
        (600, (5, 300), (1, 2, 4, 5, 6, 299, 300, 301)),
        (600, (600,), (1, 2, 599, 600)),
        (600, tuple(range(1, 601)), tuple(range(1, MOST_PICTURES + 1))),
    ],
)
def test_pages_that_are_shown(count, marked, expected):
    assert chosen(count, marked) == expected


def test_pages_left_out_are_named_and_not_drawn():
    pages = [Page(number, 595, 842) for number in range(1, 601)]
    asked = []
    out = sheets_of(pages, (), (), lambda numbers: asked.extend(numbers) or ())
    assert asked == [1, 2]
    assert [(type(one), getattr(one, "number", None) or (one.first, one.last)) for one in out] == [(Sheet, 1), (Sheet, 2), (Left, (3, 600))]
    assert not out[2].marked
    assert [one.picture for one in out[:2]] == [None, None]


def test_a_long_docx_is_cut_and_says_so():
    reading = read_file(docx(paragraph("Sở Y tế rà soát.") * (MOST_BLOCKS + 1)), "a.docx")
    assert "phần sau quá dài" in page_of(reviewed(reading)).decode("utf-8")


def test_an_attachment_s_findings_are_told_without_a_place():
    dispatch = PLAIN.dispatch("docx")
    attached = replace(_without_places(dispatch.main), role=DocumentRole.ATTACHMENT)
    both = replace(dispatch, documents=(dispatch.main, attached))
    page_tree = shown(both, read_file(PLAIN.file("docx").read_bytes(), "a.docx").layout)
    titles = [one.text for one in page_tree.iter("h2") if one.text.startswith("Văn bản")]
    assert titles == ["Văn bản đến", "Văn bản kèm theo 1", "Văn bản gốc"]
    unplaced = [one for one in findings_of(both)[1].all() if one.text]
    assert unplaced
    assert all(page_tree.get_element_by_id(f"f{one.number}").tag == "span" for one in unplaced)


def test_a_gap_is_filled_into_the_draft_where_there_is_one():
    documents = findings_of(with_main(PLAIN.dispatch("docx"), number=Missing(Reason.BLANK)))
    assert [doubts_of(documents, (), (), drafted=drafted)[0].remedy for drafted in (True, False)] == [
        "Hãy điền vào dự thảo theo bản gốc.",
        "Hãy xem bản gốc.",
    ]


def test_what_stands_on_a_page_left_out_is_told_with_its_page():
    pages = [Page(number, 595, 842) for number in range(1, 601)]
    pieces = tuple(Party(f"Sở {n}", (Evidence(f"Sở {n}", n, Box(80, 80, 200, 96), None),)) for n in range(1, 601))
    dispatch, layout = PLAIN.dispatch("pdf"), Layout("application/pdf", (), tuple(pages))
    bare_one = Document(recipients=pieces, type=dispatch.main.type)
    told = (Problem("W226", "Trang hỏng.", where="trang 3"), Problem("W226", "Trang hỏng.", where="trang 300"))
    page_tree = shown(replace(dispatch, documents=(bare_one,), problems=told), layout, PLAIN.file("pdf").read_bytes())
    targets = {one.get("id") for one in page_tree.iter() if isinstance(one.tag, str)}
    assert {link.get("href")[1:] for link in page_tree.iter("a")} <= targets
    assert {"Xem trang 3"} == {link.text for link in page_tree.iter("a") if (link.text or "").startswith("Xem trang")}
    first, last = (next(one for one in page_tree.iter() if one.text == f"Sở {n}") for n in (1, 600))
    assert (first.tag, last.tag) == ("a", "span")
    assert "(trang 600)" in last.getnext().text
    assert "Các trang 61–600: có điều máy đọc được nhưng không đủ chỗ" in page_tree.text_content()


@pytest.mark.parametrize(
    ("signature", "label", "text"),
    [
        (
            Signature("Nguyễn Văn A", "2023-10-02T08:05:00+07:00", "valid", "Đúng."),
            "hợp lệ",
            "Nguyễn Văn A, ký lúc 08:05 ngày 02/10/2023. Đúng.",
        ),
        (Signature(None, "hôm qua", "invalid"), "KHÔNG hợp lệ", "không rõ người ký, ký lúc hôm qua."),
        (Signature("B", None, "unsigned-stamp", "Bản in."), "chỉ là hình dấu", "B. Bản in."),
    ],
)
def test_signatures_are_told(signature, label, text):
    source = replace(PLAIN.dispatch("docx").source, signatures=(signature,))
    assert signature_lines(source) == (Line(f"Chữ ký số: {label}", text),)


def test_what_it_does_to_an_earlier_dispatch_is_told():
    earlier = Succession(SuccessionKind.REPLACES, "12/UBND-VP", date(2023, 1, 5), "UBND tỉnh")
    dispatch = with_main(PLAIN.dispatch("docx"), successions=(earlier,))
    page_tree = shown(dispatch, read_file(PLAIN.file("docx").read_bytes(), "a.docx").layout)
    assert "thay thế văn bản 12/UBND-VP ngày 05/01/2023 của UBND tỉnh" in page_tree.text_content()
