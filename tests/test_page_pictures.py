"""Pictures of pages for the eye: the page's own corners whatever its box and rotation, signatures drawn, bounded in pixels."""

import io

import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas
from sample_files import READ, SAMPLES

from extractors.readers import images
from extractors.readers.base import read
from extractors.readers.page_pictures import page_pictures
from extractors.readers.pdf_pictures import LONG_SIDE, MOST_PIXELS, pictures, scale_of

A4 = (595, 842)


def sheet(size=A4, crop=None, turn=0, at=(100, 100)):
    """A PDF page with a black square of 40 points whose lower left corner stands at ``at``."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size)
    if crop:
        canvas.setCropBox(crop)
    canvas.setPageRotation(turn)
    canvas.drawString(at[0], at[1] + 60, "Kinh gui: cac co quan, don vi de biet va thuc hien")
    canvas.rect(*at, 40, 40, fill=1, stroke=0)
    canvas.save()
    return out.getvalue()


def of_one_file(seconds):
    return images.page_pictures(fax(3), [1, 2], seconds)


def of_three_files(seconds):
    return images.page_pictures_of([fax(1)] * 3, [1, 2], seconds)


def drawn(data, numbers=(1,)):
    return [(one, Image.open(io.BytesIO(one.jpeg)).convert("L")) for one in page_pictures(data, numbers)]


def square(image):
    """The middle of the black square, as shares of width and height."""
    dark = image.point(lambda level: 255 if level < 60 else 0)
    box = dark.crop((0, 0, *dark.size)).resize((200, 200), Image.Resampling.BOX).point(lambda level: 255 if level > 240 else 0).getbbox()
    return ((box[0] + box[2]) / 400, (box[1] + box[3]) / 400)


@pytest.mark.parametrize(
    ("size", "crop", "turn", "expected"),
    [
        (A4, None, 0, (120 / 595, 1 - 120 / 842)),
        (A4, (50, 50, 350, 450), 0, (70 / 300, 1 - 70 / 400)),
        (A4, None, 90, (120 / 595, 120 / 842)),
        (A4, None, 180, (1 - 120 / 595, 120 / 842)),
        ((1190, 1684), None, 0, (120 / 1190, 1 - 120 / 1684)),
    ],
    ids=["A4", "a crop box", "turned", "upside down", "twice A4 as many scans claim"],
)
def test_a_picture_has_the_corners_of_the_page_as_the_reader_sees_it(size, crop, turn, expected):
    data = sheet(size, crop, turn)
    ((picture, image),) = drawn(data)
    assert square(image) == pytest.approx(expected, abs=0.02)
    assert max(picture.width_px, picture.height_px) == pytest.approx(LONG_SIDE, abs=2)
    (page,) = read(data).pages
    assert picture.width_px / picture.height_px == pytest.approx(page.width / page.height, rel=0.01)


@pytest.mark.parametrize("size", [(595, 842), (2, 14400), (14400, 14400), (0, 0), (0.5, 0.5)])
def test_the_scale_is_bounded(size):
    scale = scale_of(*size)
    assert max(size) * scale <= LONG_SIDE + 1
    assert size[0] * size[1] * scale**2 <= MOST_PIXELS + 1


def test_the_number_that_a_signature_field_lays_over_its_blank_is_drawn():
    sample = next(sample for sample in READ if sample.name == "huyen-so-ky-dien-tu")
    data = sample.file("pdf").read_bytes()
    (piece,) = sample.dispatch("pdf").main.number.evidence
    ((_, image),) = drawn(data)
    scale = image.width / read(data).pages[0].width
    inside = image.crop(tuple(round(edge * scale) for edge in (piece.box.x0, piece.box.top, piece.box.x1, piece.box.bottom)))
    assert inside.getextrema()[0] < 100, "the digits stand there in ink"


def test_pages_are_drawn_as_long_as_the_time_lasts():
    data = sheet()
    assert [one.number for one in pictures(data, [1, 1], 60)] == [1, 1]
    assert list(pictures(data, [1], 0)) == []


def test_scans_are_drawn_too():
    (path,) = sorted(SAMPLES.glob("*/*.png"))[:1]
    ((picture, image),) = drawn(path.read_bytes())
    assert image.size == (picture.width_px, picture.height_px)
    assert max(image.size) <= LONG_SIDE + 1


def fax(pages):
    """A TIFF of so many pages, each as light as its number says."""
    sheets = [Image.new("L", (600, 850), 100 + number) for number in range(1, pages + 1)]
    out = io.BytesIO()
    sheets[0].save(out, "TIFF", save_all=True, append_images=sheets[1:], compression="tiff_deflate")
    return out.getvalue()


@pytest.mark.parametrize(
    ("asked", "given"),
    [([1, 2], [1, 2]), ([1, 41], [1, 41]), ([40, 45, 60], [40, 45, 60]), ([59, 60, 61, 900], [59, 60]), ([], [])],
    ids=str,
)
def test_the_pages_of_a_tiff_are_drawn_as_far_as_they_were_read(asked, given):
    found = drawn(fax(60), asked)
    assert [picture.number for picture, _ in found] == given
    for picture, image in found:
        assert image.getpixel((20, 20)) == pytest.approx(100 + picture.number, abs=2)


def test_only_the_pages_that_are_shown_are_decoded(monkeypatch):
    decoded = []
    monkeypatch.setattr(images, "picture_of", lambda _, number: decoded.append(number))
    list(images.page_pictures(fax(50), [3, 44], 60))
    list(images.page_pictures_of([fax(1)] * 50, [2, 45], 60))
    assert decoded == [3, 44, 1, 1], "of a file that is one page, its own first"


@pytest.mark.parametrize("of", [of_one_file, of_three_files])
def test_scans_are_drawn_as_long_as_the_time_lasts(of):
    assert [one.number for one in of(60)] == [1, 2]
    assert list(of(0)) == []


def test_a_docx_has_no_pages_to_draw():
    assert drawn(READ[0].file("docx").read_bytes()) == []
