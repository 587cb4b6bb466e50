"""Urgent dispatches go first: by what a name or an envelope seems to say before anything is read, by the paper once it was read."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from edxml_messages import usual
from hypothesis import given
from hypothesis import strategies as st
from test_run import DAY, workspace

from pipeline.desk import Hooks
from pipeline.kept import Paper
from pipeline.outcome import Outcome, Status
from pipeline.precedence import urgent, urgent_first
from pipeline.report import summary
from pipeline.report import urgent_first as by_urgency
from pipeline.run import run
from pipeline.sandbox import Result
from pipeline.settings import Settings, Workspace
from pipeline.stages import Product
from pipeline.urgency import urgency_mark, urgency_rank

__all__ = ["workspace"]  # the fixture


def order(workspace, *names):
    paths = [workspace.inbox / name for name in names]
    return [path.relative_to(workspace.inbox).as_posix() for path in urgent_first(paths, workspace)]


@pytest.mark.parametrize(
    ("name", "urgent"),
    [
        ("Hoả tốc - CĐ 11.pdf", True),
        ("HỎA TỐC.docx", True),
        ("hoa-toc_11.pdf", True),
        ("12 hoatoc.pdf", True),
        ("cv thượng khẩn 45.pdf", True),
        ("thuong_khan-45.docx", True),
        ("khẩn-45.docx", True),
        ("45 (khan).docx", True),
        ("khẩn trương rà soát.docx", True),  # a wrong guess costs others a place in the queue, no more
        ("khangiả.pdf", False),
        ("hòa tộc.pdf", False),
        ("cv 45.pdf", False),
        (".pdf", False),
    ],
)
def test_what_a_name_hints_at(workspace, name, urgent):
    assert (order(workspace, "0.pdf", name) == [name, "0.pdf"]) is urgent


def test_the_higher_degree_goes_first_and_the_rest_stays_in_its_order(workspace):
    names = ["b.pdf", "c khan.pdf", "d thuong khan.pdf", "e hoa toc.pdf", "a.pdf", "f khan.pdf"]
    assert order(workspace, *names) == ["e hoa toc.pdf", "d thuong khan.pdf", "c khan.pdf", "f khan.pdf", "b.pdf", "a.pdf"]


@pytest.mark.parametrize(
    ("data", "urgent"),
    [
        (usual(priority="3"), True),
        (usual(priority=" 1 "), True),
        (usual(prefix="", namespace="", priority="2"), True),
        (usual(priority="3").decode().replace("utf-8", "utf-16").encode("utf-16"), True),
        (usual(priority="0"), False),
        (usual(priority="9"), False),
        (b"<Priority>3", False),
        (b"x" * 70_000 + usual(priority="3"), False),  # too far behind to be the header
        (b"", False),
    ],
)
def test_what_an_envelope_hints_at(workspace, data, urgent):
    (workspace.inbox / "b.edxml").write_bytes(data)
    assert (order(workspace, "a.pdf", "b.edxml", "b.pdf") == ["b.edxml", "b.pdf", "a.pdf"]) is urgent


def test_the_files_of_a_case_stay_together(workspace):
    (workspace.inbox / "b.pdf.edxml").write_bytes(usual(priority="3"))
    names = ["a.docx", "a.pdf", "b.docx", "b.pdf", "b.pdf.edxml", "hoả tốc/1.pdf", "hoả tốc/2.pdf", "sau/khẩn.pdf", "sau/phụ lục.pdf"]
    assert order(workspace, *names) == [*names[2:7], *names[7:], *names[:2]]
    paths = [workspace.inbox / name for name in names]
    assert urgent(paths, workspace) == set(paths[2:])


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes of this kind")
def test_what_is_no_regular_file_is_not_waited_for(workspace):
    os.mkfifo(workspace.inbox / "b.xml")
    (workspace.inbox / "c.xml").symlink_to(Path("/dev/zero"))
    assert order(workspace, "a.pdf", "b.xml", "c.xml", "d.xml") == ["a.pdf", "b.xml", "c.xml", "d.xml"]


@given(st.lists(st.text(st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1, max_size=30), unique=True))
def test_nothing_is_lost_and_nothing_added(names):
    paths = [Path("/ws/1-van-ban-den") / name for name in names]
    found = urgent_first(paths, Workspace(Path("/ws")))
    assert sorted(found) == sorted(paths)
    assert urgent_first(found, Workspace(Path("/ws"))) == found


# --- what was read ----------------------------------------------------------------------------------------------------


def read(job):
    """A worker for which the file's words are its urgency."""
    words = job.path.read_text("utf-8")
    return Result(Product(Status.NO_DUTY, job.name, ("", "", ""), (), (), (), Paper(urgency=words)))


def test_a_run_takes_what_looks_urgent_first_and_tells_what_is(workspace):
    for name, urgency in {"a.pdf": "", "b khẩn.pdf": "thuong-khan", "c.pdf": "hoa-toc", "d.pdf": "khan"}.items():
        (workspace.inbox / name).write_text(urgency, "utf-8")
    hooks = Hooks(choose=lambda place: urgent_first(tuple(sorted(place.inbox.iterdir())), place))
    outcomes = run(Settings(workspace, DAY), lambda *_: None, read, hooks)
    assert [(outcome.file, outcome.urgency) for outcome in outcomes] == [
        ("b khẩn.pdf", "thuong-khan"), ("a.pdf", ""), ("c.pdf", "hoa-toc"), ("d.pdf", "khan"),
    ]  # fmt: skip
    assert [outcome.file for outcome in by_urgency(outcomes)] == ["c.pdf", "b khẩn.pdf", "d.pdf", "a.pdf"]


def test_the_summary_shows_the_urgent_first():
    usual_one = Outcome("a.pdf", "0" * 64, Status.DRAFTED, None, (), (), "Công văn số 1")
    text = summary([usual_one, replace(usual_one, file="b.pdf", urgency="hoa-toc")], Path("/ws/2-du-thao"), dry_run=True)
    assert text.index("  - [HỎA TỐC] b.pdf: Công văn số 1") < text.index("  - a.pdf: Công văn số 1")


def test_degrees():
    assert sorted(["", "khan", "hoa-toc", "thuong-khan"], key=urgency_rank) == ["hoa-toc", "thuong-khan", "khan", ""]
    assert [urgency_mark(degree) for degree in ("khan", "", "?")] == ["[KHẨN] ", "", ""]
