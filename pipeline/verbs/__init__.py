"""The verbs of the command line, one module each: ``add`` declares its arguments, ``run`` does it and returns the exit code.

A verb gets the time with its options (``clock``, ``now``, ``today``) and imports what is heavy when it runs, so that help stays quick.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Protocol

from pipeline.arguments import EXIT_CODES, Parser, VerbParsers
from pipeline.verbs import check, draft, finalize, init, learn, profile, read, register, run, schema, tasks, template, verify, watch


class Verb(Protocol):
    """What each module of this package offers."""

    def add(self, verbs: VerbParsers) -> None:
        """Declare the verb's name, its help and its arguments."""

    def run(self, options: argparse.Namespace) -> int:
        """Do it and return the exit code."""


VERBS: dict[str, Verb] = {
    "init": init,
    "run": run,
    "watch": watch,
    "tasks": tasks,
    "register": register,
    "verify": verify,
    "read": read,
    "draft": draft,
    "finalize": finalize,
    "learn": learn,
    "check": check,
    "profile": profile,
    "template": template,
    "schema": schema,
}
"""The verbs in the order of the help."""


def build() -> Parser:
    """Return the parser of all verbs; the verb's name is in ``verb``."""
    parser = Parser(
        prog="congvan",
        description="Đọc công văn đến, tìm ai phải làm gì trước ngày nào, soạn công văn triển khai và phiếu giao việc.\n"
        "Chạy trên máy này, không cần mạng.",
        epilog=EXIT_CODES,
    )
    verbs = parser.add_subparsers(dest="verb", metavar="LỆNH", required=True, title="Các lệnh")
    for verb in VERBS.values():
        verb.add(verbs)
    return parser


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Return the arguments.

    Raises:
        UsageError: the call makes no sense; with what is wrong.
    """
    return build().parse_args(arguments)
