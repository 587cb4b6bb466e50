"""Scanned pages: cleaned as measured, recognised, put right only with a witness, and read like the page that was printed."""

import io
import itertools
import math
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from tiny_pdf import TinyPdf

from extractors.dispatch import Urgency
from extractors.errors import NeedsOcr, NoReadableText, SecretDocument
from extractors.evidence import Grade, quote
from extractors.layout import Block, Box, Origin, Table, TextSource, Word
from extractors.readers import page_threads
from extractors.readers.base import read
from extractors.readers.pdf_render import MOST_PIXELS, resolution
from extractors.readers.scans import (
    ocr,
    ocr_closing,
    ocr_codes,
    ocr_engine,
    ocr_ink,
    ocr_items,
    ocr_lines,
    ocr_pages,
    ocr_phrases,
    ocr_repair,
    ocr_rulings,
    ocr_titles,
    ocr_tone,
)
from extractors.readers.scans.ocr_engine import Seen
from extractors.readers.scans.ocr_pages import View
from extractors.reading import read_dispatch

ROOT = Path(__file__).parents[1]
FONTS = [
    Path(folder) / f"{name}.ttf"
    for folder in ("/usr/share/fonts/truetype/liberation2", "/usr/share/fonts/truetype/liberation", "/usr/share/fonts/truetype/dejavu")
    for name in ("LiberationSerif-Regular", "DejaVuSerif")
]
FONT = next((path for path in FONTS if path.exists()), None)
BOLD = FONT and FONT.with_name(FONT.name.replace("-Regular", "-Bold") if "-Regular" in FONT.name else "DejaVuSerif-Bold.ttf")

needs_font = pytest.mark.skipif(FONT is None, reason="no font with Vietnamese letters is installed (fonts-liberation or fonts-dejavu)")
needs_engine = pytest.mark.skipif(not ocr.available(), reason="tesseract's Vietnamese data is not installed (tesseract-ocr-vie)")

DPI = 200
A4 = (1654, 2339)
RED = (215, 35, 50)
HEAD = (
    (250, 180, "UBND TỈNH AN LẠC", False),
    (870, 180, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", True),
    (290, 235, "SỞ NỘI VỤ", True),
    (1010, 235, "Độc lập - Tự do - Hạnh phúc", True),
    (280, 330, "Số: 457/SNV-CCVC", False),
    (960, 330, "An Lạc, ngày 14 tháng 5 năm 2024", False),
)
BODY = (
    (560, 520, "Kính gửi: Ủy ban nhân dân các huyện, thành phố.", False),
    (310, 620, "Để kịp thời tổng hợp, báo cáo Ủy ban nhân dân tỉnh, Sở Nội vụ đề nghị Ủy ban", False),
    (236, 665, "nhân dân các huyện, thành phố thực hiện các nội dung sau:", False),
    (310, 740, "1. Rà soát số lượng người hoạt động không chuyên trách ở cấp xã.", False),
    (310, 800, "2. Gửi kết quả về Sở Nội vụ trước ngày 30/5/2024.", False),
    (236, 950, "Nơi nhận:", True),
    (1060, 950, "GIÁM ĐỐC", True),
    (236, 1000, "- Như trên;", False),
    (236, 1040, "- Lưu: VT, CCVC.", False),
    (1040, 1250, "Lê Thị Hồng", True),
)


def sheet(lines=(*HEAD, *BODY), size=A4, scale=1.0):
    image = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(image)
    for x, y, text, bold in lines:
        draw.text((x, y), text, font=ImageFont.truetype(str(BOLD if bold else FONT), int(36 * scale)), fill=(25, 25, 25))
    return image


def pdf_of(*images, dpi=DPI):
    out = io.BytesIO()
    images[0].save(out, "PDF", save_all=True, append_images=list(images[1:]), resolution=dpi)
    return out.getvalue()


def texts(layout):
    return [block.text for block in layout.blocks]


# --- the whole way -----------------------------------------------------------------------------------------------------------------


@needs_font
@needs_engine
def test_a_scan_is_read_like_the_page_that_was_printed():
    layout = read(pdf_of(sheet()))
    assert layout.source is TextSource.OCR
    assert "Số: 457/SNV-CCVC" in texts(layout)
    assert "An Lạc, ngày 14 tháng 5 năm 2024" in texts(layout)
    words = [word for block in layout.blocks for word in block.words]
    assert all(word.origin is Origin.OCR and 0.3 <= word.score <= 1 and word.page == 1 for word in words)


@needs_font
@needs_engine
@pytest.mark.parametrize(
    "changed",
    {
        "as scanned": lambda image: image,
        "askew": lambda image: image.rotate(-2.3, Image.Resampling.BICUBIC, fillcolor="white"),
        "on its head": lambda image: image.rotate(180),
        "on its side": lambda image: image.rotate(90, expand=True),
        "grey and faint": lambda image: image.point(lambda level: 110 + level * 110 // 255),
        "claims 96 dpi": lambda image: image,
    }.items(),
    ids=lambda item: item[0],
)
def test_facts_survive_how_the_page_was_laid(changed):
    name, change = changed
    dispatch = read_dispatch(pdf_of(change(sheet()), dpi=96 if "96" in name else DPI), "x.pdf")
    document = dispatch.documents[0]
    assert document.reference.value == "457/SNV-CCVC"
    assert document.date.value.isoformat() == "2024-05-14"
    assert document.issuer.value == "Sở Nội vụ"
    assert document.signer.name.value == "Lê Thị Hồng"
    assert [duty.marker for duty in document.duties] == ["1.", "2."]


@needs_font
@needs_engine
@pytest.mark.parametrize("angle", [-2.3, -0.2, 0.0, 1.1], ids="{}°".format)
def test_boxes_lie_where_the_words_stand_on_the_page_even_when_it_was_turned_back(angle):
    layout = read(pdf_of(sheet().rotate(angle, Image.Resampling.BICUBIC, fillcolor="white")))
    word = next(word for block in layout.blocks for word in block.words if word.text == "30/5/2024.")
    turn, centre = math.radians(-angle), (A4[0] / 2, A4[1] / 2)
    x, y = 1010 - centre[0], 820 - centre[1]  # in the middle of the word, as drawn
    there = (centre[0] + x * math.cos(turn) - y * math.sin(turn), centre[1] + x * math.sin(turn) + y * math.cos(turn))
    px = 72 / DPI
    assert word.box.x0 - 8 <= there[0] * px <= word.box.x1 + 8
    assert word.box.top - 4 <= there[1] * px <= word.box.bottom + 4


@needs_font
@needs_engine
def test_a_typed_page_and_a_scanned_page_make_one_mixed_text(tmp_path):
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(TTFont("serif", str(FONT)))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    for row in range(6):
        canvas.setFont("serif", 13)
        canvas.drawString(85, 700 - 20 * row, "Để thực hiện nhiệm vụ được giao, đề nghị các đơn vị báo cáo kết quả")
    canvas.showPage()
    picture = tmp_path / "page.png"
    sheet().save(picture)
    canvas.drawImage(str(picture), 0, 0, 595, 842)
    canvas.save()
    layout = read(out.getvalue())
    assert layout.source is TextSource.MIXED
    assert {word.origin for block in layout.blocks for word in block.words if word.page == 1} == {Origin.PAGE}
    assert {word.origin for block in layout.blocks for word in block.words if word.page == 2} == {Origin.OCR}


def curves_of(image):
    """The picture as a PDF that holds neither text nor pictures: each dark run of a row is a box of its own."""
    document, scale = TinyPdf(), 72 / DPI
    page, dark = document.page(), np.asarray(image.convert("L")) < 128
    for row, line in enumerate(dark):
        edges = np.flatnonzero(np.diff(line, prepend=False, append=False))
        for start, end in edges.reshape(-1, 2):
            page.box(start * scale, row * scale, end * scale, (row + 1) * scale, "f")
    return document.bytes()


@needs_font
@needs_engine
def test_letters_drawn_as_curves_are_recognised():
    layout = read(curves_of(sheet()))
    assert layout.source is TextSource.OCR
    assert "Số: 457/SNV-CCVC" in texts(layout)


@needs_engine
def test_a_blank_page_says_that_nothing_was_read_and_not_that_something_is_to_be_installed():
    document = TinyPdf()
    document.page()
    with pytest.raises(NoReadableText):
        read(document.bytes())


@needs_engine
def test_a_page_whose_boxes_do_not_meet_shows_nothing():
    document = TinyPdf()
    document.page(extra="/CropBox [5000 5000 6000 6000]")
    with pytest.raises(NoReadableText):
        read(document.bytes())


@needs_engine
def test_a_blank_picture_says_that_nothing_was_read():
    with pytest.raises(NoReadableText) as error:
        read(pdf_of(Image.new("RGB", A4, "white")))
    assert "300 dpi" in error.value.problem().remedy


@needs_font
def test_without_the_data_the_remedy_says_what_to_install(monkeypatch):
    monkeypatch.setattr(ocr_engine, "data_place", lambda: None)
    with pytest.raises(NeedsOcr) as error:
        read(pdf_of(sheet()))
    assert "apt install tesseract-ocr-vie" in error.value.problem().remedy


@needs_engine
def test_the_data_are_never_taken_from_the_current_folder(monkeypatch, tmp_path):
    (tmp_path / "vie.traineddata").write_bytes(b"planted")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TESSDATA_PREFIX", ".")
    assert ocr_engine.data_place() not in (None, ".", "./", str(tmp_path))


@needs_engine
def test_the_data_are_taken_from_where_tesseract_is_told_to_look(monkeypatch, tmp_path):
    (tmp_path / "vie.traineddata").write_bytes(b"mine")
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    assert ocr_engine.data_place() == str(tmp_path)


def test_a_typed_page_loads_nothing_of_the_recogniser():
    sample = next((ROOT / "samples").glob("*/*.pdf"))
    code = (
        "import sys; from extractors.readers.base import read; read(open(sys.argv[1], 'rb').read());"
        "print([m for m in sys.modules if m.split('.')[0] == 'tesserocr' or '.ocr' in m or 'pdf_render' in m])"
    )
    done = subprocess.run([sys.executable, "-c", code, str(sample)], capture_output=True, text=True, check=True, cwd=ROOT)  # noqa: S603 - our own interpreter
    assert done.stdout.strip() == "[]"


@needs_engine
@pytest.mark.parametrize("sample", sorted(path.parent for path in (ROOT / "samples").glob("*/case.toml"))[:2], ids=lambda path: path.name)
def test_a_scan_and_its_typed_twin_give_one_record(sample):
    typed = next(sample.glob("*.pdf")).read_bytes()
    document = pypdfium2.PdfDocument(typed)
    images = [page.render(scale=DPI / 72).to_pil().convert("L") for page in document]
    scan, twin = read_dispatch(pdf_of(*images), "scan.pdf").documents[0], read_dispatch(typed, "typed.pdf").documents[0]

    def said(value):
        return getattr(value, "value", None)

    for name in ("type", "issuer", "number", "symbol", "place", "date", "subject"):
        assert said(getattr(scan, name)) == said(getattr(twin, name)), name
    assert said(scan.signer.name) == said(twin.signer.name)
    assert [duty.marker for duty in scan.duties] == [duty.marker for duty in twin.duties]
    assert [d.text for duty in scan.duties for d in duty.deadlines] == [d.text for duty in twin.duties for d in duty.deadlines]


# --- stamps ------------------------------------------------------------------------------------------------------------------------


@needs_font
def test_a_red_stamp_leaves_the_letters_under_it():
    image = sheet([(300, 300, "CHÁNH VĂN PHÒNG", True)], size=(900, 700))
    ink = np.asarray(image.convert("L")) < 100
    ImageDraw.Draw(image).ellipse((250, 200, 500, 450), outline=RED, width=9)
    ImageDraw.Draw(image).rectangle((330, 300, 360, 345), fill=(120, 0, 10))
    black = image.copy()
    text, red = ocr_tone.without_red(np.asarray(black))
    assert red is not None
    assert text[200:209, 370:380].min() > 200
    outside = ink.copy()
    outside[295:350, 325:365] = False
    assert (text[outside] < 140).mean() > 0.97


@needs_font
def test_a_page_without_red_has_no_red_layer():
    text, red = ocr_tone.without_red(np.asarray(sheet()))
    assert red is None
    assert text.shape == (A4[1], A4[0])


def stamped(mark, angle):
    patch = Image.new("RGB", (460, 150), "white")
    draw = ImageDraw.Draw(patch)
    draw.rectangle((4, 4, 455, 145), outline=RED, width=6)
    width = draw.textlength(mark, font=ImageFont.truetype(str(BOLD), 48))
    draw.text(((460 - width) / 2, 36), mark, font=ImageFont.truetype(str(BOLD), 48), fill=RED)
    patch = patch.rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor="white")
    image = sheet()
    image.paste(patch, (150, 390))
    return pdf_of(image)


@needs_font
@needs_engine
@pytest.mark.parametrize(("mark", "angle"), [("HỎA TỐC", 0), ("HỎA TỐC", 24), ("THƯỢNG KHẨN", -10), ("KHẨN", 6)])
def test_urgency_stamped_askew_is_found_and_graded_as_repaired(mark, angle):
    document = read_dispatch(stamped(mark, angle), "x.pdf").documents[0]
    assert document.urgency is {"HỎA TỐC": Urgency("hoa-toc"), "THƯỢNG KHẨN": Urgency("thuong-khan"), "KHẨN": Urgency("khan")}[mark]
    assert document.reference.value == "457/SNV-CCVC"
    assert {e.grade for _, found in document.marks_evidence for e in found} == {Grade.REPAIRED}


@needs_font
@needs_engine
@pytest.mark.parametrize("mark", ["MẬT", "TỐI MẬT"])
def test_a_scan_with_a_secrecy_stamp_is_not_processed(mark):
    with pytest.raises(SecretDocument):
        read_dispatch(stamped(mark, 0), "x.pdf")


# --- pages side by side ---------------------------------------------------------------------------------------------------------


PLENTY = 64_000
"""MB of memory."""


@pytest.fixture
def three_threads():
    page_threads.allow(lambda: 3, PLENTY)
    yield
    page_threads.allow(lambda: 1, PLENTY)


@needs_font
@needs_engine
@pytest.mark.usefixtures("three_threads")
def test_pages_read_side_by_side_give_what_they_give_one_by_one():
    pages = [sheet((*HEAD, (300, 900, f"Trang thứ {number} của văn bản này", False))) for number in range(1, 6)]
    data = pdf_of(*pages)
    beside = read(data)
    page_threads.allow(lambda: 1, PLENTY)
    assert beside == read(data)


@pytest.mark.usefixtures("three_threads")
def test_pages_are_taken_up_only_as_fast_as_they_are_worked_off():
    taken, done, held = [], [], []

    def work(number):
        time.sleep(0.001 * (number % 3))
        held.append(len(taken) - len(done))
        done.append(number)
        return number

    pages = (taken.append(number) or number for number in range(40))
    assert list(page_threads.each(work, pages)) == list(range(40))
    assert max(held) <= 3 + 1


@pytest.mark.parametrize(
    ("share", "memory_mb", "threads"),
    [
        (1, PLENTY, 1),
        (2, PLENTY, 2),
        (64, PLENTY, page_threads.MOST),
        (0, PLENTY, 1),
        (4, 1500, 4),
        (4, 1150, 2),
        (4, 600, 1),
    ],
)
def test_threads_are_bounded_by_cores_and_memory(share, memory_mb, threads):
    page_threads.allow(lambda: share, memory_mb)
    try:
        assert page_threads.threads() == threads
    finally:
        page_threads.allow(lambda: 1, PLENTY)


@pytest.mark.parametrize("shares", [[1, 1, 1], [1, 4, 4], [4, 4, 1], [2, 1, 3]], ids=str)
def test_cores_that_come_and_go_between_pages_change_nothing_of_what_is_read(shares):
    told = itertools.cycle(shares)
    page_threads.allow(lambda: next(told), PLENTY)
    try:
        assert list(page_threads.each(lambda number: number * 2, range(30))) == list(range(0, 60, 2))
    finally:
        page_threads.allow(lambda: 1, PLENTY)


@pytest.mark.usefixtures("three_threads")
def test_an_error_on_one_page_is_raised_as_without_threads():
    with pytest.raises(ZeroDivisionError):
        list(page_threads.each(lambda number: 1 // number, [3, 2, 1, 0, 1]))


# --- cleaning, each step by its measure ---------------------------------------------------------------------------------------------


@needs_font
@pytest.mark.parametrize("angle", [-4.0, -1.2, -0.4, 0.0, 0.6, 2.5, 6.0])
def test_skew_is_measured(angle):
    turned = sheet().convert("L").rotate(-angle, Image.Resampling.BICUBIC, fillcolor=255)
    assert ocr_pages.skew(np.asarray(turned)) == pytest.approx(angle, abs=0.15)


@needs_font
def test_a_level_page_is_not_turned_and_a_blank_one_has_no_skew():
    grey = np.asarray(sheet().convert("RGB"))
    assert ocr_pages.straight(ocr_pages.plain(grey, DPI / 72)).skew == 0
    assert ocr_pages.skew(np.full((900, 600), 255, np.uint8)) == 0


@needs_font
def test_speckle_is_taken_out_only_where_it_is():
    grey = np.asarray(sheet().convert("L"))
    assert ocr_tone.speckle(grey) < ocr_tone.SPECKLED
    assert (ocr_tone.clear(grey) == grey).all()
    noise = np.random.default_rng(7).random(grey.shape) < 0.01
    speckled = np.where(noise, 0, grey).astype(np.uint8)
    assert ocr_tone.speckle(speckled) > ocr_tone.SPECKLED
    assert ocr_tone.speckle(ocr_tone.clear(speckled)) < ocr_tone.SPECKLED / 4


def test_the_median_is_that_of_each_pixel_and_its_neighbours():
    grey = np.random.default_rng(3).integers(0, 256, (61, 83), dtype=np.uint8)
    assert (ocr_tone.median(grey) == np.asarray(Image.fromarray(grey).filter(ImageFilter.MedianFilter(3)))).all()


@needs_engine
def test_the_back_of_a_sheet_is_not_given_to_the_recogniser(monkeypatch):
    back = Image.new("RGB", A4, (244, 242, 238))
    ImageDraw.Draw(back).ellipse((700, 1500, 1000, 1800), outline=RED, width=9)
    asked = []
    monkeypatch.setattr(ocr_engine, "recognise", lambda *_: asked.append(1) or ())
    with pytest.raises(NoReadableText):
        read(pdf_of(back))
    assert len(asked) <= 4  # the red, searched for a mark


@needs_font
def test_faint_ink_is_darkened():
    faint = np.asarray(sheet().convert("L").point(lambda level: 160 + level * 60 // 255))
    assert np.percentile(ocr_tone.clear(faint), 0.5) < 40


@needs_font
@needs_engine
def test_a_ruled_table_becomes_a_table():
    image = sheet(
        [
            *[(250, 300, "STT", True), (430, 300, "Nhiệm vụ", True), (1010, 300, "Thời hạn", True)],
            *[(265, 400, "1", False), (430, 400, "Rà soát thủ tục", False), (1010, 400, "30/6/2024", False)],
            *[(265, 500, "2", False), (430, 500, "Báo cáo kết quả", False), (1010, 500, "31/7/2024", False)],
        ]
    )
    draw = ImageDraw.Draw(image)
    for y in (280, 380, 480, 580):
        draw.line((220, y, 1400, y), fill="black", width=3)
    for x in (220, 400, 980, 1400):
        draw.line((x, 280, x, 580), fill="black", width=3)
    (table,) = [item for item in read(pdf_of(image)).items if isinstance(item, Table)]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["STT", "Nhiệm vụ", "Thời hạn"],
        ["1", "Rà soát thủ tục", "30/6/2024"],
        ["2", "Báo cáo kết quả", "31/7/2024"],
    ]


@needs_font
@needs_engine
def test_lines_of_neighbouring_cells_do_not_run_into_each_other():
    image = sheet(
        [
            *[(240, 300, "STT", True), (430, 300, "Nhiệm vụ", True), (1010, 300, "Cơ quan thực hiện", True)],
            *[(250, 426, "1", False), (430, 400, "Rà soát thủ tục hành", False), (430, 448, "chính nội bộ", False)],
            *[(1010, 384, "Sở Nội vụ", False), (1010, 423, "Sở Tư pháp", False), (1010, 464, "Sở Tài chính", False)],
        ]
    )
    draw = ImageDraw.Draw(image)
    for y in (280, 370, 520):
        draw.line((220, y, 1400, y), fill="black", width=3)
    for x in (220, 400, 980, 1400):
        draw.line((x, 280, x, 520), fill="black", width=3)
    askew = image.rotate(0.8, Image.Resampling.BICUBIC, fillcolor="white")
    (table,) = [item for item in read(pdf_of(askew)).items if isinstance(item, Table)]
    assert [" ".join(cell.text.split()) for cell in table.rows[1].cells] == [
        "1",
        "Rà soát thủ tục hành chính nội bộ",
        "Sở Nội vụ Sở Tư pháp Sở Tài chính",
    ]


def test_underlines_and_a_lone_frame_are_no_rulings():
    image = Image.new("L", A4, 255)
    draw = ImageDraw.Draw(image)
    draw.line((300, 300, 800, 300), fill=0, width=3)
    draw.rectangle((300, 600, 900, 900), outline=0, width=3)
    assert ocr_rulings.rulings(np.asarray(image)) == ((), ())


# --- resolution and geometry --------------------------------------------------------------------------------------------------------

SIDES = st.floats(1, 200_000)


@given(SIDES, SIDES)
def test_no_page_size_makes_too_many_pixels(width, height):
    assert width * height * resolution(width, height) ** 2 <= MOST_PIXELS * 1.001


def test_the_engine_is_asked_at_200_dpi_where_a_page_is_no_picture():
    assert resolution(595, 842) * 72 == pytest.approx(200, rel=0.01)


STEPS = st.floats(-3, 3).filter(lambda value: abs(value) > 0.05)


PLACES = st.tuples(st.floats(-500, 900), st.floats(-500, 900))


@given(STEPS, STEPS, PLACES, PLACES)
def test_a_view_leads_there_and_back(a, e, moved, place):
    (c, f), (x, y) = moved, place
    view = View(a, 0.01, c, -0.01, e, f)
    assert view.inverse().point(*view.point(x, y)) == pytest.approx((x, y), abs=1e-3)
    assert view.after(view.inverse()).point(x, y) == pytest.approx((x, y), abs=1e-3)


@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_a_turned_sheet_leads_back_to_the_page(quarters):
    text = np.full((40, 60), 255, np.uint8)
    text[5, 50] = 0
    turned = ocr_pages.turned(ocr_pages.Sheet(text, None, View(1, 0, 0, 0, 1, 0)), quarters)
    y, x = np.argwhere(turned.text == 0)[0]
    assert turned.view.point(x + 0.5, y + 0.5) == pytest.approx((50.5, 5.5))


# --- strokes ------------------------------------------------------------------------------------------------------------------------


@needs_font
@needs_engine
def test_bold_type_is_told_by_its_strokes():
    layout = read(pdf_of(sheet()))
    bold = {block.text: block.bold for block in layout.blocks}
    assert bold["SỞ NỘI VỤ"]
    assert bold["Độc lập - Tự do - Hạnh phúc"]
    assert not bold["UBND TỈNH AN LẠC"]
    assert not bold["Số: 457/SNV-CCVC"]


PRINTED = Seen("457", 0.95, 100, 100, 160, 130, 130, 20)


@pytest.mark.parametrize(
    ("word", "stroke", "by_hand"),
    [
        (PRINTED, 1.0, False),
        (PRINTED, 0.88, False),
        (PRINTED, 1.5, True),  # a felt pen
        (PRINTED, 0.78, True),  # a ball pen
        (replace(PRINTED, bottom=138), 1.0, True),  # reaches below the line
        (replace(PRINTED, text="457/UBND"), 1.5, False),  # no lone number
        (replace(PRINTED, text="ngày"), 1.5, False),
    ],
)
def test_handwritten_digits_are_told_from_print(word, stroke, by_hand):
    assert ocr_ink.handwritten(word, stroke) is by_hand


BESIDE = Seen("Tết", 0.96, 170, 100, 230, 130, 130, 20)


@pytest.mark.parametrize(
    ("word", "beside", "kept"),
    [
        (PRINTED, BESIDE, True),
        (replace(PRINTED, text="]"), BESIDE, False),  # a stroke, a box to be ticked
        (PRINTED, replace(BESIDE, score=0.5), False),  # among strokes
        (PRINTED, replace(BESIDE, x0=190, x1=250), False),  # a mark in the margin
        (PRINTED, replace(BESIDE, line=1), False),
        (replace(PRINTED, top=40), BESIDE, False),  # a seal's or a signature's stroke
    ],
)
def test_a_weak_word_is_kept_where_it_is_set_like_print_beside_a_sure_one(word, beside, kept):
    weak = replace(word, score=0.1)
    assert (ocr_ink.judged([weak, beside])[0].score >= ocr_ink.LEAST_SCORE) is kept
    assert ocr_ink.judged([weak, beside])[1] == beside


def line_with(marks, texts=("các", "câu", "cũ")):
    """A page with one line of words as boxes of ink, and what stands above the second."""
    grey = np.full((300, 600), 255, np.uint8)
    seen = [Seen(text, 0.9, 40 + 90 * i, 140, 110 + 90 * i, 170, 170, 24, 2) for i, text in enumerate(texts)]
    for word in seen:
        grey[150:168, int(word.x0) + 5 : int(word.x1) - 5] = 0
    if marks:
        grey[131:137, 150:160] = 0
    return ocr_pages.Sheet(grey, None, View(1, 0, 0, 0, 1, 0)), seen


@pytest.mark.parametrize(
    ("marks", "again", "right"),
    [
        (True, ["các", "cầu", "cũ"], ["các", "cầu", "cũ"]),
        (False, ["các", "cầu", "cũ"], ["các", "câu", "cũ"]),  # nothing stands above: not read again
        (True, [], ["các", "câu", "cũ"]),
        (True, ["c", "á", "c", "cầu", "cũ"], ["các", "câu", "cũ"]),  # another number of words
    ],
)
def test_a_line_with_marks_cut_off_is_read_again_by_itself(monkeypatch, marks, again, right):
    page, seen = line_with(marks)
    found = [Seen(text, 0.9, 30 + 90 * i, 35, 100 + 90 * i, 65, 65, 20, 1) for i, text in enumerate(again)]
    monkeypatch.setattr(ocr_engine, "recognise", lambda *_: tuple(found))
    words = ocr_lines.read_again(page, seen, 200)
    assert [word.text for word in words] == right
    assert {(word.line, word.x_height) for word in words} == {(2, 24)}
    assert all(abs(word.baseline - 170) < 12 for word in words)


def test_a_line_that_was_put_right_is_not_read_again(monkeypatch):
    page, seen = line_with(marks=True)
    monkeypatch.setattr(ocr_engine, "recognise", lambda *_: pytest.fail("read again"))
    kept = [replace(word, repaired=True) for word in seen]
    assert ocr_lines.read_again(page, kept, 200) == tuple(kept)


def test_marks_before_a_recipient_are_its_dash():
    line = [Seen(text, 0.4, x, 100, x + 20, 130, 130, 20, 3) for text, x in (("___", 10), ("ˆ", 60), ("BTT", 100), ("(b/c);", 150))]
    assert [word.text for word in ocr_closing.bulleted(line)] == ["-", "BTT", "(b/c);"]
    assert ocr_closing.bulleted(line[2:]) == line[2:]


@pytest.mark.parametrize(
    ("text", "x0", "dropped"),
    [(":", 300, True), ("_", 300, True), ("__", 165, True), (":", 160, False), ("-", 300, False), ("2", 300, False)],
    ids=["far speck", "far stroke", "low stroke", "stop", "bullet", "page number"],
)
def test_a_speck_far_from_any_word_is_dropped(text, x0, dropped):
    mark = Seen(text, 0.9, x0, 100, x0 + 8, 130, 130, 20)
    assert (ocr_ink.judged([PRINTED, mark])[1].score < ocr_ink.LEAST_SCORE) is dropped


# --- repairs with a witness ---------------------------------------------------------------------------------------------------------


def words(text, score=0.95, top=100.0):
    return [Word(t, 1, Box(80 + 40 * i, top, 110 + 40 * i, top + 13), origin=Origin.OCR, score=score) for i, t in enumerate(text.split())]


@pytest.mark.parametrize(
    ("read_as", "by_hand", "right"),
    [
        ("Số: 457 /SNV-CCVC", (), "Số: 457 /SNV-CCVC"),
        ("S6: 457 /SNV-CCVC", (), "Số: 457 /SNV-CCVC"),
        ("Sổ: 457 /SNV-CCVC", (), "Số: 457 /SNV-CCVC"),
        ("Số: 44 /CT-UBND", (1,), "Số: … /CT-UBND"),
        ("Số:⁄‡6 /CT-UBND", (), "Số: … /CT-UBND"),
        ("Số: /UBND-VP", (), "Số: /UBND-VP"),
        ("Số: $4/UBND-KTTH", (), "Số: … /UBND-KTTH"),
        ("Số:⁄‡6 ‡/UBND-KTTH", (), "Số: … /UBND-KTTH"),
        ("Số: 57/UBND-KTTH", (), "Số: 57/UBND-KTTH"),
        ("số: 28 /sNV-cCVC", (), "Số: 28 /SNV-CCVC"),
        ("số: 28 /QĐ-TTg", (), "Số: 28 /QĐ-TTg"),
        ("Ngãi, ngày 15 tháng 01 năm 2025", (), "Ngãi, ngày 15 tháng 01 năm 2025"),
        ("Ngãi, ngdy 15 tháng 01 năm 2025", (), "Ngãi, ngày 15 tháng 01 năm 2025"),
        ("Ngãi, ngày{5 tháng 01 năm 2025", (), "Ngãi, ngày … tháng 01 năm 2025"),
        ("Ngãi, ngày 3 tháng 12 năm 2024", (2,), "Ngãi, ngày … tháng 12 năm 2024"),
        ("Sổ theo dõi công văn đến", (), "Sổ theo dõi công văn đến"),
        ("9, Sở Thông tin", (), "9. Sở Thông tin"),
        ("9, 10 và 11", (), "9, 10 và 11"),
    ],
)
def test_number_and_date_lines_are_put_right_and_handwriting_left_blank(read_as, by_hand, right):
    assert " ".join(word.text for word in ocr_repair.head_lines(words(read_as), by_hand, 842)) == right


def test_a_weak_symbol_is_kept_where_its_line_vouches_for_it():
    weak = [replace(word, score=0.2) for word in words("Số: 12 /BC-UBND")]
    assert [(word.text, word.score) for word in ocr_repair.head_lines(weak, (), 842)][-1] == ("/BC-UBND", ocr_repair.LABEL_SCORE)


@pytest.mark.parametrize(
    ("read_as", "right"),
    [
        ("/8C-UBND", "/BC-UBND"),
        ("/BC-UBND", "/BC-UBND"),
        ("/8X-UBND", "/8X-UBND"),
        ("57/8C-UBND", "57/8C-UBND"),
    ],
)
def test_a_digit_in_a_documents_own_abbreviation_is_the_letter_it_looks_like(read_as, right):
    assert [word.text for word in ocr_codes.coded(words(read_as))] == [right]


@pytest.mark.parametrize(
    ("read_as", "right"),
    [
        ("nongthon(®anlac.gov.vn", "nongthon@anlac.gov.vn"),
        ("nongthon(2anlac.gov.vn,", "nongthon@anlac.gov.vn,"),
        ("thuyloi.sx®gmail.com", "thuyloi.sx@gmail.com"),
        ("thuyloi@gmail.com", "thuyloi@gmail.com"),
        ("kênh(2)", "kênh(2)"),
        ("anlac.gov.vn", "anlac.gov.vn"),
    ],
)
def test_the_sign_of_an_address_is_put_right_before_a_host(read_as, right):
    assert [word.text for word in ocr_codes.coded(words(read_as))] == [right]


@pytest.mark.parametrize(
    ("lines", "right"),
    [
        (("4. Sở Xây", "Š. Ngân hàng", "6. Ban Quản"), "5."),
        (("4. Sở Xây", "S. Ngân hàng", "các phòng", "6. Ban Quản"), "5."),
        (("4. Sở Xây", "S. Ngân hàng", "7. Ban Quản"), "S."),
        (("I. Kết quả", "1. Sở Xây", "2. Ban Quản"), "I."),
        (("4. Sở Xây", "S. ngân hàng", "6. Ban Quản"), "S."),
    ],
)
def test_an_items_number_is_the_one_between_its_neighbours(lines, right):
    page = [word for index, line in enumerate(lines) for word in words(line, top=120.0 + 20 * index)]
    found = [word.text for word in ocr_items.put_right(page)]
    assert next(text for text in found if text in ("5.", "S.", "Š.", "I.")) == right


@pytest.mark.parametrize(
    ("read_as", "right"),
    [
        ("các huyện. thành phố", "các huyện, thành phố"),
        ("các huyện. Thành phố", "các huyện. Thành phố"),
        ("thuộc TP. vinh", "thuộc TP. vinh"),
        ("trang thiết bị v.v. của", "trang thiết bị v.v. của"),
        ("100 tr. đồng", "100 tr. đồng"),
        ("nước sạch,... sau khi", "nước sạch,... sau khi"),
    ],
)
def test_a_stop_before_a_small_letter_is_a_comma(read_as, right):
    assert " ".join(word.text for word in ocr_items.put_right(words(read_as))) == right


@pytest.mark.parametrize(
    ("notes", "right"),
    [
        ((("(b/e);", 0.77, 60),), ["(b/c);"]),
        ((("(b/);", 0.54, 55),), ["(b/c);"]),
        ((("(b/c);", 0.9, 60), ("(0€);", 0.08, 62)), ["(b/c);", "(b/c);"]),
        ((("(b/c);", 0.9, 60), ("(0€);", 0.08, 90)), ["(b/c);", "(0€);"]),
        ((("(0€);", 0.08, 60),), ["(0€);"]),
        ((("(b/cáo);", 0.9, 80), ("(TW);", 0.9, 60)), ["(b/cáo);", "(TW);"]),
    ],
)
def test_a_recipients_note_is_put_right(notes, right):
    line = [Seen(text, score, 100, 100, 100 + width, 130, 130, 20, index) for index, (text, score, width) in enumerate(notes)]
    assert [word.text for word in ocr_closing.noted(line)] == right


@pytest.mark.parametrize(
    ("lines", "right"),
    [
        (("CHỈTH", "Về việc nạo vét kênh mương"), ["CHỈ", "THỊ"]),
        (("KÊ HOACH", "Nạo vét kênh mương"), ["KẾ", "HOẠCH"]),
        (("TỜ TRÌNH", "CHỈTH"), ["TỜ", "TRÌNH"]),  # the page has its title
        (("CHỈ TIÊU", "Về việc nạo vét"), ["CHỈ", "TIÊU"]),
        (("Chỉth", "Về việc nạo vét"), ["Chỉth"]),
    ],
)
def test_a_spoilt_title_is_the_only_type_it_can_be(lines, right):
    page = [word for index, line in enumerate(lines) for word in words(line, top=120.0 + 20 * index)]
    found = ocr_titles.titled(page, 842)
    assert [word.text for word in found][: len(right)] == right
    assert all(word.repaired for word in found[: len(right)]) is (right not in ([*lines[0].split()], ["TỜ", "TRÌNH"]))
    assert len(found) == len(page) + len(right) - len(lines[0].split())


def test_only_the_head_of_a_page_has_a_number_line():
    low = words("S6: 457 /SNV-CCVC", top=600)
    assert [word.text for word in ocr_repair.head_lines(low, (), 842)] == ["S6:", "457", "/SNV-CCVC"]


def test_a_line_that_is_no_number_line_keeps_its_handwritten_looking_words():
    kept = ocr_repair.head_lines(words("hoàn thành trước 2025"), (3,), 842)
    assert [word.score for word in kept] == [0.95] * 4


ROWS = list(ocr_phrases.rows())


@pytest.mark.parametrize(("row", "example"), [(name, m) for name, row in ROWS for m in row["matches"]])
def test_the_closed_list_puts_right(row, example):
    read_as, right = example.split(" → ")
    made = ocr_phrases.phrases(words(read_as))
    assert " ".join(word.text for word in made) == right, row
    assert any(word.repaired for word in made)


@pytest.mark.parametrize(("row", "example"), [(name, m) for name, row in ROWS for m in row["rejects"]])
def test_the_closed_list_leaves_near_misses_alone(row, example):
    made = ocr_phrases.phrases(words(example))
    assert " ".join(word.text for word in made) == example, row
    assert not any(word.repaired for word in made)


def test_every_phrase_of_the_closed_list_is_right_as_it_stands():
    for _, row in ROWS:
        for phrase in row["right"]:
            made = ocr_phrases.phrases(words(phrase.replace("#", "12")))
            assert not any(word.repaired for word in made) or phrase == "guyễn", phrase


@pytest.mark.parametrize(
    ("read_as", "right"),
    [
        ("Glang,", "Giang,"),
        ("g1ao", "giao"),
        ("glải", "giải"),
        ("làm", "làm"),  # a syllable as it stands
        ("l1", "l1"),
        ("A1", "A1"),  # a code
        ("blog", "blog"),  # no syllable either way
        ("lớp1", "lớp1"),
    ],
)
def test_an_i_read_as_an_l_is_put_right_where_only_that_makes_a_syllable(read_as, right):
    (word,) = ocr_repair.syllables(words(read_as))
    assert (word.text, word.repaired) == (right, right != read_as)


@pytest.mark.parametrize(
    ("doubtful", "score", "right"),
    [
        ("bà Trân Ngọc Mai", 0.7, "bà Trần Ngọc Mai"),
        ("bà Trân Ngọc Mai", 0.9, "bà Trân Ngọc Mai"),  # read surely
        ("ông Trân Ngọc Mai", 0.7, "ông Trân Ngọc Mai"),  # between other words
        ("bà Trung Ngọc Mai", 0.7, "bà Trung Ngọc Mai"),  # other letters
    ],
)
def test_a_doubtful_word_is_spelled_as_the_page_spells_it_elsewhere(doubtful, score, right):
    said = ocr_repair.agreed([*words("theo bà Trần Ngọc Mai"), *words(doubtful, score)])
    assert " ".join(word.text for word in said[5:]) == right
    assert any(word.repaired for word in said) is (right != doubtful)


@pytest.mark.parametrize(
    ("read_as", "right"),
    [
        ("- Lưu: VI, XDCQ.", "- Lưu: VT, XDCQ."),
        ("- Lưu: VT.", "- Lưu: VT."),
        ("- Lưu: VP, VI.", "- Lưu: VP, VI."),
        ("mục VI, VII", "mục VI, VII"),
    ],
)
def test_the_registry_is_put_right_only_where_the_copy_is_filed(read_as, right):
    assert " ".join(word.text for word in ocr_repair.filed(words(read_as))) == right


@pytest.mark.parametrize(
    ("score", "repaired", "grade"),
    [(0.95, False, Grade.STATED), (0.95, True, Grade.REPAIRED), (0.4, False, Grade.GUESSED), (None, False, Grade.STATED)],
)
def test_scores_and_repairs_lower_the_grade(score, repaired, grade):
    block = Block(tuple(replace(word, score=score, repaired=repaired) for word in words("Sở Nội vụ")))
    assert [e.grade for e in quote(block)] == [grade]


@pytest.mark.parametrize(
    ("printed", "right"),
    [
        ("Tờ trình số 57/TTT-KTM ngày", "57/TTr-KTM"),
        ("Thông báo số 12/TE-UBND ngày", "12/TB-UBND"),
        ("Quyết định số 15/2024/QB-UBND ngày", "15/2024/QĐ-UBND"),
        ("Tờ trình số 57/TB-KTM ngày", "57/TB-KTM"),  # an abbreviation of its own
        ("Tờ trình số 57/XYZ-KTM ngày", "57/XYZ-KTM"),  # too far off
        ("văn bản số 57/TTT-KTM ngày", "57/TTT-KTM"),  # nothing vouches for it
    ],
)
def test_an_abbreviation_is_put_right_by_the_name_before_it(printed, right):
    words = [Word(text, 1, Box(0, 0, 1, 1)) for text in printed.split()]
    (read,) = (word for word in ocr_codes.coded(words) if "/" in word.text)
    assert (read.text, read.repaired) == (right, right not in printed)
