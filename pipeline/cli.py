"""The verbs. The only place that reads the clock; heavy parts are imported by the verb that needs them."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from extractors.errors import Problem
from pipeline.arguments import parse
from pipeline.errors import CongvanError, ExitCode, Interrupted, NoSuchFile, OutputNotWritable

if TYPE_CHECKING:
    from pipeline.stages import Product


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb and return the exit code."""
    for stream in (sys.stdout, sys.stderr):
        _utf8(stream)
    try:
        options = parse(arguments)
        code = _VERBS[options.verb](options)
        sys.stdout.flush()
    except CongvanError as error:
        return _complain(error)
    except KeyboardInterrupt:
        return _complain(Interrupted())
    except BrokenPipeError:
        # The reader of our output went away ("| head"); what Python flushes at its end goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.DONE
    return code


def _utf8(stream: TextIO) -> None:
    """Vietnamese on every console, whatever its code page."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8", errors="replace")


def _complain(error: CongvanError) -> int:
    from pipeline.report import complaint

    for line in complaint(error):
        print(line, file=sys.stderr)
    return error.exit_code


def _init(options: argparse.Namespace) -> int:
    from pipeline.run import make_workspace
    from pipeline.settings import Workspace

    workspace = Workspace(options.dir)
    if options.profile is not None and not options.profile.is_file():
        raise NoSuchFile(str(options.profile))
    try:
        make_workspace(workspace)
        copied = options.profile is None or _copy_profile(options.profile, workspace.profile)
    except OSError as error:
        raise OutputNotWritable.caused_by(error, options.dir) from error
    print(f"Đã tạo thư mục làm việc {options.dir}.")
    if not copied:
        print(f"Hồ sơ {options.profile.name} đã có trong {workspace.profile} nên được giữ nguyên.")
    if not any(workspace.profile.glob("*.toml")):
        print(f"Việc tiếp theo: chép hồ sơ cơ quan (.toml) vào {workspace.profile}, rồi bỏ văn bản đến vào {workspace.inbox}.")
    else:
        print(f"Việc tiếp theo: bỏ văn bản đến vào {workspace.inbox}, rồi chạy congvan run {options.dir}.")
    return ExitCode.DONE


def _copy_profile(profile: Path, folder: Path) -> bool:
    """Copy the profile unless one of its name is there; True when it was copied."""
    if (folder / profile.name).exists():
        return False
    shutil.copyfile(profile, folder / profile.name)
    return True


def _run(options: argparse.Namespace) -> int:
    from pipeline.outcome import Status
    from pipeline.planning.plan import Form
    from pipeline.report import summary
    from pipeline.run import run
    from pipeline.settings import Settings, Workspace

    workspace = Workspace(options.dir)
    form = Form(options.form) if options.form else None
    # Workers that share the cores hinder each other when the text recogniser starts threads of its own; they inherit this.
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    outcomes = run(Settings(workspace, _today(options), options.jobs, options.dry_run, form), _progress)
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
        raise NoSuchFile(str(path))
    try:
        return path.read_bytes()
    except OSError as error:
        raise NoSuchFile(str(path)) from error


def _refusal(problem: Problem) -> int:
    from pipeline.report import told

    print(told(problem), file=sys.stderr)
    return ExitCode.SOME_REFUSED


def _today(options: argparse.Namespace) -> date:
    return options.today or datetime.now().astimezone().date()


def _read(options: argparse.Namespace) -> int:
    from extractors.reading import read_dispatch
    from pipeline.inbox import shown
    from pipeline.record import to_json, to_record
    from pipeline.sandbox import guarded

    data = _source(options.file)
    made = guarded(lambda: to_json(to_record(read_dispatch(data, shown(options.file.name)))))
    if isinstance(made, Problem):
        return _refusal(made)
    print(made.decode())
    return ExitCode.DONE


def _draft(options: argparse.Namespace) -> int:
    from pipeline.inbox import check_outside_inbox, shown
    from pipeline.outcome import STATUS_WORDS
    from pipeline.planning.plan import Form
    from pipeline.profile import load
    from pipeline.report import told
    from pipeline.sandbox import guarded
    from pipeline.stages import process

    check_outside_inbox(options.out)
    if options.out.exists() and not (options.out.is_dir() and not any(options.out.iterdir())):
        raise OutputNotWritable(str(options.out), "Ở đây đã có tệp; dự thảo đã có không bị ghi đè.")
    data, profile, form = _source(options.file), load(options.profile), Form(options.form) if options.form else None
    product = guarded(lambda: process(data, shown(options.file.name), profile, _today(options), form))
    if isinstance(product, Problem):
        return _refusal(product)
    _put(options.out, product)
    print(f"{STATUS_WORDS[product.status]}: {product.title}\n  → {options.out}")
    for problem in product.problems:
        print("  " + told(problem))
    return ExitCode.DONE


def _put(out: Path, product: Product) -> None:
    from pipeline.inbox import deliver

    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        if out.is_dir():
            out.rmdir()  # it is empty; a rename onto a folder fails on Windows
        deliver(out.with_name(f".{out.name}.dang-ghi"), product.outputs, out)
    except OSError as error:
        raise OutputNotWritable.caused_by(error, out) from error


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
