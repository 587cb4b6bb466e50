"""Types of documents ("tên loại văn bản", NĐ 30/2020 Phụ lục III; laws; Party documents) and how each is named and abbreviated."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import takewhile

from extractors.dispatch import DocumentType
from extractors.text import fold


@dataclass(frozen=True)
class TypeRow:
    """A row of ``data/doc_types.toml``; words and titles are folded."""

    id: str
    type: DocumentType
    printed: tuple[str, ...]
    """Abbreviations as they stand in a symbol: "TB", "QĐ"."""
    party: tuple[str, ...]
    """Abbreviations that mean this type in Party symbols only."""
    dated: bool
    """True: the abbreviation counts only behind a year ("01/2023/TT-BTTTT"); "TTCP" alone is Thanh tra Chính phủ."""
    words: tuple[str, ...]
    generic: tuple[str, ...]
    titles: tuple[str, ...]
    exceptions: tuple[str, ...]
    bodies: tuple[str, ...]
    matches: tuple[str, ...]
    rejects: tuple[str, ...]


@dataclass(frozen=True)
class TypeWord:
    """A word of a text that names a type; ``generic`` when it may stand for any document ("Văn bản số …")."""

    start: int
    end: int
    type: DocumentType
    generic: bool = False


@cache
def rows() -> tuple[TypeRow, ...]:
    """All known types in the order of the decree."""
    table = tomllib.loads((files("extractors.data") / "doc_types.toml").read_text("utf-8"))["type"]
    return tuple(
        TypeRow(
            id=row["id"],
            type=DocumentType(row["code"], row["name"]),
            printed=tuple(row["printed"]),
            party=tuple(row.get("party", ())),
            dated=row.get("dated", False),
            words=tuple(map(fold, row["words"])),
            generic=tuple(map(fold, row.get("generic", ()))),
            titles=tuple(map(fold, row.get("titles", ()))),
            exceptions=tuple(map(fold, row.get("except", ()))),
            bodies=tuple(row.get("bodies", ())),
            matches=tuple(row["matches"]),
            rejects=tuple(row["rejects"]),
        )
        for row in table
    )


@cache
def _by_code() -> dict[str, DocumentType]:
    """Printed abbreviations first, then the record's codes, each also without regard to case."""
    table: dict[str, DocumentType] = {}
    for spelling in (str, str.upper):
        for row in rows():
            for code in row.printed:
                table.setdefault(spelling(code), row.type)
        for row in rows():
            table.setdefault(spelling(row.type.code), row.type)
    return table


def by_code(code: str, *, party: bool = False) -> DocumentType | None:
    """Return the type of an abbreviation, printed ("QĐ") or as in the record ("QD"); "HD" is Hướng dẫn, "HĐ" Hợp đồng."""
    if party:
        special = next((row.type for row in rows() if code in row.party), None)
        if special:
            return special
    return _by_code().get(code) or _by_code().get(code.upper())


@cache
def printed_codes() -> tuple[str, ...]:
    """Every abbreviation that may stand first in a symbol, the longest first."""
    return tuple(sorted({code for row in rows() for code in (*row.printed, *row.party)}, key=lambda code: (-len(code), code)))


@cache
def dated_codes() -> frozenset[str]:
    """Abbreviations that count as a type only behind a year."""
    return frozenset(code for row in rows() if row.dated for code in row.printed)


def by_body(body: str) -> DocumentType | None:
    """Return the type that a symbol without a type code belongs to by its issuer: "QH15" → Luật, "CP" → Nghị định."""
    stem = body.rstrip("0123456789")
    return next((row.type for row in rows() if stem in row.bodies), None)


@cache
def _words() -> tuple[re.Pattern[str], dict[str, tuple[DocumentType, bool] | None]]:
    meaning: dict[str, tuple[DocumentType, bool] | None] = {}
    for row in rows():
        meaning.update(dict.fromkeys(row.exceptions))
    for row in rows():
        meaning.update(dict.fromkeys(row.words, (row.type, False)))
        meaning.update(dict.fromkeys(row.generic, (row.type, True)))
    longest = sorted(meaning, key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest)) + r")(?!\w)"), meaning


def words_in(key: str, start: int = 0, end: int | None = None) -> Iterator[TypeWord]:
    """Yield the words of a folded text that name a type, in reading order."""
    pattern, meaning = _words()
    for match in pattern.finditer(key, start, len(key) if end is None else end):
        known = meaning[match[0]]
        if known:
            yield TypeWord(match.start(), match.end(), *known)


_QUALIFIER = re.compile(r"\s*(?:$|[(\[]|số\b|khẩn\b|hỏa tốc\b|liên ngành\b|nội bộ\b)")
# In a title set in capitals on one line the subject follows at once.
_SUBJECT = re.compile(r"\s*(?:về|v/v|của|triển khai|tổ chức|thực hiện|kết luận|kết quả|tình hình|công tác|phối hợp|ban hành|phê duyệt)\b")


@cache
def _titles() -> tuple[re.Pattern[str], dict[str, DocumentType]]:
    meaning = {phrase: row.type for row in rows() for phrase in (*row.words, *row.titles)}
    longest = sorted(meaning, key=len, reverse=True)
    return re.compile("(?:" + "|".join(map(re.escape, longest)) + r")(?!\w)"), meaning


@cache
def _spaced_titles() -> dict[str, DocumentType]:
    return {phrase.replace(" ", ""): kind for phrase, kind in _titles()[1].items()}


def _oddly_spaced(text: str) -> bool:
    """True for a title set with a space after every letter ("T H Ô N G  B Á O"), or read from a scan with none ("TỜTRÌNH")."""
    letters = text.split()
    return text.isupper() and (len(letters) == 1 or (len(letters) > 3 and all(len(letter) == 1 for letter in letters)))


def by_title_line(line: str) -> DocumentType | None:
    """Return the type that a title line in capitals names: "THÔNG BÁO", "GIẤY MỜI HỌP", "KẾ HOẠCH Triển khai …".

    "QUYẾT ĐỊNH:" and "QUYẾT ĐỊNH :" are formulas of the text ("QUYẾT ĐỊNH: Điều 1 …"), not titles.
    """
    text = line.strip().lstrip("_-–.·' ")  # a speck of a scan may stand before it
    if _oddly_spaced(text) and (named := _spaced_titles().get(fold(text).replace(" ", ""))):
        return named
    words = text.split(" ")
    capitals = " ".join(takewhile(lambda word: not any(c.islower() for c in word), words))
    pattern, meaning = _titles()
    match = pattern.match(fold(capitals))
    if not match or text.endswith(":"):
        return None
    rest = fold(capitals[match.end() :])
    return meaning[match[0]] if _QUALIFIER.match(rest) or _SUBJECT.match(rest) else None
