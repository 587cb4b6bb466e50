"""The closing of a dispatch read column by column: recipients at the left, signature with its seal at the right.

Their lines stand at different heights; read as one block, lines of one column swallow those of the other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from statistics import median

import numpy as np

from extractors.readers.scans import ocr_engine, ocr_signature
from extractors.readers.scans.ocr_engine import Seen
from extractors.readers.scans.ocr_pages import Sheet
from extractors.readers.scans.ocr_tone import Grey
from extractors.text import ascii_key, fold

LEFTMOST, RIGHTMOST = 0.36, 0.60
"""Shares of the page's width between which the gutter runs."""
STAMPED_SCORE = 0.80
"""Score below which a word in red is none: the seal's letters run in a circle."""
SAME_LINE = 0.8
"""Times a word's height; words on one line are nearer in height than that."""
EDGE = 20
"""Pixels of white around a part: letters at the very edge are misread."""
NO_WORD, SAME_WIDTH = 0.30, 0.12
"""Score below which nothing was read; by what share two prints of one note may differ in width."""
_NOTE = re.compile(r"\(b/(?P<read>[a-zêéø]?)\)(?P<after>[;.,]*)")
_BRACKETS = re.compile(r"\([^()]{1,3}\)[;.,]?")
_DARK = 140


def columns_apart(sheet: Sheet, seen: Sequence[Seen], dpi: float) -> tuple[Seen, ...]:
    """Return the page's words, those of the closing recognised again by column; unchanged where no closing starts."""
    top = _start(seen, sheet.size[0])
    gutter = _gutter(sheet.text, top) if top is not None else None
    if top is None or gutter is None:
        return tuple(seen)
    above = [word for word in seen if word.baseline < top]
    last = max((word.line for word in above), default=0)
    left = noted(_labelled(bulleted(_part(sheet.text, (0, gutter), top, dpi, last))))
    last = max((word.line for word in left), default=last)
    right = _signed(sheet, seen, (top, gutter), dpi, last)
    return (*above, *left, *ocr_signature.whole([*right, *_stamped(sheet, right, top, gutter, dpi)]))


def _signed(sheet: Sheet, seen: Sequence[Seen], corner: tuple[int, int], dpi: float, last: int) -> list[Seen]:
    """The signature block from a corner on; where title or name do not read, the page's own words and a look without strokes help."""
    top, gutter = corner
    readings = [_part(sheet.text, (gutter, sheet.size[0]), top, dpi, last)]
    lines = ocr_signature.best_lines(readings, last + 1)
    if ocr_signature.named(lines):
        return lines
    right = [word for word in seen if word.baseline >= top and word.x0 >= gutter]
    size = median(word.x_height for word in seen)
    clear = ocr_signature.without_strokes(sheet.text[top:, gutter:], size)
    moved = (_moved(word, gutter - EDGE, top - EDGE, last) for word in ocr_engine.recognise(_rimmed(clear), dpi))
    return ocr_signature.best_lines([*readings, right, list(moved)], last + 1)


def _start(seen: Sequence[Seen], width: int) -> int | None:
    """The height above "Nơi nhận" or above the first line of the signature, in pixels; None where neither stands."""
    tops = [min(a.top, b.top) - 0.4 * a.x_height for a, b in pairwise(seen) if _recipients(a, b) and a.x1 < LEFTMOST * width]
    if not tops:
        tops = [a.top - 1.2 * a.x_height for a, b in pairwise(seen) if a.x0 > LEFTMOST * width and a.line == b.line and _authority(a, b)]
    return max(int(min(tops)), 0) if tops else None


def _recipients(first: Seen, second: Seen) -> bool:
    """True for "Nơi nhận:", its slanted capital lost or read as another letter."""
    key = ascii_key(first.text)
    plain = key == "noi" and ascii_key(second.text).startswith("nhan")
    return (plain or (re.fullmatch(r"\w{0,2}oi", key) is not None and fold(second.text) == "nhận:")) and first.line == second.line


def _labelled(words: Sequence[Seen]) -> list[Seen]:
    """The words, "Nơi" put right in "Nơi nhận:"."""
    lost = {id(a) for a, b in pairwise(words) if fold(a.text) != "nơi" and _recipients(a, b)}
    return [
        replace(word, text="Nơi", score=max(word.score, ocr_signature.PUT_BACK), repaired=True) if id(word) in lost else word
        for word in words
    ]


def _authority(first: Seen, second: Seen) -> bool:
    """True for "KT. CHỦ", "TL. BỘ": the words that open a signature ("quyền hạn của người ký")."""
    return re.fullmatch(r"(?:KT|TM|TL|TUQ|Q)[.,]", first.text) is not None and second.text.isupper()


def _gutter(grey: Grey, top: int) -> int | None:
    """The middle of the widest strip without ink below a height; None where ink runs all over."""
    width = grey.shape[1]
    low, high = int(LEFTMOST * width), int(RIGHTMOST * width)
    below = grey[top : top + int(0.16 * grey.shape[0]), low:high] < _DARK
    if below.shape[0] < 20:
        return None
    ink = below.sum(axis=0)
    clear = np.flatnonzero(np.diff(np.pad(ink <= max(ink.min(), 2), 1).astype(np.int8)))
    strips = [(end - start, (start + end) // 2) for start, end in zip(clear[::2].tolist(), clear[1::2].tolist(), strict=True)]
    widest, middle = max(strips, default=(0, 0))
    return low + middle if widest > 0.012 * width else None


def _part(grey: Grey, span: tuple[int, int], top: int, dpi: float, line: int) -> list[Seen]:
    crop = _rimmed(grey[top:, span[0] : span[1]])
    return [_moved(word, span[0] - EDGE, top - EDGE, line) for word in ocr_engine.recognise(crop, dpi)]


def _rimmed(grey: Grey) -> Grey:
    return np.pad(grey, EDGE, constant_values=255)


def bulleted(words: Sequence[Seen]) -> list[Seen]:
    """Return the words, those before the first letters of a line as one dash: nothing but a dash stands there in a list of recipients."""
    out: list[Seen] = []
    for _, line in groupby(words, key=lambda word: word.line):
        row = list(line)
        first = next((i for i, word in enumerate(row) if re.search(r"[^\W_ˆˇˉ]", word.text)), 0)
        out += [replace(word, text="-") for word in row[max(first - 1, 0) : first] if not word.text.startswith("(")] + row[first:]
    return out


def noted(words: Sequence[Seen]) -> list[Seen]:
    """Return the words of a list of recipients, "(b/c)" ("báo cáo") put right: misread behind its slash, or no word and as wide as one."""
    out = [
        replace(w, text="(b/c)" + m["after"], repaired=True) if (m := _NOTE.fullmatch(w.text)) and m["read"] != "c" else w for w in words
    ]
    known = next((word for word in out if _NOTE.fullmatch(word.text)), None)
    if known is None:
        return out
    width = known.x1 - known.x0
    weak = {id(w) for w in out if w.score < NO_WORD and _BRACKETS.fullmatch(w.text) and abs(w.x1 - w.x0 - width) < SAME_WIDTH * width}
    return [replace(w, text="(b/c);", score=ocr_signature.PUT_BACK, repaired=True) if id(w) in weak else w for w in out]


def _moved(word: Seen, x: int, y: int, line: int) -> Seen:
    return replace(
        word,
        x0=word.x0 + x,
        x1=word.x1 + x,
        top=word.top + y,
        bottom=word.bottom + y,
        baseline=word.baseline + y,
        line=word.line + line + 1,
    )


def _stamped(sheet: Sheet, right: Sequence[Seen], top: int, gutter: int, dpi: float) -> list[Seen]:
    """Position and name stamped in red ("dấu chức danh, dấu họ tên"): lines below the printed ones that read as such."""
    if sheet.red is None or ocr_signature.named(right):
        return []
    found = groupby(_part(sheet.red, (gutter, sheet.size[0]), top, dpi, 10_000), key=lambda word: word.line)
    lines = [ocr_signature.signing(list(line), STAMPED_SCORE) for _, line in found]
    kept = [line for line in lines if len(line) > 1 and (ocr_signature.is_title(line) or ocr_signature.is_name(line))]
    return [word for line in kept if not _printed(line, right) for word in line]


def _printed(line: Sequence[Seen], right: Sequence[Seen]) -> bool:
    """True for a line of which every word stands in print at its height: black letters with a red rim."""
    high = max(word.bottom - word.top for word in line)
    level = {ascii_key(word.text) for word in right if abs(word.baseline - line[0].baseline) < SAME_LINE * high}
    return {ascii_key(word.text) for word in line} <= level
