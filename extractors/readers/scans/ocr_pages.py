"""A page's picture made fit for reading: each step is taken only when a measure on the page itself asks for it.

Measures are made on a reduced copy; thresholds are grey levels 0 (black) to 255 (white).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from extractors.layout import Box
from extractors.readers.scans.ocr_rulings import erased, rulings
from extractors.readers.scans.ocr_tone import WHITE, Colour, Grey, Mask, clear, without_red

STEEPEST = 8.0
"""Degrees of skew that are looked for."""
LEAST_SKEW = 0.3
"""Degrees; the recogniser reads as well with less: then only the words' places are levelled."""
DARK = 128
"""Grey level below which a pixel is ink."""
LEAST_INK = 0.0002
"""Share of inked pixels: twelve letters of 13 points on A4; the back of a sheet and specks have less."""
_MEASURED_SIDE = 900
"""Pixels; the reduced copy's long side."""


@dataclass(frozen=True)
class View:
    """How a picture's pixels lie on the page: ``x = a·px + b·py + c``, ``y = d·px + e·py + f``, in points."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Return the place on the page."""
        return self.a * x + self.b * y + self.c, self.d * x + self.e * y + self.f

    def box(self, box: Box) -> Box:
        """Return the smallest upright box on the page around a box of the picture."""
        corners = [self.point(x, y) for x in (box.x0, box.x1) for y in (box.top, box.bottom)]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        return Box(min(xs), min(ys), max(xs), max(ys))

    def inverse(self) -> View:
        """Return the way back: from the page to the picture."""
        size = self.a * self.e - self.b * self.d
        a, b, d, e = self.e / size, -self.b / size, -self.d / size, self.a / size
        return View(a, b, -(a * self.c + b * self.f), d, e, -(d * self.c + e * self.f))

    def after(self, inner: View) -> View:
        """Return the view of a picture that ``inner`` shows on this one's picture."""
        c, f = self.point(inner.c, inner.f)
        return View(
            self.a * inner.a + self.b * inner.d,
            self.a * inner.b + self.b * inner.e,
            c,
            self.d * inner.a + self.e * inner.d,
            self.d * inner.b + self.e * inner.e,
            f,
        )


@dataclass(frozen=True)
class Sheet:
    """A page ready for the recogniser."""

    text: Grey
    """Dark letters on white, stamps taken out."""
    red: Grey | None
    """What is red on the page, as dark on white; None when nothing is."""
    view: View
    skew: float = 0.0
    """Degrees by which the page was turned back, clockwise slopes positive."""
    slope: float = 0.0
    """By how much lines still fall to the right, as a share of their length."""
    lines: tuple[tuple[Box, ...], tuple[Box, ...]] = ((), ())
    """Horizontal and vertical rulings, in pixels; they are taken out of the text."""

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.text.shape[1], self.text.shape[0]


def plain(rgb: Colour, scale: float) -> Sheet:
    """Return a rendered page (pixels per point: ``scale``) without stamps and clear, as it lies in the file."""
    text, red = without_red(rgb)
    return Sheet(clear(text), red, View(1 / scale, 0.0, 0.0, 0.0, 1 / scale, 0.0))


def straight(sheet: Sheet, quarters: int = 0) -> Sheet:
    """Return the sheet turned by quarters anticlockwise, its lines level, its rulings apart."""
    level = _level(turned(sheet, quarters))
    lines = rulings(level.text)
    return replace(level, text=erased(level.text, lines), lines=lines)


def blank(sheet: Sheet) -> bool:
    """True for a sheet with less ink than a dozen letters have."""
    return float((sheet.text < DARK).mean()) < LEAST_INK


def skew(grey: Grey) -> float:
    """Return the slope of the lines in degrees, positive when they fall to the right; 0 where no slope stands out."""
    ys, xs = np.nonzero(_ink(_reduced(grey)))
    if len(xs) < 200:
        return 0.0
    coarse = _steepest(xs[::3], ys[::3], np.arange(-STEEPEST, STEEPEST + 0.1, 0.5))
    return _steepest(xs, ys, np.arange(coarse - 0.5, coarse + 0.51, 0.05))


def _steepest(xs: NDArray[np.intp], ys: NDArray[np.intp], angles: NDArray[np.float64]) -> float:
    """The angle for which the ink, seen along it, gathers in the sharpest rows; of equals the one nearest to level."""
    best, chosen = -1.0, 0.0
    for angle in sorted(angles, key=abs):
        places = (ys - xs * math.tan(math.radians(float(angle)))).astype(np.int64)
        counts = np.bincount(places - places.min()).astype(np.float64)
        score = float((np.diff(counts) ** 2).sum())
        if score > best * 1.001:
            best, chosen = score, float(angle)
    return chosen


def _level(sheet: Sheet) -> Sheet:
    angle = skew(sheet.text)
    slope = math.tan(math.radians(angle))
    if abs(angle) < LEAST_SKEW:
        return replace(sheet, slope=slope)
    # Two shears about the middle: the columns slide up by ``slope``, then the rows along by it.
    x, y = sheet.size[0] / 2, sheet.size[1] / 2
    columns, rows = View(1.0, 0.0, 0.0, slope, 1.0, -slope * x), View(1.0, -slope, slope * y, 0.0, 1.0, 0.0)
    red = None if sheet.red is None else _sheared(sheet.red, slope)
    return Sheet(_sheared(sheet.text, slope), red, sheet.view.after(columns).after(rows), angle)


def _sheared(grey: Grey, slope: float) -> Grey:
    """The picture turned back by sliding its columns, then its rows: in a fifth of the time that turning it takes."""
    return _slid(_slid(grey.T, slope).T, -slope)


def _slid(grey: Grey, slope: float) -> Grey:
    """Each row shifted along by ``slope`` for each row away from the middle, to a quarter of a pixel; white comes in at the ends."""
    height, width = grey.shape
    quarters = np.rint((np.arange(height) + 0.5 - height / 2) * slope * 4).astype(int)
    starts = [0, *(np.flatnonzero(np.diff(quarters)) + 1).tolist(), height]
    out = np.full((height, width), WHITE, np.uint8)
    for start, end in pairwise(starts):
        by, part = divmod(int(quarters[start]), 4)
        rows = grey[start:end]
        if part:
            rows = rows.astype(np.uint16)
            rows[:, :-1] = (rows[:, :-1] * (4 - part) + rows[:, 1:] * part + 2) >> 2
        out[start:end, max(-by, 0) : width - max(by, 0)] = rows[:, max(by, 0) : width - max(-by, 0)]
    return out


def turned(sheet: Sheet, quarters: int) -> Sheet:
    """Return the sheet turned by quarters of a full turn, anticlockwise."""
    width, height = sheet.size
    inner = {
        0: View(1, 0, 0, 0, 1, 0),
        1: View(0, -1, width, 1, 0, 0),
        2: View(-1, 0, width, 0, -1, height),
        3: View(0, 1, 0, -1, 0, height),
    }[quarters % 4]
    red = None if sheet.red is None else np.rot90(sheet.red, quarters)
    return replace(sheet, text=np.rot90(sheet.text, quarters), red=red, view=sheet.view.after(inner))


def _reduced(grey: Grey) -> Grey:
    factor = max(max(grey.shape) // _MEASURED_SIDE, 1)
    return np.asarray(Image.fromarray(np.ascontiguousarray(grey)).reduce(factor))


def _ink(small: Grey) -> Mask:
    """Ink of a reduced page: darker than the middle between its paper and its darkest."""
    ink, paper = float(np.percentile(small, 0.5)), float(np.percentile(small, 75))
    return np.asarray(small < (paper - 0.3 * (paper - ink)), dtype=np.bool_) if paper - ink > 24 else np.zeros(small.shape, dtype=np.bool_)


def band(grey: Grey) -> Grey:
    """Return the fifth of a page with the most ink: text stands there on most pages that have any."""
    height = grey.shape[0]
    ink = np.cumsum(np.pad((grey < DARK).sum(axis=1), (1, 0)))
    tall = max(height // 5, 1)
    top = int(np.argmax(ink[tall:] - ink[:-tall]))
    return np.ascontiguousarray(grey[top : top + tall])
