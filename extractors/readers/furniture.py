"""What stands on a page and is no running text: page numbers, running heads and feet, address lines, drawn rules, footnotes."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from extractors.layout import Page
from extractors.readers.rows import Row, box_of

HEAD, FOOT = 0.085, 0.92
"""Shares of an upright page's height above and below which page numbers and running heads stand; on a page laid crosswise as deep."""
EDGE_ROWS = 3
"""Rows at the head and foot of a page that may be running ones."""
LEAST_RUNS = 3
"""Pages that must share a running head or foot when only its words speak for it; two are enough for small type."""
SMALLER = 1.4
"""Points below the body's type size from which type is small: footnotes, address lines."""
RAISED = 0.75
"""Share of a footnote's type size below which its number is raised."""
OFF_LINE = 1.5
"""Points that a drawn rule stands below the line that it underlines."""
FREE = 0.5
"""Share of the type size that is free above an address line: more than between lines of one paragraph."""

_PAGE_NUMBER = re.compile(r"[-–—\s]*(?:trang\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?[-–—\s]*")
_RULE = re.compile(r"[_\-–—=*~]{3,}|\*")
_ADDRESS = re.compile(r"\b(?:dien thoai|d/t|dt|tel|fax|e-?mail|website|dia chi|phone|tru so)\b\s*[:.]|https?://|\bwww\.")
_DIGITS = re.compile(r"\d+")


@dataclass
class Apart:
    """What was taken out of the text, in page order."""

    furniture: list[Row] = field(default_factory=list)
    footnotes: list[list[Row]] = field(default_factory=list)
    """Each footnote's rows."""


def body_size(rows: Iterable[Row]) -> float:
    """Return the type size that most words have, in points."""
    sizes = Counter(round(word.size or 0.0) for row in rows for word in row.words)
    return float(sizes.most_common(1)[0][0]) if sizes else 13.0


def running(pages: Sequence[tuple[Page, Sequence[Row]]], body: float) -> frozenset[str]:
    """Return the keys of heads and feet that pages share, digits left out ("Trang 2/5")."""
    seen: dict[str, int] = defaultdict(int)
    small: dict[str, bool] = {}
    for page, rows in pages:
        edges = [row for row in (*rows[:EDGE_ROWS], *rows[-EDGE_ROWS:]) if _at_edge(row, page, 0.1)]
        for key, row in {running_key(row): row for row in edges}.items():
            seen[key] += 1
            small[key] = row.size <= body - SMALLER
    return frozenset(key for key, count in seen.items() if len(key) > 3 and (count >= LEAST_RUNS or (count == 2 and small[key])))


def running_key(row: Row) -> str:
    """A row's key without its digits."""
    return _DIGITS.sub("", row.key).strip()


def _at_edge(row: Row, page: Page, share: float) -> bool:
    deep = share * max(page.height, page.width)
    return row.box.bottom < deep or row.box.top > page.height - deep


def is_rule(row: Row) -> bool:
    """True for a rule drawn with characters."""
    return all(_RULE.fullmatch(word.text) for word in row.words)


def furniture_apart(page: Page, rows: Sequence[Row], heads: frozenset[str], body: float, apart: Apart) -> list[Row]:
    """Return the rows of running text; what is none goes to ``apart``."""
    kept = []
    for row in [left for row in rows if (left := _without_rules(row, apart)) is not None]:
        deep = max(page.height, page.width)
        edge = row.box.bottom < HEAD * deep or row.box.top > page.height - (1 - FOOT) * deep
        numbered = edge and _PAGE_NUMBER.fullmatch(row.key) is not None
        if numbered or (heads and _at_edge(row, page, 0.1) and running_key(row) in heads):
            apart.furniture.append(row)
        else:
            kept.append(row)
    kept = _without_address(page, kept, body, apart)
    return _without_footnotes(kept, body, apart)


def _without_rules(row: Row, apart: Apart) -> Row | None:
    """The row without rules drawn with characters: alone, or set smaller or lower than the words they underline.

    What stands on the line in its type is a blank to be filled in ("ngày ____ tháng 9").
    """
    rules = [word for word in row.words if _RULE.fullmatch(word.text)]
    if not rules:
        return row
    text = [word for word in row.words if word not in rules]
    bottom = max((box_of(word).bottom for word in text), default=0.0)
    drawn = [word for word in rules if not text or abs(box_of(word).bottom - bottom) > OFF_LINE or (word.size or 0) < RAISED * row.size]
    if not drawn:
        return row
    apart.furniture.append(Row(tuple(drawn)))
    kept = tuple(word for word in row.words if word not in drawn)
    return Row(kept) if kept else None


def _without_address(page: Page, rows: list[Row], body: float, apart: Apart) -> list[Row]:
    """An issuer's address in small type at the foot of the page, apart from the text above."""
    start = len(rows)
    while start > 1 and rows[start - 1].size <= body - SMALLER and rows[start - 1].box.top > 0.85 * page.height:
        start -= 1
    first = next((index for index in range(start, len(rows)) if _ADDRESS.search(rows[index].key)), 0)
    while first > start and rows[first].box.top - rows[first - 1].box.bottom < FREE * rows[first].size:
        first -= 1
    if not first or rows[first].box.top - rows[first - 1].box.bottom < FREE * rows[first].size:
        return rows
    apart.furniture += rows[first:]
    return rows[:first]


def _without_footnotes(rows: list[Row], body: float, apart: Apart) -> list[Row]:
    """Footnotes: the small type at the foot of the page, from the first row that opens with a raised number."""
    start = len(rows)
    while start > 1 and rows[start - 1].size <= body - SMALLER:
        start -= 1
    first = next((index for index in range(start, len(rows)) if _opens_footnote(rows[index])), None)
    if first is None:
        return rows
    for row in rows[first:]:
        if _opens_footnote(row):
            apart.footnotes.append([row])
        else:
            apart.footnotes[-1].append(row)
    numbers = {_DIGITS.match(row.words[0].text)[0] for row in rows[first:] if _opens_footnote(row)}  # type: ignore[index]  # opens with digits
    return [_without_marks(row, numbers) for row in rows[:first]]


def _without_marks(row: Row, numbers: set[str]) -> Row:
    """The row without the raised numbers that lead to footnotes."""
    kept = tuple(word for word in row.words if not (word.text in numbers and word.glued and (word.size or 0.0) < RAISED * row.size))
    return row if len(kept) == len(row.words) or not kept else Row(kept)


def _opens_footnote(row: Row) -> bool:
    mark = row.words[0]
    return len(row.words) > 1 and mark.text[:1].isdigit() and 0 < (mark.size or 0.0) < RAISED * row.size
