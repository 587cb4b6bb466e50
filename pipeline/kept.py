"""What the ledger keeps of a dispatch: the paper as a register names it, our duties, what was delivered, how papers hang together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from extractors.dispatch import Succession


@dataclass(frozen=True)
class Paper:
    """A dispatch as the registers name it (NĐ 30/2020 Phụ lục IV); "" and None where it is not known."""

    type: str = ""
    """Type by name, e.g. "Công văn"."""
    reference: str = ""
    """Number and symbol as printed."""
    date: date | None = None
    issuer: str = ""
    """Who issued it ("tác giả"), with the superior where the name alone says too little."""
    subject: str = ""
    """ "Trích yếu"."""
    urgency: str = ""
    """ "khan", "thuong-khan", "hoa-toc" or ""."""


class State(StrEnum):
    """What became of a duty."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"
    """The reviewer took it out, or a later version does not have it; kept for the history."""


@dataclass(frozen=True)
class Task:
    """A duty of ours ("nhiệm vụ") as the ledger follows it."""

    key: str
    """Unique and stable within its dispatch: ``Assignment.key``."""
    text: str
    lead: str = ""
    """The lead unit's name; several joined by "; "; "" when nobody is chosen yet."""
    lead_ids: tuple[str, ...] = ()
    """The profile's ids of the lead and those on a par with it."""
    support: tuple[str, ...] = ()
    """Names of the supporting units."""
    deadline: str = ""
    """The superior's deadline in the paper's words."""
    due: date | None = None
    """The last day in time for the superior; of a recurring duty, of its next occurrence."""
    internal_due: date | None = None
    """Our own earlier day."""
    rule: str = ""
    """The superior's recurrence (RFC 5545)."""
    internal_rule: str = ""
    """Our own recurrence (RFC 5545), where one can be said."""
    state: State = State.OPEN
    done_on: date | None = None
    """When it was done; of a recurring duty, when it was last done."""
    done_due: date | None = None
    """Of a recurring duty: the superior's day of the turn that was last done."""
    remark: str = ""
    """What the clerk wrote about its progress ("tiến độ giải quyết")."""
    reply: str = ""
    """Number and symbol of the dispatch that answers it ("số, ký hiệu văn bản trả lời")."""


FINAL = "final"
"""Kind of the files of a last word ("bản chốt")."""


@dataclass(frozen=True)
class Delivered:
    """A file that was put in place; ``kind`` as in an outcome."""

    kind: str
    name: str
    sha256: str
    """Of the bytes as they were delivered; "" when an older program did not write it down."""


@dataclass(frozen=True)
class Arrival:
    """The running number of an incoming dispatch ("số đến", NĐ 30/2020 Điều 22): one series a year, given once, never again."""

    year: int
    number: int
    day: date
    """The day on which it first arrived ("ngày đến")."""

    def task_id(self, key: str) -> str:
        """Return the id by which a clerk names a duty: "2026-15-1.2"."""
        return f"{self.year}-{self.number}-{key}"


class LinkKind(StrEnum):
    """How a paper hangs together with an earlier one."""

    SAME_BYTES = "same_bytes"
    SAME_DISPATCH = "same_dispatch"
    """Same number, symbol, day and issuer in other bytes (NĐ 30/2020 Phụ lục VI)."""
    COMPANION = "companion"
    """Part of the same dispatch: another form of it, its envelope, an attachment."""
    RECALLS = "recalls"
    REPLACES = "replaces"
    CORRECTS = "corrects"
    SUPPLEMENTS = "supplements"


@dataclass(frozen=True)
class Link:
    """A later file and the earlier dispatch that it has to do with."""

    sha256: str
    earlier: str
    """SHA-256 of the earlier dispatch's file."""
    kind: LinkKind
    day: date
    name: str
    """The later file's name."""


@dataclass(frozen=True)
class Kept:
    """All of it, for one file that is about to be delivered."""

    paper: Paper = field(default_factory=Paper)
    tasks: tuple[Task, ...] = ()
    successions: tuple[Succession, ...] = ()
    """What it says that it does to earlier dispatches."""
    digests: Mapping[str, str] = field(default_factory=dict)
    """SHA-256 of each file of drafts, by its name."""
