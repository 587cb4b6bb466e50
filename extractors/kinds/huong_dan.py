"""Guidance: steps to follow, assigned in the part on carrying it out."""

from __future__ import annotations

from extractors.kinds.kind import Kind

KIND = Kind(
    id="huong_dan",
    name="Hướng dẫn",
    codes=("HD",),
    examples=("12/HD-SNV",),
)
