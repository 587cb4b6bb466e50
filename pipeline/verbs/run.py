"""The verb "run": process every file of the inbox once."""

from __future__ import annotations

import argparse
import json
import os
import sys
from contextlib import nullcontext
from pathlib import Path

from pipeline.arguments import AUDIT_NAMES, EXIT_CODES, FORMS, STEADY_SECONDS, VerbParsers, count, day, seconds
from pipeline.errors import ExitCode
from pipeline.verbs import limits
from pipeline.verbs.witness import log, warn


def add(verbs: VerbParsers) -> None:
    """Declare the arguments."""
    verb = verbs.add_parser(
        "run",
        help="xử lý mọi văn bản trong hộp văn bản đến",
        description="Đọc từng tệp trong 1-van-ban-den, soạn dự thảo vào 2-du-thao, chuyển bản gốc sang 3-luu-ban-goc.",
        epilog=EXIT_CODES,
    )
    verb.add_argument("dir", metavar="THƯ_MỤC", type=Path, help="thư mục làm việc đã tạo bằng congvan init")
    verb.add_argument("--jobs", metavar="SỐ", type=count, default=1, help="số tệp xử lý cùng lúc (mặc định 1)")
    verb.add_argument("--dry-run", action="store_true", help="chỉ cho biết sẽ làm gì, không ghi và không chuyển tệp nào")
    verb.add_argument("--today", metavar="NGÀY", type=day, help="ngày soạn thảo, dạng 2026-03-09 (mặc định: hôm nay)")
    verb.add_argument("--form", choices=FORMS, help="luôn soạn bản chuyển ngắn, hoặc luôn soạn bản triển khai đầy đủ")
    steady = "số giây một tệp phải giữ nguyên trước khi được lấy, để không lấy tệp đang chép dở (mặc định 2; ổ mạng chậm: 10)"
    verb.add_argument("--steady", metavar="GIÂY", type=seconds, default=STEADY_SECONDS, help=steady)
    redo = "soạn lại văn bản đã xử lý thành bản mới bên cạnh bản cũ: tên tệp, số đến (15/2026), tên thư mục dự thảo hoặc mã SHA-256"
    verb.add_argument("--again", metavar="VĂN_BẢN", nargs="+", default=(), help=redo)
    verb.add_argument("--audit-names", action="store_true", help=AUDIT_NAMES)
    verb.add_argument("--json", action="store_true", help="in kết quả từng tệp dạng JSON, mỗi dòng một tệp")
    limits.add(verb)


def run(options: argparse.Namespace) -> int:
    """Process the inbox and tell what became of each file.

    Raises:
        CongvanError: nothing can be processed at all.
    """
    from pipeline.again import again
    from pipeline.arrivals import Clock, Look, settled, still_growing
    from pipeline.desk import Hooks
    from pipeline.inbox import passed_over
    from pipeline.outcome import Status
    from pipeline.planning.plan import Form
    from pipeline.precedence import urgent_first
    from pipeline.report import summary
    from pipeline.report import urgent_first as by_urgency
    from pipeline.run import run as run_inbox
    from pipeline.settings import Settings, Workspace

    workspace = Workspace(options.dir)
    form = Form(options.form) if options.form else None
    # Workers that share the cores hinder each other when the text recogniser starts threads of its own; they inherit this.
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    looks: list[Look] = []

    def choose(workspace: Workspace) -> tuple[Path, ...]:
        looks.append(settled(workspace, options.steady, Clock(options.clock, options.ticks, options.wait)))
        return urgent_first(looks[-1].ready, workspace)

    settings = Settings(workspace, options.today, options.jobs, options.dry_run, form, limits.of(options))
    audit = log(options, workspace)
    with nullcontext() if options.dry_run else audit.command("run"):
        if options.again:
            outcomes = again(settings, options.again, _progress, decided=audit.decided)
        else:
            outcomes = run_inbox(settings, _progress, hooks=Hooks(choose, decided=audit.decided))
    growing, strange = (looks[-1].growing, looks[-1].strange) if looks else ((), ())
    if options.json:
        for outcome in by_urgency(outcomes):
            print(json.dumps(outcome.as_dict(), ensure_ascii=False))
    elif outcomes or not growing:
        print(summary(outcomes, workspace.drafts, dry_run=options.dry_run))
    if growing:
        warn(still_growing(growing))
    if strange:
        warn(passed_over(strange))
    refused = any(outcome.status is Status.REFUSED for outcome in outcomes)
    return ExitCode.SOME_REFUSED if refused else ExitCode.DONE


def _progress(done: int, total: int, name: str) -> None:
    print(f"[{done}/{total}] {name}", file=sys.stderr, flush=True)
