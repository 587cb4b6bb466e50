"""What a number or a day written by hand says, from several looks at its line; where they disagree, what it may say."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from extractors.readers.scans import hand_model, hand_ones
from extractors.readers.scans.hand_decode import Digits, Letter, between, spelled
from extractors.readers.scans.patches import patches

Grey = NDArray[np.uint8]
PADDINGS = (0.02, 0.1, 0.2)
"""Shares of the line's height that a look takes in above and below it."""
STRETCHES = (1.0, 0.85, 1.2)
"""Widths of a look; the network takes some hands better narrower, others wider."""
SURE = 0.75
"""Mean likelihood from which a number is taken."""
AGREED = 0.9
"""Mean likelihood from which three looks are enough."""
TALL, BEHIND, BEFORE = 0.35, 0.3, 0.12
"""Shares of the line's height: how tall a digit's stroke is; how far off the printed characters at the slot's ends its middle stands."""
WIDE = 0.85
"""Width of a digit as a share of the usual height: a patch one and a half times as wide holds two."""
WORTH_TELLING = 0.12
"""Mean likelihood from which a number is told as one that may stand there."""
MOST_TOLD = 3
DAYS = tuple(f"{day:02}" for day in range(1, 10)) + tuple(str(day) for day in range(1, 32))
MONTHS = tuple(f"{month:02}" for month in range(1, 10)) + tuple(str(month) for month in range(1, 13))
HALF_DAYS = frozenset("123456789")
"""Days below ten are written with a zero (NĐ 30/2020 Phụ lục I, II.4): a lone figure may be half a day."""


_Look = tuple[hand_model.Line, tuple[Letter, ...]]


@dataclass(frozen=True)
class Slot:
    """A place on a line that is filled in, between printed words."""

    before: re.Pattern[str]
    after: re.Pattern[str]
    allowed: tuple[str, ...] = ()
    """What may stand there; any number when empty."""
    doubtful: frozenset[str] = frozenset()
    """What is told, and never taken."""


@dataclass(frozen=True)
class Written:
    """What was made of a slot."""

    text: str
    """What is taken to stand there; empty when nothing does, or nothing that can be told."""
    score: float
    maybe: tuple[str, ...]
    """What may stand there, likeliest first; the taken one is not among it."""
    inked: bool
    """True when something stands there."""
    start: float
    end: float
    """Where it stands, as shares of the line's width."""
    label_end: float
    """Where the last character of the printed word before it stands."""


def read(line: Grey, slots: Sequence[Slot]) -> tuple[Written | None, ...]:
    """Return what stands in each slot of a line, dark on white with a margin as high as itself; None where the slot is not found.

    Three looks do where they agree; a line that is read one way by one and another by the next gets six more.
    """
    drawn = hand_ones.redrawn(line)
    looks = _read_as(drawn, STRETCHES[:1])
    first = tuple(_slot(looks, slot) for slot in slots)
    if not all(one is not None and (one.score >= AGREED or not one.inked) for one in first):
        looks += _read_as(drawn, STRETCHES[1:])
        first = tuple(_slot(looks, slot) for slot in slots)
    return tuple(one and _counted(one, drawn) for one in first)


def _counted(found: Written, line: Grey) -> Written:
    """What was made of a slot, in doubt when more strokes stand there than it has digits: one of them was passed over."""
    if not found.text or _strokes(line, found) <= len(found.text):
        return found
    return replace(found, text="", score=0.0, maybe=(found.text,))


def _strokes(line: Grey, found: Written) -> int:
    """How many digits the ink between the two printed words makes at least; patches too wide for one count as more."""
    height, width = line.shape[0] // 3, line.shape[1]
    left, right = round(found.label_end * width), round(found.end * width)
    start = max(left - height, 0)
    tall = [
        patch
        for patch in patches(line[height:, start : right + height] < hand_ones.DARK)
        if patch.mask.shape[0] >= TALL * height and patch.top < height
    ]
    inside = [p for p in tall if BEHIND * height < start + p.left + p.mask.shape[1] / 2 - left < right - left - BEFORE * height]
    usual = max((patch.mask.shape[0] for patch in inside), default=height)
    return sum(max(round(patch.mask.shape[1] / (WIDE * usual)), 1) for patch in inside)


def _read_as(line: Grey, stretches: Sequence[float]) -> list[_Look]:
    """The line, cut and stretched in several ways, with the characters that the network sees."""
    height = line.shape[0] // 3
    out = []
    for margin in (round(padding * height) for padding in PADDINGS):
        cut = line[height - margin : 2 * height + margin]
        for stretch in stretches:
            look = hand_model.likelihoods(np.asarray(Image.fromarray(cut).resize((max(round(cut.shape[1] * stretch), 1), cut.shape[0]))))
            out += [(look, spelled(look))] if look is not None else []
    return out


def _slot(read_as: Sequence[_Look], slot: Slot) -> Written | None:
    found = [(look, letters, between(letters, slot.before, slot.after)) for look, letters in read_as]
    seen = [(look, letters, span) for look, letters, span in found if span is not None]
    if not seen:
        return None
    parts = [Digits(look, span) for look, _, span in seen if span.end > span.start]
    numbers = slot.allowed or tuple({part.likeliest for part in parts} - {""})
    sums: dict[str, float] = defaultdict(float)
    for part in parts:
        for number, share in part.shares(numbers).items():
            sums[number] += share / len(seen)
    inked = sum(any(letter.text != " " for letter in letters if span.start <= letter.first < span.end) for _, letters, span in seen)
    places = [(span.start / len(look.steps), span.end / len(look.steps), span.label / len(look.steps)) for look, _, span in seen]
    start, end, label = (float(np.median(shares)) for shares in zip(*places, strict=True))
    return _judged(sums, slot.doubtful, 2 * inked > len(seen), (start, end, label))


def _judged(sums: dict[str, float], doubtful: frozenset[str], inked: bool, place: tuple[float, float, float]) -> Written:
    """The number that most looks agree on; "4" and "04" are one, written as the likelier of them is."""
    values: dict[int, float] = defaultdict(float)
    for number, share in sums.items():
        values[int(number)] += share
    ranked = sorted(values, key=lambda value: -values[value])
    as_written = {value: max((n for n in sums if int(n) == value), key=lambda n: sums[n]) for value in ranked}
    if ranked and values[ranked[0]] >= SURE and as_written[ranked[0]] not in doubtful:
        return Written(as_written[ranked[0]], values[ranked[0]], (), True, *place)
    maybe = tuple(as_written[value] for value in ranked if values[value] >= WORTH_TELLING)[:MOST_TOLD]
    return Written("", 0.0, maybe, inked or bool(maybe), *place)
