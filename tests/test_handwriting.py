"""Numbers and days written by hand on a scanned page: read, always to be checked, or left open with what they may be."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from datetime import date

import hand_strokes
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw
from test_ocr import BODY, HEAD, needs_engine, needs_font, pdf_of, sheet

from extractors import signed
from extractors.dispatch import Document, PrintedDate, Signature
from extractors.evidence import Found, Grade, Missing, Reason, value_of
from extractors.fields import own_symbol, place_date
from extractors.layout import Block, Box, Origin, Word
from extractors.readers.scans import hand_lines, hand_model, hand_ones, hand_reading
from extractors.readers.scans.hand_decode import Digits, Span, between, spelled
from extractors.readers.scans.hand_model import Line
from extractors.readers.scans.patches import patches
from extractors.reading import read_dispatch
from extractors.zones import Anatomy

NUMBER_AT, DAY_AT = (345, 330), (1158, 330)
BLANK_HEAD = (*HEAD[:4], (280, 330, "Số:                 /SNV-CCVC", False), (960, 330, "An Lạc, ngày        tháng 5 năm 2024", False))


def page(number="", day="", **hand):
    image = sheet((*BLANK_HEAD, *BODY))
    draw = ImageDraw.Draw(image)
    hand_strokes.write(draw, number, NUMBER_AT, 34, **hand)
    hand_strokes.write(draw, day, DAY_AT, 34, **hand)
    return image


def read(image):
    return read_dispatch(pdf_of(image), "van-ban.pdf")


def codes(dispatch):
    return {problem.code for problem in dispatch.problems}


# --- the whole way -----------------------------------------------------------------------------------------------------------------


@needs_font
@needs_engine
@pytest.mark.parametrize(
    ("number", "day", "hand"),
    [
        ("457", "14", {}),
        ("28", "06", {"slant": 0.0}),
        ("1903", "25", {"thick": 4}),
        ("60", "30", {"thick": 7}),
        ("11", "11", {}),
    ],
)
def test_a_number_and_a_day_written_by_hand_are_read_for_a_person_to_check(number, day, hand):
    dispatch = read(page(number, day, **hand))
    main = dispatch.main
    assert value_of(main.reference) == f"{number}/SNV-CCVC"
    assert value_of(main.date) == date(2024, 5, int(day))
    assert {main.number.grade, main.reference.grade, main.date.grade} == {Grade.GUESSED}
    assert "W227" in codes(dispatch)


@needs_font
@needs_engine
def test_the_evidence_of_a_handwritten_number_lies_where_the_hand_wrote():
    found = read(page("457", "14")).main.number
    assert found.evidence[0].page == 1
    box = found.evidence[0].box
    assert box.x0 - 4 <= NUMBER_AT[0] * 0.36 < (NUMBER_AT[0] + 80) * 0.36 <= box.x1 + 8


@needs_font
@needs_engine
def test_nothing_is_read_where_nothing_is_written():
    dispatch = read(page())
    assert dispatch.main.number == Missing(Reason.BLANK, (), dispatch.main.number.evidence)
    assert isinstance(dispatch.main.date, Missing)
    assert dispatch.main.date.reason is Reason.BLANK
    assert not codes(dispatch) & {"W227", "W228"}


@needs_font
@needs_engine
def test_what_is_no_number_is_left_open():
    image = page(day="14")
    draw = ImageDraw.Draw(image)
    for shift in range(0, 90, 9):
        draw.line([(350 + shift, 335), (356 + shift, 362), (360 + shift, 338)], fill=(30, 30, 30), width=4)
    dispatch = read(image)
    assert isinstance(dispatch.main.number, Missing)
    assert dispatch.main.number.reason is Reason.UNREADABLE
    assert "W228" in codes(dispatch)


@needs_font
@needs_engine
def test_a_month_written_by_hand_is_read_with_its_day():
    image = sheet((*BLANK_HEAD[:5], (960, 330, "An Lạc, ngày        tháng          năm 2024", False), *BODY))
    draw = ImageDraw.Draw(image)
    hand_strokes.write(draw, "28", NUMBER_AT, 34)
    hand_strokes.write(draw, "14", DAY_AT, 34)
    hand_strokes.write(draw, "02", (1326, 330), 34)
    assert value_of(read(image).main.date) == date(2024, 2, 14)


@needs_font
@needs_engine
def test_without_the_network_the_place_stays_blank(monkeypatch):
    monkeypatch.setattr(hand_model, "_session", lambda: None)
    main = read(page("457", "14")).main
    assert isinstance(main.number, Missing)


def row(text, scores):
    return tuple(
        Word(part, 1, Box(80 + 40 * i, 100, 110 + 40 * i, 113), size=13, origin=Origin.OCR, score=score)
        for i, (part, score) in enumerate(zip(text.split(), scores, strict=True))
    )


WRITTEN = hand_reading.Written("04", 0.99, (), True, 0.4, 0.5, 0.39)
UNTOLD = hand_reading.Written("", 0.0, ("20",), True, 0.4, 0.5, 0.39)
EMPTY = hand_reading.Written("", 0.0, (), False, 0.4, 0.5, 0.39)


@pytest.mark.parametrize(
    ("read_as", "scores", "seen", "right"),
    [
        ("Lạc, ngày 14 tháng 5 năm 2024", (0.9,) * 7, None, "Lạc, ngày 14 tháng 5 năm 2024"),  # print: not looked at
        ("Lạc, ngày 23 tháng 5 năm 2024", (0.9, 0.9, 0.6, 0.9, 0.9, 0.9, 0.9), (WRITTEN,), "Lạc, ngày 04 tháng 5 năm 2024"),
        ("Lạc, ngày tháng 5 năm 2024", (0.9,) * 6, (WRITTEN,), "Lạc, ngày 04 tháng 5 năm 2024"),  # passed over
        ("Lạc, ngày tháng 5 năm 2024", (0.9,) * 6, (EMPTY,), "Lạc, ngày tháng 5 năm 2024"),
        ("Lạc, ngày Ø†tháng 5 năm 2024", (0.9,) * 6, (WRITTEN,), "Lạc, ngày 04 tháng 5 năm 2024"),
        ("Lạc, ngày 2 thángØ1f năm 2024", (0.9, 0.9, 0.6, 0.1, 0.9, 0.9), (UNTOLD, WRITTEN), "Lạc, ngày … tháng 04 năm 2024"),
        ("Số: x44 /CT-UBND", (0.9, 0.4, 0.9), (WRITTEN,), "Số: 04 /CT-UBND"),
        ("Số: $4/CT-UBND", (0.9, 0.4), (WRITTEN,), "Số: 04 /CT-UBND"),
        ("Số: 04/CT-UBND", (0.9, 0.8), (WRITTEN,), "Số: 04/CT-UBND"),  # two readings agree
        ("Số: /CT-UBND", (0.9, 0.9), (EMPTY,), "Số: /CT-UBND"),
        ("Số 4 -CV/TU", (0.9, 0.4, 0.9), (WRITTEN,), "Số 04 -CV/TU"),
        ("trước ngày tháng 5 hằng năm", (0.9,) * 6, None, "trước ngày tháng 5 hằng năm"),
    ],
)
def test_only_what_is_no_sure_print_is_looked_at(monkeypatch, read_as, scores, seen, right):
    monkeypatch.setattr(hand_reading, "read", lambda *_: seen)
    head = hand_lines.Head(np.full((842, 595), 255, np.uint8), 1.0, 0.0)
    words = hand_lines.read(row(read_as, scores), head)
    assert " ".join(word.text for word in words) == right
    assert all(word.page == 1 and word.box and word.box.x0 < word.box.x1 for word in words)


# --- a 1 with a long upstroke ------------------------------------------------------------------------------------------------------


def drawn(digits, **hand):
    image = Image.new("RGB", (140 * len(digits), 180), "white")
    hand_strokes.write(ImageDraw.Draw(image), digits, (40, 60), 70, **{"thick": 9, **hand})
    return np.asarray(image.convert("L"))


@pytest.mark.parametrize("slant", [0.0, 0.1, 0.2, 0.3])
@pytest.mark.parametrize("digit", "0123456789")
def test_only_a_1_is_taken_for_one(digit, slant):
    (patch,) = patches(drawn(digit, slant=slant) < hand_ones.DARK)
    assert hand_ones.is_one(patch.mask) is (digit == "1")


def test_a_long_upstroke_is_taken_away_and_other_digits_stay():
    before, after = drawn("162"), hand_ones.redrawn(drawn("162"))
    assert np.array_equal(before[:, 110:], after[:, 110:])
    (stem,) = patches(after[:, :90] < hand_ones.DARK)
    assert stem.mask.shape[1] < 0.5 * stem.mask.shape[0]


# --- what the network sees ---------------------------------------------------------------------------------------------------------

ALPHABET = ("", *"0123456789", *"|lI/\\", *"abMy:", " ")


def line(rows):
    """A line from what is seen at each place: characters with their likelihoods, the rest going to the gap."""
    steps = np.zeros((len(rows), len(ALPHABET)), np.float32)
    for place, row in enumerate(rows):
        for character, share in row.items():
            steps[place, ALPHABET.index(character)] = share
        steps[place, 0] += 1 - sum(row.values())
    return Line(steps, ALPHABET)


def test_the_characters_of_a_line_are_its_likeliest_path():
    seen = spelled(line([{"a": 0.9}, {"a": 0.8}, {}, {"a": 0.6}, {"1": 0.7}]))
    assert [(letter.text, letter.first, letter.last) for letter in seen] == [("a", 0, 1), ("a", 3, 3), ("1", 4, 4)]


def test_a_slot_lies_between_its_words():
    letters = spelled(line([{"a": 0.9}, {":": 0.9}, {}, {"1": 0.9}, {}, {"/": 0.9}, {"b": 0.9}]))
    assert between(letters, re.compile(r"^a:"), re.compile(r"/")) == Span(2, 5, 1)
    assert between(letters, re.compile(r"^b"), re.compile(r"/")) is None


@given(st.lists(st.lists(st.floats(0.01, 1), min_size=3, max_size=3), min_size=1, max_size=5))
def test_a_numbers_likelihood_is_the_sum_over_the_paths_that_spell_it(weights):
    rows = [{"1": a / (a + b + c), "2": b / (a + b + c)} for a, b, c in weights]
    sums: dict[str, float] = {}
    for path in itertools.product("_12", repeat=len(rows)):
        text = "".join(character for character, _ in itertools.groupby(path)).replace("_", "")
        share = np.prod([1 - sum(row.values()) if c == "_" else row[c] for c, row in zip(path, rows, strict=True)])
        sums[text] = sums.get(text, 0.0) + float(share)
    numbers = sorted(sums, key=lambda text: (len(text), text))
    shares = Digits(line(rows), Span(0, len(rows), 0)).shares([number for number in numbers if number])
    for one, other in itertools.pairwise(shares):
        if sums[other] > 1e-4:
            assert shares[one] / shares[other] == pytest.approx(sums[one] / sums[other], rel=0.01)


@pytest.mark.parametrize(
    ("rows", "share_of_14"),
    [
        ([{"1": 0.99}, {"4": 0.99}], "most"),
        ([{"/": 0.99}, {}, {"4": 0.99}], "most"),  # a stroke among digits is a 1
        ([{"1": 0.99}, {" ": 0.99}, {"4": 0.99}], "most"),
        ([{"M": 0.99}, {"4": 0.99}], "none"),
        ([{}, {}], "none"),
    ],
)
def test_whatever_else_is_seen_counts_against_a_number(rows, share_of_14):
    share = Digits(line(rows), Span(0, len(rows), 0)).shares(("14", "4", "1"))["14"]
    assert share > 0.9 if share_of_14 == "most" else share < 0.05


def test_a_lone_figure_may_be_half_a_day():
    slot = hand_reading.Slot(None, None, hand_reading.DAYS, hand_reading.HALF_DAYS)
    assert "3" in slot.doubtful
    assert "03" in slot.allowed
    assert "03" not in slot.doubtful


# --- in the record -----------------------------------------------------------------------------------------------------------------


def handed(text, hand):
    """A line of recognised words in which "[…]" was written by hand."""
    return Block(tuple(hand if part == "[]" else Word(part, page=1, origin=Origin.OCR, score=0.95) for part in text.split()))


READ = Word("25", page=1, origin=Origin.HAND, score=0.99)
OPEN = Word("…", page=1, origin=Origin.HAND, score=0.75, maybe=("27", "21"))


def number_line(hand):
    return own_symbol.read(Anatomy(number=(handed("Số: [] /UBND-VP", hand),)))


def date_line(hand):
    return place_date.read(Anatomy(place_date=(handed("An Lạc, ngày [] tháng 9 năm 2023", hand),)))


def test_a_number_that_was_read_is_a_guess():
    line = number_line(READ)
    assert value_of(line.reference) == "25/UBND-VP"
    assert (line.number.grade, line.reference.grade, line.symbol.grade) == (Grade.GUESSED, Grade.GUESSED, Grade.STATED)


def test_a_number_that_was_not_read_is_a_gap_with_what_it_may_be():
    line = number_line(OPEN)
    assert (line.number.reason, line.number.candidates) == (Reason.UNREADABLE, ("27", "21"))
    assert line.reference.candidates == ("27/UBND-VP", "21/UBND-VP")
    assert value_of(line.symbol) == "UBND-VP"


def test_a_day_that_was_read_is_a_guess_and_one_that_was_not_a_gap():
    assert date_line(READ).date.value == date(2023, 9, 25)
    assert date_line(READ).date.grade is Grade.GUESSED
    unread = date_line(OPEN)
    assert (unread.date.reason, unread.date.candidates) == (Reason.UNREADABLE, ("2023-09-27", "2023-09-21"))
    assert unread.printed == PrintedDate(2023, 9, None)


@pytest.mark.parametrize(
    ("signed_on", "candidates", "taken"),
    [
        (("2023-09-21",), ("2023-09-27", "2023-09-21"), "2023-09-21"),
        (("2023-09-22",), ("2023-09-27", "2023-09-21"), None),  # the hand does not say so
        (("2023-09-21", "2023-09-22"), ("2023-09-27", "2023-09-21"), None),  # signed on two days
        (("2023-09-21",), (), None),  # nothing read: the signing day alone is never taken
    ],
)
def test_a_day_read_in_several_ways_is_the_day_of_signing_where_that_is_one_of_them(signed_on, candidates, taken):
    unread = replace(date_line(OPEN).date, candidates=candidates)
    document = Document(date=unread, date_printed=PrintedDate(2023, 9, None))
    after = signed.with_signing_days(document, [Signature("A", f"{day}T10:00:00+07:00", "valid") for day in signed_on])
    if taken is None:
        assert isinstance(after.date, Missing)
        assert set(after.date.candidates) >= {*candidates, *signed_on}
    else:
        assert isinstance(after.date, Found)
        assert (after.date.value.isoformat(), after.date.grade) == (taken, Grade.GUESSED)
        assert after.date_printed == PrintedDate(2023, 9, 21)
