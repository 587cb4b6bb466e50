"""What a draft bears so that it can be read back after a reviewer's changes: a bookmark round each duty, the source's hash as a property.

Both survive editing and saving in Word and LibreOffice, and a file's new name or place.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from lxml import etree

from pipeline.drafting.docx_xml import Element, to_bytes

if TYPE_CHECKING:
    from docx.document import Document

CUSTOM_PART = "docProps/custom.xml"
PROPERTY = "congvan-nguon"
"""Name of the custom property that holds the SHA-256 of the incoming file."""
BOOKMARK = "viec_"
_LONGEST = 40
"""Characters of a bookmark's name that Word allows."""
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_CONTENT = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # the property set of user-defined properties (ECMA-376 part 1, 22.3)


def bookmark_of(key: str) -> str:
    """Return the name of a duty's bookmark ("2:1.a" gives "viec_2_3a1_2ea"): letters, digits and "_", one name for one key."""
    name = BOOKMARK + re.sub(r"[^A-Za-z0-9]", lambda sign: f"_{ord(sign[0]):x}", key)
    return name if len(name) <= _LONGEST else BOOKMARK + hashlib.sha256(key.encode()).hexdigest()[: _LONGEST - len(BOOKMARK)]


def custom_part(source: str) -> bytes:
    """Return the part that holds the source's hash; without one, an empty list of properties."""
    properties = etree.Element(f"{{{_CUSTOM}}}Properties", nsmap={None: _CUSTOM, "vt": _TYPES})  # type: ignore[dict-item]  # the default namespace has no prefix
    if source:
        one = etree.SubElement(properties, f"{{{_CUSTOM}}}property", fmtid=_FORMAT, pid="2", name=PROPERTY)
        etree.SubElement(one, f"{{{_TYPES}}}lpwstr").text = source
    return to_bytes(properties)


def source_in(properties: Element | None) -> str:
    """Return the source's hash that a draft's custom properties bear; "" when they bear none."""
    for one in () if properties is None else properties.iter(f"{{{_CUSTOM}}}property"):
        if one.get("name") == PROPERTY:
            return "".join(one.itertext()).strip()
    return ""


def add_custom_part(document: Document) -> None:
    """Give the empty document a place for its properties, with its relationship and content type."""
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    package = document.part.package
    part = Part(PackURI(f"/{CUSTOM_PART}"), _CONTENT, custom_part(""), package)
    package.relate_to(part, _RELATION)
