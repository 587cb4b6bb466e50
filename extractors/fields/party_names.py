"""One name of somebody who acts or receives: where it begins, where it ends.

A name begins with a head ("Sở", "UBND", "Thủ trưởng", "các đơn vị") and goes on over capitals, over small-letter words that names
are made of, over commas and "và" inside it ("Văn hóa, Thể thao và Du lịch", "các sở, ban, ngành") and over a clause that belongs to
it ("các xã có nguy cơ ngập lụt"). It ends where an act begins, where another head opens a new name, or at punctuation.
"""

from __future__ import annotations

from extractors.fields.party_heads import AHEAD, SENTENCE, act_ahead, act_at, class_at, head_at, stretch_at
from extractors.fields.party_lexicon import CLOSED, ENDING, KNOWN, LINK, MODAL, NONE, OPEN, PERSON, STRONG, TITLE, VERB, lexicon
from extractors.fields.party_tokens import Words
from extractors.text import fold

LONGEST = 60
"""Words; a name with a long clause of its own stays below."""
_FAR = 12
"""The same for the purpose of a body, which is longer."""
_SHORT_CLAUSE = 3
"""Words of a clause within which a verb still says what the clause is about."""
_JOINTS = frozenset({",", "và", "&", "-", "hoặc", "/"})
_TAIL = frozenset({",", "và", "&", "-", "hoặc", "của", "có", "theo", "trên", "thuộc", "các", "những", "/", "trong", "ngoài"})
_BEFORE_TAIL = frozenset({"trực", "nói", "nêu", "kể"})
"""Words that make one with the next: "trực thuộc", "nêu trên"."""
_NUMBERED = frozenset(
    [
        "quận",
        "phường",
        "tổ",
        "khu",
        "phố",
        "số",
        "vùng",
        "vực",
        "trạm",
        "đội",
        "ấp",
        "thôn",
        "hạng",
        "cụm",
        "khối",
        "xóm",
        "bản",
        "khóm",
        "dân",
        "tdp",
    ]
)
"""Words that a number follows in a name: "tổ dân phố số 5", "Quân khu 4"."""
_ENUMERATED = "các"
_PREDICATES = frozenset({"chưa", "nhận", "chậm", "đang", "không", "đạt"})
"""Openers of a clause about some of many ("các xã chưa hoàn thành …"); of one body they tell what it does ("Sở Y tế chưa …")."""
_BEGUN = frozenset(fold(word) for word in ("chủ", "hoàn"))
"""Acts that may follow the opener of a clause: "được giao chủ trì", "chưa hoàn thành"."""


class NameReader:
    """Reads one name word by word; what was read decides how the next word is taken."""

    def __init__(self, words: Words, index: int, *, loose: bool = False, cell: bool = False) -> None:
        self.words = words
        self.first = index
        self.cell = cell
        self.relative: int | None = None
        """Where the clause of the name began, if one did."""
        self.participle = False
        self.kind = ""
        self.bare = True
        """Only heads were read so far."""
        self.head_end = index
        self.at = index
        self.colon = False
        size, kind = head_at(words, index, loose=loose)
        if not size and cell and index < words.size and words.keys[index][0].isalnum():
            size, kind = 1, OPEN
        self._take_heads(size, kind)
        self.end = self._read() if size else index

    def _take_heads(self, size: int, kind: str) -> None:
        """Take the first head and those right behind it ("Giám đốc" + "Sở", "các" + "cơ quan")."""
        while size:
            quantifier = lexicon().quantifiers.at(self.words, self.at) == size
            self.at += size
            self.kind = kind
            self.head_end = self.at
            size, kind = head_at(self.words, self.at, loose=True)
            if size and not quantifier and self._no_further_head(size):
                return
            if size and not self.words.cap(self.at) and self._acts(self.at, size, quantifier=quantifier):
                return

    def _no_further_head(self, size: int) -> bool:
        """A level, and a class behind a body, go on the name but make no new head of it."""
        lex, words = lexicon(), self.words
        if lex.levels.at(words, self.at) == size:
            return True
        return (
            self.kind != TITLE
            and lex.heads.at(words, self.at) < size
            and not lex.quantifiers.at(words, self.at)
            and not lex.known.at(words, self.at)
        )

    def _acts(self, index: int, taken: int, *, quantifier: bool) -> bool:
        """True when an act begins here rather than a head: "các huyện tổ chức", but "các tổ chức"."""
        size, kind = act_at(self.words, index)
        return kind != LINK and (size > taken or (size == taken and not quantifier))

    @property
    def quantified(self) -> bool:
        """True when a quantifier opens the last head: "các cơ quan", "Thủ trưởng các sở"."""
        return _ENUMERATED in self.words.keys[self.first : self.head_end] or lexicon().quantifiers.at(self.words, self.first) > 0

    def _read(self) -> int:
        words = self.words
        while self.at < words.size and self.at - self.first < LONGEST:
            step = self._step(self.at)
            if step == 0:
                break
            self.at += step
        if self.relative is not None and self.participle and not self._clause_is_followed():
            self.at = self.relative
        while (
            self.at - self.first > 1
            and words.keys[self.at - 1] in _TAIL
            and not words.caps[self.at - 1]
            and words.keys[self.at - 2] not in _BEFORE_TAIL
        ):
            self.at -= 1
        return self.at

    def _clause_is_followed(self) -> bool:
        """A clause by a verb alone counts when an act or a colon follows; else that verb was the act."""
        return self.at < self.words.size and (act_at(self.words, self.at)[1] in (*ENDING, VERB) or self.words.keys[self.at] in ":,(")

    def _step(self, index: int) -> int:
        """How many words the name goes on; 0 where it ends."""
        key = self.words.keys[index]
        if self.relative is not None:
            return self._in_clause(index)
        if key in _JOINTS:
            return self._joint(index)
        if not key[0].isalnum():
            return 0
        self.bare = False
        if key[0].isdigit():
            return self._number(index)
        return self._capital(index) if self.words.caps[index] else self._small(index)

    def _number(self, index: int) -> int:
        words = self.words
        if words.keys[index - 1] in _NUMBERED or self.cell:
            return 1
        behind = index + 1
        ends = behind >= words.size or not words.keys[behind][0].isalnum() or act_at(words, behind)[0] > 0 or words.keys[behind] == "của"
        return int(ends or lexicon().levels.at(words, behind) > 0)

    def _capital(self, index: int) -> int:
        lex, words = lexicon(), self.words
        size, kind = lex.acts.find(words, index)
        if kind == MODAL and index != self.head_end and not self.cell and not words.cap(index + 1):
            return 0
        return max(1, size, lex.inside.at(words, index), lex.heads.at(words, index))

    def _small(self, index: int) -> int:
        """A word in small letters: part of a compound, opener of a clause, name word, act, or unknown."""
        lex, words = lexicon(), self.words
        inside = lex.inside.at(words, index)
        if self.cell or self._second_syllable(index):
            return max(1, inside)
        if size := self._opens_clause(index) or self._of_places(index) or (self.quantified and stretch_at(self.words, index)):
            return size
        act, kind = lex.acts.find(words, index)
        if kind == NONE:
            return max(act, inside)
        if act and self._acts_here(index, act, inside, kind):
            return 0
        return inside or act or int(self._unknown(index))

    def _of_places(self, index: int) -> int:
        """The places of a body: "Hội Cựu chiến binh các xã", "Ban công tác Mặt trận các thôn"."""
        lex, words = lexicon(), self.words
        size = lex.quantifiers.at(words, index)
        if not size or self.quantified:
            return 0
        place = lex.levels.at(words, index + size) or lex.villages.at(words, index + size)
        return size + place if place else 0

    def _acts_here(self, index: int, act: int, inside: int, kind: str) -> bool:
        """True when the act found here is one: no noun of the same words, no purpose of a body."""
        noun = act < inside or (act == inside and not self._behind_place(index) and self._noun_here(index + act, kind))
        return not noun and not self._purpose(index, act, kind)

    def _noun_here(self, behind: int, kind: str) -> bool:
        """True for a word that is verb and noun, as a noun: the name or the sentence's next part follows ("Cục … thông tin, …")."""
        if kind != VERB or self.quantified:
            return False
        words = self.words
        return behind >= words.size or words.keys[behind] in ",;.:()" or words.caps[behind] or lexicon().levels.at(words, behind) > 0

    def _second_syllable(self, index: int) -> bool:
        """True for the small second half of a compound that began with a capital ("Đào tạo", "Tổ chức")."""
        if not self.words.cap(index - 1) or index - 1 < self.first:
            return False
        lex, words = lexicon(), self.words
        if act_at(words, index)[0] == 1 and self._begins_field(index - 1):
            return True
        lists = (lex.acts, lex.inside, lex.heads, lex.not_heads)
        compound = max(phrases.at(words, index - 1) for phrases in lists)
        return compound > 1 and act_at(words, index)[0] < compound

    def _begins_field(self, index: int) -> bool:
        """True for the first word behind a head or a joint, written in small letters but for its first: "Hậu cần", "Thiết bị"."""
        words = self.words
        if index != self.head_end and words.key(index - 1) not in _JOINTS:
            return False
        return len(words.keys[index]) > 1 and not words.text[words.starts[index] + 1].isupper()

    def _opens_clause(self, index: int) -> int:
        """The words that open a clause of the name; 0 when none do."""
        lex, words = lexicon(), self.words
        opens = lex.relative.at(words, index) or int(words.keys[index] == "về" and self._formed())
        if words.keys[index] in _PREDICATES and not self._of_class():
            opens = 0
        verb = lex.participles.at(words, index) if not opens and self._behind_class(index) else 0
        if not opens and not verb:
            return 0
        act, kind = act_at(words, index)
        if kind == LINK and words.keys[index] == "về":
            act = 0
        if act > max(opens, verb) or (words.keys[index] == "phụ" and (self.kind == PERSON or self._behind_place(index))):
            return 0
        self.relative, self.participle = index, (bool(verb) and kind in (STRONG, VERB, MODAL)) or words.keys[index] == "về"
        size = opens or verb
        behind, strength = act_at(words, index + size)
        # "có rừng tổ chức tuần tra" acts behind its clause, "có dự án khai thác" and "chưa hoàn thành" go on with theirs.
        begins = strength == VERB or (words.keys[index] != "có" and (strength == STRONG or words.key(index + size) in _BEGUN))
        return size + (behind if opens and begins else 0)

    def _formed(self) -> bool:
        """True for a body formed for a purpose: "Ban Chỉ đạo về …", "Tổ công tác về …"."""
        return lexicon().purposes.at(self.words, self.first) > 0 and self.head_end > self.first

    def _behind_class(self, index: int) -> bool:
        """True right behind a kind of bodies, where a verb may say which ("các đơn vị kinh doanh …")."""
        size = lexicon().classes.ending(self.words, index - 1)[0]
        return size > 0 and self._of_class() and index - size >= self.first and not lexicon().levels.ending(self.words, index - 1)[0]

    def _of_class(self) -> bool:
        """True for a kind of bodies ("các doanh nghiệp …"), of which a clause says which."""
        return self.quantified or (self.kind == OPEN and not self.words.caps[self.head_end - 1])

    def _purpose(self, index: int, act: int, kind: str) -> bool:
        """True for the purpose of a body: "Ban Chỉ đạo xóa nhà tạm", "Viện Nghiên cứu phát triển kinh tế"."""
        if kind != VERB or self.quantified or not act_ahead(self.words, index + act, _FAR):
            return False
        if index == self.head_end:
            size = lexicon().acts.ending(self.words, index - 1)[0]
            return lexicon().purposes.ending(self.words, index - 1)[0] > 0 or (
                self.kind == OPEN and size > 0 and self.words.cap(index - size)
            )
        before = self.head_end + lexicon().acts.at(self.words, self.head_end)
        return before == index and self.words.cap(self.head_end)

    def _unknown(self, index: int) -> bool:
        """Whether a word of no list goes on the name."""
        words = self.words
        if (self.kind == KNOWN and index == self.head_end) or self._behind_place(index):
            return False
        if words.cap(index - 1) or (
            self.kind == OPEN and (words.cap(index + 1) or (words.cap(index + 2) and not act_at(words, index + 1)[0]))
        ):
            return True
        if self.kind in (CLOSED, KNOWN, TITLE) and not self.quantified:
            return False
        return act_ahead(self.words, index + 1, 3 if self.quantified else AHEAD)

    def _behind_place(self, index: int) -> bool:
        """True behind the name of a place, whose syllables all have capitals: "xã Hòa Bình", "Sở Y tế Hà Nội"."""
        words, place = self.words, index - 1
        while place > self.first and words.caps[place]:
            place -= 1
        if place == index - 1:
            return False
        return lexicon().levels.ending(words, place)[0] > 0 or (self.kind == KNOWN and place + 1 >= self.head_end)

    def _in_clause(self, index: int) -> int:
        """How many words the clause of the name goes on."""
        words = self.words
        key = words.keys[index]
        if key in SENTENCE or key in (",", "và"):
            return 0 if key in SENTENCE else self._clause_comma(index)
        if words.caps[index] or self._second_syllable(index):
            return 1
        act, kind = lexicon().acts.find(words, index)
        known, look_alike = lexicon().inside.at(words, index), lexicon().not_heads.at(words, index)
        if kind == NONE or look_alike > act:
            return max(act if kind == NONE else 0, look_alike)
        # "tổ chức" is a noun where a list goes on ("tổ chức, cá nhân"), else an act.
        acts = act > known or (act == known and kind == STRONG and words.key(index + act)[:1].isalnum())
        return 0 if acts and self._ends_clause(index, kind) else max(known, 1)

    def _ends_clause(self, index: int, kind: str) -> bool:
        """True for a strong act, for any verb when the clause has said something, and for a new circumstance."""
        if kind == VERB:
            return index - (self.relative or 0) > _SHORT_CLAUSE
        return kind in ENDING or (kind == LINK and self.words.keys[index] in ("để", "nhằm", "khi", "nếu", "theo"))

    def _clause_comma(self, index: int) -> int:
        """A comma in a clause: goes on for a further noun, ends the name before an act or another head."""
        following = index + 1
        if head_at(self.words, following)[0] or act_at(self.words, following)[1] in ENDING:
            return 0
        if self.words.cap(following) or self.words.keys[index] == "và":
            return 1
        return int(following < self.words.size and act_ahead(self.words, following))

    def _joint(self, index: int) -> int:
        """Whether a comma, "và" or a dash joins parts of one name; the words to go on, 0 to stop."""
        words, following = self.words, index + 1
        if words.keys[index] == "," and words.key(following) == "và":
            following += 1
        if following >= words.size:
            return 0
        if words.keys[index] in ("-", "/"):
            return self._dash(following)
        if self.bare and self._shares_head(index, following):
            return self._further_heads(index, following)
        if words.caps[following]:
            return following - index if self._joins_capital(index, following) else 0
        if not self._joins_small(index, following):
            return 0
        return following - index + lexicon().quantifiers.at(words, following)

    def _shares_head(self, index: int, following: int) -> bool:
        """True for two heads before one complement: "Giám đốc, Thủ trưởng các sở", "Báo và Đài Phát thanh"."""
        if not head_at(self.words, following)[0] or self.quantified or lexicon().complete_titles.at(self.words, self.first):
            return False
        if lexicon().quantifiers.at(self.words, following):
            return self.kind == TITLE and self.words.keys[index] != ","
        return self.kind == TITLE or (self.words.keys[index] != "," and self.head_end - self.first == 1)

    def _further_heads(self, index: int, following: int) -> int:
        self.at = following
        self._take_heads(*head_at(self.words, following))
        taken, self.at = self.at - index, index
        return taken

    def _dash(self, following: int) -> int:
        words = self.words
        if self.cell or words.caps[following]:
            return int(act_at(words, following)[1] != MODAL or words.caps[following + 1 : following + 2] == [True])
        return int(lexicon().inside.at(words, following) > 0)

    def _joins_capital(self, index: int, following: int) -> bool:
        words = self.words
        if self.kind == PERSON and words.keys[index] == "," and head_at(words, following)[1] == TITLE:
            return True
        if head_at(words, following)[0] or lexicon().quantifiers.at(words, following):
            return self._capital_class(following)
        if self._of_class() and lexicon().inside.at(words, following):
            return True
        if act_at(words, following)[1] in ENDING and not words.cap(index - 2) and words.keys[index] == ",":
            return False
        if self.kind == KNOWN:
            return False
        return words.cap(index - 1) or self._compound_before(index)

    def _capital_class(self, following: int) -> bool:
        """True for a class written with a capital in an enumeration: "các Sở, Ban, ngành"."""
        lex, words = lexicon(), self.words
        size, (head, kind) = lex.classes.at(words, following), lex.heads.find(words, following)
        return self.quantified and size >= head and size > 0 and kind != TITLE and not words.cap(following + size) and self._of_class_only()

    def _compound_before(self, index: int) -> bool:
        """True behind a compound that began with a capital ("Văn hóa, Thể thao", "Đầu tư, Xây dựng")."""
        return any(self.words.cap(place) for place in range(max(self.first, index - 4), index))

    def _joins_small(self, index: int, following: int) -> bool:
        """Whether "," or "và" before small letters joins: by quantifier, by class, by name word, by the body's purpose."""
        lex, words = lexicon(), self.words
        if lex.quantifiers.at(words, following):
            return self._joins_quantified(following)
        if words.key(following + 1).isdigit() and words.key(index - 1).isdigit():
            return True
        if self._ends_before(index, following):
            return False
        listed = lex.classes.at(words, following)
        if listed and lex.not_heads.at(words, following) <= listed:
            return self._joins_class(index, following)
        return self._joins_word(index, following)

    def _ends_before(self, index: int, following: int) -> bool:
        """True before a party of its own, and behind "liên quan", which closes an enumeration."""
        lex, words = lexicon(), self.words
        if lex.always.at(words, following) or (not self.quantified and lex.apart.at(words, following)):
            return True
        return words.key(index - 1) in ("quan", "khác") and words.key(index - 2) == "liên"

    def _joins_word(self, index: int, following: int) -> bool:
        lex, words = lexicon(), self.words
        act, kind = act_at(words, following)
        inside = lex.inside.at(words, following)
        if act >= inside and kind in (MODAL, STRONG, LINK):
            return False
        if inside > act:
            return self._of_class() or self.kind in (OPEN, TITLE)
        if self.kind != OPEN or self.quantified:
            return False
        if words.keys[index] == "và" and not act and words.cap(index - 2):
            return True
        return lex.purposes.at(words, self.first) > 0 and act_ahead(self.words, following)

    def _joins_quantified(self, following: int) -> bool:
        """In "UBND các xã, các thị trấn" is one name; "các sở, các đơn vị" are two."""
        lex, words = lexicon(), self.words
        behind = following + lex.quantifiers.at(words, following)
        if lex.levels.at(words, behind):
            return self._last_level(following)
        if words.key(behind) == "khu" and not self.quantified:
            return True
        return not class_at(words, behind) and self.kind in (OPEN, KNOWN) and not self.quantified and words.cap(behind)

    def _last_level(self, following: int) -> bool:
        return any(lexicon().levels.at(self.words, place) for place in range(max(self.first, following - 4), following))

    def _joins_class(self, index: int, following: int) -> bool:
        """In "các cơ quan, đơn vị", "xã, thị trấn" go on; a class behind levels is a new party ("các huyện, đơn vị được giao …")."""
        lex, words = lexicon(), self.words
        if lex.levels.at(words, following):
            return self._last_level(index) or self._of_class()
        if self._last_level(index) and not self._of_class_only():
            return False
        return self._of_class()

    def _of_class_only(self) -> bool:
        """True when no body was named, only classes ("các sở, ngành, huyện, đơn vị")."""
        lex, words = lexicon(), self.words
        return not any(
            words.caps[place] and not lex.classes.at(words, place)
            for place in range(self.first + 1, self.at)
            if lex.heads.find(words, place)[1] != TITLE
        )
