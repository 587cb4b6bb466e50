"""The verb "schema": print the JSON Schema of the record."""

from __future__ import annotations

import argparse
import json

from pipeline.arguments import VerbParsers
from pipeline.errors import ExitCode


def add(verbs: VerbParsers) -> None:
    """Declare the verb; it takes no arguments."""
    verbs.add_parser("schema", help="in lược đồ JSON của kết quả đọc", description="In JSON Schema của kết quả mà congvan read in ra.")


def run(_: argparse.Namespace) -> int:
    """Print the schema."""
    from pipeline.record import json_schema

    print(json.dumps(json_schema(), ensure_ascii=False, indent=1))
    return ExitCode.DONE
