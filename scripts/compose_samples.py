"""Make the twins of the composed samples: ``python scripts/compose_samples.py [CASE …]``.

Each ``samples/<case>/case.toml`` becomes ``<case>.docx`` and ``<case>.pdf`` beside it, and a scan where ``source.toml`` wants one
(``scan = "tif"`` or ``"png"``), and in other formats where it wants them (``office = ["doc", "rtf", "odt"]``). Needs python-docx and
LibreOffice (``soffice``) with a font that stands in for Times New Roman; the tests need neither, for the twins are kept in the
repository.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

from compose_case import Case, load
from compose_docx import compose
from compose_scan import scan_of
from compose_stamp import lay, stamps

SAMPLES = Path(__file__).parents[1] / "samples"
A4_HEIGHT = 841.89
"""Points."""


OFFICE = {"pdf": "pdf", "doc": "doc:MS Word 97", "rtf": "rtf:Rich Text Format", "odt": "odt:writer8"}
"""What LibreOffice calls its exports."""


def to(form: str, docx: bytes) -> bytes:
    """Return the DOCX as LibreOffice prints it or saves it in another format."""
    program = shutil.which("soffice")
    if program is None:
        sys.exit("soffice (LibreOffice) is needed to make the twins.")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "sample.docx")
        source.write_bytes(docx)
        command = [
            program,
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            OFFICE[form],
            "--outdir",
            folder,
        ]
        subprocess.run([*command, str(source)], check=True, capture_output=True, timeout=180)  # noqa: S603 - our own fixed command
        return source.with_suffix(f".{form}").read_bytes()


def pdf_of(case: Case) -> bytes:
    """Return the printed twin, with number and day in signature fields where the case wants them."""
    pdf = to("pdf", compose(case, for_pdf=True))
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
        docx = compose(case, for_pdf=False)
        (path.parent / f"{name}.docx").write_bytes(docx)
        pdf = pdf_of(case)
        (path.parent / f"{name}.pdf").write_bytes(pdf)
        source = tomllib.loads((path.parent / "source.toml").read_text("utf-8"))
        for form in source.get("office", ()):
            (path.parent / f"{name}.{form}").write_bytes(to(form, docx))
        if kind := source.get("scan"):
            (path.parent / f"{name}.{kind}").write_bytes(scan_of(pdf, kind))
        sys.stdout.write(f"{name}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
