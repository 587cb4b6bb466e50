"""Printed values and structural marks: how content and structure stay apart in rendered text.

A template prints values and marks. A mark is a pair of control characters round a command; values lose every control character before
they are printed, so no value, whatever it contains, can open a paragraph, a style or a table.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from extractors.evidence import Evidence, Grade
from extractors.text import shorten

OPEN, CLOSE = "\x02", "\x03"
GAP = "[…………]"
"""What stands where a value is missing; the reviewer fills it in."""

# Line and paragraph ends of any kind become a space.
_ENDS = re.compile("[\t\n\x0b\x0c\r\x1c-\x1f\x85\u2028\u2029]+")
# C0 and C1 controls, zero-width and bidirectional marks, surrogates and non-characters: invisible, and some are illegal in XML.
_INVISIBLE = re.compile("[\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\uffff\ud800-\udfff]+")
_SPACES = re.compile(" {2,}")


def clean(text: str) -> str:
    """Return the text as one line without control, zero-width and direction marks, single-spaced, in NFC."""
    line = _INVISIBLE.sub("", _ENDS.sub(" ", text))
    return unicodedata.normalize("NFC", _SPACES.sub(" ", line))


class Mark(str):
    """A structural mark; the one kind of text that a template may print with control characters in it."""

    __slots__ = ()


def mark(command: str, argument: object = "") -> Mark:
    """Return the mark for a command of ``blocks.parse``."""
    return Mark(f"{OPEN}{command}:{argument}{CLOSE}")


class Fact(str):
    """A value on its way to paper: its words, and the number of its note in the register of its draft."""

    __slots__ = ("note",)
    note: int

    def __new__(cls, text: str, note: int) -> Fact:
        """Return the cleaned text with the number of its note."""
        fact = super().__new__(cls, clean(text))
        fact.note = note
        return fact

    def said(self, text: str) -> Fact:
        """Return other words for the same value, with the same note."""
        return Fact(text, self.note)


@dataclass(frozen=True)
class Note:
    """What the reviewer may ask of a printed value: where it stands in the source, why it is doubtful, which duty it carries."""

    sources: tuple[Evidence, ...] = ()
    comment: str = ""
    """Vietnamese; becomes a Word comment. Empty: nothing doubtful."""
    gap: bool = False
    duty: str = ""
    """``Assignment.key`` of the duty whose words these are."""


@dataclass
class Register:
    """The notes of one draft, filled while its values are prepared."""

    notes: list[Note] = field(default_factory=list)
    house: str = ""
    """A name of the authority, whose spelling the draft keeps to ("Ủy ban" or "Uỷ ban")."""

    def fact(self, text: str, note: Note) -> Fact:
        """Enter a note and return its value."""
        self.notes.append(note)
        return Fact(text, len(self.notes) - 1)

    def found(self, text: str, sources: Iterable[Evidence] = (), comment: str = "", duty: str = "") -> Fact:
        """Return a value that rests on words of the source; weak evidence explains itself in a comment."""
        kept = tuple(sources)
        remarks = " ".join(part for part in (comment, doubt(kept)) if part)
        return self.fact(text, Note(kept, remarks, duty=duty))

    def gap(self, comment: str) -> Fact:
        """Return a visible gap with its reason."""
        return self.fact(GAP, Note(comment=comment, gap=True))


_DOUBTS = {
    Grade.REPAIRED: "Chữ trong văn bản gốc bị lỗi, gõ theo bảng mã cũ hoặc máy nhận dạng nhầm, đã được sửa",
    Grade.INFERRED: "Thông tin được suy ra từ nội dung khác của văn bản gốc",
    Grade.GUESSED: "Thông tin chưa chắc chắn",
}


def where(sources: tuple[Evidence, ...]) -> str:
    """Return "“quote” (trang 2)" for the reviewer; the quote is cut at 160 characters."""
    if not sources:
        return ""
    quote = clean(" ".join(source.quote for source in sources))
    pages = sorted({source.page for source in sources if source.page is not None})
    paragraphs = sorted({source.paragraph + 1 for source in sources if source.paragraph is not None})
    place = _place("trang", pages) or _place("đoạn", paragraphs)
    return f"“{shorten(quote, 160)}”" + (f" ({place})" if place else "")


def _place(word: str, numbers: list[int]) -> str:
    return f"{word} {', '.join(map(str, numbers))}" if numbers else ""


def doubt(sources: tuple[Evidence, ...]) -> str:
    """Return the sentence that a reviewer needs for a value below STATED; empty when the paper says it."""
    order = list(Grade)
    worst = max((source.grade for source in sources), key=order.index, default=Grade.STATED)
    if worst is Grade.STATED:
        return ""
    return f"{_DOUBTS[worst]}: {where(sources)}. Đề nghị đối chiếu bản gốc."
