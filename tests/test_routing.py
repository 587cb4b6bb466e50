"""Which unit does a duty, and by which rule."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from planning_builders import CLASS, commune, district, duty, ids, plan, single

from extractors.dispatch import DutyKind
from pipeline.phrases import PhraseIndex, words_of
from pipeline.planning.plan import Flag, Relevance

GENERAL = "Quán triệt, triển khai nghiêm túc nội dung văn bản này."


def rules(assignment) -> list[str]:
    return [why.rule for why in assignment.why if why.rule.startswith("route.")]


ROUTES = [
    # text, other fields, issuer, lead unit, rule
    ("Phòng Tư pháp tham mưu rà soát biên chế.", {"lead": ["Phòng Tư pháp huyện"]}, "UBND tỉnh Hải Dương", "tp", "route.named"),
    ("Chỉ đạo Phòng Y tế tham mưu rà soát biên chế.", {}, "UBND tỉnh Hải Dương", "yt", "route.text"),
    ("Chỉ đạo phòng VH&TT tham mưu thực hiện.", {}, "UBND tỉnh Hải Dương", "vhtt", "route.text"),
    (GENERAL, {"report_to": ["Sở Tư pháp"]}, "UBND tỉnh Hải Dương", "tp", "route.counterpart"),
    (GENERAL, {"lead": [CLASS, "Sở Y tế"]}, "UBND tỉnh Hải Dương", "yt", "route.counterpart"),
    ("Phối hợp với Sở Công Thương rà soát.", {}, "UBND tỉnh Hải Dương", "ktht", "route.counterpart"),
    (GENERAL, {}, "Sở Nội vụ", "nv", "route.issuer"),
    (GENERAL, {}, "Sở Giáo dục và Đào tạo", "gddt", "route.issuer"),
    ("Rà soát hộ nghèo, hộ cận nghèo.", {}, "UBND tỉnh Hải Dương", "ldtbxh", "route.competence"),
    ("Tăng cường phòng, chống dịch tả lợn châu Phi trong chăn nuôi.", {}, "UBND tỉnh Hải Dương", "nn", "route.competence"),
    ("Niêm yết, công khai thủ tục hành chính tại bộ phận một cửa.", {}, "UBND tỉnh Hải Dương", "vp", "route.competence"),
    ("Kiện toàn tổ hoà giải ở cơ sở.", {}, "UBND tỉnh Hải Dương", "tp", "route.competence"),
    # named in the text goes before the counterpart, the counterpart before competences
    ("Giao Phòng Y tế rà soát hộ nghèo.", {"report_to": ["Sở Nội vụ"]}, "Sở Nội vụ", "yt", "route.text"),
    ("Rà soát hộ nghèo.", {"report_to": ["Sở Tư pháp"]}, "UBND tỉnh Hải Dương", "tp", "route.counterpart"),
    # somebody to send to is nobody to act
    ("Báo cáo dự toán, quyết toán gửi Phòng Y tế.", {}, "UBND tỉnh Hải Dương", "tckh", "route.competence"),
    # the office passes on duties of every field
    ("Rà soát hộ nghèo.", {"report_to": ["Văn phòng UBND tỉnh"]}, "Văn phòng UBND tỉnh", "ldtbxh", "route.competence"),
    (GENERAL, {"report_to": ["Văn phòng UBND tỉnh"]}, "UBND tỉnh Hải Dương", "vp", "route.counterpart"),
]


@pytest.mark.parametrize(("text", "fields", "issuer", "unit", "rule"), ROUTES)
def test_the_unit_and_the_rule(text, fields, issuer, unit, rule):
    assignment = single(duty(text, **fields), issuer=issuer)
    assert assignment.lead is not None
    assert (assignment.lead.id, rules(assignment)[0]) == (unit, rule)


UNASSIGNED = [
    # text, other fields, issuer, candidates, rule
    (GENERAL, {}, "UBND tỉnh Hải Dương", ["chuyen-mon", "xa-thi-tran"], "route.general"),
    ("Lập dự toán kinh phí tiêm chủng.", {}, "UBND tỉnh Hải Dương", ["tckh", "yt"], "route.close"),
    ("Đẩy mạnh tuyên truyền.", {}, "UBND tỉnh Hải Dương", ["vhtt"], "route.close"),
    (GENERAL, {"report_to": ["Sở Nội vụ", "Sở Tài chính"]}, "UBND tỉnh Hải Dương", ["nv", "tckh"], "route.counterparts"),
]


@pytest.mark.parametrize(("text", "fields", "issuer", "candidates", "rule"), UNASSIGNED)
def test_too_close_is_shown_not_guessed(text, fields, issuer, candidates, rule):
    assignment = single(duty(text, **fields), issuer=issuer)
    assert assignment.lead is None
    assert sorted(ids(assignment.candidates)) == sorted(candidates)
    assert rules(assignment) == [rule]
    assert Flag.UNASSIGNED in assignment.flags


def test_among_several_counterparts_the_field_then_the_issuer_decides():
    several = {"report_to": ["Sở Nội vụ", "Sở Tài chính"]}
    assert single(duty("Quyết toán ngân sách.", **several)).lead.id == "tckh"
    assert single(duty(GENERAL, **several), issuer="Sở Nội vụ").lead.id == "nv"


def test_a_department_of_another_field_does_not_take_the_issuers_duty():
    text = "Rà soát tôn giáo, tín ngưỡng; kinh phí đề nghị Sở Tài chính hướng dẫn."
    assert single(duty(text), issuer="Sở Nội vụ").lead.id == "nv"


def test_headings_and_subject_help_at_half_weight():
    heading = duty("Về công tác giảm nghèo, trợ giúp xã hội, trẻ em:", kind=DutyKind.GROUP, children=[duty(GENERAL, key="1.1")])
    assignment = single(heading)
    assert (assignment.lead.id, [h.id for h in assignment.headings]) == ("ldtbxh", ["1"])
    assert single(duty(GENERAL), subject="tăng cường công tác giảm nghèo").lead is None


def test_several_named_units_first_leads_and_the_reviewer_confirms():
    assignment = single(duty(lead=["Phòng Nội vụ huyện", "Phòng Tư pháp huyện"]))
    assert (assignment.lead.id, ids(assignment.co_leads)) == ("nv", ["tp"])
    assert Flag.SEVERAL_LEADS in assignment.flags


def test_groups_named_together_each_do_their_part():
    assignment = single(
        duty(lead=["Thủ trưởng các cơ quan chuyên môn thuộc UBND huyện", "UBND các xã, thị trấn"]), issuer="UBND huyện Tứ Kỳ"
    )
    assert (assignment.lead.id, ids(assignment.co_leads), assignment.flags) == ("chuyen-mon", ["xa-thi-tran"], ())


def test_a_group_beside_us_keeps_its_part_and_an_office_leads_ours():
    assignment = single(duty("Rà soát hộ nghèo.", lead=[CLASS, "UBND các xã, phường, thị trấn"]))
    assert (assignment.lead.id, ids(assignment.co_leads)) == ("ldtbxh", ["xa-thi-tran"])


SUPPORT = [
    (["Phòng Tư pháp huyện"], ["tp"]),
    (["Sở Tư pháp", "Sở Y tế"], ["tp", "yt"]),
    (["Phòng Nội vụ"], []),  # the lead does not support itself
    (["các cơ quan liên quan"], []),
    (["UBND các xã, thị trấn"], ["xa-thi-tran"]),
    (["Phòng Tư pháp huyện Thanh Hà"], []),
]


@pytest.mark.parametrize(("support", "units"), SUPPORT)
def test_who_supports(support, units):
    assert ids(single(duty(lead=["Phòng Nội vụ huyện"], support=support), issuer="UBND huyện Tứ Kỳ").support) == units


def test_a_supporting_unit_named_in_the_sentence_does_not_lead():
    item = duty("Phối hợp với Phòng Tư pháp rà soát hộ nghèo.", support=["Phòng Tư pháp"])
    assert single(item).lead.id == "ldtbxh"


def test_the_office_follows_up_what_others_do():
    assert ids(single(duty(lead=["Phòng Nội vụ huyện"])).monitors) == ["vp"]
    assert ids(single(duty(lead=["Văn phòng HĐND và UBND huyện"])).monitors) == []
    assert ids(single(duty(lead=["Sở Nội vụ"])).monitors) == []


def test_the_counterpart_supports_what_its_department_leads():
    assignment = single(duty(lead=["Sở Nội vụ"], support=["Sở Tài chính", "UBND các huyện"]))
    assert (assignment.relevance, ids(assignment.support)) == (Relevance.COUNTERPART, ["nv", "tckh"])


def test_the_same_duty_in_a_commune():
    item = duty("Rà soát hộ nghèo.", lead=["UBND các xã, phường, đặc khu"])
    assert single(item, authority=commune(), issuer="UBND thành phố Hải Phòng").lead.id == "vhxh"


TEXTS = st.sampled_from(
    [
        "Rà soát hộ nghèo.",
        "Báo cáo Sở Nội vụ về ngân sách.",
        GENERAL,
        "Giao Phòng Y tế thực hiện.",
        "",
        "A" * 50,
        "Đẩy mạnh tuyên truyền;;;",
    ]
)
LEADS = st.lists(
    st.sampled_from(
        [
            CLASS,
            "Sở Nội vụ",
            "Phòng Nội vụ huyện",
            "UBND các xã, thị trấn",
            "Công an huyện",
            "Hội X",
            "UBND huyện Thanh Hà",
            "các cơ quan, đơn vị",
        ]
    ),
    max_size=3,
)


@st.composite
def trees(draw, key="1", depth=0):
    children = () if depth == 2 else [draw(trees(f"{key}.{n}", depth + 1)) for n in range(draw(st.integers(0, 3 - depth)))]
    kind = draw(st.sampled_from(DutyKind)) if children else DutyKind.DUTY
    return duty(draw(TEXTS), draw(LEADS), key=key, kind=kind, support=draw(LEADS), children=children, request=draw(st.booleans()))


@settings(max_examples=80)
@given(
    st.lists(st.booleans(), min_size=1, max_size=3), st.data(), st.sampled_from(["UBND tỉnh Hải Dương", "Sở Nội vụ", "UBND huyện Tứ Kỳ"])
)
def test_every_duty_is_in_the_plan_once_and_only_units_of_the_profile_do_it(roots, data, issuer):
    tops = [data.draw(trees(str(n + 1))) for n in range(len(roots))]
    made = plan(*tops, issuer=issuer)
    ordered = [d.id for top in tops for d in top.walk() if d.kind is DutyKind.DUTY]
    assert [a.key for a in made.assignments] == ordered
    known = set(ids((*district().units, *district().groups)))
    for a in made.assignments:
        leads = [u.id for u in (a.lead, *a.co_leads) if u]
        assert {*leads, *ids(a.support), *ids(a.candidates)} <= known
        assert len(leads) == len(set(leads))
        assert not set(leads) & set(ids(a.support))
        assert a.why
        if a.relevance is Relevance.MINE:
            assert (a.lead is None) == (Flag.UNASSIGNED in a.flags)


@pytest.mark.parametrize(
    ("phrase", "text", "there"),
    [
        ("Văn hóa và Thông tin", "Phòng Văn hoá & Thông tin", True),
        ("Ủy ban nhân dân xã", "UBND xã A", True),
        ("UBND xã", "Uỷ ban Nhân dân xã A", True),
        ("hội đồng nhân dân", "HĐND", True),
        ("chợ", "chợt thấy", False),
        ("tài sản công", "tài sản cộng", False),
        ("Tài chính - Kế hoạch", "TÀI CHÍNH – KẾ HOẠCH", True),
    ],
)
def test_phrases_are_found_whatever_their_dress(phrase, text, there):
    assert bool(PhraseIndex([(phrase, 1)]).find(words_of(text).words)) == there


def test_the_longest_phrase_wins():
    (hit,) = PhraseIndex([("kê khai tài sản", 1), ("kê khai tài sản, thu nhập", 2)]).find(words_of("kê khai tài sản, thu nhập").words)
    assert hit.values == (2,)


@given(
    st.text(st.sampled_from("aÁàb_ -,.;:&()\u00a0\n1") | st.characters(), max_size=30), st.sampled_from([" và ", " Ủy ban nhân dân ", ""])
)
def test_quotes_lead_back_to_the_words(text, middle):
    words = words_of(text + middle + text)
    for index, word in enumerate(words.words):
        assert words_of(words.quote(index, index + 1)).words == (word,)
    joined = "".join(words.gap(n) + words.quote(n, n + 1) for n in range(len(words.words)))
    assert words.text.startswith(joined)
