"""Rules of Open XML that Word refuses or "repairs" a file for, as far as they can be checked without Word (ISO/IEC 29500-1 and -2).

``faults(data)`` names every breach by part and rule; an empty list is a file that Word opens without a word.
"""

import io
import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Iterator

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"

_BORDERS = "top left start bottom right end between bar insideH insideV tl2br tr2bl"
_PARAGRAPH = (
    "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs suppressAutoHyphens kinsoku "
    "wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing "
    "mirrorIndents suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle"
)
_TABLE = (
    "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd tblBorders shd tblLayout "
    "tblCellMar tblLook tblCaption tblDescription tblPrChange"
)
_HEADERS = "headerReference footerReference"
ORDER = {
    "pPr": f"{_PARAGRAPH} rPr sectPr pPrChange",
    "rPr": "ins del moveFrom moveTo rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof "
    "snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang "
    "eastAsianLayout specVanish oMath rPrChange",
    "tblPr": _TABLE,
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark headers",
    "sectPr": f"{_HEADERS} footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType cols formProt vAlign noEndnote "
    "titlePg textDirection bidi rtlGutter docGrid printerSettings sectPrChange",
    "pBdr": "top left bottom right between bar",
    "tblBorders": "top left start bottom right end insideH insideV",
    "tcBorders": "top left start bottom right end insideH insideV tl2br tr2bl",
    "tblCellMar": "top left start bottom right end",
    "tcMar": "top left start bottom right end",
    "numPr": "ilvl numId",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked personal "
    "personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr",
    "styles": "docDefaults latentStyles style",
    "docDefaults": "rPrDefault pPrDefault",
    "numbering": "numPicBullet abstractNum num numIdMacAtCleanup",
    "abstractNum": "nsid multiLevelType tmpl name styleLink numStyleLink lvl",
    "lvl": "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr",
    "tbl": "bookmarkStart bookmarkEnd tblPr tblGrid tr",
    "body": "p tbl bookmarkStart bookmarkEnd commentRangeStart commentRangeEnd sectPr",
    "settings": "writeProtection view zoom removePersonalInformation removeDateAndTime doNotDisplayPageBoundaries "
    "displayBackgroundShape mirrorMargins embedTrueTypeFonts documentProtection attachedTemplate trackRevisions defaultTabStop "
    "autoHyphenation evenAndOddHeaders characterSpacingControl footnotePr endnotePr compat docVars rsids mathPr attachedSchema "
    "themeFontLang clrSchemeMapping decimalSymbol listSeparator",
}
"""Children in the order that the schema wants; those that may mix freely are told by ``_MIXED``."""
_MIXED = {"body": {"p", "tbl", "bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd"}, "sectPr": set(_HEADERS.split())}
ONE_OF = {
    ("jc", "val"): {"left", "start", "center", "right", "end", "both", "distribute"},
    ("vMerge", "val"): {"restart", "continue"},
    ("lineRule", ""): {"auto", "exact", "atLeast"},
    ("tblLayout", "type"): {"fixed", "autofit"},
    ("pgNumType", "fmt"): {"decimal"},
    ("highlight", "val"): {"yellow", "green", "cyan", "magenta", "red", "blue", "lightGray", "darkGray", "none"},
    ("br", "type"): {"page", "column", "textWrapping"},
    ("type", "val"): {"nextPage", "continuous", "evenPage", "oddPage", "nextColumn"},
    ("fldChar", "fldCharType"): {"begin", "separate", "end"},
}
_WHOLE = {
    "sz": "val", "szCs": "val", "gridCol": "w", "tblW": "w", "tcW": "w", "gridSpan": "val", "ilvl": "val", "numId": "val",
    "trHeight": "val", "spacing": "before after line val", "ind": "left right firstLine hanging start end", "pgSz": "w h",
    "outlineLvl": "val", "pgMar": "top right bottom left header footer gutter", "top": "sz space w", "bottom": "sz space w",
    "left": "sz space w", "right": "sz space w", "insideH": "sz space", "insideV": "sz space", "tab": "pos", "cols": "space",
    "defaultTabStop": "val",
}  # fmt: skip
"""Lengths: whole numbers, in twips, half or eighth points."""


def faults(data: bytes) -> list[str]:
    """Return every breach as "part: rule"."""
    return list(_faults(data))


def _faults(data: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = package.namelist()
        yield from (f"{name}: twice in the zip" for name, times in Counter(name.lower() for name in names).items() if times > 1)
        parts = {name: package.read(name) for name in names}
    trees = {name: etree.fromstring(data) for name, data in parts.items() if name.endswith((".xml", ".rels"))}
    yield from _content_types(trees["[Content_Types].xml"], names)
    for name, tree in trees.items():
        if name.endswith(".rels"):
            yield from _relations(name, tree, names)
    for name, tree in trees.items():
        yield from (f"{name}: {fault}" for fault in _part(tree, _ids(trees, name)))
    if "word/document.xml" in trees:
        yield from _across(trees)


def _content_types(types, names: list[str]) -> Iterator[str]:
    defaults = {node.get("Extension").lower() for node in types.iter(TYPES + "Default")}
    overrides = [node.get("PartName") for node in types.iter(TYPES + "Override")]
    for name in names:
        if name != "[Content_Types].xml" and f"/{name}" not in overrides and name.rpartition(".")[2].lower() not in defaults:
            yield f"{name}: no content type"
    yield from (f"{name}: a content type and no part" for name in overrides if name[1:] not in names)
    yield from (f"{name}: two content types" for name, times in Counter(overrides).items() if times > 1)


def _relations(name: str, tree, names: list[str]) -> Iterator[str]:
    folder = posixpath.dirname(posixpath.dirname(name))
    links = list(tree.iter(RELATIONS + "Relationship"))
    yield from (f"{name}: id {link} twice" for link, times in Counter(node.get("Id") for node in links).items() if times > 1)
    for node in links:
        target = posixpath.normpath(posixpath.join("/" + folder, node.get("Target")))[1:]
        if node.get("TargetMode") != "External" and target not in names:
            yield f"{name}: {node.get('Target')} is not there"


def _ids(trees, name: str) -> set[str]:
    folder, file = posixpath.split(name)
    rels = trees.get(posixpath.join(folder, "_rels", f"{file}.rels"))
    return set() if rels is None else {node.get("Id") for node in rels.iter(RELATIONS + "Relationship")}


def _part(tree, links: set[str]) -> Iterator[str]:
    ignorable = (tree.get(MC + "Ignorable") or "").split()
    yield from (f"prefix {prefix} is ignorable and unknown" for prefix in ignorable if prefix not in tree.nsmap)
    for node in tree.iter(etree.Element):
        yield from (f"no relationship {value}" for key, value in node.attrib.items() if key.startswith(R) and value not in links)
        if not node.tag.startswith(W):
            continue
        yield from _order(node)
        yield from _values(node)
        yield from _inside(node)


def _short(node) -> str:
    return etree.QName(node).localname


def _order(node) -> Iterator[str]:
    name = _short(node)
    if name not in ORDER:
        return
    order, mixed = ORDER[name].split(), _MIXED.get(name, set())
    children = [_short(child) for child in node if child.tag.startswith(W)]
    yield from (f"{child} in {name}" for child in children if child not in order)
    places = [min(map(order.index, mixed)) if child in mixed else order.index(child) for child in children if child in order]
    if places != sorted(places):
        yield f"order in {name}: {' '.join(children)}"
    once = [child for child in children if name.endswith("Pr") and child not in mixed]
    yield from (f"{child} twice in {name}" for child, times in Counter(once).items() if times > 1)


def _values(node) -> Iterator[str]:
    name = _short(node)
    for (element, attribute), allowed in ONE_OF.items():
        value = node.get(W + attribute) if element == name else None
        if value is not None and value not in allowed:
            yield f"{name} {attribute}={value}"
    for attribute in _WHOLE.get(name, "").split():
        value = node.get(W + attribute)
        if value is not None and not re.fullmatch(r"-?\d+", value):
            yield f"{name} {attribute}={value} is no whole number"
    colour = node.get(W + "color")
    if colour is not None and not re.fullmatch(r"auto|[0-9A-F]{6}", colour):
        yield f"{name} color={colour}"


def _inside(node) -> Iterator[str]:
    """What stands first or last in a table, a cell, a paragraph, a run."""
    name, children = _short(node), [_short(child) for child in node]
    for whole, first in (("p", "pPr"), ("r", "rPr"), ("tc", "tcPr"), ("tr", "trPr")):
        if name == whole and first in children[1:]:
            yield f"{first} is not first in {whole}"
    if name == "tc" and (not children or children[-1] != "p"):
        yield "a cell does not end with a paragraph"
    if name == "body" and children[-1] != "sectPr":
        yield "the body does not end with its section"
    if name == "tbl":
        columns = len(node.findall(f"{W}tblGrid/{W}gridCol"))
        for row in node.findall(W + "tr"):
            spans = [span.get(W + "val") for span in row.findall(f"{W}tc/{W}tcPr/{W}gridSpan")]
            if len(row.findall(W + "tc")) + sum(map(int, spans)) - len(spans) != columns:
                yield "a row has other columns than its table"


def _across(trees) -> Iterator[str]:
    """What one part names in another."""
    body, styles = trees["word/document.xml"], trees["word/styles.xml"]
    known = [style.get(W + "styleId") for style in styles.iter(W + "style")]
    yield from (f"style {name} twice" for name, times in Counter(known).items() if times > 1)
    named = [style.find(W + "name").get(W + "val") for style in styles.iter(W + "style")]
    yield from (f"style name {name} twice" for name, times in Counter(named).items() if times > 1)
    for part, tree in trees.items():
        for tag in ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link"):
            yield from (f"{part}: no style {node.get(W + 'val')}" for node in tree.iter(W + tag) if node.get(W + "val") not in known)
    yield from _numbers(trees)
    yield from _bookmarks(body)
    yield from _comments(body, trees.get("word/comments.xml"))


def _numbers(trees) -> Iterator[str]:
    numbering = trees.get("word/numbering.xml")
    lists = [] if numbering is None else [node.get(W + "numId") for node in numbering.iter(W + "num")]
    for part, tree in trees.items():
        yield from (f"{part}: no list {node.get(W + 'val')}" for node in tree.iter(W + "numId") if node.get(W + "val") not in (*lists, "0"))


def _bookmarks(body) -> Iterator[str]:
    starts, ends = list(body.iter(W + "bookmarkStart")), [node.get(W + "id") for node in body.iter(W + "bookmarkEnd")]
    if sorted(node.get(W + "id") for node in starts) != sorted(ends) or len(set(ends)) < len(ends):
        yield "bookmarks without two ends, or an id twice"
    names = [node.get(W + "name") for node in starts]
    yield from (f"bookmark {name} twice" for name, times in Counter(name.lower() for name in names).items() if times > 1)
    yield from (f"bookmark {name}" for name in names if not re.fullmatch(r"[^\W\d]\w{0,39}", name))


def _comments(body, comments) -> Iterator[str]:
    known = [] if comments is None else [node.get(W + "id") for node in comments.iter(W + "comment")]
    for tag in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        if sorted(known) != sorted(node.get(W + "id") for node in body.iter(W + tag)):
            yield f"comments and {tag} do not go together"
    yield from (f"comment {name} twice" for name, times in Counter(known).items() if times > 1)
