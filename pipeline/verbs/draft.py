"""The verb "draft": draft for one file, outside any workspace."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from extractors.errors import Problem
from pipeline.arguments import FORMS, VerbParsers, day
from pipeline.errors import ExitCode, OutputNotWritable
from pipeline.verbs.files import refusal, source

if TYPE_CHECKING:
    from pipeline.stages import Product


def add(verbs: VerbParsers) -> None:
    """Declare the arguments."""
    verb = verbs.add_parser(
        "draft",
        help="soạn dự thảo cho một văn bản",
        description="Đọc một tệp và ghi dự thảo vào một thư mục mới; tệp gốc để nguyên chỗ cũ.",
    )
    verb.add_argument("file", metavar="TỆP", type=Path, help="tệp PDF, Word (DOCX, DOC, RTF, ODT) hoặc ảnh quét")
    verb.add_argument("--profile", metavar="HỒ_SƠ", type=Path, required=True, help="hồ sơ cơ quan (.toml) hoặc thư mục chứa hồ sơ")
    verb.add_argument("--out", metavar="THƯ_MỤC", type=Path, required=True, help="thư mục mới để ghi dự thảo")
    verb.add_argument("--today", metavar="NGÀY", type=day, help="ngày soạn thảo (mặc định: hôm nay)")
    verb.add_argument("--form", choices=FORMS, help="hình thức dự thảo")


def run(options: argparse.Namespace) -> int:
    """Write the drafts of one file into a new folder.

    Raises:
        CongvanError: the file is not there, the profile is wrong, the folder is taken.
    """
    from pipeline.inbox import check_outside_inbox, shown
    from pipeline.one_file import apart
    from pipeline.outcome import STATUS_WORDS
    from pipeline.planning.plan import Form
    from pipeline.profile import load
    from pipeline.report import told
    from pipeline.stages import process

    check_outside_inbox(options.out)
    if options.out.exists() and not (options.out.is_dir() and not any(options.out.iterdir())):
        raise OutputNotWritable(str(options.out), "Ở đây đã có tệp; dự thảo đã có không bị ghi đè.")
    data, profile, form = source(options.file), load(options.profile), Form(options.form) if options.form else None
    product = apart(process, data, shown(options.file.name), profile, options.today, form, cores=options.cores)
    if isinstance(product, Problem):
        return refusal(product)
    _put(options.out, product)
    print(f"{STATUS_WORDS[product.status]}: {product.title}\n  → {options.out}")
    for problem in product.problems:
        print("  " + told(problem))
    return ExitCode.DONE


def _put(out: Path, product: Product) -> None:
    from pipeline.moving import deliver

    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        if out.is_dir():
            out.rmdir()  # it is empty; a rename onto a folder fails on Windows
        deliver(out.with_name(f".{out.name}.dang-ghi"), product.outputs, out)
    except OSError as error:
        raise OutputNotWritable.caused_by(error, out) from error
