"""The verb "init": make a workspace, with the office's profile ("hồ sơ cơ quan") in it."""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from pipeline.arguments import VerbParsers
from pipeline.errors import ExitCode, NoSuchFile, OutputNotWritable


def add(verbs: VerbParsers) -> None:
    """Declare the arguments."""
    verb = verbs.add_parser(
        "init",
        help="tạo thư mục làm việc",
        description="Tạo các thư mục 0-ho-so-co-quan, 1-van-ban-den, 2-du-thao, 3-luu-ban-goc, 4-khong-xu-ly-duoc.\n"
        "Thư mục đã có được giữ nguyên.",
    )
    verb.add_argument("dir", metavar="THƯ_MỤC", type=Path, help="nơi tạo thư mục làm việc")
    verb.add_argument("--profile", metavar="TỆP", type=Path, help="hồ sơ cơ quan (.toml) để chép vào")


def run(options: argparse.Namespace) -> int:
    """Make the folders and copy the profile; what exists is kept.

    Raises:
        NoSuchFile: there is no such profile.
        OutputNotWritable: the folders cannot be made.
    """
    from pipeline.run import make_workspace
    from pipeline.settings import Workspace

    workspace = Workspace(options.dir)
    if options.profile is not None and not options.profile.is_file():
        raise NoSuchFile(str(options.profile))
    try:
        make_workspace(workspace)
        copied = options.profile is None or _copy_profile(options.profile, workspace.profile)
    except OSError as error:
        raise OutputNotWritable.caused_by(error, options.dir) from error
    print(f"Đã tạo thư mục làm việc {options.dir}.")
    if not copied:
        print(f"Hồ sơ {options.profile.name} đã có trong {workspace.profile} nên được giữ nguyên.")
    if not any(workspace.profile.glob("*.toml")):
        print(f"Việc tiếp theo: chép hồ sơ cơ quan (.toml) vào {workspace.profile}, rồi bỏ văn bản đến vào {workspace.inbox}.")
    else:
        print(f"Việc tiếp theo: bỏ văn bản đến vào {workspace.inbox}, rồi chạy congvan run {options.dir}.")
    return ExitCode.DONE


def _copy_profile(profile: Path, folder: Path) -> bool:
    """Copy the profile unless one of its name is there; True when it was copied."""
    if (folder / profile.name).exists():
        return False
    shutil.copyfile(profile, folder / profile.name)
    return True
