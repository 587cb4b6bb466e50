"""A duty of the source turned to its new speaker: who acts becomes our own unit, the words of the act stay the source's.

The words that fall away or decide a connective are data: ``templates/wording.toml``.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import msgspec

from extractors.dispatch import Duty, Party
from extractors.text import fold
from pipeline.drafting.facts import clean
from pipeline.drafting.filters import bare, lower_first
from pipeline.errors import TemplateError

NAME = "wording.toml"
REACH = 600
"""Within how many characters of a duty's start its lead is looked for."""
_EDGE = " \t,;:-–"
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
    not_verbs: tuple[WordRow, ...]
    subject_verbs: tuple[WordRow, ...]
    about: tuple[WordRow, ...]


def _words(rows: tuple[WordRow, ...]) -> list[str]:
    return sorted({fold(word) for row in rows for word in row.words}, key=lambda word: (-len(word), word))


def _pattern(rows: tuple[WordRow, ...]) -> str:
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
    return re.compile(rf"(?<!\w)(?:{_pattern(wording().orders)})(?!\w)")


@lru_cache(maxsize=1)
def _bridge() -> re.Pattern[str]:
    return re.compile(rf"(?:{_pattern(wording().bridges)})(?!\w)")


@lru_cache(maxsize=1)
def _opens_topic() -> re.Pattern[str]:
    return re.compile(rf"(?:{_pattern(wording().not_verbs)})(?!\w)")


@lru_cache(maxsize=1)
def _opens_subject() -> re.Pattern[str]:
    return re.compile(rf"(?:{_pattern(wording().subject_verbs)})(?!\w)")


@dataclass(frozen=True)
class Act:
    """What is to be done, without its subject; ``whole`` is true when the subject could not be taken off safely."""

    text: str
    whole: bool = False

    @property
    def verbal(self) -> bool:
        """True when the text can follow the unit's name as its verb."""
        first, _, rest = self.text.partition(" ")
        name = not first[1:].islower() or rest[:1].isupper()
        return not self.whole and not name and _opens_topic().match(fold(self.text)) is None


def _spellings(party: Party) -> tuple[str, ...]:
    """How a party may be printed: its name, its quoted words, its name without the shared head noun."""
    quoted = " ".join(piece.quote for piece in party.evidence)
    tail = party.name.partition(" ")[2]
    return tuple(fold(clean(words)) for words in (party.name, quoted, tail) if len(words) > 2)


def _spans(key: str, parties: tuple[Party, ...]) -> list[tuple[int, int]] | None:
    """Where the parties stand in the folded text, or None when one of them does not."""
    spans = []
    for party in parties:
        found = next(((at, at + len(words)) for words in _spellings(party) if (at := key.find(words, 0, REACH)) >= 0), None)
        if found is None:
            return None
        spans.append(found)
    return spans


def _residue(key: str, spans: list[tuple[int, int]], strangers: tuple[str, ...]) -> str:
    """What stands before the end of the last name and is neither a name, an order nor the issuer."""
    end = max(stop for _, stop in spans)
    letters = list(key[:end])
    for start, stop in spans:
        letters[start:stop] = " " * (stop - start)
    rest = "".join(letters)
    for stranger in strangers:
        rest = rest.replace(stranger, " ")
    return re.sub(r"[^\w]+", "", _orders().sub(" ", rest))


def act(duty: Duty, text: str, strangers: tuple[str, ...]) -> Act:
    """Return the duty's words without the subject.

    ``text`` is the duty's text cleaned; ``strangers`` are folded names of those who give the order ("UBND tỉnh giao …").
    """
    body = _END_MARK.sub("", text)
    if duty.inherited or not duty.lead:
        return Act(body)
    spans = _spans(fold(body), duty.lead)
    if spans is None or _residue(fold(body), spans, strangers):
        return Act(body, whole=True)
    rest = body[max(stop for _, stop in spans) :].lstrip(_EDGE)
    rest = rest[_bridge_end(rest) :].lstrip(_EDGE)
    return Act(rest) if len(rest) > 3 else Act(body, whole=True)


def _bridge_end(text: str) -> int:
    found = _bridge().match(fold(text))
    return found.end() if found else 0


def heading(duty: Duty, strangers: tuple[str, ...]) -> str:
    """Return what a heading says beside naming its lead: "căn cứ chức năng, nhiệm vụ"; empty when it says nothing."""
    text = bare(clean(duty.text))
    if not duty.text.rstrip().endswith(":"):
        return ""
    if duty.lead and not duty.inherited:
        spans = _spans(fold(text), duty.lead)
        if spans is None or _residue(fold(text), spans, strangers):
            return ""
        text = text[max(stop for _, stop in spans) :].lstrip(_EDGE)
    cut = text[_bridge_end(text) :].lstrip(_EDGE)
    return cut if len(cut) > 3 else ""


def small_subject(subject: str) -> str:
    """Return a subject ("trích yếu") as it stands after "về việc": small when it opens with a verb, a name as it is."""
    found = _opens_subject().match(fold(subject))
    if found is None or subject[found.end() :].lstrip(" ,")[:1].isupper():
        return subject
    return lower_first(subject)


def connective(type_code: str) -> str:
    """Return the words between a document and its subject: "về việc", for plans and the like "về"."""
    return "về" if any(type_code in row.words for row in wording().about) else "về việc"
