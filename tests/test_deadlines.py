"""Deadlines: every phrase of the tables, the words that keep a time from being one, the shared labelled rows and gold records."""

from __future__ import annotations

import json
import time
import tomllib
from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.dispatch import Deadline, DeadlineKind
from extractors.fields.deadlines import DeadlineMention, find, parse_cell

SHARED = Path(__file__).parents[2] / "shared"
ISSUED = date(2025, 8, 27)


def table(name: str, key: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = tomllib.loads(files("extractors.data").joinpath(name).read_text("utf-8"))[key]
    return rows


ROWS = table("deadlines.toml", "rows")
WORDS = table("deadline_words.toml", "words")


def spelled(deadline: Deadline) -> str:
    """A deadline as the tables write it."""
    tail = " before" if deadline.before else ""
    if deadline.kind in {DeadlineKind.DATE, DeadlineKind.PERIOD}:
        return f"{deadline.due}{tail}"
    if deadline.kind is DeadlineKind.RECURRING:
        return f"{deadline.rrule}{tail}"
    if deadline.kind is DeadlineKind.RELATIVE:
        return f"{deadline.amount} {deadline.unit} {deadline.anchor or '-'}"
    return deadline.kind.value


def read(row: dict[str, Any], text: str) -> tuple[DeadlineMention, ...]:
    issued = date.fromisoformat(row.get("issued", ISSUED.isoformat())) if row.get("issued", "x") else None
    return (parse_cell if row.get("cell") else find)(text, issued, ISSUED.year)


def examples(rows: list[dict[str, Any]], kind: str) -> list[Any]:
    return [pytest.param(row, text, id=f"{row['id']}-{n}") for row in rows for n, text in enumerate(row.get(kind, []))]


MATCHES = examples(ROWS, "matches")
REJECTS = examples(ROWS, "rejects")


@pytest.mark.parametrize(("row", "match"), MATCHES)
def test_phrase_is_read(row: dict[str, Any], match: list[str]) -> None:
    text, *expected = match
    mentions = read(row, text)
    assert [spelled(m.deadline) for m in mentions] == expected
    assert all(m.deadline.text == text[m.start : m.end] for m in mentions)


@pytest.mark.parametrize(("row", "text"), REJECTS)
def test_near_miss_is_no_deadline(row: dict[str, Any], text: str) -> None:
    assert read(row, text) == ()


@pytest.mark.parametrize(("row", "text"), examples(WORDS, "matches"))
def test_word_decides(row: dict[str, Any], text: str) -> None:
    assert bool(find(text, ISSUED)) is row["id"].startswith("cue-")


@pytest.mark.parametrize(("row", "text"), examples(WORDS, "rejects"))
def test_word_does_not_decide_in_its_near_miss(row: dict[str, Any], text: str) -> None:
    assert bool(find(text, ISSUED)) is not row["id"].startswith("cue-")


def test_tables_are_large_enough_to_mean_something() -> None:
    assert len(MATCHES) >= 180
    assert len(REJECTS) >= 80
    assert len({row["id"] for row in ROWS}) == len(ROWS)


PRINTED = [
    ("Niêm yết danh sách, hoàn thành trước ngày 20/9/2025.", ["trước ngày 20/9/2025"]),
    ("Thời gian thực hiện đến hết ngày 20/9/2025.", ["đến hết ngày 20/9/2025"]),
    ("Định kỳ trước ngày 20 hằng tháng, báo cáo.", ["Định kỳ trước ngày 20 hằng tháng"]),
    ("Báo cáo định kỳ hằng quý.", ["định kỳ hằng quý"]),
    ("Cập nhật, gửi trước 17h00 thứ Sáu hằng tuần.", ["trước 17h00 thứ Sáu hằng tuần"]),
    ("Trình trong thời hạn 05 ngày kể từ ngày nhận được Công văn này./.", ["trong thời hạn 05 ngày kể từ ngày nhận được Công văn này"]),
]


@pytest.mark.parametrize(("text", "expected"), PRINTED)
def test_printed_words_of_a_deadline(text: str, expected: list[str]) -> None:
    assert [m.deadline.text for m in find(text, ISSUED)] == expected


SAMPLE = st.sampled_from([str(m.values[1][0]) for m in MATCHES])


@given(SAMPLE, SAMPLE)
def test_mentions_are_ordered_and_quote_their_text(first: str, second: str) -> None:
    text = f"{first} {second}"
    mentions = find(text, ISSUED)
    assert [m.start for m in mentions] == sorted(m.start for m in mentions)
    assert all(text[m.start : m.end] == m.deadline.text for m in mentions)


@given(st.text(alphabet="trướcngàyđếnhếttháng quýnămhằng0123456789/.,;()-: ", max_size=120))
def test_any_text_is_read_without_an_error(text: str) -> None:
    for mention in (*find(text, ISSUED), *find(text), *parse_cell(text)):
        assert text[mention.start : mention.end] == mention.deadline.text


@given(st.dates(date(2024, 1, 1), date(2030, 12, 31)), st.dates(date(2024, 1, 1), date(2030, 12, 31)))
def test_a_day_without_a_year_is_the_first_one_on_or_after_the_dispatch(issued: date, day: date) -> None:
    (mention,) = find(f"Báo cáo trước ngày {day.day}/{day.month}.", issued)
    assert mention.deadline.due is not None
    due = date.fromisoformat(mention.deadline.due)
    assert due >= issued
    assert (due.day, due.month) == (day.day, day.month)
    assert (due - issued).days <= (366 if (day.day, day.month) != (29, 2) else 8 * 366)


NOISE = [
    "cùng ngày, " * 1800,
    "trước " * 4000,
    "ngày 1/" * 3000,
    "từ ngày 1 đến " * 2000,
    " " * 15000 + "trước",
    "hằng tháng, " * 1500,
    "1, " * 6000,
    "1/2, " * 4000,
    "17h00, " * 2500,
    "tháng 1, " * 2000,
]


@pytest.mark.parametrize("noise", NOISE)
def test_hostile_runs_stay_cheap(noise: str) -> None:
    begun = time.process_time()
    find(noise, ISSUED)
    parse_cell(noise, ISSUED)
    assert time.process_time() - begun < 4, "grows faster than the text"


# --- labelled rows and gold records of the shared folder --------------------------------------------------------------------------------

UNITS = {"working_day": "working_day", "calendar_day": "day", "working_hour": "hour", "month": "month", "hour": "hour"}
ANCHORS = {"receipt_of_this_document": "received", "receipt": "received", "signing_date": "issued"}
FLOOR = 0.95
LABEL_DAY = date(2023, 9, 26)


def labelled(row: dict[str, Any]) -> list[str] | None:
    """What a labelled row asks for in the contract's terms; None for what the contract has no place for."""
    value, kind = row["normalized"], row["kind"]
    if kind == "not_a_deadline" or value.get("bound") == "data_cutoff":
        return []
    if kind in {"absolute_date", "absolute_datetime", "range"}:
        return _labelled_day(value)
    if kind in {"period_end", "event"}:
        return _labelled_period(value)
    if "rrule" in value or "rrules" in value:
        return sorted(value.get("rrules") or [value["rrule"]])
    if kind == "relative":
        return [f"{value['value']} {UNITS[value['unit']]} {_labelled_anchor(row)}"]
    return ["unresolved"] if kind == "undated" else None


def _labelled_day(value: dict[str, Any]) -> list[str] | None:
    if value.get("bound") == "at":
        return None
    day = str(value.get("date") or value.get("end") or value["datetime"].split("+")[0])
    return [_dated(day) + (" before" if value.get("bound") == "before" else "")]


def _labelled_period(value: dict[str, Any]) -> list[str] | None:
    if value.get("bound") == "before":
        return [f"{value['date']} before"]
    due = value.get("due")
    if due == "@end_of_doc_month":
        return ["2023-09-30"]
    return [_dated(due)] if due and not due.startswith("@") else None


def _dated(day: str) -> str:
    if not day.startswith("--"):
        return day
    this_year = date.fromisoformat(f"{LABEL_DAY.year}{day[1:]}")
    return (this_year if this_year >= LABEL_DAY else this_year.replace(year=LABEL_DAY.year + 1)).isoformat()


def _labelled_anchor(row: dict[str, Any]) -> str:
    """A row cut out of a sentence whose event is not in the phrase names no event."""
    names_one = any(word in row["phrase"] for word in ("kể từ", "sau khi", "trước ngày", "ngày làm việc (hôm", "tiếp theo"))
    return ANCHORS.get(row["normalized"]["anchor"], "event") if names_one else "-"


def reduced(spellings: list[str]) -> list[str]:
    """Rules without their "before", which the labels keep elsewhere."""
    return sorted(s.removesuffix(" before") if s.startswith("FREQ") else s for s in spellings)


def test_labelled_rows() -> None:
    path = SHARED / "domain" / "deadlines.jsonl"
    if not path.is_file():
        pytest.skip("the labelled rows are not beside the project")
    wanted = [(row, labelled(row)) for row in map(json.loads, path.read_text("utf-8").splitlines())]
    asked = [(row, want) for row, want in wanted if want is not None]
    wrong = [row["id"] for row, want in asked if not _right(row["phrase"], want)]
    assert len(asked) >= 160
    assert 1 - len(wrong) / len(asked) >= FLOOR, f"wrong: {wrong}"


def _right(phrase: str, want: list[str]) -> bool:
    in_text = reduced([spelled(m.deadline) for m in find(phrase, LABEL_DAY)])
    in_cell = reduced([spelled(m.deadline) for m in parse_cell(phrase, LABEL_DAY)])
    return in_text == want if not want else want in (in_text, in_cell)


def duties(items: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for item in items:
        yield item
        yield from duties(item.get("children", []))


def gold_files() -> list[Path]:
    return [*sorted((SHARED / "dev" / "gold").glob("*.json")), *sorted((SHARED / "dev" / "real").glob("*.gold.json"))]


@pytest.mark.parametrize("path", gold_files(), ids=lambda p: p.name)
def test_gold_duties(path: Path) -> None:
    record = json.loads(path.read_text("utf-8"))
    issued = date.fromisoformat(record["date"]) if record.get("date") else None
    year = (record.get("date_printed") or {}).get("year")
    for duty in duties(record["duties"]):
        text = duty.get("text") or f"{duty['head']} … {duty['tail']}"
        cells = [d["text"] for d in duty["deadlines"] if d["text"] not in text]
        got = [m.deadline for m in find(text, issued, year)] + [m.deadline for c in cells for m in parse_cell(c, issued, year)]
        assert sorted(map(spelled, got)) == sorted(map(gold_spelled, duty["deadlines"])), text


def gold_spelled(gold: dict[str, Any]) -> str:
    if gold["kind"] == "relative":
        return f"{gold['amount']} {gold['unit']} {gold['anchor']}"
    tail = " before" if gold.get("before") else ""
    return f"{gold.get('due') or gold.get('rrule')}{tail}" if gold.get("due") or gold.get("rrule") else str(gold["kind"])


def test_gold_is_there_or_said_to_be_absent() -> None:
    if not gold_files():
        pytest.skip("the gold records are not beside the project")
