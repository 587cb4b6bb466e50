"""Where a name begins and ends, alone and in lists; the word lists that decide it."""

import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.fields.assignment_roles import is_political
from extractors.fields.party_heads import act_at, head_at
from extractors.fields.party_lexicon import lexicon
from extractors.fields.party_lists import names_from, split_parties
from extractors.fields.party_tokens import Phrases, Words
from extractors.text import fold

FOLDER = files("extractors.data")
GRAMMAR = tomllib.loads((FOLDER / "party_grammar.toml").read_text("utf-8"))
ACTS = tomllib.loads((FOLDER / "acts.toml").read_text("utf-8"))
AGENCIES = tomllib.loads((FOLDER / "agencies.toml").read_text("utf-8"))
ROWS = [pytest.param(row, id=row["id"]) for kind in ("field", "body") for row in AGENCIES[kind]]


def read(text, *, loose=False):
    found, end = names_from(Words(text), 0, loose=loose)
    return [mention.name for mention in found], end


@pytest.mark.parametrize(
    "text, name",
    [
        ("Sở Văn hóa, Thể thao và Du lịch rà soát", "Sở Văn hóa, Thể thao và Du lịch"),
        ("Văn phòng HĐND và UBND xã đôn đốc", "Văn phòng HĐND và UBND xã"),
        ("Phòng Khảo thí gửi đề", "Phòng Khảo thí"),
        ("UBND xã Bình Minh gia cố đê", "UBND xã Bình Minh"),
        ("Ban Chỉ đạo phòng, chống dịch bệnh động vật tỉnh họp", "Ban Chỉ đạo phòng, chống dịch bệnh động vật tỉnh"),
        ("Ban Chỉ đạo khẩn trương kiện toàn tổ giúp việc của tỉnh", "Ban Chỉ đạo"),
        ("Viện Vệ sinh dịch tễ Trung ương lấy mẫu", "Viện Vệ sinh dịch tễ Trung ương"),
        ("các sở, ban, ngành liên quan báo cáo", "các sở, ban, ngành liên quan"),
        ("các đơn vị tư vấn thiết kế lập hồ sơ", "các đơn vị tư vấn thiết kế"),
        ("các trường xây dựng kế hoạch", "các trường"),
        ("Tòa án nhân dân khu vực 6 xét xử", "Tòa án nhân dân khu vực 6"),
        ("Giám đốc, Thủ trưởng các sở chỉ đạo", "Giám đốc, Thủ trưởng các sở"),
    ],
)
def test_where_a_name_ends(text, name):
    assert read(text)[0] == [name]


@pytest.mark.parametrize("text", ["Rà soát Sở Y tế", "ban hành kế hoạch", "các nội dung sau", "phòng chống dịch", "giao ban hằng tuần", ""])
def test_no_name_begins(text):
    assert read(text) == ([], 0)


@pytest.mark.parametrize(
    "text, names",
    [
        ("Sở Y tế, Công an tỉnh và UBND các xã, phường tổ chức", ["Sở Y tế", "Công an tỉnh", "UBND các xã, phường"]),
        ("Các Sở: Kế hoạch và Đầu tư, Tài chính rà soát", ["Sở Kế hoạch và Đầu tư", "Sở Tài chính"]),
        ("các sở: Nội vụ và Tài chính", ["Sở Nội vụ", "Sở Tài chính"]),
        ("Giám đốc các sở: Y tế, Nội vụ; Chánh Thanh tra tỉnh", ["Giám đốc Sở Y tế", "Giám đốc Sở Nội vụ", "Chánh Thanh tra tỉnh"]),
        ("UBND các xã: Tân Lập, Hát Môn bố trí", ["UBND xã Tân Lập", "UBND xã Hát Môn"]),
        ("Sở Y tế (cơ quan thường trực), Sở Nội vụ rà soát", ["Sở Y tế", "Sở Nội vụ"]),
    ],
)
def test_lists_of_names(text, names):
    assert read(text)[0] == names


@pytest.mark.parametrize("row", ROWS)
def test_an_agency_is_one_name(row):
    for name in row["matches"]:
        assert read(f"{name} rà soát hồ sơ")[0] == [name]
        assert read(f"{name}, Công an tỉnh rà soát hồ sơ")[0] == [name, "Công an tỉnh"]


@pytest.mark.parametrize("row", ROWS)
def test_a_near_miss_is_not_one_name(row):
    for text in row["rejects"]:
        assert read(text)[0] != [text]


FIELDS = [(head, name) for row in AGENCIES["field"] for head in row["heads"] for name in row["names"] if len(name) > 3 and head != "Ủy ban"]


@pytest.mark.parametrize("head, name", FIELDS)
def test_a_field_is_never_parted_in_a_list(head, name):
    """Each known field stands whole at the first and at the last place of a list under one head."""
    other = next(field for noun, field in FIELDS if noun == head and fold(field) != fold(name))
    assert read(f"Các {head}: {name}, {other} rà soát")[0] == [f"{head} {name}", f"{head} {other}"]
    assert read(f"Các {head}: {other} và {name} rà soát")[0] == [f"{head} {other}", f"{head} {name}"]


@pytest.mark.parametrize("act", [*ACTS["modal"], *ACTS["circumstances"], *ACTS["strong"], *ACTS["verbs"]])
def test_every_act_ends_a_proper_name(act):
    assert read(f"UBND xã Bình Minh {act}")[0] == ["UBND xã Bình Minh"]


@pytest.mark.parametrize("kind", [kind for kind, words in GRAMMAR.items() if isinstance(words, list)])
def test_each_word_is_listed_once(kind):
    keys = [fold(phrase) for phrase in GRAMMAR[kind]]
    assert sorted(keys) == sorted(set(keys))


def test_an_act_is_of_one_kind():
    keys = [fold(phrase) for phrases in ACTS.values() for phrase in phrases if phrases is not ACTS["openers"]]
    assert sorted(keys) == sorted(set(keys))


@pytest.mark.parametrize("text", GRAMMAR["not_heads"])
def test_words_that_only_look_like_heads(text):
    assert head_at(Words(f"{text} này"), 0) == (0, "")


@pytest.mark.parametrize("text", ACTS["not_acts"])
def test_words_that_only_look_like_acts(text):
    assert act_at(Words(text), 0)[0] == 0


@pytest.mark.parametrize(
    "text, names",
    [
        ("Sở Y tế; Sở Nội vụ", ["Sở Y tế", "Sở Nội vụ"]),
        ("- Sở Y tế\n- UBND xã A", ["Sở Y tế", "UBND xã A"]),
        ("Các cơ quan, đơn vị", ["Các cơ quan, đơn vị"]),
        ("Ông Lò Văn Pánh", ["Ông Lò Văn Pánh"]),
        ("", []),
    ],
)
def test_names_of_a_cell(text, names):
    assert [mention.name for mention in split_parties(text)] == names


@pytest.mark.parametrize(
    "name, political",
    [("Đảng ủy xã", True), ("Tòa án nhân dân khu vực 2", True), ("Sở Y tế", False), ("Chủ tịch UBND các huyện, thị xã", False)],
)
def test_who_can_only_be_asked(name, political):
    assert is_political(name) is political


@given(st.lists(st.sampled_from(["sở", "y", "tế", "và"]), max_size=8))
def test_the_longest_phrase_is_found(keys):
    phrases = Phrases(["sở", "sở y tế", "y tế và sở"])
    known = {("sở",), ("sở", "y", "tế"), ("y", "tế", "và", "sở")}
    words = Words(" ".join(keys))
    for index in range(words.size):
        forth = [n for n in (1, 3, 4) if index + n <= len(keys) and tuple(keys[index : index + n]) in known]
        back = [n for n in (1, 3, 4) if index + 1 - n >= 0 and tuple(keys[index + 1 - n : index + 1]) in known]
        assert phrases.at(words, index) == max(forth, default=0)
        assert phrases.ending(words, index)[0] == max(back, default=0)


def test_the_vocabulary_is_read_once():
    assert lexicon() is lexicon()
