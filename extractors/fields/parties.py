"""Names of those who act or receive ("cơ quan, đơn vị, cá nhân"), found in running text: where one begins, where it ends.

A name begins with a head ("Sở", "UBND", "Thủ trưởng") and runs on over capitals, over small-letter words that belong to names, and
over commas and "và" inside it ("Văn hóa, Thể thao và Du lịch", "các sở, ban, ngành"). It ends where a verb begins, where another
head opens a new name, or at punctuation. A word that no list knows ends the name of one body, and belongs to the name of a class when
a verb follows soon. Vocabulary: ``data/party_words.toml``, ``data/verbs.toml``.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from extractors.fields.party_words import TOKEN, Token, party_words
from extractors.text import fold

_SHARED_TITLES = ("đốc", "trưởng", "tịch", "thư")
"""Ends of titles that may stand bare before another: "Giám đốc, Thủ trưởng các sở"."""
_JOINTS = (",", "và", "-", "&")
_LOOSE_ENDS = (*_JOINTS, "của", "các", "có", "theo", "trên")
"""Words that a name cannot end with."""
LONGEST_NAME = 60
"""Words; a name with a long relative clause stays below."""
_FORWARD = 9
"""Words: how far behind an unknown word of a class's name the verb may stand."""
_PURPOSE = 16
"""Words: the longest purpose in the name of a steering committee."""
_PERSONS = ("đồng", "đ/c", "ông", "bà")
_SHORT_NAME = range(2, 10)
"""Letters of an abbreviation that stands for a body ("TTYT")."""


@dataclass(frozen=True)
class PartyMention:
    """A name with its place; ``name`` repeats a shared head ("các Sở: Nội vụ, Tài chính" → "Sở Tài chính")."""

    name: str
    start: int
    end: int


class Text:
    """A text cut into tokens once, for all questions about its names."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.key = fold(text)
        self.tokens = tuple(
            Token(m[0], m.start(), m.end(), text[m.start()].isupper(), len(m[0]) in _SHORT_NAME and text[m.start() : m.end()].isupper())
            for m in TOKEN.finditer(self.key)
        )
        self._starts = [token.start for token in self.tokens]

    def index_at(self, offset: int) -> int:
        """The first token at or behind an offset."""
        return bisect_left(self._starts, offset)

    def is_at(self, index: int, *keys: str) -> bool:
        """True when the token at a place is one of these words; False behind the end."""
        return 0 <= index < len(self.tokens) and self.tokens[index].key in keys

    def head_at(self, index: int, *, loose: bool = False) -> int:
        """The number of words of a head that opens a name at a token; ``loose`` also takes small letters ("giao phòng …")."""
        words, tokens = party_words(), self.tokens
        if index >= len(tokens):
            return 0
        size = words.heads.at(tokens, index)
        if not size:
            return self._abbreviated(index, loose=loose)
        token = tokens[index]
        shared = token.key == "các" and index + 1 < len(tokens) and tokens[index + 1].capital
        if words.not_heads.at(tokens, index) >= size and not shared:
            return 0
        if token.key == "các":
            return size if size > 1 or self._quantified(index) else 0
        named = index + size < len(tokens) and tokens[index + size].capital
        if token.capital or named or words.always.at(tokens, index):
            return size
        return size if loose and (size > 1 or self._qualified(index + 1)) else 0

    def opens_sentence(self, index: int) -> bool:
        """True for a capital, "các" and heads that need no capital: a subject may start behind a comma here."""
        if index >= len(self.tokens):
            return False
        if self.tokens[index].capital or self.is_at(index, "các") or party_words().always.at(self.tokens, index) > 0:
            return True
        generic = 0 if self.is_at(index, "ngành") else party_words().generic.at(self.tokens, index)
        return generic > 0 and index + generic < len(self.tokens) and self.tokens[index + generic].capital

    def _qualified(self, index: int) -> bool:
        """True when words of a name follow a lone small-letter head: "giao phòng chuyên môn", not "giao ban"."""
        words = party_words()
        return bool(words.inside.at(self.tokens, index) or words.fields.at(self.tokens, index) or words.heads.at(self.tokens, index))

    def _abbreviated(self, index: int, *, loose: bool) -> int:
        """An abbreviation that no list knows ("TTYT"), and "P. KT"."""
        if self.is_at(index, "p") and self.is_at(index + 1, ".") and index + 2 < len(self.tokens) and self.tokens[index + 2].capital:
            return 2
        return int(loose and self.tokens[index].short)

    def _quantified(self, index: int) -> bool:
        """The word "các" opens a name only before a head or a class of bodies."""
        following, words = index + 1, party_words()
        return bool(
            words.heads.at(self.tokens, following)
            or words.classes.at(self.tokens, following)
            or (following < len(self.tokens) and self.tokens[following].short)
        )

    def verb_at(self, index: int, *, firm: bool = False) -> bool:
        """True when a verb starts at a token; unless ``firm``, also a small word before one ("trước ngày …")."""
        return index < len(self.tokens) and bool((party_words().deeds if firm else party_words().acts).at(self.tokens, index))

    def strong_at(self, index: int) -> bool:
        """True when a verb that never stands inside a name starts at a token, capital or not."""
        return index < len(self.tokens) and bool(party_words().strong.at(self.tokens, index))

    def unknown_at(self, index: int) -> bool:
        """True for a small-letter word that no list of verbs knows; behind the name of one body it is its act."""
        if index >= len(self.tokens) or self.tokens[index].capital or not self.tokens[index].key.isalpha():
            return False
        return not party_words().verbs.at(self.tokens, index) and not self.is_at(index, *_JOINTS)

    def name_end(self, index: int, *, loose: bool = False) -> int:
        """Return the token behind the name that starts at ``index``; ``index`` itself when none does."""
        head = self.head_at(index, loose=loose)
        if not head:
            return index
        end, clause = index + head, False
        if self.tokens[index].key == "các" and head == 1:
            end += self._class_word(end)
        while end < len(self.tokens) and end - index < LONGEST_NAME:
            step, opens = self._step(index, end, clause=clause)
            if step == 0:
                break
            clause = clause or opens
            end += step
        while end > index + head and self.tokens[end - 1].key in _LOOSE_ENDS:
            end -= 1
        return end

    def _class_word(self, index: int) -> int:
        """The noun right behind "các"."""
        words = party_words()
        return max(words.heads.at(self.tokens, index), words.classes.at(self.tokens, index))

    def _step(self, first: int, index: int, *, clause: bool) -> tuple[int, bool]:
        """How many tokens the name goes on, and whether a relative clause opens."""
        token, words = self.tokens[index], party_words()
        if token.key in _JOINTS:
            return self._joint(first, index, clause=clause), False
        if not token.key[0].isalnum():
            return 0, False
        if clause:
            return self._clause(index), False
        if token.key[0].isdigit():
            return self._numbered(first, index), False
        if token.capital:
            return max(1, *(phrases.at(self.tokens, index) for phrases in (words.fields, words.heads, words.inside))), False
        return self._small(first, index)

    def _clause(self, index: int) -> int:
        """A relative clause runs to the next verb: "các xã có nguy cơ sạt lở | sơ tán …"."""
        words = party_words()
        if self.tokens[index].capital:
            return 1
        noun = max(words.inside.at(self.tokens, index), words.fields.at(self.tokens, index))
        verb = words.verbs.at(self.tokens, index)
        return max(noun, 1) if noun > verb or not verb or self.is_at(index, "về", "tại", "trong", "từ", "qua") else 0

    def _small(self, first: int, index: int) -> tuple[int, bool]:
        """A small-letter word: of the name, the opener of a relative clause, or the verb that ends the name."""
        words = party_words()
        if self.is_at(index - 1, "các") and (noun := self._class_word(index)):
            return noun, False
        own = words.inside.at(self.tokens, index)
        inside = max(own, words.fields.at(self.tokens, index))
        opener = words.relative.at(self.tokens, index)
        if opener > inside and (self.is_at(index, "có", "nơi") or self._is_class(first, index)):
            return opener + (0 if self.is_at(index, "có", "nơi") else words.acts.at(self.tokens, index + opener)), True
        verb = words.verbs.at(self.tokens, index)
        if verb and verb >= inside:
            if verb == own and self._behind_class_word(first, index) and self._goes_on(index + inside):
                return inside, False
            return self._purpose(first, index), False
        return (inside or self._unknown(first, index)), False

    def _unknown(self, first: int, index: int) -> int:
        """A small-letter word in no list: second syllable ("Khảo thí"), part of a class's name before its verb, or a purpose."""
        if self._second_syllable(first, index):
            return 1
        if self._is_class(first, index):
            return self._until_verb(index)
        return self._until_capital(first, index) or self._purpose(first, index)

    def _until_capital(self, first: int, index: int) -> int:
        """Unknown words between the capitals of an organisation's name: "Viện Vệ sinh | dịch tễ Trung ương"; levels have none."""
        doubled = self.tokens[index - 1].capital and self.tokens[index - 2].capital and index - 2 > first
        if self.is_at(first, "ubnd", "hđnd", "sở", "ủy", "chủ") or doubled or self.tokens[index - 1].key in party_words().levels:
            return 0
        for place in range(index + 1, min(index + 4, len(self.tokens))):
            token = self.tokens[place]
            if token.capital:
                return 0 if party_words().heads.at(self.tokens, place) else place - index
            if not token.key.isalpha() or party_words().verbs.at(self.tokens, place):
                return 0
        return 0

    def _second_syllable(self, first: int, index: int) -> bool:
        """True behind a lone capital that is no place and no abbreviation: "Phòng Vật | tư", not "xã Bình Minh | gia cố"."""
        before = self.tokens[index - 1]
        if not before.capital or before.short or party_words().heads.at(self.tokens, index - 1) or len(before.key) == 1:
            return False
        head = first + party_words().heads.at(self.tokens, first)
        if index - 2 < head:
            return index - 1 >= head
        if party_words().heads.at(self.tokens, index - 2):
            return True
        return not self.tokens[index - 2].capital and self.tokens[index - 2].key not in party_words().levels

    def _is_class(self, first: int, index: int) -> bool:
        """True for the name of a class: "các …", "đơn vị …", "người đứng đầu …"."""
        if party_words().generic.at(self.tokens, first) or self.is_at(first, "mỗi", "từng"):
            return True
        return any(token.key == "các" for token in self.tokens[first:index])

    def _until_verb(self, index: int) -> int:
        """The number of words up to a verb that stands soon behind, nothing but words between; else 0."""
        words, place = party_words(), index + 1
        while place < min(index + _FORWARD, len(self.tokens)):
            token = self.tokens[place]
            if not token.key[0].isalnum():
                return 0
            noun = max(words.inside.at(self.tokens, place), words.fields.at(self.tokens, place))
            verb = 0 if token.capital else words.acts.at(self.tokens, place)
            if verb and verb >= noun:
                return place - index
            place += max(noun, 1)
        return 0

    def _goes_on(self, index: int) -> bool:
        """True when more of a class's name or another name follows, so that the word before was no act."""
        if self.is_at(index, ",", "và"):
            return self.head_at(index + 1) > 0 or self.tokens[index].key == "và"
        return self.verb_at(index) or self._until_verb(index) > 0

    def _purpose(self, first: int, index: int) -> int:
        """The words of a purpose up to the level of the body: "Ban Chỉ đạo | xóa nhà tạm huyện …"; 0 when it is no such name."""
        words = party_words()
        head = words.purposive.at(self.tokens, first)
        ended = self.tokens[index - 1].key in words.levels and index - first > head
        if not head or ended or words.heads.at(self.tokens, first) > head:
            return 0
        for place in range(index, min(index + _PURPOSE, len(self.tokens))):
            token = self.tokens[place]
            if token.key in words.levels and not self.is_at(place - 1, "các", "cấp") and place > index:
                return place + 1 - index
            if token.key not in _JOINTS and (not token.key[0].isalnum() or self._commands(place)):
                return 0
        return len(self.tokens) - index if index + _PURPOSE >= len(self.tokens) else 0

    def _commands(self, index: int) -> bool:
        words = party_words()
        return not self.tokens[index].capital and bool(words.links.at(self.tokens, index) or words.strong.at(self.tokens, index))

    def _numbered(self, first: int, index: int) -> int:
        """A number inside a name: "khu vực 6", "các cơ quan quản lý 03 chương trình …"."""
        if self.tokens[index - 1].key in party_words().numbered or self.tokens[index - 1].capital:
            return 1
        if self.tokens[index - 2].capital and (self.verb_at(index + 1) or self.is_at(index + 1, ",", "và", ";")):
            return 1
        return self._until_verb(index) if self._is_class(first, index) else 0

    def _behind_class_word(self, first: int, index: int) -> bool:
        """True right behind the noun of a class ("các cơ quan chủ trì …"), where even a verb may be part of the name."""
        words = party_words()
        start = next((place for place in range(index - 1, max(first, index - 5) - 1, -1) if self.is_at(place, "các", ",")), None)
        if start is None:
            return words.generic.at(self.tokens, first) == index - first
        if self.is_at(start, ","):
            return words.generic.at(self.tokens, start + 1) == index - start - 1
        return index <= start + 1 + words.heads.at(self.tokens, start + 1)

    def _joint(self, first: int, index: int, *, clause: bool = False) -> int:
        """Whether a comma, "và" or a dash joins parts of one name; the number of tokens to go on, 0 to stop."""
        following, words = index + 1, party_words()
        after = self.tokens[min(following, len(self.tokens) - 1)]
        if following >= len(self.tokens) or self.is_at(index, "-", "&"):
            return int(following < len(self.tokens) and (after.capital or words.inside.at(self.tokens, following) > 0))
        compound = words.inside.at(self.tokens, index)
        if self._one_name(first, index) or compound > 1 or self._fixed(first, index):
            return max(compound, 1)
        if after.key == "các" or (after.capital and self.head_at(following)):
            return int(after.capital and self._enumerated(first, following))
        if clause:
            return int(not after.capital and not self.verb_at(following) and self._clause_goes_on(following))
        return self._proper(first, index) if after.capital else self._listed(first, index, following)

    def _proper(self, first: int, index: int) -> int:
        """A capital behind a comma or "và": another part of a proper name ("Văn hóa, Thể thao")."""
        nearby = any(token.capital for token in self.tokens[max(index - 4, first) : index])
        return int(nearby or (self.tokens[index + 1].short and self._is_class(first, index)))

    def _fixed(self, first: int, index: int) -> bool:
        """Joints that never part names: "số 4, số 5", "các Sở, Ban ngành", "Xây dựng và thoát nước đô thị"."""
        following = index + 1
        if self.is_at(following, "số"):
            return True
        if self.is_at(following, "ban", "ngành") and self.is_at(index - 1, "sở", "ban") and self._is_class(first, index):
            return True
        words, lower = party_words(), not self.tokens[following].capital
        field = lower and words.fields.at(self.tokens, following) > 0 and not words.heads.at(self.tokens, following)
        return field and self.is_at(index, "và") and not self.verb_at(following) and not self._is_class(first, index)

    def _clause_goes_on(self, index: int) -> bool:
        """A comma inside a clause: "có nguy cơ sạt lở, lũ quét sơ tán …" goes on when a verb follows after a word or two."""
        return 0 < self._until_verb(index) <= 3

    def _listed(self, first: int, index: int, following: int) -> int:
        """Small-letter members of a class: "các sở, ban, ngành"; not a new name with its own clause ("…, đơn vị được giao …")."""
        words = party_words()
        if not (words.heads.at(self.tokens, following) or words.inside.at(self.tokens, following)) or self._acts(following):
            return 0
        classes = any(token.key == "các" for token in self.tokens[first:index])
        if words.always.at(self.tokens, following) and not (classes and words.generic.at(self.tokens, following)):
            return 0
        if generic := words.generic.at(self.tokens, following):
            opens = words.relative.at(self.tokens, following + generic)
            if opens and self.tokens[index - 1].key in words.levels:
                return 0
        level = self.tokens[following + max(words.inside.at(self.tokens, following), 1) - 1].key
        both_levels = self.tokens[index - 1].key in words.levels and level in words.levels
        return int(classes or both_levels or self._is_class(first, index))

    def _one_name(self, first: int, index: int) -> bool:
        """Heads that make one name: "HĐND và UBND", "Giám đốc, Thủ trưởng các sở", "đồng chí Lò A, Phó Chủ tịch UBND xã"."""
        before, after = self.tokens[index - 1], self.tokens[index + 1]
        if any(party_words().joined.at(self.tokens, index - back) > back for back in (1, 2, 4) if index - back >= first):
            return True
        if self.tokens[index].key not in (",", "và") or not after.capital or not self.head_at(index + 1):
            return False
        if self.tokens[first].key in _PERSONS and index - first >= 3:
            return before.capital and self.tokens[index - 2].capital and "," not in {t.key for t in self.tokens[first:index]}
        return index - first == party_words().heads.at(self.tokens, first) and before.key in _SHARED_TITLES

    def _enumerated(self, first: int, following: int) -> bool:
        """In "Công ty … Đầu tư, Xây dựng": a head word inside a name of a company or centre is none when a lone field word."""
        return self.tokens[following].key in ("hội", "báo", "đoàn", "thuế", "bưu") and self.tokens[first].key in ("trung", "công")

    def _acts(self, index: int) -> bool:
        size = party_words().strong.at(self.tokens, index)
        return bool(size) and size >= party_words().inside.at(self.tokens, index)

    def mention(self, start: int, end: int) -> PartyMention:
        """Return the name of tokens from start to end."""
        a, b = self.tokens[start].start, self.tokens[end - 1].end
        return PartyMention(self.text[a:b], a, b)


def is_political(name: str) -> bool:
    """True for a body that can only be asked: Party, Front, courts, People's Councils; not for "Bí thư, Chủ tịch UBND …"."""
    key = fold(name)
    return "chủ tịch ubnd" not in key and any(phrase in key for phrase in party_words().political)
