"""Which waiting files go first ("văn bản khẩn làm trước", NĐ 30/2020 Điều 4): what looks urgent, before anything was read.

Only the order hangs on it: what a file is called, or what its envelope seems to say, is never taken for a value. The paper itself says
how urgent it is, once its worker has read it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from extractors.dispatch import Urgency
from extractors.text import fold, nfc
from pipeline import cases
from pipeline.regular import open_regular
from pipeline.settings import Workspace
from pipeline.urgency import USUAL, urgency_rank

Key = tuple[str, str]
_HEAD = 1 << 16
"""Bytes of an envelope that are looked at; its header stands at its beginning, before the papers that it carries."""
# No parser: it runs where no hostile XML may be read, and a wrong guess costs a place in the queue.
_PRIORITY = re.compile(rb"<(?:[\w.-]{1,40}:)?priority\s*>\s*([1-4])\s*<", re.IGNORECASE)
_DEGREES = {b"1": Urgency.KHAN, b"2": Urgency.THUONG_KHAN, b"3": Urgency.HOA_TOC, b"4": Urgency.HOA_TOC}
"""Of edXML's OtherInfo/Priority."""
_APART = re.compile(r"[^\w]+|_+")
_NAMES = (
    (Urgency.HOA_TOC, re.compile(r" (?:hỏa|hoa) ?(?:tốc|toc) ")),
    (Urgency.THUONG_KHAN, re.compile(r" (?:thượng|thuong) ?(?:khẩn|khan) ")),
    (Urgency.KHAN, re.compile(r" (?:khẩn|khan) ")),
)


def urgent_first(paths: Sequence[Path], workspace: Workspace) -> tuple[Path, ...]:
    """Return the files with those first that look urgent, otherwise as they came; the files of a case stay together."""
    keys = cases.keys(paths, workspace)
    order = {key: place for place, key in enumerate(dict.fromkeys(keys[path] for path in paths))}
    ranks = _ranks(paths, keys)
    return tuple(sorted(paths, key=lambda path: (ranks[keys[path]], order[keys[path]])))


def urgent(paths: Sequence[Path], workspace: Workspace) -> frozenset[Path]:
    """Return the files that look urgent, or belong to one that does."""
    keys = cases.keys(paths, workspace)
    ranks = _ranks(paths, keys)
    return frozenset(path for path in paths if ranks[keys[path]] < USUAL)


def _ranks(paths: Sequence[Path], keys: Mapping[Path, Key]) -> dict[Key, int]:
    """The rank of each case: the most urgent of its files."""
    ranks: dict[Key, int] = {}
    for path in paths:
        ranks[keys[path]] = min(ranks.get(keys[path], USUAL), _rank(path, keys[path][0]))
    return ranks


def _rank(path: Path, folder: str) -> int:
    said = [_named(path.stem), _named(folder)]
    if path.suffix.lower() in cases.ENVELOPES:
        said.append(_enveloped(path))
    return min(map(urgency_rank, said))


def _named(name: str) -> str:
    """What a clerk wrote into a name: "Hoả tốc - CĐ 11.pdf", "thuong_khan-45.docx"."""
    words = f" {_APART.sub(' ', fold(nfc(os.fsencode(name).decode('utf-8', 'replace'))))} "
    return next((degree.value for degree, pattern in _NAMES if pattern.search(words)), "")


def _enveloped(path: Path) -> str:
    """What the envelope seems to say."""
    try:
        with open_regular(path) as file:
            head = file.read(_HEAD)
    except OSError:
        return ""
    found = _PRIORITY.search(head.replace(b"\0", b""))  # UTF-16 as if it were ASCII
    return _DEGREES[found[1]].value if found else ""
