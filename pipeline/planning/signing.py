"""Who signs the draft ("thẩm quyền ký"): the present person in charge of the field, else the head, else the next one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pipeline.authority import Signer, Unit
from pipeline.phrases import words_of
from pipeline.planning.lexicon import Lexicon
from pipeline.planning.plan import Why

_UNIT_POINTS = 2.0  # a unit in charge of a duty tells more than one phrase of a field


@dataclass(frozen=True)
class Signing:
    """The signer with the lines above the name, the position last."""

    signer: Signer | None
    lines: tuple[str, ...]
    why: tuple[Why, ...]


def choose_signer(units: Iterable[Unit], texts: Iterable[str], today: date, lexicon: Lexicon) -> Signing:
    """Return who signs for duties of these units and texts on that day."""
    signers = lexicon.authority.signers
    points = _points(units, texts, lexicon)
    best = max(points, default=0.0)
    charged = [signer for signer, score in zip(signers, points, strict=True) if score == best and score > 0]
    present = [signer for signer in signers if signer.present(today)]
    if not present:
        why = Why("signer.none", f"Không có người ký nào có mặt vào ngày {today:%d/%m/%Y} theo hồ sơ; cần người duyệt ghi.")
        return Signing(None, (), (why,))
    wanted = charged[0] if len(charged) == 1 else None
    if wanted is not None and wanted in present:
        return _signing(wanted, Why("signer.field", f"{wanted.title} {wanted.name} phụ trách lĩnh vực của các nhiệm vụ này."))
    chosen = next((signer for signer in present if signer.head), present[0])
    return _signing(chosen, _stand_in_why(wanted, chosen))


def _points(units: Iterable[Unit], texts: Iterable[str], lexicon: Lexicon) -> list[float]:
    signers = lexicon.authority.signers
    points = [0.0] * len(signers)
    for unit in units:
        for index, signer in enumerate(signers):
            points[index] += _UNIT_POINTS * (unit.id in signer.units)
    hits = {(index, hit.start, text) for text in texts for hit in lexicon.fields.find(words_of(text).words) for index in hit.values}
    for index, _, _ in hits:
        points[index] += 1.0
    return points


def _stand_in_why(wanted: Signer | None, chosen: Signer) -> Why:
    """Why the person in charge does not sign."""
    if wanted is not None:
        text = f"{wanted.title} {wanted.name} phụ trách lĩnh vực này nhưng vắng mặt; {chosen.title} {chosen.name} ký thay."
        return Why("signer.absent", text)
    if chosen.head:
        return Why("signer.head", f"Không rõ lĩnh vực của một người; {chosen.title} {chosen.name} ký.")
    return Why("signer.deputy", f"Người đứng đầu vắng mặt; {chosen.title} {chosen.name} ký.")


def _signing(signer: Signer, why: Why) -> Signing:
    return Signing(signer, (*signer.authority_lines, signer.position), (why,))
