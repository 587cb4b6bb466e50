"""The inbox ("hộp văn bản đến"): what lies in it, what of that is a document, and whether it stayed as it was met."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path

from extractors.errors import Problem, Severity
from extractors.text import nfc
from pipeline.errors import FolderError, system_words
from pipeline.regular import NotRegular, open_regular
from pipeline.settings import INBOX_NAME, STATE_NAME, Workspace

# Not documents: locks of Word and LibreOffice, half-copied files, leavings of Explorer and Finder.
_IGNORED = re.compile(
    r"^(?:~\$|\.|thumbs\.db$|desktop\.ini$)|\.(?:part|partial|filepart|crdownload|opdownload|download|tmp|temp)$",
    re.IGNORECASE,  # file names are short
)
_SHORTCUT = ".lnk"
"""Windows' own kind of link."""
NAMES_SHOWN = 5
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")

UNOPENED = Problem(
    "E113",
    "Không mở được tệp để đọc; tệp vẫn nằm trong hộp văn bản đến.",
    Severity.ERROR,
    remedy="Hãy đóng tệp nếu đang mở, kiểm tra quyền đọc rồi chạy lại.",
)
CHANGED = Problem(
    "E114",
    "Tệp bị thay đổi hoặc lấy đi trong lúc xử lý (có thể đang được chép vào).",
    Severity.ERROR,
    remedy="Nếu tệp còn trong hộp văn bản đến, hãy đợi chép xong rồi chạy lại.",
)
TOO_BIG = Problem("E115", "Tệp quá lớn nên không được đọc.", Severity.ERROR, remedy="Hãy tách hoặc nén tệp rồi đưa vào lại.")


@dataclass(frozen=True)
class Incoming:
    """A file of the inbox as it was when the run met it; ``problem`` says why it cannot be read at all."""

    path: Path
    sha256: str
    size: int
    """Bytes."""
    changed: int
    """Time of the last change in nanoseconds, only to be compared."""
    problem: Problem | None = None

    @property
    def name(self) -> str:
        """The file's name as it can be shown and stored: data for messages, never a path."""
        return shown(self.path.name)


def shown(name: str) -> str:
    """Return a file name in NFC, without what would break a line or a store: control characters, bytes that are no UTF-8."""
    return _CONTROL.sub("\ufffd", nfc(os.fsencode(name).decode("utf-8", "replace")))


def check_workspace(workspace: Workspace) -> None:
    """Make sure that the folders are there, that none is a link out of the workspace, and that it lies in no inbox.

    Raises:
        FolderError: naming the folder.
    """
    for folder in workspace.folders:
        if folder.is_symlink():
            raise FolderError(str(folder), "Thư mục này là liên kết (link), có thể dẫn ra ngoài thư mục làm việc.")
        if not folder.is_dir():
            raise FolderError(str(folder), "Không có thư mục này.")
    check_outside_inbox(workspace.root)


def check_outside_inbox(folder: Path) -> None:
    """Make sure that results do not go where the next run would take them for incoming documents.

    Raises:
        FolderError: the folder is an inbox or lies in one.
    """
    real = folder.resolve()
    for place in (real, *real.parents):
        if place.name == INBOX_NAME and (place.parent / STATE_NAME).is_dir():
            raise FolderError(str(folder), "Thư mục kết quả nằm trong hộp văn bản đến.")


def waiting(workspace: Workspace) -> tuple[Path, ...]:
    """Return the regular files of the inbox and of its folders, one level deep, by name.

    Links, locks, half-copied files and what lies deeper are left alone.

    Raises:
        FolderError: the inbox cannot be looked into, e.g. because its share is gone.
    """
    found = []
    for entry in _inbox_entries(workspace):
        if _is_document(entry):
            found.append(Path(entry.path))
        elif entry.is_dir(follow_symlinks=False):
            with contextlib.suppress(FileNotFoundError, PermissionError):  # it went away meanwhile, or is not for us
                found += [Path(inner.path) for inner in _entries(entry.path) if _is_document(inner)]
    return tuple(sorted(found))


def strange(workspace: Workspace) -> tuple[Path, ...]:
    """Return what lies in the inbox and is no document to us although a clerk may think so, by name.

    Links and shortcuts, pipes, sockets, devices; in a folder also further folders; a folder called like a file, with no document in it.

    Raises:
        FolderError: the inbox cannot be looked into.
    """
    found = []
    for entry in _inbox_entries(workspace):
        if entry.is_dir(follow_symlinks=False):
            with contextlib.suppress(FileNotFoundError, PermissionError):
                within = tuple(_entries(entry.path))
                found += [Path(inner.path) for inner in within if not _is_document(inner)]
                found += [Path(entry.path)] if Path(entry.name).suffix and not within else []
        elif not _is_document(entry):
            found.append(Path(entry.path))
    return tuple(sorted(found))


def passed_over(paths: Sequence[Path]) -> Problem:
    """Return what a clerk is told of things in the inbox that are no documents."""
    message = f"Trong hộp văn bản đến có mục không phải là tệp nên được bỏ qua: {some(paths, 'mục')}."
    return Problem("W223", message, remedy="Hãy chép chính tệp văn bản vào, thay cho lối tắt, liên kết hoặc thư mục lồng nhau.")


def some(paths: Sequence[Path], things: str) -> str:
    """Return the first few names as they can be shown, and how many more there are."""
    names = ", ".join(shown(path.name) for path in paths[:NAMES_SHOWN])
    return f"{names} và {len(paths) - NAMES_SHOWN} {things} khác" if len(paths) > NAMES_SHOWN else names


def _is_document(entry: os.DirEntry[str]) -> bool:
    return entry.is_file(follow_symlinks=False) and not entry.name.lower().endswith(_SHORTCUT)


def _inbox_entries(workspace: Workspace) -> tuple[os.DirEntry[str], ...]:
    try:
        return tuple(_entries(workspace.inbox))
    except OSError as error:
        raise cannot_open(workspace.inbox, error) from error


def cannot_open(folder: Path, error: OSError) -> FolderError:
    """Return the error for a folder that the operating system does not let us look into."""
    return FolderError(str(folder), f"Không mở được thư mục: {system_words(error)}")


def _entries(folder: Path | str) -> Iterator[os.DirEntry[str]]:
    """The entries of a folder that may be documents."""
    with os.scandir(folder) as entries:
        yield from (entry for entry in entries if not _IGNORED.search(entry.name))


def take(path: Path, most_bytes: int) -> Incoming | None:
    """Return the file with its hash, or None when it went away meanwhile, or when something else than a file came into its place."""
    try:
        with open_regular(path) as stream:
            status = os.fstat(stream.fileno())
            if status.st_size > most_bytes:
                return Incoming(path, "", status.st_size, status.st_mtime_ns, TOO_BIG)
            return Incoming(path, _digest(stream), status.st_size, status.st_mtime_ns)
    except (FileNotFoundError, NotRegular):
        return None
    except OSError:
        return Incoming(path, "", 0, 0, UNOPENED)


def _digest(stream: BufferedReader) -> str:
    return hashlib.file_digest(stream, "sha256").hexdigest()


def unchanged(incoming: Incoming) -> bool:
    """True when the file still is what the run met."""
    try:
        status = incoming.path.lstat()
    except OSError:
        return False
    return stat.S_ISREG(status.st_mode) and (status.st_size, status.st_mtime_ns) == (incoming.size, incoming.changed)
