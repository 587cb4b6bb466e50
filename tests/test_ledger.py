"""The ledger: what became of which bytes, and how far a file had come when a run was cut off."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pipeline.errors import OutputNotWritable
from pipeline.kept import Arrival, Delivered, Kept, Link, LinkKind, Paper, State, Task
from pipeline.ledger import SCHEMA_VERSION, Step, open_ledger
from pipeline.ledger.drafts import carried
from pipeline.ledger.matching import meant
from pipeline.outcome import Outcome, Status

DAY = date(2026, 3, 3)
IDENTITY = ("12/ubnd-vp", "2026-03-02", "ubnd tỉnh")


def outcome(sha="a" * 64, folder="cv-12", status=Status.DRAFTED):
    outputs = (("dispatch", "du-thao.docx"), ("task_sheet", "phieu.docx"))
    return Outcome("tệp.pdf", sha, status, Path("/x/2-du-thao") / folder, outputs, (), "Công văn số 12")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "so.sqlite"


def test_a_file_is_found_again_by_its_bytes_and_by_its_identity(path):
    with open_ledger(path) as ledger:
        ledger.begin(outcome(), IDENTITY, DAY)
    with open_ledger(path) as ledger:
        entry = ledger.by_bytes("a" * 64)
        assert entry == ledger.by_identity(IDENTITY)
        assert (entry.name, entry.status, entry.title) == ("tệp.pdf", Status.DRAFTED, "Công văn số 12")
        assert entry.folder == "cv-12", "the workspace may be moved: no absolute path"
        assert entry.outputs == outcome().outputs
        assert ledger.by_bytes("b" * 64) is None


@pytest.mark.parametrize("identity", [("", "", ""), ("12/ubnd-vp", "", "ubnd tỉnh"), ("13/ubnd-vp", "2026-03-02", "ubnd tỉnh")])
def test_what_is_not_known_whole_identifies_nothing(path, identity):
    with open_ledger(path) as ledger:
        ledger.begin(outcome(), IDENTITY, DAY)
        ledger.begin(outcome("c" * 64), ("", "", ""), DAY)
        assert ledger.by_identity(identity) is None


def test_the_first_paper_of_an_identity_counts(path):
    with open_ledger(path) as ledger:
        ledger.begin(outcome("f" * 64), IDENTITY, DAY)
        ledger.begin(outcome("a" * 64), IDENTITY, DAY)
        assert ledger.by_identity(IDENTITY).sha256 == "f" * 64


def test_steps(path):
    sha = "a" * 64
    with open_ledger(path) as ledger:
        ledger.begin(outcome(sha), IDENTITY, DAY)
        assert [entry.step for entry in ledger.unfinished()] == [Step.DELIVERING]
        ledger.reach(sha, Step.ARCHIVING)
        assert [entry.step for entry in ledger.unfinished()] == [Step.ARCHIVING]
        ledger.reach(sha, Step.DONE)
        assert ledger.unfinished() == ()
        assert ledger.by_bytes(sha).step is Step.DONE
        ledger.forget(sha)
        assert ledger.by_bytes(sha) is None


def test_the_same_bytes_are_written_down_once(path):
    with open_ledger(path) as ledger:
        ledger.begin(outcome(), IDENTITY, DAY)
    with pytest.raises(OutputNotWritable), open_ledger(path) as ledger:
        ledger.begin(outcome(), IDENTITY, DAY)


def test_a_dry_run_sees_the_ledger_and_leaves_it(path):
    with open_ledger(path, dry_run=True) as ledger:
        ledger.begin(outcome(), IDENTITY, DAY)
    assert not path.exists()
    with open_ledger(path) as ledger:
        ledger.begin(outcome(), IDENTITY, DAY)
    before = path.read_bytes()
    with open_ledger(path, dry_run=True) as ledger:
        assert ledger.by_bytes("a" * 64)
        ledger.forget("a" * 64)
    assert path.read_bytes() == before


def test_a_damaged_ledger_ends_the_run_with_its_place(path):
    path.write_bytes(b"not a database " * 100)
    with pytest.raises(OutputNotWritable, match=r"so\.sqlite"), open_ledger(path):
        pass


def test_a_ledger_of_a_newer_version_is_not_touched(path):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(OutputNotWritable, match="phiên bản mới hơn"), open_ledger(path):
        pass


@pytest.mark.parametrize("name", ["Robert'); DROP TABLE files;--.pdf", "tệp\ufffd.pdf", ""])
def test_names_are_data(path, name):
    with open_ledger(path) as ledger:
        ledger.begin(Outcome(name, "a" * 64, Status.NO_DUTY), ("", "", ""), DAY)
        assert ledger.by_bytes("a" * 64).name == name


# Numbers of arrival (NĐ 30/2020 Điều 22): one series a year, given once, never to another file


def numbers(ledger):
    return {entry.sha256[0]: (entry.arrival.year, entry.arrival.number) for entry in ledger.entries()}


def test_numbers_run_through_a_year_and_begin_again_with_the_next(path):
    with open_ledger(path) as ledger:
        for sha, day in (("a", DAY), ("b", DAY), ("c", date(2027, 1, 4)), ("d", date(2026, 12, 31))):
            ledger.begin(outcome(sha * 64), ("", "", ""), day)
        assert numbers(ledger) == {"a": (2026, 1), "b": (2026, 2), "c": (2027, 1), "d": (2026, 3)}
        assert ledger.by_bytes("c" * 64).arrival.day == date(2027, 1, 4)


def test_a_file_struck_out_keeps_its_number_for_itself(path):
    with open_ledger(path) as ledger:
        ledger.begin(outcome("a" * 64), IDENTITY, DAY)
        ledger.forget("a" * 64)
        ledger.begin(outcome("b" * 64), IDENTITY, DAY)
        ledger.begin(outcome("a" * 64), IDENTITY, date(2026, 3, 9))
        assert numbers(ledger) == {"a": (2026, 1), "b": (2026, 2)}
        assert ledger.by_bytes("a" * 64).arrival == Arrival(2026, 1, DAY), "the day of the first arrival"


@pytest.mark.parametrize(("start", "taken", "number"), [(120, True, 120), (2, True, 2), (1, False, 2), (0, False, 2)])
def test_the_clerk_says_where_the_series_goes_on_and_repeats_none(path, start, taken, number):
    with open_ledger(path) as ledger:
        ledger.begin(outcome("a" * 64), ("", "", ""), DAY)
        assert ledger.start_numbers(2026, start) is taken
        ledger.begin(outcome("b" * 64), ("", "", ""), DAY)
        assert numbers(ledger)["b"] == (2026, number)
        assert ledger.next_number(2026) == number + 1
        assert ledger.next_number(2027) == 1


# Papers, duties, files of drafts


PAPER = Paper("Công văn", "12/UBND-VP", date(2026, 3, 2), "UBND tỉnh", "rà soát hộ nghèo", "khan")
TASKS = (
    Task("1.1", "Rà soát hộ nghèo", "Phòng Kinh tế", ("kt",), ("Văn phòng",), "trước ngày 15/3/2026", date(2026, 3, 14), date(2026, 3, 11)),
    Task("1.2", "Báo cáo", rule="FREQ=MONTHLY;BYMONTHDAY=15", internal_rule="FREQ=MONTHLY;BYMONTHDAY=10"),
)
KEPT = Kept(PAPER, TASKS, (), {"du-thao.docx": "1" * 64, "phieu.docx": "2" * 64})


def test_what_is_kept_of_a_dispatch_is_given_back(path):
    with open_ledger(path) as ledger:
        ledger.begin(outcome(), IDENTITY, DAY, KEPT)
    with open_ledger(path) as ledger:
        assert ledger.paper_of("a" * 64) == PAPER
        assert ledger.duties_of("a" * 64) == TASKS
        assert ledger.outputs_of("a" * 64) == (
            Delivered("dispatch", "du-thao.docx", "1" * 64),
            Delivered("task_sheet", "phieu.docx", "2" * 64),
        )
        assert ledger.by_folder("cv-12") == ledger.by_bytes("a" * 64)
        assert (ledger.by_folder("cv-13"), ledger.paper_of("b" * 64), ledger.duties_of("b" * 64)) == (None, Paper(), ())


def test_the_reviewers_duties_stand_for_the_drafted_ones(path):
    moved = Task("1.2", "Báo cáo kết quả", "Văn phòng", ("vp",), due=date(2026, 3, 20))
    added = Task("r1", "Công khai kết quả", "Văn phòng", ("vp",))
    with open_ledger(path) as ledger:
        ledger.begin(outcome(), IDENTITY, DAY, KEPT)
        ledger.change_duties([("a" * 64, "1.2")], lambda task: replace(task, state=State.DONE, done_on=date(2026, 3, 5), remark="Đã gửi"))
        with ledger.last_word("a" * 64, (added, moved)):
            pass
        assert [task.key for task in ledger.duties_of("a" * 64)] == ["r1", "1.2"]
        told = {task.key: (task.text, task.state, task.done_on) for task in ledger.duties_of("a" * 64, dropped=True)}
        assert told == {
            "r1": ("Công khai kết quả", State.OPEN, None),
            "1.2": ("Báo cáo kết quả", State.DONE, date(2026, 3, 5)),
            "1.1": ("Rà soát hộ nghèo", State.DROPPED, None),
        }
        with ledger.last_word("a" * 64, TASKS):
            pass
        assert [task.state for task in ledger.duties_of("a" * 64)] == [State.OPEN, State.DONE], "a duty taken back is open again"
        assert [task.remark for task in ledger.duties_of("a" * 64)] == ["", "Đã gửi"]


def test_duties_change_together_or_not_at_all(path):
    places = [("a" * 64, "1.2"), ("a" * 64, "9")]
    with open_ledger(path) as ledger:
        ledger.begin(outcome(), IDENTITY, DAY, KEPT)
        with pytest.raises(KeyError):
            ledger.change_duties(places, lambda task: replace(task, state=State.DONE))
        assert ledger.duties_of("a" * 64) == TASKS
        with pytest.raises(KeyError):
            ledger.change_duties([("b" * 64, "1.2")], lambda task: task)


TURN = Task(
    "1",
    "Báo cáo hằng tháng",
    due=date(2026, 4, 14),
    rule="FREQ=MONTHLY;BYMONTHDAY=14",
    done_on=DAY,
    done_due=date(2026, 3, 14),
    remark="Đã gửi",
)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (replace(TURN, state=State.DONE), replace(TURN, state=State.DONE, due=date(2026, 3, 14))),
        (TURN, TURN),  # a recurring duty goes on at its next turn
        (replace(TURN, rule="FREQ=WEEKLY;BYDAY=FR"), Task("1", TURN.text, due=date(2026, 3, 14), rule=TURN.rule, remark="Đã gửi")),
        (replace(TURN, state=State.DROPPED), Task("1", TURN.text, due=date(2026, 3, 14), rule=TURN.rule)),
    ],
)
def test_what_a_new_version_takes_over(before, after):
    assert carried(Task("1", TURN.text, due=date(2026, 3, 14), rule=TURN.rule), before) == after


def test_a_file_put_beside_the_drafts_is_written_down(path):
    with open_ledger(path) as ledger:
        ledger.begin(outcome(), IDENTITY, DAY, KEPT)
        with ledger.last_word("a" * 64, TASKS) as put:
            put(Delivered("clean", "ban-sach.docx", "3" * 64))
            put(Delivered("task_sheet", "phieu.docx", "4" * 64))
        assert {o.name: o.sha256[0] for o in ledger.outputs_of("a" * 64)} == {"du-thao.docx": "1", "ban-sach.docx": "3", "phieu.docx": "4"}


def test_links_are_written_once(path):
    link = Link("b" * 64, "a" * 64, LinkKind.SAME_DISPATCH, DAY, "b.pdf")
    with open_ledger(path) as ledger:
        ledger.link(link)
        ledger.link(link)
        assert ledger.links() == (link,)


def test_nothing_is_half_written(path):
    """The last of the rows cannot be written: none of the others is there."""
    twice = Kept(PAPER, (TASKS[0], TASKS[0]))
    with pytest.raises(OutputNotWritable), open_ledger(path) as ledger:
        ledger.begin(outcome(), IDENTITY, DAY, twice)
    with open_ledger(path) as ledger:
        assert ledger.entries() == ()
        assert ledger.next_number(2026) == 1


# A ledger of the first version


FIRST = """
CREATE TABLE files (
    sha256 TEXT PRIMARY KEY, name TEXT NOT NULL, step TEXT NOT NULL, status TEXT NOT NULL, folder TEXT NOT NULL, title TEXT NOT NULL,
    reference TEXT NOT NULL, dated TEXT NOT NULL, issuer TEXT NOT NULL, received TEXT NOT NULL, outputs TEXT NOT NULL
);
CREATE INDEX files_identity ON files (reference, dated, issuer);
PRAGMA user_version = 1;
"""
TITLE = "Công văn số 12/UBND-VP ngày 02/03/2026 của UBND tỉnh Hải Hà"


def first_version(path, rows):
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(FIRST)
        connection.executemany("INSERT INTO files VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
        connection.commit()


def row(sha, title=TITLE, received="2026-03-03", step="done", name="a.pdf"):
    return (sha * 64, name, step, "drafted", "cv-12", title, *IDENTITY, received, '[["dispatch","du-thao.docx"],["task_sheet","p.docx"]]')


def test_a_ledger_of_the_first_version_is_taken_over(path):
    first_version(
        path, [row("b", received="2026-03-04"), row("a"), row("c", "Văn bản chưa có số", "2025-12-30"), row("d", step="delivering")]
    )
    with open_ledger(path) as ledger:
        assert numbers(ledger) == {"a": (2026, 1), "d": (2026, 2), "b": (2026, 3), "c": (2025, 1)}
        assert ledger.paper_of("a" * 64) == Paper("Công văn", "12/UBND-VP", date(2026, 3, 2), "UBND tỉnh Hải Hà")
        assert ledger.paper_of("c" * 64) == Paper("Văn bản", "", date(2026, 3, 2), "")
        entry = ledger.by_bytes("a" * 64)
        assert (entry.folder, entry.title, entry.version) == ("cv-12", TITLE, 1)
        assert entry.outputs == (("dispatch", "du-thao.docx"), ("task_sheet", "p.docx"))
        assert {o.sha256 for o in ledger.outputs_of("a" * 64)} == {""}, "what it did not write down is not known"
        assert [left.sha256[0] for left in ledger.unfinished()] == ["d"]
        assert ledger.by_identity(IDENTITY).sha256[0] == "b", "the first written down, as before"
        ledger.begin(outcome("e" * 64), ("", "", ""), date(2026, 3, 5), KEPT)
        assert ledger.duties_of("e" * 64) == TASKS
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)


def test_a_ledger_of_the_second_version_is_taken_over(path):
    with open_ledger(path) as ledger:
        ledger.begin(outcome(), IDENTITY, DAY, KEPT)
    with closing(sqlite3.connect(path)) as connection:
        for column in ("done_due", "remark", "reply"):
            connection.execute(f"ALTER TABLE duties DROP COLUMN {column}")
        connection.execute("PRAGMA user_version = 2")
    with open_ledger(path) as ledger:
        assert ledger.duties_of("a" * 64) == TASKS
        ledger.change_duties([("a" * 64, "1.2")], lambda task: replace(task, reply="45/UBND-VP"))
    with open_ledger(path) as ledger:
        assert [task.reply for task in ledger.duties_of("a" * 64)] == ["", "45/UBND-VP"]


def test_a_dry_run_takes_it_over_in_memory_only(path):
    first_version(path, [row("a")])
    before = path.read_bytes()
    with open_ledger(path, dry_run=True) as ledger:
        assert numbers(ledger) == {"a": (2026, 1)}
    assert path.read_bytes() == before


def test_taking_over_is_all_or_nothing(path):
    first_version(path, [row("a"), ("b" * 64, *row("b")[1:10], "no JSON")])
    before = dump(path)
    with pytest.raises(ValueError), open_ledger(path):
        pass
    assert dump(path) == before


def dump(path):
    with closing(sqlite3.connect(path)) as connection:
        return (connection.execute("PRAGMA user_version").fetchone(), list(connection.iterdump()))


# What a citation means


@pytest.mark.parametrize(
    ("day", "stated", "own", "candidates", "found"),
    [
        (date(2026, 3, 2), "", "UBND tỉnh Hải Hà", ["2026-03-02 ubnd tỉnh hải hà"], 0),
        (date(2026, 3, 2), "UBND tỉnh", "Sở Nội vụ", ["2026-03-02 ủy ban nhân dân tỉnh hải hà"], 0),
        (None, "", "Sở Nội vụ", ["2026-03-02 sở nội vụ"], 0),
        (None, "", "Sở Nội vụ", ["2026-03-02 sở y tế", "2026-03-02 sở nội vụ"], 1),
        (date(2026, 3, 2), "", "Sở Nội vụ", ["2025-03-02 sở nội vụ", "2026-03-02 sở nội vụ"], 1),
        (date(2026, 3, 2), "", "Sở Nội vụ", ["2026-03-01 sở nội vụ"], None),
        (None, "", "Sở Nội vụ", ["2025-03-02 sở nội vụ", "2026-03-02 sở nội vụ"], None),
        (None, "Sở Y tế", "Sở Nội vụ", ["2026-03-02 sở nội vụ"], None),
        (None, "", "", ["2026-03-02 sở nội vụ"], None),
        (None, "UBND xã An", "", ["2026-03-02 ubnd xã an bình"], 0),
        (None, "UBND xã An", "", ["2026-03-02 ubnd xã anh dũng"], None),
    ],
)
def test_which_dispatch_a_citation_means(day, stated, own, candidates, found):
    known = [(place, ("1/cv", *candidate.split(" ", 1))) for place, candidate in enumerate(candidates)]
    assert meant(day, known, (stated, own)) == found
