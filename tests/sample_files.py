"""The sample folders, read once: what each holds, shows, and is expected to give."""

import json
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from compose_case import Case, load

from extractors.dispatch import Dispatch
from extractors.reading import read_dispatch
from pipeline.planning.plan import Plan
from pipeline.profile import load as load_profile
from pipeline.record import to_json, to_record

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "samples"
FORMS = ("pdf", "docx")
"""Of every sample that is read."""
SCANS = ("tif", "png")
"""Scans that some samples have beside them; recognising takes time, so they are held against the typed twin only."""
OFFICE = ("doc", "rtf", "odt")
"""Formats that some samples have beside them; LibreOffice reads those."""


@dataclass(frozen=True)
class Sample:
    folder: Path

    @property
    def name(self) -> str:
        return self.folder.name

    @cached_property
    def source(self) -> dict[str, Any]:
        return tomllib.loads((self.folder / "source.toml").read_text("utf-8"))

    @property
    def today(self) -> date:
        return self.source["today"]

    @cached_property
    def case(self) -> Case:
        return load(self.folder / "case.toml")

    def file(self, form: str) -> Path:
        return self.folder / f"{self.name}.{form}"

    @property
    def scans(self) -> tuple[str, ...]:
        """The forms in which the sample lies there as a scan."""
        return tuple(form for form in SCANS if self.file(form).exists())

    @property
    def office(self) -> tuple[str, ...]:
        """The formats of other word processors in which the sample lies there."""
        return tuple(form for form in OFFICE if self.file(form).exists())

    @cache  # noqa: B019 - samples live as long as the test run
    def dispatch(self, form: str) -> Dispatch:
        return read_dispatch(self.file(form).read_bytes(), self.file(form).name)

    @cache  # noqa: B019 - as above
    def record(self, form: str) -> Any:
        return json.loads(to_json(to_record(self.dispatch(form))))

    def document(self, form: str) -> Any:
        return self.record(form)["documents"][0]

    @cache  # noqa: B019 - as above
    def plan(self, form: str) -> Plan:
        from pipeline.planning.planner import make_plan

        return make_plan(self.dispatch(form), load_profile(SAMPLES / "profiles" / f"{self.source['profile']}.toml"), self.today)


FOLDERS = sorted(path for path in SAMPLES.iterdir() if path.is_dir() and path.name != "profiles")
ALL = [Sample(folder) for folder in FOLDERS]
REFUSED = [sample for sample in ALL if "refused" in sample.source]
READ = [sample for sample in ALL if "refused" not in sample.source]


SCANNED = [(sample, form) for sample in READ for form in sample.scans]
CONVERTED = [(sample, form) for sample in READ for form in sample.office]


def said(record: Any) -> Any:
    """What a record says of its documents, without where it stands and how surely it was read."""
    return [{key: value for key, value in document.items() if key not in ("pages", "evidence")} for document in record["documents"]]


def label(value: object) -> str | None:
    return value.name if isinstance(value, Sample) else None


def walk(duties: list[Any]) -> Any:
    """Every duty of a record's tree, in reading order."""
    for duty in duties:
        yield duty
        yield from walk(duty["children"])
