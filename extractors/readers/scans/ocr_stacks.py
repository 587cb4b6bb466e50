"""Pieces of a page's picture set below each other, so that one call of the recogniser reads them all, and the way back to the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from extractors.readers.scans.ocr_engine import Seen
from extractors.readers.scans.ocr_tone import WHITE, Grey

EDGE = 20
"""Pixels of white around a piece."""
Piece = tuple[Grey, int, int]
"""A picture, and the page's column and row that its corner has."""
Rows = tuple[tuple[int, int, int], ...]
"""Of each piece: its first row in the stack, and the page's column and row that its corner has."""


def stacked(pieces: Sequence[Piece]) -> tuple[Grey, Rows]:
    """Return the pieces in one picture, and where each came from."""
    rows = []
    top = EDGE
    for piece, x0, y0 in pieces:
        rows.append((top, x0, y0))
        top += piece.shape[0] + EDGE
    out = np.full((top, max((piece.shape[1] for piece, _, _ in pieces), default=0) + 2 * EDGE), WHITE, np.uint8)
    for (piece, _, _), (row, _, _) in zip(pieces, rows, strict=True):
        out[row : row + piece.shape[0], EDGE : EDGE + piece.shape[1]] = piece
    return out, tuple(rows)


def placed(words: Sequence[Seen], rows: Rows) -> Iterator[tuple[int, Seen]]:
    """Yield each word at its place on the page, with the number of its piece; what was read above all pieces is none."""
    for word in words:
        piece = sum(first <= (word.top + word.bottom) / 2 for first, _, _ in rows) - 1
        if piece >= 0:
            x, y = rows[piece][1] - EDGE, rows[piece][2] - rows[piece][0]
            yield (
                piece,
                replace(word, x0=word.x0 + x, x1=word.x1 + x, top=word.top + y, bottom=word.bottom + y, baseline=word.baseline + y),
            )
