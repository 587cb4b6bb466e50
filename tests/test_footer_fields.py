from __future__ import annotations

import pytest
from paper import blocks, layout

from extractors.evidence import Found, Missing, Reason, value_of
from extractors.fields import recipients, signatory
from extractors.zones import Anatomy, split

HEAD = "L*| SỞ Y TẾ\nL| Số: 1/SYT\nR*| CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nC| Kính gửi: Các bệnh viện\nĐề nghị các bệnh viện thực hiện./.\n"


def anatomy(end: str, *, paged: bool = False) -> Anatomy:
    return split(layout(HEAD + end, paged=paged))[0].anatomy


SIGNERS = [
    ("CHỦ TỊCH⏎Vừ A Lềnh", None, "CHỦ TỊCH", "Vừ A Lềnh"),
    ("KT. CHỦ TỊCH⏎PHÓ CHỦ TỊCH⏎Đào Thị Soan", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Đào Thị Soan"),
    ("TM. ỦY BAN NHÂN DÂN⏎KT. CHỦ TỊCH⏎PHÓ CHỦ TỊCH⏎Vừ A Lềnh", "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Vừ A Lềnh"),
    ("TM. ỦY BAN NHÂN DÂN⏎CHỦ TỊCH⏎(Đã ký)⏎Vừ A Lềnh", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Vừ A Lềnh"),
    (
        "TL. CHỦ TỊCH⏎KT. CHÁNH VĂN PHÒNG⏎PHÓ CHÁNH VĂN PHÒNG⏎Tô Kim Ngân",
        "TL. CHỦ TỊCH KT. CHÁNH VĂN PHÒNG",
        "PHÓ CHÁNH VĂN PHÒNG",
        "Tô Kim Ngân",
    ),
    ("TUQ. GIÁM ĐỐC⏎TRƯỞNG PHÒNG TỔ CHỨC⏎Tô Kim Ngân", "TUQ. GIÁM ĐỐC", "TRƯỞNG PHÒNG TỔ CHỨC", "Tô Kim Ngân"),
    ("KT. BỘ TRƯỞNG, CHỦ NHIỆM⏎PHÓ CHỦ NHIỆM⏎Tô Kim Ngân", "KT. BỘ TRƯỞNG, CHỦ NHIỆM", "PHÓ CHỦ NHIỆM", "Tô Kim Ngân"),
    ("KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC⏎Tô Kim Ngân", "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Tô Kim Ngân"),
    ("T/M BAN THƯỜNG VỤ⏎PHÓ BÍ THƯ THƯỜNG TRỰC⏎Lò Văn Thương", "T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ THƯỜNG TRỰC", "Lò Văn Thương"),
    ("K/T TRƯỞNG BAN⏎PHÓ TRƯỞNG BAN⏎Lò Văn Thương", "K/T TRƯỞNG BAN", "PHÓ TRƯỞNG BAN", "Lò Văn Thương"),
    (
        "TM. BAN CHỈ ĐẠO⏎TRƯỞNG BAN⏎PHÓ CHỦ TỊCH UBND TỈNH⏎Lò Văn Thương",
        "TM. BAN CHỈ ĐẠO TRƯỞNG BAN",
        "PHÓ CHỦ TỊCH UBND TỈNH",
        "Lò Văn Thương",
    ),
    ("Q. CHỦ TỊCH⏎Lò Văn Thương", None, "Q. CHỦ TỊCH", "Lò Văn Thương"),
    ("GIÁM ĐỐC⏎Đại tá Lê Văn Hùng", None, "GIÁM ĐỐC", "Đại tá Lê Văn Hùng"),
    ("HIỆU TRƯỞNG⏎(Ký, ghi rõ họ tên)⏎PGS.TS. Trần Thị Hà", None, "HIỆU TRƯỞNG", "PGS.TS. Trần Thị Hà"),
    ("CHỦ TỊCH⏎NGUYỄN THỊ BÍCH", None, "CHỦ TỊCH", "NGUYỄN THỊ BÍCH"),
    ("CHỦ TỊCH⏎H'Yim Kđoh", None, "CHỦ TỊCH", "H'Yim Kđoh"),
    ("KT. VIỆN TRƯỞNG⏎PHÓ VIỆN TRƯỞNG", "KT. VIỆN TRƯỞNG", "PHÓ VIỆN TRƯỞNG", None),
    ("GIÁM ĐỐC", None, "GIÁM ĐỐC", None),
    ("GIÁM ĐỐC⏎(Đã ký) Tô Kim Ngân", None, "GIÁM ĐỐC", "Tô Kim Ngân"),
    ("GIÁM ĐỐC⏎Đã ký: Tô Kim Ngân", None, "GIÁM ĐỐC", "Tô Kim Ngân"),
    ("KT. HIỆU TRƯỞNG⏎P. HIỆU TRƯỞNG⏎Tô Kim Ngân", "KT. HIỆU TRƯỞNG", "P. HIỆU TRƯỞNG", "Tô Kim Ngân"),
    ("TM. ỦY BAN THẨM PHÁN⏎CHÁNH ÁN⏎Tô Kim Ngân", "TM. ỦY BAN THẨM PHÁN", "CHÁNH ÁN", "Tô Kim Ngân"),
    ("TM. HỘI ĐỒNG NHÂN DÂN⏎TỈNH ĐẮK NÔNG⏎CHỦ TỊCH⏎Y Thanh Niê", "TM. HỘI ĐỒNG NHÂN DÂN TỈNH ĐẮK NÔNG", "CHỦ TỊCH", "Y Thanh Niê"),
]


@pytest.mark.parametrize("form", ["lines of one paragraph", "paragraphs", "one column"])
@pytest.mark.parametrize(("lines", "authority", "position", "name"), SIGNERS)
def test_signer(lines: str, authority: str | None, position: str | None, name: str | None, form: str) -> None:
    right = {
        "lines of one paragraph": "R| " + lines,
        "paragraphs": "\n".join("R| " + line for line in lines.split("⏎")),
        "one column": lines.replace("⏎", "\n"),
    }[form]
    end = (
        right + "\nL| Nơi nhận:\nL| - Như trên;\nL| - Lưu: VT."
        if form == "one column"
        else "L| Nơi nhận:\nL| - Như trên;\nL| - Lưu: VT.\n" + right
    )
    read = signatory.read(anatomy(end))
    assert (value_of(read.authority), value_of(read.position), value_of(read.name)) == (authority, position, name)
    if name is None:
        assert read.name == Missing(Reason.BLANK)


def test_an_office_in_small_letters_signs_in_the_right_column() -> None:
    read = signatory.read(anatomy("R| Tổng Giám đốc\nR| NGUYỄN VĂN HẢI\nL| Nơi nhận:\nL| - Như trên\nL| - Lưu VP"))
    assert (value_of(read.position), value_of(read.name)) == ("Tổng Giám đốc", "NGUYỄN VĂN HẢI")


def test_a_title_that_came_on_the_line_of_the_recipients() -> None:
    a = anatomy("L| Nơi nhận: KT. BỘ TRƯỞNG\nL| - Như trên; THỨ TRƯỞNG\nL| - Lưu: VT.\nR| Tô Kim Ngân")
    read = signatory.read(a)
    assert (value_of(read.authority), value_of(read.position), value_of(read.name)) == ("KT. BỘ TRƯỞNG", "THỨ TRƯỞNG", "Tô Kim Ngân")
    assert [party.name for party in recipients.read(a).recipients] == ["Như trên"]


def test_no_signature_at_all() -> None:
    read = signatory.read(anatomy(""))
    assert read.name == read.position == read.authority == Missing(Reason.ABSENT)


def test_of_two_signatures_the_right_one_is_read() -> None:
    a = anatomy("L| GIÁM ĐỐC SỞ TÀI CHÍNH\nL| Trần Văn Tài\nR| GIÁM ĐỐC SỞ Y TẾ\nR| Lê Thị Yên\nL| Nơi nhận:\nL| - Như trên;")
    read = signatory.read(a)
    assert (value_of(read.position), value_of(read.name)) == ("GIÁM ĐỐC SỞ Y TẾ", "Lê Thị Yên")


LISTS = [
    ("- Như trên;\n- UBND tỉnh;\n- Lưu: VT.", ["Như trên", "UBND tỉnh"], "VT"),
    ("- Như trên;\n- Lưu: VT, CCHC.", ["Như trên"], "VT, CCHC"),
    (
        "- Như Điều 3;\n- Cục Kiểm tra văn bản QPPL (Bộ Tư pháp);\n- Lưu: VT, CĐS (2).LHQ.",
        ["Như Điều 3", "Cục Kiểm tra văn bản QPPL (Bộ Tư pháp)"],
        "VT, CĐS (2).LHQ",
    ),
    ("- Các sở: Tài chính,\nXây dựng, Nội vụ;\n- Lưu: VT, KT,\nNC (5b).", ["Các sở: Tài chính, Xây dựng, Nội vụ"], "VT, KT, NC (5b)"),
    ("Như trên;\nThường trực HĐND xã;\nLưu VT.", ["Như trên", "Thường trực HĐND xã"], "VT"),
    ("- Như trên,\n- Các ban đảng,\n- Lưu Văn phòng Tỉnh ủy.", ["Như trên", "Các ban đảng"], "Văn phòng Tỉnh ủy"),
    ("- Như trên; - UBND tỉnh; - Lưu: VT.", ["Như trên", "UBND tỉnh"], "VT"),
    ("- Như trên;\n- CT, PCT UBND huyện;\n- Lưu: VT;", ["Như trên", "CT, PCT UBND huyện"], "VT"),
    ("-Như trên ;\n-Lưu : VT-VP.", ["Như trên"], "VT-VP"),
    ("- Như trên;\n- TT Huyện ủy, HĐND (b/c);\n- Lưu VT, TH.\nPL.(300)", ["Như trên", "TT Huyện ủy, HĐND (b/c)"], "VT, TH"),
    ("- Như trên;\n- Website Sở.", ["Như trên", "Website Sở"], None),
    (
        "- Như trên;\n- Các công ty: Cấp nước An Lạc;\nĐiện lực An Lạc;\n- Đài PT-TH;\n- Lưu: VT.",
        ["Như trên", "Các công ty: Cấp nước An Lạc; Điện lực An Lạc", "Đài PT-TH"],
        "VT",
    ),
    ("Các phòng: Nội vụ;\nThường trực HĐND xã;\nLưu VT.", ["Các phòng: Nội vụ", "Thường trực HĐND xã"], "VT"),
    ("- Như trên;\n- UBND huyện;\nThường trực HĐND xã;\n- Lưu: VT.", ["Như trên", "UBND huyện", "Thường trực HĐND xã"], "VT"),
    ("- Các công ty: Cấp nước; Điện lực;\n- Lưu: VT.", ["Các công ty: Cấp nước; Điện lực"], "VT"),
]


@pytest.mark.parametrize("form", ["left", "left, paged", "breaks", "one column", "inline label"])
@pytest.mark.parametrize(("lines", "want", "filing"), LISTS)
def test_recipients_and_filing(lines: str, want: list[str], filing: str | None, form: str) -> None:
    parts = lines.split("\n")
    if form == "breaks":
        end = "L| Nơi nhận:⏎" + "⏎".join(parts)
    elif form == "inline label":
        end = "\n".join("L| " + line for line in ["Nơi nhận: " + parts[0], *parts[1:]])
    else:
        end = "\n".join(("" if form == "one column" else "L| ") + line for line in ["Nơi nhận:", *parts])
    right = "\nGIÁM ĐỐC\nLê Thị Yên" if form == "one column" else "\nR| GIÁM ĐỐC\nR| Lê Thị Yên"
    a = anatomy(end + right, paged="paged" in form)
    read = recipients.read(a)
    assert [party.name for party in read.recipients] == want
    assert value_of(read.filing) == filing
    assert value_of(signatory.read(a).name) == "Lê Thị Yên"


def test_evidence_of_recipients_is_on_the_paper() -> None:
    read = recipients.read(anatomy("L| Nơi nhận:\nL| - Các sở: Tài chính,\nL| Xây dựng;\nL| - Lưu: VT, KT."))
    assert [e.quote for e in read.recipients[0].evidence] == ["Các sở: Tài chính,", "Xây dựng;"]
    assert isinstance(read.filing, Found)
    assert [e.quote for e in read.filing.evidence] == ["VT, KT."]


def test_an_empty_filing_line_is_blank() -> None:
    read = recipients.read(Anatomy(recipients=blocks("L| Nơi nhận:\nL| - Như trên;\nL| - Lưu: ……")))
    assert isinstance(read.filing, Missing)
    assert read.filing.reason is Reason.BLANK
