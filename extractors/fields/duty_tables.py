"""Rows of an assignment table as duties ("bảng phân công nhiệm vụ", "phụ lục giao nhiệm vụ")."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files

from extractors.dispatch import Deadline, Duty, DutyKind, Party
from extractors.evidence import Evidence
from extractors.fields import assignments, deadlines
from extractors.fields.markers import parse
from extractors.fields.passage import Passage
from extractors.layout import Block, Cell, Row, Table
from extractors.text import fold

MAX_HEAD_ROWS = 3
"""A head may stand on two or three rows when a cell is split ("Cơ quan thực hiện: chủ trì | phối hợp")."""


LONGEST_HEAD = 12
"""Words of a head cell; a longer text is a row's."""


@dataclass(frozen=True)
class Column:
    """A kind of column, from ``data/task_columns.toml``."""

    id: str
    exact: tuple[str, ...]
    contains: tuple[str, ...]
    matches: tuple[str, ...]
    rejects: tuple[str, ...]

    def fits(self, key: str) -> bool:
        """True when the folded words of a head cell name this column."""
        return key in self.exact or any(phrase in key for phrase in self.contains)


@cache
def columns() -> tuple[Column, ...]:
    """The kinds of columns in the order in which they are tried."""
    rows = tomllib.loads((files("extractors.data") / "task_columns.toml").read_text("utf-8"))["column"]
    return tuple(
        Column(r["id"], tuple(map(fold, r["exact"])), tuple(map(fold, r["contains"])), tuple(r["matches"]), tuple(r["rejects"]))
        for r in rows
    )


def column_of(head: str) -> str | None:
    """Return the kind of column that a head cell names."""
    key = fold(head).strip(" .:*")
    return next((column.id for column in columns() if key and column.fits(key)), None)


@dataclass(frozen=True)
class _Grid:
    """A table's cells by row and column, each spanning cell repeated over the places it covers."""

    rows: tuple[tuple[tuple[Cell, bool], ...], ...]
    """Each place: the cell, and whether it starts there."""


def _grid(table: Table) -> _Grid:
    below: dict[int, tuple[int, Cell]] = {}
    return _Grid(tuple(tuple(_places(row, below)) for row in table.rows))


def _places(row: Row, below: dict[int, tuple[int, Cell]]) -> Iterator[tuple[Cell, bool]]:
    column = 0
    for cell in row.cells:
        left, above = below.get(column, (0, cell))
        covered = left > 0 and not cell.text
        for covered_columns in range(cell.col_span):
            yield (above, False) if covered else (cell, covered_columns == 0)
            below[column] = (left - 1, above) if covered else (cell.row_span - 1, cell)
            column += 1


def _head(grid: _Grid) -> tuple[dict[str, int], int] | None:
    """Return the place of each kind of column and the number of head rows, if this is an assignment table."""
    found: dict[str, int] = {}
    shared: set[str] = set()
    count = 0
    for row in grid.rows[:MAX_HEAD_ROWS]:
        if _assigns(found) and not _names_columns(row):
            break
        for place, (cell, starts) in enumerate(row):
            kind = column_of(cell.text) if starts and len(cell.text.split()) <= LONGEST_HEAD else None
            if kind is not None and (kind not in found or kind in shared):
                found[kind] = place
                shared = shared | {kind} if cell.col_span > 1 else shared - {kind}
        count += 1
    if not _assigns(found):
        return None
    numbered = count < len(grid.rows) and _numbers_columns(grid.rows[count])
    return found, count + numbered


def _assigns(found: Mapping[str, int]) -> bool:
    return "duty" in found and ("lead" in found or ("due" in found and "product" in found))


def _names_columns(row: Sequence[tuple[Cell, bool]]) -> bool:
    """True for a further head row, below cells that are split: all it adds are names of columns."""
    added = [cell.text for cell, starts in row if starts and cell.text]
    return bool(added) and all(len(text.split()) <= LONGEST_HEAD and column_of(text) is not None for text in added)


_COLUMN_NUMBER = re.compile(r"\(?(?:\d{1,2}|[A-E])\)?")


def _numbers_columns(row: Sequence[tuple[Cell, bool]]) -> bool:
    """True for the row below the head that numbers the columns: (1), (2), (3)."""
    texts = [cell.text for cell, starts in row if starts and cell.text]
    return len(texts) > 2 and len(set(texts)) == len(texts) and all(_COLUMN_NUMBER.fullmatch(text) for text in texts)


@dataclass(frozen=True)
class _Line:
    """A row of the table: the texts of its columns."""

    cells: Mapping[str, Cell]
    new: Mapping[str, bool]
    section: bool

    def text(self, column: str) -> str:
        cell = self.cells.get(column)
        return cell.text if cell else ""


def _lines(grid: _Grid, places: Mapping[str, int], skip: int) -> Iterator[_Line]:
    for row in grid.rows[skip:]:
        cells = {kind: row[place][0] for kind, place in places.items() if place < len(row)}
        new = {kind: row[place][1] for kind, place in places.items() if place < len(row)}
        yield _Line(cells, new, _is_section(row, places, cells))


def _is_section(row: Sequence[tuple[Cell, bool]], places: Mapping[str, int], cells: Mapping[str, Cell]) -> bool:
    """A row that only titles the rows below: nothing beside the ordinal and one text, or one cell over the whole width."""
    ordinal = places.get("ordinal")
    texts = {id(cell): cell.text for place, (cell, starts) in enumerate(row) if place != ordinal and cell.text and starts}
    if len(texts) != 1:
        return False
    text = next(iter(texts.values()))
    wide = any(cell.col_span >= 3 for cell, _ in row if cell.text)
    mark = cells["ordinal"].text if "ordinal" in cells else ""
    titled = (
        text.isupper() or bool(re.fullmatch(r"[IVXL]+\.?|[A-HĐ]\.?", mark)) or all(b.bold for cell, _ in row for b in cell.blocks if b.text)
    )
    return wide or titled


def read(table: Table, issued: date | None) -> tuple[Duty, ...]:
    """Return the table's duties, section rows as groups; ids are given by the caller."""
    grid = _grid(table)
    head = _head(grid)
    if head is None:
        return ()
    places, skip = head
    out: list[Duty] = []
    section: Duty | None = None
    for line in _lines(grid, places, skip):
        duty = _section(line) if line.section else _duty(line, issued)
        if duty is None:
            continue
        if line.section:
            section = duty
            out.append(duty)
        elif section is not None:
            section = replace(section, children=(*section.children, duty))
            out[-1] = section
        else:
            out.append(duty)
    return tuple(duty for duty in out if duty.kind is DutyKind.DUTY or duty.children)


def _section(line: _Line) -> Duty | None:
    cell = line.cells.get("duty")
    text = line.text("duty") or line.text("ordinal")
    if not text:
        return None
    marker = line.text("ordinal")
    if marker == text:
        marker = ""
        parsed = parse(text)
        if parsed is not None:
            marker, text = parsed[0].printed, text[parsed[1] :]
    return Duty("", marker, text, DutyKind.GROUP, evidence=_evidence(cell or line.cells["ordinal"]))


def _evidence(cell: Cell) -> tuple[Evidence, ...]:
    return _passage(cell).evidence()


def _passage(cell: Cell) -> Passage:
    return Passage(tuple((block, 0) for block in cell.blocks if block.text))


def _parties(cell: Cell | None) -> tuple[Party, ...]:
    """The names in a cell; names stacked in lines of their own need no comma between them."""
    if cell is None:
        return ()
    return tuple(
        Party(p.name, passage.evidence(p.start, p.end)) for passage in _stacked(cell) for p in assignments.split_parties(passage.text)
    )


def _stacked(cell: Cell) -> Iterator[Passage]:
    """The cell's paragraphs, those that go on with the one above joined to it."""
    group: list[tuple[Block, int]] = []
    for block in (b for b in cell.blocks if b.text):
        parsed = parse(block.text)
        start = parsed[1] if parsed else 0
        text = block.text[start:]
        above = group[-1][0].text.rstrip() if group else ""
        if group and text[:1].isupper() and not above.endswith((",", ":", "(", " và", " -")):
            yield Passage(tuple(group))
            group = []
        group.append((block, start))
    if group:
        yield Passage(tuple(group))


def _deadlines(cell: Cell | None, issued: date | None) -> tuple[Deadline, ...]:
    if cell is None:
        return ()
    passage = _passage(cell)
    return tuple(replace(m.deadline, evidence=passage.evidence(m.start, m.end)) for m in deadlines.parse_cell(passage.text, issued))


def _duty(line: _Line, issued: date | None) -> Duty | None:
    cell = line.cells.get("duty")
    if cell is None or not cell.text or not line.new["duty"]:
        return None
    block_marker = next((b.marker for b in cell.blocks if b.marker), "")
    return Duty(
        id="",
        marker=_ordinal(line) or block_marker,
        text=cell.text,
        lead=_parties(line.cells.get("lead")),
        support=_parties(line.cells.get("support")),
        deadlines=_deadlines(line.cells.get("due"), issued),
        evidence=_evidence(cell),
        product=line.text("product"),
    )


def _ordinal(line: _Line) -> str:
    cell = line.cells.get("ordinal")
    if cell is None:
        return ""
    return cell.text or next((b.marker for b in cell.blocks if b.marker), "")
