"""Plan and its kin, notice, guidance ("kế hoạch", "thông báo", "hướng dẫn"): sections of aims and tasks, no addressees."""

from extractors.duty_policy import DutyPolicy
from extractors.kinds.base import Kind

KIND = Kind(
    id="ke-hoach",
    name="Kế hoạch, thông báo",
    types=(
        "Kế hoạch",
        "Kế hoạch phối hợp",
        "Chương trình",
        "Chương trình hành động",
        "Chương trình phối hợp",
        "Phương án",
        "Đề án",
        "Dự án",
        "Thông báo",
        "Kết luận",
        "Hướng dẫn",
        "Quy chế phối hợp",
    ),
    shows=lambda _: False,
    duties=DutyPolicy(),
    source="NĐ 30/2020 Phụ lục III, mẫu 1.4",
)
