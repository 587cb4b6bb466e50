"""What the verbs that take one file have in common."""

from __future__ import annotations

import sys
from pathlib import Path

from extractors.errors import Problem
from pipeline.errors import ExitCode, NoSuchFile


def source(path: Path) -> bytes:
    """Return the bytes of a file that the clerk named.

    Raises:
        NoSuchFile: it is not there or cannot be opened.
    """
    if not path.is_file():
        raise NoSuchFile(str(path))
    try:
        return path.read_bytes()
    except OSError as error:
        raise NoSuchFile(str(path)) from error


def refusal(problem: Problem) -> int:
    """Say why the file was refused and return the exit code."""
    from pipeline.report import told

    print(told(problem), file=sys.stderr)
    return ExitCode.SOME_REFUSED
