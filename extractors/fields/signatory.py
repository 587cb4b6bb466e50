"""Signer ("quyền hạn, chức vụ và họ tên của người ký", NĐ 30/2020 Phụ lục I, II.7; Điều 13)."""

from __future__ import annotations

from extractors import zone_signs as signs
from extractors.dispatch import Signatory
from extractors.evidence import ABSENT, Found, Missing, Reason, Value, quote
from extractors.layout import Block, Column
from extractors.zone_lines import cut_at
from extractors.zones import Anatomy


def read(anatomy: Anatomy) -> Signatory:
    """Return who signs: the last line above the name is the position, the lines above that the authority.

    A signature block without a name (a draft) gives a name that is missing as blank.
    """
    lines = [bare for line in _own_column(anatomy.signature) if (bare := _without_note(line)) and not signs.rule(bare.text)]
    if not lines:
        return Signatory()
    name = _name_index(lines)
    titles = [part for line in (lines if name is None else lines[:name]) for part in _titles(line)]
    split = _position_start(titles)
    found: Value[str] = Missing(Reason.BLANK) if name is None else Found(_person(lines[name].text), quote(lines[name]))
    return Signatory(_joined(titles[:split]), _joined(titles[split:]), found)


def _without_note(line: Block) -> Block | None:
    """The line without "(Đã ký)"; None when nothing else stands on it."""
    lead = signs.signed_lead(line.text)
    if lead >= len(line.text):
        return None
    return cut_at(line, lead)[1] if lead else line


def _own_column(lines: tuple[Block, ...]) -> list[Block]:
    """Of two signatures side by side (a joint document), the right one: the leading body signs there."""
    right = [line for line in lines if line.column is Column.RIGHT]
    return right if any(signs.person_name(line.text) for line in right) else list(lines)


def _name_index(lines: list[Block]) -> int | None:
    for index in range(len(lines) - 1, -1, -1):
        text = lines[index].text
        if signs.person_name(text) and (index or not text.isupper()):
            return index
    return len(lines) - 1 if len(lines) > 1 and _perhaps_name(lines[-1].text) else None


def _perhaps_name(text: str) -> bool:
    """A last line that is no title: a name with an odd letter (a foreign one, a misread one)."""
    return not (signs.position_line(text) or signs.authority_line(text) or text.isupper()) and 2 <= len(text.split()) <= 7


def _person(text: str) -> str:
    return text.strip(" .;,")


def _titles(line: Block) -> list[Block]:
    """A line of titles, in two when "KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC" stands on one."""
    offset = signs.deputy_inside(line.text) if signs.authority_line(line.text) else 0
    return list(cut_at(line, offset)) if offset else [line]


def _position_start(titles: list[Block]) -> int:
    """Index of the line where the position begins: the last one, or the last office when its name runs on below it."""
    for index in range(len(titles) - 1, -1, -1):
        if signs.position_line(titles[index].text):
            return index
        if signs.authority_line(titles[index].text):
            return index if index == len(titles) - 1 else index + 1
    return max(len(titles) - 1, 0)


def _joined(lines: list[Block]) -> Value[str]:
    if not lines:
        return ABSENT
    return Found(" ".join(line.text for line in lines), tuple(entry for line in lines for entry in quote(line)))
