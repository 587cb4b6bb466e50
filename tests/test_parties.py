"""Where a name begins and ends, alone and in lists; the word lists that decide it."""

import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.fields.parties import Text, is_political
from extractors.fields.party_lists import names_from, split
from extractors.fields.party_words import TOKEN, Phrases, party_words
from extractors.text import fold

FOLDER = files("extractors.data")
PARTY = tomllib.loads((FOLDER / "party_words.toml").read_text("utf-8"))
VERBS = tomllib.loads((FOLDER / "verbs.toml").read_text("utf-8"))


def read(text, *, loose=False):
    found, end = names_from(Text(text), 0, loose=loose)
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


@pytest.mark.parametrize("head, names", PARTY["departments"].items())
def test_a_department_is_never_parted_in_a_list(head, names):
    """Each known department stands whole at the first and at the last place of a list under one head."""
    for name in names:
        other = "Tư pháp" if head in ("sở", "bộ", "phòng") and name != "Tư pháp" else names[0] if name != names[0] else names[-1]
        noun = head.capitalize()
        assert read(f"Các {noun}: {name}, {other} rà soát")[0] == [f"{noun} {name}", f"{noun} {other}"]
        assert read(f"Các {noun}: {other}, {name} rà soát")[0] == [f"{noun} {other}", f"{noun} {name}"]


@pytest.mark.parametrize("act", [*VERBS["strong"], *VERBS["verbs"]])
def test_every_act_ends_a_proper_name(act):
    assert read(f"UBND xã Bình Minh {act}")[0] == ["UBND xã Bình Minh"]


@pytest.mark.parametrize("kind", ["heads", "always", "generic", "purposive", "not_heads", "inside", "qualifiers", "fields", "relative"])
def test_each_word_is_listed_once(kind):
    keys = [fold(phrase) for phrase in PARTY[kind]]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    "first, second", [("strong", "verbs"), ("strong", "links"), ("verbs", "links"), ("verbs", "turns"), ("turns", "links")]
)
def test_a_verb_is_of_one_kind(first, second):
    assert not {fold(x) for x in VERBS[first]} & {fold(x) for x in VERBS[second]}


@pytest.mark.parametrize("text", PARTY["not_heads"])
def test_words_that_only_look_like_heads(text):
    assert Text(f"{text} này").head_at(0) == 0


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
    assert [mention.name for mention in split(text)] == names


@pytest.mark.parametrize(
    "name, political",
    [("Đảng ủy xã", True), ("Tòa án nhân dân khu vực 2", True), ("Sở Y tế", False), ("Chủ tịch UBND các huyện, thị xã", False)],
)
def test_who_can_only_be_asked(name, political):
    assert is_political(name) is political


@given(st.lists(st.sampled_from(["sở", "y", "tế", "và"]), max_size=8))
def test_the_longest_phrase_is_found(words):
    phrases = Phrases(["sở", "sở y tế", "y tế và sở"])
    tokens = Text(" ".join(words)).tokens
    for index in range(len(tokens)):
        known = {("sở",), ("sở", "y", "tế"), ("y", "tế", "và", "sở")}
        sizes = [n for n in (1, 3, 4) if index + n <= len(words) and tuple(words[index : index + n]) in known]
        assert phrases.at(tokens, index) == max(sizes, default=0)


def test_the_vocabulary_is_read_once():
    assert party_words() is party_words()
    assert TOKEN.findall("đ/c lò văn a, p. kt") == ["đ/c", "lò", "văn", "a", ",", "p", ".", "kt"]
