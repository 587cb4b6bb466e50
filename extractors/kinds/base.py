"""What a kind of document is ("loại văn bản") as far as reading it goes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from extractors.duty_policy import DutyPolicy
from extractors.layout import Block
from extractors.text import fold
from extractors.zones import Anatomy


@dataclass(frozen=True)
class Kind:
    """Types that are read alike, how such a document shows itself when its type is not stated, and where its duties stand."""

    id: str
    name: str
    types: tuple[str, ...]
    """Names of the types ("Báo cáo", "Tờ trình"), as in ``data/doc_types.toml``."""
    shows: Callable[[Anatomy], bool]
    """True when the parts of a document without a readable type are those of this kind."""
    duties: DutyPolicy
    source: str
    """The clause or form that the kind follows."""


def body_has_line(anatomy: Anatomy, *formulas: str) -> bool:
    """True when one of the formulas stands alone on a line of the text ("QUYẾT ĐỊNH:")."""
    wanted = {fold(formula).rstrip(" :") for formula in formulas}
    return any(isinstance(item, Block) and len(item.text) < 40 and fold(item.text).rstrip(" :") in wanted for item in anatomy.body)
