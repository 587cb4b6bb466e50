"""The door to edXML messages (QCVN 102:2016/BTTTT and its kin), read by local names: namespaces, nesting and case differ in the field.

The message is hostile data: no DTD, no entities, no network, bounded size, depth and number of elements.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from lxml import etree

from extractors.dispatch import Urgency
from extractors.envelope import Cited, Envelope, Organ, Relation, RelationKind
from extractors.errors import UnreadableEnvelope
from extractors.text import fold, nfc, squeeze

MOST_BYTES = 90_000_000
"""Of one message, its attachments in base64 included."""
MOST_DEPTH = 64
"""A real message is some 8 levels deep, a SOAP wrapper adds 3."""
MOST_ELEMENTS = 50_000
LONGEST = 2_000
"""Characters of one value."""
MOST_VALUES = 200
"""Receivers, relations or files of one message."""

_SNIFF_WITHIN = 4_096
_ROOT = re.compile(rb"<(?:[\w.-]+:)?(?:edxml|edxmlenvelope|messageheader)[\s/>]", re.IGNORECASE)  # one short look
_DECLARED = re.compile(rb"^<\?xml[^>]*?encoding\s*=\s*[\"'](?:utf-16|unicode)[\"'][^>]*\?>", re.IGNORECASE)  # as above
_BOM = b"\xef\xbb\xbf"
_CHUNK = 1 << 16
_YEAR_FIRST = re.compile(r"(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})(?!\d)")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?!\d)")
_FIRST_YEAR = 1945
"""Earlier years are placeholders ("0001/01/01")."""
_URGENCIES = {
    "1": Urgency.KHAN,
    "2": Urgency.THUONG_KHAN,
    "3": Urgency.HOA_TOC,
    "4": Urgency.HOA_TOC,
    "khẩn": Urgency.KHAN,
    "thượng khẩn": Urgency.THUONG_KHAN,
    "hỏa tốc": Urgency.HOA_TOC,
    "hỏa tốc hẹn giờ": Urgency.HOA_TOC,
}
"""OtherInfo/Priority: 0 usual, 1 urgent, 2 very urgent, 3 express, 4 express by an hour."""
_BUSINESS = {"1": RelationKind.RECALLS, "2": RelationKind.UPDATES, "3": RelationKind.REPLACES}
Element = etree._Element


def is_edxml(data: bytes) -> bool:
    """True for the bytes of an edXML message, whatever its file is called."""
    head = data[:_SNIFF_WITHIN].replace(b"\0", b"").lstrip(_BOM + b"\xff\xfe \t\r\n")
    return head.startswith(b"<") and _ROOT.search(head) is not None


def read(data: bytes) -> Envelope:
    """Return what an edXML message says.

    Raises:
        UnreadableEnvelope: not well-formed, with a DTD, beyond the limits, or no message of a dispatch.
    """
    root = tree(data)
    header = next(_all(root, "messageheader"), None)
    if header is None:
        raise UnreadableEnvelope("MessageHeader")
    number, symbol = _code(header)
    return Envelope(
        number=number,
        symbol=symbol,
        date=_day(_text(header, "promulgationinfo", "promulgationdate") or _text(header, "promulgationdate")),
        place=_text(header, "promulgationinfo", "place"),
        type_name=_text(header, "documenttype", "typename") or _leaf(_child(header, "documenttype")),
        subject=_text(header, "subject"),
        urgency=_URGENCIES.get(fold(_text(header, "otherinfo", "priority") or _text(header, "priority"))),
        due=_day(_text(header, "duedate") or _text(header, "otherinfo", "duedate")),
        competence=_text(header, "signerinfo", "competence"),
        position=_text(header, "signerinfo", "position"),
        signer=_text(header, "signerinfo", "fullname") or _text(header, "signerinfo", "signer"),
        sender=_organ(_child(header, "from")),
        receivers=tuple(_organ(to) for to in _children(header, "to"))[:MOST_VALUES],
        relations=tuple(_relations(root, header))[:MOST_VALUES],
        document_id=_text(header, "documentid"),
        attached=tuple(filter(None, (_name(one) for one in _listed(root))))[:MOST_VALUES],
    )


def tree(data: bytes) -> Element:
    """Return the root of a message.

    Raises:
        UnreadableEnvelope: as for ``read``.
    """
    if len(data) > MOST_BYTES:
        raise UnreadableEnvelope(f"{MOST_BYTES // 1_000_000} MB")
    data = _undeclared(data)
    if b"<!DOCTYPE" in data[:_CHUNK] or b"<!ENTITY" in data[:_CHUNK]:
        raise UnreadableEnvelope("DOCTYPE")
    parser = etree.XMLPullParser(
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=True,  # an attachment in base64 is one text of many megabytes; size, depth and count are bounded here
        remove_comments=True,
        remove_pis=True,
    )
    depth = count = 0
    try:
        for start in range(0, len(data), _CHUNK):
            parser.feed(data[start : start + _CHUNK])
            for event, _ in parser.read_events():
                depth, count = (depth + 1, count + 1) if event == "start" else (depth - 1, count)
                if depth > MOST_DEPTH or count > MOST_ELEMENTS:
                    raise UnreadableEnvelope(f"> {MOST_ELEMENTS} / {MOST_DEPTH}")
        root = parser.close()
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableEnvelope("XML") from error
    if root is None or root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableEnvelope("DOCTYPE")
    return root


def _undeclared(data: bytes) -> bytes:
    """Without a declaration that calls UTF-8 bytes UTF-16, as .NET's string writers do, and without what stands before it."""
    data = data.removeprefix(_BOM).lstrip(b" \t\r\n")
    declared = _DECLARED.match(data[:200])
    return data[declared.end() :] if declared else data


def _local(element: Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _all(root: Element, name: str) -> Iterator[Element]:
    return (element for element in root.iter() if _local(element) == name)


def _children(parent: Element | None, name: str) -> Iterator[Element]:
    return (child for child in parent if _local(child) == name) if parent is not None else iter(())


def _child(parent: Element | None, name: str) -> Element | None:
    return next(_children(parent, name), None)


def _leaf(element: Element | None) -> str:
    """The text of an element without children; the long, the controls and the white space cut."""
    if element is None or len(element):
        return ""
    return squeeze(nfc("".join(c for c in (element.text or "")[:LONGEST] if c.isprintable() or c.isspace())))


def _text(parent: Element, *path: str) -> str:
    place: Element | None = parent
    for name in path:
        place = _child(place, name)
    return _leaf(place)


def _code(header: Element) -> tuple[str, str]:
    """Number and symbol; some senders write both into one element, or the number before the symbol as well."""
    code = _child(header, "code")
    number, symbol = _text(header, "code", "codenumber"), _text(header, "code", "codenotation")
    whole = _leaf(code) or (symbol if "/" in symbol else number if "/" in number else "")
    if whole:
        first, _, rest = whole.partition("/")
        first, rest = first.strip(), rest.strip()
        return (first or number.partition("/")[0].strip(), rest)
    return number, symbol


def _organ(element: Element | None) -> Organ:
    return Organ(_text(element, "organid"), _text(element, "organname")) if element is not None else Organ()


def _day(text: str) -> date | None:
    """A day as year/month/day or day/month/year, with any hour behind it; None for a placeholder or no day."""
    first, last = _YEAR_FIRST.match(text), _DAY_FIRST.match(text)
    parts = first.groups() if first else last.groups()[::-1] if last else None
    if parts is None or int(parts[0]) < _FIRST_YEAR:
        return None
    try:
        return date(int(parts[0]), int(parts[1]), int(parts[2]))
    except ValueError:
        return None


def _relations(root: Element, header: Element) -> Iterator[Relation]:
    for answered in _children(header, "responsefor"):
        cited = _cited(answered)
        if cited is not None:
            yield Relation(RelationKind.ANSWERS, cited)
    for business in (element for element in root.iter() if _local(element) in ("bussiness", "business")):
        kind = _BUSINESS.get(_text(business, "bussinessdoctype") or _text(business, "businessdoctype"))
        if kind is not None:
            reason = _text(business, "bussinessdocreason") or _text(business, "businessdocreason")
            yield from (Relation(kind, target, reason) for target in _targets(business, header))


def _targets(business: Element, header: Element) -> Iterator[Cited]:
    """The documents that a message recalls, updates or replaces; the message's own one where it names none."""
    replaced = [_cited(info) for name in ("replacementinfo", "documentinfo") for info in _all(business, name)]
    found = [cited for cited in (*replaced, _by_id(_text(business, "documentid"))) if cited is not None]
    own = _cited(header)
    if not found and own is not None:
        found = [own]
    yield from dict.fromkeys(found)


def _cited(element: Element) -> Cited | None:
    """A document by its code, day and organ, or by its identifier."""
    number, symbol = _code(element)
    by_id = _by_id(_text(element, "documentid"))
    if not number or not symbol:
        return by_id
    day = _day(_text(element, "promulgationdate") or _text(element, "promulgationinfo", "promulgationdate"))
    organ = _text(element, "organid") or _text(element, "from", "organid")
    return Cited(f"{number}/{symbol}", day or (by_id.date if by_id else None), organ or (by_id.issuer if by_id else ""))


def _by_id(identifier: str) -> Cited | None:
    """The document of an identifier "organ,yyyy/MM/dd,number/symbol"."""
    parts = [part.strip() for part in identifier.split(",", 2)]
    if len(parts) != 3 or "/" not in parts[2]:
        return None
    return Cited(parts[2], _day(parts[1]), parts[0])


def _listed(root: Element) -> Iterator[Element]:
    """The entries of the message's list of files."""
    for manifest in (element for element in root.iter() if _local(element) in ("edxmlmanifest", "manifest")):
        yield from (entry for entry in manifest if _local(entry) in ("reference", "attachment"))


def _name(entry: Element) -> str:
    return _text(entry, "attachmentname") or _text(entry, "filename")


def encoded_files(root: Element) -> tuple[tuple[str, str], ...]:
    """Return the files that a message carries as (name, base64 text); names from the list of files where they stand only there."""
    names = {_text(entry, "contentid") or _text(entry, "id"): _name(entry) for entry in _listed(root)}
    out = []
    for file in _all(root, "attachment"):
        content = next((e for name in ("contenttransferencoded", "content") for e in _children(file, name)), None)
        if content is not None and (content.text or "").strip():
            out.append((_name(file) or names.get(_text(file, "contentid"), ""), content.text or ""))
    return tuple(out)
