"""Whose draft a file is: its workspace, its dispatch in the ledger, its folder, its plan. Names and places do not count, its mark does."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from extractors.errors import EncryptedFile, UnreadableFile, UnsupportedFormat
from extractors.readers.docx_package import Package
from pipeline.drafting.docx_marks import CUSTOM_PART, source_in
from pipeline.errors import NotOurDraft, NoWorkspace, OlderVersion, OtherWorkspace, PlanUnreadable
from pipeline.ledger import Entry, Ledger
from pipeline.plan_file import PLAN_NAME, StoredPlan, from_json
from pipeline.settings import STATE_NAME, Workspace


@dataclass(frozen=True)
class Case:
    """A reviewed draft with all that it was made from."""

    workspace: Workspace
    entry: Entry
    stored: StoredPlan
    data: bytes
    """The reviewed draft, which is only ever read."""
    name: str

    @property
    def folder(self) -> Path:
        """The folder of drafts that counts."""
        return self.workspace.drafts / self.entry.folder


def workspace_of(path: Path, given: Path | None) -> Workspace:
    """Return the workspace that the call names, else the one that the file lies in.

    Raises:
        NoWorkspace: there is none.
    """
    if given is not None:
        return Workspace(given)
    for place in path.resolve().parents:
        if (place / STATE_NAME).is_dir():
            return Workspace(place)
    raise NoWorkspace(str(path))


def find(path: Path, data: bytes, workspace: Workspace, ledger: Ledger) -> Case:
    """Return the case of a reviewed draft.

    Raises:
        NotOurDraft, OtherWorkspace, OlderVersion, PlanUnreadable: it cannot be found, or is no longer the one that counts.
    """
    source = _source(path, data)
    around = _around(path, workspace)
    beside = ledger.by_folder(around) if around else None
    if not source and beside is None:
        raise NotOurDraft(str(path))
    entry = ledger.by_bytes(source) if source else beside
    if entry is None or not entry.folder:
        raise OtherWorkspace(str(path))
    if beside is not None and beside.sha256 == entry.sha256 and around != entry.folder:
        raise OlderVersion(str(path), f"Bản hiện hành nằm trong {entry.folder}.")
    return Case(workspace, entry, _plan(workspace.drafts / entry.folder / PLAN_NAME, entry.sha256), data, path.name)


def _source(path: Path, data: bytes) -> str:
    try:
        return source_in(Package(data).named(CUSTOM_PART))
    except (UnsupportedFormat, UnreadableFile, EncryptedFile) as error:
        raise NotOurDraft(str(path), "Tệp bị hỏng, có mật khẩu, hoặc không phải .docx.") from error


def _around(path: Path, workspace: Workspace) -> str:
    """The folder of drafts that the file lies in, at whatever depth; "" when in none."""
    drafts = workspace.drafts.resolve()
    real = path.resolve()
    return real.relative_to(drafts).parts[0] if drafts in real.parents and real.parent != drafts else ""


def _plan(path: Path, source: str) -> StoredPlan:
    if path.is_symlink() or not path.is_file():
        raise PlanUnreadable(str(path), "Không có tệp này.")
    try:
        stored = from_json(path.read_bytes(), str(path))
    except OSError as error:
        raise PlanUnreadable(str(path), "Không mở được tệp.") from error
    if stored.source != source:
        raise PlanUnreadable(str(path), "Tệp này là của một văn bản khác.")
    return stored
