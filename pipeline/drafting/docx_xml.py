"""WordprocessingML, element by element: small makers that the base document and the writer share.

Lengths go in as millimetres or points and come out in Word's units: twentieths of a point (dxa), half-points, eighths of a point.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
Element = Any  # lxml's element class has no public name for annotations


@lru_cache(maxsize=256)
def q(name: str) -> str:
    """Return "{namespace}name" for "w:name" written without its prefix."""
    return f"{{{W}}}{name}"


def root(name: str) -> Element:
    """Return a new top element with the one namespace that is used."""
    return etree.Element(q(name), nsmap={"w": W})


def add(parent: Element, name: str, /, **attributes: object) -> Element:
    """Append a child; attribute names are Word's without prefix, None leaves one out."""
    child = etree.SubElement(parent, q(name))
    for key, value in attributes.items():
        if value is not None:
            child.set(q(key), str(value))
    return child


def text(parent: Element, words: str) -> Element:
    """Append a text element that keeps its spaces."""
    child = etree.SubElement(parent, q("t"))
    child.text = words
    if words[:1] == " " or words[-1:] == " " or "  " in words:
        child.set(XML_SPACE, "preserve")
    return child


def dxa(mm: float) -> int:
    """Millimetres as twentieths of a point."""
    return round(mm * 1440 / 25.4)


def twips(pt: float) -> int:
    """Points as twentieths of a point."""
    return round(pt * 20)


def to_bytes(element: Element) -> bytes:
    """Return the part as UTF-8 XML with its declaration."""
    return bytes(etree.tostring(element, xml_declaration=True, encoding="UTF-8", standalone=True))
