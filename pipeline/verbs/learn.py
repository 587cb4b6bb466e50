"""The verb "learn": what the profile can learn from reviewers, shown as a difference, applied only on request."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.arguments import VerbParsers, count, day
from pipeline.errors import ExitCode, OutputNotWritable
from pipeline.verbs.witness import log, warn

if TYPE_CHECKING:
    from datetime import date

    from pipeline.authority import Authority
    from pipeline.learning.writing import Amendment
    from pipeline.settings import Workspace

TIMES = 2
"""Dispatches that must say the same before anything is proposed."""


def add(verbs: VerbParsers) -> None:
    """Declare the arguments."""
    verb = verbs.add_parser(
        "learn",
        help="đề xuất lĩnh vực cho hồ sơ cơ quan, từ những lần người duyệt đổi đơn vị",
        description="Xem người duyệt đã đổi đơn vị chủ trì thế nào trong các dự thảo đã chốt, tìm cụm từ chung và đề xuất thêm vào\n"
        "competences của đơn vị trong hồ sơ, kèm căn cứ. Chỉ ghi vào hồ sơ khi có --apply; hồ sơ cũ được giữ một bản bên cạnh.",
    )
    verb.add_argument("dir", metavar="THƯ_MỤC", type=Path, help="thư mục làm việc")
    verb.add_argument("--min", metavar="SỐ", type=count, default=TIMES, help="số văn bản phải cùng cho thấy một điều (mặc định 2)")
    verb.add_argument("--apply", action="store_true", help="ghi các đề xuất rõ ràng vào hồ sơ")
    verb.add_argument("--today", metavar="NGÀY", type=day, help="xem như hôm nay là ngày này (chọn hồ sơ của giai đoạn)")


def run(options: argparse.Namespace) -> int:
    """Show what can be learnt, and write it into the profile when asked to.

    Raises:
        CongvanError: the folders are not there, the profile is wrong or cannot be changed, the ledger cannot be opened.
    """
    from dataclasses import replace

    from pipeline.inbox import check_workspace
    from pipeline.learning.evidence import gather
    from pipeline.learning.proposals import lessons
    from pipeline.learning.told import told
    from pipeline.learning.writing import NOTHING, SILENT, prepare
    from pipeline.ledger import open_ledger
    from pipeline.run import LEDGER_NAME
    from pipeline.settings import Workspace

    workspace = Workspace(options.dir)
    check_workspace(workspace)
    path, authority = _profile(workspace, options.today)
    with open_ledger(workspace.state / LEDGER_NAME, dry_run=True) as ledger:
        evidence = gather(workspace, ledger)
    found = lessons(evidence, authority, options.min)
    for folder in evidence.unreadable:
        warn(replace(SILENT, where=folder))
    print("\n".join(told(found, authority)).rstrip() or NOTHING)
    made = prepare(path, [proposal for proposal in found.proposals if proposal.sure], options.today)
    if made is not None:
        print(f"\n{made.difference()}\n")
        _finish(made, options, workspace)
    return ExitCode.DONE


def _profile(workspace: Workspace, today: date) -> tuple[Path, Authority]:
    """The file of the authority that is valid today, and the authority as it is on that day."""
    from pipeline.profile import load

    whole = load(workspace.profile).on(today)  # says what is wrong with any of them
    files = sorted(workspace.profile.glob("*.toml"))
    return next(file for file in files if load(file).authorities[0].period.holds(today)), whole


def _finish(made: Amendment, options: argparse.Namespace, workspace: Workspace) -> None:
    if not options.apply:
        print(f"Chưa ghi gì. Muốn ghi vào hồ sơ, hãy chạy: congvan learn {options.dir} --apply")
        return
    log(options, workspace).note(
        "learn --apply", additions=len(made.additions), before=made.digest(made.before), after=made.digest(made.after)
    )
    try:
        kept = made.apply(workspace, options.today)
    except OSError as error:
        raise OutputNotWritable.caused_by(error, made.path) from error
    print(f"Đã thêm {len(made.additions)} cụm từ vào {made.path.name}; hồ sơ cũ giữ ở {kept.name}.")
