"""What a chief of office would strike out of a draft: who reports upward, who comes first, words said twice, two spellings of one word."""

# ruff: noqa: E501 - a row of a table stays on one line
import re
from dataclasses import replace
from datetime import date

import pytest
from kinds_of_dispatch import TOLD, Told
from planning_builders import district, duty, plan

from extractors.text import fold
from pipeline.authority import Period, UnitKind
from pipeline.drafting.advising import advised
from pipeline.drafting.blocks import Draft
from pipeline.drafting.draft import letter_of
from pipeline.drafting.wording import Act, Cut
from pipeline.planning.plan import Assignment, Relevance, Why

EACH = pytest.mark.parametrize("told", TOLD, ids=str)


def texts(letter: Draft, style: str = "") -> list[str]:
    return [p.text for p in letter.paragraphs if not style or p.style == style]


REPORTS = [
    # the clause that reports gets the authority as its speaker; what stands before it stays
    ("rà soát hồ sơ, báo cáo kết quả về Sở Nội vụ trước ngày 25/10", "rà soát hồ sơ, tham mưu UBND huyện báo cáo kết quả về Sở Nội vụ trước ngày 25/10"),
    ("Lập danh sách; gửi Sở Nội vụ trước ngày 05/11", "Lập danh sách; tham mưu UBND huyện gửi Sở Nội vụ trước ngày 05/11"),
    ("Báo cáo diễn biến về Sở Nội vụ trước ngày 15", "Tham mưu UBND huyện báo cáo diễn biến về Sở Nội vụ trước ngày 15"),
    ("Tổng hợp, báo cáo Sở Nội vụ", "Tham mưu UBND huyện tổng hợp, báo cáo Sở Nội vụ"),
    ("rà soát và báo cáo Sở Nội vụ", "rà soát và tham mưu UBND huyện báo cáo Sở Nội vụ"),
    ("Lập danh sách. Gửi Sở Nội vụ trước ngày 05/11", "Lập danh sách. Tham mưu UBND huyện gửi Sở Nội vụ trước ngày 05/11"),
    # nobody of ours reports in these
    ("gửi kết quả để Bưu điện tổng hợp, báo cáo Sở Nội vụ", "gửi kết quả để Bưu điện tổng hợp, báo cáo Sở Nội vụ"),
    ("Tham mưu UBND huyện báo cáo Sở Nội vụ", "Tham mưu UBND huyện báo cáo Sở Nội vụ"),
    ("Xây dựng báo cáo. Báo cáo gửi về Sở Nội vụ trước ngày 30/11", "Xây dựng báo cáo. Báo cáo gửi về Sở Nội vụ trước ngày 30/11"),
    ("Báo cáo bằng văn bản và phụ lục đề nghị gửi về Sở Nội vụ trước ngày 11/10", "Báo cáo bằng văn bản và phụ lục đề nghị gửi về Sở Nội vụ trước ngày 11/10"),
    ("theo hướng dẫn của Sở Nội vụ", "theo hướng dẫn của Sở Nội vụ"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "told_of_us"), REPORTS)
def test_an_office_prepares_what_the_authority_reports(text, told_of_us):
    made = plan(duty("Rà soát hộ nghèo."))
    office = next(unit for unit in made.authority.units if unit.kind is UnitKind.OFFICE)
    charged = duty(text, report_to=["Sở Nội vụ"])
    assignment = Assignment(charged, Relevance.MINE, lead=office)
    assert advised(made, assignment, Act(text)).text == told_of_us


def test_who_reports_by_himself_stays_the_speaker():
    made = plan(duty("Rà soát hộ nghèo."))
    text = "Báo cáo Sở Nội vụ"
    charged = duty(text, report_to=["Sở Nội vụ"])
    office = Assignment(charged, Relevance.MINE, lead=made.authority.units[0])
    commune = next(unit for unit in made.authority.units if unit.kind is UnitKind.SUBORDINATE)
    assert advised(made, office, Act(text)).text != text
    for other in (
        replace(office, lead=commune),
        replace(office, lead=None),
        replace(office, why=(Why("route.named", "Văn bản nêu rõ đơn vị."),)),
    ):
        assert advised(made, other, Act(text)).text == text
    assert advised(made, office, Act(text, Cut.KEPT)).text == text
    assert advised(replace(made, own=True), office, Act(text)).text == text


@EACH
def test_the_office_that_gathers_results_is_named_once(told: Told):
    monitor = told.plan.authority.monitor
    assert monitor is not None
    words = "\n".join(texts(told.letter))
    assert words.count(f"(qua {monitor.name})") <= 1
    assert ("Kết quả báo cáo" in words) <= (f"(qua {monitor.name})" in words)


@EACH
def test_one_spelling_of_a_committee(told: Told):
    words = "\n".join(texts(told.letter))
    assert re.findall(r"(?<!\w)[uU]ỷ(?!\w)", words) == []


@EACH
def test_no_sentence_stands_twice(told: Told):
    letter = [p.text for p in told.letter.parts if hasattr(p, "text")]
    sentences = [one.strip(" -+.") for text in letter for one in re.split(r"(?<=[.;])\s", text) if len(one) > 25]
    assert len(sentences) == len(set(sentences))


@EACH
def test_the_letter_speaks_of_the_state_not_of_the_party(told: Told):
    """Words of the Party's form have no place in a state document; what the source is called stays."""
    words = fold("\n".join(texts(told.letter)))
    assert not re.search(r"\bt/m\b|\bk/t\b|nơi gửi|đảng cộng sản việt nam\n", words)


RANKS = [UnitKind.OFFICE, UnitKind.OUTSIDE, UnitKind.SUBORDINATE]


@EACH
def test_addressees_stand_by_protocol(told: Told):
    named = {unit.name: unit for unit in (*told.plan.authority.units, *told.plan.authority.groups)}
    lines = [
        text.strip(" -;.").removeprefix("Kính gửi: ") for text in (*texts(told.letter, "addressee"), *texts(told.letter, "addressed-one"))
    ]
    units = [unit for name, unit in named.items() for line in lines if fold(line) == fold(name)]
    order = {fold(line): n for n, line in enumerate(lines)}
    listed = sorted(units, key=lambda unit: order[fold(unit.name)])
    assert len(listed) == len(lines) > 0
    party = [bool(re.search(r"(?<!\w)ủy(?! ban)", fold(unit.name))) for unit in listed]
    assert party == sorted(party, reverse=True)
    ranks = [RANKS.index(unit.kind) for unit, leading in zip(listed, party, strict=True) if not leading]
    assert ranks == sorted(ranks)


def test_who_signs_for_an_absent_person_is_shown_to_the_reviewer():
    away = Period(date(2023, 9, 1), date(2023, 10, 31))
    me = district()
    field = plan(duty("Tu bổ đê điều."), authority=me).signer
    assert field is not None
    signers = tuple(replace(one, absent=(away,)) if one.name == field.name else one for one in me.signers)
    made = plan(duty("Tu bổ đê điều."), authority=replace(me, signers=signers))
    letter = letter_of(made, made.today)
    assert letter is not None
    ((span,),) = [p.spans for p in letter.paragraphs if p.style == "signer"]
    assert made.signer is not None
    assert made.signer.head
    assert span.text == made.signer.name
    assert f"{field.title} {field.name} phụ trách lĩnh vực này nhưng vắng mặt" in span.comment


@EACH
def test_the_monitoring_office_gets_the_letter(told: Told):
    monitor = told.plan.authority.monitor
    assert monitor is not None
    lines = [*texts(told.letter, "addressee"), *texts(told.letter, "addressed-one"), *texts(told.letter, "recipient")]
    filed = monitor.symbol in re.findall(r"\w+", told.plan.filing)
    assert filed or sum(monitor.name in line for line in lines) == 1


@EACH
def test_one_item_for_one_unit(told: Told):
    units = [unit.name for unit in told.plan.authority.units]
    items = [re.sub(r"^\d+\. (?:Đề nghị |Kính đề nghị )?", "", text) for text in texts(told.letter) if re.match(r"\d+\. ", text)]
    led = [unit for text in items for unit in units if text.startswith((f"{unit} ", f"{unit}:"))]
    assert len(led) == len(set(led))
