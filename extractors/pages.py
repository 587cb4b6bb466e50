"""How many pages of one file are read: an office's choice, for a book of six hundred scanned pages is no dispatch."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Pages:
    """Bounds on the pages of a file; what lies behind them is told, not read."""

    typed: int = 600
    """Of a PDF; an official dispatch with its appendices stays far below."""
    scanned: int = 40
    """Pages that are pictures, which take a second each to recognise."""


USUAL_PAGES = Pages()
