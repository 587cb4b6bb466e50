"""The exchange envelope: read by local names whatever its dialect, refused when hostile."""

from datetime import date

import pytest
from edxml_messages import QCVN, business, usual

from extractors.dispatch import Urgency
from extractors.envelope import Cited, Organ, RelationKind
from extractors.errors import UnreadableEnvelope
from extractors.readers import edxml

FLAT = """<EdXMLEnvelope xmlns="http://www.go.vn/eDoc"><MessageHeader><From><OrganId>H37.2</OrganId></From>
<Code>45/SNV-CCVC</Code><PromulgationInfo><PromulgationDate>2026-03-09T07:00:00+07:00</PromulgationDate></PromulgationInfo>
<DocumentType>Công văn</DocumentType><SignerInfo><Signer>Lê Thị Minh Khôi</Signer></SignerInfo></MessageHeader></EdXMLEnvelope>"""
SOAP = """<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header><edXML:MessageHeader xmlns:edXML="urn:x">
<edXML:Code><edXML:CodeNumber>45/SNV-CCVC</edXML:CodeNumber><edXML:CodeNotation/></edXML:Code>
<edXML:PromulgationInfo><edXML:PromulgationDate>09/03/2026</edXML:PromulgationDate></edXML:PromulgationInfo>
</edXML:MessageHeader></s:Header><s:Body/></s:Envelope>"""


@pytest.mark.parametrize(
    "data",
    [
        usual(),
        usual(prefix="", namespace=QCVN),
        usual(prefix="ed", namespace="http://www.e-doc.vn/Schema/"),
        usual(prefix="", namespace=""),
        usual().replace(b"edXML:edXML ", b"edXML:EDXML ").replace(b"/edXML:edXML>", b"/edXML:EDXML>"),
        usual().decode().replace('encoding="utf-8"', 'encoding="UTF-16"').encode("utf-16"),
        usual().decode().replace('encoding="utf-8"', 'encoding="utf-16"').encode(),
        b"\xef\xbb\xbf\r\n" + usual(),
        usual(number="2718/UBND-VP"),
        usual(number="2718", symbol="/UBND-VP"),
        usual(number="2718", symbol="2718/UBND-VP"),
        usual(date="2023-09-19T00:00:00"),
        usual(date="19/09/2023 00:00:00"),
    ],
    ids=["qcvn", "no prefix", "another prefix", "no namespace", "case", "utf-16", "utf-8 called utf-16", "bom", "both in number",
         "slash in symbol", "number in symbol", "iso date", "day first"],
)  # fmt: skip
def test_dialects_say_the_same(data):
    assert edxml.is_edxml(data)
    envelope = edxml.read(data)
    assert (envelope.number, envelope.symbol, envelope.reference) == ("2718", "UBND-VP", "2718/UBND-VP")
    assert (envelope.date, envelope.place, envelope.type_name) == (date(2023, 9, 19), "Hải Dương", "Công văn")
    assert envelope.sender == Organ("H56", "UBND tỉnh")
    assert envelope.receivers == (Organ("H56.12", "UBND huyện"), Organ("H56.13", ""))


@pytest.mark.parametrize("text", [FLAT, SOAP], ids=["flat", "soap"])
def test_other_wrappers(text):
    envelope = edxml.read(text.encode())
    assert (envelope.reference, envelope.date) == ("45/SNV-CCVC", date(2026, 3, 9))


def test_the_flat_dialect_names_type_and_signer_in_its_own_way():
    envelope = edxml.read(FLAT.encode())
    assert (envelope.type_name, envelope.signer, envelope.sender.id) == ("Công văn", "Lê Thị Minh Khôi", "H37.2")


def test_what_else_it_says():
    envelope = edxml.read(usual(subject="  V/v rà soát\n hộ nghèo ", due="2023/10/15", signer="Lê Thị Minh Khôi"))
    assert (envelope.subject, envelope.due, envelope.signer) == ("V/v rà soát hộ nghèo", date(2023, 10, 15), "Lê Thị Minh Khôi")
    assert (envelope.competence, envelope.position) == ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")


@pytest.mark.parametrize(
    ("priority", "urgency"),
    [("0", None), ("1", Urgency.KHAN), ("2", Urgency.THUONG_KHAN), ("3", Urgency.HOA_TOC), ("4", Urgency.HOA_TOC),
     ("Hoả tốc", Urgency.HOA_TOC), ("9", None), ("", None)],
)  # fmt: skip
def test_priority(priority, urgency):
    assert edxml.read(usual(priority=priority)).urgency is urgency


@pytest.mark.parametrize("words", ["0001/01/01", "2023/13/40", "", "hôm qua", "99999999", "2023"])
def test_a_placeholder_is_no_day(words):
    assert edxml.read(usual(date=words, due=words)).date is None


EARLIER = "<edXML:DocumentId>H56,2023/09/01,2500/UBND-VP</edXML:DocumentId>"


@pytest.mark.parametrize(
    ("kind", "inner", "relation", "target"),
    [
        (1, EARLIER, RelationKind.RECALLS, Cited("2500/UBND-VP", date(2023, 9, 1), "H56")),
        (2, EARLIER, RelationKind.UPDATES, Cited("2500/UBND-VP", date(2023, 9, 1), "H56")),
        (
            3,
            f"<edXML:ReplacementInfoList><edXML:ReplacementInfo>{EARLIER}</edXML:ReplacementInfo></edXML:ReplacementInfoList>",
            RelationKind.REPLACES,
            Cited("2500/UBND-VP", date(2023, 9, 1), "H56"),
        ),
        (1, "", RelationKind.RECALLS, Cited("2718/UBND-VP", date(2023, 9, 19), "H56")),
    ],
)
def test_recall_update_and_replacement(kind, inner, relation, target):
    (found,) = edxml.read(usual(business=business(kind, inner))).relations
    assert (found.kind, found.target, found.reason) == (relation, target, "Nhầm nơi nhận")


def test_a_new_document_does_nothing_to_another():
    assert edxml.read(usual(business=business(0, EARLIER))).relations == ()


def test_an_answer_names_what_it_answers():
    answered = (
        "<edXML:ResponseFor><edXML:OrganId>H56.12</edXML:OrganId><edXML:Code>88/UBND-NV</edXML:Code>"
        "<edXML:PromulgationDate>2023/08/30</edXML:PromulgationDate></edXML:ResponseFor>"
    )
    (found,) = edxml.read(usual(header=answered)).relations
    assert (found.kind, found.target) == (RelationKind.ANSWERS, Cited("88/UBND-NV", date(2023, 8, 30), "H56.12"))


BOMB = (
    b'<!DOCTYPE edXML [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    b"<edXML><MessageHeader><Subject>&b;</Subject></MessageHeader></edXML>"
)
OUTSIDE = b'<!DOCTYPE edXML SYSTEM "file:///etc/passwd"><edXML><MessageHeader/></edXML>'
ENTITY = b'<!DOCTYPE edXML [<!ENTITY x SYSTEM "file:///etc/passwd">]><edXML><MessageHeader><Subject>&x;</Subject></MessageHeader></edXML>'
LATE = b"<edXML>" + b" " * 70_000 + b"<!DOCTYPE x><MessageHeader/></edXML>"


@pytest.mark.parametrize(
    "data",
    [
        BOMB, OUTSIDE, ENTITY, LATE,
        BOMB.decode().encode("utf-16"),
        usual()[:-40],
        usual().replace(b'"utf-8"', b'"windows-1258"').replace("Hải".encode(), b"H\x81\x8d\xff"),
        usual().replace("Hải".encode(), b"H\xe4\xff"),
        b"<edXML>" + b"<a>" * 5_000 + b"</a>" * 5_000 + b"</edXML>",
        b"<edXML>" + b"<a/>" * 60_000 + b"</edXML>",
        b"<edXML><Other/></edXML>",
        b"<edXML>" + b"x" * edxml.MOST_BYTES + b"</edXML>",
        b"",
        b"%PDF-1.4",
    ],
    ids=["entities", "outside dtd", "outside entity", "late dtd", "utf-16 dtd", "truncated", "wrong encoding", "bytes that are no utf-8",
         "deep", "many", "no message", "100 MB", "empty", "pdf"],
)  # fmt: skip
def test_a_hostile_or_broken_message_is_refused(data):
    with pytest.raises(UnreadableEnvelope):
        edxml.read(data)


def test_values_are_bounded_and_plain():
    envelope = edxml.read(usual(subject="x" * 100_000 + "\u202e"))
    assert len(envelope.subject) == edxml.LONGEST
    assert edxml.read(usual(subject="a\u202eb\u200bc")).subject == "abc"


@pytest.mark.parametrize(
    "data", [b"<html><body>edXML</body></html>", b"<w:document/>", b"PK\x03\x04", b"edXML", b"<?xml version='1.0'?><Invoice/>"]
)
def test_other_files_are_no_messages(data):
    assert not edxml.is_edxml(data)
