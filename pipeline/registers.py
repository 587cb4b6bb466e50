"""The registers of NĐ 30/2020, Phụ lục IV, from the ledger: "Sổ đăng ký văn bản đến", "Sổ theo dõi giải quyết văn bản đến".

Columns and their order are the decree's. What only a person can say (day of handing over, signature of who received) stays blank.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from extractors.day_words import short_date
from pipeline.agenda import NOBODY, ended
from pipeline.drafting.sheets import Cell, Column, Sheet, workbook
from pipeline.kept import Arrival, Paper, State, Task
from pipeline.ledger import Entry, Ledger, Step
from pipeline.urgency import URGENCY_WORDS

ARRIVALS = (
    Column("Ngày đến", 12, "day"),
    Column("Số đến", 8, "middle"),
    Column("Tác giả", 24),
    Column("Số, ký hiệu", 16),
    Column("Ngày tháng", 12, "day"),
    Column("Tên loại và trích yếu nội dung văn bản", 44),
    Column("Đơn vị hoặc người nhận", 26),
    Column("Ngày chuyển", 12, "day"),
    Column("Ký nhận", 10),
    Column("Ghi chú", 20),
)
PROGRESS = (
    Column("Số đến", 8, "middle"),
    Column("Tên loại, số và ký hiệu, ngày tháng và tác giả văn bản", 56),
    Column("Đơn vị hoặc người nhận", 24),
    Column("Thời hạn giải quyết", 13, "day"),
    Column("Tiến độ giải quyết", 24),
    Column("Số, ký hiệu văn bản trả lời", 16),
    Column("Ghi chú", 26),
)
DONE, OPEN = "Đã xong", "Chưa xong"
_DEADLINE = 3
_LATE = f'=AND(ISNUMBER($D#),$D#<TODAY(),LEFT($E#,{len(OPEN)})="{OPEN}")'
"""An open duty whose day has passed on the day on which somebody looks at the sheet."""
_EMPTY_BOOK = date(1980, 1, 1)
"""Day of a register without a row: the earliest that the format writes down."""


@dataclass(frozen=True)
class Period:
    """Days of arrival, both included; None where it is open."""

    first: date | None = None
    last: date | None = None

    def holds(self, day: date) -> bool:
        """True when a day lies in it."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    def words(self) -> str:
        """Return it as a heading says it; empty when it is open on both sides."""
        parts = (f"từ ngày {short_date(self.first)}" if self.first else "", f"đến ngày {short_date(self.last)}" if self.last else "")
        words = " ".join(part for part in parts if part)
        return words[:1].upper() + words[1:]


@dataclass(frozen=True)
class _Item:
    """One number of arrival; without an entry its file was never finished."""

    arrival: Arrival
    file: str
    entry: Entry | None
    paper: Paper
    tasks: tuple[Task, ...]
    notes: tuple[str, ...]


def registers(ledger: Ledger, period: Period, authority: str = "") -> bytes:
    """Return both registers as XLSX; the same ledger gives the same bytes."""
    items = tuple(_items(ledger, period))
    day = max((item.arrival.day for item in items), default=_EMPTY_BOOK)
    under = tuple(line for line in (authority, period.words()) if line)
    first = Sheet("Văn bản đến", ARRIVALS, tuple(map(_arrival, items)), ("SỔ ĐĂNG KÝ VĂN BẢN ĐẾN", *under), 2)
    rows = tuple(_progress(item, task) for item in items for task in item.tasks)
    late = (_DEADLINE, _DEADLINE, _LATE)
    second = Sheet("Theo dõi giải quyết", PROGRESS, rows, ("SỔ THEO DÕI GIẢI QUYẾT VĂN BẢN ĐẾN", *under), 1, late=late)
    return workbook((first, second), "Sổ đăng ký văn bản đến", authority, day)


def _items(ledger: Ledger, period: Period) -> Iterator[_Item]:
    entries = {entry.sha256: entry for entry in ledger.entries() if entry.step is not Step.DELIVERING}
    after = ended(ledger.links(), entries)
    for sha256, arrival, name in ledger.arrivals():
        if period.holds(arrival.day):
            entry = entries.get(sha256)
            tasks = ledger.duties_of(sha256) if entry else ()
            yield _Item(arrival, name, entry, ledger.paper_of(sha256), tasks, after.get(sha256, ()))


def _arrival(item: _Item) -> tuple[Cell, ...]:
    paper, arrival = item.paper, item.arrival
    what = ": ".join(part for part in (paper.type, paper.subject) if part)
    return (
        arrival.day, arrival.number, paper.issuer, paper.reference, paper.date, what or item.file,
        _receivers(item.tasks), None, None, "; ".join(_remarks(item)),
    )  # fmt: skip


def _receivers(tasks: Sequence[Task]) -> str:
    """The lead units of the duties, then those who only support, each once."""
    leads = dict.fromkeys(name for task in tasks if task.lead for name in task.lead.split("; "))
    support = dict.fromkeys(name for task in tasks for name in task.support if name not in leads)
    return "; ".join((*leads, *(f"{name} (phối hợp)" for name in support)))


def _remarks(item: _Item) -> Iterator[str]:
    if item.entry is None:
        yield f"Tệp {item.file} chưa xử lý xong"
    elif not item.tasks:
        yield "Không giao nhiệm vụ"
    if item.paper.urgency:
        yield URGENCY_WORDS.get(item.paper.urgency, item.paper.urgency).capitalize()
    yield from (note[:1].upper() + note[1:] for note in item.notes)


def _progress(item: _Item, task: Task) -> tuple[Cell, ...]:
    title = item.entry.title if item.entry else item.file
    day = task.internal_due or task.due
    return (
        item.arrival.number, f"{title}\nNhiệm vụ: {task.text}", task.lead or NOBODY, day, _state(task),
        task.reply, "; ".join(_task_notes(item, task, day)),
    )  # fmt: skip


def _state(task: Task) -> str:
    done = f"{DONE} {short_date(task.done_on)}" if task.state is State.DONE and task.done_on else DONE
    turn = f"kỳ trước xong {short_date(task.done_on)}" if task.state is State.OPEN and task.done_on else ""
    return "; ".join(part for part in (done if task.state is State.DONE else OPEN, turn, task.remark) if part)


def _task_notes(item: _Item, task: Task, day: date | None) -> Iterator[str]:
    yield f"Mã {item.arrival.task_id(task.key)}"
    if task.support:
        yield f"phối hợp: {', '.join(task.support)}"
    if task.due and task.due != day:
        yield f"hạn của cấp trên {short_date(task.due)}"
    if day is None and task.deadline:
        yield task.deadline
    if task.rule:
        yield "định kỳ"
