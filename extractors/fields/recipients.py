"""Recipients and filing ("Nơi nhận", "Lưu", NĐ 30/2020 Phụ lục I, II.9)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors import zone_signs as signs
from extractors.dispatch import Party
from extractors.evidence import ABSENT, Evidence, Found, Missing, Reason, Value, quote
from extractors.layout import Block
from extractors.zones import Anatomy

_INNER = re.compile(r"[;.,]\s*[-–+]\s*(?=\S)|;\s+(?=[Ll]ưu\b)")
"""Where one printed line holds several entries: "- Như trên; - Lưu: VT."."""
_SHARED_HEAD = re.compile(r"[-–+•*\s]*[Cc]ác\s[^:;.]{2,40}:")
LEAST_DASHED = 3
"""Lines with a dash from which on a list of recipients is one with dashes."""


@dataclass(frozen=True)
class Distribution:
    """Who gets the document and where it is filed."""

    recipients: tuple[Party, ...] = ()
    filing: Value[str] = ABSENT


@dataclass(frozen=True)
class _Piece:
    line: Block
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.line.text[self.start : self.end]


def read(anatomy: Anatomy) -> Distribution:
    """Return the lines under "Nơi nhận" without dashes and closing punctuation; the "Lưu" line is the filing."""
    recipients: list[Party] = []
    filing: Value[str] = ABSENT
    for entry in _entries(anatomy.recipients):
        text = " ".join(piece.text for piece in entry)
        lead = signs.filing_lead(text)
        if lead and isinstance(filing, Missing):
            filing = _filing(entry, text, lead)
        elif isinstance(filing, Missing) or not signs.copies_mark(text):
            party = _party(entry, text)
            recipients.extend([party] if party else [])
    return Distribution(tuple(recipients), filing)


def _entries(lines: Sequence[Block]) -> Iterator[list[_Piece]]:
    dashed = sum(bool(line.marker) or signs.dash_lead(line.text) > 0 for line in lines) >= LEAST_DASHED
    entry: list[_Piece] = []
    for line in lines:
        lead = signs.recipients_lead(line.text)
        for number, piece in enumerate(_pieces(line, lead)):
            if entry and (number or lead or _begins(line, piece, entry, dashed=dashed)):
                yield entry
                entry = []
            entry.append(piece)
    if entry:
        yield entry


def _pieces(line: Block, start: int) -> Iterator[_Piece]:
    for match in _INNER.finditer(line.text, start):
        yield _Piece(line, start, match.end() if match.end() == len(line.text) else match.start() + 1)
        start = match.end()
    if line.text[start:].strip():
        yield _Piece(line, start, len(line.text))


def _begins(line: Block, piece: _Piece, entry: Sequence[_Piece], *, dashed: bool) -> bool:
    """True for the beginning of an entry; in a list with dashes a line without one goes on under "Các công ty: …;"."""
    text, before = piece.text, entry[-1].text.rstrip()
    if line.marker or signs.dash_lead(text) or signs.filing_lead(text):
        return True
    if dashed and _SHARED_HEAD.match(entry[0].text):
        return False
    return before.endswith((";", ".")) and not before.endswith((" TP.", " Tp.", " TT."))


def _party(entry: list[_Piece], text: str) -> Party | None:
    lead = signs.dash_lead(text)
    name = text[lead:].strip().rstrip(" ;.,:/")
    return Party(name, _evidence(entry, lead)) if any(c.isalnum() for c in name) else None


def _filing(entry: list[_Piece], text: str, lead: int) -> Value[str]:
    value = text[lead:].strip().rstrip(" ;,:/")
    value = value.removesuffix(".").rstrip(" ;,:/")
    if not any(c.isalnum() for c in value):
        return Missing(Reason.BLANK, evidence=_evidence(entry, 0))
    return Found(value, _evidence(entry, lead))


def _evidence(entry: list[_Piece], lead: int) -> tuple[Evidence, ...]:
    out: list[Evidence] = []
    for number, piece in enumerate(entry):
        start = piece.start + (lead if number == 0 else 0)
        if start < piece.end:
            out.extend(quote(piece.line, start, piece.end))
    return tuple(out)
