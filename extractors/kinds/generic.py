"""Any other document: read like a dispatch, and the reviewer is told that its kind is not known."""

from extractors.duty_policy import DutyPolicy
from extractors.kinds.base import Kind

KIND = Kind(id="generic", name="Văn bản khác", types=(), shows=lambda _: False, duties=DutyPolicy(), source="")
