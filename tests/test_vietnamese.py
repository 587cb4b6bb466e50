"""The door to spaCy and underthesea: names found whole, words kept whole, nothing imported before it is needed."""

import subprocess
import sys
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.vietnamese import NameIndex, segment, short_title

NAMES = {
    "Văn phòng HĐND và UBND": "vp",
    "Văn phòng": "vp-short",
    "VP HĐND&UBND": "vp",
    "Phòng Tài chính - Kế hoạch": "tckh",
    "Phòng Kinh tế": "kt",
    "Phòng Kinh tế, Hạ tầng và Đô thị": "kthtdt",
    "Phòng Văn hóa - Xã hội": "vhxh",
    "Ủy ban nhân dân xã": "ubnd",
}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Giao Văn phòng HĐND và UBND huyện theo dõi.", [("Văn phòng HĐND và UBND", "vp")]),
        ("Giao Văn phòng HĐND & UBND huyện theo dõi.", [("Văn phòng HĐND & UBND", "vp")]),
        ("VP HĐND và UBND tổng hợp", [("VP HĐND và UBND", "vp")]),
        ("phòng tài chính – kế hoạch thẩm định", [("phòng tài chính – kế hoạch", "tckh")]),
        ("Phòng Kinh tế, Hạ tầng và Đô thị và Phòng Kinh tế", [("Phòng Kinh tế, Hạ tầng và Đô thị", "kthtdt"), ("Phòng Kinh tế", "kt")]),
        ("Phòng Văn hoá - Xã hội phối hợp", [("Phòng Văn hoá - Xã hội", "vhxh")]),
        ("UỶ BAN NHÂN DÂN XÃ", [("UỶ BAN NHÂN DÂN XÃ", "ubnd")]),
        ("Văn phòng phẩm", [("Văn phòng", "vp-short")]),
    ],
)
def test_known_names_are_found_longest_first(text, found):
    assert [(text[a:b], name) for a, b, name in NameIndex(NAMES).find(text)] == found


@pytest.mark.parametrize("text", ["", "   ", "Phòng Kinhtế", "Văn  hóa", "phòng học"])
def test_near_misses_are_no_names(text):
    assert NameIndex(NAMES).find(text) == ()


def test_an_empty_index_finds_nothing():
    assert NameIndex({}).find("Phòng Kinh tế") == ()
    assert NameIndex({" ": "x"}).find("Phòng Kinh tế") == ()


@given(st.text(alphabet="aăâPphòngKinhté, &-\n", max_size=80))
@settings(max_examples=60, deadline=None)
def test_places_are_places_of_the_text(text):
    text = unicodedata.normalize("NFC", text)
    spans = NameIndex(NAMES).find(text)
    assert all(0 <= a < b <= len(text) for a, b, _ in spans)
    assert all(spans[i][1] <= spans[i + 1][0] for i in range(len(spans) - 1))


def test_words_are_whole_and_as_printed():
    words = segment("Rà soát thủ tục hành chính theo Công văn số 3494/UBND-VP")
    assert words[:2] == ("Rà soát", "thủ tục")
    assert "".join(words).replace(" ", "") == "Ràsoátthủtụchànhchínhtheo" + "Côngvănsố3494/UBND-VP"
    assert segment("  ") == ()


@pytest.mark.parametrize(
    ("text", "words", "title"),
    [
        ("Rà soát hồ sơ; báo cáo kết quả.", 12, "Rà soát hồ sơ"),
        ("Trồng cây đầu năm.", 12, "Trồng cây đầu năm"),
        ("Tham mưu ban hành kế hoạch tuyên truyền bầu cử", 6, "Tham mưu ban hành kế hoạch…"),
        ("Tham mưu ban hành kế hoạch tuyên truyền bầu cử", 7, "Tham mưu ban hành kế hoạch…"),
        ("", 5, ""),
    ],
)
def test_titles_end_with_a_clause_or_a_whole_word(text, words, title):
    assert short_title(text, words) == title


SYLLABLES = ["rà", "soát", "thủ", "tục", "hành", "chính", "báo", "cáo", ",", "2026"]


@given(st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=40), st.integers(3, 15))
@settings(max_examples=40, deadline=None)
def test_titles_fit_and_begin_like_the_text(parts, words):
    text = " ".join(parts)
    title = short_title(text, words)
    assert len(title.split()) <= words
    assert text.strip(" ,").startswith(title.rstrip("…"))


def test_importing_the_door_imports_no_library():
    code = "import sys, extractors.vietnamese; sys.exit(any(n in sys.modules for n in ('spacy', 'underthesea')))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603 - our own interpreter and code
