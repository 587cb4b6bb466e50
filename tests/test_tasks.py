"""The open duties as a clerk sees them: what is late and urgent first, working days left; writing down what is done, and taking it back."""

import json
import os
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pipeline import cli
from pipeline.agenda import Late, chosen, open_duties
from pipeline.agenda_told import coloured, days, listing, plain
from pipeline.errors import ExitCode, NotInLedger, WrongDay
from pipeline.kept import FINAL, Delivered, Kept, Link, LinkKind, Paper, State, Task
from pipeline.ledger import Step
from pipeline.outcome import Outcome, Status
from pipeline.planning.workdays import WorkCalendar
from pipeline.progress import Done, find, reopened
from pipeline.registration import registered, standing, told
from pipeline.run import LEDGER_NAME

TUESDAY = date(2026, 3, 3)
CALENDAR = WorkCalendar()
SUPERIOR = ", hạn của cấp trên 10/03/2026"
MONTHLY = "FREQ=MONTHLY;BYMONTHDAY=15"


def put(ledger, letter, tasks, *, urgency="", day=TUESDAY, outputs=(), step=Step.DONE):
    sha = letter * 64
    made = Outcome(f"{letter}.pdf", sha, Status.DRAFTED, Path("/x/2-du-thao") / letter, tuple(outputs), (), f"Công văn số {letter}/UBND")
    ledger.begin(made, (f"{letter}/ubnd", "2026-03-02", "ubnd tỉnh"), day, Kept(Paper(urgency=urgency), tuple(tasks)))
    ledger.reach(sha, step)
    return sha


def duty(key="1", text="Rà soát hộ nghèo", lead="Phòng Kinh tế", **facts):
    return Task(key, text, lead, ("kt",) if lead else (), **facts)


def as_day(text):
    return date.fromisoformat(text) if text else None


def on(day, ledger):
    return open_duties(ledger, CALENDAR, day)


# --- how late, how many days ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("due", "internal", "today", "expected"),
    [
        ("2026-03-10", "2026-03-06", "2026-03-03", (Late.NO, 3, "hạn 06/03/2026, còn 3 ngày làm việc" + SUPERIOR)),
        ("2026-03-10", None, "2026-03-06", (Late.NO, 2, "hạn 10/03/2026, còn 2 ngày làm việc")),  # a weekend lies between
        ("2026-03-10", None, "2026-03-10", (Late.NO, 0, "hạn 10/03/2026, đến hạn")),
        ("2026-03-10", "2026-03-06", "2026-03-09", (Late.INTERNAL, -1, "quá hạn nội bộ 1 ngày làm việc (hạn 06/03/2026)" + SUPERIOR)),
        ("2026-03-10", "2026-03-06", "2026-03-12", (Late.SUPERIOR, -2, "quá hạn 2 ngày làm việc (hạn 10/03/2026)")),
        ("2026-03-06", None, "2026-03-07", (Late.SUPERIOR, 0, "quá hạn (hạn 06/03/2026)")),  # no working day has passed yet
        ("2026-04-29", None, "2026-05-05", (Late.SUPERIOR, -2, "quá hạn 2 ngày làm việc (hạn 29/04/2026)")),  # 30/4 and 01/5 are holidays
        (None, None, "2026-03-03", (Late.NO, None, "không có ngày hạn (thường xuyên)")),
    ],
)  # fmt: skip
def test_what_is_said_of_a_day(ledger, due, internal, today, expected):
    put(ledger, "a", [duty(due=as_day(due), internal_due=as_day(internal), deadline="" if due else "thường xuyên")])
    (found,) = on(as_day(today), ledger)
    assert (found.late, found.days_left, days(found)) == expected


def test_the_late_come_first_then_the_urgent_then_by_day(ledger):
    put(ledger, "a", [duty("1", due=date(2026, 3, 12)), duty("2", due=date(2026, 3, 2)), duty("3")])
    put(ledger, "b", [duty("1", due=date(2026, 5, 4)), duty("2", due=date(2026, 3, 5))], urgency="khan")
    put(ledger, "c", [duty("1"), duty("2", due=date(2026, 3, 2))], urgency="hoa-toc")
    assert [found.id for found in on(date(2026, 3, 4), ledger)] == [
        "2026-3-2", "2026-1-2", "2026-3-1", "2026-2-2", "2026-2-1", "2026-1-1", "2026-1-3",
    ]  # fmt: skip


def test_only_what_is_open_and_delivered_is_listed(ledger):
    put(ledger, "a", [duty("1"), duty("2", state=State.DONE), duty("3", state=State.DROPPED)])
    put(ledger, "b", [duty("1")], step=Step.DELIVERING)
    assert [found.id for found in on(TUESDAY, ledger)] == ["2026-1-1"]


@pytest.mark.parametrize(
    ("unit", "until", "keys"),
    [
        (None, None, "1 2 3"),
        ("phòng kinh TẾ", None, "1"),
        ("kt", None, "1"),
        ("văn phòng", None, "2"),
        ("chưa phân công", None, "3"),
        ("Phòng Nội vụ", None, ""),
        (None, date(2026, 3, 10), "1"),
        ("văn phòng", date(2026, 3, 10), ""),
    ],
)
def test_a_part_of_the_list(ledger, unit, until, keys):
    tasks = [duty("1", due=date(2026, 3, 10)), Task("2", "Báo cáo", "Văn phòng", ("vp",), due=date(2026, 3, 11)), duty("3", lead="")]
    put(ledger, "a", tasks)
    assert [found.task.key for found in chosen(on(TUESDAY, ledger), unit, until)] == keys.split()


def test_a_dispatch_that_was_replaced_says_so(ledger):
    put(ledger, "a", [duty()])
    put(ledger, "b", [])
    ledger.link(Link("b" * 64, "a" * 64, LinkKind.REPLACES, TUESDAY, "b.pdf"))
    ledger.link(Link("b" * 64, "a" * 64, LinkKind.SAME_DISPATCH, TUESDAY, "b.pdf"))
    (found,) = on(TUESDAY, ledger)
    assert found.ended_by == ("đã được thay thế bằng Công văn số b/UBND (số đến 2/2026)",)
    assert "Lưu ý: văn bản này đã được thay thế bằng" in listing([found], plain)


# --- done, and taken back ---------------------------------------------------------------------------------------------


def test_a_duty_is_done_once(ledger):
    sha = put(ledger, "a", [duty()])
    done = Done(date(2026, 3, 4), "Đã gửi Sở Nội vụ", "45/UBND-VP")
    (after,) = ledger.change_duties([(sha, "1")], lambda task: done.of(task, CALENDAR))
    assert (after.state, after.done_on, after.remark, after.reply) == (State.DONE, date(2026, 3, 4), "Đã gửi Sở Nội vụ", "45/UBND-VP")
    assert ledger.duties_of(sha) == (after,)
    assert Done(date(2026, 3, 5), "khác").of(after, CALENDAR) == after, "what was written down stays"
    back = reopened(after, CALENDAR)
    assert (back.state, back.done_on, back.done_due) == (State.OPEN, None, None)
    assert reopened(back, CALENDAR) == back


def test_a_recurring_duty_goes_on_with_its_next_turn():
    task = duty(due=date(2026, 3, 14), internal_due=date(2026, 3, 12), rule=MONTHLY)
    after = Done(date(2026, 3, 13)).of(task, CALENDAR)
    assert (after.state, after.due, after.done_on) == (State.OPEN, date(2026, 4, 14), date(2026, 3, 13))
    assert after.internal_due == date(2026, 4, 10), "two working days ahead, as before"
    assert reopened(after, CALENDAR) == task
    late = Done(date(2026, 6, 1)).of(task, CALENDAR)
    assert late.due == date(2026, 4, 14), "the turns that were missed are still owed"
    over = Done(date(2026, 3, 13)).of(replace(task, rule="FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=13"), CALENDAR)
    assert over.state is State.DONE, "a rule that never comes round again ends"


@pytest.mark.parametrize(
    ("rule", "due", "following"),
    [
        ("FREQ=MONTHLY;BYMONTHDAY=15", "2026-03-15", "2026-04-15"),
        ("FREQ=MONTHLY;BYMONTHDAY=15", "2026-03-14", "2026-04-14"),  # "trước ngày 15 hằng tháng"
        ("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=1", "2026-03-31", "2026-06-30"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "2026-01-31", "2026-02-28"),
        ("FREQ=WEEKLY;BYDAY=FR", "2026-03-05", "2026-03-12"),
        ("FREQ=DAILY", "2026-03-05", "2026-03-06"),
        ("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15", "2026-12-14", "2027-12-14"),
    ],
)
def test_the_turn_that_follows(rule, due, following):
    assert Done(as_day(due)).of(duty(due=as_day(due), rule=rule), CALENDAR).due == as_day(following)


@pytest.mark.parametrize("name", ["2026-1-9", "2026-2-1", "2025-1-1", "1/2026", "1", "", "2026-1-3"])
def test_an_id_that_names_no_duty(ledger, name):
    put(ledger, "a", [duty("1"), duty("1.2.a"), duty("3", state=State.DROPPED)])
    assert [named.task.key for named in find(ledger, ["2026-1-1", "2026-1-1.2.a", "2026-1-1"])] == ["1", "1.2.a"]
    with pytest.raises(NotInLedger, match="2026-15-1"):
        find(ledger, [name])


@pytest.mark.parametrize(("day", "right"), [("2026-03-03", True), ("2026-03-05", True), ("2026-03-06", False), ("2026-03-02", False)])
def test_a_day_on_which_it_can_have_been_done(ledger, day, right):
    put(ledger, "a", [duty()])
    duties = find(ledger, ["2026-1-1"])
    check = lambda: Done(date.fromisoformat(day)).check(duties, date(2026, 3, 5))  # noqa: E731 - called once or caught
    if right:
        check()
    else:
        with pytest.raises(WrongDay):
            check()


# --- the day's registration -------------------------------------------------------------------------------------------


def at(day):
    return datetime.combine(day, datetime.min.time(), UTC)


def test_where_registration_stands(workspace, ledger):
    for letter in "abcd":
        put(ledger, letter, [duty()])
    put(ledger, "e", [duty()], day=date(2026, 3, 5))
    put(ledger, "f", [], day=date(2026, 3, 6))
    put(ledger, "9", [duty()], day=date(2026, 3, 6))
    (workspace.refused / "hỏng.pdf").write_text("x")
    (workspace.refused / "hỏng.pdf.ly-do.txt").write_text("x")
    found = standing(workspace, ledger, CALENDAR, at(date(2026, 3, 6)))
    assert registered(found) == "Hôm nay đã đăng ký 2 văn bản đến: số đến 6–7."
    assert found.refused == ("hỏng.pdf",)
    assert [entry.sha256[0] for entry in found.kept_back] == ["a", "b", "c", "d"], "the next working day is in time"
    assert [problem.code for problem in told(found)] == ["W418", "I415"]
    assert registered(standing(workspace, ledger, CALENDAR, at(date(2026, 3, 8)))) == "Hôm nay chưa đăng ký văn bản đến nào."


def test_a_file_that_lies_in_the_inbox_since_yesterday(workspace, ledger):
    (workspace.inbox / "đến.pdf").write_text("x")
    os.utime(workspace.inbox / "đến.pdf", (0, 0))  # a copy keeps the time of its content
    since = datetime.fromtimestamp((workspace.inbox / "đến.pdf").stat().st_ctime, UTC).date()
    assert standing(workspace, ledger, CALENDAR, at(since)).unregistered == ()
    found = standing(workspace, ledger, CALENDAR, at(since.replace(year=since.year + 1, day=1)))
    assert found.unregistered == (("đến.pdf", since),)
    (problem,) = told(found)
    assert (problem.code, "đến.pdf" in problem.where) == ("W417", True)


@pytest.mark.parametrize(
    ("urgency", "outputs", "expected"),
    [
        ("", (), (date(2026, 3, 4), False)),  # the next working day
        ("", (), (date(2026, 3, 5), True)),
        ("hoa-toc", (), (TUESDAY, False)),  # it was registered a moment ago
        ("hoa-toc", (), (date(2026, 3, 4), True)),
        ("hoa-toc", ((FINAL, "ban-chot/cong-van.docx"),), (date(2026, 3, 4), False)),
        ("", ((FINAL, "ban-chot/cong-van.docx"),), (date(2026, 4, 4), False)),
    ],
)
def test_which_dispatches_were_kept_back(workspace, ledger, urgency, outputs, expected):
    today, kept_back = expected
    sha = put(ledger, "a", [duty()], urgency=urgency)
    for kind, name in outputs:
        with ledger.last_word(sha, ledger.duties_of(sha)) as record:
            record(Delivered(kind, name, ""))
    assert bool(standing(workspace, ledger, CALENDAR, at(today)).kept_back) is kept_back


# --- the verb ---------------------------------------------------------------------------------------------------------


def call(*arguments):
    return cli.main([str(argument) for argument in arguments])


@pytest.fixture
def filled(workspace, ledger):
    put(ledger, "a", [duty(due=date(2026, 3, 5)), duty("2", "Báo cáo hằng tháng", due=date(2026, 3, 14), rule=MONTHLY)], urgency="khan")
    put(ledger, "b", [duty(due=date(2026, 3, 20))])
    return workspace.root


def test_the_verb_lists_writes_and_takes_back(filled, capsys):
    assert call("tasks", filled, "--today", "2026-03-10") == ExitCode.DONE
    shown = capsys.readouterr()
    assert "QUÁ HẠN (1 việc)\n  2026-1-1  [KHẨN] quá hạn 3 ngày làm việc (hạn 05/03/2026)" in shown.out
    assert shown.out.index("ĐANG THỰC HIỆN (2 việc)") < shown.out.index("2026-1-2") < shown.out.index("2026-2-1")
    assert "\033" not in shown.out, "no colour but on a terminal"
    assert "I415" in shown.err
    done = ("--done", "2026-1-1", "2026-1-2", "--on", "2026-03-09", "--note", "Đã gửi", "--reply", "45/UBND-VP", "--today", "2026-03-10")
    assert call("tasks", filled, *done) == ExitCode.DONE
    said = capsys.readouterr().out
    assert "Đã ghi xong ngày 09/03/2026: 2026-1-1" in said
    assert "Đã ghi xong kỳ này ngày 09/03/2026, kỳ sau hạn 14/04/2026: 2026-1-2" in said
    assert call("tasks", filled, "--done", "2026-1-1", "--today", "2026-03-10") == ExitCode.DONE
    assert "I414" in capsys.readouterr().err
    assert call("tasks", filled, "--json", "--today", "2026-03-10") == ExitCode.DONE
    assert [json.loads(line)["id"] for line in capsys.readouterr().out.splitlines()] == ["2026-1-2", "2026-2-1"]
    assert call("tasks", filled, "--reopen", "2026-1-1", "--today", "2026-03-10") == ExitCode.DONE
    assert call("tasks", filled, "--until", "2026-03-10", "--json", "--today", "2026-03-10") == ExitCode.DONE
    (line,) = [json.loads(line) for line in capsys.readouterr().out.splitlines() if line.startswith("{")]
    assert (line["id"], line["late"], line["days_left"], line["urgency"], line["remark"]) == ("2026-1-1", "superior", -3, "khan", "Đã gửi")


def test_the_log_tells_who_wrote_it_down_and_nothing_of_the_words(filled):
    call("tasks", filled, "--done", "2026-1-1", "2026-1-2", "--note", "việc riêng", "--today", "2026-03-10")
    call("tasks", filled, "--done", "2026-1-1", "--today", "2026-03-10")
    call("tasks", filled, "--reopen", "2026-1-1", "--today", "2026-03-10")
    (log,) = (filled / ".congvan" / "nhat-ky").iterdir()
    lines = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    assert [(line["event"], line["sha256"], line["duty"], line["day"]) for line in lines] == [
        ("tasks --done", "a" * 64, "1", "2026-03-10"),
        ("tasks --done", "a" * 64, "2", "2026-03-10"),
        ("tasks --reopen", "a" * 64, "1", None),
    ]
    assert "riêng" not in log.read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--done", "2026-9-9"), "E261"),
        (("--done", "2026-1-1", "2026-9-9"), "E261"),
        (("--done", "2026-1-1", "--on", "2027-01-01"), "E252"),
        (("--done", "2026-1-1", "--reopen", "2026-1-2"), "E201"),
        (("--note", "x"), "E201"),
        (("--until", "mai"), "E201"),
    ],
)
def test_what_is_refused_changes_nothing(filled, capsys, arguments, code):
    before = (filled / ".congvan" / LEDGER_NAME).read_bytes()
    assert call("tasks", filled, "--today", "2026-03-10", *arguments) == ExitCode.USAGE
    assert code in capsys.readouterr().err
    assert (filled / ".congvan" / LEDGER_NAME).read_bytes() == before


def test_a_profile_that_cannot_be_used_hides_no_duty(filled, capsys):
    for path in (filled / "0-ho-so-co-quan").iterdir():
        path.unlink()
    assert call("tasks", filled, "--today", "2026-03-10") == ExitCode.DONE
    shown = capsys.readouterr()
    assert "2026-1-1" in shown.out
    assert "W416" in shown.err


def test_an_empty_workspace(workspace, capsys):
    assert call("tasks", workspace.root) == ExitCode.DONE
    assert "Không có nhiệm vụ nào chưa xong." in capsys.readouterr().out
    assert call("tasks", workspace.root / "không có") == ExitCode.USAGE


def test_colour_is_for_a_terminal_that_wants_it(filled, capsys, monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    call("tasks", filled, "--today", "2026-03-10")
    shown = capsys.readouterr().out
    assert "\033[31;1mquá hạn 3 ngày làm việc" in shown
    monkeypatch.setenv("NO_COLOR", "1")
    call("tasks", filled, "--today", "2026-03-10")
    assert capsys.readouterr().out == re.sub(r"\033\[[\d;]*m", "", shown)
    assert coloured("", "lời") == "lời"
