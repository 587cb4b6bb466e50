"""The document's own number and symbol ("số, ký hiệu của văn bản", NĐ 30/2020 Phụ lục I, II.3)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from extractors.evidence import ABSENT, Found, Grade, Missing, Reason, Value, quote
from extractors.fields.symbols import parse_own
from extractors.layout import Block
from extractors.zone_lines import join
from extractors.zones import Anatomy


@dataclass(frozen=True)
class NumberLine:
    """Number, symbol, and the two together as others cite them."""

    number: Value[str] = ABSENT
    symbol: Value[str] = ABSENT
    reference: Value[str] = ABSENT


def read(anatomy: Anatomy) -> NumberLine:
    """Return the number line's parts; an empty number (a draft, an unstamped copy) is missing as blank, a hand's as unreadable."""
    if not anatomy.number:
        return NumberLine()
    line = join(anatomy.number)
    own = parse_own(line.text)
    if own is None:
        unread = Missing(Reason.UNREADABLE, evidence=quote(line))
        return NumberLine(unread, unread, unread)
    grade = Grade.REPAIRED if own.repaired else Grade.STATED
    hand = line.filled_in
    blank = Missing(Reason.UNREADABLE if hand else Reason.BLANK, hand.maybe if hand else (), quote(line))
    whole_blank = replace(blank, candidates=tuple(f"{number}/{own.symbol}" for number in blank.candidates) if own.symbol else ())
    number = _found(line, own.number, own.number_span, Grade.STATED)
    symbol = _found(line, own.symbol, own.symbol_span, grade)
    spans = [span for span in (own.number_span, own.symbol_span) if span]
    whole = (spans[0][0], spans[-1][1]) if spans else None
    return NumberLine(number or blank, symbol or ABSENT, _found(line, own.reference, whole, grade) or whole_blank)


def _found(line: Block, value: str | None, span: tuple[int, int] | None, grade: Grade) -> Found[str] | None:
    return Found(value, quote(line, *span, grade)) if value and span else None
