"""What a clerk is told when a dispatch recalls, replaces, corrects or supplements another one of the ledger."""

from __future__ import annotations

from collections.abc import Iterable

from extractors.dispatch import Succession, SuccessionKind
from extractors.errors import Problem, Severity
from pipeline.ledger import Entry, Identity, Ledger

DOES = {
    SuccessionKind.RECALLS: "thu hồi (hủy bỏ)",
    SuccessionKind.REPLACES: "thay thế",
    SuccessionKind.CORRECTS: "đính chính",
    SuccessionKind.SUPPLEMENTS: "sửa đổi, bổ sung",
}
"""How each reads to a clerk: "Văn bản này … văn bản trước"."""
ENDS = frozenset({SuccessionKind.RECALLS, SuccessionKind.REPLACES})
"""After these the earlier dispatch's duties are over unless the later one repeats them."""


def succession_problems(ledger: Ledger, identity: Identity, successions: Iterable[Succession]) -> tuple[Problem, ...]:
    """Return what to look at: at the drafts of the earlier dispatch, or at the later one that came first."""
    earlier = (_of_earlier(kind, entry) for kind, sha in ledger.succeeds(identity, successions) if (entry := ledger.by_bytes(sha)))
    later = (_of_later(kind, entry) for kind, sha in ledger.succeeded_by(identity) if (entry := ledger.by_bytes(sha)))
    return (*earlier, *later)


def _of_earlier(kind: SuccessionKind, entry: Entry) -> Problem:
    message = f"Văn bản này {DOES[kind]} {named(entry)}."
    if kind in ENDS:
        remedy = f"Hãy dừng việc theo dự thảo trước{_in(entry)} và kiểm tra các nhiệm vụ đã giao."
    else:
        remedy = f"Hãy đối chiếu với dự thảo trước{_in(entry)} và sửa các nhiệm vụ đã giao cho khớp."
    return Problem("W408", message, Severity.WARNING, "", remedy)


def _of_later(kind: SuccessionKind, entry: Entry) -> Problem:
    message = f"Văn bản này đã được {DOES[kind]} bằng {named(entry)} đến trước."
    return Problem("W409", message, Severity.WARNING, "", f"Hãy xem văn bản đến trước{_in(entry)} trước khi giao việc theo văn bản này.")


def named(entry: Entry) -> str:
    """Return a dispatch as a clerk finds it in the register: title, number and day of arrival."""
    number = f" (số đến {entry.arrival.number}/{entry.arrival.year})" if entry.arrival else ""
    return f"{entry.title or entry.name}{number}"


def _in(entry: Entry) -> str:
    return f" trong thư mục {entry.folder}" if entry.folder else ""
