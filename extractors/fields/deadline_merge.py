"""Joins a frequency with the day that goes with it: "Hằng tháng, tổng hợp, báo cáo … trước ngày 25" is one deadline."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from extractors.dispatch import Deadline, DeadlineKind
from extractors.fields.deadline_model import UNRESOLVED, Bound, Candidate, Form, Rule
from extractors.fields.deadline_rules import periodic

_FULL_STOP = re.compile(r"[.!?](?:\s|$)")
_CLAUSE_BREAK = re.compile(r"[;.!?](?:\s|$)")
_PERIOD_NAME = re.compile(
    r"(?:^|[\s(,;:])(?:báo cáo )?((?:06|6|sáu)\s?tháng|(?<!hằng )(?<!hàng )(?:tháng|quý|quí|năm))\s?(?:\(|:|,|gửi|nộp)?\s?$"
)
_PERIODIC = re.compile(r"định kỳ|hằng|hàng (?:tháng|quý|năm)|của tháng cuối")
_SENTENCE_WITHIN = 400  # characters; a frequency governs nothing farther away
_ABSORBED_WITHIN = 90  # characters between "hằng quý" and the rule that already says it
_QUOTED_WITHIN = 60  # characters: a longer gap is left out of the printed text
_REPORT_WITHIN = 45  # characters between "báo cáo quý" and its day


@dataclass
class _Joining:
    key: str
    frequency: Candidate | None = None
    used: list[Candidate] = field(default_factory=list)

    def gap(self, found: Candidate) -> str:
        return self.key[self.frequency.end : found.start] if self.frequency else ""


def merge(key: str, candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Return the candidates with every frequency joined to the days behind it in its sentence; parts that find none fall away."""
    state = _Joining(key)
    out: list[Candidate] = []
    for found in (_by_period_name(key, c) for c in candidates):
        if len(gap := state.gap(found)) > _SENTENCE_WITHIN or _FULL_STOP.search(gap):
            state.frequency = None
        joined = _join(state, found)
        if joined is not None and state.frequency is not None:
            state.used.append(state.frequency)
        if found.form in {Form.FREQUENCY, Form.REPORT}:
            state.frequency = found
        out.append(joined or found)
    return tuple(_settle(c) for c in out if c not in state.used)


def _by_period_name(key: str, found: Candidate) -> Candidate:
    """In a list of periodic reports the period's bare name is enough: "định kỳ: 6 tháng trước ngày 15/6, năm trước ngày 15/12"."""
    if found.form not in {Form.YEARLESS, Form.LOOSE}:
        return found
    sentence = _FULL_STOP.split(key[max(0, found.start - _SENTENCE_WITHIN) : found.start])[-1]
    name = _PERIOD_NAME.search(sentence)
    if name is None or not _PERIODIC.search(sentence):
        return found
    codes = {"n": ("Y",), "t": ("M",), "q": ("Q",)}.get(name[1][0], ("H",))
    rule = _joined_rule(Rule(codes), found)
    return replace(found, form=Form.RECURRING, readings=_read(rule, found), strong=True) if rule else found


def _read(rule: Rule, found: Candidate) -> tuple[Deadline, ...]:
    before = found.bound is Bound.BEFORE
    return tuple(Deadline("", DeadlineKind.RECURRING, before=before, rrule=text) for text in periodic(rule))


def _settle(found: Candidate) -> Candidate:
    """A loose day or hour that met no frequency is a deadline only a person can place."""
    if found.form is Form.LOOSE and found.bound in {Bound.BEFORE, Bound.BY}:
        return replace(found, readings=(UNRESOLVED,))
    return found


def _join(state: _Joining, found: Candidate) -> Candidate | None:
    frequency = state.frequency
    if frequency is None:
        return None
    gap = state.gap(found)
    if frequency.form is Form.REPORT and (len(gap) > _REPORT_WITHIN or _CLAUSE_BREAK.search(gap)):
        return None
    if found.form is Form.RECURRING:
        near = len(gap) <= _ABSORBED_WITHIN and not _CLAUSE_BREAK.search(gap)
        return _spanning(state, found, found.readings) if near else None
    rule = _joined_rule(frequency.rule, found)
    if rule is None:
        return None
    return _spanning(state, found, _read(rule, found))


def _joined_rule(every: Rule, found: Candidate) -> Rule | None:
    part = found.rule
    if found.form is Form.YEARLESS:
        fits = bool({"Y", "H"} & set(every.codes)) or (every.codes == ("Q",) and len(part.dates) > 1)
        return Rule(dates=part.dates, clocks=part.clocks) if fits else None
    if found.form is not Form.LOOSE:
        return None
    if part.days:
        codes = tuple(c for c in every.codes if c in "MQH" or (c == "Y" and len(every.codes) > 1))
        return replace(part, codes=codes) if codes else None
    wanted = {"W"} if part.weekdays else {"D", "W"}
    codes = tuple(c for c in every.codes if c in wanted)
    return replace(part, codes=codes) if codes else None


def _spanning(state: _Joining, found: Candidate, readings: tuple[Deadline, ...]) -> Candidate:
    frequency = state.frequency
    whole = (
        frequency is not None
        and frequency not in state.used
        and frequency.form is Form.FREQUENCY
        and len(state.gap(found)) <= _QUOTED_WITHIN
    )
    start = frequency.start if whole and frequency else found.start
    return replace(found, start=start, form=Form.RECURRING, readings=readings, strong=True)
