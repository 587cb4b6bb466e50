"""What a clerk reads at the end of a run."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from extractors.errors import Problem, Severity
from pipeline.errors import CongvanError
from pipeline.outcome import STATUS_WORDS, Outcome, Status
from pipeline.urgency import urgency_mark, urgency_rank

MOST_PROBLEMS = 3
"""Problems shown for each file; the rest is counted, and all stand in the review page and in ``--json``."""
_POINTER = re.compile(r"/[a-z_]+(?:/(?:[a-z_]+|\d+))*")
"""A place in the record: for machines, never shown."""


def summary(outcomes: Sequence[Outcome], drafts: Path, *, dry_run: bool) -> str:
    """Return the run's summary: how many of each result, then file by file what came out and what to look at."""
    if not outcomes:
        return "Hộp văn bản đến không có tệp nào."
    counts = Counter(outcome.status for outcome in outcomes)
    lines = [f"Đã xử lý {len(outcomes)} tệp" + (" (chạy thử: không ghi, không chuyển tệp nào)" if dry_run else "") + ":"]
    lines += [f"  {counts[status]:>3}  {STATUS_WORDS[status]}" for status in Status if counts[status]]
    for status in Status:
        chosen = [outcome for outcome in urgent_first(outcomes) if outcome.status is status]
        if chosen:
            lines += ["", f"{STATUS_WORDS[status]}:"]
            lines += [line for outcome in chosen for line in _file(outcome)]
    return "\n".join([*lines, *_next_steps(outcomes, drafts, dry_run=dry_run)])


def urgent_first(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Return the outcomes by urgency, otherwise as they came."""
    return sorted(outcomes, key=lambda outcome: urgency_rank(outcome.urgency))


def _next_steps(outcomes: Sequence[Outcome], drafts: Path, *, dry_run: bool) -> Iterator[str]:
    if dry_run:
        return
    yield ""
    if any(outcome.status in (Status.DRAFTED, Status.NEEDS_REVIEW) for outcome in outcomes):
        yield f"Dự thảo nằm trong {drafts}. Hãy mở xem-lai.html để đối chiếu, rồi mở du-thao.docx bằng Word, xem chú thích bên lề và sửa."
    moved = {outcome.folder for outcome in outcomes if outcome.status is Status.REFUSED and outcome.folder}
    for folder in sorted(moved):
        yield f"Tệp không xử lý được đã chuyển sang {folder}, kèm tệp ghi lý do."


def _file(outcome: Outcome) -> Iterator[str]:
    yield f"  - {urgency_mark(outcome.urgency)}{outcome.file}" + (f": {outcome.title}" if outcome.title else "")
    if outcome.folder and outcome.status is not Status.REFUSED:
        yield f"      → {outcome.folder.name}"
    problems = sorted(_gathered(outcome.problems), key=lambda problem: list(Severity).index(problem.severity))
    for problem in problems[:MOST_PROBLEMS]:
        yield f"      {told(problem)}"
    if len(problems) > MOST_PROBLEMS:
        yield f"      … và {len(problems) - MOST_PROBLEMS} điều khác, xem trong xem-lai.html."


def _gathered(problems: Iterable[Problem]) -> Iterator[Problem]:
    """One line for the same thing at several places."""
    places: dict[tuple[str, str, Severity, str], list[str]] = {}
    for problem in problems:
        shown = places.setdefault((problem.code, problem.message, problem.severity, problem.remedy), [])
        if problem.where and problem.where not in shown:
            shown.append(problem.where)
    for (code, message, severity, remedy), shown in places.items():
        yield Problem(code, message, severity, _joined(shown), remedy)


def _joined(places: Sequence[str]) -> str:
    """Return the places as one: nhiệm vụ 1 and nhiệm vụ 3 as "nhiệm vụ 1, 3"."""
    heads = {place.rpartition(" ")[0] for place in places}
    if len(places) > 1 and len(heads) == 1 and "" not in heads:
        return f"{heads.pop()} {', '.join(place.rpartition(' ')[2] for place in places)}"
    return "; ".join(places)


def told(problem: Problem) -> str:
    """Return a problem on one line: code, what happened, where, what to do."""
    where = "" if _POINTER.fullmatch(problem.where) else problem.where
    return _line(problem, where)


def complaint(error: CongvanError) -> Iterator[str]:
    """Yield the lines that end a command: what is wrong and what to do, then the single mistakes."""
    problem = error.problem()
    yield _line(problem, problem.where)
    yield from ("  " + told(single) for single in error.problems)


def _line(problem: Problem, where: str) -> str:
    message = f"{problem.message.removesuffix('.')} ({where})." if where else problem.message
    return f"{problem.code}: {message} {problem.remedy}".rstrip()
