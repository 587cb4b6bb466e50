"""Whose a duty is: this authority's, a superior's department's with our support, others', or a request."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from extractors.dispatch import Document, Duty, Party
from extractors.evidence import value_of
from extractors.text import fold
from pipeline.authority import Group, Unit, UnitKind
from pipeline.phrases import words_of
from pipeline.planning.lexicon import Lexicon, NameKind
from pipeline.planning.parties import Mention, read_party
from pipeline.planning.plan import Flag, Relevance, Why


@dataclass(frozen=True)
class Setting:
    """What a document says as a whole about whom it concerns."""

    lexicon: Lexicon
    own: bool = False
    """Issued by this authority or one of its units."""
    listed: bool = False
    """Its recipients hold this authority."""
    foreign: bool = False
    """An attached document of another issuer, whose duties were not written for our addressees."""
    addressees: tuple[Party, ...] = ()
    issuer_unit: Unit | None = None
    """Our counterpart of the department that issued it."""


@dataclass(frozen=True)
class Verdict:
    """Whose a duty is, with the units of ours that its parties name."""

    relevance: Relevance
    why: tuple[Why, ...]
    named: tuple[Unit, ...] = ()
    """Our units and groups named as leads."""
    counterparts: tuple[Unit, ...] = ()
    """Our counterparts of the departments named as leads."""
    collective: bool = False
    """The authority itself or a class that holds it is among the leads."""
    flags: tuple[Flag, ...] = ()


def setting_of(document: Document, main: Document, lexicon: Lexicon) -> Setting:
    """Return what the document says about whom it concerns; an attachment without an issuer shares the main one's."""
    issuer = value_of(document.issuer)
    attached = document is not main
    if attached and issuer is None:
        return setting_of(main, main, lexicon)
    main_issuer = value_of(main.issuer)
    foreign = attached and words_of(issuer or "").words != words_of(main_issuer or "").words
    addressees = document.addressees if foreign or document.addressees else main.addressees
    mentions = read_party(issuer or "", lexicon)
    return Setting(
        lexicon,
        own=_is_own(mentions, value_of(document.parent), lexicon),
        listed=any(_holds_us(party.name, lexicon) for party in document.recipients),
        foreign=foreign,
        addressees=addressees,
        issuer_unit=next((m.unit for m in mentions if m.kind is NameKind.DEPARTMENT), None),
    )


def _is_own(issuer: tuple[Mention, ...], parent: str | None, lexicon: Lexicon) -> bool:
    if any(m.kind is NameKind.SELF for m in issuer):
        return True
    office = any(m.kind is NameKind.UNIT and m.unit and m.unit.kind is UnitKind.OFFICE for m in issuer)
    return office and (parent is None or any(m.kind is NameKind.SELF for m in read_party(parent, lexicon)))


def _holds_us(name: str, lexicon: Lexicon) -> bool:
    return any(_is_ours(mention) for mention in read_party(name, lexicon))


def _is_ours(mention: Mention) -> bool:
    """True for the authority, a class that holds it, a unit that it may assign."""
    if mention.kind is NameKind.UNIT:
        return mention.unit is not None and mention.unit.kind is not UnitKind.OUTSIDE
    return mention.kind in {NameKind.SELF, NameKind.CLASS}


def judge(duty: Duty, setting: Setting) -> Verdict:
    """Return whose the duty is and why; the first rule that applies decides."""
    leads = duty.lead or (() if setting.foreign else setting.addressees)
    parties = _Parties(duty, setting, tuple(m for party in leads for m in _read(party, setting)), leads)
    verdict = next((v for rule in _RULES if (v := rule(parties)) is not None), None)
    return verdict or _theirs(parties)


def _read(party: Party, setting: Setting) -> tuple[Mention, ...]:
    """The mentions of a party; a superior's "các cơ quan, đơn vị" is a class that holds us, our own is a group of ours."""
    mentions = read_party(party.name, setting.lexicon)
    if setting.own:
        return tuple(m for m in mentions if m.kind is not NameKind.CLASS)
    classes = {m.quote for m in mentions if m.kind is NameKind.CLASS}
    return tuple(m for m in mentions if (m.kind is not NameKind.UNIT or m.quote not in classes) and not _others_offices(m, setting))


def _others_offices(mention: Mention, setting: Setting) -> bool:
    """True for "các phòng, ban" without our level: in a superior's dispatch those are the superior's own."""
    offices = isinstance(mention.unit, Group) and mention.unit.kind is UnitKind.OFFICE
    return offices and setting.lexicon.authority.level_word not in fold(mention.quote)


@dataclass(frozen=True)
class _Parties:
    """The leads of a duty, read."""

    duty: Duty
    setting: Setting
    mentions: tuple[Mention, ...]
    leads: tuple[Party, ...]

    @property
    def printed(self) -> str:
        return ", ".join(party.name for party in self.leads)

    @property
    def ours(self) -> tuple[Mention, ...]:
        return tuple(m for m in self.mentions if _is_ours(m))


def _mine(parties: _Parties) -> Verdict | None:
    """The authority, its class or its unit is among the leads."""
    ours = parties.ours
    if not ours:
        return None
    flags = (Flag.CONDITIONAL,) if all(m.qualifier for m in ours) else ()
    return Verdict(
        Relevance.MINE,
        (_mine_why(parties, ours[0]), *_condition(ours[0], flags)),
        named=_units(m for m in ours if m.kind is NameKind.UNIT),
        counterparts=_departments(parties.mentions),
        collective=any(m.kind is not NameKind.UNIT for m in ours),
        flags=flags,
    )


def _mine_why(parties: _Parties, mention: Mention) -> Why:
    here = parties.setting.lexicon.authority.short_name
    rule, text = {
        NameKind.SELF: ("mine.named", f"Văn bản giao “{mention.quote}”, tức {here}."),
        NameKind.CLASS: ("mine.class", f"Văn bản giao “{mention.quote}”, trong đó có {here}."),
        NameKind.UNIT: ("mine.unit", f"Văn bản giao “{mention.quote}”, là đơn vị của {here}."),
    }[mention.kind]
    inherited = " (theo mục bao trùm hoặc phần “Kính gửi”)" if parties.duty.inherited or not parties.duty.lead else ""
    return Why(rule, text.removesuffix(".") + inherited + ".")


def _condition(mention: Mention, flags: tuple[Flag, ...]) -> tuple[Why, ...]:
    if not flags:
        return ()
    return (Why("mine.condition", f"Chỉ thực hiện nếu thuộc diện “{mention.qualifier}”; cần người duyệt xác nhận."),)


def _request(parties: _Parties) -> Verdict | None:
    """Party bodies, the Front, vertical bodies are asked, not ordered."""
    outside = _units(m for m in parties.mentions if m.kind is NameKind.UNIT and not _is_ours(m))
    if parties.duty.request:
        return Verdict(Relevance.REQUEST, (Why("request.said", f"Văn bản chỉ đề nghị “{parties.printed}”, không giao việc."),), outside)
    if outside:
        text = f"“{outside[0].name}” không thuộc quyền giao việc của cơ quan nên chỉ đề nghị."
        return Verdict(Relevance.REQUEST, (Why("request.outside", text),), outside)
    return None


def _counterpart(parties: _Parties) -> Verdict | None:
    """A superior's department leads and we have a unit of the same field."""
    units = _departments(parties.mentions)
    if not units:
        return None
    quote = next(m.quote for m in parties.mentions if m.kind is NameKind.DEPARTMENT)
    text = f"“{quote}” chủ trì; {units[0].name} là đơn vị tương ứng nên phối hợp."
    return Verdict(Relevance.COUNTERPART, (Why("counterpart.lead", text),), counterparts=units)


def _supporting(parties: _Parties) -> Verdict | None:
    """Somebody else leads, and the text names us among those who support."""
    if not parties.leads:
        return None
    for party in parties.duty.support:
        ours = [m for m in _read(party, parties.setting) if _is_ours(m)]
        if ours:
            text = f"“{parties.printed}” chủ trì; văn bản yêu cầu “{party.name}” phối hợp, trong đó có cơ quan mình."
            return Verdict(Relevance.COUNTERPART, (Why("counterpart.support", text),), collective=True)
    return None


def _own_unknown(parties: _Parties) -> Verdict | None:
    """Our own dispatch names somebody who is not in the profile: nothing of it may be lost."""
    if not parties.setting.own:
        return None
    if not parties.leads:
        return Verdict(Relevance.MINE, (Why("mine.own", "Văn bản do cơ quan mình ban hành, mục này không nêu đơn vị."),), collective=True)
    text = f"Văn bản của cơ quan mình giao “{parties.printed}”, chưa có trong hồ sơ cơ quan."
    return Verdict(Relevance.MINE, (Why("mine.unknown", text),), flags=(Flag.UNKNOWN_PARTY,))


def _nobody(parties: _Parties) -> Verdict | None:
    """Nobody is named: it concerns whom the document concerns."""
    if parties.leads:
        return None
    if parties.setting.foreign:
        why = Why("theirs.attached", "Văn bản kèm theo của cơ quan khác, mục này không nêu đơn vị thực hiện.")
        return Verdict(Relevance.THEIRS, (why,), flags=(Flag.UNSURE,))
    place = "có tên ở “Nơi nhận”" if parties.setting.listed else "nhận được văn bản"
    text = f"Không nêu đơn vị thực hiện và không có “Kính gửi”; cơ quan mình {place} nên tạm coi là có trách nhiệm."
    return Verdict(Relevance.MINE, (Why("mine.unsure", text),), collective=True, flags=(Flag.UNSURE,))


def _theirs(parties: _Parties) -> Verdict:
    """Others act; a body of our own place that the profile does not know is pointed out."""
    text = f"Văn bản giao “{parties.printed}”, không phải cơ quan mình."
    authority = parties.setting.lexicon.authority
    local = words_of(f"{authority.level_word} {authority.place_name}").words
    near = next((p for p in parties.leads if _contains(words_of(p.name).words, local)), None)
    if near is None:
        return Verdict(Relevance.THEIRS, (Why("theirs.other", text),))
    note = f"“{near.name}” ở địa bàn của cơ quan nhưng chưa có trong hồ sơ; cần người duyệt xem."
    return Verdict(Relevance.THEIRS, (Why("theirs.other", text), Why("theirs.local", note)), flags=(Flag.UNKNOWN_PARTY,))


_RULES: tuple[Callable[[_Parties], Verdict | None], ...] = (_mine, _request, _counterpart, _own_unknown, _supporting, _nobody)


def _units(mentions: Iterable[Mention]) -> tuple[Unit, ...]:
    return tuple({m.unit.id: m.unit for m in mentions if m.unit is not None}.values())


def _departments(mentions: tuple[Mention, ...]) -> tuple[Unit, ...]:
    return _units(m for m in mentions if m.kind is NameKind.DEPARTMENT)


def _contains(words: tuple[str, ...], part: tuple[str, ...]) -> bool:
    return any(words[n : n + len(part)] == part for n in range(len(words)))
