"""The signer's authority, office and name (NĐ 30/2020 Điều 13; Phụ lục I, Phần I, mục II.7): N24, N25."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from extractors import zone_signs as signs
from extractors.text import fold
from pipeline.conformance.finding import Finding, finding
from pipeline.conformance.rulebook import rulebook
from pipeline.conformance.sheet import Line, Sheet

_MARK = re.compile(r"(?P<mark>TM|KT|TL|TUQ|Q)\. (?P<whom>\S.*)")
_ANY_MARK = re.compile(r"(?:T\s?/\s?M|K\s?/\s?T|T\s?/\s?L|TUQ|TM|KT|TL|Q)(?=[\s.,])", re.IGNORECASE)


def check(sheet: Sheet) -> Iterator[Finding]:
    """Yield what the signature block breaks."""
    lines = sheet.lines("authority")
    faults = [(line, words) for line in lines for words in _faults(line)]
    faults += [(below, words) for above, below in pairwise(lines) for words in _order(above, below)]
    faults += [(line, "cấp phó ký phải có dòng KT.") for line in lines[:1] if _deputy(line.text)]
    if faults:
        details = "; ".join(dict.fromkeys(words for _, words in faults))
        yield finding("N24", rulebook().looks["authority"].name, [line for line, _ in faults], details)
    ranked = [line for line in sheet.lines("signer") if signs.rank_lead(line.text)]
    if ranked:
        yield finding("N25", rulebook().looks["signer"].name, ranked)


def _deputy(text: str) -> bool:
    return fold(text).startswith("phó ") and signs.position_line(text)


def _faults(line: Line) -> Iterator[str]:
    text = line.text
    match = _MARK.fullmatch(text)
    if match is None:
        if _ANY_MARK.match(text):
            yield "viết tắt quyền hạn sai dạng"
        return
    office = signs.position_line(match["whom"])
    if match["mark"] == "TM" and office:
        yield "TM. đứng trước tên tập thể, không đứng trước chức vụ"
    elif match["mark"] != "TM" and (not office or _deputy(match["whom"])):
        yield f"{match['mark']}. đứng trước chức vụ người đứng đầu"


def _order(above: Line, below: Line) -> Iterator[str]:
    match = _MARK.fullmatch(above.text)
    if match is None or match["mark"] == "Q":
        return
    if match["mark"] == "TM" and _deputy(below.text):
        yield "cấp phó ký phải có dòng KT."
    elif match["mark"] != "TM" and fold(below.text) == fold(match["whom"]):
        yield f"dưới {match['mark']}. phải là chức vụ của người ký"
