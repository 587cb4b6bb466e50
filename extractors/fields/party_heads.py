"""What begins at a place of a text: the head of a name ("Sở", "các đơn vị"), or an act ("chủ trì", "rà soát") that ends one."""

from __future__ import annotations

from extractors.fields.party_lexicon import ENDING, KNOWN, NONE, OPEN, lexicon
from extractors.fields.party_tokens import Words

SENTENCE = frozenset(".;:!?()")
"""Signs that end a name whatever follows."""
AHEAD = 8
"""Words looked at to see whether an unknown word still belongs to a name."""


def act_at(words: Words, index: int) -> tuple[int, str]:
    """The act that begins at a place: its number of words and its strength; (0, "") when none does."""
    size, kind = lexicon().acts.find(words, index)
    return (0, "") if kind == NONE else (size, kind)


def head_at(words: Words, index: int, *, loose: bool = False) -> tuple[int, str]:
    """The head that opens a name at a place: its number of words and its kind; (0, "") when none does.

    ``loose`` takes small letters too: behind an order word ("giao phòng chuyên môn").
    """
    lex = lexicon()
    if index >= words.size or words.keys[index] not in lex.starters:
        return 0, ""
    if size := lex.quantifiers.at(words, index):
        return (size, OPEN) if class_at(words, index + size) else (0, "")
    size, kind = _longest_head(words, index)
    if not size or lex.not_heads.at(words, index) > size:
        return 0, ""
    if (
        words.caps[index]
        or words.cap(index + size)
        or (loose and lex.proper.at(words, index) != size)
        or lex.always.at(words, index)
        or kind == KNOWN
    ):
        return size, kind
    return 0, ""


def _longest_head(words: Words, index: int) -> tuple[int, str]:
    lex = lexicon()
    size, kind = lex.heads.find(words, index)
    if words.caps[index] and (known := lex.known.at(words, index)) >= size and known:
        return known, KNOWN
    if (of_class := lex.classes.at(words, index)) > size:
        return of_class, OPEN
    return size, kind


def class_at(words: Words, index: int) -> int:
    """The class or head behind a quantifier; 0 for "các nội dung"."""
    lex = lexicon()
    size = max(lex.classes.at(words, index), lex.heads.at(words, index))
    return size if size and lex.not_heads.at(words, index) <= size else 0


def act_ahead(words: Words, index: int, ahead: int = AHEAD) -> bool:
    """True when an act, the next name or the end follows soon, so that the words before belong to a name."""
    lex = lexicon()
    for place in range(index, min(index + ahead, words.size)):
        if words.keys[place] in SENTENCE:
            return words.keys[place] in ":("
        if words.keys[place] == "," and head_at(words, place + 1)[0]:
            return True
        if act_at(words, place)[1] in ENDING or (lex.levels.at(words, place) and words.cap(place + 1)):
            return True
    return index + ahead >= words.size


def stretch_at(words: Words, index: int) -> int:
    """The stretch of a coast or road that a class of bodies lies on ("các tỉnh từ Quảng Ninh đến Hà Tĩnh"): its number of words."""
    if words.key(index) != "từ":
        return 0
    middle = _past_capitals(words, index + 1)
    if middle == index + 1 or words.key(middle) not in ("đến", "tới"):
        return 0
    end = _past_capitals(words, middle + 1)
    return end - index if end > middle + 1 else 0


def _past_capitals(words: Words, index: int) -> int:
    while words.cap(index):
        index += 1
    return index
