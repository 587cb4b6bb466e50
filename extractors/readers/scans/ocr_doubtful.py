"""Doubtful words read a second time, larger and apart from the lines around: most of what is half seen at one size is read at another.

The second reading is taken where it is surer; where only a hook or a speck differs it is not, for those come and go with the size.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

import numpy as np
from PIL import Image

from extractors.legacy.syllables import is_syllable
from extractors.readers.scans import ocr_engine
from extractors.readers.scans.ocr_engine import Seen
from extractors.readers.scans.ocr_phrases import bare
from extractors.readers.scans.ocr_stacks import Piece, placed, stacked
from extractors.readers.scans.ocr_tone import Grey

DOUBTFUL = 0.85
"""Score below which a word is read again: six in ten misread words have less, and one in eighty of the others."""
SURER, LEAST = 0.05, 0.65
"""By so much the second reading's score is higher, and what it has at least."""
VOUCHED = 0.15
"""By so much it may be lower where the page has the same word elsewhere, surely read, and nowhere the first reading."""
ENLARGED = 1.5
"""Times that a word is shown: at 2 the dot of an i is read as a hook."""
APART = 2.0
"""Heights of small letters; a neighbour farther off stands in another column."""
HEAD, FOOT, SIDE = 0.6, 0.25, 0.5
"""Times that height: what a word keeps around it."""
MOST = 60
"""Words of a page that are read again; on a page with more of them nothing is sure."""
SAME_PLACE = 0.5
"""Share of the narrower of two words that lies within the other."""
_ROMAN = re.compile(r"[IVXH]+[.,;:)]?")
_SHAPES = frozenset("\u0302\u0306\u031b")
"""Circumflex, breve and horn: what makes a vowel of its own; a tone stands above it, and is cut off with ease."""
_HOOK, _ACUTE = "\u0309", "\u0301"


def read_again(grey: Grey, seen: Sequence[Seen], dpi: float) -> tuple[Seen, ...]:
    """Return the words, the doubtful ones as a second look gives them where that is surer."""
    runs = list(_runs(seen))
    if not 0 < len(runs) <= MOST:
        return tuple(seen)
    stack, rows = stacked([_piece(grey, [seen[i] for i in run]) for run in runs])
    size = (int(stack.shape[1] * ENLARGED), int(stack.shape[0] * ENLARGED))
    larger = np.asarray(Image.fromarray(stack).resize(size, Image.Resampling.LANCZOS))
    words = [_reduced(word) for word in ocr_engine.recognise(larger, dpi * ENLARGED)]
    out = list(seen)
    sure = {bare(word.text) for word in seen if word.score >= DOUBTFUL}
    found = list(placed(words, rows))
    for number, run in enumerate(runs):
        here = [word for piece, word in found if piece == number]
        for index in run:
            if _doubtful(seen[index]):
                out[index] = _settled(seen[index], [word for word in here if _at(word, seen[index])], sure)
    return tuple(out)


def _doubtful(word: Seen) -> bool:
    return word.score < DOUBTFUL and any(map(str.isalnum, word.text))


def _runs(seen: Sequence[Seen]) -> Iterator[range]:
    """The doubtful words, each with its neighbour on either side; runs that meet are one."""
    open_run: range | None = None
    for index, word in enumerate(seen):
        if not _doubtful(word):
            continue
        start = index - 1 if index and _beside(seen[index - 1], word) else index
        end = index + 2 if index + 1 < len(seen) and _beside(word, seen[index + 1]) else index + 1
        if open_run is not None and start < open_run.stop:
            open_run = range(open_run.start, end)
            continue
        if open_run is not None:
            yield open_run
        open_run = range(start, end)
    if open_run is not None:
        yield open_run


def _beside(left: Seen, right: Seen) -> bool:
    return left.line == right.line and right.x0 - left.x1 < APART * max(left.x_height, right.x_height, 1.0)


def _piece(grey: Grey, words: Sequence[Seen]) -> Piece:
    size = max(word.x_height for word in words)
    y0 = max(int(min(word.top for word in words) - HEAD * size), 0)
    x0 = max(int(words[0].x0 - SIDE * size), 0)
    y1, x1 = int(max(word.bottom for word in words) + FOOT * size), int(max(word.x1 for word in words) + SIDE * size)
    return grey[y0 : max(y1, y0 + 1), x0 : max(x1, x0 + 1)], x0, y0


def _reduced(word: Seen) -> Seen:
    x0, top, x1, bottom, baseline = (side / ENLARGED for side in (word.x0, word.top, word.x1, word.bottom, word.baseline))
    return replace(word, x0=x0, top=top, x1=x1, bottom=bottom, baseline=baseline)


def _at(word: Seen, place: Seen) -> bool:
    return min(word.x1, place.x1) - max(word.x0, place.x0) > SAME_PLACE * min(word.x1 - word.x0, place.x1 - place.x0)


def _settled(first: Seen, second: Sequence[Seen], sure: Collection[str]) -> Seen:
    """The surer of two readings of a word, at the place it has on its line; ``sure`` are the page's surely read words."""
    if len(second) != 1:
        return first
    (again,) = second
    agreed = bare(again.text) == bare(first.text)
    kept = replace(first, score=max(again.score, first.score)) if agreed else first
    if again.text == first.text or _no_better(first.text, again.text):
        return kept
    vouched = bare(again.text) in sure and bare(first.text) not in sure and again.score >= first.score - VOUCHED
    if not vouched and again.score < max(LEAST, first.score + SURER):
        return kept
    return replace(first, text=again.text, score=max(again.score, first.score), x0=min(first.x0, again.x0), x1=max(first.x1, again.x1))


def _no_better(first: str, second: str) -> bool:
    """True for a second reading that has a mark or a letter too many, has other digits, or is no syllable where the first is one."""
    if bare(first) == bare(second):
        return len(second) > len(first) and not second.endswith("./.")
    if _ROMAN.fullmatch(second):
        return False
    digits = _digits(first), _digits(second)
    if (is_syllable(bare(first)) and not digits[1] and not is_syllable(bare(second))) or (all(digits) and digits[0] != digits[1]):
        return True
    return _doubled(first, second) or (len(first) == len(second) and all(map(_hooked, first, second)))


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def _doubled(first: str, second: str) -> bool:
    """True when only a letter is said twice: "MT" → "MTT"."""
    return any(second == first[: i + 1] + first[i:] for i in range(len(first)))


def _hooked(first: str, second: str) -> bool:
    """True for the same letter, for a hook on an i that had a dot, an acute in place of a hook, a shaped vowel that lost its tone."""
    if first == second:
        return True
    old, new = unicodedata.normalize("NFD", first), unicodedata.normalize("NFD", second)
    if len(new) == 2 and len(old) == 3 and set(new) < set(old) and new[1] in _SHAPES:
        return True
    return (old in ("i", "I") and new == old + _HOOK) or (_HOOK in old and new == old.replace(_HOOK, _ACUTE))
