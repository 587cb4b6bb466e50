"""What the reviewer is told of a file stored in an old encoding."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from extractors.errors import Problem, Severity
from extractors.legacy.syllables import is_syllable

_PLAIN_WORD = re.compile(r"[^\W\d_]{2,}")
_DOUBTFUL = 0.03
"""Share of recoded words that are no syllables, from which letters were lost or misread: below 0.012 in real files."""
_LEAST_DOUBTS = 5
_SHOWN = 3


def problems(recoded: Collection[str], guessed: Collection[str], words: Iterable[str], where: str = "") -> Iterator[Problem]:
    """Yield what the reviewer should know of a recoded file.

    A note for the encodings that were recoded, a warning for those that the text alone told, both by their names; and a warning
    where too many of the recoded words are none.
    """
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
    odd = _odd(words)
    if odd:
        shown = ", ".join(f"“{word}”" for word, _ in odd.most_common(_SHOWN))
        yield Problem(
            "W242",
            f"Đổi bảng mã xong vẫn còn {odd.total()} chữ không thành tiếng Việt, ví dụ {shown}; tệp có thể đã mất chữ khi in.",
            Severity.WARNING,
            where,
            "Hãy đọc các đoạn này trên bản gốc, hoặc đề nghị nơi gửi gửi bản Unicode.",
        )


def _odd(words: Iterable[str]) -> Counter[str]:
    """The words in small letters that are no syllables; none where they are few."""
    plain = [part for word in words for part in _PLAIN_WORD.findall(word) if part.islower() or part.istitle()]
    odd = Counter(part for part in plain if not is_syllable(part))
    return odd if odd.total() >= max(_LEAST_DOUBTS, _DOUBTFUL * len(plain)) else Counter()
