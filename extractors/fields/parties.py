"""Names of those who act or receive ("cơ quan, đơn vị, cá nhân"), found in running text: where one begins, where it ends.

A name begins with a head ("Sở", "UBND", "Thủ trưởng") and runs on over capitals, over small-letter words that belong to names, and
over commas and "và" inside it ("Văn hóa, Thể thao và Du lịch", "các sở, ban, ngành"). It ends where a verb begins, where another
head opens a new name, or at punctuation. Vocabulary: ``data/party_words.toml``, ``data/verbs.toml``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from extractors.text import fold

_TOKEN = re.compile(r"\w+(?:/\w+)?|[^\w\s]")
_SHARED_TITLES = ("đốc", "trưởng", "tịch")
"""Ends of titles that may stand bare before another: "Giám đốc, Thủ trưởng các sở"."""
LONGEST_NAME = 60
"""Words; a name with a long relative clause stays below."""


@dataclass(frozen=True)
class PartyMention:
    """A name with its place; ``name`` repeats a shared head ("các Sở: Nội vụ, Tài chính" → "Sở Tài chính")."""

    name: str
    start: int
    end: int


@dataclass(frozen=True)
class _Token:
    key: str
    start: int
    end: int
    capital: bool


class _Phrases:
    """A set of phrases by their words; the longest that starts at a place is found."""

    def __init__(self, phrases: Sequence[str]) -> None:
        self._known = {tuple(_TOKEN.findall(fold(phrase))) for phrase in phrases}
        self._longest = max((len(words) for words in self._known), default=0)
        self._first = {words[0] for words in self._known}

    def at(self, tokens: Sequence[_Token], index: int) -> int:
        """The number of words of the longest phrase that starts at a token; 0 when none does."""
        if index >= len(tokens) or tokens[index].key not in self._first:
            return 0
        for size in range(min(self._longest, len(tokens) - index), 0, -1):
            if tuple(token.key for token in tokens[index : index + size]) in self._known:
                return size
        return 0


@dataclass(frozen=True)
class _Words:
    heads: _Phrases
    always: _Phrases
    not_heads: _Phrases
    inside: _Phrases
    fields: _Phrases
    relative: _Phrases
    political: tuple[str, ...]
    strong: _Phrases
    verbs: _Phrases


@cache
def _words() -> _Words:
    folder = files("extractors.data")
    party = tomllib.loads((folder / "party_words.toml").read_text("utf-8"))
    act = tomllib.loads((folder / "verbs.toml").read_text("utf-8"))
    return _Words(
        heads=_Phrases(party["heads"]),
        always=_Phrases(party["always"]),
        not_heads=_Phrases(party["not_heads"]),
        inside=_Phrases(party["inside"]),
        fields=_Phrases(party["fields"]),
        relative=_Phrases(party["relative"]),
        political=tuple(fold(phrase) for phrase in party["political"]),
        strong=_Phrases(act["strong"]),
        verbs=_Phrases([*act["strong"], *act["verbs"]]),
    )


class Text:
    """A text cut into tokens once, for all questions about its names."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.key = fold(text)
        self.tokens = tuple(_Token(m[0], m.start(), m.end(), text[m.start()].isupper()) for m in _TOKEN.finditer(self.key))

    def index_at(self, offset: int) -> int:
        """The first token at or behind an offset."""
        low, high = 0, len(self.tokens)
        while low < high:
            middle = (low + high) // 2
            if self.tokens[middle].start < offset:
                low = middle + 1
            else:
                high = middle
        return low

    def head_at(self, index: int, *, loose: bool = False) -> int:
        """The number of words of a head that opens a name at a token; ``loose`` also takes small letters ("giao phòng …")."""
        words, tokens = _words(), self.tokens
        size = words.heads.at(tokens, index)
        if not size or words.not_heads.at(tokens, index):
            return 0
        token = tokens[index]
        if token.capital or loose or token.key == "các" or words.always.at(tokens, index):
            return size if token.key != "các" or self._quantified(index) else 0
        return 0

    def _quantified(self, index: int) -> bool:
        """The word "các" opens a name only before a head or a class of bodies."""
        following = index + 1
        if _words().not_heads.at(self.tokens, index):
            return False
        return bool(_words().heads.at(self.tokens, following) or _words().inside.at(self.tokens, following))

    def verb_at(self, index: int) -> bool:
        """True when a small-letter verb or connective starts at a token."""
        return index < len(self.tokens) and bool(_words().verbs.at(self.tokens, index))

    def strong_at(self, index: int) -> bool:
        """True when a verb that never stands inside a name starts at a token, capital or not."""
        return index < len(self.tokens) and bool(_words().strong.at(self.tokens, index))

    def name_end(self, index: int, *, loose: bool = False) -> int:
        """Return the token behind the name that starts at ``index``; ``index`` itself when none does."""
        head = self.head_at(index, loose=loose)
        if not head:
            return index
        end, relative = index + head, False
        if self.tokens[index].key == "các":
            end += _words().heads.at(self.tokens, end)
        while end < len(self.tokens) and end - index < LONGEST_NAME:
            step, opens = self._step(index, end, relative=relative)
            if step == 0:
                break
            relative = relative or opens
            end += step
        while end > index and self.tokens[end - 1].key in (",", "và", "-", "&", "của", "các", "có", "theo", "trên"):
            end -= 1
        return end

    def _step(self, first: int, index: int, *, relative: bool) -> tuple[int, bool]:
        """How many tokens the name goes on, and whether a relative clause opens."""
        token, words = self.tokens[index], _words()
        if relative and token.key not in (".", ";", ":", "("):
            return (0, False) if words.strong.at(self.tokens, index) and not token.capital else (1, False)
        if token.key in (",", "và", "-", "&"):
            return self._joint(first, index), False
        if not token.key[0].isalnum():
            return 0, False
        if token.key[0].isdigit():
            return int(self._numbered(index)), False
        if token.capital:
            known = (words.fields, words.heads, words.inside)
            return max(1, *(phrases.at(self.tokens, index) for phrases in known)), False
        return self._small(first, index)

    def _small(self, first: int, index: int) -> tuple[int, bool]:
        """A small-letter word: of the name, the opener of a relative clause, or the verb that ends the name."""
        words = _words()
        if size := words.relative.at(self.tokens, index):
            return size, True
        inside = max(words.inside.at(self.tokens, index), words.fields.at(self.tokens, index))
        verb = words.verbs.at(self.tokens, index)
        close = self._close(first, index)
        if verb > inside or (verb and verb == inside and not close and not self.tokens[index - 1].capital):
            return 0, False
        second = self.tokens[index - 1].capital and not words.heads.at(self.tokens, index - 1)
        return inside or int(not verb and (close or second)), False

    def _numbered(self, index: int) -> bool:
        return self.tokens[index - 1].key in (
            "quận",
            "phường",
            "tổ",
            "khu",
            "số",
            "vùng",
            "khu vực",
            "vực",
            "trạm",
            "đội",
            "hạng",
            "ấp",
            "thôn",
        )

    def _close(self, first: int, index: int) -> bool:
        """True right behind "các" and its class word ("các cơ quan chủ trì …"), where even a verb is part of the name."""
        if self.tokens[first].key != "các":
            return self.tokens[index - 1].key == "các"
        return index <= first + 1 + _words().heads.at(self.tokens, first + 1)

    def _joint(self, first: int, index: int) -> int:
        """Whether a comma, "và" or a dash joins parts of one name; the number of tokens to go on, 0 to stop."""
        following = index + 1
        if following >= len(self.tokens):
            return 0
        after = self.tokens[following]
        if self.tokens[index].key in ("-", "&"):
            return int(after.capital or bool(_words().inside.at(self.tokens, following)))
        if self._one_name(first, index):
            return 1
        if after.key == "các" or (after.capital and self.head_at(following)):
            return int(after.capital and self._enumerated(first, following))
        if after.capital:
            return int(any(token.capital for token in self.tokens[max(index - 4, first) : index]))
        classes = any(token.key == "các" for token in self.tokens[first:index])
        listed = _words().heads.at(self.tokens, following) or _words().inside.at(self.tokens, following)
        return int(classes and bool(listed) and not self._acts(following))

    def _one_name(self, first: int, index: int) -> bool:
        """Heads that make one name: "HĐND và UBND", "Giám đốc, Thủ trưởng các sở"."""
        before, after = self.tokens[index - 1], self.tokens[index + 1]
        if before.key == "hđnd" and after.key == "ubnd":
            return True
        bare = index - first == _words().heads.at(self.tokens, first) and before.key in _SHARED_TITLES
        return self.tokens[index].key == "," and bare and self.head_at(index + 1) > 0

    def _enumerated(self, first: int, following: int) -> bool:
        """In "Công ty … Đầu tư, Xây dựng": a head word inside a name of a company or centre is none when a lone field word."""
        return self.tokens[following].key in ("hội", "báo", "đoàn", "thuế", "bưu") and self.tokens[first].key in ("trung", "công")

    def _acts(self, index: int) -> bool:
        size = _words().strong.at(self.tokens, index)
        return bool(size) and size >= _words().inside.at(self.tokens, index)

    def mention(self, start: int, end: int) -> PartyMention:
        """Return the name of tokens from start to end."""
        a, b = self.tokens[start].start, self.tokens[end - 1].end
        return PartyMention(self.text[a:b], a, b)


def names_from(text: Text, index: int, *, loose: bool = False) -> tuple[tuple[PartyMention, ...], int]:
    """Return the names listed from a token on ("A, B và C") and the token behind the list."""
    found: list[PartyMention] = []
    end = index
    while True:
        stop = text.name_end(index, loose=loose and not found)
        if stop == index:
            break
        shared = list(_distributed(text, index, stop))
        found += shared or [text.mention(index, stop)]
        end = stop if not shared else _list_end(text, stop)
        separator = _separator(text, end)
        if not separator:
            break
        index = end + separator
    return tuple(found), end


def _separator(text: Text, index: int) -> int:
    """The number of tokens between two names of a list: ",", ";", "và", ", và", "cùng"; 0 where the list ends."""
    keys = [token.key for token in text.tokens[index : index + 3]]
    for joint in ([",", "và"], [";", "và"], [","], [";"], ["và"], ["hoặc"]):
        if keys[: len(joint)] == joint and text.head_at(index + len(joint)):
            return len(joint)
    return 0


def _distributed(text: Text, start: int, stop: int) -> Iterator[PartyMention]:
    """The words "các Sở: Nội vụ, Tài chính" name several by one head."""
    if stop >= len(text.tokens) or text.tokens[stop].key != ":" or stop - start > 3 or text.tokens[start].key != "các":
        return
    head = text.text[text.tokens[start + 1].start : text.tokens[stop - 1].end]
    end = _list_end(text, stop)
    for part in re.finditer(r"[^,;]+", text.text[text.tokens[stop].end : text.tokens[end - 1].end]):
        offset = text.tokens[stop].end + part.start()
        for piece in re.finditer(r"(?:(?!\s+và\s+(?=[A-ZĐ])).)+", part[0]):
            words = piece[0].strip().removeprefix("và ").strip()
            if words:
                at = text.text.index(words, offset + piece.start())
                yield PartyMention(f"{head} {words}", at, at + len(words))


def _list_end(text: Text, colon: int) -> int:
    """The token behind the capitalised list that follows a colon."""
    index = colon + 1
    while index < len(text.tokens):
        token = text.tokens[index]
        known = (
            token.key in (",", "và", "-", "&") or token.capital or _words().inside.at(text.tokens, index) or text.tokens[index - 1].capital
        )
        if not known or text.strong_at(index) or text.head_at(index) or (token.key in (",", ";") and text.head_at(index + 1)):
            break
        index += 1
    while text.tokens[index - 1].key in (",", "và", ";"):
        index -= 1
    return index


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


def is_political(name: str) -> bool:
    """True for a body that can only be asked: Party, Front, courts, People's Councils."""
    key = fold(name)
    return any(phrase in key for phrase in _words().political)
