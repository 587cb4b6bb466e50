"""The authority that we work for ("cơ quan"): its units, groups, signers and rules, all dated, all from the profile.

No word of a level ("huyện", "xã") stands in the code: ``level_word`` and the names come from the profile.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum


@dataclass(frozen=True)
class Period:
    """Days from ``first_day`` to ``last_day``, both included; None is open."""

    first_day: date | None = None
    last_day: date | None = None

    def holds(self, day: date) -> bool:
        """True when the day lies in the period."""
        return (self.first_day is None or self.first_day <= day) and (self.last_day is None or day <= self.last_day)


class UnitKind(StrEnum):
    """How the authority may speak to a unit."""

    OFFICE = "office"
    """A unit of the authority itself: "giao"."""
    SUBORDINATE = "subordinate"
    """A lower authority, a school, a public service unit: "giao", "yêu cầu"."""
    OUTSIDE = "outside"
    """A vertical or political body (police, tax, Party, Front, court): "đề nghị", never "giao"."""


@dataclass(frozen=True)
class Competence:
    """Words that speak for a unit ("lĩnh vực phụ trách"); ``weight`` says how strongly, 1 is ordinary."""

    phrase: str
    weight: float = 1.0


@dataclass(frozen=True)
class Unit:
    """A unit that can be assigned duties ("đơn vị")."""

    id: str
    name: str
    """As printed in a draft, e.g. "Phòng Nội vụ"."""
    aliases: tuple[str, ...] = ()
    symbol: str = ""
    """Its code in numbers and filing lines, e.g. "NV"."""
    leader_title: str = ""
    """Its head as printed, e.g. "Trưởng phòng Nội vụ"."""
    kind: UnitKind = UnitKind.OFFICE
    valid_from: date | None = None
    valid_to: date | None = None
    competences: tuple[Competence, ...] = ()
    counterparts: tuple[str, ...] = ()
    """Names of the superior's departments of the same field ("sở, ngành tương ứng")."""

    @property
    def period(self) -> Period:
        """The days on which the unit exists."""
        return Period(self.valid_from, self.valid_to)


@dataclass(frozen=True)
class Group(Unit):
    """Several units named and assigned as one ("UBND các xã, thị trấn"); ``members`` are ids of units."""

    members: tuple[str, ...] = ()


@dataclass(frozen=True)
class Signer:
    """Who may sign ("người ký")."""

    name: str
    title: str
    """As used in sentences, e.g. "Phó Chủ tịch"."""
    position: str
    """The last line above the name, e.g. "PHÓ CHỦ TỊCH"."""
    authority_lines: tuple[str, ...] = ()
    """The lines before the position, e.g. ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH")."""
    head: bool = False
    """The head of the authority, who signs when no field decides."""
    fields: tuple[str, ...] = ()
    """Words of the fields in this person's charge ("lĩnh vực được phân công")."""
    units: tuple[str, ...] = ()
    """Ids of the units in this person's charge."""
    absent: tuple[Period, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None

    def present(self, day: date) -> bool:
        """True when the person is in office and not away on that day."""
        return Period(self.valid_from, self.valid_to).holds(day) and not any(away.holds(day) for away in self.absent)


@dataclass(frozen=True)
class Superior:
    """The authority above ("cơ quan cấp trên trực tiếp")."""

    name: str
    short_name: str
    """As printed in recipients, e.g. "UBND tỉnh"."""
    place_name: str = ""
    aliases: tuple[str, ...] = ()


class Drafter(StrEnum):
    """Whose symbol a draft bears."""

    MONITOR = "monitor"
    LEAD = "lead"


@dataclass(frozen=True)
class Rules:
    """Local rules of the secretariat."""

    monitor: str
    """Id of the unit that follows up every duty ("theo dõi, đôn đốc")."""
    general: tuple[str, ...] = ()
    """Ids of the groups or units that general duties are usually passed to; offered as candidates, never chosen."""
    one_by_one: tuple[str, ...] = ()
    """Ids of the groups whose members each get a task sheet and a row of their own; the letter names the group once."""
    drafter: Drafter = Drafter.MONITOR
    lead_days: int = 2
    """Working days by which an internal deadline precedes the superior's."""
    lead_days_urgent: int = 1
    """The same for a dispatch marked urgent ("khẩn", "thượng khẩn", "hỏa tốc")."""
    routing_score: float = 1.0
    """The least score of competences that names a unit."""
    routing_margin: float = 1.0
    """By how much the best unit must lead the second."""
    transmittal_duties: int = 3
    """The most duties that a short transmittal carries."""
    transmittal_characters: int = 900
    """The longest text of duties, in characters, that a short transmittal carries."""
    recipients: tuple[str, ...] = ("Như trên",)
    """Lines under "Nơi nhận"; ``{issuer}`` stands for who issued the incoming dispatch."""
    filing: str = "VT, {symbol}"
    """The line after "Lưu:"; ``{symbol}`` stands for the drafting unit's symbol."""
    holidays: tuple[date, ...] = ()
    """Days off beside the legal holidays."""
    working_days: tuple[date, ...] = ()
    """Weekend days that are worked in exchange ("làm bù")."""


@dataclass(frozen=True)
class Authority:
    """The authority as it stands in one period."""

    id: str
    level: str
    level_word: str
    """The common noun of its level as printed in names."""
    name: str
    """The full name, e.g. "Ủy ban nhân dân … Tứ Kỳ"."""
    short_name: str
    """As others print it, with the place."""
    self_name: str
    """As it calls itself in its own drafts, without the place."""
    place_name: str
    leader_title: str
    symbol: str
    """Its code in numbers, e.g. "UBND"."""
    rules: Rules
    parent: Superior | None = None
    aliases: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    classes: tuple[str, ...] = ()
    """Names by which superiors address it together with its peers ("các địa phương")."""
    units: tuple[Unit, ...] = ()
    groups: tuple[Group, ...] = ()
    signers: tuple[Signer, ...] = ()

    @property
    def period(self) -> Period:
        """The days on which the authority exists in this shape."""
        return Period(self.valid_from, self.valid_to)

    @property
    def leader(self) -> str:
        """The head as the authority prints it in its own drafts: title and name."""
        return f"{self.leader_title} {self.self_name}"

    @property
    def monitor(self) -> Unit | None:
        """The unit that follows up, None when the rules name none that is valid."""
        return self.unit(self.rules.monitor)

    def unit(self, unit_id: str) -> Unit | None:
        """Return the unit or group with this id."""
        return next((u for u in (*self.units, *self.groups) if u.id == unit_id), None)

    def members(self, group: Group) -> tuple[Unit, ...]:
        """Return the units of a group that exist in this shape of the authority."""
        return tuple(u for u in self.units if u.id in group.members)

    def on(self, day: date) -> Authority:
        """Return the authority with only the units, groups and signers that exist on that day."""
        return replace(
            self,
            units=tuple(u for u in self.units if u.period.holds(day)),
            groups=tuple(g for g in self.groups if g.period.holds(day)),
            signers=tuple(s for s in self.signers if Period(s.valid_from, s.valid_to).holds(day)),
        )
