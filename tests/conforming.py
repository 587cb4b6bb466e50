"""Word documents in faultless form for the tests of the check, piece by piece, so that a test can spoil exactly one."""

from __future__ import annotations

from docx_snippets import docx, p, r, table, tc

STYLES = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"/><w:sz w:val="28"/></w:rPr>'
    "</w:rPrDefault></w:docDefaults>"
)
MID = '<w:jc w:val="center"/>'
LINE = '<w:pBdr><w:top w:val="single" w:sz="6" w:space="1"/></w:pBdr>'
TEXT = '<w:spacing w:after="120" w:line="264" w:lineRule="auto"/><w:ind w:firstLine="720"/><w:jc w:val="both"/>'


def run(text: str, size: float, look: str = "") -> str:
    """A run of a size in points; ``look`` names properties ("b i") or is further XML."""
    marks = look if look.startswith("<") else "".join(f"<w:{name}/>" for name in look.split())
    return r(text, f'{marks}<w:sz w:val="{round(size * 2)}"/>')


def mid(text: str, size: float, look: str = "") -> str:
    """A centred line."""
    return p(run(text, size, look), props=MID)


def text(words: str, props: str = TEXT, size: float = 14, look: str = "") -> str:
    """A paragraph of the text."""
    return p(run(words, size, look), props=props)


RULE = p(props=LINE)
SECTION = {
    "paper": '<w:pgSz w:w="11906" w:h="16838"/>',
    "margins": '<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1701"/>',
    "title-page": "<w:titlePg/>",
}
PAGE_NUMBER = f'<w:p><w:pPr>{MID}</w:pPr><w:r><w:rPr><w:sz w:val="26"/></w:rPr><w:instrText>PAGE</w:instrText><w:t>2</w:t></w:r></w:p>'

LETTER: dict[str, str] = {
    "superior": mid("UBND TỈNH HẢI DƯƠNG", 12),
    "issuer": mid("SỞ NỘI VỤ", 12, "b"),
    "issuer-rule": RULE,
    "national": mid("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, "b"),
    "motto": mid("Độc lập - Tự do - Hạnh phúc", 13, "b"),
    "motto-rule": RULE,
    "number": mid("Số: 05/SNV-VP", 13),
    "subject": mid("V/v rà soát hồ sơ lưu trữ", 12),
    "place-date": mid("Hải Dương, ngày 03 tháng 02 năm 2023", 13, "i"),
    "title": "",
    "title-subject": "",
    "addressed": p(run("Kính gửi:", 14), props='<w:ind w:left="2000"/>'),
    "first-addressee": p(run("- Sở Tài chính;", 14), props='<w:ind w:left="3000"/>'),
    "last-addressee": p(run("- Sở Y tế.", 14), props='<w:ind w:left="3000"/>'),
    "opening": text(
        "Để chuẩn bị cho đợt kiểm tra lưu trữ năm 2023 theo khoản 2 Điều 5 của Quy chế, Sở Nội vụ đề nghị các cơ quan rà soát hồ sơ."
    ),
    "first": text("1. Sở Tài chính rà soát hồ sơ tài chính của các năm trước, lập danh mục hồ sơ quá hạn và gửi về Sở Nội vụ để tổng hợp."),
    "last": text("2. Sở Y tế bố trí kho lưu trữ./."),
    "label": p(run("Nơi nhận:", 12, "b i")),
    "recipient": p(run("- Như trên;", 11)),
    "filing": p(run("- Lưu: VT, VP.", 11)),
    "authority": mid("KT. GIÁM ĐỐC", 14, "b"),
    "position": mid("PHÓ GIÁM ĐỐC", 14, "b"),
    "signer": mid("Lê Thị Hoa Mai", 14, "b"),
    "appendix": "",
}
PLAN = {
    "number": mid("Số: 12/KH-SNV", 13),
    "subject": "",
    "title": mid("KẾ HOẠCH", 14, "b"),
    "title-subject": mid("Rà soát hồ sơ lưu trữ năm 2023", 14, "b"),
    "addressed": "",
    "first-addressee": "",
    "last-addressee": "",
    "recipient": p(run("- Các sở, ngành;", 11)),
}
PARTY = {
    "superior": mid("TỈNH ỦY HẢI DƯƠNG", 14),
    "issuer": mid("VĂN PHÒNG", 14, "b"),
    "issuer-rule": mid("*", 14),
    "national": mid("ĐẢNG CỘNG SẢN VIỆT NAM", 15, "b"),
    "motto": "",
    "number": mid("Số 15-CV/VPTU", 14),
    "subject": mid("rà soát hồ sơ lưu trữ", 12, "i"),
    "addressed": p(run("Kính gửi:", 14, "i"), props='<w:ind w:left="2000"/>'),
    "first-addressee": p(run("- Các ban đảng;", 14, "i"), props='<w:ind w:left="3000"/>'),
    "last-addressee": p(run("- Các huyện ủy.", 14, "i"), props='<w:ind w:left="3000"/>'),
    "opening": text("Văn phòng Tỉnh ủy đề nghị các cơ quan rà soát lại hồ sơ lưu trữ của các năm trước và gửi danh mục trước ngày họp."),
    "first": text("1. Các ban đảng rà soát hồ sơ."),
    "last": text("2. Các huyện ủy bố trí kho lưu trữ."),
    "label": p(run("Nơi nhận:", 14, '<w:u w:val="single"/>')),
    "filing": p(run("- Lưu Văn phòng Tỉnh ủy.", 11)),
    "authority": mid("K/T CHÁNH VĂN PHÒNG", 14, "b"),
    "position": mid("PHÓ CHÁNH VĂN PHÒNG", 14, "b"),
    "margins": '<w:pgMar w:top="1134" w:right="851" w:bottom="1134" w:left="1701"/>',
}


def document(form: dict[str, str] | None = None, **spoilt: str) -> bytes:
    """A dispatch; ``form`` is ``PLAN`` or ``PARTY``; ``spoilt`` replaces pieces (dashes in their names written as underscores)."""
    pieces = {**LETTER, **SECTION, "header": PAGE_NUMBER, "footer": "", **(form or {})}
    pieces |= {name.replace("_", "-"): piece for name, piece in spoilt.items()}

    def cell(*names: str) -> str:
        return tc("".join(pieces[name] for name in names) or p())

    head = table(
        (cell("superior", "issuer", "issuer-rule"), cell("national", "motto", "motto-rule")),
        (cell("number", "subject"), cell("place-date")),
    )
    foot = table((cell("label", "recipient", "filing"), cell("authority", "position", "signer")))
    text_of = ("title", "title-subject", "addressed", "first-addressee", "last-addressee", "opening", "first", "last")
    links = '<w:headerReference w:type="default" r:id="header1"/>' + '<w:footerReference w:type="default" r:id="footer1"/>' * bool(
        pieces["footer"]
    )
    section = f"<w:sectPr>{links}{''.join(pieces[name] for name in ('paper', 'margins', 'title-page'))}</w:sectPr>"
    body = head + "".join(pieces[name] for name in text_of) + foot + pieces["appendix"] + section
    parts = {"styles": STYLES, "header1": pieces["header"]} | ({"footer1": pieces["footer"]} if pieces["footer"] else {})
    return docx(body, **parts)
