"""A composed dispatch as a DOCX, in the form of NĐ 30/2020 Phụ lục I or of the Party's letters."""

# ruff: noqa: ANN401 - python-docx and its XML have no types

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from compose_case import TRACKED, Case, Paragraph, accepted
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

NUMBER_GAP, DAY_GAP = " " * 10, " " * 6
"""What stands where the clerk or a signature field puts the number and the day."""
LEFT_MM, RIGHT_MM = 68, 96
LEVELS = (("decimal", "%1."), ("lowerLetter", "%2)"), ("bullet", "-"))
CENTRE = WD_ALIGN_PARAGRAPH.CENTER


def compose(case: Case, *, for_pdf: bool) -> bytes:
    """Return the DOCX; the one that becomes the PDF has tracked changes accepted, and blanks where stamps will lie."""
    return _Composer(case, for_pdf=for_pdf).save()


class _Composer:
    def __init__(self, case: Case, *, for_pdf: bool) -> None:
        self.case, self.for_pdf = case, for_pdf
        self.document = Document()
        self._page()
        self._head()
        self._title()
        for paragraph in case.body:
            self._body(paragraph)
            if paragraph is _last_of_letter(case):
                self._end()

    def save(self) -> bytes:
        properties = self.document.core_properties
        properties.author, properties.comments = "congvan", ""
        properties.created = properties.modified = datetime(2023, 1, 2, tzinfo=UTC)
        out = io.BytesIO()
        self.document.save(out)
        return out.getvalue()

    def _page(self) -> None:
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin = section.bottom_margin = Mm(20)
        section.left_margin, section.right_margin = Mm(30), Mm(16)
        section.different_first_page_header_footer = True
        number = section.header.paragraphs[0]
        number.alignment = CENTRE
        number._p.append(parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"><w:r><w:t>2</w:t></w:r></w:fldSimple>'))
        normal = self.document.styles["Normal"]
        normal.font.name, normal.font.size = "Times New Roman", Pt(13)
        normal.element.rPr.rFonts.set(qn("w:eastAsia"), "Times New Roman")
        normal.paragraph_format.space_after = Pt(0)

    # --- head ------------------------------------------------------------------------------------------

    def _number_line(self) -> str:
        case = self.case
        number = NUMBER_GAP if case.blank or (case.stamped and self.for_pdf) else case.number
        return f"Số {number}-{case.symbol}" if case.party else f"Số: {number}/{case.symbol}"

    def _date_line(self) -> str:
        case, day = self.case, self.case.day
        printed = DAY_GAP if case.blank or (case.stamped and self.for_pdf) else f"{day.day:02d}"
        month = f"{day.month:02d}" if day.month < 3 else str(day.month)
        return f"{case.place}, ngày {printed} tháng {month} năm {day.year}"

    def _left(self) -> list[tuple[str, str, int]]:
        case = self.case
        lines = [(line, "", 12) for line in case.parent] + [(line, "b", 13) for line in case.issuer]
        return [*lines, ("*", "", 13)] if case.party else lines

    def _right(self) -> list[tuple[str, str, int]]:
        if self.case.party:
            return [("ĐẢNG CỘNG SẢN VIỆT NAM", "b", 14)]
        return [("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "b", 12), ("Độc lập - Tự do - Hạnh phúc", "b", 13)]

    def _under_number(self) -> list[tuple[str, str, int]]:
        case = self.case
        lines = []
        if not case.title:
            lines.append((case.subject, "i", 12) if case.party else (f"V/v {case.subject}", "", 12))
        return lines + [(mark, "b", 13) for mark in (case.secrecy, case.urgency) if mark]

    def _head(self) -> None:
        if self.case.letterhead == "tabs":
            self._tabbed_head()
            return
        table = self._plain_table(2, LEFT_MM, RIGHT_MM)
        left, right = [(self._number_line(), "", 13), *self._under_number()], [(self._date_line(), "i", 13)]
        for row, cells in zip(table.rows, ((self._left(), self._right()), (left, right)), strict=True):
            for cell, lines in zip(row.cells, cells, strict=True):
                self._lines(cell, lines)

    def _plain_table(self, rows: int, *widths: int) -> Any:
        """A table without lines; the width stands at the columns and at each cell, for Word and LibreOffice."""
        table = self.document.add_table(rows=rows, cols=len(widths))
        return _set_widths(table, widths)

    def _tabbed_head(self) -> None:
        left, right = self._left(), self._right()
        right += [("", "", 13)] * (len(left) - len(right))
        rows = [*zip(left, right, strict=True), ((self._number_line(), "", 13), (self._date_line(), "i", 13))]
        for pair in rows:
            paragraph = self.document.add_paragraph()
            for stop in (LEFT_MM // 2, LEFT_MM + RIGHT_MM // 2):
                paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(stop), WD_TAB_ALIGNMENT.CENTER)
            for words, look, size in pair:
                if words:
                    paragraph.add_run("\t")
                    _run(paragraph, words, look, size)
        for words, look, size in self._under_number():
            paragraph = self.document.add_paragraph()
            paragraph.paragraph_format.right_indent = Mm(RIGHT_MM)
            paragraph.alignment = CENTRE
            _run(paragraph, words, look, size)

    def _lines(self, cell: Any, lines: list[tuple[str, str, int]]) -> None:
        for index, (words, look, size) in enumerate(lines):
            paragraph = cell.paragraphs[0] if index == 0 else cell.add_paragraph()
            paragraph.alignment = CENTRE
            _run(paragraph, words, look, size)

    # --- title, addressees ------------------------------------------------------------------------------

    def _title(self) -> None:
        case = self.case
        if case.title:
            for words, size, before in ((case.title, 14, 12), (case.subject, 13, 0)):
                paragraph = self.document.add_paragraph()
                paragraph.alignment, paragraph.paragraph_format.space_before = CENTRE, Pt(before)
                _run(paragraph, words, "b", size)
        if case.addressees:
            self._addressees()

    def _addressees(self) -> None:
        case = self.case
        many = len(case.addressees) > 1
        first = case.lead_in if many else f"{case.lead_in} {case.addressees[0]}"
        lines = [first, *(f"- {name};" for name in case.addressees)] if many else [first]
        if many:
            lines[-1] = lines[-1].rstrip(";") + "."
        for index, words in enumerate(lines):
            paragraph = self.document.add_paragraph()
            paragraph.paragraph_format.left_indent = Mm(28 if index == 0 else 48)
            paragraph.paragraph_format.space_before = Pt(12 if index == 0 else 0)
            _run(paragraph, words, "i" if case.party else "", 13)

    # --- text -------------------------------------------------------------------------------------------

    def _body(self, entry: Paragraph) -> None:
        if entry.rows:
            self._table(entry)
            return
        paragraph = self.document.add_paragraph()
        form = paragraph.paragraph_format
        form.space_before, form.page_break_before = Pt(6), entry.new_page
        paragraph.alignment = CENTRE if entry.centred else WD_ALIGN_PARAGRAPH.JUSTIFY
        look = ("b" if entry.bold else "") + ("i" if entry.italic else "")
        numbered = self.case.automatic and bool(entry.marker) and not self.for_pdf
        if numbered:
            _automatic(self.document, paragraph, entry.marker)
        elif not entry.centred:
            form.first_line_indent = Mm(10)
        typed = f"{entry.marker} " if entry.marker and not numbered else ""
        self._words(paragraph, typed + entry.text, look)

    def _words(self, paragraph: Any, text: str, look: str) -> None:
        if self.for_pdf or not TRACKED.search(text):
            _run(paragraph, accepted(text), look, 13)
            return
        at = 0
        for change in TRACKED.finditer(text):
            _run(paragraph, text[at : change.start()], look, 13)
            _tracked(paragraph, change)
            at = change.end()
        _run(paragraph, text[at:], look, 13)

    def _table(self, entry: Paragraph) -> None:
        table = self.document.add_table(rows=0, cols=len(entry.widths), style="Table Grid")
        for index, row in enumerate(entry.rows):
            for cell, words in zip(table.add_row().cells, row.cells, strict=True):
                if index == 0:
                    cell.paragraphs[0].alignment = CENTRE
                _run(cell.paragraphs[0], words, "b" if index == 0 or row.kind == "group" else "", 13)
        _set_widths(table, [(LEFT_MM + RIGHT_MM) * percent / 100 for percent in entry.widths])
        table.rows[0]._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))

    # --- end --------------------------------------------------------------------------------------------

    def _end(self) -> None:
        case = self.case
        self.document.add_paragraph()
        row = self._plain_table(1, LEFT_MM + 10, RIGHT_MM - 10).rows[0]
        row._tr.get_or_add_trPr().append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))
        left, right = row.cells
        filing = f"Lưu {case.filing}." if case.party else f"Lưu: {case.filing}."
        lines = ["Nơi nhận:", *(f"- {name};" for name in case.recipients), f"- {filing}"]
        for index, words in enumerate(lines):
            paragraph = left.paragraphs[0] if index == 0 else left.add_paragraph()
            _run(paragraph, words, ("u" if case.party else "bi") if index == 0 else "", 12 if index == 0 else 11)
        signed = [*case.authority, "", "", "", case.signer]
        self._lines(right, [(words, "b", 13) for words in signed])


def _last_of_letter(case: Case) -> Paragraph:
    """The paragraph before the first appendix, which begins on a new page."""
    for index, paragraph in enumerate(case.body):
        if paragraph.new_page:
            return case.body[index - 1]
    return case.body[-1]


def _set_widths(table: Any, widths_mm: Sequence[float]) -> Any:
    table.autofit = False
    for column, width in zip(table.columns, widths_mm, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
    return table


def _run(paragraph: Any, words: str, look: str, size: int) -> None:
    if not words:
        return
    run = paragraph.add_run(words)
    run.bold, run.italic, run.underline = "b" in look or None, "i" in look or None, "u" in look or None
    run.font.size = Pt(size)


def _tracked(paragraph: Any, change: Any) -> None:
    """Word's own marks for inserted and deleted words (ECMA-376 part 1, 17.13.5)."""
    inserted = change["inserted"]
    tag, text, words = ("ins", "t", inserted) if inserted else ("del", "delText", change["deleted"])
    stamp = 'w:id="900" w:author="Người soát" w:date="2026-03-02T08:00:00Z"'
    run = f'<w:r><w:{text} xml:space="preserve">{words}</w:{text}></w:r>'
    paragraph._p.append(parse_xml(f"<w:{tag} {nsdecls('w')} {stamp}>{run}</w:{tag}>"))


def _automatic(document: Any, paragraph: Any, marker: str) -> None:
    """Let Word number the paragraph: level 1 for "1.", 2 for "a)", 3 for a dash."""
    level = 0 if marker[0].isdigit() else 1 if marker.endswith(")") else 2
    numbering = document.part.numbering_part.element
    if not numbering.xpath('w:num[@w:numId="70"]'):
        _define_numbering(numbering)
    properties = paragraph._p.get_or_add_pPr()
    properties.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="70"/></w:numPr>'))


def _define_numbering(numbering: Any) -> None:
    levels = "".join(
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{shape}"/><w:lvlText w:val="{text}"/>'
        f'<w:pPr><w:ind w:left="{567 + 283 * index}" w:hanging="283"/></w:pPr></w:lvl>'
        for index, (shape, text) in enumerate(LEVELS)
    )
    kind = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="70"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
    numbering.insert(0, parse_xml(kind))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="70"><w:abstractNumId w:val="70"/></w:num>'))
