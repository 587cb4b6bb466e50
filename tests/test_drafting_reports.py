"""The internal deadline in a draft: what kind of words, to whom, through whom, and when nothing is said; how documents are cited."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from drafting_plans import commune, district, seen

from extractors.dispatch import Anchor, Deadline, DeadlineKind, Party, Reference, Role
from pipeline.drafting.citation import mention
from pipeline.drafting.facts import Register
from pipeline.drafting.reports import Report, ours, report
from pipeline.planning.plan import Due, Flag

DAY = date(2026, 3, 20)
R, D = DeadlineKind.RECURRING, DeadlineKind.DATE


def told(due: Due, report_to: tuple[str, ...] = ("Sở Xây dựng",)) -> Report | None:
    plan = commune()
    row = plan.assignments[0]
    duty = replace(row.duty, report_to=tuple(Party(name) for name in report_to))
    return report(plan, Register(), replace(row, duty=duty, dues=(due,)))


@pytest.mark.parametrize(
    ("due", "kind", "when"),
    [
        (Due(Deadline("trước ngày 25/3/2026", D), DAY, DAY), "day", "20/3/2026"),
        (
            Due(Deadline("ngày 15 hằng tháng", R, rrule="FREQ=MONTHLY;BYMONTHDAY=15"), DAY, DAY, "FREQ=MONTHLY;BYMONTHDAY=11"),
            "rule",
            "ngày 11 hằng tháng",
        ),
        (Due(Deadline("hằng quý", R, rrule="FREQ=YEARLY;BYMONTH=3"), DAY, DAY), "lead", "2"),
        # a day that has passed, or passes before tomorrow, is never printed
        (Due(Deadline("trước ngày 01/3/2026", D), DAY, DAY, flags=(Flag.PAST,)), "gap", "[…………]"),
        (Due(Deadline("trước ngày 11/3/2026", D), DAY, DAY, flags=(Flag.TOO_SOON,)), "gap", "[…………]"),
        # the first time may be too soon, the rule holds from the next one on
        (
            Due(
                Deadline("ngày 15 hằng tháng", R, rrule="FREQ=MONTHLY;BYMONTHDAY=15"),
                DAY,
                DAY,
                "FREQ=MONTHLY;BYMONTHDAY=11",
                (Flag.TOO_SOON,),
            ),
            "rule",
            "ngày 11 hằng tháng",
        ),
        (Due(Deadline("sớm", DeadlineKind.UNRESOLVED), None, None, flags=(Flag.UNRESOLVED,)), "gap", "[…………]"),
    ],
)
def test_kinds(due: Due, kind: str, when: str) -> None:
    found = told(due)
    assert found is not None
    assert (found.kind, found.when) == (kind, when)


@pytest.mark.parametrize(
    "due",
    [
        Due(Deadline("thường xuyên", DeadlineKind.STANDING)),
        Due(Deadline("hằng ngày", R, rrule="FREQ=DAILY"), DAY, DAY),
        Due(Deadline("hằng tuần", R, rrule="FREQ=WEEKLY")),
        Due(Deadline("03 ngày kể từ ngày nhận đủ hồ sơ", DeadlineKind.RELATIVE, anchor=Anchor.EVENT), flags=(Flag.NEEDS_DATE,)),
    ],
)
def test_nothing_is_said(due: Due) -> None:
    assert told(due) is None


def test_the_monitoring_office_reports_to_the_head() -> None:
    plan = commune()
    row = plan.assignments[0]
    monitor = plan.authority.monitor
    for lead, via in ((row.lead, monitor.name), (monitor, "")):
        found = report(plan, Register(), replace(row, lead=lead))
        assert found is not None
        assert found.via == via


@pytest.mark.parametrize(
    ("name", "own"),
    [
        ("UBND huyện", True),
        ("Uỷ ban nhân dân huyện Tứ Kỳ", True),
        ("Ủy ban nhân dân huyện", True),
        ("Phòng Tài chính - Kế hoạch huyện", True),
        ("UBND tỉnh", False),
        ("Sở Tài chính", False),
        ("Ủy ban nhân dân tỉnh", False),
    ],
)
def test_ours(name: str, own: bool) -> None:
    assert ours(district().authority, name) is own


@pytest.mark.parametrize(
    ("quote", "told_as"),
    [
        ("Kế hoạch số 12/KH-UBND ngày 03/02/2026 của UBND tỉnh", "Kế hoạch số 12/KH-UBND ngày 03/02/2026 của UBND tỉnh"),
        ("(Kế hoạch số 12/KH-UBND)", "Kế hoạch số 12/KH-UBND ngày 03/02/2026 của UBND tỉnh"),
        ("12/KH-UBND", "Kế hoạch số 12/KH-UBND ngày 03/02/2026 của UBND tỉnh"),
    ],
)
def test_mention(quote: str, told_as: str) -> None:
    assert mention(Reference("KH", "12/KH-UBND", date(2026, 2, 3), "UBND tỉnh", Role.IMPLEMENTS, seen(quote))) == told_as
