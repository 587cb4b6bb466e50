"""Reading a DOCX ("văn bản Word"): all the text that Word shows, in reading order, automatic numbers included."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from extractors import hygiene
from extractors import zone_signs as signs
from extractors.errors import EmptyFile, Problem, Severity, UnreadableFile
from extractors.layout import Block, Item, Layout, Table
from extractors.legacy.notes import problems as legacy_problems
from extractors.pages import USUAL_PAGES, Pages
from extractors.readers import docx_fonts
from extractors.readers.docx_blocks import short
from extractors.readers.docx_body import Notes, Walker
from extractors.readers.docx_layout import arrange
from extractors.readers.docx_names import BODY, R, W
from extractors.readers.docx_numbering import Numbering
from extractors.readers.docx_package import Package
from extractors.readers.docx_styles import StyleSheet

if TYPE_CHECKING:
    from lxml.etree import _Element

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_HEADER, _FOOTER = W + "headerReference", W + "footerReference"
_FEW_WORDS = 60
"""Below this a text with pictures is likely a scan with a typed heading."""
_INVISIBLE_CODES = ("W211", "W212")
"""Zero-width characters within a word, and those that reverse the direction of reading."""
DATED = Problem(
    "W247",
    "Văn bản có ngày tháng tự động (trường DATE, TIME), đổi theo ngày mở tệp nên không chắc là ngày ký.",
    remedy="Hãy điền ngày theo bản đã ký.",
)
"""What is stored in such a field is the day on which somebody last opened or printed the file."""
_SHOWN_PLACES = 5
"""Paragraphs named in a problem's place; more are counted."""


def read(data: bytes, pages: Pages = USUAL_PAGES) -> Layout:
    """Return the layout of a DOCX. Words carry the index of their w:p in document order; footnotes and headers count on after the body.

    Raises:
        UnreadableFile: damaged, truncated, too large once unpacked, or not well-formed.
        EncryptedFile: the zip has a password.
        UnsupportedFormat: a zip without a Word document.
        EmptyFile: no text in it.
        NeedsOcr, NoReadableText: no text, only pictures, and what recognises them is not installed or finds nothing.
    """
    package = Package(data)
    body = package.document().find(BODY)
    if body is None:
        raise UnreadableFile(package.main)
    styles = StyleSheet(package.linked_bytes("styles"))
    styles.judged = docx_fonts.judged(body, styles)
    reader = _Stories(package, styles, Numbering(lambda: package.linked("numbering"), styles.list_of))
    items = reader.items(body)
    footnotes = tuple(reader.footnotes())
    headers, feet = reader.running(body)
    items, furniture = _with_letterhead(items, headers)
    if not any(True for _ in _all_blocks(items)):
        if not any(note.pictures for note in reader.notes):
            raise EmptyFile
        from extractors.readers import docx_scans

        return docx_scans.read(package, MEDIA_TYPE, pages)
    recoded = [pair for note in reader.notes for pair in note.recoded]
    names = {name for name, _ in recoded}
    old = legacy_problems(names, names & {face.encoding.name for face in styles.judged.values()}, [text for _, text in recoded])
    problems = [*_problems(reader.notes), *old, *_invisible(reader.notes), *_pictured(items, reader.notes[0])]
    return Layout(MEDIA_TYPE, tuple(items), furniture=(*furniture, *feet), footnotes=footnotes, problems=tuple(problems))


class _Stories:
    """Reads the parts of a package one after the other; paragraph indices and list counters run on."""

    def __init__(self, package: Package, styles: StyleSheet, numbering: Numbering) -> None:
        self.notes: list[Notes] = []
        self._package, self._styles, self._numbering = package, styles, numbering
        self._index = 0

    def items(self, root: _Element) -> list[Item]:
        """Return what a body, a note, a header or a footer holds."""
        walker = Walker(self._styles, self._numbering, self._index)
        story = walker.story(root)
        self._index = walker.next_index
        self.notes.append(walker.notes)
        return arrange(story)

    def footnotes(self) -> Iterator[Block]:
        """Yield the footnotes and endnotes, without the lines that separate them from the text."""
        for kind in ("footnote", "endnote"):
            root = self._package.linked(f"{kind}s")
            for note in () if root is None else root.iterfind(W + kind):
                if note.get(W + "type", "normal") == "normal":
                    yield from _all_blocks(self.items(note))

    def running(self, body: _Element) -> tuple[list[list[Item]], list[Block]]:
        """Return the headers one by one, the first page's first, and the blocks of the footers."""
        headers: list[list[Item]] = []
        feet: list[Block] = []
        seen: set[str] = set()
        for link in sorted(body.iter(_HEADER, _FOOTER), key=lambda link: link.get(W + "type") != "first"):
            target = link.get(R + "id") or ""
            root = None if target in seen else self._package.by_id(target)
            seen.add(target)
            if root is None:
                continue
            if link.tag == _HEADER:
                headers.append(self.items(root))
            else:
                feet.extend(_all_blocks(self.items(root)))
        return headers, feet


def _all_blocks(items: Sequence[Item]) -> Iterator[Block]:
    for item in items:
        if isinstance(item, Table):
            yield from item.blocks
        else:
            yield item


def _with_letterhead(items: list[Item], headers: list[list[Item]]) -> tuple[list[Item], list[Block]]:
    """Return the items with a letterhead or a mark that stands in a page header put before them, and what is left of the headers.

    Some offices keep the whole letterhead, or the stamp of urgency, in the first page's header.
    """
    lacking = not any(signs.national_title(short(block.words)) for block in _all_blocks(items))
    raised: list[Item] = []
    furniture: list[Block] = []
    for header in headers:
        blocks = list(_all_blocks(header))
        if lacking and any(signs.national_title(short(block.words)) for block in blocks):
            raised.extend(item for item in header if isinstance(item, Table) or not item.text.strip("-–— ").isdigit())
            lacking = False
            continue
        marks = [block for block in blocks if signs.mark(short(block.words))]
        known = {item.text for item in raised if isinstance(item, Block)}
        raised.extend(block for block in marks if block.text not in known)
        furniture.extend(block for block in blocks if block not in marks)
    return raised + items, furniture


def _problems(notes: Sequence[Notes]) -> Iterator[Problem]:
    hidden = [index for note in notes for index in note.hidden]
    if hidden:
        places = ", ".join(str(index + 1) for index in hidden[:_SHOWN_PLACES]) + (", …" if len(hidden) > _SHOWN_PLACES else "")
        yield Problem(
            "W201",
            "Văn bản có chữ ẩn (không hiện khi xem hoặc in); phần chữ này không được đọc.",
            where=f"đoạn {places}",
            remedy="Hãy mở tệp bằng Word, bật hiện chữ ẩn để kiểm tra, và hỏi lại nơi gửi nếu nội dung khác thường.",
        )
    if any(note.tracked for note in notes):
        yield Problem(
            "W205",
            "Văn bản còn dấu vết sửa đổi (Track Changes); đã đọc theo bản chấp nhận mọi sửa đổi.",
            Severity.INFO,
            remedy="Hãy đối chiếu với bản đã ký chính thức.",
        )
    if any(note.dated for note in notes):
        yield DATED
    if any(note.foreign for note in notes):
        yield Problem(
            "W206",
            "Văn bản có phần nhúng từ tệp khác mà phần mềm không đọc được.",
            remedy="Hãy mở tệp bằng Word để xem phần này.",
        )


def _invisible(notes: Sequence[Notes]) -> Iterator[Problem]:
    """What the text check says of paragraphs as stored: their invisible characters are gone from the layout."""
    stored = Layout(MEDIA_TYPE, tuple(block for note in notes for block in note.invisible))
    return (problem for problem in hygiene.check(stored) if problem.code in _INVISIBLE_CODES)


def _pictured(items: Sequence[Item], body: Notes) -> Iterator[Problem]:
    """A warning where most of the paper is likely in the body's pictures."""
    if body.pictures and sum(len(block.words) for block in _all_blocks(items)) < _FEW_WORDS:
        yield Problem(
            "W204",
            "Văn bản có rất ít chữ và có ảnh; chữ trong ảnh không được đọc.",
            remedy="Hãy kiểm tra ảnh trong tệp; nếu là bản quét, hãy lưu ra PDF rồi đưa vào lại để nhận dạng chữ.",
        )
