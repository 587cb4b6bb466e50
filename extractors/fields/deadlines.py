"""Deadlines ("thời hạn") of a duty's text and of a due column's cell, as printed and as understood.

``trước`` excludes the day named (``before``), every other cue includes it; ranges end on their last day; a day without a year is the first
such day on or after the dispatch's own. What cannot be told is ``unresolved`` with its words kept. See ``deadline_scan`` for the grammar
and ``deadline_context`` for what is no deadline.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from extractors.dispatch import Deadline, DeadlineKind
from extractors.fields.deadline_context import is_deadline, setting
from extractors.fields.deadline_merge import merge
from extractors.fields.deadline_model import Bound, Calendar, Candidate, Form
from extractors.fields.deadline_scan import scan
from extractors.text import fold

_TRIGGER = re.compile(
    r"\d|hằng|hàng|mỗi|định kỳ|thường xuyên|trong |trước |chậm nhất|muộn nhất|kể từ"
    r"|cuối |hạn|quý|tuần|lần|thứ |chủ nhật|hôm nay|cùng ngày|đến hết|tháng"
)
_PURPOSE = re.compile(r"(?<!\w)để(?!\w)[^;.]{0,80}(?:báo cáo|trình|gửi)(?!\w)")
_NO_TIME = re.compile(r"[\s\-–—./…x]*|24/24(?:\s?(?:giờ|h))?|không")
_NO_END = {Bound.START, Bound.CUTOFF, Bound.AFTER}
_HOSTILE_LENGTH = 20_000  # characters; no duty and no cell is that long


@dataclass(frozen=True)
class DeadlineMention:
    """A deadline at its place: ``deadline.text`` is ``text[start:end]`` of the text it was found in."""

    start: int
    end: int
    deadline: Deadline


def find(text: str, issued: date | None = None, year_hint: int | None = None) -> tuple[DeadlineMention, ...]:
    """Return the deadlines of a duty's text in reading order.

    ``issued`` is the dispatch's own date, ``year_hint`` its year when the day is blank; both only complete days printed without a year.
    """
    key = fold(text[:_HOSTILE_LENGTH])
    if not _TRIGGER.search(key):
        return ()
    found = merge(key, scan(key, Calendar(issued, year_hint)))
    accepted = (c for c in found if is_deadline(c, setting(key, c, issued)))
    return tuple(_mentions(text, _without_purpose(key, accepted)))


def parse_cell(text: str, issued: date | None = None, year_hint: int | None = None) -> tuple[DeadlineMention, ...]:
    """Return the deadlines of a due column's cell ("Quý II/2025", "Thường xuyên"); words that name no time are one unresolved deadline."""
    key = fold(text[:_HOSTILE_LENGTH])
    if _NO_TIME.fullmatch(key.strip()):
        return ()
    found = merge(key, scan(key, Calendar(issued, year_hint), cell=True))
    named = [c for c in found if c.readings and (c.form is Form.RELATIVE or c.bound not in _NO_END)]
    if named:
        return tuple(_mentions(text, _deciding(named)))
    start = len(text) - len(text.lstrip())
    end = len(text.rstrip())
    return (DeadlineMention(start, end, Deadline(text[start:end], DeadlineKind.UNRESOLVED)),)


def _deciding(named: list[Candidate]) -> list[Candidate]:
    """Drop "thường xuyên" and mere events where a day or a rule is named beside them."""
    dated = [c for c in named if c.form not in {Form.STANDING, Form.EVENT}]
    return dated or named


def _without_purpose(key: str, accepted: Iterable[Candidate]) -> Iterator[Candidate]:
    """Leave out when the issuer itself reports upward: "… trước 10 giờ 00 để tổng hợp, báo cáo Chính phủ trước 15 giờ 00"."""
    last: Candidate | None = None
    for found in accepted:
        between = key[last.end : found.start] if last else ""
        if last and not re.search(r"[.;](?:\s|$)", between) and _PURPOSE.search(between):
            continue
        yield found
        last = found


def _mentions(text: str, accepted: Iterable[Candidate]) -> Iterator[DeadlineMention]:
    for found in accepted:
        end = found.end
        if text.count("(", found.start, end) > text.count(")", found.start, end) and text[end : end + 1] == ")":
            end += 1
        for reading in dict.fromkeys(found.readings):
            yield DeadlineMention(found.start, end, replace(reading, text=text[found.start : end]))
