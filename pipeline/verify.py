"""The ledger held against the disk, both ways: what is missing, changed, orphaned or half delivered; and repairing what is safe.

Safe is what loses nothing whoever was right: finishing a step that a run had begun, taking up an original that lies elsewhere with the
same bytes, clearing our own staging area. Everything else is named and left to the clerk.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from extractors.errors import Problem, Severity
from pipeline import moving
from pipeline.again import recover_versions
from pipeline.errors import LedgerDamaged
from pipeline.kept import LinkKind
from pipeline.ledger import Entry, Ledger, Step, Version
from pipeline.moving import NOTE_SUFFIX
from pipeline.run import delivered
from pipeline.settings import Workspace
from pipeline.standing import Originals, edited

NO_FOLDER = Problem(
    "E263",
    "Thiếu một thư mục dự thảo có trong sổ theo dõi.",
    Severity.ERROR,
    remedy="Hãy lấy lại từ bản sao lưu, hoặc soạn lại bằng congvan run --again với văn bản này.",
)
NO_FILE = Problem(
    "E264",
    "Thiếu một tệp trong thư mục dự thảo.",
    Severity.ERROR,
    remedy="Hãy lấy lại từ bản sao lưu; nếu đã cố ý chuyển đi thì không cần làm gì.",
)
ORIGINAL_CHANGED = Problem(
    "E265",
    "Bản gốc trong kho lưu không còn đúng từng byte.",
    Severity.ERROR,
    remedy="Hãy lấy lại từ bản sao lưu; đừng dùng tệp đang có làm bản gốc.",
)
NO_ORIGINAL = Problem(
    "E266", "Thiếu bản gốc của một văn bản đã xử lý.", Severity.ERROR, remedy="Hãy lấy lại từ bản sao lưu, hoặc chép lại vào 3-luu-ban-goc."
)
HALF_DONE = Problem(
    "W410",
    "Một lần chạy bị ngắt giữa chừng ở văn bản này.",
    Severity.WARNING,
    remedy="Hãy chạy congvan verify --repair, hoặc chạy lại congvan run.",
)
RECORD_CHANGED = Problem(
    "W411",
    "Hồ sơ máy đọc của một văn bản đã bị thay đổi.",
    Severity.WARNING,
    remedy="Hãy lấy lại từ bản sao lưu; tệp này ghi điều máy đọc được và không nên sửa.",
)
STRANGE_FOLDER = Problem(
    "W412",
    "Thư mục dự thảo này không có trong sổ theo dõi.",
    Severity.WARNING,
    remedy="Nếu do cơ quan tự tạo thì cứ để; nếu vừa khôi phục sổ cũ, hãy khôi phục cả .congvan mới hơn.",
)
STRANGE_ORIGINAL = Problem(
    "W413",
    "Bản gốc này không có trong sổ theo dõi.",
    Severity.WARNING,
    remedy="Nếu là văn bản chưa xử lý, hãy chuyển lại vào 1-van-ban-den rồi chạy congvan run.",
)
LEFTOVER = Problem("W414", "Còn tệp tạm của một lần chạy bị ngắt.", Severity.WARNING, remedy="Hãy chạy congvan verify --repair để dọn.")
NO_NOTE = Problem(
    "W415", "Tệp bị trả lại này không kèm lý do.", Severity.WARNING, remedy="Hãy chuyển tệp lại vào 1-van-ban-den để xử lý lại."
)
EDITED = Problem("I412", "Tệp này đã được sửa sau khi soạn; phần mềm giữ nguyên bản sửa.", Severity.INFO, remedy="Không cần làm gì thêm.")


def _at(problem: Problem, where: Path | str) -> Problem:
    return replace(problem, where=str(where))


@dataclass(frozen=True)
class Inspection:
    """One look at a workspace; make a new one after a repair."""

    workspace: Workspace
    ledger: Ledger

    def findings(self) -> tuple[Problem, ...]:
        """Return everything that is not as the ledger says, the worst first; edited drafts come as information."""
        checks = (self._damage, self._half_done, self._drafts, self._originals, self._orphans, self._leftovers)
        order = list(Severity)
        return tuple(sorted((problem for check in checks for problem in check()), key=lambda problem: order.index(problem.severity)))

    def repair(self) -> tuple[Problem, ...]:
        """Do what is safe and return what was done."""
        return tuple(Problem("I413", what, Severity.INFO, str(where), "Không cần làm gì thêm.") for what, where in self._repairs())

    # --- what the ledger says, looked for on the disk -----------------------------------------------------------------

    def _damage(self) -> Iterator[Problem]:
        if not self.ledger.sound():
            yield LedgerDamaged(str(self.workspace.state)).problem()

    def _half_done(self) -> Iterator[Problem]:
        for entry in self.ledger.unfinished():
            yield _at(HALF_DONE, entry.name)
        for version in self._versions:
            if version.number > 1 and version.step is not Step.DONE:
                yield _at(HALF_DONE, version.folder)

    def _drafts(self) -> Iterator[Problem]:
        for version in self._versions:
            folder = self.workspace.drafts / version.folder
            if not version.folder or version.step is not Step.DONE:
                continue
            if not folder.is_dir():
                yield _at(NO_FOLDER, folder)
                continue
            for output in self.ledger.outputs_in(version):
                if not (folder / output.name).is_file():
                    yield _at(NO_FILE, folder / output.name)
            yield from self._edited(version, folder)

    def _edited(self, version: Version, folder: Path) -> Iterator[Problem]:
        for output in edited(self.workspace, self.ledger, version):
            if output.kind in {"record", "plan"}:
                yield _at(RECORD_CHANGED, folder / output.name)
            else:
                yield _at(EDITED, folder / output.name)

    def _originals(self) -> Iterator[Problem]:
        for sha256, name in self._kept_originals():
            if sha256 in self._archive.by_digest:
                continue
            place = self.workspace.archive / name
            if sha256 in self._inbox.by_digest:
                yield _at(HALF_DONE, name)
            elif place.exists():
                yield _at(ORIGINAL_CHANGED, place)
            else:
                yield _at(NO_ORIGINAL, place)

    def _kept_originals(self) -> Iterator[tuple[str, str]]:
        """Hash and name of each original that the archive must hold, twins in other bytes and companions among them."""
        kinds = (LinkKind.SAME_DISPATCH, LinkKind.COMPANION)
        twins = {link.sha256: link.name for link in self.ledger.links() if link.kind in kinds}
        known = {entry.sha256: entry.name for entry in self._entries if entry.step is Step.DONE}
        return ((sha256, name) for sha256, name in {**twins, **known}.items())

    # --- what lies on the disk, looked for in the ledger --------------------------------------------------------------

    def _orphans(self) -> Iterator[Problem]:
        folders = {version.folder for version in self._versions}
        for path in sorted(self.workspace.drafts.iterdir()):
            if path.is_dir() and path.name not in folders:
                yield _at(STRANGE_FOLDER, path)
        known = {entry.sha256 for entry in self._entries} | {link.sha256 for link in self.ledger.links()}
        for sha256, paths in self._archive.by_digest.items():
            if sha256 not in known:
                for path in paths:
                    yield _at(STRANGE_ORIGINAL, path)

    def _leftovers(self) -> Iterator[Problem]:
        for path in self._staged():
            yield _at(LEFTOVER, path)
        names = {path.name for path in self.workspace.refused.iterdir() if path.is_file()}
        for name in sorted(names):
            if name.endswith(NOTE_SUFFIX) and name.removesuffix(NOTE_SUFFIX) not in names:
                continue  # the clerk took the file back and left its note
            if not name.endswith(NOTE_SUFFIX) and name + NOTE_SUFFIX not in names:
                yield _at(NO_NOTE, self.workspace.refused / name)

    def _staged(self) -> tuple[Path, ...]:
        staging = self.workspace.state / "staging"
        return tuple(sorted(staging.iterdir())) if staging.is_dir() else ()

    # --- repairs ------------------------------------------------------------------------------------------------------

    def _repairs(self) -> Iterator[tuple[str, Path | str]]:
        waiting = self._inbox
        for entry in self.ledger.unfinished():
            yield self._finish(entry, waiting), entry.name
        half = [version for version in self._versions if version.number > 1 and version.step is not Step.DONE]
        recover_versions(self.workspace, self.ledger)
        for version in half:
            yield "Đã làm nốt hoặc bỏ bản soạn lại dở dang.", version.folder
        yield from self._take_up(waiting)
        for path in self._staged():
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
            yield "Đã dọn tệp tạm.", path

    def _finish(self, entry: Entry, waiting: Originals) -> str:
        """Go on from the step that the ledger tells, as the next run would."""
        there = delivered(self.workspace, entry.folder, entry.sha256)
        if entry.step is Step.DELIVERING and not there:
            self.ledger.forget(entry.sha256)
            return "Đã bỏ lần soạn dở dang; văn bản sẽ được soạn ở lần chạy sau."
        self._archive_from(waiting.by_digest.get(entry.sha256, ()), copy=False)
        self.ledger.reach(entry.sha256, Step.DONE)
        return "Đã làm nốt việc lưu bản gốc của lần chạy bị ngắt."

    def _take_up(self, waiting: Originals) -> Iterator[tuple[str, Path | str]]:
        """Bring a missing original back from the inbox or the refused files, where the same bytes lie."""
        archived, refused = Originals(self.workspace.archive), Originals(self.workspace.refused)
        for sha256, name in self._kept_originals():
            if sha256 in archived.by_digest:
                continue
            for place, copy in ((waiting, False), (refused, True)):
                if self._archive_from(place.by_digest.get(sha256, ()), copy=copy):
                    yield "Đã đưa lại bản gốc vào kho lưu.", name
                    break

    def _archive_from(self, paths: tuple[Path, ...], *, copy: bool) -> bool:
        for path in paths[:1]:
            if path.is_file():
                moving.keep(self.workspace, path, copy=copy)
                return True
        return False

    # --- the look -----------------------------------------------------------------------------------------------------

    @cached_property
    def _entries(self) -> tuple[Entry, ...]:
        return self.ledger.entries()

    @cached_property
    def _versions(self) -> tuple[Version, ...]:
        return self.ledger.versions()

    @cached_property
    def _archive(self) -> Originals:
        return Originals(self.workspace.archive)

    @cached_property
    def _inbox(self) -> Originals:
        return Originals(self.workspace.inbox)
