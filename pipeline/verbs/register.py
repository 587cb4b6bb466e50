"""The verb "register": the registers of incoming dispatches as a workbook; and where a year's numbers go on."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.arguments import VerbParsers, day, number
from pipeline.errors import ExitCode, NumberTaken, OutputNotWritable, UsageError
from pipeline.verbs.witness import log

if TYPE_CHECKING:
    from pipeline.settings import Workspace


def add(verbs: VerbParsers) -> None:
    """Declare the arguments."""
    verb = verbs.add_parser(
        "register",
        help="xuất sổ đăng ký và sổ theo dõi giải quyết văn bản đến",
        description="Ghi Sổ đăng ký văn bản đến và Sổ theo dõi giải quyết văn bản đến (Phụ lục IV Nghị định 30/2020/NĐ-CP) ra một tệp\n"
        "Excel. Với --next thì đặt số đến tiếp theo của năm, khi cơ quan đã có sổ giấy từ đầu năm.",
    )
    verb.add_argument("dir", metavar="THƯ_MỤC", type=Path, help="thư mục làm việc")
    verb.add_argument("--out", metavar="TỆP", type=Path, help="tệp .xlsx mới để ghi hai sổ; tệp đã có không bị ghi đè")
    verb.add_argument("--from", dest="first", metavar="NGÀY", type=day, help="chỉ văn bản đến từ ngày này, dạng 2026-01-01")
    verb.add_argument("--to", dest="last", metavar="NGÀY", type=day, help="chỉ văn bản đến đến hết ngày này")
    verb.add_argument("--next", metavar="SỐ", type=number, help="số đến mà văn bản kế tiếp trong năm sẽ mang")
    verb.add_argument("--today", metavar="NGÀY", type=day, help="xem như hôm nay là ngày này (để biết năm của --next)")


def run(options: argparse.Namespace) -> int:
    """Write the registers, or set the next number, or both.

    Raises:
        CongvanError: the folders are not there, the ledger cannot be opened, the number was given already, the file is there.
    """
    from pipeline.inbox import check_outside_inbox, check_workspace
    from pipeline.settings import Workspace

    if options.out is None and options.next is None:
        raise UsageError("congvan register", "Hãy ghi --out TỆP.xlsx để xuất sổ, hoặc --next SỐ để đặt số đến tiếp theo.")
    workspace = Workspace(options.dir)
    check_workspace(workspace)
    if options.next is not None:
        _start(options, workspace)
    if options.out is not None:
        check_outside_inbox(options.out.parent)
        _write(options, workspace)
    return ExitCode.DONE


def _start(options: argparse.Namespace, workspace: Workspace) -> None:
    from pipeline.ledger import open_ledger
    from pipeline.run import LEDGER_NAME

    year = options.today.year
    with open_ledger(workspace.state / LEDGER_NAME) as ledger:
        log(options, workspace).note("register --next", year=year, number=options.next)
        if not ledger.start_numbers(year, options.next):
            raise NumberTaken(f"{options.next}/{year}", f"Số tiếp theo nhỏ nhất có thể đặt là {ledger.next_number(year)}.")
    print(f"Văn bản đến kế tiếp của năm {year} sẽ mang số đến {options.next}.")


def _write(options: argparse.Namespace, workspace: Workspace) -> None:
    from pipeline.ledger import open_ledger
    from pipeline.registers import Period, registers
    from pipeline.run import LEDGER_NAME

    with open_ledger(workspace.state / LEDGER_NAME, dry_run=True) as ledger:
        data = registers(ledger, Period(options.first, options.last), _authority(workspace, options.last or options.today))
    log(options, workspace).note("register")
    try:
        with options.out.open("xb") as file:
            file.write(data)
    except FileExistsError as error:
        raise OutputNotWritable(str(options.out), "Ở đây đã có tệp; sổ đã có (có thể đã ghi thêm bằng tay) không bị ghi đè.") from error
    except OSError as error:
        raise OutputNotWritable.caused_by(error, options.out) from error
    print(f"Đã ghi sổ đăng ký và sổ theo dõi giải quyết văn bản đến vào {options.out}.")


def _authority(workspace: Workspace, today: date) -> str:
    """The authority's name for the heading; "" when the profile cannot be used: the register needs nothing else of it."""
    from pipeline.errors import ProfileError
    from pipeline.profile import load

    try:
        return load(workspace.profile).on(today).name
    except ProfileError:
        return ""
