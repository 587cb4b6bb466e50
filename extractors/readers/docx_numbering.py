"""Automatic list numbers ("đánh số tự động"), rebuilt as Word counts them: they are in no paragraph's text.

ECMA-376 part 1, 17.9. A counter belongs to an abstract list, so two lists made from one go on counting together unless a list
starts anew by an override.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from extractors.legacy.fonts import face_of
from extractors.legacy.runs import recode_runs
from extractors.readers.docx_names import PPR, RPR, VAL, W
from extractors.readers.docx_styles import Indent, indent_of, number
from extractors.readers.docx_symbols import bullet

if TYPE_CHECKING:
    from lxml.etree import _Element

LEVELS = 9
"""List levels of Word, 0 to 8."""
_MAX_VALUE = 32767
"""The largest number Word counts to."""
_WIDEST = 6
"""Digits of a number padded with zeros."""
_LONGEST_TEXT = 40
"""Characters of a level's text that are kept; Word allows 31."""
_MOST_LETTERS = 780
"""Word's letters stop at 30 z; beyond, digits."""
_PLACE = re.compile(r"%([1-9])")
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
    (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_COUNTED = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")


def roman(value: int) -> str:
    """Return a number in Roman numerals, capitals; nothing for 0."""
    out = ""
    for size, sign in _ROMAN:
        count, value = divmod(value, size)
        out += sign * count
    return out


def letters(value: int) -> str:
    """Return a, b, … z, aa, bb, … as Word counts: the plain Latin alphabet, repeated."""
    if not 1 <= value <= _MOST_LETTERS:
        return str(value)
    turns, index = divmod(value - 1, 26)
    return chr(ord("a") + index) * (turns + 1)


def formatted(value: int, form: str) -> str:
    """Return a counter in a w:numFmt; what Word can count in other scripts comes in digits."""
    if form.isdigit():
        return str(value).zfill(len(form))
    return _FORMS.get(form, str)(value)


_FORMS: dict[str, Callable[[int], str]] = {
    "none": lambda _: "",
    "bullet": lambda _: "",
    "decimalZero": lambda value: f"{value:02d}",
    "decimalEnclosedParen": lambda value: f"({value})",
    "lowerLetter": letters,
    "upperLetter": lambda value: letters(value).upper(),
    "lowerRoman": lambda value: roman(value).lower(),
    "upperRoman": roman,
    "vietnameseCounting": lambda value: _COUNTED[value] if value < len(_COUNTED) else str(value),
}


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list."""

    start: int = 1
    """Where a list leaves it out the standard says 0 and programs show 1; no dispatch counts from 0."""
    form: str = "decimal"
    text: str = ""
    restart: int | None = None
    """One-based level whose use starts this one anew; 0 never, None any higher level."""
    legal: bool = False
    """All counters of the text in digits (w:isLgl)."""
    style: str = ""
    font: str = ""
    indent: Indent = field(default_factory=Indent)


@dataclass(slots=True)
class _List:
    """A list of paragraphs: its levels, and the counters it shares."""

    levels: dict[int, Level]
    starts: dict[int, int]
    counters: list[int | None]
    started: set[int] = field(default_factory=set)


class Numbering:
    """The automatic numbers of one document, to be asked once for each numbered paragraph, in order.

    ``list_of_style`` gives a numbering style's list id, for lists that are defined by a style.
    """

    def __init__(self, load: Callable[[], _Element | None], list_of_style: Callable[[str], str | None]) -> None:
        self._load = load
        self._list_of_style = list_of_style
        self._counters: dict[str, list[int | None]] = {}
        self._lists: dict[str, _List | None] = {}

    @cached_property
    def _root(self) -> _Element | None:
        """The numbering part, opened when the first numbered paragraph comes."""
        return self._load()

    @cached_property
    def _abstract(self) -> dict[str, _Element]:
        return {} if self._root is None else {a.get(W + "abstractNumId") or "": a for a in self._root.iter(W + "abstractNum")}

    @cached_property
    def _nums(self) -> dict[str, _Element]:
        return {} if self._root is None else {n.get(W + "numId") or "": n for n in self._root.iter(W + "num")}

    def _list(self, num_id: str) -> _List | None:
        if num_id not in self._lists:
            self._lists[num_id] = self._read(num_id)
        return self._lists[num_id]

    def _read(self, num_id: str) -> _List | None:
        num = self._nums.get(num_id)
        abstract_id = self._abstract_of(num_id)
        if num is None or abstract_id is None:
            return None
        levels = {_ilvl(lvl): _level(lvl) for lvl in self._abstract[abstract_id].iter(W + "lvl")}
        starts: dict[int, int] = {}
        for override in num.iter(W + "lvlOverride"):
            index = _ilvl(override)
            own = override.find(W + "lvl")
            if own is not None:
                levels[index] = _level(own)
            start = _child(override, "startOverride")
            if start is not None:
                starts[index] = number(start) or 0
        for index, start_at in starts.items():
            levels[index] = replace(levels.get(index, Level()), start=start_at)
        return _List(levels, starts, self._counters.setdefault(abstract_id, [None] * LEVELS))

    def _abstract_of(self, num_id: str) -> str | None:
        """The abstract list behind a list, through numbering styles where it only points to one."""
        for _ in range(LEVELS):
            num = self._nums.get(num_id)
            abstract_id = _child(num, "abstractNumId") if num is not None else None
            abstract = self._abstract.get(abstract_id or "")
            if abstract is None:
                return None
            link = _child(abstract, "numStyleLink")
            behind = self._list_of_style(link) if link else None
            if behind is None or behind == num_id:
                return abstract_id
            num_id = behind
        return None

    def level_of_style(self, num_id: str, style: str) -> int | None:
        """Return the level that a list gives to a paragraph style, None when it gives none."""
        found = self._list(num_id)
        if found is None or not style:
            return None
        return next((index for index, level in found.levels.items() if level.style == style), None)

    def indent(self, num_id: str, level: int) -> Indent:
        """Return the indent of a list level."""
        found = self._list(num_id)
        return found.levels[level].indent if found is not None and level in found.levels else Indent()

    def marker(self, num_id: str, level: int) -> str:
        """Count one paragraph and return what Word shows before it: "1.", "a)", "-"; empty for a list without numbers."""
        found = self._list(num_id)
        if found is None or level not in found.levels:
            return ""
        self._count(found, level)
        shape = found.levels[level]
        if shape.form == "bullet":
            return bullet(shape.text, shape.font)
        text = _PLACE.sub(lambda place: self._shown(found, int(place[1]) - 1, shape), shape.text)
        return " ".join(text.split())

    @staticmethod
    def _count(found: _List, level: int) -> None:
        counters = found.counters
        current = counters[level]
        if (level in found.starts and level not in found.started) or current is None:
            counters[level] = found.levels[level].start
        else:
            counters[level] = min(current + 1, _MAX_VALUE)
        found.started.add(level)
        for deeper in range(level + 1, LEVELS):
            restart = found.levels[deeper].restart if deeper in found.levels else None
            if restart is None or (restart > 0 and level < restart):
                counters[deeper] = None

    @staticmethod
    def _shown(found: _List, index: int, shape: Level) -> str:
        level = found.levels.get(index, Level())
        counted = found.counters[index]
        value = level.start if counted is None else counted
        if shape.legal and level.form not in ("none", "bullet"):
            return str(value)
        return formatted(value, level.form)


def _ilvl(element: _Element) -> int:
    return min(max(number(element.get(W + "ilvl")) or 0, 0), LEVELS - 1)


def _child(parent: _Element, name: str) -> str | None:
    found = parent.find(W + name)
    return None if found is None else found.get(VAL)


def _form(lvl: _Element) -> str:
    """The number format; a custom one ("001, 002, 003") by its first numeral."""
    forms = list(lvl.iter(W + "numFmt"))
    if not forms:
        return "decimal"
    value = forms[0].get(VAL) or "decimal"
    if value == "custom":
        first = (forms[0].get(W + "format") or "").partition(",")[0].strip()
        return first if first.isdigit() and len(first) <= _WIDEST else "decimal"
    return value if value in _FORMS else "decimal"


def _level(lvl: _Element) -> Level:
    shape = lvl.find(W + "lvlText")
    fonts = lvl.find(f"{RPR}/{W}rFonts")
    text = "" if shape is None else (shape.get(VAL) or "")[:_LONGEST_TEXT]
    face = None if fonts is None else face_of(fonts.get(W + "hAnsi") or fonts.get(W + "ascii") or "")
    legal = lvl.find(W + "isLgl")
    start = number(_child(lvl, "start"))
    restart = _child(lvl, "lvlRestart")
    return Level(
        start=1 if start is None else min(max(start, 0), _MAX_VALUE),
        form=_form(lvl),
        text=recode_runs([(text, face)])[0],
        restart=number(restart),
        legal=legal is not None and legal.get(VAL) not in ("0", "false", "off"),
        style=_child(lvl, "pStyle") or "",
        font="" if fonts is None else (fonts.get(W + "ascii") or fonts.get(W + "hAnsi") or ""),
        indent=indent_of(lvl.find(f"{PPR}/{W}ind")),
    )
