"""Whether a text is stored in an old encoding, told by the text itself: by the syllables it has as stored and once recoded."""

from __future__ import annotations

import re
from typing import NamedTuple

from extractors.legacy.recoding import Recoded, as_stored, composed, headings_raised, recode
from extractors.legacy.syllables import is_syllable
from extractors.legacy.tables import Encoding, encodings

_WORD = re.compile(r"\S+")
_JOINTS = re.compile(r"[\x00-\x40\x5b-\x60\x7b-\x7f\u2010-\u2015\u2018-\u201f\u2026]+")
"""What stands between the letters of a text in any encoding; other signs may be letters."""
_UNICODE_ONLY = re.compile("[ĂăĐđĨĩŨũƠơƯưẠ-ỹ]")
"""Letters of Vietnamese that no old encoding stores."""
_LEAST_WORDS = 5
"""Words with letters beyond ASCII, below which a text says too little by itself."""
_LEAST_LETTERS = 3
"""Letters of a word that tells by itself; shorter ones are abbreviations ("NÑ-CP")."""
_MOSTLY = 0.6
"""Share of those words that must be syllables only once recoded: 0.75 and more in real files (the others are syllables both ways)."""
_HARDLY = 0.05
"""Share of those words that may be syllables only as stored."""
_CLEARLY = 0.1
"""Share of those words by which the best encoding must lead."""


class Weight(NamedTuple):
    """Words of a text that speak for one side."""

    words: int
    """All with a letter or sign beyond ASCII."""
    unicode: int
    """Syllables as stored only, or with letters that only Unicode has."""
    recoded: int
    """Syllables once recoded only."""


def weigh(text: str, encoding: Encoding) -> Weight:
    """Return what a text says about being stored in an encoding."""
    words = unicode = recoded = 0
    for word in _WORD.findall(text):
        if not word.isascii():
            said = _says(word, encoding)
            words, unicode, recoded = words + 1, unicode + (said < 0), recoded + (said > 0)
    return Weight(words, unicode, recoded)


def _says(word: str, encoding: Encoding) -> int:
    """-1 for a word of Unicode, 1 for one of the encoding, 0 for one that may be either."""
    if _UNICODE_ONLY.search(word):
        return -1
    if not any(map(str.isalnum, word)):
        return 0  # a sign by itself: "«", "®"
    return _reads(_shown(word, encoding)) - _reads(word)


def _shown(text: str, encoding: Encoding) -> str:
    shown = recode(text, encoding).text
    return headings_raised(shown) if encoding.capitals else shown


def _reads(text: str) -> bool:
    """True when the parts of a word or text that have letters beyond ASCII are syllables."""
    parts = [part for part in _JOINTS.split(text) if not part.isascii()]
    return bool(parts) and all(map(is_syllable, parts))


def detect(text: str) -> Encoding | None:
    """Return the encoding that a text is stored in; None for Unicode, for other languages and where two come out alike."""
    known = composed(text).text
    weights = sorted(((weigh(known, encoding), encoding) for encoding in encodings()), key=lambda pair: -pair[0].recoded)
    (best, encoding), (second, _) = weights[:2]
    if best.words < _LEAST_WORDS or best.recoded < _MOSTLY * best.words or best.unicode > _HARDLY * best.words:
        return None
    return encoding if best.recoded - second.recoded >= _CLEARLY * best.words else None


def leans(text: str, encoding: Encoding) -> bool:
    """True when a text, too short to tell by itself, reads better in the encoding of the text around it."""
    weight = weigh(text, encoding)
    return weight.recoded > 0 and weight.unicode == 0


def convert(text: str, font: Encoding) -> Recoded | None:
    """Return what a text in a font of the encoding shows; None for Unicode typed in such a font. Single words of Unicode stay.

    A text that only makes words in another encoding is read in that one: fonts were put over a text without changing it.
    """
    weight = weigh(text, font)
    encoding = font if weight.recoded >= _MOSTLY * weight.words else _another(text, font) or font
    if encoding is font and weight.unicode > weight.recoded:
        return None
    if not weight.unicode:
        return recode(text, encoding)
    return _word_by_word(text, encoding)


def _another(text: str, font: Encoding) -> Encoding | None:
    """The encoding that a text is in against its font; few words must all be syllables in it, and not all in the font's."""
    if len(re.findall(r"\S*[^\x00-\x7f]\S*", text)) >= _LEAST_WORDS:
        return detect(text)
    if _reads(_shown(text, font)):
        return None
    parts = [part for part in _JOINTS.split(text) if len(part) >= _LEAST_LETTERS and not part.isascii()]
    fitting = [known for known in encodings() if known.common and _reads(_shown(text, known)) and leans(" ".join(parts), known)]
    return fitting[0] if len(fitting) == 1 else None


def _word_by_word(text: str, encoding: Encoding) -> Recoded:
    """What a text shows, with its words of Unicode as they are."""
    parts: list[str] = []
    offsets: list[int] = []
    for match in re.finditer(r"\s+|\S+", text):
        piece = as_stored(match[0]) if not match[0].isascii() and _says(match[0], encoding) < 0 else recode(match[0], encoding)
        parts.append(piece.text)
        offsets.extend(match.start() + place for place in piece.offsets[:-1])
    return Recoded("".join(parts), (*offsets, len(text)))
