"""The style sheet ("thể thức"): how each named style looks, in points and millimetres, with the clause it comes from.

The values live in ``templates/house_style.toml``; nothing in the code knows a size. Sources are clauses of NĐ 30/2020/NĐ-CP, Phụ lục I.
"""

from __future__ import annotations

import tomllib
from functools import cached_property, lru_cache
from importlib.resources import files
from typing import Literal

import msgspec

from pipeline.errors import TemplateError

NAME = "house_style.toml"


class _Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A row of the sheet; ``source`` is the clause it rests on."""

    source: str


class Page(_Row, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Paper and margins in millimetres; ``header_mm`` is from the paper's top edge to the page number."""

    width_mm: float
    height_mm: float
    top_mm: float
    bottom_mm: float
    left_mm: float
    right_mm: float
    header_mm: float

    @property
    def text_mm(self) -> float:
        """Width of the text area in millimetres."""
        return self.width_mm - self.left_mm - self.right_mm


class PageNumber(_Row, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Page number ("số trang"): its paragraph style, and the first page that shows it (1 or 2)."""

    style: str
    from_page: Literal[1, 2]


class Font(_Row, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The one font of a document and its proofing language."""

    name: str
    language: str


class Columns(_Row, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A borderless layout table: its column widths in per cent of the text area."""

    columns_percent: tuple[float, ...]


class Letterhead(Columns, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The letterhead ("phần đầu"): columns, and each rule's length as a share of the text above it."""

    motto_rule: float
    issuer_rule: float
    title_rule: float
    rule_pt: float


class ParagraphStyle(_Row, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A paragraph style. ``line`` is a multiple of single spacing; ``line_exact_pt`` replaces it when it is not 0."""

    id: str
    name: str
    size_pt: float
    align: Literal["left", "center", "right", "both"]
    bold: bool = False
    italic: bool = False
    first_line_mm: float = 0.0
    left_mm: float = 0.0
    right_mm: float = 0.0
    before_pt: float = 0.0
    after_pt: float = 0.0
    line: float = 1.0
    line_exact_pt: float = 0.0
    keep_next: bool = False
    keep_lines: bool = False
    box: bool = False
    """A single line all round ("khung viền đơn")."""


class CharacterStyle(_Row, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A style of words inside a paragraph; ``shade`` is the ground behind them as RRGGBB."""

    id: str
    name: str
    bold: bool = False
    italic: bool = False
    shade: str = ""


class TableStyle(_Row, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A table style: width of its lines in points (0: none), left and right padding of its cells in millimetres."""

    id: str
    name: str
    borders_pt: float
    padding_mm: float


class HouseStyle(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, dict=True):
    """The whole sheet."""

    page: Page
    page_number: PageNumber
    font: Font
    letterhead: Letterhead
    signature: Columns
    paragraphs: tuple[ParagraphStyle, ...]
    characters: tuple[CharacterStyle, ...]
    tables: tuple[TableStyle, ...]

    @cached_property
    def by_id(self) -> dict[str, ParagraphStyle]:
        """Paragraph styles by id."""
        return {style.id: style for style in self.paragraphs}

    @cached_property
    def characters_by_id(self) -> dict[str, CharacterStyle]:
        """Character styles by id."""
        return {style.id: style for style in self.characters}

    @cached_property
    def tables_by_id(self) -> dict[str, TableStyle]:
        """Table styles by id."""
        return {style.id: style for style in self.tables}


def parse(text: str, where: str = NAME) -> HouseStyle:
    """Return the style sheet written in ``text``.

    Raises:
        TemplateError: not TOML, an unknown or missing key, a value of the wrong kind, a name used twice; with the place.
    """
    try:
        sheet = msgspec.convert(tomllib.loads(text), HouseStyle)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise TemplateError(f"{where}: {error}") from error
    rows: tuple[ParagraphStyle | CharacterStyle | TableStyle, ...] = (*sheet.paragraphs, *sheet.characters, *sheet.tables)
    for values in ([row.id for row in rows], [row.name for row in rows]):
        twice = sorted({value for value in values if values.count(value) > 1})
        if twice:
            raise TemplateError(f"{where}: {', '.join(twice)}")
    return sheet


@lru_cache(maxsize=1)
def house_style() -> HouseStyle:
    """Return the shipped style sheet, read once per process.

    Raises:
        TemplateError: the sheet is damaged.
    """
    return parse(files("templates").joinpath(NAME).read_text(encoding="utf-8"))
