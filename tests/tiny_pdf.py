"""A small PDF writer for tests: Vietnamese text by a simple font with a ToUnicode map, lines, boxes, fields laid over the page."""

# ruff: noqa: PLR0917 - places are written x, y and x0, y0, x1, y1, as in the format

from __future__ import annotations

from dataclasses import dataclass, field

WIDTH, HEIGHT = 595, 842
GLYPH = 500
"""Width of every character in thousandths of the type size."""
CMAP = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n1 begincodespacerange <00> <ff> endcodespacerange\n{}\nendcmap"
FONTS = {"regular": "Times-Roman", "bold": "Times-Bold", "italic": "Times-Italic"}


@dataclass
class TinyPage:
    """Content and fields of a page; y runs from the top."""

    size: tuple[int, int] = (WIDTH, HEIGHT)
    extra: str = ""
    content: list[str] = field(default_factory=list)
    fields: list[tuple[float, float, float, str]] = field(default_factory=list)
    pdf: TinyPdf | None = None

    def text(self, x, y, text, size=13.0, font="regular", before="", matrix=None):
        code = self.pdf.codes(text)
        a, b, c, d = matrix or (1, 0, 0, 1)
        self.content.append(f"q {before} BT /{font} {size} Tf {a} {b} {c} {d} {x} {self.size[1] - y} Tm <{code}> Tj ET Q")
        return self

    def lines(self, x, y, *texts, size=13.0, pitch=16.0, **style):
        for index, text in enumerate(texts):
            self.text(x, y + index * pitch, text, size, **style)
        return self

    def line(self, x0, y0, x1, y1):
        self.content.append(f"0.5 w {x0} {self.size[1] - y0} m {x1} {self.size[1] - y1} l S")
        return self

    def box(self, x0, y0, x1, y1, paint="S", colour="0 g"):
        self.content.append(f"q {colour} {x0} {self.size[1] - y1} {x1 - x0} {y1 - y0} re {paint} Q")
        return self

    def grid(self, xs, ys):
        for y in ys:
            self.line(xs[0], y, xs[-1], y)
        for x in xs:
            self.line(x, ys[0], x, ys[-1])
        return self

    def picture(self):
        width, height = self.size
        self.content.append(f"q {width} 0 0 {height} 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 /F /AHx ID 80> EI Q")
        return self

    def field(self, x, y, text, size=13.0):
        """A signature field whose appearance shows a text at a place of the page."""
        self.fields.append((x, y, size, self.pdf.codes(text)))
        return self


class TinyPdf:
    """Collects pages, then writes them; ``fonts`` has the names of further fonts by what the pages call them."""

    def __init__(self, **fonts):
        self._fonts = FONTS | fonts
        self.pages: list[TinyPage] = []
        self._codes: dict[str, int] = {}

    def page(self, **settings):
        self.pages.append(TinyPage(pdf=self, **settings))
        return self.pages[-1]

    def codes(self, text):
        return "".join(f"{self._codes.setdefault(char, 33 + len(self._codes)):02x}" for char in text)

    def bytes(self):
        objects: list[str] = ["", ""]
        fonts = " ".join(f"/{name} {self._font(objects, base)} 0 R" for name, base in self._fonts.items())
        kids = [self._page(objects, page, f"<< /Font << {fonts} >> >>") for page in self.pages]
        objects[0] = "<< /Type /Catalog /Pages 2 0 R >>"
        objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(f'{kid} 0 R' for kid in kids)}] >>"
        return _file(objects)

    def _font(self, objects, base):
        pairs = "\n".join(f"<{code:02x}> <{char.encode('utf-16-be').hex()}>" for char, code in self._codes.items())
        groups = [pairs.splitlines()[i : i + 90] for i in range(0, len(self._codes), 90)]
        body = "\n".join(f"{len(group)} beginbfchar\n" + "\n".join(group) + "\nendbfchar" for group in groups)
        unicode = _add(objects, _stream("", CMAP.format(body)))
        widths = " ".join([str(GLYPH)] * 223)
        name = base.replace(" ", "#20")
        shape = f"/FirstChar 33 /LastChar 255 /Widths [{widths}] /ToUnicode {unicode} 0 R"
        return _add(objects, f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} {shape} >>")

    def _page(self, objects, page, resources):
        content = _add(objects, _stream("", "\n".join(page.content)))
        annotations = [self._field(objects, page, placed, resources) for placed in page.fields]
        return _add(
            objects,
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {page.size[0]} {page.size[1]}] {page.extra} /Resources {resources}"
            f" /Contents {content} 0 R /Annots [{' '.join(f'{number} 0 R' for number in annotations)}] >>",
        )

    def _field(self, objects, page, placed, resources):
        x, y, size, codes = placed
        width, height = GLYPH / 1000 * size * len(codes) / 2, size * 1.2
        drawn = f"BT /regular {size} Tf 0 {0.25 * size} Td <{codes}> Tj ET"
        look = _add(objects, _stream(f"/Type /XObject /Subtype /Form /BBox [0 0 {width} {height}] /Resources {resources}", drawn))
        bottom = page.size[1] - y - 0.25 * size
        rect = f"[{x} {bottom} {x + width} {bottom + height}]"
        return _add(objects, f"<< /Type /Annot /Subtype /Widget /FT /Sig /F 4 /Rect {rect} /AP << /N {look} 0 R >> >>")


def _stream(entries, text):
    return f"<< {entries} /Length {len(text.encode('latin-1'))} >>\nstream\n{text}\nendstream"


def _add(objects, text):
    objects.append(text)
    return len(objects)


def _file(objects):
    out = b"%PDF-1.7\n"
    places = []
    for number, text in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{text}\nendobj\n".encode("latin-1")
    start = len(out)
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode()
    return out + f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
