"""Dispatches built by hand for the planning tests, and the two sample authorities."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path

from extractors.dispatch import (
    Deadline,
    DeadlineKind,
    Dispatch,
    Document,
    DocumentRole,
    DocumentType,
    Duty,
    DutyKind,
    Party,
    Source,
    Urgency,
)
from extractors.evidence import ABSENT, Found
from extractors.layout import TextSource
from pipeline.authority import Authority
from pipeline.planning.plan import Assignment, Plan
from pipeline.planning.planner import make_plan
from pipeline.profile import Profile, load

ROOT = Path(__file__).parents[1]
PROVINCE = "UBND tỉnh Hải Dương"
CLASS = "UBND các huyện, thị xã, thành phố"
TODAY = date(2023, 9, 26)
"""A Tuesday."""


@lru_cache(maxsize=1)
def profiles() -> Profile:
    """The two authorities that followed each other in one place; the ward's profile is another place's."""
    path = ROOT / "samples" / "profiles"
    periods = (load(path / f"{name}.toml").authorities for name in ("huyen-2023", "xa-2026"))
    return Profile(path, tuple(authority for found in periods for authority in found))


def district() -> Authority:
    return profiles().on(TODAY)


def commune() -> Authority:
    return profiles().on(date(2026, 3, 3))


def parties(names) -> tuple[Party, ...]:
    return tuple(Party(name) for name in names)


def duty(
    text="Triển khai thực hiện.",
    lead=(CLASS,),
    *,
    key="1",
    kind=DutyKind.DUTY,
    support=(),
    report_to=(),
    due=(),
    children=(),
    request=False,
):
    """A duty; ``due`` holds deadlines."""
    return Duty(
        key,
        "",
        text,
        kind,
        parties(lead),
        parties(support),
        deadlines=tuple(due),
        children=tuple(children),
        report_to=parties(report_to),
        request=request,
    )


def by(day: str, *, before=False, kind=DeadlineKind.DATE) -> Deadline:
    """A deadline on a day, "2023-10-15" or "2023-10-15T17:00"."""
    return Deadline("trước ngày …" if before else "chậm nhất ngày …", kind, due=day, before=before)


def every(rrule: str, *, before=True) -> Deadline:
    return Deadline("định kỳ", DeadlineKind.RECURRING, before=before, rrule=rrule)


def document(*duties, issuer=PROVINCE, parent=None, addressees=(), recipients=(), subject="việc thử", urgent=False, role=DocumentRole.MAIN):
    return Document(
        role=role,
        type=Found(DocumentType("CV", "Công văn")),
        issuer=Found(issuer) if issuer else ABSENT,
        parent=Found(parent) if parent else ABSENT,
        reference=Found("12/UBND-VP"),
        date=Found(date(2023, 9, 19)),
        subject=Found(subject),
        addressees=parties(addressees),
        recipients=parties(recipients),
        duties=duties,
        urgency=Urgency.KHAN if urgent else None,
    )


def dispatch(*documents) -> Dispatch:
    return Dispatch(Source("a.pdf", "0", "application/pdf", 1, TextSource.DIGITAL), documents)


def plan(*duties, authority=None, today=TODAY, received=None, form=None, **document_fields) -> Plan:
    """The plan for one document with these duties."""
    return make_plan(dispatch(document(*duties, **document_fields)), authority or district(), today, received, form)


def single(item, **fields) -> Assignment:
    """The assignment of one duty."""
    (assignment,) = plan(item, **fields).assignments
    return assignment


def ids(units) -> list[str]:
    return [unit.id for unit in units]
