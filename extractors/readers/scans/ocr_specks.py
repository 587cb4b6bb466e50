"""Specks that the recogniser took for marks: told from printed ones by their ink, and by what stands on their line.

Printed dashes of 40 scanned pages were 0.29 times the height of small letters and longer, at 0.3 to 0.6 of it above the line; dots of dust
read as dashes kept to 0.22, or stood below 0.1 and above 0.75.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from statistics import median

import numpy as np

from extractors.readers.scans.ocr_engine import Seen
from extractors.readers.scans.ocr_ink import LEAST_SCORE
from extractors.readers.scans.ocr_pages import DARK
from extractors.readers.scans.ocr_tone import Grey

LEAST_DASH = 0.25
"""Length of a printed dash, in heights of small letters."""
THICKEST_DASH, LONGEST_DASH = 0.25, 0.8
"""The same for its thickness, and for the length of what is no ruling."""
DASH_PLACE = (0.15, 0.75)
"""Heights of small letters above the line between which a printed dash stands."""
LEAST_PLUS = 0.5
"""Width of a printed "+", in the page's usual height of small letters: those of its own line are guessed from the specks."""
LEAST_TYPE = 0.6
"""Height of small letters in the smallest type, as a share of the page's usual one."""
_DASHES = re.compile(r"[-–—]")
_BEHIND_STROKE = re.compile(r"[_.]+(?P<mark>[-–—]|\d{1,2}[.,])")
_LOW = re.compile(r"[._'’`,:‹›·•]+|[._]*[-–—_][._\-–—]*")
"""What may stand before the first letter of a line only as dust."""
_LETTERS = re.compile(r"[^\W\d_]{2}|\d")


def without_specks(grey: Grey, seen: Sequence[Seen]) -> tuple[Seen, ...]:
    """Return the words without those that are specks of dust."""
    if not seen:
        return ()
    usual = median(word.x_height for word in seen)
    lines = [list(line) for _, line in groupby(seen, key=lambda word: word.line)]
    return tuple(word for line in lines if not _dust(line, usual) for word in _kept(grey, line, usual))


def _dust(line: Sequence[Seen], usual: float) -> bool:
    """True for a line lower than the smallest type in which no two letters stand together; a cross in a form's cell is as high as type."""
    return line[0].x_height < LEAST_TYPE * usual and not any(_LETTERS.search(word.text) for word in line)


def _kept(grey: Grey, line: Sequence[Seen], usual: float) -> Iterator[Seen]:
    first = next((i for i, word in enumerate(line) if any(map(str.isalnum, word.text))), len(line))
    for index, word in enumerate(line):
        stroke = _BEHIND_STROKE.fullmatch(word.text) if index <= first else None
        lost = _stroke(grey, word) if index == 0 < len(line) - 1 and word.score < LEAST_SCORE and line[1].text[:1].isupper() else None
        if stroke is not None:
            mark = stroke["mark"]
            yield replace(word, text=mark, score=max(word.score, LEAST_SCORE), x0=max(word.x0, word.x1 - len(mark) * word.x_height / 2))
        elif lost is not None:
            yield replace(word, text="-", score=LEAST_SCORE, x0=lost[0], x1=lost[1])
        elif not _speck(grey, word, usual, leading=index < first):
            yield word


def _stroke(grey: Grey, word: Seen) -> tuple[float, float] | None:
    """Where a dash runs in the box of what was read as letters but is none, when no other ink is in it."""
    top, left, size = int(word.baseline - word.x_height), int(word.x0), word.x_height
    rows, columns = np.nonzero(grey[max(top, 0) : int(word.baseline) + 1, left : int(word.x1) + 1] < DARK)
    if not rows.size:
        return None
    start, end = int(columns.min()), int(columns.max()) + 1
    flat = int(rows.max()) - int(rows.min()) + 1 <= THICKEST_DASH * size and LEAST_DASH * size < end - start <= LONGEST_DASH * size
    return (left + start, left + end) if flat and _dash(grey, word) else None


def _speck(grey: Grey, word: Seen, usual: float, *, leading: bool) -> bool:
    if _DASHES.fullmatch(word.text):
        return not _dash(grey, word)
    if word.text == "+":
        return word.x1 - word.x0 < LEAST_PLUS * usual
    return leading and word.bottom - word.top < usual and _LOW.fullmatch(word.text) is not None


def _dash(grey: Grey, word: Seen) -> bool:
    """True where ink as long as a dash runs at its height above the line."""
    size = word.x_height
    top, bottom = int(word.baseline - DASH_PLACE[1] * size), int(word.baseline - DASH_PLACE[0] * size) + 1
    band = grey[max(top, 0) : max(bottom, 1), int(word.x0) : int(word.x1) + 1] < DARK
    columns = np.flatnonzero(band.any(axis=0))
    return size <= 0 or (columns.size > 0 and int(columns[-1]) - int(columns[0]) + 1 >= LEAST_DASH * size)
