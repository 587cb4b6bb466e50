"""Letterheads and signature blocks typed with tabs or spaces instead of a table.

"UBND HUYỆN X <tab> CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" is one paragraph with two columns. A line is cut at a wide gap only where
both sides are lines of such a block; the blanks of "Số:      /UBND-VP" and "ngày      tháng 9" are no gaps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from extractors import zone_signs as signs
from extractors.layout import Block, Column
from extractors.readers.docx_blocks import cut, list_item, printed_lines, short, split_items, to_block
from extractors.readers.docx_body import Paragraph

_FIRST_LINES = 4
"""Paragraphs from the top of the document among which a letterhead's first line without a right side may stand."""
_LONGEST_SIDE = 60
"""Characters of one side's line; a longer one runs into the other column."""
_MOST_WORDS = 60
"""Words of a line of two columns."""
Pair = tuple[Paragraph | None, Paragraph | None]


def arrange_typed(paragraphs: Sequence[Paragraph], at_top: bool) -> Iterator[Block]:
    """Yield the blocks of consecutive paragraphs: typed two-column regions in columns, all else as it stands."""
    if not any(paragraph.gaps for paragraph in paragraphs):
        yield from _plain(paragraphs)
        return
    lines = [line for paragraph in paragraphs for line in _opened(paragraph)]
    start = index = 0
    while index < len(lines):
        region, end = _region(lines, index)
        if not region:
            index += 1
            continue
        first = _pulled_in(lines, start, index) if at_top and index < _FIRST_LINES else index
        yield from _plain(lines[start:first])
        yield from _in_columns([(line, None) for line in lines[first:index]] + region)
        start = index = end
    yield from _plain(lines[start:])


def _plain(paragraphs: Sequence[Paragraph]) -> Iterator[Block]:
    return (to_block(part) for paragraph in paragraphs for part in split_items(paragraph))


def _opened(paragraph: Paragraph) -> list[Paragraph]:
    """A paragraph's lines, where they are lines of two columns; else the paragraph."""
    if not paragraph.gaps or paragraph.words[-1].line == 0:
        return [paragraph]
    lines = printed_lines(paragraph)
    return lines if any(_last_halves(line, _opens) for line in lines) else [paragraph]


def _region(lines: Sequence[Paragraph], index: int) -> tuple[list[Pair], int]:
    """The two-column region that begins at a line, as pairs, and the index after it; no pairs where none begins."""
    halves = _last_halves(lines[index], _opens)
    if halves is None:
        return [], index
    closing = _closes(short(halves[0].words), short(halves[1].words))
    pairs: list[Pair] = [halves]
    index += 1
    while index < len(lines):
        pair = _next_pair(lines, index, closing)
        if pair is None:
            break
        pairs.append(pair)
        index += 1
    return pairs, index


def _next_pair(lines: Sequence[Paragraph], index: int, closing: bool) -> Pair | None:
    line = lines[index]
    halves = _last_halves(line, _opens) or _last_halves(line, _dated) or _first_halves(line)
    if halves is not None:
        return halves
    text = short(line.words)
    if not text:
        return None
    if 0 in line.gaps and _right_alone(text, closing):
        return None, line
    if closing:
        return (line, None) if list_item(text) or signs.filing_lead(text) else (None, line) if signs.authority_line(text) else None
    return (line, None) if _left_alone(lines, index, text) else None


def _left_alone(lines: Sequence[Paragraph], index: int, text: str) -> bool:
    """True for a left-column line of a letterhead that has nothing to its right: number, subject, the subject's next lines."""
    if signs.address_lead(text) or len(text) > _LONGEST_SIDE * 2 or signs.body_opener(text):
        return False
    if signs.number_line(text) or signs.subject_lead(text) or signs.rule(text):
        return True
    if index and signs.subject_lead(short(lines[index - 1].words)) and len(text) <= _LONGEST_SIDE and not lines[index].marker:
        return any(signs.address_lead(short(line.words)) for line in lines[index + 1 : index + 3])
    return False


def _right_alone(text: str, closing: bool) -> bool:
    if closing:
        return len(text) <= _LONGEST_SIDE and not list_item(text)
    return signs.place_date(text) or signs.motto(text) or signs.national_title(text) or signs.rule(text)


def _last_halves(line: Paragraph, accept: Callable[[str, str], bool]) -> tuple[Paragraph, Paragraph] | None:
    """The two sides of a line, cut at the last gap that fits: blanks to fill in may stand before it ("Số:      /NV <tab> A, ngày …")."""
    return _cut_at(line, reversed(line.gaps), accept)


def _first_halves(line: Paragraph) -> tuple[Paragraph, Paragraph] | None:
    """The two sides of a line of recipients and signature, cut at the first gap that fits: a name may be typed wide."""
    return _cut_at(line, line.gaps, _beside_recipients)


def _cut_at(line: Paragraph, gaps: Iterable[int], accept: Callable[[str, str], bool]) -> tuple[Paragraph, Paragraph] | None:
    if len(line.words) > _MOST_WORDS:
        return None
    for gap in gaps:
        left, right = short(line.words[:gap]), short(line.words[gap:])
        if left and right and accept(left, right):
            return cut(line, 0, gap), cut(line, gap, len(line.words))
    return None


def _opens(left: str, right: str) -> bool:
    """True when two texts can only be the two sides of a letterhead or signature block."""
    if signs.national_title(right) or signs.party_title(right) or signs.motto(right):
        return True
    if signs.place_date(right) and (signs.number_line(left) or left.isupper()):
        return True
    return _closes(left, right)


def _closes(left: str, right: str) -> bool:
    over = signs.authority_line(right) or signs.position_line(right)
    return bool(over and (signs.recipients_lead(left) or list_item(left) or signs.authority_line(left) or signs.position_line(left)))


def _dated(_: str, right: str) -> bool:
    return signs.place_date(right)


def _beside_recipients(left: str, right: str) -> bool:
    """True when two texts may be the two sides of a line within such a block."""
    if signs.rule(left) and signs.rule(right):
        return True
    if len(right) > _LONGEST_SIDE:
        return False
    recipient = list_item(left) or bool(signs.filing_lead(left)) or signs.rule(left)
    return signs.rule(right) or (recipient and (right.isupper() or signs.person_name(right) or signs.signed_note(right)))


def _pulled_in(lines: Sequence[Paragraph], start: int, index: int) -> int:
    """Where a letterhead really begins: lines in capitals above its first two-column line are the left column's."""
    first = index
    while first > start and len(lines[first - 1].words) < 12 and short(lines[first - 1].words).isupper():
        first -= 1
    return first if not any(signs.mark(short(line.words)) for line in lines[first:index]) else index


def _in_columns(pairs: Sequence[Pair]) -> Iterator[Block]:
    for side, column in enumerate((Column.LEFT, Column.RIGHT)):
        for row, pair in enumerate(pairs):
            half = pair[side]
            if half is not None:
                yield to_block(half, column, row)
