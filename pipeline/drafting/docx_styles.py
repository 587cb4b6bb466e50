"""The style sheet as Word's ``styles.xml``: every look of a draft is a named style that an editor can change once for all."""

from __future__ import annotations

from functools import lru_cache

from pipeline.drafting.docx_xml import Element, add, dxa, q, root, twips
from pipeline.drafting.house_style import CharacterStyle, HouseStyle, ParagraphStyle, TableStyle

ID_PREFIX = "CV"


@lru_cache(maxsize=256)
def style_id(name: str) -> str:
    """Return Word's identifier for a style of the sheet: "item-heading" becomes "CVItemHeading"."""
    return ID_PREFIX + "".join(part.capitalize() for part in name.split("-"))


def _named(parent: Element, kind: str, identifier: str, name: str, *, custom: bool = True) -> Element:
    style = add(parent, "style", type=kind, styleId=identifier, customStyle=1 if custom else None)
    add(style, "name", val=name)
    return style


def _font(rpr: Element, *, bold: bool, italic: bool, size_pt: float | None, shade: str = "") -> None:
    if bold:
        add(rpr, "b")
        add(rpr, "bCs")
    if italic:
        add(rpr, "i")
        add(rpr, "iCs")
    if size_pt is not None:
        add(rpr, "sz", val=round(size_pt * 2))
        add(rpr, "szCs", val=round(size_pt * 2))
    if shade:
        # Word keeps its highlighter out of styles; a shade looks the same and can be changed once for all.
        add(rpr, "shd", val="clear", color="auto", fill=shade)


def _box(ppr: Element) -> None:
    borders = add(ppr, "pBdr")
    for side in ("top", "left", "bottom", "right"):
        add(borders, side, val="single", sz=6, space=1, color="auto")


def _spacing(ppr: Element, style: ParagraphStyle) -> None:
    exact = style.line_exact_pt > 0
    add(
        ppr,
        "spacing",
        before=twips(style.before_pt),
        after=twips(style.after_pt),
        line=twips(style.line_exact_pt) if exact else round(style.line * 240),
        lineRule="exact" if exact else "auto",
    )


def _indent(ppr: Element, style: ParagraphStyle) -> None:
    if not (style.left_mm or style.right_mm or style.first_line_mm):
        return
    hanging = style.first_line_mm < 0
    add(
        ppr,
        "ind",
        left=dxa(style.left_mm) or None,
        right=dxa(style.right_mm) or None,
        hanging=dxa(-style.first_line_mm) if hanging else None,
        firstLine=dxa(style.first_line_mm) if style.first_line_mm > 0 else None,
    )


def _paragraph(parent: Element, style: ParagraphStyle) -> None:
    element = _named(parent, "paragraph", style_id(style.id), style.name)
    add(element, "basedOn", val="Normal")
    add(element, "qFormat")
    ppr = add(element, "pPr")
    if style.keep_next:
        add(ppr, "keepNext")
    if style.keep_lines:
        add(ppr, "keepLines")
    add(ppr, "widowControl")
    if style.box:
        _box(ppr)
    _spacing(ppr, style)
    _indent(ppr, style)
    add(ppr, "jc", val=style.align)
    _font(add(element, "rPr"), bold=style.bold, italic=style.italic, size_pt=style.size_pt)


def _character(parent: Element, style: CharacterStyle) -> None:
    element = _named(parent, "character", style_id(style.id), style.name)
    add(element, "qFormat")
    _font(add(element, "rPr"), bold=style.bold, italic=style.italic, size_pt=None, shade=style.shade)


def _table(parent: Element, style: TableStyle) -> None:
    element = _named(parent, "table", style_id(style.id), style.name)
    add(element, "basedOn", val="TableNormal")
    properties = add(element, "tblPr")
    if style.borders_pt:
        borders = add(properties, "tblBorders")
        for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
            add(borders, side, val="single", sz=round(style.borders_pt * 8), space=0, color="auto")
    margins = add(properties, "tblCellMar")
    for side in ("left", "right"):
        add(margins, side, w=dxa(style.padding_mm), type="dxa")


def _defaults(styles: Element, sheet: HouseStyle) -> None:
    defaults = add(styles, "docDefaults")
    rpr = add(add(defaults, "rPrDefault"), "rPr")
    name = sheet.font.name
    add(rpr, "rFonts", ascii=name, hAnsi=name, eastAsia=name, cs=name)
    size = round(sheet.by_id["body"].size_pt * 2)
    add(rpr, "sz", val=size)
    add(rpr, "szCs", val=size)
    add(rpr, "lang", val=sheet.font.language, eastAsia="en-US", bidi="ar-SA")
    add(add(defaults, "pPrDefault"), "pPr")


def _built_in(styles: Element) -> None:
    """The styles that Word itself knows and the draft needs."""
    normal = _named(styles, "paragraph", "Normal", "Normal", custom=False)
    normal.set(q("default"), "1")
    add(normal, "qFormat")
    default = _named(styles, "character", "DefaultParagraphFont", "Default Paragraph Font", custom=False)
    default.set(q("default"), "1")
    table = _named(styles, "table", "TableNormal", "Normal Table", custom=False)
    table.set(q("default"), "1")
    margins = add(add(table, "tblPr"), "tblCellMar")
    for side, width in (("top", 0), ("left", 108), ("bottom", 0), ("right", 108)):
        add(margins, side, w=width, type="dxa")
    comment = _named(styles, "paragraph", "CommentText", "annotation text", custom=False)
    add(comment, "basedOn", val="Normal")
    _font(add(comment, "rPr"), bold=False, italic=False, size_pt=10)
    reference = _named(styles, "character", "CommentReference", "annotation reference", custom=False)
    _font(add(reference, "rPr"), bold=False, italic=False, size_pt=8)


def styles_element(sheet: HouseStyle) -> Element:
    """Return the whole ``w:styles`` element for a style sheet."""
    styles = root("styles")
    _defaults(styles, sheet)
    _built_in(styles)
    for paragraph in sheet.paragraphs:
        _paragraph(styles, paragraph)
    for character in sheet.characters:
        _character(styles, character)
    for table in sheet.tables:
        _table(styles, table)
    return styles
