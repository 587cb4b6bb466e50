"""Report and submission ("báo cáo", "tờ trình") and papers without orders: only a request in so many words is a duty."""

from extractors.duty_policy import DutyPolicy
from extractors.kinds.base import Kind
from extractors.layout import Block
from extractors.text import fold
from extractors.zones import Anatomy

_CLOSINGS = ("kính trình", "kính báo cáo", "trân trọng báo cáo")


def _submits(anatomy: Anatomy) -> bool:
    last = [fold(item.text) for item in anatomy.body[-2:] if isinstance(item, Block)]
    return any(closing in text for text in last for closing in _CLOSINGS)


KIND = Kind(
    id="bao-cao",
    name="Báo cáo, tờ trình",
    types=(
        "Báo cáo",
        "Báo cáo thẩm định",
        "Tờ trình",
        "Biên bản",
        "Giấy đề nghị",
        "Hợp đồng",
        "Bản ghi nhớ",
        "Bản thỏa thuận",
        "Thông cáo",
    ),
    shows=_submits,
    duties=DutyPolicy(orders_only=True),
    source="NĐ 30/2020 Phụ lục III, mẫu 1.4",
)
