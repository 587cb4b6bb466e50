"""The last word on a dispatch ("bản chốt"): clean copy, task sheets, table, calendar and ledger as the reviewer left the draft.

Everything is made first, in memory. Then, in one transaction of the ledger, the duties are replaced and the files put in place by one
rename: an error or a cut leaves either all of it or nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from extractors.dispatch import Dispatch
from extractors.errors import Problem, Severity
from extractors.evidence import value_of
from extractors.readers.docx_package import Package
from extractors.text import fold, squeeze
from pipeline import moving
from pipeline.conformance.check import check
from pipeline.drafting.docx_marks import bookmark_of
from pipeline.drafting.docx_writer import write
from pipeline.drafting.draft import OutputFile, follow_up, letter_of
from pipeline.drafting.tasks import tasks_of
from pipeline.errors import NothingRead, NotReady
from pipeline.finalizing import changes_file
from pipeline.finalizing.appendix import stale
from pipeline.finalizing.case import Case
from pipeline.finalizing.changes import ADDED, Review
from pipeline.finalizing.clean import clean
from pipeline.finalizing.items import read_draft
from pipeline.finalizing.matching import pair
from pipeline.finalizing.names import Names
from pipeline.finalizing.open_points import open_points
from pipeline.kept import FINAL, Delivered, Task
from pipeline.ledger import Ledger
from pipeline.plan_file import PLAN_NAME, to_json
from pipeline.planning.plan import Plan
from pipeline.profile import Profile
from pipeline.versions import differences

FOLDER = "ban-chot"
"""Where the last word lies, inside the folder of drafts."""
LETTER = "cong-van.docx"
SAME = Problem("I331", "Bản chốt giống hệt bản chốt đã có nên không ghi thêm.", Severity.INFO, remedy="Không cần làm gì thêm.")


@dataclass(frozen=True)
class LastWord:
    """What follows from a reviewed draft, ready to be put in place."""

    plan: Plan
    tasks: tuple[Task, ...]
    outputs: tuple[OutputFile, ...]
    changes: tuple[str, ...]
    """What the reviewer changed, a line each."""
    problems: tuple[Problem, ...]


def build(case: Case, profile: Profile, today: date, earlier: Sequence[Task], *, force: bool) -> LastWord:
    """Return what follows from a reviewed draft; ``earlier`` are the ledger's duties, for those that an earlier last word added.

    Raises:
        NotReady: something is still open; with every place. Not with ``force``.
        NothingRead: no duty of the plan is in the paper.
        NoAuthorityOnDay, TemplateError, DispatchError: as their names say.
    """
    plan = case.stored.plan
    letter = letter_of(plan, plan.today, profile.templates, case.stored.source)
    keys = {bookmark_of(a.key): a.key for a in plan.assignments}
    base = read_draft(write(letter) if letter else b"", LETTER, keys)
    now = read_draft(case.data, case.name, keys)
    pairs = pair(base.items, now.items)
    if not any(old.key for old, _ in pairs.kept):
        raise NothingRead(str(case.name))
    known = {task.text: task.key for task in earlier if task.key.startswith(ADDED)}
    reviewed = Review(plan, Names(profile.on(today), plan.authority), known).result(pairs)
    still = (*open_points(Package(case.data)), *reviewed.blocking)
    if still and not force:
        raise NotReady(case.name, problems=still)
    final = _completed(reviewed.plan, now.dispatch)
    before, after = tasks_of(plan), tasks_of(final)
    copy = clean(case.data)
    follow = follow_up(final, _day(now.dispatch, plan.today), profile.templates)
    outputs = (
        OutputFile(LETTER, FINAL, copy),
        *map(_final, follow),
        OutputFile(PLAN_NAME, FINAL, to_json(final, case.stored.source)),
        OutputFile(changes_file.NAME, FINAL, changes_file.of(plan, before, after)),
    )
    notes = (*still, *reviewed.notes, *stale(base, now, final, pairs), *_form(copy))
    return LastWord(final, after, outputs, differences(before, after), notes)


def _final(made: OutputFile) -> OutputFile:
    """A file of the last word: what the reviewer was to look at was looked at."""
    return replace(made, kind=FINAL, data=clean(made.data) if made.kind == "task_sheet" else made.data)


def _day(dispatch: Dispatch, drafted: date) -> date:
    """The month that the reviewed draft prints, on the day of drafting: task sheets then bear the letter's."""
    printed = dispatch.main.date_printed
    if printed.year is None or printed.month is None or (printed.year, printed.month) == (drafted.year, drafted.month):
        return drafted
    return date(printed.year, printed.month, 1) if 1 <= printed.month <= 12 and printed.year > 0 else drafted


def _completed(plan: Plan, dispatch: Dispatch) -> Plan:
    """The plan with what the reviewer filled in: number and day of the incoming dispatch, the signer."""
    known = plan.implements
    if known.reference is None or known.date is None:
        cited = {fold(reference.reference) for reference in plan.source.references}
        found = [one for one in dispatch.main.references if fold(one.reference) not in cited]
        if found and known.reference in {None, found[0].reference}:
            plan = replace(plan, implements=replace(known, reference=found[0].reference, date=known.date or found[0].date))
    name = squeeze(value_of(dispatch.main.signer.name) or "")
    if not name or (plan.signer is not None and fold(plan.signer.name) == fold(name)):
        return plan
    signer = next((one for one in plan.authority.signers if fold(one.name) == fold(name)), None)
    return plan if signer is None else replace(plan, signer=signer, authority_lines=(*signer.authority_lines, signer.position))


def _form(copy: bytes) -> Iterator[Problem]:
    """What is not right about the copy's form, pasted words in another font among it."""
    rules = tuple(dict.fromkeys(finding.rule for finding in check(copy).findings))
    if rules:
        message = f"Bản chốt còn điều chưa đúng thể thức ({', '.join(rules)}), ví dụ đoạn dán từ nơi khác mang phông chữ khác."
        yield Problem("W348", message, Severity.WARNING, "", "Hãy chạy congvan check với bản chốt để xem từng chỗ và cách sửa.")


def deliver(case: Case, word: LastWord, ledger: Ledger) -> tuple[Path, bool]:
    """Put the last word in place and let the ledger follow it; return its folder, and whether it is a new one.

    Raises:
        OutputNotWritable, OSError: nothing was changed then.
    """
    digests = {output.name: hashlib.sha256(output.data).hexdigest() for output in word.outputs}
    staging = case.workspace.state / "staging" / f"chot-{case.entry.sha256}"
    with ledger.last_word(case.entry.sha256, word.tasks) as record:
        there = next((folder for folder in reversed(folders(case.folder)) if _holds(folder, digests)), None)
        target = there or moving.free_place(case.folder / FOLDER)
        for name, digest in digests.items():
            record(Delivered(FINAL, f"{target.name}/{name}", digest))
        if there is None:
            moving.deliver(staging, word.outputs, target)
    return target, there is None


def folders(drafts: Path) -> list[Path]:
    """Return the folders with a last word, the oldest first."""
    found = [path for path in drafts.glob(f"{FOLDER}*") if path.is_dir() and not path.is_symlink()]
    return sorted(found, key=lambda path: (len(path.name), path.name))


def _holds(folder: Path, digests: dict[str, str]) -> bool:
    return {path.name for path in folder.iterdir()} == set(digests) and all(
        hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest for name, digest in digests.items()
    )
