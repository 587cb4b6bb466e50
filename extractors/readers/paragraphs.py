"""Rows to paragraphs: joined over lines and pages, begun at markers, indents, titles and after lines that end early."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.fields.markers import Level, Marker, parse
from extractors.layout import Block, Box, Column
from extractors.readers.columns import Strip
from extractors.readers.rows import Row, box_of, healed, with_line
from extractors.zone_signs import mark

SHORT = 0.12
"""Share of the text width that a line must leave free at its end to be short whatever follows."""
ROOM = 4.0
"""Points that the next word must have had to spare on a line for the line to be a paragraph's last."""
INDENT = 9.0
"""Points from the left edge from which a line counts as indented."""
GAP = 1.75
"""A vertical distance of so many usual line pitches parts two paragraphs."""
OFF_CENTRE = 10.0
"""Points by which a centred line may miss the middle: the right edge of ragged lines is an estimate."""
NARROW = 0.8
"""Share of a table's width below which the lines above it (its title) do not tell the text area."""
SAME_INDENT = 1.0
"""Points within which two rows begin at one place."""


@dataclass(frozen=True)
class Frame:
    """The text area: its left and right edge and the usual distance of two baselines, in points."""

    left: float
    right: float
    pitch: float
    indents: tuple[float, ...] = ()
    """Places right of the left edge where several lines of different length begin: indents, not the ends of centred lines."""

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

    def balanced(self, row: Row) -> bool:
        """True when both ends keep the same distance from the edges, be it next to nothing."""
        return abs(row.middle - self.middle) < OFF_CENTRE and row.box.x0 > self.left + 2.0

    def centred(self, row: Row) -> bool:
        """True for a balanced row that is inside on both sides, opens with no list marker and stands at no usual indent."""
        inside = row.box.x0 > self.left + 2 * INDENT and row.box.x1 < self.right - INDENT
        if not inside or not self.balanced(row) or _item(row):
            return False
        return not any(abs(row.box.x0 - x) < SAME_INDENT for x in self.indents)


def _item(row: Row) -> bool:
    """True for a row that a list marker opens; "Chương II" is a title."""
    parsed = parse(row.text)
    return parsed is not None and parsed[0].level is not Level.PART


def frame_of(rows: Sequence[Row], width: float, tables: Sequence[Box] = ()) -> Frame:
    """Return the text area that rows of running text and tables share; on a page with little text, the page's usual margins."""
    if not rows:
        return Frame(0.14 * width, 0.93 * width, 18.0)
    rights = sorted(row.box.x1 for row in rows)
    lefts = Counter(round(row.box.x0 / 2) * 2 for row in rows)
    left = float(min((x for x, count in lefts.items() if count >= max(2, len(rows) // 10)), default=min(lefts)))
    right = max(rights[-max(len(rights) // 12, 1)], 0.7 * width)
    outer = max((box for box in tables), key=lambda box: box.x1 - box.x0, default=None)
    if outer is not None and rights[-1] - min(lefts) < NARROW * (outer.x1 - outer.x0):
        left, right = outer.x0, outer.x1
    pitches = sorted(b.box.bottom - a.box.bottom for a, b in pairwise(rows) if a.page == b.page and 6 < b.box.bottom - a.box.bottom < 40)
    return Frame(left, right, pitches[len(pitches) // 3] if pitches else 18.0, _indents(rows, left))


def _indents(rows: Sequence[Row], left: float) -> tuple[float, ...]:
    ends: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        if row.box.x0 > left + INDENT:
            ends[round(row.box.x0)].append(row)
    return tuple(group[0].box.x0 for group in ends.values() if max(r.box.x1 for r in group) - min(r.box.x1 for r in group) > INDENT)


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
    if first.column is not Column.FULL:
        return Block(words, first.column)
    return Block(words, first.column, centred=_title([strip.row for strip in group], frame), indent=max(first.row.box.x0 - frame.left, 0.0))


def _title(rows: Sequence[Row], frame: Frame) -> bool:
    """True for centred lines; of a title over several lines the first ones may fill the width."""
    return all(map(frame.balanced, rows)) and frame.centred(rows[-1]) and not _item(rows[0])


def _begins(group: Sequence[Strip], strip: Strip, frame: Frame) -> bool:
    last = group[-1]
    if strip.column is not last.column or strip.region != last.region:
        return True
    if strip.column is Column.LEFT:
        return _begins_left(group, strip, frame)
    if strip.column is Column.RIGHT:
        return True
    return _begins_full(group, strip, frame)


def _begins_left(group: Sequence[Strip], strip: Strip, frame: Frame) -> bool:
    """In the left column every line is its own block, but a subject, a recipient and a mark in a narrow frame run over lines."""
    first, last, row = group[0].row, group[-1].row, strip.row
    if mark(f"{last.text} {row.text}") is not None:
        return False
    if first.key.startswith(("v/v", "ve viec")):
        if mark(row.text) is not None or row.bold != first.bold or row.key.startswith("- "):
            return True
        return last.page == row.page and row.box.bottom - last.box.bottom > GAP * min(frame.pitch, 1.6 * row.size)
    if first.key.startswith(("-", "+", "–", "luu")):
        ended = last.text.rstrip().endswith((";", ".")) and not last.text.rstrip().endswith("..")
        return ended or row.key.startswith(("-", "+", "–", "luu"))
    return True


def _begins_full(group: Sequence[Strip], strip: Strip, frame: Frame) -> bool:
    last, row = group[-1].row, strip.row
    if frame.centred(row) or (frame.balanced(row) and frame.centred(last)):
        return _begins_title(group, row, frame)
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
    return frame.indented(row) or not frame.indented(group[0].row) or _early(last, row, frame) or _ended(last)


def _ended(row: Row) -> bool:
    return row.text.rstrip()[-1:] in ".;:"


def _early(last: Row, row: Row, frame: Frame) -> bool:
    """True when the next row's first word would have found room on the last one: lines are broken as late as they can be."""
    if frame.short(last):
        return True
    first = box_of(row.words[0])
    return frame.right - last.box.x1 > first.x1 - first.x0 + 0.25 * row.size + ROOM


def _begins_by_shape(group: Sequence[Strip], row: Row, frame: Frame) -> bool:
    last = group[-1].row
    more_indented = row.box.x0 > last.box.x0 + INDENT and frame.indented(row)
    if _early(last, row, frame):
        ends = last.text.rstrip()[-1:] in ".;:!?" or frame.centred(last) or last.bold != row.bold
        return ends or frame.indented(row) or (frame.short(last) and row.text[:1].isupper())
    if more_indented and len(group) > 1:
        return True
    if frame.indented(row) and _ended(last) and (row.box.x0 < last.box.x0 - INDENT or _alike(group, row)):
        return True
    hanging = len(group) == 1 and _marked(last, frame) is not None
    return more_indented and not hanging


def _alike(group: Sequence[Strip], row: Row) -> bool:
    """True when a row begins with a capital just where a paragraph of one line so far began: two first lines, not one paragraph."""
    return len(group) == 1 and abs(row.box.x0 - group[0].row.box.x0) < SAME_INDENT and row.text[:1].isupper()


def _begins_title(group: Sequence[Strip], row: Row, frame: Frame) -> bool:
    """Centred lines of one title go together: the same weight, the same case, close below each other."""
    last = group[-1].row
    if not frame.balanced(group[0].row):
        return frame.short(last) or _ended(last) or last.bold != row.bold
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
    dated = marker.printed[:-1].isdigit() and (row.text[parsed[1] : parsed[1] + 1].islower() or marker.closing == ",")
    return None if dated and not frame.indented(row) else marker


def rows_full(strips: Iterable[Strip]) -> list[Row]:
    """Return the rows of running text."""
    return [strip.row for strip in strips if strip.column is Column.FULL]
