"""Dispatches of every kind, for each sample profile: drafted without a finding of form, proved, and read back as they were planned.

``kinds/`` holds the papers; see ``kinds_of_dispatch.py``.
"""

import pytest
from kinds_of_dispatch import ERAS, KINDS, TOLD, Told, told

from extractors.dispatch import Duty, DutyKind
from extractors.evidence import value_of
from extractors.reading import read_dispatch
from extractors.text import fold
from pipeline.conformance.check import check
from pipeline.drafting.blocks import Paragraph
from pipeline.drafting.coverage import prove
from pipeline.drafting.docx_dump import text_dump
from pipeline.drafting.draft import draft_all
from pipeline.planning.plan import Assignment

EACH = pytest.mark.parametrize("told", TOLD, ids=str)
# A kind that is a "công văn" or a "thông báo" like another one, by what it says.
SAME_TYPE = {"cong-van-so": "CV", "cong-van-dang": "CV", "thong-bao-ket-luan": "TB"}


def test_at_least_twelve_kinds_for_each_profile():
    assert len(KINDS) >= 12
    types = {value_of(told.dispatch.main.type).code for told in TOLD}
    assert len(types) == len(KINDS) - len(SAME_TYPE)
    assert {told.profile for told in TOLD} == set(ERAS)


@EACH
def test_the_paper_is_read_as_it_was_written(told: Told):
    document = told.dispatch.main
    found = [duty for one in told.dispatch.documents for duty in one.all_duties()]
    planted = list(told.case.facts())
    assert (value_of(document.reference), value_of(document.date)) == (told.case.reference, told.case.day)
    assert [party.name for party in document.addressees] == list(told.case.addressees)
    assert [(d.kind, d.marker, d.text) for d in found] == [(f.kind, f.marker, f.text) for f in planted]
    assert [", ".join(p.name for p in d.lead) for d in found] == [", ".join(f.lead) for f in planted]
    assert [[(x.due, x.rrule, x.before) for x in d.deadlines] for d in found] == [
        [(x.due, x.rrule, x.before) for x in f.due] for f in planted
    ]


@EACH
def test_the_draft_is_proved(told: Told):
    proof = prove(told.plan, told.letter)
    assert proof.problems == ()
    assert proof.once == proof.duties > 0
    assert all(tally.checked and not tally.unexplained for tally in proof.tallies)


@EACH
def test_every_word_file_is_in_form(told: Told):
    files = [file for file in draft_all(told.plan, told.today, told.letter) if file.kind == "dispatch"]
    assert [(file.name, finding) for file in files for finding in check(file.data).findings] == []


def spoken(told: Told) -> dict[str, str]:
    """The words of each duty in the letter, by its key."""
    paragraphs = [part for part in told.letter.parts if isinstance(part, Paragraph)]
    return {span.duty: span.text for paragraph in paragraphs for span in paragraph.spans if span.duty}


def leads_of(assignment: Assignment) -> set[str]:
    return {fold(unit.name) for unit in (assignment.lead, *assignment.co_leads) if unit}


def read_back(told: Told) -> dict[str, Duty]:
    """The duty that our own reader finds in the letter for each planned one, once; a row of the appendix says the same once more."""
    duties = [duty for duty in read_dispatch(told.draft, "du-thao.docx").main.all_duties() if duty.kind is DutyKind.DUTY]
    found = {}
    for assignment in told.plan.mine:
        words = fold(spoken(told)[assignment.key]).strip(" .")
        letter, *rows = [duty for duty in duties if words in fold(duty.text) or fold(duty.text).strip(" .") in words]
        assert len(rows) == ("Phụ lục" in {paragraph.text for paragraph in told.letter.paragraphs}), assignment.key
        assert all(fold(party.name) in leads_of(assignment) for row in rows for party in row.lead)
        found[assignment.key] = letter
    return found


def days_of(assignment: Assignment) -> set[str]:
    """What the draft must promise: the superior's days, and our own."""
    given = {deadline.due or deadline.rrule or "" for deadline in assignment.duty.deadlines}
    own = assignment.internal_rrule or (str(assignment.internal_due) if assignment.internal_due else "")
    return {day for day in (*given, own) if day}


@EACH
def test_our_own_reader_finds_the_plan_in_the_draft(told: Told):
    found = read_back(told)
    for assignment in told.plan.mine:
        duty = found[assignment.key]
        assert {fold(party.name) for party in duty.lead} == leads_of(assignment), assignment.key
        assert days_of(assignment) <= {deadline.due or deadline.rrule or "" for deadline in duty.deadlines}, assignment.key


def test_the_task_sheet_names_whom_the_source_tells_to_support():
    sheets = [
        file for file in draft_all(told("huong-dan", "xa-2026").plan, told("huong-dan", "xa-2026").today) if file.kind == "task_sheet"
    ]
    assert any("Bưu điện" in text_dump(file.data).partition("Phối hợp")[2] for file in sheets)


def test_an_urgent_telegram_gives_the_draft_its_own_subject():
    assert "V/v chủ động ứng phó với mưa lớn" in text_dump(told("cong-dien", "xa-2026").draft)
