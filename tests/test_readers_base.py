from __future__ import annotations

import sys
from importlib.util import find_spec
from types import ModuleType

import pytest
from docx_snippets import docx, p, unpacked

from extractors.errors import DispatchError, EmptyFile, UnreadableFile, UnsupportedFormat
from extractors.layout import Layout, Page
from extractors.pages import Pages
from extractors.readers.base import READERS, read, reader_for

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


KNOWN = [
    (b"%PDF-1.7\n", "pdf"),
    (b"\xef\xbb\xbf\n%PDF-1.4", "pdf"),
    (b"x" * 1000 + b"%PDF-1.4", "pdf"),
    (docx(p("chữ")), "docx"),
    (docx(p("chữ"))[:400], "docx"),
    (b"\x89PNG\r\n", "image"),
    (b"\xff\xd8\xff\xe0", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
]


@pytest.mark.parametrize(("data", "name"), KNOWN)
def test_files_are_told_by_their_bytes(data, name):
    assert reader_for(data).name == name


REFUSED = [
    (b"", EmptyFile, ""),
    (b"\r\n  \x00", EmptyFile, ""),
    (OLE, UnreadableFile, "OLE"),
    (OLE[:100], UnreadableFile, "OLE"),
    (b"{\\rtf1\\ansi", UnreadableFile, "RTF"),
    (unpacked({"xl/workbook.xml": "<x/>"}), UnsupportedFormat, "ZIP"),
    (b"\x89PNG\r\n", UnreadableFile, ""),
    (b"<html>", UnsupportedFormat, "HTML/XML"),
    (b"x" * 1024 + b"%PDF-1.4", UnsupportedFormat, ""),
    ("Công văn".encode(), UnsupportedFormat, ""),
]


@pytest.mark.parametrize(("data", "error", "where"), REFUSED)
def test_other_files_are_refused_with_their_kind(data, error, where):
    with pytest.raises(DispatchError) as caught:
        read(data)
    assert type(caught.value) is error
    assert caught.value.where == where


def test_the_reader_of_the_kind_reads(monkeypatch):
    fake = ModuleType("extractors.readers.pdf")
    fake.read = lambda _data, pages: Layout("application/pdf", (), pages=(Page(1, pages.typed, pages.scanned),))  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "extractors.readers.pdf", fake)
    layout = read(b"%PDF-1.7", Pages(typed=7, scanned=3))
    assert (layout.media_type, layout.pages) == ("application/pdf", (Page(1, 7, 3),))
    assert next(read(docx(p("chữ"))).blocks).text == "chữ"


def test_every_reader_of_the_table_is_there():
    assert len({reader.name for reader in READERS}) == len(READERS)
    for reader in READERS:
        assert find_spec(reader.module), reader.module
