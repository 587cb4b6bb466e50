"""Dispatch ("công văn"): no type name, subject under the number, "Kính gửi"."""

from extractors.duty_policy import DutyPolicy
from extractors.kinds.base import Kind

KIND = Kind(
    id="cong-van",
    name="Công văn",
    types=("Công văn", "Thư công", "Phiếu chuyển", "Phiếu gửi", "Phiếu báo"),
    shows=lambda anatomy: not anatomy.title and bool(anatomy.subject or anatomy.addressees),
    duties=DutyPolicy(),
    source="NĐ 30/2020 Phụ lục III, mẫu 1.5",
)
