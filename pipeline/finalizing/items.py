"""A draft read as the dispatch that it is: item by item what is to be done, who leads, until when, and which duty of the plan it is.

The drafted and the reviewed paper go through the same reader, so that what it reads in its own way falls out of the comparison.
A day between the ends of a duty's bookmark is the superior's deadline, one beside it our own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from extractors.dispatch import Deadline, Dispatch, Document, Duty, DutyKind
from extractors.readers.docx_package import Package
from extractors.reading import read_dispatch
from extractors.text import fold, squeeze
from pipeline.finalizing.marked import GAP, Line, lines_of
from pipeline.planning.planner import duties_below

_REPORT = re.compile(r"(?:^|(?<=[.;] ))kết quả (?:báo cáo|trình)(?!\w)")
"""How the templates begin the sentence with the internal deadline; needed only where no bookmark says where the duty ends."""
_EDGE = " \t.;,:-–"


@dataclass(frozen=True)
class Item:
    """What a draft tells somebody to do."""

    key: str
    """``Assignment.key`` when it stands in that duty's bookmark."""
    inside: str
    """The duty's own words."""
    outside: str
    """What stands beside them in the same paragraphs."""
    duty: Duty | None
    """As the reader understands it; None when it sees no duty there."""
    leads: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    above: str = ""
    """Id of the heading that it stands under."""
    unnamed: bool = False
    """True where a gap stands in place of who leads."""
    due: tuple[Deadline, ...] = ()
    """The superior's deadlines."""
    internal: tuple[Deadline, ...] = ()
    """Our own."""

    @property
    def words(self) -> tuple[str, ...]:
        """The duty's words as compared."""
        return words_of(self.inside)


@dataclass(frozen=True)
class Read:
    """A draft, read."""

    dispatch: Dispatch
    lines: tuple[Line, ...]
    items: tuple[Item, ...]


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text as compared: folded, without punctuation."""
    return tuple(re.findall(r"[^\W_]+", fold(text)))


def read_draft(data: bytes, name: str, keys: Mapping[str, str]) -> Read:
    """Read a drafted or reviewed paper; ``keys`` gives the duty of each bookmark's name.

    Raises:
        DispatchError: the file cannot be read.
    """
    dispatch = read_dispatch(data, name)
    lines = lines_of(Package(data).document())
    return Read(dispatch, lines, tuple(_with_shared(list(_Reading(dispatch.main, lines, keys).items()))))


class _Reading:
    """One paper's duties laid over its bookmarks."""

    def __init__(self, document: Document, lines: Sequence[Line], keys: Mapping[str, str]) -> None:
        self.lines = {line.index: line for line in lines}
        self.keys = keys
        self.places: dict[str, list[Line]] = {}
        for line in lines:
            for name in dict.fromkeys(name for name, _, _ in line.marked if name in keys):
                if line.between(name) and not line.tabled:
                    self.places.setdefault(name, []).append(line)
        self.duties = [
            (duty, headings)
            for duty, headings in duties_below(document.duties)
            if duty.kind is DutyKind.DUTY and not any(line.tabled for line in self._paragraphs(duty))
        ]
        self.owned = self._owners()

    def _paragraphs(self, duty: Duty) -> list[Line]:
        found = sorted({piece.paragraph for piece in duty.evidence if piece.paragraph is not None})
        return [self.lines[index] for index in found if index in self.lines]

    def _owners(self) -> dict[int, list[str]]:
        """The bookmarks of each duty, by its place in the list: the one whose words they share most."""
        owned: dict[int, list[str]] = {}
        for name, lines in self.places.items():
            indices = {line.index for line in lines}
            marked = set(words_of(" ".join(line.between(name) for line in lines)))
            shared = [
                (len(marked & set(words_of(duty.text))), -place)
                for place, (duty, _) in enumerate(self.duties)
                if indices & {line.index for line in self._paragraphs(duty)}
            ]
            best = max(shared, default=(0, 1))
            owned.setdefault(-best[1], []).append(name)
        return owned

    def items(self) -> Iterator[Item]:
        """Yield the items in reading order; behind them the duties that the reader does not see as such."""
        for place, (duty, headings) in enumerate(self.duties):
            names = self.owned.get(place, [])
            for name in names:
                yield self._marked(name, names, duty, headings)
            if not names:
                yield _plain(duty, headings)
        for name in self.owned.get(-1, []):
            inside = " ".join(line.between(name) for line in self.places[name])
            yield Item(self.keys[name], inside, "", None)

    def _marked(self, name: str, names: Sequence[str], duty: Duty, headings: tuple[Duty, ...]) -> Item:
        own = self._paragraphs(duty)
        inside = squeeze(" ".join(line.between(name) for line in own))
        outside = squeeze(" ".join(line.beside(frozenset(names)) for line in own))
        before = own[0].text[: min((start for found, start, _ in own[0].marked if found == name), default=0)] if own else ""
        unnamed = GAP.search(before) is not None or _under_gap(duty, headings)
        return _item(self.keys[name], (inside, outside), duty, headings, unnamed=unnamed)


def _under_gap(duty: Duty, headings: tuple[Duty, ...]) -> bool:
    return duty.inherited and bool(headings) and GAP.search(headings[-1].text) is not None


def _plain(duty: Duty, headings: tuple[Duty, ...]) -> Item:
    """An item without a bookmark; the sentence with the internal deadline is told by its words."""
    text = squeeze(duty.text)
    found = _REPORT.search(fold(text))
    cut = found.start() if found else len(text)
    unnamed = GAP.match(text) is not None or _under_gap(duty, headings)
    return _item("", (text[:cut].strip(), text[cut:].strip()), duty, headings, unnamed=unnamed)


def _item(key: str, texts: tuple[str, str], duty: Duty, headings: tuple[Duty, ...], *, unnamed: bool) -> Item:
    inside, outside = texts
    within, beside = fold(inside), fold(outside)
    due = tuple(d for d in duty.deadlines if _said(d) in within or _said(d) not in beside)
    internal = tuple(d for d in duty.deadlines if _said(d) in beside)
    above = headings[-1].id if headings else ""
    names = tuple(party.name for party in duty.lead)
    return Item(key, inside, outside, duty, names, tuple(p.name for p in duty.support), above, unnamed, due, internal)


def _said(deadline: Deadline) -> str:
    return fold(squeeze(deadline.text)).strip(_EDGE)


def _with_shared(items: Sequence[Item]) -> Iterator[Item]:
    """The items, each with the internal deadline that one line under its heading sets for all of them."""
    shared = {item.above: item for item in items if _is_report(item)}
    for item in items:
        line = shared.get(item.above)
        if line is not None and not item.internal and item is not line:
            yield replace(item, internal=line.internal)
        elif item is not line:
            yield item


def _is_report(item: Item) -> bool:
    """True for a line that only says until when to report."""
    return not item.key and not item.inside and bool(item.above) and bool(item.outside)
