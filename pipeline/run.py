"""A run over the inbox: process, write down, deliver, archive. One outcome for each file.

The order makes every cut harmless: ledger "delivering" → drafts by one rename → ledger "archiving" → original to the archive →
ledger "done". The next run finds the step in the ledger and goes on from there; until the last move the original stays in the inbox.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from itertools import chain, count
from pathlib import Path

from extractors.errors import LoneEnvelope, Problem, SecretDocument, Severity
from pipeline import cases, inbox, sandbox
from pipeline.errors import OutputNotWritable, WorkspaceBusy
from pipeline.inbox import Incoming
from pipeline.kept import Kept, Link, LinkKind
from pipeline.ledger import Entry, Ledger, Step, open_ledger
from pipeline.outcome import Outcome, Status
from pipeline.profile import load
from pipeline.sandbox import Dropped, Job, Result, Work
from pipeline.settings import Settings, Workspace
from pipeline.stages import RECORD_NAME, Product
from pipeline.succession import succession_problems

LEDGER_NAME = "so-theo-doi.sqlite"
LOCK_NAME = "dang-chay.lock"
_LETTING_GO = 3.0
"""Seconds: the workers of a run that was killed a moment ago may still hold its lock."""
Watch = Callable[[int, int, str], None]
"""Told after each file: how many are done, of how many, its name."""


@dataclass(frozen=True)
class Hooks:
    """What a run asks and tells on its way."""

    choose: Callable[[Workspace], Sequence[Path]] = inbox.waiting
    """Says which files of the inbox are worked on, and in which order."""
    stop: Callable[[], bool] = lambda: False
    """True when the run shall end: the file at hand is finished, or left in the inbox when nothing of it was delivered yet."""
    told: Callable[[Outcome], None] = lambda _: None
    """Told each outcome as soon as it is certain."""
    decided: Callable[[Outcome], None] = lambda _: None
    """Told each outcome before the original leaves the inbox; after a cut, once more. Not told in a dry run."""


_STAYS = (inbox.UNOPENED, inbox.CHANGED)
"""With these problems a file stays in the inbox for the next run."""
RESUMED = Problem("I404", "Lần chạy trước bị ngắt giữa chừng; lần này đã làm nốt.", Severity.INFO)


def run(settings: Settings, watch: Watch, do: Work = sandbox.work, hooks: Hooks = Hooks()) -> tuple[Outcome, ...]:
    """Process the files of the inbox once; ``do`` is what a worker does with a file.

    Raises:
        CongvanError: nothing can be processed at all (profile, template, folders, another run).
    """
    with nullcontext() if settings.dry_run else alone(settings.workspace):  # a dry run writes nothing and may look on
        return work_through(settings, watch, do, hooks)


def work_through(settings: Settings, watch: Watch, do: Work, hooks: Hooks) -> tuple[Outcome, ...]:
    """Do what ``run`` does, for a caller that already keeps other runs out by ``alone``.

    Raises:
        CongvanError: nothing can be processed at all (profile, template, folders).
    """
    workspace = settings.workspace
    with books(settings) as ledger:
        paths = cases.whole(hooks.choose(workspace), inbox.waiting(workspace), workspace)
        return tuple(_outcomes(_Desk(settings, ledger, hooks), paths, watch, do))


@contextmanager
def books(settings: Settings) -> Iterator[Ledger]:
    """Lend the ledger of a workspace that is fit for work on the day of the settings; a dry run gets a copy.

    Raises:
        CongvanError: a folder is missing, the profile or a template is wrong, the ledger or a folder cannot be written.
    """
    workspace = settings.workspace
    inbox.check_workspace(workspace)
    load(workspace.profile).on(settings.today)
    try:
        with open_ledger(workspace.state / LEDGER_NAME, dry_run=settings.dry_run) as ledger:
            yield ledger
    except OSError as error:
        raise OutputNotWritable.caused_by(error, workspace.root) from error


@contextmanager
def alone(workspace: Workspace) -> Iterator[None]:
    """Keep other runs out of the workspace.

    Whether the workspace is there is asked first: a lock would make its folder anew, at the place where a share is to come back.

    Raises:
        FolderError: a folder of the workspace is missing.
        WorkspaceBusy: another one is at work.
        OutputNotWritable: the lock cannot be made.
    """
    from filelock import FileLock, Timeout

    inbox.check_workspace(workspace)
    lock = FileLock(workspace.state / LOCK_NAME)
    try:
        lock.acquire(timeout=_LETTING_GO)
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
    hooks: Hooks
    said: dict[str, Outcome] = field(default_factory=dict)
    apart: list[Incoming] = field(default_factory=list)
    """Files that turned out to be no part of their case; each is worked on by itself afterwards."""

    @property
    def workspace(self) -> Workspace:
        return self.settings.workspace

    def job(self, files: Sequence[Incoming], *, together: bool = False) -> Job:
        """The job of a case; its files by the order of their names."""
        first, *others = (Dropped(file.path, file.name, file.sha256) for file in files)
        about = (self.workspace.profile, self.settings.today, self.settings.form)
        return Job(first.path, first.name, first.sha256, *about, tuple(others), together)

    def decide(self, outcome: Outcome) -> Outcome:
        """Return the outcome after telling it to who keeps the log."""
        if not self.settings.dry_run:
            self.hooks.decided(outcome)
        return outcome

    def place(self, folder: str) -> Path | None:
        return self.workspace.drafts / folder if folder else None


def _outcomes(desk: _Desk, paths: Sequence[Path], watch: Watch, do: Work) -> Iterator[Outcome]:
    taken = (inbox.take(path, desk.settings.limits.file_mb * 1024 * 1024) for path in paths)
    files = [file for file in taken if file is not None]
    _recover(desk, {file.sha256 for file in files})
    told = count(1)
    for outcome in chain(_cases(desk, files, do), _left_apart(desk, do)):
        desk.said.setdefault(outcome.sha256, outcome)
        desk.hooks.told(outcome)
        watch(next(told), len(files), outcome.file)
        yield outcome


def _cases(desk: _Desk, files: Sequence[Incoming], do: Work) -> Iterator[Outcome]:
    whole = cases.group(files, desk.workspace)
    fresh = _fresh([file for case in whole for file in case.files], desk.ledger)
    new = [[file for file in case.files if fresh.get(file.sha256) is file] for case in whole]
    jobs = [desk.job(own, together=case.together) for case, own in zip(whole, new, strict=True) if own]
    with closing(_run_all(desk, jobs, do)) as results:
        for case, own in zip(whole, new, strict=True):
            result = next(results, None) if own else None
            if _released(desk, result):
                return
            yield from _settle(desk, own, result, case.files) if result else ()
            for file in case.files:
                if file not in own and file.sha256 in {other.sha256 for other in desk.apart}:
                    desk.apart.append(file)
                elif file not in own:
                    yield _known(desk, file)


def _left_apart(desk: _Desk, do: Work) -> Iterator[Outcome]:
    """Work on what turned out to be no part of its case, each file by itself."""
    first = {file.sha256: file for file in reversed(desk.apart)}
    with closing(_run_all(desk, [desk.job([file]) for file in desk.apart if first[file.sha256] is file], do)) as results:
        for file in desk.apart:
            result = next(results, None) if first[file.sha256] is file else None
            if _released(desk, result):
                return
            if result:
                yield from _settle(desk, [file], result, ())
            else:
                yield _known(desk, file)


def _released(desk: _Desk, result: Result | None) -> bool:
    """True when the run shall end here; a worker that the stop of a whole service took along says nothing about its file."""
    return desk.hooks.stop() and (result is None or result.problem == sandbox.CRASHED)


def _run_all(desk: _Desk, jobs: Sequence[Job], do: Work) -> Generator[Result]:
    return sandbox.run_all(jobs, desk.settings.jobs, desk.settings.limits, do, desk.hooks.stop)  # type: ignore[return-value]  # it is a generator


def _fresh(files: Sequence[Incoming], ledger: Ledger) -> dict[str, Incoming]:
    """The files to process by their hash: readable, and bytes not seen before."""
    first: dict[str, Incoming] = {}
    for file in files:
        if file.problem is None and (ledger.by_bytes(file.sha256) or ledger.by_companion(file.sha256)) is None:
            first.setdefault(file.sha256, file)
    return first


def delivered(workspace: Workspace, folder: str, sha256: str) -> bool:
    """True when a folder of drafts holds the record of these bytes."""
    record = workspace.drafts / folder / RECORD_NAME
    return bool(folder) and record.is_file() and sha256.encode() in record.read_bytes()


def _recover(desk: _Desk, present: set[str]) -> None:
    """Bring the ledger in line with the folders after a run that was cut off."""
    waiting = {inbox.shown(path.name) for path in inbox.waiting(desk.workspace)}
    for entry in desk.ledger.unfinished():
        if entry.step is Step.DELIVERING and not delivered(desk.workspace, entry.folder, entry.sha256):
            desk.ledger.forget(entry.sha256)
        elif entry.sha256 not in present and entry.name in waiting:
            continue  # its original may be the file of that name that is not worked on yet
        elif entry.sha256 not in present:
            desk.ledger.reach(entry.sha256, Step.DONE)
        else:
            desk.ledger.reach(entry.sha256, Step.ARCHIVING)


def _settle(desk: _Desk, files: Sequence[Incoming], result: Result, case: Sequence[Incoming]) -> Iterator[Outcome]:
    """Settle the new files of a case, which may hold files that were processed before."""
    product, problem = result.product, result.problem or sandbox.UNEXPECTED
    if not all(map(inbox.unchanged, files)):
        yield from (_left(desk, file, inbox.CHANGED) for file in files)
    elif product is not None:
        main = next((file for file in files if file.sha256 == result.main), files[0])
        companions = [file for file in files if file.sha256 in result.companions]
        desk.apart.extend(file for file in files if file is not main and file not in companions)
        yield from _dispatch(desk, main, product, companions)
    elif problem in _STAYS:
        yield from (_left(desk, file, problem) for file in files)
    elif problem.code == LoneEnvelope.code and (before := _processed(desk, case)) is not None:
        yield from (_companion(desk, file, before) for file in files)
    elif len(files) > 1 and problem.code != SecretDocument.code:
        desk.apart.extend(files)
    else:
        yield from (_refused(desk, file, (problem,)) for file in files)


def _processed(desk: _Desk, case: Sequence[Incoming]) -> Entry | None:
    """The dispatch of a case that was processed before."""
    return next(filter(None, (desk.ledger.by_bytes(file.sha256) for file in case)), None)


def _dispatch(desk: _Desk, file: Incoming, product: Product, companions: Sequence[Incoming]) -> Iterator[Outcome]:
    """Deliver a dispatch; its companions are written down before, and moved before it, so that none is ever left alone."""
    twin = desk.ledger.by_identity(product.identity)
    if twin is not None:
        told = [_companion(desk, other, twin) for other in companions]
        yield _duplicate(desk, file, twin, LinkKind.SAME_DISPATCH)
        yield from told
        return
    outputs = tuple((output.kind, output.name) for output in product.outputs)
    warned = succession_problems(desk.ledger, product.identity, product.successions)
    status = Status.NEEDS_REVIEW if warned and product.status is Status.DRAFTED else product.status
    outcome = Outcome(file.name, file.sha256, status, None, outputs, (*product.problems, *warned), product.title)
    if not desk.settings.dry_run:
        outcome = replace(outcome, folder=inbox.free_folder(desk.workspace, inbox.folder_name(product.title, file.path.stem)))
    desk.ledger.begin(outcome, product.identity, desk.settings.today, kept_of(product))
    for other in companions:
        desk.ledger.link(Link(other.sha256, file.sha256, LinkKind.COMPANION, desk.settings.today, other.name))
    if outcome.folder is not None:
        inbox.deliver(desk.workspace.state / "staging" / file.sha256, product.outputs, outcome.folder)
    desk.ledger.reach(file.sha256, Step.ARCHIVING)
    entry = desk.ledger.by_bytes(file.sha256)
    told = [_companion(desk, other, entry) for other in companions if entry is not None]
    yield _archived(desk, file, outcome)
    yield from told


def _companion(desk: _Desk, file: Incoming, main: Entry) -> Outcome:
    """Archive a file that belongs to a dispatch; its outcome points there."""
    desk.ledger.link(Link(file.sha256, main.sha256, LinkKind.COMPANION, desk.settings.today, file.name))
    problem = Problem(
        "I239", f"Tệp này đi cùng văn bản trong tệp {main.name}, đã xử lý chung.", Severity.INFO, "", "Hãy xem dự thảo đã có."
    )
    outcome = Outcome(file.name, file.sha256, Status.DUPLICATE, desk.place(main.folder), (), (problem,), main.title)
    return _put_away(desk, file, outcome)


def kept_of(product: Product) -> Kept:
    """Return what the ledger keeps of a product."""
    digests = {output.name: hashlib.sha256(output.data).hexdigest() for output in product.outputs}
    return Kept(product.paper, product.tasks, product.successions, digests)


def _put_away(desk: _Desk, file: Incoming, outcome: Outcome) -> Outcome:
    """Move the original to the archive, once its outcome is told."""
    desk.decide(outcome)
    if not desk.settings.dry_run:
        inbox.archive(desk.workspace, file)
    return outcome


def _archived(desk: _Desk, file: Incoming, outcome: Outcome) -> Outcome:
    """Put away the original of a dispatch that the ledger follows; its last step."""
    _put_away(desk, file, outcome)
    desk.ledger.reach(file.sha256, Step.DONE)
    return outcome


def _left(desk: _Desk, file: Incoming, problem: Problem) -> Outcome:
    """Refused for this run only: the file stays in the inbox."""
    return desk.decide(Outcome(file.name, file.sha256, Status.REFUSED, None, (), (problem,)))


def _refused(desk: _Desk, file: Incoming, problems: tuple[Problem, ...]) -> Outcome:
    folder = None if desk.settings.dry_run else desk.workspace.refused
    outcome = desk.decide(Outcome(file.name, file.sha256, Status.REFUSED, folder, (), problems))
    if not desk.settings.dry_run:
        inbox.refuse(desk.workspace, file, problems)
    return outcome


def _known(desk: _Desk, file: Incoming) -> Outcome:
    """A file that needs no worker: unreadable, cut off in an earlier run, or the same bytes as another."""
    if file.problem == inbox.UNOPENED or not inbox.unchanged(file):
        return _left(desk, file, file.problem or inbox.CHANGED)
    if file.problem is not None:
        return _refused(desk, file, (file.problem,))
    entry = desk.ledger.by_bytes(file.sha256)
    if entry is not None and entry.step is Step.ARCHIVING:
        place = desk.place(entry.folder)
        return _archived(desk, file, Outcome(file.name, file.sha256, entry.status, place, entry.outputs, (RESUMED,), entry.title))
    if entry is not None:
        return _duplicate(desk, file, entry, LinkKind.SAME_BYTES)
    main = desk.ledger.by_companion(file.sha256)
    if main is not None:
        return _companion(desk, file, main)
    return _again(desk, file, desk.said[file.sha256])


def _again(desk: _Desk, file: Incoming, first: Outcome) -> Outcome:
    """The same bytes as a file of this run that left nothing in the ledger: the same fate."""
    if first.status is Status.REFUSED:
        left = [problem for problem in first.problems if problem in _STAYS]
        return _left(desk, file, left[0]) if left else _refused(desk, file, first.problems)
    return _put_away(desk, file, replace(first, file=file.name))


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
    outcome = Outcome(file.name, file.sha256, Status.DUPLICATE, desk.place(first.folder), (), (problem,), first.title)
    return _put_away(desk, file, outcome)


def make_workspace(workspace: Workspace) -> None:
    """Make the folders of a workspace; what exists stays as it is.

    Raises:
        FolderError: the workspace would lie in another one's inbox.
    """
    inbox.check_outside_inbox(workspace.root)
    for folder in workspace.folders:
        folder.mkdir(parents=True, exist_ok=True)
