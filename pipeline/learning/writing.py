"""Writing what was learnt into the profile: checked first, the old file kept beside it, the new one put in place by one rename."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from extractors.errors import Problem, Severity
from pipeline.errors import OutputNotWritable, ProfileNotEditable
from pipeline.learning.amend import Addition, amended, difference
from pipeline.learning.proposals import Proposal
from pipeline.moving import free_place
from pipeline.profile import check
from pipeline.settings import Workspace

NOTHING = "Chưa có gì để học: người duyệt chưa đổi đơn vị chủ trì nào mà hồ sơ chưa nói tới."
SILENT = Problem(
    "W419",
    "Không dùng được tệp ghi thay đổi của người duyệt (thay-doi.json); văn bản này không được tính.",
    Severity.WARNING,
    remedy="Không cần làm gì; muốn tính cả văn bản này, hãy lấy lại tệp từ bản sao lưu.",
)


@dataclass(frozen=True)
class Amendment:
    """A profile as it is and as it would be."""

    path: Path
    before: str
    after: str
    additions: tuple[Addition, ...]

    def difference(self) -> str:
        """Return what changes, as a unified diff."""
        return difference(self.before, self.after, self.path.name)

    @staticmethod
    def digest(text: str) -> str:
        """Return the SHA-256 of a text as a file."""
        return hashlib.sha256(text.encode()).hexdigest()

    def apply(self, workspace: Workspace, day: date) -> Path:
        """Put the new profile in place and return where the old one is kept.

        Raises:
            OutputNotWritable: somebody changed the profile meanwhile.
            ProfileNotEditable: the new profile would have mistakes.
            OSError: nothing was changed.
        """
        aside = workspace.state / "staging" / self.path.name
        aside.parent.mkdir(exist_ok=True)
        aside.write_bytes(self.after.encode())
        mistakes = [problem for problem in check(aside) if problem.severity is Severity.ERROR]
        if mistakes:
            aside.unlink()
            raise ProfileNotEditable(str(self.path), problems=tuple(problem.problem() for problem in mistakes))
        if self.path.read_bytes() != self.before.encode():
            raise OutputNotWritable(str(self.path), "Hồ sơ vừa bị thay đổi trong lúc này; hãy chạy lại.")
        kept = free_place(self.path.with_name(f"{self.path.name}.truoc-{day.isoformat()}"))
        shutil.copy2(self.path, kept)
        aside.replace(self.path)
        return kept


def prepare(path: Path, proposals: Sequence[Proposal], day: date) -> Amendment | None:
    """Return the profile with the proposals; None when there is none.

    Raises:
        ProfileNotEditable: the text is laid out in a way that only a person should change.
    """
    additions = tuple(Addition(proposal.unit.id, proposal.phrase, proposal.weight) for proposal in proposals)
    if not additions:
        return None
    before = path.read_bytes().decode("utf-8")
    return Amendment(path, before, amended(path, before, additions, day), additions)
