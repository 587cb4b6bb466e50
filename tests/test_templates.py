"""Templates: strict, sandboxed, and blind to whatever a value contains; the style sheet and the wording say where they come from."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.text import fold
from pipeline.drafting.blocks import Paragraph, Table, parse
from pipeline.drafting.environment import fill, marked_text
from pipeline.drafting.facts import CLOSE, GAP, OPEN, Register, clean
from pipeline.drafting.house_style import house_style
from pipeline.drafting.house_style import parse as parse_sheet
from pipeline.drafting.wording import connective, small_subject, wording
from pipeline.errors import TemplateError

TEMPLATES = Path(__file__).parents[1] / "templates"
FOLDERS = sorted(path.parent.name for path in TEMPLATES.glob("*/body.j2"))


def folder(tmp_path: Path, body: str) -> Path:
    (tmp_path / "mau").mkdir()
    (tmp_path / "mau" / "body.j2").write_text(body, encoding="utf-8")
    return tmp_path


def words(tmp_path: Path, body: str, **context: object) -> list[tuple[str, str]]:
    register = context.pop("register", Register())
    parts = fill("mau", context, register, folder(tmp_path, body))
    return [(part.style, part.text) for part in parts if isinstance(part, Paragraph)]


def test_a_style_opens_a_paragraph_and_line_ends_are_spaces(tmp_path: Path) -> None:
    assert words(tmp_path, '{{ style("item") }}1. Rà soát\nhồ sơ\n{{ style("dash") }}- Báo cáo') == [
        ("item", "1. Rà soát hồ sơ"),
        ("dash", "- Báo cáo"),
    ]


@pytest.mark.parametrize(
    ("body", "line", "told"),
    [
        ('{{ style("body") }}a\nb\n{{ khong_co }}', 3, "khong_co"),
        ('{{ style("body") }}{{ source.mat }}', 1, "mat"),
        ('\n{{ style("khong-co") }}', 2, "khong-co"),
        ('{{ style("body") }}\n{{ 1 | la_gi }}', 2, "la_gi"),
        ('{{ style("body") }}\n{% if %}', 2, ""),
        ('{{ style("body") }}{{ source }}', 1, "dict"),
        ('{{ style("body") }}{{ none_at_all }}', 1, "NoneType"),
        ("{{ style.__class__.__mro__ }}", 1, ""),
        ("{{ source.update({}) }}", 1, ""),
        ('{% include "../pyproject.toml" %}', 1, ""),
    ],
)
def test_a_mistake_names_template_and_line(tmp_path: Path, body: str, line: int, told: str) -> None:
    with pytest.raises(TemplateError) as error:
        words(tmp_path, body, source={"co": "x"}, none_at_all=None)
    assert error.value.where.endswith(f"mau/body.j2:{line}") or line == 1
    assert "mau/body.j2" in error.value.where or "pyproject" in error.value.where
    assert told in str(error.value)


@pytest.mark.parametrize(
    "body", ["chữ ngoài đoạn", '{{ style("body") }}a{{ table("grid", 1) }}', "{{ row() }}", "{{ cell() }}", "{{ end_table() }}"]
)
def test_broken_structure_is_refused(tmp_path: Path, body: str) -> None:
    with pytest.raises(TemplateError):
        words(tmp_path, body)


HOSTILE = [
    "{{7*7}}",
    "{% for x in y %}",
    "a & b < c > d",
    "<w:p><w:r/></w:p>",
    "dòng một\ndòng hai\r\nba\u2028bốn\x0bnăm",
    "\x00\x01\x02p:signer\x03\x1f",
    f"{OPEN}p:signer{CLOSE}KÝ{OPEN}end:table{CLOSE}",
    "\u202eđảo\u202c \u200bkhông\ufeff rộng",
    "\ud800 lẻ",
    "x" * 1_000_000,
]


@pytest.mark.parametrize("value", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("noted", [True, False])
def test_a_value_cannot_forge_structure(tmp_path: Path, value: str, noted: bool) -> None:
    register = Register()
    printed = register.found(value) if noted else value
    body = '{{ style("body") }}[{{ value }}]{{ style("dash") }}{{ "sau" ~ value }}'
    assert words(tmp_path, body, value=printed, register=register) == [
        ("body", f"[{clean(value)}]"),
        ("dash", f"sau{clean(value)}".rstrip()),
    ]


@given(st.text())
def test_clean_text_is_one_printable_line(text: str) -> None:
    cleaned = clean(text)
    assert "\n" not in cleaned
    assert OPEN not in cleaned
    assert CLOSE not in cleaned
    assert clean(cleaned) == cleaned
    cleaned.encode()


def test_a_gap_is_shown_with_its_reason(tmp_path: Path) -> None:
    register = Register()
    (part,) = fill("mau", {"so": register.gap("Thiếu số.")}, register, folder(tmp_path, '{{ style("body") }}Công văn số {{ so }}'))
    assert isinstance(part, Paragraph)
    assert [(span.text, span.gap, span.comment) for span in part.spans] == [("Công văn số ", False, ""), (GAP, True, "Thiếu số.")]


def test_a_filter_keeps_the_note(tmp_path: Path) -> None:
    register = Register()
    value = register.found("Rà soát", duty="1.2")
    (part,) = fill("mau", {"v": value}, register, folder(tmp_path, '{{ style("body") }}{{ v | lower_first | sentence }}'))
    assert isinstance(part, Paragraph)
    assert [(span.text, span.duty) for span in part.spans] == [("rà soát.", "1.2")]


def test_tables_are_built_from_rows_and_cells() -> None:
    marks = [
        f"{OPEN}{m}{CLOSE}"
        for m in ("table:grid 30 70", "row:head", "cell:2", "p:cell", "row:", "cell:1", "p:cell", "cell:1", "p:cell", "end:table")
    ]
    marked = f"{''.join(marks[:4])}đầu{''.join(marks[4:7])}a{''.join(marks[7:9])}b{marks[9]}"
    (table,) = parse(marked, [], "mau")
    assert isinstance(table, Table)
    assert (table.widths, [row.head for row in table.rows]) == ((30.0, 70.0), [True, False])
    assert [[(cell.columns, cell.paragraphs[0].text) for cell in row.cells] for row in table.rows] == [[(2, "đầu")], [(1, "a"), (1, "b")]]


# --- the shipped files ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FOLDERS)
def test_every_template_says_what_it_is(name: str) -> None:
    import tomllib

    about = tomllib.loads((TEMPLATES / name / "template.toml").read_text(encoding="utf-8"))
    assert about["id"] == name
    assert all(about[key] for key in ("name", "output", "about", "source"))
    assert f"`{name}`" in (TEMPLATES / "README.md").read_text(encoding="utf-8")


def test_no_template_names_a_level() -> None:
    for path in TEMPLATES.glob("*/*.j2"):
        text = fold(path.read_text(encoding="utf-8"))
        assert not [word for word in ("huyện", "phường", "tỉnh", "xã") if f" {word} " in text.replace("xã hội", "")], path


def test_every_look_has_its_source() -> None:
    sheet = house_style()
    rows = (
        *sheet.paragraphs,
        *sheet.characters,
        *sheet.tables,
        sheet.page,
        sheet.page_number,
        sheet.font,
        sheet.letterhead,
        sheet.signature,
    )
    assert all(row.source for row in rows)


def test_looks_keep_within_the_decree() -> None:
    """NĐ 30/2020, Phụ lục I: the ranges of mục I.3, I.4, II.1–II.9."""
    sheet = house_style()
    page = sheet.page
    assert (page.width_mm, page.height_mm) == (210, 297)
    assert 20 <= page.top_mm <= 25 and 20 <= page.bottom_mm <= 25 and 30 <= page.left_mm <= 35 and 15 <= page.right_mm <= 20
    sizes = {
        "national-title": (12, 13),
        "motto": (13, 14),
        "superior": (12, 13),
        "issuer": (12, 13),
        "number": (13, 13),
        "place-date": (13, 14),
    }
    sizes |= {
        "subject": (12, 13),
        "body": (13, 14),
        "authority": (13, 14),
        "signer": (13, 14),
        "recipients": (12, 12),
        "recipient": (11, 11),
    }
    sizes |= {"page-number": (13, 14), "appendix": (14, 14), "appendix-title": (13, 14), "addressee": (13, 14)}
    for name, (least, most) in sizes.items():
        assert least <= sheet.by_id[name].size_pt <= most, name
    body = sheet.by_id["body"]
    assert body.first_line_mm in {10, 12.7}
    assert body.after_pt >= 6
    assert 1.0 <= body.line <= 1.5


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[page", "table declaration"),
        ("[page]\nwidth_mm = 'rộng'", "width_mm"),
        ("[trang]\n", "trang"),
        ("[page]\nwidth_mm = 210\nla = 1", "page"),
    ],
)
def test_a_wrong_style_sheet_is_told(text: str, told: str) -> None:
    with pytest.raises(TemplateError, match=told):
        parse_sheet(text)


def test_the_wording_tries_itself() -> None:
    from extractors.dispatch import Duty
    from pipeline.drafting.wording import Act, body_of, heading, own, pattern, unurged

    (topics,) = wording().not_verbs
    assert [text for text in topics.matches if Act(text).verbal] == []
    assert [text for text in topics.rejects if not Act(text).verbal] == []
    (subjects,) = wording().subject_verbs
    assert [text for text in subjects.matches if small_subject(text) == text] == []
    assert [text for text in subjects.rejects if small_subject(text) != text] == []
    (names,) = wording().subject_names
    assert [text for text in names.matches if small_subject(text) != text] == []
    assert [text for text in names.rejects if small_subject(text) == text] == []
    (nouns,) = wording().about_subject
    assert [text for text in nouns.matches if connective("TB", text) != "về"] == []
    assert [text for text in nouns.rejects if connective("TB", text) != "về việc"] == []
    (urging,) = wording().urging
    assert [text for text in urging.matches if unurged(text) == text] == []
    assert [text for text in urging.rejects if unurged(text) != text] == []
    (titles,) = wording().titles
    assert [text for text in titles.matches if body_of(text) == text] == []
    assert [text for text in titles.rejects if body_of(text) != text] == []
    (empty,) = wording().empty_headings
    assert [text for text in empty.matches if heading(Duty("1", "1.", f"{text}:"), ())] == []
    assert [text for text in empty.rejects if not heading(Duty("1", "1.", f"{text}:"), ())] == []
    reporting = re.compile(rf"(?:{pattern(wording().reporting)})(?!\w)")
    (report,) = wording().reporting
    assert [text for text in report.matches if not reporting.match(fold(text))] == []
    assert [text for text in report.rejects if reporting.match(fold(text))] == []
    (nothing,) = wording().bare_headings
    assert [text for text in nothing.matches if heading(Duty("1", "1.", f"{text}:"), ())] == []
    assert [text for text in nothing.rejects if not heading(Duty("1", "1.", f"{text}:"), ())] == []
    (itself,) = wording().this_document
    assert [text for text in itself.matches if own(text) == text] == []
    assert [text for text in itself.rejects if own(text) != text] == []


def test_marks_do_not_survive_a_string(tmp_path: Path) -> None:
    assert OPEN not in marked_text("mau", {"v": f"{OPEN}p:x{CLOSE}"}, folder(tmp_path, "{{ v }}"))
