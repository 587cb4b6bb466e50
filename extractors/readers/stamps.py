"""Signature stamps and the arrival stamp ("dấu ĐẾN") printed among the text: found by their cues, taken out with their block."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.readers.rows import Row, box_of

GAP = 1.1
"""Share of the type size from which a gap parts a stamp from the text beside it; a word space is 0.25 to 0.6."""
SMALL = 0.82
"""Share of the body's type size below which a line beside a stamp's line is taken for the stamp's."""
NEAR = 1.9
"""Share of the type size between the baselines of a stamp's lines."""
MOST_ROWS = 400
"""Rows of a page in which stamps are looked for; a page in 8 pt type has some 90."""
LONGEST_LINE = 300
"""Characters of a line that are searched for a stamp's cue."""
ARRIVAL_DEPTH, ARRIVAL_SIDE = 80.0, 160.0
"""Points below an arrival stamp's heading, and left or right of its start, in which its own lines stand."""

_SURE = re.compile(
    r"da ky len van ban nay"
    r"|^(?:nguoi ky|thoi gian ky|ky boi|ky so boi|duoc ky boi|duoc ky so boi)\s*:"
    r"|^(?:signature (?:not )?(?:valid|verified)|digitally signed)\b"
    r"|^\d{4}-\d\d-\d\dt\d\d:\d\d"
)
_WEAK = re.compile(
    r"^(?:ngay ky|noi ky|ly do ky|co quan|to chuc|don vi|e-?mail|chuc vu)\s*:\s*\S"
    r"|\b(?:phone|dien thoai)\s*:.*\bfax\s*:.*\be-?mail\s*:"
    r"|^\d{1,2}[./-]\d{1,2}[./-]\d{4}\s*\d\d:\d\d:\d\d"
)
"""Lines that are a stamp's only close to a sure one: "Cơ quan: …" stands in forms and invitations too."""
_ARRIVAL = re.compile(r"^(?:cong van den|van ban den)$")
_ARRIVAL_SHORT = re.compile(r"^den$")
_ARRIVAL_LINE = re.compile(
    r"""^(?:den\s*)?(?: so\s*:?\s*[\d.…_]*\s* | gio\s*:.* | ngay\s*:?\s*[\d./…_-]*\s* | chuyen\s*:.*
         | luu\s+ho\s+so\s+so\b.* | so\s+va\s+ky\s+hieu\s+hs\b.* )$""",
    re.VERBOSE,
)
_CUE = re.compile(r"da ky len|(?:nguoi|gian) ky\s*:|ky (?:so )?boi\s*:|signature|digitally|\d-\d\dt\d\d:|(?:cong van|van ban) den")
"""What a row with a stamp's line holds somewhere; saves the search on nearly every page."""


@dataclass(frozen=True)
class Sorted:
    """Rows of a page, text and stamps apart."""

    text: list[Row]
    stamps: list[Row]


def stamps_apart(rows: Sequence[Row], body_size: float) -> Sorted:
    """Return a page's rows without the parts that stamps are made of, and these parts as rows."""
    if len(rows) > MOST_ROWS or not any(_may_cue(row) for row in rows):
        return Sorted(list(rows), [])
    parts = [(number, part) for number, row in enumerate(rows) for part in parts_of(row)]
    marked = {index for index, (_, part) in enumerate(parts) if _SURE.search(part.key[:LONGEST_LINE])}
    _grow(parts, marked, body_size)
    marked |= _between(parts, marked)
    marked |= _arrival(parts)
    if not marked:
        return Sorted(list(rows), [])
    text: list[Row] = []
    for number, row in enumerate(rows):
        kept = [part for index, (own, part) in enumerate(parts) if own == number and index not in marked]
        if kept:
            text.append(row if len(kept) == len(parts_of(row)) else Row(tuple(word for part in kept for word in part.words)))
    return Sorted(text, [parts[index][1] for index in sorted(marked)])


def _may_cue(row: Row) -> bool:
    return "ĐẾN" in row.text or _CUE.search(row.key) is not None


def parts_of(row: Row) -> list[Row]:
    """A row cut at its wide gaps and where the type changes size."""
    groups = [[row.words[0]]]
    for last, word in pairwise(row.words):
        size, own = last.size or 1.0, word.size or 1.0
        far = box_of(word).x0 - box_of(last).x1 > GAP * max(size, own)
        resized = not word.glued and not 0.8 < own / size < 1.25
        if far or resized:
            groups.append([word])
        else:
            groups[-1].append(word)
    return [Row(tuple(group)) for group in groups]


def _grow(parts: Sequence[tuple[int, Row]], marked: set[int], body_size: float) -> None:
    """Add what stands close above or below a stamp's line: lines with a weak cue, lines of the same small type."""
    queue = list(marked)
    while queue:
        stamp = parts[queue.pop()][1]
        for index, (_, part) in enumerate(parts):
            if index not in marked and near(stamp, part) and _belongs(stamp, part, body_size):
                marked.add(index)
                queue.append(index)


def _belongs(stamp: Row, part: Row, body_size: float) -> bool:
    alike = abs(part.size - stamp.size) <= 0.12 * stamp.size
    return alike and (part.size <= SMALL * body_size or _WEAK.search(part.key[:LONGEST_LINE]) is not None)


def near(one: Row, other: Row) -> bool:
    """True for lines of one page that stand close above each other."""
    if one.page != other.page or abs(one.box.bottom - other.box.bottom) > NEAR * max(one.size, other.size):
        return False
    return other.box.x0 < one.box.x1 and other.box.x1 > one.box.x0


def _between(parts: Sequence[tuple[int, Row]], marked: set[int]) -> set[int]:
    """Lines between two lines of one stamp belong to it ("2023-09-26T…", the authority, "… đã ký lên văn bản này!")."""
    order = sorted(marked)
    out = set()
    for first, last in pairwise(order):
        above, below = parts[first][1], parts[last][1]
        if last == first + 2 and above.page == below.page and below.box.top - above.box.bottom < 2.5 * above.size:
            out.add(first + 1)
    return out


def _arrival(parts: Sequence[tuple[int, Row]]) -> set[int]:
    """The lines of an arrival stamp: its heading, and "Số: …", "Ngày: …", "Chuyển: …" close below it or beside it."""
    out: set[int] = set()
    for index, (_, head) in enumerate(parts):
        sure = _ARRIVAL.match(head.key) is not None
        if not sure and not (_ARRIVAL_SHORT.match(head.key) and head.text.isupper()):
            continue
        lines = {other for other, (_, part) in enumerate(parts) if _in_arrival(head, part)}
        if sure or len(lines) >= 2:
            out |= {index, *lines}
    return out


def _in_arrival(head: Row, part: Row) -> bool:
    below = -head.size < part.box.top - head.box.top < ARRIVAL_DEPTH
    return below and abs(part.box.x0 - head.box.x0) < ARRIVAL_SIDE and part is not head and _ARRIVAL_LINE.match(part.key) is not None
