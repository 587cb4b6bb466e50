"""Pictures of pages sent as files: PNG, JPEG and TIFF of several pages, read like the pages of a scanned PDF.

Sizes are checked on the header, before a picture is decoded; one page is held in memory at a time.
"""

from __future__ import annotations

import io
import struct
import sys
import time
import warnings
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from PIL import ExifTags, Image, ImageOps

from extractors.errors import ImageTooLarge, NeedsOcr, NoReadableText, Problem, Severity, UnreadableFile
from extractors.layout import Layout, Page, TextSource
from extractors.pages import USUAL_PAGES, Pages
from extractors.readers import pdf_tables
from extractors.readers.assemble import assemble
from extractors.readers.pdf_pictures import PagePicture, pictured, scale_of
from extractors.readers.pdf_render import A4_LONG_SIDE, MOST_SOURCE_PIXELS, Picture, PlacedImage, resolution
from extractors.readers.pdf_scans import Scans, by_hand, without_words
from extractors.readers.scans import ocr
from extractors.readers.scans.ocr import PLAUSIBLE_SIZE, Scan

FORMATS = ("PNG", "JPEG", "TIFF")
LEAST_SIDE = 50
"""Pixels; a narrower picture has no room for a line of text."""
LEAST_PAGE = 1000
"""Pixels of a page's long side; a fax of A4 has 1 100."""
_EVERY = range(1, sys.maxsize)
_DAMAGED = (OSError, ValueError, SyntaxError, EOFError, struct.error)
"""What Pillow raises for damaged data."""


@dataclass
class _Unread:
    """Numbers of the pages that were not read, filled while the pages go by."""

    large: list[int] = field(default_factory=list)
    damaged: list[int] = field(default_factory=list)
    most: int = USUAL_PAGES.scanned
    more: bool = False


def read(data: bytes, pages: Pages = USUAL_PAGES) -> Layout:
    """Return the layout of a picture, of the first pages of a TIFF.

    Raises:
        DispatchError: as for ``read_all``.
    """
    layout = _read(lambda unread: _pictures(data, unread), "", pages)
    return replace(layout, media_type=Image.MIME[_opened(data).format or "TIFF"])


def read_all(files: Sequence[bytes], media_type: str, pages: Pages = USUAL_PAGES) -> Layout:
    """Return the layout of pictures that are the pages of one document, in their order.

    Raises:
        UnreadableFile: no page can be decoded.
        ImageTooLarge: its pixels are too many to be decoded.
        NeedsOcr: what recognises pictures is not installed.
        NoReadableText: the pages hold no text.
    """
    return _read(lambda unread: _first_pages(files, unread), media_type, pages)


def _read(pictures: Callable[[_Unread], Iterator[Picture]], media_type: str, pages: Pages) -> Layout:
    if not ocr.available():
        raise NeedsOcr
    unread = _Unread(most=pages.scanned)
    with warnings.catch_warnings():
        # What Pillow warns of (large sizes, odd tags) is bounded here or does not matter.
        warnings.simplefilter("ignore")
        scans = ocr.read_pictures(pictures(unread))
    if not scans:
        raise ImageTooLarge if unread.large else UnreadableFile
    if not any(scan.words.words for scan in scans):
        raise NoReadableText
    return _layout(media_type, scans, (*_problems(unread), *without_words(scans), *by_hand(scans)))


def _layout(media_type: str, scans: tuple[Scan, ...], problems: tuple[Problem, ...]) -> Layout:
    tables = [table for scan in scans for table in pdf_tables.find(scan.drawing, scan.page.number, scan.words.words)]
    found = assemble([scan.words for scan in scans], tables)
    layout = Layout(
        media_type=media_type,
        items=found.items,
        pages=tuple(scan.page for scan in scans),
        furniture=found.furniture,
        stamps=found.stamps,
        footnotes=found.footnotes,
        source=TextSource.OCR,
        problems=problems,
    )
    return Scans(views={scan.page.number: scan.view for scan in scans}).returned(layout)


def is_page(data: bytes) -> bool:
    """True for a picture large enough to be the scan of a page, not an emblem or a signature."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # as in ``_read``
        try:
            return max(_opened(data).size) >= LEAST_PAGE
        except ImageTooLarge:
            return True
        except UnreadableFile:
            return False


def _opened(data: bytes) -> Image.Image:
    try:
        return Image.open(io.BytesIO(data), formats=FORMATS)
    except Image.DecompressionBombError as error:
        raise ImageTooLarge from error
    except _DAMAGED as error:
        raise UnreadableFile from error


def _pictures(data: bytes, unread: _Unread, wanted: Container[int] = _EVERY) -> Iterator[Picture]:
    """Yield the pages of these numbers that can be decoded, as many as are recognised of a scanned PDF."""
    with _opened(data) as image:
        for number in range(1, unread.most + 2):
            try:
                if number > 1:
                    image.seek(number - 1)
            except EOFError:
                return
            except Image.DecompressionBombError:
                unread.large.append(number)
                continue
            except _DAMAGED:
                unread.damaged.append(number)
                return
            if number > unread.most:
                unread.more = True
            elif number in wanted and (picture := _page(image, number, unread)):
                yield picture
            if image.format != "TIFF":
                return


def _page(image: Image.Image, number: int, unread: _Unread) -> Picture | None:
    if image.width * image.height > MOST_SOURCE_PIXELS:
        unread.large.append(number)
        return None
    picture = _decoded(image, number)
    if picture is None:
        unread.damaged.append(number)
    return picture


def _first_pages(files: Sequence[bytes], unread: _Unread, wanted: Container[int] = _EVERY) -> Iterator[Picture]:
    """Yield each file's picture as the page of its number, where that is one of these."""
    for number, data in enumerate(files, 1):
        if number > unread.most:
            unread.more = True
            return
        if number not in wanted:
            continue
        own = _Unread()
        try:
            picture = next(_pictures(data, own), None)
        except (ImageTooLarge, UnreadableFile) as error:
            picture = None
            own.large += [number] * isinstance(error, ImageTooLarge)
        if picture is not None:
            yield replace(picture, page=replace(picture.page, number=number))
        elif own.large:
            unread.large.append(number)
        else:
            unread.damaged.append(number)


def page_pictures(data: bytes, numbers: Sequence[int], seconds: float) -> Iterator[PagePicture]:
    """Yield the pages of these numbers small, for the eye, for so many seconds of processor time; the file was read before."""
    return _small(_pictures(data, _Unread(most=max(numbers, default=0)), numbers), seconds)


def page_pictures_of(files: Sequence[bytes], numbers: Sequence[int], seconds: float) -> Iterator[PagePicture]:
    """Yield the same of the files that ``read_all`` read."""
    return _small(_first_pages(files, _Unread(most=max(numbers, default=0)), numbers), seconds)


def _small(pictures: Iterator[Picture], seconds: float) -> Iterator[PagePicture]:
    started = time.process_time()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # as in ``_read``
        for picture in pictures:
            if time.process_time() - started >= seconds:
                return
            page = picture.page
            scale = min(scale_of(page.width, page.height), picture.scale)
            size = (max(round(page.width * scale), 1), max(round(page.height * scale), 1))
            image = Image.fromarray(picture.rgb).resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
            yield pictured(image, page.number)


def _decoded(image: Image.Image, number: int) -> Picture | None:
    try:
        return picture_of(image, number)
    except _DAMAGED:
        return None


def picture_of(image: Image.Image, number: int) -> Picture | None:
    """Return a page as a picture, turned as its camera held it; None for one too small to hold text."""
    dpi = image.info.get("dpi", (0, 0))
    plain = ImageOps.exif_transpose(image) if image.getexif().get(ExifTags.Base.Orientation, 1) != 1 else image
    if min(plain.size) < LEAST_SIDE:
        return None
    size = _size(plain.size, float(min(dpi)) if isinstance(dpi, tuple) else 0.0)
    page = Page(number, *size)
    scale = resolution(page.width, page.height, (PlacedImage(*plain.size, page.width, page.height),))
    pixels = (max(round(page.width * scale), 1), max(round(page.height * scale), 1))
    even = _evened(plain)
    if pixels != even.size:
        even = even.resize(pixels, Image.Resampling.LANCZOS, reducing_gap=2.0)
    return Picture(page, np.asarray(even.convert("RGB")).copy(), scale)


def _evened(image: Image.Image) -> Image.Image:
    """The picture in a mode that can be made smaller, without a copy where it is; a large scan takes half a gigabyte in RGB."""
    if "transparency" in image.info or image.mode not in {"1", "L", "RGB"}:
        return coloured(image)
    return image.convert("L") if image.mode == "1" else image


def _size(pixels: tuple[int, int], dpi: float) -> tuple[float, float]:
    """The page's size in points: as claimed where that is a sheet's, else as if its long side were A4's."""
    longest = max(pixels)
    claimed = longest * 72 / dpi / A4_LONG_SIDE if dpi > 0 else 0.0
    point = dpi / 72 if PLAUSIBLE_SIZE[0] <= claimed <= PLAUSIBLE_SIZE[1] else longest / A4_LONG_SIDE
    return pixels[0] / point, pixels[1] / point


def coloured(image: Image.Image) -> Image.Image:
    """Return a picture of any mode in RGB; what is transparent shows white paper, deep greys keep their range."""
    if image.mode in {"F", "I"} or image.mode.startswith("I;16"):
        levels = np.asarray(image, dtype=np.float64)
        top = float(levels.max(initial=1.0))
        full = 65535.0 if image.mode != "F" and top <= 65535.0 else top
        return Image.fromarray(np.clip(levels * (255 / full), 0, 255).astype(np.uint8)).convert("RGB")
    if "A" in image.getbands() or "transparency" in image.info:
        over = image.convert("RGBA")
        paper = Image.new("RGBA", over.size, "white")
        return Image.alpha_composite(paper, over).convert("RGB")
    return image.convert("RGB")


def _problems(unread: _Unread) -> Iterator[Problem]:
    if unread.more:
        message = f"Tệp ảnh có nhiều trang, chỉ nhận dạng {unread.most} trang đầu."
        yield Problem("W225", message, Severity.WARNING, "", "Hãy tách tệp nếu cần đọc hết.")
    missing = sorted([*unread.large, *unread.damaged])
    if missing:
        where = "trang " + ", ".join(map(str, missing))
        yield Problem(
            "W226", "Có trang ảnh quá lớn hoặc bị hỏng nên chưa đọc được.", Severity.WARNING, where, "Hãy đọc các trang này trên bản gốc."
        )
