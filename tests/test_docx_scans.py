"""Word files that hold nothing but scanned pages: read like the scans themselves."""

import io
import json

import numpy as np
import pytest
from docx import Document
from docx.shared import Mm
from docx_snippets import docx, p
from PIL import Image
from sample_files import SAMPLES, said
from test_ocr import needs_engine
from test_office import needs_office

from extractors.errors import NeedsOcr, NoReadableText
from extractors.layout import TextSource
from extractors.readers import base, docx_scans, images
from extractors.readers.page_pictures import page_pictures
from extractors.readers.scans import ocr
from extractors.reading import read_dispatch
from pipeline.record import to_json, to_record

LETTER = SAMPLES / "xa-thanh-uy" / "xa-thanh-uy.png"
TELEGRAM = SAMPLES / "huyen-cong-dien" / "huyen-cong-dien.tif"


def png(image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def sheets(path) -> list[bytes]:
    """The pages of a picture file, each as a PNG."""
    with Image.open(path) as image:
        found = []
        for number in range(getattr(image, "n_frames", 1)):
            image.seek(number)
            found.append(png(image))
    return found


def word_file(pictures: list[bytes], text: str = "") -> bytes:
    made = Document()
    for picture in pictures:
        made.add_picture(io.BytesIO(picture), width=Mm(160))
    if text:
        made.add_paragraph(text)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


EMBLEM = png(Image.new("RGB", (300, 200), "red"))
BLANK = png(Image.new("RGB", (1240, 1754), "white"))


def record(data: bytes, name: str):
    return json.loads(to_json(to_record(read_dispatch(data, name))))


@needs_engine
@pytest.mark.parametrize("path", [LETTER, TELEGRAM], ids=["one page", "all pages of a TIFF"])
def test_it_says_what_the_scan_says(path):
    told, scan = record(word_file([EMBLEM, *sheets(path)]), "a.docx"), record(path.read_bytes(), path.name)
    assert said(told) == said(scan)
    assert [problem["code"] for problem in told["problems"]] == ["I246", *(problem["code"] for problem in scan["problems"])]
    assert told["source"]["text"] == "ocr"
    assert told["source"]["pages"] == len(sheets(path))
    assert "wordprocessingml" in told["source"]["media_type"]


@needs_engine
def test_its_pages_are_shown():
    data = word_file([EMBLEM, *sheets(LETTER)])
    (page,) = base.read(data).pages
    (picture,) = page_pictures(data, [1])
    assert picture.width_px / picture.height_px == pytest.approx(page.width / page.height, rel=0.01)
    assert list(page_pictures(data, [])) == []


@needs_engine
@needs_office
def test_so_are_those_of_another_format():
    """A scan in an RTF, as Word and scanners' programs save it."""
    sheet = sheets(LETTER)[0]
    data = rb"{\rtf1\ansi{\pict\pngblip\picwgoal9000\pichgoal12000 " + sheet.hex().encode() + b"}}"
    layout = base.read(data)
    assert [problem.code for problem in layout.problems][:2] == ["I245", "I246"]
    assert [picture.number for picture in page_pictures(data, [1])] == [1]


@needs_engine
@pytest.mark.parametrize("pictures", [[EMBLEM], [BLANK]], ids=["no page among them", "a blank page"])
def test_pictures_without_text(pictures):
    with pytest.raises(NoReadableText):
        base.read(word_file(pictures))


def test_without_the_recogniser_the_clerk_is_told_what_to_install(monkeypatch):
    monkeypatch.setattr(ocr, "available", lambda: False)
    with pytest.raises(NeedsOcr):
        base.read(word_file([BLANK]))


def test_a_text_with_a_picture_is_read_as_text():
    layout = base.read(word_file([BLANK], "Kính gửi các cơ quan"))
    assert layout.source is TextSource.DIGITAL
    assert "W204" in [problem.code for problem in layout.problems]


def test_each_picture_once_in_the_order_of_the_text():
    """Editors repeat a drawing for programs that do not know its newer form; a deleted picture is none."""
    pictures = {f"word/{name}.png": png(Image.fromarray(np.full((1200, 900), grey, np.uint8))) for name, grey in (("a", 90), ("b", 200))}
    link = '<Relationship Id="{0}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="{0}.png"/>'
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    outside = link.format("x").replace('"x.png"', '"http://a/x.png" TargetMode="External"')
    links = f'<Relationships xmlns="{package}">{link.format("a")}{link.format("b")}{outside}</Relationships>'
    drawn = '<w:r><w:drawing><a:blip r:embed="{}"/></w:drawing></w:r>'
    twice = (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><a:blip r:embed="b"/></w:drawing></mc:Choice>'
        '<mc:Fallback><w:pict><v:imagedata r:id="a"/></w:pict></mc:Fallback></mc:AlternateContent></w:r>'
    )
    body = p(f"<w:del>{drawn.format('a')}</w:del>") + p(twice) + p(drawn.format("x")) + p(drawn.format("a")) + p(drawn.format("b"))
    data = docx(body, {**pictures, "word/_rels/document.xml.rels": links})
    assert docx_scans.pages(data) == (pictures["word/b.png"], pictures["word/a.png"])


@needs_engine
def test_a_page_that_cannot_be_decoded_is_named(monkeypatch):
    """The others are read; numbers are those of the pictures."""
    good = sheets(LETTER)[0]
    monkeypatch.setattr(images, "MOST_SOURCE_PIXELS", 10_000_000)
    large = png(Image.new("1", (4000, 4000), 1))
    layout = images.read_all([large, good, good[:2000]], "x")
    assert [page.number for page in layout.pages] == [2]
    assert [(problem.code, problem.where) for problem in layout.problems] == [("W226", "trang 1, 3")]
