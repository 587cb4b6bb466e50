"""Review pages for the tests: made from samples or from a few lines, and read back as markup."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

from lxml import html
from sample_files import SAMPLES, Sample

from extractors.dispatch import Dispatch
from extractors.layout import Layout
from extractors.reading import Reading, read_file
from pipeline.drafting.coverage import prove
from pipeline.drafting.draft import letter_of
from pipeline.planning.planner import make_plan
from pipeline.profile import load
from pipeline.review.page import Reviewed, page_of

DAY = date(2023, 10, 5)


def reviewed(reading: Reading, profile: str = "huyen-2023", today: date = DAY) -> Reviewed:
    """What the page is made from, as a run makes it."""
    plan = make_plan(reading.dispatch, load(SAMPLES / "profiles" / f"{profile}.toml").on(today), today)
    letter = letter_of(plan, today)
    problems = (*reading.dispatch.problems, *plan.problems)
    return Reviewed(reading, plan, "Công văn", "Đã soạn", prove(plan, letter) if letter else None, problems)


@cache
def of_sample(sample: Sample, form: str) -> Reviewed:
    reading = read_file(sample.file(form).read_bytes(), sample.file(form).name)
    return reviewed(reading, sample.source["profile"], sample.today)


@cache
def page(sample: Sample, form: str) -> bytes:
    return page_of(of_sample(sample, form))


@cache
def tree(sample: Sample, form: str) -> html.HtmlElement:
    return html.document_fromstring(page(sample, form).decode("utf-8"))


def shown(dispatch: Dispatch, layout: Layout, data: bytes = b"") -> html.HtmlElement:
    """The page of a dispatch and a layout that fit each other, of no file or of one whose pages are drawn as far as it has them."""
    return html.document_fromstring(page_of(reviewed(Reading(dispatch, layout, data))).decode("utf-8"))


def with_main(dispatch: Dispatch, **values: object) -> Dispatch:
    """The dispatch with other values in its main document."""
    return replace(dispatch, documents=(replace(dispatch.main, **values),))


def marks(page_tree: html.HtmlElement, number: int) -> list[html.HtmlElement]:
    """The marks of a finding on the paper."""
    return [one for one in page_tree.get_element_by_id("ban-goc").iter("a") if str(number) in (one.get("data-f") or "").split()]
