"""Lists of names: "A, B và C", names that share a head ("các Sở: Nội vụ, Tài chính"), the cell of a table."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.fields.parties import PartyMention, Text
from extractors.fields.party_words import party_words

_JOINTS = ((",", "và"), (";", "và"), (",",), (";",), ("và",), ("hoặc",), ("&",))
_HEAD_WORDS = 3
"""Words of a shared head: "các", then one or two."""
_BRACKET = 24
"""Words of a bracket between two names of a list."""


def names_from(text: Text, index: int, *, loose: bool = False) -> tuple[tuple[PartyMention, ...], int]:
    """Return the names of the list that starts at a token, and the token behind it; () when no name starts there."""
    found: list[PartyMention] = []
    end = index
    while index < len(text.tokens):
        stop = text.name_end(index, loose=loose)
        if stop == index:
            break
        shared, behind = _distributed(text, index, stop)
        found += shared or [text.mention(index, stop)]
        end = behind
        separator = _separator(text, end)
        if not separator:
            break
        index = end + separator
        loose = loose or bool(separator)
    return tuple(found), end


def _separator(text: Text, index: int) -> int:
    """The number of tokens between two names of a list: ",", ";", "và", ", và"; 0 where the list ends."""
    if text.is_at(index, "("):
        closed = _closed(text, index)
        return closed + _separator(text, index + closed) if closed and _separator(text, index + closed) else 0
    keys = tuple(token.key for token in text.tokens[index : index + 2])
    for joint in _JOINTS:
        behind = index + len(joint)
        if (
            keys[: len(joint)] == joint
            and not text.is_at(behind, "mỗi", "từng")
            and (text.head_at(behind) or _opens_class(text, behind) or _small_head(text, behind))
        ):
            return len(joint)
    return 0


def _closed(text: Text, index: int) -> int:
    """The number of tokens of a bracket; 0 when it does not close soon."""
    for place in range(index, min(index + _BRACKET, len(text.tokens))):
        if text.tokens[place].key == ")":
            return place + 1 - index
    return 0


def _small_head(text: Text, index: int) -> bool:
    """A head of two words in small letters goes on a list: "Cấp ủy, chính quyền các xã"; one word might be anything."""
    return text.head_at(index, loose=True) > 1 and not text.verb_at(index)


def _opens_class(text: Text, index: int) -> bool:
    """A class in small letters without "các": "…, đơn vị được giao kế hoạch vốn"."""
    words = party_words()
    size = words.generic.at(text.tokens, index)
    behind = index + size
    return size > 0 and bool(words.relative.at(text.tokens, behind) or words.inside.at(text.tokens, behind))


def _distributed(text: Text, start: int, stop: int) -> tuple[list[PartyMention], int]:
    """The names that share the head before a colon, and the token behind them; ([], stop) when none do."""
    shared = _shared_head(text, start, stop)
    if shared is None or not text.is_at(stop, ":") or stop + 1 >= len(text.tokens) or not text.tokens[stop + 1].capital:
        return [], stop
    title, noun = shared
    found: list[PartyMention] = []
    index = stop + 1
    while size := _part(text, index, noun):
        mention = text.mention(index, index + size)
        found.append(PartyMention(f"{title}{mention.name}", mention.start, mention.end))
        index += size
        gap = _gap(text, index, noun)
        if not gap:
            break
        index += gap
    return (found, index) if found else ([], stop)


def _shared_head(text: Text, start: int, stop: int) -> tuple[str, str] | None:
    """The head that every name behind the colon takes ("Giám đốc Sở "), and its noun ("sở")."""
    plural = next((place for place in range(stop - 1, max(start, stop - _HEAD_WORDS) - 1, -1) if text.tokens[place].key == "các"), None)
    if plural is None or plural + 1 >= stop:
        return None
    noun = text.tokens[stop - 1].key
    words = text.text[text.tokens[plural + 1].start : text.tokens[stop - 1].end]
    if noun in party_words().departments:
        words = words[:1].upper() + words[1:]
    before = text.text[text.tokens[start].start : text.tokens[plural].start]
    return f"{before}{words} ", noun


def _part(text: Text, index: int, noun: str) -> int:
    """The words of one part: a known department, else capitals with their second syllables."""
    if index >= len(text.tokens) or not text.tokens[index].capital:
        return 0
    words = party_words()
    known = words.departments[noun].at(text.tokens, index) if noun in words.departments else 0
    if known:
        return known
    size = 0
    while index + size < len(text.tokens):
        place = index + size
        token = text.tokens[place]
        step = words.fields.at(text.tokens, place) if token.capital else 0
        if not step and not token.capital and not text.is_at(place, "-") and not _second(text, place, index):
            break
        size += max(step, 1)
    return size


def _second(text: Text, place: int, first: int) -> bool:
    return text.unknown_at(place) and place > first and text.tokens[place - 1].capital


def _gap(text: Text, index: int, noun: str) -> int:
    """The separator before the next part; 0 where another name or the act follows."""
    for joint in _JOINTS:
        behind = index + len(joint)
        keys = tuple(token.key for token in text.tokens[index:behind])
        if keys != joint or behind >= len(text.tokens) or not text.tokens[behind].capital:
            continue
        known = party_words().departments.get(noun)
        if (known is not None and known.at(text.tokens, behind)) or not text.head_at(behind):
            return len(joint)
    return 0


def split(text: str) -> tuple[PartyMention, ...]:
    """Return the names of a table cell or a label line: by line-like separators first, each part as printed."""
    out: list[PartyMention] = []
    for part in re.finditer(r"[^;\n]+", text):
        out += _cell_part(text, part.start(), part.end())
    return tuple(out)


def _cell_part(text: str, start: int, end: int) -> Iterator[PartyMention]:
    piece = text[start:end]
    lead = len(piece) - len(piece.lstrip(" -–+•"))
    body = piece[lead:].rstrip(" .,")
    if not body:
        return
    cut = Text(body)
    found, stop = names_from(cut, 0, loose=True)
    if len(found) > 1 and stop == len(cut.tokens):
        for mention in found:
            yield PartyMention(mention.name, mention.start + start + lead, mention.end + start + lead)
    else:
        yield PartyMention(body, start + lead, start + lead + len(body))
