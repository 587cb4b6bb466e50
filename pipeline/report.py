"""What a clerk reads at the end of a run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from extractors.errors import Problem, Severity
from pipeline.outcome import STATUS_WORDS, Outcome, Status

MOST_PROBLEMS = 3
"""Problems shown for each file; the rest is counted, and all stand in the draft and in ``--json``."""


def summary(outcomes: Sequence[Outcome], drafts: Path, *, dry_run: bool) -> str:
    """Return the run's summary: how many of each result, then file by file what came out and what to look at."""
    if not outcomes:
        return "Hộp văn bản đến không có tệp nào."
    counts = Counter(outcome.status for outcome in outcomes)
    lines = [f"Đã xử lý {len(outcomes)} tệp" + (" (chạy thử, chưa ghi gì)" if dry_run else "") + ":"]
    lines += [f"  {counts[status]:>3}  {STATUS_WORDS[status]}" for status in Status if counts[status]]
    for status in Status:
        chosen = [outcome for outcome in outcomes if outcome.status is status]
        if chosen:
            lines += ["", f"{STATUS_WORDS[status]}:"]
            lines += [line for outcome in chosen for line in _file(outcome)]
    if not dry_run and any(outcome.status in (Status.DRAFTED, Status.NEEDS_REVIEW) for outcome in outcomes):
        lines += ["", f"Dự thảo nằm trong {drafts}. Hãy mở du-thao.docx bằng Word, xem các chú thích bên lề rồi sửa."]
    return "\n".join(lines)


def _file(outcome: Outcome) -> Iterator[str]:
    yield f"  - {outcome.file}" + (f": {outcome.title}" if outcome.title else "")
    if outcome.folder and outcome.status is not Status.REFUSED:
        yield f"      → {outcome.folder.name}"
    grave = sorted(outcome.problems, key=lambda problem: list(Severity).index(problem.severity))
    for problem in grave[:MOST_PROBLEMS]:
        yield f"      {told(problem)}"
    if len(grave) > MOST_PROBLEMS:
        yield f"      … và {len(grave) - MOST_PROBLEMS} điều khác, xem trong dự thảo."


def told(problem: Problem) -> str:
    """Return a problem on one line: code, what happened, where, what to do."""
    where = f" ({problem.where})" if problem.where and not problem.where.startswith("/") else ""
    return f"{problem.code}: {problem.message}{where} {problem.remedy}".rstrip()
