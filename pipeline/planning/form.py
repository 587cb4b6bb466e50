"""The form of the draft: the short transmittal for one unit and little text, else the full implementing dispatch."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.authority import Rules
from pipeline.planning.plan import Assignment, Form, Relevance, Why


def choose_form(assignments: Sequence[Assignment], rules: Rules, wanted: Form | None = None) -> tuple[Form, Why]:
    """Return the form and its reason; the reviewer's wish goes before everything."""
    if wanted is not None:
        return wanted, Why("form.wanted", "Theo yêu cầu của người duyệt.")
    reason = _too_much([a for a in assignments if a.relevance.drafted], rules)
    if reason:
        return Form.IMPLEMENTING, Why("form.implementing", reason)
    return Form.TRANSMITTAL, Why("form.transmittal", "Ít nhiệm vụ, nội dung ngắn, một đơn vị thực hiện.")


def _too_much(ours: Sequence[Assignment], rules: Rules) -> str:
    """Why a transmittal does not do; "" when it does."""
    mine = [a for a in ours if a.relevance is Relevance.MINE]
    units = {unit.id for a in mine for unit in (a.lead, *a.co_leads) if unit}
    length = sum(len(a.duty.text) for a in mine)
    checks = (
        (any(a.relevance is Relevance.REQUEST for a in ours), "Có nội dung đề nghị cơ quan khác."),
        (any(a.lead is None for a in mine), "Có nhiệm vụ chưa chọn được đơn vị."),
        (len(units) > 1, f"Có {len(units)} đơn vị chủ trì."),
        (len(mine) > rules.transmittal_duties, f"Có {len(mine)} nhiệm vụ, nhiều hơn {rules.transmittal_duties}."),
        (length > rules.transmittal_characters, f"Nội dung nhiệm vụ dài {length} ký tự, quá {rules.transmittal_characters}."),
    )
    return next((text for applies, text in checks if applies), "")
