"""A composed sample as a scanner would send it: the printed pages in black and white, as TIFF of several pages or PNG of the first."""

from __future__ import annotations

import io

import pypdfium2
from PIL import Image

DPI = 200
"""As an office scanner set to "text" gives it."""
INK = 150
"""Grey level below which a point is black."""


def scan_of(pdf: bytes, kind: str) -> bytes:
    """Return the pages as "tif" (CCITT group 4, every page) or "png" (the first page)."""
    with pypdfium2.PdfDocument(pdf) as document:
        pages = [_black_and_white(page.render(scale=DPI / 72).to_pil()) for page in document]
    out = io.BytesIO()
    if kind == "tif":
        pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:], compression="group4", dpi=(DPI, DPI))
    else:
        pages[0].save(out, "PNG", optimize=True, dpi=(DPI, DPI))
    return out.getvalue()


def _black_and_white(page: Image.Image) -> Image.Image:
    return page.convert("L").point([0 if level < INK else 255 for level in range(256)]).convert("1")
