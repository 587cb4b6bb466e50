"""The verb "template": check the templates of drafts, the shipped ones or an office's own."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from extractors.errors import Problem, Severity
from pipeline.arguments import VerbParsers
from pipeline.errors import ExitCode, NoSuchFile, OutputNotWritable

if TYPE_CHECKING:
    from pipeline.drafting.draft import OutputFile


def add(verbs: VerbParsers) -> None:
    """Declare the arguments."""
    verb = verbs.add_parser(
        "template", help="kiểm tra mẫu văn bản", description="Kiểm tra mẫu văn bản, nêu tệp, dòng và cách sửa từng lỗi."
    )
    actions = verb.add_subparsers(dest="action", metavar="VIỆC", required=True, title="Các việc")
    check = actions.add_parser(
        "check",
        help="kiểm tra",
        description="Kiểm tra các mẫu trong một thư mục: tên, bộ lọc, kiểu đoạn không có; nhánh không bao giờ tới; vòng lặp không chạy;\n"
        "in thử từng mẫu với các ví dụ có sẵn để xem bằng Word.",
    )
    check.add_argument("folder", metavar="THƯ_MỤC", type=Path, help="thư mục mẫu, hoặc thư mục hồ sơ cơ quan có thư mục mau")
    check.add_argument("--out", metavar="THƯ_MỤC_IN_THỬ", type=Path, help="thư mục mới để ghi các bản in thử")


def run(options: argparse.Namespace) -> int:
    """Tell each mistake with file, line and remedy; write the proofs where asked.

    Raises:
        NoSuchFile: there is no such folder.
        OutputNotWritable: the proofs cannot be written.
    """
    from pipeline.drafting.template_check import check
    from pipeline.report import told

    folder = _folder(options.folder)
    problems, proofs = check(folder)
    for problem in (*problems, *_malformed(proofs)):
        print(told(problem))
    wrong = any(problem.severity.value == "error" for problem in problems)
    if not wrong:
        print(f"Các mẫu trong {folder} dùng được.")
    if options.out and proofs:
        _put(options.out, proofs)
        print(f"Đã in thử {len(proofs)} bản vào {options.out}; hãy mở bằng Word để xem.")
    return ExitCode.SETUP if wrong else ExitCode.DONE


def _malformed(proofs: tuple[OutputFile, ...]) -> Iterator[Problem]:
    """What the form of NĐ 30/2020 misses in the proofs, each thing once; the appendix alone is no whole document."""
    from pipeline.conformance.check import check
    from pipeline.drafting.draft import APPENDIX

    told: set[tuple[str, str]] = set()
    for proof in proofs:
        whole = not proof.name.startswith(f"in-thu-{APPENDIX}-")
        for found in check(proof.data).findings if whole else ():
            if (found.rule, found.part) not in told:
                told.add((found.rule, found.part))
                message = f"Bản in thử chưa đúng thể thức: {found.rule} {found.part}: {found.message}"
                yield Problem("W334", message, Severity.WARNING, proof.name, found.remedy)


def _folder(path: Path) -> Path:
    """The folder of templates that the clerk means: itself, one below a profile's folder, or the one around a single template."""
    from pipeline.profile import TEMPLATES

    if path.name == "body.j2" and path.is_file():
        path = path.parent
    if not path.is_dir():
        raise NoSuchFile(str(path))
    if (path / "body.j2").is_file():
        return path.parent
    return path / TEMPLATES if (path / TEMPLATES).is_dir() else path


def _put(out: Path, proofs: tuple[OutputFile, ...]) -> None:
    if out.exists():
        raise OutputNotWritable(str(out), "Ở đây đã có tệp hoặc thư mục; hãy chọn một tên mới.")
    try:
        out.mkdir(parents=True)
        for proof in proofs:
            (out / proof.name).write_bytes(proof.data)
    except OSError as error:
        raise OutputNotWritable.caused_by(error, out) from error
