"""Lists of names ("A, B và C"), names that share one head ("các Sở: Nội vụ, Tài chính"), and the names of a table cell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.fields.party_heads import act_at, head_at
from extractors.fields.party_lexicon import ACTING, KNOWN, lexicon
from extractors.fields.party_names import NameReader
from extractors.fields.party_tokens import Words
from extractors.text import fold

_JOINTS = (",", ";", "và", "&", "hoặc", "cùng", "-", "–", "cũng")
_LONGEST_JOINT = 3
_SHARED = frozenset(
    fold(noun)
    for noun in (
        "sở",
        "bộ",
        "phòng",
        "ban",
        "cục",
        "chi cục",
        "vụ",
        "tỉnh",
        "huyện",
        "xã",
        "phường",
        "thị trấn",
        "thị xã",
        "thành phố",
        "quận",
        "đặc khu",
        "trường",
        "công ty",
        "tập đoàn",
        "tổng công ty",
        "hội",
        "thôn",
        "đơn vị",
    )
)
"""Head nouns that several names may share."""
_COMPANIES = tuple(fold(noun) for noun in ("tập đoàn", "công ty", "vụ", "cục"))
"""Heads whose particulars may look like heads themselves ("các Tập đoàn: Điện lực Việt Nam, …")."""
_OFFICES = ("sở", "bộ", "phòng")
"""Heads that begin with a capital when a field follows: "các sở: Nội vụ, …" → "Sở Nội vụ"."""
_PLACES = ("tỉnh", "huyện", "xã", "phường", "thị trấn", "thị xã", "thành phố", "quận", "đặc khu", "thôn")
_TWO_WORDS = 2
_BULLETS = " -–+•*\t"


@dataclass(frozen=True)
class PartyMention:
    """A name with its place; ``name`` repeats a shared head ("các Sở: Nội vụ, Tài chính" → "Sở Tài chính")."""

    name: str
    start: int
    end: int


def names_from(words: Words, index: int, *, loose: bool = False, cell: bool = False) -> tuple[tuple[PartyMention, ...], int]:
    """Return the names listed from a place on, and the place behind the list; the place itself when there is none."""
    found: list[PartyMention] = []
    end = index
    while index < words.size:
        reader = NameReader(words, index, loose=loose, cell=cell)
        if reader.end == index:
            break
        names, end = _read_shared(words, reader)
        found += names
        index = _past_joint(words, _past_bracket(words, end))
        if index == 0:
            break
        loose = True
    return tuple(found), end


def _past_bracket(words: Words, index: int) -> int:
    """The place behind a bracket in a list: "Sở A (cơ quan thường trực), Sở B"."""
    return words.closing(index) if words.key(index) == "(" else index


def _past_joint(words: Words, index: int) -> int:
    """The place of the next name of a list, behind ",", "và", "; và"; 0 when the list ends here."""
    place = index
    while place - index < _LONGEST_JOINT and words.key(place) in _JOINTS:
        place += 1
    if place == index or place >= words.size:
        return 0
    if words.keys[place] in ("mỗi", "từng"):
        return 0
    return place if head_at(words, place)[0] or (words.key(index) != ";" and _listed_class(words, place)) else 0


def _listed_class(words: Words, index: int) -> bool:
    """True for a class in small letters in a list ("…, đơn vị được giao vốn", "… và chính quyền địa phương")."""
    lex = lexicon()
    size = max(lex.classes.at(words, index), lex.heads.at(words, index))
    return bool(size) and size > act_at(words, index)[0] and lex.not_heads.at(words, index) <= size


def _read_shared(words: Words, reader: NameReader) -> tuple[list[PartyMention], int]:
    """The name, or the several names that share its head."""
    shared = (
        _addressed_persons(words, reader)
        or _shared_by_noun(words, reader)
        or _shared_by_field(words, reader)
        or _shared_by_place(words, reader)
    )
    if shared:
        return shared
    return [mention(words, reader.first, reader.end)], reader.end


def _addressed_persons(words: Words, reader: NameReader) -> tuple[list[PartyMention], int] | None:
    """In "Các ông (bà): Chánh Văn phòng, …" the names behind the colon."""
    place = _past_bracket(words, reader.end)
    if words.key(reader.end - 1) not in ("ông", "bà", "chí", ")") or words.key(place) != ":":
        return None
    names, end = names_from(words, place + 1)
    return (list(names), end) if names else None


def mention(words: Words, start: int, end: int) -> PartyMention:
    """Return the name of the words from start up to end, as printed."""
    return PartyMention(words.printed(start, end), words.starts[start], words.ends[end - 1])


def _shared_by_noun(words: Words, reader: NameReader) -> tuple[list[PartyMention], int] | None:
    """In "các Sở: Nội vụ, Tài chính", "UBND các xã An Thanh, Bình Lãng", "Giám đốc: Sở A, Sở B"."""
    place = _shared_noun_end(words, reader)
    if not place:
        return None
    colon = words.key(place) == ":"
    first = place + 1 if colon else place
    if first >= words.size or not words.caps[first]:
        return None
    prefix = _prefix(words, reader.first, place)
    if not _field(words, first, prefix) and not fold(prefix).endswith(_COMPANIES):
        if head_at(words, first)[0]:
            return _listed_behind_colon(words, reader, first) if colon else None
        if act_at(words, first)[1] in ACTING:
            return None
    found, end = _parts(words, prefix, first)
    if found and fold(prefix).endswith(_PLACES):
        found, end = _other_levels(words, prefix, found, end)
    return (found, end) if len(found) > 1 else None


def _other_levels(words: Words, prefix: str, found: list[PartyMention], end: int) -> tuple[list[PartyMention], int]:
    """In "UBND các xã A, B và phường C": another level keeps the head."""
    level = next((level for level in _PLACES if fold(prefix).endswith(level)), "")
    head = prefix[: len(prefix) - len(level)]
    while words.key(end) in ("và", ",") and (size := lexicon().levels.at(words, end + 1)):
        first = end + 1 + size
        if words.caps[end + 1] or not words.cap(first):
            break
        more, end = _parts(words, head + words.printed(end + 1, first), first)
        found = [*found, *more]
    return found, end


def _field(words: Words, index: int, prefix: str) -> int:
    """The field of a ministry, department or office that fits the head before it; its number of words."""
    size, heads = lexicon().fields.find(words, index)
    return size if size and fold(prefix.rsplit(" ", 1)[-1]) in heads.split() else 0


def _shared_noun_end(words: Words, reader: NameReader) -> int:
    """The place behind the shared noun when the name has a quantifier and goes on with particulars; 0 else."""
    for place in range(reader.first, min(reader.end, reader.first + 12)):
        if lexicon().quantifiers.at(words, place):
            size = next((n for n in (_TWO_WORDS, 1) if " ".join(words.keys[place + 1 : place + 1 + n]) in _SHARED), 0)
            behind = place + 1 + size
            named = behind < words.size and words.caps[behind] and not head_at(words, behind)[0]
            return behind if size and (words.key(behind) == ":" or named) else 0
    return reader.end if reader.bare and words.key(reader.end) == ":" and not reader.quantified else 0


def _listed_behind_colon(words: Words, reader: NameReader, first: int) -> tuple[list[PartyMention], int] | None:
    """In "Thủ trưởng các đơn vị: Sở A, Trung tâm B": the names behind the colon; a title alone is shared ("Giám đốc: Sở A, Sở B")."""
    names, end = names_from(words, first)
    if len(names) < _TWO_WORDS:
        return None
    title = "" if reader.quantified else words.printed(reader.first, reader.end) + " "
    return [PartyMention(title + name.name, name.start, name.end) for name in names], end


def _prefix(words: Words, first: int, end: int) -> str:
    """The shared head without its quantifier: "Giám đốc các Sở" → "Giám đốc Sở"."""
    kept = [place for place in range(first, end) if not (lexicon().quantifiers.at(words, place) and words.key(place) in ("các", "những"))]
    printed = [words.text[words.starts[place] : words.ends[place]] for place in kept]
    if fold(printed[-1]) in _OFFICES:
        printed[-1] = printed[-1].capitalize()
    return " ".join(printed)


def _parts(words: Words, prefix: str, first: int) -> tuple[list[PartyMention], int]:
    """The particulars of a shared head from a place on."""
    found: list[PartyMention] = []
    end = index = first
    while index < words.size:
        stop = _part_end(words, index, prefix)
        if stop == index:
            break
        found.append(PartyMention(f"{prefix} {words.printed(index, stop)}", words.starts[index], words.ends[stop - 1]))
        end = stop
        place = stop
        while place - stop < _LONGEST_JOINT and words.key(place) in (",", "và", "&", ";"):
            place += 1
        if place == stop or not words.cap(place) or not (_field(words, place, prefix) or _particular(words, place, prefix)):
            break
        index = place
    return found, end


def _particular(words: Words, index: int, prefix: str) -> bool:
    """True for a capital that opens no other name."""
    return not head_at(words, index)[0] or fold(prefix).endswith(_COMPANIES)


def _part_end(words: Words, index: int, prefix: str) -> int:
    """The place behind one particular: a known field, or capitals with their small second halves."""
    if field := _field(words, index, prefix):
        return index + field
    place = index
    place_name = fold(prefix).endswith(_PLACES)
    while (
        place < words.size
        and (words.keys[place][0].isalnum() or (words.keys[place] == "-" and words.cap(place + 1)))
        and not _stops_part(words, place, index, place_name=place_name)
    ):
        place += 1
    return place


def _stops_part(words: Words, place: int, first: int, *, place_name: bool) -> bool:
    if words.caps[place] or words.keys[place] == "-":
        return False
    if place == first or words.key(place) == "và":
        return True
    return act_at(words, place)[0] > 0 or (place_name and (not words.caps[place - 1] or lexicon().inside.at(words, place) > 0))


def _shared_by_field(words: Words, reader: NameReader) -> tuple[list[PartyMention], int] | None:
    """In "Sở Nội vụ, Tài chính và Tư pháp": further fields behind a known department."""
    if reader.kind != KNOWN or reader.end < reader.head_end:
        return None
    sizes = [n for n in range(1, reader.head_end - reader.first) if lexicon().fields.at(words, reader.head_end - n) == n]
    size = max(sizes, default=0)
    prefix = words.printed(reader.first, reader.head_end - size)
    place, joint = reader.end, 0
    while joint < _TWO_WORDS and words.key(place) in (",", "và"):
        place, joint = place + 1, joint + 1
    if not size or not joint or not words.cap(place) or head_at(words, place)[0] or not _field(words, place, prefix):
        return None
    rest, end = _parts(words, prefix, place)
    return [mention(words, reader.first, reader.end), *rest], end


def _shared_by_place(words: Words, reader: NameReader) -> tuple[list[PartyMention], int] | None:
    """In "UBND huyện Quang Bình, Bắc Quang": a level with several places."""
    if reader.quantified:
        return None
    level = next((p for p in range(reader.first + 1, reader.end - 1) if lexicon().levels.at(words, p) and not words.caps[p]), 0)
    behind = level + lexicon().levels.at(words, level) if level else 0
    if not behind or behind >= reader.end or "," not in words.keys[behind : reader.end] or not words.caps[behind]:
        return None
    found, end = _parts(words, words.printed(reader.first, behind), behind)
    return (found, end) if len(found) > 1 and end >= reader.end else None


def split_parties(text: str) -> tuple[PartyMention, ...]:
    """Return the names of a table cell, a label line or an address; a part that is no list of names is taken as printed."""
    out: list[PartyMention] = []
    for part in re.finditer(r"[^;\n]+", text):
        out += _cell_part(text, part.start(), part.end())
    return tuple(out)


def _cell_part(text: str, start: int, end: int) -> Iterator[PartyMention]:
    piece = text[start:end]
    lead = start + len(piece) - len(piece.lstrip(_BULLETS))
    body = text[lead:end].rstrip(" .,:")
    if not body.strip():
        return
    words = Words(body)
    found, stop = names_from(words, 0, loose=True, cell=True)
    if not found or stop < words.size:
        found = (PartyMention(body, 0, len(body)),)
    for name in found:
        yield PartyMention(name.name, name.start + lead, name.end + lead)
