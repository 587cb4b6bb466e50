"""Files dropped while the watch runs: one outcome each, also when it is stopped in between. ``scripts/load.py`` does it by the thousand."""

import sys

import pytest
from load import Seen, drops, load, report

FILES, BAD, SEED = 40, 0.2, 3

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="pipes, and the memory of a process as Linux tells it")


def test_the_same_seed_drops_the_same_files():
    once, again = (list(drops(FILES, BAD, SEED)) for _ in range(2))
    assert [(drop.name, drop.make(), drop.make()) for drop in once] == [(drop.name, drop.make(), drop.make()) for drop in again]
    assert len({drop.name for drop in once}) == FILES
    assert len({drop.make() for drop in once if "công văn" in drop.name}) == sum("công văn" in drop.name for drop in once)


def test_each_file_has_one_outcome_though_the_watch_was_stopped_in_the_middle(tmp_path):
    wanted = list(drops(FILES, BAD, SEED))
    load(tmp_path, wanted, 1, lambda: len(Seen(tmp_path).outcomes()) > FILES // 4, SEED)
    stopped = len(Seen(tmp_path).outcomes())
    load(tmp_path, wanted, 1, lambda: False, SEED)
    found = report(tmp_path, wanted)
    assert FILES // 4 < stopped < FILES
    assert (found.lost, found.doubled, found.misplaced) == ([], [], [])
    assert found.statuses.total() == FILES
    assert {"refused", "needs_review"} <= set(found.statuses)
    assert sorted(path.name for path in (tmp_path / "ws" / "1-van-ban-den").iterdir()) == sorted(["liên kết.pdf", "trống.pdf", "ống.pdf"])
    assert Seen(tmp_path).memory()
