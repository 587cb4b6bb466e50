"""The signer's lines under a seal: each as it was read best, and made whole where their form or a closed list vouches for it."""

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont
from test_ocr import BOLD, DPI, needs_engine, needs_font

from extractors.readers.scans import ocr_closing, ocr_engine, ocr_signature
from extractors.readers.scans.ocr_engine import Seen
from extractors.readers.scans.ocr_pages import plain


def line(text, base, number, weak=(), score=0.95):
    """The words of a line; those of ``weak`` with their own score."""
    scores = dict(weak)
    return [
        Seen(part, scores.get(part, score), 500 + 100 * i, base - 30, 590 + 100 * i, base, base, 30, number)
        for i, part in enumerate(text.split())
    ]


def block(*texts, pitch=50, weak=()):
    return [word for i, text in enumerate(texts) for word in line(text, 100 + pitch * i, i, weak)]


def told(words):
    """Its lines, with "*" behind what was put right."""
    out = {}
    for word in words:
        out.setdefault(word.line, []).append(word.text + ("*" if word.repaired else ""))
    return [" ".join(parts) for parts in out.values()]


@pytest.mark.parametrize(
    ("read_as", "whole"),
    [
        (("TỊCH", "Bạch Văn Lễ"), ["CHỦ* TỊCH", "Bạch Văn Lễ"]),
        (("GIÁM", "Bạch Văn Lễ"), ["GIÁM ĐỐC*", "Bạch Văn Lễ"]),
        (("CHỦ TỊCH", "CHỦ TỊCH", "Bạch Văn Lễ"), ["KT.* CHỦ TỊCH", "PHÓ* CHỦ TỊCH", "Bạch Văn Lễ"]),
        (("CHỦ TỊCH", "TỊCH", "Bạch Văn Lễ"), ["KT.* CHỦ TỊCH", "PHÓ* CHỦ* TỊCH", "Bạch Văn Lễ"]),
        (("KT. GIÁM ĐÓC", "GIÁM ĐỚC", "Bạch Văn Lễ"), ["KT. GIÁM ĐÓC", "PHÓ* GIÁM ĐỚC", "Bạch Văn Lễ"]),
        (("KT, CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Bạch Văn Lễ"), ["KT.* CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Bạch Văn Lễ"]),
    ],
)
def test_what_a_seal_covered_is_put_back_where_only_one_thing_can_stand(read_as, whole):
    assert told(ocr_signature.whole(block(*read_as))) == whole


@pytest.mark.parametrize(
    "read_as",
    [
        ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Bạch Văn Lễ"),
        ("TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG", "Bạch Văn Lễ"),
        ("TM. CHỦ TỊCH", "CHỦ TỊCH", "Bạch Văn Lễ"),
        ("TRƯỞNG", "Bạch Văn Lễ"),
        ("CHỦ", "Bạch Văn Lễ"),
        ("NHÂN DÂN", "NHÂN DÂN", "Bạch Văn Lễ"),
    ],
)
def test_what_may_be_several_things_stays_as_it_was_read(read_as):
    assert told(ocr_signature.whole(block(*read_as))) == list(read_as)


def test_the_same_office_far_below_is_another_signature():
    assert told(ocr_signature.whole(block("CHỦ TỊCH", "CHỦ TỊCH", pitch=300))) == ["CHỦ TỊCH", "CHỦ TỊCH"]


@pytest.mark.parametrize(
    ("text", "weak", "kept"),
    [
        ("KT. GIÁM ĐỐC", (("KT.", 0.45),), "KT.* GIÁM ĐỐC"),
        ("Trần Ngọc Cẩn", (("Trần", 0.30),), "Trần* Ngọc Cẩn"),
        ("ĐT. GIÁM ĐỐC", (("ĐT.", 0.45),), "GIÁM ĐỐC"),
        ("Tiền Ngọc Cẩn", (("Tiền", 0.30),), "Ngọc Cẩn"),
        ("KT. GIÁM ĐỐC", (("KT.", 0.10),), "GIÁM ĐỐC"),
        ("x GIÁM ĐỐC", (("x", 0.60),), "GIÁM ĐỐC"),
    ],
)
def test_a_weak_word_stays_where_its_line_vouches_for_it(text, weak, kept):
    assert told(ocr_signature.signing(line(text, 100, 1, weak))) == [kept]


def test_each_line_is_taken_as_it_was_read_best():
    first = [*line("TỊCH", 100, 1), *line("Ngọc Cẩn", 400, 2)]
    second = [*line("CHỦ TỊCH", 104, 1), *line("dấu đỏ", 250, 2), *line("Trần Ngọc Cẩn", 398, 3)]
    assert told(ocr_signature.best_lines([first, second], 7)) == ["CHỦ TỊCH", "Trần Ngọc Cẩn"]
    assert {word.line for word in ocr_signature.best_lines([first, second], 7)} == {7, 8}


def signed_page():
    """A closing with the flourish of a signature between title and name."""
    image = Image.new("RGB", (1654, 1200), "white")
    draw = ImageDraw.Draw(image)
    for x, y, text in (
        (236, 100, "Nơi nhận:"),
        (1060, 100, "CHỦ TỊCH"),
        (236, 150, "- Như trên;"),
        (236, 190, "- Lưu: VT."),
        (1040, 400, "Lê Thị Hồng"),
    ):
        draw.text((x, y), text, font=ImageFont.truetype(str(BOLD), 36), fill=(25, 25, 25))
    draw.line([(980, 380), (1150, 190), (1180, 330), (1420, 60), (1440, 330), (1640, 250)], fill=(25, 25, 25), width=4, joint="curve")
    return plain(np.asarray(image), DPI / 72)


@needs_engine
@needs_font
def test_the_flourish_of_a_signature_does_not_hide_the_title():
    page = signed_page()
    cleared = ocr_signature.without_strokes(page.text[:, 900:], 16)
    words = [word.text for word in ocr_engine.recognise(cleared, DPI)]
    assert words == ["CHỦ", "TỊCH", "Lê", "Thị", "Hồng"]
    read = ocr_closing.columns_apart(page, ocr_engine.recognise(page.text, DPI), DPI)
    assert [word.text for word in read if word.x0 > 900] == ["CHỦ", "TỊCH", "Lê", "Thị", "Hồng"]


def test_a_block_full_of_ink_is_left_alone():
    black = np.zeros((1200, 900), np.uint8)
    assert (ocr_signature.without_strokes(black, 16) == black).all()


@needs_engine
@needs_font
@pytest.mark.parametrize("label", ["ơi", "Aơi"])
def test_the_recipients_start_where_their_label_lost_its_capital(label):
    page = signed_page()
    seen = [word if word.text != "Nơi" else Seen(label, 0.2, *place(word)) for word in ocr_engine.recognise(page.text, DPI)]
    read = ocr_closing.columns_apart(page, seen, DPI)
    assert [word.text for word in read][:5] == ["Nơi", "nhận:", "-", "Như", "trên;"]


def place(word):
    return word.x0, word.top, word.x1, word.bottom, word.baseline, word.x_height, word.line


@pytest.mark.parametrize(
    ("read_as", "weak", "kept"),
    [
        ("K/T TRƯỞNG BAN", {}, "K/T TRƯỞNG BAN"),
        ("'TUQ. BỘ TRƯỞNG", {"'TUQ.": 0.57}, "TUQ.* BỘ TRƯỞNG"),
        ("TRƯỞNG BAN THI ĐUA - KHEN", {"THI": 0.64}, "TRƯỞNG BAN THI ĐUA - KHEN"),
        ("Bạch Thị Ngọc Lễ", {"Ngọc": 0.59}, "Bạch Thị Ngọc Lễ"),
        ("Bạch Xhn Lễ", {"Xhn": 0.59}, "Bạch Lễ"),  # no syllable
        ("Bạch Thị Lễ", {"Thị": 0.2}, "Bạch Lễ"),  # hardly read
        ("Bạch VN Lễ", {"VN": 0.5}, "Bạch Lễ"),  # a letter of the seal
        ("CHỦ TỊCH - Lễ", {}, "CHỦ TỊCH Lễ"),  # a stroke
    ],
)
def test_a_weak_word_between_two_sure_ones_of_its_line_is_kept(read_as, weak, kept):
    assert told(ocr_signature.signing(line(read_as, 100, 0, weak))) == [kept]


def test_two_readings_of_a_line_at_nearly_one_height_are_one_line():
    first, higher = block("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), line("PHÓ CHỦ TỊCH", 115, 7)
    assert told(ocr_signature.best_lines([first, higher], 1)) == ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]
