"""The closing of a dispatch read column by column: recipients at the left, signature with its seal at the right.

Their lines stand at different heights; read as one block, lines of one column swallow those of the other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby, pairwise

import numpy as np

from extractors.readers import ocr_engine
from extractors.readers.ocr_engine import Seen
from extractors.readers.ocr_pages import Sheet
from extractors.readers.ocr_tone import Grey
from extractors.text import ascii_key

LEFTMOST, RIGHTMOST = 0.36, 0.60
"""Shares of the page's width between which the gutter runs."""
SURE_SIGNATURE = 0.70
"""Score below which a word at the right is a stroke of the signature or a letter of the seal."""
STAMPED_SCORE = 0.80
"""The same for words in red: the seal's letters run in a circle."""
EDGE = 20
"""Pixels of white around a part: letters at the very edge are misread."""
_DARK = 140
_SYLLABLE = re.compile(r"[^\W\d_]{1,7}\.?|[A-ZĐ]{2,}\.?/?")
_POSITION = re.compile(r"\b(?:pho|quyen|chu tich|giam doc|truong|vien|chanh|bo truong|thu truong|chu nhiem|bi thu|cuc|vu)\b")


def columns_apart(sheet: Sheet, seen: Sequence[Seen], dpi: float) -> tuple[Seen, ...]:
    """Return the page's words, those of the closing recognised again by column; unchanged where no closing starts."""
    top = _start(seen, sheet.size[0])
    gutter = _gutter(sheet.text, top) if top is not None else None
    if top is None or gutter is None:
        return tuple(seen)
    above = [word for word in seen if word.baseline < top]
    last = max((word.line for word in above), default=0)
    left = bulleted(_part(sheet.text, (0, gutter), top, dpi, last))
    last = max((word.line for word in left), default=last)
    right = [word for word in _part(sheet.text, (gutter, sheet.size[0]), top, dpi, last) if _signs(word, SURE_SIGNATURE)]
    return (*above, *left, *right, *_stamped(sheet, right, top, gutter, dpi))


def _start(seen: Sequence[Seen], width: int) -> int | None:
    """The height above "Nơi nhận" or above the first line of the signature, in pixels; None where neither stands."""
    tops = [min(a.top, b.top) - 0.4 * a.x_height for a, b in pairwise(seen) if _recipients(a, b)]
    if not tops:
        tops = [a.top - 1.2 * a.x_height for a, b in pairwise(seen) if a.x0 > LEFTMOST * width and a.line == b.line and _authority(a, b)]
    return max(int(min(tops)), 0) if tops else None


def _recipients(first: Seen, second: Seen) -> bool:
    return ascii_key(first.text) == "noi" and ascii_key(second.text).startswith("nhan") and first.line == second.line


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
    crop = np.pad(grey[top:, span[0] : span[1]], EDGE, constant_values=255)
    return [_moved(word, span[0] - EDGE, top - EDGE, line) for word in ocr_engine.recognise(crop, dpi)]


def bulleted(words: Sequence[Seen]) -> list[Seen]:
    """Return the words, those before the first letters of a line as one dash: nothing but a dash stands there in a list of recipients."""
    out: list[Seen] = []
    for _, line in groupby(words, key=lambda word: word.line):
        row = list(line)
        first = next((i for i, word in enumerate(row) if any(map(str.isalnum, word.text))), 0)
        out += [replace(word, text="-") for word in row[max(first - 1, 0) : first] if not word.text.startswith("(")] + row[first:]
    return out


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


def _signs(word: Seen, sure: float) -> bool:
    """True for a word that may be printed in a signature block; strokes read as letters score low or hold other characters."""
    bare = word.text.strip(".,;:()-–")
    if not bare or (len(bare) == 1 and word.score < 0.9):
        return False
    return word.score >= sure and _SYLLABLE.fullmatch(bare) is not None


def _stamped(sheet: Sheet, right: Sequence[Seen], top: int, gutter: int, dpi: float) -> list[Seen]:
    """Position and name stamped in red ("dấu chức danh, dấu họ tên"): lines below the printed ones that read as such."""
    if sheet.red is None or _named(right):
        return []
    words = [word for word in _part(sheet.red, (gutter, sheet.size[0]), top, dpi, 10_000) if _signs(word, STAMPED_SCORE)]
    lines: dict[int, list[Seen]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
    known = {ascii_key(word.text) for word in right}
    kept = [line for line in lines.values() if len(line) > 1 and (_is_position(line) or _is_name(line))]
    return [word for line in kept for word in line if not {ascii_key(one.text) for one in line} <= known]


def _named(words: Sequence[Seen]) -> bool:
    """True when position and name are there in print."""
    lines: dict[int, list[Seen]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
    return any(_is_position(line) for line in lines.values()) and any(_is_name(line) for line in lines.values())


def _is_position(line: Sequence[Seen]) -> bool:
    text = " ".join(word.text for word in line)
    return text.isupper() and _POSITION.search(ascii_key(text)) is not None


def _is_name(line: Sequence[Seen]) -> bool:
    return 2 <= len(line) <= 5 and all(word.text.istitle() for word in line)
