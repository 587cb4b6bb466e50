"""The inbox ("hộp văn bản đến"): the only module that moves files. Nothing is overwritten, nothing is lost."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import shutil
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from extractors.errors import Problem, Severity
from extractors.text import nfc, slug
from pipeline.drafting.draft import OutputFile
from pipeline.errors import FolderError, system_words
from pipeline.settings import INBOX_NAME, STATE_NAME, Workspace

# Not documents: locks of Word and LibreOffice, half-copied files, leavings of Explorer and Finder.
_IGNORED = re.compile(
    r"^(?:~\$|\.|thumbs\.db$|desktop\.ini$)|\.(?:part|partial|filepart|crdownload|opdownload|download|tmp|temp|lnk)$",
    re.IGNORECASE,  # file names are short
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
LONGEST_FOLDER_NAME = 80
"""Characters; with the workspace's path it stays below the 260 that Windows programs allow."""
LONGEST_NAME = 255
"""Bytes of a file name on the usual file systems."""
NOTE_SUFFIX = ".ly-do.txt"
_ASIDE = ".congvan.tmp"
"""What is not whole yet on another disk; one name, so that a cut leaves at most one of them and the next move writes over it."""

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
        if entry.is_file(follow_symlinks=False):
            found.append(Path(entry.path))
        elif entry.is_dir(follow_symlinks=False):
            with contextlib.suppress(FileNotFoundError, PermissionError):  # it went away meanwhile, or is not for us
                found += [Path(inner.path) for inner in _entries(entry.path) if inner.is_file(follow_symlinks=False)]
    return tuple(sorted(found))


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
    """Return the file with its hash, or None when it went away meanwhile."""
    try:
        status = path.lstat()
        if status.st_size > most_bytes:
            return Incoming(path, "", status.st_size, status.st_mtime_ns, TOO_BIG)
        return Incoming(path, _digest(path), status.st_size, status.st_mtime_ns)
    except FileNotFoundError:
        return None
    except OSError:
        return Incoming(path, "", 0, 0, UNOPENED)


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def unchanged(incoming: Incoming) -> bool:
    """True when the file still is what the run met."""
    try:
        status = incoming.path.lstat()
    except OSError:
        return False
    return stat.S_ISREG(status.st_mode) and (status.st_size, status.st_mtime_ns) == (incoming.size, incoming.changed)


def folder_name(title: str, fallback: str) -> str:
    """Return a folder's name of plain letters, digits and hyphens: safe on every file system."""
    words = slug(title) or slug(fallback)
    return words[:LONGEST_FOLDER_NAME].strip("-") or "van-ban"


def free_folder(workspace: Workspace, name: str) -> Path:
    """Return a place in the drafts folder where nothing lies yet."""
    return _free(workspace.drafts / name)


def free_place(path: Path) -> Path:
    """Return the path, with a number behind its name when something lies there."""
    return _free(path)


def deliver(staging: Path, outputs: Iterable[OutputFile], target: Path) -> None:
    """Write the outputs aside and put them in their place by one rename; a folder with something in it is never touched.

    What cannot be put in place leaves nothing behind: on a full disk it would stand in the way of the next try.
    """
    shutil.rmtree(staging, ignore_errors=True)
    staging.parent.mkdir(exist_ok=True)  # not the folders above it: where a share is gone none is made anew
    staging.mkdir()
    try:
        for output in outputs:
            _write(staging / output.name, output.data)
        _keep_entries(staging)
        _put_folder(staging, target)
    except OSError:
        shutil.rmtree(staging, ignore_errors=True)
        raise
    _keep_entries(target.parent)


def _put_folder(staging: Path, target: Path) -> None:
    """Rename a folder to its place; one on another disk is copied beside its place before."""
    try:
        staging.rename(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        aside = target.with_name(_ASIDE)
        shutil.rmtree(aside, ignore_errors=True)
        try:
            shutil.copytree(staging, aside)
            aside.rename(target)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
        shutil.rmtree(staging)


def _write(path: Path, data: bytes) -> None:
    """Write a file so that it outlives a power cut."""
    with path.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def _keep_entries(folder: Path) -> None:
    """Let the names in a folder outlive a power cut, where the system knows of it."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):  # some shares cannot; it was written all the same
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


def archive(workspace: Workspace, incoming: Incoming) -> Path:
    """Move the original, byte for byte, to the archive, into a folder of the name of its own if it has one; return where it lies now."""
    folder = workspace.archive / incoming.path.parent.relative_to(workspace.inbox)
    if folder != workspace.archive:
        folder.mkdir(exist_ok=True)
    return _move(incoming.path, _free(folder / incoming.path.name), workspace)


def keep(workspace: Workspace, path: Path, *, copy: bool) -> Path:
    """Move or copy an original that lies elsewhere to the archive; return where it lies now."""
    target = _free(workspace.archive / path.name)
    if not copy:
        return _move(path, target, workspace)
    aside = workspace.state / "staging" / target.name
    aside.parent.mkdir(exist_ok=True)
    shutil.copyfile(path, aside)
    return _move(aside, target, workspace)


def refuse(workspace: Workspace, incoming: Incoming, problems: Iterable[Problem]) -> Path:
    """Move the file to the folder of refused files, with a note beside it that says why and what to do."""
    target = _free(workspace.refused / incoming.path.name, len(NOTE_SUFFIX))
    lines = [f"{problem.code}: {problem.message} {problem.remedy}".strip() for problem in problems]
    note = target.with_name(target.name + NOTE_SUFFIX)
    # The note first: a file without a note would be a riddle, a note without its file is written anew by the next run.
    note.write_text("\n".join([f"Tệp: {incoming.name}", *lines]) + "\n", "utf-8")
    return _move(incoming.path, target, workspace)


def _move(path: Path, target: Path, workspace: Workspace) -> Path:
    try:
        path.rename(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        _carry_over(path, target)
    if path.parent.parent == workspace.inbox:
        with contextlib.suppress(OSError):  # something else lies in it
            path.parent.rmdir()
    return target


def _carry_over(path: Path, target: Path) -> None:
    """Move to another disk: nothing has the name of the target before it is whole, and no file lies in both places."""
    aside = target.with_name(_ASIDE)
    try:
        _write(aside, path.read_bytes())
        aside.rename(target)
    except OSError:
        aside.unlink(missing_ok=True)
        raise
    try:
        path.unlink()
    except OSError:
        target.unlink()
        raise


def _free(path: Path, room: int = 0) -> Path:
    """Return the path, with a number behind its stem when something lies there, and ``room`` bytes to spare in its name."""
    candidate, number = _named(path, "", room), 2
    while os.path.lexists(candidate):
        candidate, number = _named(path, f" ({number})" if path.suffix else f"-{number}", room), number + 1
    return candidate


def _named(path: Path, mark: str, room: int) -> Path:
    """The path with a mark behind its stem; a stem too long for the file system is cut between two letters."""
    stem, suffix = (path.stem, path.suffix) if len(os.fsencode(path.suffix)) <= 16 else (path.name, "")
    while len(os.fsencode(stem + mark + suffix)) + room > LONGEST_NAME:
        stem = stem[:-1]
    return path.with_name(stem + mark + suffix)
