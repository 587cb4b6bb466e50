"""Tables as a workbook: dates as dates, text never as formula, frozen head, filters, ready to print; the same rows give the same bytes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from textwrap import wrap
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

LONGEST = 32_767
"""The most characters that a cell holds."""
Cell = str | int | date | None


@dataclass(frozen=True)
class Column:
    """Heading, width in characters, and the cell format's name."""

    title: str
    width: float
    look: str = "text"


@dataclass(frozen=True)
class Sheet:
    """One table on a sheet of its own."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    heading: tuple[str, ...] = ()
    """Lines above the table, the first as its title."""
    frozen_columns: int = 0
    """Columns that stay in sight, from the left."""
    choices: tuple[int, tuple[str, ...]] | None = None
    """A column whose cells are chosen from a list."""
    late: tuple[int, int, str] | None = None
    """First and last column that turn red, and the formula that says when; "#" stands for the first row's number."""


_LOOKS: dict[str, dict[str, Any]] = {
    "text": {"text_wrap": True, "valign": "top", "border": 1},
    "middle": {"align": "center", "valign": "top", "border": 1},
    "day": {"num_format": "dd/mm/yyyy", "align": "center", "valign": "top", "border": 1},
    "head": {"bold": True, "text_wrap": True, "align": "center", "valign": "vcenter", "border": 1, "bg_color": "#D9E2F3"},
    "late": {"bg_color": "#F8CBAD"},
}
_HEADINGS: dict[str, dict[str, Any]] = {"title": {"bold": True, "font_size": 14}, "line": {"italic": True}}
_FONT = {"font_name": "Times New Roman", "font_size": 12}
_A4 = 9
_SIDE, _ENDS = 0.4, 0.6
"""Margins in inches."""
_LETTERS = 1.15
"""Letters of the font, on average, in a unit of a column's width; rather too few."""
_LINE, _TALLEST = 16.0, 409.0
"""Points: a line of the font, and the most that the format allows a row."""


def workbook(sheets: Sequence[Sheet], title: str, author: str, day: date) -> bytes:
    """Return the sheets as XLSX; ``day`` is written down as the day on which the file was made."""
    from xlsxwriter import Workbook

    buffer = io.BytesIO()
    book = Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
    book.set_properties({"title": title, "author": author, "created": _moment(day)})
    looks = {name: book.add_format({**_FONT, **look} if name != "late" else look) for name, look in _LOOKS.items()}
    if any(sheet.heading for sheet in sheets):
        looks |= {name: book.add_format({**_FONT, **look}) for name, look in _HEADINGS.items()}
    for sheet in sheets:
        _fill(book.add_worksheet(sheet.name), sheet, looks)
    book.close()
    return buffer.getvalue()


def _moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001 - a spreadsheet day has no zone


def _fill(page: Worksheet, sheet: Sheet, looks: dict[str, Any]) -> None:
    for row, line in enumerate(sheet.heading):
        page.write_string(row, 0, _fitting(line), looks["line" if row else "title"])
    _frame(page, sheet, len(sheet.heading), looks)
    for number, cells in enumerate(sheet.rows, start=len(sheet.heading) + 1):
        _write(page, number, cells, sheet.columns, looks)


def _frame(page: Worksheet, sheet: Sheet, head: int, looks: dict[str, Any]) -> None:
    """Heading, widths, filter, states to choose from, late rows in colour, print set-up."""
    for column, kind in enumerate(sheet.columns):
        page.set_column(column, column, kind.width)
        page.write_string(head, column, kind.title, looks["head"])
    last = head + max(len(sheet.rows), 1)
    page.freeze_panes(head + 1, sheet.frozen_columns)
    page.autofilter(head, 0, last, len(sheet.columns) - 1)
    if sheet.choices:
        column, names = sheet.choices
        page.data_validation(head + 1, column, last, column, {"validate": "list", "source": list(names)})
    if sheet.late:
        first, final, formula = sheet.late
        criteria = formula.replace("#", str(head + 2))
        page.conditional_format(head + 1, first, last, final, {"type": "formula", "criteria": criteria, "format": looks["late"]})
    page.set_row(head, _height([kind.title for kind in sheet.columns], sheet.columns))
    page.set_landscape()
    page.set_margins(left=_SIDE, right=_SIDE, top=_ENDS, bottom=_ENDS)
    page.set_footer("&C&P/&N")
    page.set_paper(_A4)
    page.fit_to_pages(1, 0)
    page.repeat_rows(head)


def _write(page: Worksheet, row: int, cells: Sequence[Cell], columns: Sequence[Column], looks: dict[str, Any]) -> None:
    """Write a row; text goes in as text, whatever its first character is."""
    page.set_row(row, _height(cells, columns))
    for column, (cell, kind) in enumerate(zip(cells, columns, strict=True)):
        look = looks[kind.look]
        if cell is None or cell == "":
            page.write_blank(row, column, None, look)
        elif isinstance(cell, date):
            page.write_datetime(row, column, _moment(cell), look)
        elif isinstance(cell, int):
            page.write_number(row, column, cell, look)
        else:
            page.write_string(row, column, _fitting(str(cell)), look)


def _height(cells: Sequence[Cell], columns: Sequence[Column]) -> float:
    """Return a row's height in points for its longest cell: LibreOffice does not fit rows to wrapped text by itself, as Excel does."""
    lines = (_lines(cell, kind.width) for cell, kind in zip(cells, columns, strict=True) if isinstance(cell, str))
    return min(max(lines, default=1) * _LINE, _TALLEST)


def _lines(text: str, width: float) -> int:
    return sum(max(len(wrap(line[:LONGEST], int(width * _LETTERS))), 1) for line in text.split("\n"))


def _fitting(text: str) -> str:
    """The text as long as a cell of the format may be; its lines stay lines."""
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
