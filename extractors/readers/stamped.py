"""Numbers and days that signing software lays over a page's blanks ("Số:      /UBND-VP", "ngày      tháng 9 năm 2023").

They are words of the text; every other word of an appearance belongs to a signature's stamp.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.layout import Box, Origin, Word
from extractors.readers.rows import Row, box_of, rows_of
from extractors.readers.stamps import near, parts_of

MOST_WORDS = 8
"""Words of an appearance that fills a blank: "26 tháng 9 năm 2023" has five."""
MOST_FIELD_WORDS = 400
"""Words that only the appearances of a page show; more are no signature's."""
COVERED = 0.6
"""Share of a word that the same printed word must cover for it to say nothing new."""
_SYMBOL = r"/[A-ZĐ][\wĐđ&./-]*"
_FILL = re.compile(rf"\d{{1,5}}[A-Za-zĐđ]?(?:[./]\d{{1,4}})*(?:{_SYMBOL})?|{_SYMBOL}|[Nn]gày|tháng|năm|[Ss]ố:?")
_BLANK_ROW = re.compile(r"\bso\b|\bngay\b|\bthang\b")
_DOTS = re.compile(r"[.…_]{2,}|…")


def place_fields(words: Sequence[Word], field_words: Sequence[Word]) -> tuple[tuple[Word, ...], tuple[Word, ...]]:
    """Return (words with the field words that fill their blanks, field words that belong to a stamp)."""
    if not field_words or len(field_words) > MOST_FIELD_WORDS:
        return tuple(words), tuple(field_words)
    rows = [row for row in rows_of(words) if _BLANK_ROW.search(row.key)]
    fills: list[Word] = []
    rest: list[Word] = []
    for cluster in _clusters(field_words):
        filling = len(cluster) <= MOST_WORDS and all(_FILL.fullmatch(word.text) and _on_row(word, rows) for word in cluster)
        target = fills if filling and not all(_printed(word, words) for word in cluster) else rest
        target += (replace(word, origin=Origin.FIELD, glued=False) for word in cluster)
    kept = [left for word in words if (left := _without_dots(word, fills)) is not None] if fills else words
    return (*kept, *fills), tuple(rest)


def _clusters(words: Sequence[Word]) -> list[list[Word]]:
    """The words of one appearance each: what stands close together."""
    clusters: list[list[Row]] = []
    for part in [part for row in rows_of(words) for part in parts_of(row)]:
        joined = [cluster for cluster in clusters if any(near(part, other) for other in cluster)]
        clusters = [cluster for cluster in clusters if cluster not in joined]
        clusters.append([*(other for cluster in joined for other in cluster), part])
    return [[word for part in cluster for word in part.words] for cluster in clusters]


def _on_row(word: Word, rows: Sequence[Row]) -> bool:
    box = box_of(word)
    for row in rows:
        overlap = min(row.box.bottom, box.bottom) - max(row.box.top, box.top)
        if overlap > 0.5 * min(box.bottom - box.top, row.box.bottom - row.box.top):
            return True
    return False


def _printed(word: Word, words: Sequence[Word]) -> bool:
    """True when the page prints the same word at the same place already."""
    return any(other.text == word.text and _shared(box_of(word), box_of(other)) > COVERED for other in words)


def _shared(a: Box, b: Box) -> float:
    """The share of the first box that the second covers."""
    across, down = min(a.x1, b.x1) - max(a.x0, b.x0), min(a.bottom, b.bottom) - max(a.top, b.top)
    area = (a.x1 - a.x0) * (a.bottom - a.top)
    return across * down / area if across > 0 and down > 0 and area > 0 else 0.0


def _without_dots(word: Word, fills: Sequence[Word]) -> Word | None:
    """A printed word without the dots that a filled-in number lies on ("……/UBND-VP"); None when it was dots only."""
    dots = _DOTS.match(word.text)
    if dots is None or not any(_shared(box_of(fill), box_of(word)) > 0.3 for fill in fills):
        return word
    if dots.end() == len(word.text):
        return None
    box = box_of(word)
    cut = box.x0 + (box.x1 - box.x0) * dots.end() / len(word.text)
    return replace(word, text=word.text[dots.end() :], box=replace(box, x0=cut))
