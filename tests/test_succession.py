"""What a document does to earlier ones: its own act is told, what others did or should do is not."""

from datetime import date

import pytest
from test_references import block

from extractors.dispatch import Succession, SuccessionKind
from extractors.fields.succession import collect

ISSUER = "UBND tỉnh Hải Hà"
ISSUED = date(2026, 3, 9)
CV = ("4120/UBND-NC", date(2026, 2, 5))


def told(titles=(), body=()):
    found = collect([block(text) for text in titles], [block(text) for text in body], ISSUER, ISSUED)
    return [(one.kind.value, one.reference, one.date) for one in found]


@pytest.mark.parametrize(
    ("subject", "kind"),
    [
        ("V/v thu hồi Công văn số 4120/UBND-NC ngày 05/02/2026 của UBND tỉnh", "recalls"),
        ("V/v hủy bỏ Công văn số 4120/UBND-NC ngày 05/02/2026", "recalls"),
        ("V/v thay thế Công văn số 4120/UBND-NC ngày 05/02/2026", "replaces"),
        ("V/v đính chính Công văn số 4120/UBND-NC ngày 05/02/2026 của UBND tỉnh", "corrects"),
        ("V/v đính chính nội dung tại Công văn số 4120/UBND-NC ngày 05/02/2026", "corrects"),
        ("V/v bổ sung Công văn số 4120/UBND-NC ngày 05/02/2026", "supplements"),
        ("V/v điều chỉnh thời hạn tại Công văn số 4120/UBND-NC ngày 05/02/2026", "supplements"),
        ("thay thế Công văn số 4120/UBND-NC ngày 05/02/2026", "replaces"),
        ("V/v thay thế Phụ lục kèm theo Công văn số 4120/UBND-NC ngày 05/02/2026", "supplements"),
    ],
)
def test_a_subject_tells_it(subject, kind):
    assert told([subject]) == [(kind, *CV)]


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Công văn này thay thế Công văn số 4120/UBND-NC ngày 05/02/2026 của UBND tỉnh.", "replaces"),
        ("Kế hoạch này thay thế cho Công văn số 4120/UBND-NC ngày 05/02/2026.", "replaces"),
        ("Quyết định này có hiệu lực kể từ ngày ký và thay thế Quyết định số 4120/UBND-NC ngày 05/02/2026.", "replaces"),
        ("Điều 2. Bãi bỏ Quyết định số 4120/UBND-NC ngày 05/02/2026 của UBND tỉnh.", "recalls"),
        ("Điều 2. Quyết định này thay thế Quyết định số 4120/UBND-NC ngày 05/02/2026.", "replaces"),
        ("UBND tỉnh thông báo thu hồi Công văn số 4120/UBND-NC ngày 05/02/2026 về việc kiểm tra.", "recalls"),
        ("Ủy ban nhân dân tỉnh đính chính Công văn số 4120/UBND-NC ngày 05/02/2026 như sau:", "corrects"),
        ("Do sơ suất trong soạn thảo. UBND tỉnh đính chính số liệu tại Công văn số 4120/UBND-NC ngày 05/02/2026.", "corrects"),
    ],
)
def test_a_sentence_of_its_own_tells_it(sentence, kind):
    assert told(body=[sentence]) == [(kind, *CV)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Căn cứ Công văn số 4120/UBND-NC ngày 05/02/2026 thay thế Công văn số 12/UBND-NC ngày 03/01/2026;",
        "Căn cứ Quyết định sửa đổi, bổ sung Quyết định số 4120/UBND-NC ngày 05/02/2026;",
        "Công văn số 4120/UBND-NC ngày 05/02/2026 đã được thay thế.",
        "Giao Sở Nội vụ thu hồi Quyết định số 4120/UBND-NC ngày 05/02/2026.",
        "Thu hồi Quyết định số 4120/UBND-NC ngày 05/02/2026.",
        "Yêu cầu các đơn vị bổ sung báo cáo theo Công văn số 4120/UBND-NC ngày 05/02/2026.",
        "UBND tỉnh đề nghị bãi bỏ Quyết định số 4120/UBND-NC ngày 05/02/2026.",
        "Công văn này sẽ được thay thế khi có Công văn số 4120/UBND-NC ngày 05/02/2026.",
        "Sở Nội vụ bổ sung Công văn số 4120/UBND-NC ngày 05/02/2026 vào hồ sơ.",
        "Bổ sung kinh phí thực hiện Kế hoạch số 4120/UBND-NC ngày 05/02/2026.",
    ],
)
def test_what_others_did_or_should_do_is_no_act_of_its_own(sentence):
    assert told(body=[sentence]) == []


@pytest.mark.parametrize(
    "subject",
    [
        "V/v thực hiện Công văn số 4120/UBND-NC ngày 05/02/2026",
        "V/v thu hồi đất theo Quyết định số 4120/UBND-NC ngày 05/02/2026",
        "V/v bổ sung nhân lực thực hiện Kế hoạch số 4120/UBND-NC ngày 05/02/2026",
        "V/v góp ý dự thảo sửa đổi Quyết định số 4120/UBND-NC ngày 05/02/2026",
        "V/v thu hồi giấy phép",
    ],
)
def test_a_subject_that_only_uses_the_word(subject):
    assert told([subject]) == []


def test_a_list_is_told_whole_and_each_document_once():
    assert told(
        ["V/v thu hồi Công văn số 4120/UBND-NC và Công văn số 4121/UBND-NC"],
        ["UBND tỉnh thu hồi Công văn số 4120/UBND-NC ngày 05/02/2026 và Công văn số 4121/UBND-NC ngày 06/02/2026."],
    ) == [("recalls", *CV), ("recalls", "4121/UBND-NC", date(2026, 2, 6))]


def test_the_issuer_that_the_citation_states_is_kept():
    (one,) = collect([block("V/v thay thế Công văn số 88/SNV-TCBC ngày 05/02/2026 của Sở Nội vụ")], [], ISSUER, ISSUED)
    assert one == Succession(SuccessionKind.REPLACES, "88/SNV-TCBC", date(2026, 2, 5), "Sở Nội vụ")
