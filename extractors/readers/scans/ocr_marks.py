"""Urgency and secrecy marks stamped in red ("dấu chỉ mức độ khẩn, mật"): set askew, often in a frame or an arrow.

Only the words of the closed list are taken from them, as words of a stamp.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import pairwise

import numpy as np
from PIL import Image

from extractors.layout import Box
from extractors.readers.scans import ocr_engine
from extractors.readers.scans.ocr_engine import Seen
from extractors.readers.scans.ocr_pages import Sheet
from extractors.readers.scans.ocr_tone import Grey
from extractors.readers.scans.patches import groups
from extractors.text import ascii_key

HEAD = 0.5
"""Share of the page's height in which marks are stamped."""
CELL = 1 / 120
"""Share of the page's long side; red within two cells belongs together."""
LEAST_SIDES, MOST_SIDES = (4, 2), (45, 30)
"""Width and height of a mark in cells: "MẬT" has about 20 by 8 mm, the arrow with "HỎA TỐC" 60 by 50."""
MOST_MARKS = 4
SPANS = 0.55
"""Share of a patch's width or height from which a stroke is its frame."""
LEAST_INK = 50
"""Pixels."""
_PATCH_SIDE = 250
_INK = 200
"""Grey level below which the red layer counts as inked."""
ALIKE = 0.82
"""Likeness of a long mark's letters from which it is that mark; short ones must agree."""
_MARKS = ("HỎA TỐC", "THƯỢNG KHẨN", "KHẨN", "TUYỆT MẬT", "TỐI MẬT", "MẬT")
_KEYS = {ascii_key(mark).replace(" ", ""): mark for mark in _MARKS}
_LONG = 6


def red_marks(sheet: Sheet, dpi: float) -> tuple[tuple[str, Box], ...]:
    """Return the marks in the red of a page's head, each with its box in pixels."""
    if sheet.red is None:
        return ()
    out = []
    for box in _patches(sheet.red):
        mark = _read(sheet.red[int(box.top) : int(box.bottom), int(box.x0) : int(box.x1)], dpi)
        if mark:
            out.append((mark, box))
    return tuple(out)


def _patches(red: Grey) -> list[Box]:
    """The boxes around what hangs together in the red, of a mark's size, the largest first."""
    cell = max(int(CELL * max(red.shape)), 4)
    head = red[: int(HEAD * red.shape[0])]
    rows, columns = head.shape[0] // cell, head.shape[1] // cell
    inked = head[: rows * cell, : columns * cell].reshape(rows, cell, columns, cell).min(axis=(1, 3)) < _INK
    boxes = [box for box in map(_around, groups({(int(y), int(x)) for y, x in np.argwhere(inked)}, 2)) if _sized(box)]
    boxes.sort(key=lambda b: (b[2] - b[0]) * (b[3] - b[1]), reverse=True)
    return [Box(x0 * cell, y0 * cell, (x1 + 1) * cell, (y1 + 1) * cell) for y0, x0, y1, x1 in boxes[:MOST_MARKS]]


def _sized(box: tuple[int, int, int, int]) -> bool:
    height, width = box[2] - box[0] + 1, box[3] - box[1] + 1
    return LEAST_SIDES[0] <= width <= MOST_SIDES[0] and LEAST_SIDES[1] <= height <= MOST_SIDES[1]


def _around(group: Sequence[tuple[int, int]]) -> tuple[int, int, int, int]:
    """Top, left, bottom, right of a group of cells."""
    ys, xs = [y for y, _ in group], [x for _, x in group]
    return min(ys), min(xs), max(ys), max(xs)


def _read(patch: Grey, dpi: float) -> str | None:
    """The mark on a patch, its frame taken out, read along its letters and level."""
    letters = np.pad(_without_frame(patch), max(patch.shape) // 6, constant_values=255)
    for angle in dict.fromkeys((_slant(letters), 0.0)):
        image = Image.fromarray(letters)
        level = image.rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=255) if angle else image
        mark = _named(ocr_engine.recognise(np.asarray(level), dpi, ocr_engine.SPARSE))
        if mark:
            return mark
    return None


def _without_frame(patch: Grey) -> Grey:
    """The patch without the strokes that span more than half of it: a frame or an arrow, which the recogniser takes for a picture."""
    factor = max(max(patch.shape) // _PATCH_SIDE, 1)
    small = np.asarray(Image.fromarray(np.ascontiguousarray(patch)).reduce(factor)) < _INK
    height, width = small.shape
    out = patch.copy()
    for group in groups({(int(y), int(x)) for y, x in np.argwhere(small)}, 1):
        top, left, bottom, right = _around(group)
        if bottom - top > SPANS * height or right - left > SPANS * width:
            for y, x in group:
                out[max(y - 1, 0) * factor : (y + 2) * factor, max(x - 1, 0) * factor : (x + 2) * factor] = 255
    return out


def _slant(letters: Grey) -> float:
    """The degrees by which the row of letters falls to the right, to turn it back by; from the main axis of its ink."""
    ys, xs = np.nonzero(letters < _INK)
    if len(xs) < LEAST_INK:
        return 0.0
    spread = np.cov(np.stack([xs, ys]).astype(np.float64))
    return round(math.degrees(0.5 * math.atan2(2 * spread[0, 1], spread[0, 0] - spread[1, 1])), 1)


def _named(seen: Sequence[Seen]) -> str | None:
    """The mark that one word or two neighbours spell."""
    texts = [word.text for word in seen if word.text.upper() == word.text]
    candidates = [a + b for a, b in pairwise(texts)] + texts
    for text in candidates:
        key = "".join(c for c in ascii_key(text) if c.isalpha())
        if key in _KEYS:
            return _KEYS[key]
        alike = next((k for k in _KEYS if len(k) >= _LONG and SequenceMatcher(None, k, key).ratio() >= ALIKE), None)
        if alike:
            return _KEYS[alike]
    return None
