"""Size, weight, slope, capitals and place of each part (N09–N13)."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.layout import Column
from pipeline.conformance.finding import Finding, finding
from pipeline.conformance.rulebook import Look, rulebook
from pipeline.conformance.sheet import Line, Sheet

_SIZE_SLACK = 0.25
"""Points; Word sets halves."""
_WORDS = {"upper": "in hoa", "lower": "in thường", "left": "bên trái", "right": "bên phải", "center": "canh giữa"}


def check(sheet: Sheet) -> Iterator[Finding]:
    """Yield what the parts' looks break."""
    for look in rulebook().looks.values():
        lines = sheet.lines(look.id)
        if lines:
            yield from _part(look, lines)


def _part(look: Look, lines: tuple[Line, ...]) -> Iterator[Finding]:
    small, large = look.sizes
    wrong = [line for line in lines if any(not small - _SIZE_SLACK <= size <= large + _SIZE_SLACK for size in line.sizes)]
    if wrong:
        shown = sorted({size for line in wrong for size in line.sizes if not small - _SIZE_SLACK <= size <= large + _SIZE_SLACK})
        wanted = f"{small:g}" if small == large else f"{small:g}–{large:g}"
        detail = f"cỡ {', '.join(f'{size:g}' for size in shown)}, quy định {wanted}"
        yield finding("N09", look, wrong, detail, f"Đặt lại cỡ chữ {wanted}.")
    yield from _weight(look, lines)
    yield from _shape(look, lines)


def _weight(look: Look, lines: tuple[Line, ...]) -> Iterator[Finding]:
    lettered = [line for line in lines if line.sizes]
    if look.bold is not None:
        wrong = [line for line in lettered if (line.block.bold if look.bold else _any(line, "bold")) != look.bold]
        if wrong:
            yield finding("N10", look, wrong, "phải đậm" if look.bold else "không được đậm")
    if look.italic is not None:
        wrong = [line for line in lettered if (line.block.italic if look.italic else _any(line, "italic")) != look.italic]
        if wrong:
            yield finding("N11", look, wrong, "phải nghiêng" if look.italic else "phải đứng")


def _any(line: Line, name: str) -> bool:
    return any(getattr(word, name) for word in line.block.words if any(c.isalpha() for c in word.text))


def _shape(look: Look, lines: tuple[Line, ...]) -> Iterator[Finding]:
    lettered = [line for line in lines if line.sizes]
    if look.case:
        wrong = [line for line in lettered if line.upper != (look.case == "upper")]
        if wrong:
            yield finding("N12", look, wrong, f"phải {_WORDS[look.case]}")
    if look.column:
        wrong = [line for line in lines if _misplaced(line, look.column)]
        if wrong:
            yield finding("N13", look, wrong, f"phải ở {_WORDS[look.column]}")
    if look.align:
        wrong = [line for line in lines if line.printed.align != look.align]
        if wrong:
            yield finding("N13", look, wrong, f"phải {_WORDS[look.align]}")


def _misplaced(line: Line, column: str) -> bool:
    """True in the other column, or in the middle of the page; a line that tabs or an indent push aside may stand right."""
    if line.column is Column.FULL:
        return line.block.centred
    return line.column.value != column
