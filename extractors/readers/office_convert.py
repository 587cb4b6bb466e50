"""``.doc``, ``.rtf`` and ``.odt`` by way of DOCX: converted by LibreOffice, then read by the DOCX reader. The only door to LibreOffice.

It runs without a window, without the network, in a throw-away profile in which macros are off and links are not followed, with a bound
on time and memory; the file itself is not touched, LibreOffice gets a copy. The converted document lives no longer than the reading.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from extractors.errors import ConversionFailed, ConversionTooSlow, OfficeMissing, Problem, Severity
from extractors.layout import Layout
from extractors.pages import USUAL_PAGES, Pages
from extractors.readers import docx, office_keeper
from extractors.readers.office_fields import without_living_fields

SECONDS = 60.0
"""What one conversion may take; a dispatch takes one to three seconds."""
PLACE_VARIABLE = "CONGVAN_SOFFICE"
"""Environment variable with LibreOffice's program where it lies at an unusual place."""
_NAMES = ("soffice", "libreoffice")
_PLACES = (
    "/usr/lib/libreoffice/program/soffice",
    "/usr/lib64/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
    "/usr/local/bin/soffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.com",
    "C:/Program Files (x86)/LibreOffice/program/soffice.com",
)
"""Where Debian, Fedora, the project's own packages, macOS and Windows put it; what PATH says goes before."""
_TARGET = "MS Word 2007 XML"
_KEEPER = f"import sys; sys.path.append(sys.argv.pop(1)); from {office_keeper.__name__} import main; sys.exit(main(sys.argv[1:]))"
"""Starts the keeper: the standard library first, nobody's site-packages, then the folder in which this package lies."""
_ROOT = str(Path(__file__).parents[2])
_SETTINGS = (
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    # No file, picture or section is fetched from where a document says, be it the network or this machine.
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Writer/Content/Update", "Link", "2"),
    ("Office.Common/Load", "UpdateDocMode", "0"),
    # A proxy that is not there: the second wall where the system has no network of its own to give.
    ("Inet/Settings", "ooInetProxyType", "1"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)
"""Settings of the throw-away profile: path below org.openoffice, name, value."""


@dataclass(frozen=True)
class Foreign:
    """A format that LibreOffice turns into DOCX."""

    suffix: str
    media_type: str
    filter: str
    """LibreOffice's name of the import; named, so that a damaged file is never taken for plain text. Empty: it shall look for itself."""


def read(data: bytes, kind: Foreign, notes: Iterable[Problem] = (), pages: Pages = USUAL_PAGES) -> Layout:
    """Return the layout of a document by way of DOCX.

    Raises:
        OfficeMissing: LibreOffice is not there.
        ConversionFailed, ConversionTooSlow: it could not open the file, or not in time.
        DispatchError: as for a DOCX.
    """
    made, dated = without_living_fields(to_docx(data, kind))
    layout = docx.read(made, pages)
    converted = Problem(
        "I245",
        "Văn bản được LibreOffice chuyển sang DOCX để đọc; bản gốc giữ nguyên.",
        Severity.INFO,
        kind.suffix,
        "Hãy đối chiếu bảng biểu và số thứ tự tự động với bản gốc.",
    )
    return replace(layout, media_type=kind.media_type, problems=(converted, *notes, *((docx.DATED,) if dated else ()), *layout.problems))


def program() -> str | None:
    """Return LibreOffice's program: where the variable says, on PATH, at a usual place; None when there is none.

    Looks at the environment, for PATH can be read nowhere else.
    """
    named = os.environ.get(PLACE_VARIABLE)
    if named:
        return named if Path(named).is_file() else None
    return next((found for found in (*map(shutil.which, _NAMES), *_PLACES) if found and Path(found).is_file()), None)


def to_docx(data: bytes, kind: Foreign, seconds: float = SECONDS) -> bytes:
    """Return the document as a DOCX.

    Raises:
        OfficeMissing, ConversionFailed, ConversionTooSlow: see ``read``.
    """
    office = program()
    if office is None:
        raise OfficeMissing(kind.suffix)
    with _folder() as folder:
        source, made = folder / f"source{kind.suffix}", folder / "out" / "source.docx"
        source.write_bytes(data)
        with _kept(_command(office, folder, source, kind), folder, seconds) as ended:
            if ended == office_keeper.LATE:
                raise ConversionTooSlow(kind.suffix)
            if not made.is_file():
                raise ConversionFailed(kind.suffix)
            return made.read_bytes()


@contextmanager
def _folder() -> Iterator[Path]:
    """A folder that only this user can open."""
    with tempfile.TemporaryDirectory(prefix="congvan-", ignore_cleanup_errors=True) as name:
        yield Path(name)


def _command(office: str, folder: Path, source: Path, kind: Foreign) -> list[str]:
    profile = folder / "profile"
    settings = profile / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(_settings(), "utf-8")
    quiet = ("--headless", "--norestore", "--nologo", "--nodefault", "--nofirststartwizard", "--nolockcheck")
    named = (f"--infilter={kind.filter}",) if kind.filter else ()
    work = (*named, "--convert-to", f"docx:{_TARGET}", "--outdir", str(folder / "out"), str(source))
    return [office, f"-env:UserInstallation={profile.as_uri()}", *quiet, *work]


def _settings() -> str:
    """The settings as LibreOffice keeps them."""
    items = "".join(
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>\n'


@contextmanager
def _kept(command: list[str], folder: Path, seconds: float) -> Iterator[str]:
    """Let the keeper run the command and lend how it ended; what was made is there until the end of the block.

    The pipe to the keeper closes then, or when this process dies: its sign to clean up.
    """
    keeper = [sys.executable, "-I", "-S", "-c", _KEEPER, _ROOT, str(folder), str(seconds), *command]
    own = {name: str(folder) for name in ("HOME", "TMPDIR", "TMP", "TEMP", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR")}
    with subprocess.Popen(  # noqa: S603 - our own program and LibreOffice; no word of the document is in the command
        keeper,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **own},
        text=True,
        start_new_session=True,
    ) as process:
        yield process.stdout.readline().strip() if process.stdout else ""
