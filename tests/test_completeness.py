"""Whatever is added to the program comes with its sample or its line in the README: this names what was forgotten."""

import argparse
from datetime import date
from pathlib import Path

import pytest
from sample_files import ALL, READ, REFUSED, ROOT, label

from extractors.kinds import GENERIC, KINDS, kind_of
from extractors.readers.base import READERS, reader_for
from pipeline.drafting.draft import FORMS as TEMPLATE_OF_FORM
from pipeline.profile import load as load_profile
from pipeline.verbs import build

SIZE_AT_MOST = 60_000
"""Bytes of a sample file: the repository stays light."""
README = ROOT / "README.md"


def readme() -> str:
    return README.read_text("utf-8") if README.exists() else ""


def verbs() -> list[str]:
    actions = build()._subparsers._group_actions
    return sorted(name for action in actions if isinstance(action, argparse._SubParsersAction) for name in action.choices)


def templates() -> list[str]:
    return sorted(path.parent.name for path in (ROOT / "templates").glob("*/template.toml"))


def test_every_kind_has_a_sample():
    shown = {kind_of(sample.dispatch("pdf").main.type.value).id for sample in READ}
    assert {kind.id for kind in KINDS} - shown == set()
    assert GENERIC.id not in shown, "a sample fell to the generic kind: its type is not recognised"


def test_every_reader_has_samples():
    shown = {reader_for(path.read_bytes()).name for sample in READ for path in sample.folder.glob(f"{sample.name}.*")}
    assert shown == {reader.name for reader in READERS}


@pytest.mark.parametrize("name", templates())
def test_every_template_is_drafted_or_told_of(name):
    drafted = {TEMPLATE_OF_FORM[sample.plan("pdf").form] for sample in READ}
    assert name in drafted or f"`{name}`" in readme() or f"`{name}`" in (ROOT / "templates" / "README.md").read_text("utf-8")


def test_both_forms_of_draft_have_a_sample():
    assert {sample.plan("pdf").form for sample in READ if sample.plan("pdf").mine} == set(TEMPLATE_OF_FORM)


@pytest.mark.parametrize("verb", verbs())
def test_every_verb_is_in_the_readme(verb):
    assert f"congvan {verb}" in readme()


@pytest.mark.parametrize("sample", ALL, ids=label)
def test_every_sample_says_what_it_is(sample):
    source = sample.source
    assert source["origin"] == "composed"
    assert len(source["shows"]) > 20
    assert isinstance(source["today"], date)
    assert sample.name.startswith(source["profile"].split("-")[0] + "-"), "the demo picks the samples of a profile by this"
    authority = load_profile(ROOT / "samples" / "profiles" / f"{source['profile']}.toml").on(source["today"])
    assert authority.period.holds(source["today"])


@pytest.mark.parametrize("sample", READ, ids=label)
def test_every_sample_has_both_twins_and_their_text(sample):
    assert {path.name for path in sample.folder.iterdir() if path.is_file()} == {
        "case.toml",
        "source.toml",
        sample.file("pdf").name,
        sample.file("docx").name,
        *(sample.file(form).name for form in (*sample.scans, *sample.office)),
    }
    assert sample.scans == (() if "scan" not in sample.source else (sample.source["scan"],))
    assert set(sample.office) == set(sample.source.get("office", ()))


@pytest.mark.parametrize("sample", READ, ids=label)
def test_every_sample_has_its_goldens(sample):
    wanted = {"record.json", "plan.txt"}
    assert wanted <= {path.name for path in (sample.folder / "expected").glob("*")} <= wanted | {"draft.txt"}


@pytest.mark.parametrize("path", [path for sample in ALL for path in sample.folder.glob("*.*")], ids=lambda path: path.name)
def test_samples_are_small(path: Path):
    assert path.stat().st_size <= SIZE_AT_MOST


def test_the_samples_show_refusals_and_dispatches_without_duties():
    assert {sample.source["refused"] for sample in REFUSED} >= {"SecretDocument", "UnsupportedFormat"}
    assert sum(not sample.document("pdf")["duties"] for sample in READ) >= 2
