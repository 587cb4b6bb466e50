"""What we drafted is itself a dispatch: our own reader finds in it every duty, lead and deadline that the plan holds."""

from collections import Counter
from functools import cache

import pytest
from sample_files import READ, Sample, label

from extractors.dispatch import Duty, DutyKind
from extractors.evidence import value_of
from extractors.reading import read_dispatch
from extractors.text import fold
from pipeline.drafting.docx_writer import write
from pipeline.drafting.draft import FORMS, render

DRAFTED = [sample for sample in READ if any(fact.kind == "duty" for fact in sample.case.facts())]
EACH = pytest.mark.parametrize("sample", DRAFTED, ids=label)


@cache
def drafted(sample: Sample):
    plan = sample.plan("docx")
    if not plan.mine:
        pytest.skip("assigns this authority nothing")
    return plan, read_dispatch(write(render(plan, FORMS[plan.form], sample.today)), "du-thao.docx")


def duties(dispatch) -> list[Duty]:
    return [duty for document in dispatch.documents for duty in document.all_duties() if duty.kind is DutyKind.DUTY]


def promised(duty: Duty) -> set[tuple[str | None, str | None]]:
    return {(deadline.due, deadline.rrule) for deadline in duty.deadlines}


@EACH
def test_the_draft_reads_as_our_own_dispatch(sample):
    plan, read = drafted(sample)
    assert value_of(read.main.symbol) == plan.symbol
    assert value_of(read.main.issuer) == plan.authority.name
    assert (read.main.date_printed.year, read.main.date_printed.day) == (sample.today.year, None)
    assert value_of(read.main.signer.name) == plan.signer.name
    assert [party.name for party in read.main.recipients] == list(plan.recipients)


@EACH
def test_as_many_duties_as_are_ours(sample):
    plan, read = drafted(sample)
    assert len(duties(read)) >= len(plan.mine)


@EACH
def test_every_deadline_of_ours_is_read_back(sample):
    plan, read = drafted(sample)
    wanted = Counter(entry for assignment in plan.mine for entry in promised(assignment.duty))
    found = Counter(entry for duty in duties(read) for entry in promised(duty))
    assert wanted - found == Counter()


@EACH
def test_every_internal_deadline_is_read_back(sample):
    plan, read = drafted(sample)
    wanted = {a.internal_due.isoformat() for a in plan.mine if a.internal_due and not a.flags and not a.internal_rrule}
    assert wanted <= {(deadline.due or "")[:10] for duty in duties(read) for deadline in duty.deadlines}


@EACH
def test_every_lead_of_ours_is_read_back(sample):
    plan, read = drafted(sample)
    found = {fold(party.name) for duty in duties(read) for party in duty.lead}
    leads = {unit for a in plan.mine for unit in (a.lead, *a.co_leads) if unit}
    missing = [unit.name for unit in leads if not {fold(unit.name), fold(unit.leader_title)} & found]
    assert missing == []
