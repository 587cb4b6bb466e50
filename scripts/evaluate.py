"""Score what the program reads against what is known to stand on the papers, and show gains and losses against the kept run.

usage: evaluate.py                     the project's own samples (facts planted by samples/*/case.toml)
       evaluate.py --pairs PAIRS.jsonl  other papers: one {"id", "gold", "file"} a line, gold as one document of the record
       evaluate.py --keep               keep this run as samples/accuracy.json
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import msgspec
from compose_case import Case, Fact, load
from evaluate_scoring import Json, Tally, score

from extractors.errors import DispatchError
from extractors.reading import read_dispatch
from pipeline.record import to_record

ROOT = Path(__file__).parents[1]
KEPT = ROOT / "samples" / "accuracy.json"


def gold_of(case: Case) -> Json:
    """Return the record's document as the composer knows it."""
    reads = case.reads
    number = None if case.blank else case.number
    return {
        "type": {"code": reads["type"]},
        "issuer": {"parent": reads.get("parent") or None, "name": reads["issuer"]},
        "number": number,
        "symbol": case.symbol,
        "reference": case.reference if number else None,
        "place": case.place,
        "date": None if case.blank else case.day.isoformat(),
        "subject": re.sub(r"^(?:V/v|Về việc)\s+", "", case.subject),
        "urgency": reads.get("urgency"),
        "filing": case.filing or None,
        "signer": {"authority": reads.get("authority") or None, "position": reads.get("position") or None, "name": case.signer},
        "addressees": list(case.addressees),
        "recipients": list(case.recipients),
        "references": [{"reference": reference} for reference in reads.get("references", ())],
        "duties": [_duty(fact) for fact in case.facts()],
    }


def _duty(fact: Fact) -> Json:
    dues = [asdict(due) for due in fact.due]
    return {
        "text": fact.text,
        "marker": fact.marker,
        "kind": fact.kind,
        "lead": list(fact.lead),
        "support": list(fact.support),
        "report_to": None,
        "deadlines": dues,
    }


def own_samples() -> Iterator[tuple[str, Path, Json]]:
    """Yield (id, file, gold) of every sample that can be read, PDF and DOCX."""
    for path in sorted((ROOT / "samples").glob("*/case.toml")):
        case = load(path)
        if case.secrecy:
            continue
        for suffix in (".pdf", ".docx"):
            file = path.with_name(path.parent.name + suffix)
            yield file.name, file, gold_of(case)


def listed(pairs: Path) -> Iterator[tuple[str, Path, Json]]:
    """Yield (id, file, gold) of a list of pairs."""
    for line in pairs.read_text("utf-8").splitlines():
        if line.strip():
            pair = json.loads(line)
            yield pair["id"], Path(pair["file"]), json.loads(Path(pair["gold"]).read_text("utf-8"))


def run(papers: Iterator[tuple[str, Path, Json]]) -> tuple[Tally, dict[str, list[str]]]:
    """Return the tally over all papers, and what differed in each."""
    total = Tally()
    differences: dict[str, list[str]] = {}
    for name, file, gold in papers:
        try:
            record = to_record(read_dispatch(file.read_bytes(), file.name))
        except DispatchError as error:
            differences[name] = [f"không đọc được: {error.code}"]
            continue
        one = score(msgspec.to_builtins(record)["documents"][0], gold)
        total.merge(one)
        differences[name] = one.notes
    return total, differences


def table(tally: Tally) -> str:
    """Return the figures as a Markdown table."""
    lines = ["| field | precision | recall | F1 | values |", "|---|---|---|---|---|"]
    lines += [f"| {name} | {p:.3f} | {r:.3f} | {f1:.3f} | {n} |" for name, p, r, f1, n in tally.rows()]
    return "\n".join(lines)


def macro(tally: Tally) -> float:
    """Return the mean F1 over the fields that occur, in the soft mode."""
    core = [f1 for name, _, _, f1, n in tally.rows() if n and "(strict)" not in name and not name.startswith(("instance", "no duty"))]
    return sum(core) / len(core) if core else 0.0


def gains_and_losses(differences: dict[str, list[str]], kept: dict[str, list[str]]) -> list[str]:
    """Return what is right now and was not in the kept run, and the other way round."""
    out = []
    for name in sorted(differences.keys() | kept.keys()):
        now, then = set(differences.get(name, [])), set(kept.get(name, []))
        out += [f"+ {name}: đã đúng: {note}" for note in sorted(then - now)] + [f"- {name}: nay sai: {note}" for note in sorted(now - then)]
    return out


def main() -> int:
    """Print table, macro F1, differences, gains and losses."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=Path)
    parser.add_argument("--keep", action="store_true")
    options = parser.parse_args()
    tally, differences = run(listed(options.pairs) if options.pairs else own_samples())
    perfect = sum(not notes for notes in differences.values())
    print(table(tally))
    print(f"\nmacro F1 {macro(tally):.3f}; {perfect} of {len(differences)} papers without a difference")
    for name, notes in differences.items():
        for note in notes:
            print(f"  {name}: {note}")
    if options.pairs is None:
        kept = json.loads(KEPT.read_text("utf-8")) if KEPT.exists() else {}
        print("\ngains and losses against the kept run:")
        print("\n".join(gains_and_losses(differences, kept.get("differences", {}))) or "  none")
    if options.keep and options.pairs is None:
        figures = {"macro": round(macro(tally), 3), "table": table(tally).splitlines(), "differences": differences}
        KEPT.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
