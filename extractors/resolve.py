"""Links between words and cited documents: which one is "văn bản nêu trên"?

Only one possible answer is an answer; several are shown, never chosen from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors import doctypes
from extractors.dispatch import Reference
from extractors.errors import Problem, Severity
from extractors.evidence import Found, Grade, Missing, Reason
from extractors.fields.references import collect
from extractors.layout import Block
from extractors.text import fold

_BACK = re.compile(
    r"(?<!các )(?<!những )\b(?:văn bản|công văn|công điện|chỉ thị|quyết định|kế hoạch|thông báo"
    r"|nghị quyết|nghị định|thông tư|hướng dẫn|kết luận|tờ trình)"
    r" (?:nêu trên|nói trên|trên đây|kể trên)\b"
)


def unclear(blocks: Sequence[Block]) -> Iterator[Problem]:
    """Yield each back reference of a text that several of the documents cited up to there may be meant by, once."""
    told: set[str] = set()
    for index, block in enumerate(blocks):
        for match in _BACK.finditer(fold(block.text)):
            phrase = block.text[match.start() : match.end()]
            found = antecedent(phrase, collect(blocks[: index + 1], None, None))
            if isinstance(found, Missing) and found.reason is Reason.AMBIGUOUS and fold(phrase) not in told:
                told.add(fold(phrase))
                message = f"Chưa rõ “{phrase}” là văn bản nào: {'; '.join(found.candidates)}."
                yield Problem("I222", message, Severity.INFO, "", "Hãy đọc bản gốc để xác định.")


def antecedent(phrase: str, before: Sequence[Reference]) -> Found[Reference] | Missing:
    """Return the document that "Công văn nêu trên", "văn bản này", "Kế hoạch trên" points back to.

    ``before`` are the documents cited up to there. The one of the named type is meant ("văn bản" names any type); with
    several of them the answer is ambiguous and they are its candidates.
    """
    words = list(doctypes.words_in(fold(phrase)))
    named = {word.type.code for word in words if not word.generic}
    fitting = {reference.reference: reference for reference in before if not named or reference.type in named}
    if not fitting:
        return Missing(Reason.ABSENT)
    if len(fitting) > 1:
        return Missing(Reason.AMBIGUOUS, tuple(fitting), tuple(e for reference in fitting.values() for e in reference.evidence))
    only = next(iter(fitting.values()))
    return Found(only, tuple(replace(evidence, grade=Grade.INFERRED) for evidence in only.evidence))
