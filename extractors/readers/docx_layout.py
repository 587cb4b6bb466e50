"""From a story's paragraphs, tables and text boxes to the items of the page model, columns told apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors import zone_signs as signs
from extractors.layout import Block, Column, Item
from extractors.readers.docx_blocks import short, text_of
from extractors.readers.docx_body import Paragraph, RawItem, RawTable, TextBox
from extractors.readers.docx_tables import closing_sign, data_table, flatten, is_layout, letterhead_sign
from extractors.readers.docx_typed import arrange_typed


def arrange(items: Sequence[RawItem]) -> list[Item]:
    """Return a story as items in reading order."""
    out: list[Item] = []
    index = 0
    while index < len(items):
        item = items[index]
        if isinstance(item, RawTable):
            out.extend(flatten(item, arrange) if is_layout(item) else (data_table(item),))
            index += 1
        elif isinstance(item, TextBox):
            index = _boxes(items, index, out)
        else:
            end = index
            run: list[Paragraph] = []
            while end < len(items) and isinstance(paragraph := items[end], Paragraph):
                run.append(paragraph)
                end += 1
            out.extend(arrange_typed(run, at_top=not out))
            index = end
    return out


def _boxes(items: Sequence[RawItem], index: int, out: list[Item]) -> int:
    """Place text boxes that stand together; return the index after them.

    A signature box comes behind the paragraph that opens the recipients where it is anchored there, as a right column does.
    """
    boxes: list[list[Item]] = []
    while index < len(items) and isinstance(box := items[index], TextBox):
        boxes.append(arrange(box.items))
        index += 1
    lines = [short(block.words) for box in boxes for block in _blocks(box)]
    lettered = any(signs.national_title(line) or signs.party_title(line) for line in lines)
    placed = [_sided(box, lettered) for box in boxes]
    ordered = [item for column in (Column.LEFT, Column.RIGHT, Column.FULL) for side, box in placed if side is column for item in box]
    anchor = items[index] if index < len(items) else None
    if isinstance(anchor, Paragraph) and signs.recipients_lead(text_of(anchor.words[:6])) and any(closing_sign(line) for line in lines):
        out.extend(arrange_typed([anchor], at_top=False))
        index += 1
    out.extend(ordered)
    return index


def _blocks(items: Sequence[Item]) -> list[Block]:
    return [item for item in items if isinstance(item, Block)]


def _sided(box: list[Item], lettered: bool) -> tuple[Column, list[Item]]:
    """A text box's items with the column that its words tell."""
    blocks = _blocks(box)
    side = _side([short(block.words) for block in blocks], lettered)
    if side is Column.FULL or any(block.column is not Column.FULL for block in blocks):
        return Column.FULL, box
    return side, [replace(item, column=side) if isinstance(item, Block) else item for item in box]


def _side(lines: Sequence[str], lettered: bool) -> Column:
    if any(signs.number_line(line) or signs.recipients_lead(line) for line in lines):
        return Column.LEFT
    if any(letterhead_sign(line) or closing_sign(line) or signs.position_line(line) for line in lines):
        return Column.RIGHT
    if lettered and lines and lines[0].isupper() and not signs.mark(lines[0]):
        return Column.LEFT
    return Column.FULL
