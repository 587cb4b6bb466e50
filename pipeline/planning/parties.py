"""Who a printed name is to the authority: itself, a class that holds it, its unit, a superior's department, or nobody of ours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from pipeline.authority import Group, Unit
from pipeline.phrases import Hit, Words, words_of
from pipeline.planning.lexicon import Lexicon, Name, NameKind

_BRACKETS = re.compile(r"\((?!\s*(?:trừ|ngoại trừ)\b)[^()]*\)")
_SEPARATOR = re.compile(r"[,;:]|\bvà\b|&", re.IGNORECASE)
# "Các sở: Nội vụ, Tài chính" - the noun before the colon belongs to every name after it.
_DISTRIBUTED = re.compile(r"(?:các\s+)?(?P<head>[^\W\d_]+)[^:]*:(?P<names>.*)", re.IGNORECASE | re.DOTALL)
# Words for people that may stand before the name of what they head; a name after any other word is part of a longer one.
_OFFICE_HOLDERS = frozenset(
    words_of(
        "chủ tịch, phó, trưởng, giám đốc, chánh, thủ, lãnh đạo, đồng chí, đ/c, các, những, tất cả, toàn thể, ông, bà, "
        "người đứng đầu, chỉ huy, hiệu, mỗi, từng, cục, chi, đội, bí thư"
    ).words
)
_PLURALS = frozenset({"các", "những", "mọi"})
# Words that may belong to a condition or to nothing: "có nguy cơ sạt lở", "có liên quan".
_LINKS = frozenset({"có", "tại", "trên", "thuộc"})
_EXCEPT = frozenset({"trừ", "ngoại"})
# Behind "các huyện", "các xã" these name bodies of another kind: "các huyện ủy", "các xã đoàn".
_OTHER_BODIES = frozenset(words_of("ủy đoàn đội").words)
# "Các đơn vị" that do this are firms, not offices.
_BUSINESS = frozenset(
    words_of(kind).words
    for kind in ("kinh doanh", "cung cấp", "cung ứng", "sản xuất", "thi công", "tư vấn", "vận tải", "vận hành", "xây lắp")
)
# Before a unit's name these make it a place to send to, not one who acts.
_SENT_TO = frozenset({"qua", "về", "gửi", "cho"})


@dataclass(frozen=True)
class Mention:
    """A name of ours in a text."""

    kind: NameKind
    quote: str
    unit: Unit | None = None
    qualifier: str = ""
    """Words that narrow a class or group ("ven biển")."""


@dataclass(frozen=True)
class _Tail:
    """What follows the name of a class or group."""

    ours: bool = True
    qualifier: str = ""
    named: frozenset[str] = frozenset()
    """Words of the places listed one by one."""


@lru_cache(maxsize=4096)
def read_party(text: str, lexicon: Lexicon) -> tuple[Mention, ...]:
    """Return every mention of ours in the name of a party, in order; () when it names nobody of ours."""
    words = words_of(_BRACKETS.sub(" ", text).strip())
    hits = lexicon.names.find(words.words)
    ends = [0, *(hit.end for hit in hits)]
    heads = [hit for hit, previous in zip(hits, ends, strict=False) if _heads_segment(words, previous, hit)]
    stops = [*(hit.start for hit in heads[1:]), len(words.words)]
    found = [mention for hit, stop in zip(heads, stops, strict=False) for mention in _mentions(words, hit, stop, lexicon)]
    found += _distributed(words, lexicon)
    return tuple(dict.fromkeys(found)) or _by_letters(words, lexicon)


@lru_cache(maxsize=1024)
def scan(text: str, lexicon: Lexicon) -> tuple[Mention, ...]:
    """Return the single units and departments that a sentence names as acting, in order."""
    return tuple(_scan(words_of(text), lexicon))


def _scan(words: Words, lexicon: Lexicon) -> Iterator[Mention]:
    for hit in lexicon.names.find(words.words):
        for name in hit.values:
            single = name.kind in {NameKind.UNIT, NameKind.DEPARTMENT} and not isinstance(name.unit, Group)
            sent_to = name.kind is NameKind.UNIT and hit.start > 0 and words.words[hit.start - 1] in _SENT_TO
            if single and not sent_to and not _foreign(words, hit.end, lexicon):
                yield Mention(name.kind, words.quote(hit.start, hit.end), name.unit)


def _heads_segment(words: Words, previous: int, hit: Hit[Name]) -> bool:
    """True when only office-holders' titles stand between the last separator (or name) and the hit."""
    for index in range(hit.start, previous - 1, -1):
        if index == 0 or _SEPARATOR.search(words.gap(index)):
            return True
        if index == previous or words.words[index - 1] not in _OFFICE_HOLDERS:
            return False
    return True


def _mentions(words: Words, hit: Hit[Name], stop: int, lexicon: Lexicon) -> Iterator[Mention]:
    if _other_kind(words, hit):
        return
    quote = words.quote(hit.start, hit.end)
    for name in hit.values:
        if name.kind is NameKind.SUPERIOR:
            continue
        if name.kind is NameKind.CLASS or name.kind is NameKind.SELF or isinstance(name.unit, Group):
            yield from _collective(name, quote, _tail(words, hit.end, stop, lexicon), lexicon)
        elif not _foreign(words, hit.end, lexicon):
            yield Mention(name.kind, quote, name.unit)


def _other_kind(words: Words, hit: Hit[Name]) -> bool:
    """True when the next words make it the name of bodies of another kind: "các huyện ủy", "các đơn vị kinh doanh vận tải"."""
    following = words.words[hit.end : hit.end + 2]
    if not following or words.gap(hit.end).strip():
        return False
    return following[0] in _OTHER_BODIES or (words.words[hit.end - 1] == "vị" and following in _BUSINESS)


def _collective(name: Name, quote: str, tail: _Tail, lexicon: Lexicon) -> Iterator[Mention]:
    """The mention of a class or group, of its listed members where places are listed."""
    if isinstance(name.unit, Group) and tail.named:
        for member in lexicon.authority.members(name.unit):
            own = set(words_of(member.name).words) - lexicon.class_tail
            if own and own <= tail.named:
                yield Mention(NameKind.UNIT, member.name, member)
    elif tail.ours or isinstance(name.unit, Group):
        yield Mention(name.kind, quote, name.unit, tail.qualifier)


def _tail(words: Words, start: int, stop: int, lexicon: Lexicon) -> _Tail:
    """Read what follows a class: nothing that matters, places one by one, exceptions, or a condition."""
    index = start
    while index < stop and words.words[index] in lexicon.class_tail:
        index += 1
    if index == stop:
        return _Tail()
    rest = words.words[index:stop]
    excepted = rest[0] in _EXCEPT
    listed = _capital(words, index) or words.text.isupper() or ":" in words.gap(index)
    if excepted or listed:
        return _Tail(_holds(rest, lexicon.place) != excepted, named=frozenset() if excepted else frozenset(rest))
    if _begins_party(words, start, index):
        return _Tail()
    end = next((n for n in range(index + 1, stop) if _SEPARATOR.search(words.gap(n))), stop)
    while index > start and words.words[index - 1] in _LINKS:
        index -= 1
    return _Tail(qualifier=words.quote(index, end))


def _begins_party(words: Words, start: int, index: int) -> bool:
    """True when another party begins at the word: right after a separator, or after one and "các"."""
    while index > start and words.words[index - 1] in _PLURALS and not _SEPARATOR.search(words.gap(index)):
        index -= 1
    return _SEPARATOR.search(words.gap(index)) is not None


def _holds(words: tuple[str, ...], place: tuple[str, ...]) -> bool:
    return any(words[n : n + len(place)] == place for n in range(len(words)))


def _capital(words: Words, index: int) -> bool:
    """True when the word begins a proper name; a text all in capitals says nothing."""
    return words.quote(index, index + 1)[0].isupper() and not words.text.isupper()


def _foreign(words: Words, end: int, lexicon: Lexicon) -> bool:
    """True when the name goes on to another place: "Phòng Tư pháp huyện Kim Sơn"."""
    index, count = end, len(words.words)
    while index < count and not words.gap(index).strip() and words.words[index] in lexicon.unit_tail:
        index += 1
    if index >= count or words.gap(index).strip():
        return False
    after_level = words.words[index - 1] == words_of(lexicon.authority.level_word).words[-1]
    return _capital(words, index) or (after_level and words.text.isupper())


def _by_letters(words: Words, lexicon: Lexicon) -> tuple[Mention, ...]:
    """Names written with other joints: "Phòng LĐTB&XH"."""
    start = next((n for n, word in enumerate(words.words) if word not in _OFFICE_HOLDERS), 0)
    names = lexicon.joined.get("".join(words.words[start:]), ())
    return tuple(Mention(name.kind, words.text, name.unit) for name in names if name.kind is not NameKind.SUPERIOR)


def _distributed(words: Words, lexicon: Lexicon) -> tuple[Mention, ...]:
    """Names that share their noun: "Các sở: Nội vụ, Tài chính"."""
    match = _DISTRIBUTED.match(words.text) if ":" in words.text else None
    if not match:
        return ()
    listed = words_of(match["names"]).words
    head = words_of(match["head"]).words
    found: list[Mention] = []
    index = 0
    while index < len(listed):
        hit = next(iter(lexicon.names.find((*head, *listed[index:]))), None)
        if hit and hit.start == 0 and hit.end > 1:
            quote = " ".join((*head, *listed[index : index + hit.end - 1]))
            found += [Mention(name.kind, quote, name.unit) for name in hit.values if name.unit is not None]
        index += hit.end - 1 if hit and hit.start == 0 and hit.end > 1 else 1
    return tuple(found)
