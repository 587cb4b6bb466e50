from __future__ import annotations

import pytest
from docx_snippets import abstract, docx, in_list, num, p, r

from extractors.readers.docx import read
from extractors.readers.docx_numbering import formatted
from extractors.readers.docx_symbols import UNKNOWN, bullet, shown

DECIMAL, LETTER, DASH = ("decimal", "%1."), ("lowerLetter", "%2)"), ("bullet", "-")


def shown_markers(data: bytes) -> list[str]:
    return [block.marker for block in read(data).blocks]


def items(*places: tuple[int, int]) -> str:
    return "".join(p("x", props=in_list(number, level)) for number, level in places)


def restart(level: int, start: int = 1) -> str:
    return f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>'


THREE = abstract(0, DECIMAL, LETTER, DASH)
CAPITALS = '<w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="upperLetter"/><w:lvlText w:val="%1)"/></w:lvl>'
LISTS = {
    "levels start anew under a higher one": (
        THREE + num(1, 0),
        [(1, 0), (1, 1), (1, 1), (1, 2), (1, 0), (1, 1)],
        ["1.", "a)", "b)", "-", "2.", "a)"],
    ),
    "two lists of one abstract list go on": (THREE + num(1, 0) + num(2, 0), [(1, 0), (2, 0), (1, 0)], ["1.", "2.", "3."]),
    "a start override counts anew, once": (
        THREE + num(1, 0) + num(2, 0, restart(0)),
        [(1, 0), (1, 0), (2, 0), (2, 0)],
        ["1.", "2.", "1.", "2."],
    ),
    "a start override at 5": (THREE + num(1, 0, restart(0, 5)), [(1, 0), (1, 0)], ["5.", "6."]),
    "two abstract lists do not mix": (
        THREE + abstract(1, ("upperRoman", "%1.")) + num(1, 0) + num(2, 1),
        [(2, 0), (1, 0), (2, 0)],
        ["I.", "1.", "II."],
    ),
    "all counters in one text": (
        abstract(0, DECIMAL, ("decimal", "%1.%2.")) + num(1, 0),
        [(1, 0), (1, 1), (1, 1), (1, 0), (1, 1)],
        ["1.", "1.1.", "1.2.", "2.", "2.1."],
    ),
    "a deeper level first": (abstract(0, DECIMAL, ("decimal", "%1.%2")) + num(1, 0), [(1, 1), (1, 0)], ["1.1", "1."]),
    "legal numbers": (abstract(0, ("upperRoman", "%1."), ("decimal", "%1.%2", "<w:isLgl/>")) + num(1, 0), [(1, 0), (1, 1)], ["I.", "1.1"]),
    "never restarting": (
        abstract(0, DECIMAL, ("decimal", "Điều %2.", '<w:lvlRestart w:val="0"/>')) + num(1, 0),
        [(1, 0), (1, 1), (1, 0), (1, 1)],
        ["1.", "Điều 1.", "2.", "Điều 2."],
    ),
    "restarting only after level 1": (
        abstract(0, DECIMAL, LETTER, ("decimal", "(%3)", '<w:lvlRestart w:val="1"/>')) + num(1, 0),
        [(1, 0), (1, 1), (1, 2), (1, 1), (1, 2), (1, 0), (1, 1), (1, 2)],
        ["1.", "a)", "(1)", "b)", "(2)", "2.", "a)", "(1)"],
    ),
    "a level replaced by an override": (
        THREE + num(1, 0, f'<w:lvlOverride w:ilvl="0">{CAPITALS}</w:lvlOverride>'),
        [(1, 0), (1, 0)],
        ["C)", "D)"],
    ),
    "no number": (abstract(0, ("none", "")) + num(1, 0), [(1, 0)], [""]),
    "words around the number": (abstract(0, ("decimal", "Điều %1.")) + num(1, 0), [(1, 0), (1, 0)], ["Điều 1.", "Điều 2."]),
    "another script's digits": (abstract(0, ("chineseCounting", "%1.")) + num(1, 0), [(1, 0)], ["1."]),
    "two digits": (abstract(0, ("decimalZero", "%1.")) + num(1, 0), [(1, 0)], ["01."]),
    "list 0 is no list": (THREE + num(1, 0), [(0, 0), (1, 0)], ["", "1."]),
    "an unknown list": (THREE + num(1, 0), [(9, 0)], [""]),
    "an abstract list that is missing": (num(1, 7), [(1, 0)], [""]),
    "a level that is missing": (abstract(0, DECIMAL) + num(1, 0), [(1, 4), (1, 99)], ["", ""]),
    "three digits by a custom format": (
        abstract(0, ("custom", "%1")).replace('"custom"', '"custom" w:format="001, 002, 003, ..."') + num(1, 0),
        [(1, 0)],
        ["001"],
    ),
}


@pytest.mark.parametrize(("numbering", "places", "expected"), LISTS.values(), ids=LISTS.keys())
def test_lists(numbering, places, expected):
    assert shown_markers(docx(items(*places), numbering=numbering)) == expected


FORMATS = [
    ("decimal", 12, "12"),
    ("decimalZero", 9, "09"),
    ("decimalZero", 10, "10"),
    ("lowerLetter", 1, "a"),
    ("lowerLetter", 4, "d"),
    ("lowerLetter", 5, "e"),
    ("lowerLetter", 26, "z"),
    ("lowerLetter", 27, "aa"),
    ("lowerLetter", 28, "bb"),
    ("upperLetter", 2, "B"),
    ("lowerLetter", 0, "0"),
    ("upperRoman", 4, "IV"),
    ("upperRoman", 1999, "MCMXCIX"),
    ("lowerRoman", 9, "ix"),
    ("vietnameseCounting", 3, "ba"),
    ("vietnameseCounting", 11, "11"),
    ("none", 3, ""),
    ("decimalEnclosedParen", 2, "(2)"),
    ("001", 7, "007"),
]


@pytest.mark.parametrize(("form", "value", "expected"), FORMATS)
def test_formats(form, value, expected):
    assert formatted(value, form) == expected


BULLETS = [
    ("-", "", "-"),
    ("\uf02d", "Symbol", "-"),
    ("\uf0b7", "Symbol", "•"),
    ("\uf0b7", "", "•"),
    ("o", "Courier New", "•"),
    ("+", "", "+"),
    ("\uf02b", "Symbol", "+"),
    ("–", "", "–"),
    ("\uf0a7", "Wingdings", "▪"),
    ("\uf0d8", "Wingdings", "➢"),
    ("\uf0fc", "Wingdings", "✓"),
    ("\uf0ee", "Wingdings", UNKNOWN),
    ("", "", ""),
    ("*", "", "*"),
]


@pytest.mark.parametrize(("text", "font", "expected"), BULLETS)
def test_bullets(text, font, expected):
    assert bullet(text, font) == expected


def test_symbol_characters_never_break():
    assert shown(0xD800) == ""
    assert shown(0x110000) == ""
    assert shown(0xFFFE) == ""
    assert shown(0x41) == "A"


LEVELLED = '<w:style w:type="paragraph" w:styleId="M1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>' \
    '<w:style w:type="paragraph" w:styleId="M2"><w:basedOn w:val="M1"/><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>' \
    '<w:style w:type="paragraph" w:styleId="M3"><w:basedOn w:val="M1"/></w:style>'  # fmt: skip


def styled(style: str, props: str = "") -> str:
    return p("x", props=f'<w:pStyle w:val="{style}"/>{props}')


def test_numbers_that_come_from_the_style():
    body = styled("M1") + styled("M2") + styled("M3") + styled("M1", in_list(0)) + styled("M1", '<w:numPr><w:ilvl w:val="2"/></w:numPr>')
    assert shown_markers(docx(body, styles=LEVELLED, numbering=THREE + num(1, 0))) == ["1.", "a)", "2.", "", "-"]


def test_a_level_that_names_its_style():
    numbering = abstract(0, DECIMAL, ("lowerLetter", "%2)", '<w:pStyle w:val="M3"/>')) + num(1, 0)
    assert shown_markers(docx(styled("M1") + styled("M3"), styles=LEVELLED, numbering=numbering)) == ["1.", "a)"]


def test_a_list_defined_by_a_numbering_style():
    styles = '<w:style w:type="numbering" w:styleId="DS"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    numbering = (
        f'<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="DS"/></w:abstractNum>{abstract(1, DECIMAL)}{num(1, 0)}{num(2, 1)}'
    )
    assert shown_markers(docx(items((1, 0), (1, 0)), styles=styles, numbering=numbering)) == ["1.", "2."]
    loop = '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="DS"/></w:abstractNum>' + num(2, 0)
    assert shown_markers(docx(items((2, 0)), styles=styles, numbering=loop)) == [""]


def test_what_counts():
    """Empty numbered paragraphs count, as in Word; deleted and wholly hidden ones do not; a joined one counts once."""
    place = in_list(1)
    gone = p(f"<w:del>{r('x')}</w:del>", props=f"{place}<w:rPr><w:del/></w:rPr>")
    joined = p("đầu", props=f"{place}<w:rPr><w:del/></w:rPr>")
    unseen = p(r("x", "vanish"), props=f"{place}<w:rPr><w:vanish/></w:rPr>")
    body = items((1, 0)) + p(props=place) + gone + unseen + joined + items((1, 0), (1, 0))
    assert shown_markers(docx(body, numbering=THREE + num(1, 0))) == ["1.", "3.", "4."]


def test_level_and_indent_of_the_list():
    level = ("decimal", "%1.", '<w:pPr><w:ind w:left="720" w:hanging="360"/></w:pPr>')
    own = p("x", props=in_list(1) + '<w:ind w:left="0" w:firstLine="567"/>')
    first, second, plain = read(docx(items((1, 0)) + own + p("x"), numbering=abstract(0, level) + num(1, 0))).blocks
    assert [(block.level, block.indent) for block in (first, second, plain)] == [(0, 18.0), (0, 28.35), (None, 0.0)]


def test_numbers_run_on_through_tables():
    body = items((1, 0)) + f"<w:tbl><w:tblPr/><w:tr><w:tc>{items((1, 0))}</w:tc></w:tr></w:tbl>" + items((1, 0))
    assert shown_markers(docx(body, numbering=THREE + num(1, 0))) == ["1.", "2.", "3."]


def test_numbers_without_a_numbering_part():
    assert shown_markers(docx(items((1, 0)))) == [""]
