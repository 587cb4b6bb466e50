"""From paragraphs of the file to blocks of the page model, and the cutting of paragraphs at their line breaks."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors import zone_signs as signs
from extractors.layout import Block, Column, Word
from extractors.readers.docx_body import Paragraph

_ITEM = re.compile(
    r"""(?: [-–—−+*•▪●➢✓] | \d{1,2}(?:\.\d{1,2}){0,3}[.)] | \d{1,2}(?:\.\d{1,2}){1,3} | [a-zđ]\) | [IVX]{1,5}\. )(?=\s|$)
        | [-–+•](?=[^\W\d_])""",
    re.VERBOSE,
)
"""A typed list marker at the beginning of a line ("- ", "1.", "1.2.", "a)", "II.")."""
_LONGEST_SIGN = 160
"""Characters; a longer line is text, no line of a letterhead or signature block."""


def text_of(words: Sequence[Word]) -> str:
    """Return words as one line of text."""
    return "".join(word.text if word.glued or not index else " " + word.text for index, word in enumerate(words))


def cut(paragraph: Paragraph, first: int, last: int) -> Paragraph:
    """Return the paragraph of ``words[first:last]``, its lines counted from 0; the list marker stays with the first word."""
    words = paragraph.words[first:last]
    base = words[0].line if words else 0
    if base or (words and words[0].glued):
        words = tuple(replace(word, line=word.line - base, glued=word.glued and index > 0) for index, word in enumerate(words))
    gaps = paragraph.gaps[bisect_left(paragraph.gaps, first) : bisect_left(paragraph.gaps, last)]
    gaps = tuple(gap - first for gap in gaps) if first else gaps
    return replace(paragraph, words=words, gaps=gaps, marker="" if first else paragraph.marker)


def line_starts(paragraph: Paragraph) -> list[int]:
    """Return the index of each printed line's first word."""
    words = paragraph.words
    return [index for index, word in enumerate(words) if not index or word.line != words[index - 1].line]


def printed_lines(paragraph: Paragraph) -> list[Paragraph]:
    """Return one paragraph for each printed line."""
    starts = line_starts(paragraph)
    if len(starts) < 2:
        return [paragraph]
    return [cut(paragraph, a, b) for a, b in zip(starts, [*starts[1:], len(paragraph.words)], strict=True)]


def list_item(text: str) -> bool:
    """True when a line begins with a typed list marker."""
    return bool(_ITEM.match(text))


def split_items(paragraph: Paragraph) -> list[Paragraph]:
    """Return the items of a list that was typed into one paragraph with line breaks."""
    words = paragraph.words
    if not words or words[-1].line == 0:
        return [paragraph]
    starts = line_starts(paragraph)
    ends = [*starts[1:], len(words)]
    heads = [a for a, b in zip(starts, ends, strict=True) if a == 0 or list_item(text_of(words[a : min(b, a + 2)]) + " ")]
    return [cut(paragraph, a, b) for a, b in zip(heads, [*heads[1:], len(words)], strict=True)]


def split_lines(paragraph: Paragraph) -> list[Paragraph]:
    """Return the lines of a letterhead or signature cell, a subject, title or date that runs over two lines kept whole."""
    words = paragraph.words
    if not words or words[-1].line == 0:
        return [paragraph]
    starts = line_starts(paragraph)
    heads = [0]
    for a, b in zip(starts[1:], [*starts[2:], len(words)], strict=True):
        if not _goes_on(text_of(words[heads[-1] : a]), text_of(words[a:b])):
            heads.append(a)
    return [cut(paragraph, a, b) for a, b in zip(heads, [*heads[1:], len(words)], strict=True)]


def _goes_on(before: str, line: str) -> bool:
    """True when a line goes on with the text before it."""
    if len(before) > 2 * _LONGEST_SIGN or list_item(line) or signs.rule(line):
        return False
    both = f"{before} {line}"
    whole = (signs.national_title, signs.place_date, signs.motto)
    if any(test(both) and not test(before) and not test(line) for test in whole):
        return True
    others = (signs.number_line, signs.place_date, signs.mark, signs.address_lead)
    return bool(signs.subject_lead(before)) and not any(test(line) for test in others)


def to_block(paragraph: Paragraph, column: Column = Column.FULL, row: int | None = None) -> Block:
    """Return the paragraph as a block of a column."""
    return Block(paragraph.words, column, paragraph.marker, paragraph.centred, paragraph.indent, paragraph.level, row)


def cell_blocks(paragraph: Paragraph, column: Column, row: int | None) -> Iterator[Block]:
    """Yield the blocks of a paragraph in a layout table: its lines in a side column, its items in a full one."""
    parts = split_items(paragraph) if column is Column.FULL else split_lines(paragraph)
    return (to_block(part, column, row) for part in parts)


def short(words: Sequence[Word]) -> str:
    """Return the text of a line that may be a sign; empty for a longer one."""
    if len(words) > 40:
        return ""
    text = text_of(words)
    return text if len(text) <= _LONGEST_SIGN else ""
