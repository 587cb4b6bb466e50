"""Packages: a zip or a message with files, unpacked into memory; what is damaged, dangerous or too large is refused whole."""

import base64
import io
import os
import stat
import struct
import unicodedata
import zipfile
from pathlib import Path

import pytest
from edxml_messages import attached, usual, zipped

from extractors.errors import BadPackage, UnreadableEnvelope
from extractors.readers import packages

ROOT = Path(__file__).parents[1]
DOCX = (ROOT / "samples" / "huyen-so-noi-vu" / "huyen-so-noi-vu.docx").read_bytes()


def packed(*files, method=zipfile.ZIP_DEFLATED):
    """A zip of (name or ZipInfo, bytes)."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return out.getvalue()


def names(data):
    return [member.name for member in packages.unpack(data)]


def test_a_package_is_a_zip_that_is_no_office_file():
    assert packages.is_package(packed(("a.pdf", b"x")))
    assert packages.is_package(packed(("a.docx", DOCX), method=zipfile.ZIP_STORED)), "the office file's names stand in it unpacked"
    assert not packages.is_package(DOCX)
    assert not packages.is_package(DOCX[:-200]), "a damaged one is no package either"
    assert not packages.is_package(b"%PDF-1.7")


def test_files_come_by_name_without_folders_and_leavings():
    made = packed(
        ("cv/b.pdf", b"B"), ("cv/a.docx", b"A"), ("__MACOSX/cv/._a.docx", b"x"), ("cv/.DS_Store", b"x"),
        ("cv/Thumbs.db", b"x"), ("cv/", b""),
    )  # fmt: skip
    assert [(member.name, member.data) for member in packages.unpack(made)] == [("a.docx", b"A"), ("b.pdf", b"B")]


def test_backslashes_and_names_in_utf8_without_a_word():
    whole = packed(("Công văn số 5.pdf", b"x"))
    silent = bytearray(whole)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        struct.pack_into("<H", silent, whole.index(mark) + place, 0)
    assert names(bytes(silent)) == ["Công văn số 5.pdf"]
    assert names(packed(("kèm\\Phụ lục.docx", b"x"))) == ["Phụ lục.docx"]
    assert names(packed((unicodedata.normalize("NFD", "Tờ trình.pdf"), b"x"))) == ["Tờ trình.pdf"]


def link(name):
    info = zipfile.ZipInfo(name)
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


def with_password():
    made = bytearray(packed(("a.pdf", b"x" * 100)))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        made[made.index(mark) + place] |= 1
    return bytes(made)


@pytest.mark.parametrize(
    "data",
    [
        packed(("../a.pdf", b"x")), packed(("a/../../b.pdf", b"x")), packed(("/etc/a.pdf", b"x")), packed(("C:\\a.pdf", b"x")),
        packed(("..\\a.pdf", b"x")), packed(("a//b.pdf", b"x")), packed(("CON", b"x")), packed(("kèm/lpt1.pdf", b"x")),
        packed(("nul .pdf", b"x")), packed(("a\n.pdf", b"x")), packed(("fdp\u202e.exe", b"x")),
        packed(("a.pdf", b"x"), ("A.PDF", b"y")), packed(("ò.pdf", b"x"), (unicodedata.normalize("NFD", "ò.pdf"), b"y")),
        packed((link("a.pdf"), b"/etc/passwd")),
        packed(("a.zip", packed(("b.pdf", b"x")))),
        with_password(),
        packed(("a.pdf", b"x"), method=zipfile.ZIP_LZMA),
        packed(("a.pdf", b"\0" * 50_000_000)),
        packed(*((f"{n}.pdf", b"x") for n in range(packages.MOST_FILES + 1))),
        packed(("a.pdf", os.urandom(10_000)))[:-3_000],
        packed(("a.pdf", os.urandom(10_000))).replace(b"PK\x01\x02", b"PK\x01\x03"),
        b"PK\x03\x04" + b"x" * 100,
    ],
    ids=["up", "up inside", "absolute", "drive", "up by backslash", "empty part", "device", "device in a folder", "device with a blank",
         "line break", "bidi", "same name", "same name NFD", "link", "zip in zip", "password", "lzma", "bomb", "many", "truncated",
         "directory broken", "no zip"],
)  # fmt: skip
def test_a_hostile_or_broken_package_is_refused(data):
    with pytest.raises(BadPackage):
        packages.unpack(data)


def test_what_a_zip_says_of_its_sizes_is_not_believed():
    made = bytearray(packed(("a.pdf", b"\0" * 30_000_000)))
    place = made.index(b"PK\x01\x02")
    struct.pack_into("<I", made, place + 24, 10)  # "10 bytes unpacked"
    with pytest.raises(BadPackage):
        packages.unpack(bytes(made))


def test_many_files_below_the_limit_each_are_measured_together(monkeypatch):
    monkeypatch.setattr(packages, "MOST_BYTES", 25_000)
    with pytest.raises(BadPackage):
        packages.unpack(packed(*((f"{n}.pdf", os.urandom(10_000)) for n in range(3))))


@pytest.mark.parametrize("each_packed", [True, False])
def test_a_message_carries_its_files(each_packed):
    message = usual(files=attached(("cv.docx", DOCX), ("phụ lục.pdf", b"%PDF-"), packed=each_packed))
    assert [(member.name, member.data) for member in packages.carried(message)] == [("cv.docx", DOCX), ("phụ lục.pdf", b"%PDF-")]


def test_names_may_stand_only_in_the_list_of_files():
    listed = (
        "<edXML:edXMLBody><edXML:edXMLManifest><edXML:Reference><edXML:ContentId>cid:0</edXML:ContentId>"
        "<edXML:AttachmentName>công văn.docx</edXML:AttachmentName></edXML:Reference></edXML:edXMLManifest></edXML:edXMLBody>"
    )
    message = usual(files=listed + attached(("x", DOCX))).replace(b"<AttachmentName>x</AttachmentName>", b"")
    assert [member.name for member in packages.carried(message)] == ["công văn.docx"]


@pytest.mark.parametrize("files", ["", "<AttachmentEncoded/>", "<AttachmentEncoded><Attachment/></AttachmentEncoded>"])
def test_a_message_without_files_carries_none(files):
    assert packages.carried(usual(files=files)) == ()


TWO = base64.b64encode(packed(("x", b"1"), ("y", b"2"))).decode()


@pytest.mark.parametrize("content", ["***", "QUJD=QUJD", TWO], ids=["no base64", "broken base64", "two files in one"])
def test_a_file_that_cannot_be_unpacked_refuses_the_message(content):
    files = f"<Attachment><ContentTransferEncoded>{content}</ContentTransferEncoded></Attachment>"
    with pytest.raises(BadPackage):
        packages.carried(usual(files=files))


def test_a_bomb_in_a_message_is_measured():
    with pytest.raises(BadPackage):
        packages.carried(usual(files=attached(("a.pdf", b"\0" * 50_000_000))))
    with pytest.raises(UnreadableEnvelope):
        packages.carried(b"<edXML>")
    assert len(zipped("a", b"\0" * 50_000_000)) < 100_000
