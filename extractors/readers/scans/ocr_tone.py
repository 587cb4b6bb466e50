"""Ink and paper of a page's picture: what is red apart, faint ink darkened, speckle taken out; each only when a measure asks for it.

Thresholds are grey levels 0 (black) to 255 (white).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops

Grey = NDArray[np.uint8]
Colour = NDArray[np.uint8]
Mask = NDArray[np.bool_]

WHITE = 255
REDNESS = 45
"""Grey levels by which red must exceed green and blue: stamps and seals have 60 and more, yellowed paper less than 30."""
RED_INK, RED_PAPER = 40, 170
"""Levels of the red channel between black letters under a stamp and the stamp alone."""
LEAST_RED = 0.0004
"""Share of red pixels from which a page carries a stamp; JPEG noise stays below."""
SPECKLED = 0.02
"""Share of lone dark pixels among all dark ones: below 0.004 on clean scans, above 0.05 on speckled faxes."""
FAINT = 96
"""Grey level of the darkest ink above which it is faint."""
DIM = 215
"""Grey level of the paper below which it is dim."""
LEAST_CONTRAST = 24
"""Grey levels between ink and paper; less is no ink."""
BAND = 32
"""Pixels; height of the bands on which speckle is counted."""


def without_red(rgb: Colour) -> tuple[Grey, Grey | None]:
    """Return the page in grey without what is red ("dấu đỏ"), and the red apart."""
    grey = np.asarray(Image.fromarray(rgb).convert("L"))
    sampled = _redness(rgb[::2, ::2]) > REDNESS
    if sampled.mean() < LEAST_RED:
        return grey, None
    place = _place(sampled, 2)
    inked = rgb[place]
    mask = _redness(inked) > REDNESS
    red = np.full_like(grey, WHITE)
    red[place][mask] = inked[..., 1][mask]
    # Red ink is bright in the red channel, black letters under it stay dark there.
    near = _grown(mask)
    grey = grey.copy()
    grey[place][near] = _BRIGHTENED[inked[..., 0][near]]
    return grey, red


_BRIGHTENED = np.clip((np.arange(256) - RED_INK) * WHITE // (RED_PAPER - RED_INK), 0, WHITE).astype(np.uint8)
"""Level of the red channel → level of what lies under a stamp."""


def _redness(rgb: Colour) -> Grey:
    """By how much red exceeds the other two."""
    red, green, blue = Image.fromarray(np.ascontiguousarray(rgb)).split()
    return np.asarray(ImageChops.subtract(red, ImageChops.lighter(green, blue)))


def _place(mask: Mask, step: int) -> tuple[slice, slice]:
    """The rectangle around what is set, with a rim, in the picture of which the mask holds one pixel in ``step``."""
    rows, columns = np.flatnonzero(mask.any(axis=1)) * step, np.flatnonzero(mask.any(axis=0)) * step
    low_row, low_column = max(int(rows[0]) - step, 0), max(int(columns[0]) - step, 0)
    return slice(low_row, int(rows[-1]) + 2 * step), slice(low_column, int(columns[-1]) + 2 * step)


def _grown(mask: Mask) -> Mask:
    """The mask and its neighbours: the rim of a stamp is neither red nor white."""
    out = mask.copy()
    out[1:] |= mask[:-1]
    out[:-1] |= mask[1:]
    out[:, 1:] |= mask[:, :-1]
    out[:, :-1] |= mask[:, 1:]
    return out


def clear(grey: Grey) -> Grey:
    """Return the picture with faint ink darkened and speckle taken out, each only where measured."""
    ink, paper = _levels(grey)
    if (ink > FAINT or paper < DIM) and paper - ink > LEAST_CONTRAST:
        levels = (np.arange(256) - ink) * (WHITE / (paper - ink))
        grey = np.clip(levels, 0, WHITE).astype(np.uint8)[grey]
    if speckle(grey) > SPECKLED:
        grey = median(grey)
    return grey


def median(grey: Grey) -> Grey:
    """Return each pixel's median with its eight neighbours: Pillow's filter gives the same in ten times the time."""
    low, middle, high = _sorted(*_shifted(np.pad(grey, 1, mode="edge")))
    lows, middles, highs = (_shifted(part.T) for part in (low, middle, high))
    largest_low = np.maximum(np.maximum(lows[0], lows[1]), lows[2])
    smallest_high = np.minimum(np.minimum(highs[0], highs[1]), highs[2])
    return np.ascontiguousarray(_sorted(largest_low, _sorted(*middles)[1], smallest_high)[1].T)


def _shifted(grey: Grey) -> tuple[Grey, Grey, Grey]:
    """The picture three times, each a row further down."""
    return grey[:-2], grey[1:-1], grey[2:]


def _sorted(a: Grey, b: Grey, c: Grey) -> tuple[Grey, Grey, Grey]:
    """The three pictures' lowest, middle and highest levels."""
    low, high = np.minimum(a, b), np.maximum(a, b)
    return np.minimum(low, c), np.maximum(low, np.minimum(high, c)), np.maximum(high, c)


def _levels(grey: Grey) -> tuple[float, float]:
    """The grey levels of the ink's darker part and of the paper; both the paper's on a page without ink."""
    sample = grey[::3, ::3]
    paper = float(np.percentile(sample, 75))
    ink = sample[sample < paper - LEAST_CONTRAST]
    return (float(np.percentile(ink, 20)) if ink.size > 100 else paper), paper


def speckle(grey: Grey) -> float:
    """Return the share of dark pixels that stand alone, counted on a quarter of the page in bands."""
    rows = grey.shape[0] // (4 * BAND) * 4 * BAND
    dark = (grey[:rows].reshape(-1, 4 * BAND, grey.shape[1])[:, :BAND] if rows else grey[None]) < 128
    count = int(dark.sum())
    if count == 0:
        return 0.0
    beside = np.zeros_like(dark)
    near = dark.copy()
    near[:, 1:] |= dark[:, :-1]
    near[:, :-1] |= dark[:, 1:]
    beside[:, :, 1:] |= near[:, :, :-1]
    beside[:, :, :-1] |= near[:, :, 1:]
    beside[:, 1:] |= dark[:, :-1]
    beside[:, :-1] |= dark[:, 1:]
    return float((dark & ~beside).sum()) / count
