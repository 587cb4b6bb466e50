"""Regions in two columns: the letterhead at the head of a document, the signature block at its end.

A gutter is the vertical strip that the fewest words of a region's rows cross. The blanks of "Số:     /UBND-VP" and
"ngày     tháng 9" are no gutters: they lie inside one side.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.layout import Column
from extractors.readers.rows import Row, box_of

NARROWEST_GUTTER = 5.5
"""Points; a word space of 13 pt type measures 3.3, in justified lines seldom more than 5."""
FARTHEST_CUT = 70.0
"""Points from the gutter within which a row may be cut at a gap of its own."""


@dataclass(frozen=True)
class Strip:
    """A row, or a part of one, with the column it stands in."""

    row: Row
    column: Column
    region: int = 0
    """0: running text; regions in two columns are counted from 1."""


@dataclass(frozen=True)
class Region:
    """Rows ``start`` to ``end`` (exclusive) of a page stand in two columns, left and right of the gutter."""

    start: int
    end: int
    gutter: float
    aside: int = 10**9
    """From this row on what stands right of the gutter is no part of the region, but running text after it ("Kính gửi" beside
    the last lines of a long subject)."""


def cut(rows: Sequence[Row], region: Region, number: int) -> list[Strip]:
    """Return the region's rows by column, the left one first."""
    lefts: list[Strip] = []
    rights: list[Strip] = []
    after: list[Strip] = []
    for index in range(region.start, region.end):
        left, right = rows[index].split(_own_gutter(rows[index], region.gutter))
        if left is not None:
            lefts.append(Strip(left, Column.LEFT, number))
        if right is not None and index >= region.aside:
            after.append(Strip(right, Column.FULL))
        elif right is not None:
            rights.append(Strip(right, Column.RIGHT, number))
    return lefts + rights + after


def _own_gutter(row: Row, gutter: float) -> float:
    """Where this row is cut: at the gutter when a gap lies there, else at its wide gap nearest to it, else nowhere."""
    gaps = wide_gaps(row, NARROWEST_GUTTER)
    if row.box.x1 <= gutter or row.box.x0 >= gutter or any(left <= gutter <= right for left, right in gaps):
        return gutter
    near = [(left + right) / 2 for left, right in gaps if left - FARTHEST_CUT < gutter < right + FARTHEST_CUT]
    if near:
        return min(near, key=lambda x: abs(x - gutter))
    return row.box.x1 + 1.0 if row.middle < gutter else row.box.x0 - 1.0


def wide_gaps(row: Row, least: float) -> list[tuple[float, float]]:
    """Return the gaps between neighbouring words from a width on, as (left, right)."""
    pairs = ((box_of(a).x1, box_of(b).x0) for a, b in pairwise(row.words) if not b.glued)
    return [(left, right) for left, right in pairs if right - left >= least]


def gutter_of(rows: Sequence[Row], low: float, high: float, anchor: float) -> float:
    """Return the middle of the strip between ``low`` and ``high`` that the fewest words cross, the one at the anchor if several are so."""
    edges = {low, high}
    boxes = [box for row in rows for word in row.words if (box := box_of(word)).x1 > low and box.x0 < high]
    for box in boxes:
        edges.update(x for x in (box.x0, box.x1) if low <= x <= high)
    best, place = (10**6, 0.0, 0.0), anchor
    for left, right in pairwise(sorted(edges)):
        if right - left < 1.0:
            continue
        middle = (left + right) / 2
        crossings = sum(box.x0 < middle < box.x1 for box in boxes)
        score = (crossings, max(left - anchor, anchor - right, 0.0) // 25, left - right)
        if score < best:
            best, place = score, middle
    return place
