"""General calls ("nghiêm túc triển khai thực hiện", "nếu có vướng mắc, phản ánh về …"): no task of their own beside real ones.

The closing formula of an implementing dispatch says the same in the authority's own name (handbook §6.3), so that an item without
a unit, a day or an act would only repeat it.
"""

from __future__ import annotations

import re
from dataclasses import replace

from extractors.dispatch import Duty
from extractors.text import fold
from pipeline.planning.effect import without_effect
from pipeline.planning.plan import Assignment, Relevance, Why

LONGEST_CALL = 16
"""Words behind the verb; a call that says more says what to do."""
_CALL = re.compile(
    r"\b(?:nghiêm túc|khẩn trương|kịp thời|chủ động|quan tâm|tích cực|căn cứ[\w ,]*)"
    r"(?:,? (?:nghiêm túc|khẩn trương|kịp thời|chủ động|phối hợp))*"
    r" (?:tổ chức |triển khai |chỉ đạo )*(?:thực hiện|triển khai)\b(?P<rest>[^;:]*)$"
)
_NOTHING_ELSE = re.compile(
    r"(?:yêu cầu|đề nghị)(?:[\s,;]|\bvà\b)*(?:tổ chức )?triển khai(?: thực hiện)?"
    r"(?: (?:công văn|công điện|chỉ thị|kế hoạch|quyết định|văn bản|thông báo|nghị quyết|hướng dẫn) này)?"
)
_CHANNEL = re.compile(
    r"\bnếu (?:có|gặp|phát sinh)\b[^.;]*\b(?:khó khăn|vướng mắc)\b[^;]*\b(?:phản ánh|báo cáo|thông tin|liên hệ|phản hồi|trao đổi)\b"
)


def is_general_call(duty: Duty) -> bool:
    """True when a duty names no act, no day and no product of its own."""
    if not without_effect(duty.text) and not duty.children:
        return True
    if duty.deadlines or duty.product or duty.children:
        return False
    key = fold(duty.text).partition("./.")[0].strip(" ./")
    if _bare_call(key, duty):
        return True
    if _CHANNEL.search(key):
        return True
    call = _CALL.search(key)
    return call is not None and not duty.report_to and len(call["rest"].split()) <= LONGEST_CALL and "; " not in key


def _bare_call(key: str, duty: Duty) -> bool:
    """True for "Yêu cầu … triển khai thực hiện" with nothing but names between."""
    for party in sorted(duty.lead, key=lambda party: -len(party.name)):
        key = key.replace(fold(party.name), "")
    return _NOTHING_ELSE.fullmatch(key) is not None


def without_general_calls(assignments: tuple[Assignment, ...]) -> tuple[Assignment, ...]:
    """Take general calls out of the drafted duties, where other duties of ours say what is to be done."""
    mine = [a for a in assignments if a.relevance is Relevance.MINE]
    if all(is_general_call(a.duty) for a in mine):
        return assignments
    return tuple(_general(a) if a.relevance is Relevance.MINE and is_general_call(a.duty) else a for a in assignments)


def _general(assignment: Assignment) -> Assignment:
    why = Why("general.closing", "Câu yêu cầu chung, không có việc riêng; câu kết của dự thảo đã nêu.")
    bare = Assignment(assignment.duty, Relevance.GENERAL, assignment.document, assignment.headings)
    return replace(bare, why=(*assignment.why, why))
