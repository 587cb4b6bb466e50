"""A page's picture made fit for reading: each step is taken only when a measure on the page itself asks for it.

Measures are made on a reduced copy; thresholds are grey levels 0 (black) to 255 (white).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageFilter

from extractors.layout import Box
from extractors.readers.ocr_rulings import erased, rulings

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
STEEPEST = 8.0
"""Degrees of skew that are looked for."""
LEAST_SKEW = 0.3
"""Degrees; the recogniser reads as well with less, and turning a picture blurs it: then only the words' places are levelled."""
SPECKLED = 0.02
"""Share of lone dark pixels among all dark ones: below 0.004 on clean scans, above 0.05 on speckled faxes."""
FAINT = 96
"""Grey level of the darkest ink above which it is faint."""
DIM = 215
"""Grey level of the paper below which it is dim."""
LEAST_CONTRAST = 24
"""Grey levels between ink and paper; less is no ink."""
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


def clean(rgb: Colour, scale: float, quarters: int = 0) -> Sheet:
    """Return a rendered page (pixels per point: ``scale``) without stamps, turned by quarters anticlockwise, straight and clear."""
    text, red = without_red(rgb)
    sheet = _straight(turned(Sheet(text, red, View(1 / scale, 0.0, 0.0, 0.0, 1 / scale, 0.0)), quarters))
    text = clear(sheet.text)
    lines = rulings(text)
    return replace(sheet, text=erased(text, lines), lines=lines)


def without_red(rgb: Colour) -> tuple[Grey, Grey | None]:
    """Return the page in grey without what is red ("dấu đỏ"), and the red apart."""
    image = Image.fromarray(rgb)
    grey = np.asarray(image.convert("L"))
    bands = image.split()
    redness = np.asarray(ImageChops.subtract(bands[0], ImageChops.lighter(bands[1], bands[2])))
    if (redness[::2, ::2] > REDNESS).mean() < LEAST_RED:
        return grey, None
    mask = redness > REDNESS
    layer = np.where(mask, rgb[..., 1], np.uint8(WHITE))
    # Red ink is bright in the red channel, black letters under it stay dark there.
    near = _grown(mask)
    bright = (rgb[..., 0][near].astype(np.int32) - RED_INK) * WHITE // (RED_PAPER - RED_INK)
    grey = grey.copy()
    grey[near] = np.clip(bright, 0, WHITE).astype(np.uint8)
    return grey, layer


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
        stretched = (grey.astype(np.float32) - ink) * (WHITE / (paper - ink))
        grey = np.clip(stretched, 0, WHITE).astype(np.uint8)
    if speckle(grey) > SPECKLED:
        grey = np.asarray(Image.fromarray(grey).filter(ImageFilter.MedianFilter(3)))
    return grey


def _levels(grey: Grey) -> tuple[float, float]:
    """The grey levels of the ink's darker part and of the paper; both the paper's on a page without ink."""
    sample = grey[::3, ::3]
    paper = float(np.percentile(sample, 75))
    ink = sample[sample < paper - LEAST_CONTRAST]
    return (float(np.percentile(ink, 20)) if ink.size > 100 else paper), paper


def speckle(grey: Grey) -> float:
    """Return the share of dark pixels that stand alone."""
    dark = grey < 128
    count = int(dark.sum())
    if count == 0:
        return 0.0
    beside = np.zeros_like(dark)
    rows = dark.copy()
    rows[1:] |= dark[:-1]
    rows[:-1] |= dark[1:]
    beside[:, 1:] |= rows[:, :-1]
    beside[:, :-1] |= rows[:, 1:]
    beside[1:] |= dark[:-1]
    beside[:-1] |= dark[1:]
    return float((dark & ~beside).sum()) / count


def skew(grey: Grey) -> float:
    """Return the slope of the lines in degrees, positive when they fall to the right; 0 where no slope stands out."""
    ys, xs = np.nonzero(_ink(_reduced(grey)))
    if len(xs) < 200:
        return 0.0
    coarse = _steepest(xs, ys, np.arange(-STEEPEST, STEEPEST + 0.1, 0.5))
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


def _straight(sheet: Sheet) -> Sheet:
    angle = skew(sheet.text)
    if abs(angle) < LEAST_SKEW:
        return replace(sheet, slope=math.tan(math.radians(angle)))
    width, height = sheet.size
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    x, y = width / 2, height / 2
    source = (cos, -sin, x - cos * x + sin * y, sin, cos, y - sin * x - cos * y)
    red = None if sheet.red is None else _moved(sheet.red, source)
    return Sheet(_moved(sheet.text, source), red, sheet.view.after(View(*source)), angle)


def _moved(grey: Grey, source: tuple[float, ...]) -> Grey:
    image = Image.fromarray(grey)
    return np.asarray(image.transform(image.size, Image.Transform.AFFINE, source, Image.Resampling.BICUBIC, fillcolor=WHITE))


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
    """Return the fifth of a page around two fifths of its height: text stands there on most pages that have any."""
    height = grey.shape[0]
    return np.ascontiguousarray(grey[int(0.3 * height) : int(0.5 * height)])
