"""Drop files by the thousand while ``congvan watch`` runs, and count what became of each: one outcome, none lost, none doubled.

    python scripts/load.py FOLDER [--files 2000] [--bad 0.1] [--jobs 2]

FOLDER keeps the workspace and what was seen. Ctrl-C stops everything; the same call again goes on from there. Papers are the project's
own samples with other numbers; the bad ones are damaged, empty, no documents, pipes and links. Some are written slowly, some are big.
Ends with 1 when a file has no outcome or several, or when a byte of an original is not where it belongs.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import re
import shutil
import signal
import statistics
import subprocess
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path
from threading import Event
from typing import Any

from attack import DAMAGES, inside

from pipeline.inbox import CHANGED, UNOPENED
from pipeline.moving import NOTE_SUFFIX
from pipeline.run import make_workspace
from pipeline.settings import Workspace

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "samples"
PROFILE = SAMPLES / "profiles" / "xa-2026.toml"
OUTCOMES, MEMORY, LOG = "outcomes.jsonl", "memory.jsonl", "watch.log"
_NUMBER = re.compile(rb"(S\xe1\xbb\x91:? ?)\d+(?=/|-)")
"""The number of a paper in its letterhead: "Số: 842"."""
BIG = 20 * 1024 * 1024
"""Bytes that a big file is padded with."""
LOOK_SECONDS = 1.0
STALLED_SECONDS = 300.0
"""Without a new outcome for so long the rest counts as lost."""
Stop = Callable[[], bool]


@dataclass(frozen=True)
class Drop:
    """One thing to put into the inbox."""

    name: str
    make: Callable[[], bytes]
    slow: bool = False
    """Written in pieces, with pauses."""


def drops(count: int, bad: float, seed: int) -> Iterator[Drop]:
    """The files to drop, the same ones for the same seed; links and pipes have none, see ``odd``."""
    papers = sorted(SAMPLES.glob("xa-*/*.docx"))
    prints = sorted(SAMPLES.glob("xa-*/*.pdf"))
    for number in range(count):
        dice = random.Random(f"{seed}/{number}")  # noqa: S311 - a load, not secrets
        slow, kind = dice.random() < 0.05, dice.random()
        if kind < bad:
            yield _bad(number, dice, slow=slow)
        elif kind > 0.998:
            yield Drop(f"{number:05} lớn.docx", partial(big, dice.choice(papers), number), slow)
        elif kind > 0.85:
            yield Drop(f"{number:05} bản in.pdf", partial(printed, dice.choice(prints), number), slow)
        else:
            yield Drop(f"{number:05} công văn.docx", partial(renumbered, dice.choice(papers), number), slow)


def _bad(number: int, dice: random.Random, *, slow: bool) -> Drop:
    source = dice.choice(sorted(path for path in SAMPLES.glob("*/*.*") if path.suffix in (".pdf", ".docx")))
    kind, seed = dice.random(), dice.random()
    if kind < 0.7:
        name = f"{number:05} hỏng{source.suffix}"
        return Drop(name, partial(damaged, source, seed, within=kind < 0.2 and source.suffix == ".docx"), slow)
    if kind < 0.85:
        return Drop(f"{number:05} rỗng.docx", bytes)
    return Drop(f"{number:05} ghi chú.txt", lambda: random.Random(seed).randbytes(5000), slow)  # noqa: S311 - junk, not secrets


def damaged(path: Path, seed: float, *, within: bool) -> bytes:
    """A sample with damage to its bytes, or to one part of its package; the same for the same seed."""
    dice = random.Random(seed)  # noqa: S311 - damage, not secrets
    damage, data = dice.choice(DAMAGES), path.read_bytes()
    return inside(data, dice, damage) if within else damage(data, dice)


def renumbered(path: Path, number: int) -> bytes:
    """A sample as DOCX with another number: another dispatch."""
    packed = BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            part = source.read(info)
            target.writestr(info, _NUMBER.sub(rb"\g<1>%d" % (10000 + number), part) if info.filename == "word/document.xml" else part)
    return packed.getvalue()


def printed(path: Path, number: int) -> bytes:
    """A sample as PDF with other bytes: the first is drafted, the others are twins of it."""
    return path.read_bytes() + b"\n%% %d\n" % number


def big(path: Path, number: int) -> bytes:
    """A paper with a picture of many megabytes that nothing shows."""
    packed = BytesIO(renumbered(path, number))
    with zipfile.ZipFile(packed, "a", zipfile.ZIP_STORED) as target:
        target.writestr(zipfile.ZipInfo("word/media/image99.png"), bytes(BIG))
    return packed.getvalue()


def write(inbox: Path, drop: Drop, stop: Stop) -> None:
    """Put a file into the inbox, at once or in pieces; one that lies there whole from before stays as it is."""
    data = drop.make()
    if (inbox / drop.name).exists() and (inbox / drop.name).read_bytes() == data:
        return
    pieces = [data]
    if drop.slow and len(data) > 4:
        step = len(data) // 4
        pieces = [data[:step], data[step : 2 * step], data[2 * step : 3 * step], data[3 * step :]]
    with (inbox / drop.name).open("wb") as file:
        for place, piece in enumerate(pieces):
            if place and not stop():
                time.sleep(0.4)
            file.write(piece)
            file.flush()


def odd(inbox: Path) -> None:
    """What is no file at all."""
    for name, make in (("ống.pdf", os.mkfifo), ("liên kết.pdf", lambda path: path.symlink_to("/dev/zero")), ("trống.pdf", Path.mkdir)):
        if not os.path.lexists(inbox / name):
            make(inbox / name)


def pour(inbox: Path, wanted: list[Drop], stop: Stop, seed: int) -> None:
    """Drop everything in bursts, the slow ones beside the others."""
    dice = random.Random(seed)  # noqa: S311 - a load, not secrets
    with ThreadPoolExecutor(4) as hands:
        while wanted and not stop():
            size = dice.randint(1, 80)
            for drop in wanted[:size]:
                hands.submit(write, inbox, drop, stop) if drop.slow else write(inbox, drop, stop)
            wanted = wanted[size:]
            time.sleep(dice.uniform(0.1, 2.0))


class Seen:
    """What the watch printed of each file, and how much memory it took; kept in the folder for the next call."""

    def __init__(self, folder: Path) -> None:
        self._outcomes, self._memory = folder / OUTCOMES, folder / MEMORY
        self.started = time.monotonic()

    def outcomes(self) -> list[dict[str, Any]]:
        """Return the outcomes so far; a line that is not whole yet is left out."""
        return _lines(self._outcomes)

    def memory(self) -> list[dict[str, int]]:
        """Return the measurements so far."""
        return _lines(self._memory)

    def measure(self, pid: int) -> None:
        """Write down the memory of the watch and of its largest worker, in kilobytes that are really in use."""
        with suppress(OSError, ValueError):
            line = {"parent": resident(pid), "worker": max(map(resident, below(pid)), default=0)}
            with self._memory.open("a", encoding="utf-8") as file:
                file.write(json.dumps(line) + "\n")


def _lines(path: Path) -> list[Any]:
    text = path.read_text("utf-8") if path.exists() else ""
    return [json.loads(line) for line in text.splitlines() if line.startswith("{") and line.endswith("}")]


def resident(pid: int) -> int:
    """Return the resident memory of a process in kilobytes; 0 when it is gone."""
    try:
        status = Path(f"/proc/{pid}/status").read_text("utf-8")
    except OSError:
        return 0
    found = re.search(r"VmRSS:\s+(\d+)", status)
    return int(found[1]) if found else 0


def below(pid: int) -> list[int]:
    """Return the processes that a process started, and those that they started."""
    children = [int(word) for task in Path(f"/proc/{pid}/task").iterdir() for word in (task / "children").read_text("ascii").split()]
    return [*children, *(other for child in children if Path(f"/proc/{child}").exists() for other in below(child))]


@contextmanager
def watching(folder: Path, jobs: int) -> Iterator[subprocess.Popen[bytes]]:
    """Run ``congvan watch`` over the workspace, its words kept in the folder; end it as a service manager does."""
    command = [sys.executable, "-m", "pipeline", "watch", str(folder / "ws"), "--jobs", str(jobs), "--steady", "1", "--json"]
    places = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
    with (folder / OUTCOMES).open("ab") as outcomes, (folder / LOG).open("ab") as log:
        running = subprocess.Popen(command, stdout=outcomes, stderr=log, env=places, start_new_session=True)  # noqa: S603 - our own program
        try:
            yield running
        finally:
            running.send_signal(signal.SIGTERM)
            running.wait(120)


@dataclass(frozen=True)
class Report:
    """What became of everything."""

    expected: int
    statuses: Counter[str]
    codes: Counter[str]
    lost: list[str]
    doubled: list[str]
    misplaced: list[str]
    """Originals that lie nowhere, or in two places, byte for byte."""

    @property
    def good(self) -> bool:
        """True when each file has one outcome and one place."""
        return not (self.lost or self.doubled or self.misplaced)


def report(folder: Path, wanted: list[Drop]) -> Report:
    """Hold what was seen against what was dropped, and the archive against the bytes that were dropped."""
    outcomes = Seen(folder).outcomes()
    final = [outcome for outcome in outcomes if not _stays(outcome)]
    counts = Counter(outcome["file"] for outcome in final)
    codes = Counter(outcome["problems"][0]["code"] for outcome in final if outcome["status"] == "refused")
    return Report(
        len(wanted),
        Counter(outcome["status"] for outcome in final),
        codes,
        [drop.name for drop in wanted if not counts[drop.name]],
        [name for name, count in counts.items() if count > 1],
        list(_misplaced(Workspace(folder / "ws"), wanted)),
    )


def _stays(outcome: dict[str, Any]) -> bool:
    """A file that was left for the next look, which tells of it again."""
    return bool({problem["code"] for problem in outcome["problems"]} & {UNOPENED.code, CHANGED.code})


def _misplaced(workspace: Workspace, wanted: list[Drop]) -> Iterator[str]:
    kept = [path for folder in (workspace.archive, workspace.refused) for path in folder.iterdir() if not path.name.endswith(NOTE_SUFFIX)]
    places = Counter(path.name for path in kept)
    by_name = {path.name: path for path in kept}
    for drop in wanted:
        if places[drop.name] != 1 or _digest(by_name[drop.name].read_bytes()) != _digest(drop.make()):
            yield drop.name


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def load(folder: Path, wanted: list[Drop], jobs: int, stop: Stop, seed: int = 0) -> float:
    """Drop and watch until each file has its outcome, until stopped, or until nothing comes any more; return the outcomes per minute."""
    workspace, seen = Workspace(folder / "ws"), Seen(folder)
    make_workspace(workspace)
    shutil.copyfile(PROFILE, workspace.profile / PROFILE.name)
    odd(workspace.inbox)
    names = {drop.name for drop in wanted}
    done = {outcome["file"] for outcome in seen.outcomes()}
    before, began = len(done), time.monotonic()
    last = began
    with watching(folder, jobs) as running, ThreadPoolExecutor(1) as hand:
        hand.submit(pour, workspace.inbox, [drop for drop in wanted if drop.name not in done], stop, seed)
        while names - done and not stop() and running.poll() is None and time.monotonic() - last < STALLED_SECONDS:
            time.sleep(LOOK_SECONDS)
            seen.measure(running.pid)
            now = {outcome["file"] for outcome in seen.outcomes() if not _stays(outcome)}
            last = time.monotonic() if now != done else last
            done = now
    return (len(done) - before) / ((time.monotonic() - began) / 60)


def tell(found: Report, seen: Seen, pace: float) -> None:
    """Print the figures."""
    print(f"{found.expected} files to drop, {found.statuses.total()} outcomes; {pace:.0f} a minute in this call")
    for name, counts in (("", found.statuses), ("refused with ", found.codes)):
        for word, count in counts.most_common():
            print(f"  {count:6} {name}{word}")
    for word, names in (("lost", found.lost), ("doubled", found.doubled), ("misplaced", found.misplaced)):
        print(f"  {len(names):6} {word}{': ' if names else ''}{', '.join(names[:5])}")
    memory = seen.memory()
    print("memory of the watch in MB (least, median, most) by quarters; most of a worker")
    for quarter in range(4):
        part = memory[len(memory) * quarter // 4 : len(memory) * (quarter + 1) // 4]
        if part:
            own = [line["parent"] / 1024 for line in part]
            most = max(line["worker"] for line in part) / 1024
            print(f"  {quarter + 1}: {min(own):6.1f} {statistics.median(own):6.1f} {max(own):6.1f}   {most:6.1f}")


def main() -> int:
    """Load, tell, and keep what was seen in the folder."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path)
    options.add_argument("--files", type=int, default=2000)
    options.add_argument("--bad", type=float, default=0.1, help="share of bad files, 0 to 1")
    options.add_argument("--jobs", type=int, default=2)
    options.add_argument("--seed", type=int, default=7)
    given = options.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    stopped = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    wanted = list(drops(given.files, given.bad, given.seed))
    pace = load(given.folder, wanted, given.jobs, stopped.is_set, given.seed)
    if stopped.is_set():
        print("stopped; the same call goes on from here")
    found = report(given.folder, wanted)
    tell(found, Seen(given.folder), pace)
    return 0 if found.good else 1


if __name__ == "__main__":
    sys.exit(main())
