"""Plans built by hand for the drafting tests: a district's implementing dispatch, a commune's transmittal, one full of gaps."""

# ruff: noqa: E501, PLR0917 - sentences of dispatches stay on one line; a factory names its fields in order
from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from extractors.dispatch import Deadline, DeadlineKind, Document, DocumentType, Duty, DutyKind, Party, Reference, Role, Signatory, Urgency
from extractors.evidence import Evidence, Found, Grade, Missing, Reason
from pipeline.authority import Authority
from pipeline.planning.plan import Assignment, Due, Flag, Form, Implemented, Plan, Relevance, Why
from pipeline.profile import load

ROOT = Path(__file__).parents[1]


@lru_cache(maxsize=4)
def authority(name: str, day: date) -> Authority:
    return load(ROOT / "samples" / "profiles" / f"{name}.toml").on(day)


def seen(quote: str, page: int = 1, grade: Grade = Grade.STATED) -> tuple[Evidence, ...]:
    return (Evidence(quote, page, None, None, grade),)


def found(value, quote=None, page=1, grade=Grade.STATED):
    return Found(value, seen(quote or str(value), page, grade))


def duty(
    key, marker, text, lead=(), support=(), inherited=False, deadlines=(), report_to=(), children=(), kind=DutyKind.DUTY, page=1, product=""
):
    return Duty(
        key, marker, text, kind, tuple(Party(n) for n in lead), tuple(Party(n) for n in support), inherited, tuple(deadlines),
        tuple(Party(n) for n in report_to), tuple(children), seen(text, page), product=product,
    )  # fmt: skip


MONTHLY = Deadline(
    "trước ngày 15 hằng tháng",
    DeadlineKind.RECURRING,
    before=True,
    rrule="FREQ=MONTHLY;BYMONTHDAY=15",
    evidence=seen("trước ngày 15 hằng tháng"),
)
DATED = Deadline("trước ngày 20/10/2023", DeadlineKind.DATE, due="2023-10-20", before=True, evidence=seen("trước ngày 20/10/2023", 2))
LATER = Deadline("chậm nhất ngày 30/11/2023", DeadlineKind.DATE, due="2023-11-30", evidence=seen("chậm nhất ngày 30/11/2023", 2))

ALL = "UBND các huyện, thị xã, thành phố"


def district() -> Plan:
    """A provincial dispatch with eight duties for five leads, put into effect by a district."""
    me = authority("huyen-2023", date(2023, 9, 25))
    u = {x.id: x for x in (*me.units, *me.groups)}
    parent = duty("2", "2.", f"{ALL} căn cứ chức năng, nhiệm vụ, quyền hạn:", [ALL], kind=DutyKind.GROUP)
    d1 = duty(
        "2.1",
        "-",
        "Rà soát, đơn giản hóa quy trình nội bộ giải quyết thủ tục hành chính; không để phát sinh hồ sơ, giấy tờ ngoài quy định.",
        [ALL],
        inherited=True,
    )
    d2 = duty(
        "2.2",
        "-",
        "Tiếp tục rà soát, đề xuất phân cấp thẩm quyền giải quyết thủ tục hành chính; báo cáo UBND tỉnh (qua Văn phòng UBND tỉnh) trước ngày 15 hằng tháng.",
        [ALL],
        inherited=True,
        deadlines=[MONTHLY],
        report_to=["UBND tỉnh"],
    )
    d3 = duty(
        "3",
        "3.",
        f"Giao {ALL} chủ trì, phối hợp với Sở Thông tin và Truyền thông bố trí hạ tầng, thiết bị cho Bộ phận Một cửa, hoàn thành trước ngày 20/10/2023.",
        [ALL],
        ["Sở Thông tin và Truyền thông"],
        deadlines=[DATED],
        page=2,
    )
    d4 = duty(
        "4", "4.", f"{ALL} tổ chức bồi dưỡng kỹ năng số cho công chức, viên chức làm việc tại Bộ phận Một cửa các cấp.", [ALL], page=2
    )
    d5 = duty(
        "5",
        "5.",
        "Báo cáo kết quả về Sở Nội vụ chậm nhất ngày 30/11/2023 để tổng hợp.",
        [ALL],
        inherited=True,
        deadlines=[LATER],
        report_to=["Sở Nội vụ"],
        page=2,
    )
    d6 = duty(
        "6",
        "6.",
        "Công an các huyện, thị xã, thành phố phối hợp xác thực thông tin dân cư phục vụ dịch vụ công trực tuyến.",
        ["Công an các huyện, thị xã, thành phố"],
        page=2,
    )
    dept = duty("7", "7.", "Sở Tư pháp chủ trì, theo dõi việc thực hiện chứng thực điện tử.", ["Sở Tư pháp"], page=2)
    due = lambda d, last, internal, rule=None, flags=(): Due(d, last, internal, rule, flags)  # noqa: E731
    police = next(x for x in me.units if x.kind.value == "outside")
    rows = (
        Assignment(parent, Relevance.MINE),
        Assignment(d1, Relevance.MINE, headings=(parent,), lead=u["chuyen-mon"], co_leads=(u["xa-thi-tran"],)),
        Assignment(
            d2,
            Relevance.MINE,
            headings=(parent,),
            lead=u["chuyen-mon"],
            co_leads=(u["xa-thi-tran"],),
            dues=(due(MONTHLY, date(2023, 10, 14), date(2023, 10, 12), "FREQ=MONTHLY;BYMONTHDAY=12"),),
        ),
        Assignment(d3, Relevance.MINE, lead=u["vhtt"], support=(u["tckh"],), dues=(due(DATED, date(2023, 10, 19), date(2023, 10, 16)),)),
        Assignment(d4, Relevance.MINE, lead=u["nv"], support=(u["vhtt"],)),
        Assignment(d5, Relevance.MINE, lead=u["vp"], dues=(due(LATER, date(2023, 11, 30), date(2023, 11, 27)),)),
        Assignment(d6, Relevance.MINE, lead=police),
        Assignment(dept, Relevance.COUNTERPART, support=(u["tp"],), why=(Why("counterpart", "Phòng Tư pháp là đầu mối của Sở Tư pháp."),)),
    )
    source = Document(
        type=found(DocumentType("CV", "Công văn"), "Công văn"),
        reference=found("2710/UBND-VP"),
        number=found("2710"),
        symbol=found("UBND-VP"),
        issuer=found("UBND tỉnh Hải Dương", "ỦY BAN NHÂN DÂN TỈNH HẢI DƯƠNG"),
        date=found(date(2023, 9, 21), "ngày 21 tháng 9 năm 2023"),
        subject=found(
            "Đẩy mạnh cải cách thủ tục hành chính, nâng chất lượng dịch vụ công trực tuyến", "V/v đẩy mạnh cải cách thủ tục hành chính"
        ),
        references=(
            Reference(
                "CT",
                "27/CT-TTg",
                date(2023, 10, 27),
                "Thủ tướng Chính phủ",
                Role.IMPLEMENTS,
                seen("Chỉ thị số 27/CT-TTg ngày 27/10/2023 của Thủ tướng Chính phủ"),
            ),
        ),
        signer=Signatory(),
    )
    signer = me.signers[0]
    return Plan(
        source, me, date(2023, 9, 25), Implemented("Công văn", "2710/UBND-VP", date(2023, 9, 21), "UBND tỉnh Hải Dương", source.subject.value), rows,
        Form.IMPLEMENTING, signer, (*signer.authority_lines, signer.position),
        (u["chuyen-mon"], u["xa-thi-tran"], u["vhtt"], u["nv"], u["vp"], police), ("Như trên", "UBND tỉnh", "VP UBND tỉnh", "TT Huyện ủy, TT HĐND huyện", "Chủ tịch, các PCT UBND huyện", "Cổng TTĐT huyện"),
        "VT, VP", "UBND-VP",
    )  # fmt: skip


def commune() -> Plan:
    """A department's request with one duty, passed on by a commune in the short form."""
    me = authority("xa-2026", date(2026, 3, 10))
    u = {x.id: x for x in (*me.units, *me.groups)}
    deadline = Deadline("trước ngày 25/3/2026", DeadlineKind.DATE, due="2026-03-25", before=True, evidence=seen("trước ngày 25/3/2026"))
    d1 = duty(
        "1",
        "",
        "Đề nghị UBND các xã, phường, đặc khu rà soát, lập danh sách hộ kinh doanh vận tải trên địa bàn, gửi về Sở Xây dựng trước ngày 25/3/2026.",
        ["UBND các xã, phường, đặc khu"],
        deadlines=[deadline],
        report_to=["Sở Xây dựng"],
    )
    source = Document(
        type=found(DocumentType("CV", "Công văn"), "Công văn"), reference=found("815/SXD-VT"), number=found("815"), issuer=found("Sở Xây dựng"),
        date=found(date(2026, 3, 9)), subject=found("rà soát hộ kinh doanh vận tải"), urgency=Urgency.KHAN,
    )  # fmt: skip
    signer = me.signers[-1]
    row = Assignment(d1, Relevance.MINE, lead=u["kt"], support=(u["vp"],), dues=(Due(deadline, date(2026, 3, 24), date(2026, 3, 20)),))
    return Plan(
        source, me, date(2026, 3, 10), Implemented("Công văn", "815/SXD-VT", date(2026, 3, 9), "Sở Xây dựng", "rà soát hộ kinh doanh vận tải"), (row,),
        Form.TRANSMITTAL, signer, (*signer.authority_lines, signer.position), (u["kt"],), ("Như trên", "Sở Xây dựng (để b/c)", "CT, các PCT UBND xã"), "VT, KT", "UBND-KT",
    )  # fmt: skip


def gaps() -> Plan:
    """A plan of a draft copy: no number, no day, an unassigned duty, a deadline that is over, a weak date, nobody to sign."""
    plan = district()
    rows = plan.assignments
    d9 = duty("9", "9.", "Trong tháng 9/2023, thống kê & công khai các hồ sơ chậm muộn <trên 30 ngày>.", inherited=True, page=3)
    past = Deadline("trước ngày 10/9/2023", DeadlineKind.DATE, due="2023-09-10", before=True, evidence=seen("trước ngày 10/9/2023", 3))
    lost = Assignment(
        d9,
        Relevance.MINE,
        candidates=(rows[3].lead, rows[4].lead),
        dues=(Due(past, date(2023, 9, 9), None, None, (Flag.PAST,)),),
        flags=(Flag.UNASSIGNED,),
        why=(Why("score", "Không đơn vị nào vượt điểm."),),
    )
    twice = replace(rows[4], flags=(Flag.SEVERAL_LEADS,))
    source = replace(
        plan.source,
        reference=Missing(Reason.BLANK),
        number=Missing(Reason.BLANK, ("2710",)),
        date=Missing(Reason.BLANK),
        issuer=found("UBND tỉnh Hải Dương", "đã ký lên văn bản này", 3, Grade.INFERRED),
    )
    known = Implemented("Công văn", None, None, "UBND tỉnh Hải Dương", plan.implements.subject)
    return replace(
        plan,
        source=source,
        implements=known,
        assignments=(rows[3], twice, lost),
        signer=None,
        authority_lines=(),
        addressees=(rows[3].lead, rows[4].lead),
    )
