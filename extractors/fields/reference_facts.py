"""What the sentence says of a cited document: its type, its day, who issued it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from extractors import doctypes
from extractors.casing import agency_head, usual_case
from extractors.dispatch import DocumentType
from extractors.fields.dates import DAY_MONTH, DateMention, split_days, whole
from extractors.fields.symbols import Symbol
from extractors.issuer_codes import issuer_name

CONG_VAN = DocumentType("CV", "Công văn")
"""What a symbol without type code is when no word says otherwise."""
_WINDOW = 120
"""Characters before a number in which the word for its type is looked for."""
_NEAR = 40
"""Characters that may stand between that word and the number: "Giấy phép khai thác khoáng sản số …"."""


_CLAUSE = re.compile(r"[;.!?]\s+")


@dataclass(frozen=True)
class Surroundings:
    """A text with what has been found in it: the folded key and its dates; ``issued`` is the citing document's day."""

    text: str
    key: str
    dates: tuple[DateMention, ...]
    issued: date | None = None

    @cached_property
    def _date_starts(self) -> tuple[int, ...]:
        return tuple(mention.start for mention in self.dates)

    @cached_property
    def _clauses(self) -> tuple[int, ...]:
        return (0, *(match.end() for match in _CLAUSE.finditer(self.key)))

    def clause_start(self, position: int) -> int:
        """Where the clause that ``position`` stands in begins."""
        return self._clauses[bisect_right(self._clauses, position) - 1]

    def date_from(self, position: int) -> DateMention | None:
        """The first date that begins at ``position`` or later."""
        index = bisect_left(self._date_starts, position)
        return self.dates[index] if index < len(self.dates) else None

    def date_before(self, position: int) -> DateMention | None:
        """The last date that ends at ``position`` or earlier."""
        index = bisect_right(self._date_starts, position) - 1
        if index >= 0 and self.dates[index].end > position:
            index -= 1
        return self.dates[index] if index >= 0 else None


# --- type ---------------------------------------------------------------------------------------------------------------------------

_ABBREVIATED = re.compile(r"(?<!\w)([A-ZĐ][A-Za-zĐđ]{1,4})\.?\s*(?:số)?\s*:?\s*$")  # "QĐ số 06/QĐ-TTg", "CV 8035/UBND-TH"


def type_of(around: Surroundings, symbol: Symbol, after: int, start: int, inherited: DocumentType | None) -> DocumentType:
    """Return the type of the document cited at ``start``; the words since ``after`` speak for it.

    The word of the sentence wins over the code ("Công văn số 911/TTr-VP"), unless the code's own word stands there too
    ("Quyết định phê duyệt Đề án … số 06/QĐ-TTg"); "Văn bản" leaves it to the code.
    """
    words = list(doctypes.words_in(around.key, max(after, start - _WINDOW), start))
    code = symbol.type_code
    coded = doctypes.by_code(code, party=symbol.joint == "-") if code else None
    if coded and any(word.type == coded for word in words):
        return coded
    named = _nearest(around, words, start)
    if named:
        return named
    unnamed = doctypes.by_body(symbol.bodies[0]) if symbol.bodies and symbol.joint == "/" and len(symbol.bodies) == 1 else None
    return coded or unnamed or (None if words else inherited) or CONG_VAN


def _nearest(around: Surroundings, words: Sequence[doctypes.TypeWord], start: int) -> DocumentType | None:
    if words:
        last, gap = words[-1], around.key[words[-1].end : start]
        if len(gap) <= _NEAR and not re.search(r"[;:()]", gap.removesuffix(":")):
            return None if last.generic else last.type
    short = _ABBREVIATED.search(around.text, max(0, start - 16), start)
    return doctypes.by_code(short[1]) if short and short[1] in doctypes.printed_codes() else None


# --- date ---------------------------------------------------------------------------------------------------------------------------

_TO_DATE = re.compile(r"(?:[.](?=\sngày\s))?(?:\s?\(\w{1,3}\))?[\s,(\-]*(?:đã\s)?(?:được\s)?(?:ký\s)?(?:ban hành\s)?(?:vào\s)?(?:ngày\s*)?")
_TO_DATE_PAST_ISSUER = re.compile(r"[\s,]*của\s[^;:,.()\d]{2,80}?,?\s(?:ký\s|ban hành\s)?(?:ngày\s*)?")
_FROM_DATE = re.compile(r"[\s,]+[^;:.()]{0,120}\b(?:ban hành|có|gửi|ký|phát hành|trình)\s[^;:.()\d]{0,60}")
_RECEIVED = re.compile(r"\b(?:nhận được|tiếp nhận|nhận)\b")
_SENTENCE_START = re.compile(r"(?:^|[.;:]\s|\n)[\s\-–+•]*(?:(?:\d{1,2}|[a-zđ])[.)]\s)?(?:vào\s|trước đó,?\s)?(?:ngày\s*)?$")
_NO_YEAR = re.compile(rf"[\s,(]*ngày\s*({DAY_MONTH})(?!\s*(?:/|tháng|năm|\d))")


@dataclass(frozen=True)
class Day:
    """The day of a cited document with its place in the text; ``inferred`` when its year is not printed."""

    value: date
    span: tuple[int, int]
    inferred: bool = False


def day_of(around: Surroundings, start: int, end: int, next_start: int) -> Day | None:
    """Return the day that belongs to the document cited at ``start:end``, printed after it or opening its sentence."""
    return _day_after(around, end, next_start) or _day_without_year(around, end) or _day_before(around, start)


def _day_after(around: Surroundings, end: int, next_start: int) -> Day | None:
    mention = around.date_from(end)
    if mention is None or mention.start > min(next_start, end + 110):
        return None
    gap = around.key[end : mention.start]
    if not (_TO_DATE.fullmatch(gap) or _TO_DATE_PAST_ISSUER.fullmatch(gap)):
        return None
    return Day(mention.whole, (mention.start, mention.end)) if mention.whole else None


def _day_before(around: Surroundings, start: int) -> Day | None:
    mention = around.date_before(start)
    if mention is None or mention.whole is None or start - mention.end > 200:
        return None
    before, gap = around.key[max(0, mention.start - 30) : mention.start], around.key[mention.end : start]
    opens = _SENTENCE_START.search(before if mention.start > 30 else "\n" + before)
    if not opens or _RECEIVED.search(gap) or not _FROM_DATE.fullmatch(gap):
        return None
    return Day(mention.whole, (mention.start, mention.end))


def _day_without_year(around: Surroundings, end: int) -> Day | None:
    match, issued = _NO_YEAR.match(around.key, end), around.issued
    if not match or not issued:
        return None
    days = split_days(match[1])
    if len(days) != 1 or days[0][2] is not None:
        return None
    number, month, _ = days[0]
    last = [day for year in (issued.year, issued.year - 1) if (day := whole(year, month, number)) and day <= issued]
    return Day(last[0], match.span(1), inferred=True) if last else None


# --- issuer -------------------------------------------------------------------------------------------------------------------------


def _any(words: str) -> str:
    return words.replace(" ", r"\s").replace(",", "|")


_COMMA_IN_NAME = (
    r"(?<=bộ trưởng), (?=chủ nhiệm)|(?<=văn hóa), (?=thể thao|khoa học)|(?<=kinh tế), (?=hạ tầng)|(?<=phòng), (?=chống)|(?<=trợ), (?=cứu)"
)
_VERBS = (
    "ban hành,quy định,qui định,hướng dẫn,phê duyệt,triển khai,thực hiện,gửi,yêu cầu,đề nghị,sửa đổi,công bố,thông báo,điều chỉnh,lưu ý"
)
_SURVEYS = "rà soát,tổng hợp kết quả,tổng hợp tình hình"
_SMALL = "kèm,nêu,về,v/v,tại,ngày,đã,có,trong,để,do,năm,thì,là,nên,cho,hd,thành (?!phố),giao(?! thông)"
_NEXT = "số,các,công văn,kế hoạch,quyết định,nghị,thông,chỉ,tờ,báo cáo,văn bản,hướng dẫn,luật,kết luận,tham mưu"
_NAME_ENDS = re.compile(
    rf"""[;:.,()] | $ | \s\d{{1,2}}/ | (?<!ban)\schỉ\ đạo(?!\w)
    | \s(?:{_any(_VERBS)}|{_any(_SURVEYS)}|{_any(_SMALL)}|và\ (?:{_any(_NEXT)}))(?!\w)""",
    re.VERBOSE,
)
_OF = re.compile(r"[\s,)]*(?:\([^()]{0,40}\)\s*)?của\s")
_ISSUES = re.compile(r"(?:\s(?:đã|vừa|cũng|tiếp tục))?\s(?:ban hành|có|gửi|ký|phát hành|trình)\s[^,;:.()]{0,40}$")
_OF_BEFORE = re.compile(r".*\bcủa\s(?P<name>.+?)\s(?:tại\s[^,;:.()]{0,40}|\([^()]{0,40})$")


def issuer_of(around: Surroundings, symbol: Symbol, clause: int, span: tuple[int, int], day: Day | None) -> str | None:
    """Return who issued the document: "của …" behind it, else whom its symbol names, else the subject of its clause."""
    start, end = span
    behind = _name_after(around, end) or (_name_after(around, day.span[1]) if day and day.span[0] >= end else None)
    coded = issuer_name(symbol.bodies[0], day.value if day else around.issued) if symbol.bodies else None
    return behind or coded or _name_before(around, clause, start)


def _name_after(around: Surroundings, end: int) -> str | None:
    match = _OF.match(around.key, end)
    return _name(around, match.end()) if match else None


def _name(around: Surroundings, start: int, limit: int | None = None) -> str | None:
    """The agency's name that begins at ``start``, None when no agency does."""
    stop = min(start + 100, len(around.key) if limit is None else limit)
    if not agency_head(around.text[start:stop]):
        return None
    window = re.sub(_COMMA_IN_NAME, "  ", around.key[start:stop])  # two characters for two: offsets hold
    match = _NAME_ENDS.search(window, 1)
    name = around.text[start : start + match.start() if match else stop].strip()
    return usual_case(name) or None


def _name_before(around: Surroundings, clause: int, start: int) -> str | None:
    begin = max(clause, start - 200)
    said = around.key[begin:start]
    asked = _OF_BEFORE.match(said)
    if asked:
        return _name(around, begin + asked.start("name"), begin + asked.end("name"))
    issues = _ISSUES.search(said)
    if not issues:
        return None
    opens = max(said.rfind(", ", 0, issues.start()), said.rfind("; ", 0, issues.start()), said.rfind(". ", 0, issues.start()))
    first = begin + (opens + 2 if opens >= 0 else len(said) - len(said.lstrip(" -+")))
    return _name(around, first, begin + issues.start())
