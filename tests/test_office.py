"""``.doc``, ``.rtf`` and ``.odt``: the record of their DOCX twin; what is wrong with one is its own outcome, and nothing stays behind."""

import io
import os
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from contextlib import contextmanager, suppress
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from ole_writer import fib, ole
from sample_files import CONVERTED, READ, label, said

from extractors.errors import (
    ConversionFailed,
    ConversionTooSlow,
    DispatchError,
    EncryptedFile,
    OfficeMissing,
    UnreadableFile,
    UnsupportedFormat,
)
from extractors.readers import base, doc, odt, office_convert, rtf
from extractors.readers.office_fields import without_living_fields
from pipeline import sandbox
from pipeline.settings import Limits

needs_office = pytest.mark.skipif(office_convert.program() is None, reason="LibreOffice is not installed")
posix = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in for LibreOffice is a shell script")
ROOT = Path(__file__).parents[1]
SAMPLE = next(sample for sample in READ if sample.office == ("doc", "rtf", "odt"))
RTF = rb"{\rtf1\ansi{\fonttbl{\f0 Times New Roman;}}%s}"


def codes(layout):
    return [problem.code for problem in layout.problems]


# ---- the same record


@needs_office
@pytest.mark.parametrize(("sample", "form"), CONVERTED, ids=label)
def test_it_says_what_its_docx_twin_says(sample, form):
    told = sample.record(form)
    assert said(told) == said(sample.record("docx"))
    assert told["source"]["media_type"] == {"doc": doc.WORD_97, "rtf": rtf.KIND, "odt": odt.KIND}[form].media_type
    own = [problem["code"] for problem in sample.record("docx")["problems"]]
    assert [problem["code"] for problem in told["problems"]] == ["I245", *own]


# ---- what kind of file it is

KINDS = [
    (ole({"WordDocument": fib()}), "doc"),
    (RTF % b"x", "rtf"),
    (b"\xef\xbb\xbf\r\n" + RTF % b"x", "rtf"),
    (SAMPLE.file("odt").read_bytes(), "odt"),
]


@pytest.mark.parametrize(("data", "name"), KINDS, ids=[name for _, name in KINDS])
def test_the_kind_is_told_by_the_bytes(data, name):
    assert base.reader_for(data).name == name


REFUSED = {
    "xls": (ole({"Workbook": b""}), UnsupportedFormat, ".xls"),
    "ppt": (ole({"PowerPoint Document": b""}), UnsupportedFormat, ".ppt"),
    "msg": (ole({"__properties_version1.0": b""}), UnsupportedFormat, ".msg"),
    "another program's": (ole({"Contents": b""}), UnsupportedFormat, "OLE"),
    "xls with a Word object in it": (ole({"Workbook": b"", "MBD01/WordDocument": fib()}), UnsupportedFormat, ".xls"),
    "docx with a password": (ole({"EncryptedPackage": b"", "EncryptionInfo": b""}), EncryptedFile, ".docx"),
    "doc with a password": (ole({"WordDocument": fib(flags=0x0100), "1Table": b""}), EncryptedFile, ".doc"),
    "doc with the old way of hiding": (ole({"WordDocument": fib(flags=0x8100)}), EncryptedFile, ".doc"),
    "doc that is none": (ole({"WordDocument": fib(magic=0)}), UnreadableFile, ".doc"),
    "storage of that name": (ole({"WordDocument/x": b""}), UnreadableFile, ".doc"),
    "header only": (ole({"WordDocument": fib()})[:512], UnreadableFile, "OLE"),
    "loop of sectors": (ole({"WordDocument": fib()}).replace(b"\2\0\0\0\3\0\0\0\4", b"\2\0\0\0\0\0\0\0\4"), UnreadableFile, "OLE"),
    "sectors of an odd size": (ole({"WordDocument": fib()})[:30] + b"\x40\x00" + ole({"WordDocument": fib()})[32:], UnreadableFile, "OLE"),
    "rtf cut off": (SAMPLE.file("rtf").read_bytes()[:-200], UnreadableFile, "RTF"),
    "rtf whose raw bytes are cut off": (rb"{\rtf1 \bin99 }}}", UnreadableFile, "RTF"),
    "odt cut off": (SAMPLE.file("odt").read_bytes()[:-200], UnreadableFile, ".odt"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused_before_libreoffice_sees_it(case, monkeypatch):
    data, error, where = REFUSED[case]
    monkeypatch.setattr(office_convert, "to_docx", None)
    with pytest.raises(DispatchError) as caught:
        base.read(data)
    assert (type(caught.value), caught.value.where) == (error, where)


@pytest.mark.parametrize("part", range(1, 20))
def test_a_doc_cut_off_anywhere_is_unreadable(part, monkeypatch):
    monkeypatch.setattr(office_convert, "to_docx", None)
    whole = SAMPLE.file("doc").read_bytes()
    with pytest.raises(UnreadableFile):
        base.read(whole[: len(whole) * part // 20])


def with_parts(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), odt.KIND.media_type)
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_an_odt_with_a_password():
    with pytest.raises(EncryptedFile):
        base.read(with_parts({"META-INF/manifest.xml": b"<manifest:encryption-data/>"}))


def test_an_odt_that_swells_when_unpacked():
    with pytest.raises(UnreadableFile):
        base.read(with_parts({"content.xml": bytes(33 * 1024 * 1024)}))


# ---- what is inside besides text

NOTED = {
    "doc with macros": (ole({"WordDocument": fib(), "Macros/VBA/ThisDocument": b""}), {"W245": "macro"}),
    "doc with an object": (ole({"WordDocument": fib(), "ObjectPool/_123/Workbook": b""}), {"W245": "đối tượng nhúng"}),
    "doc with a link, text of 8 bits": (ole({"WordDocument": fib() + b'\x13 INCLUDEPICTURE "http://a/b.png"\x14'}), {"W246": ""}),
    "doc with a link, text of 16 bits": (ole({"WordDocument": fib() + '\x13INCLUDETEXT "x"\x14'.encode("utf-16-le")}), {"W246": ""}),
    "doc that speaks of links": (ole({"WordDocument": fib() + b"LINK or IMPORT"}), {}),
    "rtf with an object": (RTF % rb"{\object\objemb{\*\objdata 00}}", {"W245": "đối tượng nhúng"}),
    "rtf with a linked picture": (RTF % rb'{\field{\*\fldinst { INCLUDEPICTURE "http://a/b.png" \\d }}{\fldrslt x}}', {"W246": ""}),
    "rtf with a template from elsewhere": (RTF % rb"{\*\template http://a/b.dot}", {"W246": ""}),
    "rtf with a link to click on": (RTF % rb'{\field{\*\fldinst HYPERLINK "http://a/"}{\fldrslt x}}', {}),
    "odt with macros": (with_parts({"Basic/Standard/Module1.xml": b""}), {"W245": "macro"}),
    "odt with an object": (with_parts({"Object 1/content.xml": b""}), {"W245": "đối tượng nhúng"}),
    "odt with a linked section": (with_parts({"content.xml": b'<text:section-source xlink:href="../a.odt"/>'}), {"W246": ""}),
    "odt with a linked picture": (with_parts({"content.xml": b'<draw:image xlink:href="http://a/b.png"/>'}), {"W246": ""}),
    "odt with its own picture": (with_parts({"content.xml": b'<draw:image xlink:href="Pictures/1.png"/>'}), {}),
    "odt with a link to click on": (with_parts({"content.xml": b'<text:a xlink:href="http://a/">x</text:a>'}), {}),
}


@pytest.mark.parametrize("case", NOTED)
def test_what_is_not_run_and_not_fetched_is_told(case, monkeypatch):
    data, notes = NOTED[case]
    monkeypatch.setattr(office_convert, "to_docx", lambda *_: SAMPLE.file("docx").read_bytes())
    told = {problem.code: problem.where for problem in base.read(data).problems}
    assert {code: told[code] for code in told if code in ("W245", "W246")} == notes


# ---- LibreOffice itself: missing, failing, hanging, killed


def stand_in(folder: Path, script: str) -> Path:
    """A program in LibreOffice's place."""
    path = folder / "soffice"
    path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    path.chmod(0o755)
    return path


HANG = 'sleep 600 & echo "$$ $!" > "{noted}"; wait'
"""Starts a process of its own, says who the two are, and never ends."""


@pytest.fixture
def own_temp(tmp_path, monkeypatch):
    """A folder of its own for temporary files, so that leavings are seen."""
    place = tmp_path / "tmp"
    place.mkdir()
    monkeypatch.setenv("TMPDIR", str(place))
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    return place


@pytest.fixture
def hanging(tmp_path, monkeypatch):
    """LibreOffice hangs; the file names its processes."""
    noted = tmp_path / "noted"
    monkeypatch.setenv(office_convert.PLACE_VARIABLE, str(stand_in(tmp_path, HANG.format(noted=noted))))
    return noted


def within(seconds, true):
    """Wait until something is true; busy machines get their time."""
    until = time.monotonic() + seconds
    while not true() and time.monotonic() < until:
        time.sleep(0.05)
    return true()


def alive(process):
    try:
        os.kill(process, 0)
        state = Path(f"/proc/{process}/stat")
        return not state.exists() or state.read_text().rpartition(")")[2].split()[0] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False


def processes(noted):
    assert within(60, lambda: noted.exists() and noted.read_text().strip())
    return [int(word) for word in noted.read_text().split()]


def all_gone(noted, place):
    return within(30, lambda: not any(map(alive, processes(noted))) and not list(place.glob("congvan-*")))


def test_without_libreoffice_the_clerk_is_told_what_to_install(monkeypatch):
    monkeypatch.setenv(office_convert.PLACE_VARIABLE, str(ROOT / "no such program"))
    with pytest.raises(OfficeMissing) as caught:
        base.read(RTF % b"x")
    assert "libreoffice-writer-nogui" in caught.value.problem().remedy


def test_a_place_that_was_set_goes_before_all_others(tmp_path, monkeypatch):
    program = stand_in(tmp_path, "exit 0")
    monkeypatch.setenv(office_convert.PLACE_VARIABLE, str(program))
    assert office_convert.program() == str(program)


@posix
@pytest.mark.parametrize("script", ["exit 0", "exit 7", "kill -9 $$"])
def test_libreoffice_makes_nothing(script, tmp_path, own_temp, monkeypatch):
    monkeypatch.setenv(office_convert.PLACE_VARIABLE, str(stand_in(tmp_path, script)))
    with pytest.raises(ConversionFailed):
        base.read(RTF % b"x")
    assert not list(own_temp.iterdir())


@posix
def test_libreoffice_hangs(hanging, own_temp):
    with pytest.raises(ConversionTooSlow):
        office_convert.to_docx(RTF % b"x", rtf.KIND, seconds=1.0)
    assert all_gone(hanging, own_temp)


@posix
def test_a_worker_killed_from_outside_leaves_no_libreoffice_and_no_copy_of_the_document(hanging, own_temp):
    program = "import sys; from extractors.readers import base; base.read(sys.stdin.buffer.read())"
    worker = subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, cwd=ROOT)  # noqa: S603 - our own program
    worker.stdin.write(RTF % b"x")
    worker.stdin.close()
    processes(hanging)
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    assert all_gone(hanging, own_temp)


@posix
def test_a_worker_that_the_run_stops_takes_libreoffice_along(hanging, own_temp, tmp_path):
    path = tmp_path / "a.rtf"
    path.write_bytes(RTF % b"x")
    job = sandbox.Job(path, os.environ[office_convert.PLACE_VARIABLE], "", own_temp, date(2026, 3, 9))
    (result,) = sandbox.run_all([job], 1, Limits(seconds=8.0), only_read)
    assert result.problem == sandbox.TIMED_OUT
    assert all_gone(hanging, own_temp)


def only_read(job):
    """Read the job's file in the worker; the answer's problem says how it went.

    The program and the folder for temporary files come with the job: workers grow from a server that may be older than the test.
    """
    os.environ[office_convert.PLACE_VARIABLE], tempfile.tempdir = job.name, str(job.profile)
    made = sandbox.guarded(lambda: base.read(job.path.read_bytes()))
    if isinstance(made, sandbox.Problem):
        return sandbox.Result(None, made)
    return sandbox.Result(None, sandbox.Problem("OK", " ".join(codes(made)), sandbox.Severity.INFO))


@needs_office
@pytest.mark.parametrize("form", SAMPLE.office)
def test_it_works_inside_a_worker(form, tmp_path):
    job = sandbox.Job(SAMPLE.file(form), office_convert.program() or "", "", tmp_path, date(2026, 3, 9))
    (result,) = sandbox.run_all([job], 1, Limits(), only_read)
    assert result.problem.code == "OK", result.problem
    assert result.problem.message.startswith("I245")


# ---- nothing is fetched


@contextmanager
def listening():
    """A web server that writes down what it is asked for."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815 - the library's names

        def log_message(self, *_):
            """Keep quiet."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port, asked
    server.shutdown()
    server.server_close()


LINKED_ODT = """<?xml version="1.0"?><office:document-content office:version="1.2" xmlns:xlink="http://www.w3.org/1999/xlink"
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"><office:body><office:text>
<text:section text:name="s"><text:section-source xlink:href="{secret}" xlink:type="simple"/><text:p>as stored</text:p></text:section>
<text:p><draw:frame draw:name="f"><draw:image xlink:href="http://127.0.0.1:{port}/odt.png"/></draw:frame></text:p>
</office:text></office:body></office:document-content>"""
MANIFEST = """<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">
<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>"""
LINKED_RTF = rb"""{\*\template http://127.0.0.1:%d/rtf.dot}
{\field{\*\fldinst { INCLUDEPICTURE "http://127.0.0.1:%d/rtf.png" \\d }}{\fldrslt {as stored}}}\par
{\field{\*\fldinst { INCLUDETEXT "%s" }}{\fldrslt {as stored}}}\par"""


@needs_office
@pytest.mark.parametrize("form", ["rtf", "odt"])
def test_links_are_not_followed(form, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("nothing of this may be read", "utf-8")
    with listening() as (port, asked):
        if form == "rtf":
            data = RTF % (LINKED_RTF % (port, port, secret.as_uri().encode()))
        else:
            content = LINKED_ODT.format(port=port, secret=secret.as_uri())
            data = with_parts({"content.xml": content.encode(), "META-INF/manifest.xml": MANIFEST.encode()})
        layout = base.read(data)
        assert asked == []
    text = " ".join(block.text for block in layout.blocks)
    assert "as stored" in text
    assert "nothing of this" not in text
    assert "W246" in codes(layout)


# ---- fields that LibreOffice fills anew

DATED = rb"""Ng\'e0y {\field{\*\fldinst { DATE \\@ "dd/MM/yyyy" }}{\fldrslt {01/02/2005}}} h\'f4m nay\par
T\'ean {\field{\*\fldinst { FILENAME }}{\fldrslt {vanban.doc}}} h\'e9t\par"""


@needs_office
def test_the_day_of_opening_is_not_taken_for_the_dispatchs_day():
    layout = base.read(RTF % DATED)
    assert [block.text for block in layout.blocks] == ["Ngày hôm nay", "Tên hét"]
    assert "W247" in codes(layout)


SWELLING = {
    "deep groups": rb"{\rtf1 " + b"{" * 100_000 + b"x" + b"}" * 100_001,
    "entities": with_parts(
        {
            "content.xml": b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
            + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(12))
            + LINKED_ODT.partition("?>")[2].encode().replace(b"as stored", b"&m;"),
            "META-INF/manifest.xml": MANIFEST.encode(),
        }
    ),
    "a claimed picture": rb"{\rtf1 {\pict\pngblip 89504e470d0a1a0a0000000d49484452000f4240000f42400806000000}}",
}


@needs_office
@pytest.mark.parametrize("case", SWELLING)
def test_what_swells_is_an_outcome(case, own_temp):
    with suppress(DispatchError):
        base.read(SWELLING[case])
    assert not list(own_temp.glob("congvan-*"))


def test_a_docx_without_such_fields_stays_as_it_is():
    data = SAMPLE.file("docx").read_bytes()
    assert without_living_fields(data) == (data, False)
    assert without_living_fields(b"no zip") == (b"no zip", False)
