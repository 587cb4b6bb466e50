"""Vietnamese words for templates: dates, lists, sentence ends, recurrence rules. A value keeps its note through every filter."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from extractors.day_words import padded, short_date
from pipeline.drafting.facts import Fact

NBSP = "\u00a0"
_ABBREVIATED = ((r"\b[ủu][ỷy] ban nhân dân\b", "UBND"), (r"\bhội đồng nhân dân\b", "HĐND"))
_ENDINGS = " \t.;,:/"
_WEEKDAYS = {"MO": "Hai", "TU": "Ba", "WE": "Tư", "TH": "Năm", "FR": "Sáu", "SA": "Bảy", "SU": "Chủ nhật"}


def _same(value: str, text: str) -> str:
    """Return the new words with the note of the old ones."""
    return value.said(text) if isinstance(value, Fact) else text


def blank_date(day: date) -> str:
    """Return the date line of a draft, its day left blank for the clerk who numbers it."""
    return f"ngày{NBSP * 6}tháng {padded(day.month, 2)} năm {day.year}"


def lower_first(text: str) -> str:
    """Return the text with a small first letter, unless its first word is an abbreviation."""
    return _same(text, text[:1].lower() + text[1:]) if text[1:2].islower() or len(text) == 1 else text


def upper_first(text: str) -> str:
    """Return the text with a capital first letter."""
    return _same(text, text[:1].upper() + text[1:])


def abbreviated(text: str) -> str:
    """Return a body's name with the abbreviations that a subject line uses: "UBND", "HĐND"."""
    out = text
    for name, short in _ABBREVIATED:
        out = re.sub(name, short, out, flags=re.IGNORECASE)
    return _same(text, out)


def bare(text: str) -> str:
    """Return the text without the punctuation at its end, the end mark "./." included."""
    return _same(text, text.rstrip(_ENDINGS))


def sentence(text: str) -> str:
    """Return the text closed by one full stop; a text that ends in a bracket, a quote or a gap keeps its end."""
    return _same(text, text.rstrip(_ENDINGS) + ".")


def capitals(text: str) -> str:
    """Return the text in capital letters."""
    return _same(text, text.upper())


def said(value: str, words: str) -> str:
    """Return the template's words for a value, with the value's note."""
    return _same(value, words)


def listed(names: Sequence[str]) -> str:
    """Return "A", "A và B", "A, B, C"; a list of one keeps its note."""
    if len(names) == 1:
        return names[0]
    if len(names) == 2 and not any(" và " in name or "," in name for name in names):
        return " và ".join(names)
    # A name that holds a comma or "và" needs a stronger mark between the names.
    return ("; " if any("," in name for name in names) else ", ").join(names)


def _parts(rule: str) -> dict[str, str]:
    return dict(part.split("=", 1) for part in rule.split(";") if "=" in part)


def _month_day(value: str) -> str:
    return "ngày cuối cùng" if value == "-1" else f"ngày {padded(int(value), 9)}"


def _yearly(parts: dict[str, str], day: str) -> str:
    if not day:
        return ""
    months = [int(month) for month in parts.get("BYMONTH", "").split(",") if month]
    if months == [3, 6, 9, 12]:
        return f"{day} tháng cuối quý"
    if months == [1, 4, 7, 10]:
        return f"{day} tháng đầu quý"
    if not months:
        return ""
    named = ", ".join(padded(month, 2) for month in months)
    return f"{day} các tháng {named} hằng năm" if len(months) > 1 else f"{day} tháng {named} hằng năm"


_KNOWN = {"FREQ", "BYMONTHDAY", "BYMONTH", "BYDAY", "BYHOUR", "BYMINUTE", "BYSECOND"}


@lru_cache(maxsize=256)
def recurrence(rule: str) -> str:
    """Return a recurrence (RFC 5545) in words: "ngày 12 hằng tháng", "thứ Sáu hằng tuần"; empty when it has no short wording."""
    parts = _parts(rule)
    days = parts.get("BYMONTHDAY", "")
    if not parts.keys() <= _KNOWN or "," in days:
        return ""
    day = _month_day(days) if days else ""
    weekday = _WEEKDAYS.get(parts.get("BYDAY", ""), "")
    words = {
        "DAILY": "hằng ngày",
        "WEEKLY": f"{weekday if weekday == 'Chủ nhật' else 'thứ ' + weekday} hằng tuần" if weekday else "",
        "MONTHLY": f"{day} hằng tháng" if day else "",
        "YEARLY": _yearly(parts, day),
    }.get(parts.get("FREQ", ""), "")
    return words.strip()


FILTERS: dict[str, Callable[..., Any]] = {
    "short_date": short_date,
    "blank_date": blank_date,
    "lower_first": lower_first,
    "upper_first": upper_first,
    "abbreviated": abbreviated,
    "bare": bare,
    "sentence": sentence,
    "capitals": capitals,
    "said": said,
    "listed": listed,
    "recurrence": recurrence,
}
