"""The open duties on a clerk's screen: words first, colour only besides."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from extractors.text import shorten
from pipeline.agenda import Late, OpenDuty
from pipeline.urgency import urgency_mark

SOON = 3
"""Working days from which on a day is near."""
_TEXT, _TITLE = 140, 110
"""Characters of a duty and of a dispatch that are shown."""
_COLOURS = {"late": "31;1", "soon": "33", "urgent": "1", "quiet": "2"}
Paint = Callable[[str, str], str]
"""Takes a shade ("late", "soon", "urgent", "quiet", "") and words."""


def plain(_: str, words: str) -> str:
    """Return the words as they are: for files, pipes and those who want no colour."""
    return words


def coloured(shade: str, words: str) -> str:
    """Return the words with a terminal's marks of colour round them."""
    return f"\033[{_COLOURS[shade]}m{words}\033[0m" if shade else words


def listing(duties: Sequence[OpenDuty], paint: Paint) -> str:
    """Return the duties, the late ones apart."""
    late = [duty for duty in duties if duty.late is not Late.NO]
    rest = [duty for duty in duties if duty.late is Late.NO]
    lines: list[str] = []
    for title, shade, part in (("QUÁ HẠN", "late", late), ("ĐANG THỰC HIỆN", "urgent", rest)):
        if part:
            lines += [*([""] if lines else []), paint(shade, f"{title} ({len(part)} việc)")]
            lines += [line for duty in part for line in _duty(duty, paint)]
    return "\n".join(lines)


def _duty(duty: OpenDuty, paint: Paint) -> Iterator[str]:
    urgency = urgency_mark(duty.paper.urgency)
    mark = paint("urgent", urgency) if urgency else ""
    again = ", định kỳ" if duty.task.rule else ""
    yield f"  {duty.id}  {mark}{paint(_shade(duty), days(duty) + again)}"
    yield f"      {duty.lead}: {shorten(duty.task.text, _TEXT)}"
    yield paint("quiet", f"      {shorten(duty.entry.title, _TITLE)}")
    for words in duty.ended_by:
        yield paint("soon", f"      Lưu ý: văn bản này {words}.")


def _shade(duty: OpenDuty) -> str:
    if duty.late is not Late.NO:
        return "late"
    return "soon" if duty.days_left is not None and duty.days_left <= SOON else ""


def days(duty: OpenDuty) -> str:
    """Return until when, in words that need no colour: "quá hạn 3 ngày làm việc (hạn 05/03/2026)"."""
    task = duty.task
    if duty.day is None or duty.days_left is None:
        return f"không có ngày hạn ({shorten(task.deadline)})" if task.deadline else "không có ngày hạn"
    if duty.late is Late.NO:
        left = f"còn {duty.days_left} ngày làm việc" if duty.days_left else "đến hạn"
        return f"hạn {_day(duty.day)}, {left}{_superior(duty)}"
    what = "quá hạn" if duty.late is Late.SUPERIOR else "quá hạn nội bộ"
    passed = f" {-duty.days_left} ngày làm việc" if duty.days_left else ""
    return f"{what}{passed} (hạn {_day(duty.day)}){_superior(duty)}"


def _superior(duty: OpenDuty) -> str:
    due = duty.task.due
    return f", hạn của cấp trên {_day(due)}" if due and due != duty.day else ""


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
