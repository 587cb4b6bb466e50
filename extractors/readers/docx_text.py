"""The characters of one paragraph, and the words made from them.

Runs are an accident of editing: a word may lie in many of them. So the shown characters of all runs are first strung together,
with tabs and line breaks as control characters, then cut at white space.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from extractors.layout import Word
from extractors.legacy.runs import exact, recode_runs
from extractors.readers.docx_names import (
    ALTERNATE,
    BOX,
    CHOICE,
    FALLBACK,
    INSERTED,
    LEFT_OUT,
    RPR,
    RUN,
    SDT,
    SDT_CONTENT,
    TEXT,
    WRAPPERS,
    A,
    M,
    V,
    W,
)
from extractors.readers.docx_styles import Look, ParagraphStyle, StyleSheet
from extractors.readers.docx_symbols import shown
from extractors.text import nfc

if TYPE_CHECKING:
    from lxml.etree import _Element

    from extractors.legacy.fonts import Face

BREAK = "\v"
"""A line break inside a paragraph; no XML text can hold this character."""
_SOFT_HYPHEN = "\u00ad"
_SIGNS = {
    W + "tab": "\t", W + "ptab": "\t", W + "br": BREAK, W + "cr": BREAK, W + "noBreakHyphen": "-", W + "softHyphen": _SOFT_HYPHEN,
}  # fmt: skip
_PICTURES = frozenset((W + "drawing", W + "pict", W + "object"))
_FIELD_CHAR, _FIELD_CODE, _SIMPLE_FIELD, _SYM = W + "fldChar", W + "instrText", W + "fldSimple", W + "sym"
_PAGE_FIELDS = frozenset(("PAGE", "NUMPAGES", "SECTIONPAGES", "PAGEREF"))
"""Fields whose result is a number of the printed page, no text of the paper."""
_DATE_FIELDS = frozenset(("DATE", "TIME"))
"""Fields that show the day on which the file is opened; what is stored is the day on which that was last done."""
_CODE_KEPT = 60
"""Characters of a field's instruction."""
_INVISIBLE = "\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb"
_ODD = re.compile(f"[{_INVISIBLE}{_SOFT_HYPHEN}\ue000-\uf8ff]")
_ZERO_WIDTH = re.compile(f"[{_INVISIBLE}]")
_HYPHENATION = re.compile(rf"(?<=[^\W\d_]){_SOFT_HYPHEN}(?=[^\W\d_])")
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_TOKEN = re.compile(r"(\s*)(\S+)")
"""White space and the word behind it; run on text without white space at its end, so that it never backtracks."""
_MOST_MARKS = 8
WIDE_GAP = 3
"""Spaces in a row that set two things apart on a line, as a tab does."""


class Cut(NamedTuple):
    """A paragraph's words, the indices of words that a wide gap stands before, and the white space that opens the paragraph."""

    words: tuple[Word, ...]
    gaps: tuple[int, ...]
    lead: str


@dataclass(slots=True)
class _Field:
    code: str = ""
    silent: bool = True
    """Its instruction is being told, or its result is no text."""


@dataclass(slots=True)
class Fields:
    """Which fields ("trường") are open: their instruction is dropped, their result is text. Fields may span paragraphs."""

    stack: list[_Field] = field(default_factory=list)
    silent: int = 0
    older: int = 0
    """Open fields that began in an earlier paragraph."""
    dated: bool = False
    """True once a field showed the day of opening."""

    @property
    def muted(self) -> bool:
        """True while no text is shown."""
        return self.silent > 0

    def mark(self, kind: str) -> None:
        """Take in a w:fldChar: begin, separate, end."""
        if kind == "begin":
            self.stack.append(_Field())
            self.silent += 1
        elif kind == "separate" and self.stack and self.stack[-1].silent and not is_page_field(self.stack[-1].code):
            self.stack[-1].silent = False
            self.silent -= 1
            self.meet(self.stack[-1].code)
        elif kind == "end" and self.stack:
            self.silent -= self.stack.pop().silent
            self.older = min(self.older, len(self.stack))

    def instruct(self, text: str) -> None:
        """Take in a piece of the innermost field's instruction; its first word is all that matters."""
        if self.stack and self.stack[-1].silent and len(self.stack[-1].code) < _CODE_KEPT:
            self.stack[-1].code += text[:_CODE_KEPT]

    def meet(self, instruction: str) -> None:
        """Take in a field whose result is shown."""
        self.dated = self.dated or _command(instruction) in _DATE_FIELDS

    def end_paragraph(self) -> None:
        """Give up fields whose result has not begun: a broken one would swallow the rest of the document."""
        if self.silent:
            self.stack[self.older :] = [entry for entry in self.stack[self.older :] if not entry.silent]
            self.silent = 0
        self.older = len(self.stack)


def is_page_field(instruction: str) -> bool:
    """True for PAGE, NUMPAGES and the like."""
    return _command(instruction) in _PAGE_FIELDS


def _command(instruction: str) -> str:
    return (instruction.split() or [""])[0].upper()


def chosen(alternate: _Element) -> _Element | None:
    """Return the one branch of an mc:AlternateContent to read: the first choice, the fallback when no choice has any text."""
    branches = [child for child in alternate if child.tag in (CHOICE, FALLBACK)]
    for branch in branches:
        if any(True for _ in branch.iter(TEXT, V + "textpath", A + "blip")):
            return branch
    return branches[0] if branches else None


@dataclass(slots=True)
class Inline:
    """What stands in one paragraph, collected run by run."""

    styles: StyleSheet
    fields: Fields
    style: ParagraphStyle
    shaded: bool = False
    """On a coloured ground, where white characters can be read."""
    segments: list[tuple[list[str], Look]] = field(default_factory=list)
    boxes: list[_Element] = field(default_factory=list)
    """Text boxes anchored here, as their w:txbxContent or, for drawn lettering, their v:textpath."""
    hidden: bool = False
    """Characters were left out because nobody can see them."""
    picture: bool = False
    tracked: bool = False
    """Tracked changes stand in it."""
    recoded: list[tuple[str, str]] = field(default_factory=list)
    """The old encodings' names, each with a text that was stored in it."""
    """Names of the old encodings that its words were stored in; known once the words are."""

    def collect(self, parent: _Element) -> None:
        """Take in the children of a paragraph or of anything that wraps runs."""
        for child in parent:
            tag = child.tag
            if tag == RUN:
                self._run(child)
            elif tag in WRAPPERS:
                self.tracked = self.tracked or tag in INSERTED
                self.collect(child)
            elif tag in LEFT_OUT:
                self.tracked = True
            else:
                self._other(child, str(tag))

    def _other(self, child: _Element, tag: str) -> None:
        if tag == SDT:
            content = child.find(SDT_CONTENT)
            if content is not None:
                self.collect(content)
        elif tag == ALTERNATE:
            branch = chosen(child)
            if branch is not None:
                self.collect(branch)
        elif tag == _SIMPLE_FIELD:
            if not is_page_field(child.get(W + "instr") or ""):
                self.fields.meet(child.get(W + "instr") or "")
                self.collect(child)
        elif tag in _PICTURES:
            self._picture(child)
        elif tag == M + "r":
            self._run(child)
        elif tag.startswith(M):
            self.collect(child)

    def _run(self, run: _Element) -> None:
        look: Look | None = None
        for child in run:
            tag = child.tag
            if tag == RPR:
                look = self.styles.look(self.style, child)
            elif tag == TEXT or tag == M + "t":
                self._say((child.text or "").replace("\n", " ").replace("\r", " "), look)
            elif tag in _SIGNS:
                self._say(_SIGNS[tag], look)
            elif tag == _FIELD_CHAR:
                self.fields.mark(child.get(W + "fldCharType") or "")
            elif tag == _FIELD_CODE:
                self.fields.instruct(child.text or "")
            else:
                self._in_run(child, str(tag), look)

    def _in_run(self, child: _Element, tag: str, look: Look | None) -> None:
        if tag == _SYM:
            try:
                code = int(child.get(W + "char") or "", 16)
            except ValueError:
                return
            self._say(shown(code, child.get(W + "font") or ""), look)
        elif tag in _PICTURES:
            self._picture(child)
        elif tag == ALTERNATE:
            branch = chosen(child)
            if branch is not None:
                self._run(branch)
        elif tag in WRAPPERS:
            self.collect(child)

    def _picture(self, drawing: _Element) -> None:
        """Note the text boxes of a drawing, outermost only: those inside them are found when they are read."""
        for child in drawing:
            tag = child.tag
            if tag in (BOX, V + "textpath"):
                if not self.fields.muted:
                    self.boxes.append(child)
            elif tag == ALTERNATE:
                branch = chosen(child)
                if branch is not None:
                    self._picture(branch)
            else:
                self.picture = self.picture or tag in (V + "imagedata", A + "blip")
                self._picture(child)

    def _say(self, text: str, look: Look | None) -> None:
        if self.fields.muted or not text:
            return
        seen = self.style.look if look is None else look
        if seen.hidden or (seen.white and not self.shaded):
            self.hidden = self.hidden or not text.isspace()
            return
        if self.segments and self.segments[-1][1] == seen:
            self.segments[-1][0].append(text)
        else:
            self.segments.append(([text], seen))

    def stored(self) -> str:
        """Return the shown characters as the file stores them, tabs and line breaks included."""
        return "".join([part for parts, _ in self.segments for part in parts])

    def words(self, paragraph: int) -> Cut:
        """Return the paragraph's characters cut into words."""
        return to_words([(tidy(text), look) for text, look in self._shown()], paragraph)

    def _shown(self) -> list[tuple[str, Look]]:
        """The segments as they look; those that an old encoding does not change, or beyond doubt, lose its mark."""
        stored = [("".join(parts), look) for parts, look in self.segments]
        if all(look.face is None for _, look in stored):
            return stored
        out = []
        for (before, look), text in zip(stored, recode_runs([(text, look.face) for text, look in stored]), strict=True):
            if look.face is not None and text != before:
                self.recoded.append((look.face.encoding.name, text))
            out.append((text, look._replace(face=None) if look.face is None or exact(before, text, look.face) else look))
        return out


def has_invisible(text: str) -> bool:
    """True when zero-width or direction characters stand in a text."""
    return _ZERO_WIDTH.search(text) is not None


def tidy(text: str) -> str:
    """Return the text in NFC, without zero-width characters, soft hyphens as hyphens, symbol characters as they look.

    A soft hyphen between two letters of lower case is a hyphenation point and goes; elsewhere ("15/QĐ\u00adUBND") it is
    the hyphen of a reference.
    """
    if _ODD.search(text):
        text = _ZERO_WIDTH.sub("", text)
        text = _HYPHENATION.sub(lambda m: "-" if m.string[m.start() - 1].isupper() or m.string[m.end()].isupper() else "", text)
        text = text.replace(_SOFT_HYPHEN, "-")
        text = _PRIVATE.sub(lambda m: shown(ord(m[0])), text)
    return nfc(text)


def _takes_marks(text: str) -> bool:
    """False where the last letter already has more marks than any script puts on one."""
    return len(text) < _MOST_MARKS or not unicodedata.combining(text[-_MOST_MARKS])


def _joined_marks(segments: list[tuple[str, Look]]) -> list[tuple[str, Look]]:
    """Move combining marks that open a segment to the letter they belong to."""
    out: list[tuple[str, Look]] = []
    for text, look in segments:
        count = 0
        while count < len(text) and unicodedata.combining(text[count]):
            count += 1
        if count and out and _takes_marks(out[-1][0]):
            out[-1] = (nfc(out[-1][0] + text[:count]), out[-1][1])
        else:
            count = 0
        if count < len(text):
            out.append((text[count:], look))
    return out


def _wide(blank: str) -> bool:
    return len(blank) >= WIDE_GAP or "\t" in blank


def _recoded(token: str, face: Face) -> bool:
    """True for a word of a recoded segment that its encoding may have changed: figures and plain letters stay what they are."""
    return not token.isascii() or (face.capitals and token.lower() != token.upper())


def to_words(segments: list[tuple[str, Look]], paragraph: int | None) -> Cut:
    """Cut segments of equal look at white space; a word that goes on in the next segment is glued to it."""
    words: list[Word] = []
    gaps: list[int] = []
    before, line, lead, end = "", 0, "", 0
    for text, look in _joined_marks(segments):
        bold, italic, size = look.bold, look.italic, look.size
        shown_part = text.rstrip()
        for space, token in _TOKEN.findall(shown_part):
            blank = before + space
            before = ""
            if not words:
                lead = blank
            elif blank != " ":
                line += blank.count(BREAK)
                if _wide(blank.rpartition(BREAK)[2]):
                    gaps.append(len(words))
            glued, repaired = not blank and len(words) > 0, look.face is not None and _recoded(token, look.face)
            at = end + (not glued and end > 0)
            end = at + len(token)
            words.append(Word(token, None, None, paragraph, bold, italic, size, repaired=repaired, glued=glued, line=line, at=at))
        before += text[len(shown_part) :]
    return Cut(tuple(words), tuple(gaps), lead)
