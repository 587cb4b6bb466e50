"""What the reviewer is told about a plan: one problem for each thing that a person must decide."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.errors import Problem, Severity
from pipeline.planning.plan import Assignment, Flag, Implemented

# code, message, remedy
_NOTES: dict[Flag, tuple[str, str, str]] = {
    Flag.UNASSIGNED: ("W301", "Chưa chọn được đơn vị thực hiện.", "Hãy chọn một đơn vị trong danh sách gợi ý."),
    Flag.SEVERAL_LEADS: ("W302", "Nhiều đơn vị cùng chủ trì.", "Hãy xác nhận một đơn vị chủ trì."),
    Flag.CONDITIONAL: ("W303", "Nhiệm vụ chỉ áp dụng với một số nơi.", "Hãy xác nhận cơ quan mình có thuộc diện này không."),
    Flag.UNSURE: ("W304", "Không rõ nhiệm vụ có giao cho cơ quan mình không.", "Hãy đọc lại văn bản gốc và xác nhận."),
    Flag.UNKNOWN_PARTY: ("W305", "Đơn vị được nêu chưa có trong hồ sơ cơ quan.", "Hãy thêm vào hồ sơ hoặc chọn đơn vị khác."),
    Flag.PAST: ("W306", "Hạn của văn bản đến đã qua.", "Hãy xử lý ngay hoặc xin gia hạn."),
    Flag.TOO_SOON: ("W307", "Hạn nội bộ không còn kịp.", "Hãy ấn định hạn nội bộ khác."),
    Flag.NEEDS_DATE: ("W308", "Chưa biết ngày bắt đầu tính hạn.", "Hãy ghi ngày đến hoặc ngày của sự kiện được nêu."),
    Flag.UNRESOLVED: ("W309", "Chưa hiểu được thời hạn.", "Hãy đọc lại văn bản gốc và ghi ngày."),
}


def notes_on(assignments: tuple[Assignment, ...], implements: Implemented, *, signed: bool) -> Iterator[Problem]:
    """Yield what a person must decide, duty by duty, then what concerns the whole draft."""
    for assignment in assignments:
        for flag in assignment.flags:
            code, message, remedy = _NOTES[flag]
            yield Problem(code, message, Severity.WARNING, f"nhiệm vụ {assignment.key}", remedy)
    if not any(a.relevance.drafted for a in assignments):
        yield Problem("I310", "Văn bản không giao việc cho cơ quan mình.", Severity.INFO, "", "Hãy lưu hoặc chuyển để biết.")
    if not signed:
        yield Problem("W311", "Không chọn được người ký.", Severity.WARNING, "", "Hãy ghi người ký vào dự thảo, hoặc sửa hồ sơ cơ quan.")
    cited = (("số, ký hiệu", implements.reference), ("ngày", implements.date), ("cơ quan ban hành", implements.issuer))
    gaps = [name for name, value in cited if not value]
    if gaps:
        yield Problem("W312", f"Chưa có {', '.join(gaps)} của văn bản đến.", Severity.WARNING, "", "Hãy điền vào dự thảo theo bản gốc.")
