"""A competence more in the text of a profile: comments, order and layout stay, and the result is read back before anybody sees it."""

from __future__ import annotations

import copy
import difflib
import json
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pipeline.errors import ProfileNotEditable
from pipeline.profile_lines import KeyPath, Span, spans_of

_BOM = "\ufeff"


@dataclass(frozen=True)
class Addition:
    """A phrase for the unit of an id."""

    unit: str
    phrase: str
    weight: float = 1.0

    @property
    def value(self) -> str | dict[str, Any]:
        """What TOML reads of it."""
        return self.phrase if self.weight == 1 else {"phrase": self.phrase, "weight": self.weight}

    def toml(self) -> str:
        """Return it as an element of a list."""
        phrase = json.dumps(self.phrase, ensure_ascii=False)  # a basic string of TOML has the escapes of JSON
        return phrase if self.weight == 1 else f"{{ phrase = {phrase}, weight = {self.weight} }}"


def amended(path: Path, text: str, additions: Sequence[Addition], day: date) -> str:
    """Return a profile's text with more competences.

    Raises:
        ProfileNotEditable: the text is laid out in a way that only a person should change.
    """
    mark, text = (_BOM, text[1:]) if text.startswith(_BOM) else ("", text)
    for addition in additions:
        data = tomllib.loads(_read(text))
        place = _unit_on(data, addition.unit, day)
        if place is None:
            raise ProfileNotEditable(str(path), f"Không tìm thấy đơn vị {addition.unit} trong tệp.")
        made = _inserted(text, ("units", place), addition.toml())
        wanted = copy.deepcopy(data)
        wanted["units"][place].setdefault("competences", []).append(addition.value)
        if made is None or _parsed(made) != wanted:
            raise ProfileNotEditable(str(path), f"Hãy tự thêm {addition.toml()} vào competences của đơn vị {addition.unit}.")
        text = made
    return mark + text


def _read(text: str) -> str:
    return text.replace("\r\n", "\n")


def _parsed(text: str) -> dict[str, Any] | None:
    try:
        return tomllib.loads(_read(text))
    except tomllib.TOMLDecodeError:
        return None


def _unit_on(data: dict[str, Any], unit: str, day: date) -> int | None:
    """The place of the unit of that id that exists on the day."""
    found = [
        place
        for place, table in enumerate(data.get("units", []))
        if table.get("id") == unit and table.get("valid_from", day) <= day <= table.get("valid_to", day)
    ]
    return found[0] if len(found) == 1 else None


def _inserted(text: str, unit: KeyPath, item: str) -> str | None:
    """The text with an element more in the unit's list, or with a list of one; None when the unit has no head of its own."""
    spans = spans_of(text)
    path = (*unit, "competences")
    if path in spans:
        last = max((at for at in spans if at[:-1] == path), default=None, key=lambda at: spans[at])
        return _appended(text, spans[last], spans[path], item) if last else _first(text, spans[path], item)
    head = spans.get(unit)
    if head is None or not text.startswith("[[", head[0]):
        return None
    end, ending = _line_end(text, head[1])
    return f"{text[:end]}{ending}competences = [{item}]{text[end:]}"


def _first(text: str, whole: Span, item: str) -> str:
    return f"{text[: whole[0] + 1]}{item}{text[whole[0] + 1 :]}"


def _appended(text: str, last: Span, whole: Span, item: str) -> str:
    """The text with an element behind the last one: on a line of its own where the list has several lines."""
    tail = text[last[1] : whole[1] - 1]
    if "\n" not in tail:
        return f"{text[: last[1]]}, {item}{text[last[1] :]}"
    end, ending = _line_end(text, last[1])
    rest = text[last[1] : end]
    comma = "" if rest.lstrip().startswith(",") else ","
    return f"{text[: last[1]]}{comma}{rest}{ending}{_indent(text, last[0])}{item},{text[end:]}"


def _line_end(text: str, at: int) -> tuple[int, str]:
    """Where the line ends, and how lines end here."""
    end = text.find("\n", at)
    if end < 0:
        return len(text), "\n"
    return (end - 1, "\r\n") if text[end - 1] == "\r" else (end, "\n")


def _indent(text: str, at: int) -> str:
    """The blanks before an element, or as many more than its line has when it does not begin one."""
    line = text[text.rfind("\n", 0, at) + 1 : at]
    blanks = line[: len(line) - len(line.lstrip())]
    return line if not line.strip() else blanks + "    "


def difference(before: str, after: str, name: str) -> str:
    """Return what changes, as a unified diff."""
    old, new = (_read(text).removeprefix(_BOM).splitlines() for text in (before, after))
    return "\n".join(difflib.unified_diff(old, new, name, f"{name} (đề xuất)", n=2, lineterm=""))
