"""Decision and resolution ("quyết định", "nghị quyết") and what is issued with them: articles behind "QUYẾT ĐỊNH:"."""

from extractors.duty_policy import DutyPolicy
from extractors.kinds.base import Kind, body_has_line

KIND = Kind(
    id="quyet-dinh",
    name="Quyết định",
    types=(
        "Quyết định",
        "Nghị quyết",
        "Nghị quyết liên tịch",
        "Quy chế",
        "Quy định",
        "Nghị định",
        "Thông tư",
        "Thông tư liên tịch",
        "Luật",
        "Pháp lệnh",
        "Lệnh",
    ),
    shows=lambda anatomy: body_has_line(anatomy, "QUYẾT ĐỊNH:", "QUYẾT NGHỊ:", "NAY QUYẾT ĐỊNH:"),
    duties=DutyPolicy(articles=True),
    source="NĐ 30/2020 Phụ lục III, mẫu 1.1 - 1.3",
)
