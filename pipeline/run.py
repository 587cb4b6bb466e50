"""A run over the inbox: process, write down, deliver, archive. One outcome for each file.

The order makes every cut harmless: ledger "delivering" → drafts by one rename → ledger "archiving" → original to the archive →
ledger "done". The next run finds the step in the ledger and goes on from there; until the last move the original stays in the inbox.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path

from extractors.errors import Problem, Severity
from pipeline import inbox, sandbox
from pipeline.errors import OutputNotWritable, WorkspaceBusy
from pipeline.inbox import Incoming
from pipeline.kept import Kept, Link, LinkKind
from pipeline.ledger import Entry, Ledger, Step, open_ledger
from pipeline.outcome import Outcome, Status
from pipeline.profile import load
from pipeline.sandbox import Job, Result, Work
from pipeline.settings import Settings, Workspace
from pipeline.stages import RECORD_NAME, Product
from pipeline.succession import succession_problems

LEDGER_NAME = "so-theo-doi.sqlite"
LOCK_NAME = "dang-chay.lock"
Watch = Callable[[int, int, str], None]
"""Told after each file: how many are done, of how many, its name."""
Choose = Callable[[Workspace], Sequence[Path]]
"""Says which files of the inbox are worked on, and in which order."""

_STAYS = (inbox.UNOPENED, inbox.CHANGED)
"""With these problems a file stays in the inbox for the next run."""
RESUMED = Problem("I404", "Lần chạy trước bị ngắt giữa chừng; lần này đã làm nốt.", Severity.INFO)


def run(settings: Settings, watch: Watch, do: Work = sandbox.work, choose: Choose = inbox.waiting) -> tuple[Outcome, ...]:
    """Process the files that ``choose`` finds in the inbox; ``do`` is what a worker does with a file.

    Raises:
        CongvanError: nothing can be processed at all (profile, template, folders, another run).
    """
    workspace = settings.workspace
    inbox.check_workspace(workspace)
    load(workspace.profile).on(settings.today)
    try:
        # A dry run writes nothing and may look on.
        with (
            nullcontext() if settings.dry_run else alone(workspace),
            open_ledger(workspace.state / LEDGER_NAME, dry_run=settings.dry_run) as ledger,
        ):
            return tuple(_outcomes(_Desk(settings, ledger), choose(workspace), watch, do))
    except OSError as error:
        raise OutputNotWritable.caused_by(error, workspace.root) from error


@contextmanager
def alone(workspace: Workspace) -> Iterator[None]:
    """Keep other runs out of the workspace.

    Raises:
        WorkspaceBusy: another one is at work.
        OutputNotWritable: the lock cannot be made.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(workspace.state / LOCK_NAME)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise WorkspaceBusy(str(workspace.root)) from None
    except OSError as error:
        raise OutputNotWritable.caused_by(error, workspace.state) from error
    try:
        yield
    finally:
        lock.release()


@dataclass(frozen=True)
class _Desk:
    """What the run has at hand: its settings, the ledger, and what it already said about the bytes it met."""

    settings: Settings
    ledger: Ledger
    said: dict[str, Outcome] = field(default_factory=dict)

    @property
    def workspace(self) -> Workspace:
        return self.settings.workspace

    def job(self, file: Incoming) -> Job:
        return Job(file.path, file.name, file.sha256, self.workspace.profile, self.settings.today, self.settings.form)

    def place(self, folder: str) -> Path | None:
        return self.workspace.drafts / folder if folder else None


def _outcomes(desk: _Desk, paths: Sequence[Path], watch: Watch, do: Work) -> Iterator[Outcome]:
    settings = desk.settings
    taken = (inbox.take(path, settings.limits.file_mb * 1024 * 1024) for path in paths)
    files = [file for file in taken if file is not None]
    _recover(desk, {file.sha256 for file in files})
    fresh = _fresh(files, desk.ledger)
    jobs = [desk.job(file) for file in fresh.values()]
    with closing(sandbox.run_all(jobs, settings.jobs, settings.limits, do)) as results:  # type: ignore[type-var]  # a generator
        for count, file in enumerate(files, 1):
            outcome = _settle(desk, file, next(results)) if fresh.get(file.sha256) is file else _known(desk, file)
            desk.said.setdefault(file.sha256, outcome)
            watch(count, len(files), file.name)
            yield outcome


def _fresh(files: Sequence[Incoming], ledger: Ledger) -> dict[str, Incoming]:
    """The files to process by their hash: readable, and bytes not seen before."""
    first: dict[str, Incoming] = {}
    for file in files:
        if file.problem is None and ledger.by_bytes(file.sha256) is None:
            first.setdefault(file.sha256, file)
    return first


def delivered(workspace: Workspace, folder: str, sha256: str) -> bool:
    """True when a folder of drafts holds the record of these bytes."""
    record = workspace.drafts / folder / RECORD_NAME
    return bool(folder) and record.is_file() and sha256.encode() in record.read_bytes()


def _recover(desk: _Desk, present: set[str]) -> None:
    """Bring the ledger in line with the folders after a run that was cut off."""
    for entry in desk.ledger.unfinished():
        if entry.step is Step.DELIVERING and not delivered(desk.workspace, entry.folder, entry.sha256):
            desk.ledger.forget(entry.sha256)
        elif entry.sha256 not in present:
            desk.ledger.reach(entry.sha256, Step.DONE)
        else:
            desk.ledger.reach(entry.sha256, Step.ARCHIVING)


def _settle(desk: _Desk, file: Incoming, result: Result) -> Outcome:
    product = result.product
    if not inbox.unchanged(file):
        return _left(file, inbox.CHANGED)
    if product is None:
        problem = result.problem or sandbox.UNEXPECTED
        return _left(file, problem) if problem in _STAYS else _refused(desk, file, (problem,))
    twin = desk.ledger.by_identity(product.identity)
    if twin is not None:
        return _duplicate(desk, file, twin, LinkKind.SAME_DISPATCH)
    outputs = tuple((output.kind, output.name) for output in product.outputs)
    warned = succession_problems(desk.ledger, product.identity, product.successions)
    status = Status.NEEDS_REVIEW if warned and product.status is Status.DRAFTED else product.status
    outcome = Outcome(file.name, file.sha256, status, None, outputs, (*product.problems, *warned), product.title)
    if not desk.settings.dry_run:
        outcome = replace(outcome, folder=inbox.free_folder(desk.workspace, inbox.folder_name(product.title, file.path.stem)))
    desk.ledger.begin(outcome, product.identity, desk.settings.today, kept_of(product))
    if outcome.folder is not None:
        inbox.deliver(desk.workspace.state / "staging" / file.sha256, product.outputs, outcome.folder)
    desk.ledger.reach(file.sha256, Step.ARCHIVING)
    _archive(desk, file)
    return outcome


def kept_of(product: Product) -> Kept:
    """Return what the ledger keeps of a product."""
    digests = {output.name: hashlib.sha256(output.data).hexdigest() for output in product.outputs}
    return Kept(product.paper, product.tasks, product.successions, digests)


def _archive(desk: _Desk, file: Incoming) -> None:
    if not desk.settings.dry_run:
        inbox.archive(desk.workspace, file)
    desk.ledger.reach(file.sha256, Step.DONE)


def _left(file: Incoming, problem: Problem) -> Outcome:
    """Refused for this run only: the file stays in the inbox."""
    return Outcome(file.name, file.sha256, Status.REFUSED, None, (), (problem,))


def _refused(desk: _Desk, file: Incoming, problems: tuple[Problem, ...]) -> Outcome:
    folder = None if desk.settings.dry_run else inbox.refuse(desk.workspace, file, problems).parent
    return Outcome(file.name, file.sha256, Status.REFUSED, folder, (), problems)


def _known(desk: _Desk, file: Incoming) -> Outcome:
    """A file that needs no worker: unreadable, cut off in an earlier run, or the same bytes as another."""
    if file.problem == inbox.UNOPENED or not inbox.unchanged(file):
        return _left(file, file.problem or inbox.CHANGED)
    if file.problem is not None:
        return _refused(desk, file, (file.problem,))
    entry = desk.ledger.by_bytes(file.sha256)
    if entry is not None and entry.step is Step.ARCHIVING:
        _archive(desk, file)
        return Outcome(file.name, file.sha256, entry.status, desk.place(entry.folder), entry.outputs, (RESUMED,), entry.title)
    if entry is not None:
        return _duplicate(desk, file, entry, LinkKind.SAME_BYTES)
    return _again(desk, file, desk.said[file.sha256])


def _again(desk: _Desk, file: Incoming, first: Outcome) -> Outcome:
    """The same bytes as a file of this run that left nothing in the ledger: the same fate."""
    if first.status is Status.REFUSED:
        left = [problem for problem in first.problems if problem in _STAYS]
        return _left(file, left[0]) if left else _refused(desk, file, first.problems)
    if not desk.settings.dry_run:
        inbox.archive(desk.workspace, file)
    return replace(first, file=file.name)


_LIKENESS = {
    LinkKind.SAME_BYTES: ("giống hệt", "Hãy xem dự thảo đã có."),
    LinkKind.SAME_DISPATCH: (
        "có cùng số, ký hiệu, ngày và cơ quan ban hành với",
        "Hãy xem dự thảo đã có; nếu đây là văn bản khác (đính chính, thay thế), hãy soạn bằng lệnh congvan draft.",
    ),
}


def _duplicate(desk: _Desk, file: Incoming, first: Entry, kind: LinkKind) -> Outcome:
    likeness, remedy = _LIKENESS[kind]
    message = f"Văn bản này {likeness} tệp {first.name} đã được xử lý nên không soạn lại."
    problem = Problem("I403", message, Severity.INFO, "", remedy)
    desk.ledger.link(Link(file.sha256, first.sha256, kind, desk.settings.today, file.name))
    if not desk.settings.dry_run:
        inbox.archive(desk.workspace, file)
    return Outcome(file.name, file.sha256, Status.DUPLICATE, desk.place(first.folder), (), (problem,), first.title)


def make_workspace(workspace: Workspace) -> None:
    """Make the folders of a workspace; what exists stays as it is.

    Raises:
        FolderError: the workspace would lie in another one's inbox.
    """
    inbox.check_outside_inbox(workspace.root)
    for folder in workspace.folders:
        folder.mkdir(parents=True, exist_ok=True)
