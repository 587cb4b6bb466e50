"""A duty told of our own unit: whose words fall away, what stays, what a person must look at."""

# ruff: noqa: E501 - a row of a table and a sentence of a dispatch stay on one line
from __future__ import annotations

from datetime import date

import pytest
from drafting_plans import duty
from hypothesis import given
from hypothesis import strategies as st

from extractors.dispatch import Deadline, DeadlineKind, DutyKind
from pipeline.drafting.context import issuer_lines
from pipeline.drafting.due_words import due_words, unsaid_dues
from pipeline.drafting.filters import abbreviated, blank_date, listed, lower_first, recurrence, sentence, short_date
from pipeline.drafting.wording import Cut, act, heading, small_subject
from pipeline.planning.plan import Assignment, Due, Relevance

ALL = "UBND các quận, huyện"
STRANGERS = ("ủy ban nhân dân tỉnh a", "ubnd tỉnh")
ACTS = [
    # the subject stands first: it goes, and what followed it follows our unit
    ([ALL], "UBND các quận, huyện chủ trì, phối hợp với Sở A rà soát hồ sơ.", Cut.TAKEN, "chủ trì, phối hợp với Sở A rà soát hồ sơ"),
    ([ALL], "Giao UBND các quận, huyện thống kê số liệu./.", Cut.TAKEN, "thống kê số liệu"),
    ([ALL], "Kính đề nghị UBND các quận, huyện phối hợp;", Cut.TAKEN, "phối hợp"),
    ([ALL], "UBND tỉnh giao UBND các quận, huyện lập danh sách.", Cut.TAKEN, "lập danh sách"),
    ([ALL], "UBND các quận, huyện có trách nhiệm công khai kết quả.", Cut.TAKEN, "công khai kết quả"),
    # accountability is an act, not a mere bridge
    ([ALL], "UBND các quận, huyện chịu trách nhiệm trước UBND tỉnh về số liệu.", Cut.TAKEN, "chịu trách nhiệm trước UBND tỉnh về số liệu"),
    (["Sở A", ALL], "Các Sở A, UBND các quận, huyện và đơn vị báo cáo.", Cut.TAKEN, "và đơn vị báo cáo"),
    ([ALL], "UBND các quận, huyện: Bố trí kinh phí.", Cut.TOPIC, "Bố trí kinh phí"),
    (["Sở A"], "Sở A (cơ quan thường trực): Tổng hợp kết quả.", Cut.TOPIC, "Tổng hợp kết quả"),
    # a bracket with figures is never dropped
    (["Sở A"], "Sở A (đầu mối theo Quyết định 12): Tổng hợp.", Cut.TAKEN, "(đầu mối theo Quyết định 12): Tổng hợp"),
    # the subject stands within the sentence: our unit takes its place
    ([ALL], "Nếu có vướng mắc, đề nghị UBND các quận, huyện phản ánh về Sở A.", Cut.SWAPPED, "Nếu có vướng mắc, đề nghị Phòng X phản ánh về Sở A"),
    # … but not where somebody else gives the order, nor without a unit, nor where other words stand between the names
    ([ALL], "Theo đề nghị của Sở A, UBND tỉnh giao UBND các quận, huyện báo cáo.", Cut.KEPT, "Theo đề nghị của Sở A, UBND tỉnh giao UBND các quận, huyện báo cáo"),
    (["Sở A", ALL], "Khi có lệnh, Sở A thông báo để UBND các quận, huyện sơ tán dân.", Cut.KEPT, "Khi có lệnh, Sở A thông báo để UBND các quận, huyện sơ tán dân"),
    # a table's row names its lead in another cell
    ([ALL], "Số hóa hồ sơ còn hiệu lực", Cut.NONE, "Số hóa hồ sơ còn hiệu lực"),
    # the effect of the document itself is no act of a unit
    (["Giám đốc Sở A"], "Quyết định này có hiệu lực kể từ ngày ký và thay thế Quyết định số 12/2020/QĐ-UBND. Giám đốc Sở A rà soát hồ sơ.", Cut.TAKEN, "rà soát hồ sơ"),
    ([ALL], "UBND các quận, huyện rà soát hồ sơ. Quyết định này có hiệu lực thi hành từ ngày 01/01/2025.", Cut.TAKEN, "rà soát hồ sơ"),
    ([ALL], "UBND các quận, huyện báo cáo sau khi Quyết định này có hiệu lực.", Cut.TAKEN, "báo cáo sau khi Quyết định nêu trên có hiệu lực"),
    # the source speaks of itself
    ([ALL], "UBND các quận, huyện nghiêm túc thực hiện Công điện này./.", Cut.TAKEN, "nghiêm túc thực hiện Công điện nêu trên"),
]  # fmt: skip


@pytest.mark.parametrize(("lead", "text", "cut", "told"), ACTS)
def test_act(lead: list[str], text: str, cut: Cut, told: str) -> None:
    done = act(duty("1", "1.", text, lead), text, STRANGERS, "Phòng X")
    assert (done.cut, done.text) == (cut, told)


def test_an_inherited_duty_has_no_subject_to_lose() -> None:
    text = "Đề nghị cấp có thẩm quyền khen thưởng UBND các quận, huyện."
    assert act(duty("1", "-", text, [ALL], inherited=True), text, STRANGERS, "Phòng X").text == text.rstrip(".")


def test_nobody_assigned_leaves_the_sentence() -> None:
    text = "Nếu có vướng mắc, đề nghị UBND các quận, huyện phản ánh."
    assert act(duty("1", "1.", text, [ALL]), text, STRANGERS).cut is Cut.KEPT


@given(st.text(max_size=80), st.text(max_size=80))
def test_no_figure_is_lost_whatever_the_text(before: str, after: str) -> None:
    text = f"{before} 12/2025 UBND các quận, huyện {after} 34"
    done = act(duty("1", "1.", text, [ALL]), text, STRANGERS, "Phòng X").text
    assert "12/2025" in done
    assert "34" in done


@pytest.mark.parametrize(
    ("text", "lead", "told"),
    [
        ("UBND các quận, huyện căn cứ chức năng, nhiệm vụ:", [ALL], "căn cứ chức năng, nhiệm vụ"),
        ("Giao UBND các quận, huyện:", [ALL], ""),
        ("II. NHIỆM VỤ CỤ THỂ", [], ""),
        ("Về chuyển đổi số:", [], "Về chuyển đổi số"),
        # a heading that only says that orders follow
        ("Tổ chức thực hiện:", [], ""),
        ("Yêu cầu đối với các địa phương:", [], ""),
        ("Sở A kiểm tra rồi giao UBND các quận, huyện:", [ALL], ""),
    ],
)
def test_heading(text: str, lead: list[str], told: str) -> None:
    assert heading(duty("1", "1.", text, lead, kind=DutyKind.GROUP), STRANGERS) == told


@pytest.mark.parametrize(
    ("subject", "told"),
    [
        ("Tăng cường quản lý đất đai", "tăng cường quản lý đất đai"),
        ("Phòng, chống thiên tai", "phòng, chống thiên tai"),
        ("Phòng Nội vụ báo cáo", "Phòng Nội vụ báo cáo"),
        ("Quy chế làm việc", "Quy chế làm việc"),
        ("Số hóa hồ sơ, kết quả giải quyết thủ tục", "số hóa hồ sơ, kết quả giải quyết thủ tục"),
        ("Kết luận của Phó Chủ tịch UBND tỉnh", "Kết luận của Phó Chủ tịch UBND tỉnh"),
        ("UBND tỉnh giao chỉ tiêu", "UBND tỉnh giao chỉ tiêu"),
    ],
)
def test_subject_after_ve_viec(subject: str, told: str) -> None:
    assert small_subject(subject) == told


@pytest.mark.parametrize(
    ("day", "told"), [(date(2024, 1, 5), "05/01/2024"), (date(2023, 9, 19), "19/9/2023"), (date(2024, 12, 1), "01/12/2024")]
)
def test_days_and_months_are_padded_as_the_decree_says(day: date, told: str) -> None:
    assert short_date(day) == told


def test_the_day_stays_blank() -> None:
    assert blank_date(date(2024, 2, 9)).split() == ["ngày", "tháng", "02", "năm", "2024"]


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("FREQ=MONTHLY;BYMONTHDAY=12", "ngày 12 hằng tháng"),
        ("FREQ=MONTHLY;BYMONTHDAY=5", "ngày 05 hằng tháng"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "ngày cuối cùng hằng tháng"),
        ("FREQ=WEEKLY;BYDAY=FR;BYHOUR=10;BYMINUTE=0;BYSECOND=0", "thứ Sáu hằng tuần"),
        ("FREQ=WEEKLY;BYDAY=SU", "Chủ nhật hằng tuần"),
        ("FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=10", "ngày 10 tháng cuối quý"),
        ("FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=1", "ngày 01 các tháng 6, 12 hằng năm"),
        ("FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=20", "ngày 20 tháng 11 hằng năm"),
        ("FREQ=DAILY", "hằng ngày"),
        # no short wording: said as so many working days before
        ("FREQ=YEARLY;BYMONTH=3,6,9,12", ""),
        ("FREQ=MONTHLY", ""),
        ("FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=3", ""),
        ("FREQ=WEEKLY;BYDAY=MO,TH", ""),
    ],
)
def test_recurrence(rule: str, told: str) -> None:
    assert recurrence(rule) == told


def test_small_words() -> None:
    assert [sentence(text) for text in ("a./.", "a;", "a.", "a")] == ["a."] * 4
    assert [lower_first(text) for text in ("Rà soát", "UBND xã", "Ở", "")] == ["rà soát", "UBND xã", "ở", ""]
    assert [listed(names) for names in (("A",), ("A", "B"), ("A và C", "B"), ("A, C", "B"))] == ["A", "A và B", "A và C, B", "A, C; B"]


@pytest.mark.parametrize(
    ("name", "level", "lines"),
    [
        ("Ủy ban nhân dân huyện Tứ Kỳ", "huyện", ("ỦY BAN NHÂN DÂN", "HUYỆN TỨ KỲ")),
        ("Ủy ban nhân dân thành phố Buôn Ma Thuột", "thành phố", ("ỦY BAN NHÂN DÂN", "THÀNH PHỐ BUÔN MA THUỘT")),
        ("Sở Nội vụ", "sở", ("SỞ NỘI VỤ",)),
    ],
)
def test_the_letterhead_breaks_before_the_level(name: str, level: str, lines: tuple[str, ...]) -> None:
    assert issuer_lines(name, level) == lines


@pytest.mark.parametrize(
    ("printed", "kind", "told"),
    [
        ("Trước ngày 30/4/2025", DeadlineKind.DATE, "hoàn thành trước ngày 30/4/2025"),
        ("31/10/2023", DeadlineKind.DATE, "xong ngày 31/10/2023"),
        ("Ngày 31/10/2023", DeadlineKind.DATE, "xong ngày 31/10/2023"),
        ("Quý II/2025", DeadlineKind.PERIOD, "hoàn thành trong quý II/2025"),
        ("6/2025", DeadlineKind.PERIOD, "hoàn thành trong tháng 6/2025"),
        ("2025", DeadlineKind.PERIOD, "hoàn thành trong năm 2025"),
        ("Trong tháng 6/2025", DeadlineKind.PERIOD, "hoàn thành trong tháng 6/2025"),
        ("Hoàn thành trong quý I", DeadlineKind.PERIOD, "hoàn thành trong quý I"),
        ("10 ngày kể từ ngày ban hành", DeadlineKind.RELATIVE, "hoàn thành trong 10 ngày kể từ ngày ban hành"),
        ("Thường xuyên", DeadlineKind.STANDING, "thực hiện thường xuyên"),
        ("Trước ngày 25 hằng tháng", DeadlineKind.RECURRING, "thực hiện trước ngày 25 hằng tháng"),
        ("Theo tiến độ", DeadlineKind.UNRESOLVED, "thời hạn: theo tiến độ"),
    ],
)
def test_the_deadline_of_a_table_row(printed: str, kind: DeadlineKind, told: str) -> None:
    deadline = Deadline(printed, kind)
    assert due_words(deadline) == told
    held = Assignment(duty("1", "1", f"Rà soát, {printed.lower()}."), Relevance.MINE, dues=(Due(deadline),))
    assert unsaid_dues(held, held.duty.text) == ""
    assert unsaid_dues(held, "Rà soát 131/10/20235.") == told


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Chủ tịch Ủy ban nhân dân thành phố Hải Phòng", "Chủ tịch UBND thành phố Hải Phòng"),
        ("Uỷ ban nhân dân tỉnh", "UBND tỉnh"),
        ("Hội đồng nhân dân tỉnh", "HĐND tỉnh"),
        ("Sở Nội vụ", "Sở Nội vụ"),
    ],
)
def test_the_subject_abbreviates_the_issuer(name: str, told: str) -> None:
    assert abbreviated(name) == told
