"""The degrees of urgency ("độ khẩn", NĐ 30/2020 Điều 8) as a queue and a clerk see them."""

from __future__ import annotations

from extractors.dispatch import Urgency

URGENCY_WORDS = {Urgency.HOA_TOC.value: "HỎA TỐC", Urgency.THUONG_KHAN.value: "THƯỢNG KHẨN", Urgency.KHAN.value: "KHẨN"}
"""As papers print them, the highest first."""
_RANK = {degree: rank for rank, degree in enumerate(URGENCY_WORDS)}
USUAL = len(_RANK)
"""Rank of a paper without a degree of urgency."""


def urgency_rank(urgency: str) -> int:
    """Return the place of a degree in a queue, 0 for the highest."""
    return _RANK.get(urgency, USUAL)


def urgency_mark(urgency: str) -> str:
    """Return what stands before the name of an urgent dispatch: "[HỎA TỐC] "."""
    return f"[{URGENCY_WORDS[urgency]}] " if urgency in URGENCY_WORDS else ""
