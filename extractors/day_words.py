"""Days as official documents write them."""

from __future__ import annotations

from datetime import date


def padded(number: int, limit: int) -> str:
    """Return a day (limit 9) or month (limit 2) with a leading zero where NĐ 30/2020, Phụ lục I, mục II.4b asks for one."""
    return f"{number:02d}" if number <= limit else str(number)


def short_date(day: date) -> str:
    """Return "05/01/2023", "19/9/2023"."""
    return f"{padded(day.day, 9)}/{padded(day.month, 2)}/{day.year}"
