"""One file's way on one screen: read → plan → draft. Pure: bytes and settings in, files and problems out."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TypeVar

from extractors.beside import Beside
from extractors.casing import with_parent
from extractors.day_words import short_date
from extractors.dispatch import Dispatch, Document, Succession
from extractors.errors import Problem, Severity
from extractors.evidence import Grade, Missing, value_of
from extractors.reading import Reading, read_file
from extractors.text import fold
from pipeline.drafting.blocks import Draft
from pipeline.drafting.coverage import prove
from pipeline.drafting.draft import OutputFile, draft_all, letter_of
from pipeline.drafting.old_names import old_names
from pipeline.drafting.tasks import paper_of, tasks_of
from pipeline.kept import Paper, Task
from pipeline.outcome import STATUS_WORDS, Status
from pipeline.plan_file import PLAN_NAME
from pipeline.plan_file import to_json as plan_to_json
from pipeline.planning.plan import Form, Plan, Relevance
from pipeline.planning.planner import make_plan
from pipeline.profile import Profile
from pipeline.record import to_json, to_record
from pipeline.review.page import REVIEW_NAME, Reviewed, page_of

RECORD_NAME = "ho-so-van-ban.json"
T = TypeVar("T")


@dataclass(frozen=True)
class Product:
    """What a file was turned into."""

    status: Status
    title: str
    identity: tuple[str, str, str]
    """(reference, ISO date, issuer): a second paper with the same three is the same dispatch; empty when unknown."""
    outputs: tuple[OutputFile, ...]
    problems: tuple[Problem, ...]
    timings: tuple[tuple[str, float], ...]
    """Seconds of processor time of each stage."""
    paper: Paper = field(default_factory=Paper)
    """The dispatch as the registers name it."""
    tasks: tuple[Task, ...] = ()
    """Our duties."""
    successions: tuple[Succession, ...] = ()
    """What it does to earlier dispatches."""


def process(data: bytes, name: str, profile: Profile, today: date, form: Form | None = None) -> Product:
    """Take one file all the way.

    Raises:
        DispatchError: the file cannot be read, or must not be.
        CongvanError: the profile or a template is wrong.
    """
    return develop(lambda: read_file(data, name, Beside(profile.trusted)), profile, today, form)


def develop(read: Callable[[], Reading], profile: Profile, today: date, form: Form | None = None) -> Product:
    """Take what is read all the way.

    Raises:
        DispatchError, CongvanError: as for ``process``.
    """
    clock: list[tuple[str, float]] = []
    reading = _timed(clock, "read", read)
    dispatch = reading.dispatch
    plan = _timed(clock, "plan", lambda: make_plan(dispatch, profile.on(today), today, form=form))
    letter, drafts = _timed(clock, "draft", lambda: _drafted(plan, today, profile.templates, dispatch.source.sha256))
    proof = _timed(clock, "prove", lambda: prove(plan, letter) if letter else None)
    told = (*dispatch.problems, *plan.problems, *(old_names(letter, today) if letter else _not_ours(dispatch)))
    problems = (*told, *(proof.problems if proof else ()))
    status = _status(dispatch, plan, problems) if letter else Status.NO_DUTY
    main = dispatch.main
    title, words = title_of(main), STATUS_WORDS[status]
    review = _timed(clock, "review", lambda: page_of(Reviewed(reading, plan, title, words, proof, told)))
    stored = (OutputFile(PLAN_NAME, "plan", plan_to_json(plan, dispatch.source.sha256)),) if letter else ()
    record = OutputFile(RECORD_NAME, "record", to_json(to_record(dispatch)))
    outputs = (*drafts, OutputFile(REVIEW_NAME, "review", review), *stored, record)
    kept = (paper_of(main), tasks_of(plan), main.successions)
    return Product(status, title, identity_of(main), outputs, problems, tuple(clock), *kept)


def _drafted(plan: Plan, today: date, templates: Path | None, source: str) -> tuple[Draft | None, tuple[OutputFile, ...]]:
    """The letter, for the proof, and the files; nothing where no duty is ours."""
    letter = letter_of(plan, today, templates, source)
    return letter, draft_all(plan, today, letter, templates) if letter else ()


def _timed(clock: list[tuple[str, float]], stage: str, work: Callable[[], T]) -> T:
    started = time.process_time()
    result = work()
    clock.append((stage, time.process_time() - started))
    return result


def _status(dispatch: Dispatch, plan: Plan, problems: tuple[Problem, ...]) -> Status:
    ours = [a for a in plan.assignments if a.relevance in (Relevance.MINE, Relevance.COUNTERPART)]
    doubtful = any(a.flags for a in ours) or any(due.flags for a in ours for due in a.dues)
    warned = any(problem.severity is not Severity.INFO for problem in problems)
    unsure = value_of(dispatch.main.reference) is None or value_of(dispatch.main.date) is None
    return Status.NEEDS_REVIEW if doubtful or warned or unsure else Status.DRAFTED


def _not_ours(dispatch: Dispatch) -> tuple[Problem, ...]:
    """A hint where a dispatch assigns duties and none is ours: a name may be missing in the profile."""
    if not any(document.duties for document in dispatch.documents):
        return ()
    message = "Văn bản có giao nhiệm vụ, nhưng cho nơi khác."
    remedy = "Nếu có việc của cơ quan mình, hãy thêm tên gọi dùng trong văn bản vào hồ sơ cơ quan rồi làm lại."
    return (Problem("I401", message, Severity.INFO, "", remedy),)


def title_of(document: Document) -> str:
    """Return the dispatch as a clerk calls it: "Công văn số 2718/UBND-VP ngày 19/9/2023 của UBND tỉnh …"."""
    kind, reference, issuer = value_of(document.type), value_of(document.reference), value_of(document.issuer)
    day = value_of(document.date)
    parts = [kind.name if kind else "Văn bản"]
    parts.append(f"số {reference}" if reference else "chưa có số")
    if day:
        parts.append(f"ngày {short_date(day)}")
    if issuer:
        parts.append(f"của {with_parent(issuer, value_of(document.parent))}")
    return " ".join(parts)


def identity_of(document: Document) -> tuple[str, str, str]:
    """Return what makes two papers the same dispatch (NĐ 30/2020 Phụ lục VI: number, symbol, issuer), or empty words.

    A guess makes no identity: a paper taken for another one would never be drafted.
    """
    values = (document.reference, document.date, document.issuer)
    if any(isinstance(value, Missing) or value.grade is Grade.GUESSED for value in values):
        return ("", "", "")
    reference, day, issuer = value_of(document.reference), value_of(document.date), value_of(document.issuer)
    return (fold(reference or ""), day.isoformat() if day else "", fold(issuer or ""))
