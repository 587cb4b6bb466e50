"""The verb "read": print the record of one file."""

from __future__ import annotations

import argparse
from pathlib import Path

from extractors.errors import Problem
from pipeline.arguments import VerbParsers
from pipeline.errors import ExitCode
from pipeline.verbs.files import refusal, source


def add(verbs: VerbParsers) -> None:
    """Declare the arguments."""
    verb = verbs.add_parser(
        "read", help="đọc một văn bản và in kết quả dạng JSON", description="Đọc một tệp PDF hoặc DOCX và in mọi trường đọc được."
    )
    verb.add_argument("file", metavar="TỆP", type=Path, help="tệp PDF hoặc DOCX")


def run(options: argparse.Namespace) -> int:
    """Print what was read, or why nothing was.

    Raises:
        NoSuchFile: the file is not there or cannot be opened.
    """
    from extractors.reading import read_dispatch
    from pipeline.inbox import shown
    from pipeline.record import to_json, to_record
    from pipeline.sandbox import guarded

    data = source(options.file)
    made = guarded(lambda: to_json(to_record(read_dispatch(data, shown(options.file.name)))))
    if isinstance(made, Problem):
        return refusal(made)
    print(made.decode())
    return ExitCode.DONE
