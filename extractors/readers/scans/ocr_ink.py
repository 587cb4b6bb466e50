"""What the strokes of recognised words tell: bold type by their thickness, handwriting by thickness and place on the line.

On 1 500 words whose type was known, regular ones reached 1.06 times the page's usual thickness and bold ones began at 1.17. Printed
digits of real number lines kept to 0.87 to 1.04 times and stood on the line; handwritten ones were thicker, thinner or below it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from extractors.readers.scans.ocr_engine import Seen

BOLD = 1.12
"""Times the page's usual thickness."""
MOST_OF, HARDLY_ANY = 0.65, 0.2
"""Shares of a run's letters from which the whole run counts as bold, below which none of it does."""
GAP = 2.0
"""Times the small letters' height; a wider gap ends a run of words."""
PRINTED = (0.84, 1.3)
"""Times the usual thickness between which a digit may be printed."""
BELOW = 0.2
"""Times the small letters' height by which a printed digit never reaches below the line."""
LEAST_SCORE = 0.30
"""Words below are marks, not letters: rules, seals, strokes of a signature; save those that stand close by a sure word."""
SURE_NEIGHBOUR, CLOSE = 0.85, 1.0
"""Score of a word and distance to it, in heights of small letters: no mark stood closer by in 35 scanned pages."""
FAR = 3.0
"""Heights of small letters; a stop or a dash stands nearer by its word."""
STROKE = 3
"""Characters; a longer low line is a blank to be filled in."""
BULLETS = ("-", "–", "—", "+", "*", "•", "…")
TALL, WIDE = (0.9, 2.7), (0.35, 1.7)
"""Height of a word, and width of its characters, in heights of small letters."""
_DARK = 140


def strokes(grey: NDArray[np.uint8], seen: Sequence[Seen]) -> tuple[float, ...]:
    """Return each word's thickness as a multiple of the page's usual one; ``grey`` is the picture it was recognised on."""
    measured = [thickness(grey, word) for word in seen]
    lettered = sorted(stroke for stroke, word in zip(measured, seen, strict=True) if stroke and _letters(word) > 1)
    usual = lettered[len(lettered) // 2] if lettered else 1.0
    return tuple(stroke / usual for stroke in measured)


def judged(seen: Sequence[Seen]) -> tuple[Seen, ...]:
    """Return the words: weak ones set like print beside a sure word get the score of those that are kept, lone specks get none."""
    out = []
    for index, word in enumerate(seen):
        beside = [other for other in (*seen[max(index - 1, 0) : index], *seen[index + 1 : index + 2]) if other.line == word.line]
        if word.score < LEAST_SCORE and _printed(word) and any(_close(word, other) for other in beside):
            out.append(replace(word, score=LEAST_SCORE))
        else:
            out.append(replace(word, score=0.0) if _speck(word, beside) else word)
    return tuple(out)


def _speck(word: Seen, beside: Sequence[Seen]) -> bool:
    """True for a low stroke, and for a mark that is no bullet and stands far from any word."""
    if word.text.strip("_") == "" and len(word.text) <= STROKE:
        return True
    return not any(map(str.isalnum, word.text)) and word.text not in BULLETS and all(_gap(word, other) > FAR for other in beside)


def _gap(word: Seen, other: Seen) -> float:
    """The distance of two words of a line, in heights of small letters."""
    return max(other.x0 - word.x1, word.x0 - other.x1) / max(word.x_height, other.x_height, 1.0)


def _printed(word: Seen) -> bool:
    """True for a word of two characters or more, as tall and as wide as its line's type."""
    size = max(word.x_height, 1.0)
    tall, wide = (word.bottom - word.top) / size, (word.x1 - word.x0) / size / len(word.text)
    return sum(map(str.isalnum, word.text)) >= 2 and TALL[0] <= tall <= TALL[1] and WIDE[0] <= wide <= WIDE[1]


def _close(word: Seen, other: Seen) -> bool:
    return other.score >= SURE_NEIGHBOUR and -CLOSE / 2 <= _gap(word, other) <= CLOSE


def handwritten(word: Seen, stroke: float) -> bool:
    """True for digits that no type set ("số, ngày viết tay"), given their thickness as a multiple of the usual one."""
    if not any(c.isdigit() for c in word.text) or "/" in word.text:
        return False
    return not PRINTED[0] <= stroke <= PRINTED[1] or word.bottom - word.baseline > BELOW * word.x_height


def bold_words(seen: Sequence[Seen], thick: Sequence[float]) -> tuple[bool, ...]:
    """Return for each word whether it is bold, given its thickness as a multiple of the page's usual one."""
    flags = [stroke > BOLD for stroke in thick]
    for run in _runs(seen):
        letters = sum(_letters(seen[i]) for i in run)
        share = sum(_letters(seen[i]) for i in run if flags[i]) / letters if letters else 0.0
        if share >= MOST_OF or share <= HARDLY_ANY:
            flags[run.start : run.stop] = [share >= MOST_OF] * len(run)
    return tuple(flags)


def thickness(grey: NDArray[np.uint8], word: Seen) -> float:
    """Return twice the inked area over its edge, in pixels: the thickness of a stroke; 0 for a word without ink."""
    dark = grey[int(word.top) : int(word.bottom) + 1, int(word.x0) : int(word.x1) + 1] < _DARK
    padded = np.pad(dark, 1)
    inner = dark & padded[:-2, 1:-1] & padded[2:, 1:-1] & padded[1:-1, :-2] & padded[1:-1, 2:]
    area = int(dark.sum())
    return 2.0 * area / max(area - int(inner.sum()), 1) if area else 0.0


def _letters(word: Seen) -> int:
    return sum(c.isalpha() for c in word.text)


def _runs(seen: Sequence[Seen]) -> Iterator[range]:
    """Words of one line that no wide gap parts."""
    start = 0
    for index in range(1, len(seen) + 1):
        if index == len(seen) or seen[index].line != seen[index - 1].line or _apart(seen[index - 1], seen[index]):
            yield range(start, index)
            start = index


def _apart(left: Seen, right: Seen) -> bool:
    return right.x0 - left.x1 > GAP * max(left.x_height, 1.0)
