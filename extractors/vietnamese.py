"""The only door to spaCy and underthesea; both are imported when first used, so that a command without them starts fast.

Neither ever feeds text back into a record: spaCy finds known names, underthesea says where words end in the sentence of a duty.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from extractors.text import fold, nfc

if TYPE_CHECKING:
    from spacy.matcher import PhraseMatcher
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

_TOKEN = re.compile(r"\w+|[^\w\s]")
# Signs that spell one name in several ways: "VP HĐND&UBND", "Văn phòng HĐND và UBND"; "Tài chính – Kế hoạch", "Tài chính-Kế hoạch".
_SAME = {"&": "và"}
_CLAUSE_END = re.compile(r"[;.:](?=\s|$)")
_EDGE = " ,;:.–-"


class NameIndex:
    """Finds known names in running text, whatever their case, tone placement, dashes and "&" ("tên đơn vị").

    Args:
        names: Identifier of the bearer by name; a bearer may have many names. Of equal spellings the first one counts.
    """

    def __init__(self, names: Mapping[str, str]) -> None:
        self._bearers: dict[tuple[str, ...], str] = {}
        for name, bearer in names.items():
            key = tuple(word for word, _, _ in _tokens(nfc(name)))
            if key:
                self._bearers.setdefault(key, bearer)

    def find(self, text: str) -> tuple[tuple[int, int, str], ...]:
        """Return the names found as (start, end, identifier) in reading order; the longest one wins, none overlap.

        ``text`` must be in NFC; offsets are its characters.
        """
        tokens = list(_tokens(text))
        if not self._bearers or not tokens:
            return ()
        hits = sorted(self._hits(tokens), key=lambda hit: (hit[0] - hit[1], hit[0]))
        taken = [False] * len(tokens)
        found = []
        for first, end in hits:
            if not any(taken[first:end]):
                taken[first:end] = [True] * (end - first)
                found.append((tokens[first][1], tokens[end - 1][2], self._bearers[tuple(word for word, _, _ in tokens[first:end])]))
        return tuple(sorted(found))

    def _hits(self, tokens: list[tuple[str, int, int]]) -> Iterator[tuple[int, int]]:
        doc = self._doc([word for word, _, _ in tokens])
        for _, first, end in self._matcher(doc):
            yield first, end

    @cached_property
    def _vocab(self) -> Vocab:
        from spacy.vocab import Vocab

        return Vocab()

    @cached_property
    def _matcher(self) -> PhraseMatcher:
        from spacy.matcher import PhraseMatcher

        matcher = PhraseMatcher(self._vocab)
        matcher.add("name", [self._doc(list(key)) for key in self._bearers])
        return matcher

    def _doc(self, words: list[str]) -> Doc:
        """Our own tokens as a spaCy document: its tokenizers know nothing of "3494/UBND-VP"."""
        from spacy.tokens import Doc

        return Doc(self._vocab, words=words)


def _tokens(text: str) -> Iterator[tuple[str, int, int]]:
    """The folded words of an NFC text with their places."""
    for match in _TOKEN.finditer(fold(text)):
        yield _SAME.get(match[0], match[0]), match.start(), match.end()


@lru_cache(maxsize=2048)
def segment(text: str) -> tuple[str, ...]:
    """Return the words of a Vietnamese sentence, compounds whole: "rà soát", "thủ tục hành chính".

    For one duty's sentence, not for whole documents (about 16 ms for 1 000 words). The words are printed as they stand.
    """
    from underthesea import word_tokenize

    return tuple(word_tokenize(nfc(text), use_token_normalize=False)) if text.strip() else ()


def short_title(text: str, words: int = 12) -> str:
    """Return the beginning of a duty's sentence as a title of at most ``words`` syllables, never cut inside a compound.

    The title ends with the first clause; "…" marks that it had to be cut before.
    """
    clause = _CLAUSE_END.split(" ".join(nfc(text).split()), maxsplit=1)[0].strip(_EDGE)
    if len(clause.split()) <= words:
        return clause
    end = _cut(clause, words)
    return clause[:end].rstrip(_EDGE) + "…"


def _cut(clause: str, words: int) -> int:
    """The offset behind the last whole compound that fits."""
    limit = len(" ".join(clause.split()[:words]))
    end = place = 0
    for word in segment(clause):
        start = clause.find(word, place)
        if start < 0:
            break
        place = start + len(word)
        if place > limit:
            break
        end = place
    return end or limit
