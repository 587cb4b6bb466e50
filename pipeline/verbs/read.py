"""The verb "read": print the record of one file."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from extractors.errors import Problem
from pipeline.arguments import VerbParsers
from pipeline.errors import ExitCode
from pipeline.verbs.files import refusal, source

if TYPE_CHECKING:
    from extractors.envelope import Envelope


def add(verbs: VerbParsers) -> None:
    """Declare the arguments."""
    verb = verbs.add_parser(
        "read",
        help="đọc một văn bản và in kết quả dạng JSON",
        description="Đọc một tệp PDF, Word (DOCX, DOC, RTF, ODT) hoặc ảnh quét và in mọi trường đọc được.",
    )
    verb.add_argument("file", metavar="TỆP", type=Path, help="tệp PDF, Word hoặc ảnh quét")
    verb.add_argument("--envelope", metavar="PHONG_BÌ", type=Path, help="phong bì điện tử (.edxml, .xml) đi kèm, để đối chiếu")


def run(options: argparse.Namespace) -> int:
    """Print what was read, or why nothing was.

    Raises:
        NoSuchFile: the file is not there or cannot be opened.
    """
    from pipeline.inbox import shown
    from pipeline.one_file import apart

    data = source(options.file)
    message = source(options.envelope) if options.envelope else None
    made = apart(_record, data, shown(options.file.name), message, cores=options.cores)
    if isinstance(made, Problem):
        return refusal(made)
    print(made.decode())
    return ExitCode.DONE


def _record(data: bytes, name: str, message: bytes | None) -> bytes:
    from extractors.beside import Beside
    from extractors.reading import read_dispatch
    from pipeline.record import to_json, to_record

    return to_json(to_record(read_dispatch(data, name, Beside(envelope=_envelope(message)))))


def _envelope(message: bytes | None) -> Envelope | None:
    """What the exchange message says; a message that cannot be read is an error where the clerk named it."""
    from extractors.readers import edxml

    return edxml.read(message) if message is not None else None
