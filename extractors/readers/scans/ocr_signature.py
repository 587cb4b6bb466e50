"""The signer's lines ("quyền hạn, chức vụ, họ tên") made whole where a seal or the signature runs through them.

The block is read more than once, each line is taken as it was read best; what a closed list or the form of a signature vouches for is
put back and marked as repaired: "TỊCH" can only be "CHỦ TỊCH", and the same office twice is a deputy's under his chief's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import groupby, pairwise
from statistics import median

import numpy as np
from PIL import Image

from extractors import zone_signs as signs
from extractors.legacy.syllables import is_syllable
from extractors.readers.scans.ocr_engine import Seen
from extractors.readers.scans.ocr_pages import DARK
from extractors.readers.scans.ocr_tone import WHITE, Grey, Mask
from extractors.text import ascii_key, fold

Line = list[Seen]

SURE = 0.70
"""Score below which a word at the right is a stroke of the signature or a letter of the seal."""
LEAST_VOUCHED = 0.25
"""The same for a word that its line vouches for: "KT." before an office, a family name before a name."""
LEAST_BETWEEN = 0.45
"""The same for a syllable between two sure words."""
LONE = 0.90
"""The same for a single character."""
PUT_BACK = 0.75
"""Score of a word that was put back."""
TALL, WIDE = 2.6, 6.0
"""Heights of small letters; a stroke that reaches farther is no letter."""
MOST_INK = 0.2
"""Share of inked pixels; a block with more is a picture."""
REDUCED = 2
"""Pixels of the page for one of the picture in which strokes are followed."""
LEAST_HALF = 3
"""Letters of half an office."""
SAME_LINE = 1.5
"""Heights of small letters; two readings of a line are nearer in height than that, lines are farther apart."""
NEXT_LINE = 3.2
"""Heights of capitals between a title's line and the one below it."""
_SYLLABLE = re.compile(r"[^\W\d_]{1,7}\.?|[A-ZĐ]{2,}\.?/?|[KT]/[TML]")
_AUTHORITY = re.compile(r"(?:KT|TM|TL|TUQ|Q)[.,]|[KT]/[TML]")
_SPECKS = "'`‘’.:ˆ*"
"""What dust before a word is read as."""


def without_strokes(grey: Grey, size: float) -> Grey:
    """Return the picture without what hangs together over more than letters do: the signature, a seal's rings; ``size`` as for words."""
    small = np.asarray(Image.fromarray(np.ascontiguousarray(grey)).reduce(REDUCED)) < DARK
    out = grey.copy()
    if small.mean() > MOST_INK:
        return out
    for ys, xs in _strokes(small):
        if (ys[-1] - ys[0]) * REDUCED > TALL * size or (max(xs) - min(xs)) * REDUCED > WIDE * size:
            for y, x in zip(ys, xs, strict=True):
                out[max(y * REDUCED - 2, 0) : (y + 1) * REDUCED + 2, max(x * REDUCED - 2, 0) : (x + 1) * REDUCED + 2] = WHITE
    return out


def _strokes(ink: Mask) -> Iterator[tuple[list[int], list[int]]]:
    """Yield the rows and columns of each patch of ink that hangs together, rows ascending."""
    rest = {(int(y), int(x)) for y, x in np.argwhere(ink)}
    while rest:
        group = [rest.pop()]
        for y, x in group:
            near = {(y + dy, x + dx) for dy in (-1, 0, 1) for dx in (-1, 0, 1)} & rest
            rest -= near
            group += near
        group.sort()
        yield [y for y, _ in group], [x for _, x in group]


def signing(line: Sequence[Seen], sure: float = SURE) -> Line:
    """Return the words of a line that may be printed in a signature block; strokes read as letters score low or hold other characters."""
    out: Line = []
    line = [replace(word, text=word.text.lstrip(_SPECKS)) if len(word.text) > 2 else word for word in line]
    for index, word in enumerate(line):
        if _may_sign(word, sure) or _between(line[index - 1 : index + 2], sure):
            out.append(word)
        elif index + 1 < len(line) and word.score >= LEAST_VOUCHED and _may_sign(line[index + 1], sure) and _vouched(word, line[index + 1]):
            out.append(replace(word, score=max(word.score, PUT_BACK), repaired=True))
    return out


def _may_sign(word: Seen, sure: float) -> bool:
    bare = word.text.strip(".,;:()-–")
    if not bare or (len(bare) == 1 and word.score < LONE):
        return False
    return word.score >= sure and _SYLLABLE.fullmatch(bare) is not None


def _between(three: Sequence[Seen], sure: float) -> bool:
    """True for a syllable in a name or a title, and a dash in a title, between two surely printed words of its own case."""
    if len(three) != 3 or not (_may_sign(three[0], sure) and _may_sign(three[2], sure)):
        return False
    before, word, after = (one.text for one in three)
    if word in ("-", "–"):
        return three[1].score >= sure and before.isupper() and after.isupper()
    same = all(map(str.isupper, (before, word, after))) or all(map(str.istitle, (before, word, after)))
    return same and three[1].score >= LEAST_BETWEEN and is_syllable(word)


def _vouched(word: Seen, after: Seen) -> bool:
    """True for "KT." before a word in capitals, for a family name before another part of a name."""
    if after.text.isupper():
        return _AUTHORITY.fullmatch(word.text) is not None
    return word.text.istitle() and after.text.istitle() and fold(word.text) in signs.surnames()


def best_lines(readings: Sequence[Sequence[Seen]], number: int) -> list[Seen]:
    """Return the lines of a signature block read more than once, each as it was read best, counted from a number on.

    The first reading has all its lines; of the others only titles and names count.
    """
    lines = [signing(list(line)) for _, line in groupby(readings[0], key=lambda word: word.line)]
    lines = [line for line in lines if line]
    for reading in readings[1:]:
        for _, group in groupby(reading, key=lambda word: word.line):
            line = signing(list(group))
            if is_title(line) or is_name(line):
                _put(lines, line)
    lines.sort(key=_base)
    return [replace(word, line=number + index) for index, line in enumerate(lines) for word in line]


def _put(lines: list[Line], line: Line) -> None:
    """Put a line in the place of the one at its height when it says more, or beside them when none stands there."""
    size = max(word.x_height for word in line)
    at = next((i for i, other in enumerate(lines) if abs(_base(other) - _base(line)) < SAME_LINE * size), None)
    if at is None:
        lines.append(line)
    elif _worth(line) > _worth(lines[at]):
        lines[at] = line


def _base(line: Line) -> float:
    return median(word.baseline for word in line)


def _worth(line: Line) -> tuple[bool, int, float]:
    named = is_name(line) and fold(line[0].text) in signs.surnames()
    return is_title(line) or named, len(line), sum(word.score for word in line) / len(line)


def is_title(line: Sequence[Seen]) -> bool:
    """True for an office or an authority in capitals, its tones read right or not."""
    text = " ".join(word.text for word in line)
    key = ascii_key(text).removeprefix("pho ")
    return signs.authority_line(text) or (text.isupper() and any(key.startswith(office) for office in _office_keys()))


@cache
def _office_keys() -> frozenset[str]:
    return frozenset(ascii_key(office) for office in signs.offices())


def is_name(line: Sequence[Seen]) -> bool:
    """True for what may be a person's name."""
    return 2 <= len(line) <= 5 and all(word.text.istitle() for word in line)


def named(words: Sequence[Seen]) -> bool:
    """True when title and name are both there."""
    lines = [list(line) for _, line in groupby(words, key=lambda word: word.line)]
    return any(map(is_title, lines)) and any(map(is_name, lines))


def whole(words: Sequence[Seen]) -> list[Seen]:
    """Return the words of a block, its titles made whole."""
    lines = [_stopped(_office(list(line))) for _, line in groupby(words, key=lambda word: word.line)]
    lines.sort(key=_base)
    for above, below in pairwise(lines):
        _as_deputy(above, below)
    return [word for line in lines for word in line]


def _stopped(line: Line) -> Line:
    """Put "KT," before an office right to "KT."."""
    first = line[0]
    if len(line) > 1 and first.text.endswith(",") and _AUTHORITY.fullmatch(first.text) and line[1].text.isupper():
        line[0] = replace(first, text=first.text[:-1] + ".", repaired=True)
    return line


def _office(line: Line) -> Line:
    """The line; half of an office that stands alone gets its other half, where one office only has it."""
    if len(line) != 1 or len(line[0].text) < LEAST_HALF or not line[0].text.isupper():
        return line
    key = fold(line[0].text)
    found = [office.split() for office in signs.offices() if key in office.split() and len(office.split()) == 2]
    if len(found) != 1:
        return line
    first, second = found[0]
    return [_beside(line[0], first.upper(), -1), line[0]] if key == second else [line[0], _beside(line[0], second.upper(), 1)]


def _as_deputy(above: Line, below: Line) -> None:
    """The same office twice, one below the other: "KT. CHỦ TỊCH" above "PHÓ CHỦ TỊCH"; what of it was lost is put back."""
    behalf = _AUTHORITY.fullmatch(above[0].text) is not None
    head = above[1:] if behalf else above
    if not head or not is_title(head) or [ascii_key(w.text) for w in head] != [ascii_key(w.text) for w in below]:
        return
    if _base(below) - _base(above) > NEXT_LINE * max(word.bottom - word.top for word in above) or (
        behalf and above[0].text.replace("/", "")[:2] != "KT"
    ):
        return
    below.insert(0, _beside(below[0], "PHÓ", -1))
    if not behalf:
        above.insert(0, _beside(above[0], "KT.", -1))


def _beside(word: Seen, text: str, side: int) -> Seen:
    """A word put back before (-1) or behind (1) another, as wide as its letters."""
    width = (word.x1 - word.x0) / len(word.text)
    start = word.x1 + width / 2 if side > 0 else word.x0 - width / 2 - width * len(text)
    return replace(word, text=text, x0=start, x1=start + width * len(text), score=PUT_BACK, repaired=True)
