"""One way through: bytes → layout → zones → fields → the dispatch ("văn bản đến")."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from extractors import doctypes, enveloped, hygiene, resolve, signed
from extractors.beside import ALONE, Beside
from extractors.dispatch import Dispatch, Document, DocumentType, PrintedDate, Source
from extractors.envelope import Envelope
from extractors.errors import Problem, SecretDocument, Severity
from extractors.evidence import ABSENT, Evidence, Found, Grade, Missing, Value, quote, value_of
from extractors.fields import (
    addressees,
    duties,
    issuer,
    marks,
    own_symbol,
    place_date,
    recipients,
    references,
    signatory,
    subject,
    succession,
)
from extractors.fields.marks import Marks
from extractors.kinds import GENERIC, recognise
from extractors.kinds.base import Kind
from extractors.layout import Block, Item, Layout
from extractors.readers import base
from extractors.signed import Signed
from extractors.zone_lines import join
from extractors.zone_titles import title_type
from extractors.zones import Anatomy, Part, split


@dataclass(frozen=True)
class Reading:
    """A dispatch with the layout that its evidence points into."""

    dispatch: Dispatch
    layout: Layout
    data: bytes
    """The file."""


def read_dispatch(data: bytes, name: str, beside: Beside = ALONE) -> Dispatch:
    """Read one file into a dispatch, with what is known beside it.

    Raises:
        DispatchError: the file cannot be read, or must not be (``SecretDocument``).
    """
    return read_file(data, name, beside).dispatch


def read_file(data: bytes, name: str, beside: Beside = ALONE) -> Reading:
    """Read one file into a dispatch, and keep the layout for those who show the paper.

    Raises:
        DispatchError: see ``read_dispatch``.
    """
    layout = base.read(data, beside.pages)
    dispatch = understand(layout, name, hashlib.sha256(data).hexdigest())
    dispatch = _with_signatures(dispatch, signed.check(data, layout, beside.trusted))
    return Reading(with_envelope(dispatch, beside.envelope) if beside.envelope else dispatch, layout, data)


def with_envelope(dispatch: Dispatch, envelope: Envelope) -> Dispatch:
    """Return the dispatch held against the exchange message that came with it."""
    compared = enveloped.compare(dispatch.main, envelope)
    documents = tuple(compared.document if document is dispatch.main else document for document in dispatch.documents)
    return replace(dispatch, documents=documents, problems=(*dispatch.problems, *compared.problems))


def _with_signatures(dispatch: Dispatch, found: Signed) -> Dispatch:
    if not found.signatures:
        return dispatch
    documents = tuple(
        signed.with_signing_days(document, found.signatures) if document is dispatch.main else document for document in dispatch.documents
    )
    source = replace(dispatch.source, signatures=found.signatures)
    return replace(dispatch, source=source, documents=documents, problems=(*dispatch.problems, *found.problems))


def understand(layout: Layout, name: str, sha256: str) -> Dispatch:
    """Return the dispatch that a layout holds.

    Raises:
        SecretDocument: a secrecy mark stands on the paper.
    """
    parts = split(layout)
    documents = tuple(_document(part) for part in parts)
    source = Source(name, sha256, layout.media_type, len(layout.pages) or None, layout.source)
    unclear = (problem for part in parts for problem in resolve.unclear(tuple(_cited_in(part.anatomy))))
    problems = (*layout.problems, *hygiene.check(layout), *_own_problems(documents), *unclear)
    return Dispatch(source, documents, problems)


def _document(part: Part) -> Document:
    anatomy = part.anatomy
    found_marks = marks.read(anatomy)
    if found_marks.secrecy is not None:
        raise SecretDocument
    head, number, day = issuer.read(anatomy), own_symbol.read(anatomy), place_date.read(anatomy)
    doc_type = _type(anatomy, value_of(number.symbol))
    issued = value_of(day.date) or _first_of(day.printed)
    people = addressees.read(anatomy)
    distribution = recipients.read(anatomy)
    frame = duties.Frame(_kind(anatomy, doc_type).duties, people, issued, value_of(head.issuer) or "")
    return Document(
        role=part.role,
        pages=part.pages,
        type=doc_type,
        parent=head.parent,
        issuer=head.issuer,
        number=number.number,
        symbol=number.symbol,
        reference=number.reference,
        place=day.place,
        date=day.date,
        date_printed=day.printed,
        subject=subject.read(anatomy),
        urgency=found_marks.urgency.value if found_marks.urgency else None,
        marks_evidence=_marks_evidence(found_marks),
        addressees=people,
        references=references.collect(_cited_in(anatomy), value_of(number.reference), issued),
        successions=succession.collect(_titles(anatomy), _body(anatomy), value_of(head.issuer) or "", issued),
        duties=duties.read(anatomy.body, (a.items for a in anatomy.appendices if not a.form), frame),
        recipients=distribution.recipients,
        filing=distribution.filing,
        signer=signatory.read(anatomy),
    )


def _type(anatomy: Anatomy, symbol: str | None) -> Value[DocumentType]:
    """The type from its title; else a dispatch when "V/v" or "Kính gửi" stands there ("công văn" has no title); else from the symbol."""
    for line in anatomy.title[:2]:
        named = title_type(line.text)
        if named is not None:
            return Found(named, quote(line))
    where = anatomy.number or anatomy.subject or anatomy.addressees
    inferred = quote(where[0], grade=Grade.INFERRED) if where else ()
    coded = _type_in_symbol(symbol, anatomy.party) if symbol else None
    letter = doctypes.by_code("CV")
    if letter is not None and (anatomy.subject or (anatomy.addressees and coded is None)):
        return Found(letter, inferred)
    return Found(coded, inferred) if coded is not None else ABSENT


def _type_in_symbol(symbol: str, party: bool) -> DocumentType | None:
    groups = [group for group in re.split(r"[-/]", symbol) if group and not group.isdigit()]
    if not groups or groups[0] not in doctypes.printed_codes():
        return None
    return doctypes.by_code(groups[0], party=party)


def _kind(anatomy: Anatomy, doc_type: Value[DocumentType]) -> Kind:
    """The kind to read it as; where two show themselves, the careful generic one."""
    return value_of(recognise(anatomy, value_of(doc_type))) or GENERIC


def _first_of(printed: PrintedDate) -> date | None:
    """The first day that a date line with an empty day can mean: enough to tell the year of a deadline."""
    if printed.year is None:
        return None
    month = printed.month or 1
    return date(printed.year, month if 1 <= month <= 12 else 1, 1)


def _cited_in(anatomy: Anatomy) -> Iterator[Block]:
    """The paragraphs in which other documents may be cited."""
    yield from _titles(anatomy)
    yield from _body(anatomy)
    for appendix in anatomy.appendices:
        yield from _blocks([join(appendix.title), *appendix.items] if appendix.title else appendix.items)


def _titles(anatomy: Anatomy) -> Iterator[Block]:
    return (join(lines) for lines in (anatomy.subject, anatomy.title) if lines)


def _body(anatomy: Anatomy) -> Iterator[Block]:
    return _blocks(anatomy.body)


def _blocks(items: Iterable[Item]) -> Iterator[Block]:
    for item in items:
        if isinstance(item, Block):
            yield item
        else:
            yield from item.blocks


def _marks_evidence(found: Marks) -> tuple[tuple[str, tuple[Evidence, ...]], ...]:
    return (("/urgency", found.urgency.evidence),) if found.urgency else ()


def _own_problems(documents: Iterable[Document]) -> Iterator[Problem]:
    """What the reviewer must know about the whole file."""
    check = "Hãy đối chiếu với bản gốc."
    for document in documents:
        if isinstance(document.issuer, Missing):
            yield Problem("W220", "Không đọc được tên cơ quan ban hành.", Severity.WARNING, "/issuer/name", check)
        if isinstance(document.type, Missing):
            yield Problem("W221", "Không xác định được tên loại văn bản.", Severity.WARNING, "/type", check)
