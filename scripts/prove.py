"""Draft incoming dispatches under profiles, print what the proof says: ``python scripts/prove.py [--profile FILE] [--scans] [PATH]``.

Without paths: every file of ``../shared/dev/files`` and ``../shared/dev/real``. One line for each file and profile: duties of ours, how
many of them the letter holds once, how many are lost or doubled, what was looked up and what of it nobody said; with a gold record beside
the file (or in ``gold/``), also the duties of ours that the gold has and the letter does not tell. Exit code 1 when anything is amiss.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

from extractors.dispatch import Dispatch, Duty
from extractors.evidence import value_of
from extractors.reading import read_dispatch
from extractors.text import ascii_key
from pipeline.authority import Authority, UnitKind
from pipeline.drafting.coverage import prove
from pipeline.drafting.draft import letter_of
from pipeline.drafting.facts import clean
from pipeline.planning.general import is_general_call
from pipeline.planning.lexicon import NameKind, lexicon_of
from pipeline.planning.parties import read_party
from pipeline.planning.plan import Relevance
from pipeline.planning.planner import make_plan
from pipeline.profile import Profile, load

ROOT = Path(__file__).parents[1]
DEV = ROOT.parent / "shared" / "dev"
PROFILES = ROOT / "samples" / "profiles"
TOLD_SHARE = 0.8
"""A gold duty is told when this share of its words stands in one paragraph of the letter; what a scan garbles is the rest."""
_ORDER = frozenset(["giao", "yeu", "cau", "de", "nghi", "co", "trach", "nhiem"])


@dataclass(frozen=True)
class Totals:
    """What was counted on one file under one profile."""

    duties: int = 0
    found: int = 0
    lost: int = 0
    doubled: int = 0
    checked: int = 0
    invented: int = 0
    gold: int = 0
    untold: int = 0

    @property
    def sound(self) -> bool:
        """True when nothing is lost, doubled, invented or untold."""
        return self.found == self.duties and not (self.lost or self.doubled or self.invented or self.untold)

    def plus(self, other: Totals) -> Totals:
        """The sums."""
        return Totals(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))


@dataclass(frozen=True)
class Result:
    """The totals with what is amiss in words."""

    totals: Totals
    faults: tuple[str, ...] = ()


def dispatches(scans: bool = False) -> list[Path]:
    """The files at hand: composed ones and real ones; scans only when asked for, for recognising takes time."""
    real = {path.name.removesuffix(".gold.json") for path in (DEV / "real").glob("*.gold.json")}
    found = [*(DEV / "files").glob("*.docx"), *(DEV / "files").glob("*.pdf"), *(DEV / "real" / f"{name}.pdf" for name in real)]
    return sorted(path for path in found if path.is_file() and (scans or not path.stem.endswith("-scan")))


def gold_of(path: Path) -> Path | None:
    """The gold record of a file."""
    name = path.stem.removesuffix("-scan")
    places = (path.with_suffix(".gold.json"), path.parents[1] / "gold" / f"{name}.json")
    return next((place for place in places if place.is_file()), None)


def day_for(profile: Profile, issued: date | None) -> date:
    """A day of drafting: a paper's own, moved to a day on which the profile holds."""
    periods = [(a.valid_from, a.valid_to or date.max) for a in profile.authorities]
    day = issued or periods[0][0]
    return next((day for first, last in periods if first <= day <= last), min(max(day, periods[0][0]), periods[-1][1]))


def proved(dispatch: Dispatch, profile: Profile, gold: Path | None = None) -> Result:
    """Draft one dispatch and count."""
    today = day_for(profile, value_of(dispatch.main.date))
    plan = make_plan(dispatch, profile, today)
    letter = letter_of(plan, today)
    told = [paragraph.text for paragraph in letter.paragraphs] if letter else []
    wanted = list(_ours_in_gold(json.loads(gold.read_text("utf-8")), plan.authority)) if gold else []
    general = [a.duty for a in plan.of(Relevance.GENERAL)]
    wanted = [text for text in wanted if not any(_share(text, [clean(duty.text)]) >= TOLD_SHARE for duty in general)]
    untold = [text for text in wanted if _share(text, told) < TOLD_SHARE and not _called(text)]
    faults = [f"gold: {text}" for text in untold]
    if letter is None:
        return Result(Totals(gold=len(wanted), untold=len(untold)), tuple(faults))
    proof = prove(plan, letter)
    spans = Counter(span.duty for part in letter.parts if hasattr(part, "spans") for span in part.spans if span.duty)
    mine = [assignment.key for assignment in plan.mine if assignment.duty.kind.value == "duty"]
    faults += [f"{problem.code} {problem.where}: {problem.message}" for problem in proof.problems]
    return Result(
        Totals(
            duties=proof.duties,
            found=proof.once,
            lost=sum(spans[key] == 0 for key in mine),
            doubled=sum(spans[key] > 1 for key in mine),
            checked=sum(tally.checked for tally in proof.tallies),
            invented=sum(tally.unexplained for tally in proof.tallies),
            gold=len(wanted),
            untold=len(untold),
        ),
        tuple(faults),
    )


def _called(text: str) -> bool:
    """True for a general call, which the closing formula carries on."""
    return is_general_call(Duty("1", "", text))


def _ours_in_gold(record: Any, authority: Authority) -> Iterator[str]:  # noqa: ANN401 - JSON
    """The texts of the gold's duties that name us, our class or a unit of ours as lead."""
    lexicon = lexicon_of(authority)
    for document in record.get("documents", [record]):
        stack = list(document.get("duties", []))
        while stack:
            duty = stack.pop(0)
            stack = [*duty.get("children", []), *stack]
            if duty.get("kind", "duty") != "duty" or duty.get("request"):
                continue
            names = [name if isinstance(name, str) else name["name"] for name in duty.get("lead", [])]
            mentions = [m for name in names for m in read_party(name, lexicon)]
            if any(
                m.kind in {NameKind.SELF, NameKind.CLASS}
                or (m.kind is NameKind.UNIT and m.unit is not None and m.unit.kind is not UnitKind.OUTSIDE)
                for m in mentions
            ):
                yield _act(duty["text"], names)


def _act(text: str, names: list[str]) -> str:
    """The text without the names of who acts, which the draft puts ours in place of."""
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, " ")
    return text


def _letters(text: str) -> list[str]:
    """The words without diacritics, which recognising a scan confuses."""
    return re.findall(r"[a-z0-9]+", ascii_key(text))


def _share(text: str, paragraphs: list[str]) -> float:
    """The greatest share of a text's words in one paragraph; the order before a name does not count."""
    words = [word for word in _letters(text) if word not in _ORDER]
    return (
        max((sum(w in found for w in words) / len(words) for found in map(set, map(_letters, paragraphs))), default=0.0) if words else 1.0
    )


def main(arguments: list[str]) -> int:
    """Print one line for each file and profile, what is amiss below it, and the sums."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="*", type=Path)
    parser.add_argument("--profile", action="append", type=Path)
    parser.add_argument("--scans", action="store_true", help="recognise scans too")
    options = parser.parse_args(arguments)
    profiles = {path.stem: load(path) for path in options.profile or sorted(PROFILES.glob("*.toml"))}
    sums = Totals()
    print(f"{'file':44} {'profile':12} " + " ".join(f"{f.name:>8}" for f in fields(Totals)))
    for path in options.paths or dispatches(options.scans):
        dispatch = read_dispatch(path.read_bytes(), path.name)
        for name, profile in profiles.items():
            result = proved(dispatch, profile, gold_of(path))
            sums = sums.plus(result.totals)
            print(f"{path.name:44} {name:12} " + " ".join(f"{getattr(result.totals, f.name):8}" for f in fields(Totals)), flush=True)
            for fault in result.faults:
                print(f"    {fault}")
    print(f"{'together':57} " + " ".join(f"{getattr(sums, f.name):8}" for f in fields(Totals)))
    return 0 if sums.sound else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
