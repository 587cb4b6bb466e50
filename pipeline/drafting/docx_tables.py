"""Page geometry, sections and tables of a draft in Word's terms."""

from __future__ import annotations

from itertools import pairwise

from pipeline.drafting.blocks import Table
from pipeline.drafting.docx_base import R
from pipeline.drafting.docx_styles import style_id
from pipeline.drafting.docx_xml import Element, add, dxa
from pipeline.drafting.house_style import HouseStyle


def text_width_mm(sheet: HouseStyle, *, landscape: bool) -> float:
    """Width of the text area in millimetres."""
    page = sheet.page
    return (page.height_mm if landscape else page.width_mm) - page.left_mm - page.right_mm


def section_properties(parent: Element, sheet: HouseStyle, header: str, *, landscape: bool, restart: bool) -> None:
    """Append the properties of a section: paper, margins, page number from the page that the sheet says."""
    page = sheet.page
    properties = add(parent, "sectPr")
    add(properties, "headerReference", type="default").set(f"{{{R}}}id", header)
    width, height = (page.height_mm, page.width_mm) if landscape else (page.width_mm, page.height_mm)
    add(properties, "pgSz", w=dxa(width), h=dxa(height), orient="landscape" if landscape else None)
    add(
        properties,
        "pgMar",
        top=dxa(page.top_mm),
        right=dxa(page.right_mm),
        bottom=dxa(page.bottom_mm),
        left=dxa(page.left_mm),
        header=dxa(page.header_mm),
        footer=dxa(page.header_mm),
        gutter=0,
    )
    if restart:
        add(properties, "pgNumType", start=1)
    if sheet.page_number.from_page == 2:
        add(properties, "titlePg")


def column_widths(table: Table, sheet: HouseStyle, width_mm: float) -> tuple[int, ...]:
    """Widths of a table's grid columns in twentieths of a point; together exactly the text width."""
    own = {"letterhead": sheet.letterhead.columns_percent, "signature": sheet.signature.columns_percent}
    shares = own.get(table.layout) or table.widths
    total, whole = dxa(width_mm), sum(shares)
    edges = [round(total * sum(shares[:count]) / whole) for count in range(len(shares) + 1)]
    return tuple(right - left for left, right in pairwise(edges))


def open_table(parent: Element, table: Table, widths: tuple[int, ...]) -> Element:
    """Append an empty table of fixed widths and return it."""
    element = add(parent, "tbl")
    properties = add(element, "tblPr")
    add(properties, "tblStyle", val=style_id("grid" if table.layout == "grid" else "plain"))
    add(properties, "tblW", w=sum(widths), type="dxa")
    add(properties, "tblLayout", type="fixed")
    add(properties, "tblLook", val="0020" if any(row.head for row in table.rows) else "0000")
    grid = add(element, "tblGrid")
    for width in widths:
        add(grid, "gridCol", w=width)
    return element


def open_row(table: Element, *, head: bool) -> Element:
    """Append a row that stays on one page; a head row is repeated on each."""
    row = add(table, "tr")
    properties = add(row, "trPr")
    add(properties, "cantSplit")
    if head:
        add(properties, "tblHeader")
    return row


def open_cell(row: Element, width: int, columns: int, *, head: bool) -> Element:
    """Append a cell and return it."""
    cell = add(row, "tc")
    properties = add(cell, "tcPr")
    add(properties, "tcW", w=width, type="dxa")
    if columns > 1:
        add(properties, "gridSpan", val=columns)
    if head:
        add(properties, "vAlign", val="center")
    return cell
