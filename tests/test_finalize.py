"""The way back from the reviewer: a table of edits made in Word on a real draft, and what must follow from each.

The draft is the one that a run delivers of our own sample; the edits are made with python-docx, as a person makes them in Word.
"""

from __future__ import annotations

import copy
import dataclasses
import hashlib
import json
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from open_xml import faults
from test_run import tree

from pipeline import cli
from pipeline.drafting.docx_marks import bookmark_of
from pipeline.errors import ExitCode
from pipeline.kept import State, Task
from pipeline.learning.evidence import gather
from pipeline.ledger import open_ledger
from pipeline.plan_file import PLAN_NAME, from_json
from pipeline.run import LEDGER_NAME
from pipeline.settings import Workspace

SAMPLES = Path(__file__).parents[1] / "samples"
DAY = "2023-10-03"
NN, TCKH, NV = "Phòng Nông nghiệp và Phát triển nông thôn", "Phòng Tài chính - Kế hoạch", "Phòng Nội vụ"
SOFFICE = shutil.which("soffice") or ""
Edit = Callable[[Document], None]


def call(*arguments: object) -> int:
    return cli.main([str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def drafted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace in which two dispatches were drafted; each test works on a copy."""
    root = tmp_path_factory.mktemp("drafted") / "ws"
    assert call("init", root, "--profile", SAMPLES / "profiles" / "huyen-2023.toml") == 0
    for name in ("huyen-cong-van-tinh", "huyen-chua-co-so", "huyen-ke-hoach-bang"):
        shutil.copy(SAMPLES / name / f"{name}.docx", root / "1-van-ban-den")
    assert call("run", root, "--today", DAY, "--steady", "0") == 0
    return root


@pytest.fixture
def workspace(drafted: Path, tmp_path: Path) -> Workspace:
    shutil.copytree(drafted, tmp_path / "ws")
    return Workspace(tmp_path / "ws")


def folder_of(workspace: Workspace, part: str = "3716") -> Path:
    """The folder of drafts by a part of its name; "" is that of the dispatch without a number."""
    found = [path for path in workspace.drafts.iterdir() if (part in path.name if part else "chua-co-so" in path.name)]
    return found[0]


def draft(workspace: Workspace, part: str = "3716") -> Path:
    return folder_of(workspace, part) / "du-thao.docx"


def plan_of(folder: Path):
    return from_json((folder / PLAN_NAME).read_bytes(), PLAN_NAME).plan


def tasks(workspace: Workspace, part: str = "3716", *, dropped: bool = False) -> dict[str, Task]:
    source = from_json((folder_of(workspace, part) / PLAN_NAME).read_bytes(), PLAN_NAME).source
    with open_ledger(workspace.state / LEDGER_NAME, dry_run=True) as ledger:
        return {task.key: task for task in ledger.duties_of(source, dropped=dropped)}


# --- what a reviewer does in Word -------------------------------------------------------------------------------------


def body(document: Document) -> list[Paragraph]:
    return [Paragraph(element, document) for element in document.element.body.iter(qn("w:p"))]


def at(document: Document, words: str) -> Paragraph:
    return next(paragraph for paragraph in body(document) if words in paragraph.text)


def retype(document: Document, before: str, after: str) -> None:
    """Replace words within one run, as typing over them does."""
    run = next(run for paragraph in body(document) for run in paragraph.runs if before in run.text)
    run.text = run.text.replace(before, after)


def replace(before: str, after: str) -> Edit:
    return lambda document: retype(document, before, after)


def delete(words: str) -> Edit:
    def edit(document: Document) -> None:
        element = at(document, words)._p
        element.getparent().remove(element)

    return edit


def insert(after: str, words: str) -> Edit:
    """A new paragraph that looks like the one before it."""

    def edit(document: Document) -> None:
        model = at(document, after)._p
        fresh = copy.deepcopy(model)
        for child in list(fresh):
            if child.tag != qn("w:pPr"):
                fresh.remove(child)
        model.addnext(fresh)
        Paragraph(fresh, document).add_run(words)

    return edit


def move(words: str, behind: str) -> Edit:
    return lambda document: at(document, behind)._p.addnext(at(document, words)._p)


def unmark(document: Document) -> None:
    for kind in ("w:bookmarkStart", "w:bookmarkEnd"):
        for element in list(document.element.body.iter(qn(kind))):
            element.getparent().remove(element)


def both(*edits: Edit) -> Edit:
    return lambda document: [edit(document) for edit in edits] and None


def settle(document: Document) -> None:
    """Read every comment and delete it."""
    for kind in ("w:commentRangeStart", "w:commentRangeEnd", "w:commentReference"):
        for element in list(document.element.body.iter(qn(kind))):
            element.getparent().remove(element)


def review(path: Path, *edits: Edit) -> Path:
    document = docx.Document(str(path))
    settle(document)
    for edit in edits:
        edit(document)
    document.save(str(path))
    return path


def finalize(path: Path, *options: object, today: str = "2023-10-05") -> int:
    return call("finalize", path, *options, "--today", today)


FIRST, SECOND, FUNDS = "Rà soát, thống kê", "tổng vệ sinh, khử trùng", "Bố trí ngân sách"
CHANGES = {
    "nothing": (lambda _: None, {}),
    "a letter's looks": (lambda d: setattr(at(d, FIRST).runs[1].font, "bold", True), {}),
    "reassigned by moving": (move(FUNDS, FIRST), {"1.3": {"lead": NN}}),
    "reassigned by the heading": (replace(f"2. {TCKH}", f"2. {NV}"), {"1.3": {"lead": NV}}),
    "two leads": (replace(f"2. {TCKH}", f"2. {TCKH}, {NV}"), {"1.3": {"lead": f"{TCKH}; {NV}"}}),
    "a superior's new day": (replace("trước ngày 20/10/2023", "trước ngày 25/10/2023"), {"1.1": {"due": date(2023, 10, 24), "text": ...}}),
    "a new internal day": (
        replace("16/10/2023", "12/10/2023"),
        {"1.1": {"internal_due": date(2023, 10, 12)}},
    ),
    "a day before which": (
        both(replace("16/10/2023", "12/10/2023"), replace("chậm nhất ngày", "trước ngày")),
        {"1.1": {"internal_due": date(2023, 10, 11)}},
    ),
    "no internal day": (
        lambda d: [run.clear() for run in at(d, FIRST).runs[2:]] and None,
        {"1.1": {"internal_due": None}},
    ),
    "another monthly day": (
        replace("ngày 09 hằng tháng", "ngày 10 hằng tháng"),
        {"1.4": {"internal_due": date(2023, 10, 10), "internal_rule": "FREQ=MONTHLY;BYMONTHDAY=10"}},
    ),
    "an internal day that was none": (
        lambda d: at(d, FUNDS).add_run(" Kết quả báo cáo UBND huyện chậm nhất ngày 18/10/2023."),
        {"1.3": {"internal_due": date(2023, 10, 18)}},
    ),
    "other words": (replace("đến từng thôn, khu dân cư", "đến từng hộ chăn nuôi"), {"1.1": {"text": ...}}),
    "a supporting unit": (
        replace("phối hợp với Trạm Chăn nuôi và Thú y", f"phối hợp với {NV}"),
        {"1.2": {"support": (NV,), "text": ...}},
    ),
    "dropped": (delete(FUNDS), {"1.3": None}),
    "emptied": (lambda d: [run.clear() for run in at(d, FUNDS).runs] and None, {"1.3": None}),
    "added under a unit": (
        insert(FIRST, "- Lập sổ theo dõi tiêm phòng của từng thôn, hoàn thành trước ngày 28/10/2023."),
        {"bs1": {"lead": NN, "due": date(2023, 10, 27)}},
    ),
    "added for another unit": (
        insert("3. Phòng Văn hóa", f"4. {NV} cử cán bộ tham gia đoàn kiểm tra, xong trước ngày 15/10/2023."),
        {"bs1": {"lead": NV, "due": date(2023, 10, 14)}},
    ),
    "bookmarks lost": (unmark, {}),
    "bookmarks lost, and moved": (both(unmark, move(FUNDS, FIRST)), {"1.3": {"lead": NN}}),
    "bookmarks lost, and reworded": (both(unmark, replace("đến từng thôn, khu dân cư", "đến từng hộ")), {"1.1": {"text": ...}}),
    "bookmarks lost, and a new day": (
        both(unmark, replace("16/10/2023", "12/10/2023")),
        {"1.1": {"internal_due": date(2023, 10, 12)}},
    ),
    "another closing formula": (replace("nghiêm túc triển khai thực hiện", "khẩn trương, nghiêm túc thực hiện"), {}),
}


def key_of(workspace: Workspace, place: str) -> str:
    """A duty by the order in which it stands in the source: "1.1" is the first one."""
    if place.startswith("bs"):
        return place
    return list(tasks(workspace, dropped=True))[int(place.split(".")[1]) - 1]


@pytest.mark.parametrize("name", CHANGES)
def test_the_ledger_follows_what_the_reviewer_did(name: str, workspace: Workspace, capsys) -> None:
    edit, expected = CHANGES[name]
    wanted = {key_of(workspace, place): fields for place, fields in expected.items()}
    before = tasks(workspace)
    path = review(draft(workspace), edit)
    bytes_before = path.read_bytes()
    assert finalize(path) == ExitCode.DONE, capsys.readouterr().err
    after = tasks(workspace)
    assert path.read_bytes() == bytes_before
    assert set(after) == {key for key in {*before, *wanted} if wanted.get(key, ...) is not None}
    for key, task in after.items():
        fields = wanted.get(key, {})
        for field in ("lead", "support", "due", "internal_due", "internal_rule", "text"):
            value = getattr(task, field)
            if field not in fields:
                assert key not in before or value == getattr(before[key], field), (key, field)
            elif fields[field] is ...:
                assert value != getattr(before[key], field)
            else:
                assert value == fields[field], (key, field)
    out = capsys.readouterr().out
    assert ("không đổi nhiệm vụ" in out) == (not expected)
    final = folder_of(workspace) / "ban-chot"
    assert {"cong-van.docx", "bang-theo-doi.xlsx", "lich.ics", PLAN_NAME, "thay-doi.json"} <= {p.name for p in final.iterdir()}
    assert {a.key for a in plan_of(final).mine} == set(after)


# --- not ready --------------------------------------------------------------------------------------------------------


def commented(document: Document) -> None:
    document.add_comment(at(document, FIRST).runs[1], "Đề nghị xem lại hạn.", author="Người duyệt")


def tracked(document: Document) -> None:
    run = at(document, FUNDS).runs[-1]._r
    mark = run.makeelement(qn("w:ins"), {qn("w:id"): "900", qn("w:author"): "Người duyệt"})
    run.addprevious(mark)
    mark.append(run)


OPEN = {
    "a gap": (lambda d: at(d, FUNDS).add_run(" Giao […………] theo dõi."), "W341", FUNDS),
    "a gap typed anew": (lambda d: at(d, FUNDS).add_run(" Giao [......] theo dõi."), "W341", FUNDS),
    "a comment": (commented, "W342", FIRST),
    "a tracked change": (tracked, "W343", FUNDS),
    "a unit that nobody knows": (replace(f"2. {TCKH}", "2. Phòng Chuyển đổi số"), "W344", "Phòng Chuyển đổi số"),
}


@pytest.mark.parametrize("name", OPEN)
def test_what_is_open_is_named_and_nothing_changes_until_forced(name: str, workspace: Workspace, capsys) -> None:
    edit, code, place = OPEN[name]
    path = review(draft(workspace), edit)
    before = tree(workspace.root)
    assert finalize(path) == ExitCode.SOME_REFUSED
    err = capsys.readouterr().err
    assert "E345" in err
    assert f"{code}: " in err
    assert place in err
    assert tree(workspace.root) == before
    assert finalize(path, "--force") == ExitCode.DONE
    out = capsys.readouterr().out
    assert f"{code}: " in out
    assert place in out
    assert (folder_of(workspace) / "ban-chot" / "cong-van.docx").is_file()


def test_own_number_and_day_stay_blank(workspace: Workspace) -> None:
    assert finalize(review(draft(workspace))) == ExitCode.DONE
    final = docx.Document(str(folder_of(workspace) / "ban-chot" / "cong-van.docx"))
    assert "Số:          /UBND-VP" in "\n".join(paragraph.text for paragraph in body(final))


def test_a_resolved_comment_is_no_open_one(workspace: Workspace) -> None:
    path = review(draft(workspace), commented)
    extended = (
        b'<w15:commentsEx xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml">'
        b'<w15:commentEx w15:paraId="00000001" w15:done="1"/></w15:commentsEx>'
    )
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    comments = parts["word/comments.xml"].decode()
    last = comments.rindex("<w:p>") if "<w:p>" in comments else comments.rindex("<w:p ")
    named = ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" w14:paraId="00000001"'
    parts["word/comments.xml"] = (comments[: last + 4] + named + comments[last + 4 :]).encode()
    parts["word/commentsExtended.xml"] = extended
    kind = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"
    relation = f'<Relationship Id="rId900" Type="{kind}" Target="commentsExtended.xml"/>'
    links = "word/_rels/document.xml.rels"
    parts[links] = parts[links].replace(b"</Relationships>", f"{relation}</Relationships>".encode())
    override = b'<Override PartName="/word/commentsExtended.xml" ContentType="application/xml"/></Types>'
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", override)
    with zipfile.ZipFile(path, "w") as package:
        for part, data in parts.items():
            package.writestr(part, data)
    assert finalize(path) == ExitCode.DONE
    with zipfile.ZipFile(folder_of(workspace) / "ban-chot" / "cong-van.docx") as package:
        assert not [part for part in package.namelist() if "comments" in part]


# --- the clean copy ---------------------------------------------------------------------------------------------------


def highlighted(document: Document) -> None:
    at(document, FIRST).runs[1].font.highlight_color = WD_COLOR_INDEX.YELLOW


def test_the_clean_copy_says_the_same_without_comments_and_highlights(workspace: Workspace) -> None:
    path = draft(workspace)
    document = docx.Document(str(path))
    highlighted(document)
    commented(document)
    document.save(str(path))
    assert finalize(path, "--force") == ExitCode.DONE
    copied = folder_of(workspace) / "ban-chot" / "cong-van.docx"
    with zipfile.ZipFile(copied) as package:
        assert package.testzip() is None
        everything = b"".join(package.read(name) for name in package.namelist())
    for word in (b"commentR", b"w:highlight", b"comments.xml", b"relationships/comments"):
        assert word not in everything
    assert [p.text for p in body(docx.Document(str(copied)))] == [p.text for p in body(document)]
    for sheet in copied.parent.glob("phieu-*.docx"):
        with zipfile.ZipFile(sheet) as package:
            assert not [name for name in package.namelist() if "comments" in name]
    assert broken_rules(copied.parent) == {}


def broken_rules(folder: Path) -> dict[str, list[str]]:
    """Breaches of Open XML in a folder's Word files and tables."""
    found = {path.name: faults(path.read_bytes()) for path in folder.iterdir() if path.suffix in (".docx", ".xlsx")}
    assert len(found) >= 3
    return {name: breaches for name, breaches in found.items() if breaches}


def test_what_the_reviewer_fills_in_goes_into_the_task_sheets(workspace: Workspace) -> None:
    path = draft(workspace, "")

    def fill(document: Document) -> None:
        runs = [run for paragraph in body(document) for run in paragraph.runs if run.text == "[…………]"]
        runs[0].text, runs[1].text = "1450/SLĐTBXH-BTXH", "29/9/2023"

    assert finalize(review(path, fill)) == ExitCode.DONE
    final = folder_of(workspace, "") / "ban-chot"
    sheet = docx.Document(str(next(final.glob("phieu-*.docx"))))
    text = "\n".join(paragraph.text for paragraph in body(sheet))
    assert "Công văn số 1450/SLĐTBXH-BTXH ngày 29/9/2023" in text
    assert "[…………]" not in text
    with zipfile.ZipFile(final / "cong-van.docx") as package:
        written = package.read("word/document.xml").decode()
    assert "CVGap" not in written


@pytest.mark.skipif(not SOFFICE, reason="LibreOffice is not installed")
def test_a_draft_that_libreoffice_saved(workspace: Workspace, tmp_path: Path) -> None:
    path = review(draft(workspace), replace("16/10/2023", "12/10/2023"))
    subprocess.run(  # noqa: S603 - our own file
        [SOFFICE, f"-env:UserInstallation={(tmp_path / 'user').as_uri()}", "--headless", "--convert-to", "docx:MS Word 2007 XML",
         "--outdir", str(tmp_path / "saved"), str(path)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    before = tasks(workspace)
    assert finalize(tmp_path / "saved" / "du-thao.docx", "--workspace", workspace.root) == ExitCode.DONE
    after = tasks(workspace)
    changed = {key for key, task in after.items() if task != before[key]}
    assert changed == {next(iter(before))}
    assert after[next(iter(before))].internal_due == date(2023, 10, 12)
    assert broken_rules(folder_of(workspace) / "ban-chot") == {}


# --- tables, fonts, names ---------------------------------------------------------------------------------------------


def choose(document: Document) -> None:
    """A lead in place of the gap, among the addressees, in the letter and in the appendix."""
    for run in [run for paragraph in body(document) for run in paragraph.runs if run.text in {"[…………]", "Đơn vị […………]"}]:
        run.text = NV


def drop_table(document: Document) -> None:
    element = document.tables[-1]._tbl
    element.getparent().remove(element)


APPENDIX = {
    "as the letter says": (choose, False),
    "of before": (both(choose, replace("1. Phòng Tài chính - Kế hoạch", f"1. {NV}")), True),
    "gone": (both(choose, drop_table), True),
    "with a row missing": (both(choose, lambda d: d.tables[-1]._tbl.remove(d.tables[-1].rows[2]._tr)), True),
}


@pytest.mark.parametrize("name", APPENDIX)
def test_the_table_in_the_appendix(name: str, workspace: Workspace, capsys) -> None:
    edit, told = APPENDIX[name]
    assert finalize(review(draft(workspace, "3105"), edit)) == ExitCode.DONE, capsys.readouterr().err
    assert ("W346" in capsys.readouterr().out) == told
    assert {task.lead for task in tasks(workspace, "3105").values()} >= {NV}


def test_a_broken_letterhead_and_pasted_words_in_another_font_are_told(workspace: Workspace, capsys) -> None:
    def edit(document: Document) -> None:
        element = document.tables[0]._tbl
        element.getparent().remove(element)
        at(document, FUNDS).add_run(" Bảo đảm đúng chế độ.").font.name = "Arial"

    assert finalize(review(draft(workspace), edit)) == ExitCode.DONE
    out = capsys.readouterr().out
    assert "W348" in out
    assert "N03" in out


def test_a_unit_that_is_no_more(workspace: Workspace, capsys) -> None:
    (profile,) = workspace.profile.glob("*.toml")
    text = profile.read_text("utf-8")
    place = text.index("[[units]]", 0)
    unit = text.index(f'name = "{TCKH}"')
    place = text.rindex("[[units]]", 0, unit)
    profile.write_text(text[:place] + text[place:].replace("[[units]]\n", "[[units]]\nvalid_to = 2023-10-04\n", 1), "utf-8")
    path = review(draft(workspace))
    assert finalize(path) == ExitCode.SOME_REFUSED
    assert "không còn hiệu lực" in capsys.readouterr().err
    assert finalize(path, today="2023-10-04") == ExitCode.DONE


def test_our_day_behind_the_superiors_is_told(workspace: Workspace, capsys) -> None:
    assert finalize(review(draft(workspace), replace("16/10/2023", "26/10/2023"))) == ExitCode.DONE
    assert "W347" in capsys.readouterr().out


# --- whose draft it is ------------------------------------------------------------------------------------------------


def test_a_renamed_and_moved_draft_finds_its_plan(workspace: Workspace, tmp_path: Path, capsys) -> None:
    moved = tmp_path / "elsewhere" / "CV lợn (đã duyệt).docx"
    moved.parent.mkdir()
    shutil.move(review(draft(workspace), replace("16/10/2023", "12/10/2023")), moved)
    assert finalize(moved) == ExitCode.USAGE
    assert "E343" in capsys.readouterr().err
    assert finalize(moved, "--workspace", workspace.root) == ExitCode.DONE
    assert next(iter(tasks(workspace).values())).internal_due == date(2023, 10, 12)


def strip_mark(path: Path) -> None:
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["docProps/custom.xml"] = parts["docProps/custom.xml"].replace(b"congvan-nguon", b"khac")
    with zipfile.ZipFile(path, "w") as package:
        for part, data in parts.items():
            package.writestr(part, data)


def test_a_draft_without_its_mark_is_known_by_its_folder_only(workspace: Workspace, tmp_path: Path, capsys) -> None:
    path = review(draft(workspace))
    strip_mark(path)
    away = shutil.copy(path, tmp_path / "a.docx")
    assert finalize(Path(away), "--workspace", workspace.root) == ExitCode.USAGE
    assert "E342" in capsys.readouterr().err
    assert finalize(path) == ExitCode.DONE


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4", b"PK\x03\x04cut"])
def test_what_is_no_draft_at_all(data: bytes, workspace: Workspace, capsys) -> None:
    path = folder_of(workspace) / "khac.docx"
    path.write_bytes(data)
    assert finalize(path) == ExitCode.USAGE
    assert "E342" in capsys.readouterr().err


def test_a_draft_of_another_workspace(workspace: Workspace, tmp_path: Path, capsys) -> None:
    other = tmp_path / "other"
    call("init", other, "--profile", SAMPLES / "profiles" / "huyen-2023.toml")
    assert finalize(draft(workspace), "--workspace", other) == ExitCode.USAGE
    call("run", other, "--today", DAY)
    assert finalize(draft(workspace), "--workspace", other) == ExitCode.USAGE
    assert capsys.readouterr().err.count("E344") == 2


def test_a_draft_that_was_drafted_again(workspace: Workspace, capsys) -> None:
    call("run", workspace.root, "--again", "huyen-cong-van-tinh.docx", "--today", "2023-10-06", "--form", "transmittal")
    older = min((path for path in workspace.drafts.iterdir() if "3716" in path.name), key=lambda path: len(path.name))
    capsys.readouterr()
    assert finalize(review(older / "du-thao.docx")) == ExitCode.USAGE
    assert "ban-2" in capsys.readouterr().err


@pytest.mark.parametrize("spoil", [lambda path: path.unlink(), lambda path: path.write_bytes(b"{}")])
def test_a_plan_that_is_gone_or_damaged(spoil, workspace: Workspace, capsys) -> None:
    spoil(folder_of(workspace) / PLAN_NAME)
    assert finalize(review(draft(workspace))) == ExitCode.SOME_REFUSED
    assert "E341" in capsys.readouterr().err


def test_a_draft_with_nothing_of_the_plan(workspace: Workspace, capsys) -> None:
    def edit(document: Document) -> None:
        for words in (FIRST, SECOND, FUNDS, "diễn biến dịch bệnh"):
            delete(words)(document)

    assert finalize(review(draft(workspace), edit)) == ExitCode.SOME_REFUSED
    assert "E347" in capsys.readouterr().err


# --- all or nothing, and once more ------------------------------------------------------------------------------------


def test_a_failing_rename_leaves_ledger_and_folder_as_they_were(workspace: Workspace, monkeypatch, capsys) -> None:
    path = review(draft(workspace), delete(FUNDS))
    before, listed = tasks(workspace), sorted(entry.name for entry in folder_of(workspace).iterdir())

    def full(_: Path, target: Path) -> None:
        raise OSError(28, "No space left on device", str(target))

    monkeypatch.setattr(Path, "rename", full)
    assert finalize(path) == ExitCode.OUTPUT
    assert "E240" in capsys.readouterr().err
    monkeypatch.undo()
    assert tasks(workspace) == before
    assert sorted(entry.name for entry in folder_of(workspace).iterdir()) == listed
    assert finalize(path) == ExitCode.DONE
    assert len(tasks(workspace)) == len(before) - 1


def test_the_same_again_writes_nothing_another_word_lies_beside(workspace: Workspace, capsys) -> None:
    path = review(draft(workspace))
    for _ in range(2):
        assert finalize(path) == ExitCode.DONE
    assert "I331" in capsys.readouterr().out
    review(path, insert(FIRST, "- Lập sổ theo dõi tiêm phòng, xong trước ngày 28/10/2023."))
    assert finalize(path) == ExitCode.DONE
    assert sorted(entry.name for entry in folder_of(workspace).iterdir() if entry.is_dir()) == ["ban-chot", "ban-chot-2"]
    assert call("verify", workspace.root) == ExitCode.DONE


def test_what_a_reviewer_moved_is_there_to_learn_from(workspace: Workspace) -> None:
    assert finalize(review(draft(workspace), replace(f"2. {TCKH}", f"2. {NV}"))) == ExitCode.DONE
    with open_ledger(workspace.state / LEDGER_NAME, dry_run=True) as ledger:
        found = gather(workspace, ledger)
    (moved,) = found.moves
    assert (moved.before, moved.seen.lead, found.unreadable) == ("tckh", "nv", ())
    assert moved.seen.text == next(task.text for task in tasks(workspace).values() if task.lead == NV)


def test_the_log_has_a_line_for_each_last_word_and_none_for_a_refused_one(workspace: Workspace) -> None:
    source = from_json((folder_of(workspace) / PLAN_NAME).read_bytes(), PLAN_NAME).source
    path = review(draft(workspace), insert(FIRST, "- Lập sổ theo dõi tiêm phòng, xong trước ngày 28/10/2023."))
    assert finalize(path) == ExitCode.DONE
    assert finalize(path, "--force") == ExitCode.DONE
    broken = review(draft(workspace), delete(FUNDS), insert(FIRST, "[…………]"))
    assert finalize(broken) == ExitCode.SOME_REFUSED
    lines = [json.loads(line) for log in (workspace.state / "nhat-ky").iterdir() for line in log.read_text("utf-8").splitlines()]
    told = [(line["sha256"], line["changes"], line["forced"]) for line in lines if line["event"] == "finalize"]
    assert told == [(source, 1, False), (source, 1, True)]


def test_what_was_done_stays_done_and_added_duties_keep_their_keys(workspace: Workspace) -> None:
    path = review(draft(workspace), insert(FIRST, "- Lập sổ theo dõi tiêm phòng, xong trước ngày 28/10/2023."))
    assert finalize(path) == ExitCode.DONE
    source = from_json((folder_of(workspace) / PLAN_NAME).read_bytes(), PLAN_NAME).source
    done = next(iter(tasks(workspace)))
    with open_ledger(workspace.state / LEDGER_NAME) as ledger:
        ledger.change_duties([(source, done), (source, "bs1")], lambda task: dataclasses.replace(task, state=State.DONE))
    review(path, insert(FIRST, "- Bố trí trực ban tại các chốt, xong trước ngày 20/10/2023."), delete(FUNDS))
    assert finalize(path) == ExitCode.DONE
    after = tasks(workspace, dropped=True)
    assert {key for key, task in after.items() if task.state is State.DONE} == {done, "bs1"}
    assert after["bs1"].text.startswith("Lập sổ")
    assert after["bs2"].text.startswith("Bố trí trực ban")
    assert [task.text[: len(FUNDS)] for task in after.values() if task.state is State.DROPPED] == [FUNDS]


def test_the_ledger_knows_each_file_of_the_last_word(workspace: Workspace) -> None:
    assert finalize(review(draft(workspace), move(FUNDS, FIRST))) == ExitCode.DONE
    folder = folder_of(workspace)
    source = from_json((folder / PLAN_NAME).read_bytes(), PLAN_NAME).source
    with open_ledger(workspace.state / LEDGER_NAME, dry_run=True) as ledger:
        known = {output.name: output.sha256 for output in ledger.outputs_of(source) if output.kind == "final"}
    assert known == {f"ban-chot/{p.name}": hashlib.sha256(p.read_bytes()).hexdigest() for p in (folder / "ban-chot").iterdir()}
    told = json.loads((folder / "ban-chot" / "thay-doi.json").read_bytes())
    assert [(one["before"], one["after"], one["chosen_by"]) for one in told["reassigned"]] == [(["tckh"], ["nn"], ["route.competence"])]


def test_every_duty_of_a_plan_has_a_bookmark_of_its_own(workspace: Workspace) -> None:
    keys = [a.key for a in plan_of(folder_of(workspace)).assignments]
    assert len({bookmark_of(key) for key in keys}) == len(keys)
