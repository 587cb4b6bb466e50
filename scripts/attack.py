"""Run damaged files through a whole workspace and count what became of them: one outcome each, no file lost, no worker lost for good.

``attack.py COUNT`` damages the project's own samples COUNT times, from a seed; ``attack.py --folder FOLDER`` takes the files of
a folder as they are. Each file has the limits of a usual run. Ends with 1 when a file met an error nobody foresaw, or has no outcome.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

from pipeline.outcome import Outcome
from pipeline.run import make_workspace, run
from pipeline.settings import Limits, Settings, Workspace

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "samples"
PROFILE = SAMPLES / "profiles" / "huyen-2023.toml"
DAY = date(2023, 10, 5)
FORESEEN_BY_NOBODY = {"E111", "E199"}
"""A worker that died, an error without a name of its own."""
Damage = Callable[[bytes, random.Random], bytes]


def cut_short(data: bytes, dice: random.Random) -> bytes:
    """A copy that broke off."""
    return data[: dice.randrange(len(data))]


def flip(data: bytes, dice: random.Random) -> bytes:
    """A few bytes read wrongly."""
    changed = bytearray(data)
    for _ in range(dice.randint(1, 40)):
        changed[dice.randrange(len(changed))] = dice.randrange(256)
    return bytes(changed)


def drop(data: bytes, dice: random.Random) -> bytes:
    """A stretch is missing."""
    start = dice.randrange(len(data))
    return data[:start] + data[start + dice.randint(1, 2000) :]


def repeat(data: bytes, dice: random.Random) -> bytes:
    """A stretch stands there many times."""
    start = dice.randrange(len(data))
    return data[:start] + data[start : start + dice.randint(1, 500)] * dice.randint(2, 50) + data[start:]


def blank(data: bytes, dice: random.Random) -> bytes:
    """A stretch of zeros, as a bad disk leaves it."""
    start = dice.randrange(len(data))
    length = min(dice.randint(1, 4096), len(data) - start)
    return data[:start] + bytes(length) + data[start + length :]


def huge_number(data: bytes, dice: random.Random) -> bytes:
    """A number of the file grown beyond every measure."""
    places = [i for i in range(len(data) - 1) if data[i : i + 1].isdigit() and not data[i + 1 : i + 2].isdigit()]
    if not places:
        return flip(data, dice)
    place = dice.choice(places)
    return data[:place] + dice.choice((b"-1", b"0", b"99999999999", b"4294967296", b"1e309")) + data[place + 1 :]


DAMAGES: tuple[Damage, ...] = (cut_short, flip, drop, repeat, blank, huge_number)


def inside(data: bytes, dice: random.Random, damage: Damage) -> bytes:
    """Damage one part of a package ("DOCX") and pack it again, so that the damage gets past the archive's checksums."""
    packed = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        parts = [name for name in source.namelist() if name.endswith((".xml", ".rels")) and source.read(name)]
        # The body is what is read most.
        victim = "word/document.xml" if dice.random() < 0.5 else dice.choice(parts)
        for info in source.infolist():
            part = source.read(info.filename)
            # The entry itself and not its name: a bare name would be written with the time of day.
            target.writestr(info, damage(part, dice) if info.filename == victim else part)
    return packed.getvalue()


def mutants(count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """Damaged samples with their names, the same ones for the same seed."""
    dice = random.Random(seed)  # noqa: S311 - damage, not secrets
    sources = sorted(path for path in SAMPLES.glob("*/*.*") if path.suffix in (".pdf", ".docx") and path.stat().st_size > 1000)
    for number in range(count):
        source, damage = dice.choice(sources), dice.choice(DAMAGES)
        data = source.read_bytes()
        deep = source.suffix == ".docx" and dice.random() < 0.8
        yield f"{number:04}-{damage.__name__}-{source.name}", inside(data, dice, damage) if deep else damage(data, dice)


def attack(files: Iterator[tuple[str, bytes]], place: Path, jobs: int = 2) -> tuple[Outcome, ...]:
    """Put the files into a new workspace's inbox, run, and return the outcomes.

    Raises:
        AssertionError: a file is still in the inbox, or has not exactly one outcome.
    """
    workspace = Workspace(place)
    make_workspace(workspace)
    (workspace.profile / PROFILE.name).write_bytes(PROFILE.read_bytes())
    names = []
    for name, data in files:
        (workspace.inbox / name).write_bytes(data)
        names.append(name)
    outcomes = run(Settings(workspace, DAY, jobs, limits=Limits(seconds=60)), lambda *_: None)
    if sorted(outcome.file for outcome in outcomes) != sorted(names):
        raise AssertionError("a file without its outcome, or with two")
    if any(workspace.inbox.iterdir()):
        raise AssertionError("a file left behind")
    return outcomes


def unforeseen(outcomes: tuple[Outcome, ...]) -> list[str]:
    """The files that met an error without a name of its own, with its place."""
    return [
        f"{outcome.file}: {problem.code} {problem.where}"
        for outcome in outcomes
        for problem in outcome.problems
        if problem.code in FORESEEN_BY_NOBODY
    ]


def main() -> int:
    """Attack, tell the counts, and keep the damaged files nowhere."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("count", type=int, nargs="?", default=1000)
    options.add_argument("--seed", type=int, default=30)
    options.add_argument("--folder", type=Path)
    given = options.parse_args()
    if given.folder:
        paths = sorted(path for path in given.folder.rglob("*") if path.is_file())
        files = ((f"{number:04}-{path.name}", path.read_bytes()) for number, path in enumerate(paths))
    else:
        files = mutants(given.count, given.seed)
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        outcomes = attack(files, Path(folder) / "workspace")
    print(f"{len(outcomes)} files, one outcome each, {time.monotonic() - started:.0f} s")
    for status, count in Counter(outcome.status.value for outcome in outcomes).most_common():
        print(f"  {count:5} {status}")
    for code, count in Counter(outcome.problems[0].code for outcome in outcomes if outcome.status.value == "refused").most_common():
        print(f"  {count:5} refused with {code}")
    crashes = unforeseen(outcomes)
    print(*crashes, sep="\n")
    return 1 if crashes else 0


if __name__ == "__main__":
    sys.exit(main())
