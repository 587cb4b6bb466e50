"""Cutting blocks into printed lines, and layout tables back into columns.

Readers differ in what they join: "Số: …" and "V/v …" may come as one paragraph with line breaks, the letterhead as a
table, both letterhead columns as one typed line. Zones are decided line by line, so everything is cut here first;
words keep their page, box and paragraph, so evidence of a cut is evidence of the paper.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.layout import Block, Column, Item, Table, Word
from extractors.text import ascii_key

_SECOND_COLUMN = re.compile(r"(?<=\S )(?:cong ho.{1,3}xa ?hoi chu nghia|dang cong san viet nam$|doc lap\W{1,5}tu do\W)")
"""What can only stand in the right letterhead column, met in the middle of a line."""
_NUMBER_THEN_PLACE = re.compile(r"^so\b\s*[:.]?[\d\s.…_]*/[\w/&.-]+(?: ?- ?\w+)*\s+(?=\S[^/,;:]{1,40},\s*ngay(?![a-z]))")

_NUMBER_THEN_SUBJECT = re.compile(r"^so\b.{0,60}?/.{0,40}?\s(?=v ?/ ?v[\s:.])")

_LONGEST_LINE = 300
"""Characters of the longest printed line that may hold two columns."""


def cut(block: Block, first: int, last: int, column: Column | None = None) -> Block:
    """Return the block of ``words[first:last]``; a list marker stays with the first word."""
    words = block.words[first:last]
    if words and words[0].glued:
        words = (replace(words[0], glued=False), *words[1:])
    return replace(block, words=words, marker=block.marker if first == 0 else "", column=column or block.column)


def cut_at(block: Block, offset: int, left: Column | None = None, right: Column | None = None) -> tuple[Block, Block]:
    """Return the block's two parts before and from the word that begins at ``offset`` of its text."""
    index = block.word_span(offset, offset + 1)[0]
    return cut(block, 0, index, left), cut(block, index, len(block.words), right)


def printed_lines(block: Block) -> tuple[Block, ...]:
    """Return one block for each printed line."""
    starts = [i for i, word in enumerate(block.words) if i == 0 or word.line != block.words[i - 1].line]
    if len(starts) < 2:
        return (block,) if block.words else ()
    return tuple(cut(block, a, b) for a, b in zip(starts, [*starts[1:], len(block.words)], strict=True))


def columns(line: Block) -> tuple[Block, ...]:
    """Return the line, or its two halves when a typed line carries both letterhead columns."""
    if len(line.text) > _LONGEST_LINE:
        return (line,)
    key = ascii_key(line.text)
    match = _SECOND_COLUMN.search(key)
    if match:
        return cut_at(line, match.start(), Column.LEFT, Column.RIGHT)
    match = _NUMBER_THEN_PLACE.match(key)
    if match:
        return cut_at(line, match.end(), Column.LEFT, Column.RIGHT)
    match = _NUMBER_THEN_SUBJECT.match(key)
    return cut_at(line, match.end()) if match else (line,)


def join(blocks: Sequence[Block]) -> Block:
    """Return one block of all words; each source block counts as one printed line at least."""
    words: list[Word] = []
    base = 0
    for block in blocks:
        words.extend(replace(word, line=word.line + base) for word in block.words)
        base += max((word.line for word in block.words), default=0) + 1
    return replace(blocks[0], words=tuple(words))


def unfold(table: Table) -> Iterator[Block]:
    """Yield the paragraphs of a layout table as column blocks: its first cell is the left column, the last the right."""
    for number, row in enumerate(table.rows):
        filled = [cell for cell in row.cells if any(block.words for block in cell.blocks)]
        for position, cell in enumerate(row.cells):
            if cell not in filled:
                continue
            if len(row.cells) == 1 or cell.col_span >= len(row.cells) > 1:
                column = Column.FULL
            else:
                column = Column.LEFT if position * 2 < len(row.cells) - 1 else Column.RIGHT
            for block in cell.blocks:
                if block.words:
                    yield replace(block, column=column, row=number)


def is_layout_table(table: Table) -> bool:
    """True when a small table holds a letterhead or the end of a document instead of data."""
    if len(table.rows) > 8:
        return False
    keys = [ascii_key(block.text) for block in table.blocks]
    return any(re.match(r"cong ho.{1,3}xa ?hoi|noi nhan\b|dang cong san viet nam$", key) for key in keys)


def without_layout_tables(items: Sequence[Item]) -> list[Item]:
    """Return the items with letterhead and signature tables turned into column blocks, empty blocks dropped."""
    out: list[Item] = []
    for item in items:
        if isinstance(item, Table):
            out.extend(unfold(item) if is_layout_table(item) else (item,))
        elif item.words:
            out.append(item)
    return out
