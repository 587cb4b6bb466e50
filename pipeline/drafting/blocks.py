"""Rendered text becomes typed paragraphs and tables: the draft as data, free of any file format.

Marks (``facts.mark``): ``p:STYLE`` opens a paragraph; ``rule:SHARE`` a line as long as that share of the text above it; ``table:LAYOUT
WIDTHS``, ``row:head``, ``cell:COLUMNS`` and ``end:table`` build tables; ``section:landscape`` starts a page of its own; ``f:NOTE`` …
``end:f`` is a value with its note; ``c:STYLE`` … ``end:c`` words in a character style.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from extractors.evidence import Evidence
from pipeline.drafting.facts import CLOSE, OPEN, Note
from pipeline.errors import TemplateError

_TOKEN = re.compile(f"{OPEN}([^{CLOSE}]*){CLOSE}")
_LINE_ENDS = re.compile(r"[ \t]*\n[ \t\n]*")


@dataclass(frozen=True)
class Span:
    """Words that look alike and have one origin."""

    text: str
    comment: str = ""
    gap: bool = False
    style: str = ""
    """Id of a character style; empty: the paragraph's own looks."""
    sources: tuple[Evidence, ...] = ()
    duty: str = ""
    """``Assignment.key`` when these are a duty's own words."""
    quoted: bool = False
    """True for a value, False for wording of the template."""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of a named style; ``rule`` above 0 draws a line of that share of the text above instead of words."""

    style: str
    spans: tuple[Span, ...] = ()
    rule: float = 0.0

    @property
    def text(self) -> str:
        """Its words."""
        return "".join(span.text for span in self.spans)


@dataclass(frozen=True)
class Cell:
    """A table cell; ``columns`` tells how many grid columns it covers."""

    paragraphs: tuple[Paragraph, ...]
    columns: int = 1


@dataclass(frozen=True)
class Row:
    """A table row; a head row is repeated on every page."""

    cells: tuple[Cell, ...]
    head: bool = False


@dataclass(frozen=True)
class Table:
    """A table: ``layout`` is letterhead, signature or grid; widths in per cent of the text area (empty: the layout's own)."""

    layout: str
    widths: tuple[float, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Section:
    """What follows starts on a new page with its own page numbers."""

    landscape: bool = False


Part = Paragraph | Table | Section


@dataclass(frozen=True)
class Draft:
    """A document before it becomes a file."""

    template: str
    title: str
    author: str
    day: date
    parts: tuple[Part, ...]
    source: str = ""
    """SHA-256 of the incoming file; empty for what is not to be found again."""

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """All paragraphs in reading order, those of tables included."""
        out: list[Paragraph] = []
        for part in self.parts:
            if isinstance(part, Paragraph):
                out.append(part)
            elif isinstance(part, Table):
                out.extend(p for row in part.rows for cell in row.cells for p in cell.paragraphs)
        return tuple(out)

    @property
    def text(self) -> str:
        """All words, a line for each paragraph."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs)


@dataclass
class _Builder:
    """The state of one parse: the open paragraph, and the open table with its open row and cell."""

    template: str
    notes: list[Note]
    parts: list[Part] = field(default_factory=list)
    style: str = ""
    rule: float = 0.0
    spans: list[Span] = field(default_factory=list)
    note: Note | None = None
    look: str = ""
    table: tuple[str, tuple[float, ...]] | None = None
    rows: list[Row] = field(default_factory=list)
    cells: list[Cell] | None = None
    head: bool = False
    inside: list[Paragraph] | None = None
    columns: int = 1

    def fail(self, what: str) -> TemplateError:
        return TemplateError(self.template, what)

    def words(self, text: str) -> None:
        flat = _LINE_ENDS.sub(" ", text)
        if not self.style:
            if flat.strip():
                raise self.fail(f"Có chữ nằm ngoài đoạn văn: “{flat.strip()[:60]}”.")
            return
        if flat:
            self.spans.append(self._span(flat))

    def _span(self, text: str) -> Span:
        if self.note is None:
            return Span(text, style=self.look)
        note = self.note
        return Span(text, note.comment, note.gap, self.look, note.sources, note.duty, quoted=True)

    def close_paragraph(self) -> None:
        if not self.style:
            return
        paragraph = Paragraph(self.style, _trim(self.spans), self.rule)
        if self.inside is not None:
            self.inside.append(paragraph)
        elif self.table is not None:
            raise self.fail("Đoạn văn trong bảng phải nằm trong một ô.")
        else:
            self.parts.append(paragraph)
        self.style, self.rule, self.spans, self.look = "", 0.0, [], ""

    def close_cell(self) -> None:
        self.close_paragraph()
        if self.inside is not None and self.cells is not None:
            self.cells.append(Cell(tuple(self.inside), self.columns))
        self.inside = None

    def close_row(self) -> None:
        self.close_cell()
        if self.cells is not None:
            self.rows.append(Row(tuple(self.cells), self.head))
        self.cells = None

    def open_p(self, argument: str) -> None:
        self.close_paragraph()
        self.style = argument

    def open_rule(self, argument: str) -> None:
        self.close_paragraph()
        self.style, self.rule = "rule", float(argument)

    def open_table(self, argument: str) -> None:
        self.close_paragraph()
        if self.table is not None:
            raise self.fail("Bảng lồng trong bảng.")
        layout, *widths = argument.split()
        self.table, self.rows = (layout, tuple(float(width) for width in widths)), []

    def open_row(self, argument: str) -> None:
        if self.table is None:
            raise self.fail("Hàng nằm ngoài bảng.")
        self.close_row()
        self.cells, self.head = [], argument == "head"

    def open_cell(self, argument: str) -> None:
        if self.cells is None:
            raise self.fail("Ô nằm ngoài hàng.")
        self.close_cell()
        self.inside, self.columns = [], int(argument)

    def open_f(self, argument: str) -> None:
        self.note = self.notes[int(argument)]

    def open_c(self, argument: str) -> None:
        self.look = argument

    def open_section(self, argument: str) -> None:
        self.close_paragraph()
        if self.table is not None:
            raise self.fail("Ngắt trang trong bảng.")
        self.parts.append(Section(argument == "landscape"))

    def open_end(self, argument: str) -> None:
        if argument == "f":
            self.note = None
        elif argument == "c":
            self.look = ""
        elif self.table is None:
            raise self.fail("Kết thúc bảng khi chưa mở bảng.")
        else:
            self.close_row()
            self.parts.append(Table(*self.table, tuple(self.rows)))
            self.table = None


def _trim(spans: list[Span]) -> tuple[Span, ...]:
    """The spans without white space at the paragraph's ends, and without the doubled space where two of them meet."""
    out: list[Span] = []
    for span in spans:
        text = span.text
        if not out or out[-1].text.endswith(" "):
            text = text.lstrip(" ")
        if text:
            out.append(_with(span, text))
    while out and not out[-1].text.rstrip():
        out.pop()
    if out:
        out[-1] = _with(out[-1], out[-1].text.rstrip())
    return tuple(out)


def _with(span: Span, text: str) -> Span:
    if text == span.text:
        return span
    return Span(text, span.comment, span.gap, span.style, span.sources, span.duty, span.quoted)


def parse(marked: str, notes: list[Note], template: str) -> tuple[Part, ...]:
    """Return the paragraphs and tables of a rendered template.

    Raises:
        TemplateError: words outside any paragraph, a row outside a table, a table left open; with the template's name.
    """
    builder = _Builder(template, notes)
    commands: dict[str, Callable[[str], None]] = {
        name.removeprefix("open_"): getattr(builder, name) for name in vars(_Builder) if name.startswith("open_")
    }
    for index, piece in enumerate(_TOKEN.split(marked)):
        if index % 2 == 0:
            builder.words(piece)
            continue
        command, _, argument = piece.partition(":")
        if command not in commands:
            raise builder.fail(f"Dấu cấu trúc không có: {command}.")
        commands[command](argument)
    builder.close_paragraph()
    if builder.table is not None:
        raise builder.fail("Bảng chưa được đóng.")
    return tuple(builder.parts)
