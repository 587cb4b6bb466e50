"""What stands on a page beside its paragraphs: furniture, footnotes, stamps, numbers laid over blanks, tables."""

from dataclasses import replace

import pytest
from drawn_pages import LEFT, LONG, OTHER, body, centred, closing, letterhead, sheet, told, words

from extractors.layout import Block, Box, Cell, Origin, Row, Table, Word
from extractors.readers import table_joins
from extractors.readers.assemble import PlacedTable, assemble, place_fields
from extractors.readers.cells import blocks_in
from extractors.readers.rows import rows_of

# --- furniture, footnotes ------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["2", "- 2 -", "Trang 2", "2/5", "Trang 2/5"])
@pytest.mark.parametrize("y", [40.0, 815.0])
def test_page_numbers_are_furniture(text, y):
    found = assemble([sheet(body(LONG)), sheet(centred(y, text), body(OTHER), number=2)])
    assert [block.text for block in found.furniture] == [text]


def test_the_number_of_a_page_laid_crosswise_is_furniture():
    found = assemble([sheet(body(LONG)), sheet(centred(56.0, "2"), body(OTHER), number=2, size=(842.0, 595.0))])
    assert [block.text for block in found.furniture] == ["2"]


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
