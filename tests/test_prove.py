"""Dispatches of others, drafted under every sample profile: no duty of ours lost or doubled, no number, date or name invented."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import prove
import pytest
from kinds_of_dispatch import told
from sample_files import SAMPLES

from extractors.reading import read_dispatch
from pipeline.profile import load

PROFILES = sorted((SAMPLES / "profiles").glob("*.toml"))
TYPED = ("qn-11-tb-ubnd-2025.pdf", "qn-565-tb-ubnd-2024.pdf")
"""Real ones that need no recognising."""
FILES = [path for path in prove.dispatches() if path.parent.name == "files" or path.name in TYPED]


@cache
def read(path: Path):
    return read_dispatch(path.read_bytes(), path.name)


@pytest.mark.skipif(not FILES, reason="../shared/dev is not there")
@pytest.mark.parametrize("profile", PROFILES, ids=lambda path: path.stem)
@pytest.mark.parametrize("path", FILES or [Path()], ids=lambda path: path.name)
def test_nothing_is_lost_or_invented(path: Path, profile: Path):
    result = prove.proved(read(path), load(profile), prove.gold_of(path))
    assert result.faults == ()
    assert result.totals.sound


def without_first_duty(letter):
    key = next(span.duty for part in letter.parts if hasattr(part, "spans") for span in part.spans if span.duty)
    return replace(letter, parts=tuple(p for p in letter.parts if not any(s.duty == key for s in getattr(p, "spans", ()))))


def with_an_invented_day(letter):
    part = next(part for part in letter.parts if hasattr(part, "spans") and part.spans)
    return replace(letter, parts=(*letter.parts, replace(part, spans=(replace(part.spans[0], text="Xong ngày 31/12/2031."),))))


def doubled(letter):
    part = next(part for part in letter.parts if any(span.duty for span in getattr(part, "spans", ())))
    return replace(letter, parts=(*letter.parts, part))


@pytest.mark.parametrize(
    ("spoil", "counts"),
    [
        (without_first_duty, {"lost": 1, "found": 1}),
        (doubled, {"doubled": 1, "found": 1}),
        (with_an_invented_day, {"invented": 1, "found": 2}),
    ],
)
def test_a_spoilt_draft_fails(monkeypatch, spoil, counts):
    letter_of = prove.letter_of
    monkeypatch.setattr(prove, "letter_of", lambda plan, today: spoil(letter_of(plan, today)))
    result = prove.proved(told("cong-van-so", "xa-2026").dispatch, load(SAMPLES / "profiles" / "xa-2026.toml"))
    assert {name: getattr(result.totals, name) for name in counts} == counts
    assert not result.totals.sound
    assert result.faults


def test_a_duty_that_only_the_gold_knows_fails(tmp_path):
    gold = tmp_path / "x.gold.json"
    gold.write_text('{"duties": [{"lead": ["UBND các xã"], "text": "Mua một con tàu vũ trụ."}]}', "utf-8")
    result = prove.proved(told("cong-van-so", "xa-2026").dispatch, load(SAMPLES / "profiles" / "xa-2026.toml"), gold)
    assert (result.totals.gold, result.totals.untold, result.totals.sound) == (1, 1, False)


def test_the_script_fails_with_its_findings(tmp_path, capsys):
    told("cong-van-so", "xa-2026")
    path = tmp_path / "den.docx"
    path.write_bytes(told("cong-van-so", "xa-2026").document)
    profile = str(SAMPLES / "profiles" / "xa-2026.toml")
    assert prove.main([str(path), "--profile", profile]) == 0
    path.with_suffix(".gold.json").write_text('{"duties": [{"lead": ["UBND các xã"], "text": "Mua một con tàu vũ trụ."}]}', "utf-8")
    assert prove.main([str(path), "--profile", profile]) == 1
    assert "gold: Mua một con tàu vũ trụ." in capsys.readouterr().out
