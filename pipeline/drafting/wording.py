"""A duty of the source turned to its new speaker: who acts becomes our own unit, the words of the act stay the source's.

The words that fall away or decide a connective are data: ``templates/wording.toml``.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files

import msgspec

from extractors.dispatch import Duty, Party
from extractors.text import fold
from pipeline.drafting.facts import clean
from pipeline.drafting.filters import bare, lower_first, upper_first
from pipeline.errors import TemplateError
from pipeline.planning.effect import without_effect

NAME = "wording.toml"
REACH = 600
"""Within how many characters of a duty's start its lead is looked for."""
_EDGE = " \t,;:-–"
# What the source adds in brackets about its own unit: "(Cơ quan thường trực):"; figures are never dropped.
_ASIDE = re.compile(r"\s*\([^()\d]{1,120}\)(?=\s*:)")
_END_MARK = re.compile(r"[\s.;,]*(?:\./\.|/\.)?[\s.;,:]*$")


class WordRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Words that play one part; ``matches`` and ``rejects`` are its own test."""

    id: str
    words: tuple[str, ...]
    note: str
    matches: tuple[str, ...] = ()
    rejects: tuple[str, ...] = ()


class Wording(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The whole vocabulary."""

    orders: tuple[WordRow, ...]
    bridges: tuple[WordRow, ...]
    urging: tuple[WordRow, ...]
    not_verbs: tuple[WordRow, ...]
    subject_verbs: tuple[WordRow, ...]
    verb_or_name: tuple[WordRow, ...]
    subject_names: tuple[WordRow, ...]
    about: tuple[WordRow, ...]
    about_subject: tuple[WordRow, ...]
    this_document: tuple[WordRow, ...]
    titles: tuple[WordRow, ...]
    empty_headings: tuple[WordRow, ...]
    bare_headings: tuple[WordRow, ...]
    reporting: tuple[WordRow, ...]


def _words(rows: tuple[WordRow, ...]) -> list[str]:
    return sorted({fold(word) for row in rows for word in row.words}, key=lambda word: (-len(word), word))


def pattern(rows: tuple[WordRow, ...]) -> str:
    """Return a regular expression for the words of rows, folded, the longest first."""
    return "|".join(re.escape(word) for word in _words(rows))


@lru_cache(maxsize=1)
def wording() -> Wording:
    """Return the vocabulary, read once per process.

    Raises:
        TemplateError: the file is damaged.
    """
    try:
        return msgspec.convert(tomllib.loads(files("templates").joinpath(NAME).read_text(encoding="utf-8")), Wording)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise TemplateError(NAME, str(error)) from error


@lru_cache(maxsize=1)
def _orders() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{pattern(wording().orders)})(?!\w)")


@lru_cache(maxsize=1)
def _bridge() -> re.Pattern[str]:
    return re.compile(rf"(?:{pattern(wording().bridges)})(?!\w)")


@lru_cache(maxsize=1)
def _opens_topic() -> re.Pattern[str]:
    return re.compile(rf"(?:{pattern(wording().not_verbs)})(?!\w)")


@lru_cache(maxsize=1)
def _opens_subject() -> re.Pattern[str]:
    return re.compile(rf"(?:{pattern(wording().subject_verbs)})(?!\w)")


@lru_cache(maxsize=1)
def _opens_name() -> re.Pattern[str]:
    return re.compile(rf"(?:{pattern(wording().subject_names)})(?!\w)")


@lru_cache(maxsize=1)
def _is_noun() -> re.Pattern[str]:
    return re.compile(rf"(?:{pattern(wording().about_subject)})(?!\w)")


@lru_cache(maxsize=1)
def _this_document() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{pattern(wording().this_document)}) này(?!\w)")


@lru_cache(maxsize=1)
def _titled() -> re.Pattern[str]:
    return re.compile(rf"(?:{pattern(wording().titles)}) ")


@lru_cache(maxsize=1)
def _says_nothing() -> re.Pattern[str]:
    return re.compile(rf"(?:{pattern(wording().empty_headings)})(?!\w)")


class Cut(StrEnum):
    """What was done to the subject that the source gives a duty."""

    NONE = "none"
    """The text has no subject of its own."""
    TAKEN = "taken"
    """The subject stood first and is gone: what followed it can follow our unit's name."""
    TOPIC = "topic"
    """The subject stood first, before a colon."""
    SWAPPED = "swapped"
    """The subject stood within the sentence; our unit's name stands in its place."""
    KEPT = "kept"
    """It could not be told apart safely; a person must rewrite the sentence."""


@dataclass(frozen=True)
class Act:
    """What is to be done, told of our own unit."""

    text: str
    cut: Cut = Cut.NONE
    advises: bool = False
    """True when it says already that our unit prepares what the authority reports ("tham mưu")."""

    @property
    def whole(self) -> bool:
        """True when the text is a sentence of its own."""
        return self.cut in {Cut.SWAPPED, Cut.KEPT}

    @property
    def verbal(self) -> bool:
        """True when the text can follow the unit's name as its verb."""
        if self.cut is not Cut.NONE:
            return self.cut is Cut.TAKEN
        first, _, rest = self.text.partition(" ")
        name = not first[1:].islower() or rest[:1].isupper()
        return not name and _opens_topic().match(fold(self.text)) is None


def _spellings(party: Party) -> tuple[str, ...]:
    """How a party may be printed: its name, its quoted words, its name without the shared head noun."""
    quoted = " ".join(piece.quote for piece in party.evidence)
    tail = party.name.partition(" ")[2]
    return tuple(fold(clean(words)) for words in (party.name, quoted, tail) if len(words) > 2)


def _spans(key: str, parties: tuple[Party, ...]) -> list[tuple[int, int]]:
    """Where the parties stand in the folded text; shorter than ``parties`` when one of them does not."""
    spans = []
    for party in parties:
        found = next(((at, at + len(words)) for words in _spellings(party) if (at := key.find(words, 0, REACH)) >= 0), None)
        if found is not None:
            spans.append(found)
    return spans


def _unnamed(key: str, start: int, spans: list[tuple[int, int]], strangers: tuple[str, ...]) -> str:
    """What stands from ``start`` to the end of the last name and is neither a name, an order nor a stranger."""
    end = max(stop for _, stop in spans)
    letters = list(key[:end])
    for first, stop in spans:
        letters[first:stop] = " " * (stop - first)
    rest = "".join(letters[start:])
    for stranger in strangers:
        rest = rest.replace(stranger, " ")
    return re.sub(r"[^\w]+", "", _orders().sub(" ", rest))


@lru_cache(maxsize=1)
def _urging() -> re.Pattern[str]:
    return re.compile(rf"(?:kính đề nghị|đề nghị|yêu cầu) (?=(?:{pattern(wording().urging)})(?!\w))")


def unurged(text: str) -> str:
    """Return the text without an order to the addressee itself at its start: "Yêu cầu nghiêm túc …" is "Nghiêm túc …"."""
    found = _urging().match(fold(text))
    return upper_first(text[found.end() :]) if found else text


def own(text: str) -> str:
    """Return the text with "Công điện này" and its kin turned to "Công điện nêu trên": in our draft "này" would be ours."""
    found = list(_this_document().finditer(fold(text)))
    for match in reversed(found):
        text = f"{text[: match.end() - len('này')]}nêu trên{text[match.end() :]}"
    return text


def act(duty: Duty, text: str, strangers: tuple[str, ...], unit: str = "") -> Act:
    """Return the duty's words told of our own unit.

    ``text`` is the duty's text cleaned; ``strangers`` are folded names of those who give the order ("UBND tỉnh giao …"); ``unit`` is the
    name to put where the subject stands within the sentence, empty when nobody is assigned.
    """
    body = _END_MARK.sub("", without_effect(text) or text)
    if duty.inherited or not duty.lead:
        return Act(own(unurged(body)))
    key = fold(body)
    spans = _spans(key, duty.lead)
    if not spans:
        return Act(own(body))
    if len(spans) == len(duty.lead) and not _unnamed(key, 0, spans, strangers):
        return _taken(body[max(stop for _, stop in spans) :], body)
    return _swapped(body, spans if len(spans) == len(duty.lead) else [], strangers, unit)


def _taken(rest: str, body: str) -> Act:
    """The act behind a subject that stands first."""
    aside = _ASIDE.match(rest)
    if aside:
        rest = rest[aside.end() :]
    cut = Cut.TOPIC if rest.lstrip()[:1] == ":" else Cut.TAKEN
    rest = rest.lstrip(_EDGE)
    rest = rest[_bridge_end(rest) :].lstrip(_EDGE)
    return Act(own(rest), cut) if len(rest) > 3 else Act(own(body), Cut.KEPT)


def _swapped(body: str, spans: list[tuple[int, int]], strangers: tuple[str, ...], unit: str) -> Act:
    """The sentence with our unit where the source names its subject, when those names stand together and no stranger orders there."""
    start = min((first for first, _ in spans), default=0)
    before = fold(body)[max(start - 80, 0) : start]
    if not unit or not spans or _unnamed(fold(body), start, spans, ()) or any(stranger in before for stranger in strangers):
        return Act(own(body), Cut.KEPT)
    return Act(own(f"{body[:start]}{unit}{body[max(stop for _, stop in spans) :]}"), Cut.SWAPPED)


def _bridge_end(text: str) -> int:
    found = _bridge().match(fold(text))
    return found.end() if found else 0


def heading(duty: Duty, strangers: tuple[str, ...]) -> str:
    """Return what a heading says beside naming its lead: "căn cứ chức năng, nhiệm vụ"; empty when it says nothing."""
    text = bare(clean(duty.text))
    if not duty.text.rstrip().endswith(":") or _says_nothing().match(fold(text)):
        return ""
    if duty.lead and not duty.inherited:
        spans = _spans(fold(text), duty.lead)
        if len(spans) < len(duty.lead) or _unnamed(fold(text), 0, spans, strangers):
            return ""
        text = text[max(stop for _, stop in spans) :].lstrip(_EDGE)
    cut = text[_bridge_end(text) :].lstrip(_EDGE)
    return cut if len(cut) > 3 and fold(cut) not in _words(wording().bare_headings) else ""


def body_of(name: str) -> str:
    """Return the body that a person's title stands for: "Sở Tài chính" of "Giám đốc Sở Tài chính"."""
    title = _titled().match(fold(name))
    return name[title.end() :] if title and name[title.end() :][:1].isupper() else name


def small_subject(subject: str) -> str:
    """Return a subject ("trích yếu") as it stands after "về việc": small, unless it opens with a name."""
    key = fold(subject)
    verb = _opens_subject().match(key)
    if verb is not None and verb[0] not in _words(wording().verb_or_name):
        return lower_first(subject)
    opening = verb.end() if verb else len(subject.partition(" ")[0])
    named = subject[opening:].lstrip(" ,")[:1].isupper() or (verb is None and _opens_name().match(key) is not None)
    return subject if named else lower_first(subject)


def connective(type_code: str, subject: str) -> str:
    """Return the words between a document and its subject: "về việc"; for plans and the like, and before a noun, "về"."""
    by_type = any(type_code in row.words for row in wording().about)
    return "về" if by_type or _is_noun().match(fold(subject)) else "về việc"
