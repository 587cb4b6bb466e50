"""Pages of a PDF as small pictures for the eye, signatures and stamps drawn. Part of the door to pypdfium2."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pypdfium2
from PIL import Image

from extractors.readers.pdf_render import MOST_SOURCE_PIXELS, images_of

LONG_SIDE = 1300
"""Pixels; A4 at 111 dpi. Many scans claim 96 dpi and measure twice A4 in points, so the page's own size sets the scale."""
MOST_PIXELS = 2_000_000
"""Of a picture; A4 at its long side has 1.2 million."""
QUALITY = 60
"""Of JPEG: letters of 13 points stay clear, a page of text has 80 000 bytes."""
_PACKED = ("RGB", "RGBX", "L")


@dataclass(frozen=True)
class PagePicture:
    """A page drawn whole: its corners are the page's corners."""

    number: int
    jpeg: bytes
    width_px: int
    height_px: int


def pictures(data: bytes, numbers: Sequence[int], seconds: float) -> Iterator[PagePicture]:
    """Yield the pages of these numbers, from 1, that can be drawn; none after so many seconds of processor time.

    The file was opened before, so it opens.
    """
    document = pypdfium2.PdfDocument(data)
    document.init_forms()  # without them the appearances of signature fields are not drawn: the number and the day of most dispatches
    started = time.process_time()
    try:
        for number in numbers:
            drawn = _drawn(document, number) if time.process_time() - started < seconds else None
            if drawn is not None:
                yield pictured(drawn, number)
    finally:
        document.close()


def _drawn(document: pypdfium2.PdfDocument, number: int) -> Image.Image | None:
    """The page as it is shown; None when it is damaged or holds a picture too large to be decoded."""
    try:
        page = document[number - 1]
        if any(image.width_px * image.height_px > MOST_SOURCE_PIXELS for image in images_of(page)):
            return None
        # Four bytes a pixel are taken over and packed without a copy; three would be copied twice.
        bitmap = page.render(scale=scale_of(*page.get_size()), rev_byteorder=True, prefer_bgrx=True)
    except pypdfium2.PdfiumError:
        return None
    image: Image.Image = bitmap.to_pil()
    page.close()
    return image if image.mode in _PACKED else image.convert("RGB")


def scale_of(width: float, height: float) -> float:
    """Return the pixels per point for a page of a size in points."""
    return float(min(LONG_SIDE / max(width, height, 1.0), (MOST_PIXELS / max(width * height, 1.0)) ** 0.5))


def pictured(image: Image.Image, number: int) -> PagePicture:
    """Return a page's picture, packed."""
    out = io.BytesIO()
    image.save(out, "JPEG", quality=QUALITY)
    return PagePicture(number, out.getvalue(), image.width, image.height)
