"""Every list of names in a text with the words that govern it: "giao …", "phối hợp với …", "báo cáo …", "của …".

One pass from left to right; what a list's governor is decides its role, so a name taken as an object is never a subject.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache

from extractors.fields.party_heads import act_at, head_at
from extractors.fields.party_lexicon import ACTING, CIRCUMSTANCE, LINK, MODAL, OPEN, TITLE, lexicon, load
from extractors.fields.party_lists import PartyMention, names_from
from extractors.fields.party_tokens import Phrases, Words
from extractors.text import fold


class Governor(Enum):
    """What the words before a list of names make of it."""

    ORDER = "order"
    """In "giao", "yêu cầu", "đề nghị": they must act."""
    SUPPORT = "support"
    """In "phối hợp với", "chủ trì cùng": they help."""
    REPORT = "report"
    """In "báo cáo", "gửi", "trình", "… về": they receive the result."""
    BY = "by"
    """In "do … thực hiện": passive."""
    TOWARDS = "towards"
    """In "đối với", "riêng": the topic, or the subject set in front."""
    LEAD_LABEL = "lead label"
    """In "Cơ quan chủ trì:"."""
    SUPPORT_LABEL = "support label"
    """In "Cơ quan phối hợp:"."""
    OTHER = "other"
    """Object of another verb or preposition."""
    FREE = "free"
    """Nothing governs it: the beginning of a sentence or clause."""


@dataclass(frozen=True)
class Group:
    """A list of names with its governor; ``cue`` is the place where the governing words begin."""

    names: tuple[PartyMention, ...]
    start: int
    end: int
    governor: Governor
    cue: int
    bracket: bool = False


@dataclass(frozen=True)
class Cues:
    """The vocabulary of ``data/assignment_cues.toml``: phrase sets, and single words that are only looked up."""

    phrases: Mapping[str, Phrases]
    words: Mapping[str, frozenset[str]]


_PHRASES = (
    "order", "headed", "weak_order", "starting_order", "also", "bare_order", "adverbial", "past", "performative", "support",
    "support_nouns", "report", "helping", "leading", "passive", "lead_labels", "support_labels",
)  # fmt: skip
_WORDS = (
    "told",
    "said",
    "support_adverbs",
    "with",
    "noun_before",
    "direct_report",
    "near_report",
    "not_report",
    "chain",
    "loose_behind",
    "weak_order",
    "starting_order",
)


@cache
def cues() -> Cues:
    """Return the vocabulary, read once."""
    data = load("assignment_cues.toml")
    return Cues({name: Phrases(data[name]) for name in _PHRASES}, {name: frozenset(map(fold, data[name])) for name in _WORDS})


_BY_WAY = frozenset({"về", "cho", "đến", "tới", "lên", "với"})
_FOR = {"cho": ("báo cáo", "gửi", "gởi", "trình", "nộp"), "với": ("báo cáo",), "lên": ("báo cáo", "gửi", "trình")}
"""Prepositions that mean a receiver only behind some verbs."""
_FARTHEST = 22
"""Words between "báo cáo" and "về …"."""
_NEAR = 6
"""The same for verbs that mean a report only close by: "thông báo về …"."""
_CHAIN = 9
_OPEN_PARTNER = 8
"""Words of a partner that no list knows."""


@lru_cache(maxsize=32)
def _short_names(aliases: tuple[str, ...]) -> Phrases:
    return Phrases(aliases)


def scan(words: Words, aliases: tuple[str, ...] = ()) -> tuple[Group, ...]:
    """Return every list of names of the text with its governor, in reading order; ``aliases`` are names the document defines."""
    short = _short_names(aliases) if aliases else None
    found: list[Group] = []
    index, depth, sentence = 0, 0, 0
    while index < words.size:
        key = words.keys[index]
        depth += (key == "(") - (key == ")")
        if words.ends_sentence(index):
            sentence, depth = index + 1, 0
        group = _group_at(words, index, sentence, bracket=depth > 0) or (_alias_at(words, index, sentence, short) if short else None)
        if group is None:
            index += 1
        else:
            found.append(group)
            index = max(group.end, index + 1)
    return tuple(found)


def _group_at(words: Words, index: int, sentence: int, *, bracket: bool) -> Group | None:
    behind, lex = words.key(index - 1), lexicon()
    starts = words.keys[index] in lex.starters
    loose = behind in cues().words["loose_behind"] or (starts and behind == "," and lex.openers.at(words, sentence) > 0)
    if not (starts or (loose and words.keys[index][0].isalnum())) or _is_label(words, index) or _in_symbol(words, index):
        return None
    if not head_at(words, index, loose=loose)[0] or acts_rather(words, index, loose=loose):
        return _open_partner(words, index) if loose else None
    names, end = names_from(words, index, loose=loose)
    if not names:
        return None
    governor, cue = govern(words, index, sentence)
    return Group(names, index, end, governor, cue, bracket)


def _alias_at(words: Words, index: int, sentence: int, short: Phrases) -> Group | None:
    """A short name that the document defines ("Liên Sở chủ trì …")."""
    size = short.at(words, index)
    if not size or not words.caps[index]:
        return None
    name = PartyMention(words.printed(index, index + size), words.starts[index], words.ends[index + size - 1])
    return Group((name,), index, index + size, *govern(words, index, sentence))


def _in_symbol(words: Words, index: int) -> bool:
    """True inside the symbol of a document: the "UBND" of "12/QĐ-UBND"."""
    return words.key(index - 1) == "-" and "/" in words.key(index - 2) and words.starts[index] == words.ends[index - 1]


def _is_label(words: Words, index: int) -> bool:
    """True at the label itself: "Cơ quan chủ trì: …"."""
    phrases = cues().phrases
    size = max(phrases["lead_labels"].at(words, index), phrases["support_labels"].at(words, index))
    return size > 0 and words.key(index + size) == ":"


def acts_rather(words: Words, index: int, *, loose: bool) -> bool:
    """True for a verb that looks like a head: "tổ chức", "thanh tra", "báo cáo" in small letters or at the start."""
    size, kind = act_at(words, index)
    head = head_at(words, index, loose=loose)[0]
    if kind not in ACTING or size < head:
        return False
    return not (words.caps[index] and _named_body(words, index, head))


def _named_body(words: Words, index: int, head: int) -> bool:
    """True when what follows a verb-like head makes it a body: "Thanh tra tỉnh", "Thống kê chủ trì"; not "Tổ chức Lễ phát động"."""
    behind, lex = index + head, lexicon()
    size, kind = lex.heads.find(words, index)
    if lex.quantifiers.at(words, behind):
        return kind == TITLE
    acts = size == head and act_at(words, behind)[1] == MODAL
    if kind == OPEN:
        return acts
    return words.cap(behind) or lex.levels.at(words, behind) > 0 or acts


def _open_partner(words: Words, index: int) -> Group | None:
    """A partner that no list knows, behind "phối hợp với": up to the next act."""
    if (
        _partnership(words, index - 1) is None
        or act_at(words, index)[0]
        or words.key(index) in ("nhau", "việc", "các", "những", "và", "hoặc", "giữa")
    ):
        return None
    end = index
    while end < words.size and end - index < _OPEN_PARTNER and words.keys[end][0].isalnum() and not (end > index and act_at(words, end)[0]):
        end += 1
    name = PartyMention(words.printed(index, end), words.starts[index], words.ends[end - 1])
    return Group((name,), index, end, Governor.SUPPORT, index - 1)


def govern(words: Words, index: int, sentence: int) -> tuple[Governor, int]:
    """Return what governs the names that begin at a place, and where those words begin."""
    last = index - 1
    if last < sentence:
        return Governor.FREE, index
    size, _ = cues().phrases["order"].ending(words, last)
    if size and (words.caps[index] or lexicon().acts.at(words, last - size + 1) <= size):
        return _ordered(words, last - size + 1, sentence)
    if (partner := _partnership(words, last)) is not None:
        return Governor.SUPPORT, partner
    if words.keys[last] == ":":
        return _labelled(words, last, sentence)
    if (start := _reported(words, last, sentence)) >= 0:
        return Governor.REPORT, start
    return _plain(words, last, sentence)


def _ordered(words: Words, cue: int, sentence: int) -> tuple[Governor, int]:
    """An order word, unless it stands as a noun or tells of the past ("theo đề nghị", "được giao", "đã yêu cầu")."""
    return (Governor.OTHER if cue > sentence and told_before(words, cue) else Governor.ORDER), cue


def told_before(words: Words, cue: int) -> bool:
    """True when the word before an order word makes it a noun or a thing of the past."""
    before = words.key(cue - 1)
    return before in cues().words["told"] or any(sign in before for sign in "/0123456789")


def is_weak(words: Words, group: Group) -> bool:
    """True for an order by a word that as often begins an act of somebody below ("chỉ đạo các phòng …")."""
    size, _ = cues().phrases["order"].ending(words, group.start - 1)
    return " ".join(words.keys[group.start - size : group.start]) in cues().words["weak_order"]


def _partnership(words: Words, last: int) -> int | None:
    """The place of "phối hợp" whose partners follow ``last``; None when they do not, or it is a noun."""
    for place in range(last, max(last - 9, -1), -1):
        size, _ = cues().phrases["support"].ending(words, place)
        if size:
            return _checked_partnership(words, place - size + 1, place, last)
        if words.keys[place] not in cues().words["support_adverbs"]:
            break
    return last if cues().phrases["support_nouns"].ending(words, last)[0] else None


def _checked_partnership(words: Words, start: int, end: int, last: int) -> int | None:
    between = words.keys[end + 1 : last + 1]
    if words.key(start - 1) in cues().words["noun_before"]:
        return None
    if words.key(start) == "chủ" and "cùng" not in between:
        return None
    return None if between and between[-1] not in cues().words["with"] else start


def _labelled(words: Words, colon: int, sentence: int) -> tuple[Governor, int]:
    """In "Cơ quan chủ trì: …", "phối hợp: …"; a bare colon opens a new clause."""
    for labels, governor in (("support_labels", Governor.SUPPORT_LABEL), ("lead_labels", Governor.LEAD_LABEL)):
        size, _ = cues().phrases[labels].ending(words, colon - 1)
        before = colon - size - 1
        if size and (before < sentence or words.keys[before] in (";", ",", "(", "-", ".", "–", "+")):
            return governor, colon - size
    return Governor.FREE, colon + 1


def _reported(words: Words, last: int, sentence: int) -> int:
    """The place of the verb that reports to what follows ``last``; -1 when none does."""
    size, _ = cues().phrases["report"].ending(words, last)
    if size and " ".join(words.keys[last - size + 1 : last + 1]) in cues().words["direct_report"]:
        return -1 if _is_noun(words, last - size + 1) else last - size + 1
    if words.keys[last] in _BY_WAY:
        return _reporting_verb(words, last, sentence)
    return _chained(words, last, sentence)


def _is_noun(words: Words, start: int) -> bool:
    return words.key(start - 1) in cues().words["not_report"] and not (
        words.key(start - 1) in ("công", "quá", "hành") and words.key(start) != "trình"
    )


def _reporting_verb(words: Words, way: int, sentence: int) -> int:
    """The verb of "báo cáo … về", "gửi … cho", within the clause."""
    wanted = _FOR.get(words.keys[way])
    for place in range(way - 1, max(sentence, way - _FARTHEST) - 1, -1):
        if words.keys[place] in (";", ":", "."):
            return -1
        size, _ = cues().phrases["report"].ending(words, place)
        verb = " ".join(words.keys[place - size + 1 : place + 1])
        if not size or _is_noun(words, place - size + 1) or (wanted and not verb.startswith(wanted)):
            continue
        if verb in cues().words["near_report"] and (words.keys[way] != "về" or way - place > _NEAR):
            continue
        return place - size + 1
    return -1


def _chained(words: Words, last: int, sentence: int) -> int:
    """In "báo cáo, kiến nghị biện pháp và tham mưu UBND huyện"; behind a comma somebody else begins ("gửi báo cáo, Sở A sẽ …")."""
    if words.keys[last] == ",":
        return -1
    for place in range(last, max(sentence, last - _CHAIN) - 1, -1):
        size, _ = cues().phrases["report"].ending(words, place)
        if size and " ".join(words.keys[place - size + 1 : place + 1]) in ("báo cáo", "trình", "gửi"):
            return -1 if _is_noun(words, place - size + 1) else place - size + 1
        if words.keys[place] not in cues().words["chain"]:
            return -1
    return -1


def _plain(words: Words, last: int, sentence: int) -> tuple[Governor, int]:
    key = words.keys[last]
    if key == "do" and words.key(last - 1) not in ("lý", "tự"):
        return Governor.BY, last
    if key == "riêng" or words.keys[max(0, last - 1) : last + 1] == ["đối", "với"]:
        return Governor.TOWARDS, last
    if not key[0].isalnum() or key == "thì":
        return (Governor.FREE if key in {",", ";", ")", "-", "–", "+", "•", "thì", '"', "“"} else Governor.OTHER), last + 1
    size, _ = cues().phrases["headed"].ending(words, last)
    if size and last - size + 1 == sentence:
        return Governor.TOWARDS, sentence
    size, _ = lexicon().openers.ending(words, last)
    if size and last - size + 1 <= sentence:
        return Governor.FREE, last + 1
    return Governor.OTHER, last


def follows(words: Words, group: Group) -> str:
    """What comes behind a list of names: "act", "colon", "comma act", "circumstance", "end" or "other"."""
    place = group.end
    while words.key(place) == "(":
        behind = words.closing(place)
        if behind == place:
            return "other"
        place = behind
    if place >= words.size or words.ends_sentence(place):
        return "end"
    if words.keys[place] == ":":
        return "colon"
    comma = words.keys[place] == ","
    kind = act_at(words, place + comma)[1]
    if kind in ACTING:
        return "comma act" if comma else "act"
    if kind in (LINK, CIRCUMSTANCE):
        return "circumstance"
    return "end" if words.keys[place] == ";" else "other"


def behind_topic(words: Words, start: int, cue: int) -> bool:
    """True for an order that opens what follows a topic: "Tháo gỡ khó khăn: Yêu cầu các sở …", "…: Khi có kiến nghị, yêu cầu các sở …"."""
    colon = next((place for place in range(cue - 1, start, -1) if words.keys[place] == ":"), start)
    if colon == start or not words.cap(colon + 1):
        return False
    return colon + 1 == cue or (words.keys[cue - 1] == "," and cues().phrases["adverbial"].at(words, colon + 1) > 0)
