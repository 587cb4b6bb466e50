"""Which of our units does a duty: named > counterpart of a department named > competences > nobody, with candidates.

The list of units is closed: only units of the profile that exist on the day.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from extractors.dispatch import Duty
from pipeline.authority import Competence, Group, Unit, UnitKind
from pipeline.phrases import Hit, words_of
from pipeline.planning.lexicon import Lexicon, NameKind
from pipeline.planning.parties import read_party, scan
from pipeline.planning.plan import Flag, Relevance, Why
from pipeline.planning.relevance import Setting, Verdict

_CONTEXT = 0.5  # what a phrase of the headings or the subject counts, against one of the duty itself


@dataclass(frozen=True)
class Route:
    """Who does a duty, and why."""

    why: tuple[Why, ...]
    lead: Unit | None = None
    co_leads: tuple[Unit, ...] = ()
    candidates: tuple[Unit, ...] = ()
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True)
class Score:
    """How strongly the competences speak for a unit, and by which phrases."""

    unit: Unit
    points: float
    phrases: tuple[str, ...]


def route(duty: Duty, context: Sequence[str], verdict: Verdict, setting: Setting) -> Route:
    """Return the units that do one of our duties; ``context`` are the headings above it and the subject."""
    named = _named(verdict)
    if named is not None:
        return named
    if Flag.UNKNOWN_PARTY in verdict.flags:
        return _unassigned((), setting.lexicon)
    scores = score((duty.text, *duty_products(duty)), setting.lexicon)
    found = _in_text(duty, setting) or _by_counterpart(duty, verdict, setting, scores) or _by_competence(scores, setting)
    found = found or _by_competence(_with_context(scores, context, setting), setting)
    found = found or _coordinating(duty, verdict, setting) or _unassigned(scores, setting.lexicon)
    return Route(found.why, found.lead, tuple(u for u in verdict.named if u != found.lead), found.candidates, found.flags)


def duty_products(duty: Duty) -> tuple[str, ...]:
    """The product column of a table row, when there is one."""
    return (duty.product,) if duty.product else ()


def _named(verdict: Verdict) -> Route | None:
    """Units that the text names as leads; beside the authority itself a group only does its own part."""
    units = tuple(u for u in verdict.named if not (verdict.collective and isinstance(u, Group)))
    if not units:
        return None
    rest = tuple(u for u in verdict.named if u != units[0])
    why = Why("route.named", f"Văn bản nêu rõ {units[0].name}.")
    if all(isinstance(unit, Group) for unit in verdict.named) or not rest:
        return Route((why,), units[0], rest)
    several = Why("route.several", f"Văn bản nêu {len(verdict.named)} đơn vị cùng chủ trì; lấy đơn vị nêu trước, cần người duyệt xác nhận.")
    return Route((why, several), units[0], rest, flags=(Flag.SEVERAL_LEADS,))


def _in_text(duty: Duty, setting: Setting) -> Route | None:
    """The first unit of ours that the sentence names, those it only supports with left out."""
    supporting = {unit.id for unit in support(duty, setting.lexicon)}
    for mention in scan(duty.text, setting.lexicon):
        unit = mention.unit
        if mention.kind is NameKind.UNIT and unit and unit.kind is not UnitKind.OUTSIDE and unit.id not in supporting:
            return Route((Why("route.text", f"Nội dung nhiệm vụ nêu “{mention.quote}”."),), unit)
    return None


def _by_counterpart(duty: Duty, verdict: Verdict, setting: Setting, scores: Sequence[Score]) -> Route | None:
    """Our counterpart of the department that leads with us, gets the result, is named, or issued the dispatch."""
    reported = [m.unit for party in duty.report_to for m in read_party(party.name, setting.lexicon) if m.kind is NameKind.DEPARTMENT]
    closest = _assignable((*verdict.counterparts, *reported), setting)
    if closest:
        return _one_of(closest, setting, scores)
    mentioned = [m.unit for m in scan(duty.text, setting.lexicon) if m.kind is NameKind.DEPARTMENT]
    issuer = [setting.issuer_unit] if setting.issuer_unit else []
    return _one_of(_assignable((*issuer, *mentioned), setting), setting, scores)


def _assignable(units: Iterable[Unit | None], setting: Setting) -> tuple[Unit, ...]:
    """Our own units once each; the monitoring office is left out, for its counterpart passes on duties of every field."""
    monitor = setting.lexicon.authority.rules.monitor
    return tuple({u.id: u for u in units if u is not None and u.kind is not UnitKind.OUTSIDE and u.id != monitor}.values())


def _one_of(units: tuple[Unit, ...], setting: Setting, scores: Sequence[Score]) -> Route | None:
    """The only counterpart; among several the one that competences prefer, else the issuer's."""
    if not units:
        return None
    if len(units) == 1:
        return Route((_counterpart_why(units[0], setting),), units[0])
    among = [s for s in scores if s.unit in units]
    best = decided(among, setting.lexicon)
    if best:
        return Route((_counterpart_why(best.unit, setting), _competence_why(best)), best.unit)
    if setting.issuer_unit in units:
        return Route((_counterpart_why(setting.issuer_unit, setting),), setting.issuer_unit)
    ranked = tuple(dict.fromkeys((*(s.unit for s in among), *units)))
    why = Why("route.counterparts", "Văn bản nêu nhiều sở, ngành có đơn vị tương ứng; chưa đủ căn cứ để chọn một.")
    return Route((why,), candidates=ranked, flags=(Flag.UNASSIGNED,))


def _counterpart_why(unit: Unit, setting: Setting) -> Why:
    if unit == setting.issuer_unit:
        return Why("route.issuer", f"{unit.name} là đơn vị tương ứng của cơ quan ban hành văn bản.")
    return Why("route.counterpart", f"{unit.name} là đơn vị tương ứng của sở, ngành được nêu trong nhiệm vụ.")


def score(texts: Iterable[str], lexicon: Lexicon, share: float = 1.0) -> list[Score]:
    """Return the units whose key phrases stand in the texts, best first; each phrase counts once, times ``share``."""
    points: dict[str, float] = {}
    phrases: dict[str, list[str]] = {}
    units: dict[str, Unit] = {}
    for text in texts:
        for hit in _competences_in(text, lexicon):
            for unit, competence in hit.values:
                units[unit.id] = unit
                said = phrases.setdefault(unit.id, [])
                if competence.phrase not in said:
                    said.append(competence.phrase)
                    points[unit.id] = points.get(unit.id, 0.0) + competence.weight * share
    return _ranked(Score(units[key], points[key], tuple(phrases[key])) for key in points)


@lru_cache(maxsize=1024)
def _competences_in(text: str, lexicon: Lexicon) -> tuple[Hit[tuple[Unit, Competence]], ...]:
    """The key phrases of a text; headings and the subject are asked for at every duty."""
    return tuple(lexicon.competences.find(words_of(text).words))


def _ranked(scores: Iterable[Score]) -> list[Score]:
    return sorted(scores, key=lambda s: -s.points)


def _with_context(scores: Sequence[Score], context: Sequence[str], setting: Setting) -> list[Score]:
    """The scores with what headings and subject add to them."""
    total = {s.unit.id: s for s in scores}
    for extra in score(context, setting.lexicon, _CONTEXT):
        known = total.get(extra.unit.id, Score(extra.unit, 0.0, ()))
        new = tuple(p for p in extra.phrases if p not in known.phrases)
        points = known.points + extra.points * len(new) / len(extra.phrases)
        total[extra.unit.id] = Score(extra.unit, points, known.phrases + new)
    return _ranked(total.values())


def decided(scores: Sequence[Score], lexicon: Lexicon) -> Score | None:
    """Return the best score, when it is high enough and far enough ahead."""
    rules = lexicon.authority.rules
    if not scores or scores[0].points < rules.routing_score:
        return None
    second = scores[1].points if len(scores) > 1 else 0.0
    return scores[0] if scores[0].points - second >= rules.routing_margin else None


def _by_competence(scores: Sequence[Score], setting: Setting) -> Route | None:
    best = decided(scores, setting.lexicon)
    return Route((_competence_why(best),), best.unit) if best else None


def _competence_why(best: Score) -> Why:
    said = ", ".join(f"“{phrase}”" for phrase in best.phrases)
    return Why("route.competence", f"Nội dung thuộc lĩnh vực của {best.unit.name}: {said}.")


def _coordinating(duty: Duty, verdict: Verdict, setting: Setting) -> Route | None:
    """The monitoring office, when only its own counterpart is to lead or to get the result and no field speaks."""
    monitor = setting.lexicon.monitor
    reported = [m.unit for party in duty.report_to for m in read_party(party.name, setting.lexicon) if m.kind is NameKind.DEPARTMENT]
    if monitor is None or monitor not in (*verdict.counterparts, *reported) or score((duty.text,), setting.lexicon):
        return None
    return Route((_counterpart_why(monitor, setting),), monitor)


def _unassigned(scores: Sequence[Score], lexicon: Lexicon) -> Route:
    """Nobody, with those whom the reviewer may choose from."""
    authority = lexicon.authority
    if scores:
        close = ", ".join(f"{s.unit.name} ({s.points:g} điểm)" for s in scores[:3])
        why = Why("route.close", f"Lĩnh vực chưa đủ rõ để chọn một đơn vị: {close}.")
        return Route((why,), candidates=tuple(s.unit for s in scores), flags=(Flag.UNASSIGNED,))
    general = tuple(unit for key in authority.rules.general if (unit := authority.unit(key)))
    why = Why("route.general", "Nhiệm vụ chung, không nêu lĩnh vực cụ thể; cần người duyệt chọn đơn vị.")
    return Route((why,), candidates=general, flags=(Flag.UNASSIGNED,))


def support(duty: Duty, lexicon: Lexicon) -> tuple[Unit, ...]:
    """Return our units that support: those named, and the counterparts of the departments named.

    "Các cơ quan liên quan" names nobody in particular, so groups of offices are left out.
    """
    found = (m.unit for party in duty.support for m in read_party(party.name, lexicon))
    return tuple({u.id: u for u in found if u is not None and not (isinstance(u, Group) and u.kind is UnitKind.OFFICE)}.values())


def supporters(duty: Duty, context: Sequence[str], verdict: Verdict, setting: Setting) -> tuple[Unit, ...]:
    """Return who supports a duty that others lead: our counterparts, else the unit whose field it is."""
    units = {u.id: u for u in (*verdict.counterparts, *support(duty, setting.lexicon)) if not isinstance(u, Group)}
    if not units and verdict.relevance is Relevance.COUNTERPART:
        scores = score((duty.text,), setting.lexicon)
        best = decided(scores, setting.lexicon) or decided(_with_context(scores, context, setting), setting.lexicon)
        units = {best.unit.id: best.unit} if best else {}
    return tuple(units.values())
