"""Profiles: the samples are right, and every mistake is named with its line and what to do."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.errors import Severity
from extractors.text import slug
from pipeline.authority import Group, UnitKind
from pipeline.errors import ExitCode, NoAuthorityOnDay, ProfileError
from pipeline.profile import check, load
from pipeline.profile_lines import line_map

SAMPLES = Path(__file__).parents[1] / "samples" / "profiles"

GOOD = """\
id = "xa-a"
level = "xa"
level_word = "xã"
name = "Ủy ban nhân dân xã A"
short_name = "UBND xã A"
self_name = "UBND xã"
place_name = "A"
leader_title = "Chủ tịch"
symbol = "UBND"
valid_from = 2025-07-01

[rules]
monitor = "vp"

[[units]]
id = "vp"
name = "Văn phòng"
competences = ["hộ tịch"]

[[units]]
id = "kt"
name = "Phòng Kinh tế"
aliases = ["P. KT"]
counterparts = ["Sở Tài chính"]
competences = [
    "ngân sách",
    { phrase = "chợ", weight = 0.5 },
]

[[groups]]
id = "thon"
name = "các thôn"
members = []

[[signers]]
name = "Người Ký Thử"
title = "Chủ tịch"
position = "CHỦ TỊCH"
head = true
absent = [{ first_day = 2026-01-01, last_day = 2026-01-05 }]
"""

MISTAKES = [
    # what is replaced, by what, line, key, code, words of the message, words of the remedy
    ('level_word = "xã"', 'levelword = "xã"', 3, "levelword", "E213", "levelword", "level_word"),
    ('monitor = "vp"', 'monitor = "vp"\nlead_day = 3', 14, "rules.lead_day", "E213", "lead_day", "lead_days"),
    ('monitor = "vp"', 'monitor = "vp"\nmàu = 3', 14, "rules.màu", "E212", "Thiếu dấu =", "không dấu"),
    ('symbol = "UBND"\n', "", 1, "symbol", "E215", "Thiếu khóa bắt buộc “symbol”", "symbol ="),
    ('name = "Phòng Kinh tế"\n', "", 20, "units[2].name", "E215", "“name”", "name ="),
    ('symbol = "UBND"', "symbol = 7", 9, "symbol", "E214", "không đúng kiểu", "dấu nháy"),
    ("head = true", 'head = "có"', 39, "signers[1].head", "E214", "không đúng kiểu", "true hoặc false"),
    ("valid_from = 2025-07-01", 'valid_from = "1/7/2025"', 10, "valid_from", "E214", "không đúng kiểu", "năm-tháng-ngày"),
    ("valid_from = 2025-07-01", "valid_from = 2025-02-30", 10, "", "E212", "Ngày sai", "phải có thật"),
    ("members = []", 'members = "vp"', 33, "groups[1].members", "E214", "không đúng kiểu", "danh sách"),
    ('id = "kt"', 'id = "kt"\nkind = "phong"', 22, "units[2].kind", "E214", "kind", "outside"),
    ('id = "kt"', 'id = "vp"', 21, "units[2].id", "E216", "Mã “vp” đã dùng", "mã khác"),
    ('aliases = ["P. KT"]', 'aliases = ["văn phòng"]', 23, "units[2].aliases[1]", "E216", "“Văn phòng”", "bỏ tên này"),
    ("members = []", 'counterparts = ["Sở Tài chính"]', 33, "groups[1].counterparts[1]", "E216", "Phòng Kinh tế", "đầu mối"),
    ("valid_from = 2025-07-01", "valid_from = 2025-07-01\nvalid_to = 2025-06-30", 10, "valid_from", "E217", "01/07/2025", "valid_to"),
    ("last_day = 2026-01-05", "last_day = 2025-12-31", 40, "signers[1].absent[1].first_day", "E217", "31/12/2025", "first_day"),
    ('name = "Văn phòng"', 'name = "Văn phòng"\nvalid_to = 2025-01-01', 15, "units[1].valid_from", "E217", "không có ngày nào", "valid_to"),
    ('monitor = "vp"', 'monitor = "vp"\none_by_one = ["thonn"]', 14, "rules.one_by_one[1]", "E218", "thonn", "“thon”"),
    (
        'monitor = "vp"',
        'monitor = "vp"\none_by_one = ["thon"]',
        14,
        "rules.one_by_one[1]",
        "E218",
        "không phải là nhóm có thành viên",
        "members",
    ),
    ('monitor = "vp"', 'monitor = "vpp"', 13, "rules.monitor", "E218", "vpp", "“vp”"),
    ("members = []", 'members = ["kt", "zzz"]', 33, "groups[1].members[2]", "E218", "zzz", "có trong hồ sơ"),
    ('position = "CHỦ TỊCH"', 'position = "CHỦ TỊCH"\nunits = ["ktt"]', 39, "signers[1].units[1]", "E218", "ktt", "“kt”"),
    ('competences = ["hộ tịch"]', "competences = []", 18, "units[1].competences", "E219", "chưa có lĩnh vực", "cụm từ"),
    ('competences = ["hộ tịch"]\n', "", 15, "units[1].competences", "E219", "chưa có lĩnh vực", "cụm từ"),
    ("head = true", "head = false", 39, "signers[1].head", "E219", "người đứng đầu", "head = true"),
    ('monitor = "vp"', 'monitor = ""', 13, "rules.monitor", "E219", "theo dõi", "monitor"),
    ('monitor = "vp"', 'monitor = "vp"\nlead_days = 99', 14, "rules.lead_days", "E214", "0–30", "ghi lại"),
    ('monitor = "vp"', 'monitor = "vp"\nrecipients = ["a", "{nguoi}"]', 14, "rules.recipients[2]", "E214", "{nguoi}", "{issuer}"),
    ('monitor = "vp"', 'monitor = "vp"\nfiling = "VT, {unit}"', 14, "rules.filing", "E214", "{unit}", "{symbol}"),
    ("weight = 0.5", "weight = 0", 27, "units[2].competences[2]", "E214", "trọng số", "lớn hơn 0"),
    ('place_name = "A"', 'place_name = " "', 7, "place_name", "E215", "để trống", "điền"),
    ('    "ngân sách",', '    "ngân sách"', 27, "", "E212", "Danh sách chưa được đóng", "dấu phẩy"),
    ('name = "Phòng Kinh tế"', 'name = "Phòng Kinh tế', 22, "", "E212", "chưa được đóng", 'dấu "'),
    ('symbol = "UBND"', 'symbol = "UBND"\nsymbol = "X"', 10, "", "E212", "đã được ghi ở trên", "bỏ một"),
]


def write(folder: Path, text: str, name: str = "ho-so.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_the_good_profile_is_good(tmp_path):
    assert check(write(tmp_path, GOOD)) == ()


@pytest.mark.parametrize("row", MISTAKES, ids=lambda row: f"{row[3]}-{row[4]}")
def test_each_mistake_is_named_with_file_line_and_remedy(tmp_path, row):
    old, new, line, key, code, message, remedy = row
    assert old in GOOD
    found = check(write(tmp_path, GOOD.replace(old, new, 1)))
    assert [(p.line, p.code) for p in found] == [(line, code)]
    assert found[0].key == key or code == "E212"
    assert message in found[0].message
    assert remedy in found[0].remedy
    assert found[0].file.endswith("ho-so.toml")


def test_all_mistakes_come_at_once_in_the_order_of_the_lines(tmp_path):
    text = GOOD.replace('symbol = "UBND"\n', "").replace("head = true", "had = true").replace('id = "kt"', 'id = "vp"')
    found = check(write(tmp_path, text))
    assert [p.code for p in found] == ["E215", "E216", "E219", "E213"]
    assert [p.line for p in found] == sorted(p.line for p in found)


def test_one_phrase_for_two_units_is_a_warning_only(tmp_path):
    path = write(tmp_path, GOOD.replace('"ngân sách"', '"Hộ tịch"'))
    (problem,) = check(path)
    assert (problem.severity, problem.line) == (Severity.WARNING, 26)
    assert load(path).authorities


def test_units_that_follow_each_other_may_share_a_name(tmp_path):
    text = GOOD.replace('id = "kt"', 'id = "kt"\nvalid_to = 2025-12-31')
    later = '\n[[units]]\nid = "kt2"\nname = "Phòng Kinh tế"\nvalid_from = 2026-01-01\ncompetences = ["chợ đêm"]\n'
    assert check(write(tmp_path, text + later)) == ()


def test_not_utf8_names_the_line(tmp_path):
    path = tmp_path / "x.toml"
    path.write_bytes(b'id = "a"\nname = "\xd0\xea"\n')
    (problem,) = check(path)
    assert (problem.line, problem.code) == (2, "E212")
    assert "UTF-8" in problem.remedy


def test_notepad_files_are_read(tmp_path):
    path = tmp_path / "x.toml"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert check(path) == ()
    assert load(path).on(date(2026, 1, 1)).id == "xa-a"


def test_nothing_there(tmp_path):
    for path in (tmp_path, tmp_path / "khong-co.toml"):
        (problem,) = check(path)
        assert "Không tìm thấy" in problem.message
        with pytest.raises(ProfileError):
            load(path)


def test_loading_a_bad_profile_names_every_mistake(tmp_path):
    path = write(tmp_path, GOOD.replace("head = true", "had = true").replace('monitor = "vp"', 'monitor = "x"'))
    with pytest.raises(ProfileError) as caught:
        load(path)
    assert caught.value.exit_code is ExitCode.SETUP
    assert len(caught.value.problems) == 3
    assert all("dòng" in problem.where for problem in caught.value.problems)


def test_two_files_for_one_day_are_a_mistake(tmp_path):
    write(tmp_path, GOOD, "a.toml")
    write(tmp_path, GOOD.replace("2025-07-01", "2026-01-01"), "b.toml")
    (problem,) = check(tmp_path)
    assert (Path(problem.file).name, problem.line, problem.code) == ("b.toml", 10, "E217")
    assert "valid_to trong a.toml" in problem.remedy


def test_the_sample_profiles_together_are_no_folder_and_the_message_says_why():
    (problem,) = check(SAMPLES)
    assert (Path(problem.file).name, problem.code) == ("xa-2026.toml", "E217")
    assert "phuong-2026.toml của cơ quan khác (UBND phường Thanh Hòa)" in problem.message
    assert "Một thư mục chỉ chứa các giai đoạn nối tiếp nhau của một cơ quan" in problem.remedy


@pytest.mark.parametrize(
    ("level", "word", "code"),
    [
        ("xa", "xã", None),
        ("dac-khu", "đặc khu", None),
        ("xã", "xã", "E214"),
        ("Phuong", "phường", "E214"),
        ("dac khu", "đặc khu", "E214"),
        ("xa", "phường", "W326"),
    ],
)
def test_the_level_is_plain_and_agrees_with_its_word(tmp_path, level, word, code):
    text = GOOD.replace('level = "xa"', f'level = "{level}"').replace('level_word = "xã"', f'level_word = "{word}"')
    found = {problem.code: problem.remedy for problem in check(write(tmp_path, text)) if problem.key == "level"}
    assert list(found) == ([code] if code else [])
    assert all(f'level = "{slug(word)}"' in remedy for remedy in found.values())


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.toml")), ids=lambda path: path.stem)
def test_samples_have_no_mistake_and_no_warning(path):
    assert check(path) == ()


@pytest.fixture
def tu_ky(tmp_path):
    """The two authorities that followed each other in one place, in one folder."""
    for name in ("huyen-2023", "xa-2026"):
        write(tmp_path, (SAMPLES / f"{name}.toml").read_text("utf-8"), f"{name}.toml")
    return tmp_path


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2023, 9, 26), "huyen-tu-ky"),
        (date(2025, 2, 28), "huyen-tu-ky"),
        (date(2025, 7, 1), "xa-tu-ky"),
        (date(2026, 5, 5), "xa-tu-ky"),
    ],
)
def test_the_day_picks_the_authority(tu_ky, day, expected):
    assert load(tu_ky).on(day).id == expected


def test_a_day_between_two_regimes_has_no_authority(tu_ky):
    with pytest.raises(NoAuthorityOnDay):
        load(tu_ky).on(date(2025, 4, 1))


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('name = "Công an phường"', 'name = "Công an xã"', "units[5].name"),
        ('self_name = "UBND phường"', 'self_name = "UBND xã"', "self_name"),
        ('"Chủ tịch, các PCT UBND phường"', '"Thường trực HĐND huyện"', "rules.recipients[5]"),
    ],
)
def test_what_a_copied_profile_left_behind_is_pointed_out(tmp_path, old, new, key):
    text = (SAMPLES / "phuong-2026.toml").read_text("utf-8")
    assert old in text
    (problem,) = check(write(tmp_path, text.replace(old, new)))
    assert (problem.code, problem.key, problem.severity) == ("W326", key, Severity.WARNING)


def test_only_units_of_the_day(tmp_path):
    text = GOOD.replace('id = "kt"', 'id = "kt"\nvalid_to = 2025-12-31')
    profile = load(write(tmp_path, text))
    assert [u.id for u in profile.on(date(2025, 12, 31)).units] == ["vp", "kt"]
    assert [u.id for u in profile.on(date(2026, 1, 1)).units] == ["vp"]


def test_what_a_profile_becomes(tmp_path):
    authority = load(write(tmp_path, GOOD)).on(date(2026, 1, 1))
    kt = authority.unit("kt")
    assert [(c.phrase, c.weight) for c in kt.competences] == [("ngân sách", 1.0), ("chợ", 0.5)]
    assert kt.kind is UnitKind.OFFICE
    assert isinstance(authority.unit("thon"), Group)
    assert authority.leader == "Chủ tịch UBND xã"
    assert not authority.signers[0].present(date(2026, 1, 5))
    assert authority.signers[0].present(date(2026, 1, 6))


LINES = """\
a = 1 # a = 2
"b c" = '''
x = 1
'''
[t.u]
v.w = [ # one
  "m", {n = "]"},
  [1,
   2] ]
[[r]]
k = "\\"#["
[r.s]
k = 1
[[r]]
k = 2
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("a",), 1),
        (("b c",), 2),
        (("t", "u"), 5),
        (("t", "u", "v", "w"), 6),
        (("t", "u", "v", "w", 0), 7),
        (("t", "u", "v", "w", 1, "n"), 7),
        (("t", "u", "v", "w", 2), 8),
        (("t", "u", "v", "w", 2, 1), 9),
        (("r", 0, "k"), 11),
        (("r", 0, "s", "k"), 13),
        (("r", 1), 14),
        (("r", 1, "k"), 15),
        (("r", 1, "missing"), 14),
        (("missing",), 1),
    ],
)
def test_lines_of_keys(path, line):
    assert line_map(LINES).line(path) == line


@given(st.lists(st.sampled_from(["", "# x = [", '"a" ]', "  "]), max_size=4), st.integers(0, 5))
def test_comments_and_blank_lines_move_the_line_and_nothing_else(comments, count):
    filler = "".join(f"# {comment}\n" for comment in comments) + "\n" * count
    assert line_map(filler + LINES).line(("r", 1, "k")) == 15 + len(comments) + count
