"""What becomes of one file: delivered, a duplicate, a companion, refused, or left for the next run; written down, told, put away."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.errors import LoneEnvelope, Problem, SecretDocument, Severity
from pipeline import inbox, moving, sandbox
from pipeline.desk import Desk
from pipeline.inbox import Incoming
from pipeline.kept import Kept, Link, LinkKind
from pipeline.ledger import Entry, Step
from pipeline.outcome import Outcome, Status
from pipeline.sandbox import Result
from pipeline.stages import Product
from pipeline.succession import succession_problems

_STAYS = (inbox.UNOPENED, inbox.CHANGED)
"""With these problems a file stays in the inbox for the next run."""
RESUMED = Problem("I404", "Lần chạy trước bị ngắt giữa chừng; lần này đã làm nốt.", Severity.INFO)


def settle(desk: Desk, files: Sequence[Incoming], result: Result, case: Sequence[Incoming]) -> Iterator[Outcome]:
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


def _processed(desk: Desk, case: Sequence[Incoming]) -> Entry | None:
    """The dispatch of a case that was processed before."""
    return next(filter(None, (desk.ledger.by_bytes(file.sha256) for file in case)), None)


def _dispatch(desk: Desk, file: Incoming, product: Product, companions: Sequence[Incoming]) -> Iterator[Outcome]:
    """Deliver a dispatch; its companions are written down before, and moved before it, so that none is ever left alone."""
    twin = desk.ledger.by_identity(product.identity)
    if twin is not None:
        told = [_companion(desk, other, twin) for other in companions]
        yield _duplicate(desk, file, twin, LinkKind.SAME_DISPATCH)
        yield from told
        return
    outputs = tuple((output.kind, output.name) for output in product.outputs)
    warned = (*succession_problems(desk.ledger, product.identity, product.successions), *_set_back(desk))
    status = Status.NEEDS_REVIEW if warned and product.status is Status.DRAFTED else product.status
    outcome = Outcome(file.name, file.sha256, status, None, outputs, (*product.problems, *warned), product.title, product.paper.urgency)
    if not desk.settings.dry_run:
        outcome = replace(outcome, folder=moving.free_folder(desk.workspace, moving.folder_name(product.title, file.path.stem)))
    desk.ledger.begin(outcome, product.identity, desk.settings.today, kept_of(product))
    for other in companions:
        desk.ledger.link(Link(other.sha256, file.sha256, LinkKind.COMPANION, desk.settings.today, other.name))
    if outcome.folder is not None:
        moving.deliver(desk.workspace.state / "staging" / file.sha256, product.outputs, outcome.folder)
    desk.ledger.reach(file.sha256, Step.ARCHIVING)
    entry = desk.ledger.by_bytes(file.sha256)
    told = [_companion(desk, other, entry) for other in companions if entry is not None]
    yield _archived(desk, file, outcome)
    yield from told


def _set_back(desk: Desk) -> Iterator[Problem]:
    """Warn where the day of the work lies before one that the ledger knows: days and the year's numbers hang on it."""
    last, today = desk.ledger.last_day(), desk.settings.today
    if last is not None and today < last:
        message = f"Ngày làm việc {today:%d/%m/%Y} sớm hơn ngày ghi gần nhất trong sổ theo dõi ({last:%d/%m/%Y})."
        remedy = "Hãy kiểm tra ngày giờ của máy (hoặc --today), rồi đối chiếu ngày đến, số đến và thời hạn trong dự thảo."
        yield Problem("W222", message, Severity.WARNING, "", remedy)


def _companion(desk: Desk, file: Incoming, main: Entry) -> Outcome:
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


def _put_away(desk: Desk, file: Incoming, outcome: Outcome) -> Outcome:
    """Move the original to the archive, once its outcome is told."""
    desk.decide(outcome)
    if not desk.settings.dry_run:
        moving.archive(desk.workspace, file)
    return outcome


def _archived(desk: Desk, file: Incoming, outcome: Outcome) -> Outcome:
    """Put away the original of a dispatch that the ledger follows; its last step."""
    _put_away(desk, file, outcome)
    desk.ledger.reach(file.sha256, Step.DONE)
    return outcome


def _left(desk: Desk, file: Incoming, problem: Problem) -> Outcome:
    """Refused for this run only: the file stays in the inbox."""
    return desk.decide(Outcome(file.name, file.sha256, Status.REFUSED, None, (), (problem,)))


def _refused(desk: Desk, file: Incoming, problems: tuple[Problem, ...]) -> Outcome:
    folder = None if desk.settings.dry_run else desk.workspace.refused
    outcome = desk.decide(Outcome(file.name, file.sha256, Status.REFUSED, folder, (), problems))
    if not desk.settings.dry_run:
        moving.refuse(desk.workspace, file, problems)
    return outcome


def known(desk: Desk, file: Incoming) -> Outcome:
    """A file that needs no worker: unreadable, cut off in an earlier run, or the same bytes as another."""
    if file.problem == inbox.UNOPENED or not inbox.unchanged(file):
        return _left(desk, file, file.problem or inbox.CHANGED)
    if file.problem is not None:
        return _refused(desk, file, (file.problem,))
    entry = desk.ledger.by_bytes(file.sha256)
    if entry is not None and entry.step is Step.ARCHIVING:
        place = desk.place(entry.folder)
        urgency = desk.ledger.paper_of(entry.sha256).urgency
        outcome = Outcome(file.name, file.sha256, entry.status, place, entry.outputs, (RESUMED,), entry.title, urgency)
        return _archived(desk, file, outcome)
    if entry is not None:
        return _duplicate(desk, file, entry, LinkKind.SAME_BYTES)
    main = desk.ledger.by_companion(file.sha256)
    if main is not None:
        return _companion(desk, file, main)
    return _again(desk, file, desk.said[file.sha256])


def _again(desk: Desk, file: Incoming, first: Outcome) -> Outcome:
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


def _duplicate(desk: Desk, file: Incoming, first: Entry, kind: LinkKind) -> Outcome:
    likeness, remedy = _LIKENESS[kind]
    message = f"Văn bản này {likeness} tệp {first.name} đã được xử lý nên không soạn lại."
    problem = Problem("I403", message, Severity.INFO, "", remedy)
    desk.ledger.link(Link(file.sha256, first.sha256, kind, desk.settings.today, file.name))
    outcome = Outcome(file.name, file.sha256, Status.DUPLICATE, desk.place(first.folder), (), (problem,), first.title)
    return _put_away(desk, file, outcome)
