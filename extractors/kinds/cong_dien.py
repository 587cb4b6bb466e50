"""Urgent telegram ("công điện"): "<issuer> điện:" instead of "Kính gửi"; its paragraphs order at once."""

from extractors import zone_signs as signs
from extractors.duty_policy import DutyPolicy
from extractors.kinds.base import Kind
from extractors.zones import Anatomy


def _wired(anatomy: Anatomy) -> bool:
    return any(signs.wire_lead(line.text) for line in anatomy.addressees)


KIND = Kind(
    id="cong-dien",
    name="Công điện",
    types=("Công điện",),
    shows=_wired,
    duties=DutyPolicy(directs=True),
    source="NĐ 30/2020 Phụ lục III, mẫu 1.6",
)
