"""What scans must survive: each ends within bounds, with an outcome that says what was read and what was not."""

import io
import resource
import sys

import numpy as np
import pypdfium2
import pytest
from PIL import Image, ImageFilter
from test_ocr import A4, needs_engine, needs_font, pdf_of, sheet

from extractors.errors import ImageTooLarge, NoReadableText
from extractors.pages import USUAL_PAGES, Pages
from extractors.readers import images
from extractors.readers.base import read
from extractors.readers.scans import ocr_engine
from extractors.reading import read_dispatch

MOST_GROWTH = 700
"""MB; a worker has 1500, and the decoded page, its cleaned copies and the recogniser's own take some 300."""


def peak():
    """The most memory that this process ever held, in MB."""
    top = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return top / 1024 if sys.platform == "darwin" else top


@pytest.fixture(autouse=True)
def bounded_memory():
    before = peak()
    yield
    assert peak() - before < MOST_GROWTH


def desk():
    """A photo of a desk: wood, light from the left, a sheet's bright corner, the noise of a phone's camera."""
    random = np.random.default_rng(11)
    height, width = 1600, 1200
    y, x = np.mgrid[0:height, 0:width]
    grain = 18 * np.sin(x / 9 + 3 * np.sin(y / 140)) + 12 * np.sin(y / 3.0)
    light = 150 - x / 16 + grain + random.normal(0, 9, (height, width))
    light[200:900, 650:] += 60
    picture = np.stack([light * 1.05, light * 0.85, light * 0.65], axis=-1)
    return Image.fromarray(np.clip(picture, 0, 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(0.8))


def fax():
    """A dispatch as a fax gives it: black and white, half the lines, specks, on its head."""
    page = sheet().convert("L").resize((A4[0], A4[1] // 2), Image.Resampling.BOX)
    noise = np.random.default_rng(5).random((page.height, page.width)) < 0.002
    bits = np.where(noise, 0, np.asarray(page.point(lambda level: 255 if level > 150 else 0)))
    return Image.fromarray(bits.astype(np.uint8)).resize(A4, Image.Resampling.NEAREST).rotate(180).convert("RGB")


def claiming(width, height):
    """A PDF whose only page is a picture that claims to be so large, with next to no data."""
    picture = f"/Type/XObject /Subtype/Image /Width {width} /Height {height} /ColorSpace/DeviceGray /BitsPerComponent 8 /Length 9"
    content = b"q 595 0 0 842 0 0 cm /I Do Q"
    objects = [
        b"<</Type/Catalog /Pages 2 0 R>>",
        b"<</Type/Pages /Kids[3 0 R] /Count 1>>",
        b"<</Type/Page /Parent 2 0 R /MediaBox[0 0 595 842] /Contents 4 0 R /Resources<</XObject<</I 5 0 R>>>>>>",
        b"<</Length %d>>\nstream\n%s\nendstream" % (len(content), content),
        b"<<%s>>\nstream\n123456789\nendstream" % picture.encode(),
    ]
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(out + b"trailer <</Size %d /Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start))


def joined(*parts):
    """The pages of several PDFs in one."""
    made = pypdfium2.PdfDocument.new()
    for part in parts:
        with_pages = pypdfium2.PdfDocument(part)
        made.import_pages(with_pages)
        with_pages.close()
    out = io.BytesIO()
    made.save(out)
    made.close()
    return out.getvalue()


def codes(layout):
    return {problem.code: problem for problem in layout.problems}


@needs_engine
@pytest.mark.parametrize(
    "data",
    [
        pdf_of(desk()),
        pdf_of(Image.new("RGB", A4, (12, 10, 9))),
        pdf_of(Image.fromarray(np.random.default_rng(2).integers(0, 256, (1600, 1100, 3), dtype=np.uint8))),
        claiming(100_000, 100_000),
        claiming(20_000, 20_000),
        claiming(1_000, 1_400),
    ],
    ids=["photo of a desk", "black", "noise", "claims 10^5 by 10^5", "claims 400 million", "no data"],
)
def test_a_picture_without_text_is_refused_as_such(data):
    with pytest.raises(NoReadableText):
        read(data)


@needs_engine
def test_a_photo_as_a_file_is_refused_as_such():
    out = io.BytesIO()
    desk().save(out, "JPEG")
    with pytest.raises((NoReadableText, ImageTooLarge)):
        images.read(out.getvalue())


@needs_font
@needs_engine
def test_a_fax_on_its_head_is_read():
    document = read_dispatch(pdf_of(fax()), "fax.pdf").documents[0]
    assert document.reference.value == "457/SNV-CCVC"
    assert document.issuer.value == "Sở Nội vụ"


@needs_font
@needs_engine
@pytest.mark.parametrize(
    ("other", "told"),
    [
        (claiming(100_000, 100_000), "W202"),
        (pdf_of(desk()), "I248"),
        (claiming(1_000, 1_400), "I248"),
        (pdf_of(Image.new("RGB", A4, "white")), "I248"),
    ],
    ids=["too large", "photo", "no data", "back of a sheet"],
)
def test_the_page_that_cannot_be_read_is_told_and_the_others_are_read(other, told):
    layout = read(joined(pdf_of(sheet()), other))
    assert "Số: 457/SNV-CCVC" in [block.text for block in layout.blocks]
    assert codes(layout)[told].where == "trang 2"


@needs_font
@needs_engine
def test_of_six_hundred_scanned_pages_the_first_are_read_and_the_rest_is_told(monkeypatch):
    page = pypdfium2.PdfDocument(pdf_of(sheet()))
    made = pypdfium2.PdfDocument.new()
    for _ in range(USUAL_PAGES.typed + 1):
        made.import_pages(page)
    out = io.BytesIO()
    made.save(out)
    asked = []
    real = ocr_engine.recognise
    monkeypatch.setattr(ocr_engine, "recognise", lambda grey, *more: asked.append(grey.size) or real(grey, *more))
    layout = read(out.getvalue(), Pages(scanned=2))
    assert {word.page for block in layout.blocks for word in block.words} == {1, 2}
    assert sum(size > 0.5 * max(asked) for size in asked) == 2  # each page once
    assert sum(asked) < 2 * 2 * max(asked)  # its doubtful pieces again, together less than a page
    assert "600 trang ảnh, chỉ nhận dạng 2 trang đầu" in codes(layout)["W207"].message
    assert "601 trang, chỉ đọc 600 trang đầu" in codes(layout)["W203"].message
    assert codes(layout)["W202"].where.startswith("trang 3, 4, 5")
