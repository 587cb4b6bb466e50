"""The empty document that every draft starts from: styles, page-number header, settings, ready to be filled.

python-docx builds it once per process from its own default, stripped of everything a draft does not use (350 kB of styles, a thumbnail,
a theme); a draft then only brings its body, its comments and its metadata.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.drafting.docx_marks import add_custom_part
from pipeline.drafting.docx_styles import style_id, styles_element
from pipeline.drafting.docx_xml import Element, add, q
from pipeline.drafting.house_style import HouseStyle

if TYPE_CHECKING:
    from docx.document import Document

_KEPT = {"styles", "settings", "header", "comments", "officeDocument", "core-properties", "custom-properties"}
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@dataclass(frozen=True)
class Base:
    """The parts of the empty document, and the relationship that its sections use for the page-number header."""

    parts: tuple[tuple[str, bytes], ...]
    header: str


def _strip(document: Document) -> None:
    """Drop the relationships, and so the parts, that a draft does not use."""
    package = document.part.package
    for owner in (package, document.part):
        for key, relation in list(owner.rels.items()):
            if relation.reltype.rsplit("/", 1)[-1] not in _KEPT:
                owner.rels.pop(key)


def _settings(document: Document) -> None:
    element = document.settings.element
    for child in list(element):
        element.remove(child)
    add(element, "zoom", percent=100)
    add(element, "defaultTabStop", val=720)
    add(element, "characterSpacingControl", val="doNotCompress")
    compat = add(element, "compat")
    for name, value in (
        ("compatibilityMode", 15),
        ("overrideTableStyleFontSizeAndJustification", 1),
        ("enableOpenTypeFeatures", 1),
        ("doNotFlipMirrorIndents", 1),
    ):
        add(compat, "compatSetting", name=name, uri="http://schemas.microsoft.com/office/word", val=value)
    add(element, "themeFontLang", val="vi-VN")
    add(element, "decimalSymbol", val=",")
    add(element, "listSeparator", val=";")


def _replace_styles(document: Document, sheet: HouseStyle) -> None:
    element = document.styles.element
    for child in list(element):
        element.remove(child)
    element.extend(list(styles_element(sheet)))


def page_field(paragraph: Element) -> None:
    """Put the automatic page number into a paragraph."""
    for kind in ("begin", "PAGE", "separate", "2", "end"):
        run = add(paragraph, "r")
        if kind == "PAGE":
            add(run, "instrText").text = "PAGE"
        elif kind == "2":
            add(run, "t").text = kind
        else:
            add(run, "fldChar", fldCharType=kind)


def _header(document: Document, sheet: HouseStyle) -> str:
    section = document.sections[0]
    section.header.is_linked_to_previous = False
    paragraph = section.header.paragraphs[0]._p
    for child in list(paragraph):
        paragraph.remove(child)
    add(add(paragraph, "pPr"), "pStyle", val=style_id(sheet.page_number.style))
    page_field(paragraph)
    reference: Element = section._sectPr.find(q("headerReference"))
    return str(reference.get(f"{{{R}}}id"))


@lru_cache(maxsize=4)
def base(sheet: HouseStyle) -> Base:
    """Return the empty document for a style sheet, built once per process."""
    import docx

    document = docx.Document()
    _replace_styles(document, sheet)
    _settings(document)
    header = _header(document, sheet)
    add_custom_part(document)
    _ = document.comments  # creates the part, its relationship and its content type
    _strip(document)
    buffer = io.BytesIO()
    document.save(buffer)
    with zipfile.ZipFile(buffer) as package:
        return Base(tuple((info.filename, package.read(info)) for info in package.infolist()), header)
