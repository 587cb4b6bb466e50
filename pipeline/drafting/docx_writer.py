"""A draft becomes a Word file: named styles, real tables, automatic page numbers, Word comments, fixed metadata.

The same draft always gives the same bytes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from datetime import date
from itertools import groupby

from lxml import etree

from pipeline.drafting.blocks import Draft, Paragraph, Section, Span, Table
from pipeline.drafting.docx_base import Base, R, base
from pipeline.drafting.docx_marks import CUSTOM_PART, bookmark_of, custom_part
from pipeline.drafting.docx_metrics import width_pt
from pipeline.drafting.docx_styles import style_id
from pipeline.drafting.docx_tables import column_widths, open_cell, open_row, open_table, section_properties, text_width_mm
from pipeline.drafting.docx_xml import Element, W, add, q, root, text, to_bytes, twips
from pipeline.drafting.house_style import HouseStyle, house_style

COMMENT_AUTHOR = "Phần mềm dự thảo"
COMMENT_INITIALS = "PM"
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time that a ZIP entry can bear
_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_DC = "http://purl.org/dc/elements/1.1/"
_TERMS = "http://purl.org/dc/terms/"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


class _Body:
    """Writes the body of one draft and gathers its comments."""

    def __init__(self, draft: Draft, sheet: HouseStyle, blank: Base) -> None:
        self.sheet = sheet
        self.blank = blank
        self.day = draft.day
        self.document = etree.Element(q("document"), nsmap={"w": W, "r": R})
        self.body = add(self.document, "body")
        self.comments = root("comments")
        self.told: set[tuple[str, str]] = set()
        self.marked: set[str] = set()
        self.landscape = False
        self.sections = 0

    def write(self, draft: Draft) -> None:
        previous: list[Paragraph] = []
        if draft.parts and isinstance(draft.parts[0], Table):
            # LibreOffice puts a full empty line before a table that opens a document with comments.
            self.blank_paragraph()
        for part in draft.parts:
            if isinstance(part, Paragraph):
                self.paragraph(self.body, part, previous, self.width_pt)
                previous.append(part)
            elif isinstance(part, Table):
                self.table(part)
                previous = []
            else:
                self.section(part)
                previous = []
        if draft.parts and isinstance(draft.parts[-1], Table):
            self.blank_paragraph()
        self.properties(self.body)

    @property
    def width_pt(self) -> float:
        """Width of the text area in points."""
        return text_width_mm(self.sheet, landscape=self.landscape) * 72 / 25.4

    def blank_paragraph(self) -> Element:
        """The tiny paragraph that Word wants after a table and at a section's end."""
        properties = add(add(self.body, "p"), "pPr")
        add(properties, "pStyle", val=style_id("end"))
        return properties

    def properties(self, parent: Element) -> None:
        section_properties(parent, self.sheet, self.blank.header, landscape=self.landscape, restart=self.sections > 0)

    def section(self, part: Section) -> None:
        self.properties(self.blank_paragraph())
        self.landscape = part.landscape
        self.sections += 1

    def table(self, part: Table) -> None:
        widths = column_widths(part, self.sheet, text_width_mm(self.sheet, landscape=self.landscape))
        element = open_table(self.body, part, widths)
        padding = 2 * self.sheet.tables_by_id["grid" if part.layout == "grid" else "plain"].padding_mm * 72 / 25.4
        for row in part.rows:
            line, column = open_row(element, head=row.head), 0
            for cell in row.cells:
                width = sum(widths[column : column + cell.columns])
                column += cell.columns
                self.cell(open_cell(line, width, cell.columns, head=row.head), cell.paragraphs, width / 20 - padding)

    def cell(self, element: Element, paragraphs: tuple[Paragraph, ...], width: float) -> None:
        for index, paragraph in enumerate(paragraphs or (Paragraph("cell"),)):
            self.paragraph(element, paragraph, list(paragraphs[:index]), width)

    def paragraph(self, parent: Element, part: Paragraph, previous: list[Paragraph], width: float) -> None:
        element = add(parent, "p")
        properties = add(element, "pPr")
        add(properties, "pStyle", val=style_id(part.style))
        if part.rule:
            self.rule(properties, part.rule, previous, width)
        for duty, spans in groupby(part.spans, key=lambda span: span.duty):
            if duty:
                self.marked_spans(element, duty, spans)
            else:
                for span in spans:
                    self.span(element, span)

    def marked_spans(self, element: Element, duty: str, spans: Iterable[Span]) -> None:
        """The words of a duty between the ends of its bookmark, which Word and LibreOffice keep while the words are edited."""
        name = bookmark_of(duty)
        fresh = name not in self.marked
        number = len(self.marked)
        self.marked.add(name)
        if fresh:
            add(element, "bookmarkStart", id=number, name=name)
        for span in spans:
            self.span(element, span)
        if fresh:
            add(element, "bookmarkEnd", id=number)

    def rule(self, properties: Element, share: float, previous: list[Paragraph], width: float) -> None:
        """A line under the text above: the paragraph's top border, indented to its length."""
        length = min(self.text_above(previous), width) * share
        side = max(twips((width - length) / 2), 0)
        add(add(properties, "pBdr"), "top", val="single", sz=round(self.sheet.letterhead.rule_pt * 8), space=1, color="auto")
        add(properties, "ind", left=side, right=side)

    def text_above(self, previous: list[Paragraph]) -> float:
        """The widest of the last paragraphs of one style, in points."""
        if not previous:
            return self.width_pt
        style = self.sheet.by_id[previous[-1].style]
        widest = 0.0
        for paragraph in reversed(previous):
            if paragraph.style != style.id:
                break
            widest = max(widest, width_pt(paragraph.text, style.size_pt, bold=style.bold))
        return widest

    def span(self, element: Element, span: Span) -> None:
        key = (span.comment, span.duty)
        if not span.comment or key in self.told:
            self.run(element, span)
            return
        self.told.add(key)
        number = str(len(self.told) - 1)
        add(element, "commentRangeStart", id=number)
        self.run(element, span)
        add(element, "commentRangeEnd", id=number)
        reference = add(element, "r")
        add(add(reference, "rPr"), "rStyle", val="CommentReference")
        add(reference, "commentReference", id=number)
        self.comment(number, span.comment)

    def run(self, element: Element, span: Span) -> None:
        run = add(element, "r")
        look = "gap" if span.gap else span.style
        if look:
            add(add(run, "rPr"), "rStyle", val=style_id(look))
        text(run, span.text)

    def comment(self, number: str, words: str) -> None:
        comment = add(self.comments, "comment", id=number, author=COMMENT_AUTHOR, date=_moment(self.day), initials=COMMENT_INITIALS)
        paragraph = add(comment, "p")
        add(add(paragraph, "pPr"), "pStyle", val="CommentText")
        mark = add(paragraph, "r")
        add(add(mark, "rPr"), "rStyle", val="CommentReference")
        add(mark, "annotationRef")
        text(add(paragraph, "r"), words)


def _core(draft: Draft) -> bytes:
    """The file's metadata: title, author, and the day of drafting as its only time."""
    core = etree.Element(f"{{{_CORE}}}coreProperties", nsmap={"cp": _CORE, "dc": _DC, "dcterms": _TERMS, "xsi": _XSI})
    for name, value in (("title", draft.title), ("creator", draft.author), ("language", "vi-VN")):
        etree.SubElement(core, f"{{{_DC}}}{name}").text = value
    etree.SubElement(core, f"{{{_CORE}}}lastModifiedBy").text = draft.author
    etree.SubElement(core, f"{{{_CORE}}}revision").text = "1"
    for name in ("created", "modified"):
        moment = etree.SubElement(core, f"{{{_TERMS}}}{name}")
        moment.set(f"{{{_XSI}}}type", "dcterms:W3CDTF")
        moment.text = _moment(draft.day)
    return to_bytes(core)


def pack(parts: list[tuple[str, bytes]]) -> bytes:
    """Return a ZIP package whose bytes depend on nothing but its parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, blob in parts:
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3
            info.external_attr = 0o600 << 16
            package.writestr(info, blob, compresslevel=4)
    return buffer.getvalue()


def write(draft: Draft, sheet: HouseStyle | None = None) -> bytes:
    """Return the draft as a DOCX file."""
    looks = sheet or house_style()
    blank = base(looks)
    body = _Body(draft, looks, blank)
    body.write(draft)
    fresh = {
        "word/document.xml": to_bytes(body.document),
        "word/comments.xml": to_bytes(body.comments),
        "docProps/core.xml": _core(draft),
        CUSTOM_PART: custom_part(draft.source),
    }
    return pack([(name, fresh.get(name, blob)) for name, blob in blank.parts])
