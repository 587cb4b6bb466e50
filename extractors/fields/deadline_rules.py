"""Recurrence rules (RFC 5545) as the contract writes them.

"hằng quý" is yearly in months 3, 6, 9, 12; half-years end in months 6 and 12; the last day of a month is -1.
"""

from __future__ import annotations

from extractors.fields.deadline_model import Clock, Rule

QUARTER_ENDS = (3, 6, 9, 12)
HALF_ENDS = (6, 12)


def rrule(freq: str, clocks: tuple[Clock, ...] = (), **parts: object) -> str:
    """Return the rule; list parts are joined by commas, empty ones left out."""
    pieces = [f"FREQ={freq}"]
    for name, value in parts.items():
        listed = ",".join(map(str, value)) if isinstance(value, tuple) else str(value or "")
        if listed:
            pieces.append(f"{name.upper()}={listed}")
    if clocks:
        hours = ",".join(str(h) for h, _ in clocks)
        pieces.append(f"BYHOUR={hours};BYMINUTE={clocks[0][1]};BYSECOND=0")
    return ";".join(pieces)


def month_day(day: int) -> int:
    """Day 31 of every month is its last day."""
    return -1 if day == 31 else day


def periodic(rule: Rule) -> tuple[str, ...]:
    """Return the rules for frequencies named by their codes (D, W, M, Q, H, Y), with the days and hours that go with them."""
    if rule.dates:
        return yearly(rule.dates, rule.clocks)
    codes = ("HY", *(c for c in rule.codes if c not in "HY")) if {"H", "Y"} <= set(rule.codes) else rule.codes
    days = tuple(month_day(d) for d in rule.days)
    lone_year = codes == ("Y",) and not days
    months = {"Q": QUARTER_ENDS, "H": HALF_ENDS, "HY": HALF_ENDS, "Y": () if lone_year else (12,)}
    out = []
    for code in codes:
        if code == "D":
            out.append(rrule("DAILY", rule.clocks))
        elif code == "W":
            out.append(rrule("WEEKLY", rule.clocks, byday=rule.weekdays))
        elif code == "M":
            out.append(rrule("MONTHLY", rule.clocks, bymonthday=days))
        else:
            out.append(rrule("YEARLY", rule.clocks, bymonth=months[code], bymonthday=days))
    return tuple(out)


def yearly(dates: tuple[tuple[int, int], ...], clocks: tuple[Clock, ...] = ()) -> tuple[str, ...]:
    """Return one rule for each day of the month ("10/6 và 10/12" share one)."""
    by_day: dict[int, list[int]] = {}
    for day, month in dates:
        by_day.setdefault(day, []).append(month)
    return tuple(rrule("YEARLY", clocks, bymonth=tuple(sorted(set(months))), bymonthday=day) for day, months in by_day.items())


def interval_rule(count: int, code: str) -> str:
    """Return the rule of "N tháng một lần"; a quarter's own rule when it is one quarter."""
    if count == 1:
        return periodic(Rule((code,)))[0]
    freq, factor = {
        "D": ("DAILY", 1),
        "W": ("WEEKLY", 1),
        "M": ("MONTHLY", 1),
        "Q": ("MONTHLY", 3),
        "H": ("MONTHLY", 6),
        "Y": ("YEARLY", 1),
    }[code]
    return rrule(freq, interval=count * factor)


def times_rule(count: int, code: str) -> str:
    """Return the rule of "N lần/năm": two a year end the half-years, four the quarters; more often than that only says "at least"."""
    months = {2: HALF_ENDS, 4: QUARTER_ENDS}.get(count) if code == "Y" else None
    return rrule("YEARLY", bymonth=months) if months else periodic(Rule((code,)))[0]
