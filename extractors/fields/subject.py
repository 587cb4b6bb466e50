"""Subject ("trích yếu nội dung"): after "V/v" under a dispatch's number, or under the type name of every other document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from extractors import zone_signs as signs
from extractors.evidence import ABSENT, Evidence, Found, Value, quote
from extractors.layout import Block
from extractors.text import fold, squeeze
from extractors.zone_lines import cut, cut_at
from extractors.zone_titles import title_type
from extractors.zones import Anatomy

STAMP_GAP = 2.5
"""Times the type's size."""
MOST_STAMPED = 3
"""Words of a stamp's line."""
_OF_ISSUER = re.compile(r"CỦA\s+[A-ZĐÀ-Ỹ]{2}")
_OF_ISSUER_TO_SUBJECT = re.compile(r"^CỦA\s+[A-ZĐÀ-Ỹ ,\-]{4,90}?\s(?=(?:[Vv]ề\s+việc|V/v|[A-ZĐÀ-Ỹ][a-zà-ỹđ]+)\s)")


def read(anatomy: Anatomy) -> Value[str]:
    """Return the subject on one line, without "V/v" or "Về việc" and without the full stop at its end."""
    lines = _subject_lines(anatomy)
    if not lines:
        return ABSENT
    lead = signs.subject_lead(lines[0].text) or _behind_stamp(lines[0].text)
    text = squeeze(" ".join([lines[0].text[lead:], *(line.text for line in lines[1:])]))
    text = _unframed(text).rstrip(" .;,:/_-")
    if not text:
        return ABSENT
    first = quote(lines[0], lead) if lead < len(lines[0].text) else ()
    evidence: tuple[Evidence, ...] = first + tuple(entry for line in lines[1:] for entry in quote(line))
    return Found(text, evidence)


def _subject_lines(anatomy: Anatomy) -> list[Block]:
    if not anatomy.title:
        return list(anatomy.subject)
    out: list[Block] = _beside_type(anatomy.title)
    for line in anatomy.title[1:]:
        if signs.attached_note(line.text) or signs.rule(line.text):
            break
        out.append(line)
    return _without_issuer([_beside_stamp(line) for line in out]) or list(anatomy.subject)


def _beside_stamp(line: Block) -> Block:
    """A title's line without what a stamp has beside it ("CV" of "CV ĐẾN"): capitals before a gap that no centred line has."""
    for index, (last, word) in enumerate(pairwise(line.words), 1):
        if last.box is None or word.box is None or not last.text.isupper() or index > MOST_STAMPED:
            break
        if last.line == word.line and word.box.x0 - last.box.x1 > STAMP_GAP * (word.size or 0.0) > 0:
            return cut(line, index, len(line.words))
    return line


def _without_issuer(lines: list[Block]) -> list[Block]:
    """Without the name in capitals that older titles go on with: "QUYẾT ĐỊNH | CỦA BỘ TRƯỞNG BỘ TÀI CHÍNH | Về việc …"."""
    first = lines[0].text if lines else ""
    if not _OF_ISSUER.match(first):
        return lines
    subject = next((i for i, line in enumerate(lines) if signs.subject_lead(line.text) or not line.text.isupper()), 0)
    if subject:
        return lines[subject:]
    told = _OF_ISSUER_TO_SUBJECT.search(first)
    return [cut_at(lines[0], told.end())[1], *lines[1:]] if told else lines


def _beside_type(title: Sequence[Block]) -> list[Block]:
    """The subject's beginning on the line of the type name: "KẾ HOẠCH Triển khai …", but not the "HỌP" of "GIẤY MỜI HỌP"."""
    line = title[0]
    kind = title_type(line.text)
    if kind is None or not fold(line.text).startswith(fold(kind.name)) or len(line.text) <= len(kind.name):
        return []
    rest = line.text[len(kind.name) :].strip()
    runs_on = len(title) == 1 or title[1].text[:1].islower() or len(rest.split()) > 2
    if not runs_on or (rest.isupper() and len(rest.split()) < 2):
        return []
    return [cut_at(line, len(line.text) - len(rest))[1]]


def _behind_stamp(text: str) -> int:
    """Where the subject begins on a line into which a scan's stamp was read: "TRUNG TÂM CÔNG BÁO Về việc …"; 0 on any other."""
    found = re.search(r"(?<=\s)Về\s?việc\s", text)
    return found.end() if found and text[: found.start()].isupper() else 0


def _unframed(text: str) -> str:
    if text.startswith("(") and text.endswith(")"):
        return text[1:-1].strip()
    return text
