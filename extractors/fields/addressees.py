"""Addressees ("Kính gửi"): inline, as a list, in a cell beside the label, or after "<issuer> điện:" in a telegram."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors import zone_signs as signs
from extractors.casing import agency_head, incomplete_name
from extractors.dispatch import Party
from extractors.evidence import Evidence, quote
from extractors.layout import Block
from extractors.zone_lines import cut_at
from extractors.zones import Anatomy

_TAIL = " ;.,:/"
_SEPARATOR = re.compile(r";\s*(?:[-–+]\s*)*|\.\s+[-–+]\s+(?=\S)")
"""A semicolon parts addressees; a comma stays inside a name ("Phòng Kinh tế, Hạ tầng và Đô thị")."""


def read(anatomy: Anatomy) -> tuple[Party, ...]:
    """Return the addressees in printed order: one for each printed entry, without dashes and closing punctuation."""
    out: list[Party] = []
    for entry in _entries(anatomy.addressees):
        out.extend(_parties(entry))
    return tuple(out)


def _lead(text: str) -> int:
    return signs.address_lead(text) or signs.wire_lead(text) or signs.invitation_lead(text)


def _entries(lines: tuple[Block, ...]) -> Iterator[list[Block]]:
    """Yield the printed lines of each entry: a new one begins at a dash, a label, or after a semicolon."""
    entry: list[Block] = []
    for line in lines:
        text = line.text
        lead = _lead(text)
        starts = bool(lead or line.marker or signs.dash_lead(text))
        if entry and (starts or entry[-1].text.endswith((";", ".")) or not _runs_on(entry[-1], line)):
            yield entry
            entry = []
        rest = cut_at(line, lead)[1] if 0 < lead < len(text) else None if lead else line
        if rest is not None and rest.words:
            entry.append(rest)
    if entry:
        yield entry


def _runs_on(before: Block, line: Block) -> bool:
    """Whether a line without a dash continues the one before it: the same paragraph, a list of dashes, or a broken name."""
    if line.text[:1].islower() or incomplete_name(before.text):
        return True
    if before.words[0].paragraph is not None:
        return before.words[0].paragraph == line.words[0].paragraph
    if before.marker or signs.dash_lead(before.text):
        return True
    return not agency_head(line.text)


def _parties(entry: list[Block]) -> Iterator[Party]:
    text, spots = "", []
    for line in entry:
        text += " " if text else ""
        spots.append((len(text), line))
        text += line.text
    start = signs.dash_lead(text)
    for end, after in [*((m.start(), m.end()) for m in _SEPARATOR.finditer(text)), (len(text), len(text))]:
        if end < start:
            continue
        name = text[start:end].strip(_TAIL).strip("()" if text[start:end].count("(") != text[start:end].count(")") else "")
        if any(c.isalnum() for c in name):
            at = text.index(name, start)
            yield Party(name, _evidence(spots, at, at + len(name)))
        start = after


def _evidence(spots: list[tuple[int, Block]], start: int, end: int) -> tuple[Evidence, ...]:
    out: list[Evidence] = []
    for at, line in spots:
        a, b = max(start - at, 0), min(end - at, len(line.text))
        if a < b:
            out.extend(quote(line, a, b))
    return tuple(out)
