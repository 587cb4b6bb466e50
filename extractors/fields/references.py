"""Cited documents ("văn bản được viện dẫn"): every number and symbol in running text, with type, day, issuer and role.

Laws cited by name only, technical standards and nicknames ("Đề án 06") are no references (record contract).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from extractors import doctypes
from extractors.dispatch import Reference, Role
from extractors.evidence import Evidence, Grade, quote
from extractors.fields.dates import find_dates
from extractors.fields.reference_facts import Day, Surroundings, day_of, issuer_of, type_of
from extractors.fields.reference_roles import role_of
from extractors.fields.symbols import Symbol, SymbolMention, parse_own, scan
from extractors.layout import Block
from extractors.text import fold


@dataclass(frozen=True)
class ReferenceMention:
    """One citation in a text: ``text[start:end]`` is its number and symbol."""

    start: int
    end: int
    type: str
    reference: str
    date: date | None
    issuer: str | None
    role: Role
    symbol: Symbol
    day: Day | None = None
    clause: int = 0
    """Where the clause begins that cites it; a list is one clause."""


_TITLED = re.compile(r"\s(?:về|v/v|ban hành|phê duyệt|sửa đổi|quy định|hướng dẫn|triển khai|thực hiện|trong)\s")
# A number cited without symbol: "Công văn 3268 ngày 04/12/2017", "Nghị định số 61/2018".
_NUMBER_ONLY = re.compile(
    r"(?<![\w/.,\-])(?P<number>\d{1,5}(?!\d)[a-zđ]?)(?:(?=[\s,(]{1,3}ngày\s?\d)|/(?P<year>(?:19|20)\d\d)(?![\d/.\-])(?!\s?/))"
)
_SO = re.compile(r"(?:(?<!\w)số\s*:?)?\s*$")
_NUMBERED_BARE = frozenset({"CV", "CD", "ND", "NQ", "QD", "CT", "TT", "KL", "TB", "TTr"})
"""Types that are cited by a number without "số"; "Đề án 06", "Kế hoạch 100 ngày" are nicknames."""


def find(text: str, issued: date | None = None, *, opening: bool = True) -> tuple[ReferenceMention, ...]:
    """Return the documents cited in an NFC text, in reading order.

    Args:
        text: one paragraph on one line.
        issued: the day of the citing document; a cited day without a year is the last such day up to it.
        opening: True for the subject and the paragraphs before the duties, where "Thực hiện Kế hoạch số …" says what is
            being implemented; in a duty the same words only order something.
    """
    found = [*scan(text), *_numbers_only(text)]
    if not found:
        return ()
    found.sort(key=lambda mention: mention.start)
    around = Surroundings(text, fold(text), find_dates(text), issued)
    out: list[ReferenceMention] = []
    for index, mention in enumerate(found):
        next_start = next((later.start for later in found[index + 1 :] if later.end != mention.end), len(text))
        out.append(_mention(around, mention, next_start, out[-1] if out else None, opening=opening))
    return _with_shared_days(around, out)


def _numbers_only(text: str) -> Iterator[SymbolMention]:
    if "ngày" not in text and "/20" not in text and "/19" not in text:
        return
    key = fold(text)
    for match in _NUMBER_ONLY.finditer(key):
        begin = max(0, match.start() - 60)
        stop = _before_so(key, begin, match.start())
        word = next((word for word in doctypes.words_in(key, begin, stop) if not key[word.end : stop].strip()), None)
        if word and (key[stop : match.start()].strip() or (word.type.code in _NUMBERED_BARE and not match["year"])):
            symbol = Symbol(match["number"], "/" if match["year"] else "", match["year"] or "")
            yield SymbolMention(match.start(), match.end(), symbol)


def _before_so(key: str, start: int, end: int) -> int:
    """Where the "số" that stands before ``end`` begins, or the white space when there is none."""
    cue = _SO.search(key, start, end)
    return cue.start() if cue else end


def _uncoded(symbol: Symbol, before: Symbol) -> bool:
    """True for a letter's symbol ("1187/BTC-ĐT") behind one that names its type ("104/2024/NĐ-CP"): it is no paper of that type."""
    return symbol.type_code is None and bool(symbol.bodies) and before.type_code is not None


def _mention(
    around: Surroundings, mention: SymbolMention, next_start: int, previous: ReferenceMention | None, *, opening: bool
) -> ReferenceMention:
    listed = previous is not None and joined(around.key, previous.end, mention.start) is not None
    since = previous.end if previous and previous.end <= mention.start else 0
    clause = previous.clause if previous and listed else around.clause_start(mention.start)
    inherited = doctypes.by_code(previous.type) if previous and listed and not _uncoded(mention.symbol, previous.symbol) else None
    day = day_of(around, mention.start, mention.end, next_start)
    return ReferenceMention(
        start=mention.start,
        end=mention.end,
        type=type_of(around, mention.symbol, max(since, clause), mention.start, inherited).code,
        reference=mention.symbol.reference,
        date=day.value if day else None,
        issuer=issuer_of(around, mention.symbol, max(clause, since), (mention.start, mention.end), day),
        role=previous.role if previous and listed else _role(around, clause, mention.start, previous, opening=opening),
        symbol=mention.symbol,
        day=day,
        clause=clause,
    )


def joined(key: str, start: int, end: int) -> str | None:
    """What stands between two citations of one list before its "và Công văn số"; None when they make no list."""
    if end <= start:
        return ""
    stop = _before_so(key, start, end)
    words = [word for word in doctypes.words_in(key, start, stop) if not key[word.end : stop].strip(" ()")]
    rest = key[start : words[-1].start if words else stop].removesuffix("các ").rstrip()
    if not rest or rest.endswith((",", ";", " và", " hoặc", " với")):
        return rest + (" " + words[-1].type.code if words else "")
    return None


def _role(around: Surroundings, clause: int, start: int, previous: ReferenceMention | None, *, opening: bool) -> Role:
    if previous and previous.clause == clause and _TITLED.search(around.key, previous.end, start):
        return Role.MENTIONS  # it stands in the title of the document cited before it
    return role_of(around.key[clause:start], opening=opening)


_BARE_GLUE = re.compile(r"[\s,]*(?:và)?\s*")


def _with_shared_days(around: Surroundings, mentions: list[ReferenceMention]) -> tuple[ReferenceMention, ...]:
    """Give "số A và số B ngày …" its day twice; a year in the number that says otherwise keeps it out."""
    for index in range(len(mentions) - 2, -1, -1):
        mention, following = mentions[index], mentions[index + 1]
        glue = joined(around.key, mention.end, following.start)
        day = following.day
        if mention.day or not day or day.span[0] < following.end or glue is None or not _BARE_GLUE.fullmatch(glue):
            continue
        if mention.symbol.year in {None, str(day.value.year)}:
            mentions[index] = replace(mention, date=day.value, day=replace(day, inferred=True))
    return tuple(mentions)


# --- from a document's paragraphs to its list of references -------------------------------------------------------------------------

_ITEM = re.compile(r"\s*(?:\d{1,2}[.)/]|[a-zđ][)]|[-+•*–]|[IVX]{1,5}[.)])\s")
_ATTACHED = re.compile(r"\(?\s*(?:được\s)?(?:ban hành\s)?(?:đính\s)?kèm theo\s")
_STRENGTH = (Role.MENTIONS, Role.BASIS, Role.IMPLEMENTS)


def collect(blocks: Iterable[Block], own_reference: str | None = None, issued: date | None = None) -> tuple[Reference, ...]:
    """Return the documents that the paragraphs cite, each once, in the order of their first citation.

    ``blocks`` begin with the subject. Day and issuer come from the first citation that states them, the role is the strongest
    one. The document's own number and the note "(Kèm theo …)" over an appendix, which repeats it, are no citations.
    """
    own = _own_identity(own_reference)
    out: list[Reference] = []
    places: dict[tuple[str, str], list[int]] = {}
    opening = True
    for block in blocks:
        opening = opening and not block.marker and not _ITEM.match(block.text)
        if not _ATTACHED.match(fold(block.text[:40])):
            for mention in find(block.text, issued, opening=opening):
                if not _is_own(mention, own, issued):
                    _add(out, places.setdefault(mention.symbol.identity, []), _reference(block, mention))
        opening = opening and not block.text.rstrip().endswith(":")
    return _without_short_forms(out)


def _own_identity(reference: str | None) -> tuple[str, str] | None:
    own = parse_own(reference) if reference else None
    return Symbol(own.number, "", own.symbol or "").identity if own and own.number else None


def _is_own(mention: ReferenceMention, own: tuple[str, str] | None, issued: date | None) -> bool:
    """True for the document's own number; numbers begin anew each year, so another year means another document."""
    return mention.symbol.identity == own and (mention.date is None or issued is None or mention.date.year == issued.year)


def _reference(block: Block, mention: ReferenceMention) -> Reference:
    grade = Grade.REPAIRED if mention.symbol.repaired else Grade.STATED
    evidence: tuple[Evidence, ...] = quote(block, mention.start, mention.end, grade)
    if mention.day:
        evidence += quote(block, *mention.day.span, grade=Grade.INFERRED if mention.day.inferred else Grade.STATED)
    return Reference(mention.type, mention.reference, mention.date, mention.issuer, mention.role, evidence)


def _add(out: list[Reference], places: list[int], new: Reference) -> None:
    """Add a citation, or let it complete the earlier one of the same document; two different days are two documents."""
    for place in places:
        old = out[place]
        if old.date is None or new.date is None or old.date == new.date:
            out[place] = replace(
                old,
                date=old.date or new.date,
                issuer=old.issuer or new.issuer,
                role=max(old.role, new.role, key=_STRENGTH.index),
                evidence=old.evidence + new.evidence,
            )
            return
    places.append(len(out))
    out.append(new)


def _without_short_forms(references: list[Reference]) -> tuple[Reference, ...]:
    """Drop "Nghị định số 61/2018" where "61/2018/NĐ-CP" is cited in full."""
    full = {"/".join(reference.reference.split("/")[:2]) for reference in references if reference.reference.count("/") > 1}
    return tuple(reference for reference in references if reference.reference not in full)
