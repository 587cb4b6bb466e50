"""Precision, recall and F1 of records against gold, field by field, in a strict and a soft mode."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz import fuzz

from extractors.text import fold, nfc

Json = dict[str, Any]
ALIGNED = 80.0
"""Least likeness, of 100, at which two duty texts are the same duty."""
SCALARS = (
    ("type", "code"), ("issuer", "name"), ("issuer", "parent"), ("number",), ("symbol",), ("reference",), ("place",), ("date",),
    ("subject",), ("urgency",), ("filing",), ("signer", "authority"), ("signer", "position"), ("signer", "name"),
)  # fmt: skip
HEADER = ("type/code", "issuer/name", "number", "symbol", "place", "date", "subject", "signer/name")
DUTY_LISTS = ("lead", "support", "report_to")


def strict(value: object) -> str:
    """Only white space and dashes are folded."""
    return " ".join(re.sub("[‐‑‒–—−]", "-", nfc(str(value))).split())


def soft(value: object) -> str:
    """Case, tone placement, punctuation and the usual short forms are folded too."""
    key = fold(strict(value)).replace("ủy ban nhân dân", "ubnd").replace("hội đồng nhân dân", "hđnd")
    return " ".join(re.sub(r"[^\w/]+", " ", key).split())


@dataclass
class Tally:
    """Counts of right, wrong and missed values by field; notes say what differed."""

    counts: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0, 0]))
    notes: list[str] = field(default_factory=list)

    def add(self, name: str, right: int, wrong: int, missed: int) -> None:
        """Add to a field's counts."""
        for index, count in enumerate((right, wrong, missed)):
            self.counts[name][index] += count

    def compare(self, name: str, got: object, want: object) -> bool:
        """Compare one value in both modes; both empty counts for nothing."""
        if got is None and want is None:
            return True
        for mode, fold_value in (("", soft), (" (strict)", strict)):
            same = got is not None and want is not None and fold_value(got) == fold_value(want)
            self.add(name + mode, int(same), int(got is not None and not same), int(want is not None and not same))
        same = got is not None and want is not None and soft(got) == soft(want)
        if not same:
            self.notes.append(f"{name}: có {got!r}, cần {want!r}")
        return same

    def compare_lists(self, name: str, got: Iterable[object], want: Iterable[object]) -> None:
        """Compare two lists as sets with repetition."""
        ours, theirs = Counter(map(soft, got)), Counter(map(soft, want))
        right = sum((ours & theirs).values())
        self.add(name, right, sum(ours.values()) - right, sum(theirs.values()) - right)
        if ours != theirs:
            self.notes.append(f"{name}: có {sorted(ours)}, cần {sorted(theirs)}")

    def merge(self, other: Tally) -> None:
        """Take over another tally's counts."""
        for name, counts in other.counts.items():
            self.add(name, *counts)

    def rows(self) -> Iterator[tuple[str, float, float, float, int]]:
        """Yield (field, precision, recall, F1, values in gold)."""
        for name, (right, wrong, missed) in self.counts.items():
            precision = right / (right + wrong) if right + wrong else 1.0
            recall = right / (right + missed) if right + missed else 1.0
            total = precision + recall
            yield name, precision, recall, 2 * precision * recall / total if total else 0.0, right + missed


def _at(document: Json, path: tuple[str, ...]) -> object:
    value: Any = document
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _flat(duties: Iterable[Json]) -> Iterator[Json]:
    for duty in duties:
        yield duty
        yield from _flat(duty.get("children") or ())


def _deadline(deadline: Json) -> str:
    kind = deadline.get("kind")
    if kind in ("date", "period"):
        return f"{deadline.get('due')} {bool(deadline.get('before'))}"
    if kind == "recurring":
        return ";".join(sorted(part for part in (deadline.get("rrule") or "").split(";") if not part.startswith(("BYMINUTE", "BYSECOND"))))
    return f"{kind} {deadline.get('amount')} {deadline.get('unit')} {deadline.get('anchor')}"


def score(got: Json, gold: Json) -> Tally:
    """Return the tally of one document of a record against its gold."""
    tally = Tally()
    right = {"/".join(path): tally.compare("/".join(path), _at(got, path), _at(gold, path)) for path in SCALARS if "/".join(path)}
    whole = all(right[name] for name in HEADER)
    tally.add("instance: header", int(whole), 0, int(not whole))
    tally.compare_lists("addressees", got["addressees"], gold["addressees"])
    tally.compare_lists("recipients", got["recipients"], gold["recipients"])
    tally.compare_lists("references", (r["reference"] for r in got["references"]), (r["reference"] for r in gold["references"]))
    ours, theirs = list(_flat(got["duties"])), list(_flat(gold["duties"]))
    pairs = _aligned(ours, theirs)
    tally.add("duties", len(pairs), len(ours) - len(pairs), len(theirs) - len(pairs))
    for want, have in [*pairs, *_unpaired(ours, theirs, pairs)]:
        _score_duty(tally, want, have)
    if not theirs:
        tally.add("no duty", int(not ours), int(bool(ours)), int(bool(ours)))
    return tally


def _aligned(ours: list[Json], theirs: list[Json]) -> list[tuple[Json, Json]]:
    """Pair duties by their texts, the most alike first."""
    candidates = sorted(
        ((fuzz.ratio(soft(w["text"]), soft(h["text"])), -abs(i - j), i, j) for i, w in enumerate(theirs) for j, h in enumerate(ours)),
        reverse=True,
    )
    seen_want: set[int] = set()
    seen_have: set[int] = set()
    pairs = []
    for likeness, _, i, j in candidates:
        if likeness >= ALIGNED and i not in seen_want and j not in seen_have:
            seen_want.add(i)
            seen_have.add(j)
            pairs.append((theirs[i], ours[j]))
    return pairs


def _unpaired(ours: list[Json], theirs: list[Json], pairs: list[tuple[Json, Json]]) -> Iterator[tuple[Json, Json]]:
    empty: Json = {"lead": [], "support": [], "report_to": [], "deadlines": []}
    paired = {id(duty) for pair in pairs for duty in pair}
    yield from ((duty, empty) for duty in theirs if id(duty) not in paired)
    yield from ((empty, duty) for duty in ours if id(duty) not in paired)


def _score_duty(tally: Tally, want: Json, have: Json) -> None:
    if "text" in want and "text" in have:
        same = soft(want["text"]) == soft(have["text"])
        tally.add("duty text (exact)", int(same), int(not same), int(not same))
        for name in ("marker", "kind"):
            same = strict(want.get(name) or "") == strict(have.get(name) or "")
            tally.add(f"duty {name}", int(same), int(not same), int(not same))
    else:
        tally.notes.append(f"duties: {'thiếu' if 'text' in want else 'thừa'} {str(want.get('text') or have.get('text'))[:80]!r}")
    for name in DUTY_LISTS:
        if want.get(name) is not None:
            tally.compare_lists(f"duty {name}", have.get(name) or (), want[name])
    tally.compare_lists("duty deadlines", map(_deadline, have.get("deadlines") or ()), map(_deadline, want.get("deadlines") or ()))
