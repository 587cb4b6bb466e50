"""What a kind of document says about where its duties stand ("phần giao nhiệm vụ")."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class DutyPolicy:
    """How the items of a kind are to be read.

    Most kinds assign through an order formula ("yêu cầu:", "chỉ đạo như sau:") or through a section on tasks; the flags
    name the exceptions.
    """

    invites: bool = False
    """An invitation: who is only asked to come has no duty by that ("giấy mời")."""
    orders_only: bool = False
    """A report, a submission: an item is a duty only when it asks somebody in so many words ("báo cáo", "tờ trình")."""
    articles: bool = False
    """A decision: its articles ("Điều") settle matters; one is a duty when it makes somebody responsible ("quyết định")."""
    directs: bool = False
    """A directive or urgent telegram: its numbered items are duties even without an order formula ("chỉ thị", "công điện")."""
