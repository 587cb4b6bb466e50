"""Runs over an inbox, killed from outside at random moments and taken up again: ``python killed_run.py FOLDER PROFILE KILLS SEED``.

A program of its own, so that it can fork without dragging a test runner along. It prints one JSON object: how many runs were
killed, how many workspaces they filled, and every end state that differs from that of a run nobody disturbed.
"""

import hashlib
import json
import multiprocessing
import os
import random
import signal
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path

from pipeline import sandbox
from pipeline.audit import FOLDER_NAME, Audit, Witness
from pipeline.desk import Hooks
from pipeline.drafting.draft import OutputFile
from pipeline.ledger import open_ledger
from pipeline.outcome import Status
from pipeline.run import LEDGER_NAME, make_workspace, run
from pipeline.sandbox import Result
from pipeline.settings import Settings, Workspace
from pipeline.stages import RECORD_NAME, Product

DAY = date(2023, 10, 5)
FILES = 50
EACH_TENTH_IS_BAD = 10


def stand_in(job):
    """Draft for a paper whose whole text is its number; "hỏng" is a paper that cannot be read."""
    words = job.path.read_bytes().decode()
    if words.startswith("hỏng"):
        return Result(None, sandbox.UNEXPECTED)
    record = OutputFile(RECORD_NAME, "record", json.dumps({"sha256": job.sha256}).encode())
    draft = OutputFile("du-thao.docx", "dispatch", f"draft of {words}".encode() * 20_000)
    return Result(Product(Status.DRAFTED, f"Công văn số {words}", (words, "2023-10-01", "x"), (draft, record), (), ()))


def fill(workspace, profile):
    make_workspace(workspace)
    (workspace.profile / profile.name).write_bytes(profile.read_bytes())
    for number in range(FILES):
        words = f"hỏng {number}" if number % EACH_TENTH_IS_BAD == 0 else f"{number}/UBND"
        (workspace.inbox / f"văn bản {number}.pdf").write_text(words, "utf-8")


def once(workspace):
    audit = Audit(workspace, Witness("văn thư", lambda: datetime(2023, 10, 5, tzinfo=UTC)), print)
    run(Settings(workspace, DAY, jobs=2), lambda *_: None, stand_in, Hooks(decided=audit.decided))


def killed(workspace, seconds):
    """Run in a process group of its own and kill the group after so many seconds; False when the run was done by then."""
    pid = os.fork()
    if pid == 0:
        os.setsid()
        once(workspace)
        os._exit(0)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            assert status == 0, "a run that nobody killed must end well"
            return False
        time.sleep(0.001)
    try:
        os.killpg(pid, signal.SIGKILL)
    except ProcessLookupError:
        os.kill(pid, signal.SIGKILL)  # it had no group yet
    os.waitpid(pid, 0)
    return True


def state(workspace):
    """What must not depend on when a run was killed: every file of every folder, the ledger's last words, what the log decided."""
    folders = (workspace.inbox, workspace.drafts, workspace.archive, workspace.refused, workspace.state / "staging")
    files = {
        f"{folder.name}/{path.relative_to(folder).as_posix()}": hashlib.sha256(path.read_bytes()).hexdigest()
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    with open_ledger(workspace.state / LEDGER_NAME, dry_run=True) as ledger:
        entries = {path.name: ledger.by_bytes(files[f"{workspace.archive.name}/{path.name}"]) for path in workspace.archive.iterdir()}
    (log,) = (workspace.state / FOLDER_NAME).iterdir()
    decided = {f"log: {json.loads(line)['sha256']}": "decided" for line in log.read_text("utf-8").splitlines() if _whole(line)}
    return files | decided | {f"ledger: {name}": f"{entry.step} {entry.folder}" for name, entry in entries.items()}


def _whole(line):
    """A kill may tear a line; the next one begins anew."""
    return line.startswith("{") and line.endswith("}")


def main(folder, profile, kills, seed):
    moments = random.Random(seed)  # noqa: S311 - moments, not secrets
    calm = Workspace(folder / "calm")
    fill(calm, profile)
    started = time.monotonic()
    once(calm)
    usual = time.monotonic() - started
    expected, wrong, count, spaces = state(calm), [], 0, 0
    while count < kills:
        spaces += 1
        workspace = Workspace(folder / f"killed-{spaces}")
        fill(workspace, profile)
        while count < kills and killed(workspace, moments.uniform(0, usual)):
            count += 1
        once(workspace)
        wrong += sorted(set(state(workspace).items()) ^ set(expected.items()))
    print(json.dumps({"kills": count, "workspaces": spaces, "files": FILES * spaces, "seconds": round(usual, 2), "wrong": wrong}))  # noqa: T201 - the counts are the report


if __name__ == "__main__":
    # The stand-in needs no language model, and a plain fork starts in a thousandth of a second.
    sandbox._context = lambda: multiprocessing.get_context("fork")
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
