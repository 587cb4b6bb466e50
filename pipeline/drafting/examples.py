"""Examples to try templates with (``templates/vi-du.toml``): the names that a real draft has, with invented values."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from itertools import count
from typing import Any

from pipeline.drafting.citation import Cited
from pipeline.drafting.context import Line, first_time, table_widths
from pipeline.drafting.facts import Register
from pipeline.drafting.items import Entry, Item
from pipeline.drafting.joint import Joint
from pipeline.drafting.reports import Report

LETTER = frozenset(
    (
        "addressees",
        "items",
        "joint",
        "requests",
        "told",
        "asked",
        "monitored",
        "watching",
        "monitor_joint",
        "products",
        "supported",
        "dated",
        "widths",
        "lines",
        "next_number",
        "first_time",
    )
)
"""Names that the templates of a dispatch have beside those of every template."""
SHEET = frozenset(("unit", "unit_leader", "lines"))
"""Names that the template of a task sheet has beside those of every template."""
_LINE = {"duty", "place", "lead", "support", "monitors", "deadline", "internal", "product", "report_to", "note"}


@dataclass(frozen=True)
class Example:
    """One set of values and the templates that it is made for."""

    id: str
    about: str
    templates: tuple[str, ...]
    values: Mapping[str, Any]

    @property
    def day(self) -> date:
        """The day of drafting."""
        day: date = self.values["today"]
        return day

    def context(self, template: str) -> tuple[dict[str, Any], Register]:
        """Return fresh values for one rendering, and the register that holds their notes."""
        register = Register()
        wanted = names(template)
        return {name: value for name, value in _context(self.values, register).items() if name in wanted}, register


def names(template: str) -> frozenset[str]:
    """Return the names that a template may use."""
    own = SHEET if template == "phieu-giao-viec" else LETTER
    return frozenset(_table()["chung"]) - LETTER - SHEET | own


def examples() -> tuple[Example, ...]:
    """Return the shipped examples."""
    table = _table()
    return tuple(_example(table["chung"], row) for row in table["vi_du"])


def _table() -> dict[str, Any]:
    return tomllib.loads((files("templates") / "vi-du.toml").read_text("utf-8"))


def _example(ground: Mapping[str, Any], row: Mapping[str, Any]) -> Example:
    values = {**ground, **{name: value for name, value in row.items() if name in ground}}
    values["source"] = {**ground["source"], **row.get("source", {})}
    return Example(row["id"], row["about"], tuple(row["mau"]), values)


def _context(values: Mapping[str, Any], register: Register) -> dict[str, Any]:
    source = values["source"]
    facts = {name: register.found(source[name]) for name in ("type", "reference", "date", "issuer", "subject")}
    cited = Cited(**facts, about=source["about"], known_number=source["known_number"], chain=tuple(map(register.found, source["chain"])))
    return {
        **values,
        "source": cited,
        "urgency": values["urgency"] and register.found(values["urgency"]),
        "items": tuple(_item(row, register) for row in values["items"]),
        "joint": tuple(_joint(row, register) for row in values["joint"]),
        "lines": tuple(Line(**dict.fromkeys(_LINE, "") | row) for row in values["lines"]),
        "monitor_joint": _joint(values["monitor_joint"], register) if values["monitor_joint"] else None,
        "widths": table_widths(supported=values["supported"], dated=values["dated"], products=values["products"]),
        "next_number": count(1).__next__,
        "first_time": first_time(),
    }


def _report(row: Mapping[str, str] | None, register: Register) -> Report | None:
    return None if row is None else Report(row["kind"], register.found(row["when"]), row.get("upward", ""), row.get("via", ""))


def _joint(row: Mapping[str, Any], register: Register) -> Joint:
    return Joint(row["unit"], "vi-du", row.get("ask", False), register.found(row["parties"]), row.get("place", ""))


def _entry(row: Mapping[str, Any], register: Register) -> Entry:
    return Entry(row["text"], _report(row.get("report"), register), tuple(_entry(child, register) for child in row.get("children", ())))


def _item(row: Mapping[str, Any], register: Register) -> Item:
    return Item(
        row["unit"], "vi-du", row.get("ask", False), row.get("single", ""), row.get("joined", True), row.get("heading", ""),
        tuple(_entry(entry, register) for entry in row.get("entries", ())), _report(row.get("report"), register),
        _joint(row["joint"], register) if "joint" in row else None, row.get("watches", False),
    )  # fmt: skip
