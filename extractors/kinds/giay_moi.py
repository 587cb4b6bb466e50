"""Invitation ("giấy mời"): time, place, participants are no duties; what somebody is ordered to prepare for the meeting is one."""

from extractors import zone_signs as signs
from extractors.duty_policy import DutyPolicy
from extractors.kinds.base import Kind
from extractors.layout import Block
from extractors.zones import Anatomy


def _invites(anatomy: Anatomy) -> bool:
    first = [item.text for item in anatomy.body[:3] if isinstance(item, Block)]
    return any(signs.invitation_lead(line.text) for line in anatomy.addressees) or any(map(signs.invitation_lead, first))


KIND = Kind(
    id="giay-moi",
    name="Giấy mời",
    types=("Giấy mời",),
    shows=_invites,
    duties=DutyPolicy(orders_only=True, invites=True),
    source="NĐ 30/2020 Phụ lục III, mẫu 1.7",
)
