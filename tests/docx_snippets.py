"""Tiny Word documents for the tests: a zip around one-line XML snippets."""

from __future__ import annotations

import io
import re
import zipfile
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": W,
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "v": "urn:schemas-microsoft-com:vml",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    }.items()
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PARTS = {
    "styles": "styles",
    "numbering": "numbering",
    "footnotes": "footnotes",
    "endnotes": "endnotes",
    "header1": "hdr",
    "header2": "hdr",
    "footer1": "ftr",
}


def unpacked(members: dict[str, bytes | str]) -> bytes:
    """A zip of these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return out.getvalue()


def docx(body: str, extra: dict[str, bytes | str] | None = None, **parts: str) -> bytes:
    """A DOCX with that content of w:body; ``parts`` are the inner XML of its other parts."""
    links = "".join(f'<Relationship Id="{name}" Type="{_OFFICE}/{re.sub("[0-9]", "", name)}" Target="{name}.xml"/>' for name in parts)
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    link = f'<Relationship Id="m" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    members: dict[str, bytes | str] = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships xmlns="{package}">{link}</Relationships>',
        "word/document.xml": f"<w:document {NAMES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{package}">{links}</Relationships>',
    }
    for name, inner in parts.items():
        members[f"word/{name}.xml"] = f"<w:{_PARTS[name]} {NAMES}>{inner}</w:{_PARTS[name]}>"
    return unpacked({**members, **(extra or {})})


def t(text: str) -> str:
    """The inside of a run: text, with | as a tab and ¶ as a line break."""
    pieces = re.split(r"([|¶])", text)
    signs = {"|": "<w:tab/>", "¶": "<w:br/>"}
    return "".join(signs.get(piece) or (f'<w:t xml:space="preserve">{escape(piece)}</w:t>' if piece else "") for piece in pieces)


def r(text: str, props: str = "") -> str:
    """A run; ``props`` are names of run properties ("b i") or XML."""
    return f"<w:r>{_props('rPr', props)}{t(text)}</w:r>"


def p(*content: str, props: str = "") -> str:
    """A paragraph of runs; plain text becomes one run."""
    return f"<w:p>{_props('pPr', props)}{''.join(part if part.startswith('<') else r(part) for part in content if part)}</w:p>"


def _props(name: str, props: str) -> str:
    if not props:
        return ""
    return f"<w:{name}>{props if props.startswith('<') else ''.join(f'<w:{each}/>' for each in props.split())}</w:{name}>"


def tc(*content: str, props: str = "") -> str:
    """A cell of paragraphs; plain text becomes one paragraph."""
    return f"<w:tc>{_props('tcPr', props)}{''.join(part if part.startswith('<') else p(part) for part in content)}</w:tc>"


def table(*rows: tuple[str, ...] | str, ruled: bool = False, grid: tuple[int, ...] = ()) -> str:
    """A table; each row a tuple of cells (text or XML)."""
    sides = "".join(f'<w:{side} w:val="single"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
    borders = f"<w:tblBorders>{sides}</w:tblBorders>" if ruled else ""
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in grid)
    lines = "".join(
        row if isinstance(row, str) else "<w:tr>" + "".join(cell if cell.startswith("<w:tc") else tc(cell) for cell in row) + "</w:tr>"
        for row in rows
    )
    return f"<w:tbl><w:tblPr>{borders}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{lines}</w:tbl>"


def in_list(num: int, level: int = 0) -> str:
    """The property that puts a paragraph into a list."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>'


def abstract(number: int, *levels: tuple[str, str] | tuple[str, str, str]) -> str:
    """An abstract list; each level is (format, text) and further XML."""
    inner = "".join(
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/>'
        f'<w:numFmt w:val="{level[0]}"/><w:lvlText w:val="{level[1]}"/>{"".join(level[2:])}</w:lvl>'
        for index, level in enumerate(levels)
    )
    return f'<w:abstractNum w:abstractNumId="{number}">{inner}</w:abstractNum>'


def num(number: int, of: int, overrides: str = "") -> str:
    """A list made from an abstract one."""
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>{overrides}</w:num>'
