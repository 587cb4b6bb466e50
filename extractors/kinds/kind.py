"""A kind of document ("loại văn bản") as far as the kinds differ in how they are read."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.duty_policy import DutyPolicy


@dataclass(frozen=True)
class Kind:
    """One kind: which types belong to it and how its duties stand."""

    id: str
    name: str
    codes: tuple[str, ...]
    """Codes of NĐ 30/2020 Phụ lục III, without diacritics; "QD"."""
    examples: tuple[str, ...]
    """Symbols or titles by which it is met, for the documentation."""
    duties: DutyPolicy = field(default_factory=DutyPolicy)
