"""Words of a table cell to its paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractors.fields.markers import parse
from extractors.layout import Block, Box, Word
from extractors.readers.rows import Row, box_of, healed, rows_of, with_line

PADDING = 4.0
"""Points between a cell's edge and its text; Word leaves 5.4, few tables less than 4."""
SPACE = 0.25
"""Width of a space as a share of the type size, in Times New Roman."""


def blocks_in(words: Sequence[Word], cell: Box) -> tuple[Block, ...]:
    """Return the paragraphs of a table cell, its lines joined.

    A cell's lines are broken as late as they can be. So a paragraph has ended where the next line's first word would still have
    found room on the line, or where the next line opens with a list marker.
    """
    rows = rows_of(words)
    if not rows:
        return ()
    groups: list[list[Row]] = [[rows[0]]]
    for above, row in pairwise(rows):
        if _ended(above, row, cell):
            groups.append([row])
        else:
            groups[-1].append(row)
    return tuple(Block(healed([with_line(word, line) for line, row in enumerate(group) for word in row.words])) for group in groups)


def _ended(above: Row, row: Row, cell: Box) -> bool:
    if parse(row.text) is not None and not row.text[:1].isalnum():
        return True
    taken = sum(box_of(word).x1 - box_of(word).x0 for word in above.words) + SPACE * above.size * (len(above.words) - 1)
    taken = max(taken, above.box.x1 - above.box.x0)
    first = box_of(row.words[0])
    room = cell.x1 - cell.x0 - 2 * PADDING - taken
    fits = room > first.x1 - first.x0 + SPACE * row.size + 3.0
    return fits and _opens(row) and not above.text.endswith((",", "-", "/"))


def _opens(row: Row) -> bool:
    """True for a line that may open a paragraph: it starts with a capital, a number or a marker."""
    return row.text[:1].isupper() or not row.text[:1].isalpha()
