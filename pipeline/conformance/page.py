"""Paper, margins, fonts, colours, page numbers (N01–N06) and the drawn lines of the letterhead (N28)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.readers.docx_print import Paper, Printed, Section
from pipeline.conformance.finding import Finding, finding
from pipeline.conformance.rulebook import rulebook
from pipeline.conformance.sheet import Line, Sheet

PAGE = "Trang"
_A4 = (210.0, 297.0)
_SLACK = 1.0
"""Millimetres that rounding of inches and twips may cost."""
_MARGINS = (("top", "trên", 20, 25), ("bottom", "dưới", 20, 25), ("left", "trái", 30, 35), ("right", "phải", 15, 20))
_PARTY_MARGINS = (("top", "trên", 20, 20), ("bottom", "dưới", 20, 20), ("left", "trái", 30, 30), ("right", "phải", 15, 15))
_FONT = "times new roman"
_LEGACY = re.compile(r"^(?:\.vn|vni|vk|abc |uvn)", re.IGNORECASE)
_ONE_PAGE = 4500
"""Characters that no single page holds: a page of 14-point text has about 2 500."""


def check(paper: Paper) -> Iterator[Finding]:
    """Yield what the pages of a state document break."""
    yield from _size("N01", paper)
    yield from _margins("N02", paper, _MARGINS)
    yield from fonts(paper)
    coloured = [p for p in paper.paragraphs if p.colours]
    if coloured:
        names = ", ".join(f"#{name}" for name in sorted({name for p in coloured for name in p.colours})[:3])
        yield finding("N05", PAGE, _places(coloured), names)
    yield from _numbers(paper)


def check_party(paper: Paper) -> Iterator[Finding]:
    """Yield what the pages of a Party document break: its paper and margins are one rule."""
    yield from _size("P10", paper)
    yield from _margins("P10", paper, _PARTY_MARGINS)
    yield from fonts(paper)


def fonts(paper: Paper) -> Iterator[Finding]:
    """Yield letters that are not in Times New Roman, and those in a font of an old encoding."""
    used = [(p, font) for p in paper.paragraphs for font, _ in p.fonts]
    legacy = [(p, font) for p, font in used if _LEGACY.match(font)]
    if legacy:
        yield finding("N04", PAGE, _places([p for p, _ in legacy]), ", ".join(sorted({font for _, font in legacy})))
    others = [(p, font) for p, font in used if font.casefold() != _FONT and not _LEGACY.match(font)]
    if others:
        yield finding("N03", PAGE, _places([p for p, _ in others]), ", ".join(sorted({font for _, font in others})))


def _places(paragraphs: list[Printed]) -> list[Line]:
    from extractors.layout import Block, Word

    unique = {p.index: p for p in paragraphs}
    return [Line(Block(tuple(Word(word) for word in p.text.split())), p) for p in unique.values()]


def _size(rule: str, paper: Paper) -> Iterator[Finding]:
    wrong = [s for s in paper.sections if any(abs(a - b) > _SLACK for a, b in zip(sorted((s.width, s.height)), _A4, strict=True))]
    if wrong:
        yield finding(rule, PAGE, detail=f"khổ {wrong[0].width:g} × {wrong[0].height:g} mm")


def _margins(rule: str, paper: Paper, limits: tuple[tuple[str, str, int, int], ...]) -> Iterator[Finding]:
    wrong = {
        f"lề {name} {getattr(section, side):g} mm, quy định {_range(low, high)}"
        for section in paper.sections if not section.landscape
        for side, name, low, high in limits
        if not low - _SLACK <= getattr(section, side) <= high + _SLACK
    }  # fmt: skip
    if wrong:
        yield finding(rule, PAGE, detail="; ".join(sorted(wrong)))


def _range(low: int, high: int) -> str:
    return f"{low}" if low == high else f"{low}–{high}"


def _numbers(paper: Paper) -> Iterator[Finding]:
    if not paper.sections:
        return
    look = rulebook().looks["page-number"]
    first = paper.sections[0]
    fields = [field for section in paper.sections for field in section.headers if field.page_field]
    faults = {
        *_number_place(first, fields, paper),
        *("chưa ở giữa" for field in fields if field.align != "center"),
        *(f"cỡ {field.size:g}, quy định 13–14" for field in fields if not look.sizes[0] <= field.size <= look.sizes[1]),
    }
    if faults:
        yield finding("N06", look.name, detail="; ".join(sorted(faults)))


def _number_place(first: Section, fields: list[Printed], paper: Paper) -> Iterator[str]:
    if any(field.page_field for section in paper.sections for field in section.footers):
        yield "đang ở lề dưới"
    elif not fields and (paper.page_breaks or sum(len(p.text) for p in paper.paragraphs) > _ONE_PAGE):
        yield "văn bản nhiều trang mà không có số trang"
    if any(field.page_field for field in (first.first_headers if first.title_page else first.headers)):
        yield "hiển thị cả ở trang thứ nhất"


def rules_drawn(sheet: Sheet) -> Iterator[Finding]:
    """Yield the missing lines under motto and issuer; how long they are cannot be told of every way to draw them."""
    if sheet.form and not sheet.lines("motto"):
        return
    drawn = sum(p.shapes + p.bordered + bool(re.fullmatch(r"[_\-–—]{3,}", p.text)) for p in sheet.head)
    underlined = [line for part in ("motto", "issuer") for line in sheet.lines(part) if line.printed.underlined]
    if drawn < 2 or underlined:
        detail = "dùng gạch chân chữ (Underline)" if underlined else f"thấy {drawn} đường kẻ"
        yield finding("N28", "Đường kẻ", underlined or sheet.lines("motto")[:1], detail)
