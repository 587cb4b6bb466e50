"""Fonts whose names say nothing: their encoding is told by all the text set in them, and by the text around it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from extractors.legacy.evidence import detect, leans
from extractors.legacy.fonts import Face, face_of
from extractors.legacy.tables import Encoding

_ODD = re.compile(
    "[\u00a1-\u00bf\u00c4-\u00c7\u00cb\u00cd-\u00d1\u00d5-\u00d8\u00db-\u00df\u00e4-\u00e7\u00eb\u00ee-\u00f1\u00f6-\u00f8\u00fb-\u00ff]"
)
"""Signs and letters of Western Europe that Vietnamese in Unicode hardly ever has and the old encodings are full of."""
_SUSPECT = 0.02
"""Share of such signs in a text, from which it is looked at: 0.1 and more in the old encodings."""


def suspect(text: str) -> bool:
    """True for a text that may be stored in an old encoding; a quick look that spares all others the closer one."""
    return len(_ODD.findall(text)) > _SUSPECT * len(text)


def judged(texts: Mapping[str, str]) -> dict[str, Face]:
    """Return what the fonts of a document are, for those whose names say nothing; ``texts`` has each font's text by its name."""
    known = {font: face.encoding for font in texts if (face := face_of(font)) is not None}
    told = {font: found for font, text in texts.items() if font not in known and suspect(text) and (found := detect(text)) is not None}
    around = _most((texts[font], encoding) for font, encoding in (known | told).items())
    for font, text in texts.items():
        if around is not None and font not in known and font not in told and leans(text, around):
            told[font] = around
    return {font: Face(encoding, guessed=True) for font, encoding in told.items()}


def _most(texts: Iterable[tuple[str, Encoding]]) -> Encoding | None:
    """The encoding of most text."""
    lengths: Counter[Encoding] = Counter()
    for text, encoding in texts:
        lengths[encoding] += len(text)
    return max(lengths, key=lambda encoding: lengths[encoding]) if lengths else None
