"""The text of a page with fonts of before Unicode: what it shows, each letter with the index of its character on the page."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from extractors.legacy.fonts import Face, face_of
from extractors.legacy.recoding import Recoded, recode
from extractors.legacy.runs import Run, recode_line
from extractors.legacy.syllables import is_syllable
from extractors.legacy.tables import Encoding

Fonts = Callable[[int], str]
"""The name of the font of the character at an index; empty for blanks that PDFium puts in."""
Told = Mapping[str, Face]
"""What fonts are whose names say nothing, by their names."""

_SOFT = "\u00ad"
"""A letter in most of these encodings: "ư" in TCVN3."""
_HYPHENS = "\x02\ufffe"
"""What PDFium makes of it at a line's end, as of a hyphen, swallowing the break behind it."""
_PRIVATE = range(0xF080, 0xF100)
"""Where fonts with an alphabet of their own may have their characters (the private area of symbol fonts)."""
_AS_LETTER = _SOFT + "\u2212"
"""What that letter is in other pages: itself, or the minus sign that its place in Windows' alphabet looks like."""
_LETTERS = re.compile("[A-Za-z\u0080-\u024f-]+")
"""What may be a word of an old encoding, hyphens included."""
_WRAPPED = re.compile("(?<=[\u0080-\u024f])-\r\n$")
"""A hyphen at a line's end behind a letter that PDFium takes for a sign: it leaves the break."""
_LAST_LETTERS = re.compile(r"[^\W\d_]{2,}$")


def texts_by_font(text: str, font_of: Fonts) -> dict[str, str]:
    """Return the text set in each font; its words stay apart."""
    texts: defaultdict[str, list[str]] = defaultdict(list)
    for font, group in groupby(enumerate(text), key=lambda pair: font_of(pair[0])):
        texts[font] += [*(char for _, char in group), " "]
    texts.pop("", None)
    return {font: "".join(parts) for font, parts in texts.items()}


def shown(text: str, font_of: Fonts, told: Told) -> Recoded:
    """Return what a page's characters show; ``told`` has the fonts of before Unicode whose names do not say so."""
    faces = _faces(text, font_of, told)
    stored = _hyphens_as_letters("".join(map(_of_alphabet, text, faces)), faces)
    parts: list[str] = []
    offsets: list[int] = []
    for start, end, broken in _lines(stored, faces):
        line = recode_line(list(_runs(stored[start : end - broken] + _SOFT * broken, faces[start:end])))
        shown_part, places = line.text + " " * broken, [*line.offsets[:-1], *[end - start] * broken]
        if faces[end - 1] and _WRAPPED.search(stored, start, end):
            shown_part, places = shown_part.rstrip()[:-1] + _HYPHENS[0], places[:-2]
        parts.append(shown_part)
        offsets += [start + place for place in places]
    return Recoded("".join(parts), (*offsets, len(text)))


def old_fonts(fonts: Iterable[str], told: Told) -> dict[str, Face]:
    """Return what those of the fonts are that are of before Unicode."""
    return {font: face for font in fonts if (face := face_of(font) or told.get(font)) is not None}


def _faces(text: str, font_of: Fonts, told: Told) -> list[Face | None]:
    """What the font of each character is; white space goes with what stands before it."""
    faces: list[Face | None] = []
    last: Face | None = None
    for index, char in enumerate(text):
        font = "" if char.isspace() else font_of(index)
        last = (face_of(font) or told.get(font)) if font else last
        faces.append(last)
    return faces


def _of_alphabet(char: str, face: Face | None) -> str:
    return chr(ord(char) - 0xF000) if face and ord(char) in _PRIVATE else char


def _lines(stored: str, faces: Sequence[Face | None]) -> Iterator[tuple[int, int, bool]]:
    """Yield each line's range, and whether its last character is a letter that was taken for a hyphen."""
    start = 0
    for match in re.finditer(f"[\n{_HYPHENS}]", stored):
        face = faces[match.start()]
        letter = match[0] in _HYPHENS and face is not None and _is_letter(stored[start : match.start()], face.encoding)
        if letter or match[0] == "\n":
            yield start, match.end(), letter
            start = match.end()
    yield start, len(stored), False


def _is_letter(before: str, encoding: Encoding) -> bool:
    """True when a hyphen at a line's end makes a syllable of the letters before it: "t-" is "tư", "15/QĐ-" stays."""
    if not before or before[-1].isspace():
        return False
    letters = _LAST_LETTERS.search(recode(before.rsplit(maxsplit=1)[-1] + _SOFT, encoding).text)
    return letters is not None and is_syllable(letters[0])


def _hyphens_as_letters(stored: str, faces: Sequence[Face | None]) -> str:
    """Put back the letter that some producers write as a hyphen (its name in Windows' alphabet): "th-¬ng" is "thương".

    Only where the page has the letter in no other way, and where it makes a syllable: "Q§-TTg" stays.
    """
    if any(face and char in _AS_LETTER for char, face in zip(stored, faces, strict=True)):
        return stored
    return _LETTERS.sub(lambda match: _mended(match[0], faces[match.start()]), stored)


def _mended(word: str, face: Face | None) -> str:
    if "-" not in word or len(word) == 1 or face is None or _SOFT not in face.encoding.letters:
        return word
    whole = word.replace("-", _SOFT)
    return whole if is_syllable(recode(whole, face.encoding).text) else word


def _runs(stored: str, faces: Sequence[Face | None]) -> Iterator[Run]:
    for face, group in groupby(zip(stored, faces, strict=True), key=lambda pair: pair[1]):
        yield "".join(char for char, _ in group), face
