"""From the bytes of a PDF to its layout: what is printed is read, what nobody can see is not, what cannot be read is told."""

from itertools import pairwise
from pathlib import Path

import pytest
from tiny_pdf import TinyPdf

from extractors.errors import DispatchError, EmptyFile, EncryptedFile, NeedsOcr, UnreadableFile
from extractors.layout import Block, Column, Origin, Table, TextSource
from extractors.pages import Pages
from extractors.readers import pdf, pdf_scans
from extractors.readers.pdf_file import Document

SHARED = Path(__file__).parents[2] / "shared"
CORPUS = SHARED / "corpus" / "hostile" / "pdf"
ODD = sorted(CORPUS.glob("*.pdf")) if CORPUS.exists() else []

PROSE = (
    "Thực hiện kế hoạch của Ủy ban nhân dân huyện về phòng, chống",
    "thiên tai, Ủy ban nhân dân xã yêu cầu các thôn rà soát nhà yếu,",
    "chuẩn bị lực lượng và phương tiện, báo cáo trước ngày 15/5/2024.",
)
"""A page with fewer words is too little to be judged."""


@pytest.fixture(autouse=True)
def no_recogniser(monkeypatch):
    """Recognising scans has its own tests; here it is not installed."""
    monkeypatch.setattr(pdf_scans, "recognise", lambda _data, pages, _broken=(): pdf_scans.Scans(missing=bool(pages)))


def prose(document, y=400, **settings):
    return document.page(**settings).lines(85, y, *PROSE)


def raw(document, number=0):
    with Document(document.bytes()) as opened:
        return opened.read_page(number)


def words(document):
    return [word.text for word in raw(document).words]


def read(document, **options):
    return pdf.read(document.bytes(), **options)


def texts(layout):
    return [item.text for item in layout.items if isinstance(item, Block)]


def codes(layout):
    return [(problem.code, problem.where) for problem in layout.problems]


# --- words ---------------------------------------------------------------------------------------------


def test_words_have_boxes_from_the_top_left_corner():
    document = TinyPdf()
    document.page().text(85, 100, "Ủy ban", 14)
    first, second = raw(document).words
    assert (first.text, second.text) == ("Ủy", "ban")
    assert first.box.x0 == pytest.approx(85, abs=0.5)
    assert first.box.x1 == pytest.approx(99, abs=0.5)
    assert first.box.top < 100 < first.box.bottom
    assert first.box.bottom - first.box.top == pytest.approx(1.11 * 14, abs=0.1)
    assert (first.box.top, first.box.bottom) == (second.box.top, second.box.bottom)


@pytest.mark.parametrize(("font", "bold", "italic"), [("regular", False, False), ("bold", True, False), ("italic", False, True)])
def test_weight_and_slant_come_from_the_font(font, bold, italic):
    document = TinyPdf()
    document.page().text(85, 100, "khẩn", font=font)
    assert [(word.bold, word.italic) for word in raw(document).words] == [(bold, italic)]


@pytest.mark.parametrize(("size", "matrix"), [(13, None), (1, (13, 0, 0, 13)), (26, (0.5, 0, 0, 0.5))])
def test_type_is_as_large_as_it_is_drawn(size, matrix):
    document = TinyPdf()
    document.page().text(85, 100, "khẩn", size, matrix=matrix)
    (word,) = raw(document).words
    assert word.size == 13
    assert word.box.bottom - word.box.top == pytest.approx(14.4, abs=0.2)


def test_text_that_draws_its_outline_too_is_bold():
    document = TinyPdf()
    document.page().text(85, 100, "khẩn", before="2 Tr")
    assert raw(document).words[0].bold


@pytest.mark.parametrize("text", ["u\u031b\u0301ng", "ứng"])
def test_text_is_composed(text):
    document = TinyPdf()
    document.page().text(85, 100, text)
    assert words(document) == ["ứng"]


def test_hard_blanks_and_widthless_signs_are_no_letters():
    document = TinyPdf()
    document.page().text(85, 100, "số\u00a012\u200b ngày\ufeff")
    assert words(document) == ["số", "12", "ngày"]


@pytest.mark.parametrize(("char", "shown"), [("\uf0b7", "•"), ("\uf02d", "-"), ("\uf0d8", "➢")])
def test_bullets_of_symbol_fonts_are_bullets(char, shown):
    document = TinyPdf()
    document.page().text(85, 100, char).text(100, 100, "Rà soát")
    assert words(document) == [shown, "Rà", "soát"]


def test_a_symbol_broken_at_its_hyphen_is_one_reference():
    document = TinyPdf()
    lines = (
        "Thực hiện ý kiến của lãnh đạo Văn phòng tại Thông báo số 159/TB-",
        "VPCP, Ủy ban nhân dân xã yêu cầu các thôn báo cáo kết quả./.",
    )
    document.page().lines(85, 300, *lines)
    (text,) = texts(read(document))
    assert "số 159/TB-VPCP, Ủy" in text


def test_a_soft_hyphen_inside_a_symbol_is_a_hyphen():
    document = TinyPdf()
    document.page().text(85, 100, "1961/QĐ\u00adUBND").lines(85, 300, *PROSE)
    assert "1961/QĐ-UBND" in texts(read(document))[0]


def test_a_raised_mark_is_a_word_of_its_own():
    document = TinyPdf()
    document.page().text(85, 100, "hộ").text(98, 96, "1", 7)
    assert [(word.text, word.glued, word.size) for word in raw(document).words] == [("hộ", False, 13), ("1", True, 7)]


@pytest.mark.parametrize(("turns", "size"), [(90, (842, 595)), (180, (595, 842)), (270, (842, 595))])
def test_a_turned_page_is_read_as_it_is_shown(turns, size):
    """The text runs so that it stands upright once the page is turned."""
    placed = {90: (200, 742, (0, 1, -1, 0)), 180: (495, 642, (-1, 0, 0, -1)), 270: (395, 100, (0, -1, 1, 0))}[turns]
    x, y, matrix = placed
    document = TinyPdf()
    document.page(extra=f"/Rotate {turns}").text(x, 842 - y if turns != 180 else 642, "Phụ lục", matrix=matrix)
    page = raw(document)
    assert (page.page.width, page.page.height) == size
    first, second = page.words
    assert (first.text, second.text) == ("Phụ", "lục")
    assert first.box.x1 < second.box.x0
    assert abs(first.box.bottom - second.box.bottom) < 4


def test_places_count_from_the_shown_part_of_a_page():
    document = TinyPdf()
    document.page(extra="/CropBox [50 0 595 800]").text(85, 100, "xã")
    page = raw(document)
    assert (page.page.width, page.page.height) == (545, 800)
    assert page.words[0].box.x0 == pytest.approx(35, abs=0.5)
    assert page.words[0].box.top == pytest.approx(100 - 42 - 0.89 * 13, abs=0.5)


# --- what nobody can see -------------------------------------------------------------------------------

UNSEEN = {
    "invisible mode": {"before": "3 Tr"},
    "white on paper": {"before": "1 g"},
    "tiny": {"size": 1.0},
    "outside": {"x": 900},
}


@pytest.mark.parametrize("how", UNSEEN)
def test_hidden_text_is_left_out_and_told(how):
    document = TinyPdf()
    hidden = {"x": 85, "y": 600, "text": "giao Sở Tài chính chuyển tiền", **UNSEEN[how]}
    prose(document).text(**hidden)
    layout = read(document)
    assert "chuyển tiền" not in " ".join(texts(layout))
    assert codes(layout) == [("W201", "trang 1")]


def test_white_text_on_a_dark_area_can_be_seen():
    document = TinyPdf()
    prose(document).box(80, 585, 300, 610, paint="f", colour="0.2 0.2 0.6 rg").text(85, 600, "Nhiệm vụ trọng tâm", before="1 g")
    layout = read(document)
    assert "Nhiệm vụ trọng tâm" in texts(layout)
    assert not layout.problems


# --- numbers and days in signature fields --------------------------------------------------------------


def letter(number="815", day="06"):
    document = TinyPdf()
    page = document.page()
    page.lines(90, 60, "ỦY BAN NHÂN DÂN", "XÃ YÊN SƠN", size=12).text(90, 100, "Số:         /UBND-VP", 12)
    page.lines(300, 60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", size=12)
    page.text(300, 100, "Yên Sơn, ngày        tháng 5 năm 2024", 12).lines(85, 200, *PROSE)
    page.field(112, 100, number, 12).field(382, 100, day, 12)
    return document


def test_fields_laid_over_blanks_fill_them():
    layout = read(letter())
    assert "Số: 815/UBND-VP" in texts(layout)
    assert "Yên Sơn, ngày 06 tháng 5 năm 2024" in texts(layout)
    origins = {word.text: word.origin for item in layout.items for word in item.words}
    assert origins["815"] is origins["06"] is Origin.FIELD
    assert origins["tháng"] is Origin.PAGE


def test_other_appearances_are_stamps():
    document = letter()
    document.pages[0].field(320, 600, "Người ký: Ủy ban nhân dân xã", 8).field(320, 610, "Thời gian ký: 06/5/2024 10:21:11", 8)
    layout = read(document)
    assert {"Người ký: Ủy ban nhân dân xã", "Thời gian ký: 06/5/2024 10:21:11"} == {block.text for block in layout.stamps}
    assert not [text for text in texts(layout) if "ký" in text]


def test_letterhead_columns_are_not_mixed():
    columns = [item.column for item in read(letter()).items]
    assert columns == [Column.LEFT] * 3 + [Column.RIGHT] * 3 + [Column.FULL]


# --- tables --------------------------------------------------------------------------------------------

XS = [85, 115, 300, 420, 550]
HEAD = ("TT", "Nhiệm vụ", "Chủ trì", "Thời hạn")


def table_row(page, y, *cells):
    for x, cell in zip(XS, cells, strict=False):
        page.text(x + 5, y, cell, 11)


def cells_of(table):
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_a_ruled_table_is_read_cell_by_cell():
    document = TinyPdf()
    page = prose(document, 100).grid(XS, [200, 230, 270, 300])
    table_row(page, 215, *HEAD)
    table_row(page, 245, "1", "Rà soát danh mục hồ sơ,", "Văn phòng", "30/6/2024")
    page.text(120, 258, "thủ tục hành chính", 11)
    table_row(page, 285, "2", "Niêm yết công khai", "Phòng Tư pháp", "Thường xuyên")
    (table,) = [item for item in read(document).items if isinstance(item, Table)]
    assert cells_of(table) == [
        list(HEAD),
        ["1", "Rà soát danh mục hồ sơ, thủ tục hành chính", "Văn phòng", "30/6/2024"],
        ["2", "Niêm yết công khai", "Phòng Tư pháp", "Thường xuyên"],
    ]
    assert all(word.box and word.page == 1 for block in table.blocks for word in block.words)


def test_merged_cells_say_what_they_cover():
    document = TinyPdf()
    page = prose(document, 100)
    for y in (200, 230, 260, 290):
        page.line(115 if y == 260 else 85, y, 550, y)
    for x in XS:
        page.line(x, 230 if x in (300, 420) else 200, x, 290)
    page.text(90, 215, "I", 11).text(120, 215, "Nhóm nhiệm vụ chung của toàn huyện", 11)
    table_row(page, 250, "1", "Rà soát", "Văn phòng", "Quý II")
    table_row(page, 280, "", "Tổng hợp", "Văn phòng", "Quý III")
    (table,) = [item for item in read(document).items if isinstance(item, Table)]
    assert [[(cell.text, cell.row_span, cell.col_span) for cell in row.cells] for row in table.rows] == [
        [("I", 1, 1), ("Nhóm nhiệm vụ chung của toàn huyện", 1, 3)],
        [("1", 2, 1), ("Rà soát", 1, 1), ("Văn phòng", 1, 1), ("Quý II", 1, 1)],
        [("", 1, 1), ("Tổng hợp", 1, 1), ("Văn phòng", 1, 1), ("Quý III", 1, 1)],
    ]


def test_a_table_drawn_with_thin_filled_boxes_is_a_table():
    """As Word draws it: every line piece is a filled rectangle."""
    document = TinyPdf()
    page = prose(document, 100)
    for y in (200, 230, 260):
        for x0, x1 in pairwise(XS):
            page.box(x0, y, x1, y + 0.5, paint="f")
    for x in XS:
        page.box(x, 200, x + 0.5, 260, paint="f")
    table_row(page, 215, *HEAD)
    table_row(page, 245, "1", "Rà soát", "Văn phòng", "Quý II")
    (table,) = [item for item in read(document).items if isinstance(item, Table)]
    assert cells_of(table) == [list(HEAD), ["1", "Rà soát", "Văn phòng", "Quý II"]]


def test_a_table_over_two_pages_is_one_without_its_second_header():
    document = TinyPdf()
    first = prose(document, 600).grid(XS, [700, 730, 780])
    table_row(first, 715, *HEAD)
    table_row(first, 745, "1", "Rà soát danh mục hồ sơ", "Văn phòng", "Quý II")
    second = document.page().grid(XS, [60, 90, 120, 150])
    table_row(second, 75, *HEAD)
    table_row(second, 105, "", "của các thôn", "", "")
    table_row(second, 135, "2", "Niêm yết", "Công an xã", "Quý III")
    second.lines(85, 300, *PROSE)
    (table,) = [item for item in read(document).items if isinstance(item, Table)]
    assert cells_of(table)[1:] == [
        ["1", "Rà soát danh mục hồ sơ của các thôn", "Văn phòng", "Quý II"],
        ["2", "Niêm yết", "Công an xã", "Quý III"],
    ]


def test_frames_and_underlines_are_no_tables():
    document = TinyPdf()
    page = prose(document, 300).box(90, 150, 160, 175).text(100, 168, "KHẨN").line(120, 90, 180, 90).line(340, 90, 470, 90)
    for y in (303, 319, 335, 351):
        page.line(85, y, 500, y)
    assert not [item for item in read(document).items if isinstance(item, Table)]


def test_a_page_without_grid_loads_no_table_library(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pdfplumber", None)
    document = TinyPdf()
    prose(document).line(120, 90, 180, 90)
    assert texts(read(document))


# --- pages that cannot be read -------------------------------------------------------------------------


def test_a_scan_needs_a_recogniser():
    document = TinyPdf()
    document.page().picture()
    with pytest.raises(NeedsOcr):
        read(document)


def test_a_scan_with_an_invisible_layer_is_a_scan():
    document = TinyPdf()
    page = document.page().picture()
    for index, line in enumerate(PROSE):
        page.text(85, 100 + 16 * index, line, before="3 Tr")
    with pytest.raises(NeedsOcr):
        read(document)


def test_a_scan_with_only_a_stamp_is_a_scan():
    document = TinyPdf()
    document.page().picture().field(320, 600, "Người ký: Ủy ban nhân dân tỉnh, cơ quan Văn phòng, thời gian ký 06/5/2024 10:21:11", 6)
    with pytest.raises(NeedsOcr):
        read(document)


def test_a_junk_layer_is_not_trusted():
    document = TinyPdf()
    junk = (
        "BO CONG THIJoNG ngdy7f ttuing n5m DQc l6p Tg do H4nh phtc",
        "so vi ky hi6u cua van ban",
        "uh uyen x5 phudng thi tr6n",
    )
    document.page().lines(85, 100, *junk)
    with pytest.raises(NeedsOcr):
        read(document)


def test_pages_that_are_pictures_are_named_and_the_others_read():
    document = TinyPdf()
    prose(document)
    document.page().picture()
    document.page()
    layout = read(document)
    assert texts(layout) == [" ".join(PROSE)]
    assert codes(layout) == [("W202", "trang 2")]
    assert layout.source is TextSource.DIGITAL
    assert [page.number for page in layout.pages] == [1, 2, 3]


def test_only_so_many_pages_are_read():
    document = TinyPdf()
    for _ in range(4):
        prose(document)
    layout = read(document, pages=Pages(typed=3))
    assert [code for code, _ in codes(layout)] == ["W203"]
    assert len(layout.pages) == 3


def test_pages_are_counted():
    document = TinyPdf()
    prose(document)
    prose(document)
    assert pdf.page_count(document.bytes()) == 2


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-1.4\nnothing of the kind\n%%EOF", b"\x00" * 4000])
def test_garbage_is_unreadable(data):
    with pytest.raises((UnreadableFile, EmptyFile)):
        pdf.read(data)


def test_a_file_cut_in_half_ends_with_an_error_of_ours_or_is_read():
    document = TinyPdf()
    prose(document)
    data = document.bytes()
    for length in range(0, len(data), 97):
        try:
            pdf.read(data[:length])
        except DispatchError:
            continue


def test_no_pages_is_empty():
    with pytest.raises((EmptyFile, UnreadableFile)):
        read(TinyPdf())


@pytest.mark.skipif(not ODD, reason="the corpus of odd PDFs is not beside the repository")
@pytest.mark.parametrize("name", ["qpdf-c-r2.pdf", "qpdf-c-r4.pdf"])
def test_a_password_is_told(name):
    with pytest.raises(EncryptedFile):
        pdf.read((CORPUS / name).read_bytes())


@pytest.mark.skipif(not ODD, reason="the corpus of odd PDFs is not beside the repository")
@pytest.mark.parametrize("path", ODD, ids=lambda path: path.stem)
def test_odd_files_are_read_or_refused(path, monkeypatch):
    """Every text is taken for Vietnamese, so that the whole way is walked."""
    monkeypatch.setattr(pdf, "trusted", lambda _words: True)
    monkeypatch.setattr(pdf, "LEAST_WORDS", 1)
    try:
        layout = pdf.read(path.read_bytes())
    except DispatchError:
        return
    assert layout.pages


# --- real and composed dispatches ----------------------------------------------------------------------

COMPOSED = sorted(path for path in (SHARED / "dev" / "files").glob("*.pdf") if not path.stem.endswith("-scan"))


@pytest.mark.skipif(not COMPOSED, reason="the composed dispatches are not beside the repository")
@pytest.mark.parametrize("path", COMPOSED, ids=lambda path: path.stem)
def test_nothing_printed_is_lost(path):
    """Each visible word is in one place of the layout and in no other; rules drawn with underscores are furniture."""
    data = path.read_bytes()
    layout = pdf.read(data)
    with Document(data) as document:
        printed = sorted(word.text for number in range(len(document)) for word in document.read_page(number).words)
    found = [word for block in (*layout.blocks, *layout.furniture, *layout.stamps, *layout.footnotes) for word in block.words]
    assert sorted(word.text for word in found if word.origin is Origin.PAGE) == printed
    assert not layout.problems
