"""The superior's deadline of a duty whose own words do not say it, as a table's column gives it: "hoàn thành trước ngày 30/4/2025"."""

from __future__ import annotations

import re

from extractors.dispatch import Deadline, DeadlineKind
from extractors.text import fold
from pipeline.drafting.facts import clean
from pipeline.drafting.filters import bare, lower_first
from pipeline.planning.plan import Assignment

_SYMBOLS = re.compile(r"[^\w]+")
_DAY = re.compile(r"\d{1,2}\s*[/.-]\s*\d{1,2}(?:\s*[/.-]\s*\d{4})?")
_MONTH = re.compile(r"\d{1,2}\s*[/.-]\s*\d{4}")
_YEAR = re.compile(r"(?:19|20)\d\d")
# A cell that begins so tells itself how the day binds.
_BINDS = re.compile(
    fold("(?:trước|trong|chậm nhất|muộn nhất|đến|hết|vào|sau|ngay|cuối|đầu|giữa|không quá|tối đa|kể từ|khi|theo)") + r"(?!\w)"
)
_FINISHED = re.compile(fold("(?:hoàn thành|xong|hoàn tất|thực hiện|gửi|báo cáo|trình|ban hành|thời hạn)") + r"(?!\w)")
_SPAN = re.compile(fold("(?:từ|giai đoạn|thường xuyên|liên tục|định kỳ|hằng|hàng)") + r"(?!\w)")


def _letters(text: str) -> str:
    return _SYMBOLS.sub(" ", fold(text)).strip()


def due_words(deadline: Deadline) -> str:
    """Return a printed deadline as the end of a sentence.

    "Trước ngày 30/4/2025" is "hoàn thành trước ngày 30/4/2025", "Quý II/2025" "hoàn thành trong quý II/2025", "31/10/2023" "xong ngày
    31/10/2023", "Thường xuyên" "thực hiện thường xuyên".
    """
    printed = lower_first(bare(clean(deadline.text)))
    key = fold(printed)
    if _FINISHED.match(key):
        return printed
    if deadline.kind is DeadlineKind.UNRESOLVED:
        return f"thời hạn: {printed}"
    if deadline.kind in {DeadlineKind.STANDING, DeadlineKind.RECURRING} or _SPAN.match(key):
        return f"thực hiện {printed}"
    if _BINDS.match(key):
        return f"hoàn thành {printed}"
    if key.startswith("ngày ") or _DAY.fullmatch(key):
        return f"xong {printed}" if key.startswith("ngày ") else f"xong ngày {printed}"
    unit = "tháng " if _MONTH.fullmatch(key) else "năm " if _YEAR.fullmatch(key) else ""
    return f"hoàn thành trong {unit}{printed}"


def unsaid_dues(assignment: Assignment, text: str) -> str:
    """Return the deadlines of a duty that its words do not hold, each once; empty when they hold them all."""
    said = f" {_letters(clean(text))} "
    unsaid = [due.deadline for due in assignment.dues if due.deadline.text and f" {_letters(clean(due.deadline.text))} " not in said]
    return ", ".join(dict.fromkeys(map(due_words, unsaid)))
