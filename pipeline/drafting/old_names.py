"""Names of bodies that no longer exist in a draft ("tên cơ quan đã giải thể, sáp nhập"), for the reviewer to replace."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from extractors.agencies import gone, heir
from extractors.errors import Problem, Severity
from extractors.text import nfc
from pipeline.drafting.blocks import Draft

FIRST_REFORM = date(2025, 3, 1)
"""Before this day none of the known bodies is gone."""
_CITING = frozenset(("opening", "subject", "appendix-title", "type-subject"))
"""Paragraphs that cite the incoming dispatch: it is called what it was called, whoever issued it."""


def old_names(draft: Draft, today: date) -> tuple[Problem, ...]:
    """Return a remark for each body named in a draft that no longer exists on the day; what the draft only cites is left out.

    A duty's words may name such a body by mistake or as history, so it is no error.
    """
    if today < FIRST_REFORM:
        return ()
    return tuple({problem.message: problem for problem in _found(draft, today)}.values())


def _found(draft: Draft, today: date) -> Iterator[Problem]:
    for paragraph in draft.paragraphs:
        cites = paragraph.style in _CITING
        text = nfc("".join(span.text for span in paragraph.spans if not (cites and span.quoted)))
        for hit, agency in gone(text, today):
            name, successor = text[hit.start : hit.end], heir(agency, today)
            now = f" Cơ quan kế tục: {successor}." if successor else ""
            yield Problem(
                "W313",
                f"Dự thảo nêu “{name}”, cơ quan này không còn từ sau ngày {agency.until:%d/%m/%Y}.{now}",
                Severity.INFO,
                text[:80],
                "Hãy giữ nguyên nếu là trích dẫn; nếu không, hãy thay bằng tên cơ quan hiện nay.",
            )
