"""What the reviewer must look at first: faults of the proof, warnings, gaps, values that are not sure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.errors import Problem, Severity
from extractors.evidence import Grade, Missing, Reason
from pipeline.drafting.facts import clean
from pipeline.review.findings import GRADE_WORDS, Finding, FoundDocument, Kind, why_missing

_DUTY = re.compile(r"nhiệm vụ ((?:\d+:)?[\w.]+)\Z")
_PAGE = re.compile(r"trang (\d+)\b")
_NEEDED = frozenset({"/issuer/name", "/number", "/date", "/type"})
"""Fields whose absence is worth a look; a subject or a superior may rightly be missing."""
_LONGEST = 90
"""Characters of a value that are repeated here; the whole stands at its place."""
_NAMED = re.compile(r"Nhiệm vụ [\w.:]+: ")
_ORDER = tuple(severity.value for severity in Severity)
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


def doubts_of(
    documents: Sequence[FoundDocument], failed: Iterable[Problem], problems: Iterable[Problem], *, drafted: bool = True
) -> tuple[Doubt, ...]:
    """Return the doubts in the order of their weight: ``failed`` proof, other problems by severity, gaps, unsure values."""
    told = sorted((_told(documents, problem) for problem in problems), key=lambda doubt: _ORDER.index(doubt.severity))
    notes = [doubt for doubt in told if doubt.severity == Severity.INFO.value]
    serious = _merged(doubt for doubt in told if doubt.severity != Severity.INFO.value)
    found = [doubt for document in documents for doubt in _found(document, drafted=drafted)]
    known = {doubt.finding for doubt in serious}
    gaps = [doubt for doubt in found if doubt.finding not in known]
    return (*(_told(documents, problem) for problem in failed), *serious, *gaps, *notes)


def _merged(doubts: Iterable[Doubt]) -> list[Doubt]:
    """What concerns one finding as one doubt, at the place of its weightiest."""
    out: dict[object, Doubt] = {}
    for place, doubt in enumerate(doubts):
        key = (doubt.finding, doubt.severity) if doubt.finding is not None else place
        first = out.get(key)
        out[key] = doubt if first is None else _both(first, doubt)
    return list(out.values())


def _both(first: Doubt, second: Doubt) -> Doubt:
    text = f"{first.text} {second.text.removeprefix(_lead(first.text))}"
    remedy = " ".join(dict.fromkeys((first.remedy, second.remedy)))
    return replace(first, text=text, remedy=remedy, code=", ".join(dict.fromkeys((first.code, second.code))))


def _lead(text: str) -> str:
    """The words that name the duty: "Nhiệm vụ 1.2: "."""
    match = _NAMED.match(text)
    return match[0] if match else ""


def _told(documents: Sequence[FoundDocument], problem: Problem) -> Doubt:
    finding, where = _place(documents, problem.where), problem.where
    page = _PAGE.match(where)
    if _DUTY.match(where):
        shown = f"{where[:1].upper()}{where[1:]}: {problem.message}"
    else:
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


def _found(document: FoundDocument, *, drafted: bool) -> Iterator[Doubt]:
    named = "" if document.main else f"{document.title}: "
    for finding in document.all():
        if finding.missing is None and _unsure(finding):
            how = f"{named}{finding.label} “{_short(finding.text)}”: {GRADE_WORDS[finding.grade]}."
            yield Doubt("Chưa chắc", "warning", clean(how), "Hãy đối chiếu bản gốc.", "", finding.number)
        elif finding.missing is not None and _open(document, finding, finding.missing):
            remedy = "Hãy điền vào dự thảo theo bản gốc." if drafted else "Hãy xem bản gốc."
            yield Doubt("Chỗ trống", "warning", f"{named}{finding.label}: {why_missing(finding.missing)}.", remedy, "", finding.number)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rsplit(' ', 1)[0]} …"


def _open(document: FoundDocument, finding: Finding, missing: Missing) -> bool:
    if finding.pointer == "/reference":
        return False  # it lacks what its number or symbol lacks
    return missing.reason is not Reason.ABSENT or (document.main and finding.pointer in _NEEDED)


def _unsure(finding: Finding) -> bool:
    """True for what was repaired or guessed, and for values that were concluded; that a dispatch has no title is none of them."""
    if finding.grade is Grade.INFERRED:
        return finding.kind is Kind.FIELD and finding.pointer != "/type"
    return finding.grade in (Grade.REPAIRED, Grade.GUESSED)
