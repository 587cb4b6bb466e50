"""Regions in two columns: the letterhead at the head of a document, the signature block at its end.

A gutter is the vertical strip that no word of the region's two-sided rows crosses. The blanks of "Số:     /UBND-VP" and
"ngày     tháng 9" are no gutters: they lie inside one side.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.layout import Column
from extractors.readers.rows import Row, box_of
from extractors.text import ascii_key

NARROWEST_GUTTER = 4.0
"""Points."""
_NATIONAL = re.compile(r"cong\s*ho?a\s*xa\s*hoi|dang cong san viet nam|doc lap\s*-\s*tu do")
_MOTTO = re.compile(r"doc lap\s*[-–]?\s*tu do")
_DATE = re.compile(r"\bngay.{0,24}thang.{0,14}nam\b")
_NUMBER = re.compile(r"^so\s*[:.]?\s|^so:")
_SUBJECT = re.compile(r"^(?:v/v|ve viec)\b")
_ADDRESS = re.compile(r"^kinh gui\b")
_RECIPIENTS = re.compile(r"^noi nhan\b")
_AUTHORITY = re.compile(r"^(?:tm|kt|tl|tuq|q|t/m|k/t|t/l|tum)\b\s*[./]?")
_POSITION = re.compile(
    r"^(?:pho )?(?:chu tich|giam doc|tong giam doc|cuc truong|chi cuc truong|vu truong|bo truong|thu truong|chanh van phong"
    r"|chu nhiem|truong phong|truong ban|hieu truong|bi thu|vien truong|chanh an|chi huy truong|cuc pho|tong cuc truong|tong thanh tra"
    r"|chanh thanh tra)\b"
)
LONGEST_LETTERHEAD = 30
"""Rows; a letterhead with a long subject and a superior seldom takes half of it."""


@dataclass(frozen=True)
class Strip:
    """A row, or a part of one, with the column it stands in."""

    row: Row
    column: Column
    region: int = 0
    """0: running text; regions in two columns are counted from 1."""


def is_national(row: Row) -> bool:
    """True for the national title, the motto, or the Party's title."""
    return _NATIONAL.search(row.key) is not None


def split_columns(pages: Sequence[tuple[float, Sequence[Row]]]) -> list[Strip]:
    """Return all rows of (page width, rows) in reading order, those of two-column regions by column, the left one first."""
    out: list[Strip] = []
    region = 0
    for width, rows in pages:
        start = 0
        while start < len(rows):
            end, gutter = _region(rows, start, width)
            if end == start:
                out.append(Strip(rows[start], Column.FULL))
                start += 1
                continue
            region += 1
            out += _two_columns(rows[start:end], gutter, region)
            start = end
    return out


def _region(rows: Sequence[Row], start: int, width: float) -> tuple[int, float]:
    """Return the end of the two-column region that starts at a row, with its gutter; the same place when none does."""
    if _opens_letterhead(rows, start, width):
        return _letterhead(rows, start, width)
    if _opens_closing(rows, start, width):
        return _closing(rows, start, width)
    return start, 0.0


def _opens_letterhead(rows: Sequence[Row], start: int, width: float) -> bool:
    """A letterhead starts at the first row of a page, or where a few rows on the left run up to a national title."""
    ahead = rows[start : start + 4]
    if not any(is_national(row) for row in ahead):
        return False
    title = next(row for row in ahead if is_national(row))
    if title is rows[start]:
        return True
    return all(row.box.x1 < 0.62 * width or is_national(row) for row in ahead[: ahead.index(title) + 1])


def _letterhead(rows: Sequence[Row], start: int, width: float) -> tuple[int, float]:
    date = next((i for i in range(start, min(start + LONGEST_LETTERHEAD, len(rows))) if _DATE.search(rows[i].key)), None)
    last = date if date is not None else next(i for i in range(start, len(rows)) if is_national(rows[i])) + 1
    last = min(last, len(rows) - 1)
    gutter = _gutter(rows[start : last + 1], width)
    end = last + 1
    while end < len(rows) and end - start < LONGEST_LETTERHEAD and _beside(rows, end, gutter):
        end += 1
    return end, gutter


def _beside(rows: Sequence[Row], index: int, gutter: float) -> bool:
    """True for a row that still belongs to the letterhead: it stands in the left column, or names place and day at the right."""
    row = rows[index]
    text = row.key
    if _ADDRESS.match(text):
        return False
    if row.box.x0 > gutter:
        return _DATE.search(text) is not None
    left, right = row.split(gutter)
    if right is not None and left is not None and _DATE.search(right.key):
        return True
    return row.box.x1 < gutter + 6 and row.box.x0 < 0.4 * gutter + 0.3 * row.box.x1


def _opens_closing(rows: Sequence[Row], start: int, width: float) -> bool:
    row = rows[start]
    if _RECIPIENTS.match(row.key):
        return True
    parts = _far_right(row, width)
    if parts is None or not _signs(parts):
        return False
    return any(_RECIPIENTS.match(later.key) for later in rows[start : start + 8]) or row.box.x0 > 0.4 * width


def _far_right(row: Row, width: float) -> Row | None:
    """The part of a row that stands alone in the right half."""
    gap, x = _widest_gap(row)
    if row.box.x0 > 0.4 * width:
        return row
    if gap < 18 or x < 0.4 * width:
        return None
    return row.split(x)[1]


def _signs(row: Row) -> bool:
    text = row.key
    return row.text.upper() == row.text and bool(_AUTHORITY.match(text) or _POSITION.match(text))


def _widest_gap(row: Row) -> tuple[float, float]:
    """Return the widest gap between neighbours and its middle."""
    gaps = [(box_of(b).x0 - box_of(a).x1, (box_of(b).x0 + box_of(a).x1) / 2) for a, b in pairwise(row.words) if not b.glued]
    return max(gaps, default=(0.0, 0.0))


def _closing(rows: Sequence[Row], start: int, width: float) -> tuple[int, float]:
    gutter = _closing_gutter(rows[start:], width)
    end = start + 1
    while end < len(rows) and not _is_body(rows[end], gutter, width):
        end += 1
    return end, gutter


def _closing_gutter(rows: Sequence[Row], width: float) -> float:
    """Where the signature's column begins: left of every row's right-hand part."""
    rights = [part.box.x0 for row in rows[:14] if (part := _far_right(row, width)) is not None]
    return min(rights, default=0.5 * width) - 2.0


def _is_body(row: Row, gutter: float, width: float) -> bool:
    """A row across both columns that is no list line ends the region: an appendix title, a new text."""
    left, right = row.split(gutter)
    if left is None or right is None:
        text = row.key
        return bool(re.match(r"^(?:phu luc|mau so|danh sach|bieu)\b", text)) and abs(row.middle - width / 2) < 60
    crossing = any(box_of(w).x0 < gutter < box_of(w).x1 for w in row.words)
    gap = box_of(right.words[0]).x0 - box_of(left.words[-1]).x1
    return (crossing or gap < NARROWEST_GUTTER + 2) and not row.key.startswith("-") and row.box.x1 > 0.75 * width


def _gutter(rows: Sequence[Row], width: float) -> float:
    """Return the middle of the widest strip between 28 % and 65 % of the width that the fewest words cross."""
    low, high = 0.28 * width, 0.65 * width
    titles = [row for row in rows if is_national(row)]
    anchor = min((_right_start(row) for row in titles), default=0.45 * width)
    edges = sorted({low, high, *(e for row in rows for w in row.words for e in (box_of(w).x0, box_of(w).x1) if low <= e <= high)})
    best, place = (10**6, 0.0, 0.0), anchor
    for left, right in pairwise(edges):
        middle = (left + right) / 2
        crossings = sum(box_of(w).x0 < middle < box_of(w).x1 for row in rows for w in row.words)
        score = (crossings, abs(middle - anchor) // 25, -(right - left))
        if right - left >= 1.0 and score < best:
            best, place = score, middle
    return place


def _right_start(row: Row) -> float:
    """Where the national title starts on its row."""
    for index, word in enumerate(row.words):
        if re.match(r"cong|dang|doc", ascii_key(word.text)) and is_national(Row(row.words[index:])):
            return box_of(word).x0 - 3.0
    return row.box.x0


def _two_columns(rows: Sequence[Row], gutter: float, region: int) -> list[Strip]:
    lefts, rights = [], []
    for row in rows:
        left, right = row.split(_own_gutter(row, gutter))
        if left is not None:
            lefts.append(Strip(left, Column.LEFT, region))
        if right is not None:
            rights.append(Strip(right, Column.RIGHT, region))
    return lefts + rights


def _own_gutter(row: Row, gutter: float) -> float:
    """Where this row is cut: at its gap nearest to the gutter when a word lies across it."""
    if not any(box_of(w).x0 < gutter < box_of(w).x1 for w in row.words):
        return gutter
    gaps = [(box_of(b).x0 + box_of(a).x1) / 2 for a, b in pairwise(row.words) if box_of(b).x0 - box_of(a).x1 > NARROWEST_GUTTER + 1.5]
    near = [x for x in gaps if abs(x - gutter) < 70]
    if near:
        return min(near, key=lambda x: abs(x - gutter))
    return row.box.x1 + 1.0 if row.middle < gutter else row.box.x0 - 1.0
