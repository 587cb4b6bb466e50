"""Directive ("chỉ thị", "thông tri"): its numbered items are orders, with or without an order formula above them."""

from extractors.duty_policy import DutyPolicy
from extractors.kinds.base import Kind, body_has_line

KIND = Kind(
    id="chi-thi",
    name="Chỉ thị",
    types=("Chỉ thị", "Thông tri"),
    shows=lambda anatomy: body_has_line(anatomy, "CHỈ THỊ:", "YÊU CẦU:"),
    duties=DutyPolicy(directs=True),
    source="NĐ 30/2020 Phụ lục III, mẫu 1.4",
)
