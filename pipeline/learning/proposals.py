"""From what reviewers changed to competences that the profile lacks: each phrase is tried on the planner before it is proposed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.authority import Authority, Competence, Unit
from pipeline.learning.evidence import Evidence, Move, Seen
from pipeline.learning.key_phrases import key_phrases
from pipeline.phrases import PhraseIndex, words_of
from pipeline.planning.lexicon import Lexicon, lexicon_of
from pipeline.planning.routing import decided, score

WEIGHTS = (1.0, 2.0)
"""Tried in turn: an ordinary phrase, and one that outweighs an ordinary one of another unit."""
_STATED = frozenset({"route.named", "route.several", "route.text"})
"""The paper itself named the unit: nothing to learn."""
_COUNTERPART = frozenset({"route.counterpart", "route.issuer"})
"""The field of a superior's department decided; competences are not asked then."""
Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Proposal:
    """A key phrase for a unit, and the duties that speak for it."""

    unit: Unit
    phrase: str
    weight: float
    moves: tuple[Move, ...]
    against: tuple[Seen, ...] = ()
    """Duties with the phrase that reviewers left with others: then a person must decide."""
    holder: str = ""
    """Name of another unit that has the phrase already."""
    effective: bool = True
    """The planner would choose the unit for every one of the duties."""

    @property
    def sure(self) -> bool:
        """True when nothing speaks against it."""
        return self.effective and not self.against and not self.holder


@dataclass(frozen=True)
class Advice:
    """A superior's department whose duties reviewers give to another unit than its counterpart."""

    before: Unit
    after: Unit
    moves: tuple[Move, ...]


@dataclass(frozen=True)
class Lessons:
    """What can be learnt."""

    proposals: tuple[Proposal, ...] = ()
    advice: tuple[Advice, ...] = ()
    waiting: tuple[Move, ...] = ()
    """Moves that are too few yet, or have no phrase in common."""


def lessons(evidence: Evidence, authority: Authority, threshold: int) -> Lessons:
    """Return what the authority's profile can learn; a phrase counts once for each dispatch, and needs ``threshold`` of them."""
    return _Teacher(evidence, lexicon_of(authority), threshold).lessons()


@dataclass(frozen=True)
class _Teacher:
    """Knows what reviewers did and what the planner would do."""

    evidence: Evidence
    lexicon: Lexicon
    threshold: int

    @property
    def _units(self) -> dict[str, Unit]:
        return {unit.id: unit for unit in self.lexicon.authority.units}

    def lessons(self) -> Lessons:
        moves = [move for move in self.evidence.moves if move.seen.lead in self._units and not _STATED & set(move.chosen_by)]
        by_counterpart = [move for move in moves if _COUNTERPART & set(move.chosen_by)]
        by_field = [move for move in moves if move not in by_counterpart and not _chosen(move.seen, self.lexicon)]
        found = [made for unit in self._units.values() for made in self._for(unit, [m for m in by_field if m.seen.lead == unit.id])]
        told = {move for proposal in found for move in proposal.moves}
        proposals = tuple(sorted(found, key=lambda proposal: not proposal.sure))
        return Lessons(proposals, tuple(self._advice(by_counterpart)), tuple(move for move in by_field if move not in told))

    def _enough(self, moves: Iterable[Move]) -> bool:
        return len({move.seen.sha256 for move in moves}) >= self.threshold

    def _for(self, unit: Unit, moves: Sequence[Move]) -> Iterator[Proposal]:
        """Phrases that between them explain the moves to a unit: the best one, then the best one for the rest, and so on."""
        left = list(moves)
        while made := [self._tried(unit, said, own) for said, own in self._common(left)]:
            best = max(made, key=_worth)
            yield best
            left = [move for move in left if move not in best.moves]

    def _common(self, moves: Sequence[Move]) -> Iterator[tuple[str, tuple[Move, ...]]]:
        """The phrases that enough dispatches have in common with the moves that have them; of those with the same moves the longest."""
        said: dict[Phrase, str] = {}
        having: dict[Phrase, list[Move]] = {}
        for move in moves:
            for phrase, words in key_phrases(move.seen.text, self.lexicon).items():
                said.setdefault(phrase, words)
                having.setdefault(phrase, []).append(move)
        groups: dict[tuple[Move, ...], list[Phrase]] = {}
        for phrase, own in having.items():
            if self._enough(own):
                groups.setdefault(tuple(own), []).append(phrase)
        for alike, phrases in groups.items():
            yield from ((said[phrase], alike) for phrase in phrases if not any(_within(phrase, other) for other in phrases))

    def _tried(self, unit: Unit, said: str, moves: tuple[Move, ...]) -> Proposal:
        phrase = words_of(said).words
        index = PhraseIndex([(said, None)])
        against = tuple(seen for seen in self.evidence.seen if seen.lead != unit.id and index.find(words_of(seen.text).words))
        holders = (u.name for u in self._units.values() if u.id != unit.id and phrase in {words_of(c.phrase).words for c in u.competences})
        made = Proposal(unit, said, WEIGHTS[0], moves, against, next(holders, ""), effective=False)
        for weight in WEIGHTS:
            knowing = _with(self.lexicon, unit, Competence(said, weight))
            if all(_chosen(move.seen, knowing) for move in moves):
                return replace(made, weight=weight, effective=True)
        return made

    def _advice(self, moves: Sequence[Move]) -> Iterator[Advice]:
        for before, after in dict.fromkeys((move.before, move.seen.lead) for move in moves):
            own = tuple(move for move in moves if (move.before, move.seen.lead) == (before, after))
            if before in self._units and self._enough(own):
                yield Advice(self._units[before], self._units[after], own)


def _chosen(seen: Seen, lexicon: Lexicon) -> bool:
    """True when the planner chooses the reviewer's unit by the duty's own words."""
    best = decided(score((seen.text,), lexicon), lexicon)
    return best is not None and best.unit.id == seen.lead


def _worth(proposal: Proposal) -> tuple[bool, int, int, str]:
    words = len(words_of(proposal.phrase).words)
    return (proposal.sure, len({move.seen.sha256 for move in proposal.moves}), words, proposal.phrase)


def _within(phrase: Phrase, other: Phrase) -> bool:
    """True when a phrase is a part of a longer one."""
    size = len(phrase)
    return size < len(other) and any(other[at : at + size] == phrase for at in range(len(other) - size + 1))


def _with(lexicon: Lexicon, unit: Unit, more: Competence) -> Lexicon:
    """The lexicon of an authority whose unit has one more competence."""
    known = ((c.phrase, (u, c)) for u in lexicon.authority.units for c in u.competences)
    return replace(lexicon, competences=PhraseIndex([*known, (more.phrase, (unit, more))]))
