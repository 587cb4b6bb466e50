"""The comparison key: one spelling for what is spelled in two ways, the same length, the same key when folded again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.text import ascii_key, fold, nfc, one_spelling, shorten, slug

SAME = [
    ("hoà giải", "hòa giải"),
    ("Uỷ ban", "Ủy ban"),
    ("khoẻ", "khỏe"),
    ("thuỷ lợi", "THỦY LỢI"),
    ("hòan thành", "hoàn thành"),
    ("tòan đoàn", "toàn đoàn"),
    ("ngòai ra", "ngoài ra"),
    ("A – B", "a - b"),
    ("Sở\u00a0Y tế", "sở y tế"),
]
AS_WRITTEN = ["hoàn thành", "khoản", "liên đoàn", "kế hoạch", "quý", "huỳnh", "rà soát", "thoại", "khoẻn"]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_two_spellings_have_one_key(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize("word", AS_WRITTEN)
def test_a_rightly_placed_mark_stays(word):
    """So that a pattern written in plain Vietnamese matches the key."""
    assert fold(word) == word


@given(st.text(alphabet="aàáảãạoòóỏõọeèéẻẽẹuùúủũụyỳýỷỹỵhqtnikm ,-–HOÀUỶ\u00a0", max_size=30).map(nfc))
def test_the_key_keeps_length_and_is_its_own_key(text):
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "like", "one"),
    [
        ("Thành uỷ và Văn phòng Thành ủy", "Ủy ban nhân dân", "Thành ủy và Văn phòng Thành ủy"),
        ("UỶ BAN, Uỷ viên, uỷ quyền", "Ủy ban nhân dân", "ỦY BAN, Ủy viên, ủy quyền"),
        ("Thành uỷ và Văn phòng Thành ủy", "Uỷ ban nhân dân", "Thành uỷ và Văn phòng Thành uỷ"),
        ("hoà giải, văn hóa, khoẻ mạnh, huỷ bỏ", "Ủy ban nhân dân", "hòa giải, văn hóa, khỏe mạnh, hủy bỏ"),
        ("hòa giải, văn hoá, khỏe mạnh", "Uỷ ban nhân dân", "hoà giải, văn hoá, khoẻ mạnh"),
        # a person's name, "quý", and a mark that stands before another letter
        ("Nguyễn Thị Thuỷ, Hoà", "Ủy ban nhân dân", "Nguyễn Thị Thuỷ, Hoà"),
        ("quý, quỹ, hoàn, thuyền, toà án", "Ủy ban nhân dân", "quý, quỹ, hoàn, thuyền, tòa án"),
        ("Huyện uỷ", "Sở Nội vụ", "Huyện ủy"),
    ],
)
def test_one_placement_of_tone_marks(text, like, one):
    assert one_spelling(text, like) == one


def test_the_loosest_key_has_no_mark():
    assert ascii_key("Đẩy mạnh hoà giải") == "day manh hoa giai"


@pytest.mark.parametrize(
    ("text", "name"),
    [("Công văn số 12/UBND-VP", "cong-van-so-12-ubnd-vp"), ("  Đảng uỷ – phường ", "dang-uy-phuong"), ("…", ""), ("", "")],
)
def test_a_name_of_plain_letters(text, name):
    assert slug(text) == name


@pytest.mark.parametrize(
    ("text", "longest", "short"),
    [
        ("Rà soát,\n thống kê", 20, "Rà soát, thống kê"),
        ("Rà soát, thống kê tổng đàn lợn", 20, "Rà soát, thống kê…"),
        ("Rà soát, thống kê tổng đàn lợn", 10, "Rà soát…"),
        ("chidanhmotchu", 5, "chid…"),
    ],
)
def test_what_is_cut_ends_at_a_word(text, longest, short):
    assert shorten(text, longest) == short


@given(st.text(max_size=60), st.integers(1, 40))
def test_what_is_cut_is_never_longer_than_asked(text, longest):
    assert len(shorten(text, longest)) <= longest
