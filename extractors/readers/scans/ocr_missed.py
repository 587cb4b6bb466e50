"""Lines that the recogniser passed over: ink as high and as long as a line of type, where it gave no word.

It takes an underlined title between two paragraphs for a drawn line. Set apart and without its underline the line is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from statistics import median

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from extractors.readers.scans import ocr_engine
from extractors.readers.scans.ocr_engine import Seen
from extractors.readers.scans.ocr_pages import DARK, Sheet
from extractors.readers.scans.ocr_stacks import Piece, placed, stacked
from extractors.readers.scans.ocr_tone import WHITE, Grey

HEIGHT, WIDTH = (1.0, 3.2), 4.0
"""Of a line that was passed over, in heights of small letters: from small letters alone to accents above and tails below; its length."""
INK = (0.05, 0.45)
"""Share of its box that is inked: more is a picture, less are specks."""
MOST = 8
"""Lines of a page; more are no type."""
SURE, LETTERS = 0.6, 6
"""Mean score of its words, and how many letters they have together."""
LEAST_WORDS = 20
"""A page with fewer words has no lines to compare with."""
UNDERLINE = 2.5
"""Heights of small letters; no stroke of a letter runs on for so long."""
ENLARGED = 2
"""Times that a line is shown: what the recogniser passes over at one size it reads at another."""


def read_missed(sheet: Sheet, seen: Sequence[Seen], dpi: float) -> tuple[Seen, ...]:
    """Return the words, with those of lines that were passed over at their places."""
    sure = [word for word in seen if word.score >= SURE and word.x_height > 0]
    if len(sure) < LEAST_WORDS:
        return tuple(seen)
    size = median(word.x_height for word in sure)
    bands = list(_bands(sheet.text, seen, sure, size))
    if not 0 < len(bands) <= MOST:
        return tuple(seen)
    stack, rows = stacked([_piece(sheet.text, band, size) for band in bands])
    words = [_reduced(word) for word in ocr_engine.recognise(_enlarged(stack), dpi * ENLARGED)]
    found = sorted(placed(words, rows), key=lambda one: one[0])
    lines = [[word for _, word in group] for _, group in groupby(found, key=lambda one: one[0])]
    return _among(seen, [line for line in lines if _reads(line)], size)


def _enlarged(grey: Grey) -> Grey:
    size = (grey.shape[1] * ENLARGED, grey.shape[0] * ENLARGED)
    return np.asarray(Image.fromarray(grey).resize(size, Image.Resampling.LANCZOS))


def _reduced(word: Seen) -> Seen:
    x0, top, x1, bottom, baseline = (side / ENLARGED for side in (word.x0, word.top, word.x1, word.bottom, word.baseline))
    return replace(word, x0=x0, top=top, x1=x1, bottom=bottom, baseline=baseline)


Band = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels."""


def _bands(grey: Grey, seen: Sequence[Seen], sure: Sequence[Seen], size: float) -> Iterator[Band]:
    """The boxes of ink that may be lines nobody read, within the page's text."""
    left, right = int(min(word.x0 for word in sure)), int(max(word.x1 for word in sure))
    top, bottom = int(min(word.top for word in sure)), int(max(word.bottom for word in sure))
    ink = grey[:, left:right] < DARK
    for word in seen:  # a row with a word in it belongs to that word's line
        ink[max(int(word.top - size / 2), 0) : int(word.bottom + size / 2)] = False
    inked = ink[top:bottom].sum(axis=1) > 2
    for first, last in _runs(inked, int(size / 3)):
        box = ink[top + first : top + last]
        columns = np.flatnonzero(box.any(axis=0))
        if not HEIGHT[0] * size <= last - first <= HEIGHT[1] * size or columns[-1] - columns[0] < WIDTH * size:
            continue
        share = float(box[:, columns[0] : columns[-1] + 1].mean())
        if INK[0] <= share <= INK[1]:
            yield left + int(columns[0]), top + first, left + int(columns[-1]) + 1, top + last


def _runs(inked: NDArray[np.bool_], gap: int) -> Iterator[tuple[int, int]]:
    """Where inked rows begin and end; a gap of so many rows is inside a line (between a letter and its accent)."""
    rows = np.flatnonzero(inked)
    if not rows.size:
        return
    breaks = np.flatnonzero(np.diff(rows) > gap + 1)
    for first, last in zip([0, *(breaks + 1)], [*breaks, rows.size - 1], strict=True):
        yield int(rows[first]), int(rows[last]) + 1


def _piece(grey: Grey, band: Band, size: float) -> Piece:
    """The line without its underline, and where its corner lies."""
    x0, y0, x1, y1 = band
    above = max(int(y0 - size / 2), 0)
    return _without_underline(grey[above : int(y1 + size / 2), x0:x1], size), x0, above


def _without_underline(piece: Grey, size: float) -> Grey:
    """The line without strokes longer than any letter's."""
    out = piece.copy()
    for y, row in enumerate(piece < DARK):
        for first, last in _runs(row, 0):
            if last - first > UNDERLINE * size:
                out[y, first:last] = WHITE
    return out


def _reads(line: Sequence[Seen]) -> bool:
    """True for words, not for what the recogniser makes of a drawing."""
    letters = sum(char.isalpha() for word in line for char in word.text)
    return letters >= LETTERS and sum(word.score for word in line) / len(line) >= SURE


def _among(seen: Sequence[Seen], missed: Sequence[Sequence[Seen]], size: float) -> tuple[Seen, ...]:
    """The words in reading order, the missed lines between those above and below."""
    lines = [list(line) for _, line in groupby(seen, key=lambda word: word.line)]
    number = max(word.line for word in seen)
    for line in missed:
        number += 1
        middle = (line[0].top + line[0].bottom) / 2
        place = next((i for i, other in enumerate(lines) if min(word.top for word in other) > middle), len(lines))
        lines.insert(place, [replace(word, line=number, x_height=size) for word in line])
    return tuple(word for line in lines for word in line)
