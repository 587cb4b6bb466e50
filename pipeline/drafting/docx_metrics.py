"""How wide a line of text is, for rules that must be as long as the words above them.

Widths are those of Times (Adobe's published font metrics), in thousandths of the type size; Times New Roman and its free twin
Liberation Serif share them. A letter with diacritics is as wide as its plain letter.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_BOLD = {
    250: " ,.\u00a0", 278: "'/il\\", 333: "!()-:;[]fjt", 389: "Is", 444: "cerz", 500: "#$*0123456789?J_agovxy",
    530: "ơ", 556: "Sbdhknpqu", 570: "+<=>", 600: "ư", 611: "FP", 667: "BELTZ", 722: "ACDNRUVXYwĐ", 778: "GHKOQ",
    833: "&m", 944: "M", 1000: "%W",
}  # fmt: skip
_REGULAR = {
    180: "'", 250: " ,.\u00a0", 278: "/:;\\ijlt", 333: "!()-I[]fr", 389: "Js", 444: "?acez", 500: "#$*0123456789_bdghknopquvxyđ",
    556: "FPS", 564: "+<=>", 611: "ELTZ", 667: "BCR", 722: "ADGHKNOQUVXYwĐ", 778: "&m", 833: "%", 889: "M", 944: "W",
}  # fmt: skip
_ORDINARY = 556  # a letter that is not in the table


def _widths(rows: dict[int, str]) -> dict[str, int]:
    return {letter: width for width, letters in rows.items() for letter in letters}


_TABLES = {True: _widths(_BOLD), False: _widths(_REGULAR)}


@lru_cache(maxsize=512)
def width_pt(text: str, size_pt: float, *, bold: bool = False) -> float:
    """Return the width of a line in points."""
    table = _TABLES[bold]
    total = 0
    for letter in text:
        width = table.get(letter)
        if width is None:
            width = table.get(unicodedata.normalize("NFD", letter)[0], _ORDINARY)
        total += width
    return total * size_pt / 1000
