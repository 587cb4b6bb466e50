"""The README's accuracy table is the kept run's, and the kept run is of today's samples."""

import json
from pathlib import Path

ROOT = Path(__file__).parents[1]
KEPT = json.loads((ROOT / "samples" / "accuracy.json").read_text("utf-8"))


def test_the_readme_shows_the_kept_run():
    readme = (ROOT / "README.md").read_text("utf-8")
    shown = readme.partition("<!-- accuracy -->\n")[2].partition("<!-- /accuracy -->")[0]
    assert shown.startswith("\n".join(KEPT["table"]))
    assert f"{KEPT['macro']:.3f}" in shown


def test_every_readable_sample_is_in_the_kept_run():
    cases = [
        path.parent.name
        for path in (ROOT / "samples").glob("*/case.toml")
        if 'secrecy = ""' in (t := path.read_text("utf-8")) or "secrecy" not in t
    ]
    assert {Path(name).stem for name in KEPT["differences"]} == set(cases)
