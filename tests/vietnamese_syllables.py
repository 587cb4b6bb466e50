"""Every syllable that the rules of spelling make."""

import unicodedata
from functools import cache

from extractors.legacy.syllables import ONSETS, RIMES, STOPS, is_syllable
from extractors.legacy.tables import TONES


@cache
def all_syllables() -> tuple[str, ...]:
    """Onset, rime and tone, the tone on the vowel where the rules put it."""
    out = []
    for onset in ("", *ONSETS):
        for rime in RIMES:
            place = max([i for i, letter in enumerate(rime) if letter in "ăâêôơư"] or [_plain_place(rime)])
            for tone in TONES[2:] if rime.endswith(STOPS) else TONES:
                syllable = unicodedata.normalize("NFC", onset + rime[: place + 1] + tone + rime[place + 1 :])
                if is_syllable(syllable):
                    out.append(syllable)
    return tuple(sorted(set(out)))


def _plain_place(rime: str) -> int:
    vowels = [i for i, letter in enumerate(rime) if letter in "aeiouy"]
    return vowels[max(len(vowels) - 2, 0)] if rime[-1] in "aeiouy" else vowels[-1]
