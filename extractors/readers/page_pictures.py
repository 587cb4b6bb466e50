"""The pages of a file as small pictures for those who show the paper; a DOCX has none, its paragraphs are shown instead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from extractors.readers.base import reader_for

if TYPE_CHECKING:
    from extractors.readers.pdf_pictures import PagePicture

SECONDS = 20.0
"""Of processor time for the pages of one file; a page of text takes 0.01, a scan 0.05."""


def page_pictures(data: bytes, numbers: Sequence[int]) -> Iterator[PagePicture]:
    """Yield the pages of these numbers, ascending from 1, of a file that was read; what cannot be drawn is left out.

    Raises:
        DispatchError: the file is none that is read.
    """
    kind = reader_for(data).name
    if kind == "pdf":
        from extractors.readers import pdf_pictures

        yield from pdf_pictures.pictures(data, numbers, SECONDS)
    elif kind == "image":
        from extractors.readers import images

        yield from images.page_pictures(data, numbers)
