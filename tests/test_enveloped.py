"""The envelope held against the paper: agreement is silent, conflict is shown, the paper wins for what it states."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from edxml_messages import business, usual

from extractors.beside import Beside
from extractors.dispatch import Document, PrintedDate, Signatory, Succession, SuccessionKind, Urgency
from extractors.envelope import Cited, Envelope, Relation, RelationKind
from extractors.enveloped import announced, compare
from extractors.evidence import ABSENT, Evidence, Found, Grade, Missing, Reason
from extractors.readers import edxml
from extractors.reading import read_dispatch, read_file
from pipeline.cli import main
from pipeline.profile import load
from pipeline.stages import develop

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "samples" / "huyen-cong-van-tinh" / "huyen-cong-van-tinh.docx"
BLANK_SAMPLE = ROOT / "samples" / "huyen-chua-co-so" / "huyen-chua-co-so.docx"
DAY = date(2023, 9, 19)


def found(value):
    return Found(value, (Evidence(str(value), 1, None, None),))


BLANK = Missing(Reason.BLANK, evidence=(Evidence("Số:      /UBND-VP", 1, None, None),))
PAPER = Document(
    number=found("2718"),
    symbol=found("UBND-VP"),
    reference=found("2718/UBND-VP"),
    date=found(DAY),
    date_printed=PrintedDate(2023, 9, 19),
    subject=found("rà soát hộ nghèo, hộ cận nghèo cuối năm 2023"),
    urgency=Urgency.KHAN,
    signer=Signatory(name=found("Lê Thị Minh Khôi")),
)
ENVELOPE = Envelope(
    number="2718", symbol="UBND-VP", date=DAY, subject="V/v rà soát hộ nghèo, hộ cận nghèo cuối năm 2023",
    urgency=Urgency.KHAN, signer="ThS. Lê Thị Minh Khôi",
)  # fmt: skip
UNSTAMPED = replace(PAPER, number=BLANK, reference=BLANK, date=BLANK, date_printed=PrintedDate(2023, 9, None))


def codes(compared):
    return [problem.code for problem in compared.problems]


@pytest.mark.parametrize(
    "change",
    [{}, {"number": "02718"}, {"symbol": "ubnd-vp"}, {"symbol": "UBND - VP"},
     {"subject": "Rà soát hộ nghèo"}, {"signer": "LÊ THỊ MINH KHÔI"},
     {"number": "", "symbol": "", "date": None, "subject": "", "signer": "", "urgency": None}],
)  # fmt: skip
def test_agreement_and_silence_are_silent(change):
    compared = compare(PAPER, replace(ENVELOPE, **change))
    assert (compared.document, compared.problems, compared.belongs) == (PAPER, (), True)


@pytest.mark.parametrize(
    ("change", "shown"),
    [
        ({"number": "2719"}, ("số", "2718", "2719")),
        ({"symbol": "UBND-NC"}, ("ký hiệu", "UBND-VP", "UBND-NC")),
        ({"date": date(2023, 9, 20)}, ("ngày ban hành", "19/9/2023", "20/9/2023")),
        ({"subject": "phòng, chống dịch bệnh mùa đông"}, ("trích yếu", "rà soát hộ nghèo", "phòng, chống dịch")),
        ({"urgency": Urgency.HOA_TOC}, ("độ khẩn", "khẩn", "hỏa tốc")),
        ({"signer": "Trần Văn An"}, ("người ký", "Lê Thị Minh Khôi", "Trần Văn An")),
    ],
)
def test_a_conflict_is_shown_with_both_values_and_the_paper_wins(change, shown):
    compared = compare(PAPER, replace(ENVELOPE, **change))
    assert codes(compared) == ["W234"]
    assert all(words in compared.problems[0].message for words in shown)
    assert compared.document == PAPER


@pytest.mark.parametrize("change", [{"number": "9", "date": date(2022, 1, 4)}, {"number": "9", "symbol": "SYT-NVY"}])
def test_an_envelope_of_another_document_is_not_used(change):
    envelope = replace(ENVELOPE, due=date(2023, 10, 1), relations=(Relation(RelationKind.RECALLS, Cited("1/X")),), **change)
    compared = compare(PAPER, envelope)
    assert (codes(compared), compared.belongs, compared.document) == (["W235"], False, PAPER)


def test_a_blank_number_and_day_are_taken_and_said_to_be_the_envelopes():
    compared = compare(UNSTAMPED, ENVELOPE)
    taken = compared.document
    assert (taken.number.value, taken.reference.value, taken.date.value) == ("2718", "2718/UBND-VP", DAY)
    for value in (taken.number, taken.reference, taken.date):
        assert value.grade is Grade.INFERRED
        assert value.evidence[-1].quote.startswith("Phong bì edXML: ")
        assert (value.evidence[-1].page, value.evidence[-1].paragraph) == (None, None)
    assert taken.date_printed == PrintedDate(2023, 9, None), "what is printed stays as printed"
    assert codes(compared) == ["I234"]
    assert compared.problems[0].where == "số 2718, ngày ban hành 19/9/2023"


def test_a_day_that_the_printed_month_contradicts_is_not_taken():
    compared = compare(UNSTAMPED, replace(ENVELOPE, date=date(2023, 10, 2)))
    assert isinstance(compared.document.date, Missing)
    assert compared.document.date.candidates == ()


@pytest.mark.parametrize("reason", [Reason.ABSENT, Reason.UNREADABLE])
def test_where_nothing_is_blank_the_envelope_only_offers(reason):
    paper = replace(PAPER, number=Missing(reason), reference=Missing(reason), date=Missing(reason))
    compared = compare(paper, ENVELOPE)
    assert compared.document.number == Missing(reason, ("2718",))
    assert compared.document.date == Missing(reason, ("2023-09-19",))
    assert codes(compared) == []


def test_where_nothing_vouches_for_the_envelope_it_only_offers():
    paper = Document(number=BLANK, reference=BLANK, date=BLANK, urgency=Urgency.KHAN)
    compared = compare(paper, ENVELOPE)
    assert compared.document.number.candidates == ("2718",)
    assert compared.document.date.candidates == ("2023-09-19",)


def test_the_transports_due_date_is_shown_and_is_no_deadline():
    compared = compare(PAPER, replace(ENVELOPE, due=date(2023, 10, 15)))
    assert codes(compared) == ["I235"]
    assert compared.problems[0].where == "hạn 15/10/2023"
    assert compared.document == PAPER


def test_what_only_the_envelope_says_is_told_and_not_taken():
    compared = compare(replace(PAPER, urgency=None, subject=ABSENT), ENVELOPE)
    assert codes(compared) == ["I236"]
    assert compared.problems[0].where == f"trích yếu “{ENVELOPE.subject}”; độ khẩn “khẩn”"
    assert compared.document.urgency is None


@pytest.mark.parametrize(
    ("kind", "target", "code", "words"),
    [
        (
            RelationKind.RECALLS,
            Cited("2500/UBND-VP", date(2023, 9, 1), "H56"),
            "W236",
            "thu hồi văn bản số 2500/UBND-VP ngày 01/9/2023 của H56",
        ),
        (RelationKind.UPDATES, Cited("2500/UBND-VP"), "W236", "cập nhật văn bản số 2500/UBND-VP"),
        (RelationKind.REPLACES, Cited("2500/UBND-VP"), "W236", "thay thế văn bản số 2500/UBND-VP"),
        (RelationKind.RECALLS, Cited("2718/UBND-VP", DAY), "W236", "thu hồi chính văn bản này"),
        (RelationKind.ANSWERS, Cited("88/UBND-NV"), "I237", "trả lời văn bản số 88/UBND-NV"),
    ],
)
def test_what_it_does_to_an_earlier_document_is_told(kind, target, code, words):
    compared = compare(PAPER, replace(ENVELOPE, relations=(Relation(kind, target, "Nhầm nơi nhận"),)))
    assert codes(compared) == [code]
    assert words in compared.problems[0].message


def test_the_ledger_gets_what_it_does_to_an_earlier_document_but_not_to_itself():
    earlier, itself = Cited("25/UBND", date(2023, 9, 1), "H56"), Cited("2718/UBND-VP", DAY)
    relations = (
        Relation(RelationKind.RECALLS, earlier), Relation(RelationKind.UPDATES, earlier), Relation(RelationKind.REPLACES, earlier),
        Relation(RelationKind.RECALLS, itself), Relation(RelationKind.ANSWERS, earlier),
    )  # fmt: skip
    found = compare(PAPER, replace(ENVELOPE, relations=relations)).document.successions
    assert found == tuple(
        Succession(kind, "25/UBND", date(2023, 9, 1)) for kind in (SuccessionKind.RECALLS, SuccessionKind.CORRECTS, SuccessionKind.REPLACES)
    )


def test_an_envelope_in_words():
    envelope = replace(ENVELOPE, relations=(Relation(RelationKind.RECALLS, Cited("1/X")), Relation(RelationKind.ANSWERS, Cited("2/Y"))))
    assert announced(envelope) == "2718/UBND-VP ngày 19/9/2023; thu hồi văn bản số 1/X"
    assert announced(Envelope()) == ""


# The whole way


def test_the_record_says_what_came_from_the_envelope(tmp_path, capsys):
    blank = read_dispatch(BLANK_SAMPLE.read_bytes(), BLANK_SAMPLE.name).main
    message = tmp_path / "phong-bi.edxml"
    message.write_bytes(usual(number="512", symbol=blank.symbol.value, date="2023/10/03", due="2023/11/30"))
    assert main(["read", str(BLANK_SAMPLE), "--envelope", str(message)]) == 0
    record = json.loads(capsys.readouterr().out)
    document = record["documents"][0]
    assert (document["number"], document["date"], document["date_printed"]["day"]) == ("512", "2023-10-03", None)
    entry = document["evidence"]["/number"][-1]
    assert (entry["quote"], entry["grade"], entry["page"], entry["box"]) == ("Phong bì edXML: 512", "inferred", None, None)
    assert {"I234", "I235"} <= {problem["code"] for problem in record["problems"]}
    assert not [gap for gap in document["gaps"] if gap["field"] in ("/number", "/date", "/reference")]
    assert "2023-11-30" not in json.dumps(document["duties"])


def test_an_envelope_that_cannot_be_read_is_named(tmp_path, capsys):
    message = tmp_path / "phong-bi.edxml"
    message.write_bytes(b"<!DOCTYPE x><edXML/>")
    assert main(["read", str(SAMPLE), "--envelope", str(message)]) == 1
    assert capsys.readouterr().err.startswith("E122: ")


def test_the_draft_cites_the_envelopes_number_and_the_proof_knows_it():
    blank = read_dispatch(BLANK_SAMPLE.read_bytes(), BLANK_SAMPLE.name).main
    envelope = edxml.read(usual(number="512", symbol=blank.symbol.value, date="2023/10/03", business=business(3, "")))
    profile = load(ROOT / "samples" / "profiles" / "huyen-2023.toml")
    data = BLANK_SAMPLE.read_bytes()
    product = develop(lambda: read_file(data, "a.docx", Beside(envelope=envelope)), profile, date(2023, 10, 5))
    told = {problem.code for problem in product.problems}
    assert not told & {"E301", "E302", "E303", "W312"}
    assert "W236" in told
    assert product.identity[0].startswith("512/")
