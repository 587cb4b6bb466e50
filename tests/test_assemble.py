"""Words with boxes to the paragraphs a clerk sees: pages are drawn line by line, the paragraphs are what is expected."""

from collections import Counter
from dataclasses import replace

import pytest
from drawn_pages import LEFT, LONG, MOTTO, NATIONAL, OTHER, RIGHT, body, centred, closing, letterhead, sheet, told, width, words
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.layout import Block, Box, Column, Word
from extractors.readers import rows
from extractors.readers.assemble import assemble

# --- letterhead ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("gap", [8.0, 12.0, 40.0])
def test_the_left_column_comes_before_the_right_one(gap):
    head = letterhead(
        "UBND HUYỆN YÊN SƠN", "PHÒNG NỘI VỤ", "Số: 41/NV-TH", "V/v rà soát hồ sơ cán bộ", "không chuyên trách cấp xã", gap=gap
    )
    assert told(assemble([sheet(head, body(LONG))])) == [
        ("L", "UBND HUYỆN YÊN SƠN"),
        ("L", "PHÒNG NỘI VỤ"),
        ("L", "Số: 41/NV-TH"),
        ("L", "V/v rà soát hồ sơ cán bộ không chuyên trách cấp xã"),
        ("R", NATIONAL),
        ("R", MOTTO),
        ("R", "Yên Sơn, ngày 04 tháng 5 năm 2024"),
        ("F", LONG),
    ]


def test_blanks_for_number_and_day_are_no_gutters():
    head = letterhead("ỦY BAN NHÂN DÂN", "XÃ YÊN SƠN", "Số: ·· /UBND-VP", date="Yên Sơn, ngày ·· tháng 5 năm 2024")
    lines = [text for column, text in told(assemble([sheet(head, body(LONG))])) if column != "F"]
    assert "Số: /UBND-VP" in lines
    assert "Yên Sơn, ngày tháng 5 năm 2024" in lines


def test_an_urgency_stamp_below_the_subject_is_a_block_of_its_own():
    head = letterhead("ỦY BAN NHÂN DÂN", "XÃ YÊN SƠN", "Số: 5/UBND-VP", "V/v chuẩn bị ứng phó mưa lớn")
    found = assemble([sheet(head, centred(132, "HỎA TỐC", 155, 12, bold=True), body(LONG))])
    assert told(found)[3:5] == [("L", "V/v chuẩn bị ứng phó mưa lớn"), ("L", "HỎA TỐC")]


def test_addressees_beside_a_long_subject_are_running_text():
    head = letterhead("ỦY BAN NHÂN DÂN", "XÃ YÊN SƠN", "Số: 5/UBND-VP", "V/v chuẩn bị các điều kiện", "phục vụ kỳ thi tốt nghiệp")
    aside = words(124, 300, "Kính gửi: Hiệu trưởng các trường.", 13)
    found = told(assemble([sheet(head, aside, body(LONG))]))
    assert found[3] == ("L", "V/v chuẩn bị các điều kiện phục vụ kỳ thi tốt nghiệp")
    assert found[-2:] == [("F", "Kính gửi: Hiệu trưởng các trường."), ("F", LONG)]


def test_rules_under_issuer_and_motto_are_no_text():
    head = letterhead("ỦY BAN NHÂN DÂN", "XÃ YÊN SƠN", "Số: 5/UBND-VP")
    rules = [*centred(80, "______", 155, 6), *centred(80, "____________", 400, 6)]
    assert not [text for _, text in told(assemble([sheet(head, rules, body(LONG))])) if "_" in text]


def test_a_mark_broken_in_its_narrow_frame_is_one_mark():
    head = letterhead("BỘ CÔNG THƯƠNG", "Số: 5/BCT-VP", "V/v chuẩn bị ứng phó mưa lớn")
    frame = centred(124, "THƯỢNG", 155, 12, bold=True) + centred(138, "KHẨN", 155, 12, bold=True)
    assert ("L", "THƯỢNG KHẨN") in told(assemble([sheet(head, frame, body(LONG))]))


def test_title_and_date_broken_in_a_narrow_column_stay_in_it():
    lines = ("CỘNG HÒA XÃ HỘI", "CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh", "phúc", "Yên Sơn, ngày 04 tháng", "5 năm 2024")
    right = [word for i, line in enumerate(lines) for word in centred(60 + 16 * i, line, 450, 12)]
    left = centred(60, "XÃ YÊN SƠN", 155, 12) + centred(92, "Số: 5/QĐ-UBND", 155, 12)
    found = told(
        assemble([sheet(left, right, centred(190, "QUYẾT ĐỊNH", bold=True), body("Căn cứ Luật số 72/2025/QH15 ngày 16 tháng 6 năm 2025;"))])
    )
    assert [text for column, text in found if column == "R"] == list(lines)
    assert [column for column, _ in found[-2:]] == ["F", "F"]


# --- closing -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("start", [300.0, 330.0, 400.0])
def test_each_recipient_and_each_line_of_the_signature_is_a_block(start):
    found = told(assemble([sheet(body(LONG, OTHER + "./."), closing(start=start))]))
    assert found[2:] == [
        ("L", "Nơi nhận:"),
        ("L", "- Như trên;"),
        ("L", "- Thường trực Huyện ủy (báo cáo);"),
        ("L", "- Các Ủy viên Ủy ban nhân dân huyện và Trưởng các phòng, ban;"),
        ("L", "- Lưu: VT."),
        ("R", "KT. CHỦ TỊCH"),
        ("R", "PHÓ CHỦ TỊCH"),
        ("R", "Lý Văn Sáng"),
    ]


def test_a_list_of_recipients_goes_on_over_the_page():
    first = sheet(body(LONG), words(780, LEFT, "Nơi nhận:", 12) + words(780, 400, "CHỦ TỊCH", 13) + words(795, LEFT, "- Như trên;", 11))
    second = sheet(words(70, LEFT, "- Các phòng, ban;", 11) + words(85, LEFT, "- Lưu: VT.", 11), number=2)
    assert told(assemble([first, second]))[-2:] == [("L", "- Các phòng, ban;"), ("L", "- Lưu: VT.")]


def test_a_name_beside_a_recipient_on_the_next_page_stays_the_signatures():
    first = sheet(body(LONG), words(765, LEFT, "Nơi nhận:", 12) + words(765, 400, "KT. CHỦ TỊCH", 13) + words(780, LEFT, "- Như trên;", 11))
    beside = words(99, LEFT, "theo lĩnh vực;", 11) + words(99, 400, "Lò Văn Pán", 13, bold=True)
    second = sheet(words(85, LEFT, "- Các chuyên viên Văn phòng", 11), beside, words(113, LEFT, "- Lưu: VT.", 11), number=2)
    assert told(assemble([first, second]))[-3:] == [
        ("L", "- Các chuyên viên Văn phòng theo lĩnh vực;"),
        ("L", "- Lưu: VT."),
        ("R", "Lò Văn Pán"),
    ]


def test_a_centred_office_in_a_decision_opens_no_closing():
    found = assemble([sheet(centred(200, "GIÁM ĐỐC", bold=True), body(LONG, OTHER))])
    assert told(found)[0] == ("F", "GIÁM ĐỐC")
    assert found.items[0].centred


# --- paragraphs ----------------------------------------------------------------------------------------


def test_lines_of_a_paragraph_are_joined_and_counted():
    found = assemble([sheet(body(LONG, OTHER))])
    assert told(found) == [("F", LONG), ("F", OTHER)]
    lines = [word.line for word in found.items[0].words]
    assert lines == sorted(lines)
    assert set(lines) == set(range(max(lines) + 1))
    assert len(found.items[0].lines) == max(lines) + 1 > 1


def test_a_paragraph_cut_by_the_page_is_one_block():
    whole = body(LONG + " " + OTHER, y=760.0)
    below = [word for word in whole if word.box.bottom > 790]
    above = [word for word in whole if word.box.bottom <= 790]
    moved = [replace(word, box=replace(word.box, top=word.box.top - 720, bottom=word.box.bottom - 720)) for word in below]
    found = assemble([sheet(body(OTHER), above), sheet(centred(40, "2", size=13), moved, number=2)])
    assert told(found) == [("F", OTHER), ("F", LONG + " " + OTHER)]
    assert found.items[1].pages == (1, 2)
    assert [block.text for block in found.furniture] == ["2"]


@pytest.mark.parametrize("marker", ["1.", "12.", "2.1.", "a)", "đ)", "-", "–", "+", "I.", "Điều 3."])
def test_a_marker_opens_a_paragraph(marker):
    texts = [f"{marker} {LONG}", f"{marker} {OTHER}"]
    assert [text for _, text in told(assemble([sheet(body(*texts))]))] == texts


def test_markers_without_indent_open_paragraphs_too():
    texts = [f"1. {LONG}.", f"2. {OTHER}."]
    assert [text for _, text in told(assemble([sheet(body(*texts, first=0.0))]))] == texts


@pytest.mark.parametrize("wrapped", ["2. tháng sau", "- xã hội của huyện"])
def test_what_looks_like_a_marker_at_a_wrapped_line_is_none(wrapped):
    """The first line is full to its end and breaks off in a sentence, the second starts at the left edge."""
    first = words(300, LEFT + 35, "Báo cáo tình hình thực hiện các chương trình kinh tế quý II, gửi trước ngày", gap=0.53)
    found = assemble([sheet(body(LONG, y=240), first, words(318, LEFT, wrapped + " theo quy định."), body(OTHER, y=336))])
    assert len(found.items) == 3
    assert wrapped in found.items[1].text


def test_a_paragraph_ends_where_the_next_word_would_have_fitted():
    """No indent, no marker, no gap between paragraphs: the line that ends early tells."""
    ragged = words(300, LEFT, "Các đơn vị báo cáo kết quả về Văn phòng trước ngày 20 tháng 5 năm 2024.") + words(
        318, LEFT, "Giao Văn phòng theo dõi."
    )
    found = assemble([sheet(body(LONG, y=200, first=0.0), ragged)])
    assert [text for _, text in told(found)][-1] == "Giao Văn phòng theo dõi."


def test_two_first_lines_below_each_other_are_two_paragraphs():
    texts = ["Căn cứ Luật Tổ chức chính quyền địa phương số 72/2025/QH15 ngày 16 tháng 6 năm 2025;", "Căn cứ Luật Thú y;"]
    assert width(texts[0]) + 35 > 0.9 * (RIGHT - LEFT)
    assert [text for _, text in told(assemble([sheet(body(*texts, LONG))]))][:2] == texts


def test_hanging_lines_belong_to_their_bullet():
    drawn = words(300, LEFT + 18, "• Tăng cường kiểm tra, giám sát việc chấp hành kỷ luật, kỷ cương hành chính; xử", gap=0.45)
    drawn += words(318, LEFT + 36, "nghiêm các trường hợp vi phạm;") + words(336, LEFT + 18, "• Bố trí kinh phí.")
    assert len(assemble([sheet(body(LONG, y=240), drawn)]).items) == 3


def test_chapters_are_centred_titles():
    found = assemble([sheet(centred(200, "Chương I", bold=True), centred(218, "QUY ĐỊNH CHUNG", bold=True), body(LONG, OTHER))])
    assert [(item.text, item.centred) for item in found.items[:2]] == [("Chương I", True), ("QUY ĐỊNH CHUNG", True)]


def test_a_wide_gap_parts_paragraphs():
    first = body(LONG, y=300, first=0.0)
    second = body(OTHER, y=max(w.box.bottom for w in first) + 45, first=0.0)
    assert len(assemble([sheet(first, second)]).items) == 2


def test_titles_are_centred_blocks_of_one_weight_and_case():
    title = "Kết luận của Chủ tịch Ủy ban nhân dân huyện tại hội nghị giao ban"
    rest = "công tác tháng 4 năm 2024"
    drawn = centred(200, "THÔNG BÁO", bold=True) + centred(218, title, bold=True) + centred(236, rest, bold=True)
    found = assemble([sheet(drawn, body(LONG, OTHER))])
    assert [(item.text, item.centred) for item in found.items[:2]] == [("THÔNG BÁO", True), (f"{title} {rest}", True)]
    assert not found.items[2].centred


def test_a_balanced_list_line_is_not_centred():
    line = "- Chủ tịch Ủy ban nhân dân các xã;"
    x = (LEFT + RIGHT) / 2 - width(line) / 2
    found = assemble([sheet(words(200, x, line), words(218, x, "- Trưởng thôn."), body(LONG))])
    assert [item.centred for item in found.items[:2]] == [False, False]


def test_the_first_line_says_how_far_a_paragraph_is_indented():
    assert assemble([sheet(body(LONG, OTHER))]).items[0].indent == pytest.approx(35, abs=2)


# --- words broken at a line's end ----------------------------------------------------------------------

BROKEN = [
    ("159/TB-", "VPCP", True),
    ("2718/", "UBND-VP", True),
    ("18/2024/NĐ-", "CP", True),
    ("KH-", "UBND", True),
    ("LĐ-", "TBXH", True),
    ("2021-", "2025", True),
    ("15/11/202", "5", True),
    ("15/11/20", "25", True),
    ("15/11/2025", "5", False),
    ("-", "Thương", False),
    ("động-", "thương", False),
    ("và/", "hoặc", False),
    ("Kinh", "tế", False),
    ("số", "12", False),
]


@pytest.mark.parametrize(("left", "right", "glued"), BROKEN)
def test_a_symbol_broken_at_a_lines_end_is_healed(left, right, glued):
    healed = rows.healed([Word(left, 1, Box(0, 0, 9, 9), line=0), Word(right, 1, Box(0, 9, 9, 18), line=1)])
    assert Block(healed).text == (left + right if glued else f"{left} {right}")


def test_what_the_reader_cut_at_a_hyphen_stays_glued_whatever_its_case():
    healed = rows.healed([Word("kinh-", 1, Box(0, 0, 9, 9), line=0), Word("tế", 1, Box(0, 9, 9, 18), glued=True, line=1)])
    assert Block(healed).text == "kinh-tế"


# --- nothing is lost -----------------------------------------------------------------------------------

TOKENS = st.sampled_from(
    ["Nơi", "nhận:", "-", "KT.", "CHỦ", "TỊCH", "a)", "1.", "159/TB-", "VPCP", "V/v", "Kính", "gửi:", "ngày", "tháng", "năm", "Số:", "12",
     "CỘNG", "HÒA", "XÃ", "HỘI", "Người", "ký:", "ĐẾN", "Lưu:", "PHỤ", "LỤC", "xã;", "huyện.", "Điều", "2024"]
)  # fmt: skip
PLACED = st.tuples(TOKENS, st.floats(-50, 640), st.floats(-20, 860), st.sampled_from([5.0, 8.0, 11.0, 13.0, 14.0]), st.booleans())


@settings(max_examples=150)
@given(st.lists(st.lists(PLACED, max_size=60), min_size=1, max_size=3))
def test_every_word_is_in_one_place_and_in_no_other(pages):
    drawn = [[word for token, x, y, size, bold in page for word in words(y, x, token, size, bold=bold)] for page in pages]
    found = assemble([sheet(page, number=number) for number, page in enumerate(drawn, 1)])
    out = [word.text for block in (*found.items, *found.furniture, *found.stamps, *found.footnotes) for word in block.words]
    assert Counter(out) == Counter(word.text for page in drawn for word in page)
    assert all(item.words and item.column in Column for item in found.items)


@settings(max_examples=50)
@given(st.permutations(range(40)))
def test_the_order_in_which_words_come_does_not_matter(order):
    drawn = (letterhead("ỦY BAN NHÂN DÂN", "XÃ YÊN SƠN", "Số: 5/UBND-VP") + body(LONG))[:40]
    assert told(assemble([sheet([drawn[i] for i in order])])) == told(assemble([sheet(drawn)]))
