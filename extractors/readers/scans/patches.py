"""Ink that hangs together: cells of a coarse picture, or the pixels of a small one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Patch:
    """Ink that hangs together, and where it stands in its picture."""

    mask: Mask
    top: int
    left: int


def groups(cells: set[tuple[int, int]], reach: int) -> Iterator[list[tuple[int, int]]]:
    """Yield the groups of cells (row, column) that hang together within a reach."""
    steps = range(-reach, reach + 1)
    rest = set(cells)
    while rest:
        start = rest.pop()
        group, edge = [start], [start]
        while edge:
            y, x = edge.pop()
            near = {(y + dy, x + dx) for dy in steps for dx in steps} & rest
            rest -= near
            edge += near
            group += near
        yield group


def patches(ink: Mask) -> Iterator[Patch]:
    """Yield the patches of ink of a small picture, pixels that touch at a corner being together."""
    for group in groups({(int(y), int(x)) for y, x in np.argwhere(ink)}, 1):
        yield _patch(np.array(group))


def _patch(points: NDArray[np.intp]) -> Patch:
    top, left = points.min(axis=0)
    mask = np.zeros(points.max(axis=0) - (top, left) + 1, dtype=np.bool_)
    mask[tuple((points - (top, left)).T)] = True
    return Patch(mask, int(top), int(left))
