"""Which letters make a Vietnamese syllable ("âm tiết"): the witness that a text was stored in one encoding and not in another.

The rules are those of the spelling as taught: an onset, a rime, at most one tone, which stands on the rime's main vowel; rimes that
end in a stop take the acute tone or the dot only.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

ONSETS = tuple(re.findall(r"\w+", "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"))
RIMES = frozenset(
    re.findall(
        r"\w+",
        """
        a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
        e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
        o oa oac oach oai oam oan oang oanh oao oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong op ot
        ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
        u ua uc ui um un ung up ut uân uâng uât uây uê uêch uênh uơ uy uya uych uyên uyêt uynh uyt uyu uôc uôi uôm uôn uông uôt
        ư ưa ưc ưi ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu y yêm yên yêng yêt yêu
        """,
    )
)
STOPS = ("c", "ch", "p", "t")
"""Ends of rimes that take the acute tone or the dot only."""
_STOPPED = ("\u0301", "\u0323")
_TONE = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_SHAPED = re.compile("[ăâêôơư]")
_LONGEST = 7
"""Letters: "nghiêng"."""
_AFTER_Q = frozenset(rime for rime in RIMES if rime[0] in "aăâeêiyôơ")


@lru_cache(maxsize=8192)
def is_syllable(word: str) -> bool:
    """True for an NFC word that can be a Vietnamese syllable, in small letters, capitals or with a capital in front."""
    if not 0 < len(word) <= _LONGEST or not (word.islower() or word.isupper() or word.istitle()):
        return False
    marked = unicodedata.normalize("NFD", word.lower())
    tones = _TONE.findall(marked)
    bare = unicodedata.normalize("NFC", _TONE.sub("", marked))
    if len(tones) > 1 or not _spelt(bare, tones[0] if tones else ""):
        return False
    return not tones or _on_main_vowel(word.lower(), bare)


def _spelt(bare: str, tone: str) -> bool:
    """True when the letters without their tone are onset and rime, and the rime takes the tone."""
    if bare.endswith(STOPS) and tone not in _STOPPED:
        return False
    for onset in ("", *ONSETS):
        rime = bare[len(onset) :]
        if bare.startswith(onset) and rime in (_AFTER_Q if onset == "qu" else RIMES):
            return True
    return bare in ("qu", "gi", "quy")


def _on_main_vowel(word: str, bare: str) -> bool:
    """True when the tone stands on the vowel that has a shape of its own ("ế", "ướ"); without such a vowel it may stand on any."""
    place = next(index for index, (letter, plain) in enumerate(zip(word, bare, strict=True)) if letter != plain)
    shaped = [match.start() for match in _SHAPED.finditer(bare)]
    return place == shaped[-1] if shaped else bare[place] in "aeiouy"
