"""Numbers as dispatches write them: "05", "07 (bảy)", "mười lăm", "ba mươi (30)"."""

from __future__ import annotations

import re

_ONES = {"một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9}
_ONE = r"(?:một|mốt|hai|ba|bốn|tư|lăm|năm|sáu|bảy|bẩy|tám|chín)"
_WORDS = rf"(?:(?:hai|ba|bốn|năm|sáu|bảy|tám|chín) mươi(?: {_ONE})?|mười(?: {_ONE})?|{_ONE})"

NUMBER = rf"(?:\d{{1,3}}(?!\d)(?:~\([^()\d]{{1,25}}\))?|{_WORDS}(?:~\(\d{{1,3}}\))?)"
"""A small whole number, for ``shape_pattern``."""
NUMBER_STARTS = ("#", *_ONES, "mười")


def number(key: str) -> int:
    """Return the value of a folded ``NUMBER``; digits win over the words beside them."""
    digits = re.search(r"\d+", key)
    if digits:
        return int(digits[0])
    total = 0
    for word in re.sub(r"\(.*", "", key).split():
        if word == "mươi":
            total *= 10
        else:
            total += 10 if word == "mười" else _ONES.get(word, 0)
    return total
