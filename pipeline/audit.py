"""The log of who did what with which file ("nhật ký xử lý"): one JSON line per event, in a file per month, only ever added to.

A file is named by its hash; no name, number or word of a document is written unless the office asks for the file names. A decision is
written before the original leaves the inbox, so that a cut leaves a line too many (the run that takes up the work writes it again)
and never one too few.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from extractors.errors import Problem, Severity
from pipeline.errors import CongvanError
from pipeline.outcome import Outcome
from pipeline.settings import Workspace

FOLDER_NAME = "nhat-ky"
NOT_WRITTEN = Problem(
    "W407",
    "Không ghi được nhật ký xử lý; việc xử lý văn bản vẫn tiếp tục.",
    Severity.WARNING,
    remedy="Hãy kiểm tra quyền ghi và chỗ trống của thư mục .congvan/nhat-ky.",
)
_NEWLINE = b"\n"


@dataclass(frozen=True)
class Witness:
    """Who works, and at what time; only the command line knows."""

    who: str
    """The account on this machine."""
    now: Callable[[], datetime]
    names: bool = False
    """True when the office wants file names in the log."""


class Audit:
    """The log of one command; that it cannot be written is told once and is no reason to stop working."""

    def __init__(self, workspace: Workspace, witness: Witness, told: Callable[[Problem], None]) -> None:
        self._folder, self._witness, self._told = workspace.state / FOLDER_NAME, witness, told
        self._counts: Counter[str] = Counter()
        self._began = witness.now().isoformat(timespec="milliseconds")
        self._silent = False

    def note(self, event: str, **facts: object) -> None:
        """Write one event; ``facts`` are of our own making, never a document's words."""
        if not self._folder.parent.is_dir():
            return  # no workspace, which the command itself will say
        now = self._witness.now()
        line = {"time": now.isoformat(timespec="milliseconds"), "who": self._witness.who, "event": event, **facts}
        try:
            _append(self._folder / f"{now:%Y-%m}.jsonl", json.dumps(line, ensure_ascii=True).encode())
        except OSError:
            if not self._silent:
                self._told(NOT_WRITTEN)
            self._silent = True

    def decided(self, outcome: Outcome) -> None:
        """Write what is about to become of a file."""
        self._counts[outcome.status.value] += 1
        name = {"file": outcome.file} if self._witness.names else {}
        codes = list(dict.fromkeys(problem.code for problem in outcome.problems))
        kinds = [kind for kind, _ in outcome.outputs]
        self.note("decided", sha256=outcome.sha256, status=outcome.status.value, codes=codes, outputs=kinds, **name)

    @contextmanager
    def command(self, verb: str) -> Iterator[None]:
        """Write how a command ended, whichever way it did, with the number of each status."""
        end: dict[str, object] = {"end": "interrupted"}
        try:
            yield
            end = {"end": "done"}
        except CongvanError as error:
            end = {"end": "failed", "code": error.code}
            raise
        finally:
            self.note(verb, began=self._began, outcomes=dict(sorted(self._counts.items())), **end)


def _append(path: Path, line: bytes) -> None:
    """Add a line in one piece, after a line that a cut left torn."""
    path.parent.mkdir(exist_ok=True)
    with path.open("ab+") as log:
        size = log.seek(0, os.SEEK_END)
        torn = size > 0 and (log.seek(size - 1), log.read(1))[1] != _NEWLINE
        log.write((_NEWLINE if torn else b"") + line + _NEWLINE)
