"""A run over the inbox: claim, process, deliver, archive, write down. One outcome for each file."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from extractors.errors import Problem, Severity
from pipeline import inbox, sandbox
from pipeline.errors import OutputNotWritable
from pipeline.inbox import Incoming
from pipeline.ledger import Entry, Ledger, open_ledger
from pipeline.outcome import Outcome, Status
from pipeline.profile import load
from pipeline.sandbox import Job, Result
from pipeline.settings import Settings, Workspace

LEDGER_NAME = "so-theo-doi.sqlite"
Watch = Callable[[int, int, str], None]
"""Told after each file: how many are done, of how many, its name."""


def run(settings: Settings, watch: Watch) -> tuple[Outcome, ...]:
    """Process every file of the inbox once.

    Raises:
        CongvanError: nothing can be processed at all (profile, template, folders).
    """
    workspace = settings.workspace
    inbox.check_workspace(workspace)
    load(workspace.profile).on(settings.today)
    files = [inbox.take(path) for path in inbox.waiting(workspace)]
    try:
        with open_ledger(workspace.state / LEDGER_NAME) as ledger:
            return tuple(_outcomes(settings, files, ledger, watch))
    except OSError as error:
        raise OutputNotWritable(str(error.filename or workspace.root), os.strerror(error.errno) if error.errno else "") from error


def _outcomes(settings: Settings, files: Sequence[Incoming], ledger: Ledger, watch: Watch) -> Iterator[Outcome]:
    fresh = _fresh(files, ledger)
    jobs = [Job(_copy(settings, file), settings.workspace.profile, settings.today, settings.form) for file in fresh]
    results = sandbox.run_all(jobs, settings.jobs, settings.limits)
    count = 0
    for file in files:
        if count < len(fresh) and file is fresh[count]:
            count += 1
            outcome = _settle(settings, file, next(results), ledger)
            watch(count, len(fresh), file.name)
        else:
            outcome = _repeat(settings, file, ledger.by_bytes(file.sha256))
        yield outcome
    shutil.rmtree(settings.workspace.state / "work", ignore_errors=True)


def _fresh(files: Sequence[Incoming], ledger: Ledger) -> list[Incoming]:
    """The files to process: bytes not seen before, or refused before (the remedy may have been taken)."""
    first: dict[str, Incoming] = {}
    for file in files:
        known = ledger.by_bytes(file.sha256)
        if known is None or known.status is Status.REFUSED:
            first.setdefault(file.sha256, file)
    return list(first.values())


def _copy(settings: Settings, file: Incoming) -> Path:
    """Work on a copy: whatever a worker does, the original stays as it came."""
    folder = settings.workspace.state / "work" / file.sha256
    folder.mkdir(parents=True, exist_ok=True)
    return Path(shutil.copyfile(file.path, folder / ("ban-lam-viec" + file.path.suffix.lower()[:6])))


def _settle(settings: Settings, file: Incoming, result: Result, ledger: Ledger) -> Outcome:
    if result.product is None:
        problems = (result.problem,) if result.problem else (sandbox.UNEXPECTED,)
        return _refused(settings, file, problems, ledger)
    product = result.product
    twin = ledger.by_identity(product.identity)
    if twin is not None:
        return _duplicate(settings, file, twin, product.title)
    outputs = tuple((output.kind, output.name) for output in product.outputs)
    outcome = Outcome(file.name, file.sha256, product.status, None, outputs, product.problems, product.title)
    if settings.dry_run:
        return outcome
    folder = inbox.deliver(settings.workspace, file, product.outputs, inbox.folder_name(product.title, file.path.stem))
    outcome = replace(outcome, folder=folder)
    ledger.add(outcome, product.identity, settings.today)
    inbox.archive(settings.workspace, file)
    return outcome


def _refused(settings: Settings, file: Incoming, problems: tuple[Problem, ...], ledger: Ledger) -> Outcome:
    outcome = Outcome(file.name, file.sha256, Status.REFUSED, None, (), problems)
    if settings.dry_run:
        return outcome
    where = inbox.refuse(settings.workspace, file, problems)
    outcome = replace(outcome, folder=where.parent)
    ledger.add(outcome, ("", "", ""), settings.today)
    return outcome


def _repeat(settings: Settings, file: Incoming, known: Entry | None) -> Outcome:
    """The same bytes as before, in an earlier run or in this one."""
    if known is None:
        problem = Problem("I402", "Tệp giống hệt một tệp khác trong lần chạy này.", Severity.INFO)
        return Outcome(file.name, file.sha256, Status.DUPLICATE, None, (), (problem,))
    return _duplicate(settings, file, known, known.title)


def _duplicate(settings: Settings, file: Incoming, first: Entry, title: str) -> Outcome:
    message = f"Văn bản này đã được xử lý từ tệp {first.name}."
    remedy = f"Xem kết quả tại {first.folder}." if first.folder else "Không cần làm gì thêm."
    if not settings.dry_run:
        inbox.archive(settings.workspace, file)
    return Outcome(
        file.name, file.sha256, Status.DUPLICATE, first.folder, (), (Problem("I403", message, Severity.INFO, "", remedy),), title
    )


def make_workspace(workspace: Workspace) -> None:
    """Make the folders of a workspace; what exists stays as it is."""
    for folder in workspace.folders:
        folder.mkdir(parents=True, exist_ok=True)
