"""Doubtful words of a scan are read a second time, larger; the surer reading stands, save where it only has a mark or a hook more."""

import numpy as np
import pytest

from extractors.readers.scans import ocr_doubtful, ocr_engine
from extractors.readers.scans.ocr_engine import Seen

PAGE = np.full((300, 900), 255, np.uint8)


def line(*words, sure=0.96, doubtful=0.6):
    """Words side by side, 24 points high; those with a question mark are doubtful."""
    return [
        Seen(text.rstrip("?"), doubtful if text.endswith("?") else sure, 40 + 100 * i, 140, 120 + 100 * i, 170, 165, 20, 1)
        for i, text in enumerate(words)
    ]


def shown(monkeypatch, again):
    """Let the recogniser give these (text, score) at the places where the words of the only piece stand in the enlarged stack."""
    calls = []

    def recognise(grey, dpi):
        calls.append((grey.shape, dpi))
        by = ocr_doubtful.ENLARGED
        start = 20 + ocr_doubtful.SIDE * 20
        found = []
        for i, (text, score) in enumerate(again):
            x0 = (start + 100 * i) * by
            found.append(Seen(text, score, x0, 34 * by, x0 + 80 * by, 64 * by, 59 * by, 20 * by, 1))
        return tuple(found)

    monkeypatch.setattr(ocr_engine, "recognise", recognise)
    return calls


@pytest.mark.parametrize(
    ("first", "second", "right"),
    [
        (("TIr", 0.6), ("TTr", 0.9), "TTr"),
        (("Tĩnh", 0.73), ("Tỉnh", 0.97), "Tỉnh"),
        (("o.", 0.53), ("5.", 0.82), "5."),
        (("28/6/2024...", 0.2), ("28/6/2024./.", 0.9), "28/6/2024./."),
        (("này", 0.2), ("này./.", 0.9), "này./."),
        (("I.", 0.3), ("II.", 0.93), "II."),
        (("I.", 0.24), ("H.", 0.81), "H."),  # "II." joined at the top, put right by the sections around
        (("VI,", 0.4), ("VT,", 0.42), "VI,"),  # hardly surer
        (("VI,", 0.1), ("VT,", 0.5), "VI,"),  # surer, and still not sure
        (("29/9/2025,", 0.6), ("20/9/2025,", 0.9), "29/9/2025,"),  # other digits
        (("nghi", 0.6), ("nghỉ", 0.96), "nghi"),  # the dot of an i
        (("kiểm", 0.7), ("kiếm", 0.96), "kiểm"),  # a hook that lost its shape
        (("Cổ", 0.6), ("Cô", 0.96), "Cổ"),  # a tone cut off
        (("dột", 0.6), ("dôt", 0.96), "dột"),
        (("Đỉnh", 0.8), ("Đinh", 0.96), "Đinh"),
        (("MT", 0.6), ("MTT", 0.9), "MT"),  # a letter said twice
        (("phố;", 0.2), ("phố;:", 0.94), "phố;"),  # a speck
        (("thuế", 0.6), ("thuễế", 0.9), "thuế"),  # no syllable
    ],
)
def test_the_surer_reading_of_a_doubtful_word_stands(monkeypatch, first, second, right):
    shown(monkeypatch, [("của", 0.96), second, ("Sở", 0.96)])
    seen = line("của", f"{first[0]}?", "Sở", doubtful=first[1])
    made = ocr_doubtful.read_again(PAGE, seen, 200)
    assert [word.text for word in made] == ["của", right, "Sở"]
    assert [(word.line, word.baseline, word.x_height) for word in made] == [(1, 165, 20)] * 3


def test_two_readings_that_agree_are_surer_than_one(monkeypatch):
    shown(monkeypatch, [("của", 0.96), ("tỉnh", 0.94), ("Sở", 0.96)])
    made = ocr_doubtful.read_again(PAGE, line("của", "tỉnh?", "Sở", doubtful=0.1), 200)
    assert (made[1].text, made[1].score) == ("tỉnh", 0.94)


def test_a_reading_that_the_page_has_elsewhere_needs_not_be_surer(monkeypatch):
    shown(monkeypatch, [("của", 0.96), ("TTr", 0.66), ("Sở", 0.96)])
    elsewhere = Seen("TTr", 0.95, 40, 240, 120, 270, 265, 20, 2)
    made = ocr_doubtful.read_again(PAGE, [*line("của", "TIr?", "Sở", doubtful=0.7), elsewhere], 200)
    assert made[1].text == "TTr"


def test_a_page_read_surely_is_not_read_again(monkeypatch):
    calls = shown(monkeypatch, [])
    seen = line("của", "Sở", "Nội")
    assert ocr_doubtful.read_again(PAGE, seen, 200) == tuple(seen)
    assert not calls


def test_only_the_doubtful_words_and_their_neighbours_are_shown(monkeypatch):
    calls = shown(monkeypatch, [])
    seen = [*line("a?", "Sở", "Nội", "vụ", "và"), Seen("tỉnh", 0.96, 700, 140, 780, 170, 165, 20, 1)]
    assert ocr_doubtful.read_again(PAGE, seen, 200) == tuple(seen)
    (shape, dpi) = calls[0]
    assert shape[1] < 300 * ocr_doubtful.ENLARGED
    assert dpi == 200 * ocr_doubtful.ENLARGED


def test_a_page_on_which_nothing_is_sure_is_not_read_again(monkeypatch):
    calls = shown(monkeypatch, [])
    far = [Seen("a", 0.2, 40, 10 * i, 60, 10 * i + 8, 10 * i + 8, 5, i) for i in range(ocr_doubtful.MOST + 1)]
    assert ocr_doubtful.read_again(PAGE, far, 200) == tuple(far)
    assert not calls
