"""The verb "finalize": take a reviewed draft back, and let task sheets, table, calendar and ledger follow it."""

from __future__ import annotations

import argparse
from pathlib import Path

from extractors.errors import Problem
from pipeline.arguments import VerbParsers, day
from pipeline.errors import ExitCode, OtherWorkspace, OutputNotWritable
from pipeline.verbs.files import refusal, source
from pipeline.verbs.witness import log


def add(verbs: VerbParsers) -> None:
    """Declare the arguments."""
    verb = verbs.add_parser(
        "finalize",
        help="chốt một dự thảo đã duyệt, cập nhật phiếu giao việc và sổ theo dõi",
        description="Đọc lại dự thảo mà người duyệt đã sửa bằng Word, so với kế hoạch, rồi ghi bản sạch, phiếu giao việc, bảng theo dõi\n"
        "và lịch vào thư mục ban-chot của văn bản và cập nhật sổ theo dõi. Tệp của người duyệt được giữ nguyên từng byte.",
    )
    verb.add_argument("file", metavar="DỰ_THẢO", type=Path, help="dự thảo đã duyệt (.docx)")
    verb.add_argument("--workspace", metavar="THƯ_MỤC", type=Path, help="thư mục làm việc, khi dự thảo đã được chuyển ra ngoài")
    verb.add_argument("--today", metavar="NGÀY", type=day, help="ngày chốt, để xét đơn vị còn hiệu lực (mặc định: hôm nay)")
    verb.add_argument("--force", action="store_true", help="vẫn chốt dù còn chỗ trống, chú thích hoặc sửa đổi chưa xử lý")


def run(options: argparse.Namespace) -> int:
    """Say what the reviewer changed and where the last word lies.

    Raises:
        CongvanError: it is no draft of the workspace, it is not ready, or the results cannot be written.
    """
    from pipeline.finalizing.case import find, workspace_of
    from pipeline.finalizing.last_word import SAME, build, deliver
    from pipeline.inbox import check_workspace
    from pipeline.ledger import open_ledger
    from pipeline.profile import load
    from pipeline.report import told
    from pipeline.run import LEDGER_NAME
    from pipeline.sandbox import guarded

    data = source(options.file)
    workspace = workspace_of(options.file, options.workspace)
    check_workspace(workspace)
    if not (workspace.state / LEDGER_NAME).is_file():
        raise OtherWorkspace(str(options.file))
    profile = load(workspace.profile)
    with open_ledger(workspace.state / LEDGER_NAME) as ledger:
        case = find(options.file, data, workspace, ledger)
        earlier = ledger.duties_of(case.entry.sha256, dropped=True)
        word = guarded(lambda: build(case, profile, options.today, earlier, force=options.force))
        if isinstance(word, Problem):
            return refusal(word)
        log(options, workspace).note("finalize", sha256=case.entry.sha256, changes=len(word.changes), forced=options.force)
        try:
            folder, fresh = deliver(case, word, ledger)
        except OSError as error:
            raise OutputNotWritable.caused_by(error, case.folder) from error
    print(f"Đã chốt: {case.entry.title}\n  → {folder}")
    for line in word.changes or ("không đổi nhiệm vụ, đơn vị hay thời hạn nào",):
        print(f"  - {line}")
    for problem in word.problems if fresh else (*word.problems, SAME):
        print("  " + told(problem))
    return ExitCode.DONE
