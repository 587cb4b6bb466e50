"""The inbox ("hộp văn bản đến"): the only module that moves files. Nothing is overwritten, nothing is lost."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from extractors.errors import Problem
from extractors.text import ascii_key
from pipeline.drafting.draft import OutputFile
from pipeline.errors import FolderError
from pipeline.settings import Workspace

# Not documents: locks of Word and LibreOffice, half-copied files, leavings of Explorer and Finder.
_IGNORED = re.compile(
    r"^(?:~\$|\.|thumbs\.db$|desktop\.ini$)|\.(?:part|partial|filepart|crdownload|tmp|lnk)$",
    re.IGNORECASE,  # file names are short
)
LONGEST_FOLDER_NAME = 80
"""Characters; with the workspace's path it stays below the 260 that Windows programs allow."""


@dataclass(frozen=True)
class Incoming:
    """A file of the inbox: its path, its bytes' hash; ``name`` is data for messages, never a path."""

    path: Path
    sha256: str

    @property
    def name(self) -> str:
        """The file's name."""
        return self.path.name


def check_workspace(workspace: Workspace) -> None:
    """Make sure that the folders are there and that none is a link out of the workspace.

    Raises:
        FolderError: naming the folder.
    """
    for folder in workspace.folders:
        if not folder.is_dir() or folder.is_symlink():
            raise FolderError(str(folder))


def waiting(workspace: Workspace) -> tuple[Path, ...]:
    """Return the regular files of the inbox by name; links, folders, locks and half-copied files are left alone."""
    regular = (entry for entry in os.scandir(workspace.inbox) if stat.S_ISREG(entry.stat(follow_symlinks=False).st_mode))
    return tuple(sorted(Path(entry.path) for entry in regular if not _IGNORED.search(entry.name)))


def take(path: Path) -> Incoming:
    """Return the file with its hash."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(1 << 20):
            digest.update(chunk)
    return Incoming(path, digest.hexdigest())


def folder_name(title: str, fallback: str) -> str:
    """Return a folder's name of plain letters, digits and hyphens: safe on every file system."""
    words = re.sub(r"[^a-z0-9]+", "-", ascii_key(title)).strip("-") or re.sub(r"[^a-z0-9]+", "-", ascii_key(fallback)).strip("-")
    return words[:LONGEST_FOLDER_NAME].strip("-") or "van-ban"


def deliver(workspace: Workspace, incoming: Incoming, outputs: Iterable[OutputFile], name: str) -> Path:
    """Write the outputs aside and put them into the drafts folder by one rename; return the new folder.

    A folder that exists is never touched: the new one gets a number behind its name.
    """
    staging = workspace.state / "staging" / incoming.sha256
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir(parents=True)
    for output in outputs:
        (staging / output.name).write_bytes(output.data)
    target = _free(workspace.drafts / name)
    staging.rename(target)
    return target


def archive(workspace: Workspace, incoming: Incoming) -> Path:
    """Move the original, byte for byte, to the archive; return where it lies now."""
    return _move(incoming.path, workspace.archive)


def refuse(workspace: Workspace, incoming: Incoming, problems: Iterable[Problem]) -> Path:
    """Move the file to the folder of refused files, with a note beside it that says why and what to do."""
    target = _move(incoming.path, workspace.refused)
    lines = [f"{problem.code}: {problem.message} {problem.remedy}".strip() for problem in problems]
    note = target.with_name(target.name + ".ly-do.txt")
    note.write_text("\n".join([f"Tệp: {target.name}", *lines]) + "\n", "utf-8")
    return target


def _move(path: Path, folder: Path) -> Path:
    target = _free(folder / path.name)
    shutil.move(path, target)
    return target


def _free(path: Path) -> Path:
    """Return the path, with a number behind its stem when something lies there."""
    candidate, number = path, 2
    while candidate.exists() or candidate.is_symlink():
        candidate = path.with_name(f"{path.stem} ({number}){path.suffix}" if path.suffix else f"{path.name}-{number}")
        number += 1
    return candidate
