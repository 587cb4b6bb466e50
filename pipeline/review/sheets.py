"""The pages of a PDF or a scan as the review page shows them: a picture of each page that matters, its findings marked over it."""

from __future__ import annotations

import base64
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extractors.evidence import Grade
from extractors.layout import Block, Box, Item, Page, Table
from pipeline.review.findings import Finding, Kind

if TYPE_CHECKING:
    from extractors.readers.pdf_pictures import PagePicture

MOST_PICTURES = 60
"""Pages drawn; a page has some 100 000 bytes."""
MOST_BYTES = 8_000_000
"""Of all pictures of one page file together; browsers open it at once."""
_SIDE = 1.0
"""Points by which a mark stands out at both sides of its words."""
Draw = Callable[[Sequence[int]], "Iterable[PagePicture]"]
"""Gives the pictures of the pages of these numbers, as far as they can be drawn."""


@dataclass(frozen=True)
class Rect:
    """A marked place in points from the page's top-left corner."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Mark:
    """Words on one page with what rests on them: a lead named once may be that of several duties."""

    findings: tuple[Finding, ...]
    """All of one kind; the mark leads to the first."""
    rects: tuple[Rect, ...]
    begins: tuple[int, ...]
    """Numbers of the findings that have their anchor here: this is their first page."""
    tag: str = ""
    """The duty's number, shown in the margin where it begins."""

    @property
    def kind(self) -> str:
        """The findings' kind."""
        return self.findings[0].kind.value

    @property
    def numbers(self) -> str:
        """The findings' numbers, separated by spaces."""
        return " ".join(str(finding.number) for finding in self.findings)

    @property
    def doubtful(self) -> bool:
        """True for a value that a person must look at."""
        return self.findings[0].grade in (Grade.REPAIRED, Grade.GUESSED)


@dataclass(frozen=True)
class Sheet:
    """A page that is shown."""

    number: int
    width: float
    height: float
    marks: tuple[Mark, ...]
    lines: tuple[str, ...]
    """Its paragraphs as they were read, for those who cannot see the picture."""
    picture: str | None = None
    """The picture in base64; None when it could not be drawn."""


@dataclass(frozen=True)
class Left:
    """Pages in a row that are not shown."""

    first: int
    last: int
    marked: bool
    """True when something was found on them, more than the page file can show."""


@dataclass
class _Places:
    """The places of the findings, page by page."""

    by_page: dict[int, dict[int, list[Rect]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))

    def add(self, finding: Finding) -> None:
        for piece in finding.evidence:
            if piece.page is not None and piece.box is not None:
                rect = _rect(piece.box)
                seen = self.by_page[piece.page][finding.number]
                if rect not in seen:
                    seen.append(rect)


def _rect(box: Box) -> Rect:
    x, y = box.x0 - _SIDE, box.top
    return Rect(round(x, 2), round(y, 2), round(box.x1 + _SIDE - x, 2), round(box.bottom - y, 2))


def sheets_of(pages: Sequence[Page], items: Sequence[Item], findings: Sequence[Finding], draw: Draw) -> tuple[Sheet | Left, ...]:
    """Return the pages in order: those with findings and their neighbours are shown, the others named."""
    places = _Places()
    for finding in findings:
        places.add(finding)
    shown = chosen(len(pages), places.by_page.keys())
    pictures = _pictures(draw(shown))
    lines = _lines(items)
    known = {finding.number: finding for finding in findings}
    seen: set[int] = set()
    out: list[Sheet | Left] = []
    for page in pages:
        if page.number in pictures or page.number in shown:
            marks = tuple(_marks(places.by_page.get(page.number, {}), known, seen))
            about = (page.number, page.width, page.height, marks, tuple(lines.get(page.number, ())))
            out.append(Sheet(*about, pictures.get(page.number)))
        else:
            _leave(out, page.number, marked=page.number in places.by_page)
    return tuple(out)


def _leave(out: list[Sheet | Left], number: int, *, marked: bool) -> None:
    """Put a page to those left out before it, when they are of its kind."""
    if out and isinstance(last := out[-1], Left) and last.marked == marked:
        out[-1] = Left(last.first, number, marked)
    else:
        out.append(Left(number, number, marked))


def anchored(parts: Iterable[Sheet | Left]) -> frozenset[int]:
    """Return the numbers of the findings that are marked on the pages shown."""
    return frozenset(number for part in parts if isinstance(part, Sheet) for mark in part.marks for number in mark.begins)


def chosen(count: int, marked: Iterable[int]) -> tuple[int, ...]:
    """Return the pages to show, at most ``MOST_PICTURES``: marked ones first, then those beside them, and the first page always."""
    own = sorted({1, *marked})
    beside = sorted({page + step for page in own for step in (-1, 1)} - set(own))
    kept = [page for page in (*own, *beside) if 1 <= page <= count]
    return tuple(sorted(kept[:MOST_PICTURES]))


def _pictures(drawn: Iterable[PagePicture]) -> dict[int, str]:
    """The pictures by page, as many as the file may hold."""
    out: dict[int, str] = {}
    size = 0
    for picture in drawn:
        size += len(picture.jpeg)
        if size > MOST_BYTES:
            break
        out[picture.number] = base64.b64encode(picture.jpeg).decode("ascii")
    return out


def _marks(places: dict[int, list[Rect]], known: dict[int, Finding], seen: set[int]) -> Iterator[Mark]:
    """The marks of a page, the largest below: what stands within a duty is drawn over it and can be clicked."""

    def area(number: int) -> float:
        return sum(rect.width * rect.height for rect in places[number])

    same: dict[tuple[Kind, tuple[Rect, ...]], list[Finding]] = defaultdict(list)
    for number in sorted(places, key=lambda number: (known[number].kind is not Kind.DUTY, -area(number), number)):
        same[known[number].kind, tuple(places[number])].append(known[number])
    for (kind, rects), findings in same.items():
        begins = tuple(finding.number for finding in findings if finding.number not in seen)
        seen.update(begins)
        tag = findings[0].label.rpartition(" ")[2] if begins and kind is Kind.DUTY else ""
        yield Mark(tuple(findings), rects, begins, tag)


def _lines(items: Sequence[Item]) -> dict[int, list[str]]:
    """The paragraphs by the page that they begin on."""
    out: dict[int, list[str]] = defaultdict(list)
    for item in items:
        for block in item.blocks if isinstance(item, Table) else (item,):
            if block.text and block.pages:
                out[block.pages[0]].append(_with_marker(block))
    return out


def _with_marker(block: Block) -> str:
    return f"{block.marker} {block.text}" if block.marker else block.text
