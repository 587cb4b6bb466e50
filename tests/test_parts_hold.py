"""Whatever lines a page has and in whatever order: every field reads, and quotes only what is on the paper."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from paper import blocks, layout

from extractors.evidence import Evidence, Found
from extractors.fields import addressees, issuer, marks, own_symbol, place_date, recipients, signatory, subject
from extractors.kinds import recognise
from extractors.layout import Cell, Layout, Row, Table
from extractors.zones import Anatomy, split

LINES = """
L*| ỦY BAN NHÂN DÂN
L| UBND TỈNH HẢI DƯƠNG
L*| SỞ NỘI VỤ
L| Số: 12/SNV-TC
L| Số:      /KH-UBND
L| V/v báo cáo⏎kết quả
L| HỎA TỐC
R*| CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
R*| Độc lập - Tự do - Hạnh phúc
R| ĐẢNG CỘNG SẢN VIỆT NAM
R| Huế, ngày 04 tháng 5 năm 2024
R| ngày   tháng   năm
C*| THÔNG BÁO
C*| Kết luận của Chủ tịch
C| (Kèm theo Quyết định số 1/QĐ-UBND)
Kính gửi: Sở Y tế; Công an tỉnh
Kính gửi:
CHỦ TỊCH UBND TỈNH điện:
Sở Y tế kính mời:
- Sở Tài chính;
Căn cứ Luật số 1/2024/QH15;
1. Giao Sở Tài chính.
Nơi nhận:
L| Nơi nhận:⏎- Như trên;⏎- Lưu: VT.
- Lưu:
R| TM. ỦY BAN NHÂN DÂN⏎KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
(Đã ký)
R| Lê Thị Hà
Phụ lục I
_______
""".strip().splitlines()


def _found(anatomy: Anatomy) -> Iterator[Evidence]:
    head, number, day = issuer.read(anatomy), own_symbol.read(anatomy), place_date.read(anatomy)
    seen, spread, signer = marks.read(anatomy), recipients.read(anatomy), signatory.read(anatomy)
    recognise(anatomy, None)
    values = [head.parent, head.issuer, number.number, number.symbol, number.reference, day.place, day.date, subject.read(anatomy)]
    values += [spread.filing, signer.authority, signer.position, signer.name]
    for value in [*values, seen.urgency, seen.secrecy]:
        if isinstance(value, Found):
            assert value.evidence
        yield from value.evidence if value else ()
    for party in (*addressees.read(anatomy), *spread.recipients):
        assert party.name == party.name.strip()
        assert party.evidence
        yield from party.evidence


def _paper(page: Layout) -> str:
    return " ".join(" ".join(word.text for word in block.words) for block in page.blocks)


@settings(max_examples=250)
@given(st.lists(st.one_of(st.sampled_from(LINES), st.text(max_size=60)), max_size=24), st.booleans())
def test_fields_quote_the_paper(lines: list[str], paged: bool) -> None:
    page = layout("\n".join(lines), paged=paged)
    text = _paper(page)
    for part in split(page):
        assert all(entry.quote in text for entry in _found(part.anatomy))


@pytest.mark.parametrize("size", [1, 3])
def test_layout_tables_with_empty_paragraphs(size: int) -> None:
    empty = blocks("x")[0]
    empty = type(empty)(())
    cells = tuple(Cell((empty, *blocks("Nơi nhận:\n- Như trên;"), empty)) for _ in range(size))
    page = Layout("x", (Table((Row(cells),)), empty))
    assert split(page)


@pytest.mark.parametrize(
    "line", ["a" * 5000, "A-" * 3000, "1 " * 3000, "Số " * 2000, "- " * 3000, "ngày " * 2000, "Kính gửi: " + "; " * 3000, "TS." * 2000]
)
def test_long_lines_take_no_time(line: str) -> None:
    for text in (line, "L| " + line, "L*| SỞ Y TẾ\nL| Số: 1/SYT\n" + line, "Nơi nhận:\n" + line, "C*| BÁO CÁO\nC*| " + line):
        for part in split(layout(text)):
            list(_found(part.anatomy))
