"""Who signs the draft ("thẩm quyền ký"): the present person in charge of the field, else the head, else the next one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from pipeline.authority import Signer, Unit
from pipeline.phrases import words_of
from pipeline.planning.field_words import is_verb
from pipeline.planning.lexicon import Lexicon
from pipeline.planning.plan import Why

_UNIT_POINTS = 2  # a supporting unit tells more than one phrase of a field
Points = tuple[int, int]
"""Leading units in the signer's charge; then supporting units and phrases of the field, which only decide between equals."""


@dataclass(frozen=True)
class Signing:
    """The signer with the lines above the name, the position last."""

    signer: Signer | None
    lines: tuple[str, ...]
    why: tuple[Why, ...]


def choose_signer(leads: Iterable[Unit], support: Iterable[Unit], texts: Iterable[str], today: date, lexicon: Lexicon) -> Signing:
    """Return who signs for duties that these units lead or support, in these words, on that day."""
    signers = lexicon.authority.signers
    points = _points(tuple(leads), tuple(support), texts, lexicon)
    best = max(points, default=(0, 0))
    charged = [signer for signer, score in zip(signers, points, strict=True) if score == best and any(score)]
    present = [signer for signer in signers if signer.present(today)]
    if not present:
        why = Why("signer.none", f"Không có người ký nào có mặt vào ngày {today:%d/%m/%Y} theo hồ sơ; cần người duyệt ghi.")
        return Signing(None, (), (why,))
    wanted = charged[0] if len(charged) == 1 else None
    if wanted is not None and wanted in present:
        return _signing(wanted, Why("signer.field", f"{wanted.title} {wanted.name} phụ trách lĩnh vực của các nhiệm vụ này."))
    chosen = next((signer for signer in present if signer.head), present[0])
    return _signing(chosen, _stand_in_why(wanted, chosen))


def _points(leads: tuple[Unit, ...], support: tuple[Unit, ...], texts: Iterable[str], lexicon: Lexicon) -> list[Points]:
    said = [0] * len(lexicon.authority.signers)
    for index, _, _ in {hit for text in texts for hit in _fields_in(text, lexicon)}:
        said[index] += 1
    return [
        (_in_charge(signer, leads), _UNIT_POINTS * _in_charge(signer, support) + phrases)
        for signer, phrases in zip(lexicon.authority.signers, said, strict=True)
    ]


def _in_charge(signer: Signer, units: tuple[Unit, ...]) -> int:
    return sum(unit.id in signer.units for unit in units)


def _fields_in(text: str, lexicon: Lexicon) -> Iterator[tuple[int, int, str]]:
    """Each phrase of a signer's field in a text: the signer's position, where, and the text."""
    words = words_of(text).words
    for hit in lexicon.fields.find(words):
        if not is_verb(words, hit.start, hit.end):
            yield from ((index, hit.start, text) for index in hit.values)


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
