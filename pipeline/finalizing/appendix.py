"""Whether the table of assignments behind a reviewed letter still says what the letter says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from extractors.errors import Problem, Severity
from extractors.text import fold, shorten, squeeze
from pipeline.drafting.facts import clean
from pipeline.finalizing.items import Read, words_of
from pipeline.finalizing.matching import Pairs, likeness
from pipeline.planning.plan import Assignment, Plan

_LEAD_WITHIN = 3
"""Cells behind a duty's own in which its lead stands."""
REMEDY = "Hãy sửa bảng trong Phụ lục cho khớp với phần lời văn, rồi chốt lại."


def stale(base: Read, now: Read, plan: Plan, pairs: Pairs) -> Iterator[Problem]:
    """Yield a finding when the drafted letter had such a table and the reviewed one's does not follow its text."""
    texts = {old.key: (old.inside, new.inside) for old, new in pairs.kept if old.key}
    if not any(_row(words, _cells(base)) is not None for words in _wordings(texts.values())):
        return
    cells = _cells(now)
    wrong = [a for a in plan.mine if a.key in texts and not _follows(a, texts[a.key], cells)]
    gone = [item.inside for item in pairs.dropped if item.key and _row(words_of(item.inside), cells) is not None]
    if wrong or gone:
        named = "; ".join(f"“{shorten(text)}”" for text in (*(clean(a.duty.text) for a in wrong), *gone))
        message = f"Bảng phân công trong Phụ lục không còn khớp với phần lời văn, hoặc không đọc được: {named}."
        yield Problem("W346", message, Severity.WARNING, "", REMEDY)


def _cells(read: Read) -> list[str]:
    return [squeeze(line.text) for line in read.lines if line.tabled]


def _wordings(texts: Iterable[tuple[str, str]]) -> Iterator[tuple[str, ...]]:
    return (words_of(drafted) for drafted, _ in texts)


def _row(words: tuple[str, ...], cells: Sequence[str]) -> int | None:
    """Where a duty's cell stands."""
    rated = [(likeness(words, words_of(cell)), -place) for place, cell in enumerate(cells)]
    best = max(rated, default=(0.0, 0))
    return -best[1] if best[0] else None


def _follows(assignment: Assignment, texts: tuple[str, str], cells: Sequence[str]) -> bool:
    """True when the table has the duty, with the lead of the letter."""
    place = next((found for text in texts if (found := _row(words_of(text), cells)) is not None), None)
    if place is None:
        return False
    near = [fold(cell) for cell in cells[place + 1 : place + 1 + _LEAD_WITHIN]]
    return assignment.lead is None or any(fold(assignment.lead.name) in cell for cell in near)
