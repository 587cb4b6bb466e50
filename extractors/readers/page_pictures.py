"""The pages of a file as small pictures for those who show the paper; a DOCX with text has none, its paragraphs are shown instead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING

from extractors.errors import DispatchError
from extractors.readers.base import Reader, reader_for

if TYPE_CHECKING:
    from extractors.readers.pdf_pictures import PagePicture

SECONDS = 20.0
"""Of processor time for the pages of one file; a page of text takes 0.01, a scan 0.05, a page of a TIFF 0.3 to 0.6."""


def page_pictures(data: bytes, numbers: Sequence[int]) -> Iterator[PagePicture]:
    """Yield the pages of these numbers, ascending from 1, of a file that was read; what cannot be drawn is left out.

    Raises:
        DispatchError: the file is none that is read.
    """
    reader = reader_for(data)
    if reader.name == "pdf":
        from extractors.readers import pdf_pictures

        yield from pdf_pictures.pictures(data, numbers, SECONDS)
    elif reader.name == "image":
        from extractors.readers import images

        yield from images.page_pictures(data, numbers, SECONDS)
    elif numbers:
        yield from _of_word_file(data, reader, numbers)


def _of_word_file(data: bytes, reader: Reader, numbers: Sequence[int]) -> Iterator[PagePicture]:
    """The scans that a Word file holds instead of text; none where it cannot be converted a second time."""
    from extractors.readers import docx_scans, images

    with suppress(DispatchError):
        docx = data if reader.name == "docx" else import_module(reader.module).as_docx(data)
        yield from images.page_pictures_of(docx_scans.pages(docx), numbers, SECONDS)
