"""The Party's form (Quy định 399-QĐ/TW, Hướng dẫn 05-HD/VPTW): P01–P09; paper and margins (P10) are in ``page``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.conformance.finding import Finding, finding
from pipeline.conformance.rulebook import rulebook
from pipeline.conformance.sheet import Line, Sheet

_TITLE_SIZE = 15.0
_SUBJECT_SIZE = 12.0
_NUMBER = re.compile(r"Số ?(?:\d+|[\s.…_]*|\[…+\]) ?-[A-ZĐÀ-Ỹa-z]+/[A-ZĐÀ-Ỹ0-9]+(?:-[A-ZĐÀ-Ỹ0-9]+)*")
_STATE_MARK = re.compile(r"(?:TM|KT|TL|TUQ)(?:\.|\s)")


def check(sheet: Sheet) -> Iterator[Finding]:
    """Yield what a document of the Party breaks."""
    for rule, part, wrong in _faults(sheet):
        if wrong:
            yield finding(rule, part, wrong)
    if sheet.lines("issuer") and not any(p.text in ("*", "★", "☆") for p in sheet.head):
        yield finding("P03", "Tên cơ quan ban hành", sheet.lines("issuer")[-1:])


def _faults(sheet: Sheet) -> Iterator[tuple[str, str, list[Line]]]:
    names = {part: rulebook().looks[part].name for part in ("number", "subject", "addressees", "authority", "recipients", "body")}
    yield "P01", "Tiêu đề", [*sheet.lines("national"), *sheet.lines("motto")]
    yield "P02", "Tiêu đề", [line for line in sheet.lines("party-title") if not _title_fits(line)]
    yield "P04", names["number"], [line for line in sheet.lines("number") if not _NUMBER.fullmatch(line.text)]
    yield "P05", names["subject"], [line for line in sheet.lines("subject") if not _subject_fits(line)]
    yield "P06", names["addressees"], [line for line in sheet.lines("addressees") if line.sizes and not line.block.italic]
    yield "P07", names["authority"], [line for line in sheet.lines("authority") if _STATE_MARK.match(line.text)]
    yield (
        "P08",
        names["recipients"],
        [line for line in sheet.lines("recipients") if not line.printed.underlined]
        + [line for line in sheet.lines("recipient") if re.search(r"\bVT\b", line.text)],
    )
    yield "P09", names["body"], [line for line in sheet.lines("body")[-1:] if line.text.endswith("./.")]


def _title_fits(line: Line) -> bool:
    return line.sizes == (_TITLE_SIZE,) and line.block.bold and not line.block.italic and line.column.value != "left"


def _subject_fits(line: Line) -> bool:
    return not line.text.casefold().startswith("v/v") and line.block.italic and line.sizes == (_SUBJECT_SIZE,)
