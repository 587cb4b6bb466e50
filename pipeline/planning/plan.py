"""The plan as data: what the authority does about each duty of a dispatch, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from extractors.dispatch import Deadline, Document, Duty
from extractors.errors import Problem
from pipeline.authority import Authority, Signer, Unit


@dataclass(frozen=True)
class Why:
    """One reason for a decision: the rule's stable name, and a Vietnamese sentence for the reviewer."""

    rule: str
    text: str


class Relevance(StrEnum):
    """Whose a duty is."""

    MINE = "mine"
    """This authority must act."""
    COUNTERPART = "counterpart"
    """A superior's department leads; our counterpart unit supports."""
    THEIRS = "theirs"
    """Others act; shown with the reason, not drafted."""
    REQUEST = "request"
    """A request ("kính đề nghị"): stays in the letter, not in the task table."""
    GENERAL = "general"
    """A general call to carry out, beside duties that say what: the draft's own closing formula carries it on."""

    @property
    def drafted(self) -> bool:
        """True when the draft has an item for such a duty."""
        return self not in (Relevance.THEIRS, Relevance.GENERAL)


class Flag(StrEnum):
    """What the reviewer must look at."""

    UNASSIGNED = "unassigned"
    SEVERAL_LEADS = "several_leads"
    CONDITIONAL = "conditional"
    """The duty falls on us only if a condition in its lead's name holds ("các xã ven biển")."""
    UNSURE = "unsure"
    """Nobody is named and nobody is addressed."""
    UNKNOWN_PARTY = "unknown_party"
    """Our own dispatch assigns somebody who is not in the profile."""
    PAST = "past"
    """The superior's deadline is over."""
    TOO_SOON = "too_soon"
    """The internal deadline would be before tomorrow."""
    NEEDS_DATE = "needs_date"
    """The deadline counts from a day that is not known."""
    UNRESOLVED = "unresolved"
    """The deadline could not be understood."""


class Form(StrEnum):
    """The form of the draft."""

    TRANSMITTAL = "transmittal"
    """The short one ("công văn giao nhiệm vụ ngắn")."""
    IMPLEMENTING = "implementing"
    """The full one with numbered items ("công văn triển khai")."""


@dataclass(frozen=True)
class Due:
    """One deadline of a duty with what follows from it for us."""

    deadline: Deadline
    """The superior's, as printed."""
    last_day: date | None = None
    """The last day on which the duty is in time: "trước ngày 15" gives the 14th; recurring: of the next occurrence."""
    internal: date | None = None
    """Our own earlier day, by the profile's lead in working days."""
    internal_rrule: str | None = None
    """RFC 5545, for a recurring one whose internal day can be said as a rule."""
    flags: tuple[Flag, ...] = ()
    why: tuple[Why, ...] = ()


@dataclass(frozen=True)
class Assignment:
    """What becomes of one duty ("phân công")."""

    duty: Duty
    relevance: Relevance
    document: int = 0
    """Index of the duty's document in the dispatch."""
    headings: tuple[Duty, ...] = ()
    """The enclosing items, outermost first."""
    in_text: bool = False
    """It stands above the signature; a row of a table is then cited as part of the text, not of an appendix."""
    lead: Unit | None = None
    """Who leads ("chủ trì"); a group counts as one. None: unassigned, theirs, or supporting only."""
    co_leads: tuple[Unit, ...] = ()
    """Others that the text names on a par with the lead; flagged unless they are groups."""
    support: tuple[Unit, ...] = ()
    """Our units that support ("phối hợp")."""
    monitors: tuple[Unit, ...] = ()
    """Who follows up ("theo dõi, đôn đốc")."""
    candidates: tuple[Unit, ...] = ()
    """Whom the reviewer may choose from when unassigned, best first."""
    dues: tuple[Due, ...] = ()
    """The deadlines, in the order printed."""
    flags: tuple[Flag, ...] = ()
    why: tuple[Why, ...] = ()

    @property
    def key(self) -> str:
        """The duty's id, unique in the plan: "1.2", in the second document "2:1.2"."""
        return self.duty.id if self.document == 0 else f"{self.document + 1}:{self.duty.id}"

    @property
    def governing(self) -> Due | None:
        """The deadline that comes first; without any day the first printed."""
        dated = [due for due in self.dues if due.last_day is not None]
        return min(dated, key=lambda due: due.last_day or date.max) if dated else next(iter(self.dues), None)

    @property
    def due(self) -> Deadline | None:
        """The superior's governing deadline, as printed."""
        return self.governing.deadline if self.governing else None

    @property
    def due_day(self) -> date | None:
        """The last day that is in time for the superior."""
        return self.governing.last_day if self.governing else None

    @property
    def internal_due(self) -> date | None:
        """Our own earlier day."""
        return self.governing.internal if self.governing else None

    @property
    def rrule(self) -> str | None:
        """The superior's recurrence (RFC 5545), when the governing deadline recurs."""
        return self.due.rrule if self.due else None

    @property
    def internal_rrule(self) -> str | None:
        """Our own recurrence (RFC 5545), when it can be said as a rule."""
        return self.governing.internal_rrule if self.governing else None


@dataclass(frozen=True)
class Implemented:
    """The incoming dispatch as the draft cites it; None and "" are gaps to show, never to fill."""

    type_name: str
    """The type by name, e.g. "Công văn"; "Văn bản" when it is not known."""
    reference: str | None
    """Number and symbol, e.g. "2718/UBND-VP"."""
    date: date | None
    issuer: str
    subject: str


@dataclass(frozen=True)
class Plan:
    """What the authority does with one dispatch."""

    source: Document
    """The main document of the dispatch."""
    authority: Authority
    """As it stands on ``today``."""
    today: date
    implements: Implemented
    assignments: tuple[Assignment, ...] = ()
    """Every duty of every document exactly once, in reading order."""
    form: Form = Form.IMPLEMENTING
    signer: Signer | None = None
    authority_lines: tuple[str, ...] = ()
    """The signer's lines above the name, the position last."""
    addressees: tuple[Unit, ...] = ()
    """Who gets the draft ("Kính gửi"): units with a duty, in the order of the duties."""
    recipients: tuple[str, ...] = ()
    """Lines under "Nơi nhận", without the filing line."""
    filing: str = ""
    """The line after "Lưu:"."""
    symbol: str = ""
    """The draft's symbol, e.g. "UBND-VP"; the number stays blank."""
    received: date | None = None
    own: bool = False
    """True when the dispatch was issued by this authority or one of its units."""
    why: tuple[Why, ...] = ()
    """Reasons for form, signer, recipients."""
    problems: tuple[Problem, ...] = ()

    def of(self, *relevances: Relevance) -> Iterator[Assignment]:
        """The assignments of these relevances, in reading order."""
        return (a for a in self.assignments if a.relevance in relevances)

    @property
    def mine(self) -> tuple[Assignment, ...]:
        """The duties that this authority must act on."""
        return tuple(self.of(Relevance.MINE))
