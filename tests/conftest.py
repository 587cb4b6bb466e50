"""Goldens: files that hold what the program made when a person last read it; written by ``pytest --update-golden`` only."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("untimed", deadline=None)  # a property says what holds, not how fast a busy machine is
settings.load_profile("untimed")

sys.path.insert(0, str(Path(__file__).parents[1] / "scripts"))

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
