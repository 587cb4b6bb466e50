"""The shape of a document's number and symbol ("số, ký hiệu văn bản"): found in running text, read from a number line, written one way.

    state        NUMBER / TYPE - BODY [- UNIT]        61/KH-UBND
    công văn     NUMBER / BODY [- UNIT]               2718/UBND-VP, 498/UBND
    normative    NUMBER / YEAR / TYPE - BODY          05/2025/QĐ-UBND; assemblies without a type: 72/2025/QH15
    joint        NUMBER / [YEAR /] TYPE - BODY - BODY 55/2005/TTLT-BNV-VPCP
    Party        NUMBER - TYPE / BODY [/ nb]          230-CV/VPTU
    others       all hyphens, a year at the end, a space for the slash (before 1996); only behind "số" or a type's name

Sources: NĐ 30/2020 Phụ lục I, II.3; Luật Ban hành văn bản quy phạm pháp luật; Hướng dẫn 05-HD/VPTW.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from extractors import doctypes
from extractors.fields.symbol_spelling import heal
from extractors.issuer_codes import body_of, unit_codes
from extractors.text import fold

# One character for each printed one, so that offsets hold: dashes, the soft hyphen, slashes, the Icelandic Đ.
_DASHES, _SLASHES = "\u2010\u2011\u2012\u2013\u2014\u2212\u00ad", "\u2044\u2215\uff0f"
_LOOKALIKES = str.maketrans({**dict.fromkeys(_DASHES, "-"), **dict.fromkeys(_SLASHES, "/"), "\u00a0": " ", "\u00d0": "Đ"})

NUMBER = r"\d{1,6}(?!\d)(?:\.\d{1,3}(?!\d))?(?:[A-ZĐ]{1,2}|[a-zđ])?"
"""Digits, a series ("66.25"), a letter ("30c", "72A", "01TV")."""
YEAR = r"(?:19|20)\d\d(?!\d)"
GROUP = r"(?>[A-ZĐƯ](?:[A-ZĐƯ\d&]|[a-zđ]{1,2}(?=[A-ZĐƯ\d])){0,24}(?:(?<=[A-ZĐƯ]{2})[a-zđ]{1,2})?)(?!\w)"
"""Capitals with few small letters between or behind them: "UBND", "TTg", "QyĐ", "BCĐ389QNg", "ĐQ&V"; a word of the text is none."""
_FILL = r"[\s.…_]{0,8}"  # "12 /BC", "…05…./2006": leaders and the gap left for the number
_SLASH = r"/{1,2}"
_LOOSE_JOINT = r"(?:\s?-(?:\s?-)?\s?|/|\.)"  # the first joint is often typed with spaces: "48/KH - UBND", "12/CĐ.UBND"
_JOINT = r"(?:-\s?|\s-|/|\.(?=UB(?:ND)?(?!\w)))"  # further on " - " ends the symbol: "12/UBND-VP - Sở Nội vụ"
_TAIL = rf"{GROUP}(?:{_LOOSE_JOINT}{GROUP})?(?:{_JOINT}{GROUP}){{0,4}}(?:\+{GROUP}){{0,3}}"

_STATE = re.compile(rf"(?P<number>{NUMBER})(?P<gap>{_FILL}{_SLASH}\s?)(?:(?P<year>{YEAR})\s?(?:{_SLASH}|-)\s?)?(?P<tail>{_TAIL})")
_PARTY = re.compile(
    rf"(?P<number>{NUMBER})(?P<gap>\s?-{{1,2}}\s?)(?P<year>)(?P<tail>{GROUP}\s?/\s?{GROUP}(?:[\-/]{GROUP}){{0,3}}(?:/nb\b)?)"
)
_OLD = re.compile(rf"(?P<number>\d{{1,5}}[A-Z]?)(?P<gap>\s)(?P<year>)(?P<tail>{GROUP}/{GROUP}(?:[\-/]{GROUP}){{0,2}})")
_HYPHENS = re.compile(rf"(?P<number>{NUMBER})(?P<gap>-)(?P<year>)(?P<tail>{GROUP}(?:-{GROUP}){{1,3}})")
_YEAR_LAST = re.compile(rf"(?P<number>\d{{1,4}}[A-ZĐ]{{1,4}})(?P<gap>/)(?P<year>)(?P<tail>{YEAR})(?![\d/])")
_SHAPES = (_STATE, _PARTY, _OLD, _HYPHENS, _YEAR_LAST)

_DIGIT = re.compile(r"\d")
# Where a number may begin: not inside a word, a date, a decimal or "QCVN 01:2019/BCT"; "số" may be glued to it.
# The digit comes first in the pattern: the engine then skips from digit to digit.
_START = re.compile(
    r"\d(?:(?<![\w/:\-]\d)(?<!\d\.\d)|(?<=[Ss]ố\d)|(?<=ố:\d))"
    r"(?=\d{0,5}(?!\d)(?:\.\d{1,3})?[A-Za-zĐđ]{0,4}[\s.…_]{0,8}(?:[/\-]|(?<=\s)[A-ZĐ]{2,6}/))"
)
_CUE = re.compile(r"(?<!\w)(?:s[ốoôổ6]\s*[:.]?|cv|vb|qđ|nđ|nq)[\s.…_]*$")
_STANDARD = re.compile(r"(?:tcvn|qcvn|qcxdvn|tcxdvn|tcxd|tcn|iso|iec|quy chuẩn|tiêu chuẩn)[\w\s.:/\-]{0,24}$")
# "Mẫu số 01/TTĐN", "thửa đất số 12/TĐ", "lô số 5/CN-B": numbered things that are no documents.
_THING = re.compile(
    r"(?<!\w)(?:mẫu|biểu|biểu mẫu|phụ lục|bảng|thửa|thửa đất|tờ bản đồ|lô|lô đất|biển|biển số|nhà|ngõ|ngách|hẻm|kiệt|đường|phố|tổ|khu|km"
    r"|quốc lộ|tài khoản|hóa đơn"
    r"|điện thoại|hòm thư|mã|mã số|năm|quý|tháng|điều|khoản|mục|điểm|tỷ lệ|gói thầu|tạp chí)\s*(?:số\s*)?[:.]?\s*$"
)


@dataclass(frozen=True)
class Symbol:
    """A number with its symbol, written one way: no spaces, plain hyphens, known abbreviations as they are spelled."""

    number: str
    joint: str
    """"/" for the state, "-" for the Party."""
    symbol: str
    """Everything behind the joint: "UBND-VP", "2025/QĐ-UBND", "CV/VPTU"; empty for a number cited alone."""
    repaired: bool = False
    """True when letters or hyphens were set right, not only spaces."""

    @cached_property
    def reference(self) -> str:
        """Number and symbol as others cite them: "2718/UBND-VP"."""
        return self.number + self.joint + self.symbol

    @cached_property
    def year(self) -> str | None:
        """The year inside the symbol, None when it has none."""
        match = re.match(YEAR, self.symbol)
        return match[0] if match else None

    @cached_property
    def groups(self) -> tuple[str, ...]:
        """The symbol's abbreviations without the year: ("QĐ", "UBND")."""
        return tuple(group for group in re.split(r"[/\-]", self.symbol) if group and not group.isdigit())

    @cached_property
    def type_code(self) -> str | None:
        """The printed abbreviation of the type, None when the symbol has none: "TTr", "QĐ"."""
        groups = self.groups
        if groups and self._names_type(groups[0]):
            return groups[0]
        # enterprises and agencies that put themselves first: "05/2026/VLN/CV-LV", "08/KDTCTN/GP-HC"
        after = re.search(r"/([^/\-\d][^/\-]*)-[^/]*$", self.symbol)
        return after[1] if after and len(groups) > 2 and body_of(groups[0]) is None and self._names_type(after[1]) else None

    def _names_type(self, group: str) -> bool:
        if group in doctypes.dated_codes() and self.joint == "/" and self.year is None:
            return False
        return group in doctypes.printed_codes()

    @cached_property
    def bodies(self) -> tuple[str, ...]:
        """The groups that are not the type: issuer first, then units."""
        return tuple(group for group in self.groups if group != self.type_code)

    @cached_property
    def identity(self) -> tuple[str, str]:
        """What two citations of one document share: the number without padding, the symbol without regard to case."""
        return self.number.lstrip("0").lower() or "0", fold(self.symbol).replace("đ", "d")


@dataclass(frozen=True)
class SymbolMention:
    """A number and symbol in a text, ``text[start:end]``."""

    start: int
    end: int
    symbol: Symbol


def plain(text: str) -> str:
    """Return the text with look-alike dashes and slashes made plain; same length."""
    return text.translate(_LOOKALIKES)


def scan(text: str) -> tuple[SymbolMention, ...]:
    """Return every number-with-symbol of an NFC text in reading order; a list that shares its tail gives one for each number."""
    if not _DIGIT.search(text):
        return ()
    even = plain(text)
    starts = [match.start() for match in _START.finditer(even)]
    if not starts:
        return ()
    key = fold(text)
    out: list[SymbolMention] = []
    for start in starts:
        if out and start < out[-1].end:
            continue
        found = _read(even, key, start)
        if found:
            out += _heads(even, key, found)
            out.append(found)
    return tuple(out)


def _read(even: str, key: str, start: int) -> SymbolMention | None:
    for shape in _SHAPES:
        match = shape.match(even, start)
        if match:
            cued = is_cued(key, start)
            if _accepted(shape, match, cued) and not _something_else(key, start):
                return SymbolMention(start, match.end(), heal_symbol(match))
    return None


def is_cued(key: str, start: int) -> bool:
    """True when "số" or the name of a type stands directly before ``start`` in a folded text."""
    before = key[max(0, start - 40) : start]
    return bool(_CUE.search(before)) or any(not before[word.end :].strip() for word in doctypes.words_in(before))


def _something_else(key: str, start: int) -> bool:
    before = key[max(0, start - 40) : start]
    return bool(_THING.search(before) or _STANDARD.search(before))


def _accepted(shape: re.Pattern[str], match: re.Match[str], cued: bool) -> bool:
    if shape is _STATE:
        return cued or _speaks_for_itself(match)
    if shape is _PARTY:
        return cued or match["tail"].partition("/")[0].strip() in doctypes.printed_codes()
    if shape is _OLD:
        return cued or match["number"][-1].isalpha()
    return cued or (shape is _HYPHENS and body_of(match["tail"].partition("-")[0]) is not None)


def _speaks_for_itself(match: re.Match[str]) -> bool:
    """True for a state symbol that needs no "số" before it; "1/ UBND các xã", "05/08 huyện", "220/KV" are none."""
    if match["year"]:
        return True
    digits = sum(c.isdigit() for c in match["number"])
    spaced = match["gap"][-1] == " "
    groups = re.split(r"[\-/.\s]+", match["tail"])
    if len(groups) > 1:
        return (digits > 1 or not spaced) and sum(c.isalpha() for c in match["tail"]) > 2
    known = body_of(groups[0]) is not None or groups[0] in unit_codes()
    return digits > 1 and not spaced and (known or sum(c.isupper() for c in groups[0]) > 3)


def heal_symbol(match: re.Match[str]) -> Symbol:
    """Write the parts of a matched shape one way."""
    joint = "-" if "-" in match["gap"] else "/"
    number = match["number"]
    tail = re.sub(r"\s+", "", match["tail"])
    if match["gap"] == " " and not number[-1].isalpha():  # "04 BS/TTLB": the letters belong to the number
        letters, _, tail = tail.partition("/")
        number += letters
    joint, symbol, repaired = heal(joint, match["year"] or "", tail)
    return Symbol(number, joint, symbol, repaired)


_HEADS = re.compile(r"(?:(?<![\w/.:\-])\d{1,5}[a-zA-Z]?\s?(?:[,;]|\svà|\s-)\s?){1,15}$")


def _heads(even: str, key: str, last: SymbolMention) -> Iterator[SymbolMention]:
    """Numbers before ``last`` that share its symbol: "87,88,31/CP", "số 1806, 1807/QĐ-BGTVT"."""
    window = max(0, last.start - 100)
    match = _HEADS.search(even[window : last.start])
    if not match:
        return
    begin = window + match.start()
    if " " in match[0] and not is_cued(key, begin):
        return
    for number in re.finditer(r"\d{1,5}[a-zA-Z]?", match[0]):
        symbol = Symbol(number[0], last.symbol.joint, last.symbol.symbol, last.symbol.repaired)
        yield SymbolMention(begin + number.start(), last.end, symbol)


# A number line: "Số: 2718/UBND-VP", "Số:      /UBND-VP", "Số 15-NQ/TU", "Số: 8 1 5 1 /UBND-VP" (digits stamped one by one).
_OWN = re.compile(
    rf"""^\s*+(?:S\w{{1,2}}(?!\w)\s*+[:.;]?)?[\s.…_]*+     # "Số", misread vowels and all
    (?P<number>\d(?:\s?\d){{0,6}}(?:\.\d{{1,3}})?(?:[A-ZĐ]{{1,2}}|[a-zđ])?)?
    (?P<gap>[\s.…_]*+[/\-]{{1,2}})[\s.…_]*+
    (?:(?P<year>{YEAR})\s?{_SLASH}\s?)?
    (?P<tail>{_TAIL}(?:/nb\b)?(?![.\-/]\w)|[A-ZĐƯa-zđ][\w&]*(?:[.\-/][\w&]+)*)?""",
    re.VERBOSE,
)
_NUMBER_ONLY = re.compile(r"^\s*+S\w{1,2}(?!\w)\s*+[:.;]?[\s.…_]*+(?P<number>\d{1,6}[a-zđ]?)?[\s.…_]*+$")


@dataclass(frozen=True)
class OwnSymbol:
    """A document's own number line, read; spans are offsets into the line."""

    number: str | None
    symbol: str | None
    reference: str | None
    start: int
    end: int
    blank: bool
    """True when the place of the number is there and empty: a draft, an unstamped copy."""
    number_span: tuple[int, int] | None = None
    symbol_span: tuple[int, int] | None = None
    repaired: bool = False


def parse_own(text: str) -> OwnSymbol | None:
    """Read a number line ("số, ký hiệu" in the letterhead); None when the line is none."""
    even = plain(text)
    match = _OWN.match(even)
    if match:
        return _own(match)
    alone = _NUMBER_ONLY.match(even)
    if not alone:
        return None
    number = alone["number"]
    span = alone.span("number") if number else None
    start = len(even) - len(even.lstrip())
    return OwnSymbol(number, None, number, start, len(even.rstrip()), blank=number is None, number_span=span)


def _own(match: re.Match[str]) -> OwnSymbol:
    number = re.sub(r"\s+", "", match["number"]) if match["number"] else None
    printed = "-" if "-" in match["gap"] else "/"
    joint, symbol, repaired = printed, None, False
    if match["tail"]:
        joint, symbol, repaired = heal(printed, match["year"] or "", re.sub(r"\s+", "", match["tail"]))
    reference = number and (f"{number}{joint}{symbol}" if symbol else number)
    begin = match.start("year") if match["year"] else match.start("tail")
    return OwnSymbol(
        number=number,
        symbol=symbol,
        reference=reference,
        start=len(match.string) - len(match.string.lstrip()),
        end=match.end(),
        blank=number is None,
        number_span=match.span("number") if number else None,
        symbol_span=(begin, match.end("tail")) if symbol else None,
        repaired=repaired,
    )
