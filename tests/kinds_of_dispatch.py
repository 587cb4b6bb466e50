"""Incoming dispatches of every kind, told for each sample profile: ``kinds/<kind>.toml`` is a case with names in braces.

The same paper comes to a district of 2023, to a commune and to a ward of 2026; what differs between them stands in ``ERAS``: who the
addressees are, what the departments of that time are called, the year.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from pathlib import Path

from compose_case import Case, parsed
from compose_docx import compose
from sample_files import SAMPLES

from extractors.dispatch import Dispatch
from extractors.reading import read_dispatch
from pipeline.drafting.blocks import Draft
from pipeline.drafting.docx_writer import write
from pipeline.drafting.draft import letter_of
from pipeline.planning.plan import Plan
from pipeline.planning.planner import make_plan
from pipeline.profile import load

KINDS = tuple(sorted(path.stem for path in Path(__file__).with_name("kinds").glob("*.toml")))
_TWO_LEVELS = {
    "năm": "2026",
    "các huyện": "UBND các xã, phường, đặc khu",
    "các huyện ủy": "Các đảng uỷ xã, phường, đặc khu",
    "Sở Nông nghiệp": "Sở Nông nghiệp và Môi trường",
    "Sở Tài nguyên": "Sở Nông nghiệp và Môi trường",
    "Sở Lao động": "Sở Nội vụ",
    "SLĐ": "SNV",
}
ERAS = {
    "huyen-2023": {
        "năm": "2023",
        "tỉnh": "tỉnh",
        "Hải Dương": "Hải Dương",
        "Tỉnh uỷ": "Tỉnh uỷ",
        "các huyện": "UBND các huyện, thị xã, thành phố",
        "các huyện ủy": "Các huyện uỷ, thị uỷ, thành uỷ",
        "Sở Nông nghiệp": "Sở Nông nghiệp và Phát triển nông thôn",
        "Sở Tài nguyên": "Sở Tài nguyên và Môi trường",
        "Sở Lao động": "Sở Lao động - Thương binh và Xã hội",
        "Phòng Lao động": "Phòng Lao động - Thương binh và Xã hội",
        "SLĐ": "SLĐTBXH",
    },
    "xa-2026": {
        **_TWO_LEVELS,
        "tỉnh": "thành phố",
        "Hải Dương": "Hải Phòng",
        "Tỉnh uỷ": "Thành uỷ",
        "Phòng Lao động": "Phòng Văn hóa - Xã hội",
    },
    "phuong-2026": {
        **_TWO_LEVELS,
        "tỉnh": "tỉnh",
        "Hải Dương": "Bắc Ninh",
        "Tỉnh uỷ": "Tỉnh uỷ",
        "các huyện": "UBND các xã, phường",
        "các huyện ủy": "Các đảng uỷ xã, phường",
        "Phòng Lao động": "Phòng Văn hóa - Xã hội",
    },
}
"""By profile: what stands for each name in braces; a name in capitals stands in capitals."""


@dataclass(frozen=True)
class Told:
    """One kind of dispatch as it comes to the authority of one profile."""

    kind: str
    profile: str

    def __str__(self) -> str:
        return f"{self.kind}-{self.profile}"

    @cached_property
    def case(self) -> Case:
        names = ERAS[self.profile]
        capitals = {name.upper(): words.upper() for name, words in names.items()}
        text = Path(__file__).with_name("kinds").joinpath(f"{self.kind}.toml").read_text(encoding="utf-8")
        text = text.replace("{TỈNH ỦY}", names["Tỉnh uỷ"].upper().replace("UỶ", "ỦY"))
        return parsed(re.sub(r"\{([^\W\d_][^{}=,]*)\}", lambda found: {**capitals, **names}[found[1]], text))

    @property
    def today(self) -> date:
        return date(self.case.day.year, 10, 5)

    @cached_property
    def document(self) -> bytes:
        return compose(self.case, for_pdf=False)

    @cached_property
    def dispatch(self) -> Dispatch:
        return read_dispatch(self.document, f"{self.kind}.docx")

    @cached_property
    def plan(self) -> Plan:
        return make_plan(self.dispatch, load(SAMPLES / "profiles" / f"{self.profile}.toml"), self.today)

    @cached_property
    def letter(self) -> Draft:
        letter = letter_of(self.plan, self.today)
        assert letter is not None, "nothing of it is ours"
        return letter

    @cached_property
    def draft(self) -> bytes:
        return write(self.letter)


@cache
def told(kind: str, profile: str) -> Told:
    """The kind for the profile, read and drafted once."""
    return Told(kind, profile)


TOLD = tuple(told(kind, profile) for kind in KINDS for profile in ERAS)
