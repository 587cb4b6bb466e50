"""Urgency and secrecy marks ("dấu chỉ mức độ khẩn, mật", NĐ 30/2020 Phụ lục I, III.2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from extractors import zone_signs as signs
from extractors.dispatch import Secrecy, Urgency
from extractors.evidence import Found, quote
from extractors.zones import Anatomy

_M = TypeVar("_M", Urgency, Secrecy)


@dataclass(frozen=True)
class Marks:
    """The marks that are printed; None where there is none, which is the usual case and no gap."""

    urgency: Found[Urgency] | None = None
    secrecy: Found[Secrecy] | None = None


def read(anatomy: Anatomy) -> Marks:
    """Return the gravest urgency and secrecy marks of the letterhead; words of the text are no marks."""
    urgency: Found[Urgency] | None = None
    secrecy: Found[Secrecy] | None = None
    for block in anatomy.marks:
        field, code = signs.mark(block.text) or ("", "")
        if field == "urgency":
            urgency = _graver(urgency, Found(Urgency(code), quote(block)), list(Urgency))
        elif field == "secrecy":
            secrecy = _graver(secrecy, Found(Secrecy(code), quote(block)), list(Secrecy))
    return Marks(urgency, secrecy)


def _graver(known: Found[_M] | None, found: Found[_M], order: list[_M]) -> Found[_M]:
    return found if known is None or order.index(found.value) > order.index(known.value) else known
