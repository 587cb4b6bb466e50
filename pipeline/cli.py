"""The verbs. The only place that reads the clock; heavy parts are imported by the verb that needs them."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TextIO

from pipeline.arguments import parse
from pipeline.errors import CongvanError, ExitCode, OutputNotWritable, UsageError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb and return the exit code."""
    for stream in (sys.stdout, sys.stderr):
        _utf8(stream)
    try:
        options = parse(arguments)
        return _VERBS[options.verb](options)
    except CongvanError as error:
        _complain(error)
        return error.exit_code
    except KeyboardInterrupt:
        print("Đã dừng theo yêu cầu. Các tệp chưa xong vẫn nằm trong hộp văn bản đến.", file=sys.stderr)
        return ExitCode.INTERRUPTED
    except BrokenPipeError:
        return ExitCode.DONE


def _utf8(stream: TextIO) -> None:
    """Vietnamese on every console, whatever its code page."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8", errors="replace")


def _complain(error: CongvanError) -> None:
    from pipeline.report import told

    print(told(error.problem()), file=sys.stderr)
    for problem in error.problems:
        print("  " + told(problem), file=sys.stderr)


def _init(options: argparse.Namespace) -> int:
    from pipeline.run import make_workspace
    from pipeline.settings import Workspace

    workspace = Workspace(options.dir)
    try:
        make_workspace(workspace)
        if options.profile is not None:
            _copy_profile(options.profile, workspace.profile)
    except OSError as error:
        raise OutputNotWritable(str(options.dir), error.strerror or "") from error
    print(f"Đã tạo thư mục làm việc {options.dir}.")
    if not any(workspace.profile.glob("*.toml")):
        print(f"Việc tiếp theo: chép hồ sơ cơ quan (.toml) vào {workspace.profile}, rồi bỏ văn bản đến vào {workspace.inbox}.")
    else:
        print(f"Việc tiếp theo: bỏ văn bản đến vào {workspace.inbox}, rồi chạy congvan run {options.dir}.")
    return ExitCode.DONE


def _copy_profile(profile: Path, folder: Path) -> None:
    if not profile.is_file():
        raise UsageError(str(profile), "Không có tệp hồ sơ này.")
    if not (folder / profile.name).exists():
        shutil.copyfile(profile, folder / profile.name)


def _run(options: argparse.Namespace) -> int:
    from pipeline.outcome import Status
    from pipeline.planning.plan import Form
    from pipeline.report import summary
    from pipeline.run import run
    from pipeline.settings import Settings, Workspace

    workspace = Workspace(options.dir)
    form = Form(options.form) if options.form else None
    today = options.today or datetime.now().astimezone().date()
    outcomes = run(Settings(workspace, today, options.jobs, options.dry_run, form), _progress)
    if options.json:
        for outcome in outcomes:
            print(json.dumps(outcome.as_dict(), ensure_ascii=False))
    else:
        print(summary(outcomes, workspace.drafts, dry_run=options.dry_run))
    refused = any(outcome.status is Status.REFUSED for outcome in outcomes)
    return ExitCode.SOME_REFUSED if refused else ExitCode.DONE


def _progress(done: int, total: int, name: str) -> None:
    print(f"[{done}/{total}] {name}", file=sys.stderr, flush=True)


def _source(path: Path) -> bytes:
    if not path.is_file():
        raise UsageError(str(path), "Không có tệp này.")
    return path.read_bytes()


def _read(options: argparse.Namespace) -> int:
    from extractors.errors import DispatchError
    from extractors.reading import read_dispatch
    from pipeline.record import to_json, to_record
    from pipeline.report import told

    try:
        record = to_record(read_dispatch(_source(options.file), options.file.name))
    except DispatchError as error:
        print(told(error.problem()), file=sys.stderr)
        return ExitCode.SOME_REFUSED
    sys.stdout.buffer.write(to_json(record) + b"\n")
    return ExitCode.DONE


def _draft(options: argparse.Namespace) -> int:
    from extractors.errors import DispatchError
    from pipeline.outcome import STATUS_WORDS
    from pipeline.planning.plan import Form
    from pipeline.profile import load
    from pipeline.report import told
    from pipeline.stages import process

    today = options.today or datetime.now().astimezone().date()
    form = Form(options.form) if options.form else None
    if options.out.exists() and any(options.out.iterdir()):
        raise OutputNotWritable(str(options.out), "Thư mục đã có tệp; dự thảo đã có không bị ghi đè.")
    try:
        product = process(_source(options.file), options.file.name, load(options.profile), today, form)
    except DispatchError as error:
        print(told(error.problem()), file=sys.stderr)
        return ExitCode.SOME_REFUSED
    options.out.mkdir(parents=True, exist_ok=True)
    for output in product.outputs:
        (options.out / output.name).write_bytes(output.data)
    print(f"{STATUS_WORDS[product.status]}: {product.title}")
    for problem in product.problems:
        print("  " + told(problem))
    return ExitCode.DONE


def _profile(options: argparse.Namespace) -> int:
    from pipeline.profile import check
    from pipeline.report import told

    found = check(options.file)
    for mistake in found:
        print(told(mistake.problem()))
    wrong = [mistake for mistake in found if mistake.severity.value == "error"]
    if not wrong:
        print(f"Hồ sơ {options.file} dùng được.")
    return ExitCode.SETUP if wrong else ExitCode.DONE


def _schema(_: argparse.Namespace) -> int:
    from pipeline.record import json_schema

    print(json.dumps(json_schema(), ensure_ascii=False, indent=1))
    return ExitCode.DONE


_VERBS: dict[str, Callable[[argparse.Namespace], int]] = {
    "init": _init,
    "run": _run,
    "read": _read,
    "draft": _draft,
    "profile": _profile,
    "schema": _schema,
}
