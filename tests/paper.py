"""Layouts written as text, for tests of zones and fields.

One line is one paragraph. A prefix says how it stands: ``L`` left column, ``R`` right column, ``C`` centred, none: full
width; ``*`` bold, ``~`` italic; ``⏎`` is a printed line break inside the paragraph; ``[[…]]`` words of a signature field.
"""

from __future__ import annotations

import re
from dataclasses import replace

from extractors.layout import Block, Box, Column, Layout, Origin, Word

_PREFIX = re.compile(r"^([LRCF]?)([*~]{0,2})\|\s?")
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def block(text: str, index: int = 0, *, paged: bool = False, column: Column = Column.FULL, style: str = "", centred: bool = False) -> Block:
    words = []
    field = False
    for number, line in enumerate(text.split("⏎")):
        for position, token in enumerate(line.split()):
            field |= token.startswith("[[")
            word = Word(token.strip("[]") if field else token, paragraph=index, bold="*" in style, italic="~" in style, line=number)
            if field:
                word = replace(word, origin=Origin.FIELD)
                field = not token.endswith("]]")
            if paged:
                x, y = 80 + 30 * position, 20 * index + number
                word = replace(word, paragraph=None, page=1, box=Box(x, y, x + 25, y + 1))
            words.append(word)
    return Block(tuple(words), column=column, centred=centred or column is not Column.FULL)


def blocks(text: str, *, paged: bool = False) -> tuple[Block, ...]:
    out = []
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for index, line in enumerate(lines):
        match = _PREFIX.match(line)
        place, style = match.groups() if match else ("", "")
        column = {"L": Column.LEFT, "R": Column.RIGHT}.get(place, Column.FULL)
        out.append(block(line[match.end() :] if match else line, index, paged=paged, column=column, style=style, centred=place == "C"))
    return tuple(out)


def layout(text: str, *, paged: bool = False, stamps: str = "") -> Layout:
    return Layout(_DOCX, blocks(text, paged=paged), stamps=blocks(stamps) if stamps else ())
