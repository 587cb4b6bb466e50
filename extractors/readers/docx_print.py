"""How a DOCX will be printed ("kỹ thuật trình bày"): paper, margins, fonts, spacing, page numbers, with styles and defaults followed.

The reader (``docx``) tells what a document says; this tells what it looks like. Both count the paragraphs alike: a word's ``paragraph`` is
the index of its w:p in the body.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractors.errors import UnreadableFile
from extractors.readers.docx_names import BODY, CELL, FALLBACK, LEFT_OUT, PPR, RPR, RUN, TEXT, VAL, A, P, W
from extractors.readers.docx_names import R as REL
from extractors.readers.docx_package import Package
from extractors.readers.docx_styles import StyleSheet, number, on
from extractors.text import nfc

if TYPE_CHECKING:
    from lxml.etree import _Element

_TWIPS_A_MM = 1440 / 25.4
_MERGED = frozenset((W + "spacing", W + "rFonts", W + "ind"))
"""Properties whose attributes are inherited one by one (17.7.2)."""
_AUTO_GAP = 14.0
"""Points of an automatic space before or after a paragraph (17.3.1.33)."""
_SYMBOLS = frozenset(("symbol", "wingdings", "wingdings 2", "wingdings 3", "webdings", "mt extra", "cambria math"))
"""Fonts of ornaments, bullets and formulas."""
_DEFAULT_FONT = "Times New Roman"
"""What Word takes where nothing names a font (17.3.2.26)."""

Attributes = dict[str, str]


@dataclass(frozen=True, slots=True)
class Printed:
    """One paragraph's looks. Lengths are points; ``align`` is left, center, right or both."""

    index: int
    text: str
    fonts: tuple[tuple[str, int], ...] = ()
    """(font, letters set in it), fonts of symbols left out."""
    colours: tuple[str, ...] = ()
    """Colours of letters other than black."""
    underlined: bool = False
    capitals: bool = False
    """All letters are shown as capitals, however they are typed."""
    align: str = "left"
    before: float = 0.0
    after: float = 0.0
    line: float = 1.0
    """Line spacing: a multiple of single lines, or points where ``exact``."""
    exact: bool = False
    size: float = 0.0
    """The largest font size of a letter, in points."""
    bordered: bool = False
    in_table: bool = False
    contextual: bool = False
    """No space between this paragraph and its neighbours of one style."""
    style: str = ""
    page_field: bool = False
    shapes: int = 0
    """Lines, pictures and shapes anchored here."""
    breaks_page: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """Paper of one section, in millimetres, and its running heads and feet."""

    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float
    title_page: bool
    headers: tuple[Printed, ...]
    first_headers: tuple[Printed, ...]
    footers: tuple[Printed, ...]

    @property
    def landscape(self) -> bool:
        """True for a page laid crosswise."""
        return self.width > self.height


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole document's looks."""

    paragraphs: tuple[Printed, ...]
    sections: tuple[Section, ...]

    @property
    def page_breaks(self) -> int:
        """How many page ends the file itself tells of: breaks set by hand and those that the last program remembered."""
        return sum(paragraph.breaks_page for paragraph in self.paragraphs)


def read_paper(data: bytes) -> Paper:
    """Return the looks of a DOCX.

    Raises:
        UnreadableFile, EncryptedFile, UnsupportedFormat: as for ``docx.read``.
    """
    package = Package(data)
    body = package.document().find(BODY)
    if body is None:
        raise UnreadableFile(package.main)
    looks = _Looks(package)
    paragraphs = tuple(looks.printed(element, index) for index, element in enumerate(body.iter(P)))
    return Paper(paragraphs, tuple(_sections(package, body, looks)))


class _Looks:
    """Follows styles and defaults for one file."""

    def __init__(self, package: Package) -> None:
        self.styles = StyleSheet(package.linked_bytes("styles"))
        self.theme = _theme_fonts(package.linked("theme"))
        self._known: dict[str, tuple[dict[str, Attributes], dict[str, Attributes]]] = {}

    def _style(self, style: str) -> tuple[dict[str, Attributes], dict[str, Attributes]]:
        known = self._known.get(style)
        if known is None:
            run_defaults, paragraph_defaults = self.styles.defaults()
            runs, paragraphs = _plain(run_defaults.values()), _plain(paragraph_defaults.values())
            for element in reversed(self.styles.lineage(style)):
                runs = _over(_plain(element.find(RPR)), runs)
                paragraphs = _over(_plain(element.find(PPR)), paragraphs)
            known = self._known[style] = runs, paragraphs
        return known

    def printed(self, element: _Element, index: int) -> Printed:
        direct = element.find(PPR)
        own = _plain(direct)
        style = own.get(W + "pStyle", {}).get(VAL, "")
        run_base, paragraph_base = self._style(style)
        shape = _over(own, paragraph_base)
        spacing = shape.get(W + "spacing", {})
        exact = spacing.get(W + "lineRule", "auto") == "exact"
        line = number(spacing.get(W + "line"))
        words = _Words(self, style, run_base)
        words.collect(element)
        return Printed(
            index,
            nfc(" ".join("".join(words.text).split())),
            tuple(words.fonts.most_common()),
            tuple(sorted(words.colours)),
            words.letters > 0 and words.underlined == words.letters,
            words.letters > 0 and words.capitals == words.letters,
            {"start": "left", "end": "right", "distribute": "both"}.get(_of(shape, "jc"), _of(shape, "jc")) or "left",
            _gap(spacing, "before"),
            _gap(spacing, "after"),
            1.0 if line is None else line / (20 if exact else 240) if spacing.get(W + "lineRule") != "atLeast" else 1.0,
            exact,
            words.size,
            bool(direct is not None and direct.find(W + "pBdr") is not None) or W + "pBdr" in paragraph_base,
            _within(element, CELL),
            _true(shape, "contextualSpacing"),
            style,
            _page_field(element),
            _shapes(element),
            _breaks(element, shape),
        )


class _Words:
    """The letters of one paragraph, run by run."""

    def __init__(self, looks: _Looks, style: str, base: dict[str, Attributes]) -> None:
        self._looks, self._base = looks, base
        self._style = looks.styles.paragraph(style)
        self.text: list[str] = []
        self.fonts: Counter[str] = Counter()
        self.colours: set[str] = set()
        self.letters = self.underlined = self.capitals = 0
        self.size = 0.0

    def collect(self, element: _Element) -> None:
        for run in element.iter(RUN):
            if _owner(run) is element and not any(above.tag in LEFT_OUT for above in run.iterancestors()):
                self._run(run)

    def _run(self, run: _Element) -> None:
        text = "".join(child.text or "" if child.tag == TEXT else " " for child in run if child.tag in (TEXT, W + "tab", W + "br"))
        direct = run.find(RPR)
        look = self._looks.styles.look(self._style, direct)
        letters = sum(char.isalpha() for char in text)
        if look.hidden:
            return
        self.text.append(text)
        if not letters:
            return
        own = _plain(direct)
        named: dict[str, Attributes] = {}
        if W + "rStyle" in own:
            for element in reversed(self._looks.styles.lineage(_of(own, "rStyle"))):
                named = _over(_plain(element.find(RPR)), named)
        whole = _over(own, _over(named, self._base))
        self._note(text, letters, whole)
        self.size = max(self.size, look.size)

    def _note(self, text: str, letters: int, whole: dict[str, Attributes]) -> None:
        font = self._font(text, whole.get(W + "rFonts", {}))
        if font.casefold() not in _SYMBOLS:
            self.fonts[font] += letters
        colour = _of(whole, "color").upper()
        if colour not in ("", "AUTO", "000000"):
            self.colours.add(colour)
        self.letters += letters
        self.underlined += letters * (_of(whole, "u") not in ("", "none"))
        self.capitals += letters * (_true(whole, "caps") or text.isupper())

    def _font(self, text: str, fonts: Attributes) -> str:
        """The font of Vietnamese letters: "hAnsi" for those beyond ASCII, else "ascii" (17.3.2.26)."""
        kind = "ascii" if text.isascii() else "hAnsi"
        themed = fonts.get(f"{W}{kind}Theme")
        if themed:
            return self._looks.theme.get(themed[:5], _DEFAULT_FONT)
        return fonts.get(W + kind) or _DEFAULT_FONT


def _shapes(element: _Element) -> int:
    """How many shapes are anchored here; the same shape drawn again for old programs (mc:Fallback) is not counted."""
    return sum(
        not any(above.tag in LEFT_OUT or above.tag == FALLBACK for above in shape.iterancestors())
        for shape in element.iter(W + "drawing", W + "pict")
    )


def _owner(run: _Element) -> _Element | None:
    """The paragraph that a run stands in, not the one that its text box is anchored in."""
    return next(run.iterancestors(P), None)


def _within(element: _Element, tag: str) -> bool:
    return next(element.iterancestors(tag), None) is not None


def _plain(properties: Iterable[_Element] | None) -> dict[str, Attributes]:
    return (
        {} if properties is None else {str(prop.tag): {str(key): str(value) for key, value in prop.attrib.items()} for prop in properties}
    )


def _over(top: dict[str, Attributes], base: dict[str, Attributes]) -> dict[str, Attributes]:
    """Lay properties over others; a theme font gives way to a font named nearer, and the other way round."""
    out = base | top
    for tag in _MERGED & top.keys() & base.keys():
        below = base[tag]
        if tag == W + "rFonts":
            replaced = {key.removesuffix("Theme") for key in top[tag]}
            below = {key: value for key, value in below.items() if key.removesuffix("Theme") not in replaced}
        out[tag] = below | top[tag]
    return out


def _of(properties: dict[str, Attributes], name: str) -> str:
    return properties.get(W + name, {}).get(VAL, "")


def _true(properties: dict[str, Attributes], name: str) -> bool:
    found = properties.get(W + name)
    return found is not None and found.get(VAL) not in ("0", "false", "off", "none")


def _gap(spacing: Attributes, side: str) -> float:
    if spacing.get(f"{W}{side}Autospacing") in ("1", "true", "on"):
        return _AUTO_GAP
    lines = number(spacing.get(f"{W}{side}Lines"))
    if lines:
        return lines * 0.12  # hundredths of a line of 12 points
    return (number(spacing.get(W + side)) or 0) / 20


def _page_field(element: _Element) -> bool:
    codes = [code.text or "" for code in element.iter(W + "instrText")]
    codes += [field.get(W + "instr") or "" for field in element.iter(W + "fldSimple")]
    return any(code.split()[:1] in (["PAGE"], ["page"]) for code in codes)


def _breaks(element: _Element, shape: dict[str, Attributes]) -> bool:
    typed = any(mark.get(W + "type") == "page" for mark in element.iter(W + "br"))
    return typed or _true(shape, "pageBreakBefore") or any(True for _ in element.iter(W + "lastRenderedPageBreak"))


def _theme_fonts(theme: _Element | None) -> dict[str, str]:
    """Latin fonts of the theme by the first letters of their use: "major" and "minor"."""
    out: dict[str, str] = {}
    for kind in ("major", "minor"):
        latin = None if theme is None else theme.find(f".//{A}{kind}Font/{A}latin")
        if latin is not None and latin.get("typeface"):
            out[kind] = str(latin.get("typeface"))
    return out


def _sections(package: Package, body: _Element, looks: _Looks) -> Iterator[Section]:
    """Yield the sections; running heads that a section leaves out are those of the one before."""
    kept: dict[tuple[str, str], tuple[Printed, ...]] = {}
    for properties in body.iter(W + "sectPr"):
        if any(above.tag == W + "sectPrChange" for above in properties.iterancestors()):
            continue
        for link in properties.iterchildren(W + "headerReference", W + "footerReference"):
            root = package.by_id(link.get(REL + "id") or "")
            kind = (str(link.tag).removeprefix(W), link.get(W + "type") or "default")
            kept[kind] = () if root is None else tuple(_running(root, looks))
        yield _section(properties, kept)


def _running(root: _Element, looks: _Looks) -> Iterator[Printed]:
    """The paragraphs of a running head; one in a frame that is centred on the page counts as centred."""
    for element in root.iter(P):
        paragraph = looks.printed(element, -1)
        frame = element.find(f"{PPR}/{W}framePr")
        centred = (frame is not None and frame.get(W + "xAlign") == "center") or _tabbed(element)
        yield Printed(
            -1, paragraph.text, align="center" if centred else paragraph.align, size=_field_size(element, looks, paragraph),
            page_field=paragraph.page_field,
        )  # fmt: skip


def _tabbed(element: _Element) -> bool:
    """True when one tab stands before the page number: the header style's first stop is the middle of the line."""
    before = 0
    for part in element.iter(W + "tab", W + "instrText", W + "fldSimple"):
        if part.tag != W + "tab":
            return before == 1
        parent = part.getparent()
        before += parent is not None and parent.tag == RUN
    return False


def _field_size(element: _Element, looks: _Looks, paragraph: Printed) -> float:
    """The size of the page number's own digits, which are no letters."""
    style = looks.styles.paragraph(paragraph.style)
    sizes = [
        looks.styles.look(style, run.find(RPR)).size for run in element.iter(RUN) if any((t.text or "").strip() for t in run.iter(TEXT))
    ]
    return max(sizes, default=style.look.size)


def _section(properties: _Element, kept: dict[tuple[str, str], tuple[Printed, ...]]) -> Section:
    size, margins = properties.find(W + "pgSz"), properties.find(W + "pgMar")

    def mm(element: _Element | None, name: str, default: int) -> float:
        value = None if element is None else number(element.get(W + name))
        return round((default if value is None else abs(value)) / _TWIPS_A_MM, 1)

    title = on(properties.find(W + "titlePg"))
    return Section(
        mm(size, "w", 12240), mm(size, "h", 15840),
        mm(margins, "top", 1440), mm(margins, "bottom", 1440), mm(margins, "left", 1440), mm(margins, "right", 1440),
        bool(title),
        kept.get(("headerReference", "default"), ()), kept.get(("headerReference", "first"), ()),
        kept.get(("footerReference", "default"), ()),
    )  # fmt: skip
