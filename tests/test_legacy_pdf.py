"""A PDF from before Unicode: each character by its font, the letters that producers disguise, boxes, grades; Unicode untouched."""

import unicodedata

import pytest
from compose_legacy import store
from tiny_pdf import GLYPH, TinyPdf

from extractors.evidence import Grade, quote
from extractors.layout import TextSource
from extractors.legacy.tables import encoding
from extractors.readers import pdf, pdf_scans
from extractors.readers.pdf_file import Document

MOTTO = "Cộng hoà xã hội chủ nghĩa Việt Nam"
PROSE = (
    "Thực hiện kế hoạch của Uỷ ban nhân dân huyện về phòng, chống",
    "thiên tai, Uỷ ban nhân dân xã yêu cầu các thôn rà soát nhà yếu,",
    "chuẩn bị lực lượng và phương tiện, báo cáo trước ngày 15/5/2004.",
)
FONTS = {
    "abc": "ABCDEF+.VnTime",
    "more": "FEDCBA+.VnTime",
    "heads": ".VnTimeH",
    "vni": "VNI-Times",
    "vps": "VPS Times",
    "viscii": "VISCII-Times",
    "arial": "Arial",
    "mute": "TT1",
}


@pytest.fixture(autouse=True)
def no_recogniser(monkeypatch):
    monkeypatch.setattr(pdf_scans, "recognise", lambda _data, pages, _broken=(): pdf_scans.Scans(missing=bool(pages)))


def line(page, y, *runs, x=85.0, size=13.0):
    """Runs of (font, stored text) one after the other."""
    for font, text in runs:
        page.text(x, y, text, size, font)
        x += len(text) * GLYPH / 1000 * size


def printed(*lines):
    document = TinyPdf(**FONTS)
    page = document.page()
    for index, runs in enumerate(lines):
        line(page, 100 + 16 * index, *runs)
    return document


def words(document):
    with Document(document.bytes()) as opened:
        return [word for page in opened.read_pages(9) for word in page.words]


def text(document):
    return " ".join(word.text if not word.glued else "\b" + word.text for word in words(document)).replace(" \b", "")


LINES = [
    ("TCVN3", [("abc", "Céng hoµ x· héi chñ nghÜa ViÖt Nam")], MOTTO),
    ("VNI", [("vni", "Coäng hoaø xaõ hoäi chuû nghóa Vieät Nam")], MOTTO),
    ("a font of capitals", [("heads", "th«ng t\u00ad sè 15")], "THÔNG TƯ SỐ 15"),
    ("one capital in a font of capitals", [("heads", "ñ"), ("abc", "y ban nh©n d©n")], "Ủy ban nhân dân"),
    ("a minus sign is the letter", [("abc", "Thñ t"), ("more", "\u2212"), ("abc", "íng, ph\u2212¬ng ¸n")], "Thủ tướng, phương án"),
    ("dot, mu and their like", [("abc", "x\u2219 h\u03bcnh")], "xã hành"),
    (
        "a hyphen is the letter where it makes a syllable",
        [("abc", "Thñ t-íng ®Çu t- 5-6, 15/Q§-UBND - nh-")],
        "Thủ tướng đầu tư 5-6, 15/QĐ-UBND - như",
    ),
    ("it stays where the page has the letter", [("abc", "tr\u00adíc, ®Çu t-")], "trước, đầu t-"),
    ("an alphabet of the font's own", [("abc", "x\uf0b7 h\uf0e9i")], "xã hội"),
    ("two encodings and Unicode", [("abc", "c«ng v¨n "), ("vni", "soá 5 "), ("arial", "của Sở")], "công văn số 5 của Sở"),
    ("VPS", [("vps", "ñ¶c lÆp - T¿ do - Hånh phúc")], "Độc lập - Tự do - Hạnh phúc"),
    ("VISCII", [("viscii", "Cµng hòa xã hµi chü nghîa Vi®t Nam")], "Cộng hòa xã hội chủ nghĩa Việt Nam"),
    ("marks apart", [("arial", unicodedata.normalize("NFD", "Uỷ ban nhân dân quận"))], "Uỷ ban nhân dân quận"),
    (
        "all in one line",
        [
            ("abc", "Céng hoµ "),
            ("vni", "xaõ hoäi "),
            ("vps", "chû nghïa "),
            ("viscii", "Vi®t Nam, "),
            ("arial", unicodedata.normalize("NFD", "độc lập, ") + "tự do"),
        ],
        "Cộng hoà xã hội chủ nghĩa Việt Nam, độc lập, tự do",
    ),
    ("Unicode in an old font", [("abc", "công văn của Ủy ban")], "công văn của Ủy ban"),
    ("signs of a Unicode font", [("arial", "5 − 3 « sau » 15\u00b5m")], "5 − 3 « sau » 15\u00b5m"),
]


@pytest.mark.parametrize(("runs", "reads"), [row[1:] for row in LINES], ids=[row[0] for row in LINES])
def test_each_character_is_read_by_its_font(runs, reads):
    assert text(printed(runs)) == reads


ENDS = [
    ("a letter at a line's end", "tham m\u00adu ®Çu t\u00ad", "n\u00adíc ngoµi", "tham mưu đầu tư nước ngoài"),
    ("a hyphen at a line's end", "Th\u00ad: QuyÕt ®Þnh 15/Q§-", "TTg", "Thư: Quyết định 15/QĐ-TTg"),
    ("a dash before a line's end", "l\u00adu kinh tÕ -", "x· héi", "lưu kinh tế - xã hội"),
]


@pytest.mark.parametrize(("first", "second", "reads"), [row[1:] for row in ENDS], ids=[row[0] for row in ENDS])
def test_what_ends_a_line_is_a_letter_or_a_hyphen(first, second, reads):
    """PDFium writes both alike and swallows the break behind."""
    assert text(printed([("abc", first)], [("abc", second)])) == reads


@pytest.mark.parametrize("name", ["tcvn3", "vni", "vps", "viscii"])
def test_words_stand_where_their_characters_are_printed(name):
    """Also where a letter takes two characters."""
    stored = store("Sở Nội vụ, tư pháp", encoding(name))
    font = "abc" if name == "tcvn3" else name
    assert [word.box for word in words(printed([(font, stored)]))] == [word.box for word in words(printed([("mute", stored)]))]


def test_a_word_with_marks_apart_spans_them():
    apart = unicodedata.normalize("NFD", "quận này")
    first, second = words(printed([("arial", apart)]))
    width = GLYPH / 1000 * 13
    assert (first.text, second.text) == ("quận", "này")
    assert second.box.x0 - first.box.x0 == pytest.approx((len(apart.split()[0]) + 1) * width, abs=1.0)


def test_pages_in_different_encodings_are_one_document():
    names = ("tcvn3", "vni", "vps", "viscii")
    document = TinyPdf(**FONTS)
    for name in names:
        page = document.page()
        for index, row in enumerate(PROSE):
            line(page, 100 + 16 * index, ("abc" if name == "tcvn3" else name, store(row, encoding(name))))
    layout = pdf.read(document.bytes())
    assert " ".join(block.text for block in layout.blocks) == " ".join([*PROSE] * len(names))
    (problem,) = layout.problems
    assert problem.where == "trang 1, 2, 3, 4"
    assert all(encoding(name).name in problem.message for name in names)


def test_a_page_in_an_old_encoding_is_trusted_and_told_of():
    document = printed(*([("abc", store(row, encoding("tcvn3")))] for row in PROSE))
    document.page().lines(85, 100, *PROSE)
    layout = pdf.read(document.bytes())
    assert layout.source is TextSource.DIGITAL
    assert " ".join(PROSE) in " ".join(block.text for block in layout.blocks)
    assert [(problem.code, problem.where) for problem in layout.problems] == [("I241", "trang 1")]


def test_a_font_without_a_name_is_told_by_the_text_of_all_pages():
    document = printed(*([("mute", store(row, encoding("vni")))] for row in PROSE))
    line(document.page(), 100, ("mute", store("Nơi nhận: như trên", encoding("vni"))))
    layout = pdf.read(document.bytes())
    assert [block.text for block in layout.blocks] == [" ".join(PROSE), "Nơi nhận: như trên"]
    assert [(problem.code, problem.where) for problem in layout.problems] == [("I241", "trang 1, 2"), ("W241", "trang 1, 2")]


def test_letters_that_the_file_lost_are_told_of():
    """Printed where the font is missing, the letter that is a soft hyphen elsewhere is gone."""
    rows = (
        "Thủ trưởng các cơ quan được giao trước ngày 15 phải hướng dẫn, thường",
        "xuyên đôn đốc, kiểm tra việc lương thực, đường sá, trường học.",
    )
    lost = [store(row, encoding("tcvn3")).replace("\u00ad", "") for row in rows]
    layout = pdf.read(printed(*([("abc", row)] for row in lost)).bytes())
    told = {problem.code: problem for problem in layout.problems}
    assert set(told) == {"I241", "W242"}
    assert "“trởng”" in told["W242"].message


@pytest.mark.parametrize(("font", "grade"), [("abc", Grade.STATED), ("mute", Grade.REPAIRED)])
def test_words_that_only_the_text_tells_are_graded_as_repaired(font, grade):
    (block,) = pdf.read(printed(*([(font, store(row, encoding("tcvn3")))] for row in PROSE)).bytes()).blocks
    start = block.text.index("Uỷ ban")
    (evidence,) = quote(block, start, start + len("Uỷ ban nhân dân"))
    assert (evidence.quote, evidence.page, evidence.grade) == ("Uỷ ban nhân dân", 1, grade)
    start = block.text.index("15/5")
    (evidence,) = quote(block, start, start + len("15/5/2004"))
    assert (evidence.quote, evidence.grade) == ("15/5/2004", Grade.STATED)


def test_a_letter_that_a_syllable_vouched_for_is_repaired():
    found = words(printed([("abc", "Thñ t-íng ChÝnh phñ")]))
    assert [(word.text, word.repaired) for word in found] == [("Thủ", False), ("tướng", True), ("Chính", False), ("phủ", False)]


def test_signature_fields_over_an_old_page_are_read_once():
    document = printed(*([("abc", store(row, encoding("tcvn3")))] for row in PROSE))
    document.pages[0].field(120, 300, "15/TB")
    with Document(document.bytes()) as opened:
        page = opened.read_page(0)
    assert [word.text for word in page.field_words] == ["15/TB"]
    assert " ".join(word.text for word in page.words) == " ".join(PROSE)
