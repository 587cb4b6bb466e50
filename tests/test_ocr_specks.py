"""Dust on a scan read as dashes, stops and strokes is dropped by its ink; printed marks stay."""

import numpy as np
import pytest

from extractors.readers.scans import ocr_specks
from extractors.readers.scans.ocr_engine import Seen

BASE, SIZE = 100, 24
"""The line's base, and the height of its small letters."""


def seen(text, x0, x1, *, top=BASE - SIZE, bottom=BASE, line=1, size=SIZE, score=0.9):
    return Seen(text, score, x0, top, x1, bottom, BASE, size, line)


def page(*marks):
    """A white page with marks of ink: (x0, top, x1, bottom)."""
    grey = np.full((200, 900), 255, np.uint8)
    for x0, top, x1, bottom in marks:
        grey[top:bottom, x0:x1] = 20
    return grey


WORDS = (seen("kênh", 100, 180), seen("mương", 190, 300))
DASH = (310, 86, 322, 90)
DUST = (310, 87, 313, 90)
LOW = (310, 108, 322, 112)
HIGH = (310, 76, 322, 80)


@pytest.mark.parametrize(
    ("ink", "text", "kept"),
    [(DASH, "-", True), (DASH, "–", True), (DUST, "-", False), (LOW, "-", False), (HIGH, "—", False)],
    ids=["dash", "long dash", "dot", "low stroke", "high stroke"],
)
def test_a_dash_is_as_long_as_one_and_stands_at_its_height(ink, text, kept):
    mark = seen(text, ink[0], ink[2], top=min(ink[1], BASE - SIZE), bottom=max(ink[3], BASE))
    assert (ocr_specks.without_specks(page(ink), [*WORDS, mark])[-1] is mark) is kept


@pytest.mark.parametrize(
    ("before", "read_as"),
    [("._", []), (".", []), ("__", []), ("_—_", []), ("___-", ["-"]), ("__4,", ["4,"]), ("a)", ["a)"]), ("“", ["“"])],
)
def test_before_the_first_letter_of_a_line_only_a_bullet_stands(before, read_as):
    line = [seen(before, 60, 80, top=BASE - 8), *WORDS]
    assert [word.text for word in ocr_specks.without_specks(page(), line)] == [*read_as, "kênh", "mương"]


def test_a_bullet_read_together_with_dust_is_put_where_its_dash_is():
    bullet = ocr_specks.without_specks(page(), [seen("___-", 20, 80), *WORDS])[0]
    assert (bullet.x0, bullet.x1) == (68, 80)


@pytest.mark.parametrize(
    ("ink", "score", "after", "read_as"),
    [
        ((70, 86, 83, 90), 0.0, "Kênh", "-"),
        ((70, 86, 83, 90), 0.9, "Kênh", "cv"),
        ((70, 86, 83, 90), 0.0, "kênh", "cv"),
        ((70, 78, 83, 98), 0.0, "Kênh", "cv"),
        ((40, 86, 83, 90), 0.0, "Kênh", "cv"),
    ],
    ids=["dash", "a word", "within a sentence", "letters", "ruling"],
)
def test_a_dash_read_as_no_word_before_a_capital_is_a_bullet(ink, score, after, read_as):
    line = [seen("cv", 20, 85, score=score), seen(after, 100, 180)]
    assert ocr_specks.without_specks(page(ink), line)[0].text == read_as


@pytest.mark.parametrize(
    ("texts", "size", "kept"),
    [(("+", "x", "+"), 11, False), (("`",), 5, False), (("x",), SIZE, True), (("3",), 11, True), (("1/2",), 11, True)],
    ids=["crosses of dust", "dot", "a form's cross", "page number", "fraction"],
)
def test_a_line_lower_than_type_without_two_letters_is_dust(texts, size, kept):
    line = [seen(text, 400 + 40 * i, 400 + 40 * i + size, line=2, size=size) for i, text in enumerate(texts)]
    assert ([word.line for word in ocr_specks.without_specks(page(), [*WORDS, *WORDS, *line])][-1] == 2) is kept


def test_a_small_plus_among_words_is_dust_and_a_large_one_a_bullet():
    assert len(ocr_specks.without_specks(page(), [*WORDS, seen("+", 310, 319)])) == 2
    assert len(ocr_specks.without_specks(page(), [seen("+", 70, 88), *WORDS])) == 3


def test_a_page_without_words_has_no_specks():
    assert ocr_specks.without_specks(page(), ()) == ()
