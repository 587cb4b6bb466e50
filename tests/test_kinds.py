from __future__ import annotations

import pytest
from paper import layout

from extractors.doctypes import rows
from extractors.evidence import Found, Missing, Reason
from extractors.kinds import GENERIC, KINDS, kind_of, recognise
from extractors.zones import split

TYPES = {row.type.name: row.type for row in rows()}


def test_every_type_belongs_to_one_kind_at_most() -> None:
    named = [name for kind in KINDS for name in kind.types]
    assert len(named) == len(set(named))
    assert set(named) <= set(TYPES)


def test_ids_are_unique_and_every_kind_names_its_source() -> None:
    assert len({kind.id for kind in (*KINDS, GENERIC)}) == len(KINDS) + 1
    assert all(kind.source for kind in KINDS)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Công văn", "cong-van"),
        ("Công điện", "cong-dien"),
        ("Tờ trình", "bao-cao"),
        ("Nghị quyết", "quyet-dinh"),
        ("Kết luận", "ke-hoach"),
        ("Giấy phép", "generic"),
    ],
)
def test_a_stated_type_decides(name: str, kind: str) -> None:
    assert kind_of(TYPES[name]).id == kind


def test_only_an_invitation_asks_people_to_come() -> None:
    assert [kind.id for kind in KINDS if kind.duties.invites] == ["giay-moi"]


HEAD = "L*| SỞ Y TẾ\nL| Số: 4/ABC\nR*| CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("C| Kính gửi: Các trạm y tế\nĐề nghị báo cáo.", "cong-van"),
        ("Căn cứ Luật;\nC| QUYẾT ĐỊNH:\nĐiều 1. Thành lập Tổ.", "quyet-dinh"),
        ("Trong quý I, Sở đã thực hiện.\nTrân trọng báo cáo.", "bao-cao"),
        ("Một đoạn không rõ là gì.", "generic"),
    ],
)
def test_a_document_without_type_shows_its_kind(text: str, kind: str) -> None:
    found = recognise(split(layout(HEAD + text))[0].anatomy, None)
    assert isinstance(found, Found)
    assert found.value.id == kind


def test_two_kinds_at_once_are_shown_not_chosen() -> None:
    found = recognise(split(layout(HEAD + "C| Kính gửi: UBND tỉnh\nCăn cứ Luật;\nC| QUYẾT ĐỊNH:\nĐiều 1. Thành lập Tổ."))[0].anatomy, None)
    assert isinstance(found, Missing)
    assert found.reason is Reason.AMBIGUOUS
    assert found.candidates == ("Công văn", "Quyết định")
