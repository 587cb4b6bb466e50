"""What the reviewer is told of a file stored in an old encoding."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from extractors.errors import Problem, Severity


def problems(recoded: Collection[str], guessed: Collection[str] = (), where: str = "") -> Iterator[Problem]:
    """Yield a note for encodings that were recoded, and a warning for those that the text alone told; both by the encodings' names."""
    if recoded:
        yield Problem(
            "I241",
            f"Văn bản gõ bằng phông chữ bảng mã cũ ({', '.join(sorted(recoded))}); chữ đã được đổi sang Unicode.",
            Severity.INFO,
            where,
            "Hãy đối chiếu tên riêng và chữ hoa với bản gốc.",
        )
    if guessed:
        yield Problem(
            "W241",
            f"Tên phông chữ không cho biết bảng mã; theo chính chữ trong văn bản, đã đọc là {', '.join(sorted(guessed))}.",
            Severity.WARNING,
            where,
            "Hãy mở bản gốc và đối chiếu vài đoạn trước khi duyệt.",
        )
