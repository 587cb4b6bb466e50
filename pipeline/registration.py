"""Whether what arrived was registered and passed on in time (NĐ 30/2020 Điều 4 khoản 2, Điều 23).

On the day of its arrival, at the latest on the next working day; an urgent dispatch at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from pathlib import Path

from extractors.errors import Problem, Severity
from pipeline import inbox, moving
from pipeline.kept import FINAL, State
from pipeline.ledger import Entry, Ledger
from pipeline.planning.workdays import WorkCalendar
from pipeline.settings import Workspace

_SHOWN = 5


@dataclass(frozen=True)
class Standing:
    """What arrived and where it stands on a day."""

    today: tuple[Entry, ...]
    """Registered today."""
    unregistered: tuple[tuple[str, date], ...]
    """Files that lie in the inbox since before today, with the day."""
    refused: tuple[str, ...]
    """Files that could not be processed and so have no number of arrival."""
    kept_back: tuple[Entry, ...]
    """Dispatches with open duties whose draft was not finalized in time."""


def standing(workspace: Workspace, ledger: Ledger, calendar: WorkCalendar, now: datetime) -> Standing:
    """Return where things stand at a moment; ``now`` bears the zone of the office."""
    today = now.date()
    entries = [entry for entry in ledger.entries() if entry.arrival]
    return Standing(
        tuple(entry for entry in entries if entry.arrival and entry.arrival.day == today),
        tuple((name, day) for name, day in _inbox(workspace, now.tzinfo) if day < today),
        tuple(inbox.shown(path.name) for path in _refused(workspace)),
        tuple(entry for entry in entries if _kept_back(ledger, entry, calendar, today)),
    )


def _inbox(workspace: Workspace, zone: tzinfo | None) -> Iterator[tuple[str, date]]:
    """The files of the inbox and the day on which each came to lie there: a copy keeps the time of its content, not that of its entry."""
    for path in inbox.waiting(workspace):
        try:
            yield inbox.shown(path.name), datetime.fromtimestamp(path.lstat().st_ctime, zone).date()
        except OSError:  # it was taken meanwhile
            continue


def _refused(workspace: Workspace) -> Iterator[Path]:
    for path in sorted(workspace.refused.iterdir()):
        if path.is_file() and not path.name.endswith(moving.NOTE_SUFFIX) and not path.name.startswith("."):
            yield path


def _kept_back(ledger: Ledger, entry: Entry, calendar: WorkCalendar, today: date) -> bool:
    if entry.arrival is None or any(kind == FINAL for kind, _ in entry.outputs):
        return False
    arrived = entry.arrival.day
    last = arrived if ledger.paper_of(entry.sha256).urgency else calendar.add_working_days(arrived, 1)
    return last < today and any(task.state is State.OPEN for task in ledger.duties_of(entry.sha256))


def told(found: Standing) -> Iterator[Problem]:
    """Yield what a clerk has to look at."""
    if found.unregistered:
        yield Problem(
            "W417",
            "Có tệp nằm trong hộp văn bản đến từ trước hôm nay mà chưa đăng ký.",
            Severity.WARNING,
            _listed([f"{name} từ {day:%d/%m/%Y}" for name, day in found.unregistered]),
            "Hãy chạy congvan run ngay: văn bản đến phải được đăng ký trong ngày.",
        )
    if found.refused:
        yield Problem(
            "W418",
            "Có tệp không xử lý được nên chưa có số đến.",
            Severity.WARNING,
            _listed(found.refused),
            "Hãy đọc tệp ghi lý do bên cạnh, khắc phục rồi đưa lại vào 1-van-ban-den, hoặc đăng ký bằng tay và cất tệp đi.",
        )
    if found.kept_back:
        yield Problem(
            "I415",
            "Có văn bản đến quá ngày làm việc tiếp theo mà dự thảo chưa chốt.",
            Severity.INFO,
            _listed([f"số đến {entry.arrival.number}/{entry.arrival.year}" for entry in found.kept_back if entry.arrival]),
            "Hãy chốt bằng congvan finalize để giao việc; văn bản khẩn phải chuyển ngay.",
        )


def _listed(names: Sequence[str]) -> str:
    more = f" và {len(names) - _SHOWN} mục khác" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more


def registered(found: Standing) -> str:
    """Return the line on what was registered today."""
    if not found.today:
        return "Hôm nay chưa đăng ký văn bản đến nào."
    numbers = [entry.arrival.number for entry in found.today if entry.arrival]
    return f"Hôm nay đã đăng ký {len(numbers)} văn bản đến: số đến {_ranges(numbers)}."


def _ranges(numbers: Sequence[int]) -> str:
    """Return "3–5, 8"."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
