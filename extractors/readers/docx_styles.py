"""The style sheet of a DOCX: what a paragraph and a run look like once styles and defaults are followed.

ECMA-376 part 1, 17.7.2 (style hierarchy) and 17.7.3 (toggle properties). Lengths are points.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple
from xml.sax.saxutils import unescape

from extractors.legacy.fonts import Face, face_of
from extractors.readers.docx_names import PPR, RPR, VAL, W
from extractors.readers.docx_package import parse, usual_names

if TYPE_CHECKING:
    from lxml.etree import _Element

_B, _I, _SZ, _VANISH, _COLOR = W + "b", W + "i", W + "sz", W + "vanish", W + "color"
_HIGHLIGHT, _SHADE, _RUN_STYLE, _BASED_ON, _NUM_PR = W + "highlight", W + "shd", W + "rStyle", W + "basedOn", W + "numPr"
_FILL = W + "fill"
_FONTS, _HANSI, _ASCII, _THEME = W + "rFonts", W + "hAnsi", W + "ascii", W + "hAnsiTheme"
_MAX_CHAIN = 32
"""Styles based on one another; Word allows 11, a cycle never ends."""
_TINY = 2.0
"""Points; smaller text cannot be read on paper."""
_DEFAULT_SIZE = 10.0
"""Points, where neither styles nor defaults state a size (17.3.2.38)."""
_WHITE = frozenset(("FFFFFF", "FEFEFE", "FDFDFD"))
_ID = re.compile(rb"""w:styleId\s*=\s*["']([^"']*)["']""")
_DEFAULT_PARAGRAPH = re.compile(rb"""(?=.*w:type\s*=\s*["']paragraph["']).*w:default\s*=\s*["'](?:1|true|on)["']""", re.DOTALL)


class Look(NamedTuple):
    """How a run's characters look; ``hidden`` text is not shown at all or cannot be seen, ``white`` is white on no colour of its own."""

    bold: bool = False
    italic: bool = False
    size: float = _DEFAULT_SIZE
    hidden: bool = False
    white: bool = False
    face: Face | None = None
    """Its font's encoding of before Unicode."""


@dataclass(frozen=True, slots=True)
class Indent:
    """Distances in points; None where a level of the hierarchy is silent."""

    left: float | None = None
    first: float | None = None
    """Added to the first line; negative for a hanging indent."""

    def over(self, base: Indent) -> Indent:
        """Return this indent, with what it leaves out taken from the base."""
        return Indent(base.left if self.left is None else self.left, base.first if self.first is None else self.first)


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """A paragraph style with everything it inherits."""

    style: str = ""
    look: Look = field(default_factory=Look)
    align: str = ""
    indent: Indent = field(default_factory=Indent)
    num_id: str | None = None
    level: int | None = None
    outline: int | None = None


def on(element: _Element | None) -> bool | None:
    """Return a toggle property's value, None when it is absent."""
    if element is None:
        return None
    return element.get(VAL) not in ("0", "false", "off", "none")


def number(text: str | None) -> int | None:
    """Return a whole number as Word reads it, None for anything else."""
    try:
        return int(float(text)) if text else None
    except (ValueError, OverflowError):
        return None


def indent_of(element: _Element | None) -> Indent:
    """Return what a w:ind states (twips, 1/20 pt)."""
    if element is None:
        return Indent()
    get = element.get
    left = number(get(W + "left") or get(W + "start"))
    hanging = number(get(W + "hanging"))
    first = -hanging if hanging is not None else number(get(W + "firstLine"))
    return Indent(None if left is None else left / 20, None if first is None else first / 20)


class StyleSheet:
    """Styles by id, resolved when asked for and kept.

    A style sheet is often ten times the size of the text and nearly all of it is never used, so the part is cut at its
    ``<w:style`` tags and only the styles in use are parsed; a sheet written in another way is parsed whole.
    """

    def __init__(self, data: bytes | None) -> None:
        self._data = usual_names(data or b"")
        self._head = b""
        self._parsed: dict[str, _Element | None] = {}
        self._paragraphs: dict[str, ParagraphStyle] = {}
        self._characters: dict[str, dict[str, _Element]] = {}
        self._looks: dict[tuple[object, ...], Look] = {}
        self.judged: dict[str, Face] = {}
        """Fonts whose names say nothing and whose text is in an old encoding; to be set before the first look."""

    @cached_property
    def _pieces(self) -> tuple[bytes, dict[str, bytes], str]:
        """The root's start tag, the bytes of each style, the id of the default paragraph style."""
        head, *rest = self._data.split(b"<w:style ")
        opening = head[: head.find(b">", head.find(b"<w:styles")) + 1]
        self._head = head
        styles: dict[str, bytes] = {}
        default = ""
        for piece in rest:
            tag = piece[: piece.find(b">")]
            found = _ID.search(tag)
            name = found[1].decode("utf-8", "replace") if found else ""
            if "&" in name:
                name = unescape(name, {"&quot;": '"', "&apos;": "'"})
            styles[name] = piece
            if b"default" in tag and _DEFAULT_PARAGRAPH.match(tag):
                default = name
        return opening, styles, default

    @cached_property
    def _whole(self) -> dict[str, _Element] | None:
        """All styles, where the part cannot be cut."""
        if not self._data or (b"<w:styles" in self._data and b"<![CDATA[" not in self._data):
            return None
        return {style.get(W + "styleId") or "": style for style in parse(self._data, "styles").iter(W + "style")}

    def _element(self, style: str) -> _Element | None:
        if self._whole is not None:
            return self._whole.get(style)
        if style not in self._parsed:
            self._parsed[style] = self._parse(style)
        return self._parsed[style]

    def _parse(self, style: str) -> _Element | None:
        opening, styles, _ = self._pieces
        piece = styles.get(style)
        if piece is None:
            return None
        tag = piece[: piece.find(b">") + 1]
        body = tag if tag.endswith(b"/>") else piece[: piece.find(b"</w:style>") + len(b"</w:style>")]
        return parse(opening + b"<w:style " + body + b"</w:styles>", "styles")[0]

    @cached_property
    def _default_style(self) -> str:
        if self._whole is None:
            return self._pieces[2]
        defaults = (i for i, s in self._whole.items() if s.get(W + "default") in ("1", "true", "on") and s.get(W + "type") == "paragraph")
        return next(defaults, "")

    @cached_property
    def _defaults(self) -> tuple[dict[str, _Element], dict[str, _Element]]:
        """Run and paragraph properties of the document's defaults."""
        opening, head = self._pieces[0], self._head
        start, end = head.find(b"<w:docDefaults"), head.find(b"</w:docDefaults>")
        if start < 0 or end < start:
            return {}, {}
        root = parse(opening + head[start:end] + b"</w:docDefaults></w:styles>", "styles")
        return _properties(root.find(f".//{RPR}")), _properties(root.find(f".//{PPR}"))

    def _chain(self, style: str) -> Iterator[_Element]:
        """The style and what it is based on, nearest first."""
        seen: set[str] = set()
        while style and style not in seen and len(seen) < _MAX_CHAIN:
            seen.add(style)
            element = self._element(style)
            if element is None:
                return
            yield element
            base = element.find(_BASED_ON)
            style = (base.get(VAL) or "") if base is not None else ""

    def lineage(self, style: str) -> list[_Element]:
        """Return the style and what it is based on, nearest first; the default paragraph style's for an empty or unknown id."""
        return list(self._chain(style)) or list(self._chain(self._default_style))

    def defaults(self) -> tuple[dict[str, _Element], dict[str, _Element]]:
        """Return the run and paragraph properties of the document's defaults, by tag."""
        return self._defaults

    def paragraph(self, style: str) -> ParagraphStyle:
        """Return the paragraph style of that id; the default style for an empty or unknown id."""
        known = self._paragraphs.get(style)
        if known is None:
            known = self._paragraphs[style] = self._resolve(style)
        return known

    def _resolve(self, style: str) -> ParagraphStyle:
        runs: dict[str, _Element] = {}
        layout: dict[str, _Element] = {}
        indent, num_id, level = Indent(), None, None
        for element in self.lineage(style):
            runs = _properties(element.find(RPR)) | runs
            own = _properties(element.find(PPR))
            indent = indent.over(indent_of(own.get(W + "ind")))
            mine = numbering_of(own.get(_NUM_PR))
            num_id = mine[0] if num_id is None else num_id
            level = mine[1] if level is None else level
            layout = own | layout
        run_defaults, layout_defaults = self._defaults
        layout = layout_defaults | layout
        return ParagraphStyle(
            style,
            self._look(run_defaults, runs, {}, {})._replace(face=self._face(self.font(style, None))),
            _value(layout.get(W + "jc")),
            indent.over(indent_of(layout_defaults.get(W + "ind"))),
            num_id,
            level,
            number(_value(layout.get(W + "outlineLvl"))),
        )

    def look(self, style: ParagraphStyle, direct: _Element | None) -> Look:
        """Return how a run looks in a paragraph of a style, given its own properties."""
        if direct is None:
            return style.look
        named = [prop.get(VAL) or prop.get(_FILL) or _font_named(prop) or prop.tag for prop in direct]
        key = (style.style, *named, *[prop.tag for prop in direct])
        known = self._looks.get(key)
        if known is None:
            found = self._run_look(style, _properties(direct))
            known = self._looks[key] = found._replace(face=self._face(self.font(style.style, direct)))
        return known

    def font(self, style: str, direct: _Element | None) -> str:
        """Return the font of a run's letters beyond ASCII (w:hAnsi, else w:ascii); empty for a theme's font.

        Each attribute of w:rFonts is inherited by itself (17.3.2.26), so the nearest level that has one counts.
        """
        own = {} if direct is None else _properties(direct)
        styles = (*self._chain(_value(own.get(_RUN_STYLE))), *self.lineage(style))
        levels = [own.get(_FONTS), *(element.find(f"{RPR}/{_FONTS}") for element in styles), self._defaults[0].get(_FONTS)]
        stated = [level for level in levels if level is not None]
        for level in stated:
            if level.get(_THEME) or level.get(_HANSI):
                return "" if level.get(_THEME) else level.get(_HANSI) or ""
        return next((name for level in stated if (name := level.get(_ASCII))), "")

    def _face(self, font: str) -> Face | None:
        return self.judged.get(font) or face_of(font)

    def _run_look(self, style: ParagraphStyle, own: dict[str, _Element]) -> Look:
        named = self._character(_value(own.get(_RUN_STYLE)))
        runs: dict[str, _Element] = {}
        for element in self.lineage(style.style):
            runs = _properties(element.find(RPR)) | runs
        return self._look(self._defaults[0], runs, named, own)

    def _character(self, style: str) -> dict[str, _Element]:
        if not style:
            return {}
        known = self._characters.get(style)
        if known is None:
            known = {}
            for element in self._chain(style):
                known = _properties(element.find(RPR)) | known
            self._characters[style] = known
        return known

    @staticmethod
    def _look(default: dict[str, _Element], style: dict[str, _Element], named: dict[str, _Element], own: dict[str, _Element]) -> Look:
        """Combine the layers; a toggle set in both the paragraph and the character style cancels out (17.7.3)."""

        def toggle(tag: str) -> bool:
            direct = on(own.get(tag))
            if direct is not None:
                return direct
            return bool(on(style.get(tag))) ^ bool(on(named.get(tag))) or bool(on(default.get(tag)))

        plain = default | style | named | own
        half_points = number(_value(plain.get(_SZ)))
        size = _DEFAULT_SIZE if half_points is None else half_points / 2
        white = _value(plain.get(_COLOR)).upper() in _WHITE and not painted(plain)
        return Look(toggle(_B), toggle(_I), size, toggle(_VANISH) or size < _TINY, white)

    def list_of(self, style: str) -> str | None:
        """Return the list id that a numbering style names, None when it names none."""
        element = self._element(style)
        return None if element is None else numbering_of(element.find(f"{PPR}/{_NUM_PR}"))[0]

    def table_borders(self, style: str) -> bool | None:
        """True when a table style draws lines; None when there is no such style."""
        answer = None
        for element in self._chain(style):
            answer = bool(answer)
            borders = element.find(f"{W}tblPr/{W}tblBorders")
            if borders is not None:
                return draws(borders)
        return answer


def _properties(parent: _Element | None) -> dict[str, _Element]:
    return {} if parent is None else {str(prop.tag): prop for prop in parent}


def _font_named(element: _Element) -> str | None:
    """Return what a w:rFonts says of the letters beyond ASCII, None for any other property."""
    return element.get(_THEME) or element.get(_HANSI) or element.get(_ASCII)


def _value(element: _Element | None) -> str:
    return "" if element is None else element.get(VAL) or ""


def numbering_of(element: _Element | None) -> tuple[str | None, int | None]:
    """Return (list id, level) that a w:numPr states, None for what it leaves out."""
    if element is None:
        return None, None
    num, level = element.find(W + "numId"), element.find(W + "ilvl")
    return (None if num is None else num.get(VAL)), (None if level is None else number(level.get(VAL)))


def painted(properties: dict[str, _Element]) -> bool:
    """True when a run or paragraph has a background of its own, on which white characters can be read."""
    if _value(properties.get(_HIGHLIGHT)) not in ("", "none", "white"):
        return True
    return shaded(properties.get(_SHADE))


def shaded(element: _Element | None) -> bool:
    """True when a w:shd paints another colour than white."""
    if element is None:
        return False
    fill = (element.get(W + "fill") or "").upper()
    return bool(element.get(W + "themeFill")) or fill not in ("", "AUTO", *_WHITE) or _value(element) not in ("", "clear", "nil", "none")


def draws(borders: _Element) -> bool:
    """True when a w:tblBorders or w:tcBorders draws lines on at least two sides."""
    lines = [side for side in borders if _value(side) not in ("", "none", "nil") and (side.get(W + "color") or "").upper() not in _WHITE]
    return len(lines) >= 2
