"""The verb "verify": hold the ledger against the disk, and repair what is safe."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from pipeline.arguments import VerbParsers
from pipeline.errors import ExitCode
from pipeline.verbs.witness import log


def add(verbs: VerbParsers) -> None:
    """Declare the arguments."""
    verb = verbs.add_parser(
        "verify",
        help="đối chiếu sổ theo dõi với các thư mục",
        description="Đối chiếu sổ theo dõi với dự thảo và bản gốc trên đĩa, cả hai chiều. Không xóa, không sửa gì nếu không có --repair.\n"
        "Mã kết thúc: 0 mọi thứ khớp; 1 còn điểm chưa khớp.",
    )
    verb.add_argument("dir", metavar="THƯ_MỤC", type=Path, help="thư mục làm việc")
    repair = "sửa những chỗ chắc chắn an toàn: làm nốt việc dở dang, đưa lại bản gốc còn ở nơi khác, dọn tệp tạm"
    verb.add_argument("--repair", action="store_true", help=repair)
    verb.add_argument("--json", action="store_true", help="in từng điểm dạng JSON, mỗi dòng một điểm")


def run(options: argparse.Namespace) -> int:
    """Tell each finding with its remedy.

    Raises:
        CongvanError: the folders are not there, another run is at work, the ledger cannot be opened.
    """
    from extractors.errors import Severity
    from pipeline.ledger import open_ledger
    from pipeline.record import problem_part
    from pipeline.report import told
    from pipeline.run import LEDGER_NAME, alone
    from pipeline.settings import Workspace
    from pipeline.verify import Inspection

    workspace = Workspace(options.dir)
    with alone(workspace), open_ledger(workspace.state / LEDGER_NAME, dry_run=not options.repair) as ledger:
        done = Inspection(workspace, ledger).repair() if options.repair else ()
        if options.repair:
            log(options, workspace).note("verify --repair", repairs=len(done))
        findings = Inspection(workspace, ledger).findings()
    left = [finding for finding in findings if finding.severity is not Severity.INFO]
    for problem in (*done, *findings):
        part = problem_part(problem)
        shown = {"code": part.code, "severity": part.severity, "message": part.message, "where": part.where}
        print(json.dumps(shown, ensure_ascii=False) if options.json else told(problem))
    if not options.json:
        print(f"Còn {len(left)} điểm chưa khớp." if left else "Sổ theo dõi khớp với các thư mục.")
    return ExitCode.SOME_REFUSED if left else ExitCode.DONE
