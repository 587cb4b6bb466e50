"""What a converted file holds besides text: objects, macros, links. None of it is run, opened or fetched; the reviewer is told."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.errors import Problem

_FETCHING = rb"(?:INCLUDEPICTURE|INCLUDETEXT|DDEAUTO|DDE|IMPORT|LINK)\b"
"""Fields of Word that fetch from elsewhere."""
IN_DOC = re.compile(rb"\x13\s*" + _FETCHING)
"""Such a field behind the sign that begins one in a ``.doc``."""
IN_RTF = re.compile(rb"\\fldinst\b[^\"]{0,120}?\b" + _FETCHING)
LINKED = Problem(
    "W246",
    "Văn bản có phần lấy từ nơi khác (tệp hoặc địa chỉ mạng); phần mềm không mở liên kết đó.",
    remedy="Hãy xem bản gốc; nếu thiếu nội dung, đề nghị nơi gửi gửi bản đầy đủ.",
)


def inside(*, objects: bool, macros: bool) -> Iterator[Problem]:
    """Yield the note on what is inside the file."""
    found = [name for name, there in (("đối tượng nhúng", objects), ("macro", macros)) if there]
    if found:
        yield Problem(
            "W245",
            "Văn bản có macro hoặc đối tượng nhúng (bảng tính, tệp đính kèm, công thức); phần mềm không chạy và không đọc phần đó.",
            where=", ".join(found),
            remedy="Hãy xem phần này trong bản gốc, không bật macro nếu không chắc nơi gửi.",
        )
