"""Types of documents: every row accepts its examples, rejects its near misses; codes, words and title lines lead to one type."""

import pytest

from extractors import doctypes
from extractors.dispatch import DocumentType
from extractors.fields.reference_facts import CONG_VAN
from extractors.text import ascii_key, fold


@pytest.mark.parametrize("row", doctypes.rows(), ids=lambda row: row.id)
def test_rows_test_themselves(row):
    assert row.matches
    assert row.rejects
    for phrase in row.matches:
        assert row.type in [word.type for word in doctypes.words_in(fold(phrase))], phrase
    for phrase in row.rejects:
        assert row.type not in [word.type for word in doctypes.words_in(fold(phrase))], phrase


def test_codes_have_no_diacritics_and_come_from_the_printed_ones():
    for row in doctypes.rows():
        assert row.type.code.isascii()
        if row.printed:
            assert ascii_key(row.printed[0]) == row.type.code.lower(), row.id


def test_a_code_is_shared_only_where_the_decree_shares_it():
    codes = [row.type.code for row in doctypes.rows()]
    assert {code for code in codes if codes.count(code) > 1} == {"HD", "DA"}


def test_the_29_administrative_types_are_there():
    listed = ["NQ", "QĐ", "CT", "QC", "QyĐ", "TC", "TB", "HD", "CTr", "KH", "PA", "ĐA", "DA", "BC", "BB", "TTr", "HĐ", "CĐ", "BGN", "BTT"]
    papers = ["GUQ", "GM", "GGT", "GNP", "PG", "PC", "PB"]
    assert [code for code in listed + papers if doctypes.by_code(code) is None] == []
    assert [word.type for word in doctypes.words_in(fold("Công văn"))] == [CONG_VAN]
    assert next(doctypes.words_in(fold("Thư công")), None) is not None


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("QĐ", "Quyết định"),
        ("QD", "Quyết định"),
        ("CD", "Công điện"),
        ("HD", "Hướng dẫn"),
        ("HĐ", "Hợp đồng"),
        ("ĐA", "Đề án"),
        ("DA", "Dự án"),
        ("TTr", "Tờ trình"),
        ("TTR", "Tờ trình"),
        ("HNVB", "Văn bản hợp nhất"),
        ("TTLB", "Thông tư liên tịch"),
        ("UBND", None),
        ("", None),
    ],
)
def test_a_code_names_a_type(code, name):
    found = doctypes.by_code(code)
    assert (found and found.name) == name


def test_party_symbols_read_tt_as_thong_tri():
    assert doctypes.by_code("TT") == DocumentType("TT", "Thông tư")
    assert doctypes.by_code("TT", party=True) == DocumentType("TTri", "Thông tri")
    assert doctypes.by_code("KL", party=True) == DocumentType("KL", "Kết luận")


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("Công văn", "CV"),
        ("công văn", "CV"),
        ("Văn bản", "CV"),
        ("Tờ trình", "TTr"),
        ("Thông báo kết luận", "TB"),
        ("Giấy uỷ quyền", "GUQ"),
        ("Luật", "Luat"),
        ("pháp luật", None),
        ("Sở", None),
    ],
)
def test_a_word_names_a_type(word, code):
    found = next(doctypes.words_in(fold(word)), None)
    assert (found and found.type.code) == code


def test_only_words_for_any_document_are_generic():
    assert [w.generic for w in doctypes.words_in(fold("Văn bản số 502/UBND-KT và Công văn số 5/UBND"))] == [True, False]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("THÔNG BÁO", "TB"),
        ("T H Ô N G B Á O", "TB"),
        ("_ TỜTRÌNH", "TTr"),
        ("GIẤYMỜI", "GM"),
        ("THÔNG BÁO KẾT LUẬN", "TB"),
        ("THÔNG BÁO Kết luận của Chủ tịch UBND tỉnh", "TB"),
        ("KẾ HOẠCH Triển khai Chương trình chuyển đổi số", "KH"),
        ("KẾ HOẠCH TRIỂN KHAI CHƯƠNG TRÌNH CHUYỂN ĐỔI SỐ", "KH"),
        ("CÔNG ĐIỆN", "CD"),
        ("CÔNG ĐIỆN KHẨN", "CD"),
        ("GIẤY MỜI", "GM"),
        ("GIẤY MỜI HỌP", "GM"),
        ("QUYẾT ĐỊNH", "QD"),
        ("TỜ TRÌNH Về việc ban hành Nghị quyết", "TTr"),
        ("BÁO CÁO", "BC"),
        # formulas, headings and other lines
        ("QUYẾT ĐỊNH:", None),
        ("BÁO CÁO, THEO DÕI", None),
        ("DỰ ÁN ĐẦU TƯ XÂY DỰNG ĐƯỜNG TỈNH", None),
        ("Kế hoạch", None),
        ("KẾ", None),
        ("HƯỚNG DẪN VIÊN", None),
        ("ỦY BAN NHÂN DÂN", None),
        ("", None),
    ],
)
def test_a_title_line_names_the_type(line, code):
    found = doctypes.by_title_line(line)
    assert (found and found.code) == code


@pytest.mark.parametrize(("body", "code"), [("QH15", "Luat"), ("UBTVQH14", "NQ"), ("CP", "ND"), ("UBND", None), ("", None)])
def test_a_symbol_without_type_speaks_by_its_issuer(body, code):
    found = doctypes.by_body(body)
    assert (found and found.code) == code
