"""Printed days and hours: one table of shapes, near misses, and the round trip of any day through every shape."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.fields.dates import CLOCK, DATE, DateMention, find_dates, parse_clock, split_days

WHOLE = [
    ("ngày 26 tháng 9 năm 2023", (2023, 9, 26)),
    ("19/9/2023", (2023, 9, 19)),
    ("19-9-2023", (2023, 9, 19)),
    ("19.09.2023", (2023, 9, 19)),
    ("ngày14 tháng 4năm 2023", (2023, 4, 14)),
    ("ngày 15 tháng 9/2025", (2025, 9, 15)),
    ("ngày 2 6 tháng 0 9 năm 2023", (2023, 9, 26)),
    ("01/01//2025", (2025, 1, 1)),
    ("03 / 4 / 2024", (2024, 4, 3)),
    ("Ngày 05 tháng 12, năm 2025", (2025, 12, 5)),
]

BLANKS = [
    ("ngày      tháng 9 năm 2023", (2023, 9, None)),
    ("ngày … tháng … năm 2025", (2025, None, None)),
    ("ngày .... /10/2025", (2025, 10, None)),
    ("Hà Nội, ngày ___ tháng 3 năm 2026", (2026, 3, None)),
]

NONE = [
    "Luật số 72/2025/QH15",
    "Nghị định số 15/2014/NĐ-CP",
    "12/31/2025",
    "ngày 45 tháng 9 năm 2023",
    "ngày 8 1 tháng 9 năm 2023",
    "tháng 9/2023",
    "1/5 số hộ",
    "mã hồ sơ 000.12.9.2023.4",
]


def parts(mention: DateMention) -> tuple[int | None, int | None, int | None]:
    return mention.year, mention.month, mention.day


@pytest.mark.parametrize(("text", "expected"), WHOLE + BLANKS)
def test_printed_date(text: str, expected: tuple[int | None, int | None, int | None]) -> None:
    (mention,) = find_dates(f"Kính gửi {text}, để biết")
    assert parts(mention) == expected


@pytest.mark.parametrize("text", NONE)
def test_no_date(text: str) -> None:
    assert find_dates(text) == ()


def test_a_day_that_the_calendar_lacks_keeps_its_parts_but_is_no_day() -> None:
    (mention,) = find_dates("trước ngày 31/6/2025")
    assert parts(mention) == (2025, 6, 31)
    assert mention.whole is None


SHAPES = ("{d}/{m}/{y}", "{d:02}/{m:02}/{y}", "{d}-{m}-{y}", "{d}.{m}.{y}", "ngày {d} tháng {m} năm {y}", "ngày {d:02} tháng {m}/{y}")


@given(st.dates(date(1950, 1, 1), date(2090, 12, 31)), st.sampled_from(SHAPES))
def test_every_day_comes_back_in_every_shape(day: date, shape: str) -> None:
    text = shape.format(d=day.day, m=day.month, y=day.year)
    (mention,) = find_dates(f"trước {text}.")
    assert mention.whole == day
    assert re.search(DATE, text)
    assert split_days(text)[0] == (day.day, day.month, day.year)


@given(st.text(alphabet="0123456789/.- ngàythángnăm…", max_size=80))
def test_any_text_gives_ordered_disjoint_mentions(text: str) -> None:
    mentions = find_dates(text)
    assert all(a.end <= b.start for a, b in pairwise(mentions))
    assert all(0 <= m.start < m.end <= len(text) for m in mentions)


CLOCKS = [
    ("17h00", (17, 0)), ("17 giờ 00", (17, 0)), ("17 giờ 30 phút", (17, 30)), ("17 giờ", (17, 0)), ("08h", (8, 0)), ("16h30’", (16, 30)),
    ("16:30", (16, 30)), ("5 giờ chiều", (17, 0)), ("8 giờ sáng", (8, 0)), ("24h00", (23, 59)), ("17 giờ 19/10", (17, 0)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CLOCKS)
def test_clock(text: str, expected: tuple[int, int]) -> None:
    match = re.search(CLOCK, text)
    assert match
    assert parse_clock(match[0]) == expected


@pytest.mark.parametrize("text", ["24/24 giờ", "5 hộ", "12,5 giờ", "7 hồ sơ", "25 gói"])
def test_no_clock(text: str) -> None:
    assert not re.search(CLOCK, text)
