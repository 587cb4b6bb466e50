"""Head and end of the labelled dispatches beside the repository, read from their PDF and DOCX files."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from extractors.errors import NeedsOcr
from extractors.evidence import value_of
from extractors.fields import addressees, issuer, marks, own_symbol, place_date, recipients, signatory, subject
from extractors.layout import Layout, TextSource
from extractors.readers import base
from extractors.text import fold, nfc
from extractors.zones import Anatomy, split

DEV = Path(__file__).parents[2] / "shared" / "dev"
SCANS = re.compile(r"-scan$")


def _cases() -> list[tuple[Path, Path]]:
    composed = [(file, DEV / "gold" / f"{file.stem}.json") for file in sorted((DEV / "files").glob("*")) if not SCANS.search(file.stem)]
    real = [(gold.with_name(gold.name.replace(".gold.json", ".pdf")), gold) for gold in sorted((DEV / "real").glob("*.gold.json"))]
    return composed + real


def _layout(file: Path) -> Layout | None:
    """The layout; None for a published scan only: every composed file here has a text layer and must be read."""
    try:
        layout = base.read(file.read_bytes())
    except NeedsOcr:
        if file.parent.name != "real":
            raise
        return None
    return layout if layout.source is TextSource.DIGITAL or file.parent.name != "real" else None


def _read(anatomy: Anatomy) -> dict[str, Any]:
    head, number, day = issuer.read(anatomy), own_symbol.read(anatomy), place_date.read(anatomy)
    seen, spread, signer = marks.read(anatomy), recipients.read(anatomy), signatory.read(anatomy)
    issued = value_of(day.date)
    return {
        "issuer": {"parent": value_of(head.parent), "name": value_of(head.issuer)},
        "number": value_of(number.number),
        "symbol": value_of(number.symbol),
        "reference": value_of(number.reference),
        "place": value_of(day.place),
        "date": issued.isoformat() if issued else None,
        "date_printed": {"year": day.printed.year, "month": day.printed.month, "day": day.printed.day},
        "subject": value_of(subject.read(anatomy)),
        "urgency": seen.urgency.value.value if seen.urgency else None,
        "secrecy": None,
        "addressees": [party.name for party in addressees.read(anatomy)],
        "recipients": [party.name for party in spread.recipients],
        "filing": value_of(spread.filing),
        "signer": {"authority": value_of(signer.authority), "position": value_of(signer.position), "name": value_of(signer.name)},
    }


def _alike(value: Any) -> Any:
    """The value without what the labels leave open: case, tone placement, line ends, "UBND" spelled out or not."""
    if isinstance(value, dict):
        return {key: _alike(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_alike(part) for part in value]
    if not isinstance(value, str):
        return value
    return " ".join(fold(nfc(value)).replace("ủy ban nhân dân", "ubnd").split())


@pytest.mark.skipif(not DEV.exists(), reason="the labelled dispatches are not beside the repository")
@pytest.mark.parametrize(("file", "gold"), _cases(), ids=lambda path: path.name)
def test_head_and_end(file: Path, gold: Path) -> None:
    layout = _layout(file)
    if layout is None:
        pytest.skip("a published scan: recognised characters are held to other tests")
    want = json.loads(gold.read_text("utf-8"))
    got = _read(split(layout)[0].anatomy)
    assert _alike(got) == _alike({key: want[key] for key in got})
