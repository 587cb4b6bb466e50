"""Rows to paragraphs: joined over lines and pages, begun at markers, indents, titles and after short lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.fields.markers import Marker, parse
from extractors.layout import Block, Column
from extractors.readers.columns import Strip
from extractors.readers.rows import Row, healed, with_line

SHORT = 0.12
"""Share of the text width that a line must leave free at its end to be a paragraph's last."""
INDENT = 9.0
"""Points from the left edge from which a line counts as indented."""
GAP = 1.75
"""A vertical distance of so many usual line pitches parts two paragraphs."""


@dataclass(frozen=True)
class Frame:
    """The text area: its left and right edge and the usual distance of two baselines, in points."""

    left: float
    right: float
    pitch: float

    @property
    def middle(self) -> float:
        """The horizontal middle."""
        return (self.left + self.right) / 2

    def short(self, row: Row) -> bool:
        """True when the row ends well before the right edge."""
        return row.box.x1 < self.right - SHORT * (self.right - self.left)

    def indented(self, row: Row) -> bool:
        """True when the row begins right of the left edge."""
        return row.box.x0 > self.left + INDENT

    def centred(self, row: Row) -> bool:
        """True when both ends keep the same distance from the edges."""
        inside = row.box.x0 > self.left + 2 * INDENT and row.box.x1 < self.right - INDENT
        return inside and abs(row.middle - self.middle) < max(8.0, 0.04 * (self.right - self.left))


def frame_of(rows: Sequence[Row], width: float) -> Frame:
    """Return the text area that rows of running text share; on a page with little text, the page's usual margins."""
    if not rows:
        return Frame(0.14 * width, 0.93 * width, 18.0)
    rights = sorted(row.box.x1 for row in rows)
    lefts = Counter(round(row.box.x0 / 2) * 2 for row in rows)
    left = min((x for x, count in lefts.items() if count >= max(2, len(rows) // 10)), default=min(lefts))
    pitches = sorted(b.box.bottom - a.box.bottom for a, b in pairwise(rows) if a.page == b.page and 6 < b.box.bottom - a.box.bottom < 40)
    pitch = pitches[len(pitches) // 3] if pitches else 18.0
    return Frame(float(left), max(rights[-max(len(rights) // 12, 1)], 0.7 * width), pitch)


def paragraphs(strips: Sequence[Strip], frame: Frame) -> list[Block]:
    """Return the paragraphs of consecutive rows."""
    groups: list[list[Strip]] = []
    for strip in strips:
        if groups and not _begins(groups[-1], strip, frame):
            groups[-1].append(strip)
        else:
            groups.append([strip])
    return [_block(group, frame) for group in groups]


def _block(group: Sequence[Strip], frame: Frame) -> Block:
    words = healed([with_line(word, line) for line, strip in enumerate(group) for word in strip.row.words])
    first = group[0]
    centred = first.column is Column.FULL and all(frame.centred(strip.row) for strip in group)
    indent = max(first.row.box.x0 - frame.left, 0.0) if first.column is Column.FULL else None
    return Block(words, first.column, centred=centred, indent=indent)


def _begins(group: Sequence[Strip], strip: Strip, frame: Frame) -> bool:
    last = group[-1]
    if strip.column is not last.column or strip.region != last.region:
        return True
    if strip.column is Column.LEFT:
        return _begins_left(group, strip)
    if strip.column is Column.RIGHT:
        return True
    return _begins_full(group, strip, frame)


def _begins_left(group: Sequence[Strip], strip: Strip) -> bool:
    """In the left column every line is its own block, but a subject and a recipient run over lines."""
    first, last, text = group[0].row.key, group[-1].row.text, strip.row.key
    if first.startswith(("v/v", "ve viec")):
        return parse(strip.row.text) is not None and text.startswith("-")
    if first.startswith(("-", "+", "–")) or first.startswith("luu"):
        ended = last.rstrip().endswith((";", ".")) and not last.rstrip().endswith("..")
        return ended or text.startswith(("-", "+", "–", "luu"))
    return True


def _begins_full(group: Sequence[Strip], strip: Strip, frame: Frame) -> bool:
    last, row = group[-1].row, strip.row
    centred, was_centred = frame.centred(row), frame.centred(last)
    if centred and parse(row.text) is None:
        return _begins_title(last, row, frame) if was_centred else frame.short(last) or _ended(last) or last.bold != row.bold
    if _marked(row, frame) is not None and _may_open(group, row, frame):
        return True
    if last.page == row.page and row.box.bottom - last.box.bottom > GAP * frame.pitch:
        return True
    if last.text.rstrip().endswith("./."):
        return True
    return _begins_by_shape(group, row, frame)


def _may_open(group: Sequence[Strip], row: Row, frame: Frame) -> bool:
    """A dash at the left edge below a full line of an indented paragraph is the middle of a sentence ("kinh tế | – xã hội")."""
    last = group[-1].row
    return frame.indented(row) or not frame.indented(group[0].row) or frame.short(last) or _ended(last)


def _ended(row: Row) -> bool:
    return row.text.rstrip()[-1:] in ".;:"


def _begins_by_shape(group: Sequence[Strip], row: Row, frame: Frame) -> bool:
    last = group[-1].row
    if frame.indented(row) and (row.box.x0 < last.box.x0 - INDENT or last.bold != row.bold):
        return True
    # A sentence that ends at the edge by chance: the next line stands where paragraphs begin, not where their lines go on.
    if frame.indented(row) and _ended(last) and len(group) == 1 and abs(row.box.x0 - last.box.x0) < 2.0:
        return True
    more_indented = row.box.x0 > last.box.x0 + INDENT and frame.indented(row)
    if frame.short(last):
        ends = last.text.rstrip()[-1:] in ".;:!?" or frame.centred(last) or last.bold != row.bold
        return ends or frame.indented(row) or row.text[:1].isupper()
    if more_indented and len(group) > 1:
        return True
    hanging = len(group) == 1 and _marked(last, frame) is not None
    return more_indented and not hanging


def _begins_title(last: Row, row: Row, frame: Frame) -> bool:
    """Centred lines of one title go together: the same weight, the same case, close below each other."""
    same = last.bold == row.bold and last.text.isupper() == row.text.isupper()
    near = last.page == row.page and row.box.bottom - last.box.bottom < 1.4 * frame.pitch
    alone = last.text.isupper() and len(last.text.split()) <= 3
    return not (same and near) or alone


def _marked(row: Row, frame: Frame) -> Marker | None:
    """The list marker that opens a row, if it can be one: a number at the left edge of a wrapped line is part of its sentence."""
    parsed = parse(row.text)
    if parsed is None or len(row.text) <= parsed[1]:
        return None
    marker = parsed[0]
    dated = marker.printed[:-1].isdigit() and row.text[parsed[1] : parsed[1] + 1].islower()
    return None if dated and not frame.indented(row) else marker


def rows_full(strips: Iterable[Strip]) -> list[Row]:
    """Return the rows of running text."""
    return [strip.row for strip in strips if strip.column is Column.FULL]
