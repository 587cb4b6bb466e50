"""Words with boxes to the paragraphs a clerk sees: pages are drawn here line by line, the paragraphs are what is expected."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.layout import Block, Box, Cell, Column, Origin, Page, Row, Table, Word
from extractors.readers import rows, table_joins
from extractors.readers.assemble import PlacedTable, assemble, place_fields
from extractors.readers.cells import blocks_in
from extractors.readers.page_words import PageWords
from extractors.readers.rows import rows_of

LEFT, RIGHT, WIDTH, HEIGHT = 85.0, 550.0, 595.0, 842.0
CHAR = 0.45
"""Width of a character as a share of the type size."""


def words(y, x, text, size=13.0, *, page=1, bold=False, italic=False, gap=0.25, origin=Origin.PAGE):
    """One run of text on a baseline; "·" is a blank as wide as two characters, "~" glues, "^" raises a mark."""
    out = []
    for marked in text.split(" "):
        if set(marked) == {"·"}:
            x += len(marked) * size
            continue
        glued, raised, token = marked.startswith(("~", "^")), marked.startswith("^"), marked.lstrip("~^")
        own = size * 0.6 if raised else size
        x -= gap * size if glued else 0
        box = Box(x, y - 0.89 * own, x + CHAR * own * len(token), y + 0.22 * own)
        out.append(Word(token, page, box, bold=bold, italic=italic, size=own, origin=origin, glued=glued))
        x = box.x1 + gap * size
    return out


def width(text, size=13.0):
    return sum(CHAR * size * len(token) for token in text.split(" ")) + 0.25 * size * text.count(" ")


def centred(y, text, middle=(LEFT + RIGHT) / 2, size=13.0, **style):
    return words(y, middle - width(text, size) / 2, text, size, **style)


def paragraph(y, text, *, first=35.0, x=LEFT, right=RIGHT, size=13.0, pitch=18.0, **style):
    """Lines broken as late as possible and justified, as Word sets them; returns (words, y of the next line)."""
    out, line, start = [], [], x + first
    for token in text.split(" "):
        if line and start + width(" ".join([*line, token]), size) > right:
            spare = (right - start - width(" ".join(line), size)) / max(len(line) - 1, 1)
            out += words(y, start, " ".join(line), size, gap=0.25 + spare / size, **style)
            y, line, start = y + pitch, [], x
        line.append(token)
    return out + words(y, start, " ".join(line), size, **style), y + pitch


def body(*texts, y=300.0, **style):
    out = []
    for text in texts:
        drawn, y = paragraph(y, text, **style)
        out += drawn
    return out


def sheet(*drawn, number=1, size=(WIDTH, HEIGHT)):
    return PageWords(Page(number, *size), tuple(replace(word, page=number) for part in drawn for word in part))


def told(found):
    return [(item.column.value[0].upper(), item.text) for item in found.items]


LONG = "Ủy ban nhân dân các xã rà soát toàn bộ hệ thống kênh mương nội đồng, nạo vét các đoạn bồi lắng và lập danh mục công trình hỏng"
OTHER = "Phòng Kinh tế tổng hợp nhu cầu kinh phí của các xã, thẩm tra khối lượng và tham mưu phương án phân bổ trong dự toán được giao"
NATIONAL, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"


def letterhead(*left, gap=30.0, date="Yên Sơn, ngày 04 tháng 5 năm 2024"):
    """Left lines centred at 155, the national title from ``gap`` points right of the widest of them."""
    middle = 155.0
    edge = middle + max(width(text, 12) for text in left) / 2 + gap
    right = edge + width(NATIONAL, 12) / 2
    drawn = [centred(60 + 16 * i, text, middle, 12, bold=i < 2) for i, text in enumerate(left)]
    drawn += [
        centred(60, NATIONAL, right, 12, bold=True),
        centred(76, MOTTO, right, 12, bold=True),
        centred(92, date, right, 12, italic=True),
    ]
    return [word for part in drawn for word in part]


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


def closing(y=600.0, right="KT. CHỦ TỊCH", start=360.0):
    recipients = [
        "- Như trên;",
        "- Thường trực Huyện ủy (báo cáo);",
        "- Các Ủy viên Ủy ban nhân dân huyện và",
        "Trưởng các phòng, ban;",
        "- Lưu: VT.",
    ]
    drawn = words(y, LEFT, "Nơi nhận:", 12, bold=True, italic=True) + words(y, start, right, 13, bold=True)
    drawn += words(y + 15, start, "PHÓ CHỦ TỊCH", 13, bold=True) + words(y + 90, start, "Lý Văn Sáng", 13, bold=True)
    for index, line in enumerate(recipients):
        drawn += words(y + 14 + 13 * index, LEFT, line, 11)
    return drawn


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
    ("372/TB-", "VPCP", True),
    ("3494/", "UBND-VP", True),
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


# --- furniture, footnotes ------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["2", "- 2 -", "Trang 2", "2/5", "Trang 2/5"])
@pytest.mark.parametrize("y", [40.0, 815.0])
def test_page_numbers_are_furniture(text, y):
    found = assemble([sheet(body(LONG)), sheet(centred(y, text), body(OTHER), number=2)])
    assert [block.text for block in found.furniture] == [text]


@pytest.mark.parametrize("text", ["Năm 2024", "20 hồ sơ", "Phần 2"])
def test_other_short_lines_at_the_head_are_text(text):
    assert not assemble([sheet(words(60, LEFT, text), body(LONG))]).furniture


def test_running_heads_are_furniture_whatever_page_they_count():
    pages = [sheet(words(40, LEFT, f"Phương án phòng chống thiên tai {n}"), body(LONG), number=n) for n in (1, 2, 3)]
    found = assemble(pages)
    assert len(found.furniture) == 3
    assert {text for _, text in told(found)} == {LONG}


def test_an_address_in_small_type_at_the_foot_is_furniture():
    foot = words(800, LEFT, "Địa chỉ: 12 phố Chợ, thị trấn Yên Sơn", 9) + words(811, LEFT, "Điện thoại: 0207.1234567; Email: vp@x.vn", 9)
    found = assemble([sheet(body(LONG, OTHER), foot)])
    assert len(found.furniture) == 2
    assert len(found.items) == 2


def test_recipients_at_the_foot_are_no_address():
    found = assemble([sheet(body(LONG + "./."), closing(730.0))])
    assert not found.furniture


def test_footnotes_stand_apart_and_their_marks_leave_the_text():
    note = words(780, LEFT, "^1 Theo Báo cáo số 12/BC-TK ngày 02/4/2024.", 10) + words(792, LEFT, "^2 Không tính xã miền núi.", 10)
    text = words(300, LEFT + 35, "Toàn huyện có 12 xã ^2 đạt chuẩn, diện tích 40 m ^3 và 5 hồ chứa ^1 ~; còn lại 3 xã.")
    found = assemble([sheet(text, body(LONG, OTHER, y=330), note)])
    assert [block.text for block in found.footnotes] == ["1 Theo Báo cáo số 12/BC-TK ngày 02/4/2024.", "2 Không tính xã miền núi."]
    assert found.items[0].text == "Toàn huyện có 12 xã đạt chuẩn, diện tích 40 m3 và 5 hồ chứa; còn lại 3 xã."


# --- stamps --------------------------------------------------------------------------------------------

STAMPED = [
    ["Người ký: ỦY BAN NHÂN DÂN HUYỆN", "Cơ quan: Tỉnh Tuyên Quang", "Thời gian ký: 04.05.2024 10:21:11 +07:00"],
    ["Ký bởi: Văn phòng", "Email: vp@x.gov.vn", "Ngày ký: 04/05/2024"],
    ["2024-05-04T10:21:11+0700", "Ủy ban nhân dân xã <xa@x.vn> đã ký lên văn bản này!"],
    ["Signature Not Verified", "Được ký bởi: VĂN PHÒNG"],
]


@pytest.mark.parametrize("lines", STAMPED)
@pytest.mark.parametrize("size", [7.0, 13.0])
def test_lines_of_a_signature_stamp_are_no_text(lines, size):
    drawn = [word for i, line in enumerate(lines) for word in words(700 + 1.3 * size * i, LEFT, line, size)]
    found = assemble([sheet(body(LONG, OTHER), drawn)])
    assert [block.text for block in found.stamps] == lines
    assert len(found.items) == 2


def test_a_stamp_beside_the_letterhead_leaves_it_whole():
    head = letterhead("ỦY BAN NHÂN DÂN", "XÃ YÊN SƠN", "Số: 5/UBND-VP")
    stamp = [word for i, line in enumerate(STAMPED[0]) for word in words(58 + 8 * i, 500, line, 5)]
    found = assemble([sheet(head, stamp, body(LONG))])
    assert len(found.stamps) == 3
    assert [text for column, text in told(found) if column == "L"] == ["ỦY BAN NHÂN DÂN", "XÃ YÊN SƠN", "Số: 5/UBND-VP"]


@pytest.mark.parametrize(
    "text",
    [
        "Người ký văn bản chịu trách nhiệm trước Chủ tịch Ủy ban nhân dân huyện.",
        "Cơ quan: Phòng Nội vụ chủ trì, các xã phối hợp.",
        "Email: noivu@x.gov.vn để nhận bản mềm.",
        "Ngày ký: ghi rõ trong hợp đồng lao động.",
    ],
)
def test_lines_that_only_sound_like_a_stamp_are_text(text):
    found = assemble([sheet(body(LONG, text, OTHER))])
    assert not found.stamps
    assert text in [item.text for item in found.items]


def test_an_arrival_stamp_is_no_text():
    head = letterhead("ỦY BAN NHÂN DÂN", "XÃ YÊN SƠN", "Số: 5/UBND-VP")
    stamp = (
        words(150, 90, "CÔNG VĂN ĐẾN", 11)
        + words(163, 90, "Số: 218", 11)
        + words(176, 90, "Ngày: 06/5/2024", 11)
        + words(189, 90, "Chuyển: PCT", 11)
    )
    found = assemble([sheet(head, stamp, body(LONG))])
    assert len(found.stamps) == 4
    assert ("L", "Số: 5/UBND-VP") in told(found)


# --- numbers and days laid over blanks -----------------------------------------------------------------


def stamped(*drawn):
    return [replace(word, origin=Origin.FIELD) for part in drawn for word in part]


BLANKS = [*words(100, 90, "Số: ··· /UBND-VP"), *words(100, 330, "Yên Sơn, ngày ·· tháng 5 năm 2024")]
NUMBER_X, DAY_X = 122.0, 425.0


def line_with(field_words, page=BLANKS):
    text, stamps = place_fields(page, field_words)
    return rows_of(text)[0].text, [word.text for word in stamps]


def test_number_and_day_are_read_into_their_blanks():
    line, stamps = line_with(stamped(words(100, NUMBER_X, "815"), words(101, DAY_X, "04")))
    assert line == "Số: 815/UBND-VP Yên Sơn, ngày 04 tháng 5 năm 2024"
    assert not stamps


def test_digits_set_one_by_one_are_one_number():
    digits = [word for i, digit in enumerate("8151") for word in words(100, NUMBER_X + 8 * i, digit)]
    assert line_with(stamped(digits))[0].startswith("Số: 8151/UBND-VP")


def test_the_digits_of_a_signing_time_fill_no_blank():
    stamp = words(100, 425, "Thời gian ký: 04/5/2024 10:21") + words(110, 425, "Người ký: Văn phòng")
    line, stamps = line_with(stamped(stamp))
    assert "04/5/2024" not in line
    assert "04/5/2024" in stamps


def test_numbers_away_from_a_blank_are_the_stamps():
    assert line_with(stamped(words(300, 90, "815")))[1] == ["815"]


def test_what_the_page_prints_already_is_not_read_twice():
    page = [*words(100, 90, "Số: 815/UBND-VP")]
    line, _ = line_with(stamped([replace(page[1], box=page[1].box)]), page)
    assert line == "Số: 815/UBND-VP"


def test_dots_under_a_number_go():
    page = words(100, 90, "Số: ………/UBND-VP")
    assert line_with(stamped(words(100, 118, "815")), page)[0] == "Số: 815/UBND-VP"


# --- tables --------------------------------------------------------------------------------------------

CELL = Box(100, 100, 250, 400)


def cell_lines(*lines):
    drawn = [word for i, line in enumerate(lines) for word in words(115 + 15 * i, 106, line, 12)]
    return [block.text for block in blocks_in(drawn, CELL)]


def test_a_cells_wrapped_lines_are_one_paragraph():
    assert cell_lines("Rà soát, thống kê đầy đủ", "các công trình thủy lợi") == ["Rà soát, thống kê đầy đủ các công trình thủy lợi"]


def test_names_stacked_in_a_cell_stay_apart():
    assert cell_lines("Phòng Nội vụ", "Phòng Tư pháp") == ["Phòng Nội vụ", "Phòng Tư pháp"]


def test_dashes_in_a_cell_open_paragraphs():
    assert cell_lines("- Lập danh mục các tuyến", "- Báo cáo") == ["- Lập danh mục các tuyến", "- Báo cáo"]


def row(*texts):
    return Row(tuple(Cell((Block((Word(text, 1, Box(0, 0, 9, 9)),)),) if text else ()) for text in texts))


HEADER = row("TT", "Nhiệm_vụ", "Thời_hạn")


def test_a_repeated_header_is_dropped():
    whole = table_joins.join(Table((HEADER, row("1", "A", "x"))), Table((HEADER, row("2", "B", "y"))))
    assert [[cell.text for cell in r.cells] for r in whole.rows] == [["TT", "Nhiệm_vụ", "Thời_hạn"], ["1", "A", "x"], ["2", "B", "y"]]


@pytest.mark.parametrize("rest", [("", "của_xã", ""), ("", "Phần_sau", "z")])
def test_a_row_cut_by_the_page_is_made_whole(rest):
    whole = table_joins.join(Table((HEADER, row("1", "A", "x"))), Table((HEADER, row(*rest), row("2", "B", "y"))))
    assert len(whole.rows) == 3
    assert whole.rows[1].cells[1].text == f"A {rest[1]}"


def test_a_group_row_without_ordinal_is_no_rest():
    above = Table((HEADER, row("", "Nhóm_1", ""), row("1", "A", "x"), row("", "Nhóm_2", ""), row("2", "B", "x")))
    assert len(table_joins.join(above, Table((row("", "Nhóm_3", ""),))).rows) == 6


def placed(page, top, *rows_):
    box = Box(80, top, 550, top + 100)
    return PlacedTable(page, box, Table(rows_), (box,))


def test_a_table_over_two_pages_is_one():
    found = assemble(
        [sheet(body(LONG)), sheet(number=2)], [placed(1, 500, HEADER, row("1", "A", "x")), placed(2, 60, HEADER, row("2", "B", "y"))]
    )
    assert [type(item) for item in found.items] == [Block, Table]
    assert len(found.items[1].rows) == 3


def test_a_title_between_parts_two_tables_of_one_form():
    second = sheet(centred(50, "PHỤ LỤC II", bold=True), number=2)
    found = assemble([sheet(body(LONG)), second], [placed(1, 500, HEADER, row("1", "A", "x")), placed(2, 90, HEADER, row("1", "B", "y"))])
    assert [type(item) for item in found.items] == [Block, Table, Block, Table]


def test_words_beside_a_tables_cells_stay_text():
    table = replace(placed(1, 500, HEADER), cells=(Box(80, 500, 300, 600),))
    found = assemble([sheet(body(LONG), words(550, 320, "Ghi chú bên bảng"))], [table])
    assert "Ghi chú bên bảng" in [item.text for item in found.items if isinstance(item, Block)]


# --- nothing is lost -----------------------------------------------------------------------------------

TOKENS = st.sampled_from(
    ["Nơi", "nhận:", "-", "KT.", "CHỦ", "TỊCH", "a)", "1.", "372/TB-", "VPCP", "V/v", "Kính", "gửi:", "ngày", "tháng", "năm", "Số:", "12",
     "CỘNG", "HÒA", "XÃ", "HỘI", "Người", "ký:", "ĐẾN", "Lưu:", "PHỤ", "LỤC", "xã;", "huyện.", "Điều", "2024"]
)  # fmt: skip
PLACED = st.tuples(TOKENS, st.floats(-50, 640), st.floats(-20, 860), st.sampled_from([5.0, 8.0, 11.0, 13.0, 14.0]), st.booleans())


@settings(deadline=None, max_examples=150)
@given(st.lists(st.lists(PLACED, max_size=60), min_size=1, max_size=3))
def test_every_word_is_in_one_place_and_in_no_other(pages):
    drawn = [[word for token, x, y, size, bold in page for word in words(y, x, token, size, bold=bold)] for page in pages]
    found = assemble([sheet(page, number=number) for number, page in enumerate(drawn, 1)])
    out = [word.text for block in (*found.items, *found.furniture, *found.stamps, *found.footnotes) for word in block.words]
    assert Counter(out) == Counter(word.text for page in drawn for word in page)
    assert all(item.words and item.column in Column for item in found.items)


@settings(deadline=None, max_examples=50)
@given(st.permutations(range(40)))
def test_the_order_in_which_words_come_does_not_matter(order):
    drawn = (letterhead("ỦY BAN NHÂN DÂN", "XÃ YÊN SƠN", "Số: 5/UBND-VP") + body(LONG))[:40]
    assert told(assemble([sheet([drawn[i] for i in order])])) == told(assemble([sheet(drawn)]))
