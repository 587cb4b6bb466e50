"""What the parts around the text say: Quốc hiệu, number, date, subject, addressees, recipients (N07, N08, N14–N19, N26–N28)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors import doctypes
from extractors import zone_signs as signs
from extractors.fields.symbols import Symbol
from extractors.text import nfc
from pipeline.conformance.finding import Finding, finding
from pipeline.conformance.rulebook import rulebook
from pipeline.conformance.sheet import Line, Sheet

_NATIONAL = frozenset(("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"))
"""Both places of the tone mark are in use."""
_MOTTO = "Độc lập - Tự do - Hạnh phúc"
_BLANK = r"(?:[\s.…_]*|\[…+\])"
_NUMBER = re.compile(rf"Số: ?(?:(?P<n>\d+[a-z]?)|{_BLANK} ?)/(?P<symbol>\S+)")
_GROUP = re.compile(r"\d{4}|[A-ZĐÀ-Ỹ][A-ZĐÀ-Ỹ0-9&]*")
_DATE = re.compile(
    rf"(?P<place>[^,]*\S), ngày (?:(?P<day>\d+)|{_BLANK} ?)\s*tháng (?:(?P<month>\d+)|{_BLANK} ?)\s*năm (?:\d{{4}}|[\d.…_]*|\[…+\])"
)
_PADDED = re.compile(r"0\d|[1-9]\d+")
_MONTH = re.compile(r"0[12]|[3-9]|1[0-2]")
_DASH = re.compile(r"^- ?(?=\S)")
_FILING = re.compile(r"- ?Lưu: ?VT(?:[,.;( ].*)?")


def check(sheet: Sheet) -> Iterator[Finding]:
    """Yield what the words of a state document break."""
    yield from _heading(sheet)
    yield from _missing(sheet)
    if not sheet.form:
        yield from _number(sheet)
        yield from _subject(sheet)
        yield from _recipients(sheet)
    yield from _date(sheet)
    yield from _addressees(sheet)


def _name(part: str) -> str:
    return rulebook().looks[part].name


def _heading(sheet: Sheet) -> Iterator[Finding]:
    national, motto = sheet.lines("national"), sheet.lines("motto")
    if not sheet.form or national:
        if not national or _shown(national[0]) not in _NATIONAL:
            yield finding("N07", _name("national"), national)
        if not motto or motto[0].text != _MOTTO:
            yield finding("N08", _name("motto"), motto)


def _shown(line: Line) -> str:
    return nfc(line.text.upper()) if line.printed.capitals else line.text


def _missing(sheet: Sheet) -> Iterator[Finding]:
    wanted = ["issuer", "place-date", "body", "authority", *(() if sheet.form else ("number", "recipients"))]
    names = [_name(part) for part in wanted if not sheet.lines(part)]
    if not sheet.form and not sheet.lines("title") and not sheet.lines("subject"):
        names.append(_name("subject"))
    for name in names:
        yield finding("N14", name, detail=name)


def _number(sheet: Sheet) -> Iterator[Finding]:
    lines = sheet.lines("number")
    if not lines:
        return
    match = _NUMBER.fullmatch(sheet.text("number"))
    codes = doctypes.printed_codes()
    symbol = match["symbol"] if match else ""
    groups = re.split(r"[-/]", symbol)
    number = match["n"] if match else None
    if not match or not all(group in codes or _GROUP.fullmatch(group) for group in groups) or (number and not _PADDED.match(number)):
        yield finding("N15", _name("number"), lines)
        return
    detail = _symbol_fault(sheet, Symbol(number or "1", "/", symbol), groups[0])
    if detail:
        yield finding("N16", _name("number"), lines, detail)


def _symbol_fault(sheet: Sheet, symbol: Symbol, first: str) -> str:
    code = symbol.type_code
    if sheet.type is None:
        return f"công văn không ghi “{code or first}”" if (code or first) == "CV" or (code and not _names_body(code)) else ""
    wanted = {printed for row in doctypes.rows() if row.type == sheet.type for printed in row.printed}
    if wanted and code not in wanted:
        return f"{sheet.type.name} ghi “{'”, “'.join(sorted(wanted))}”"
    return ""


def _names_body(code: str) -> bool:
    """True where the abbreviation of a type may as well be one of a body or a field ("TM", "CT")."""
    return doctypes.by_body(code) is not None or code in ("CT", "TTr", "TC", "ĐA", "HĐ", "CTr", "DA")


def _date(sheet: Sheet) -> Iterator[Finding]:
    lines = sheet.lines("place-date")
    if not lines:
        return
    match = _DATE.fullmatch(sheet.text("place-date"))
    good = match and match["place"][:1].isupper()
    if not match or not good or not _counted(match["day"], _PADDED) or not _counted(match["month"], _MONTH):
        yield finding("N17", _name("place-date"), lines)


def _counted(digits: str | None, shape: re.Pattern[str]) -> bool:
    return digits is None or bool(shape.fullmatch(digits))


def _subject(sheet: Sheet) -> Iterator[Finding]:
    lines = sheet.lines("subject")
    if lines and not re.match(r"V/v [^\s:]", lines[0].text):
        yield finding("N18", _name("subject"), lines[:1])


def entries(lines: Sequence[Line]) -> list[list[Line]]:
    """Return the lines of a list grouped into its entries: a line without a dash goes on with the one above."""
    out: list[list[Line]] = []
    for line in lines:
        if out and not signs.dash_lead(line.text):
            out[-1].append(line)
        else:
            out.append([line])
    return out


def list_faults(lines: Sequence[Line]) -> list[Line]:
    """Return the lines of a dashed list that lack the dash, the semicolon at the end or, the last one, the full stop."""
    groups = entries(lines)
    wrong = []
    for number, group in enumerate(groups):
        end = "." if number == len(groups) - 1 else ";"
        if not _DASH.match(group[0].text) or not group[-1].text.endswith(end):
            wrong.append(group[0])
    return wrong


def _addressees(sheet: Sheet) -> Iterator[Finding]:
    lines = sheet.lines("addressees")
    if not lines or not signs.address_lead(lines[0].text):
        return
    lead, rest = lines[0], lines[1:]
    if not re.match(r"Kính gửi:(?: \S|$)", lead.text):
        yield finding("N19", _name("addressees"), [lead])
        return
    alone = lead.text == "Kính gửi:"
    if not rest or (not alone and not any(signs.dash_lead(line.text) for line in rest)):
        return
    wrong = [lead] if not alone else list_faults(rest) if len(entries(rest)) > 1 else []
    if wrong:
        yield finding("N19", _name("addressees"), wrong)


def _recipients(sheet: Sheet) -> Iterator[Finding]:
    label, places = sheet.lines("recipients"), sheet.lines("recipient")
    if label and label[0].text != "Nơi nhận:":
        yield finding("N26", _name("recipients"), label)
    listed = [line for line in places if not signs.copies_mark(line.text)]
    if not listed:
        return
    wrong = list_faults(listed)
    if wrong:
        yield finding("N26", _name("recipient"), wrong)
    last = entries(listed)[-1]
    if not _FILING.fullmatch(" ".join(line.text for line in last)):
        yield finding("N27", _name("recipient"), last)
