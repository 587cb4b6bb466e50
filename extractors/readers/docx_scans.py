"""A DOCX without text whose pictures are scanned pages: they are read like the pages of a scanned PDF."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from extractors.errors import NeedsOcr, NoReadableText, Problem, Severity
from extractors.layout import Layout
from extractors.pages import Pages
from extractors.readers import images
from extractors.readers.docx_names import BODY, FALLBACK, LEFT_OUT, A, R, V
from extractors.readers.docx_package import Package
from extractors.readers.scans import ocr

if TYPE_CHECKING:
    from lxml.etree import _Element

_PICTURES = {A + "blip": R + "embed", V + "imagedata": R + "id"}


def read(package: Package, media_type: str, bounds: Pages) -> Layout:
    """Return the layout of the pages that are pictures of the body.

    Raises:
        NeedsOcr: what recognises pictures is not installed.
        NoReadableText: no picture is large enough for a page, or none holds text.
        DispatchError: as for ``images.read_all``.
    """
    if not ocr.available():
        raise NeedsOcr
    pages = tuple(_pages(package))
    if not pages:
        raise NoReadableText
    layout = images.read_all(pages, media_type, bounds)
    scanned = Problem(
        "I246",
        "Văn bản Word chỉ gồm ảnh quét; chữ được nhận dạng từ ảnh.",
        Severity.INFO,
        remedy="Hãy đối chiếu số, ngày và tên riêng với bản gốc.",
    )
    return replace(layout, problems=(scanned, *layout.problems))


def pages(data: bytes) -> tuple[bytes, ...]:
    """Return the pictures that ``read`` takes for the pages of a DOCX.

    Raises:
        DispatchError: as for ``Package``.
    """
    return tuple(_pages(Package(data)))


def _pages(package: Package) -> Iterator[bytes]:
    """The pictures in the order of the body, each once: editors repeat a drawing for programs that do not know its newer form."""
    body = package.document().find(BODY)
    seen: set[str] = set()
    for link in () if body is None else _links(body):
        data = None if link in seen else package.bytes_by_id(link)
        seen.add(link)
        if data is not None and images.is_page(data):
            yield data


def _links(element: _Element) -> Iterator[str]:
    for child in element:
        if child.tag in _PICTURES:
            yield child.get(_PICTURES[child.tag]) or ""
        elif child.tag != FALLBACK and child.tag not in LEFT_OUT:
            yield from _links(child)
