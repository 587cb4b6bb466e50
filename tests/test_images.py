"""Pictures of pages as files: told by their bytes, turned and coloured as meant, bounded before they are decoded."""

import io
import struct
import zlib

import numpy as np
import pytest
from PIL import Image
from test_ocr import needs_engine, needs_font, pdf_of, sheet

from extractors.errors import ImageTooLarge, NoReadableText, UnreadableFile
from extractors.layout import TextSource
from extractors.pages import Pages
from extractors.readers import images
from extractors.readers.base import read
from extractors.reading import read_dispatch

LEVELS = np.tile(np.linspace(0, 255, 200).astype(np.uint8), (300, 1))


def saved(image, kind="PNG", **more):
    out = io.BytesIO()
    image.save(out, kind, **more)
    return out.getvalue()


def claiming(width, height):
    """A PNG whose header claims a size that its data does not have."""

    def chunk(name, body):
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")


GREY = Image.fromarray(LEVELS)
MODES = [
    GREY,
    GREY.convert("RGB"),
    GREY.convert("RGB").convert("CMYK"),
    GREY.convert("P"),
    Image.fromarray(LEVELS.astype(np.uint16) * 257),
    Image.fromarray(LEVELS.astype(np.int32) * 257),
    Image.fromarray(LEVELS.astype(np.float32) / 255),
]


@pytest.mark.parametrize("image", MODES, ids=lambda image: image.mode)
def test_every_mode_comes_out_with_the_same_greys(image):
    assert np.abs(np.asarray(images.coloured(image).convert("L")).astype(int) - LEVELS).max() <= 3


def test_black_and_white_stays_black_and_white():
    made = np.asarray(images.coloured(Image.fromarray(LEVELS > 127)).convert("L"))
    assert np.array_equal(made, np.where(LEVELS > 127, 255, 0))


def test_a_grey_that_stands_for_nothing_is_white_paper_too():
    data = saved(Image.new("L", (60, 60), 0), transparency=0)
    assert images.picture_of(Image.open(io.BytesIO(data)), 1).rgb.min() == 255


def test_what_is_transparent_is_white_paper():
    assert images.coloured(Image.new("RGBA", (60, 60), (0, 0, 0, 0))).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(("dpi", "long_side"), [(200, 842), (None, 842), (1, 842), (180, 936)])
def test_a_claimed_resolution_counts_only_when_it_makes_a_sheet(dpi, long_side):
    plain = Image.new("L", (1654, 2339), 255)
    data = saved(plain, dpi=(dpi, dpi)) if dpi else saved(plain)
    assert images.picture_of(Image.open(io.BytesIO(data)), 1).page.height == pytest.approx(long_side, abs=1)


def test_a_picture_is_turned_as_the_camera_says():
    exif = Image.Exif()
    exif[274] = 6
    data = saved(Image.new("RGB", (1200, 800), "white"), "JPEG", exif=exif)
    page = images.picture_of(Image.open(io.BytesIO(data)), 1).page
    assert page.width < page.height


@needs_engine
@pytest.mark.parametrize(
    ("data", "error"),
    [
        (claiming(100_000, 100_000), ImageTooLarge),
        (claiming(12_000, 11_000), ImageTooLarge),
        (claiming(1000, 1400), UnreadableFile),
        (saved(Image.new("L", (4, 4))), UnreadableFile),
        (b"II*\x00\xff\xff\xff\xff", UnreadableFile),
        (saved(Image.new("L", (800, 1100), 255)), NoReadableText),
        (saved(GREY.resize((800, 1100)), "JPEG"), NoReadableText),
    ],
    ids=["huge", "large", "no data", "tiny", "no directory", "blank", "gradient"],
)
@pytest.mark.filterwarnings("error")
def test_what_cannot_be_read_says_why(data, error):
    with pytest.raises(error):
        read(data)


@needs_engine
@needs_font
def test_pages_of_a_tiff_are_read_in_order_up_to_the_bound():
    page = sheet()
    layout = read(saved(page, "TIFF", save_all=True, append_images=[page, page], compression="tiff_deflate"), Pages(scanned=2))
    assert layout.source is TextSource.OCR
    assert [one.number for one in layout.pages] == [1, 2]
    assert [problem.code for problem in layout.problems] == ["W225"]


@needs_engine
@needs_font
@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_a_picture_says_what_the_scanned_pdf_says(kind):
    page = sheet()
    told, same = (read_dispatch(data, "x").documents[0] for data in (saved(page, kind, dpi=(200, 200)), pdf_of(page)))
    assert told.reference.value == same.reference.value == "457/SNV-CCVC"
    assert told.date.value == same.date.value
    assert told.issuer.value == same.issuer.value == "Sở Nội vụ"
    assert [duty.text for duty in told.duties] == [duty.text for duty in same.duties]


def with_second_page(page, side):
    """A TIFF whose second page claims a square size that its data does not have."""
    plain = saved(page, "TIFF", save_all=True, append_images=[Image.new("RGB", (4321, 1234), "white")], compression="tiff_deflate")

    def size(kind, width, height):
        return b"".join(struct.pack("<HHII", tag, kind, 1, value) for tag, value in ((256, width), (257, height)))

    assert plain.count(size(3, 4321, 1234)) == 1
    return plain.replace(size(3, 4321, 1234), size(4, side, side))


@needs_engine
@needs_font
@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("side", [100_000, 12_000, 3_000], ids=["bomb", "large", "no data"])
def test_a_page_that_cannot_be_decoded_is_told_and_the_others_are_read(side):
    layout = read(with_second_page(sheet(), side))
    assert [page.number for page in layout.pages] == [1]
    assert "Sở Nội vụ" in " ".join(block.text for block in layout.blocks)
    assert [(problem.code, problem.where) for problem in layout.problems] == [("W226", "trang 2")]
