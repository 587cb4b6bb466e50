"""A run over the inbox: process, write down, deliver, archive. One outcome for each file.

The order makes every cut harmless: ledger "delivering" → drafts by one rename → ledger "archiving" → original to the archive →
ledger "done". The next run finds the step in the ledger and goes on from there; until the last move the original stays in the inbox.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, contextmanager, nullcontext
from itertools import chain, count, takewhile
from pathlib import Path

from pipeline import cases, inbox, sandbox
from pipeline.desk import Desk, Hooks
from pipeline.errors import LedgerDamaged, OutputNotWritable, WorkspaceBusy
from pipeline.inbox import Incoming
from pipeline.ledger import Ledger, Step, open_ledger
from pipeline.outcome import Outcome
from pipeline.profile import load
from pipeline.sandbox import Job, Result, Work
from pipeline.settings import Settings, Workspace
from pipeline.settling import known, settle
from pipeline.stages import RECORD_NAME

LEDGER_NAME = "so-theo-doi.sqlite"
LOCK_NAME = "dang-chay.lock"
_LETTING_GO = 3.0
"""Seconds: the workers of a run that was killed a moment ago may still hold its lock."""
Watch = Callable[[int, int, str], None]
"""Told after each file: how many are done, of how many, its name."""
_ALONE = Hooks()
"""Of a run that nobody asks or listens to."""


def run(settings: Settings, watch: Watch, do: Work = sandbox.work, hooks: Hooks = _ALONE) -> tuple[Outcome, ...]:
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
        return tuple(_outcomes(Desk(settings, ledger, hooks), paths, watch, do))


@contextmanager
def books(settings: Settings) -> Iterator[Ledger]:
    """Lend the ledger of a workspace that is fit for work on the day of the settings; a dry run gets a copy.

    Raises:
        CongvanError: a folder is missing, the profile or a template is wrong, the ledger or a folder cannot be written.
        LedgerDamaged: the ledger is not whole, or it knows nothing although there are originals in the archive.
    """
    workspace = settings.workspace
    inbox.check_workspace(workspace)
    try:
        load(workspace.profile).on(settings.today)
    except OSError as error:
        raise inbox.cannot_open(workspace.profile, error) from error
    try:
        with open_ledger(workspace.state / LEDGER_NAME, dry_run=settings.dry_run) as ledger:
            _check_ledger(workspace, ledger)
            yield ledger
    except OSError as error:
        raise OutputNotWritable.caused_by(error, workspace.root) from error


def _check_ledger(workspace: Workspace, ledger: Ledger) -> None:
    """A file cut to nothing is an empty ledger to SQLite; only the archive tells that it was not empty before."""
    if not ledger.sound(quick=True):
        raise LedgerDamaged(str(workspace.state / LEDGER_NAME))
    if ledger.last_day() is None and (kept := next(workspace.archive.iterdir(), None)) is not None:
        detail = f"Sổ trống, trong khi kho lưu đã có bản gốc ({inbox.shown(kept.name)})."
        raise LedgerDamaged(str(workspace.state / LEDGER_NAME), detail)


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


def _outcomes(desk: Desk, paths: Sequence[Path], watch: Watch, do: Work) -> Iterator[Outcome]:
    taken = (inbox.take(path, desk.settings.limits.file_mb * 1024 * 1024) for path in paths)
    files = [file for file in taken if file is not None]
    _recover(desk, {file.sha256 for file in files})
    told = count(1)
    for outcome in chain(_cases(desk, files, do), _left_apart(desk, do)):
        desk.said.setdefault(outcome.sha256, outcome)
        desk.hooks.told(outcome)
        watch(next(told), len(files), outcome.file)
        yield outcome


def _cases(desk: Desk, files: Sequence[Incoming], do: Work) -> Iterator[Outcome]:
    whole = cases.group(files, desk.workspace)
    fresh = _fresh([file for case in whole for file in case.files], desk.ledger)
    new = [[file for file in case.files if fresh.get(file.sha256) is file] for case in whole]
    jobs = [desk.job(own, together=case.together) for case, own in zip(whole, new, strict=True) if own]
    with closing(_run_all(desk, jobs, do)) as results:
        for case, own in zip(whole, new, strict=True):
            result = next(results, None) if own else None
            if _released(desk, result):
                return
            yield from settle(desk, own, result, case.files) if result else ()
            for file in case.files:
                if file not in own and file.sha256 in {other.sha256 for other in desk.apart}:
                    desk.apart.append(file)
                elif file not in own:
                    yield known(desk, file)


def _left_apart(desk: Desk, do: Work) -> Iterator[Outcome]:
    """Work on what turned out to be no part of its case, each file by itself."""
    first = {file.sha256: file for file in reversed(desk.apart)}
    with closing(_run_all(desk, [desk.job([file]) for file in desk.apart if first[file.sha256] is file], do)) as results:
        for file in desk.apart:
            result = next(results, None) if first[file.sha256] is file else None
            if _released(desk, result):
                return
            if result:
                yield from settle(desk, [file], result, ())
            else:
                yield known(desk, file)


def _released(desk: Desk, result: Result | None) -> bool:
    """True when the run shall end here; a worker that the stop of a whole service took along says nothing about its file."""
    if result is None and desk.hooks.enough():
        return True
    return desk.hooks.stop() and (result is None or result.problem == sandbox.CRASHED)


def _run_all(desk: Desk, jobs: Sequence[Job], do: Work) -> Generator[Result]:
    begun = takewhile(lambda _: not desk.hooks.enough(), jobs)
    return sandbox.run_all(begun, desk.settings.jobs, desk.settings.limits, do, desk.hooks.stop)  # type: ignore[return-value]  # it is a generator


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


def _recover(desk: Desk, present: set[str]) -> None:
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


def make_workspace(workspace: Workspace) -> None:
    """Make the folders of a workspace; what exists stays as it is.

    Raises:
        FolderError: the workspace would lie in another one's inbox.
    """
    inbox.check_outside_inbox(workspace.root)
    for folder in workspace.folders:
        folder.mkdir(parents=True, exist_ok=True)
