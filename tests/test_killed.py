"""kill -9 at random moments, then run again: the same end as undisturbed, nothing lost, nothing twice."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROGRAM = Path(__file__).with_name("killed_run.py")
PROFILE = ROOT / "samples" / "profiles" / "huyen-2023.toml"
KILLS = 200


@pytest.mark.skipif(sys.platform == "win32", reason="a group of processes is killed by a POSIX signal")
def test_killed_at_random_moments(tmp_path, capsys):
    words = [sys.executable, PROGRAM, tmp_path, PROFILE, str(KILLS), "20230919"]
    made = subprocess.run(words, capture_output=True, text=True, timeout=1800, check=False)  # noqa: S603 - our own interpreter
    assert made.returncode == 0, made.stderr
    counts = json.loads(made.stdout)
    with capsys.disabled():
        print(f"\nkilled {counts['kills']} times over {counts['workspaces']} workspaces of 50 files: {len(counts['wrong'])} differences")  # noqa: T201 - the counts are asked for
    assert counts["kills"] == KILLS
    assert counts["wrong"] == []
