"""Whether a citation ("thay thế Công văn số …") means a dispatch of the ledger: number, day as far as stated, issuer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from extractors.text import body_key
from pipeline.ledger.rows import Identity

T = TypeVar("T")


def meant(cited: date | None, candidates: Iterable[tuple[T, Identity]], issuers: tuple[str, str]) -> T | None:
    """Return the candidate that a citation means; None when none is, or when it may be several.

    Args:
        cited: the day that the citation states.
        candidates: dispatches of the cited number and symbol.
        issuers: who issued the cited document as the citation states it ("" when it does not), and who issued the citing one.
    """
    stated, own = issuers
    fitting = [
        one
        for one, (_, dated, issuer) in candidates
        # Without a word on the issuer a body speaks of its own papers.
        if (cited is None or cited.isoformat() == dated) and same_body(stated or own, issuer)
    ]
    return fitting[0] if len(fitting) == 1 else None


def same_body(one: str, other: str) -> bool:
    """True when two names mean the same body: "UBND tỉnh" in a sentence is "Ủy ban nhân dân tỉnh Hải Hà" in the letterhead."""
    first, second = sorted((body_key(one), body_key(other)), key=len)
    return bool(first) and (second == first or second.startswith(f"{first} "))
