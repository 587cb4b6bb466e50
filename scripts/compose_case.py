"""A composed dispatch as its text description (``case.toml``) tells it: the words on the paper, and the facts among them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

TRACKED = re.compile(r"\{\+(?P<inserted>.*?)\+\}|\{-(?P<deleted>.*?)-\}")
"""Words that a reviewer put in ({+…+}) or struck out ({-…-}) with Word's tracked changes."""


def accepted(text: str) -> str:
    """Return the text as it reads once every tracked change is accepted."""
    return " ".join(TRACKED.sub(lambda match: match["inserted"] or "", text).split())


@dataclass(frozen=True)
class Due:
    """A planted deadline: the printed words, and what they mean (as in the record)."""

    text: str
    kind: str = "date"
    due: str | None = None
    before: bool = False
    rrule: str | None = None
    amount: int | None = None
    unit: str | None = None
    anchor: str | None = None


@dataclass(frozen=True)
class Row:
    """A row of a table, cell by cell; a row with ``kind`` is a planted duty or group."""

    cells: tuple[str, ...]
    kind: str = ""
    due: tuple[Due, ...] = ()


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the text, or a ruled table when it has rows."""

    text: str = ""
    marker: str = ""
    kind: str = ""
    """"duty" or "group" when the paragraph is one; else empty."""
    lead: tuple[str, ...] = ()
    inherited: bool = False
    support: tuple[str, ...] = ()
    due: tuple[Due, ...] = ()
    bold: bool = False
    italic: bool = False
    centred: bool = False
    new_page: bool = False
    rows: tuple[Row, ...] = ()
    widths: tuple[int, ...] = ()
    """Of the columns, in percent."""
    columns: tuple[str, ...] = ()
    """What each column holds: marker, text, lead, support, due, product."""


@dataclass(frozen=True)
class Fact:
    """A planted duty or group: what reading the paper must find."""

    text: str
    marker: str
    kind: str
    lead: tuple[str, ...]
    inherited: bool
    support: tuple[str, ...]
    due: tuple[Due, ...]


@dataclass(frozen=True)
class Case:
    """One composed dispatch."""

    issuer: tuple[str, ...]
    number: str
    symbol: str
    place: str
    day: date
    subject: str
    authority: tuple[str, ...]
    signer: str
    reads: dict[str, Any]
    """What the record must say where it is not word for word what the paper says: type, parent, issuer, authority, position."""
    parent: tuple[str, ...] = ()
    title: str = ""
    addressees: tuple[str, ...] = ()
    lead_in: str = "Kính gửi:"
    recipients: tuple[str, ...] = ()
    filing: str = ""
    urgency: str = ""
    secrecy: str = ""
    party: bool = False
    """The Party's form instead of the State's: no motto, "Số 12-CV/TU" without colon, no "V/v"."""
    letterhead: str = "table"
    """"table", or "tabs": both columns typed on one line with tab stops."""
    blank: bool = False
    """Number and day are left for the clerk."""
    stamped: bool = False
    """In the PDF number and day stand in signature fields laid over their blanks; the DOCX has them printed."""
    automatic: bool = False
    """The DOCX numbers its items automatically."""
    body: tuple[Paragraph, ...] = field(default=())

    @property
    def reference(self) -> str:
        """Number and symbol as one, "3705/UBND-VP", in the Party "315-CV/TU"."""
        return f"{self.number}-{self.symbol}" if self.party else f"{self.number}/{self.symbol}"

    def facts(self) -> Iterator[Fact]:
        """The planted duties and groups in reading order."""
        for paragraph in self.body:
            if paragraph.rows:
                yield from (_of_row(row, paragraph.columns) for row in paragraph.rows if row.kind)
            elif paragraph.kind:
                yield Fact(
                    accepted(paragraph.text),
                    paragraph.marker,
                    paragraph.kind,
                    paragraph.lead,
                    paragraph.inherited,
                    paragraph.support,
                    paragraph.due,
                )


def _of_row(row: Row, columns: tuple[str, ...]) -> Fact:
    by_column = dict(zip(columns, row.cells, strict=True))

    def names(column: str) -> tuple[str, ...]:
        return tuple(name.strip() for name in by_column.get(column, "").split(";") if name.strip())

    return Fact(by_column["text"], by_column.get("marker", ""), row.kind, names("lead"), False, names("support"), row.due)


def _dues(entries: list[dict[str, Any]]) -> tuple[Due, ...]:
    return tuple(Due(**entry) for entry in entries)


def _row(entry: dict[str, Any]) -> Row:
    return Row(tuple(entry["cells"]), entry.get("kind", ""), _dues(entry.get("due", [])))


def _paragraph(entry: dict[str, Any]) -> Paragraph:
    values = {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}
    values["due"] = _dues(entry.get("due", []))
    values["rows"] = tuple(_row(row) for row in entry.get("rows", []))
    return Paragraph(**values)


def load(path: Path) -> Case:
    """Read a ``case.toml``; an unknown or missing key is a ``TypeError``."""
    return parsed(path.read_text(encoding="utf-8"))


def parsed(text: str) -> Case:
    """Read the text of a ``case.toml``; errors as for ``load``."""
    entries = tomllib.loads(text)
    values = {key: tuple(value) if isinstance(value, list) else value for key, value in entries.items()}
    values["body"] = tuple(_paragraph(entry) for entry in entries.get("body", []))
    return Case(**values)
