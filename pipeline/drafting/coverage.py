"""The proof on every draft: no duty of ours is lost or doubled, and no number, date or name is in it that nobody said.

What may be said: the words of the source, of the profile and of the templates, and the days that the plan computed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from enum import Enum
from functools import lru_cache
from importlib.resources import files

from extractors.day_words import padded, short_date
from extractors.dispatch import DutyKind
from extractors.doctypes import by_code
from extractors.errors import Problem, Severity
from extractors.text import fold
from pipeline.authority import Authority
from pipeline.drafting.blocks import Draft, Paragraph, Span, Table
from pipeline.drafting.facts import GAP, clean
from pipeline.drafting.filters import recurrence
from pipeline.drafting.places import duty_place
from pipeline.planning.effect import without_effect
from pipeline.planning.plan import Assignment, Plan

_NUMBER = re.compile(r"\d+(?:[./:]\d+)*")
# "12/2026/QĐ-UBND", "12/KH-UBND"; the Party's "315-CV/VPTU".
_REFERENCE = re.compile(r"\d+[a-zđ]?(?:-[a-zđ&]+)?/(?:\d{4}/)?[a-zđ&0-9]*[a-zđ][a-zđ&0-9]*(?:-[a-zđ&0-9]+)*")
_WORD = re.compile(r"[^\W\d_]+")
_EXPRESSION = re.compile(r"\{[{%].*?[}%]\}")
_QUOTED = re.compile(r"said\(\"([^\"]*)\"\)")
_ORDINAL = re.compile(r"\A(?:nhiệm vụ )?\d{1,3}(?:\.(?= )|\Z)")
# What the filters and the table's cells add of their own.
_DERIVED = (
    "hằng ngày", "thứ hằng tuần", "ngày cuối cùng hằng tháng", "tháng cuối đầu quý", "các tháng hằng năm",
    "trước hạn ngày làm việc", "chủ trì phối hợp với", "phối hợp thực hiện", "mục", "điểm khoản Điều", "văn bản kèm theo Phụ lục", "trang",
    "về việc", "hành động", "và", "hoàn thành trong tháng năm", "xong ngày", "thực hiện", "thời hạn",
)  # fmt: skip
_REMEDY = "Hãy đối chiếu với văn bản gốc và báo người quản trị mẫu văn bản."


@dataclass(frozen=True)
class Tally:
    """How many things of one kind were looked up, and how many of them nobody said."""

    kind: str
    checked: int
    unexplained: int


@dataclass(frozen=True)
class Proof:
    """What was checked on a draft, and what is wrong; sound when nothing is."""

    duties: int
    """Duties of ours that must stand in the draft."""
    once: int
    """Those that do, once, with all their figures."""
    tallies: tuple[Tally, ...]
    problems: tuple[Problem, ...] = ()


def _strings(value: object) -> Iterator[str]:
    """Every string inside a value of the model; a date gives the ways in which it may be printed."""
    if isinstance(value, Enum) or value is None:
        return
    if isinstance(value, str):
        yield value
    elif isinstance(value, date):
        yield f"{short_date(value)} {value.day} {value.month} {value.year} {value.day:02d}/{value.month:02d}/{value.year}"
    elif isinstance(value, tuple | list):
        for item in value:
            yield from _strings(item)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _strings(getattr(value, field.name))


class _Said:
    """Words, numbers and references that have a source."""

    def __init__(self) -> None:
        self.words: set[str] = set()
        self.numbers: set[str] = set()
        self.references: set[str] = set()

    def hear(self, text: str) -> None:
        key = fold(clean(text))
        self.words.update(_WORD.findall(key))
        self.references.update(_REFERENCE.findall(key))
        for number in _NUMBER.findall(key):
            self.numbers.add(number)
            self.numbers.update(re.split(r"[./:]", number))

    def joined(self, *others: _Said) -> _Said:
        out = _Said()
        for one in (self, *others):
            out.words |= one.words
            out.numbers |= one.numbers
            out.references |= one.references
        return out


@lru_cache(maxsize=8)
def _profile(authority: Authority) -> _Said:
    said = _Said()
    for text in _strings(authority):
        said.hear(text)
    said.numbers.update((str(authority.rules.lead_days), str(authority.rules.lead_days_urgent)))
    return said


def _said_in_quotes(expression: re.Match[str]) -> str:
    """The words that an expression of a template itself says: ``said("KHẨN")``."""
    return " ".join(_QUOTED.findall(expression[0]))


@lru_cache(maxsize=1)
def _wording() -> _Said:
    """The words of the templates; their figures are none of the draft's."""
    said = _Said()
    for folder in files("templates").iterdir():
        if folder.is_dir():
            for path in folder.iterdir():
                if path.name.endswith(".j2"):
                    said.hear(_EXPRESSION.sub(_said_in_quotes, path.read_text(encoding="utf-8")))
    for phrase in _DERIVED:
        said.hear(phrase)
    said.numbers.clear()
    said.references.clear()
    return said


def _source(plan: Plan) -> _Said:
    said = _Said()
    for text in _strings((plan.source, plan.implements, plan.filing, plan.symbol, plan.recipients, plan.authority_lines)):
        said.hear(text)
    for reference in plan.source.references:
        known = by_code(reference.type)
        said.hear(known.name if known else "")
    for assignment in plan.assignments:
        for text in _strings((assignment.duty, duty_place(assignment))):
            said.hear(text)
        for due in assignment.dues:
            for text in _strings(due.deadline):
                said.hear(text)
            for day in (due.internal, due.last_day):
                said.numbers.update((short_date(day),) if day else ())
            said.hear(recurrence(due.internal_rrule) if due.internal_rrule else "")
    said.numbers.update((padded(plan.today.month, 2), str(plan.today.year)))
    return said


def _places(draft: Draft) -> tuple[list[Paragraph], list[Paragraph]]:
    """The paragraphs of the letter, and those of its tables of data."""
    letter: list[Paragraph] = []
    table: list[Paragraph] = []
    for part in draft.parts:
        if isinstance(part, Paragraph):
            letter.append(part)
        elif isinstance(part, Table):
            target = table if part.layout == "grid" else letter
            target.extend(p for row in part.rows for cell in row.cells for p in cell.paragraphs)
    return letter, table


def _problem(code: str, message: str, where: str) -> Problem:
    return Problem(code, message, Severity.ERROR, where, _REMEDY)


def _counted(assignments: list[Assignment], paragraphs: list[Paragraph], where: str) -> Iterator[tuple[str, Problem]]:
    """Each duty stands there once, with all its figures; yields the duties at fault, with what is wrong."""
    spans: dict[str, Span] = {}
    times: Counter[str] = Counter()
    for paragraph in paragraphs:
        for span in paragraph.spans:
            if span.duty:
                times[span.duty] += 1
                spans[span.duty] = span
    for assignment in assignments:
        count = times[assignment.key]
        if count != 1:
            fault = "không có" if count == 0 else f"lặp lại {count} lần"
            yield assignment.key, _problem("E301", f"Nhiệm vụ {assignment.key} {fault} trong bản dự thảo.", where)
        else:
            yield from ((assignment.key, problem) for problem in _whole(assignment, spans[assignment.key], where))


def _whole(assignment: Assignment, span: Span, where: str) -> Iterator[Problem]:
    text = clean(assignment.duty.text)
    lost = Counter(_NUMBER.findall(without_effect(text) or text)) - Counter(_NUMBER.findall(span.text))
    if lost:
        yield _problem("E302", f"Nhiệm vụ {assignment.key} thiếu số liệu của văn bản gốc: {', '.join(lost)}.", where)


def _invented(draft: Draft, said: _Said) -> tuple[tuple[Tally, ...], tuple[Problem, ...]]:
    """Figures, references and words: how many were looked up, and those that nobody said."""
    kinds = (
        ("Số, ký hiệu", _REFERENCE, said.references),
        ("Con số, ngày tháng", _NUMBER, said.numbers),
        ("Từ", _WORD, said.words),
    )
    checked: Counter[str] = Counter()
    unknown: Counter[str] = Counter()
    problems = []
    for paragraph in draft.paragraphs:
        key = _ORDINAL.sub("", fold(paragraph.text.replace(GAP, " ")))
        for kind, pattern, known in kinds:
            for token in dict.fromkeys(pattern.findall(key)):
                checked[kind] += 1
                if token not in known:
                    unknown[kind] += 1
                    message = f"{kind} “{token}” không có trong văn bản gốc, hồ sơ cơ quan và mẫu."
                    problems.append(_problem("E303", message, paragraph.text[:80]))
    return tuple(Tally(kind, checked[kind], unknown[kind]) for kind, _, _ in kinds), tuple(problems)


def prove(plan: Plan, draft: Draft) -> Proof:
    """Return the proof of a draft: every duty of ours is there once, and nothing is invented; or what is wrong."""
    mine = [assignment for assignment in plan.mine if assignment.duty.kind is DutyKind.DUTY]
    letter, table = _places(draft)
    faults = list(_counted(mine, letter, draft.template))
    if table:
        faults += _counted(mine, table, f"{draft.template}, phụ lục")
    tallies, invented = _invented(draft, _source(plan).joined(_profile(plan.authority), _wording()))
    once = len(mine) - len({key for key, _ in faults})
    return Proof(len(mine), once, tallies, (*(problem for _, problem in faults), *invented))
