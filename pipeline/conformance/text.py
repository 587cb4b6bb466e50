"""The text and what hangs on it: how paragraphs stand (N20–N23), capitals (N29), appendices (N30)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from extractors.layout import Block, Column
from extractors.text import fold
from pipeline.conformance.finding import Finding, finding
from pipeline.conformance.rulebook import rulebook
from pipeline.conformance.sheet import Line, Sheet

_SEVERAL_LINES = 100
"""Characters of a paragraph that fills more than one line: only there can one see how it is aligned."""
_SENTENCE = 60
"""Characters of a paragraph that is no heading."""
_INDENTS = (28.35, 36.0)
"""Points: 1 cm and 1.27 cm."""
_SLACK = 1.5
_LEAST_GAP = 6.0
_MOST_LINE = 1.5
_LINE_OF_FONT = 1.15
"""Height of a single line of Times New Roman in font sizes."""
_ROMAN = re.compile(r"^phụ lục [ivxlc]+$")
_SEE = re.compile(r"phụ\s+lục|(?:biểu|mẫu)\s+(?:mẫu|số)|kèm\s+theo|đính\s+kèm")


def check(sheet: Sheet) -> Iterator[Finding]:
    """Yield what the text of a state document breaks."""
    yield from _paragraphs(sheet)
    yield from _gaps(sheet)
    yield from _capitals(sheet)
    yield from _appendices(sheet)


def _name() -> str:
    return rulebook().looks["body"].name


def _text(sheet: Sheet) -> list[Line]:
    """The paragraphs across the page, without centred headings."""
    return [
        line for line in sheet.lines("body") if line.column is Column.FULL and line.printed.align != "center" and not line.printed.in_table
    ]


def _paragraphs(sheet: Sheet) -> Iterator[Finding]:
    lines = _text(sheet)
    ragged = [line for line in lines if len(line.text) > _SEVERAL_LINES and line.printed.align != "both"]
    flush = [line for line in lines if len(line.text) > _SENTENCE and not line.block.marker and not _indented(line.block)]
    spread = [line for line in lines if not _line_fits(line)]
    for rule, wrong in (("N20", ragged), ("N21", flush), ("N23", spread)):
        if wrong:
            yield finding(rule, _name(), wrong)


def _indented(block: Block) -> bool:
    return block.indent is None or any(abs(block.indent - wanted) <= _SLACK for wanted in _INDENTS)


def _line_fits(line: Line) -> bool:
    printed = line.printed
    single = printed.size * _LINE_OF_FONT if printed.exact else 1.0
    if printed.exact and not single:
        return True
    return 0.99 * (printed.size if printed.exact else 1.0) <= printed.line <= 1.01 * _MOST_LINE * single


def _gaps(sheet: Sheet) -> Iterator[Finding]:
    wrong = [below for above, below in pairwise(_text(sheet)) if _gap(above, below) < _LEAST_GAP - 0.1]
    if wrong:
        yield finding("N22", _name(), wrong)


def _gap(above: Line, below: Line) -> float:
    """Points between two paragraphs; those that do not follow each other have room enough."""
    first, second = above.printed, below.printed
    if second.index != first.index + 1:
        return _LEAST_GAP
    same = first.style == second.style
    return (0 if same and first.contextual else first.after) + (0 if same and second.contextual else second.before)


def _capitals(sheet: Sheet) -> Iterator[Finding]:
    for capital in rulebook().capitals:
        wrong = [line for line in sheet.lines("body") if capital.find.search(line.text)]
        if wrong:
            yield finding("N29", _name(), wrong, f"viết “{capital.write}”")


def _appendices(sheet: Sheet) -> Iterator[Finding]:
    titles = [lines[0] for lines in sheet.appendices if lines and fold(lines[0].text).startswith("phụ lục")]
    if len(titles) > 1:
        wrong = [line for line in titles if not _ROMAN.match(fold(line.text))]
        if wrong:
            yield finding("N30", rulebook().looks["appendix"].name, wrong, "nhiều phụ lục phải đánh số La Mã")
    if titles and not any(_SEE.search(fold(line.text)) for line in sheet.lines("body")):
        yield finding("N30", rulebook().looks["appendix"].name, titles[:1], "lời văn không nhắc tới phụ lục")
