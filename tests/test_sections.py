"""Every class of headings accepts its examples and rejects its near misses."""

import pytest

from extractors.fields.sections import Mode, mode_of, sections
from extractors.text import fold


@pytest.mark.parametrize("section", sections(), ids=lambda s: s.id)
def test_rows_test_themselves(section):
    assert section.matches
    assert section.rejects
    for heading in section.matches:
        assert section.fits(fold(heading)), heading
    for heading in section.rejects:
        assert not section.fits(fold(heading)) or mode_of(heading) != section.mode, heading


@pytest.mark.parametrize(
    ("heading", "mode"),
    [
        ("I. MỤC ĐÍCH, YÊU CẦU"[3:], Mode.NONE),
        ("Yêu cầu các sở, ban, ngành:", None),
        ("Về nhiệm vụ thời gian tới", Mode.ALL),
        ("VỀ TÌNH HÌNH THỰC HIỆN", Mode.ORDERS),
        ("Sở Nội vụ", None),
    ],
)
def test_a_heading_decides(heading, mode):
    assert mode_of(heading) is mode
