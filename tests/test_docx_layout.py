from __future__ import annotations

import pytest
from docx_snippets import docx, p, r, t, table, tc
from test_docx_reader import box

from extractors.layout import Block, Column, Table
from extractors.readers.docx import read

NATION, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
SIDES = {Column.LEFT: "<", Column.RIGHT: ">", Column.FULL: "="}


def seen(body: str, **parts: str) -> list[str]:
    """One string for each item: "<" left, ">" right, "=" full, "#" a table."""
    return [
        SIDES[item.column] + item.text if isinstance(item, Block) else "#" + str(len(item.rows)) for item in read(docx(body, **parts)).items
    ]


LAYOUT_TABLES = {
    "letterhead in one row": (
        table((tc("UBND TỈNH A", "SỞ NỘI VỤ", "Số:      /SNV-VP", "V/v báo cáo"), tc(NATION, MOTTO, "A, ngày      tháng 9 năm 2024"))),
        ["<UBND TỈNH A", "<SỞ NỘI VỤ", "<Số: /SNV-VP", "<V/v báo cáo", f">{NATION}", f">{MOTTO}", ">A, ngày tháng 9 năm 2024"],
    ),
    "letterhead in three rows, ruled": (
        table(("UBND XÃ A", tc(NATION, MOTTO)), ("Số: 5/UBND", "A, ngày 05 tháng 9 năm 2025"), ("V/v họp", ""), ruled=True),
        ["<UBND XÃ A", "<Số: 5/UBND", "<V/v họp", f">{NATION}", f">{MOTTO}", ">A, ngày 05 tháng 9 năm 2025"],
    ),
    "an empty column between": (
        table(("BỘ X", "", NATION), ("Số: 1/BX", "", "Hà Nội, ngày 01 tháng 02 năm 2024")),
        ["<BỘ X", "<Số: 1/BX", f">{NATION}", ">Hà Nội, ngày 01 tháng 02 năm 2024"],
    ),
    "line breaks in a cell": (
        table(
            (
                t2 := tc(p("UBND TỈNH A¶SỞ NỘI VỤ"), p("Số: 5/SNV¶V/v báo cáo¶công tác quý I")),
                tc(p("CỘNG HÒA XÃ HỘI¶CHỦ NGHĨA VIỆT NAM¶Độc lập - Tự do - Hạnh phúc")),
            )
        ),
        ["<UBND TỈNH A", "<SỞ NỘI VỤ", "<Số: 5/SNV", "<V/v báo cáo công tác quý I", f">{NATION}", f">{MOTTO}"],
    ),
    "Kính gửi in the letterhead's table": (
        table(("SỞ A", NATION), ("Số: 1/SA", "B, ngày 1 tháng 2 năm 2024"), ("Kính gửi:", tc("- Bộ X;", "- Bộ Y."))),
        ["<SỞ A", "<Số: 1/SA", f">{NATION}", ">B, ngày 1 tháng 2 năm 2024", "=Kính gửi:", "=- Bộ X;", "=- Bộ Y."],
    ),
    "Kính gửi, a row for each": (
        table(("Kính gửi:", "- Sở A;"), ("", "- Sở B;"), ("", "- Sở C.")),
        ["=Kính gửi:", "=- Sở A;", "=- Sở B;", "=- Sở C."],
    ),
    "subject beside Kính gửi": (table(("V/v họp", "Kính gửi: Sở A")), ["<V/v họp", "=Kính gửi: Sở A"]),
    "signature": (
        table((tc("Nơi nhận:", "- Như trên;", "- Lưu: VT."), tc(p("TM. ỦY BAN NHÂN DÂN¶KT. CHỦ TỊCH¶PHÓ CHỦ TỊCH"), p(), p("Lê Văn An")))),
        ["<Nơi nhận:", "<- Như trên;", "<- Lưu: VT.", ">TM. ỦY BAN NHÂN DÂN", ">KT. CHỦ TỊCH", ">PHÓ CHỦ TỊCH", ">Lê Văn An"],
    ),
    "two signers": (
        table(("KT. GIÁM ĐỐC SỞ A", "KT. GIÁM ĐỐC SỞ B"), ("Lê An", "Lê Bình")),
        ["<KT. GIÁM ĐỐC SỞ A", "<Lê An", ">KT. GIÁM ĐỐC SỞ B", ">Lê Bình"],
    ),
    "a lone right cell": (table(("Nơi nhận:", "CHỦ TỊCH"), ("", "Lê An"), grid=(4000, 5000)), ["<Nơi nhận:", ">CHỦ TỊCH", ">Lê An"]),
    "a box around a mark": (table(("HỎA TỐC",), ruled=True), ["=HỎA TỐC"]),
    "a letterhead over the whole text": (
        table(("SỞ A", NATION), (tc(p("Kính gửi: Sở B"), p("Căn cứ¶- một¶- hai"), props='<w:gridSpan w:val="2"/>'),)),
        ["<SỞ A", f">{NATION}", "=Kính gửi: Sở B", "=Căn cứ", "=- một", "=- hai"],
    ),
    "labels and values without lines": (
        table(("Thời gian:", "14 giờ 00."), ("Địa điểm:", "Hội trường.")),
        ["=Thời gian:", "=14 giờ 00.", "=Địa điểm:", "=Hội trường."],
    ),
    "a table in a letterhead cell": (table((tc(table(("SỞ A",), ("Số: 2/SA",)) + p()), NATION)), ["<SỞ A", "<Số: 2/SA", f">{NATION}"]),
    "cells in content controls": (
        table(
            f"<w:sdt><w:sdtContent><w:tr><w:sdt><w:sdtContent>{tc('SỞ A')}</w:sdtContent></w:sdt>{tc(NATION)}</w:tr></w:sdtContent></w:sdt>"
        ),
        ["<SỞ A", f">{NATION}"],
    ),
    "Party letterhead": (
        table(("TỈNH ỦY A", "ĐẢNG CỘNG SẢN VIỆT NAM"), ("Số 15-CV/TU", "A, ngày 02 tháng 3 năm 2024")),
        ["<TỈNH ỦY A", "<Số 15-CV/TU", ">ĐẢNG CỘNG SẢN VIỆT NAM", ">A, ngày 02 tháng 3 năm 2024"],
    ),
}


@pytest.mark.parametrize(("body", "expected"), LAYOUT_TABLES.values(), ids=LAYOUT_TABLES.keys())
def test_layout_tables(body, expected):
    assert seen(body) == expected


DATA_TABLES = {
    "ruled": table(("Đơn vị", "Số lượng"), ("Xã A", "3"), ruled=True),
    "TT without lines": table(("TT", "Nhiệm vụ", "Chủ trì"), ("1", "Rà soát", "Sở A")),
    "STT under a title row": table((tc("Phụ biểu", props='<w:gridSpan w:val="2"/>'),), ("STT", "Việc"), ("1", "a")),
    "numbers of documents in a TT table": table(("TT", "Văn bản"), ("1", "Số: 12/UBND-VP"), ("2", "KT. CHỦ TỊCH"), ruled=True),
    "three columns without lines": table(("Xã", "Hộ", "Khẩu"), ("A", "1", "4"), ("B", "2", "5")),
}


@pytest.mark.parametrize("body", DATA_TABLES.values(), ids=DATA_TABLES.keys())
def test_data_tables(body):
    (item,) = read(docx(body)).items
    assert isinstance(item, Table)
    assert {block.column for block in item.blocks} == {Column.FULL}


def test_lines_by_cell_borders_and_by_table_style():
    lines = "<w:tcBorders><w:top w:val='single'/><w:left w:val='single'/></w:tcBorders>"
    assert seen(table((tc("a", props=lines), tc("b", props=lines)), (tc("c", props=lines), tc("d", props=lines)))) == ["#2"]
    style = (
        "<w:style w:type='table' w:styleId='Luoi'><w:tblPr><w:tblBorders>"
        "<w:top w:val='single'/><w:left w:val='single'/></w:tblBorders></w:tblPr></w:style>"
    )
    styled = table(("a", "b"), ("c", "d")).replace("<w:tblPr>", "<w:tblPr><w:tblStyle w:val='Luoi'/>")
    assert seen(styled, styles=style) == ["#2"]
    unruled = styled.replace("</w:tblPr>", "<w:tblBorders><w:top w:val='none'/></w:tblBorders></w:tblPr>")
    assert seen(unruled, styles=style) == ["=a", "=b", "=c", "=d"]


def test_merged_cells():
    down, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = table(
        ("TT", tc("Nhiệm vụ", props='<w:gridSpan w:val="2"/>')),
        ("1", tc("Sở A", props=down), "a"),
        ("2", tc(p(), props=on), "b"),
        ("3", tc(p(), props=on), tc("c")),
        ruled=True,
    )
    (item,) = read(docx(body)).items
    assert isinstance(item, Table)
    assert [[(cell.text, cell.row_span, cell.col_span) for cell in row.cells] for row in item.rows] == [
        [("TT", 1, 1), ("Nhiệm vụ", 1, 2)],
        [("1", 1, 1), ("Sở A", 3, 1), ("a", 1, 1)],
        [("2", 1, 1), ("", 1, 1), ("b", 1, 1)],
        [("3", 1, 1), ("", 1, 1), ("c", 1, 1)],
    ]


def test_cells_left_out_at_the_edge_and_merged_sideways():
    shifted = "<w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr>" + tc("b") + "</w:tr>"
    merged = "<w:tr>" + tc("x", props='<w:hMerge w:val="restart"/>') + tc(p(), props="<w:hMerge/>") + "</w:tr>"
    (item,) = read(docx(table(("TT", "Việc"), shifted, merged, ruled=True))).items
    assert isinstance(item, Table)
    assert [[(cell.text, cell.col_span) for cell in row.cells] for row in item.rows] == [
        [("TT", 1), ("Việc", 1)],
        [("", 1), ("b", 1)],
        [("x", 2)],
    ]


def test_items_and_nested_tables_in_a_data_cell():
    (item,) = read(docx(table(("TT", "Việc"), ("1", tc(p("Gồm:¶- a¶- b"), table(("x", "y"), ruled=True), p("z"))), ruled=True))).items
    assert isinstance(item, Table)
    assert [block.text for block in item.rows[1].cells[1].blocks] == ["Gồm:", "- a", "- b", "x", "y", "z"]


TYPED = {
    "tabs": (
        p("UBND HUYỆN A|CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
        + p("PHÒNG NỘI VỤ|Độc lập - Tự do - Hạnh phúc")
        + p("Số:      /NV|A, ngày      tháng 9 năm 2023")
        + p("V/v họp")
        + p("Kính gửi: Sở B"),
        [
            "<UBND HUYỆN A",
            "<PHÒNG NỘI VỤ",
            "<Số: /NV",
            "<V/v họp",
            f">{NATION}",
            f">{MOTTO}",
            ">A, ngày tháng 9 năm 2023",
            "=Kính gửi: Sở B",
        ],
    ),
    "spaces": (
        p(f"SỞ A          {NATION}")
        + p(f"   _____            {MOTTO}")
        + p("Số: 12/SA          B, ngày 2 tháng 3 năm 2024")
        + p("V/v báo cáo")
        + p("công tác quý I")
        + p("Kính gửi: Bộ C"),
        [
            "<SỞ A",
            "<_____",
            "<Số: 12/SA",
            "<V/v báo cáo",
            "<công tác quý I",
            f">{NATION}",
            f">{MOTTO}",
            ">B, ngày 2 tháng 3 năm 2024",
            "=Kính gửi: Bộ C",
        ],
    ),
    "a first line above the left column": (p("ỦY BAN NHÂN DÂN") + p(f"XÃ A|{NATION}"), ["<ỦY BAN NHÂN DÂN", "<XÃ A", f">{NATION}"]),
    "line breaks in one paragraph": (
        p(f"XÃ A|{NATION}¶Số: 3/UBND|A, ngày 3 tháng 4 năm 2024"),
        ["<XÃ A", "<Số: 3/UBND", f">{NATION}", ">A, ngày 3 tháng 4 năm 2024"],
    ),
    "date on its own line": (
        p(f"XÃ A|{NATION}") + p("||A, ngày 3 tháng 4 năm 2024"),
        ["<XÃ A", f">{NATION}", ">A, ngày 3 tháng 4 năm 2024"],
    ),
    "signature": (
        p("Trân trọng./.") + p("Nơi nhận:|KT. CHỦ TỊCH") + p("- Như trên;|PHÓ CHỦ TỊCH") + p("- Lưu: VT.") + p("|||Lê Văn An"),
        ["=Trân trọng./.", "<Nơi nhận:", "<- Như trên;", "<- Lưu: VT.", ">KT. CHỦ TỊCH", ">PHÓ CHỦ TỊCH", ">Lê Văn An"],
    ),
    "blanks to be filled in are no gap": (
        p("Số:      /UBND-VP") + p("A, ngày      tháng 9 năm 2023"),
        ["=Số: /UBND-VP", "=A, ngày tháng 9 năm 2023"],
    ),
    "a tab after a list number is no gap": (
        p("1.|Sở Nội vụ chủ trì") + p("-|Báo cáo Chủ tịch"),
        ["=1. Sở Nội vụ chủ trì", "=- Báo cáo Chủ tịch"],
    ),
    "spaces within a sentence": (p("Giao Sở A     chủ trì thực hiện"), ["=Giao Sở A chủ trì thực hiện"]),
    "leaders after a label": (p("Họ và tên:|Lê Văn An"), ["=Họ và tên: Lê Văn An"]),
}


@pytest.mark.parametrize(("body", "expected"), TYPED.values(), ids=TYPED.keys())
def test_letterheads_typed_with_tabs_or_spaces(body, expected):
    assert seen(body) == expected


def test_rows_of_a_region_are_numbered():
    assert [block.row for block in read(docx(table(("SỞ A", NATION), ("Số: 1/SA", MOTTO)))).blocks] == [0, 1, 0, 1]
    assert [block.row for block in read(docx(p(f"SỞ A|{NATION}") + p(f"Số: 1/SA|{MOTTO}"))).blocks] == [0, 1, 0, 1]
    assert [block.row for block in read(docx(p("a"))).blocks] == [None]


def boxed(*lines: str) -> str:
    return f"<w:r>{box(''.join(p(line) for line in lines))}</w:r>"


BOXES = {
    "letterhead in two boxes, right one first": (
        p(boxed(NATION, MOTTO), boxed("SỞ A", "Số: 3/SA")) + p("Kính gửi: B"),
        ["<SỞ A", "<Số: 3/SA", f">{NATION}", f">{MOTTO}", "=Kính gửi: B"],
    ),
    "a mark": (p(boxed("HỎA TỐC"), r("Kính gửi: B")), ["=HỎA TỐC", "=Kính gửi: B"]),
    "signature beside the recipients": (
        p(boxed("CHỦ TỊCH", "Lê An"), r("Nơi nhận:")) + p("- Lưu: VT."),
        [">CHỦ TỊCH", ">Lê An", "=Nơi nhận:", "=- Lưu: VT."],
    ),
    "authority beside the recipients": (
        p(boxed("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), r("Nơi nhận:")) + p("- Lưu: VT."),
        ["=Nơi nhận:", ">KT. CHỦ TỊCH", ">PHÓ CHỦ TỊCH", "=- Lưu: VT."],
    ),
}


@pytest.mark.parametrize(("body", "expected"), BOXES.values(), ids=BOXES.keys())
def test_text_boxes(body, expected):
    assert seen(body) == expected


def test_snippets_mean_what_they_say():
    assert t("a|b") == '<w:t xml:space="preserve">a</w:t><w:tab/><w:t xml:space="preserve">b</w:t>'
