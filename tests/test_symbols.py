"""The shape of number and symbol: what is one, what is none, and one spelling for all of them."""

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors import doctypes, issuer_codes
from extractors.fields.symbols import parse_own, plain, scan


def references(text):
    return [mention.symbol.reference for mention in scan(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # as they should be
        ("Công văn số 4120/UBND-NC ngày 5/6/2024", ["4120/UBND-NC"]),
        ("Kế hoạch số 88/KH-UBND", ["88/KH-UBND"]),
        ("Quyết định số 07/2025/QĐ-UBND", ["07/2025/QĐ-UBND"]),
        ("Luật số 61/2020/QH14", ["61/2020/QH14"]),
        ("Nghị quyết số 77.12/2026/NQ-CP", ["77.12/2026/NQ-CP"]),
        ("Nghị quyết số 30c/NQ-CP", ["30c/NQ-CP"]),
        ("Công văn số 644-CV/VPTU", ["644-CV/VPTU"]),
        ("Quy chế số 09-QC/BTCTU-BDVTU", ["09-QC/BTCTU-BDVTU"]),
        ("Công văn số 815-CV/VPTW/nb", ["815-CV/VPTW/nb"]),
        ("Thông tư liên tịch số 12/2010/TTLT-BNV-BTC", ["12/2010/TTLT-BNV-BTC"]),
        ("Quy chế phối hợp số 02/QCPH/UBND-UBMTTQ", ["02/QCPH/UBND-UBMTTQ"]),
        ("số 4/KH-BCĐ389QNg", ["4/KH-BCĐ389QNg"]),
        ("Công văn số 118/SNV-CCHC&PC", ["118/SNV-CCHC&PC"]),
        ("Công văn 742/UBND", ["742/UBND"]),
        # spaces and line ends
        ("Kế hoạch số 48/KH - UBND tỉnh", ["48/KH-UBND"]),
        ("Kế hoạch số 48/KH- UBND", ["48/KH-UBND"]),
        ("Quyết định số 27/QĐ -UBND", ["27/QĐ-UBND"]),
        ("Báo cáo số: 27 /BC-UBND", ["27/BC-UBND"]),
        ("Quyết định số 27/2014 /QĐ-UBND", ["27/2014/QĐ-UBND"]),
        ("Quyết định số …07…./2006/ QĐ-UBND", ["07/2006/QĐ-UBND"]),
        ("Công văn số9/UBND-VP", ["9/UBND-VP"]),
        # look-alike characters
        ("Công điện số 55\u2044CĐ\u2011TTg", ["55/CĐ-TTg"]),
        ("Quyết định số 55/QĐ\u00adUBND", ["55/QĐ-UBND"]),
        ("Quyết định số 55/QÐ\u2013UBND", ["55/QĐ-UBND"]),
        ("Quyết định số 55/2024//QĐ-UBND", ["55/2024/QĐ-UBND"]),
        # set right by closed lists
        ("Nghị định số 90/2024/NĐCP", ["90/2024/NĐ-CP"]),
        ("Quyết định số 90/QĐUBND", ["90/QĐ-UBND"]),
        ("Tờ trình số 90/TTrCAT-PC07", ["90/TTr-CAT-PC07"]),
        ("Công văn số 90/SGDĐTKHTC", ["90/SGDĐT-KHTC"]),
        ("Nghị quyết số 90/NQ-HDND", ["90/NQ-HĐND"]),
        ("Quyết định số 90/QD-UNBD", ["90/QĐ-UBND"]),
        ("Quyết định số 90/QĐĐ-TTG", ["90/QĐ-TTg"]),
        ("Công điện số 90/CĐ.UBND", ["90/CĐ-UBND"]),
        ("Công văn số 90-SCT-QLTM", ["90/SCT-QLTM"]),
        ("Thông báo số 90-TB-VPCP", ["90/TB-VPCP"]),
        ("Nghị quyết số 90-NQ-TU", ["90-NQ/TU"]),
        # what looks like that and is right as it stands
        ("Công văn số 90/TTCP-KHTH", ["90/TTCP-KHTH"]),
        ("Chỉ thị số 90/CT-CTUBND", ["90/CT-CTUBND"]),
        ("Hướng dẫn số 90/HD-BNV", ["90/HD-BNV"]),
        ("Công văn số 90/SKHCN-QLCN", ["90/SKHCN-QLCN"]),
        # the symbol ends where the sentence goes on
        ("Công văn số 90/UBND-VP - Sở Nội vụ", ["90/UBND-VP"]),
        ("Báo cáo số 90/BC-STP.Trễ hạn", ["90/BC-STP"]),
        ("Công văn số 90/UBND-ĐTKT - 20/5/2024", ["90/UBND-ĐTKT"]),
        # lists
        ("Nghị định số 11,12,13/CP", ["11/CP", "12/CP", "13/CP"]),
        ("các Quyết định số 11, 12 và 13/QĐ-BXD", ["11/QĐ-BXD", "12/QĐ-BXD", "13/QĐ-BXD"]),
        ("năm 2021, 2022, Kế hoạch 13/KH-UBND", ["13/KH-UBND"]),
        # before 1996, enterprises
        ("Thông tư số 17 TC/TCT", ["17TC/TCT"]),
        ("Văn bản số 02TV/2026", ["02TV/2026"]),
        ("Văn bản số 05/2026/ABC/CV-XY", ["05/2026/ABC/CV-XY"]),
        ("Văn bản số 01-GCN-MT", ["01-GCN-MT"]),
    ],
)
def test_symbols_in_text(text, expected):
    assert references(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "mới có 05/08 huyện, thành phố gửi báo cáo",
        "trực 24/24 giờ, 7/7 ngày",
        "bản đồ tỷ lệ 1/2.000 và 1/500",
        "1/ Đối tượng áp dụng",
        "1/ UBND các xã, phường",
        "2/ THU NGÂN SÁCH",
        "ngày 05/8/2024, trước ngày 30/9/2024",
        "năm 2023/ Ước thực hiện 2024",
        "QCVN 01:2019/BCT và TCVN 5687:2010/BXD",
        "TCVN ISO 9001/2015/BKHCN",
        "đường dây 220/110KV, trạm 110/22 KV",
        "Mẫu số 01/TTĐN-KT ban hành kèm theo Thông tư",
        "thửa đất số 12/TĐ-BĐ, tờ bản đồ số 15/BĐ-ĐC",
        "biển số 34A-123.45",
        "điện thoại 0220.3838-UBND",
        "Đề án 06, Nghị định 150",
        "Thông báo số 25/2/2021",
        "giai đoạn 2021 - 2025; năm 2024-2025",
        "lớp 9/THCS",
        "5.000.000 đồng/hộ, 2,5/KW",
        "Kế hoạch số       /KH-SCT ngày     /4/2026",
        "",
    ],
)
def test_what_is_no_symbol(text):
    assert references(text) == []


def test_parts_of_a_symbol():
    symbol = scan("Quyết định số 07/2025/QĐ-UBND-VX")[0].symbol
    assert (symbol.number, symbol.year, symbol.type_code, symbol.bodies) == ("07", "2025", "QĐ", ("UBND", "VX"))
    party = scan("18-NQ/TW")[0].symbol
    assert (party.number, party.joint, party.symbol, party.type_code, party.bodies) == ("18", "-", "NQ/TW", "NQ", ("TW",))
    plain_letter = scan("Công văn số 4120/UBND-NC")[0].symbol
    assert (plain_letter.type_code, plain_letter.bodies) == (None, ("UBND", "NC"))


def test_tt_is_a_circular_only_behind_a_year():
    assert scan("số 5/2023/TT-BNV")[0].symbol.type_code == "TT"
    assert scan("số 5/TT-BNV")[0].symbol.type_code is None


def test_padding_and_case_do_not_make_another_document():
    first, second = (scan(f"số {text}")[0].symbol for text in ("018/QĐ-UBND", "18/QĐ-UBND"))
    assert first.reference != second.reference
    assert first.identity == second.identity


# --- composed symbols with every noise the handbook lists come back in their normal form --------------------------------------------

numbers = st.from_regex(r"[1-9]\d{0,4}[abc]?", fullmatch=True)
state_bodies = st.sampled_from([body.code for body in issuer_codes.bodies() if not body.party and body.code.isalpha()])
party_bodies = st.sampled_from([body.code for body in issuer_codes.bodies() if body.party])
types = st.sampled_from([code for code in doctypes.printed_codes() if code not in {"TT", "NĐ", "L"}])
units = st.sampled_from(sorted(issuer_codes.unit_codes()))
slashes = st.sampled_from(["/", " /", "/ ", "\u2044", "//", " / "])
hyphens = st.sampled_from(["-", "\u2010", "\u2013", "\u00ad", "- ", " -"])
years = st.sampled_from(["", "2004", "2025"])


@given(number=numbers, year=years, kind=types, body=state_bodies, slash=slashes, second=slashes, hyphen=hyphens)
def test_state_symbols_survive_noise(*, number, year, kind, body, slash, second, hyphen):
    noisy = f"{number}{slash}{year + second if year else ''}{kind}{hyphen}{body}"
    expected = f"{number}/{year + '/' if year else ''}{kind}-{body}"
    assert references(f"theo văn bản số {noisy} của đơn vị") == [expected]
    own = parse_own(f"Số: {noisy}")
    assert own is not None
    assert own.reference == expected


@given(numbers, state_bodies, units, slashes, hyphens)
def test_dispatch_symbols_survive_noise(number, body, unit, slash, hyphen):
    assert references(f"Công văn số {number}{slash}{body}{hyphen}{unit}, đề nghị") == [f"{number}/{body}-{unit}"]


@given(numbers, types, party_bodies, st.sampled_from(["-", " - ", "\u2013", "\u00ad"]), st.sampled_from(["/", "\u2044", " / "]))
def test_party_symbols_survive_noise(number, kind, body, hyphen, slash):
    assert references(f"Thực hiện số {number}{hyphen}{kind}{slash}{body}, ngày 5/6/2024") == [f"{number}-{kind}/{body}"]


@given(st.text(alphabet="0123456789/-. ,:;…_AĐUBNDqsốa\u00ad", max_size=120))
def test_any_text_is_read_and_offsets_hold(text):
    end = 0
    for mention in scan(text):
        assert 0 <= mention.start < mention.end <= len(text)
        assert mention.end >= end
        end = mention.end
        assert mention.symbol.number[0].isdigit()
        assert " " not in mention.symbol.reference
    assert len(plain(text)) == len(text)
    parse_own(text)


@pytest.mark.parametrize("unit", ["1/A", "1", "1 ", "1.", "số ", "9/UBND-", "A", "12,", "…", "Aa", "1-A/", "số 1 A/B "])
def test_cost_is_linear_on_hostile_text(unit):
    def cost(size):
        text = unit * (size // len(unit))
        start = time.perf_counter()
        scan(text)
        parse_own("Số: " + text)
        return time.perf_counter() - start

    cost(2_000)
    assert min(cost(40_000) for _ in range(2)) < 60 * max(min(cost(4_000) for _ in range(3)), 0.0005)


# --- the document's own number line ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "number", "symbol", "reference"),
    [
        ("Số: 4120/UBND-NC", "4120", "UBND-NC", "4120/UBND-NC"),
        ("Số: 41 /BC-UBND", "41", "BC-UBND", "41/BC-UBND"),
        ("Số: 41    /TB-UBND", "41", "TB-UBND", "41/TB-UBND"),
        ("Số 41-NQ/TU", "41", "NQ/TU", "41-NQ/TU"),
        ("Số 815-CV/VPTW/nb", "815", "CV/VPTW/nb", "815-CV/VPTW/nb"),
        ("Số: 07/2025/QĐ-UBND", "07", "2025/QĐ-UBND", "07/2025/QĐ-UBND"),
        ("Số: 77.12/2026/NQ-CP", "77.12", "2026/NQ-CP", "77.12/2026/NQ-CP"),
        ("Số: 8 1 5 1 /UBND-VP", "8151", "UBND-VP", "8151/UBND-VP"),
        ("Số:2718/UBND - VP V/v kiểm tra", "2718", "UBND-VP", "2718/UBND-VP"),
        ("S6: 12/QD-UBND", "12", "QĐ-UBND", "12/QĐ-UBND"),
        ("Số: 12/UBND-vp", "12", "UBND-vp", "12/UBND-vp"),
        ("Số: 6120/EVNCPC-KT+AT", "6120", "EVNCPC-KT+AT", "6120/EVNCPC-KT+AT"),
        ("Số: 12", "12", None, "12"),
    ],
)
def test_a_printed_number_line(line, number, symbol, reference):
    own = parse_own(line)
    assert own is not None
    assert (own.number, own.symbol, own.reference, own.blank) == (number, symbol, reference, False)
    assert line[slice(*own.number_span)].replace(" ", "") == number
    if symbol:
        assert number in line[own.start : own.end].replace(" ", "")
        assert own.symbol_span is not None


@pytest.mark.parametrize(
    ("line", "symbol"),
    [
        ("Số:      /UBND-VP", "UBND-VP"),
        ("Số:      /KH-UBND", "KH-UBND"),
        ("Số: ……./BC-SNV", "BC-SNV"),
        ("Số        -CV/VPTU", "CV/VPTU"),
        ("Số:      /2025/QĐ-UBND", "2025/QĐ-UBND"),
        ("/UBND-VP", "UBND-VP"),
        ("Số:        /", None),
        ("Số: ……/……-……", None),
        ("Số:", None),
    ],
)
def test_a_blank_number_is_blank_and_nothing_is_guessed(line, symbol):
    own = parse_own(line)
    assert own is not None
    assert own.blank
    assert (own.number, own.symbol, own.reference) == (None, symbol, None)


@pytest.mark.parametrize("line", ["Sở Nội vụ", "Số lượng: 12", "SỞ TÀI CHÍNH", "ỦY BAN NHÂN DÂN", "", "ngày 5/6/2024"])
def test_other_lines_are_no_number_line(line):
    own = parse_own(line)
    assert own is None


# --- abbreviations of bodies --------------------------------------------------------------------------------------------------------


def test_bodies_are_dated():
    assert issuer_codes.issuer_name("BNNMT", date(2025, 6, 1)) == "Bộ Nông nghiệp và Môi trường"
    assert issuer_codes.issuer_name("BNNMT", date(2024, 6, 1)) is None
    assert issuer_codes.issuer_name("BTNMT", date(2024, 6, 1)) == "Bộ Tài nguyên và Môi trường"
    assert issuer_codes.issuer_name("UBND") is None
    assert issuer_codes.issuer_name("VX1") is None


def test_every_abbreviation_belongs_to_one_body():
    codes = [code for body in issuer_codes.bodies() for code in (body.code, *body.also, *body.misprints)]
    assert len(codes) == len(set(codes))
    assert not set(codes) & set(doctypes.printed_codes())
