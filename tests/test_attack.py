"""Damaged and hostile files through a whole workspace: one outcome each, nothing left behind, no error without a name.

``scripts/attack.py 1000`` does the same at length.
"""

from pathlib import Path

import pytest
from attack import attack, mutants, unforeseen

HOSTILE = Path(__file__).parents[2] / "shared" / "corpus" / "hostile"


def test_damaged_samples(tmp_path):
    outcomes = attack(mutants(120, seed=6), tmp_path / "w")
    assert len(outcomes) == 120
    assert unforeseen(outcomes) == []
    assert len({outcome.status for outcome in outcomes}) >= 4, "damage of many kinds"


def test_the_same_seed_does_the_same_damage():
    assert list(mutants(20, seed=1)) == list(mutants(20, seed=1))
    assert list(mutants(20, seed=1)) != list(mutants(20, seed=2))


@pytest.mark.skipif(not HOSTILE.is_dir(), reason="../shared is not on this machine")
def test_the_hostile_corpus(tmp_path):
    paths = sorted(path for path in HOSTILE.rglob("*") if path.is_file())
    outcomes = attack(((f"{number:04}-{path.name}", path.read_bytes()) for number, path in enumerate(paths)), tmp_path / "w")
    assert len(outcomes) == len(paths) > 200
    assert unforeseen(outcomes) == []
