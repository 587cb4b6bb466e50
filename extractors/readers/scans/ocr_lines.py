"""Lines whose highest marks were cut off read again: where lines stand close, the recogniser takes "ấ", "ề", "ổ" for "â", "ê", "ô".

It draws a line's upper edge through the accents above the circumflex. Set apart from its neighbours the same line is read whole.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from extractors.readers.scans import ocr_engine
from extractors.readers.scans.ocr_engine import Seen
from extractors.readers.scans.ocr_pages import DARK, Sheet
from extractors.readers.scans.ocr_stacks import Piece, placed, stacked
from extractors.readers.scans.ocr_tone import Grey

ABOVE = 0.45
"""Times the height of small letters: as far above a word's upper edge an accent may stand."""
LEAST_MARK = 0.02
"""Inked pixels of an accent as a share of the square of that height."""
HEAD, FOOT = 0.6, 0.2
"""Times that height: what a line keeps above and below its words when it is read again."""
MOST_LOST = 0.03
"""By so much the mean score of the new reading may be lower."""
_UNTONED = re.compile("[âêôăơưÂÊÔĂƠƯ]")
_TONE = re.compile("[\u0300\u0301\u0303\u0309\u0323]")


def read_again(sheet: Sheet, seen: Sequence[Seen], dpi: float) -> tuple[Seen, ...]:
    """Return the words, those of lines with cut marks as a second look gives them; a line that was put right stays so."""
    lines = [list(line) for _, line in groupby(seen, key=lambda word: word.line)]
    cut = [index for index, line in enumerate(lines) if any(_cut(sheet.text, word) for word in line) and not any(w.repaired for w in line)]
    if not cut:
        return tuple(seen)
    stack, rows = stacked([_piece(sheet.text, lines[index]) for index in cut])
    found = list(placed(ocr_engine.recognise(stack, dpi), rows))
    for place, index in enumerate(cut):
        again = [replace(word, line=lines[index][0].line) for row, word in found if row == place]
        lines[index] = _better(again, lines[index])
    return tuple(word for line in lines for word in line)


def _cut(grey: Grey, word: Seen) -> bool:
    """True for a word with a shaped vowel without a tone, and ink close above it."""
    if not _UNTONED.search(word.text) or _TONE.search(unicodedata.normalize("NFD", word.text)):
        return False
    top = int(word.top)
    strip = grey[max(top - int(ABOVE * word.x_height), 0) : top, int(word.x0) : int(word.x1)]
    return int((strip < DARK).sum()) > LEAST_MARK * word.x_height**2


def _piece(grey: Grey, line: Sequence[Seen]) -> Piece:
    """A line with room for its accents, and where its corner lies."""
    size = max(word.x_height for word in line)
    y0 = max(int(min(word.top for word in line) - HEAD * size), 0)
    x0 = max(int(min(word.x0 for word in line)) - 2, 0)
    return grey[y0 : int(max(word.bottom for word in line) + FOOT * size), x0 : int(max(word.x1 for word in line)) + 3], x0, y0


def _better(again: list[Seen], before: list[Seen]) -> list[Seen]:
    """The second reading where it is of one line with as many words, give or take one, and as sure."""
    if not again or abs(len(again) - len(before)) > 1:
        return before
    return [replace(word, x_height=before[0].x_height) for word in again] if _mean(again) >= _mean(before) - MOST_LOST else before


def _mean(words: Sequence[Seen]) -> float:
    return sum(word.score for word in words) / len(words)
