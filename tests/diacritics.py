"""How many Vietnamese letters of a text came through: the measure of the corpus of old-font documents (its METRIC.md).

Both texts are in NFC with white space collapsed. Reduced to base letters they are aligned, words first and then the letters of what
differs; each letter of the true text that has a mark, and each "đ", counts as right when the same letter stands at its place.
"""

import unicodedata
from difflib import SequenceMatcher
from functools import cache
from typing import NamedTuple


class Share(NamedTuple):
    right: int
    whole: int

    @property
    def value(self):
        return self.right / self.whole if self.whole else 1.0


@cache
def base(letter: str) -> str:
    """One character for one: the letter without its marks."""
    bare = "".join(part for part in unicodedata.normalize("NFD", letter) if unicodedata.category(part) != "Mn")
    return {"đ": "d", "Đ": "D"}.get(bare, bare)[:1] or letter


def marked(letter: str) -> bool:
    return base(letter) != letter


def diacritics(read: str, true: str) -> Share:
    """The marked letters of the true text that were read."""
    read, true = ([word + " " for word in unicodedata.normalize("NFC", text).split()] for text in (read, true))
    right = 0
    for kind, a, b, c, d in SequenceMatcher(None, [*map(bare, true)], [*map(bare, read)], autojunk=False).get_opcodes():
        if kind == "equal":
            right += sum(marked(t) and t == r for t, r in zip("".join(true[a:b]), "".join(read[c:d]), strict=True))
        elif kind == "replace":
            right += right_letters("".join(true[a:b]), "".join(read[c:d]))
    return Share(right, sum(map(marked, "".join(true))))


def bare(text: str) -> str:
    return "".join(map(base, text))


def right_letters(true: str, read: str) -> int:
    blocks = SequenceMatcher(None, bare(true), bare(read), autojunk=False).get_matching_blocks()
    return sum(marked(true[a + i]) and true[a + i] == read[b + i] for a, b, size in blocks for i in range(size))
