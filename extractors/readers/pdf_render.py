"""Pages of a PDF as pictures, at the resolution of what was scanned, bounded in pixels. Part of the door to pypdfium2."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pypdfium2
import pypdfium2.raw as pdfium

from extractors.errors import UnreadableFile
from extractors.layout import Page

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

A4_LONG_SIDE = 842.0
"""Points."""
USUAL_DPI = 200.0
"""For pages that are no single picture; on A4. Characters were read at 200 as well as at 300."""
LEAST_DPI, MOST_DPI = 150.0, 250.0
"""A fax is enlarged, a fine scan reduced, to what the recogniser was trained on; as if the page were A4.

At 250 dpi a third more paragraphs of real scans came out without a mistake than at 300, in three quarters of the time.
"""
MOST_PIXELS = 12_000_000
"""Of a rendered page: A4 at 300 dpi has 8.7 million, A3 at 200 dpi 7.7 million."""
MOST_SOURCE_PIXELS = 120_000_000
"""Of a picture in the file, decoded whole before it is rendered; A3 at 600 dpi has 70 million."""
FULL_PAGE = 0.5
"""Share of the page's area from which a picture is the scan of the page."""


@dataclass(frozen=True)
class Picture:
    """A page rendered without its signature fields' appearances."""

    page: Page
    rgb: NDArray[np.uint8]
    scale: float
    """Pixels per point of the page."""


@dataclass(frozen=True)
class PlacedImage:
    """A picture object of a page: pixels, and its size on the page in points."""

    width_px: int
    height_px: int
    width: float
    height: float


class Pages:
    """An open PDF whose pages are rendered one by one; use as a context manager. The file was opened before, so it opens."""

    def __init__(self, data: bytes) -> None:
        self._document = pypdfium2.PdfDocument(data)

    def __enter__(self) -> Pages:
        return self

    def __exit__(self, *_: object) -> None:
        self._document.close()

    def render(self, number: int) -> Picture | None:
        """Return a page, counted from 1, as a picture; None when its pictures are too large to be decoded, or when it has no area.

        Raises:
            UnreadableFile: the page cannot be loaded or drawn.
        """
        try:
            page = self._document[number - 1]
            images = images_of(page)
            if any(image.width_px * image.height_px > MOST_SOURCE_PIXELS for image in images):
                return None
            width, height = page.get_size()
            if width <= 0 or height <= 0:  # its boxes do not meet: there is nothing to see
                return None
            scale = resolution(width, height, images)
            bitmap = page.render(scale=scale, may_draw_forms=False, draw_annots=False, rev_byteorder=True, prefer_bgrx=False)
        except pypdfium2.PdfiumError as error:
            raise UnreadableFile(f"trang {number}") from error
        pixels = bitmap.to_numpy()
        rgb = (pixels.reshape(*pixels.shape[:2], -1)[..., :3]).copy()
        bitmap.close()
        page.close()
        return Picture(Page(number, width, height), rgb, scale)


def resolution(width: float, height: float, images: tuple[PlacedImage, ...] = ()) -> float:
    """Return the pixels per point for a page of a size in points: those of its scan where it is one, within bounds.

    Many scans claim 96 dpi, their pages then measure twice A4: bounds hold for the page as if its long side were A4's.
    """
    claimed = max(width, height) / A4_LONG_SIDE
    wanted = USUAL_DPI / 72 / claimed
    scan = max(images, key=lambda image: image.width * image.height, default=None)
    if scan is not None and scan.width * scan.height >= FULL_PAGE * width * height:
        wanted = max(scan.width_px, scan.height_px) / max(scan.width, scan.height)
    wanted = min(max(wanted, LEAST_DPI / 72 / claimed), MOST_DPI / 72 / claimed)
    return min(wanted, float((MOST_PIXELS / max(width * height, 1.0)) ** 0.5))


def images_of(page: pypdfium2.PdfPage) -> tuple[PlacedImage, ...]:
    """Return the picture objects of an open page."""
    out = []
    width_px, height_px = ctypes.c_uint(), ctypes.c_uint()
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for index in range(min(pdfium.FPDFPage_CountObjects(page.raw), _MOST_OBJECTS)):
        obj = pdfium.FPDFPage_GetObject(page.raw, index)
        if pdfium.FPDFPageObj_GetType(obj) != pdfium.FPDF_PAGEOBJ_IMAGE:
            continue
        sized = pdfium.FPDFImageObj_GetImagePixelSize(obj, width_px, height_px)
        if sized and pdfium.FPDFPageObj_GetBounds(obj, left, bottom, right, top):
            out.append(PlacedImage(width_px.value, height_px.value, right.value - left.value, top.value - bottom.value))
    return tuple(out)


_MOST_OBJECTS = 20_000
