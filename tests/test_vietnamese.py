"""The door to spaCy and underthesea: known names, words, short titles; and the agencies that are gone."""

import subprocess
import sys
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.agencies import agencies, find_agencies, gone, heir
from extractors.text import nfc, squeeze
from extractors.vietnamese import NameIndex, segment, short_title
from pipeline.drafting.blocks import Draft, Paragraph, Span
from pipeline.drafting.old_names import old_names

INDEX = NameIndex(
    [
        ("van-phong", "Văn phòng"),
        ("vp-hdnd", "Văn phòng HĐND và UBND"),
        ("ubnd", "UBND"),
        ("vhxh", "Phòng Văn hóa - Xã hội"),
        ("y-te", "Sở Y tế"),
    ]
)


@pytest.mark.parametrize(
    "text, ids",
    [
        ("Giao Văn phòng HĐND và UBND xã", ["vp-hdnd"]),
        ("Giao Văn phòng, UBND xã", ["van-phong", "ubnd"]),
        ("PHÒNG VĂN HOÁ – XÃ HỘI", ["vhxh"]),
        ("phòng văn hóa - xã hội và sở y tế", ["vhxh", "y-te"]),
        ("Sở Y tế, Sở Y tế", ["y-te", "y-te"]),
        ("Sở Yết Kiêu", []),
        ("", []),
    ],
)
def test_the_longest_known_name_is_found(text, ids):
    assert [hit.id for hit in INDEX.find(text)] == ids


@given(st.lists(st.sampled_from(["Văn", "phòng", "HĐND", "và", "UBND", "Sở", "Y", "tế", ",", "-", "xã"]), max_size=30).map(" ".join))
def test_hits_stand_in_the_text_in_order_and_do_not_overlap(text):
    end = 0
    for hit in INDEX.find(text):
        assert end <= hit.start < hit.end <= len(text)
        end = hit.end


@pytest.mark.parametrize("word", ["hồ sơ", "hoàn thiện", "kế hoạch"])
def test_a_word_of_two_syllables_is_one(word):
    assert word in segment("Rà soát, hoàn thiện hồ sơ, xây dựng kế hoạch")


LONG = "Rà soát, hoàn thiện hồ sơ đề nghị công nhận xã đạt chuẩn nông thôn mới của các thôn trên địa bàn xã trước ngày 30/9/2026"


@pytest.mark.parametrize(
    "text, words, title",
    [
        ("Rà soát hồ sơ", 12, "Rà soát hồ sơ"),
        ("  Rà soát   hồ sơ ", 12, "Rà soát hồ sơ"),
        ("", 12, ""),
        (LONG, 4, "Rà soát, hoàn thiện hồ sơ đề nghị…"),
        ("Báo cáo kết quả về Ủy ban nhân dân xã", 3, "Báo cáo kết quả…"),
        ("Tổng hợp danh sách của các thôn, xóm", 4, "Tổng hợp danh sách…"),
    ],
)
def test_short_title(text, words, title):
    assert short_title(text, words) == title


@settings(max_examples=60)
@given(st.text(max_size=120), st.integers(1, 8))
def test_a_title_is_a_beginning_of_its_text(text, words):
    title = short_title(text, words)
    whole = squeeze(nfc(text))
    assert title == whole or whole.startswith(title.removesuffix("…"))


def test_a_title_of_a_very_long_text_looks_only_at_its_beginning():
    assert short_title("rà soát hồ sơ " * 10_000, 4) == "rà soát hồ sơ rà soát hồ sơ…"


def test_the_libraries_are_not_loaded_by_the_module():
    modules = "extractors.vietnamese, extractors.agencies, extractors.reading"
    code = f"import sys, {modules}; print(any(n in sys.modules for n in ('spacy', 'underthesea')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 - our own interpreter and code
    assert done.stdout.strip() == "False"


@pytest.mark.parametrize(
    "text, day, names",
    [
        ("Giao Phòng Tài nguyên và Môi trường rà soát", date(2025, 3, 1), ["Phòng Tài nguyên và Môi trường"]),
        ("Giao Phòng Tài nguyên và Môi trường rà soát", date(2025, 2, 28), []),
        ("Sở TN&MT, Sở Nông nghiệp và Môi trường", date(2026, 1, 5), ["Sở TN&MT"]),
        ("Huyện uỷ và UBND huyện Tứ Kỳ", date(2025, 7, 1), ["Huyện uỷ", "UBND huyện"]),
        ("Huyện uỷ và UBND huyện Tứ Kỳ", date(2025, 6, 30), []),
        ("Phòng Kinh tế, Hạ tầng và Đô thị; Phòng Văn hóa - Xã hội", date(2026, 1, 5), []),
        ("Phòng Kinh tế và Hạ tầng", date(2026, 1, 5), ["Phòng Kinh tế và Hạ tầng"]),
        ("Bộ Tài chính, Sở Tài chính", date(2026, 1, 5), []),
    ],
)
def test_bodies_that_no_longer_exist(text, day, names):
    assert [text[hit.start : hit.end] for hit, _ in gone(text, day)] == names


@pytest.mark.parametrize(
    "id, day, name",
    [
        ("phong-tnmt", date(2025, 4, 1), "Phòng Nông nghiệp và Môi trường"),
        ("phong-tnmt", date(2025, 8, 1), "Phòng Kinh tế"),
        ("so-gtvt", date(2025, 8, 1), "Sở Xây dựng"),
        ("thanh-tra-huyen", date(2025, 8, 1), None),
    ],
)
def test_who_took_over(id, day, name):
    assert heir(agencies()[id], day) == name


def test_a_successor_goes_on_to_exist():
    for agency in agencies().values():
        assert heir(agency, date(2026, 1, 1)) != agency.name


def test_each_agency_is_found_by_each_of_its_names():
    for agency in agencies().values():
        for name in (agency.name, *agency.aliases):
            hits = find_agencies(name)
            assert [(hit.id, hit.start, hit.end) for hit in hits] == [(agency.id, 0, len(name))]
        assert agency.since is None or agency.until is None or agency.since < agency.until


def draft(*texts):
    return Draft("trien-khai", "", "", date(2025, 8, 1), tuple(Paragraph("body", (Span(text),)) for text in texts))


def test_a_draft_with_an_old_name_is_remarked_on_once():
    found = old_names(draft("Giao Phòng TN&MT rà soát.", "Phòng TN&MT báo cáo.", "Giao Phòng Kinh tế."), date(2025, 8, 1))
    assert [problem.code for problem in found] == ["W313"]
    assert found[0].message.endswith("28/02/2025. Cơ quan kế tục: Phòng Kinh tế.")
    assert old_names(draft("Giao Phòng TN&MT rà soát."), date(2024, 8, 1)) == ()


def test_an_old_name_in_a_duty_is_remarked_on_and_in_the_citation_it_is_not():
    words = Span("phối hợp với Sở Kế hoạch và Đầu tư", quoted=True, duty="1")
    made = Draft("trien-khai", "", "", date(2025, 8, 1), (Paragraph("opening", (words,)), Paragraph("dash", (words,))))
    assert [problem.code for problem in old_names(made, date(2025, 8, 1))] == ["W313"]
    assert old_names(replace(made, parts=made.parts[:1]), date(2025, 8, 1)) == ()
