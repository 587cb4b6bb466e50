from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper import block, blocks, layout

from extractors import zone_signs as signs
from extractors.dispatch import DocumentRole
from extractors.layout import Block, Cell, Layout, Row, Table
from extractors.zones import Anatomy, split

LETTERHEAD = """
L| ỦY BAN NHÂN DÂN
L*| HUYỆN MƯỜNG KHÊ
L| _______
L| Số: 88/UBND-NV
L| V/v rà soát đội ngũ⏎cán bộ thôn
R*| CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
R*| Độc lập - Tự do - Hạnh phúc
R| ____________
R~| Mường Khê, ngày 04 tháng 5 năm 2024
"""
BODY = """
Căn cứ Kế hoạch số 9/KH-UBND ngày 02/01/2024, Ủy ban nhân dân huyện yêu cầu:
1. Phòng Nội vụ tổng hợp danh sách.
Yêu cầu các đơn vị thực hiện./.
"""
END = """
L*~| Nơi nhận:
L| - Như trên;
L| - Lưu: VT, NV.
R*| KT. CHỦ TỊCH
R*| PHÓ CHỦ TỊCH
R*| Vàng A Páo
"""


def texts(items: tuple[object, ...]) -> list[str]:
    return [item.text for item in items if isinstance(item, Block)]


def main(text: str) -> Anatomy:
    return split(layout(text))[0].anatomy


def test_a_dispatch_falls_into_its_parts() -> None:
    a = main(LETTERHEAD + "C| Kính gửi: Ủy ban nhân dân các xã\n" + BODY + END)
    assert texts(a.letterhead) == ["ỦY BAN NHÂN DÂN", "HUYỆN MƯỜNG KHÊ"]
    assert texts(a.number) == ["Số: 88/UBND-NV"]
    assert texts(a.place_date) == ["Mường Khê, ngày 04 tháng 5 năm 2024"]
    assert texts(a.subject) == ["V/v rà soát đội ngũ", "cán bộ thôn"]
    assert texts(a.addressees) == ["Kính gửi: Ủy ban nhân dân các xã"]
    assert len(a.body) == 3
    assert texts(a.recipients) == ["Nơi nhận:", "- Như trên;", "- Lưu: VT, NV."]
    assert texts(a.signature) == ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Vàng A Páo"]
    assert not a.party


def _halves(text: str) -> tuple[str, str]:
    lines = text.strip().splitlines()
    return "\n".join(x for x in lines if x.startswith("L")), "\n".join(x for x in lines if x.startswith("R"))


@pytest.mark.parametrize("order", ["left first", "right first", "one column"])
def test_the_order_of_columns_does_not_matter(order: str) -> None:
    left, right = _halves(LETTERHEAD)
    end_left, end_right = _halves(END)
    head = {
        "left first": left + "\n" + right,
        "right first": right + "\n" + left,
        "one column": (left + "\n" + right).replace("L", "F", 0),
    }[order]
    tail = end_right + "\n" + end_left if order == "right first" else end_left + "\n" + end_right
    text = head + "\nC| Kính gửi: Phòng Nội vụ\n" + BODY + tail
    if order == "one column":
        text = "\n".join(line.split("| ", 1)[1] if line[:1] in "LR" and "| " in line[:5] else line for line in text.splitlines())
    a = main(text)
    assert texts(a.letterhead) == ["ỦY BAN NHÂN DÂN", "HUYỆN MƯỜNG KHÊ"]
    assert texts(a.subject) == ["V/v rà soát đội ngũ", "cán bộ thôn"]
    assert texts(a.place_date) == ["Mường Khê, ngày 04 tháng 5 năm 2024"]
    assert [t.startswith("Căn cứ") for t in texts(a.body)] == [True, False, False]
    assert texts(a.recipients) == ["Nơi nhận:", "- Như trên;", "- Lưu: VT, NV."]
    assert texts(a.signature) == ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Vàng A Páo"]


def test_a_typed_letterhead_is_cut_at_the_second_column() -> None:
    a = main(
        """
        SỞ XÂY DỰNG CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM
        Số: 71/SXD-QLN Độc lập – Tự do – Hạnh phúc
        V/v kiểm tra nhà chung cư Ninh Bình, ngày 06 tháng 6 năm 2024
        """.replace(
            "V/v kiểm tra nhà chung cư Ninh Bình, ngày 06 tháng 6 năm 2024",
            "V/v kiểm tra nhà chung cư\nNinh Bình, ngày 06 tháng 6 năm 2024",
        )
        + "Kính gửi: Phòng Quản lý nhà\n"
        + BODY
    )
    assert texts(a.letterhead) == ["SỞ XÂY DỰNG"]
    assert texts(a.number) == ["Số: 71/SXD-QLN"]
    assert texts(a.subject) == ["V/v kiểm tra nhà chung cư"]
    assert texts(a.place_date) == ["Ninh Bình, ngày 06 tháng 6 năm 2024"]


def test_number_and_place_on_one_typed_line() -> None:
    a = main(
        "F| ĐẠI HỌC TÂY BẮC\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 12/ĐHTB-ĐT Sơn La, ngày 7 tháng 8 năm 2024\nKính gửi: Các khoa\n"
        + BODY
    )
    assert texts(a.number) == ["Số: 12/ĐHTB-ĐT"]
    assert texts(a.place_date) == ["Sơn La, ngày 7 tháng 8 năm 2024"]


def test_number_and_date_with_a_stamped_day_on_one_line_above_the_subject() -> None:
    a = main(
        "L| SỞ Y TẾ\nR| CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 5/SYT-KH Bà Rịa - Vũng Tàu, ngày24tháng 01 năm 2025⏎V/v mua sắm⏎vật tư\n"
        "y tế\nKính gửi: Các trạm\n" + BODY
    )
    assert texts(a.place_date) == ["Bà Rịa - Vũng Tàu, ngày24tháng 01 năm 2025"]
    assert texts(a.subject) == ["V/v mua sắm", "vật tư", "y tế"]


def test_letterhead_and_end_in_tables_that_a_reader_left_as_data() -> None:
    def table(*rows: tuple[str, str]) -> Table:
        return Table(tuple(Row(tuple(Cell(blocks(cell)) for cell in row)) for row in rows))

    head = table(
        ("SỞ TƯ PHÁP\nSố: 5/STP-HC", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"),
        ("", "Huế, ngày 01 tháng 02 năm 2025"),
    )
    end = table(("Nơi nhận:\n- Như trên;\n- Lưu: VT.", "GIÁM ĐỐC\nHồ Thị Lan Anh"))
    a = split(Layout("x", (head, *blocks("C| Kính gửi: Phòng Hộ tịch\n" + BODY), end)))[0].anatomy
    assert texts(a.letterhead) == ["SỞ TƯ PHÁP"]
    assert texts(a.place_date) == ["Huế, ngày 01 tháng 02 năm 2025"]
    assert texts(a.signature) == ["GIÁM ĐỐC", "Hồ Thị Lan Anh"]
    assert len(a.recipients) == 3


def test_a_table_of_data_stays_in_the_body() -> None:
    data = Table((Row((Cell((block("TT"),)), Cell((block("Nhiệm vụ"),)))), Row((Cell((block("1"),)), Cell((block("Lập kế hoạch"),))))))
    a = split(Layout("x", (*blocks(LETTERHEAD + "C| Kính gửi: Các xã\n"), *blocks(BODY), data, *blocks(END))))[0].anatomy
    assert a.body[-1] is data
    assert len(a.recipients) == 3


TYPED = LETTERHEAD.replace("L| V/v rà soát đội ngũ⏎cán bộ thôn\n", "")


@pytest.mark.parametrize(
    ("title", "following", "want"),
    [
        (
            "C*| KẾ HOẠCH\nC*| Phòng, chống rét cho gia súc⏎vụ đông năm 2024",
            "I. MỤC ĐÍCH",
            ["Phòng, chống rét cho gia súc", "vụ đông năm 2024"],
        ),
        ("C*| QUYẾT ĐỊNH\nC*| Về việc thành lập Tổ công tác", "C*| CHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN", ["Về việc thành lập Tổ công tác"]),
        (
            "C*| CHỈ THỊ\nC*| Về tăng cường quản lý đất đai\nC| ________",
            "Thời gian qua, công tác quản lý đất đai có chuyển biến.",
            ["Về tăng cường quản lý đất đai"],
        ),
        (
            "KẾ HOẠCH\nTổ chức Ngày hội đọc sách",
            "Căn cứ Công văn số 1/SVHTT, Ủy ban nhân dân huyện ban hành Kế hoạch:",
            ["Tổ chức Ngày hội đọc sách"],
        ),
        ("C*| BÁO CÁO\nC*| Kết quả thu ngân sách quý I", "C*| Phần thứ nhất", ["Kết quả thu ngân sách quý I"]),
        (
            "C*| THÔNG BÁO⏎Lịch tiếp công dân tháng 6",
            "Ủy ban nhân dân huyện thông báo lịch tiếp công dân như sau:",
            ["Lịch tiếp công dân tháng 6"],
        ),
        (
            "C*| THÔNG BÁO\nC*| Kết luận về công tác tháng 5 và\nC*| thời gian qua",
            "Thời gian qua, các đơn vị đã cố gắng.",
            ["Kết luận về công tác tháng 5 và", "thời gian qua"],
        ),
        ("C*| GIẤY MỜI", "Ủy ban nhân dân huyện trân trọng kính mời: Ông Vàng A Sử", []),
    ],
)
def test_the_title_ends_where_the_text_begins(title: str, following: str, want: list[str]) -> None:
    a = main(TYPED + title + "\n" + following + "\nNội dung tiếp theo của văn bản này.\n" + END)
    assert [t for t in texts(a.title)[1:] if not signs.rule(t)] == want
    assert following.rsplit("| ", 1)[-1] in texts(a.body) + texts(a.addressees)


def test_subject_lines_in_paragraphs_of_their_own_before_the_number_is_read() -> None:
    a = main("L*| SỞ Y TẾ\nL| V/v mua sắm\nL| vật tư y tế\nR| CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nKính gửi: Các trạm\n" + BODY)
    assert texts(a.letterhead) == ["SỞ Y TẾ"]
    assert texts(a.subject) == ["V/v mua sắm", "vật tư y tế"]


def test_number_and_subject_on_one_typed_line() -> None:
    a = main("L*| SỞ Y TẾ\nL| Số: 5/SYT-KH V/v mua sắm vật tư\nR| CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nKính gửi: Các trạm\n" + BODY)
    assert texts(a.number) == ["Số: 5/SYT-KH"]
    assert texts(a.subject) == ["V/v mua sắm vật tư"]


def test_lines_that_a_blank_has_cut_in_two() -> None:
    a = main(
        "L*| SỞ Y TẾ\nL| Số:\nL| /SYT-KH\nL| V/v mua sắm\nR| CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "R| Huế, ngày\nR| tháng 3 năm 2024\nC| Kính gửi: Các trạm\n" + BODY
    )
    assert texts(a.number) == ["Số:", "/SYT-KH"]
    assert texts(a.place_date) == ["Huế, ngày", "tháng 3 năm 2024"]
    assert texts(a.subject) == ["V/v mua sắm"]


def test_number_and_date_in_the_other_column() -> None:
    a = main(
        "L*| CÔNG TY MÔI TRƯỜNG\nL| Huế, ngày 02 tháng 3 năm 2024\n"
        "R| CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nR| Số: 8/MT-KH\nC| Kính gửi: Sở Y tế\n" + BODY
    )
    assert texts(a.number) == ["Số: 8/MT-KH"]
    assert texts(a.place_date) == ["Huế, ngày 02 tháng 3 năm 2024"]


def test_marks_stand_apart_from_the_subject() -> None:
    a = main(LETTERHEAD.replace("cán bộ thôn", "cán bộ thôn⏎HỎA TỐC") + "C| Kính gửi: Các xã\n" + BODY)
    assert texts(a.marks) == ["HỎA TỐC"]
    assert texts(a.subject) == ["V/v rà soát đội ngũ", "cán bộ thôn"]


def test_a_mark_on_the_line_of_the_addressees() -> None:
    a = main(LETTERHEAD + "THƯỢNG KHẨN Kính gửi: Các phòng, ban\n" + BODY)
    assert texts(a.marks) == ["THƯỢNG KHẨN"]
    assert texts(a.addressees) == ["Kính gửi: Các phòng, ban"]


def test_a_mark_taken_for_a_running_head_is_still_seen() -> None:
    page = layout(LETTERHEAD + BODY)
    a = split(Layout("x", page.items, furniture=blocks("MẬT\n2")))[0].anatomy
    assert texts(a.marks) == ["MẬT"]


def test_party_letterhead() -> None:
    a = main(
        """
        L| TỈNH ỦY ĐIỆN BIÊN
        L*| BAN TỔ CHỨC
        L| *
        L| Số 345-CV/BTCTU
        L~| báo cáo công tác phát triển đảng viên
        R*| ĐẢNG CỘNG SẢN VIỆT NAM
        R~| Điện Biên, ngày 12 tháng 3 năm 2026
        ~| Kính gửi: - Các ban đảng Tỉnh ủy,
        ~| - Đảng ủy các xã, phường.
        Thực hiện Nghị quyết số 9-NQ/TU, ngày 10/01/2026, Ban Tổ chức đề nghị:
        L| Nơi nhận:
        L| - Như trên,
        L| - Lưu Ban Tổ chức.
        R| K/T TRƯỞNG BAN
        R| PHÓ TRƯỞNG BAN
        R| Lò Văn Thương
        """
    )
    assert a.party
    assert texts(a.letterhead) == ["TỈNH ỦY ĐIỆN BIÊN", "BAN TỔ CHỨC"]
    assert texts(a.number) == ["Số 345-CV/BTCTU"]
    assert texts(a.subject) == ["báo cáo công tác phát triển đảng viên"]
    assert len(a.addressees) == 2
    assert texts(a.signature)[-1] == "Lò Văn Thương"


def test_appendices_belong_to_their_document() -> None:
    parts = split(
        layout(
            TYPED
            + "C*| KẾ HOẠCH\nC*| Chuyển đổi số năm 2025\n"
            + BODY
            + END
            + """
            C*| Phụ lục I
            C*| DANH MỤC NHIỆM VỤ
            C~| (Kèm theo Kế hoạch số 88/KH-UBND ngày 04/5/2024 của UBND huyện)
            1. Số hóa hồ sơ.
            C*| PHỤ LỤC II
            C*| BIỂU TỔNG HỢP
            2. Biểu mẫu báo cáo.
            """
        )
    )
    assert len(parts) == 1
    first, second = parts[0].anatomy.appendices
    assert [b.text for b in first.title] == [
        "Phụ lục I",
        "DANH MỤC NHIỆM VỤ",
        "(Kèm theo Kế hoạch số 88/KH-UBND ngày 04/5/2024 của UBND huyện)",
    ]
    assert texts(first.items) == ["1. Số hóa hồ sơ."]
    assert [b.text for b in second.title] == ["PHỤ LỤC II", "BIỂU TỔNG HỢP"]


@pytest.mark.parametrize(
    ("title", "form"),
    [
        ("Phụ lục 1: Mẫu báo cáo tình hình sử dụng nước sạch", True),
        ("MẪU BÁO CÁO THÁNG", True),
        ("Phụ lục II. Biểu mẫu đăng ký", True),
        ("Mẫu số 02", True),
        ("Phụ lục 1: Mầu báo cáo", True),
        ("Phụ lục 1: Danh mục nhiệm vụ", False),
        ("PHỤ LỤC I", False),
        ("BIỂU TỔNG HỢP", False),
        ("Mậu dịch biên giới năm 2025", False),
    ],
)
def test_a_form_to_be_filled_in_is_known_by_its_title(title: str, form: bool) -> None:
    a = main(LETTERHEAD + BODY + END + f"C*| {title}\nPhòng Kinh tế vận hành trạm bơm.")
    assert [x.form for x in a.appendices] == [form]


def test_a_table_behind_the_signature_is_an_appendix_without_title() -> None:
    data = Table((Row((Cell((block("STT"),)), Cell((block("Họ và tên"),)))),))
    a = split(Layout("x", (*blocks(LETTERHEAD + BODY + END), data)))[0].anatomy
    assert [x.items for x in a.appendices] == [(data,)]


def test_a_list_title_is_found_above_its_note() -> None:
    a = main(LETTERHEAD + BODY + END + "C*| DANH SÁCH THÀNH VIÊN\nC~| (Ban hành kèm theo Quyết định số 1/QĐ-UBND)\n1. Ông A.")
    assert [b.text for b in a.appendices[0].title] == ["DANH SÁCH THÀNH VIÊN", "(Ban hành kèm theo Quyết định số 1/QĐ-UBND)"]


def test_a_second_letterhead_is_an_attached_document() -> None:
    other = LETTERHEAD.replace("88/UBND-NV", "3/SNV-TC").replace("HUYỆN MƯỜNG KHÊ", "SỞ NỘI VỤ")
    parts = split(layout(LETTERHEAD + "C| Kính gửi: Các xã\n" + BODY + END + other + "C| Kính gửi: UBND huyện\n" + BODY + END))
    assert [p.role for p in parts] == [DocumentRole.MAIN, DocumentRole.ATTACHMENT]
    assert [texts(p.anatomy.number) for p in parts] == [["Số: 88/UBND-NV"], ["Số: 3/SNV-TC"]]
    assert texts(parts[1].anatomy.letterhead)[-1] == "SỞ NỘI VỤ"
    assert texts(parts[0].anatomy.signature)[-1] == "Vàng A Páo"


def test_recipients_read_after_the_signature_stay_with_the_first_document() -> None:
    left, right = _halves(END)
    parts = split(layout(LETTERHEAD + BODY + right + "\n" + left + LETTERHEAD.replace("88", "99") + BODY))
    assert len(parts) == 2
    assert len(parts[0].anatomy.recipients) == 3
    assert texts(parts[1].anatomy.letterhead) == ["ỦY BAN NHÂN DÂN", "HUYỆN MƯỜNG KHÊ"]


def test_a_form_to_be_filled_in_is_no_document() -> None:
    form = (
        "C| Mẫu số 02\nL| UBND XÃ ……\nL| Số: …/BC-UBND\nR| CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nR| …, ngày … tháng … năm …\n"
        "C*| BÁO CÁO\nC*| Kết quả rà soát\nI. Kết quả"
    )
    assert len(split(layout(LETTERHEAD + BODY + END + form))) == 1


def test_an_attached_draft_is_a_document() -> None:
    draft = (
        "L*| SỞ NỘI VỤ\nL| Số: …/KH-SNV\nR| CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nR| Huế, ngày … tháng 3 năm 2024\n"
        "C*| KẾ HOẠCH\nC*| Tuyên truyền\nI. MỤC ĐÍCH"
    )
    parts = split(layout(LETTERHEAD + BODY + END + draft))
    assert [texts(part.anatomy.title) for part in parts] == [[], ["KẾ HOẠCH", "Tuyên truyền"]]


def test_a_blank_form_with_the_national_title_is_no_document() -> None:
    form = "C| Mẫu số 01\nL| TÊN CƠ QUAN, TỔ CHỨC\nR| CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nC| ĐƠN ĐỀ NGHỊ\nHọ và tên: ……"
    parts = split(layout(LETTERHEAD + BODY + END + form))
    assert len(parts) == 1
    assert parts[0].anatomy.appendices


def test_a_page_without_any_part_is_all_body() -> None:
    a = main("Một đoạn chữ không có thể thức.\nĐoạn thứ hai.")
    assert texts(a.body) == ["Một đoạn chữ không có thể thức.", "Đoạn thứ hai."]
    assert not (a.letterhead or a.number or a.recipients or a.signature)


def test_an_empty_file_still_has_one_document() -> None:
    assert len(split(Layout("x", ()))) == 1


def test_the_signature_above_the_recipients_in_one_column() -> None:
    a = main(
        LETTERHEAD
        + "Kính gửi: Các xã\n"
        + BODY
        + "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n(Đã ký)\nGiàng Seo Vần\nNơi nhận:\n- Như trên;\n- Lưu: VT."
    )
    assert len(a.body) == 3
    assert "Giàng Seo Vần" in texts(a.signature)
    assert texts(a.recipients) == ["Nơi nhận:", "- Như trên;", "- Lưu: VT."]


def test_recipients_in_one_paragraph_with_line_breaks() -> None:
    a = main(LETTERHEAD + BODY + "L| Nơi nhận:⏎- Như trên;⏎- Lưu: VT.\nR| GIÁM ĐỐC⏎⏎Phan Văn Đức")
    assert texts(a.recipients) == ["Nơi nhận:", "- Như trên;", "- Lưu: VT."]
    assert texts(a.signature) == ["GIÁM ĐỐC", "Phan Văn Đức"]


@pytest.mark.parametrize("row", signs.table("marks")["mark"], ids=lambda row: row["id"])
def test_marks_of_the_vocabulary(row: dict[str, object]) -> None:
    want = (row["field"], row["id"])
    assert [w for w in row["matches"] if signs.mark(w) != want] == []  # type: ignore[attr-defined]
    assert [w for w in row["rejects"] if signs.mark(w) == want] == []  # type: ignore[attr-defined]


@pytest.mark.parametrize("row", signs.table("positions")["position"], ids=lambda row: row["id"])
def test_positions_of_the_vocabulary(row: dict[str, list[str]]) -> None:
    assert [w for w in row["matches"] if not signs.position_line(w)] == []
    assert [w for w in row["rejects"] if signs.position_line(w)] == []


def test_ranks_of_the_vocabulary() -> None:
    for row in signs.table("positions")["rank"]:
        assert [w for w in row["matches"] if not signs.rank_lead(w)] == []
        assert [w for w in row["rejects"] if signs.rank_lead(w)] == []


@pytest.mark.parametrize("row", signs.table("positions")["surname"], ids=lambda row: row["id"])
def test_names_in_capitals_begin_with_a_family_name(row: dict[str, list[str]]) -> None:
    assert [w for w in row["matches"] if not signs.person_name(w)] == []
    assert [w for w in row["rejects"] if signs.person_name(w)] == []


SIGNS = [
    (
        signs.national_title,
        ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", "CỘNG HÕA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
        ["Nước Cộng hòa xã hội chủ nghĩa Việt Nam"],
    ),
    (
        signs.motto,
        ["Độc lập - Tự do - Hạnh phúc", "Độc lập – Tự do – Hạnh phúc", "Độc lập -Tự do - Hạnh phúc", "ĐỘC LẬP - TỰ DO - HẠNH PHÚC"],
        ["Độc lập, tự chủ"],
    ),
    (signs.party_title, ["ĐẢNG CỘNG SẢN VIỆT NAM"], ["Ban Chấp hành Trung ương Đảng Cộng sản Việt Nam khóa XIII"]),
    (
        signs.number_line,
        ["Số: 12/UBND-VP", "Số 15-NQ/TU", "Số:      /KH-UBND", "Số /QĐ-SNV", "Số: ……/BC-STC", "S6: 14/CV", "Số: 05/2025/QĐ-UBND", "Số:"],
        ["Số lượng: 12/15", "Số điện thoại: 0912", "Sở Nội vụ", "Số 15 phố Huế", "So sánh"],
    ),
    (
        signs.place_date,
        [
            "Huế, ngày 05 tháng 01 năm 2025",
            "Huế, ngày     tháng 9 năm 2023",
            "ngày … tháng … năm 2025",
            "TP. Hồ Chí Minh, ngày4 tháng 5năm 2024",
            "Hà Nội, 05/3/2024",
            "Bắc Kạn, ngày 5/3/2024",
        ],
        ["Thực hiện Công văn ngày 05 tháng 01 năm 2025 của Sở Nội vụ", "Thời gian: ngày 05 tháng 01 năm 2025", "Hà Nội, Huế"],
    ),
    (signs.subject_lead, ["V/v họp", "V/v: họp", "v/v họp", "Về việc họp", "V / v họp"], ["Về tăng cường", "Vv họp"]),
    (signs.address_lead, ["Kính gửi: Sở Y tế", "Kính gửi Sở Y tế", "KÍNH GỬI:", "Đồng kính gửi: Sở Y tế"], ["Kính đề nghị", "gửi Sở Y tế"]),
    (
        signs.wire_lead,
        ["THỦ TƯỚNG CHÍNH PHỦ điện:", "CHỦ TỊCH UBND TỈNH ĐIỆN: Sở Y tế", "Chủ tịch UBND tỉnh điện:", "Uỷ ban nhân dân thành phố điện:"],
        ["Giao Công ty Điện lực cấp điện: 24/24", "Ngành điện:", "Chủ tịch UBND tỉnh chỉ đạo cấp điện: 24/24"],
    ),
    (
        signs.authority_line,
        [
            "KT. CHỦ TỊCH",
            "KT.GIÁM ĐỐC",
            "TM. ỦY BAN NHÂN DÂN",
            "T/M BAN THƯỜNG VỤ",
            "K/T BÍ THƯ",
            "TUQ. GIÁM ĐỐC",
            "Q. CHỦ TỊCH",
            "TL. BỘ TRƯỞNG",
        ],
        ["TL 123", "Kết quả", "QUYẾT ĐỊNH", "TMĐT"],
    ),
    (
        signs.person_name,
        [
            "Trịnh Văn Khoát",
            "H'Yim Kđoh",
            "NGUYỄN THỊ BÍCH",
            "Đại tá Lê Văn Hùng",
            "PGS.TS. Trần Thị Hà",
            "Y Thanh Hà Niê Kđăm",
            "Bùi Thị Hồng-Vân",
        ],
        ["CHỦ TỊCH", "Sở Nội vụ", "Như trên", "Nguyễn"],
    ),
    (
        signs.appendix_title,
        ["Phụ lục", "PHỤ LỤC II", "Phụ lục 01", "Phụ lục số 3", "Mẫu số 02", "Biểu số 1a"],
        ["Phụ lục kèm theo Kế hoạch này quy định", "Mẫu đơn"],
    ),
    (
        signs.attached_note,
        ["(Kèm theo Công văn số 1/UBND-VP)", "(Ban hành kèm theo Quyết định số 2/QĐ-UBND)", "(kèm theo)"],
        ["Kèm theo Công văn này là danh sách", "(gửi Sở Y tế)"],
    ),
    (signs.rule, ["_____", "-------", "*", "***", "-----o0o-----"], ["- Như trên", "1", "o"]),
    (
        signs.signed_note,
        ["(Đã ký)", "(đã ký)", "Đã ký", "(Ký tên, đóng dấu)", "(Chữ ký của người có thẩm quyền)"],
        ["Ký ban hành", "Đã trình"],
    ),
]


@pytest.mark.parametrize(("check", "matches", "rejects"), SIGNS, ids=[row[0].__name__ for row in SIGNS])
def test_signs(check: object, matches: list[str], rejects: list[str]) -> None:
    assert callable(check)
    assert [w for w in matches if not check(w)] == []
    assert [w for w in rejects if check(w)] == []


@given(st.lists(st.sampled_from([*LETTERHEAD.strip().splitlines(), *BODY.strip().splitlines(), *END.strip().splitlines()]), max_size=30))
def test_no_order_of_lines_breaks_it_and_no_body_word_is_lost(lines: list[str]) -> None:
    page = layout("\n".join(lines))
    for part in split(page):
        for zone in (part.anatomy.body, *(a.items for a in part.anatomy.appendices)):
            assert all(item in page.items for item in zone)


def test_an_addressee_behind_a_dash_is_no_half_of_the_number():
    (part,) = split(layout("L| Số: 05/SNV-VP\nKính gửi:\n- Sở Tài chính;\n- Sở Y tế."))
    assert [line.text for line in part.anatomy.number] == ["Số: 05/SNV-VP"]
    assert [line.text for line in part.anatomy.addressees] == ["Kính gửi:", "- Sở Tài chính;", "- Sở Y tế."]
