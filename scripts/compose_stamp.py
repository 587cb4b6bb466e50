"""Number and day as signing software shows them: appearances of signature fields laid over the page's blanks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.layout import Box, Word
from extractors.readers import base

_XREF_ROW = "{:010d} 00000 n \n"


@dataclass(frozen=True)
class Stamp:
    """Words and where they stand: the left end of the baseline, in points from the page's lower left corner."""

    name: str
    words: str
    x: float
    y: float
    size: float = 13.0


def blanks(pdf: bytes, symbol: str) -> tuple[Box, Box]:
    """Return the boxes of the words that follow the blank number and the blank day on page 1."""
    words = [word for block in base.read(pdf).blocks for word in block.words if word.page == 1]
    return _box(words, symbol), _box(words, "tháng")


def _box(words: list[Word], text: str) -> Box:
    for word in words:
        if word.box is not None and text in word.text:
            return word.box
    raise LookupError(text)


def stamps(pdf: bytes, symbol: str, number: str, day: str, height: float) -> tuple[Stamp, Stamp]:
    """Return the two stamps that fill the blanks before the symbol and before "tháng"."""
    after_number, after_day = blanks(pdf, symbol)
    return (
        Stamp("Signature-number", number, after_number.x0 - 6.5 * len(number) - 0.5, height - after_number.bottom + 3.0),
        Stamp("Signature-day", day, after_day.x0 - 6.5 * len(day) - 4.5, height - after_day.bottom + 3.0),
    )


def lay(pdf: bytes, placed: tuple[Stamp, ...]) -> bytes:
    """Return the PDF with the stamps as widget annotations of page 1, appended as an incremental update (ISO 32000-1, 7.5.6)."""
    size, root = _trailer(pdf, rb"/Size (\d+)"), _trailer(pdf, rb"/Root (\d+ 0 R)").decode()
    page, source = _object(pdf, rb"\d+ 0 obj\s*(<<\s*/Type\s*/Page\b(?!s).*?>>)\s*endobj")
    first = int(size)
    fields = " ".join(f"{first + 1 + 2 * index} 0 R" for index in range(len(placed)))
    catalog, catalog_source = _object(pdf, rf"{root.split()[0]} 0 obj\s*(<<.*?>>)\s*endobj".encode())
    objects = {
        page: source.replace("/Type/Page", f"/Type/Page/Annots[{fields}]", 1),
        catalog: catalog_source.replace("/Type/Catalog", f"/Type/Catalog/AcroForm<</Fields[{fields}]/SigFlags 3>>", 1),
    }
    objects[first] = "<</Type/Font/Subtype/Type1/BaseFont/Times-Roman/Encoding/WinAnsiEncoding>>"
    for index, stamp in enumerate(placed):
        objects[first + 1 + 2 * index], objects[first + 2 + 2 * index] = _widget(stamp, first + 2 + 2 * index, first)
    return pdf + _update(pdf, objects, root, first + 1 + 2 * len(placed))


def _trailer(pdf: bytes, pattern: bytes) -> bytes:
    return re.findall(pattern, pdf[pdf.rindex(b"trailer") :])[-1]


def _object(pdf: bytes, pattern: bytes) -> tuple[int, str]:
    """The number of the first object that the pattern finds, and its dictionary."""
    found = re.search(rb"(?<!\d)" + pattern, pdf, re.DOTALL)
    if found is None:
        raise LookupError(pattern)
    return int(found[0].split()[0]), found[1].decode("latin-1")


def _widget(stamp: Stamp, appearance: int, font: int) -> tuple[str, str]:
    width, height = 6.5 * len(stamp.words) + 1, stamp.size + 2
    corner = (stamp.x, stamp.y - 3)
    rect = f"[{corner[0]:.2f} {corner[1]:.2f} {corner[0] + width:.2f} {corner[1] + height:.2f}]"
    drawing = f"BT /F {stamp.size:g} Tf 0 3 Td ({stamp.words}) Tj ET"
    form = f"<</Type/XObject/Subtype/Form/BBox[0 0 {width:.2f} {height:.2f}]/Resources<</Font<</F {font} 0 R>>>>/Length {len(drawing)}>>"
    widget = f"<</Type/Annot/Subtype/Widget/FT/Sig/T({stamp.name})/F 4/Rect{rect}/AP<</N {appearance} 0 R>>>>"
    return widget, f"{form}\nstream\n{drawing}\nendstream"


def _update(pdf: bytes, objects: dict[int, str], root: str, size: int) -> bytes:
    out, rows = b"\n", []
    for number in sorted(objects):
        rows.append(f"{number} 1\n" + _XREF_ROW.format(len(pdf) + len(out)))
        out += f"{number} 0 obj\n{objects[number]}\nendobj\n".encode("latin-1")
    before = int(re.findall(rb"startxref\s+(\d+)", pdf)[-1])
    end = f"xref\n{''.join(rows)}trailer\n<</Size {size}/Root {root}/Prev {before}>>\nstartxref\n{len(pdf) + len(out)}\n%%EOF\n"
    return out + end.encode("ascii")
