"""Runs of text in one paragraph or line, each with its font, recoded together: a letter of two characters may lie in two runs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from extractors.legacy.evidence import convert
from extractors.legacy.fonts import Face
from extractors.legacy.recoding import Recoded, as_stored, headings_raised, in_capitals, recode

Run = tuple[str, Face | None]
"""Stored characters and what their font is; None for a font of Unicode."""


def recode_runs(runs: Sequence[Run]) -> list[str]:
    """Return what each run shows; a letter that lies in two runs goes to the first."""
    out: list[str] = []
    for members, shown in _groups(runs):
        out += [text for text, _ in members] if shown is None else _cut(shown.text, _cuts(members, shown.offsets))
    return out


def recode_line(runs: Sequence[Run]) -> Recoded:
    """Return what the runs show as one text, with its way back to their characters, counted through all runs."""
    parts: list[str] = []
    offsets: list[int] = []
    at = 0
    for members, shown in _groups(runs):
        stored = "".join(text for text, _ in members)
        piece = shown or as_stored(stored)
        parts.append(piece.text)
        offsets += [at + place for place in piece.offsets[:-1]]
        at += len(stored)
    return Recoded("".join(parts), (*offsets, at))


def exact(stored: str, shown: str, face: Face) -> bool:
    """True where the font's name alone says what characters show; False where the text had to be a witness."""
    return not face.guessed and recode(stored, face.encoding).text.lower() == shown.lower()


def _groups(runs: Sequence[Run]) -> Iterator[tuple[list[Run], Recoded | None]]:
    """Yield neighbouring runs of one encoding with what they show together; None for Unicode."""
    for encoding, group in groupby(runs, key=lambda run: run[1] and run[1].encoding):
        members = list(group)
        yield members, None if encoding is None else _shown(members)


def _shown(runs: Sequence[Run]) -> Recoded | None:
    """What neighbouring runs of one encoding show; None for Unicode typed in its fonts."""
    stored = "".join(text for text, _ in runs)
    face = runs[0][1]
    if face is None or not stored:
        return None
    shown = convert(stored, face.encoding)
    if shown is None:
        return None
    pieces = _cut(shown.text, _cuts(runs, shown.offsets))
    text = "".join(in_capitals(piece) if own and own.capitals else piece for (_, own), piece in zip(runs, pieces, strict=True))
    return Recoded(headings_raised(text) if face.encoding.capitals else text, shown.offsets)


def _cut(text: str, cuts: Sequence[int]) -> list[str]:
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
