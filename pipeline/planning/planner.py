"""Dispatch and authority and today make a plan: every duty once, with who, until when, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from extractors.casing import with_parent
from extractors.dispatch import Dispatch, Document, Duty, DutyKind
from extractors.evidence import Evidence, Found, Value, value_of
from pipeline.authority import Authority, Unit
from pipeline.planning.deadlines import Calendar, Clock, due_of
from pipeline.planning.form import choose_form
from pipeline.planning.general import without_general_calls
from pipeline.planning.lexicon import Lexicon, lexicon_of
from pipeline.planning.notes import notes_on
from pipeline.planning.plan import Assignment, Due, Flag, Form, Implemented, Plan, Relevance
from pipeline.planning.recipients import addressees_of, drafting_unit, filing_of, recipients_of, symbol_of
from pipeline.planning.relevance import Setting, Verdict, judge, setting_of
from pipeline.planning.routing import Route, route, support, supporters
from pipeline.planning.signing import Signing, choose_signer
from pipeline.planning.workdays import WorkCalendar
from pipeline.profile import Profile


def make_plan(
    dispatch: Dispatch,
    profile: Profile | Authority,
    today: date,
    received: date | None = None,
    form: Form | None = None,
) -> Plan:
    """Return what the authority does with a dispatch.

    Args:
        dispatch: What the incoming file says.
        profile: The authority, or the profile to take the authority of ``today`` from.
        today: The day of drafting.
        received: The day of arrival ("ngày đến"), for terms that count from it.
        form: The form that the reviewer asks for.

    Raises:
        NoAuthorityOnDay: when the profile has no authority on ``today``.
    """
    authority = profile.on(today)
    lexicon = lexicon_of(authority)
    main = dispatch.main
    own = setting_of(main, main, lexicon).own
    clock = _clock(main, authority, today, received, own=own)
    assignments = without_general_calls(tuple(_assignments(dispatch, lexicon, clock)))
    implements = _implemented(main)
    signing = _signing(assignments, implements.subject, today, lexicon)
    drafter = drafting_unit(assignments, authority)
    chosen, why = choose_form(assignments, authority.rules, form)
    return Plan(
        source=main,
        authority=authority,
        today=today,
        implements=implements,
        assignments=assignments,
        form=chosen,
        signer=signing.signer,
        authority_lines=signing.lines,
        addressees=addressees_of(assignments),
        recipients=recipients_of(implements.issuer, authority),
        filing=filing_of(drafter, authority),
        symbol=symbol_of(drafter, authority),
        received=received,
        own=own,
        why=(why, *signing.why),
        problems=tuple(notes_on(assignments, implements, signed=signing.signer is not None)),
    )


def _clock(main: Document, authority: Authority, today: date, received: date | None, *, own: bool) -> Clock:
    """The days to count from; our own dispatch already sets internal deadlines, so nothing is taken off them."""
    rules = authority.rules
    lead = rules.lead_days_urgent if main.urgency else rules.lead_days
    return Clock(today, value_of(main.date), received, 0 if own else lead, _calendar(rules.holidays, rules.working_days))


@lru_cache(maxsize=8)
def _calendar(holidays: tuple[date, ...], working_days: tuple[date, ...]) -> Calendar:
    return WorkCalendar(holidays, working_days)


def _implemented(main: Document) -> Implemented:
    kind = value_of(main.type)
    return Implemented(
        type_name=kind.name if kind else "Văn bản",
        reference=value_of(main.reference),
        date=value_of(main.date),
        issuer=with_parent(value_of(main.issuer) or "", value_of(main.parent)),
        subject=value_of(main.subject) or "",
    )


def _assignments(dispatch: Dispatch, lexicon: Lexicon, clock: Clock) -> Iterator[Assignment]:
    """Every duty of every document, in reading order."""
    main = dispatch.main
    subject = value_of(main.subject) or ""
    for index, document in enumerate(dispatch.documents):
        setting = setting_of(document, main, lexicon)
        for duty, headings in duties_below(document.duties):
            assignment = _assignment(_Item(duty, index, headings, subject), setting, clock)
            yield replace(assignment, in_text=_above(duty.evidence, _evidence(document.signer.name)))


def _above(these: tuple[Evidence, ...], those: tuple[Evidence, ...]) -> bool:
    """True when the one stands before the other on the paper; unknown places are not."""
    if not these or not those:
        return False
    return _position(these[0]) < _position(those[0])


def _evidence(value: Value[str]) -> tuple[Evidence, ...]:
    return value.evidence if isinstance(value, Found) else ()


def _position(evidence: Evidence) -> tuple[float, float]:
    return (evidence.page or 0, evidence.box.top if evidence.box else evidence.paragraph or 0)


@dataclass(frozen=True)
class _Item:
    """A duty in its place."""

    duty: Duty
    document: int
    headings: tuple[Duty, ...]
    subject: str

    @property
    def context(self) -> tuple[str, ...]:
        """What else says which field the duty belongs to."""
        return (*(heading.text for heading in self.headings), self.subject)


def duties_below(duties: Sequence[Duty], headings: tuple[Duty, ...] = ()) -> Iterator[tuple[Duty, tuple[Duty, ...]]]:
    """Yield every item that orders an act with the items that enclose it.

    A heading with somebody named and nothing below it counts as a duty: nothing may be lost.
    """
    for duty in duties:
        if duty.kind is DutyKind.DUTY or (duty.lead and not duty.children):
            yield duty, headings
        yield from duties_below(duty.children, (*headings, duty))


def _assignment(item: _Item, setting: Setting, clock: Clock) -> Assignment:
    duty = item.duty
    verdict = judge(duty, setting)
    if verdict.relevance is Relevance.THEIRS:
        return Assignment(duty, Relevance.THEIRS, item.document, item.headings, flags=verdict.flags, why=verdict.why)
    found = _route(duty, item.context, verdict, setting)
    dues = tuple(due_of(deadline, clock) for deadline in duty.deadlines)
    leads = tuple(unit for unit in (found.lead, *found.co_leads) if unit is not None)
    return Assignment(
        duty,
        verdict.relevance,
        item.document,
        item.headings,
        lead=found.lead,
        co_leads=found.co_leads,
        support=_without(_support(duty, item.context, verdict, setting), leads),
        monitors=_monitors(verdict, leads, setting.lexicon.monitor),
        candidates=found.candidates,
        dues=dues,
        flags=_flags(verdict, found, dues),
        why=(*verdict.why, *found.why, *(why for due in dues for why in due.why)),
    )


def _route(duty: Duty, context: Sequence[str], verdict: Verdict, setting: Setting) -> Route:
    """Who does one of our duties; who is asked by a request; nobody leads what we only support."""
    if verdict.relevance is Relevance.MINE:
        return route(duty, context, verdict, setting)
    if verdict.relevance is Relevance.REQUEST and verdict.named:
        return Route((), verdict.named[0], verdict.named[1:])
    return Route(())


def _support(duty: Duty, context: Sequence[str], verdict: Verdict, setting: Setting) -> tuple[Unit, ...]:
    if verdict.relevance is Relevance.COUNTERPART:
        return supporters(duty, context, verdict, setting)
    return support(duty, setting.lexicon)


def _without(units: tuple[Unit, ...], leads: tuple[Unit, ...]) -> tuple[Unit, ...]:
    taken = {unit.id for unit in leads}
    return tuple(unit for unit in units if unit.id not in taken)


def _monitors(verdict: Verdict, leads: tuple[Unit, ...], monitor: Unit | None) -> tuple[Unit, ...]:
    """The monitoring office follows up what others of ours do."""
    return (monitor,) if monitor and verdict.relevance is Relevance.MINE and monitor not in leads else ()


def _flags(verdict: Verdict, found: Route, dues: tuple[Due, ...]) -> tuple[Flag, ...]:
    return tuple(dict.fromkeys((*verdict.flags, *found.flags, *(flag for due in dues for flag in due.flags))))


def _signing(assignments: Sequence[Assignment], subject: str, today: date, lexicon: Lexicon) -> Signing:
    ours = [a for a in assignments if a.relevance.drafted]
    leads = [a.lead for a in ours if a.lead is not None]
    return choose_signer(leads, (unit for a in ours for unit in a.support), (subject, *(a.duty.text for a in ours)), today, lexicon)
