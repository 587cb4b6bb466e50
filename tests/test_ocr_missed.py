"""Lines that the recogniser passed over are found by their ink and read by themselves; what is no line is left alone."""

import numpy as np
import pytest
from PIL import Image, ImageDraw
from test_ocr import BODY, DPI, HEAD, needs_engine, needs_font, sheet

from extractors.readers.scans import ocr_engine, ocr_missed
from extractors.readers.scans.ocr_pages import plain

LINES = (
    *HEAD,
    *BODY[:5],
    (310, 860, "Chế độ báo cáo:", True),
    (310, 905, "- Báo cáo tuần gửi trước 10 giờ thứ Năm.", False),
)
LOST = ["Chế", "độ", "báo", "cáo:"]


def unchanged(_draw):
    """The page as it was set."""


def page(change=unchanged):
    image = sheet(LINES)
    change(ImageDraw.Draw(image))
    return plain(np.asarray(image), DPI / 72)


def underlined(draw):
    draw.line((310, 900, 590, 900), fill=(25, 25, 25), width=3)


def seen_without(picture, lost):
    seen = ocr_engine.recognise(picture.text, DPI)
    lines = {word.line for word in seen if word.text == lost[0]}
    return [word for word in seen if word.line not in lines]


@needs_engine
@needs_font
@pytest.mark.parametrize("change", [unchanged, underlined], ids=["plain", "underlined"])
def test_a_line_nobody_read_is_read_at_its_place(change):
    picture = page(change)
    before = seen_without(page(), LOST)
    after = ocr_missed.read_missed(picture, before, DPI)
    texts = [word.text for word in after]
    place = texts.index("Chế")
    assert texts[place : place + 4] == LOST
    assert texts[place - 1].startswith("30/5/2024") and texts[place + 4] == "-"
    assert all(word.top >= 855 and word.bottom <= 905 and word.x0 >= 300 for word in after[place : place + 4])
    assert len({word.line for word in after[place : place + 4]} - {word.line for word in before}) == 1


@needs_engine
@needs_font
@pytest.mark.parametrize(
    "change",
    [
        unchanged,
        lambda draw: draw.line((310, 1100, 1300, 1100), fill=(25, 25, 25), width=3),
        lambda draw: draw.rectangle((310, 1100, 900, 1160), fill=(25, 25, 25)),
        lambda draw: draw.ellipse((900, 1100, 1300, 1500), outline=(25, 25, 25), width=4),
    ],
    ids=["nothing", "rule", "block", "seal"],
)
def test_what_is_no_line_gives_no_word(change):
    picture = page(change)
    seen = ocr_engine.recognise(picture.text, DPI)
    assert ocr_missed.read_missed(picture, seen, DPI) == tuple(seen)


def test_a_page_of_few_words_has_nothing_to_compare_with():
    blank = plain(np.asarray(Image.new("RGB", (600, 800), "white")), DPI / 72)
    assert ocr_missed.read_missed(blank, [], DPI) == ()
