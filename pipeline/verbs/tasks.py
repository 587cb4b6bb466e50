"""The verb "tasks": our open duties, the late and the urgent first; and writing down that one is done."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.arguments import VerbParsers, day
from pipeline.errors import ExitCode, UsageError
from pipeline.verbs.witness import log, warn

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.agenda import OpenDuty
    from pipeline.audit import Audit
    from pipeline.kept import Task
    from pipeline.ledger import Ledger
    from pipeline.planning.workdays import WorkCalendar
    from pipeline.progress import Named
    from pipeline.registration import Standing
    from pipeline.settings import Workspace


def add(verbs: VerbParsers) -> None:
    """Declare the arguments."""
    verb = verbs.add_parser(
        "tasks",
        help="xem nhiệm vụ đang theo dõi, ghi nhiệm vụ đã xong",
        description="In các nhiệm vụ chưa xong trong sổ theo dõi: việc quá hạn trước (chữ đỏ trên màn hình), rồi theo độ khẩn và hạn, kèm\n"
        "số ngày làm việc còn lại; sau đó là tình hình đăng ký văn bản đến. Với --done hoặc --reopen thì ghi vào sổ, không in danh sách.",
    )
    verb.add_argument("dir", metavar="THƯ_MỤC", type=Path, help="thư mục làm việc")
    verb.add_argument("--unit", metavar="ĐƠN_VỊ", help="chỉ việc của một đơn vị chủ trì: một phần tên, hoặc mã trong hồ sơ cơ quan")
    verb.add_argument("--until", metavar="NGÀY", type=day, help="chỉ việc có hạn đến hết ngày này, dạng 2026-03-09")
    verb.add_argument("--today", metavar="NGÀY", type=day, help="xem như hôm nay là ngày này")
    verb.add_argument("--json", action="store_true", help="in dạng JSON, mỗi dòng một nhiệm vụ")
    verb.add_argument("--done", metavar="MÃ", nargs="+", default=(), help="ghi các nhiệm vụ này là đã xong, ví dụ 2026-15-1.2")
    verb.add_argument("--on", metavar="NGÀY", type=day, help="ngày hoàn thành, đi với --done (mặc định: hôm nay)")
    verb.add_argument("--note", metavar="LỜI", default="", help="ghi chú về kết quả, đi với --done")
    verb.add_argument("--reply", metavar="SỐ_KÝ_HIỆU", default="", help="số, ký hiệu văn bản trả lời, đi với --done")
    verb.add_argument("--reopen", metavar="MÃ", nargs="+", default=(), help="bỏ ghi đã xong, khi ghi nhầm")


def run(options: argparse.Namespace) -> int:
    """Print the open duties, or write down what became of some.

    Raises:
        CongvanError: the folders are not there, the ledger cannot be opened, a duty or a day is wrong.
    """
    from pipeline.agenda import LAW_ONLY, calendar_of
    from pipeline.inbox import check_workspace
    from pipeline.planning.workdays import WorkCalendar
    from pipeline.settings import Workspace

    _check(options)
    workspace = Workspace(options.dir)
    check_workspace(workspace)
    calendar = calendar_of(workspace, options.today)
    if calendar is None:
        warn(LAW_ONLY)
    act = _write if options.done or options.reopen else _show
    act(options, workspace, calendar or WorkCalendar())
    return ExitCode.DONE


def _check(options: argparse.Namespace) -> None:
    """Make sure that the options make sense together."""
    if options.done and options.reopen:
        raise UsageError("congvan tasks", "Chỉ dùng một trong hai: --done hoặc --reopen.")
    if not options.done and (options.on or options.note or options.reply):
        raise UsageError("congvan tasks", "--on, --note và --reply chỉ đi với --done.")


# --- showing ----------------------------------------------------------------------------------------------------------


def _show(options: argparse.Namespace, workspace: Workspace, calendar: WorkCalendar) -> None:
    from pipeline.agenda import chosen, open_duties
    from pipeline.ledger import open_ledger
    from pipeline.registration import standing
    from pipeline.registration import told as points
    from pipeline.run import LEDGER_NAME

    now = options.now.replace(year=options.today.year, month=options.today.month, day=options.today.day)
    with open_ledger(workspace.state / LEDGER_NAME, dry_run=True) as ledger:
        duties = chosen(open_duties(ledger, calendar, options.today), options.unit, options.until)
        found = standing(workspace, ledger, calendar, now)
    if options.json:
        for duty in duties:
            print(json.dumps(duty.as_dict(), ensure_ascii=False))
    else:
        _print(options, duties, found)
    for problem in points(found):
        warn(problem)


def _print(options: argparse.Namespace, duties: tuple[OpenDuty, ...], found: Standing) -> None:
    from pipeline.agenda_told import coloured, listing, plain
    from pipeline.registration import registered

    narrowed = options.unit is not None or options.until is not None
    nothing = "Không có nhiệm vụ nào như vậy chưa xong." if narrowed else "Không có nhiệm vụ nào chưa xong."
    print(listing(duties, coloured if _in_colour() else plain) or nothing)
    print(f"\n{registered(found)}")


def _in_colour() -> bool:
    """True on a terminal that shows colour, unless the user wants none (no-color.org)."""
    able = os.environ.get("TERM", "" if os.name == "nt" else "dumb") not in {"dumb", ""} or "WT_SESSION" in os.environ
    return sys.stdout.isatty() and able and not os.environ.get("NO_COLOR")


# --- writing ----------------------------------------------------------------------------------------------------------


def _write(options: argparse.Namespace, workspace: Workspace, calendar: WorkCalendar) -> None:
    from functools import partial

    from pipeline.ledger import open_ledger
    from pipeline.progress import Done, find, reopened
    from pipeline.run import LEDGER_NAME

    done = Done(options.on or options.today, options.note.strip(), options.reply.strip())
    with open_ledger(workspace.state / LEDGER_NAME) as ledger:
        duties = find(ledger, options.done or options.reopen)
        if options.done:
            done.check(duties, options.today)
        change = partial(done.of, calendar=calendar) if options.done else partial(reopened, calendar=calendar)
        _note(log(options, workspace), "tasks --done" if options.done else "tasks --reopen", duties, change)
        after = _changed(ledger, duties, change)
    for named, task in zip(duties, after, strict=True):
        _say(named, task, options)


def _note(audit: Audit, event: str, duties: tuple[Named, ...], change: Callable[[Task], Task]) -> None:
    """Write into the log what is about to change: rather a line too many, after a cut, than one too few."""
    for named in duties:
        after = change(named.task)
        if after != named.task:
            day = after.done_on.isoformat() if after.done_on else None
            audit.note(event, sha256=named.entry.sha256, duty=named.task.key, day=day)


def _changed(ledger: Ledger, duties: tuple[Named, ...], change: Callable[[Task], Task]) -> tuple[Task, ...]:
    from pipeline.errors import NotInLedger

    try:
        return ledger.change_duties([(named.entry.sha256, named.task.key) for named in duties], change)
    except KeyError as error:  # another program replaced the duties meanwhile
        raise NotInLedger(str(error.args[0])) from error


def _say(named: Named, task: Task, options: argparse.Namespace) -> None:
    from dataclasses import replace

    from extractors.text import shorten
    from pipeline.kept import State
    from pipeline.progress import ALREADY

    said = f"{named.id}: {shorten(task.text)}"
    if task == named.task and options.done:
        warn(replace(ALREADY, where=f"{named.id}, xong ngày {task.done_on:%d/%m/%Y}"))
    elif options.reopen:
        print(f"Chưa xong: {said}")
    elif task.state is State.DONE:
        print(f"Đã ghi xong ngày {task.done_on:%d/%m/%Y}: {said}")
    else:
        print(f"Đã ghi xong kỳ này ngày {task.done_on:%d/%m/%Y}, kỳ sau hạn {task.due:%d/%m/%Y}: {said}")
