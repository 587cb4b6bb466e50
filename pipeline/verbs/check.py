"""The verb "check": whether a Word file keeps to the form of NĐ 30/2020, or of the Party."""

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
        "check",
        help="kiểm tra thể thức một tệp DOCX",
        description="Kiểm tra thể thức và kỹ thuật trình bày của một tệp DOCX theo Nghị định 30/2020/NĐ-CP; văn bản của Đảng được\n"
        "nhận ra và kiểm tra theo Hướng dẫn 05-HD/VPTW. Mỗi điều chưa đúng được nêu kèm căn cứ, vị trí và cách sửa.",
    )
    verb.add_argument("file", metavar="TỆP", type=Path, help="tệp DOCX")
    verb.add_argument("--json", action="store_true", help="in kết quả dạng JSON")


def run(options: argparse.Namespace) -> int:
    """Print what is not right; the exit code tells whether a rule is broken that must be kept.

    Raises:
        NoSuchFile: the file is not there or cannot be opened.
    """
    from pipeline.conformance.check import check
    from pipeline.conformance.told import as_json, as_text
    from pipeline.inbox import shown
    from pipeline.one_file import apart

    data = source(options.file)
    made = apart(check, data, cores=options.cores)
    if isinstance(made, Problem):
        return refusal(made)
    name = shown(options.file.name)
    print(as_json(made, name) if options.json else as_text(made, name))
    return ExitCode.SOME_REFUSED if made.broken else ExitCode.DONE
