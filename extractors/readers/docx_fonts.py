"""The text of each font of a DOCX: what tells the encoding of a font whose name says nothing."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from extractors.legacy import unnamed
from extractors.readers.docx_names import PPR, RPR, RUN, TEXT, VAL, P, W

if TYPE_CHECKING:
    from lxml.etree import _Element

    from extractors.legacy.fonts import Face
    from extractors.readers.docx_styles import StyleSheet

_SOFT = W + "softHyphen"


def judged(body: _Element, styles: StyleSheet) -> dict[str, Face]:
    """Return the fonts whose names say nothing and whose text is in an old encoding; a document in Unicode is hardly looked at."""
    if not unnamed.suspect("".join(element.text or "" for element in body.iter(TEXT))):
        return {}
    texts: defaultdict[str, list[str]] = defaultdict(list)
    for paragraph in body.iter(P):
        style = paragraph.find(f"{PPR}/{W}pStyle")
        name = "" if style is None else style.get(VAL) or ""
        seen = {_told(run, styles.font(name, run.find(RPR)), texts) for run in paragraph.iter(RUN)}
        for font in seen:
            texts[font].append(" ")
    return unnamed.judged({font: "".join(parts) for font, parts in texts.items()})


def _told(run: _Element, font: str, texts: defaultdict[str, list[str]]) -> str:
    """Add the text of a run to that of its font, and return the font."""
    texts[font] += ["\u00ad" if child.tag == _SOFT else child.text or "" for child in run if child.tag in (TEXT, _SOFT)]
    return font
