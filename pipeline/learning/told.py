"""What can be learnt, in a clerk's words: each proposal with how often, and in which dispatches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractors.text import shorten
from pipeline.authority import Authority
from pipeline.learning.evidence import Move, Seen
from pipeline.learning.proposals import Advice, Lessons, Proposal

_SHOWN = 4
"""Duties shown for each proposal."""


def told(found: Lessons, authority: Authority) -> Iterator[str]:
    """Yield the lines on all that was found: what is sure, what a person must decide, what is too little yet."""
    names = {unit.id: unit.name for unit in authority.units}
    for title, proposals in (
        ("ĐỀ XUẤT THÊM VÀO HỒ SƠ", [one for one in found.proposals if one.sure]),
        ("CHƯA RÕ, CẦN NGƯỜI QUYẾT ĐỊNH (không tự ghi vào hồ sơ)", [one for one in found.proposals if not one.sure]),
    ):
        if proposals:
            yield f"{title} ({len(proposals)}):"
            for proposal in proposals:
                yield from _proposal(proposal, names)
            yield ""
    if found.advice:
        yield f"NÊN XEM LẠI ĐƠN VỊ TƯƠNG ỨNG (counterparts) ({len(found.advice)}):"
        for advice in found.advice:
            yield from _advice(advice, names)
        yield ""
    if found.waiting:
        yield f"CHƯA ĐỦ CĂN CỨ ({len(found.waiting)}):"
        yield from _moves(found.waiting, names)
        yield ""


def _proposal(proposal: Proposal, names: dict[str, str]) -> Iterator[str]:
    weight = "" if proposal.weight == 1 else f" (trọng số {proposal.weight:g})"
    yield f"  “{proposal.phrase}”{weight} là lĩnh vực của {proposal.unit.name}"
    yield f"    Người duyệt đã giao {_times(proposal.moves)}:"
    yield from _moves(proposal.moves, names)
    if proposal.holder:
        yield f"    Chưa rõ: cụm từ này đang là lĩnh vực của {proposal.holder}."
    if proposal.against:
        yield f"    Chưa rõ: cụm từ này cũng có trong việc của đơn vị khác, {_dispatches(proposal.against)}:"
        yield from (
            f"      {_number(seen)}: {names.get(seen.lead, seen.lead)} – {shorten(seen.text, 90)}" for seen in proposal.against[:_SHOWN]
        )
    if not proposal.effective:
        yield "    Chưa rõ: thêm cụm từ này vẫn chưa đủ để máy chọn đơn vị ấy; các lĩnh vực khác đang nặng hơn."


def _advice(advice: Advice, names: dict[str, str]) -> Iterator[str]:
    yield f"  {advice.before.name} là đơn vị tương ứng của sở, ngành, nhưng người duyệt giao {advice.after.name} {_times(advice.moves)}:"
    yield from _moves(advice.moves, names)


def _moves(moves: Sequence[Move], names: dict[str, str]) -> Iterator[str]:
    for move in moves[:_SHOWN]:
        before = names.get(move.before, move.before) or "chưa chọn được"
        yield f"      {_number(move.seen)}: {shorten(move.seen.text, 90)} (máy chọn: {before}; người duyệt: {names[move.seen.lead]})"
    if len(moves) > _SHOWN:
        yield f"      … và {len(moves) - _SHOWN} việc khác"


def _times(moves: Sequence[Move]) -> str:
    return f"{len(moves)} lần, {_dispatches([move.seen for move in moves])}"


def _dispatches(seen: Sequence[Seen]) -> str:
    return f"trong {len({one.sha256 for one in seen})} văn bản"


def _number(seen: Seen) -> str:
    return f"số đến {seen.arrival.number}/{seen.arrival.year}"
