"""What became of a file ("kết quả xử lý"): one outcome each, whatever happens."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from extractors.errors import Problem
from pipeline.record import problem_part


class Status(StrEnum):
    """The statuses of a file."""

    DRAFTED = "drafted"
    NEEDS_REVIEW = "needs_review"
    """Drafted, and something in it must be looked at."""
    NO_DUTY = "no_duty"
    """Read, and it assigns this authority nothing."""
    DUPLICATE = "duplicate"
    """The same dispatch as one that was processed, or a file that goes with one; the outcome points there."""
    REFUSED = "refused"


STATUS_WORDS = {
    Status.DRAFTED: "Đã soạn dự thảo",
    Status.NEEDS_REVIEW: "Đã soạn, cần xem lại",
    Status.NO_DUTY: "Không giao nhiệm vụ",
    Status.DUPLICATE: "Trùng hoặc đi kèm văn bản đã xử lý",
    Status.REFUSED: "Không xử lý được",
}
"""How each status reads to a clerk."""

OUTPUT_KINDS = ("dispatch", "task_sheets", "table", "calendar", "review", "plan", "record")
"""Keys of ``outputs`` in the printed outcome; "task_sheets" is a list."""


@dataclass(frozen=True)
class Outcome:
    """One file's result."""

    file: str
    sha256: str
    status: Status
    folder: Path | None = None
    outputs: tuple[tuple[str, str], ...] = ()
    """(kind, file name) of what lies in the folder; kinds as in ``OUTPUT_KINDS``, sheets as "task_sheet"."""
    problems: tuple[Problem, ...] = ()
    title: str = ""
    """The dispatch as a clerk calls it: type, number, date, issuer."""
    urgency: str = ""
    """ "khan", "thuong-khan", "hoa-toc" or "", as the paper says."""

    def as_dict(self) -> dict[str, Any]:
        """Return the object that ``run --json`` prints for the file."""
        outputs: dict[str, Any] = {kind: ([] if kind == "task_sheets" else None) for kind in OUTPUT_KINDS}
        for kind, name in self.outputs:
            if kind == "task_sheet":
                outputs["task_sheets"].append(name)
            elif kind in outputs:  # what a last word added is none of the run's
                outputs[kind] = name
        parts = [problem_part(problem) for problem in self.problems]
        return {
            "file": self.file,
            "sha256": self.sha256,
            "status": self.status.value,
            "folder": str(self.folder) if self.folder else None,
            "outputs": outputs,
            "problems": [{"code": p.code, "severity": p.severity, "message": p.message, "where": p.where} for p in parts],
        }
