"""Agency names printed in capitals, written the usual way: "SỞ NỘI VỤ" → "Sở Nội vụ" (NĐ 30/2020 Phụ lục II).

Only case changes; words, order and tone placement stay as printed.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

from extractors.text import ascii_key, fold

_TOKEN = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*|[^\w\s]+|_+|\s+")
_ROMAN = re.compile(r"^(?:i{1,3}|iv|vi{1,3}|ix|xi{1,3}|xiv|xv)$")
_SYLLABLE = re.compile(
    r"^(?:ngh|ng|nh|kh|gh|gi|ch|tr|th|ph|qu|[bcdghklmnprstvx])?(?:[aeiouy]{1,3})(?:ng|nh|ch|[cmnpt])?$"  # of the plain letters
)
_BEFORE_UNIT = ("dan", "ubnd", "hdnd")
"""Words, without diacritics, behind which "TĨNH" can only be "TỈNH"."""
_NUMBERED = ("quân khu", "khu vực", "vùng", "phân khu")
_SHORTENED = frozenset({"ubnd", "hđnd", "tp", "tx", "tt", "bql", "bch"})


@cache
def _vocabulary() -> dict[str, Any]:
    return tomllib.loads(files("extractors.data").joinpath("agency_words.toml").read_text("utf-8"))


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(text)


def _words(text: str) -> tuple[str, ...]:
    return tuple(token for token in _tokens(fold(text)) if not token.isspace())


@cache
def _phrases() -> dict[tuple[str, ...], tuple[bool, ...]]:
    """Folded words of each phrase, and which of them take a capital."""
    table = {}
    for phrase in _vocabulary()["phrases"]["words"]:
        parts = [token for token in _tokens(phrase) if not token.isspace()]
        table[tuple(fold(part) for part in parts)] = tuple(part[:1].isupper() for part in parts)
    for phrase in _vocabulary()["units"]["small"]:
        table[_words(phrase)] = (False,) * len(_words(phrase))
    return table


@cache
def _unit_names() -> frozenset[tuple[str, ...]]:
    return frozenset(_words(word) for word in _vocabulary()["units"]["words"])


@cache
def _longest() -> int:
    return max(map(len, [*_phrases(), *_unit_names()]))


def usual_case(name: str) -> str:
    """Return a name printed in capitals in its usual form; a name with small letters comes back unchanged."""
    if not name.isupper():
        return name
    tokens = _tokens(name)
    places = [i for i, token in enumerate(tokens) if not token.isspace()]
    keys = [fold(tokens[i]) for i in places]
    out = list(tokens)
    position = 0
    while position < len(places):
        flags = _match(keys, position)
        for offset, capital in enumerate(flags):
            place = places[position + offset]
            out[place] = _written(tokens[place], keys, position + offset, capital)
        position += len(flags)
    return _first_capital("".join(out))


def _match(keys: list[str], position: int) -> tuple[bool, ...]:
    """Capitals for the words from ``position`` on, as many as one phrase covers."""
    for size in range(min(_longest(), len(keys) - position), 0, -1):
        part = tuple(keys[position : position + size])
        if part in _unit_names():
            return (_capital_unit(keys, position + size), *(False,) * (size - 1))
        if part in _phrases() and not _is_proper_name(keys, position, size):
            return _phrases()[part]
    return (True,)


def _capital_unit(keys: list[str], after: int) -> bool:
    """The words "Quận 1", "Thành phố Hồ Chí Minh" take a capital, "tỉnh Hà Tĩnh" does not (Phụ lục II, III.1)."""
    if after >= len(keys):
        return False
    special = [_words(name) for name in _vocabulary()["units"]["capital_before"]]
    return keys[after].isdigit() or any(tuple(keys[after : after + len(name)]) == name for name in special)


def _is_proper_name(keys: list[str], position: int, size: int) -> bool:
    """The word right after "xã", "phường" … is a name even when it is in the vocabulary: "phường Nghề", "xã Mở"."""
    return size == 1 and position > 0 and (keys[position - 1],) in _unit_names()


def _written(token: str, keys: list[str], position: int, capital: bool) -> str:
    key = keys[position]
    if key in _SHORTENED or _abbreviation(token):
        return token
    if _ROMAN.match(key) and (position == 0 or " ".join(keys[max(position - 2, 0) : position]).endswith(_NUMBERED)):
        return token
    return token.capitalize() if capital else token.lower()


def _abbreviation(token: str) -> bool:
    """True for letters that make no Vietnamese syllable: "THCS", "QLDA", "PCTT"; foreign names are longer."""
    plain = ascii_key(token)
    return len(plain) > 1 and plain.isalpha() and fold(token).replace("đ", "d") == plain and len(plain) <= 7 and not _SYLLABLE.match(plain)


@cache
def _plain_phrases() -> dict[tuple[str, ...], tuple[str, ...]]:
    """Phrases of two words and more by their letters without diacritics; one that two phrases share is left out."""
    data = _vocabulary()
    heads = [word for row in data["head"] for word in row["words"]]
    table: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
    for phrase in (*data["phrases"]["words"], *heads, *data["units"]["words"]):
        words = _words(phrase)
        if len(words) > 1:
            table.setdefault(tuple(ascii_key(word) for word in words), set()).add(words)
    return {plain: next(iter(words)) for plain, words in table.items() if len(words) == 1}


@cache
def _plain_words() -> tuple[dict[str, str], dict[str, str]]:
    """One-word types that open a name ("SỞ") and administrative units ("TỈNH") by their letters without diacritics."""
    openers = {ascii_key(word): word for word in ("bộ", "sở", "cục", "ban", "phòng", "trường")}
    units = {ascii_key(word): word for word in _vocabulary()["units"]["words"] if " " not in word}
    return openers, units


def mended(name: str) -> str:
    """Return a name in capitals that a recogniser misread ("SỎ NỘI VU"), its words set right.

    Only words for which the vocabulary has one candidate change, and of single words only those that open a name or a place.
    """
    if not name.isupper():
        return name
    tokens = _tokens(name)
    places = [i for i, token in enumerate(tokens) if not token.isspace()]
    plain = [ascii_key(tokens[i]) for i in places]
    position = 0
    while position < len(places):
        words = _likely(plain, position)
        for offset, word in enumerate(words):
            tokens[places[position + offset]] = _kept(tokens[places[position + offset]], word)
        position += max(len(words), 1)
    return "".join(tokens)


def _likely(plain: list[str], position: int) -> tuple[str, ...]:
    for size in range(min(_longest(), len(plain) - position), 1, -1):
        words = _plain_phrases().get(tuple(plain[position : position + size]))
        if words:
            return words
    openers, units = _plain_words()
    word = openers.get(plain[position]) if position == 0 else None
    if word is None and (position == 0 or plain[position - 1] in _BEFORE_UNIT):
        word = units.get(plain[position])
    return (word,) if word and position + 1 < len(plain) else ()


def _kept(token: str, word: str) -> str:
    """The vocabulary's word in capitals; the printed one when they differ only in tone placement."""
    return token if fold(token) == word else word.upper()


def _first_capital(text: str) -> str:
    return text[:1].upper() + text[1:]


@cache
def _heads() -> tuple[re.Pattern[str], re.Pattern[str], frozenset[str], frozenset[str]]:
    def pattern(words: Iterable[str]) -> re.Pattern[str]:
        every = sorted({fold(word) for word in words}, key=len, reverse=True)
        return re.compile(r"^(?:" + "|".join(re.escape(word) for word in every) + r")(?!\w)")

    data = _vocabulary()
    heads = pattern(word for row in data["head"] for word in row["words"])
    not_heads = pattern(word for row in data["not_head"] for word in row["words"])
    incomplete = frozenset(fold(word) for row in data["incomplete"] for word in row["words"])
    return heads, not_heads, incomplete, frozenset(fold(word) for word in data["bare_offices"]["words"])


def agency_head(text: str) -> int:
    """Length of the type word with which an agency's name begins ("Sở", "Ủy ban nhân dân"), 0 when there is none."""
    heads, not_heads, *_ = _heads()
    key = fold(text)
    match = heads.match(key)
    return match.end() if match and not not_heads.match(key) else 0


def bare_office(text: str) -> bool:
    """True for an office that names nobody yet: "VĂN PHÒNG" above "HỘI ĐỒNG NHÂN DÂN TỈNH …"."""
    return fold(text).strip() in _heads()[3]


def incomplete_name(text: str) -> bool:
    """True for a name that the next printed line completes: "ỦY BAN NHÂN DÂN", "SỞ", or one ending in "VÀ", "-", ","."""
    key = fold(text).strip()
    return key in _heads()[2] or key.endswith((",", "-", "&", " và", " của", " các"))


def with_parent(issuer: str, parent: str | None) -> str:
    """Return an issuer as a citation names it: an office without a name of its own takes its parent's ("Văn phòng UBND tỉnh …")."""
    return f"{issuer} {parent}" if parent and bare_office(issuer) else issuer
