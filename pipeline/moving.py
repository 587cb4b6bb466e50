"""Putting files in their place: drafts, originals, refused files. The only module that moves files; nothing is overwritten or lost."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import shutil
from collections.abc import Iterable
from pathlib import Path

from extractors.errors import Problem
from extractors.text import slug
from pipeline.drafting.draft import OutputFile
from pipeline.inbox import Incoming
from pipeline.settings import Workspace

_RESERVED = re.compile(r"con|prn|aux|nul|com\d|lpt\d")
"""Names that Windows keeps for devices."""
LONGEST_FOLDER_NAME = 80
"""Characters; with the workspace's path it stays below the 260 that Windows programs allow."""
LONGEST_NAME = 255
"""Bytes of a file name on the usual file systems."""
NOTE_SUFFIX = ".ly-do.txt"
_ASIDE = ".congvan.tmp"
"""What is not whole yet on another disk; one name, so that a cut leaves at most one of them and the next move writes over it."""


def folder_name(title: str, fallback: str) -> str:
    """Return a folder's name of plain letters, digits and hyphens: safe on every file system."""
    words = slug(title) or slug(fallback)
    words = words[:LONGEST_FOLDER_NAME].strip("-") or "van-ban"
    return f"van-ban-{words}" if _RESERVED.fullmatch(words) else words


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
