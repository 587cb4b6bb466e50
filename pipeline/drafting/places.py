"""Where a duty stands in the source, as a draft cites it: "mục II.3", "điểm a khoản 2 Điều 5", "mục II.2 Phụ lục"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from extractors.dispatch import Duty
from extractors.text import fold
from pipeline.drafting.facts import clean
from pipeline.planning.plan import Assignment

_NO_NUMBER = frozenset("-–—+*•")
_ARTICLE = re.compile(r"điều \d+[a-zđ]?")
_PART = re.compile(r"(?:phần|chương) (?:thứ )?\w+")
_BARE = re.compile(r"\w+(?:\.\w+)*")
_POINT = re.compile(r"[a-zđ]{1,2}(?:\.\d+)*")


@dataclass(frozen=True)
class Place:
    """One place: the word before its number, the number, and what encloses it."""

    word: str
    """"điểm", "khoản", "Điều", "mục"."""
    number: str
    inside: str = ""

    def __str__(self) -> str:
        """The place as printed in a sentence."""
        return " ".join(filter(None, (self.word, self.number, self.inside)))


def _marker(duty: Duty) -> str:
    return clean(duty.marker).strip(" .):")


def _is_row(duty: Duty) -> bool:
    """True for a row of an assignment table: it names a product, or its number stands bare in a cell of its own."""
    marker = clean(duty.marker).strip()
    return bool(duty.product) or _BARE.fullmatch(marker) is not None


def place_of(assignment: Assignment) -> Place | None:
    """Return where a duty stands by its printed numbers; None when nothing is numbered."""
    markers = [m for duty in (*assignment.headings, assignment.duty) if (m := _marker(duty)) and m not in _NO_NUMBER]
    article = next((n for n, marker in enumerate(markers) if _ARTICLE.fullmatch(fold(marker))), None)
    if article is not None:
        return _in_article(markers[article][len("Điều ") :], markers[article + 1 :])
    parts = [marker for marker in markers if _PART.fullmatch(fold(marker))]
    inside = [*parts[-1:]]
    if assignment.document:
        inside.append("văn bản kèm theo")
    elif _is_row(assignment.duty) and not assignment.in_text:
        inside.append("Phụ lục")
    return _in_items([marker for marker in markers if marker not in parts], " ".join(inside))


def _in_article(article: str, below: list[str]) -> Place:
    """A clause or point of an article: the smallest unit first, as decrees are cited."""
    if not below:
        return Place("Điều", article)
    if len(below) == 1:
        return Place("điểm" if _is_point(below[0]) else "khoản", below[0], f"Điều {article}")
    clause = f"khoản {below[0]} Điều {article}"
    return Place("điểm", _joined(below[1:]), clause)


def _in_items(markers: list[str], inside: str) -> Place | None:
    if not markers:
        return None
    if len(markers) > 1 and _is_point(markers[-1]):
        return Place("điểm", markers[-1], " ".join(filter(None, (f"mục {_joined(markers[:-1])}", inside))))
    return Place("mục", _joined(markers), inside)


def _is_point(marker: str) -> bool:
    return _POINT.fullmatch(marker) is not None


def _joined(markers: list[str]) -> str:
    numbers: list[str] = []
    for marker in markers:
        # "1.1." below "1." is already the whole number.
        numbers = [marker] if numbers and marker.startswith(f"{'.'.join(numbers)}.") else [*numbers, marker]
    return ".".join(numbers)


def duty_place(assignment: Assignment) -> str:
    """Return the place of a duty in words; empty when nothing is numbered."""
    place = place_of(assignment)
    return str(place) if place else ""


def listed_places(assignments: Iterable[Assignment]) -> str:
    """Return the places of several duties, those in one enclosing unit together: "mục II.1 và mục I.2, I.4 Phụ lục"."""
    groups: dict[tuple[str, str], list[str]] = {}
    for place in filter(None, map(place_of, assignments)):
        numbers = groups.setdefault((place.word, place.inside), [])
        if place.number not in numbers:
            numbers.append(place.number)
    places = [str(Place(word, ", ".join(numbers), inside)) for (word, inside), numbers in groups.items()]
    return " và ".join(filter(None, ("; ".join(places[:-1]), *places[-1:])))
