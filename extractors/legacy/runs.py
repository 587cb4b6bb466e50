"""Runs of text in one paragraph or line, each with its font, recoded together: a letter of two characters may lie in two runs."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise

from extractors.legacy.evidence import convert
from extractors.legacy.fonts import Face
from extractors.legacy.recoding import headings_raised, in_capitals

Run = tuple[str, Face | None]
"""Stored characters and what their font is; None for a font of Unicode."""


def recode_runs(runs: Sequence[Run]) -> list[str]:
    """Return what each run shows; a letter that lies in two runs goes to the first."""
    out: list[str] = []
    for encoding, group in groupby(runs, key=lambda run: run[1] and run[1].encoding):
        members = list(group)
        out += [text for text, _ in members] if encoding is None else _shown(members)
    return out


def _shown(runs: Sequence[Run]) -> list[str]:
    """What neighbouring runs of one encoding show."""
    stored = "".join(text for text, _ in runs)
    face = runs[0][1]
    if face is None or not stored:
        return [text for text, _ in runs]
    shown = convert(stored, face.encoding)
    if shown is None:
        return [text for text, _ in runs]
    text, cuts = shown.text, _cuts(runs, shown.offsets)
    text = "".join(
        in_capitals(text[start:end]) if own is not None and own.capitals else text[start:end]
        for (_, own), (start, end) in zip(runs, pairwise(cuts), strict=True)
    )
    if face.encoding.capitals:
        text = headings_raised(text)
    return [text[start:end] for start, end in pairwise(cuts)]


def _cuts(runs: Sequence[Run], offsets: Sequence[int]) -> list[int]:
    """Where each run begins in the shown text, and where the last one ends."""
    out = [0]
    end = 0
    for text, _ in runs:
        end += len(text)
        place = out[-1]
        while place < len(offsets) - 1 and offsets[place] < end:
            place += 1
        out.append(place)
    return out
