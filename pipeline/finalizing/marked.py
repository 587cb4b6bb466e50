"""A reviewed draft's paragraphs as they are shown, with what stands between the ends of each bookmark.

Paragraphs are counted as the reader counts them (``Evidence.paragraph``), so that its findings can be laid over the bookmarks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extractors.readers.docx_names import FALLBACK, LEFT_OUT, PPR, RPR, TABLE, TEXT, P, W
from extractors.text import nfc, squeeze

if TYPE_CHECKING:
    from lxml.etree import _Element

GAP = re.compile(r"\[\s*(?:…|\.){2,}\s*\]")
"""A gap that nobody filled, also when its dots were retyped; the number and the day of the draft itself are blanks without brackets."""
_SIGNS = {W + "tab": " ", W + "ptab": " ", W + "br": " ", W + "cr": " ", W + "noBreakHyphen": "-"}
_START, _END, _ID, _NAME = W + "bookmarkStart", W + "bookmarkEnd", W + "id", W + "name"


@dataclass(frozen=True)
class Line:
    """One paragraph; ``marked`` gives the name of each bookmark with the pieces of the text that it covers."""

    index: int
    text: str
    marked: tuple[tuple[str, int, int], ...] = ()
    tabled: bool = False

    def between(self, name: str) -> str:
        """Return what a bookmark covers here."""
        return squeeze(" ".join(self.text[start:end] for found, start, end in self.marked if found == name))

    def beside(self, names: frozenset[str]) -> str:
        """Return what none of these bookmarks covers."""
        letters = list(self.text)
        for name, start, end in self.marked:
            if name in names:
                letters[start:end] = " " * (end - start)
        return squeeze("".join(letters))


@dataclass
class _Growing:
    """A paragraph while it is read."""

    tabled: bool
    text: str = ""
    marked: list[tuple[str, int, int]] = field(default_factory=list)

    def add(self, words: str, names: Iterator[str]) -> None:
        start, end = len(self.text), len(self.text) + len(words)
        self.text += words
        for name in names:
            last = next((place for place, mark in enumerate(self.marked) if mark[0] == name and mark[2] == start), None)
            if last is None:
                self.marked.append((name, start, end))
            else:
                self.marked[last] = (name, self.marked[last][1], end)


class _Walk:
    """Walks a body once; bookmarks may open and close anywhere, also between paragraphs."""

    def __init__(self, body: _Element) -> None:
        self.places = {paragraph: index for index, paragraph in enumerate(body.iter(P))}
        self.lines: dict[int, _Growing] = {}
        self.open: dict[str, str] = {}
        self.inside(body, None, tabled=False)

    def inside(self, element: _Element, line: _Growing | None, *, tabled: bool) -> None:
        for child in element:
            tag = child.tag
            if tag == P:
                fresh = self.lines.setdefault(self.places[child], _Growing(tabled))
                self.inside(child, fresh, tabled=tabled)
            elif tag == _START:
                self.open[child.get(_ID) or ""] = child.get(_NAME) or ""
            elif tag == _END:
                self.open.pop(child.get(_ID) or "", None)
            elif tag == TEXT or tag in _SIGNS:
                if line is not None:
                    line.add(nfc(child.text or "") if tag == TEXT else _SIGNS[tag], iter(self.open.values()))
            elif tag not in LEFT_OUT and tag not in (PPR, RPR, FALLBACK):
                self.inside(child, line, tabled=tabled or tag == TABLE)


def lines_of(body: _Element) -> tuple[Line, ...]:
    """Return the paragraphs of a document's body, deleted words left out, in document order."""
    walk = _Walk(body)
    return tuple(Line(index, found.text, tuple(found.marked), found.tabled) for index, found in sorted(walk.lines.items()))
