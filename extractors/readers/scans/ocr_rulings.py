"""Rulings of tables on a page's picture: found as long thin dark runs, taken out before reading, kept to make cells of."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from extractors.layout import Box

LEAST_LENGTH = 0.035
"""Share of the page's long side; a shorter stroke may be a letter's."""
THICKEST = 0.004
"""The same for a line's thickness: 1.2 mm on A4."""
_REDUCED_SIDE = 1400
"""Pixels; lines of half a point still show."""
_DARK = 170
"""Grey level in the reduced picture, where a thin line is blurred."""
LEAST_PLACES = 3
"""Heights and positions at which lines must run to make two rows of two cells."""
MOST_LINES = 400
"""Of one direction; more is a drawing or a map."""
_REACH = 4
"""Pixels by which a line may miss the one it ends at."""
_GAP = 3
"""Pixels by which a scanned line may be broken."""
WHITE = 255

Mask = NDArray[np.bool_]


Lines = tuple[tuple[Box, ...], tuple[Box, ...]]
"""Horizontal ones, vertical ones."""


def rulings(grey: NDArray[np.uint8]) -> Lines:
    """Return the rulings of a straight page, in pixels of the picture; none when they make no grid (strokes of a seal, underlines)."""
    factor = max(max(grey.shape) // _REDUCED_SIDE, 1)
    small = np.asarray(Image.fromarray(np.ascontiguousarray(grey)).reduce(factor)) < _DARK
    side = max(small.shape)
    across = list(itertools.islice(_lines(small, side), MOST_LINES))
    turned = itertools.islice(_lines(np.ascontiguousarray(small.T), side), MOST_LINES)
    down = [Box(b.top, b.x0, b.bottom, b.x1) for b in turned]
    crossing = _crossing(across, down)
    if len({box.top // 8 for box in crossing[0]}) < LEAST_PLACES or len({box.x0 // 8 for box in crossing[1]}) < LEAST_PLACES:
        return (), ()
    return tuple(_scaled(box, factor) for box in crossing[0]), tuple(_scaled(box, factor) for box in crossing[1])


def _crossing(across: Sequence[Box], down: Sequence[Box]) -> Lines:
    """Those lines that meet two of the other direction at least."""

    def meet(flat: Box, steep: Box) -> bool:
        return (
            flat.x0 - _REACH <= steep.x1
            and steep.x0 <= flat.x1 + _REACH
            and steep.top - _REACH <= flat.bottom
            and flat.top <= steep.bottom + _REACH
        )

    flats = tuple(flat for flat in across if sum(meet(flat, steep) for steep in down) > 1)
    return flats, tuple(steep for steep in down if sum(meet(flat, steep) for flat in flats) > 1)


def erased(grey: NDArray[np.uint8], lines: Lines) -> NDArray[np.uint8]:
    """Return the picture with the lines painted white."""
    if not any(lines):
        return grey
    out = grey.copy()
    for box in (*lines[0], *lines[1]):
        out[int(max(box.top - 1, 0)) : int(box.bottom) + 2, int(max(box.x0 - 1, 0)) : int(box.x1) + 2] = 255
    return out


def _scaled(box: Box, factor: int) -> Box:
    return Box(box.x0 * factor, box.top * factor, box.x1 * factor, box.bottom * factor)


def _lines(dark: Mask, side: int) -> Iterator[Box]:
    """Yield the horizontal lines: runs of dark pixels long enough, stacked runs joined, thick ones left out."""
    least = int(LEAST_LENGTH * side)
    open_lines: list[list[int]] = []
    for y in _long_rows(dark, least):
        for x0, x1 in _runs(dark[y], least):
            line = next((one for one in reversed(open_lines) if one[3] >= y - 2 and one[0] < x1 and x0 < one[2]), None)
            if line is None:
                open_lines.append([x0, y, x1, y])
            else:
                line[0], line[2], line[3] = min(line[0], x0), max(line[2], x1), y
    for x0, top, x1, bottom in open_lines:
        if bottom - top + 1 <= max(THICKEST * side, 3):
            yield Box(x0, top, x1, bottom + 1)


def _long_rows(dark: Mask, least: int) -> list[int]:
    """The rows with a run of at least ``least`` dark pixels, small gaps apart."""
    candidates = _dense_rows(dark, least)
    sums = np.cumsum(np.pad(dark[candidates], ((0, 0), (1, 0))), axis=1, dtype=np.int32)
    long = (sums[:, least:] - sums[:, :-least] >= least - _GAP).any(axis=1)
    return [int(row) for row in candidates[long]]


def _dense_rows(dark: Mask, least: int) -> NDArray[np.intp]:
    """The rows that may have such a run: three neighbouring quarters of one are dark all along. Few have; counting them all takes long."""
    quarter = least // 4
    shares = np.asarray(Image.fromarray(dark.view(np.uint8) * np.uint8(WHITE)).reduce((quarter, 1)))
    full = shares[:, : dark.shape[1] // quarter] >= WHITE * (quarter - _GAP) // quarter - 1
    return np.flatnonzero((full[:, :-2] & full[:, 1:-1] & full[:, 2:]).any(axis=1))


def _runs(row: Mask, least: int) -> Iterator[tuple[int, int]]:
    """Yield start and end of the long runs of one row, bridging small gaps."""
    edges = np.flatnonzero(np.diff(np.pad(row, 1).astype(np.int8)))
    start: int | None = None
    end = 0
    for x0, x1 in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        if start is None or x0 - end > _GAP:
            if start is not None and end - start >= least:
                yield start, end
            start = x0
        end = x1
    if start is not None and end - start >= least:
        yield start, end
