"""Make the twins of the composed samples: ``python scripts/compose_samples.py [CASE …]``.

Each ``samples/<case>/case.toml`` becomes ``<case>.docx`` and ``<case>.pdf`` beside it, and a scan where ``source.toml`` wants one
(``scan = "tif"`` or ``"png"``), and in other formats where it wants them (``office = ["doc", "rtf", "odt"]``). ``fonts = "tcvn3"`` or
``"vni"`` stores the words in that encoding under its fonts; with ``fonts_missing = true`` the PDF is printed as where those are not
installed. Needs python-docx and LibreOffice (``soffice``) with a font that stands in for Times New Roman; the tests need neither, for
the twins are kept in the repository.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from compose_case import Case, load
from compose_docx import compose
from compose_legacy import dressed, write_fonts
from compose_scan import scan_of
from compose_stamp import lay, stamps

SAMPLES = Path(__file__).parents[1] / "samples"
A4_HEIGHT = 841.89
"""Points."""


OFFICE = {"pdf": "pdf", "doc": "doc:MS Word 97", "rtf": "rtf:Rich Text Format", "odt": "odt:writer8"}
"""What LibreOffice calls its exports."""


def to(form: str, docx: bytes, source: Mapping[str, Any] | None = None) -> bytes:
    """Return the DOCX as LibreOffice prints it or saves it in another format, with the old fonts that ``source.toml`` names."""
    program = shutil.which("soffice")
    if program is None:
        sys.exit("soffice (LibreOffice) is needed to make the twins.")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "sample.docx")
        file.write_bytes(docx)
        environment = dict(os.environ)
        if source and "fonts" in source:
            write_fonts(Path(folder), source["fonts"], missing=source.get("fonts_missing", False))
            environment["FONTCONFIG_FILE"] = str(Path(folder, "fonts.conf"))
        command = [
            program,
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            OFFICE[form],
            "--outdir",
            folder,
        ]
        subprocess.run([*command, str(file)], check=True, capture_output=True, timeout=180, env=environment)  # noqa: S603 - our own fixed command
        return file.with_suffix(f".{form}").read_bytes()


def docx_of(case: Case, fonts: str, *, for_pdf: bool) -> bytes:
    """Return the typed twin, stored in that old encoding where there is one."""
    docx = compose(case, for_pdf=for_pdf)
    return dressed(docx, fonts, for_pdf=for_pdf) if fonts else docx


def pdf_of(case: Case, source: Mapping[str, Any]) -> bytes:
    """Return the printed twin, with number and day in signature fields where the case wants them."""
    pdf = to("pdf", docx_of(case, source.get("fonts", ""), for_pdf=True), source)
    if not case.stamped:
        return pdf
    return lay(pdf, stamps(pdf, f"/{case.symbol}", case.number, f"{case.day.day:02d}", A4_HEIGHT))


def main(names: list[str]) -> None:
    """Compose the named cases, or all."""
    for path in sorted(SAMPLES.glob("*/case.toml")):
        name = path.parent.name
        if names and name not in names:
            continue
        case = load(path)
        source = tomllib.loads((path.parent / "source.toml").read_text("utf-8"))
        docx = docx_of(case, source.get("fonts", ""), for_pdf=False)
        (path.parent / f"{name}.docx").write_bytes(docx)
        pdf = pdf_of(case, source)
        (path.parent / f"{name}.pdf").write_bytes(pdf)
        for form in source.get("office", ()):
            (path.parent / f"{name}.{form}").write_bytes(to(form, docx))
        if kind := source.get("scan"):
            (path.parent / f"{name}.{kind}").write_bytes(scan_of(pdf, kind))
        sys.stdout.write(f"{name}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
