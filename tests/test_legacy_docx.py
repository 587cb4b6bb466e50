"""A Word file from before Unicode: each run by its font, found through styles; evidence and grades; Unicode beside it untouched."""

import unicodedata

import pytest
from compose_legacy import store
from docx_snippets import docx

from extractors.evidence import Grade, quote
from extractors.legacy.tables import encoding
from extractors.readers import docx as reader

MOTTO = "Cộng hoà xã hội chủ nghĩa Việt Nam"


def fonts(name: str, **others: str) -> str:
    attributes = {"ascii": name, "hAnsi": name} | others
    return "<w:rFonts " + " ".join(f'w:{key}="{value}"' for key, value in attributes.items()) + "/>"


def run(text: str, font: str = "", look: str = "") -> str:
    look += fonts(font) if font else ""
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def read(*paragraphs: str, **parts: str):
    return reader.read(docx("".join(f"<w:p>{paragraph}</w:p>" for paragraph in paragraphs), **parts))


def texts(layout) -> list[str]:
    return [block.text for block in layout.blocks]


TCVN3 = ".VnTime"
CASES = [
    ("TCVN3", run("Céng hoµ x· héi chñ nghÜa ViÖt Nam", TCVN3), MOTTO),
    ("VNI", run("Coäng hoaø xaõ hoäi chuû nghóa Vieät Nam", "VNI-Times"), MOTTO),
    ("a letter in two runs of different looks", run("Co", "VNI-Times", "<w:b/>") + run("äng hoaø", "VNI-Times"), "Cộng hoà"),
    ("a soft hyphen is a letter", run("nh\u00ad trªn, l\u00adu", TCVN3), "như trên, lưu"),
    ("one that Word keeps as a mark too", f"<w:r><w:rPr>{fonts(TCVN3)}</w:rPr><w:t>nh</w:t><w:softHyphen/></w:r>", "như"),
    ("two encodings in one line", run("céng v¨n ", TCVN3) + run("soá 5 ", "VNI-Times") + run("của Sở", "Arial"), "cộng văn số 5 của Sở"),
    ("VPS", run("ñ¶c lÆp - T¿ do - Hånh phúc", "VPS Times"), "Độc lập - Tự do - Hạnh phúc"),
    ("VISCII", run("Cµng hòa xã hµi chü nghîa Vi®t Nam", "VISCII"), "Cộng hòa xã hội chủ nghĩa Việt Nam"),
    ("marks apart", run(unicodedata.normalize("NFD", "Uỷ ban nhân dân quận"), "Arial"), "Uỷ ban nhân dân quận"),
    ("marks in a run of their own", run("Uy") + run("\u0309", look="<w:b/>") + run(" ban"), "Uỷ ban"),
    (
        "all in one line",
        run("Céng hoµ ", TCVN3)
        + run("xaõ hoäi ", "VNI-Times")
        + run("chû nghïa ", "VPS Times")
        + run("Vi®t Nam, ", "VISCII")
        + run("tự do"),
        "Cộng hoà xã hội chủ nghĩa Việt Nam, tự do",
    ),
    ("VNI under a font of TCVN3", run("Thaønh phoá Ñaø Laït", TCVN3), "Thành phố Đà Lạt"),
    ("a font of capitals", run("th«ng t\u00ad", ".VnTimeH"), "THÔNG TƯ"),
    ("the beyond-ASCII font counts", f"<w:r><w:rPr>{fonts('Arial', hAnsi=TCVN3)}</w:rPr><w:t>x· héi</w:t></w:r>", "xã hội"),
    ("Unicode in an old font", run("công văn của Ủy ban", TCVN3), "công văn của Ủy ban"),
    ("a soft hyphen of Unicode", run("thực\u00adhiện", "Arial"), "thựchiện"),
    ("lettering", "", "Hoả tốc"),
]
LETTERING = """<w:r><w:pict><v:shape><v:textpath style='font-family:".VnTime";font-size:1pt' string="Ho¶ tèc"/></v:shape></w:pict></w:r>"""


@pytest.mark.parametrize(("inner", "reads"), [row[1:] for row in CASES], ids=[row[0] for row in CASES])
def test_each_run_is_read_by_its_font(inner, reads):
    assert texts(read(inner or LETTERING)) == [reads]


def test_two_fonts_in_one_place_are_two_looks():
    """The looks of runs are kept; the font is part of what they are kept by."""
    assert texts(read(run("héi", TCVN3) + run(" ") + run("hoäi", "VNI-Times") + run(" ") + run("hội", "Arial"))) == ["hội hội hội"]


STYLES = (
    f"<w:docDefaults><w:rPrDefault><w:rPr>{fonts('Times New Roman')}</w:rPr></w:rPrDefault></w:docDefaults>"
    f'<w:style w:type="paragraph" w:styleId="Old"><w:rPr><w:rFonts w:hAnsi="{TCVN3}"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Older"><w:basedOn w:val="Old"/><w:rPr><w:rFonts w:ascii="Arial"/></w:rPr></w:style>'
    f'<w:style w:type="character" w:styleId="Loud"><w:rPr>{fonts(".VnTimeH")}</w:rPr></w:style>'
)


def test_the_font_is_found_through_the_styles():
    inner = '<w:pPr><w:pStyle w:val="Older"/></w:pPr><w:r><w:t>x· héi </w:t></w:r>'
    loud = '<w:r><w:rPr><w:rStyle w:val="Loud"/></w:rPr><w:t>x· héi</w:t></w:r>'
    assert texts(read(inner + loud, "<w:r><w:t>café « sau »</w:t></w:r>", styles=STYLES)) == ["xã hội XÃ HỘI", "café « sau »"]


def test_a_font_without_a_name_is_told_by_its_text():
    old = "\u0020"
    layout = read(run(store(MOTTO, encoding("tcvn3")), old), run("§iÒu 1", old), run("Điều 2", "Arial"))
    assert texts(layout) == [MOTTO, "Điều 1", "Điều 2"]
    assert {problem.code for problem in layout.problems} == {"I241", "W241"}


def test_numbers_of_lists_are_recoded():
    level = f'<w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="§iÒu %1."/><w:rPr>{fonts(TCVN3)}</w:rPr></w:lvl>'
    numbering = f'<w:abstractNum w:abstractNumId="1">{level}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    item = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    (block,) = read(item + run("Ph¹m vi", TCVN3), numbering=numbering).blocks
    assert (block.marker, block.text) == ("Điều 1.", "Phạm vi")


@pytest.mark.parametrize(("font", "grade"), [(TCVN3, Grade.STATED), (" ", Grade.REPAIRED)])
def test_recoded_words_lead_to_their_paragraph_and_are_repaired_where_only_the_text_tells(font, grade):
    layout = read(run("Trang đầu"), run("Sè: 15/2003 giao Së Néi vô chñ tr×, phèi hîp", font))
    block = list(layout.blocks)[1]
    start = block.text.index("Sở")
    (evidence,) = quote(block, start, start + len("Sở Nội vụ"))
    assert (evidence.quote, evidence.paragraph, evidence.grade) == ("Sở Nội vụ", 1, grade)
    (number,) = quote(block, block.text.index("15"), block.text.index(" giao"))
    assert (number.quote, number.grade) == ("15/2003", Grade.STATED)


def test_the_reviewer_is_told():
    (problem,) = read(run("x· héi", TCVN3), run("hoäi", "VNI-Times")).problems
    assert problem.code == "I241"
    assert "TCVN3 (ABC), VNI" in problem.message


def test_unicode_documents_are_not_told_of():
    layout = read(run("Ủy ban nhân dân", "Times New Roman"), run("Sở Nội vụ", " "))
    assert layout.problems == ()
    assert not any(word.repaired for block in layout.blocks for word in block.words)
