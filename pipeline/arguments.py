"""The command line's grammar, with help and mistakes in the clerk's language."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NoReturn

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


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} không phải ngày dạng NĂM-THÁNG-NGÀY, ví dụ 2026-03-09.") from None


def _count(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 64:
        raise argparse.ArgumentTypeError(f"{text!r} không phải số từ 1 đến 64.")
    return int(text)


EXIT_CODES = """Mã kết thúc: 0 xong; 1 có tệp không xử lý được; 2 gọi lệnh sai; 3 hồ sơ cơ quan hoặc mẫu sai;
4 thiếu chương trình; 5 không ghi được kết quả; 130 bị ngắt."""


def build() -> Parser:
    """Return the parser of all verbs; the verb's name is in ``verb``."""
    parser = Parser(
        prog="congvan",
        description="Đọc công văn đến, tìm ai phải làm gì trước ngày nào, soạn công văn triển khai và phiếu giao việc.\n"
        "Chạy trên máy này, không cần mạng.",
        epilog=EXIT_CODES,
    )
    verbs = parser.add_subparsers(dest="verb", metavar="LỆNH", required=True, title="Các lệnh")
    _init(verbs)
    _run(verbs)
    _read(verbs)
    _draft(verbs)
    _profile(verbs)
    verbs.add_parser("schema", help="in lược đồ JSON của kết quả đọc", description="In JSON Schema của kết quả mà congvan read in ra.")
    return parser


def _init(verbs: argparse._SubParsersAction[Parser]) -> None:
    verb = verbs.add_parser(
        "init",
        help="tạo thư mục làm việc",
        description="Tạo các thư mục 0-ho-so-co-quan, 1-van-ban-den, 2-du-thao, 3-luu-ban-goc, 4-khong-xu-ly-duoc.\n"
        "Thư mục đã có được giữ nguyên.",
    )
    verb.add_argument("dir", metavar="THƯ_MỤC", type=Path, help="nơi tạo thư mục làm việc")
    verb.add_argument("--profile", metavar="TỆP", type=Path, help="hồ sơ cơ quan (.toml) để chép vào")


def _run(verbs: argparse._SubParsersAction[Parser]) -> None:
    verb = verbs.add_parser(
        "run",
        help="xử lý mọi văn bản trong hộp văn bản đến",
        description="Đọc từng tệp trong 1-van-ban-den, soạn dự thảo vào 2-du-thao, chuyển bản gốc sang 3-luu-ban-goc.",
        epilog=EXIT_CODES,
    )
    verb.add_argument("dir", metavar="THƯ_MỤC", type=Path, help="thư mục làm việc đã tạo bằng congvan init")
    verb.add_argument("--jobs", metavar="SỐ", type=_count, default=1, help="số tệp xử lý cùng lúc (mặc định 1)")
    verb.add_argument("--dry-run", action="store_true", help="chỉ cho biết sẽ làm gì, không ghi và không chuyển tệp nào")
    verb.add_argument("--today", metavar="NGÀY", type=_day, help="ngày soạn thảo, dạng 2026-03-09 (mặc định: hôm nay)")
    verb.add_argument(
        "--form", choices=("transmittal", "implementing"), help="luôn soạn bản chuyển ngắn, hoặc luôn soạn bản triển khai đầy đủ"
    )
    verb.add_argument("--json", action="store_true", help="in kết quả từng tệp dạng JSON, mỗi dòng một tệp")


def _read(verbs: argparse._SubParsersAction[Parser]) -> None:
    verb = verbs.add_parser(
        "read", help="đọc một văn bản và in kết quả dạng JSON", description="Đọc một tệp PDF hoặc DOCX và in mọi trường đọc được."
    )
    verb.add_argument("file", metavar="TỆP", type=Path, help="tệp PDF hoặc DOCX")


def _draft(verbs: argparse._SubParsersAction[Parser]) -> None:
    verb = verbs.add_parser(
        "draft",
        help="soạn dự thảo cho một văn bản",
        description="Đọc một tệp và ghi dự thảo vào một thư mục mới; tệp gốc để nguyên chỗ cũ.",
    )
    verb.add_argument("file", metavar="TỆP", type=Path, help="tệp PDF hoặc DOCX")
    verb.add_argument("--profile", metavar="HỒ_SƠ", type=Path, required=True, help="hồ sơ cơ quan (.toml) hoặc thư mục chứa hồ sơ")
    verb.add_argument("--out", metavar="THƯ_MỤC", type=Path, required=True, help="thư mục mới để ghi dự thảo")
    verb.add_argument("--today", metavar="NGÀY", type=_day, help="ngày soạn thảo (mặc định: hôm nay)")
    verb.add_argument("--form", choices=("transmittal", "implementing"), help="hình thức dự thảo")


def _profile(verbs: argparse._SubParsersAction[Parser]) -> None:
    verb = verbs.add_parser(
        "profile", help="kiểm tra hồ sơ cơ quan", description="Kiểm tra hồ sơ cơ quan, nêu tệp, dòng và cách sửa từng lỗi."
    )
    actions = verb.add_subparsers(dest="action", metavar="VIỆC", required=True, title="Các việc")
    check = actions.add_parser("check", help="kiểm tra", description="Kiểm tra một tệp hồ sơ, hoặc mọi hồ sơ trong một thư mục.")
    check.add_argument("file", metavar="HỒ_SƠ", type=Path, help="tệp .toml hoặc thư mục")


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Return the arguments.

    Raises:
        UsageError: the call makes no sense; with what is wrong.
    """
    return build().parse_args(arguments)
