"""What differs between two versions of our duties of one dispatch, in a clerk's words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from extractors.text import shorten
from pipeline.kept import Task

ONLY_WORDS = "chỉ khác câu chữ"


def differences(before: Sequence[Task], after: Sequence[Task]) -> tuple[str, ...]:
    """Return one line for each duty that was added, dropped or changed; nothing where only wording outside the duties differs.

    Duties are the same by their text, wherever they stand now; what is left over is matched by its place.
    """
    pairs, dropped, added = _matched(before, after)
    lines = [line for old, new in pairs for line in _changes(old, new)]
    lines += [f"bỏ nhiệm vụ “{shorten(task.text)}”" for task in dropped]
    return (*lines, *(f"thêm nhiệm vụ “{shorten(task.text)}”" for task in added))


def _matched(before: Sequence[Task], after: Sequence[Task]) -> tuple[list[tuple[Task, Task]], list[Task], list[Task]]:
    pairs: list[tuple[Task, Task]] = []
    left, added = list(before), list(after)
    for same in (_same_text, _same_key):
        for new in tuple(added):
            old = next((task for task in left if same(task, new)), None)
            if old is not None:
                pairs.append((old, new))
                left.remove(old)
                added.remove(new)
    order = {task.key: place for place, task in enumerate(after)}
    return sorted(pairs, key=lambda pair: order[pair[1].key]), left, added


def _same_text(one: Task, other: Task) -> bool:
    return one.text == other.text


def _same_key(one: Task, other: Task) -> bool:
    return one.key == other.key


def _changes(old: Task, new: Task) -> Iterator[str]:
    said = f"“{shorten(new.text)}”"
    if old.text != new.text:
        yield f"đổi nội dung nhiệm vụ thành {said}"
    if (old.lead_ids, old.lead) != (new.lead_ids, new.lead):
        yield f"đổi đơn vị chủ trì từ {old.lead or '(chưa có)'} thành {new.lead or '(chưa có)'}: {said}"
    if set(old.support) != set(new.support):
        yield f"đổi đơn vị phối hợp từ {_names(old.support)} thành {_names(new.support)}: {said}"
    for what, was, now in (("hạn", old.due, new.due), ("hạn nội bộ", old.internal_due, new.internal_due)):
        if was != now:
            yield f"đổi {what} từ {_day(was)} thành {_day(now)}: {said}"


def _names(names: Sequence[str]) -> str:
    return ", ".join(names) or "(không có)"


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else "(không có ngày)"
