"""Cited documents: found with type, day, issuer and role; collected once each; measured against the labelled phrasings."""

import json
import time
from datetime import date
from pathlib import Path

import pytest

from extractors import doctypes
from extractors.dispatch import Role
from extractors.evidence import Grade
from extractors.fields.reference_roles import cues, role_of
from extractors.fields.references import collect, find
from extractors.fields.symbols import parse_own
from extractors.layout import Block, Box, Word
from extractors.text import fold

LABELS = Path(__file__).parents[2] / "shared" / "domain" / "references.jsonl"
FLOOR = 0.95


def block(text, marker=""):
    return Block(tuple(Word(word, paragraph=0) for word in text.split()), marker=marker)


def rows(mentions):
    return [(m.type, m.reference, m.date and m.date.isoformat()) for m in mentions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the day behind the number, in every shape
        ("Công văn số 4120/UBND-NC ngày 5/6/2024 về việc kiểm tra", [("CV", "4120/UBND-NC", "2024-06-05")]),
        ("Kế hoạch số 88/KH-UBND ngày 08 tháng 4 năm 2026", [("KH", "88/KH-UBND", "2026-04-08")]),
        ("Kế hoạch số 88-KH/TU, ngày 15/6/2026", [("KH", "88-KH/TU", "2026-06-15")]),
        ("Tờ trình số 88/TTr-SNV (ngày 5/6/2024)", [("TTr", "88/TTr-SNV", "2024-06-05")]),
        ("Quyết định số 88/QĐ-UBND của UBND tỉnh ngày 5/6/2024", [("QD", "88/QĐ-UBND", "2024-06-05")]),
        ("Quyết định số 88/QĐ-UBND ký ngày 5.6.2024", [("QD", "88/QĐ-UBND", "2024-06-05")]),
        ("Báo cáo số 88/BC-SYT ngày15-6-2024", [("BC", "88/BC-SYT", "2024-06-15")]),
        # the day before it, opening the sentence
        ("Ngày 19/9/2023, Sở Nội vụ ban hành Công văn số 88/SNV-TCBC về biên chế", [("CV", "88/SNV-TCBC", "2023-09-19")]),
        ("Đã có báo cáo. Ngày 5/8/2024, Sở Y tế đã có Công văn số 88/SYT-KHTC", [("CV", "88/SYT-KHTC", "2024-08-05")]),
        ("Quyết định số 88/QĐ-TTg. ngày 5/6/2024 của Thủ tướng", [("QD", "88/QĐ-TTg", "2024-06-05")]),  # a comma misread on a scan
        # days that are not the document's
        ("hoàn thành trước ngày 30/6/2024 theo Kế hoạch số 88/KH-UBND", [("KH", "88/KH-UBND", None)]),
        ("Công văn số 88/UBND-NC, hoàn thành trước ngày 30/6/2024", [("CV", "88/UBND-NC", None)]),
        ("Ngày 5/6/2024, UBND huyện nhận được Công văn số 88/SNV-TCBC", [("CV", "88/SNV-TCBC", None)]),
        ("Kế hoạch số 88/KH-UBND về phòng, chống bão đến ngày 30/6/2024", [("KH", "88/KH-UBND", None)]),
        # the word of the sentence wins over the code; "văn bản" leaves it to the code
        ("Công văn số 911/TTr-NV của Thanh tra tỉnh", [("CV", "911/TTr-NV", None)]),
        ("Tờ trình số 911/TTr-NV", [("TTr", "911/TTr-NV", None)]),
        ("Kết luận số 88/TB-VPCP", [("KL", "88/TB-VPCP", None)]),
        ("Quy định số 88-QĐ/TW của Ban Bí thư", [("QyD", "88-QĐ/TW", None)]),
        ("Văn bản số 88/TB-VPCP", [("TB", "88/TB-VPCP", None)]),
        ("Văn bản số 88/UBND-KT", [("CV", "88/UBND-KT", None)]),
        ("Quyết định phê duyệt Đề án số 88/QĐ-TTg", [("QD", "88/QĐ-TTg", None)]),
        (
            "các Công văn: Số 88/BTC-NS góp ý Nghị định số 57/2025/NĐ-CP của Chính phủ; số 96/BTC-ĐT xin ý kiến",
            [("CV", "88/BTC-NS", None), ("ND", "57/2025/NĐ-CP", None), ("CV", "96/BTC-ĐT", None)],
        ),
        ("QĐ số 88/QĐ-TTg; CV 8035/UBND-TH", [("QD", "88/QĐ-TTg", None), ("CV", "8035/UBND-TH", None)]),
        ("Luật Đất đai số 31/2024/QH15; Nghị quyết 28/2026/QH16", [("Luat", "31/2024/QH15", None), ("NQ", "28/2026/QH16", None)]),
        ("Pháp lệnh số 01/2022/UBTVQH15", [("PL", "01/2022/UBTVQH15", None)]),
        ("Nghị định số 54/CP ngày 28/8/1993", [("ND", "54/CP", "1993-08-28")]),
        ("Thông tri số 7-TT/TU", [("TTri", "7-TT/TU", None)]),
        # lists that share the head, the day, the symbol
        (
            "Công văn số 1/UBND-NC ngày 28/8/2024; số 2/UBND-NC ngày 17/9/2024 và số 3/UBND-NC ngày 1/10/2024",
            [("CV", "1/UBND-NC", "2024-08-28"), ("CV", "2/UBND-NC", "2024-09-17"), ("CV", "3/UBND-NC", "2024-10-01")],
        ),
        ("các Quyết định số: 43/QĐ-BXD, 44/QĐ-BXD ngày 31/12/2024", [("QD", "43/QĐ-BXD", "2024-12-31"), ("QD", "44/QĐ-BXD", "2024-12-31")]),
        (
            "các Nghị định số 61/2018/NĐ-CP, số 7/2021/NĐ-CP ngày 6/12/2021",
            [("ND", "61/2018/NĐ-CP", None), ("ND", "7/2021/NĐ-CP", "2021-12-06")],
        ),
        ("Nghị định số 11,12/CP ngày 5/6/1993", [("ND", "11/CP", "1993-06-05"), ("ND", "12/CP", "1993-06-05")]),
        (
            "Thông tư số 5/2024/TT-BNV và các văn bản số 12, 13/UBND-NC",
            [("TT", "5/2024/TT-BNV", None), ("CV", "12/UBND-NC", None), ("CV", "13/UBND-NC", None)],
        ),
        ("Công văn số 12/VPCP-KTTH(m) ngày 4/5/2024", [("CV", "12/VPCP-KTTH", "2024-05-04")]),
        # a number alone
        ("Công văn 3268 ngày 04/12/2017", [("CV", "3268", "2017-12-04")]),
        ("Tờ trình số 68 ngày 4/12/2017", [("TTr", "68", "2017-12-04")]),
        ("theo Nghị định số 61/2018", [("ND", "61/2018", None)]),
    ],
)
def test_citations(text, expected):
    assert rows(find(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Luật Tổ chức chính quyền địa phương ngày 16/6/2025",
        "thực hiện Đề án 06 và Nghị định 150",
        "báo cáo trước ngày 15/8/2024; Kế hoạch 100 ngày",
        "Báo cáo 9/2023, báo cáo quý III/2024",
        "mới có 05/08 huyện, thành phố; tỷ lệ 1/2.000; trực 24/24 giờ",
        "QCVN 01:2019/BCT, TCVN 5687:2010",
        "1/ Đối tượng; 2/ UBND các xã",
        "số 02 Đại lộ Hòa Bình, bão số 12 ngày 5/6/2024",
        "Tạp chí số 11/2000",
        "100%/HĐ; 15/KL; km12/QL5; Mẫu số 02/BC-CCHC",
        "Thông báo số 25/2/2021",
        "Kế hoạch số       /KH-SCT ngày     /4/2026",
    ],
)
def test_what_is_no_citation(text):
    assert rows(find(text)) == []


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        ("Kế hoạch số 88/KH-UBND ngày 5/6/2024 của Chủ tịch UBND tỉnh rà soát thủ tục", "Chủ tịch UBND tỉnh"),
        ("Báo cáo số 88/BC-UBND của UBND tỉnh tổng hợp kết quả rà soát", "UBND tỉnh"),
        (
            "Công văn số 88/VPCP-KSTT của Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ và tham mưu công bố",
            "Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ",
        ),
        ("Kế hoạch số 88/KH-UBND ngày 5/6/2024 của UBND tỉnh Thái Bình về chuyển đổi số", "UBND tỉnh Thái Bình"),
        ("Công văn số 88/SX-TH của Sở Văn hóa, Thể thao và Du lịch, đề nghị", "Sở Văn hóa, Thể thao và Du lịch"),
        ("Kế hoạch số 88/KH-BCĐ ngày 5/6/2024 của Ban Chỉ đạo 504 tỉnh về rà phá bom mìn", "Ban Chỉ đạo 504 tỉnh"),
        ("Quyết định số 88/QĐ-BGTVT của Bộ trưởng Bộ Giao thông vận tải công bố", "Bộ trưởng Bộ Giao thông vận tải"),
        ("Ngày 5/6/2024, UBND tỉnh Hà Nam ban hành Công văn số 88/UBND-NC", "UBND tỉnh Hà Nam"),
        ("Xét đề nghị của Ban Quản lý Khu kinh tế tại Tờ trình số 88/TTr-KKT", "Ban Quản lý Khu kinh tế"),
        ("căn cứ hướng dẫn tại Công văn số 88/BNV-CCVC", "Bộ Nội vụ"),
        ("Công điện số 88/CĐ-TTg", "Thủ tướng Chính phủ"),
        ("kết luận của Phó Thủ tướng Nguyễn Văn A tại Thông báo số 88/TB-VPCP", "Văn phòng Chính phủ"),
        ("Kế hoạch số 88/KH-UBND của tỉnh", None),
        ("Kế hoạch số 88/KH-UBND", None),
    ],
)
def test_issuers(text, issuer):
    assert [mention.issuer for mention in find(text)] == [issuer]


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("Thực hiện Kế hoạch số 88/KH-UBND ngày 5/6/2024 của UBND tỉnh;", [Role.IMPLEMENTS]),
        ("V/v triển khai Kế hoạch số 88/KH-UBND", [Role.IMPLEMENTS]),
        ("Thực hiện Kế hoạch số 88/KH-UBND; căn cứ Công văn số 9/BNV-CCVC", [Role.IMPLEMENTS, Role.BASIS]),
        ("Thực hiện Chỉ thị số 8/CT-TTg ngày 5/6/2024 của Thủ tướng, Kế hoạch số 9/KH-UBND", [Role.IMPLEMENTS, Role.IMPLEMENTS]),
        ("Căn cứ Nghị định số 8/2024/NĐ-CP sửa đổi Nghị định số 9/2020/NĐ-CP;", [Role.BASIS, Role.MENTIONS]),
        ("Theo đề nghị của Sở Y tế tại Tờ trình số 88/TTr-SYT", [Role.BASIS]),
        ("Sau khi nghe báo cáo của Bộ Xây dựng (Công văn số 88/BXD-KTXD)", [Role.BASIS]),
        ("Phúc đáp Công văn số 88/SYT-NV", [Role.BASIS]),
        ("Ngày 5/6/2024, Sở Y tế đã có Công văn số 88/SYT-NV", [Role.MENTIONS]),
        ("Giao Sở Y tế thực hiện Kế hoạch số 88/KH-UBND", [Role.MENTIONS]),
    ],
)
def test_roles_in_the_opening(text, roles):
    assert [mention.role for mention in find(text)] == roles


def test_in_a_duty_only_a_ground_keeps_its_role():
    assert [m.role for m in find("Thực hiện Kế hoạch số 88/KH-UBND", opening=False)] == [Role.MENTIONS]
    assert [m.role for m in find("Căn cứ Kế hoạch số 88/KH-UBND, tham mưu", opening=False)] == [Role.BASIS]


@pytest.mark.parametrize("cue", cues(), ids=lambda cue: cue.id)
def test_cues_test_themselves(cue):
    assert cue.matches
    assert cue.rejects
    for clause in cue.matches:
        assert role_of(fold(clause), opening=True) is cue.role, clause
    for clause in cue.rejects:
        assert role_of(fold(clause), opening=True) is not cue.role, clause


def test_a_day_without_year_is_the_last_one_before_the_dispatch_and_says_so():
    issued = date(2024, 2, 1)
    assert rows(find("Công văn số 88/SYT-NV ngày 15/12", issued)) == [("CV", "88/SYT-NV", "2023-12-15")]
    assert rows(find("Công văn số 88/SYT-NV ngày 15/01", issued)) == [("CV", "88/SYT-NV", "2024-01-15")]
    assert rows(find("Công văn số 88/SYT-NV ngày 15/01")) == [("CV", "88/SYT-NV", None)]
    (reference,) = collect([block("Công văn số 88/SYT-NV ngày 15/01")], None, issued)
    assert [evidence.grade for evidence in reference.evidence] == [Grade.STATED, Grade.INFERRED]


# --- collecting ---------------------------------------------------------------------------------------------------------------------


def test_each_document_comes_once_completed_by_later_citations():
    (reference,) = collect(
        [block("triển khai Kế hoạch số 88/KH-UBND"), block("Kế hoạch số 088/KH - UBND ngày 5/6/2024 của UBND tỉnh")], None, date(2024, 7, 1)
    )
    assert (reference.reference, reference.date, reference.issuer, reference.role) == (
        "88/KH-UBND",
        date(2024, 6, 5),
        "UBND tỉnh",
        Role.IMPLEMENTS,
    )
    assert [evidence.quote for evidence in reference.evidence] == ["88/KH-UBND", "088/KH - UBND", "5/6/2024"]


def test_the_same_number_of_another_day_is_another_document():
    found = collect([block("Chỉ thị số 1/CT-UBND ngày 3/1/2024 và Chỉ thị số 1/CT-UBND ngày 4/1/2023")])
    assert [reference.date for reference in found] == [date(2024, 1, 3), date(2023, 1, 4)]


def test_the_own_number_is_no_reference():
    blocks = [block("Kế hoạch số 088/KH-UBND này có hiệu lực"), block("(Kèm theo Kế hoạch số 12/KH-UBND ngày 5/6/2024 của UBND tỉnh)")]
    assert collect(blocks, "88/KH-UBND", date(2024, 6, 5)) == ()
    last_year = collect([block("Kế hoạch số 88/KH-UBND ngày 5/6/2023")], "88/KH-UBND", date(2024, 6, 5))
    assert [reference.date for reference in last_year] == [date(2023, 6, 5)]


def test_a_short_form_goes_where_the_full_one_stands():
    found = collect([block("Nghị định số 61/2018/NĐ-CP"), block("theo Nghị định số 61/2018")])
    assert [reference.reference for reference in found] == ["61/2018/NĐ-CP"]


def test_the_opening_ends_where_the_duties_begin():
    found = collect(
        [
            block("Thực hiện Kế hoạch số 1/KH-UBND, UBND huyện yêu cầu:"),
            block("Thực hiện Kế hoạch số 2/KH-UBND"),
            block("Thực hiện Kế hoạch số 3/KH-UBND", marker="1."),
        ]
    )
    assert [reference.role for reference in found] == [Role.IMPLEMENTS, Role.MENTIONS, Role.MENTIONS]


def test_evidence_leads_back_to_the_words_over_a_line_end():
    words = (
        Word("Công", 1, Box(10, 10, 30, 20)),
        Word("văn", 1, Box(35, 10, 50, 20)),
        Word("số", 1, Box(55, 10, 65, 20)),
        Word("4120/UBND-", 1, Box(70, 10, 120, 20)),
        Word("NC", 1, Box(10, 25, 25, 35), glued=True, line=1),
    )
    (reference,) = collect([Block(words)])
    assert [(e.quote, e.page, e.box) for e in reference.evidence] == [
        ("4120/UBND-", 1, Box(70, 10, 120, 20)),
        ("NC", 1, Box(10, 25, 25, 35)),
    ]


def test_a_repaired_symbol_is_graded_so():
    (reference,) = collect([block("Nghị quyết số 7/NQ-HDND")])
    assert (reference.reference, reference.evidence[0].quote, reference.evidence[0].grade) == ("7/NQ-HĐND", "7/NQ-HDND", Grade.REPAIRED)


# --- the labelled phrasings ---------------------------------------------------------------------------------------------------------


def _coded(codes):
    """Codes with every abbreviation of a type as that type's own code."""
    return sorted((kind.code if (kind := doctypes.by_code(code)) else code) for code in codes if code and code != "nb")


def _right(row):
    raw = " ".join(row["raw"].split())
    mentions = find(raw)
    wanted = _coded([row["type_code"], *(row["org_symbol"] or "").split("-"), *(row["unit_or_field"] or "").split("-")])
    if row["system"] == "nickname" or {"bare_number", "misprint_date_in_place_of_number", "no_number_only_date"} & set(row["odd"]):
        return not mentions
    if row["number"] is None:
        own = parse_own(raw)
        blank = own is not None and own.blank and row["type_code"] in {None, (own.symbol or "").split("-")[0]}
        return not mentions and (blank or "own_reference" not in row["odd"])
    if "number_list_shared_symbol" in row["odd"]:
        return ",".join(mention.symbol.number for mention in mentions) == row["number"]
    return any(
        (mention.symbol.number, mention.symbol.year, _coded(mention.symbol.groups)) == (row["number"].replace(" ", ""), row["year"], wanted)
        for mention in mentions
    )


@pytest.mark.skipif(not LABELS.exists(), reason="the labelled phrasings are not beside the repository")
def test_labelled_phrasings():
    labels = [json.loads(line) for line in LABELS.read_text("utf-8").splitlines() if line.strip()]
    misses = [f"{row['id']} {row['raw']!r} -> {rows(find(' '.join(row['raw'].split())))}" for row in labels if not _right(row)]
    print(f"{len(labels) - len(misses)} of {len(labels)} right", *misses, sep="\n")  # noqa: T201 - the misses are the report
    assert len(misses) <= (1 - FLOOR) * len(labels), misses


# --- cost ---------------------------------------------------------------------------------------------------------------------------


def test_a_paragraph_without_numbers_costs_next_to_nothing():
    text = "Giao Sở Nội vụ chủ trì, phối hợp với các cơ quan, đơn vị liên quan thực hiện; báo cáo trước ngày 15 hằng tháng. " * 10
    find(text)
    start = time.perf_counter()
    for _ in range(100):
        find(text)
    assert (time.perf_counter() - start) / 100 < 0.0005


HOSTILE = ["số 1/KH-UBND ", "ngày 1/1/2024 ", "Công văn 12 ngày ", "của UBND ", "1/A-B; ", "Ngày 5/6/2024, Sở ", "công văn "]


@pytest.mark.parametrize("unit", HOSTILE)
def test_cost_is_linear_on_hostile_text(unit):
    def cost(size):
        text = unit * (size // len(unit))
        start = time.perf_counter()
        find(text)
        return time.perf_counter() - start

    cost(1_000)
    assert cost(40_000) < 60 * max(cost(4_000), 0.001)
