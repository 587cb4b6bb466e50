"""A DOCX as text for comparison: one line per paragraph, "style name | words", with gaps, tables and comments told."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from lxml import etree

from pipeline.drafting.docx_xml import Element, q


def _names(styles: Element) -> dict[str, str]:
    return {style.get(q("styleId")): style.find(q("name")).get(q("val")) for style in styles.iter(q("style"))}


def _words(paragraph: Element) -> str:
    nodes = paragraph.iter(q("t"), q("commentReference"))
    return "".join(node.text or "" if node.tag == q("t") else _number(node) for node in nodes)


def _number(node: Element) -> str:
    """A comment's number as the reader counts, from 1: "{1}"."""
    return f"{{{int(node.get(q('id'))) + 1}}}"


def _line(paragraph: Element, names: dict[str, str]) -> str:
    style = paragraph.find(f"{q('pPr')}/{q('pStyle')}")
    name = names.get(style.get(q("val")), "?") if style is not None else "Normal"
    drawn = " ─" if paragraph.find(f"{q('pPr')}/{q('pBdr')}") is not None else ""
    return f"{name} | {_words(paragraph)}{drawn}"


def _lines(body: Element, names: dict[str, str], depth: str = "") -> Iterator[str]:
    for child in body:
        if child.tag == q("p"):
            yield depth + _line(child, names)
        elif child.tag == q("tbl"):
            for row in child.iter(q("tr")):
                yield depth + "[hàng]"
                for cell in row.iter(q("tc")):
                    yield depth + "  [ô]"
                    yield from _lines(cell, names, depth + "    ")


def text_dump(docx: bytes) -> str:
    """Return the styles, words and comments of a DOCX as plain text, a line for each paragraph."""
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        document, styles, comments = (etree.fromstring(package.read(f"word/{part}.xml")) for part in ("document", "styles", "comments"))
    lines = list(_lines(document.find(q("body")), _names(styles)))
    lines.extend(f"{_number(comment)} {_words(comment)}" for comment in comments.iter(q("comment")))
    return "\n".join(lines) + "\n"
