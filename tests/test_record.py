"""The record: valid by its own schema and by the contract's, keys in order, every value with its evidence or its gap."""

import json
from datetime import date
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from extractors.dispatch import (
    Anchor,
    Deadline,
    DeadlineKind,
    Dispatch,
    Document,
    DocumentRole,
    DocumentType,
    Duty,
    DutyKind,
    Party,
    PrintedDate,
    Reference,
    Role,
    Signatory,
    Source,
    Unit,
    Urgency,
)
from extractors.errors import Problem, Severity
from extractors.evidence import ABSENT, Evidence, Found, Grade, Missing, Reason
from extractors.layout import Box, TextSource
from pipeline.record import Record, json_schema, to_json, to_record

SCHEMA = json_schema()
CONTRACT = Path(__file__).parents[2] / "shared" / "contract" / "dispatch.schema.json"


def evidence(quote, page=1, grade=Grade.STATED):
    return (Evidence(quote, page, Box(10.123, 20.456, 30.0, 40.0), None, grade),)


def found(value, grade=Grade.STATED):
    return Found(value, evidence(str(value), grade=grade))


def party(name):
    return Party(name, evidence(name))


DEADLINES = (
    Deadline("trước ngày 15/10/2023", DeadlineKind.DATE, due="2023-10-15", before=True, evidence=evidence("trước ngày 15/10/2023")),
    Deadline("trước ngày 15 hàng tháng", DeadlineKind.RECURRING, before=True, rrule="FREQ=MONTHLY;BYMONTHDAY=15"),
    Deadline("trong 05 ngày làm việc", DeadlineKind.RELATIVE, amount=5, unit=Unit.WORKING_DAY, anchor=Anchor.RECEIVED),
    Deadline("thường xuyên", DeadlineKind.STANDING),
    Deadline("sớm", DeadlineKind.UNRESOLVED),
)
CHILD = Duty("1.1", "a)", "Rà soát.", DutyKind.DUTY, lead=(party("Sở Nội vụ"),), support=(party("Sở Tài chính"),), inherited=True,
             deadlines=DEADLINES, report_to=(party("UBND tỉnh"),), evidence=evidence("Rà soát."))  # fmt: skip
GROUP = Duty("1", "1.", "Các sở:", DutyKind.GROUP, children=(CHILD,), evidence=evidence("Các sở:"))


def document(**values):
    usual = {
        "role": DocumentRole.MAIN,
        "pages": (1, 2),
        "type": found(DocumentType("CV", "Công văn")),
        "parent": ABSENT,
        "issuer": found("UBND tỉnh Hải Dương"),
        "number": found("2718"),
        "symbol": found("UBND-VP"),
        "reference": found("2718/UBND-VP", Grade.REPAIRED),
        "place": found("Hải Dương"),
        "date": Missing(Reason.BLANK, ("2023-09-19",)),
        "date_printed": PrintedDate(2023, 9, None),
        "subject": found("thực hiện kết luận"),
        "urgency": Urgency.KHAN,
        "marks_evidence": (("/urgency", evidence("KHẨN")),),
        "addressees": (party("Các sở"),),
        "references": (Reference("TB", "159/TB-VPCP", date(2023, 9, 11), None, Role.IMPLEMENTS, evidence("159/TB-VPCP")),),
        "duties": (GROUP,),
        "recipients": (party("Như trên"), party("Lưu trữ")),
        "filing": found("VT"),
        "signer": Signatory(found("KT. CHỦ TỊCH"), found("PHÓ CHỦ TỊCH"), Missing(Reason.UNREADABLE)),
    }
    return Document(**(usual | values))


def dispatch(*documents, problems=(), **source):
    usual = {"name": "2718.pdf", "sha256": "0" * 64, "media_type": "application/pdf", "pages": 2, "text": TextSource.DIGITAL}
    return Dispatch(Source(**(usual | source)), documents or (document(),), problems)


def printed(made):
    return json.loads(to_json(to_record(made)))


def follow(value, pointer):
    for part in pointer.strip("/").split("/"):
        value = value[int(part)] if isinstance(value, list) else value[part]
    return value


BLANK = document(
    pages=(), type=ABSENT, issuer=ABSENT, number=ABSENT, symbol=ABSENT, reference=ABSENT, place=ABSENT, date=ABSENT, subject=ABSENT,
    date_printed=PrintedDate(None, None, None), urgency=None, marks_evidence=(), addressees=(), references=(), duties=(), recipients=(),
    filing=ABSENT, signer=Signatory(ABSENT, ABSENT, ABSENT),
)  # fmt: skip
MADE = [
    dispatch(),
    dispatch(BLANK, pages=None, name="a.docx"),
    dispatch(document(), document(role=DocumentRole.ATTACHMENT, pages=(3,))),
    dispatch(problems=(Problem("W201", "Chữ ẩn.", Severity.WARNING, "trang 1", "Hãy xem."),)),
]


@pytest.mark.parametrize("made", MADE, ids=["full", "blank", "two documents", "problems"])
def test_valid_by_the_schema(made):
    record = printed(made)
    Draft202012Validator(SCHEMA).validate(record)
    assert msgspec.json.decode(to_json(to_record(made)), type=Record) == to_record(made)


@pytest.mark.skipif(not CONTRACT.exists(), reason="the contract's schema is not beside the project")
@pytest.mark.parametrize("made", MADE, ids=["full", "blank", "two documents", "problems"])
def test_valid_by_the_contract(made):
    Draft202012Validator(json.loads(CONTRACT.read_text("utf-8"))).validate(printed(made))


@pytest.mark.parametrize(
    ("pointer", "wrong"),
    [
        ("/schema", "congvan/2"),
        ("/documents", []),
        ("/documents/0/urgency", "rất khẩn"),
        ("/documents/0/duties/0/kind", "task"),
        ("/documents/0/duties/0/children/0/deadlines/0/unit", "year"),
        ("/documents/0/evidence/~1number", [{"quote": "x"}]),
        ("/documents/0/more", 1),
    ],
)
def test_the_schema_refuses_what_is_no_record(pointer, wrong):
    record = printed(dispatch())
    *way, last = [part.replace("~1", "/") for part in pointer.strip("/").split("/")]
    place = record
    for part in way:
        place = place[int(part)] if isinstance(place, list) else place[part]
    place[last] = wrong
    assert list(Draft202012Validator(SCHEMA).iter_errors(record))


def test_the_schema_says_what_it_is():
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_keys_stand_in_the_contracts_order():
    record = printed(dispatch())
    assert list(record) == ["schema", "source", "documents", "problems"]
    assert list(record["documents"][0]) == [
        "role", "pages", "type", "issuer", "number", "symbol", "reference", "place", "date", "date_printed", "subject",
        "urgency", "secrecy", "addressees", "references", "duties", "recipients", "filing", "signer", "gaps", "evidence",
    ]  # fmt: skip


def test_values_as_the_paper_says():
    made = printed(dispatch())["documents"][0]
    assert made["type"] == {"code": "CV", "name": "Công văn"}
    assert made["issuer"] == {"parent": None, "name": "UBND tỉnh Hải Dương"}
    assert (made["date"], made["date_printed"]) == (None, {"year": 2023, "month": 9, "day": None})
    assert (made["urgency"], made["secrecy"]) == ("khan", None)
    assert made["references"] == [{"type": "TB", "reference": "159/TB-VPCP", "date": "2023-09-11", "issuer": None, "role": "implements"}]
    child = made["duties"][0]["children"][0]
    assert (child["lead"], child["support"], child["report_to"], child["inherited"]) == (
        ["Sở Nội vụ"],
        ["Sở Tài chính"],
        ["UBND tỉnh"],
        True,
    )
    assert [deadline["kind"] for deadline in child["deadlines"]] == ["date", "recurring", "relative", "standing", "unresolved"]
    assert child["deadlines"][2] == {
        "text": "trong 05 ngày làm việc", "kind": "relative", "due": None, "before": False, "rrule": None,
        "amount": 5, "unit": "working_day", "anchor": "received",
    }  # fmt: skip


def test_what_is_missing_says_why():
    gaps = printed(dispatch())["documents"][0]["gaps"]
    assert gaps == [
        {"field": "/issuer/parent", "reason": "absent", "candidates": []},
        {"field": "/date", "reason": "blank", "candidates": ["2023-09-19"]},
        {"field": "/signer/name", "reason": "unreadable", "candidates": []},
    ]


def test_every_scalar_has_its_gap_or_its_evidence():
    for made in (document(), BLANK):
        part = printed(dispatch(made))["documents"][0]
        gaps = {gap["field"] for gap in part["gaps"]}
        scalars = ["number", "symbol", "reference", "place", "date", "subject", "filing"]
        scalars += ["issuer/parent", "issuer/name", "signer/authority", "signer/position", "signer/name"]
        for name in scalars:
            pointer = f"/{name}"
            assert (follow(part, pointer) is None) == (pointer in gaps)
            assert (pointer in part["evidence"]) == (pointer not in gaps)


def test_evidence_is_keyed_by_pointers_into_the_document():
    part = printed(dispatch())["documents"][0]
    for pointer, quotes in part["evidence"].items():
        follow(part, pointer)
        assert quotes
    assert {
        "/number", "/urgency", "/addressees/0", "/references/0", "/recipients/1", "/duties/0", "/duties/0/children/0",
        "/duties/0/children/0/lead/0", "/duties/0/children/0/support/0", "/duties/0/children/0/report_to/0",
        "/duties/0/children/0/deadlines/0",
    } <= part["evidence"].keys()  # fmt: skip
    assert part["evidence"]["/reference"] == [
        {"quote": "2718/UBND-VP", "page": 1, "box": [10.12, 20.46, 30.0, 40.0], "paragraph": None, "grade": "repaired"}
    ]


def test_a_paragraph_of_word_has_no_page():
    made = document(number=Found("5", (Evidence("5", None, None, 3, Grade.STATED),)))
    assert printed(dispatch(made))["documents"][0]["evidence"]["/number"] == [
        {"quote": "5", "page": None, "box": None, "paragraph": 3, "grade": "stated"}
    ]


def test_a_problem_says_what_happened_and_what_to_do_in_one():
    (problem,) = printed(MADE[3])["problems"]
    assert problem == {"code": "W201", "severity": "warning", "message": "Chữ ẩn. Hãy xem.", "where": "trang 1"}


def test_printed_in_utf_8_without_escapes():
    text = to_json(to_record(dispatch())).decode()
    assert "UBND tỉnh Hải Dương" in text
    assert "\\u" not in text


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_any_text_goes_through(text):
    made = dispatch(document(subject=found(text), addressees=(party(text),)))
    part = printed(made)["documents"][0]
    assert (part["subject"], part["addressees"]) == (text, [text])
