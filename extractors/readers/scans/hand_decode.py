"""Which digits stand in a part of a line, as likelihoods: the paths of connectionist temporal classification summed up.

Graves and others, "Connectionist Temporal Classification", ICML 2006, section 4.1. Whatever else the network sees there, letters and
signs, counts against every number.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from extractors.readers.scans.hand_model import Line

DIGITS = "0123456789"
STROKES = "|lI/\\"
"""What a 1 without its upstroke may be taken for; among digits it is a 1."""
_LEAST = 1e-7
"""Likelihood below which nothing is told apart."""
_NEVER = -1e9


@dataclass(frozen=True)
class Letter:
    """The likeliest character at some places of the line."""

    text: str
    first: int
    last: int


@dataclass(frozen=True)
class Span:
    """Places of a line, ``end`` excluded."""

    start: int
    end: int
    label: int
    """Where the character before it stands."""


def spelled(line: Line) -> tuple[Letter, ...]:
    """Return the likeliest characters from left to right."""
    out = []
    for column, places in groupby(enumerate(line.steps.argmax(axis=1).tolist()), key=lambda place: place[1]):
        found = [place for place, _ in places]
        if column:
            out.append(Letter(line.alphabet[column][:1], found[0], found[-1]))
    return tuple(out)


def between(letters: Sequence[Letter], before: re.Pattern[str], after: re.Pattern[str]) -> Span | None:
    """Return the places between two printed words of the line; None when one of them is not read there."""
    text = "".join(letter.text for letter in letters)
    first = before.search(text)
    second = after.search(text, first.end()) if first else None
    if first is None or second is None or not first.end():
        return None
    label = letters[first.end() - 1]
    return Span(label.last + 1, letters[second.start()].first, label.first)


class Digits:
    """The digits in a part of a line."""

    def __init__(self, line: Line, span: Span) -> None:
        """``span``: where the number stands."""
        part = line.steps[span.start : span.end]
        gap = part[:, [0, *line.columns(" ")]].sum(axis=1, keepdims=True)
        chosen = np.concatenate((gap, part[:, line.columns(DIGITS)]), axis=1)
        chosen[:, 2] += part[:, line.columns(STROKES)].sum(axis=1)
        self._logs = np.log(np.maximum(chosen, _LEAST))
        self._whatever = float(np.log(np.maximum(np.maximum(chosen.max(axis=1), part.max(axis=1)), _LEAST)).sum())

    @property
    def likeliest(self) -> str:
        """The digits on the likeliest path."""
        path = [column for column, _ in groupby(self._logs.argmax(axis=1).tolist())]
        return "".join(DIGITS[column - 1] for column in path if column)

    def shares(self, numbers: Sequence[str]) -> Mapping[str, float]:
        """Return how likely each number is among all of them, the empty one and whatever else the network sees."""
        logs = {number: self._log_likelihood(number) for number in (*numbers, "")}
        best = max(*logs.values(), self._whatever)
        weights = {number: float(np.exp(log - best)) for number, log in logs.items()}
        # What the network sees is one of the numbers on its likeliest path; else it is something else.
        other = 0.0 if self.likeliest in weights and weights[self.likeliest] >= 1.0 else float(np.exp(self._whatever - best))
        total = sum(weights.values()) + other
        return {number: weights[number] / total for number in numbers}

    def _log_likelihood(self, number: str) -> float:
        """The logarithm of the sum over all paths that spell the number."""
        states = [0]
        for digit in number:
            states += [DIGITS.index(digit) + 1, 0]
        sums = np.full(len(states), _NEVER)
        skips = [index > 1 and states[index] not in (0, states[index - 2]) for index in range(len(states))]
        for place, logs in enumerate(self._logs):
            sums = _onward(sums, skips) if place else np.where(np.arange(len(states)) < 2, 0.0, _NEVER)
            sums = sums + logs[states]
        return float(np.logaddexp.reduce(sums[-2:])) if len(self._logs) else (_NEVER if number else 0.0)


def _onward(sums: NDArray[np.float64], skips: Sequence[bool]) -> NDArray[np.float64]:
    """The sums one place on, before what is seen there: stay, go to the next state, or skip the gap between unlike digits."""
    out = sums.copy()
    out[1:] = np.logaddexp(out[1:], sums[:-1])
    for index, skip in enumerate(skips):
        if skip:
            out[index] = np.logaddexp(out[index], sums[index - 2])
    return out
