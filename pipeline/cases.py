"""Which files of the inbox may be one dispatch ("một văn bản, nhiều tệp"): the same name with other endings, or one folder.

That is a guess by names only; the worker reads them and says what belongs together (``case_reading``).
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from extractors.text import fold, nfc
from pipeline.inbox import Incoming
from pipeline.settings import Workspace

MOST_FILES = 40
"""Files of one case; a larger folder is no dispatch with its attachments but a pile, taken file by file."""
ENVELOPES = frozenset({".xml", ".edxml"})
"""Endings of envelopes."""


@dataclass(frozen=True)
class Case:
    """Files that may be one dispatch, in the order of their names."""

    files: tuple[Incoming, ...]
    together: bool = False
    """They lie in one folder of the inbox."""


def group(files: Sequence[Incoming], workspace: Workspace) -> tuple[Case, ...]:
    """Return the cases in the order of their first files."""
    groups: dict[tuple[str, str], list[Incoming]] = {}
    found = keys([file.path for file in files], workspace)
    for file in files:
        groups.setdefault(found[file.path], []).append(file)
    cases: list[Case] = []
    for (folder, _), members in groups.items():
        if len(members) > MOST_FILES:
            cases += [Case((file,)) for file in members]
        else:
            cases.append(Case(tuple(members), together=bool(folder)))
    return tuple(cases)


def whole(chosen: Iterable[Path], waiting: Iterable[Path], workspace: Workspace) -> tuple[Path, ...]:
    """Return the chosen files without those of a case of which another file is still coming in."""
    chosen, waiting = tuple(chosen), tuple(waiting)
    found = keys((*waiting, *(path for path in chosen if path not in set(waiting))), workspace)
    coming = {found[path] for path in set(waiting) - set(chosen)}
    return tuple(path for path in chosen if found[path] not in coming)


def keys(paths: Sequence[Path], workspace: Workspace) -> dict[Path, tuple[str, str]]:
    """Return (folder, name) of the case of each file: in a folder the folder alone tells."""
    names = {_plain(path.name) for path in paths if path.parent == workspace.inbox}
    found = {}
    for path in paths:
        folder = "" if path.parent == workspace.inbox else os.fsdecode(path.parent.name)
        found[path] = (folder, "" if folder else _stem(path, names))
    return found


def _stem(path: Path, names: set[str]) -> str:
    """The name without its ending; of an envelope called after the whole name of its paper ("a.pdf.edxml"), without both."""
    stem = PurePath(path.name).stem
    if path.suffix.lower() in ENVELOPES and _plain(stem) in names:
        stem = PurePath(stem).stem
    return _plain(stem)


def _plain(name: str) -> str:
    return fold(nfc(os.fsencode(name).decode("utf-8", "replace")))
