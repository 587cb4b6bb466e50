"""What the reviewer must look at first: faults of the proof, warnings, gaps, values that are not sure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from extractors.errors import Problem, Severity
from extractors.evidence import Grade, Missing, Reason
from pipeline.drafting.facts import clean
from pipeline.review.findings import GRADE_WORDS, MISSING_WORDS, Finding, FoundDocument, Kind

_DUTY = re.compile(r"nhiệm vụ ((?:\d+:)?[\w.]+)\Z")
_PAGE = re.compile(r"trang (\d+)\b")
_NEEDED = frozenset({"/issuer/name", "/number", "/date", "/type"})
"""Fields whose absence is worth a look; a subject or a superior may rightly be missing."""
_LEVELS = {Severity.ERROR: "Lỗi", Severity.WARNING: "Cần xem", Severity.INFO: "Thông tin"}


@dataclass(frozen=True)
class Doubt:
    """One thing to look at."""

    level: str
    """ "Lỗi", "Cần xem", "Chỗ trống", "Chưa chắc", "Thông tin"."""
    severity: str
    """error, warning or info, for its looks."""
    text: str
    remedy: str = ""
    code: str = ""
    finding: int | None = None
    """The finding that it concerns."""
    page: int | None = None
    """The page that it concerns, where it is no finding."""


def doubts_of(documents: Sequence[FoundDocument], failed: Iterable[Problem], problems: Iterable[Problem]) -> tuple[Doubt, ...]:
    """Return the doubts in the order of their weight: ``failed`` proof, other problems by severity, gaps, unsure values."""
    told = [_told(documents, problem) for problem in problems]
    order = [severity.value for severity in Severity]
    told.sort(key=lambda doubt: order.index(doubt.severity))
    notes = [doubt for doubt in told if doubt.severity == Severity.INFO.value]
    serious = [doubt for doubt in told if doubt.severity != Severity.INFO.value]
    found = [doubt for document in documents for doubt in _found(document)]
    known = {doubt.finding for doubt in serious}
    gaps = [doubt for doubt in found if doubt.finding not in known]
    return (*(_told(documents, problem) for problem in failed), *serious, *gaps, *notes)


def _told(documents: Sequence[FoundDocument], problem: Problem) -> Doubt:
    finding, where = _place(documents, problem.where), problem.where
    page = _PAGE.match(where)
    shown = f"{problem.message.removesuffix('.')} ({where})." if where and not where.startswith("/") else problem.message
    level, severity = _LEVELS[problem.severity], problem.severity.value
    return Doubt(level, severity, clean(shown), clean(problem.remedy), problem.code, finding, int(page[1]) if page else None)


def _place(documents: Sequence[FoundDocument], where: str) -> int | None:
    """The finding that a problem's place means: a place of the record, or "nhiệm vụ 1.2"."""
    if where.startswith("/"):
        return next((one.number for document in documents if document.main for one in document.all() if one.pointer == where), None)
    match = _DUTY.match(where)
    duties = (item for document in documents for item in document.duties)
    return next((item.whole.number for item in duties if match and item.key == match[1]), None)


def _found(document: FoundDocument) -> Iterator[Doubt]:
    named = "" if document.main else f"{document.title}: "
    for finding in document.all():
        if finding.missing is not None and _open(document, finding, finding.missing):
            yield _gap(finding, finding.missing, named)
        elif _unsure(finding):
            how = f"{named}{finding.label} “{finding.text}”: {GRADE_WORDS[finding.grade]}."
            yield Doubt("Chưa chắc", "warning", clean(how), "Hãy đối chiếu bản gốc.", "", finding.number)


def _open(document: FoundDocument, finding: Finding, missing: Missing) -> bool:
    if finding.pointer == "/reference":
        return False  # it lacks what its number or symbol lacks
    return missing.reason is not Reason.ABSENT or (document.main and finding.pointer in _NEEDED)


def _gap(finding: Finding, missing: Missing, named: str) -> Doubt:
    offered = f" Có thể là: {'; '.join(missing.candidates)}." if missing.candidates else ""
    text = f"{named}{finding.label}: {MISSING_WORDS[missing.reason]}.{offered}"
    return Doubt("Chỗ trống", "warning", clean(text), "Hãy điền vào dự thảo theo bản gốc.", "", finding.number)


def _unsure(finding: Finding) -> bool:
    """True for what was repaired or guessed, and for values that were concluded; that a dispatch has no title is none of them."""
    if finding.grade is Grade.INFERRED:
        return finding.kind is Kind.FIELD and finding.pointer != "/type"
    return finding.grade in (Grade.REPAIRED, Grade.GUESSED)
