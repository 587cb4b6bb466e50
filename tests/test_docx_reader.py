from __future__ import annotations

import unicodedata

import pytest
from docx_snippets import W, docx, p, r, t, table, tc, unpacked
from hypothesis import given
from hypothesis import strategies as st

from extractors.errors import EmptyFile, EncryptedFile, UnreadableFile, UnsupportedFormat
from extractors.layout import Block, Column, Layout, Table
from extractors.readers import docx_body, docx_package
from extractors.readers.docx import MEDIA_TYPE, read
from extractors.text import nfc, squeeze


def texts(layout: Layout) -> list[str]:
    return [block.text for block in layout.blocks]


def box(content: str) -> str:
    return f"<w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp><wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"  # noqa: E501 - one shape


def vml(content: str) -> str:
    return f"<w:pict><v:shape><v:textbox><w:txbxContent>{content}</w:txbxContent></v:textbox></v:shape></w:pict>"


def field(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def code(text: str) -> str:
    return f"<w:r><w:instrText>{text}</w:instrText></w:r>"


DELETED = "<w:del><w:r><w:delText>bỏ</w:delText><w:t>bỏ</w:t></w:r></w:del>"


def either(choice: str, fallback: str) -> str:
    branches = f"<mc:Choice Requires='wps'>{choice}</mc:Choice><mc:Fallback>{fallback}</mc:Fallback>"
    return f"<w:r><mc:AlternateContent>{branches}</mc:AlternateContent></w:r>"


SHAPE = either(box(p("KHẨN")), vml(p("KHẨN")))

SHOWN = {
    "a word over several runs": (p(r("Uỷ b"), r("an nh"), r("ân dân")), ["Uỷ ban nhân dân"]),
    "a tab and a line break are white space": (p("Số:|12¶trang"), ["Số: 12 trang"]),
    "non-breaking hyphen": (p("<w:r><w:t>15/QĐ</w:t><w:noBreakHyphen/><w:t>UBND</w:t></w:r>"), ["15/QĐ-UBND"]),
    "soft hyphen of a reference": (p("1961/QĐ\u00adUBND"), ["1961/QĐ-UBND"]),
    "soft hyphen of hyphenation": (p("thông\u00adtin"), ["thôngtin"]),
    "NFD becomes NFC": (p(unicodedata.normalize("NFD", "Chỉ đạo")), ["Chỉ đạo"]),
    "a letter and its mark in two runs": (p(r("hoa"), r("\u0300 giải")), [nfc("hoa\u0300 giải")]),
    "a letter and its mark in two looks": (p(r("hoa", "b"), r("\u0300 giải")), [nfc("hoa\u0300 giải")]),
    "zero-width characters": (p("UB\u200bND\ufeff huyện"), ["UBND huyện"]),
    "symbol": (p('<w:r><w:sym w:font="Wingdings" w:char="F0E0"/><w:t> xã</w:t></w:r>'), ["→ xã"]),
    "symbol without a number": (p('<w:r><w:sym w:font="X" w:char="zz"/><w:t>xã</w:t></w:r>'), ["xã"]),
    "hyperlink": (p("Xem ", f'<w:hyperlink r:id="x">{r("cổng")}</w:hyperlink>'), ["Xem cổng"]),
    "smart tag in a smart tag": (p(f"<w:smartTag><w:smartTag>{r('huyện')}</w:smartTag></w:smartTag>"), ["huyện"]),
    "content control in a paragraph": (p(r("Số "), f"<w:sdt><w:sdtPr/><w:sdtContent>{r('12')}</w:sdtContent></w:sdt>"), ["Số 12"]),
    "content control around paragraphs": (f"<w:sdt><w:sdtContent>{p('một')}{p('hai')}</w:sdtContent></w:sdt>", ["một", "hai"]),
    "tracked insertion and deletion": (p(r("giao "), DELETED, f"<w:ins>{r('Sở')}</w:ins>"), ["giao Sở"]),
    "moved text": (p(f"<w:moveFrom>{r('cũ')}</w:moveFrom>", f"<w:moveTo>{r('mới')}</w:moveTo>"), ["mới"]),
    "a deleted paragraph end": (p(r("đầu "), props="<w:rPr><w:del/></w:rPr>") + p("cuối"), ["đầu cuối"]),
    "a deleted paragraph end at the end": (p("đầu", props="<w:rPr><w:del/></w:rPr>"), ["đầu"]),
    "field result": (p(field("begin"), code("REF x"), field("separate"), r("12"), field("end"), r(" xã")), ["12 xã"]),
    "field in a field's instruction": (
        p(
            field("begin"),
            code("IF "),
            field("begin"),
            code("DATE"),
            field("separate"),
            r("nay"),
            field("end"),
            field("separate"),
            r("kết quả"),
            field("end"),
        ),
        ["kết quả"],
    ),
    "page number field": (p(r("Trang "), field("begin"), code(" PAGE "), field("separate"), r("3"), field("end")), ["Trang"]),
    "simple field": (
        p(
            '<w:fldSimple w:instr="TITLE"><w:r><w:t>tên</w:t></w:r></w:fldSimple>',
            '<w:fldSimple w:instr="PAGE"><w:r><w:t>9</w:t></w:r></w:fldSimple>',
        ),
        ["tên"],
    ),
    "field over two paragraphs": (
        p(field("begin"), code("TOC"), field("separate"), r("mục 1")) + p(r("mục 2"), field("end")),
        ["mục 1", "mục 2"],
    ),
    "a field never closed": (p(field("begin"), code("REF")) + p("còn"), ["còn"]),
    "text box, drawn and in VML": (p(SHAPE, r("Kính gửi: Sở A")), ["KHẨN", "Kính gửi: Sở A"]),
    "only the fallback has text": (
        p(either("<w:drawing/>", vml(p("chữ")))),
        ["chữ"],
    ),
    "text box in a text box": (p("<w:r>" + box(p("ngoài") + p("<w:r>" + vml(p("trong")) + "</w:r>")) + "</w:r>"), ["ngoài", "trong"]),
    "drawn lettering": (p("<w:r><w:pict><v:shape><v:textpath string='DỰ THẢO'/></v:shape></w:pict></w:r>", r("bản")), ["DỰ THẢO", "bản"]),
    "formula": (p("<m:oMath><m:r><m:t>x+1</m:t></m:r></m:oMath>"), ["x+1"]),
    "ruby: the base only": (p(f"<w:r><w:ruby><w:rt>{r('đọc')}</w:rt><w:rubyBase>{r('gốc')}</w:rubyBase></w:ruby></w:r>"), ["gốc"]),
    "empty paragraphs": (p() + p("  ") + p("có"), ["có"]),
    "a list typed into one paragraph": (
        p("Nhiệm vụ:¶- Việc một¶tiếp theo;¶- Việc hai."),
        ["Nhiệm vụ:", "- Việc một tiếp theo;", "- Việc hai."],
    ),
    "a line break is no list": (p("Căn cứ¶Luật Đất đai"), ["Căn cứ Luật Đất đai"]),
    "newlines in the XML are spaces": (p("<w:r><w:t>hai\n  dòng</w:t></w:r>"), ["hai dòng"]),
}


@pytest.mark.parametrize(("body", "expected"), SHOWN.values(), ids=SHOWN.keys())
def test_shown_text(body, expected):
    assert texts(read(docx(body))) == expected


HIDDEN = {
    "vanish": "<w:vanish/>",
    "white": '<w:color w:val="FFFFFF"/>',
    "tiny": '<w:sz w:val="2"/>',
}
VISIBLE = {
    "vanish off": '<w:vanish w:val="0"/>',
    "hidden on the web only": "<w:webHidden/>",
    "white on blue": '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="0000FF"/>',
    "white, highlighted": '<w:color w:val="FFFFFF"/><w:highlight w:val="red"/>',
    "grey": '<w:color w:val="808080"/>',
    "2 points": '<w:sz w:val="4"/>',
}


@pytest.mark.parametrize("props", HIDDEN.values(), ids=HIDDEN.keys())
def test_hidden_text_is_left_out_and_reported(props):
    layout = read(docx(p("thật") + p(r("bỏ qua", props), r("chữ"))))
    assert texts(layout) == ["thật", "chữ"]
    assert [(problem.code, problem.where) for problem in layout.problems] == [("W201", "đoạn 2")]


@pytest.mark.parametrize("props", VISIBLE.values(), ids=VISIBLE.keys())
def test_visible_text_stays(props):
    layout = read(docx(p(r("thấy", props))))
    assert texts(layout) == ["thấy"]
    assert not layout.problems


def test_white_text_in_a_coloured_cell_is_visible():
    cell = tc(p(r("Nhiệm vụ", HIDDEN["white"])), props='<w:shd w:val="clear" w:fill="1F4E79"/>')
    assert "Nhiệm vụ" in texts(read(docx(table(("TT", cell), ("1", "việc"), ruled=True))))


def test_hidden_by_style_and_blank_hidden_runs():
    styles = '<w:style w:type="character" w:styleId="An"><w:rPr><w:vanish/></w:rPr></w:style>'
    layout = read(docx(p(r("a", '<w:rStyle w:val="An"/>'), r("b")), styles=styles))
    assert texts(layout) == ["b"]
    assert [problem.code for problem in layout.problems] == ["W201"]
    assert not read(docx(p(r(" ", "vanish"), r("b")))).problems


def test_tracked_changes_are_told():
    assert [problem.code for problem in read(docx(p(r("a"), DELETED))).problems] == ["W205"]
    row = f"<w:tr><w:trPr><w:del/></w:trPr>{tc('bỏ')}{tc('bỏ')}</w:tr>"
    layout = read(docx(table(("TT", "Việc"), row, ("1", "còn"), ruled=True)))
    assert texts(layout) == ["TT", "Việc", "1", "còn"]
    assert [problem.code for problem in layout.problems] == ["W205"]


def test_embedded_documents_are_told():
    assert [problem.code for problem in read(docx(p("a") + '<w:altChunk r:id="x"/>')).problems] == ["W206"]


@pytest.mark.parametrize(
    ("text", "codes"),
    [("UB\u200bND", ["W211"]), ("số \u202e21\u202c", ["W212"]), ("UBND\u200b huyện", []), ("UBND huyện", [])],
)
def test_characters_nobody_sees_go_and_are_told(text, codes):
    layout = read(docx(p("đầu") + p(text)))
    assert texts(layout)[1] == text.replace("\u200b", "").replace("\u202e", "").replace("\u202c", "")
    assert [problem.code for problem in layout.problems] == codes
    assert all(problem.where == "đoạn 2" for problem in layout.problems)


@pytest.mark.parametrize(("words", "codes"), [(5, ["W204"]), (100, [])])
def test_pictures_among_few_words_are_told(words, codes):
    picture = "<w:r><w:drawing><wp:inline><a:blip/></wp:inline></w:drawing></w:r>"
    assert [problem.code for problem in read(docx(p(picture, r("chữ " * words)))).problems] == codes


STYLES = """<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="26"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:pPr><w:ind w:firstLine="567"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Goc"><w:basedOn w:val="Normal"/><w:pPr><w:jc w:val="center"/></w:pPr>
<w:rPr><w:b/><w:sz w:val="28"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Con"><w:basedOn w:val="Goc"/><w:rPr><w:i/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Vong"><w:basedOn w:val="Vong"/></w:style>
<w:style w:type="character" w:styleId="Dam"><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Tr&#7889;ng" />
<w:style w:type="paragraph" w:styleId="Muc"><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>"""
DAM = '<w:rStyle w:val="Dam"/>'
LOOKS = [
    ("", "", (False, False, 13.0), (False, 28.35)),
    ("Con", "", (True, True, 14.0), (True, 28.35)),
    ("Con", '<w:b w:val="0"/><w:sz w:val="24"/>', (False, True, 12.0), (True, 28.35)),
    ("Con", DAM, (False, True, 14.0), (True, 28.35)),  # bold in both styles cancels out
    ("", DAM, (True, False, 13.0), (False, 28.35)),
    ("Vong", "", (False, False, 13.0), (False, 0.0)),
    ("unknown", "b i", (True, True, 13.0), (False, 28.35)),
]


@pytest.mark.parametrize(("style", "props", "look", "shape"), LOOKS)
def test_looks_follow_the_styles(style, props, look, shape):
    (block,) = read(docx(p(r("chữ", props), props=f'<w:pStyle w:val="{style}"/>' if style else ""), styles=STYLES)).items
    assert isinstance(block, Block)
    word = block.words[0]
    assert (word.bold, word.italic, word.size) == look
    assert (block.centred, block.indent) == shape


def test_style_sheets_in_another_spelling_are_read_whole():
    sheet = f'<x:styles xmlns:x="{W}"><x:style x:type="paragraph" x:default="1" x:styleId="N"><x:rPr><x:b/></x:rPr></x:style></x:styles>'
    (block,) = read(docx(p("chữ"), {"word/styles.xml": sheet}, styles="")).items
    assert isinstance(block, Block)
    assert block.bold


def test_heading_level_direct_indent_and_opening_tabs():
    body = p("Mục", props='<w:pStyle w:val="Muc"/>') + p("lùi", props='<w:ind w:left="720" w:hanging="360"/>') + p("|thụt")
    first, second, third = read(docx(body, styles=STYLES)).blocks
    assert (first.level, second.indent, third.indent) == (1, 18.0, 36.0)


def test_a_word_cut_by_a_change_of_look_is_glued():
    (block,) = read(docx(p(r("UB", "b"), r("ND huyện")))).blocks
    assert [(word.text, word.glued, word.bold) for word in block.words] == [
        ("UB", False, True),
        ("ND", True, False),
        ("huyện", False, False),
    ]
    assert block.text == "UBND huyện"


def test_words_know_their_line_and_their_paragraph():
    body = p("một¶hai") + table(("TT", "Việc"), ("1", "a"), ruled=True) + p("ba")
    layout = read(docx(body))
    first, *_, last = layout.blocks
    assert [word.line for word in first.words] == [0, 1]
    assert first.lines == ("một", "hai")
    assert [block.words[0].paragraph for block in layout.blocks] == [0, 1, 2, 3, 4, 5]
    assert last.text == "ba"
    assert layout.media_type == MEDIA_TYPE


SECTION = '<w:sectPr><w:headerReference w:type="default" r:id="header2"/><w:headerReference w:type="first" r:id="header1"/><w:footerReference w:type="default" r:id="footer1"/></w:sectPr>'  # noqa: E501 - one element


def test_headers_and_footers_are_furniture():
    layout = read(
        docx(
            p("thân") + SECTION,
            header1=p("đầu trang"),
            header2=p(field("begin"), code("PAGE"), field("separate"), r("2"), field("end")),
            footer1=p("ĐT: 0220"),
        )
    )
    assert texts(layout) == ["thân"]
    assert [block.text for block in layout.furniture] == ["đầu trang", "ĐT: 0220"]


def test_a_letterhead_in_the_page_header_opens_the_document():
    head = table(("UBND XÃ A", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")) + p("2")
    layout = read(docx(p("thân") + SECTION, header1=head, header2=p("sau")))
    assert texts(layout) == ["UBND XÃ A", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "thân"]
    assert [block.text for block in layout.furniture] == ["sau"]
    again = read(docx(p("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") + SECTION, header1=head))
    assert texts(again) == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]


@pytest.mark.parametrize("mark", ["HỎA TỐC", "MẬT"])
def test_a_mark_in_a_page_header_opens_the_document(mark):
    layout = read(docx(p("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") + SECTION, header1=p(mark) + p("khác"), header2=p(mark)))
    assert texts(layout) == [mark, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]
    assert [block.text for block in layout.furniture] == ["khác"]


def test_footnotes_and_endnotes_stand_apart():
    notes = f'<w:footnote w:id="-1" w:type="separator">{p("---")}</w:footnote><w:footnote w:id="1">{p("chú một")}</w:footnote>'
    layout = read(
        docx(
            p(r("chữ"), "<w:r><w:footnoteReference w:id='1'/></w:r>"),
            footnotes=notes,
            endnotes=f'<w:endnote w:id="1">{p("chú hai")}</w:endnote>',
        )
    )
    assert texts(layout) == ["chữ"]
    assert [block.text for block in layout.footnotes] == ["chú một", "chú hai"]


def test_comments_are_no_text():
    assert texts(read(docx(p("<w:commentRangeStart w:id='0'/>", r("chữ"), "<w:r><w:commentReference w:id='0'/></w:r>")))) == ["chữ"]


FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> {} </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>01/02/2026</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
)


@pytest.mark.parametrize(
    ("field", "told"),
    [
        (FIELD.format('DATE \\@ "dd/MM/yyyy"'), True),
        (FIELD.format("TIME"), True),
        ('<w:fldSimple w:instr=" DATE "><w:r><w:t>01/02/2026</w:t></w:r></w:fldSimple>', True),
        (FIELD.format("CREATEDATE"), False),
        (FIELD.format("REF ngay"), False),
    ],
)
def test_a_date_that_changes_by_itself_is_told(field, told):
    layout = read(docx(p("ngày ", field)))
    assert "01/02/2026" in texts(layout)[0]
    assert ("W247" in [problem.code for problem in layout.problems]) is told


REFUSED = {
    "no zip": (b"PK\x03\x04word/", UnreadableFile),
    "truncated": (docx(p("chữ"))[:-30], UnreadableFile),
    "a zip of something else": (unpacked({"a.txt": "x"}), UnsupportedFormat),
    "main part missing": (unpacked({"word/styles.xml": "<x/>"}), UnreadableFile),
    "no body": (docx("", {"word/document.xml": f'<w:document xmlns:w="{W}"/>'}), UnreadableFile),
    "broken XML": (docx("<w:p>"), UnreadableFile),
    "DTD": (docx("", {"word/document.xml": '<!DOCTYPE x [<!ENTITY e "y">]><x>&e;</x>'}), UnreadableFile),
    "DTD in UTF-16": (
        docx("", {"word/document.xml": '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x [<!ENTITY e "y">]><x>&e;</x>'.encode("utf-16")}),
        UnreadableFile,
    ),
    "nested too deeply": (docx("<w:sdt><w:sdtContent>" * 5000 + p("x") + "</w:sdtContent></w:sdt>" * 5000), UnreadableFile),
    "nothing in it": (docx(p() + "<w:sectPr/>"), EmptyFile),
    "only a header": (docx(SECTION, header1=p("đầu")), EmptyFile),
}


@pytest.mark.parametrize(("data", "error"), REFUSED.values(), ids=REFUSED.keys())
def test_refusals(data, error):
    with pytest.raises(error):
        read(data)


def test_zip_entries_with_a_password():
    data = bytearray(docx(p("chữ")))
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 4)
    with pytest.raises(EncryptedFile):
        read(bytes(data))


def test_sizes_are_measured_while_unpacking(monkeypatch):
    monkeypatch.setattr(docx_package, "MAX_PART_BYTES", 100_000)
    with pytest.raises(UnreadableFile):
        read(docx(p("a" * 200_000)))
    monkeypatch.setattr(docx_package, "MAX_PART_BYTES", 10_000_000)
    monkeypatch.setattr(docx_package, "MAX_TOTAL_BYTES", 100_000)
    with pytest.raises(UnreadableFile):
        read(docx(p("a" * 60_000), styles=" " * 60_000))


def test_texts_of_a_thousand_pages_are_refused(monkeypatch):
    monkeypatch.setattr(docx_body, "MAX_CHARACTERS", 1_000)
    with pytest.raises(UnreadableFile):
        read(docx(p("a " * 300) + p("b " * 300)))


def test_strict_open_xml_and_part_names_in_another_case():
    body = f"<w:document xmlns:w='http://purl.oclc.org/ooxml/wordprocessingml/main'><w:body>{p('chữ')}</w:body></w:document>"
    assert texts(read(docx("", {"word/document.xml": body}))) == ["chữ"]
    assert texts(read(unpacked({"Word\\Document.xml": f"<w:document xmlns:w='{W}'><w:body>{p('chữ')}</w:body></w:document>"}))) == ["chữ"]


VIETNAMESE = st.text(st.sampled_from("aăâbcdđeêghiklmnoôơpqrstuưvxyÀẾỘỹ0/-:;., \u00a0\u200b\u0300\u0301|¶"), max_size=40)
RUNS = st.lists(st.tuples(VIETNAMESE, st.sampled_from(["", "b", "i", "b i"])), min_size=1, max_size=6)


@given(RUNS)
def test_words_joined_are_the_text_squeezed(runs):
    body = p("mốc") + p(*(r(text, props) for text, props in runs))
    shown = "".join(text for text, _ in runs).replace("\u200b", "").replace("|", "\t").replace("¶", "\n")
    blocks = list(read(docx(body)).blocks)[1:]
    together = " ".join(block.text for block in blocks)
    assert together == squeeze(nfc(shown))
    assert all(word.text == nfc(word.text) and not any(c.isspace() for c in word.text) for block in blocks for word in block.words)


def test_ten_thousand_runs_and_paragraphs():
    layout = read(docx(p(*(r(f"x{i % 7} ", "b" if i % 2 else "") for i in range(10_000))) + "".join(p("đoạn") for _ in range(10_000))))
    assert sum(len(block.words) for block in layout.blocks) == 20_000


def test_deeply_nested_tables():
    inner = p("đáy")
    for _ in range(40):
        inner = table((tc(inner + p()),))
    assert texts(read(docx(inner))) == ["đáy"]


def test_unknown_tables_and_columns_stay_typed():
    (item,) = read(docx(table(("TT", "Việc"), ("1", "a"), ruled=True))).items
    assert isinstance(item, Table)
    assert {block.column for block in item.blocks} == {Column.FULL}
    assert t("a|b") == '<w:t xml:space="preserve">a</w:t><w:tab/><w:t xml:space="preserve">b</w:t>'
