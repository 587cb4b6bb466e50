"""The door to spaCy and underthesea: known names found longest first, words segmented, long texts made short titles.

Both libraries load in about a second, so they are imported by the first call that needs them, never with this module.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from extractors.text import fold, nfc, squeeze

_TOKEN = re.compile(r"\w+|[^\w\s]")
# Words that join or lead on to another; a title that ends with one reads as torn.
_DANGLING = frozenset(
    [
        "của",
        "cho",
        "với",
        "và",
        "hoặc",
        "để",
        "về",
        "tại",
        "từ",
        "trong",
        "trên",
        "theo",
        "do",
        "bởi",
        "vào",
        "ra",
        "đến",
        "tới",
        "bằng",
        "qua",
        "là",
        "các",
        "những",
        "một",
        "mỗi",
        "được",
        "bị",
        "sẽ",
        "đã",
        "đang",
        "không",
        "nhằm",
        "như",
        "khi",
        "nếu",
        "thì",
        "mà",
        "gồm",
        "thuộc",
        "giữa",
        "cùng",
        "sau",
        "trước",
        "dưới",
        "ngoài",
        "đối",
        "việc",
    ]
)
_LETTERS = 24
"""Letters of the longest word ("từ") that counts; what stands farther on is not looked at."""
_CLAUSE_ENDS = frozenset(",;:.(-–")


@dataclass(frozen=True)
class NameHit:
    """A known name in a text: character offsets and the id it was given."""

    start: int
    end: int
    id: str


class NameIndex:
    """Known names, matched whatever their case, tone placement or hyphens; the longest at each place, none overlapping."""

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        """Take pairs of (id, name); one name under two ids is found under the first."""
        self._vocab, self._matcher = _matcher()
        seen: set[str] = set()
        for key, name in names:
            words = _TOKEN.findall(nfc(name))
            folded = fold(" ".join(words))
            if words and folded not in seen:
                seen.add(folded)
                self._matcher.add(key, [_doc(self._vocab, words)])

    def find(self, text: str) -> tuple[NameHit, ...]:
        """Return the names in an NFC text from left to right."""
        places = [match.span() for match in _TOKEN.finditer(text)]
        if not places:
            return ()
        found = self._matcher(_doc(self._vocab, [text[start:end] for start, end in places]))
        hits: list[NameHit] = []
        for key, first, last in sorted(found, key=lambda match: (match[1], -match[2])):
            start, end = places[first][0], places[last - 1][1]
            if not hits or start >= hits[-1].end:
                hits.append(NameHit(start, end, self._vocab.strings[key]))
        return tuple(hits)


def _matcher() -> tuple[Any, Any]:
    """A vocabulary whose norm is our comparison key, and an empty phrase matcher over it."""
    from spacy.attrs import NORM
    from spacy.matcher import PhraseMatcher
    from spacy.vocab import Vocab

    vocab = Vocab(lex_attr_getters={NORM: fold})
    return vocab, PhraseMatcher(vocab, attr="NORM")


def _doc(vocab: Any, words: list[str]) -> Any:  # noqa: ANN401 - spaCy has no types of its own here
    from spacy.tokens import Doc

    return Doc(vocab, words=words)


@cache
def _tokenizer() -> Any:  # noqa: ANN401 - underthesea is untyped
    from underthesea import word_tokenize

    return word_tokenize


@lru_cache(maxsize=1024)
def segment(text: str) -> tuple[str, ...]:
    """Return the words ("từ") of a text: "hồ sơ" is one; joined without blanks they give the text without its blanks."""
    if not text.strip():
        return ()
    return tuple(_tokenizer()(text, use_token_normalize=False))


def short_title(text: str, words: int = 12) -> str:
    """Return the beginning of a text as a title of at most ``words`` words ("từ"), with "…" where it was cut.

    Cut only between words as a reader sees them, at the end of a clause when one is near, never behind a preposition.
    """
    whole = squeeze(nfc(text))
    parts = segment(_start(whole, words * _LETTERS))
    said = sum(part[0].isalnum() for part in parts)
    if not parts or (said <= words and len(whole) <= words * _LETTERS):
        return whole
    ends = _ends(whole, parts)
    last = _cut(parts, words)
    return whole[: ends[last - 1]].rstrip(" ,;:-–(") + "…"


def _start(whole: str, letters: int) -> str:
    """The beginning of a text, up to a blank."""
    return whole if len(whole) <= letters else whole[:letters].rpartition(" ")[0] or whole[:letters]


def _ends(whole: str, parts: tuple[str, ...]) -> list[int]:
    """The offset behind each part in the text; blanks inside a part may differ from the text's."""
    ends: list[int] = []
    place = 0
    for part in parts:
        for letter in part:
            if letter.isspace():
                continue
            while place < len(whole) and whole[place].isspace():
                place += 1
            place += 1
        ends.append(min(place, len(whole)))
    return ends


def _cut(parts: tuple[str, ...], words: int) -> int:
    """The number of parts to keep."""
    count = kept = 0
    for index, part in enumerate(parts):
        count += part[0].isalnum()
        if count > words:
            break
        kept = index + 1
    clause = next((index for index in range(kept - 1, kept * 2 // 3, -1) if parts[index] in _CLAUSE_ENDS), kept)
    while clause > 1 and (fold(parts[clause - 1]) in _DANGLING or not parts[clause - 1][0].isalnum()):
        clause -= 1
    return clause
