"""List markers: what is one, what only looks like one."""

import pytest

from extractors.fields.markers import Level, parse

MARKERS = [
    ("I. NHIỆM VỤ CHUNG", "I.", Level.ROMAN, 1, 1),
    ("IV. TỔ CHỨC THỰC HIỆN", "IV.", Level.ROMAN, 1, 4),
    ("1. Sở Nội vụ:", "1.", Level.DECIMAL, 1, 1),
    ("1, Tổ chức họp dân", "1,", Level.DECIMAL, 1, 1),
    ("1, 2 và 3 Điều này", None, None, 0, 0),
    ("12) Công an tỉnh", "12)", Level.DECIMAL, 1, 12),
    ("1.1. Chủ trì", "1.1.", Level.DECIMAL, 2, 1),
    ("2.3 Rà soát", "2.3", Level.DECIMAL, 2, 3),
    ("a) Tập trung", "a)", Level.LETTER, 1, 1),
    ("đ) Báo cáo", "đ)", Level.LETTER, 1, 5),
    ("e) Phối hợp", "e)", Level.LETTER, 1, 6),
    ("- Rà soát", "-", Level.DASH, 1, 0),
    ("– Vận động", "–", Level.DASH, 1, 0),
    ("- - Thủ trưởng các cơ quan", "-", Level.DASH, 1, 0),
    ("-Rà soát", "-", Level.DASH, 1, 0),
    ("+ Đối chiếu", "+", Level.PLUS, 1, 0),
    ("• Thống kê", "•", Level.BULLET, 1, 0),
    ("Điều 2. Giao Sở Tài chính", "Điều 2.", Level.ARTICLE, 1, 2),
    ("Phần thứ nhất", None, None, 0, 0),
    ("Phần II", "Phần II", Level.PART, 1, 2),
    ("A. ĐÁNH GIÁ", "A.", Level.UPPER, 1, 1),
    ("15.000 đồng mỗi hộ", None, None, 0, 0),
    ("2.5 triệu đồng", None, None, 0, 0),
    ("19/9/2023 là hạn cuối", None, None, 0, 0),
    ("Sở Nội vụ", None, None, 0, 0),
    ("V/v báo cáo", None, None, 0, 0),
]


@pytest.mark.parametrize(("text", "printed", "level", "depth", "value"), MARKERS)
def test_what_opens_an_item(text, printed, level, depth, value):
    parsed = parse(text)
    if printed is None:
        assert parsed is None
    else:
        marker, end = parsed
        assert (marker.printed, marker.level, marker.depth, marker.value) == (printed, level, depth, value)
        assert not text[end:].startswith(" ")


PARTY_STYLE = [
    ("1- Tổ chức sinh hoạt chuyên đề", "1-"),
    ("I- NHIỆM VỤ", "I-"),
    ("1 - 3 người mỗi xã", None),
    ("10-15 hộ mỗi thôn", None),
]


@pytest.mark.parametrize(("text", "printed"), PARTY_STYLE)
def test_numbers_of_the_partys_offices(text, printed):
    parsed = parse(text)
    assert (parsed[0].printed if parsed else None) == printed
