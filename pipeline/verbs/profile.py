"""The verb "profile": check the office's profile ("hồ sơ cơ quan")."""

from __future__ import annotations

import argparse
from pathlib import Path

from pipeline.arguments import VerbParsers
from pipeline.errors import ExitCode


def add(verbs: VerbParsers) -> None:
    """Declare the arguments."""
    verb = verbs.add_parser(
        "profile", help="kiểm tra hồ sơ cơ quan", description="Kiểm tra hồ sơ cơ quan, nêu tệp, dòng và cách sửa từng lỗi."
    )
    actions = verb.add_subparsers(dest="action", metavar="VIỆC", required=True, title="Các việc")
    check = actions.add_parser("check", help="kiểm tra", description="Kiểm tra một tệp hồ sơ, hoặc mọi hồ sơ trong một thư mục.")
    check.add_argument("file", metavar="HỒ_SƠ", type=Path, help="tệp .toml hoặc thư mục")


def run(options: argparse.Namespace) -> int:
    """Tell each mistake with its line and remedy.

    Raises:
        CongvanError: there is no profile.
    """
    from pipeline.profile import check
    from pipeline.report import told

    found = check(options.file)
    for mistake in found:
        print(told(mistake.problem()))
    wrong = [mistake for mistake in found if mistake.severity.value == "error"]
    if not wrong:
        print(f"Hồ sơ {options.file} dùng được.")
    return ExitCode.SETUP if wrong else ExitCode.DONE
