"""Drafting a dispatch once more on request, after a change of profile or template: a new version beside the one that is there.

What was delivered before is never written over, moved or deleted. The order makes every cut harmless: ledger "delivering" → drafts by
one rename → ledger "done"; until then the version before counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

from extractors.errors import Problem, Severity
from pipeline import inbox, moving, sandbox
from pipeline.errors import NotInLedger
from pipeline.inbox import Incoming
from pipeline.ledger import Entry, Ledger, Step, Version
from pipeline.outcome import Outcome, Status
from pipeline.run import Watch, alone, books, delivered
from pipeline.sandbox import Dropped, Job, Work
from pipeline.settings import Settings, Workspace
from pipeline.settling import kept_of
from pipeline.stages import Product
from pipeline.standing import Originals, edited
from pipeline.versions import ONLY_WORDS, differences

SHORTEST_HASH = 8
"""Letters of a hash that are enough to name a file."""
NOT_COMPARED = "không so được vì bản trước do phiên bản cũ của phần mềm soạn"
NO_ORIGINAL = Problem(
    "E262",
    "Không còn bản gốc trong 3-luu-ban-goc nên không soạn lại được.",
    Severity.ERROR,
    remedy="Hãy chép bản gốc vào 3-luu-ban-goc (từ bản sao lưu) rồi gõ lại lệnh.",
)
SAME = Problem(
    "I410",
    "Bản soạn lại giống hệt bản đã có nên không ghi thêm.",
    Severity.INFO,
    remedy="Không cần làm gì thêm.",
)


@dataclass(frozen=True)
class _Desk:
    settings: Settings
    ledger: Ledger

    @property
    def workspace(self) -> Workspace:
        return self.settings.workspace


def again(
    settings: Settings, names: Sequence[str], watch: Watch, do: Work = sandbox.work, decided: Callable[[Outcome], None] = lambda _: None
) -> tuple[Outcome, ...]:
    """Draft the named dispatches once more; a name is a file's, a hash (or its beginning), a folder of drafts, or a number of arrival.

    ``decided`` hears each outcome as soon as it is certain; not in a dry run.

    Raises:
        NotInLedger: no dispatch, or more than one, is called so; nothing is drafted then.
        CongvanError: nothing can be processed at all (profile, template, folders, another run).
    """
    # A dry run writes nothing and may look on.
    with nullcontext() if settings.dry_run else alone(settings.workspace), books(settings) as ledger:
        recover_versions(settings.workspace, ledger)
        entries = tuple({entry.sha256: entry for name in names for entry in (named(ledger, name),)}.values())
        outcomes = []
        for outcome in _outcomes(_Desk(settings, ledger), entries, watch, do):
            if not settings.dry_run:
                decided(outcome)
            outcomes.append(outcome)
        return tuple(outcomes)


def named(ledger: Ledger, name: str) -> Entry:
    """Return the dispatch that a clerk names.

    Raises:
        NotInLedger: none is called so, or several.
    """
    entries = ledger.entries()
    folder = ledger.by_folder(name)
    number = [entry for entry in entries if entry.arrival and name == f"{entry.arrival.number}/{entry.arrival.year}"]
    by_hash = [entry for entry in entries if len(name) >= SHORTEST_HASH and entry.sha256.startswith(name.lower())]
    found = by_hash or ([folder] if folder else []) or number or [entry for entry in entries if entry.name == Path(name).name]
    if len(found) != 1:
        listed = ", ".join(f"{entry.arrival.number}/{entry.arrival.year}" for entry in found if entry.arrival)
        raise NotInLedger(name, f"Có {len(found)} văn bản mang tên này: số đến {listed}." if found else "")
    return found[0]


def recover_versions(workspace: Workspace, ledger: Ledger) -> None:
    """Bring the further versions in line with the folders after a command that was cut off."""
    for version in ledger.versions():
        if version.number > 1 and version.step is not Step.DONE:
            if delivered(workspace, version.folder, version.sha256):
                ledger.finish_version(version)
            else:
                ledger.drop_version(version)


def _outcomes(desk: _Desk, entries: Sequence[Entry], watch: Watch, do: Work) -> Iterator[Outcome]:
    originals = Originals(desk.workspace.archive)
    files: dict[str, Incoming] = {}
    for entry in entries:
        path = originals.find(entry.sha256, entry.name)
        taken = inbox.take(path, desk.settings.limits.file_mb * 1024 * 1024) if path else None
        if taken is not None and taken.problem is None:
            files[entry.sha256] = taken
    settings = desk.settings
    jobs = [_job(desk, originals, file) for file in files.values()]
    with closing(sandbox.run_all(jobs, settings.jobs, settings.limits, do)) as results:  # type: ignore[type-var]  # a generator
        for count, entry in enumerate(entries, 1):
            result = next(results) if entry.sha256 in files else None
            problem = NO_ORIGINAL if result is None else result.problem
            if result is not None and result.product is not None:
                yield _drafted(desk, entry, result.product)
            else:
                yield Outcome(entry.name, entry.sha256, Status.REFUSED, None, (), (problem or sandbox.UNEXPECTED,), entry.title)
            watch(count, len(entries), entry.name)


def _job(desk: _Desk, originals: Originals, file: Incoming) -> Job:
    """The job of a dispatch, with what came with it as far as it still lies in the archive."""
    lying = ((sha256, originals.find(sha256, "")) for sha256 in desk.ledger.companions(file.sha256))
    others = tuple(Dropped(path, inbox.shown(path.name), sha256) for sha256, path in lying if path is not None)
    settings = desk.settings
    about = (desk.workspace.profile, settings.today, settings.form)
    return Job(
        file.path,
        file.name,
        file.sha256,
        *about,
        others,
        together=file.path.parent != desk.workspace.archive,
        pages=desk.settings.limits.pages,
    )


def _drafted(desk: _Desk, entry: Entry, product: Product) -> Outcome:
    ledger, kept = desk.ledger, kept_of(product)
    outputs = tuple((output.kind, output.name) for output in product.outputs)
    outcome = Outcome(entry.name, entry.sha256, product.status, None, outputs, product.problems, product.title, product.paper.urgency)
    last = next(version for version in ledger.versions() if (version.sha256, version.number) == (entry.sha256, entry.version))
    before = {output.name: output.sha256 for output in ledger.outputs_in(last)}
    if all(before.get(name) == sha256 for name, sha256 in kept.digests.items()):
        return replace(outcome, folder=_place(desk, last.folder), problems=(*product.problems, SAME))
    compared = differences(ledger.duties_of(entry.sha256), kept.tasks) if any(before.values()) else (NOT_COMPARED,)
    notes = tuple(_notes(desk, last, compared))
    outcome = replace(outcome, problems=(*notes, *product.problems))
    if not desk.settings.dry_run:
        name = f"{moving.folder_name(product.title, Path(entry.name).stem)}-ban-{last.number + 1}"
        outcome = replace(outcome, folder=moving.free_folder(desk.workspace, name))
    version = ledger.begin_version(outcome, desk.settings.today, kept)
    if outcome.folder is not None:
        moving.deliver(desk.workspace.state / "staging" / f"{entry.sha256}-{version.number}", product.outputs, outcome.folder)
    ledger.finish_version(version)
    return outcome


def _place(desk: _Desk, folder: str) -> Path | None:
    return desk.workspace.drafts / folder if folder and not desk.settings.dry_run else None


def _notes(desk: _Desk, last: Version, found: Sequence[str]) -> Iterator[Problem]:
    """What differs from the version before, and whether somebody edited that one."""
    said = "; ".join(found) or ONLY_WORDS
    message = f"Bản {last.number + 1} so với bản {last.number} (thư mục {last.folder}): {said}."
    yield Problem("I408", message, Severity.INFO, "", "Hãy dùng bản mới, hoặc chép phần khác sang bản đang sửa.")
    changed = edited(desk.workspace, desk.ledger, last)
    if changed:
        files = ", ".join(output.name for output in changed)
        message = f"Bản trước đã được sửa ({files}) và được giữ nguyên trong thư mục {last.folder}."
        yield Problem("I411", message, Severity.INFO, "", "Hãy chuyển những chỗ đã sửa sang bản mới nếu dùng bản mới.")
