"""From a plan to the files of its folder: the dispatch, a task sheet for each lead unit, the tracking table, the calendar."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from extractors.text import slug
from pipeline.drafting.blocks import Draft
from pipeline.drafting.context import Prepared
from pipeline.drafting.docx_writer import write
from pipeline.drafting.environment import fill
from pipeline.drafting.facts import clean
from pipeline.drafting.items import lead_groups
from pipeline.drafting.receivers import receivers
from pipeline.planning.plan import Assignment, Form, Plan

IMPLEMENTING, TRANSMITTAL, TASK_SHEET, APPENDIX = "trien-khai", "chuyen", "phieu-giao-viec", "phu-luc"
FORMS = {Form.IMPLEMENTING: IMPLEMENTING, Form.TRANSMITTAL: TRANSMITTAL}


@dataclass(frozen=True)
class OutputFile:
    """A finished file; ``kind`` is a key of ``outcome.OUTPUT_KINDS``, with "task_sheet" for each sheet."""

    name: str
    kind: str
    data: bytes


def _title(plan: Plan, what: str) -> str:
    known = plan.implements
    return clean(f"{what} {known.type_name} {known.reference or ''}")


def render(plan: Plan, template: str, today: date, folder: Path | None = None) -> Draft:
    """Return the dispatch ("trien-khai", "chuyen") or the appendix ("phu-luc") of a plan.

    ``folder`` holds the office's own templates, which go before the shipped ones.

    Raises:
        TemplateError: the template is wrong; with its name and line.
    """
    ready = Prepared(plan, today)
    context = ready.letter()
    if template == APPENDIX:
        context |= ready.table(ready.lines())
    return Draft(
        template, _title(plan, "Dự thảo triển khai"), plan.authority.short_name, today, fill(template, context, ready.register, folder)
    )


def render_sheet(plan: Plan, group: Sequence[Assignment], today: date, folder: Path | None = None) -> Draft:
    """Return the task sheet ("phiếu giao việc") of one lead's duties.

    Raises:
        TemplateError: the template is wrong; with its name and line.
    """
    ready = Prepared(plan, today)
    parts = fill(TASK_SHEET, ready.sheet(group), ready.register, folder)
    return Draft(TASK_SHEET, _title(plan, "Phiếu giao việc thực hiện"), plan.authority.short_name, today, parts)


def sheet_name(group: Sequence[Assignment]) -> str:
    """Return the file name of a lead's task sheet, of plain letters only."""
    lead = group[0].lead
    ids = [lead.id, *(unit.id for unit in group[0].co_leads)] if lead else ["chua-phan-cong"]
    return f"phieu-giao-viec-{slug('-'.join(ids))[:60]}.docx"


def _apart(files: Iterable[OutputFile]) -> Iterator[OutputFile]:
    """The files, each under a name of its own: two long names may have been cut to the same one."""
    used: Counter[str] = Counter()
    for file in files:
        used[file.name] += 1
        if used[file.name] > 1:
            file = replace(file, name=f"{file.name.removesuffix('.docx')}-{used[file.name]}.docx")  # noqa: PLW2901 - same file, renamed
        yield file


def letter_of(plan: Plan, today: date, folder: Path | None = None, source: str = "") -> Draft | None:
    """Return the dispatch in the form that the plan chose; None when no duty is ours.

    ``source`` is the SHA-256 of the incoming file, by which the draft is found again when it was renamed or moved.

    Raises:
        TemplateError: the template is wrong; with its name and line.
    """
    return replace(render(plan, FORMS[plan.form], today, folder), source=source) if lead_groups(plan) else None


def draft_all(plan: Plan, today: date, letter: Draft | None = None, folder: Path | None = None) -> tuple[OutputFile, ...]:
    """Return every file of a plan with at least one duty of ours; nothing when there is none.

    ``letter`` is what ``letter_of`` gave, for a caller that has it already.

    Raises:
        TemplateError: a template is wrong; with its name and line.
    """
    letter = letter or letter_of(plan, today, folder)
    if letter is None:
        return ()
    return (OutputFile("du-thao.docx", "dispatch", write(letter)), *follow_up(plan, today, folder))


def follow_up(plan: Plan, today: date, folder: Path | None = None) -> tuple[OutputFile, ...]:
    """Return the files by which the duties are followed: task sheets, tracking table, calendar.

    Raises:
        TemplateError: a template is wrong; with its name and line.
    """
    from pipeline.drafting.calendar import calendar
    from pipeline.drafting.task_sheets import task_table

    groups = receivers(plan)
    sheets = (OutputFile(sheet_name(group), "task_sheet", write(render_sheet(plan, group, today, folder))) for group in groups)
    return (
        *_apart(sheets),
        OutputFile("bang-theo-doi.xlsx", "table", task_table(plan, today)),
        OutputFile("lich.ics", "calendar", calendar(plan, today)),
    )
