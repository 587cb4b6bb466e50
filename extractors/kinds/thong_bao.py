"""Notice of conclusions ("thông báo kết luận"): an assessment part without duties, then the tasks."""

from __future__ import annotations

from extractors.kinds.kind import Kind

KIND = Kind(
    id="thong_bao",
    name="Thông báo",
    codes=("TB", "KL"),
    examples=("372/TB-VPCP", "31-KL/TU"),
)
