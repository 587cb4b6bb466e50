"""Links between words and cited documents: "văn bản nêu trên", and which document a dispatch implements.

Only one possible answer is an answer; several are shown, never chosen from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors import doctypes
from extractors.dispatch import Reference, Role
from extractors.evidence import Found, Grade, Missing, Reason
from extractors.fields.references import find
from extractors.text import fold


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


def implemented(references: Sequence[Reference], subject: str) -> Reference | None:
    """Return the document that the dispatch carries out, None when it names none as such.

    The one that its subject ("trích yếu") cites goes before one that only its opening cites; the first cited goes before
    those that the first one carries out itself.
    """
    in_subject = {mention.symbol.identity for mention in find(subject)}
    carried = [reference for reference in references if reference.role is Role.IMPLEMENTS]
    cited = [reference for reference in carried or references if _identity(reference) in in_subject]
    return next(iter(cited or carried), None)


def _identity(reference: Reference) -> tuple[str, str] | None:
    mentions = find(f"số {reference.reference}")
    return mentions[0].symbol.identity if mentions else None
