"""The verb "watch": process the inbox as files come in, until stopped."""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from pipeline.arguments import AUDIT_NAMES, EXIT_CODES, FORMS, STEADY_SECONDS, VerbParsers, count, seconds
from pipeline.errors import ExitCode
from pipeline.verbs import limits
from pipeline.verbs.witness import log, warn

if TYPE_CHECKING:
    from pipeline.outcome import Outcome


def add(verbs: VerbParsers) -> None:
    """Declare the arguments."""
    verb = verbs.add_parser(
        "watch",
        help="theo dõi hộp văn bản đến và xử lý ngay khi có tệp mới",
        description="Chạy liên tục: tệp nào bỏ vào 1-van-ban-den, chép xong là được xử lý. Dừng bằng Ctrl-C.\n"
        "Trong lúc theo dõi, congvan run không chạy được trong cùng thư mục làm việc.",
        epilog=EXIT_CODES,
    )
    verb.add_argument("dir", metavar="THƯ_MỤC", type=Path, help="thư mục làm việc đã tạo bằng congvan init")
    verb.add_argument("--jobs", metavar="SỐ", type=count, default=1, help="số tệp xử lý cùng lúc (mặc định 1)")
    verb.add_argument("--poll", metavar="GIÂY", type=seconds, help="quét theo chu kỳ này; dùng khi thư mục nằm trên ổ mạng")
    steady = "số giây một tệp phải giữ nguyên trước khi được lấy (mặc định 2; ổ mạng chậm: 10)"
    verb.add_argument("--steady", metavar="GIÂY", type=seconds, default=STEADY_SECONDS, help=steady)
    verb.add_argument("--form", choices=FORMS, help="luôn soạn bản chuyển ngắn, hoặc luôn soạn bản triển khai đầy đủ")
    verb.add_argument("--audit-names", action="store_true", help=AUDIT_NAMES)
    verb.add_argument("--json", action="store_true", help="in kết quả từng tệp dạng JSON, mỗi dòng một tệp")
    limits.add(verb)


def run(options: argparse.Namespace) -> int:
    """Watch the inbox until a signal says stop.

    Raises:
        CongvanError: nothing can be processed at all, right from the start.
    """
    from pipeline.arrivals import Clock
    from pipeline.file_events import by_events, by_the_clock
    from pipeline.planning.plan import Form
    from pipeline.settings import Workspace
    from pipeline.watching import Plan, Told, Watcher

    # Workers that share the cores hinder each other when the text recogniser starts threads of its own; they inherit this.
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    workspace, stop = Workspace(options.dir), Event()
    form = Form(options.form) if options.form else None
    rescan = {"rescan": max(options.poll, 0.1)} if options.poll is not None else {}
    plan = Plan(workspace, options.jobs, form, limits.of(options), steady=options.steady, **rescan)
    events = partial(by_the_clock, stop) if options.poll is not None else partial(by_events, workspace.inbox, stop, options.ticks, warn)
    audit = log(options, workspace)
    told = Told(_line, _as_json if options.json else _as_line, audit.decided)
    with _stopped_by_signals(stop), audit.command("watch"):
        Watcher(plan, Clock(options.clock, options.ticks, options.wait), told, stop.is_set).watch(events)
    return ExitCode.DONE


class _stopped_by_signals(AbstractContextManager[None]):  # noqa: N801 - reads as a phrase after "with"
    """Lets Ctrl-C, and the stop of a service, set the flag; nothing is torn out of the middle of its work."""

    def __init__(self, stop: Event) -> None:
        self._stop = stop
        self._before: list[Callable[[], object]] = []

    def __enter__(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            before = signal.signal(number, lambda *_: self._stop.set())
            self._before.append(partial(signal.signal, number, before))

    def __exit__(self, *_: object) -> None:
        for restore in self._before:
            restore()


def _line(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def _as_line(outcome: Outcome) -> None:
    from pipeline.outcome import STATUS_WORDS
    from pipeline.urgency import urgency_mark

    codes = ", ".join(dict.fromkeys(problem.code for problem in outcome.problems))
    place = f" → {outcome.folder}" if outcome.folder else ""
    print(
        f"{urgency_mark(outcome.urgency)}{outcome.file}: {STATUS_WORDS[outcome.status]}{f' ({codes})' if codes else ''}{place}", flush=True
    )


def _as_json(outcome: Outcome) -> None:
    print(json.dumps(outcome.as_dict(), ensure_ascii=False), flush=True)
