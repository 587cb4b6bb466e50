"""Tables that run over pages: repeated header rows dropped, a row cut by the page's end made whole."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.layout import Block, Box, Cell, Row, Table
from extractors.readers.rows import with_line
from extractors.text import ascii_key

ALIGNED = 12.0
"""Points by which the parts of one table may stand apart at their edges."""
NUMBERED = 0.8
"""Share of a table's rows with something in the first cell from which an empty one means "the rest of the row above"."""
MOST_HEADER_ROWS = 3


def continues(above: Table, last: Box, below: Table, box: Box) -> bool:
    """True when a table that opens a page goes on with the one that closed the page before, by its edges and columns."""
    aligned = abs(last.x0 - box.x0) < ALIGNED and abs(last.x1 - box.x1) < ALIGNED
    return aligned and _columns(above) == _columns(below)


def join(above: Table, below: Table) -> Table:
    """Return one table for two parts."""
    rows = _without_header(above, below)
    if rows and len(above.rows) > 1 and _cut(rows[0], above):
        return Table((*above.rows[:-1], _merged(above.rows[-1], rows[0]), *rows[1:]))
    return Table((*above.rows, *rows))


def _columns(table: Table) -> int:
    return max((sum(cell.col_span for cell in row.cells) for row in table.rows), default=0)


def _without_header(above: Table, below: Table) -> Sequence[Row]:
    same = 0
    for old, new in zip(above.rows[:MOST_HEADER_ROWS], below.rows, strict=False):
        if _key(old) != _key(new) or not _key(new).strip(" |"):
            break
        same += 1
    return below.rows[same:]


def _key(row: Row) -> str:
    return ascii_key(" | ".join(cell.text for cell in row.cells))


def _cut(row: Row, above: Table) -> bool:
    """A row without an ordinal is the rest of the row above when its texts go on in a sentence, or when every row has an ordinal."""
    texts = [cell.text for cell in row.cells]
    if texts[0] or not any(texts):
        return False
    if any(text[:1].islower() for text in texts[1:]):
        return True
    body = above.rows[1:]
    return sum(bool(other.cells[0].text) for other in body) >= NUMBERED * len(body) and len(texts) == len(above.rows[-1].cells)


def _merged(above: Row, below: Row) -> Row:
    pairs = zip(above.cells, below.cells, strict=False)
    return Row((*(Cell(_run_on(a, b), a.row_span, a.col_span) for a, b in pairs), *above.cells[len(below.cells) :]))


def _run_on(above: Cell, below: Cell) -> tuple[Block, ...]:
    """The paragraphs of both parts; one that breaks off in mid sentence is joined."""
    if not above.blocks or not below.blocks or above.blocks[-1].text.endswith((".", ";", ":")):
        return above.blocks + below.blocks
    last, first = above.blocks[-1], below.blocks[0]
    lines = max((word.line for word in last.words), default=0) + 1
    moved = tuple(with_line(word, word.line + lines) for word in first.words)
    return (*above.blocks[:-1], Block((*last.words, *moved)), *below.blocks[1:])
