"""The options of "run" and "watch" that say what one file may cost."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from pipeline.arguments import Parser, whole

if TYPE_CHECKING:
    from pipeline.settings import Limits

# A worker with all its libraries needs some 400 MB of address space before it reads a word.
_OPTIONS = (
    ("seconds", "giây", 5, 3600, "thời gian xử lý, tính bằng giây (mặc định 120); quá thì E110"),
    ("memory", "MB", 600, 64000, "bộ nhớ khi xử lý, tính bằng MB (mặc định 1500); quá thì E112"),
    ("file", "MB", 1, 2000, "dung lượng của tệp, tính bằng MB (mặc định 200); quá thì E115"),
    ("output", "MB", 1, 2000, "dung lượng của kết quả, tính bằng MB (mặc định 100); quá thì E117"),
    ("pages", "trang", 1, 5000, "số trang được đọc, kể cả trang quét (mặc định 600 trang có chữ, 40 trang quét); phần còn lại được nêu"),
)


def add(verb: Parser) -> None:
    """Declare the options; the usual values are those of ``settings.Limits``."""
    group = verb.add_argument_group("Giới hạn cho mỗi tệp (vượt quá thì tệp bị trả lại, các tệp khác vẫn được xử lý)")
    for name, unit, least, most, what in _OPTIONS:
        group.add_argument(f"--max-{name}", metavar=unit.upper(), type=whole(least, most, unit), help=what)


def of(options: argparse.Namespace) -> Limits:
    """Return the limits that the clerk chose."""
    from extractors.pages import Pages
    from pipeline.settings import Limits

    chosen = {
        "seconds": options.max_seconds,
        "memory_mb": options.max_memory,
        "file_mb": options.max_file,
        "output_mb": options.max_output,
    }
    if options.max_pages:
        chosen["pages"] = Pages(options.max_pages, options.max_pages)
    return Limits(**{name: value for name, value in chosen.items() if value is not None})
