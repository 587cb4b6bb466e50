"""Sentences by which a document enters into force ("có hiệu lực kể từ ngày ký"): they are about the document, no act of a unit."""

from __future__ import annotations

import re

from extractors.text import fold

# "Quyết định này có hiệu lực kể từ ngày ký và thay thế Quyết định số 12/2020/QĐ-UBND." up to a stop before a blank or the end.
_EFFECT = re.compile(
    r"(?:(?<=[.;] )|\A)"
    + fold("(?:quyết định|nghị quyết|quy chế|quy định|chỉ thị|văn bản|công văn|kế hoạch|thông báo|hướng dẫn)(?: này| nêu trên)")
    + fold("(?: có hiệu lực| thay thế| bãi bỏ)")
    + r"(?:[^.;]|[.;](?=\S))*(?:[.;]\s*|\Z)"
)


def without_effect(text: str) -> str:
    """Return the text without sentences about the effect of the document itself; "" when it says nothing else."""
    key = fold(text)
    kept, at = [], 0
    for found in _EFFECT.finditer(key):
        kept.append(text[at : found.start()])
        at = found.end()
    return "".join((*kept, text[at:])).strip() if at else text
