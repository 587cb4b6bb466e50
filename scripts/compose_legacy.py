"""Dispatches as they were typed before Unicode: the same words, stored in an old encoding and set in its fonts."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from compose_font import STYLES, old_font
from docx import Document
from docx.oxml.ns import qn

from extractors.legacy.tables import Encoding, encoding

if TYPE_CHECKING:
    from lxml.etree import _Element

FONTS = {"tcvn3": (".VnTime", ".VnTimeH"), "vni": ("VNI-Times", "VNI-Times")}
"""The encoding's font, and the one that shows small letters as capitals where it has no capitals with a tone."""
SHAPES = Path("/usr/share/fonts/truetype/liberation2")
"""Where Debian's fonts-liberation has the shapes."""
_SOFT, _MINUS = "\u00ad", "\u2212"
"""LibreOffice prints no soft hyphen, whatever its font shows; many PDFs have the minus sign in its place."""
_PART = re.compile(r"\S+|\s+")


@cache
def _inverse(known: Encoding) -> dict[str, str]:
    inverse: dict[str, str] = {}
    for stored, letter in known.letters.items():
        if letter not in inverse or (stored.isupper() > inverse[letter].isupper() and letter.isupper()):
            inverse[letter] = stored
    return inverse


def store(text: str, known: Encoding) -> str:
    """Return a text as a program of that time stored it; what the encoding has no letter for stays."""
    inverse = _inverse(known)
    return "".join(inverse.get(letter, letter) for letter in text)


def typed(text: str, known: Encoding) -> Iterator[tuple[str, bool]]:
    """Yield the stored text in parts, each with whether it is set in the font of capitals."""
    for part in _PART.findall(text):
        if part.isupper() and _lacking(part, known):
            yield store(part.lower(), known), True
        else:
            yield from ((store(char.lower() if (high := _lacking(char, known)) else char, known), high) for char in part)


def _lacking(text: str, known: Encoding) -> bool:
    """True for a text with capitals that only the font of capitals has."""
    inverse = _inverse(known)
    return known.capitals and any(char.isupper() and char not in inverse and char.lower() in inverse for char in text)


def dressed(docx: bytes, name: str, *, for_pdf: bool) -> bytes:
    """Return a DOCX with every run stored in the encoding of that id and set in its fonts, for Word or for printing."""
    known, document = encoding(name), Document(io.BytesIO(docx))
    for part in (document.element.body, *(section.header._element for section in document.sections)):
        for run in list(part.iter(qn("w:r"))):
            _dress(run, known, FONTS[name], {_SOFT: _MINUS} if for_pdf else {})
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _dress(run: _Element, known: Encoding, fonts: tuple[str, str], instead: dict[str, str]) -> None:
    texts = run.findall(qn("w:t"))
    if len(texts) != 1:
        return
    joined: list[tuple[str, bool]] = []
    for text, high in typed(texts[0].text or "", known):
        if joined and joined[-1][1] == high:
            joined[-1] = (joined[-1][0] + text, high)
        else:
            joined.append((text, high))
    for text, high in joined:
        own = deepcopy(run)
        own.find(qn("w:t")).text = "".join(instead.get(char, char) for char in text)
        own.find(qn("w:t")).set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        _set_font(own, fonts[high])
        run.addprevious(own)
    run.getparent().remove(run)


def _set_font(run: _Element, font: str) -> None:
    properties = run.find(qn("w:rPr"))
    if properties is None:
        properties = run.makeelement(qn("w:rPr"))
        run.insert(0, properties)
    names = properties.makeelement(qn("w:rFonts"), {qn(f"w:{key}"): font for key in ("ascii", "hAnsi", "cs")})
    properties.insert(0, names)


def write_fonts(folder: Path, name: str, *, missing: bool) -> None:
    """Put the encoding's fonts into a folder, and the settings (``fonts.conf``) that let LibreOffice find them beside the system's.

    Where they are missing, LibreOffice takes a font of Unicode in their place, as a machine without them does.
    """
    instead = "".join(
        f'<alias binding="same"><family>{family}</family><prefer><family>Liberation Serif</family></prefer></alias>'
        for family in FONTS[name]
    )
    if not missing:
        _write(folder, name)
    (folder / "fonts.conf").write_text(
        f"<fontconfig><include>/etc/fonts/fonts.conf</include>{instead if missing else ''}<dir>{folder}</dir>"
        f"<cachedir>{folder}</cachedir></fontconfig>",
        "utf-8",
    )


def _write(folder: Path, name: str) -> None:
    single = {stored: letter for stored, letter in encoding(name).letters.items() if len(stored) == 1}
    high = {stored: letter.upper() for stored, letter in single.items()} | {char: char.upper() for char in map(chr, range(0x61, 0x7B))}
    for style in STYLES:
        shapes = (SHAPES / f"LiberationSerif-{style.replace(' ', '')}.ttf").read_bytes()
        for family, letters in zip(FONTS[name], (single, high), strict=True):
            (folder / f"{family.strip('.')}-{style}.ttf").write_bytes(old_font(shapes, family, style, letters))
