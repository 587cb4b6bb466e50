"""Where a page's letterhead and closing begin and end.

The letterhead (NĐ 30/2020 Phụ lục I, mục II.1–5) has superior, issuer, number and subject at the left; national title, motto,
place and date at the right. The closing (mục II.7–9) has the recipients at the left; authority, position and name at the right.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.layout import Column
from extractors.readers.columns import NARROWEST_GUTTER, Region, Strip, cut, gutter_of, wide_gaps
from extractors.readers.rows import Row
from extractors.text import ascii_key

LONGEST_LETTERHEAD = 30
"""Rows; a letterhead with a long subject and a superior seldom takes half of it."""
TITLE_WITHIN = 4
"""Rows within which the national title follows a letterhead's first row."""
OFF_TITLE = 45.0
"""Points from the middle of the text area within which a short line is a title, not the left column's."""
MOTTO_WITHIN = 5
"""Rows within which the motto follows the title, both broken in a narrow column."""
ON_AXIS = 10.0
"""Points by which lines centred below each other may differ."""
FARTHEST_DATE = 60.0
"""Points that place and day may start left of the national title, above which they are centred."""
FILLED = 0.40
"""Share of the page's width right of which the signature's column stands."""
FAR = 18.0
"""Points: the gap between a recipient's line and the signature beside it."""
SIGNATURE_ROWS = 16
"""Rows of a closing that tell where its gutter runs."""
_NATIONAL = re.compile(r"cong\s*ho?a\s*xa\s*hoi|dang cong san viet nam|doc lap\s*[-–]?\s*tu do")
_DATE = re.compile(r"\bngay.{0,24}thang.{0,14}nam\b")
_DATE_PART = re.compile(r"\bngay\b.{0,24}$|\bthang\b.{0,14}\bnam\b|^(?:\d{1,2}\s)?nam\s\d{4}$")
_ADDRESS = re.compile(r"^kinh gui\b")
_LISTED = re.compile(r"^(?:[-–+*•]|luu\b)")
_RECIPIENTS = re.compile(r"^noi nhan\b")
_AUTHORITY = re.compile(r"^(?:tm|kt|tl|tuq|q|t/m|k/t|t/l|tum)\b\s*[./]?")
_POSITION = re.compile(
    r"^(?:pho )?(?:chu tich|giam doc|tong giam doc|cuc truong|chi cuc truong|vu truong|bo truong|thu truong|thu tuong|chanh van phong"
    r"|chu nhiem|truong phong|truong ban|hieu truong|bi thu|vien truong|chanh an|chi huy truong|cuc pho|tong cuc truong|tong thanh tra"
    r"|chanh thanh tra|truong doan|chu tri|vu pho|truong thon|tong bi thu|chu tich hoi)\b"
)
_NEXT_TEXT = re.compile(r"^(?:phu luc|mau so|danh sach|bieu)\b")


def is_national(row: Row) -> bool:
    """True for the national title, the motto, or the Party's title."""
    return _NATIONAL.search(row.key) is not None


def split_columns(pages: Sequence[tuple[float, Sequence[Row]]]) -> list[Strip]:
    """Return all rows of (page width, rows) in reading order, those of two-column regions by column, the left one first."""
    out: list[Strip] = []
    number = 0
    unended: Region | None = None
    for width, rows in pages:
        region = _continued(rows, unended) if unended else None
        unended = None
        start = 0
        while start < len(rows):
            region = region or region_at(rows, start, width)
            if region is None:
                out.append(Strip(rows[start], Column.FULL))
                start += 1
                continue
            number += 1
            strips = cut(rows, region, number)
            out += strips
            start = region.end
            unended = region if start == len(rows) and _lists(strips) else None
            region = None
    return out


def region_at(rows: Sequence[Row], start: int, width: float) -> Region | None:
    """Return the two-column region that starts at a row."""
    if _opens_letterhead(rows, start, width):
        return _letterhead(rows, start, width)
    if _opens_closing(rows, start, width):
        return _closing(rows, start, width)
    return None


def _opens_letterhead(rows: Sequence[Row], start: int, width: float) -> bool:
    """A letterhead starts at the first row of a page, or where a few rows on the left run up to a national title."""
    ahead = rows[start : start + TITLE_WITHIN]
    title = next((row for row in ahead if is_national(row)), None)
    if title is None:
        return False
    return title is ahead[0] or all(row.box.x1 < 0.62 * width for row in ahead[: ahead.index(title)])


def _letterhead(rows: Sequence[Row], start: int, width: float) -> Region:
    title = next(i for i in range(start, len(rows)) if is_national(rows[i]))
    bound = min(start + LONGEST_LETTERHEAD, len(rows))
    anchor = min(_right_start(row) for row in rows[title : title + 2] if is_national(row))
    dated = next((i for i in range(start, bound) if _dated(rows[i], anchor)), title)
    motto = max(i for i in range(title, min(title + MOTTO_WITHIN, len(rows))) if is_national(rows[i]))
    region = rows[start : max(dated, motto) + 1]
    gutter = gutter_of(region, 0.28 * width, 0.65 * width, anchor)
    axis = (anchor + rows[title].box.x1) / 2
    end, aside = start + len(region), bound
    while end < bound and (beside := _beside(rows[end], gutter, (axis, 0.53 * width))):
        aside = min(aside, end) if beside is _ASIDE else aside
        end += 1
    return Region(start, end, gutter, aside if aside < end else 10**9)


def _dated(row: Row, anchor: float) -> bool:
    """True when place and day stand on the row, in the right column: alone or behind a gap."""
    if _DATE.search(row.key) is None:
        return False
    if row.box.x0 > anchor - FARTHEST_DATE:
        return True
    gaps = [right for _, right in wide_gaps(row, NARROWEST_GUTTER) if abs(right - anchor) < 2 * FARTHEST_DATE]
    parts = (row.split(right - 1.0)[1] for right in gaps)
    return any(part is not None and _DATE.search(part.key) for part in parts)


_ASIDE = "aside"
_OWN = "own"


def _beside(row: Row, gutter: float, axes: tuple[float, float]) -> str:
    """Whether a row below the date is the letterhead's own, stands beside running text, or ("") does not belong to it.

    Its own are lines in the left column; at the right, place and day set low, and what is centred below the national title.
    ``axes`` are the middles of the national title and of the text area, on which the next title stands.
    """
    if _ADDRESS.match(row.key):
        return ""
    left, right = row.split(gutter)
    if left is None:
        return _OWN if _DATE_PART.search(row.key) or abs(row.middle - axes[0]) < ON_AXIS else ""
    if right is None:
        return _OWN if abs(row.middle - axes[1]) > OFF_TITLE else ""
    if _DATE.search(right.key):
        return _OWN
    apart = right.box.x0 - left.box.x1 > FAR
    if apart and (_ADDRESS.match(right.key) or _LISTED.match(right.key)):
        return _ASIDE
    return _OWN if row.box.x1 < gutter + 6 else ""


def _right_start(row: Row) -> float:
    """Just left of where the national title starts on its row."""
    for index, word in enumerate(row.words):
        if re.match(r"cong|dang|doc", ascii_key(word.text)) and is_national(Row(row.words[index:])):
            return (word.box.x0 if word.box else row.box.x0) - 3.0
    return row.box.x0


def _opens_closing(rows: Sequence[Row], start: int, width: float) -> bool:
    row = rows[start]
    if _RECIPIENTS.match(row.key):
        return True
    part = _far_right(row, width)
    if part is None or not _signs(part):
        return False
    return part is not row or row.middle > 0.55 * width


def _far_right(row: Row, width: float) -> Row | None:
    """The part of a row that stands alone in the right half."""
    if row.box.x0 > FILLED * width:
        return row
    gaps = [(right - left, right) for left, right in wide_gaps(row, FAR) if right > FILLED * width]
    if not gaps:
        return None
    return row.split(max(gaps)[1] - 1.0)[1]


def _signs(row: Row) -> bool:
    return row.text.upper() == row.text and bool(_AUTHORITY.match(row.key) or _POSITION.match(row.key))


def _closing(rows: Sequence[Row], start: int, width: float) -> Region:
    ahead = rows[start : start + SIGNATURE_ROWS]
    rights = [part for row in ahead if (part := _far_right(row, width)) is not None]
    gutter = 0.62 * width
    if rights:
        anchor = min(part.box.x0 for part in rights) - 3.0
        beside = [row for row in ahead if row.box.x1 <= anchor or _far_right(row, width) is not None]
        gutter = gutter_of(beside, 0.28 * width, 0.65 * width, min(max(anchor, 0.3 * width), 0.64 * width))
    end = start + 1
    while end < len(rows) and not _ends_closing(rows[end], gutter, width):
        end += 1
    return Region(start, end, gutter)


def _ends_closing(row: Row, gutter: float, width: float) -> bool:
    """A row across both columns that is no list line ends the region; so does an appendix's title."""
    if _NEXT_TEXT.match(row.key) and abs(row.middle - width / 2) < 60:
        return True
    if is_national(row):
        return True
    if _LISTED.match(row.key) or row.box.x1 <= 0.75 * width or row.box.x0 >= gutter:
        return False
    return not any(left - 1 <= gutter <= right + 1 for left, right in wide_gaps(row, 7.5))


def _lists(strips: Sequence[Strip]) -> bool:
    """True when recipients stand there and their list has not come to the filing line ("Lưu: …"), which is its last."""
    lefts = [strip.row.key for strip in strips if strip.column is Column.LEFT]
    listed = any(_RECIPIENTS.match(key) for key in lefts)
    return listed and not any(re.match(r"[-–+*•]?\s*luu\b", key) for key in lefts)


def _continued(rows: Sequence[Row], unended: Region) -> Region | None:
    """The rest of a list of recipients at the head of the next page."""
    end = 0
    while end < len(rows) and rows[end].box.x0 < unended.gutter and _LISTED.match(rows[end].key):
        end += 1
        while end < len(rows) and not _LISTED.match(rows[end].key) and _parted(rows[end], unended.gutter, rows[0].size):
            end += 1
    return Region(0, end, unended.gutter) if end else None


def _parted(row: Row, gutter: float, size: float) -> bool:
    """True for a row in the left column in the list's type, alone or beside a part of the signature, and for such a part alone."""
    left, right = row.split(gutter)
    if left is None or right is None:
        return left is None or (left.box.x1 < gutter and left.size <= size)
    return right.box.x0 - left.box.x1 > FAR
