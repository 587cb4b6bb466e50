"""A clean copy of a DOCX: no comments, no highlights, nothing else changed."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Callable
from typing import TYPE_CHECKING

from extractors.errors import UnreadableFile
from extractors.readers.docx_names import RPR, RUN, TEXT, VAL, W
from extractors.readers.docx_package import MAX_TOTAL_BYTES, Package, parse, usual_names
from pipeline.drafting.docx_writer import pack
from pipeline.drafting.docx_xml import to_bytes
from pipeline.drafting.house_style import house_style
from pipeline.finalizing.marked import GAP

if TYPE_CHECKING:
    from lxml.etree import _Element

_TYPES = "[Content_Types].xml"
_COMMENT_PARTS = frozenset(("comments", "commentsExtended", "commentsIds", "commentsExtensible"))
"""Last words of the relationship types of Word's comments and what belongs to them."""
_WORDED = frozenset(W + name for name in ("document", "hdr", "ftr", "footnotes", "endnotes"))
_MARKS = (W + "commentRangeStart", W + "commentRangeEnd")
_NO_SHADE = ("auto", "FFFFFF", "")


def clean(data: bytes) -> bytes:
    """Return the copy; the same file always gives the same bytes.

    Raises:
        DispatchError: the file cannot be read.
    """
    Package(data)  # refuses what is damaged, encrypted or no document
    parts = _parts(data)
    dropped = _comment_parts(parts)
    gaps = _gap_styles(parts)
    out: list[tuple[str, bytes]] = []
    for name, content in parts.items():
        if name in dropped:
            continue
        out.append((name, _cleaned(name, content, dropped, gaps)))
    return pack(out)


def _parts(data: bytes) -> dict[str, bytes]:
    """The parts in their order, unpacked within the reader's limits."""
    left = MAX_TOTAL_BYTES
    found: dict[str, bytes] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for info in package.infolist():
            if info.is_dir():
                continue
            with package.open(info) as stream:
                content = stream.read(left + 1)
            left -= len(content)
            if left < 0:
                raise UnreadableFile(info.filename)
            found[info.filename] = usual_names(content) if _is_xml(info.filename) else content
    return found


def _is_xml(name: str) -> bool:
    return name.endswith((".xml", ".rels"))


def _comment_parts(parts: dict[str, bytes]) -> frozenset[str]:
    """Names of the parts that only hold comments."""
    found: set[str] = set()
    for name, content in parts.items():
        if name.endswith(".rels"):
            folder = posixpath.dirname(posixpath.dirname(name))
            for link in parse(content, name):
                if _kind(link) in _COMMENT_PARTS and link.get("TargetMode") != "External":
                    found.add(posixpath.normpath(posixpath.join("/", folder, link.get("Target") or "")).lstrip("/"))
    return frozenset(found)


def _kind(link: _Element) -> str:
    return (link.get("Type") or "").rpartition("/")[2]


def _gap_styles(parts: dict[str, bytes]) -> frozenset[str]:
    """Ids of the style that paints gaps, whatever a program that saved the file calls it."""
    name = next(style.name for style in house_style().characters if style.id == "gap")
    styles = parts.get("word/styles.xml")
    if styles is None:
        return frozenset()
    return frozenset(
        style.get(W + "styleId") or ""
        for style in parse(styles, "styles").iter(W + "style")
        if any(named.get(VAL) == name for named in style.iterfind(W + "name"))
    )


def _cleaned(name: str, content: bytes, dropped: frozenset[str], gaps: frozenset[str]) -> bytes:
    if name == _TYPES:
        return _without(content, lambda one: (one.get("PartName") or "").lstrip("/") in dropped)
    if name.endswith(".rels"):
        return _without(content, lambda one: _kind(one) in _COMMENT_PARTS)
    if not _is_xml(name) or not name.startswith("word/"):
        return content
    root = parse(content, name)
    if root.tag not in _WORDED:
        return content
    root.attrib.pop(W + "conformance", "")
    _strip(root, gaps)
    return to_bytes(root)


def _without(content: bytes, leaves: Callable[[_Element], bool]) -> bytes:
    root = parse(content)
    for child in list(root):
        if leaves(child):
            root.remove(child)
    return to_bytes(root)


def _strip(root: _Element, gaps: frozenset[str]) -> None:
    """Take comments and highlights out of a part."""
    for mark in list(root.iter(*_MARKS)):
        _remove(mark)
    for reference in list(root.iter(W + "commentReference")):
        run = reference.getparent()
        _remove(reference)
        if run is not None and run.tag == RUN and all(child.tag == RPR for child in run):
            _remove(run)
    for highlight in list(root.iter(W + "highlight")):
        _remove(highlight)
    for look in root.iter(RPR):
        _plain(look, gaps)


def _plain(look: _Element, gaps: frozenset[str]) -> None:
    """Take the shade from behind words; a gap that is still one keeps its own."""
    for shade in list(look.iterfind(W + "shd")):
        if (shade.get(W + "fill") or "") not in _NO_SHADE:
            look.remove(shade)
    run = look.getparent()
    still = run is not None and GAP.search("".join(text.text or "" for text in run.iterfind(TEXT))) is not None
    for style in list(look.iterfind(W + "rStyle")):
        if style.get(VAL) in gaps and not still:
            look.remove(style)


def _remove(element: _Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
