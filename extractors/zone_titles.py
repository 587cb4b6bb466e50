"""The printed type of a document ("tên loại") as a line of the head."""

from __future__ import annotations

from extractors.dispatch import DocumentType
from extractors.doctypes import by_title_line
from extractors.text import squeeze


def title_type(line: str) -> DocumentType | None:
    """Return the type that a title line in capitals names, None for any other line.

    "QUYẾT ĐỊNH:" with a colon is a formula of the text, no title.
    """
    text = squeeze(line)
    if len(text) > 160 or text.endswith((":", ";", ".")):
        return None
    first = [c for c in text[:8] if c.isalpha()]
    return by_title_line(text) if first and all(c.isupper() for c in first) else None
