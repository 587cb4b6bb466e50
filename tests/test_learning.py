"""What the profile learns from reviewers: a phrase that several dispatches share, tried on the planner, written into its list only."""

import hashlib
import json
import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import cli
from pipeline.errors import ExitCode, ProfileNotEditable
from pipeline.finalizing import changes_file
from pipeline.kept import FINAL, Arrival, Delivered, Kept, Paper, Task
from pipeline.learning.amend import Addition, amended, difference
from pipeline.learning.evidence import Evidence, Move, Seen, gather
from pipeline.learning.key_phrases import key_phrases
from pipeline.learning.proposals import lessons
from pipeline.learning.told import told
from pipeline.ledger import Step, open_ledger
from pipeline.outcome import Outcome, Status
from pipeline.planning.lexicon import lexicon_of
from pipeline.profile import load
from pipeline.run import LEDGER_NAME, make_workspace
from pipeline.settings import Workspace

PROFILE = Path(__file__).parents[1] / "samples" / "profiles" / "xa-2026.toml"
DAY = date(2026, 3, 3)
AUTHORITY = load(PROFILE).on(DAY)
LANDSLIDE = ("Rà soát các điểm sạt lở bờ sông trên địa bàn", "Cắm biển cảnh báo tại khu vực sạt lở bờ sông, xong trước ngày 15/3/2026")
CLOSE = ("route.close",)


def seen(text, lead, number=1):
    return Seen(str(number) * 64, Arrival(2026, number, DAY), text, lead)


def move(text, after, number=1, *, before="", by=CLOSE):
    return Move(seen(text, after, number), before, by)


def learnt(moves, *left, threshold=2):
    return lessons(Evidence(tuple(moves), (*(one.seen for one in moves), *left), ()), AUTHORITY, threshold)


# --- phrases ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "longest"),
    [
        (LANDSLIDE[0], ["điểm sạt lở bờ sông"]),
        (LANDSLIDE[1], ["biển cảnh báo", "sạt lở bờ sông"]),
        ("Giao Phòng Kinh tế chủ trì tổng hợp kết quả, báo cáo UBND xã trước ngày 10/3/2026.", []),
        ("Tổ chức tuyên truyền về bảo hiểm y tế - bảo hiểm xã hội tự nguyện", ["bảo hiểm y tế bảo hiểm", "bảo hiểm xã hội tự nguyện"]),
        ("Sản phẩm OCOP 3 sao", ["sản phẩm OCOP"]),
        ("OCOP xã nhà", []),
    ],
)
def test_what_may_name_a_field(text, longest):
    found = [" ".join(phrase) for phrase in key_phrases(text, lexicon_of(AUTHORITY))]
    said = [phrase for phrase in found if not any(phrase != other and f" {phrase} " in f" {other} " for other in found)]
    assert all(any(word.casefold() in phrase for phrase in said) for word in longest), said
    assert bool(said) is bool(longest), said


# --- what is proposed -------------------------------------------------------------------------------------------------


def test_a_phrase_that_two_dispatches_share_is_proposed():
    found = learnt([move(LANDSLIDE[0], "kt", 1), move(LANDSLIDE[1], "kt", 2)])
    (proposal,) = found.proposals
    assert (proposal.unit.id, proposal.phrase, proposal.weight, proposal.sure) == ("kt", "sạt lở bờ sông", 1.0, True)
    assert [one.seen.arrival.number for one in proposal.moves] == [1, 2]
    assert found.waiting == ()


@pytest.mark.parametrize(
    ("moves", "threshold"),
    [
        ([move(LANDSLIDE[0], "kt", 1)], 2),
        ([move(LANDSLIDE[0], "kt", 1), move(LANDSLIDE[1], "kt", 1)], 2),  # one dispatch, one witness
        ([move(LANDSLIDE[0], "kt", 1), move("Chăm sóc cây xanh công viên", "kt", 2)], 2),  # nothing in common
        ([move(LANDSLIDE[0], "kt", 1), move(LANDSLIDE[1], "vhxh", 2)], 2),  # one says this, one says that
        ([move(LANDSLIDE[0], "kt", 1), move(LANDSLIDE[1], "kt", 2)], 3),
    ],
)
def test_too_little_is_shown_and_not_proposed(moves, threshold):
    found = learnt(moves, threshold=threshold)
    assert found.proposals == ()
    assert found.waiting == tuple(moves)
    assert "CHƯA ĐỦ CĂN CỨ" in "\n".join(told(found, AUTHORITY))


def test_one_dispatch_is_enough_only_when_asked():
    assert [one.sure for one in learnt([move(LANDSLIDE[0], "kt")], threshold=1).proposals] == [True]


@pytest.mark.parametrize("by", ["route.named", "route.several", "route.text"])
def test_what_the_paper_itself_named_teaches_nothing(by):
    found = learnt([move(LANDSLIDE[0], "kt", 1, by=(by,)), move(LANDSLIDE[1], "kt", 2, by=(by,))])
    assert (found.proposals, found.advice, found.waiting) == ((), (), ())


def test_what_the_profile_knows_by_now_teaches_nothing():
    found = learnt([move("Công tác đê điều năm nay", "kt", 1), move("Báo cáo về đê điều", "kt", 2)])
    assert (found.proposals, found.waiting) == ((), ())


def test_a_phrase_that_others_have_as_well_is_for_a_person_to_decide():
    found = learnt([move(LANDSLIDE[0], "kt", 1), move(LANDSLIDE[1], "kt", 2)], seen("Diễn tập sạt lở bờ sông, điểm sạt lở", "vhxh", 3))
    (proposal,) = found.proposals
    assert not proposal.sure
    assert [one.lead for one in proposal.against] == ["vhxh"]
    assert "cũng có trong việc của đơn vị khác, trong 1 văn bản" in "\n".join(told(found, AUTHORITY))


def test_a_phrase_of_another_unit_is_for_a_person_to_decide():
    found = learnt([move("Rà soát hộ nghèo", "kt", 1, before="vhxh"), move("Kiểm tra hộ nghèo", "kt", 2, before="vhxh")])
    (proposal,) = found.proposals
    assert (proposal.phrase, proposal.holder, proposal.sure) == ("hộ nghèo", "Phòng Văn hóa - Xã hội", False)
    assert "đang là lĩnh vực của Phòng Văn hóa - Xã hội" in "\n".join(told(found, AUTHORITY))


def test_a_phrase_outweighs_one_that_misled_the_planner():
    texts = ("Kiểm tra bếp ăn bán trú của nhà trường", "Thống kê suất ăn tại bếp ăn bán trú cho học sinh")
    found = learnt([move(text, "kt", number, before="vhxh", by=("route.competence",)) for number, text in enumerate(texts, 1)])
    (proposal,) = found.proposals
    assert (proposal.phrase, proposal.weight, proposal.sure) == ("bếp ăn bán trú", 2.0, True)


def test_a_phrase_that_is_not_enough_is_not_called_sure():
    texts = ("Xe đạp điện: học sinh, nhà trường, trẻ em, di tích", "Xe đạp điện; học sinh; nhà trường; trẻ em; lễ hội")
    (proposal,) = learnt([move(text, "kt", number, before="vhxh") for number, text in enumerate(texts, 1)]).proposals
    assert (proposal.effective, proposal.sure) == (False, False)


def test_a_counterpart_is_something_else_than_a_field():
    moves = [move(text, "kt", number, before="vhxh", by=("route.issuer",)) for number, text in enumerate(LANDSLIDE, 1)]
    found = learnt(moves)
    assert (found.proposals, found.waiting) == ((), ())
    ((advice),) = found.advice
    assert (advice.before.id, advice.after.id, len(advice.moves)) == ("vhxh", "kt", 2)
    assert "NÊN XEM LẠI ĐƠN VỊ TƯƠNG ỨNG" in "\n".join(told(found, AUTHORITY))
    assert learnt(moves[:1]).advice == ()


def test_several_lessons_about_one_unit():
    texts = (*LANDSLIDE, "Trồng cây xanh đô thị", "Duy trì cây xanh đô thị")
    found = learnt([move(text, "kt", number) for number, text in enumerate(texts, 1)])
    assert sorted(one.phrase for one in found.proposals) == ["cây xanh đô thị", "sạt lở bờ sông"]


def test_a_unit_that_is_no_more_teaches_nothing():
    assert learnt([move(text, "gone", number) for number, text in enumerate(LANDSLIDE, 1)]).waiting == ()


# --- the text of the profile ------------------------------------------------------------------------------------------

UNIT = '# đầu tệp\n[[units]]\nid = "kt"  # mã\n{}\n\n[[units]]\nid = "vp"\ncompetences = ["x"]\n'
NEW = Addition("kt", "sạt lở")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('competences = ["a", "b"]', 'competences = ["a", "b", "sạt lở"]'),
        ('competences = ["a", "b",]  # ghi chú', 'competences = ["a", "b", "sạt lở",]  # ghi chú'),
        ("competences = []", 'competences = ["sạt lở"]'),
        ("competences = [ # chưa có\n]", 'competences = ["sạt lở" # chưa có\n]'),
        ('competences = [\n    "a",  # một\n    "b",  # hai\n]', 'competences = [\n    "a",  # một\n    "b",  # hai\n    "sạt lở",\n]'),
        ('competences = [\n  "a",\n  "b"  # hai, cuối\n]', 'competences = [\n  "a",\n  "b",  # hai, cuối\n  "sạt lở",\n]'),
        ('competences = [\n\t"a", "b",\n\t# hết\n]', 'competences = [\n\t"a", "b",\n\t    "sạt lở",\n\t# hết\n]'),
        ('competences = ["a",\n  "b"]', 'competences = ["a",\n  "b", "sạt lở"]'),
        ('competences = [{ phrase = "a", weight = 2 }]', 'competences = [{ phrase = "a", weight = 2 }, "sạt lở"]'),
        ("competences = ['''a]''']", "competences = ['''a]''', \"sạt lở\"]"),
        ('name = "Phòng"', None),
    ],
)  # fmt: skip
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_only_the_list_changes(before, after, ending, mark):
    text = mark + UNIT.format(before).replace("\n", ending)
    made = amended(Path("a.toml"), text, [NEW], DAY)
    if after is None:
        assert made == text.replace("[[units]]" + ending, f'[[units]]{ending}competences = ["sạt lở"]{ending}', 1)
    else:
        assert made == mark + UNIT.format(after).replace("\n", ending)


def test_a_weight_and_several_additions():
    made = amended(
        Path("a.toml"), UNIT.format('competences = [\n    "a",\n]'), [NEW, Addition("vp", "bếp ăn", 2.0), Addition("kt", "c")], DAY
    )
    units = tomllib.loads(made)["units"]
    assert [unit["competences"] for unit in units] == [["a", "sạt lở", "c"], ["x", {"phrase": "bếp ăn", "weight": 2.0}]]
    assert difference(UNIT, made, "a.toml").startswith("--- a.toml\n+++ a.toml (đề xuất)\n")


@pytest.mark.parametrize(
    "text",
    [
        'units = [{ id = "kt", name = "Phòng" }]\n',
        'units = [{ id = "vp" }]\n',
        '[[units]]\nid = "kt"\n[[units]]\nid = "kt"\n',
        '[[units]]\nid = "kt"\nvalid_to = 2025-01-01\n',
        '[[units]]\nid = "kt"\ncompetences = [\n"a"\n,\n]\n',
    ],
)
def test_what_only_a_person_should_change(text):
    with pytest.raises(ProfileNotEditable):
        amended(Path("a.toml"), text, [NEW], DAY)


def test_the_unit_of_the_day_is_meant():
    table = '[[units]]\nid = "kt"\n{} = {}\ncompetences = ["{}"]\n'
    text = table.format("valid_to", "2025-12-31", "a") + table.format("valid_from", "2026-01-01", "b")
    assert [unit["competences"] for unit in tomllib.loads(amended(Path("a.toml"), text, [NEW], DAY))["units"]] == [["a"], ["b", "sạt lở"]]


@given(
    st.lists(st.sampled_from(['"a"', "'b]'", '"c\\"]"', '{ phrase = "d" }', '"""e\n]"""']), max_size=4), st.sampled_from(["", ",", "  # x"])
)
def test_whatever_the_list_holds(items, end):
    body = ",\n  ".join(items) + (end if items else "") + "\n"
    text = UNIT.format(f"competences = [\n  {body}]")
    data = tomllib.loads(text)
    data["units"][0]["competences"].append("sạt lở")
    assert tomllib.loads(amended(Path("a.toml"), text, [NEW], DAY)) == data


# --- from the workspace to the profile --------------------------------------------------------------------------------


@pytest.fixture
def workspace(tmp_path):
    made = Workspace(tmp_path / "văn thư")
    make_workspace(made)
    (made.profile / PROFILE.name).write_bytes(PROFILE.read_bytes())
    return made


def final(workspace, ledger, letter, text, *, after="kt", name="ban-chot"):
    """A dispatch whose reviewer gave its duty to another unit."""
    sha, folder = letter * 64, workspace.drafts / letter
    if ledger.by_bytes(sha) is None:
        made = Outcome(f"{letter}.pdf", sha, Status.DRAFTED, folder, (), (), f"Công văn số {letter}")
        ledger.begin(made, ("", "", ""), DAY, Kept(Paper(), (Task("1", text, "Phòng", (after,)), Task("2", "Khác", "Văn phòng", ("vp",)))))
        ledger.reach(sha, Step.DONE)
    moved = changes_file.Reassigned(key="1", text=text, before=(), after=(after,), chosen_by=CLOSE)
    file = changes_file.ChangesFile(kind=changes_file.KIND, version=changes_file.VERSION, reassigned=(moved,))
    data = json.dumps(json.loads(changes_file.msgspec.json.encode(file))).encode()
    (folder / name).mkdir(parents=True)
    (folder / name / changes_file.NAME).write_bytes(data)
    with ledger.last_word(sha, ledger.duties_of(sha)) as put:
        put(Delivered(FINAL, f"{name}/{changes_file.NAME}", hashlib.sha256(data).hexdigest()))


@pytest.fixture
def ledger(workspace):
    with open_ledger(workspace.state / LEDGER_NAME) as opened:
        yield opened


def test_what_the_last_words_tell(workspace, ledger):
    final(workspace, ledger, "a", LANDSLIDE[0])
    final(workspace, ledger, "b", LANDSLIDE[1], after="vhxh")
    final(workspace, ledger, "b", LANDSLIDE[1], after="kt", name="ban-chot-2")
    final(workspace, ledger, "c", "Khác")
    (workspace.drafts / "c" / "ban-chot" / changes_file.NAME).write_text("{}")
    found = gather(workspace, ledger)
    assert [(one.seen.sha256[0], one.seen.lead, one.before, one.chosen_by) for one in found.moves] == [
        ("a", "kt", "", CLOSE),
        ("b", "kt", "", CLOSE),
    ]
    assert {(one.sha256[0], one.lead) for one in found.seen} >= {("a", "kt"), ("a", "vp")}
    assert found.unreadable == ("c",), "forged or damaged, it says nothing"


def call(*arguments):
    return cli.main([str(argument) for argument in arguments])


def test_the_verb_shows_and_writes_only_when_asked(workspace, ledger, capsys):
    profile = workspace.profile / PROFILE.name
    before = profile.read_bytes()
    for letter, text in zip("ab", LANDSLIDE, strict=True):
        final(workspace, ledger, letter, text)
    assert call("learn", workspace.root, "--today", "2026-03-10") == ExitCode.DONE
    shown = capsys.readouterr().out
    assert "“sạt lở bờ sông” là lĩnh vực của Phòng Kinh tế" in shown
    assert "2 lần, trong 2 văn bản" in shown
    assert "số đến 1/2026: Rà soát các điểm sạt lở bờ sông" in shown
    assert '+    "sạt lở bờ sông",' in shown
    assert "Chưa ghi gì." in shown
    assert profile.read_bytes() == before
    assert call("learn", workspace.root, "--apply", "--today", "2026-03-10") == ExitCode.DONE
    assert (workspace.profile / f"{PROFILE.name}.truoc-2026-03-10").read_bytes() == before
    old, new = before.decode().splitlines(), profile.read_text("utf-8").splitlines()
    assert [line for line in new if line not in old] == ['    "sạt lở bờ sông",']
    assert len(new) == len(old) + 1
    assert "sạt lở bờ sông" in {c.phrase for u in load(workspace.profile).on(DAY).units if u.id == "kt" for c in u.competences}
    capsys.readouterr()
    assert call("learn", workspace.root, "--apply", "--today", "2026-03-10") == ExitCode.DONE
    assert capsys.readouterr().out.startswith("Chưa có gì để học"), "what was learnt is not proposed again"
    assert len(list(workspace.profile.iterdir())) == 2
    (log,) = (workspace.state / "nhat-ky").iterdir()
    (line,) = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    assert (line["event"], line["additions"], line["before"]) == ("learn --apply", 1, hashlib.sha256(before).hexdigest())


def test_a_threshold_of_three(workspace, ledger, capsys):
    for letter, text in zip("ab", LANDSLIDE, strict=True):
        final(workspace, ledger, letter, text)
    assert call("learn", workspace.root, "--min", "3", "--apply", "--today", "2026-03-10") == ExitCode.DONE
    assert "CHƯA ĐỦ CĂN CỨ (2)" in capsys.readouterr().out
    assert (workspace.profile / PROFILE.name).read_bytes() == PROFILE.read_bytes()


def test_a_file_of_changes_that_was_lost_is_told(workspace, ledger, capsys):
    final(workspace, ledger, "a", LANDSLIDE[0])
    (workspace.drafts / "a" / "ban-chot" / changes_file.NAME).unlink()
    assert call("learn", workspace.root, "--today", "2026-03-10") == ExitCode.DONE
    assert "W419" in capsys.readouterr().err


def test_a_profile_that_would_be_wrong_is_not_written(workspace, ledger, capsys, monkeypatch):
    for letter, text in zip("ab", LANDSLIDE, strict=True):
        final(workspace, ledger, letter, text)
    monkeypatch.setattr("pipeline.learning.writing.amended", lambda _, text, *__: text.replace("\nname = ", "\nnam = "))
    assert call("learn", workspace.root, "--apply", "--today", "2026-03-10") == ExitCode.SETUP
    assert "E254" in capsys.readouterr().err
    assert (workspace.profile / PROFILE.name).read_bytes() == PROFILE.read_bytes()
    assert not (workspace.state / "staging" / PROFILE.name).exists()
