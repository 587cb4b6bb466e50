"""Numbers and days written by hand ("số, ngày ghi tay") at the head of a scanned page, read by a network that knows handwriting.

Only what the recogniser did not surely read as print is looked at. What several looks agree on is taken, always to be checked by a
person; else the place stays blank, with what may stand there. Nothing is read where nothing is written.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extractors.layout import Box, Origin, Word
from extractors.readers.rows import box_of, rows_of
from extractors.readers.scans import hand_reading
from extractors.readers.scans.hand_reading import DAYS, HALF_DAYS, MONTHS, Slot, Written
from extractors.readers.scans.ocr_repair import BLANK, HEAD, LABEL_SCORE, vouched
from extractors.text import ascii_key

PRINTED = 0.85
"""Score from which the recogniser's own digits are print and need no second look."""
_LABEL = r"^[^\d:.;]{0,3}[:.;]?"
_NUMBER = Slot(re.compile(_LABEL), re.compile(r"\s*[/\-–il|](?=\s?(?:\d{4}[/\-])?[A-Z])"))
_DAY = Slot(re.compile(r"n[gq].{0,2}[yv]"), re.compile(r"\s*t\w{2,4}"), DAYS, HALF_DAYS)
_MONTH = Slot(re.compile(r"n[gq].{0,2}[yv].*?t[^\W\d]{2,4}"), re.compile(r"\s*n.?m"), MONTHS)
"""The network does not read the marks of Vietnamese letters, and a letter of a label may be hidden by the hand."""
_SYMBOL = re.compile(r"(?P<number>.*?)(?P<symbol>[/-](?:\d{4}/)?[\w-]*[A-ZĐ]{2}.*)$")
_ANY_NUMBER = re.compile(r"\d{1,5}[a-zA-Z]?")
_DAY_LABEL = re.compile(r"n[gq][aàáảãạ]?[yỳýỷỹv]")
_MONTH_LABEL = re.compile(r"th[aáàảãạâă]ng")
SYMBOL_SEEN = 3.0
"""How much of a symbol is seen, in heights of its line."""
_ROOM = 0.3
"""Share of a line's height by which its picture reaches beyond its first and last word."""


@dataclass(frozen=True)
class Head:
    """The picture of a page, and how its words stand on it."""

    picture: NDArray[np.uint8]
    unit: float
    """Pixels of the picture for a point of the words."""
    slope: float
    """By how much the lines fall to the right, as a share of their length; the words are level."""

    def cut(self, box: Box) -> NDArray[np.uint8]:
        """Return a line's picture with as much above and below it; what lies beyond the page is white."""
        height = round((box.bottom - box.top) * self.unit)
        top = round((box.top + self.slope * (box.x0 + box.x1) / 2) * self.unit) - height
        left, right = (min(max(round(x * self.unit), 0), self.picture.shape[1]) for x in (box.x0, box.x1))
        padded = np.pad(self.picture[:, left:right], ((3 * height, 3 * height), (0, 0)), constant_values=255)
        return padded[top + 3 * height : top + 6 * height]


def read(words: Sequence[Word], head: Head) -> tuple[Word, ...]:
    """Return the words of a page with the number and the date of its head as far as a hand wrote them and can be read."""
    limit = HEAD * head.picture.shape[0] / head.unit
    upper = [word for word in words if box_of(word).bottom < limit]
    out = [word for word in words if box_of(word).bottom >= limit]
    rows = [_date_line(_number_line(row.words, head), head) for row in rows_of(upper)]
    return (*(word for row in rows for word in row), *out)


def _number_line(words: tuple[Word, ...], head: Head) -> tuple[Word, ...]:
    """The row with the number before its symbol."""
    at = next((i for i, word in enumerate(words[:5]) if _SYMBOL.match(word.text)), None)
    symbol = _SYMBOL.match(words[at].text) if at else None
    if not at or symbol is None or ascii_key(words[0].text)[:2] != "so":
        return words
    glued = [words[at].part(0, len(symbol["number"]))] if symbol["number"] else []
    read_as = [*words[1:at], *glued]
    if _printed(read_as, _ANY_NUMBER):
        return words
    line = _cut_short(_around(words[0], words[at]), box_of(words[at]).x0)
    (found,) = hand_reading.read(head.cut(line), (_NUMBER,))
    if found is None or not found.inked:
        return words
    if at == 1 and found.text == symbol["number"]:
        return (words[0], vouched(words[1], words[1].text), *words[2:])
    return (
        words[0],
        _filled_in(read_as, found, line, words[0]),
        words[at].part(len(symbol["number"]), len(words[at].text)),
        *words[at + 1 :],
    )


def _date_line(words: tuple[Word, ...], head: Head) -> tuple[Word, ...]:
    """The row with the day, and the month, of its date."""
    places = _labels(words)
    if places is None:
        return words
    first, middle, last = places
    glued_day, label, glued_month = _parted(words[middle])
    day, month = (*words[first + 1 : middle], *glued_day), (*glued_month, *words[middle + 1 : last])
    day_only = _printed(month, _ANY_DAY)
    if day_only and _printed(day, _ANY_DAY):
        return words
    line = _around(words[first - 1], words[middle if day_only else last])
    found = (*hand_reading.read(head.cut(line), (_DAY,) if day_only else (_DAY, _MONTH)), None)
    return (*words[: first + 1], *_put(day, found[0], line, label), label, *_put(month, found[1], line, label), *words[last:])


def _labels(words: Sequence[Word]) -> tuple[int, int, int] | None:
    """Where "ngày", "tháng" and "năm" stand, behind a place and before a year."""
    texts = [word.text.lower() for word in words]
    first = next((i for i, text in enumerate(texts) if _DAY_LABEL.fullmatch(text)), 0)
    last = next((i for i, (text, year) in enumerate(pairwise(texts)) if ascii_key(text) == "nam" and year[:1].isdigit()), 0)
    middle = next((i for i in range(first, last) if _MONTH_LABEL.search(texts[i])), 0)
    return (first, middle, last) if 0 < first < middle < last else None


def _parted(word: Word) -> tuple[tuple[Word, ...], Word, tuple[Word, ...]]:
    """The word "tháng" with what was read as one with it before and behind."""
    match = _MONTH_LABEL.search(word.text.lower())
    start, end = match.span() if match else (0, len(word.text))
    label = vouched(word.part(start, end), "tháng")
    before = (word.part(0, start),) if start else ()
    behind = (word.part(end, len(word.text)),) if end < len(word.text) else ()
    return before, label, behind


_ANY_DAY = re.compile(r"[0-3]?\d")


def _put(read_as: Sequence[Word], found: Written | None, line: Box, label: Word) -> Sequence[Word]:
    """What stands in a slot of the date line: print, the hand's figure, or what was there before."""
    if _printed(read_as, _ANY_DAY) or found is None or not found.inked:
        return read_as
    return (_filled_in(read_as, found, line, label),)


def _printed(read_as: Sequence[Word], shape: re.Pattern[str]) -> bool:
    """True for digits that the recogniser surely read."""
    return bool(read_as) and all((word.score or 0.0) >= PRINTED and shape.fullmatch(word.text) for word in read_as)


def _filled_in(read_as: Sequence[Word], found: Written, line: Box, label: Word) -> Word:
    """The word in the place of what was read there: print that two readings agree on, the hand's figure, or a blank with what it may be."""
    if len(read_as) == 1 and found.text and read_as[0].text == found.text:
        return vouched(read_as[0], read_as[0].text)
    wide = line.x1 - line.x0
    return Word(
        found.text or BLANK,
        label.page,
        replace(line, x0=line.x0 + found.start * wide, x1=line.x0 + found.end * wide),
        size=label.size,
        origin=Origin.HAND,
        score=round(found.score, 3) if found.text else LABEL_SCORE,
        maybe=found.maybe,
    )


def _around(first: Word, last: Word) -> Box:
    """The line from its first to its last word, and a little more to both sides."""
    a, b = box_of(first), box_of(last)
    room = _ROOM * (a.bottom - a.top)
    return Box(a.x0 - room, min(a.top, b.top), b.x1 + room, max(a.bottom, b.bottom))


def _cut_short(line: Box, symbol: float) -> Box:
    """The line without the end of the symbol: the network takes as long as the line is."""
    return replace(line, x1=min(line.x1, symbol + SYMBOL_SEEN * (line.bottom - line.top)))
