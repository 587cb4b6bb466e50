"""The "1" of the Vietnamese hand, whose upstroke is nearly as long as its stem: told by its shape and drawn anew as a plain stroke.

Recognisers take it for 4, A or M. It is a peak from which two legs fall apart, the left one slanting, with nothing between them; a 4 has
its bar there. Of the 70 000 digits of MNIST, most of whose writers draw a 1 as one stroke, nine
were told to be such a 1: five ones, three sevens and a four.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extractors.readers.scans.patches import Mask, Patch, patches

Grey = NDArray[np.uint8]
DARK, WHITE = 140, 255
LEAST_HEIGHT = 0.15
"""Share of the picture's height, a line with as much above and below it, from which a patch of ink may be a digit."""
WIDTHS = (0.35, 1.2)
"""Width of such a 1 as a share of its height."""
PARTING, LEG_END = 0.65, 0.6
"""Shares of the height: the legs have parted by the first, the upstroke reaches down to the second or below."""
LEAST_LEGS = 0.2
"""Share of the height over which two legs are seen."""
STEADY = 0.8
"""Share of the rows between parting and the upstroke's end that show both legs."""
BAR = 0.62
"""Share of the width: as wide a run of ink is the bar of a 4, the head of a 7 or the foot of a 2."""
SLANT = 0.2
"""Share of the width by which the upstroke moves to the left between the parting and its end."""
EDGE = 2
"""Pixels that ink fades over."""
FLAG = 0.22
"""Height of the drawn 1's flag as a share of its height."""
GROWING, CLOSING = 1.5, 0.8
"""Times by which the legs are farther apart at their end than at first; share of the widest gap that they keep."""


@dataclass(frozen=True)
class Run:
    """Neighbouring dark pixels of one row, ``end`` excluded."""

    start: int
    end: int

    @property
    def width(self) -> int:
        """In pixels."""
        return self.end - self.start


def redrawn(grey: Grey) -> Grey:
    """Return the picture of a line, with as much above and below it, with each such 1 as an upright stroke."""
    out = grey.copy()
    for patch in patches(grey < DARK):
        if patch.mask.shape[0] >= LEAST_HEIGHT * grey.shape[0] and is_one(patch.mask):
            _redraw(out, patch)
    return out


def is_one(mask: Mask) -> bool:
    """True for ink in the shape of a 1 with a long upstroke."""
    height, width = mask.shape
    rows = [_runs(row) for row in mask]
    both = [index for index, runs in enumerate(rows) if len(runs) == 2]
    if not WIDTHS[0] <= width / height <= WIDTHS[1] or not both or any(not 1 <= len(runs) <= 2 for runs in rows):
        return False
    peak, first, last = rows[0][0], both[0], both[-1]
    return (
        first <= PARTING * height
        and last >= LEG_END * height
        and last - first >= LEAST_LEGS * height
        and len(both) >= STEADY * (last - first + 1)
        and all(run.width <= BAR * width for runs in rows for run in runs)
        and peak.start + peak.end >= width
        and rows[first][0].start - rows[last][0].start >= SLANT * width
        and _falling_apart([rows[index][1].start - rows[index][0].end for index in both])
    )


def _falling_apart(gaps: list[int]) -> bool:
    """True when the legs part more and more, and stay so."""
    some = len(gaps) // 3 + 1
    early, late = float(np.mean(gaps[:some])), float(np.mean(gaps[-some:]))
    return late > GROWING * early and float(np.mean(gaps[-3:])) >= CLOSING * max(gaps)


def _runs(row: Mask) -> list[Run]:
    edges = np.flatnonzero(np.diff(np.concatenate(([False], row, [False])).astype(np.int8)))
    return [Run(int(start), int(end)) for start, end in zip(edges[::2], edges[1::2], strict=True)]


def _redraw(out: Grey, patch: Patch) -> None:
    """Take the ink away and put a printed 1 there: its stem upright, with a short flag."""
    height, width = patch.mask.shape
    place = out[patch.top : patch.top + height, patch.left : patch.left + width]
    place[_with_edge(patch.mask)] = WHITE
    stems = [runs[-1] for runs in map(_runs, patch.mask) if len(runs) == 2]
    thick = max(round(float(np.median([stem.width for stem in stems]))), 2)
    left = max(width - thick - 1, 0)
    place[:, left : left + thick] = 0
    for step in range(round(FLAG * height)):
        place[step : step + thick, max(left - step, 0) : left] = np.minimum(place[step : step + thick, max(left - step, 0) : left], 0)


def _with_edge(mask: Mask) -> Mask:
    """The ink and the grey pixels about it."""
    out = mask.copy()
    for _ in range(EDGE):
        out[1:] |= out[:-1]
        out[:-1] |= out[1:]
        out[:, 1:] |= out[:, :-1]
        out[:, :-1] |= out[:, 1:]
    return out
