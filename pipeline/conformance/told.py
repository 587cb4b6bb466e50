"""The check's result for a clerk, and for other programs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict

from pipeline.conformance.check import Conformance, FormKind
from pipeline.conformance.finding import Finding, Place

_FORMS = {
    FormKind.STATE: "Nghị định 30/2020/NĐ-CP",
    FormKind.PARTY: "thể thức văn bản của Đảng",
}
MOST_PLACES = 3
"""Places shown of one finding; the rest is counted, all are in ``--json``."""


def as_text(result: Conformance, name: str) -> str:
    """Return the findings, those that must be put right first."""
    form = _FORMS[result.kind]
    if not result.findings:
        return f"{name}: không thấy điều gì chưa đúng ({form})."
    must = sum(found.must for found in result.findings)
    counted = f"{must} điều phải sửa" + (f", {len(result.findings) - must} điều nên xem" if must < len(result.findings) else "")
    ordered = sorted(result.findings, key=lambda found: not found.must)
    return "\n".join([f"{name}: {counted} ({form}).", *(line for found in ordered for line in _lines(found))])


def _lines(found: Finding) -> Iterator[str]:
    mark = "" if found.must else " (nên xem)"
    yield f"  {found.rule}{mark} {found.part}: {found.message} [{found.clause}]"
    yield from (f"      {_where(place)}" for place in found.places[:MOST_PLACES])
    if len(found.places) > MOST_PLACES:
        yield f"      … và {len(found.places) - MOST_PLACES} chỗ khác"
    yield f"      → {found.remedy}"


def _where(place: Place) -> str:
    return f"đoạn {place.paragraph}: “{place.quote}”" if place.paragraph else f"“{place.quote}”"


def as_json(result: Conformance, name: str) -> str:
    """Return the findings as one JSON object."""
    findings = [asdict(found) for found in result.findings]
    return json.dumps({"file": name, "form": result.kind.value, "findings": findings}, ensure_ascii=False, indent=1)
