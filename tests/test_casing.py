from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.casing import agency_head, incomplete_name, mended, usual_case
from extractors.text import fold

WORDS = tomllib.loads(files("extractors.data").joinpath("agency_words.toml").read_text("utf-8"))

# One row for each form of NĐ 30/2020 Phụ lục II that a letterhead can need.
NAMES = """
UBND tỉnh Hải Dương
Ủy ban nhân dân tỉnh Hà Tĩnh
Uỷ ban nhân dân huyện Kim Sơn
Ủy ban nhân dân Quận 1
Ủy ban nhân dân Thành phố Hồ Chí Minh
Ủy ban nhân dân thành phố Cần Thơ
Ủy ban nhân dân xã Ea H'leo
Ủy ban nhân dân đặc khu Cát Hải
Hội đồng nhân dân tỉnh Sơn La
Sở Nội vụ
Sở Giáo dục và Đào tạo
Sở Nông nghiệp và Môi trường
Sở Văn hóa, Thể thao và Du lịch
Sở Công Thương
Bộ Lao động - Thương binh và Xã hội
Bộ Công an
Văn phòng Chính phủ
Văn phòng Hội đồng nhân dân và Ủy ban nhân dân
Phòng Kinh tế, Hạ tầng và Đô thị
Phòng Văn hóa - Xã hội
Phòng Tài chính - Kế hoạch
Trung tâm Phục vụ hành chính công phường Bình Tây
Ban Quản lý Khu kinh tế mở Chu Lai
Ban Chỉ đạo Phòng chống tội phạm tỉnh Hòa Bình
Thanh tra tỉnh
Tòa án nhân dân tối cao
Viện kiểm sát nhân dân tỉnh Phú Yên
Bảo hiểm xã hội tỉnh Nam Định
Kho bạc Nhà nước khu vực VIII
Ngân hàng Nhà nước Việt Nam
Công an phường Bồ Đề
Bộ Chỉ huy Quân sự tỉnh Gia Lai
Tỉnh ủy Đắk Lắk
Huyện uỷ Mỹ Hào
Đảng ủy xã Tân Kỳ
Ban Tuyên giáo và Dân vận
Liên đoàn Lao động tỉnh Bến Tre
Trung tâm Giáo dục nghề nghiệp - Giáo dục thường xuyên huyện Tân Kỳ
Ban Quản lý Rừng phòng hộ Sông Đà
Sở Tư pháp tỉnh Kiên Giang
Trường THCS Nguyễn Du
Trường Tiểu học Nhi Sơn
Trường Đại học Y Dược Cần Thơ
Bệnh viện Đa khoa tỉnh Thái Bình
Công ty TNHH MTV Thủy lợi Nam Hà Tĩnh
Tổng công ty Điện lực Miền Bắc
Cục Quản lý Đường bộ
Chi cục Thuế khu vực Tứ Kỳ
""".strip().splitlines()


@pytest.mark.parametrize("name", NAMES)
def test_capitals_fold_to_the_usual_form(name: str) -> None:
    assert usual_case(name.upper()) == name


@pytest.mark.parametrize("name", ["Sở Nội vụ", "UBND tỉnh Hải Dương", "Văn phòng UBND tỉnh"])
def test_a_name_in_small_letters_stays_as_printed(name: str) -> None:
    assert usual_case(name) == name


@given(st.text(alphabet="AĂÂBCDĐEÊGHIKLMNOÔƠPQRSTUƯVXYẠẢÃÀÁỐỒỆ ,-'.&()0123456789", max_size=40))
def test_only_case_changes(name: str) -> None:
    assert fold(usual_case(name)) == fold(name)


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("SỎ NỘI VU", "SỞ NỘI VỤ"),
        ("ÙY BAN NHÂN DẦN", "ỦY BAN NHÂN DÂN"),
        ("TĨNH QUẢNG NGÃI", "TỈNH QUẢNG NGÃI"),
        ("UBND TỈNH HÀ TĨNH", "UBND TỈNH HÀ TĨNH"),
        ("ỦY BAN NHÂN DÂN XÃ PHƯƠNG ĐÌNH", "ỦY BAN NHÂN DÂN XÃ PHƯƠNG ĐÌNH"),
        ("UBND TĨNH KIÊN GIANG", "UBND TỈNH KIÊN GIANG"),
        ("SƠ Y TE", "SỞ Y TẾ"),
        ("UỶ BAN NHÂN DÂN", "UỶ BAN NHÂN DÂN"),
        ("Sơ Y te", "Sơ Y te"),
    ],
)
def test_misread_capitals_are_mended_by_the_vocabulary(read: str, printed: str) -> None:
    assert mended(read) == printed


@pytest.mark.parametrize("name", [name for name in NAMES if name])
def test_a_name_read_right_is_left_alone(name: str) -> None:
    assert mended(name.upper()) == name.upper()


@pytest.mark.parametrize(("row", "check"), [(r, agency_head) for r in WORDS["head"]] + [(r, incomplete_name) for r in WORDS["incomplete"]])
def test_rows_of_words_hold(row: dict[str, list[str]], check: object) -> None:
    assert callable(check)
    assert [w for w in row["matches"] if not check(w)] == []
    assert [w for w in row["rejects"] if check(w)] == []


def test_look_alikes_are_no_heads() -> None:
    for row in WORDS["not_head"]:
        assert [w for w in row["matches"] if agency_head(w)] == []
        assert [w for w in row["rejects"] if not agency_head(w)] == []
