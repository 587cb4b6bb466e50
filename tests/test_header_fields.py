from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper import blocks, layout

from extractors import zone_signs
from extractors.dispatch import PrintedDate, Secrecy, Urgency
from extractors.evidence import Evidence, Found, Grade, Missing, Reason, value_of
from extractors.fields import addressees, issuer, marks, own_symbol, place_date, subject
from extractors.layout import Block, Box
from extractors.zones import Anatomy, split

RIGHT = "R*| CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nR*| Độc lập - Tự do - Hạnh phúc\n"


def anatomy(text: str, *, paged: bool = False, stamps: str = "") -> Anatomy:
    return split(layout(text, paged=paged, stamps=stamps))[0].anatomy


def head(left: str) -> Anatomy:
    return anatomy(left + "\nL| Số: 1/ABC\n" + RIGHT + "Nội dung văn bản.")


LETTERHEADS = [
    # no superior
    ("L| ỦY BAN NHÂN DÂN\nL*| TỈNH HÒA BÌNH", None, "Ủy ban nhân dân tỉnh Hòa Bình"),
    ("L*| ỦY BAN NHÂN DÂN\nL*| HUYỆN TỨ KỲ", None, "Ủy ban nhân dân huyện Tứ Kỳ"),
    ("L*| UỶ BAN NHÂN DÂN⏎XÃ TÂN KỲ", None, "Uỷ ban nhân dân xã Tân Kỳ"),
    ("L*| UBND PHƯỜNG ĐÔNG SƠN", None, "UBND phường Đông Sơn"),
    ("L*| VĂN PHÒNG CHÍNH PHỦ", None, "Văn phòng Chính phủ"),
    ("L*| THỦ TƯỚNG CHÍNH PHỦ", None, "Thủ tướng Chính phủ"),
    ("L*| BỘ NÔNG NGHIỆP⏎VÀ MÔI TRƯỜNG", None, "Bộ Nông nghiệp và Môi trường"),
    ("L*| HỘI ĐỒNG NHÂN DÂN\nL*| TỈNH YÊN BÁI", None, "Hội đồng nhân dân tỉnh Yên Bái"),
    ("L*| ỦY BAN MẶT TRẬN TỔ QUỐC\nL*| VIỆT NAM TỈNH AN GIANG", None, "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh An Giang"),
    # superior and issuer, told apart by weight
    ("L| UBND TỈNH HẢI DƯƠNG\nL*| SỞ NỘI VỤ", "UBND tỉnh Hải Dương", "Sở Nội vụ"),
    ("L| BỘ XÂY DỰNG\nL*| CỤC ĐƯỜNG BỘ VIỆT NAM", "Bộ Xây dựng", "Cục Đường bộ Việt Nam"),
    (
        "L| ỦY BAN NHÂN DÂN\nL| TỈNH LAI CHÂU\nL*| SỞ VĂN HÓA, THỂ THAO\nL*| VÀ DU LỊCH",
        "Ủy ban nhân dân tỉnh Lai Châu",
        "Sở Văn hóa, Thể thao và Du lịch",
    ),
    ("L| SỞ GIÁO DỤC VÀ ĐÀO TẠO\nL*| TRƯỜNG THPT LÊ LỢI", "Sở Giáo dục và Đào tạo", "Trường THPT Lê Lợi"),
    ("L| TỈNH ỦY NGHỆ AN\nL*| VĂN PHÒNG\nL| *", "Tỉnh ủy Nghệ An", "Văn phòng"),
    ("L| ĐẢNG BỘ THÀNH PHỐ HẢI PHÒNG\nL*| ĐẢNG ỦY XÃ ĐẠI SƠN", "Đảng bộ thành phố Hải Phòng", "Đảng ủy xã Đại Sơn"),
    # … and when the reader knows no weight
    ("L| UBND TỈNH HẢI DƯƠNG\nL| SỞ NỘI VỤ", "UBND tỉnh Hải Dương", "Sở Nội vụ"),
    ("L| ỦY BAN NHÂN DÂN\nL| XÃ CHÍ MINH\nL| PHÒNG VĂN HÓA - XÃ HỘI", "Ủy ban nhân dân xã Chí Minh", "Phòng Văn hóa - Xã hội"),
    ("L| BỘ TÀI CHÍNH⏎CỤC THUẾ", "Bộ Tài chính", "Cục Thuế"),
    ("L| BỘ CÔNG AN\nL| CÔNG AN TỈNH BẮC NINH", "Bộ Công an", "Công an tỉnh Bắc Ninh"),
    ("L| TÒA ÁN NHÂN DÂN TỐI CAO\nL| TÒA ÁN NHÂN DÂN\nL| TỈNH SÓC TRĂNG", "Tòa án nhân dân tối cao", "Tòa án nhân dân tỉnh Sóc Trăng"),
    (
        "L| TẬP ĐOÀN ĐIỆN LỰC\nL| VIỆT NAM\nL| TỔNG CÔNG TY\nL| ĐIỆN LỰC MIỀN TRUNG",
        "Tập đoàn Điện lực Việt Nam",
        "Tổng công ty Điện lực Miền Trung",
    ),
    ("L| UBND TỈNH CÀ MAU\nL| BAN CHỈ HUY\nL| PHÒNG THỦ DÂN SỰ", "UBND tỉnh Cà Mau", "Ban Chỉ huy Phòng thủ dân sự"),
    ("L| BỘ Y TẾ\nL| VIỆN VỆ SINH DỊCH TỄ TRUNG ƯƠNG", "Bộ Y tế", "Viện Vệ sinh dịch tễ Trung ương"),
    # printed in small letters: kept
    ("L| UBND tỉnh Lào Cai\nL*| Sở Tư pháp", "UBND tỉnh Lào Cai", "Sở Tư pháp"),
    # an office named over two bodies' lines, contact lines, a draft's mark
    (
        "L*| VĂN PHÒNG\nL*| HỘI ĐỒNG NHÂN DÂN VÀ\nL*| ỦY BAN NHÂN DÂN HUYỆN BÙ ĐỐP",
        None,
        "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân huyện Bù Đốp",
    ),
    ("L| UBND TỈNH TUYÊN QUANG\nL*| VĂN PHÒNG", "UBND tỉnh Tuyên Quang", "Văn phòng"),
    ("L| BAN THƯỜNG VỤ\nL| TỈNH ỦY HÀ GIANG", None, "Ban Thường vụ Tỉnh ủy Hà Giang"),
    ("L*| CÔNG TY CỔ PHẦN\nL*| CẤP NƯỚC SƠN LA\nL| Địa chỉ: 12 Tô Hiệu\nL| Email: cn@sonla.vn", None, "Công ty Cổ phần Cấp nước Sơn La"),
    ("L| (Dự thảo lần 2)\nL*| CÔNG AN XÃ MINH TÂN", None, "Công an xã Minh Tân"),
    # joint
    ("L*| BỘ NỘI VỤ - BỘ TÀI CHÍNH", None, "Bộ Nội vụ - Bộ Tài chính"),
    ("L*| BỘ Y TẾ\nL*| BỘ CÔNG AN", None, "Bộ Y tế - Bộ Công an"),
]


@pytest.mark.parametrize(("left", "parent", "name"), LETTERHEADS)
def test_issuer_and_superior(left: str, parent: str | None, name: str) -> None:
    read = issuer.read(head(left))
    assert value_of(read.issuer) == name
    assert value_of(read.parent) == parent


def test_issuer_evidence_quotes_the_paper() -> None:
    read = issuer.read(head("L| ỦY BAN NHÂN DÂN\nL*| TỈNH HÒA BÌNH"))
    assert isinstance(read.issuer, Found)
    assert [e.quote for e in read.issuer.evidence] == ["ỦY BAN NHÂN DÂN", "TỈNH HÒA BÌNH"]


@pytest.mark.parametrize(
    ("stamps", "tail", "name"),
    [
        ("VĂN PHÒNG CHÍNH PHỦ đã ký lên văn bản này!", "", "Văn phòng Chính phủ"),
        ("Người ký: Trần Văn An⏎Cơ quan: SỞ TÀI CHÍNH⏎Thời gian ký: 01/02/2024", "", "Sở Tài chính"),
        ("Người ký: Trần Văn An", "R| TM. ỦY BAN NHÂN DÂN XÃ TÂN KỲ\nR| CHỦ TỊCH\nR| Trần Văn An", "Ủy ban nhân dân xã Tân Kỳ"),
    ],
)
def test_a_missing_letterhead_is_inferred(stamps: str, tail: str, name: str) -> None:
    read = issuer.read(anatomy("Số: 4/ABC\nC| Kính gửi: Phòng A\nNội dung.\n" + tail, stamps=stamps))
    assert isinstance(read.issuer, Found)
    assert read.issuer.value == name
    assert read.issuer.grade is Grade.INFERRED


def test_a_missing_letterhead_is_inferred_from_the_symbol() -> None:
    read = issuer.read(Anatomy(number=blocks("L| Số: 159/TB-VPCP")))
    assert isinstance(read.issuer, Found)
    assert (read.issuer.value, read.issuer.grade) == ("Văn phòng Chính phủ", Grade.INFERRED)
    assert issuer.read(Anatomy(number=blocks("L| Số: 159/UBND-VP"))).issuer == Missing(Reason.ABSENT)


def test_no_issuer_anywhere() -> None:
    assert issuer.read(anatomy("Nội dung.")).issuer == Missing(Reason.ABSENT)


NUMBERS = [
    ("Số: 2718/UBND-VP", "2718", "UBND-VP", "2718/UBND-VP"),
    ("Số: 530 /UBND-KTHTĐT", "530", "UBND-KTHTĐT", "530/UBND-KTHTĐT"),
    ("Số 09/KH-UBND", "09", "KH-UBND", "09/KH-UBND"),
    ("Số:12/SNV - TCBC", "12", "SNV-TCBC", "12/SNV-TCBC"),
    ("Số: 8 1 5 1/BKHĐT-TH", "8151", "BKHĐT-TH", "8151/BKHĐT-TH"),
    ("Số 15-NQ/TU", "15", "NQ/TU", "15-NQ/TU"),
    ("Số 230 - CV/VPTU", "230", "CV/VPTU", "230-CV/VPTU"),
    ("Số: 05/2025/QĐ-UBND", "05", "2025/QĐ-UBND", "05/2025/QĐ-UBND"),
    ("Số: 66.25/2026/NQ-CP", "66.25", "2026/NQ-CP", "66.25/2026/NQ-CP"),
    ("Số: 30c/NQ-CP", "30c", "NQ-CP", "30c/NQ-CP"),
    ("Số: 77/ĐN-ĐQ&V", "77", "ĐN-ĐQ&V", "77/ĐN-ĐQ&V"),
    ("Số: 1961\u2044QĐ\u00adUBND", "1961", "QĐ-UBND", "1961/QĐ-UBND"),
    ("Số:      /UBND-VP", None, "UBND-VP", None),
    ("Số: ……/KH-UBND", None, "KH-UBND", None),
    ("Số: ____/BC-STC", None, "BC-STC", None),
    ("Số     -CV/ĐU", None, "CV/ĐU", None),
    ("Số: 3268", "3268", None, "3268"),
    ("Số: [[1466]] /UBND-VP", "1466", "UBND-VP", "1466/UBND-VP"),
]


@pytest.mark.parametrize(("line", "number", "symbol", "reference"), NUMBERS)
def test_own_number_and_symbol(line: str, number: str | None, symbol: str | None, reference: str | None) -> None:
    read = own_symbol.read(Anatomy(number=blocks("L| " + line)))
    assert (value_of(read.number), value_of(read.symbol), value_of(read.reference)) == (number, symbol, reference)
    if number is None:
        assert isinstance(read.number, Missing)
        assert read.number.reason is Reason.BLANK


DATES = [
    ("Hải Dương, ngày 19 tháng 9 năm 2023", "Hải Dương", (2023, 9, 19)),
    ("TP. Hồ Chí Minh, ngày 05 tháng 01 năm 2024", "TP. Hồ Chí Minh", (2024, 1, 5)),
    ("Hà Nội, ngày     tháng 9 năm 2023", "Hà Nội", (2023, 9, None)),
    ("Hà Nội, ngày     tháng     năm 2026", "Hà Nội", (2026, None, None)),
    ("Hà Nội, ngày … tháng … năm 20…", "Hà Nội", (None, None, None)),
    ("Tân Kỳ, ngày ..... tháng 7 năm 2025", "Tân Kỳ", (2025, 7, None)),
    ("Huế, ngày19 tháng 09 năm2023", "Huế", (2023, 9, 19)),
    ("Huế ngày 19 tháng 09 năm 2023", "Huế", (2023, 9, 19)),
    ("Huế, ngày 1 9 tháng 0 9 năm 2 0 2 3", "Huế", (2023, 9, 19)),
    ("Bắc Kạn, 05/3/2024", "Bắc Kạn", (2024, 3, 5)),
    ("ngày 7 tháng 8 năm 2024", None, (2024, 8, 7)),
    ("Tứ Kỳ, ngày [[26]] tháng 9 năm 2023", "Tứ Kỳ", (2023, 9, 26)),
    ("Bà Rịa - Vũng Tàu, ngày 02 tháng 12 năm 2024", "Bà Rịa - Vũng Tàu", (2024, 12, 2)),
]


@pytest.mark.parametrize(("line", "place", "printed"), DATES)
def test_place_and_date(line: str, place: str | None, printed: tuple[int | None, int | None, int | None]) -> None:
    read = place_date.read(Anatomy(place_date=blocks("R| " + line)))
    assert value_of(read.place) == place
    assert read.printed == PrintedDate(*printed)
    if None in printed:
        assert isinstance(read.date, Missing)
        assert read.date.reason is Reason.BLANK
    else:
        assert value_of(read.date) == date(*[part or 0 for part in printed])


@pytest.mark.parametrize(
    ("line", "year"),
    [("Hà Nội, ngày O†tháng 02 năm 2025", 2025), ("Hà Nội, ngày thángØ†? năm 2021", 2021), ("Hà Nội, ngày 0§ thángq", None)],
)
def test_a_day_written_by_hand_leaves_the_place(line: str, year: int | None) -> None:
    assert zone_signs.place_date(line)
    read = place_date.read(Anatomy(place_date=blocks("R| " + line)))
    assert value_of(read.place) == "Hà Nội"
    assert read.printed == PrintedDate(year, None, None)
    assert isinstance(read.date, Missing)
    assert read.date.reason is Reason.UNREADABLE


def test_a_day_that_does_not_exist_is_no_date() -> None:
    read = place_date.read(Anatomy(place_date=blocks("R| Huế, ngày 31 tháng 02 năm 2024")))
    assert isinstance(read.date, Missing)
    assert read.date.reason is Reason.UNREADABLE


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2060, 12, 31)))
def test_every_printed_day_reads_back(day: date) -> None:
    line = f"R| Tân Kỳ, ngày {day.day:02d} tháng {day.month} năm {day.year}"
    assert value_of(place_date.read(Anatomy(place_date=blocks(line))).date) == day


SUBJECTS = [
    ("L| V/v rà soát nhà ở⏎cho hộ nghèo", "rà soát nhà ở cho hộ nghèo"),
    ("L| V/v: báo cáo nhanh.", "báo cáo nhanh"),
    ("L| Về việc mời họp", "mời họp"),
    ("L| V/v\nL| lấy ý kiến dự thảo", "lấy ý kiến dự thảo"),
    ("L~| góp ý dự thảo nghị quyết", "góp ý dự thảo nghị quyết"),
]


@pytest.mark.parametrize(("lines", "want"), SUBJECTS)
def test_subject_of_a_dispatch(lines: str, want: str) -> None:
    read = subject.read(anatomy("L*| SỞ Y TẾ\nL| Số: 1/SYT\n" + lines + "\n" + RIGHT + "C| Kính gửi: Các bệnh viện\nNội dung."))
    assert value_of(read) == want


TITLES = [
    ("C*| CHỈ THỊ\nC*| Về việc chống hạn", "chống hạn"),
    ("C*| CHỈ THỊ\nC*| Vềviệc chống hạn", "chống hạn"),
    ("C*| QUYẾT ĐỊNH\nC*| CỦA BỘ TRƯỞNG BỘ TÀI CHÍNH\nC*| Về việc chống hạn", "chống hạn"),
    ("C*| NGHỊ ĐỊNH\nC*| CỦA CHÍNH PHỦ\nC*| Quy định việc chống hạn", "Quy định việc chống hạn"),
    ("C*| QUYẾT ĐỊNH\nC*| CỦA ỦY BAN NHÂN DÂN TỈNH LÀO CAI Về việc chống hạn", "chống hạn"),
    ("C*| CHỈ THỊ\nC*| - Về việc chống hạn", "chống hạn"),
    ("C*| CHỈ THỊ\nC*| TRUNG TÂM CÔNG BÁO & TIN HỌC Về việc chống hạn", "chống hạn"),
    ("C*| THÔNG BÁO\nC*| Kết luận của Chủ tịch UBND tỉnh⏎tại cuộc họp giao ban", "Kết luận của Chủ tịch UBND tỉnh tại cuộc họp giao ban"),
    ("C*| KẾ HOẠCH Triển khai tháng an toàn", "Triển khai tháng an toàn"),
    ("C*| CÔNG ĐIỆN\nC*| V/v ứng phó mưa lớn", "ứng phó mưa lớn"),
    ("C*| GIẤY MỜI\nC| Dự hội nghị tổng kết", "Dự hội nghị tổng kết"),
    ("C*| GIẤY MỜI HỌP", None),
    ("C*| QUY CHẾ\nC*| Làm việc của Ban\nC~| (Kèm theo Quyết định số 1/QĐ-UBND)", "Làm việc của Ban"),
]


@pytest.mark.parametrize(("lines", "want"), TITLES)
def test_subject_of_a_typed_document(lines: str, want: str | None) -> None:
    read = subject.read(anatomy("L*| SỞ Y TẾ\nL| Số: 1/KH-SYT\n" + RIGHT + lines + "\nCăn cứ Luật Khám bệnh, chữa bệnh; Sở yêu cầu:\n"))
    assert value_of(read) == want


ADDRESSEES = [
    ("C| Kính gửi: Sở Xây dựng", ["Sở Xây dựng"]),
    ("C| Kính gửi: Sở Xây dựng.", ["Sở Xây dựng"]),
    ("C| KÍNH GỬI: Các hiệu trưởng", ["Các hiệu trưởng"]),
    ("C| Kính gửi:\nC| - Sở Nội vụ;\nC| - UBND các xã, phường.", ["Sở Nội vụ", "UBND các xã, phường"]),
    (
        "C| Kính gửi: - Sở Nội vụ;\n- - Thủ trưởng các cơ quan;\n+ Chủ tịch UBND các xã.",
        ["Sở Nội vụ", "Thủ trưởng các cơ quan", "Chủ tịch UBND các xã"],
    ),
    ("Kính gửi: Công an xã; Phòng Kinh tế, Hạ tầng và Đô thị; Các thôn.", ["Công an xã", "Phòng Kinh tế, Hạ tầng và Đô thị", "Các thôn"]),
    (
        "Kính gửi: Công an xã; Trung tâm Phục vụ⏎hành chính công xã; Các thôn.",
        ["Công an xã", "Trung tâm Phục vụ hành chính công xã", "Các thôn"],
    ),
    (
        "C| Kính gửi: Công an xã; Trung tâm Phục vụ\nC| hành chính công xã; Các thôn.",
        ["Công an xã", "Trung tâm Phục vụ hành chính công xã", "Các thôn"],
    ),
    ("L| Kính gửi:\nR| - Bộ Y tế;\nR| - Bộ Công an.", ["Bộ Y tế", "Bộ Công an"]),
    ("Kính gửi:⏎- Bộ Y tế;⏎- Bộ Công an.", ["Bộ Y tế", "Bộ Công an"]),
    ("Kính gửi:\nBan Tổ chức Tỉnh ủy;\nSở Nội vụ.", ["Ban Tổ chức Tỉnh ủy", "Sở Nội vụ"]),
    ("Kính gửi:\nSở Nội vụ\nSở Tài chính", ["Sở Nội vụ", "Sở Tài chính"]),
    ("C~| Kính gửi: - Các ban đảng,\nC~| - Đảng ủy các xã, phường.", ["Các ban đảng", "Đảng ủy các xã, phường"]),
    ("C| Kính gửi: Sở Y tế\nC| Đồng kính gửi: UBND các huyện", ["Sở Y tế", "UBND các huyện"]),
    ("Kính gửi: Ông Nguyễn Văn A (thôn Bình An, xã Tân Kỳ)", ["Ông Nguyễn Văn A (thôn Bình An, xã Tân Kỳ)"]),
]


@pytest.mark.parametrize("paged", [False, True])
@pytest.mark.parametrize(("lines", "want"), ADDRESSEES)
def test_addressees(lines: str, want: list[str], paged: bool) -> None:
    a = anatomy(
        "L*| SỞ Y TẾ\nL| Số: 1/SYT\nL| V/v họp\n"
        + RIGHT
        + lines
        + "\nThực hiện Công văn số 3/BYT, Sở Y tế đề nghị các đơn vị:\n- Lập danh sách.",
        paged=paged,
    )
    assert [party.name for party in addressees.read(a)] == want
    assert len(a.body) == 2


WIRES = [
    ("C| CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH điện:\n- Giám đốc các sở;\n- Công an tỉnh.", ["Giám đốc các sở", "Công an tỉnh"]),
    ("C*| THỦ TƯỚNG CHÍNH PHỦ ĐIỆN:\n- Các Bộ: Quốc phòng, Công an;\n- UBND các tỉnh.", ["Các Bộ: Quốc phòng, Công an", "UBND các tỉnh"]),
    ("CHỦ TỊCH UBND TỈNH điện: Chủ tịch UBND các xã ven biển.", ["Chủ tịch UBND các xã ven biển"]),
]


@pytest.mark.parametrize(("lines", "want"), WIRES)
def test_addressees_of_a_telegram(lines: str, want: list[str]) -> None:
    a = anatomy(
        "L*| UBND TỈNH X\nL| Số: 1/CĐ-UBND\n" + RIGHT + "C*| CÔNG ĐIỆN\nC*| V/v ứng phó bão\n" + lines + "\nHiện nay, bão đang mạnh lên."
    )
    assert [party.name for party in addressees.read(a)] == want
    assert value_of(subject.read(a)) == "ứng phó bão"


def test_addressees_of_an_invitation() -> None:
    a = anatomy(
        "L*| SỞ Y TẾ\nL| Số: 1/GM-SYT\n" + RIGHT + "C*| GIẤY MỜI\nSở Y tế trân trọng kính mời: Giám đốc các bệnh viện\nTới dự: Hội nghị."
    )
    assert [party.name for party in addressees.read(a)] == ["Giám đốc các bệnh viện"]


def test_evidence_of_addressees_is_on_the_paper() -> None:
    a = anatomy(
        "L*| SỞ Y TẾ\nL| Số: 1/SYT\n" + RIGHT + "Kính gửi: Công an xã; Trung tâm Phục vụ⏎hành chính công xã.\nNội dung.", paged=True
    )
    second = addressees.read(a)[1]
    assert [e.quote for e in second.evidence] == ["Trung tâm Phục vụ", "hành chính công xã"]
    assert all(isinstance(e, Evidence) and e.box for e in second.evidence)


@pytest.mark.parametrize(
    ("lines", "urgency", "secrecy"),
    [
        ("L*| KHẨN", Urgency.KHAN, None),
        ("L*| THƯỢNG KHẨN", Urgency.THUONG_KHAN, None),
        ("L*| HOẢ TỐC", Urgency.HOA_TOC, None),
        ("HỎA TỐC HẸN GIỜ", Urgency.HOA_TOC, None),
        ("L| MẬT\nL| KHẨN", Urgency.KHAN, Secrecy.MAT),
        ("L| TUYỆT MẬT", None, Secrecy.TUYET_MAT),
        ("L| DỰ THẢO", None, None),
        ("", None, None),
    ],
)
def test_marks(lines: str, urgency: Urgency | None, secrecy: Secrecy | None) -> None:
    a = anatomy(
        "L*| SỞ Y TẾ\nL| Số: 1/SYT\nL| V/v bảo mật\n" + lines + "\n" + RIGHT + "C| Kính gửi: Các xã\nKhẩn trương thực hiện.\nMẬT KHẨU"
    )
    read = marks.read(a)
    assert (read.urgency.value if read.urgency else None) == urgency
    assert (read.secrecy.value if read.secrecy else None) == secrecy
    assert value_of(subject.read(a)) == "bảo mật"


def test_a_stamp_beside_a_title_is_not_of_the_subject() -> None:
    first, second, *rest = layout("C*| CHỈ THỊ\nC*| Về việc nạo vét kênh mương\nC*| CV trên địa bàn huyện Tứ Kỳ").items
    assert isinstance(rest[0], Block)
    words = [
        replace(word, page=1, size=13.0, box=Box(x, 140, x + 20, 155))
        for word, x in zip(rest[0].words, (10, 210, 240, 270, 300, 330, 360), strict=True)
    ]
    beside = replace(rest[0], words=tuple(words))
    close = replace(rest[0], words=(replace(words[0], box=Box(185, 140, 205, 155)), *words[1:]))
    told = [subject.read(Anatomy(title=(first, second, line))) for line in (beside, close)]
    assert [value_of(value) for value in told] == [
        "nạo vét kênh mương trên địa bàn huyện Tứ Kỳ",
        "nạo vét kênh mương CV trên địa bàn huyện Tứ Kỳ",
    ]
