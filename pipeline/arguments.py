"""The command line's grammar, with help and mistakes in the clerk's language."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, NoReturn

from pipeline.errors import UsageError

_MISTAKES = (
    (r"the following arguments are required: (.*)", "Thiếu tham số: {0}."),
    (r"unrecognized arguments: (.*)", "Không hiểu tham số: {0}."),
    (r"argument (.*?): invalid choice: (.*?) \(choose from (.*)\)", "{0}: không có lựa chọn {1}; các lựa chọn là {2}."),
    (r"argument (.*?): expected (?:one|at least one) argument", "{0}: thiếu giá trị."),
    (r"argument (.*?): (.*)", "{0}: {1}"),
)


class Parser(argparse.ArgumentParser):
    """An argument parser that speaks Vietnamese and raises instead of leaving the program."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        kwargs.setdefault("add_help", False)
        kwargs.setdefault("formatter_class", _Help)
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed through untouched
        self._positionals.title = "Tham số"
        self._optionals.title = "Tùy chọn"
        self.add_argument("-h", "--help", action="help", help="in hướng dẫn này")

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the call.

        Raises:
            UsageError: always.
        """
        for pattern, words in _MISTAKES:
            match = re.fullmatch(pattern, message)
            if match:
                message = words.format(*match.groups())
                break
        raise UsageError(self.prog, message)


class _Help(argparse.RawDescriptionHelpFormatter):
    """Wide enough for Vietnamese sentences; "usage:" in Vietnamese."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=30, width=100)

    def add_usage(self, usage, actions, groups, prefix=None) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001 - argparse's own signature
        super().add_usage(usage, actions, groups, "Cách dùng: " if prefix is None else prefix)


def day(text: str) -> date:
    """Return a day given as 2026-03-09."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} không phải ngày dạng NĂM-THÁNG-NGÀY, ví dụ 2026-03-09.") from None


def count(text: str) -> int:
    """Return a number of workers, 1 to 64."""
    if not text.isdigit() or not 1 <= int(text) <= 64:
        raise argparse.ArgumentTypeError(f"{text!r} không phải số từ 1 đến 64.")
    return int(text)


def number(text: str) -> int:
    """Return a number of arrival, 1 to 999999."""
    if not re.fullmatch(r"[0-9]{1,6}", text) or int(text) == 0:
        raise argparse.ArgumentTypeError(f"{text!r} không phải số từ 1 đến 999999.")
    return int(text)


def seconds(text: str) -> float:
    """Return a time in seconds, 0 to 3600."""
    if not re.fullmatch(r"\d{1,4}(?:[.,]\d{1,3})?", text) or float(text.replace(",", ".")) > 3600:
        raise argparse.ArgumentTypeError(f"{text!r} không phải số giây từ 0 đến 3600.")
    return float(text.replace(",", "."))


def whole(least: int, most: int, unit: str) -> Callable[[str], int]:
    """Return what reads a whole number of a unit from ``least`` to ``most``."""

    def read(text: str) -> int:
        if not (text.isascii() and text.isdigit()) or not least <= int(text[:9]) <= most:
            raise argparse.ArgumentTypeError(f"{text!r} không phải số {unit} từ {least} đến {most}.")
        return int(text)

    return read


STEADY_SECONDS = 2.0
"""How long a file must hold still before it is taken, unless the clerk says otherwise."""
AUDIT_NAMES = "ghi cả tên tệp vào nhật ký xử lý (mặc định chỉ ghi mã SHA-256)"
"""What the option that puts file names into the log does."""
FORMS = ("transmittal", "implementing")
"""The two forms of a draft: "bản chuyển ngắn", "bản triển khai đầy đủ"."""

EXIT_CODES = """Mã kết thúc: 0 xong; 1 có tệp không xử lý được hoặc chưa đúng thể thức; 2 gọi lệnh sai; 3 hồ sơ cơ quan hoặc mẫu sai;
4 thiếu chương trình; 5 không ghi được kết quả; 130 bị ngắt."""

if TYPE_CHECKING:
    VerbParsers = argparse._SubParsersAction[Parser]
else:
    VerbParsers = object
