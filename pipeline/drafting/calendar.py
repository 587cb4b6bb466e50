"""The deadlines as a calendar ("lịch nhắc việc"), iCalendar by RFC 5545: whole days, recurrences, a reminder the day before.

Written by hand because it is a dozen properties: text escaped, lines folded at 75 octets, identifiers that a rerun repeats.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date, timedelta

from extractors.day_words import short_date
from extractors.text import shorten
from extractors.vietnamese import short_title
from pipeline.drafting.facts import Register, clean
from pipeline.drafting.items import Drafter, lead_groups
from pipeline.planning.plan import Assignment, Due, Plan

_CLOCK = ("BYHOUR=", "BYMINUTE=", "BYSECOND=")
_MORNING_BEFORE = "-PT16H"  # eight in the morning of the day before a whole-day event
LONGEST_SUMMARY = 120
"""Letters; a longer event's line says the beginning of its duty, cut between words."""


def _escaped(text: str) -> str:
    return clean(text).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def _folded(line: str) -> str:
    """The line in pieces of at most 75 octets, never cut inside a character."""
    pieces, current, size = [], "", 0
    for letter in line:
        width = len(letter.encode())
        if size + width > 75:
            pieces.append(current)
            current, size = " ", 1
        current += letter
        size += width
    return "\r\n".join([*pieces, current])


def _identifier(plan: Plan, assignment: Assignment, index: int) -> str:
    known = plan.implements
    name = "|".join((known.reference or "", str(known.date or ""), known.issuer, known.subject, assignment.key, str(index)))
    return hashlib.sha256(name.encode()).hexdigest()[:24] + "@congvan"


def _rule(rule: str) -> str:
    """The rule for whole days, without its hours."""
    return ";".join(part for part in rule.split(";") if not part.startswith(_CLOCK))


def _schedule(due: Due) -> tuple[date, str] | None:
    """The first day and the rule of an event: our own day, else the superior's; None when no day is known."""
    if due.internal_rrule and due.internal:
        return due.internal, _rule(due.internal_rrule)
    if due.deadline.rrule and due.last_day:
        # The rule names the day itself; "before" means that the last good day is the one before it.
        return due.last_day + timedelta(days=1 if due.deadline.before else 0), _rule(due.deadline.rrule)
    day = due.internal or due.last_day
    return (day, "") if day else None


def _event(plan: Plan, assignment: Assignment, index: int, *, today: date, lead: str) -> Iterator[str]:
    due = assignment.dues[index]
    schedule = _schedule(due)
    if schedule is None:
        return
    day, rule = schedule
    known = plan.implements
    duty = clean(assignment.duty.text)
    summary = f"{lead}: {duty}"
    if len(summary) > LONGEST_SUMMARY:
        summary = f"{lead}: {short_title(duty)}"
    printed = f"Hạn của cấp trên: {clean(due.deadline.text)}" + (f" ({short_date(due.last_day)})" if due.last_day else "")
    yield "BEGIN:VEVENT"
    yield f"UID:{_identifier(plan, assignment, index)}"
    yield f"DTSTAMP:{today:%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"
    if rule:
        yield f"RRULE:{rule}"
    yield f"SUMMARY:{_escaped(shorten(summary, LONGEST_SUMMARY))}"
    source = f"{known.type_name} {known.reference or ''} {known.issuer}"
    said = (duty, printed if due.deadline.text else "", source)  # a day that the reviewer set has no words of the superior
    yield "DESCRIPTION:" + "\\n".join(map(_escaped, filter(None, said)))
    yield "TRANSP:TRANSPARENT"
    yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"TRIGGER:{_MORNING_BEFORE}", f"DESCRIPTION:{_escaped(lead)}", "END:VALARM")
    yield "END:VEVENT"


def calendar(plan: Plan, today: date) -> bytes:
    """Return the calendar of a plan's own duties that have a day; the same plan gives the same bytes."""
    drafter = Drafter(plan, Register())
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//congvan//lich nhac viec//VI", "CALSCALE:GREGORIAN"]
    lines.append(f"X-WR-CALNAME:{_escaped(f'Nhiệm vụ {plan.implements.reference or plan.implements.subject}')}")
    for group in lead_groups(plan):
        for assignment in group:
            lead = drafter.unit(assignment) if assignment.lead else "Chưa phân công"
            for index in range(len(assignment.dues)):
                lines.extend(_event(plan, assignment, index, today=today, lead=lead))
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()
