"""Who leads, who supports, who gets the result: sentences by pattern, the development cases, the labelled phrasings."""

import json
import re
import sys
import tomllib
from functools import cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.fields import assignments
from extractors.fields.party_tokens import Words

SHARED = Path(__file__).parents[2] / "shared"
GOLD = sorted((SHARED / "dev" / "gold").glob("*.json"))
REAL = sorted((SHARED / "dev" / "real").glob("*.gold.json"))
PHRASINGS = SHARED / "domain" / "assignments.jsonl"
PATTERNS = tomllib.loads((files("extractors.data") / "roles.toml").read_text("utf-8"))["pattern"]
ROLES = ("lead", "support", "report_to")
CASES = [pytest.param(case, id=f"{pattern['id']}-{n}") for pattern in PATTERNS for n, case in enumerate(pattern["cases"], 1)]
REJECTS = [pytest.param(text, id=f"{pattern['id']}-{n}") for pattern in PATTERNS for n, text in enumerate(pattern.get("rejects", ()), 1)]


def names(roles, role):
    return [party.name for party in getattr(roles, role)]


@pytest.mark.parametrize("case", CASES)
def test_sentence_gives_its_roles(case):
    roles = assignments.read_roles(case["text"], children=case.get("children", False))
    assert {role: names(roles, role) for role in ROLES} == {role: case.get(role, []) for role in ROLES}
    assert roles.order == case.get("order", roles.order)
    assert roles.request == case.get("request", False)


@pytest.mark.parametrize("text", REJECTS)
def test_near_miss_orders_nobody(text):
    assert names(assignments.read_roles(text), "lead") == []


def test_the_table_is_large_and_tells_each_pattern_once():
    assert sum(len(p["cases"]) + len(p.get("rejects", ())) for p in PATTERNS) >= 200
    assert len({p["id"] for p in PATTERNS}) == len(PATTERNS)


@pytest.mark.parametrize(
    "text, opens",
    [
        ("Chủ tịch UBND tỉnh có ý kiến chỉ đạo như sau:", True),
        ("UBND xã yêu cầu:", True),
        ("Thủ trưởng các cơ quan tập trung thực hiện các nhiệm vụ sau:", True),
        ("Giao Sở Y tế:", False),
        ("Giao Phòng Kinh tế thực hiện các việc sau:", False),
        ("Sở Y tế hướng dẫn các đơn vị.", False),
    ],
)
def test_opening_formula(text, opens):
    assert assignments.is_lead_in(text) is opens


@pytest.mark.parametrize(
    "text, closes",
    [
        ("Trân trọng./.", True),
        ("Văn phòng Chính phủ thông báo để Bộ Y tế biết, thực hiện./.", True),
        ("Trên đây là nội dung hướng dẫn, đề nghị các đơn vị thực hiện./.", False),
        ("Yêu cầu các đơn vị nghiêm túc triển khai thực hiện./.", False),
    ],
)
def test_closing_words(text, closes):
    assert assignments.is_closing(text) is closes


@pytest.mark.parametrize(
    "text, party", [("Sở Y tế, Công an tỉnh:", True), ("Rà soát hồ sơ", False), ("Sở Y tế rà soát hồ sơ", False), ("", False)]
)
def test_nothing_but_names(text, party):
    assert assignments.is_party(text) is party


@pytest.mark.parametrize("text, verb", [("Rà soát hồ sơ", True), ("Tiếp tục rà soát", True), ("Sở Y tế rà soát", False), ("", False)])
def test_begins_with_the_act(text, verb):
    assert assignments.starts_with_verb(text) is verb


def test_short_names_defined_in_the_document():
    found = assignments.local_aliases(["Cục Thuế và Sở Tư pháp (sau đây gọi tắt là Liên ngành) chủ trì.", "Không có tên nào."])
    assert found["Liên ngành"].endswith("Sở Tư pháp")


WORDS = st.sampled_from(
    [
        "giao",
        "đề",
        "nghị",
        "yêu",
        "cầu",
        "Sở",
        "Y",
        "tế",
        "UBND",
        "các",
        "xã",
        ",",
        "phường",
        "và",
        "phối",
        "hợp",
        "với",
        "báo",
        "cáo",
        "về",
        ":",
        ";",
        ".",
        "(",
        ")",
        "chủ",
        "trì",
        "Tài",
        "chính",
        "cơ",
        "quan",
        "đơn",
        "vị",
        "được",
        "giao",
        "12",
        "Ban",
        "Chỉ",
        "đạo",
    ]
)


@given(st.lists(WORDS, max_size=40).map(" ".join))
def test_names_stand_in_the_text_and_do_not_overlap(text):
    roles = assignments.read_roles(text)
    for role in ROLES:
        spans = sorted((party.start, party.end) for party in getattr(roles, role))
        assert all(0 <= start < end <= len(text) for start, end in spans)
        assert all(left[1] <= right[0] for left, right in pairwise(spans))
        assert all(party.name.endswith(text[party.start : party.end]) for party in getattr(roles, role))


@given(st.text(max_size=200))
def test_any_text_is_read(text):
    assignments.read_roles(text)
    assignments.split_parties(text)
    assignments.is_lead_in(text)


HOSTILE = [
    "giao Sở Y tế, ", "báo cáo UBND tỉnh, ", "phối hợp với các sở, ban, ngành và ", "( ", "căn cứ a, ", "các ", "Sở ",
    "đơn vị được giao quản lý ", "do ", "Ban Chỉ đạo phòng, ", "gửi ", "; căn cứ ",
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_effort_grows_with_length_only(piece, monkeypatch):
    """Steps are counted, not seconds: questions asked of the word lists for twice the text are about twice as many."""
    short, long = (steps(piece * (size // len(piece)), monkeypatch) for size in (4_000, 8_000))
    assert long <= 2.6 * short + 2_000


def steps(text, monkeypatch):
    from extractors.fields.party_tokens import Phrases

    count = 0
    plain = Phrases.find

    def counted(self, words, index):
        nonlocal count
        count += 1
        return plain(self, words, index)

    with monkeypatch.context() as patch:
        patch.setattr(Phrases, "find", counted)
        assignments.read_roles(text)
    return count


def flat(duties):
    for duty in duties:
        yield duty
        yield from flat(duty.get("children") or [])


@cache
def soft():
    sys.path.insert(0, str(SHARED / "tools"))
    try:
        from score import soft as fold
    finally:
        sys.path.pop(0)
    return fold


def in_text(duty):
    """False for the row of a table, whose lead stands in a cell of its own."""
    text = soft()(duty["text"]).split()
    return all(soft()(lead).split()[0] in text and soft()(lead).split()[-1] in text for lead in duty["lead"])


def rights(paths):
    """How many duties of the gold have each role right from their text alone; table rows have their roles in cells."""
    right = dict.fromkeys((*ROLES, "inherited"), 0)
    total = dict.fromkeys((*ROLES, "inherited"), 0)
    for path in paths:
        for duty in flat(json.loads(path.read_text("utf-8"))["duties"]):
            if duty["lead"] and not duty["inherited"] and not in_text(duty):
                continue
            roles = assignments.read_roles(duty["text"], children=bool(duty["children"]))
            for role in ROLES:
                kind = "inherited" if role == "lead" and duty["inherited"] else role
                want = [] if kind == "inherited" else duty[role]
                total[kind] += 1
                right[kind] += sorted(map(soft(), names(roles, role))) == sorted(map(soft(), want))
    assert total["lead"] >= 40
    return {kind: right[kind] / total[kind] for kind in total}


@pytest.mark.skipif(not GOLD, reason="the development cases are not beside the project")
def test_roles_of_the_composed_cases():
    assert rights(GOLD) == {"lead": 1, "support": 1, "report_to": 1, "inherited": 1}


@pytest.mark.skipif(not REAL, reason="the development cases are not beside the project")
def test_roles_of_the_real_cases():
    found = rights(REAL)
    assert found["lead"] >= 0.98
    assert found["support"] >= 0.98
    assert found["report_to"] >= 0.97
    assert found["inherited"] >= 0.98


# The labels name units by their usual short forms; a printed name says a label when it holds its words in order.
SHORT = {
    "kh cn": "khoa học và công nghệ", "gd đt": "giáo dục và đào tạo", "nn ptnt": "nông nghiệp và phát triển nông thôn",
    "tn mt": "tài nguyên và môi trường", "kh đt": "kế hoạch và đầu tư", "tt tt": "tttt", "cchc": "cải cách hành chính",
    "bcđ": "ban chỉ đạo", "bộ chqs": "bộ chỉ huy quân sự", "ban chqs": "ban chỉ huy quân sự", "btv": "ban thường vụ",
    "ubmttq": "ủy ban mttq", "ct xh": "chính trị xã hội", "vh xh": "văn hóa xã hội", "vh tt": "văn hóa thể thao",
    "tc kh": "tài chính kế hoạch", "khcn mt": "khoa học công nghệ và môi trường", "htx": "hợp tác xã",
}  # fmt: skip
UNPRINTED = re.compile(r"[(<]|cột|các chức danh|toàn bộ")
OTHER_PARTS = re.compile("table|form|label|dieu_cuoi|document_subject|closing|dash_item")


def words(name):
    key = f" {soft()(name)} "
    for short, full in SHORT.items():
        key = key.replace(f" {short} ", f" {full} ")
    return [word for word in key.split() if word not in ("và", "các")]


def says(printed, label):
    rest = iter(words(printed))
    return all(word in rest for word in words(label))


def same(printed, labels):
    return len(printed) == len(labels) and all(map(says, printed, labels))


def labelled():
    for line in PHRASINGS.read_text("utf-8").splitlines():
        row = json.loads(line)
        labels = row["lead"] + row["coordinate"]
        if not OTHER_PARTS.match(row["pattern"]) and not any(UNPRINTED.match(x) or "…" in x for x in labels):
            text = re.sub(r"^(?:\d+\.|[-+]) ", "", row["text"]).replace("(- …)", "").replace("…", " ")
            yield re.sub(" +", " ", text).strip(), row


@pytest.mark.skipif(not PHRASINGS.exists(), reason="the labelled phrasings are not beside the project")
def test_roles_of_the_labelled_phrasings():
    rows = list(labelled())
    right = 0
    for text, row in rows:
        roles = assignments.read_roles(text, children=text.endswith(":"))
        right += same(names(roles, "lead"), row["lead"]) and same(names(roles, "support"), row["coordinate"])
    assert len(rows) >= 100
    assert right / len(rows) >= 0.85


def test_tokens_keep_their_places():
    text = "Đ/c Lò Văn A - PCT, Sở KH&CN, xã Cư M'gar, P.KT"
    words = Words(text)
    assert [text[a:b] for a, b in zip(words.starts, words.ends, strict=True)] == [
        "Đ/c", "Lò", "Văn", "A", "-", "PCT", ",", "Sở", "KH&CN", ",", "xã", "Cư", "M'gar", ",", "P.KT",
    ]  # fmt: skip
