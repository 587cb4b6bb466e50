"""Issuer and its superior ("cơ quan ban hành", "cơ quan chủ quản", NĐ 30/2020 Phụ lục I, II.2)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors import zone_signs as signs
from extractors.casing import agency_head, bare_office, incomplete_name, mended, usual_case
from extractors.evidence import ABSENT, Evidence, Found, Grade, Value, quote
from extractors.fields import own_symbol
from extractors.issuer_codes import body_of
from extractors.layout import Block, Origin
from extractors.text import fold, squeeze
from extractors.zones import Anatomy

_NOISE = re.compile(
    r"^(?:mẫu số|địa chỉ|điện thoại|đt\b|tel\b|e-?mail|website|fax|mst\b|mã số thuế|hotline|dự thảo)|@|\bwww\.|\d\d:\d\d:\d\d"
)
_STAMP_OWNER = re.compile(r"^(?:người ký|cơ quan|ký bởi)\s*:\s*(?P<name>.+)$|^(?P<owner>.+?)\s+đã ký lên văn bản này")
_TYPIST = re.compile(r"\w{0,6}\d\w{0,6}")
"""A typist's or file's mark in one word ("XV80"); no body is called so."""
_PEERS = re.compile(r"^(?:bộ|sở|liên đoàn|hội)\b")


@dataclass(frozen=True)
class Letterhead:
    """The two names of a letterhead."""

    parent: Value[str] = ABSENT
    issuer: Value[str] = ABSENT


def read(anatomy: Anatomy) -> Letterhead:
    """Return superior and issuer from the letterhead; without one, the issuer concluded from stamp or signature."""
    names = _names([_printed(line) for line in anatomy.letterhead if _worded(line.text)])
    if not names:
        return Letterhead(ABSENT, _from_stamp(anatomy) or _from_signature(anatomy) or _from_symbol(anatomy) or ABSENT)
    if len(names) == 1:
        return Letterhead(ABSENT, _found(names[0]))
    if _peers(names):
        return Letterhead(ABSENT, _joint(names))
    return Letterhead(_found(names[-2]), _found(names[-1]))


@dataclass(frozen=True)
class _Line:
    """A line of the letterhead and how it reads: words that a recogniser misread are set right by the vocabulary."""

    block: Block
    text: str

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        return quote(self.block, grade=Grade.STATED if self.text == self.block.text else Grade.REPAIRED)


def _printed(line: Block) -> _Line:
    recognised = any(word.origin is Origin.OCR for word in line.words)
    return _Line(line, mended(line.text) if recognised else line.text)


def _worded(text: str) -> bool:
    return (
        any(c.isalpha() for c in text)
        and not _TYPIST.fullmatch(text.strip())
        and not _NOISE.search(fold(text))
        and not signs.stamp_line(text)
    )


def _names(lines: Sequence[_Line]) -> list[list[_Line]]:
    """The letterhead's lines grouped into names, one after the other."""
    names: list[list[_Line]] = []
    for line in lines:
        if names and not _begins_name(names[-1], line, len(names) == 1):
            names[-1].append(line)
        else:
            names.append([line])
    return names


def _begins_name(name: Sequence[_Line], line: _Line, first: bool) -> bool:
    """Whether a line opens another name: the weight changes (the superior is not bold), or a type word stands after a whole name."""
    before = squeeze(" ".join(part.text for part in name))
    if first and bare_office(before):
        return False
    head = agency_head(line.text) > 0
    if line.block.bold != name[-1].block.bold:
        return head or not incomplete_name(before)
    # "MÔI | TRƯỜNG": a type word alone on its line is the end of a broken name, not a new one.
    return head and not incomplete_name(before) and len(line.text.split()) > 1


def _peers(names: Sequence[Sequence[_Line]]) -> bool:
    """True for bodies of one rank that issue together: every name bold and of one type ("BỘ NỘI VỤ", "BỘ TÀI CHÍNH")."""
    if len({all(line.block.bold for line in name) for name in names}) > 1:
        return False
    heads = [_PEERS.match(fold(name[0].text)) for name in names]
    return all(heads) and len({head[0] for head in heads if head}) == 1


def _text(name: Sequence[_Line]) -> str:
    return squeeze(" ".join(line.text for line in name)).strip(" .,;:_*-")


def _evidence(name: Sequence[_Line]) -> tuple[Evidence, ...]:
    return tuple(entry for line in name for entry in line.evidence)


def _found(name: Sequence[_Line]) -> Found[str]:
    return Found(usual_case(_text(name)), _evidence(name))


def _joint(names: Sequence[Sequence[_Line]]) -> Found[str]:
    return Found(" - ".join(usual_case(_text(name)) for name in names), tuple(entry for name in names for entry in _evidence(name)))


def _from_stamp(anatomy: Anatomy) -> Found[str] | None:
    for block in anatomy.stamps:
        for number, line in enumerate(block.lines):
            match = _STAMP_OWNER.match(fold(line))
            group = "name" if match and match["name"] else "owner"
            if match and agency_head(match[group]):
                name = line[match.start(group) : match.end(group)].strip()
                return Found(usual_case(name), _line_evidence(block, number))
    return None


def _from_symbol(anatomy: Anatomy) -> Found[str] | None:
    """The symbol "159/TB-VPCP" names Văn phòng Chính phủ; "UBND" says nothing about the place and gives none."""
    symbol = own_symbol.read(anatomy).symbol
    if not isinstance(symbol, Found):
        return None
    for code in re.split(r"[/-]", symbol.value):
        body = body_of(code)
        if body and body.name:
            return Found(body.name, tuple(replace(entry, grade=Grade.INFERRED) for entry in symbol.evidence))
    return None


def _line_evidence(block: Block, number: int) -> tuple[Evidence, ...]:
    start = sum(len(line) + 1 for line in block.lines[:number])
    return quote(block, start, min(start + len(block.lines[number]), len(block.text)), Grade.INFERRED)


def _from_signature(anatomy: Anatomy) -> Found[str] | None:
    """The words "TM. ỦY BAN NHÂN DÂN XÃ X" name the issuer."""
    for line in anatomy.signature:
        match = re.match(r"^(?:tm|t/m)[./]?\s*", fold(line.text))
        if match and agency_head(line.text[match.end() :]):
            return Found(usual_case(line.text[match.end() :]), quote(line, match.end(), grade=Grade.INFERRED))
    return None
