"""The body of a DOCX in its own order: paragraphs with their words, tables with their cells, text boxes.

Nothing is judged here: which table is a letterhead, which line has two columns, is for ``docx_layout``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Union

from extractors.errors import UnreadableFile
from extractors.layout import Block, Word
from extractors.legacy.fonts import face_of
from extractors.legacy.runs import recode_runs
from extractors.readers.docx_names import ALTERNATE, BOX, CELL, LEFT_OUT, PPR, ROW, RPR, SDT, SDT_CONTENT, TABLE, VAL, WRAPPERS, P, V, W
from extractors.readers.docx_numbering import LEVELS, Numbering
from extractors.readers.docx_styles import Indent, ParagraphStyle, StyleSheet, draws, indent_of, number, numbering_of, on, shaded
from extractors.readers.docx_text import BREAK, Cut, Fields, Inline, chosen, has_invisible, tidy, to_words

if TYPE_CHECKING:
    from lxml.etree import _Element

_TAB_STOP = 36.0
"""Points between default tab stops (w:defaultTabStop 720 twips)."""
_SPACE = 0.25
"""Width of a space as a share of the font size (Times New Roman)."""
_FAMILY = re.compile(r"""font-family:\s*(?:"|&quot;|')?([^;"'&]+)""")
_MOST_COLUMNS = 63
"""Columns of a table that Word allows."""
MAX_CHARACTERS = 3_000_000
"""Characters of one story, some 1 300 pages; a longer one is no dispatch and would fill the memory."""
_PLAIN_TABLES = frozenset(("TableGrid", "TableNormal", ""))
"""Table styles that paint no cell."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as the file has it; ``gaps`` are indices of words that a tab or many spaces stand before, 0 for an indent by tabs."""

    words: tuple[Word, ...]
    gaps: tuple[int, ...] = ()
    marker: str = ""
    centred: bool = False
    indent: float = 0.0
    level: int | None = None


@dataclass(frozen=True, slots=True)
class RawCell:
    """A cell: what is in it, its place in the table's grid, and "restart" or "continue" when it is merged downwards."""

    items: tuple[RawItem, ...]
    column: int
    col_span: int = 1
    merge: str = ""


@dataclass(frozen=True, slots=True)
class RawTable:
    """A table; ``ruled`` when lines are drawn around its cells. Widths of the grid's columns are relative."""

    rows: tuple[tuple[RawCell, ...], ...]
    widths: tuple[float, ...] = ()
    ruled: bool = False


@dataclass(frozen=True, slots=True)
class TextBox:
    """What stands in a text box, placed before the paragraph that it is anchored in."""

    items: tuple[RawItem, ...]


RawItem = Union[Paragraph, RawTable, TextBox]  # noqa: UP007 - a recursive alias cannot be an expression of classes defined below each other


@dataclass(slots=True)
class Notes:
    """What the reader noticed on its way."""

    hidden: list[int] = field(default_factory=list)
    """Paragraph indices with text that cannot be seen."""
    invisible: list[Block] = field(default_factory=list)
    """Paragraphs as stored that have zero-width or direction characters."""
    recoded: list[tuple[str, str]] = field(default_factory=list)
    """The old encodings' names, each with a text that was stored in it."""
    tracked: bool = False
    dated: bool = False
    """A field shows the day of opening."""
    pictures: int = 0
    foreign: int = 0
    """Embedded documents (w:altChunk, w:subDoc) that are not read."""


class Walker:
    """Walks one story (body, header, footnotes); counters of lists and open fields live on from part to part of it."""

    def __init__(self, styles: StyleSheet, numbering: Numbering, first_index: int = 0) -> None:
        self.styles = styles
        self.numbering = numbering
        self.notes = Notes()
        self._fields = Fields()
        self._next = first_index
        self._index: dict[_Element, int] = {}
        self._carried: tuple[Word, ...] = ()
        self._shaded = False
        self._characters = 0

    @property
    def next_index(self) -> int:
        """The index that the next paragraph after this story would have."""
        return self._next

    def story(self, root: _Element) -> tuple[RawItem, ...]:
        """Return what a part holds; its w:p elements are numbered in document order, those in tables and text boxes included."""
        for paragraph in root.iter(P):
            self._index[paragraph] = self._next
            self._next += 1
        items = tuple(self.items(root))
        return (*items, *self._flush())

    def _flush(self) -> Iterator[Paragraph]:
        if self._carried:
            yield Paragraph(self._carried)
            self._carried = ()

    def items(self, parent: _Element) -> Iterator[RawItem]:
        """Yield the paragraphs, tables and text boxes of a body, cell, note or text box."""
        for child in parent:
            tag = child.tag
            if tag == P:
                yield from self._paragraph(child)
            elif tag == TABLE:
                yield from self._flush()
                yield self._table(child)
            elif tag in (W + "altChunk", W + "subDoc"):
                self.notes.foreign += 1
            else:
                inner = _unwrapped(child)
                if inner is not None:
                    yield from self.items(inner)

    def _paragraph(self, element: _Element) -> Iterator[RawItem]:
        properties = element.find(PPR)
        own = {} if properties is None else {prop.tag: prop for prop in properties}
        named = own.get(W + "pStyle")
        style = self.styles.paragraph("" if named is None else named.get(VAL) or "")
        inline = Inline(self.styles, self._fields, style, self._shaded or shaded(own.get(W + "shd")))
        inline.collect(element)
        self._fields.end_paragraph()
        index = self._index[element]
        self._note(inline, index)
        for box in inline.boxes:
            yield from self._box(box)
        self._weigh(inline.stored(), index)
        words = inline.words(index)
        self.notes.recoded += inline.recoded
        mark = own.get(RPR)
        if mark is not None and (mark.find(W + "del") is not None or mark.find(W + "moveFrom") is not None):
            # The paragraph's end was deleted: its words open the next one.
            self.notes.tracked = True
            self._carried += words.words
            return
        paragraph = self._shaped(own, style, words)
        if paragraph.words:
            yield paragraph

    def _weigh(self, text: str, index: int) -> None:
        self._characters += len(text)
        if self._characters > MAX_CHARACTERS:
            raise UnreadableFile(f"> {MAX_CHARACTERS} ký tự")
        if has_invisible(text):
            self.notes.invisible.append(Block(tuple(Word(word, paragraph=index) for word in text.split())))

    def _note(self, inline: Inline, index: int) -> None:
        if inline.hidden:
            self.notes.hidden.append(index)
        self.notes.tracked = self.notes.tracked or inline.tracked
        self.notes.dated = self.notes.dated or inline.fields.dated
        self.notes.pictures += inline.picture

    def _shaped(self, own: dict[str, _Element], style: ParagraphStyle, text: Cut) -> Paragraph:
        words, gaps, lead = text
        num_id, level = self._list_place(own, style)
        marker, indent = "", style.indent
        if num_id and (words or self._carried or not _vanished(own.get(RPR))):
            marker = self.numbering.marker(num_id, level)
            indent = self.numbering.indent(num_id, level).over(indent)
        indent = indent_of(own.get(W + "ind")).over(indent)
        align = own[W + "jc"].get(VAL) if W + "jc" in own else style.align
        if self._carried:
            gaps = tuple(gap + len(self._carried) for gap in gaps)
            words, self._carried = self._carried + words, ()
        if lead and words and _indents(lead):
            gaps = (0, *gaps)
        outline = number(own[W + "outlineLvl"].get(VAL)) if W + "outlineLvl" in own else style.outline
        heading = outline if outline is not None and outline < LEVELS else None
        return Paragraph(words, gaps, marker, align == "center", _first_line(indent, lead, words), level if num_id else heading)

    def _list_place(self, own: dict[str, _Element], style: ParagraphStyle) -> tuple[str, int]:
        """The list and level of a paragraph; an empty list id when it is in none (numId 0 takes a style's list away)."""
        num_id, level = numbering_of(own.get(W + "numPr"))
        if num_id is None:
            num_id = style.num_id
            if level is None and num_id is not None:
                level = self.numbering.level_of_style(num_id, style.style)
        if num_id is None or num_id == "0":
            return "", 0
        if level is None:
            level = style.level or 0
        return num_id, min(max(level, 0), LEVELS - 1)

    def _box(self, box: _Element) -> Iterator[RawItem]:
        if box.tag == V + "textpath":
            words = to_words([(tidy(_lettering(box)), self.styles.paragraph("").look)], None).words
            items: tuple[RawItem, ...] = (Paragraph(words),) if words else ()
        else:
            kept, self._shaded = self._shaded, True
            fields, self._fields = self._fields, Fields()
            carried, self._carried = self._carried, ()
            items = (*self.items(box), *self._flush())
            self._shaded, self._fields, self._carried = kept, fields, carried
        if items:
            yield TextBox(items)

    def _table(self, table: _Element) -> RawTable:
        properties = table.find(W + "tblPr")
        named = None if properties is None else properties.find(W + "tblStyle")
        style = "" if named is None else named.get(VAL) or ""
        borders = None if properties is None else properties.find(W + "tblBorders")
        ruled = draws(borders) if borders is not None else bool(self.styles.table_borders(style)) if style else False
        kept, self._shaded = self._shaded, self._shaded or style not in _PLAIN_TABLES
        rows: list[tuple[RawCell, ...]] = []
        cells = lined = 0
        for row in self._parts(table, ROW):
            if _gone(row.find(W + "trPr"), "del"):
                self.notes.tracked = True
                continue
            raw, drawn = self._row(row)
            rows.append(raw)
            cells, lined = cells + len(raw), lined + drawn
        self._shaded = kept
        widths = tuple(float(number(col.get(W + "w")) or 0) for col in table.iterfind(f"{W}tblGrid/{W}gridCol"))
        return RawTable(tuple(rows), widths, ruled or (cells > 0 and lined * 2 > cells))

    def _row(self, row: _Element) -> tuple[tuple[RawCell, ...], int]:
        properties = row.find(W + "trPr")
        column = _count(properties, "gridBefore", 0)
        cells: list[RawCell] = []
        lined = 0
        for cell in self._parts(row, CELL):
            shape = cell.find(W + "tcPr")
            if _gone(shape, "cellDel"):
                continue
            if shape is not None and _sideways(shape) and cells:
                cells[-1] = replace(cells[-1], col_span=cells[-1].col_span + 1, items=(*cells[-1].items, *self._cell(cell, shape)))
                column += 1
                continue
            span = max(_count(shape, "gridSpan", 1), 1)
            cells.append(RawCell(self._cell(cell, shape), column, span, _downwards(shape)))
            column += span
            borders = None if shape is None else shape.find(W + "tcBorders")
            lined += borders is not None and draws(borders)
        return tuple(cells), lined

    def _cell(self, cell: _Element, shape: _Element | None) -> tuple[RawItem, ...]:
        kept = self._shaded
        self._shaded = kept or (shape is not None and shaded(shape.find(W + "shd")))
        items = (*self.items(cell), *self._flush())
        self._shaded = kept
        return items

    def _parts(self, parent: _Element, tag: str) -> Iterator[_Element]:
        """The rows of a table or the cells of a row, those in content controls included."""
        for child in parent:
            if child.tag == tag:
                yield child
            else:
                inner = _unwrapped(child)
                if inner is not None:
                    yield from self._parts(inner, tag)


def _lettering(path: _Element) -> str:
    """The text of drawn lettering (WordArt), whose font stands in its style."""
    family = _FAMILY.search(path.get("style") or "")
    return recode_runs([(path.get("string") or "", face_of(family[1]) if family else None)])[0]


def _unwrapped(element: _Element) -> _Element | None:
    """What a content control, an alternative or any other wrapper holds, None for all else."""
    tag = element.tag
    if tag == SDT:
        return element.find(SDT_CONTENT)
    if tag == ALTERNATE:
        return chosen(element)
    return element if (tag in WRAPPERS and tag not in LEFT_OUT) or tag == BOX else None


def _vanished(mark: _Element | None) -> bool:
    """True for a hidden paragraph mark: an empty paragraph with one is not shown, nor counted in its list."""
    return mark is not None and bool(on(mark.find(W + "vanish")))


def _gone(properties: _Element | None, mark: str) -> bool:
    return properties is not None and properties.find(W + mark) is not None


def _count(properties: _Element | None, name: str, default: int) -> int:
    found = None if properties is None else properties.find(W + name)
    value = None if found is None else number(found.get(VAL))
    return default if value is None else min(max(value, 0), _MOST_COLUMNS)


def _sideways(shape: _Element) -> bool:
    """True for a cell merged into its left neighbour (w:hMerge, of old versions)."""
    merge = shape.find(W + "hMerge")
    return merge is not None and merge.get(VAL) != "restart"


def _downwards(shape: _Element | None) -> str:
    merge = None if shape is None else shape.find(W + "vMerge")
    if merge is None:
        return ""
    return "restart" if merge.get(VAL) == "restart" else "continue"


def _indents(lead: str) -> bool:
    """True when a paragraph's opening white space sets it off to the right, as far as a column."""
    tail = lead.rpartition(BREAK)[2]
    return tail.count("\t") >= 2 or len(tail) >= 10


def _first_line(indent: Indent, lead: str, words: tuple[Word, ...]) -> float:
    at = (indent.left or 0.0) + (indent.first or 0.0)
    size = (words[0].size or 0.0) if words else 0.0
    for char in lead.rpartition(BREAK)[2]:
        at = (at // _TAB_STOP + 1) * _TAB_STOP if char == "\t" else at + size * _SPACE
    return round(at, 2)
