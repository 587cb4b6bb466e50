"""What stands on the disk, held against the ledger: originals in the archive by their bytes, drafts that somebody edited."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pipeline.kept import Delivered
from pipeline.ledger import Ledger, Version
from pipeline.regular import NotRegular, open_regular
from pipeline.settings import Workspace


def digest(path: Path) -> str:
    """Return the SHA-256 of a file; "" when it is not there or no regular file."""
    try:
        with open_regular(path) as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except (FileNotFoundError, NotADirectoryError, NotRegular):
        return ""


@dataclass(frozen=True)
class Originals:
    """The archive ("lưu bản gốc") by the bytes of its files; a clerk may have renamed one."""

    folder: Path

    def find(self, sha256: str, name: str) -> Path | None:
        """Return the file with these bytes, looking first under the name that it came with."""
        likely = self.folder / name
        if digest(likely) == sha256:
            return likely
        return next(iter(self.by_digest.get(sha256, ())), None)

    @cached_property
    def by_digest(self) -> dict[str, tuple[Path, ...]]:
        """Every file of the archive, by the hash of its bytes."""
        found: dict[str, tuple[Path, ...]] = {}
        for path in _files(self.folder):
            key = digest(path)
            found[key] = (*found.get(key, ()), path)
        return found


def _files(folder: Path) -> Iterator[Path]:
    """The files of a folder and of the folders in it, one level deep: files that came in a folder are kept in one."""
    for path in sorted(folder.iterdir()):
        if path.is_dir() and not path.is_symlink():
            yield from (inner for inner in sorted(path.iterdir()) if inner.is_file() and not inner.is_symlink())
        elif path.is_file() and not path.is_symlink():
            yield path


def edited(workspace: Workspace, ledger: Ledger, version: Version) -> tuple[Delivered, ...]:
    """Return the delivered files whose bytes are others now; one whose hash was never written down counts as untouched."""
    folder = workspace.drafts / version.folder
    return tuple(
        output for output in ledger.outputs_in(version) if output.sha256 and digest(folder / output.name) not in {output.sha256, ""}
    )
