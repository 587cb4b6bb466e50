"""Which item of a reviewed draft is which of the drafted one: by bookmark, by identical words, by likeness."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from pipeline.finalizing.items import Item

ALIKE = 0.6
"""Least share of common words, in their order, of two texts that are taken for one duty ("difflib" ratio)."""


@dataclass(frozen=True)
class Pairs:
    """Drafted items with what became of them, those that are gone, and those that are new."""

    kept: tuple[tuple[Item, Item], ...]
    dropped: tuple[Item, ...]
    added: tuple[Item, ...]


def pair(before: Sequence[Item], now: Sequence[Item]) -> Pairs:
    """Return the items of two drafts in pairs."""
    kept: list[tuple[Item, Item]] = []
    left, fresh = list(before), list(now)
    for same in (_same_key, _same_words):
        for new in tuple(fresh):
            old = next((item for item in left if same(item, new)), None)
            if old is not None:
                _take(kept, left, fresh, old, new)
    _by_likeness(kept, left, fresh)
    order = {id(item): place for place, item in enumerate(now)}
    return Pairs(tuple(sorted(kept, key=lambda two: order[id(two[1])])), tuple(left), tuple(fresh))


def _take(kept: list[tuple[Item, Item]], left: list[Item], fresh: list[Item], old: Item, new: Item) -> None:
    kept.append((old, new))
    _drop(left, old)
    _drop(fresh, new)


def _drop(items: list[Item], item: Item) -> None:
    """Take out this very item, not one that looks the same."""
    del items[next(place for place, one in enumerate(items) if one is item)]


def _same_key(one: Item, other: Item) -> bool:
    return bool(one.key) and one.key == other.key


def _same_words(one: Item, other: Item) -> bool:
    # An item that stands in another duty's bookmark is that duty, whatever it says.
    return not (one.key and other.key) and bool(one.words) and one.words == other.words


def _by_likeness(kept: list[tuple[Item, Item]], left: list[Item], fresh: list[Item]) -> None:
    """Pair what is left by likeness, the most alike first."""
    found = [
        (ratio, -old, -new)
        for old, one in enumerate(left)
        for new, other in enumerate(fresh)
        if not (one.key and other.key) and (ratio := likeness(one.words, other.words)) >= ALIKE
    ]
    olds, news = list(left), list(fresh)
    for _, old, new in sorted(found, reverse=True):
        one, other = olds[-old], news[-new]
        if _among(left, one) and _among(fresh, other):
            _take(kept, left, fresh, one, other)


def _among(items: Sequence[Item], item: Item) -> bool:
    return any(one is item for one in items)


def likeness(one: Sequence[str], other: Sequence[str]) -> float:
    """Return how alike two texts are, 0 to 1; cheap bounds first, for a long draft has many pairs."""
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    steps: tuple[Callable[[], float], ...] = (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio)
    ratio = 0.0
    for step in steps:
        ratio = step()
        if ratio < ALIKE:
            return 0.0
    return ratio
