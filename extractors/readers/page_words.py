"""What a reader with geometry hands to ``assemble``: a page's words in points, nothing about paragraphs yet."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.layout import Page, Word


@dataclass(frozen=True)
class PageWords:
    """A page and its words, each with ``page`` and ``box`` set, in any order."""

    page: Page
    words: tuple[Word, ...]
    stamp_words: tuple[Word, ...] = ()
    """Words of signature appearances that are no part of the text."""
