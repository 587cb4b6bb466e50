"""Whose a duty is, for every way in which a superior names somebody."""

import pytest
from planning_builders import TODAY, commune, dispatch, district, document, duty, ids, plan, single

from extractors.dispatch import DocumentRole, DutyKind
from pipeline.planning.general import is_general_call
from pipeline.planning.lexicon import NameKind, lexicon_of
from pipeline.planning.parties import read_party
from pipeline.planning.plan import Flag, Relevance
from pipeline.planning.planner import make_plan

MINE, COUNTERPART, THEIRS, REQUEST = Relevance.MINE, Relevance.COUNTERPART, Relevance.THEIRS, Relevance.REQUEST

TO_THE_DISTRICT = [
    # by name, by office-holder, by class
    ("UBND huyện Tứ Kỳ", MINE, "mine.named"),
    ("Uỷ ban nhân dân huyện Tứ Kỳ", MINE, "mine.named"),
    ("ỦY BAN NHÂN DÂN HUYỆN TỨ KỲ", MINE, "mine.named"),
    ("Chủ tịch UBND huyện Tứ Kỳ", MINE, "mine.named"),
    ("Đồng chí Chủ tịch UBND huyện Tứ Kỳ", MINE, "mine.named"),
    ("UBND các huyện, thị xã, thành phố", MINE, "mine.class"),
    ("Ủy ban nhân dân các huyện, thành phố", MINE, "mine.class"),
    ("Chủ tịch UBND các huyện, thị xã, thành phố", MINE, "mine.class"),
    ("UBND các thành phố, thị xã và các huyện", MINE, "mine.class"),
    ("UBND các quận, huyện, thị xã", MINE, "mine.class"),
    ("UBND cấp huyện", MINE, "mine.class"),
    ("UBND các huyện, thị xã, thành phố trên địa bàn tỉnh", MINE, "mine.class"),
    ("UBND các huyện, thành phố có liên quan", MINE, "mine.class"),
    ("các địa phương", MINE, "mine.class"),
    ("Thủ trưởng các sở, ban, ngành và địa phương", MINE, "mine.class"),
    ("Các cơ quan, đơn vị, địa phương", MINE, "mine.class"),
    ("UBND các huyện: Thanh Hà, Tứ Kỳ, Gia Lộc", MINE, "mine.class"),
    ("UBND các huyện, trừ huyện Thanh Hà", MINE, "mine.class"),
    # units of ours, named or with all of their kind
    ("Phòng Nội vụ các huyện, thị xã, thành phố", MINE, "mine.unit"),
    ("Trưởng phòng Nội vụ huyện Tứ Kỳ", MINE, "mine.unit"),
    ("UBND các xã, phường, thị trấn", MINE, "mine.unit"),
    ("UBND xã Chí Minh", MINE, "mine.unit"),
    # near misses
    ("UBND huyện Thanh Hà", THEIRS, "theirs.other"),
    ("UBND các huyện Thanh Hà, Ninh Giang", THEIRS, "theirs.other"),
    ("UBND các huyện: Thanh Hà, Ninh Giang", THEIRS, "theirs.other"),
    ("UBND các huyện, thị xã, thành phố (trừ huyện Tứ Kỳ)", THEIRS, "theirs.other"),
    ("Phòng Tư pháp huyện Thanh Hà", THEIRS, "theirs.other"),
    ("PHÒNG TƯ PHÁP HUYỆN THANH HÀ", THEIRS, "theirs.other"),
    ("UBND tỉnh", THEIRS, "theirs.other"),
    ("Các sở, ban, ngành", THEIRS, "theirs.other"),
    ("các đơn vị trực thuộc Sở", THEIRS, "theirs.other"),
    ("Các phòng, ban", THEIRS, "theirs.other"),
    ("Trung tâm Y tế các huyện, thị xã, thành phố", THEIRS, "theirs.other"),
    ("Bí thư Đảng ủy các xã, thị trấn", THEIRS, "theirs.other"),
    ("Ban Quản lý Khu công nghiệp", THEIRS, "theirs.other"),
    ("Hội Nông dân huyện Tứ Kỳ", THEIRS, "theirs.other"),
    # departments with a unit of ours of the same field
    ("Sở Nội vụ", COUNTERPART, "counterpart.lead"),
    ("Giám đốc Sở Tài nguyên và Môi trường", COUNTERPART, "counterpart.lead"),
    ("Sở TN&MT", COUNTERPART, "counterpart.lead"),
    ("Các sở: Nội vụ, Y tế", COUNTERPART, "counterpart.lead"),
    ("Sở Nội vụ tỉnh Hải Dương", COUNTERPART, "counterpart.lead"),
    ("Sở Nội vụ tỉnh Bắc Ninh", THEIRS, "theirs.other"),
    ("Công an tỉnh", COUNTERPART, "counterpart.lead"),
    # vertical bodies
    ("Công an các huyện, thị xã, thành phố", REQUEST, "request.outside"),
    ("Thường trực Huyện ủy", REQUEST, "request.outside"),
]


@pytest.mark.parametrize(("lead", "relevance", "rule"), TO_THE_DISTRICT)
def test_a_superior_names_somebody(lead, relevance, rule):
    assignment = single(duty(lead=[lead]))
    assert (assignment.relevance, assignment.why[0].rule) == (relevance, rule)


TO_THE_COMMUNE = [
    ("UBND xã Tứ Kỳ", MINE),
    ("Chủ tịch UBND các xã, phường, đặc khu", MINE),
    ("UBND các xã, phường", MINE),
    ("UBND cấp xã", MINE),
    ("Các địa phương", MINE),
    ("Trung tâm Phục vụ hành chính công các xã, phường", MINE),
    ("Các thôn, khu dân cư", MINE),
    ("UBND phường Lê Chân", THEIRS),
    ("UBND xã Chí Minh", THEIRS),
    ("UBND các huyện, thị xã, thành phố", THEIRS),
    ("Sở Y tế", COUNTERPART),
    ("Công an các xã, phường", REQUEST),
    ("Đảng ủy xã", REQUEST),
]


@pytest.mark.parametrize(("lead", "relevance"), TO_THE_COMMUNE)
def test_levels_come_from_the_profile(lead, relevance):
    assert single(duty(lead=[lead]), authority=commune(), issuer="UBND thành phố Hải Phòng").relevance is relevance


@pytest.mark.parametrize(
    ("lead", "qualifier"),
    [
        ("Chủ tịch UBND các huyện, thị xã, thành phố ven sông", "ven sông"),
        ("UBND các huyện có nguy cơ sạt lở", "có nguy cơ sạt lở"),
        ("UBND các huyện, thành phố và các chủ đầu tư", ""),
        ("UBND các huyện, thành phố, các doanh nghiệp", ""),
        ("UBND các huyện, thị xã, thành phố liên quan", ""),
    ],
)
def test_a_condition_is_pointed_out(lead, qualifier):
    assignment = single(duty(lead=[lead]))
    assert assignment.relevance is MINE
    assert (Flag.CONDITIONAL in assignment.flags) == bool(qualifier)
    assert qualifier in " ".join(why.text for why in assignment.why)


def test_one_of_several_leads_is_enough():
    assert single(duty(lead=["Sở Nội vụ", "UBND các huyện, thị xã, thành phố"])).relevance is MINE


def test_supporting_by_name_is_ours_to_support():
    assignment = single(duty("Kiểm tra vệ sinh an toàn thực phẩm.", lead=["Cục Quản lý thị trường"], support=["UBND các huyện"]))
    assert (assignment.relevance, assignment.lead, ids(assignment.support)) == (COUNTERPART, None, ["yt"])


def test_without_lead_the_addressees_count():
    item = duty(lead=())
    assert single(item, addressees=["UBND các huyện, thị xã, thành phố"]).relevance is MINE
    assert single(item, addressees=["Các sở, ban, ngành"]).relevance is THEIRS
    assert single(item, addressees=["Các sở: Nội vụ, Y tế"]).relevance is COUNTERPART


def test_without_lead_and_addressees_it_is_ours_but_unsure():
    assignment = single(duty(lead=()), recipients=["UBND các huyện, thị xã, thành phố"])
    assert (assignment.relevance, assignment.why[0].rule) == (MINE, "mine.unsure")
    assert Flag.UNSURE in assignment.flags


def test_a_request_stays_a_request_unless_it_is_to_us():
    assert single(duty(lead=["Ban Thường trực Ủy ban MTTQ tỉnh"], request=True)).relevance is REQUEST
    assert single(duty(lead=["UBND các huyện"], request=True)).relevance is MINE


def test_a_local_body_outside_the_profile_is_pointed_out():
    assert Flag.UNKNOWN_PARTY in single(duty(lead=["Hội Nông dân huyện Tứ Kỳ"])).flags
    assert Flag.UNKNOWN_PARTY not in single(duty(lead=["Hội Nông dân huyện Thanh Hà"])).flags


OWN = [
    ("Phòng Văn hoá và Thông tin huyện", MINE, ["vhtt"]),
    ("Thủ trưởng các cơ quan chuyên môn thuộc UBND huyện", MINE, ["chuyen-mon"]),
    ("Chủ tịch UBND các xã, thị trấn", MINE, ["xa-thi-tran"]),
    ("UBND các xã: Chí Minh, Văn Tố", MINE, ["xa-chi-minh", "xa-van-to"]),
    ("các cơ quan, đơn vị", MINE, ["chuyen-mon"]),
    ("các địa phương", MINE, ["xa-thi-tran"]),
    ("Hiệu trưởng các trường", MINE, []),
    ("Công an huyện", REQUEST, ["ca"]),
    ("các đồng chí Ủy viên Ban Thường vụ Huyện ủy", REQUEST, ["huyen-uy"]),
]


@pytest.mark.parametrize(("lead", "relevance", "units"), OWN)
@pytest.mark.parametrize(("issuer", "parent"), [("UBND huyện Tứ Kỳ", None), ("Phòng Nội vụ", "UBND huyện Tứ Kỳ")])
def test_our_own_dispatch_is_for_our_units(lead, relevance, units, issuer, parent):
    made = plan(duty(lead=[lead]), issuer=issuer, parent=parent)
    (assignment,) = made.assignments
    assert made.own
    assert assignment.relevance is relevance
    assert ids(u for u in (assignment.lead, *assignment.co_leads) if u) == units
    assert (Flag.UNKNOWN_PARTY in assignment.flags) == (not units)


@pytest.mark.parametrize(
    ("issuer", "parent"), [("Phòng Nội vụ", "UBND huyện Thanh Hà"), ("UBND huyện Thanh Hà", None), ("UBND xã Chí Minh", None)]
)
def test_others_dispatches_are_not_our_own(issuer, parent):
    assert not plan(duty(), issuer=issuer, parent=parent).own


def test_an_attachment_without_issuer_is_part_of_the_main_document():
    main = document(addressees=["UBND các huyện, thị xã, thành phố"])
    annex = document(duty(lead=()), issuer=None, role=DocumentRole.ATTACHMENT)
    (assignment,) = make_plan(dispatch(main, annex), district(), TODAY).assignments
    assert (assignment.relevance, assignment.key) == (MINE, "2:1")


def test_an_attachment_of_another_issuer_speaks_to_others():
    main = document(addressees=["UBND các huyện, thị xã, thành phố"])
    notice = document(duty(lead=()), duty(lead=["Các địa phương"], key="2"), issuer="Văn phòng Chính phủ", role=DocumentRole.ATTACHMENT)
    made = make_plan(dispatch(main, notice), district(), TODAY)
    assert [a.relevance for a in made.assignments] == [THEIRS, MINE]


def test_a_heading_with_somebody_named_and_nothing_below_is_not_lost():
    made = plan(duty("Phòng Nội vụ:", kind=DutyKind.GROUP), duty("TỔ CHỨC THỰC HIỆN", lead=(), kind=DutyKind.GROUP, key="2"))
    assert [a.key for a in made.assignments] == ["1"]


def test_every_decision_says_why():
    for lead, _, _ in TO_THE_DISTRICT:
        for why in single(duty(lead=[lead])).why:
            assert why.text.endswith(".")
            assert why.rule.count(".") == 1


def test_listed_places_are_the_members_only():
    mentions = read_party("UBND các xã: Chí Minh, Kim Đính", lexicon_of(district()))
    assert ids(m.unit for m in mentions) == ["xa-chi-minh"]


@pytest.mark.parametrize("name", ["các đơn vị kinh doanh vận tải", "các đơn vị cung cấp dịch vụ viễn thông trên địa bàn"])
def test_firms_are_no_offices_of_ours(name):
    assert read_party(name, lexicon_of(district())) == ()


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("Yêu cầu các cơ quan, đơn vị, UBND các huyện triển khai thực hiện./.", True),
        ("Đề nghị UBND các huyện và các cơ quan, đơn vị tổ chức triển khai thực hiện Chỉ thị này./. 3.", True),
        ("Yêu cầu UBND các huyện xây dựng kế hoạch triển khai thực hiện.", False),
        ("UBND các huyện triển khai thực hiện Đề án 06.", False),
    ],
)
def test_a_call_with_nothing_but_names_is_general(text, called):
    assert is_general_call(duty(text, lead=["UBND các huyện", "các cơ quan, đơn vị"])) is called


@pytest.mark.parametrize("name", ["Các huyện ủy, thị ủy, thành ủy", "Các huyện uỷ", "các huyện đoàn", "các xã đội"])
def test_bodies_of_another_kind_are_no_class_of_ours(name):
    assert [m.quote for m in read_party(name, lexicon_of(district())) if m.kind in {NameKind.CLASS, NameKind.SELF}] == []
