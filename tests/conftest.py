"""Goldens: files that hold what the program made when a person last read it; written by ``pytest --update-golden`` only."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from pipeline.ledger import Ledger, open_ledger
from pipeline.run import LEDGER_NAME, make_workspace
from pipeline.settings import Workspace

settings.register_profile("untimed", deadline=None)  # a property says what holds, not how fast a busy machine is
settings.load_profile("untimed")

sys.path.insert(0, str(Path(__file__).parents[1] / "scripts"))

PROFILE = Path(__file__).parents[1] / "samples" / "profiles" / "xa-2026.toml"
Golden = Callable[[Path, str], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the expected files of the samples; then read them")
    parser.addoption("--whole-corpus", action="store_true", help="convert every .doc and .rtf of the corpus, not every eighth (minutes)")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Compare with an expected file; a missing one is a failure that names the command."""
    command = f"pytest --update-golden {request.node.nodeid!r}"

    def hold(path: Path, made: str) -> None:
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(made, encoding="utf-8")
        if not path.exists():
            pytest.fail(f"{path} is missing. Make it with: {command}  and read it.", pytrace=False)
        assert made == path.read_text(encoding="utf-8"), f"{path} differs. When the new one is right: {command}"

    return hold


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A commune's workspace with nothing in it yet."""
    made = Workspace(tmp_path / "văn thư")
    make_workspace(made)
    (made.profile / PROFILE.name).write_bytes(PROFILE.read_bytes())
    return made


@pytest.fixture
def ledger(workspace: Workspace) -> Iterator[Ledger]:
    """The open ledger of that workspace."""
    with open_ledger(workspace.state / LEDGER_NAME) as opened:
        yield opened
