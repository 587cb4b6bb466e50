"""Drafting once more on request: a new version beside the old one, which nobody touches, and what differs between them."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from test_run import DAY, PROFILE, Cut, codes, cut, files_of, go, put, quick, statuses, tree, workspace

from pipeline import again as redo
from pipeline import cli, inbox, ledger, moving
from pipeline.errors import NotInLedger, WorkspaceBusy
from pipeline.kept import State, Task
from pipeline.outcome import Status
from pipeline.run import LEDGER_NAME, alone
from pipeline.sandbox import Result
from pipeline.settings import Settings
from pipeline.versions import differences

__all__ = ["workspace"]  # the fixture
NEXT_DAY = date(2023, 10, 9)
FIRST = (
    Task("1", "Rà soát hộ nghèo", "Phòng Kinh tế", ("kt",), ("Văn phòng",), "", date(2023, 11, 14), date(2023, 11, 10)),
    Task("2", "Báo cáo kết quả", "Văn phòng", ("vp",)),
    Task("3", "Công khai danh sách", "Văn phòng", ("vp",)),
)
SECOND = (
    replace(FIRST[0], lead="Văn phòng", lead_ids=("vp",), due=date(2023, 11, 20)),
    replace(FIRST[2], key="2"),
    Task("3", "Tuyên truyền", "Phòng Kinh tế", ("kt",)),
)


def first(job):
    return Result(replace(quick(job).product, tasks=FIRST))


def changed(product, words, tasks):
    outputs = tuple(replace(o, data=words) if o.kind == "dispatch" else o for o in product.outputs)
    return Result(replace(product, outputs=outputs, tasks=tasks))


def second(job):
    return changed(quick(job).product, b"after a change of profile", SECOND)


def reworded(job):
    return changed(quick(job).product, b"after a change of template", FIRST)


def failing(_):
    return Result(None, inbox.CHANGED)


def once_more(workspace, *names, do=second, dry_run=False, decided=lambda _: None):
    return redo.again(Settings(workspace, NEXT_DAY, dry_run=dry_run), names, lambda *_: None, do, decided)


def book(workspace):
    return ledger.open_ledger(workspace.state / LEDGER_NAME, dry_run=True)


@pytest.fixture
def drafted(workspace):
    put(workspace, "a.pdf", "1|2023-10-01|X")
    (outcome,) = go(workspace, do=first)
    with ledger.open_ledger(workspace.state / LEDGER_NAME) as kept:
        kept.change_duties([(outcome.sha256, "1")], lambda task: replace(task, state=State.DONE, done_on=NEXT_DAY))
    return outcome


@pytest.mark.parametrize("name", ["a.pdf", "1/2023", "cong-van-so-1", "hash", "part of it"])
def test_a_new_version_lies_beside_the_old_one(workspace, drafted, name):
    before = tree(drafted.folder)
    name = {"hash": drafted.sha256, "part of it": drafted.sha256[:8].upper()}.get(name, name)
    (outcome,) = once_more(workspace, name)
    assert (outcome.status, outcome.folder) == (Status.DRAFTED, workspace.drafts / "cong-van-so-1-ban-2")
    assert (outcome.folder / "du-thao.docx").read_bytes() == b"after a change of profile"
    assert tree(drafted.folder) == before
    assert files_of(workspace.archive) == ["a.pdf"]
    assert codes(outcome) == ["I408"]
    said = outcome.problems[0].message
    for words in (
        "Bản 2 so với bản 1 (thư mục cong-van-so-1)",
        "đổi đơn vị chủ trì từ Phòng Kinh tế thành Văn phòng: “Rà soát hộ nghèo”",
        "đổi hạn từ 14/11/2023 thành 20/11/2023",
        "bỏ nhiệm vụ “Báo cáo kết quả”",
        "thêm nhiệm vụ “Tuyên truyền”",
    ):
        assert words in said
    assert "Công khai" not in said, "a duty that only moved is the same"
    with book(workspace) as kept:
        (entry,) = kept.entries()
        assert (entry.version, entry.folder, entry.arrival.number) == (2, "cong-van-so-1-ban-2", 1)
        assert next((task.text, task.state) for task in kept.duties_of(entry.sha256)) == ("Rà soát hộ nghèo", State.DONE)
        assert kept.by_folder("cong-van-so-1") == kept.by_folder("cong-van-so-1-ban-2") == entry
        assert {output.name for output in kept.outputs_of(entry.sha256)} == set(files_of(outcome.folder))


@pytest.mark.usefixtures("drafted")
def test_other_words_only(workspace):
    (outcome,) = once_more(workspace, "a.pdf", do=reworded)
    assert outcome.problems[0].message.endswith("chỉ khác câu chữ.")


def test_the_same_again_writes_nothing(workspace, drafted):
    before = tree(workspace.drafts)
    (outcome,) = once_more(workspace, "a.pdf", do=first)
    assert (codes(outcome), outcome.folder) == (["I410"], drafted.folder)
    assert tree(workspace.drafts) == before


def test_an_edited_draft_is_recognised_and_stays(workspace, drafted):
    (drafted.folder / "du-thao.docx").write_bytes(b"edited by the reviewer")
    (drafted.folder / "ghi-chu.txt").write_bytes(b"mine")
    before = tree(drafted.folder)
    (outcome,) = once_more(workspace, "a.pdf")
    assert codes(outcome) == ["I408", "I411"]
    assert "(du-thao.docx)" in outcome.problems[1].message
    assert tree(drafted.folder) == before


@pytest.mark.usefixtures("drafted")
def test_a_third_version_is_held_against_the_second(workspace):
    once_more(workspace, "a.pdf")
    (outcome,) = once_more(workspace, "a.pdf", do=first)
    assert outcome.folder.name == "cong-van-so-1-ban-3"
    assert "Bản 3 so với bản 2" in outcome.problems[0].message


@pytest.mark.usefixtures("drafted")
def test_a_dry_run_tells_and_writes_nothing(workspace):
    before = tree(workspace.root)
    (outcome,) = once_more(workspace, "a.pdf", dry_run=True, decided=pytest.fail)
    assert (codes(outcome), outcome.folder) == (["I408"], None)
    assert tree(workspace.root) == before


@pytest.mark.usefixtures("drafted")
def test_the_original_is_found_by_its_bytes_or_missed(workspace):
    (workspace.archive / "a.pdf").rename(workspace.archive / "đổi tên.pdf")
    assert codes(once_more(workspace, "a.pdf")[0]) == ["I408"]
    (workspace.archive / "đổi tên.pdf").write_bytes(b"others")
    (outcome,) = once_more(workspace, "a.pdf")
    assert (outcome.status, codes(outcome)) == (Status.REFUSED, ["E262"])
    assert len(files_of(workspace.drafts)) == 2


@pytest.mark.usefixtures("drafted")
def test_what_a_worker_cannot_do_changes_nothing(workspace):
    before = tree(workspace.drafts)
    assert statuses(once_more(workspace, "a.pdf", do=failing)) == [("a.pdf", "refused")]
    assert tree(workspace.drafts) == before


@pytest.mark.usefixtures("drafted")
@pytest.mark.parametrize("name", ["b.pdf", "2/2023", "1/2022", "deadbeef", "", "../a.pdf/.."])
def test_an_unknown_name_stops_before_anything_is_drafted(workspace, name):
    with pytest.raises(NotInLedger) as raised:
        once_more(workspace, "a.pdf", name)
    assert raised.value.where == name
    assert len(files_of(workspace.drafts)) == 1


@pytest.mark.usefixtures("drafted")
def test_a_name_that_two_files_bore_asks_for_the_number(workspace):
    put(workspace, "a.pdf", "2|2023-10-01|X")
    go(workspace, do=first)
    with pytest.raises(NotInLedger, match="1/2023, 2/2023"):
        once_more(workspace, "a.pdf")
    assert once_more(workspace, "2/2023")[0].folder.name == "cong-van-so-2-ban-2"


@pytest.mark.usefixtures("drafted")
def test_it_keeps_out_of_a_run(workspace):
    with alone(workspace), pytest.raises(WorkspaceBusy):
        once_more(workspace, "a.pdf")


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("boundary", [(ledger.Ledger, "begin_version"), (moving, "deliver"), (ledger.Ledger, "finish_version")], ids=str)
def test_cut_off_anywhere_it_is_taken_up(workspace, drafted, monkeypatch, boundary, after):
    first_version = tree(drafted.folder)
    cut(monkeypatch, *boundary, after=after)
    with pytest.raises(Cut):
        once_more(workspace, "a.pdf")
    monkeypatch.undo()
    (outcome,) = once_more(workspace, "a.pdf")
    assert outcome.folder == workspace.drafts / "cong-van-so-1-ban-2", "once, whether it was in place or not"
    assert files_of(workspace.drafts) == ["cong-van-so-1", "cong-van-so-1-ban-2"]
    assert tree(drafted.folder) == first_version
    with book(workspace) as kept:
        assert [(version.number, version.step.value) for version in kept.versions()] == [(1, "done"), (2, "done")]
        assert [task.text for task in kept.duties_of(outcome.sha256)] == [task.text for task in SECOND]


def test_what_was_done_stays_done_wherever_it_stands_now(workspace, drafted):
    with ledger.open_ledger(workspace.state / LEDGER_NAME) as kept:
        kept.change_duties([(drafted.sha256, "3")], lambda task: replace(task, state=State.DONE, done_on=DAY))
    once_more(workspace, "a.pdf")
    with book(workspace) as kept:
        states = {(task.key, task.text): task.state for task in kept.duties_of(drafted.sha256)}
    assert states[("2", "Công khai danh sách")] is State.DONE
    assert states[("3", "Tuyên truyền")] is State.OPEN, "the number of a duty that was done means nothing for another one"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({}, ()),
        ({"text": "Rà soát hộ cận nghèo"}, ("đổi nội dung nhiệm vụ thành “Rà soát hộ cận nghèo”",)),
        ({"support": ()}, ("đổi đơn vị phối hợp từ Văn phòng thành (không có): “Rà soát hộ nghèo”",)),
        ({"internal_due": None}, ("đổi hạn nội bộ từ 10/11/2023 thành (không có ngày): “Rà soát hộ nghèo”",)),
        ({"lead": "", "lead_ids": ()}, ("đổi đơn vị chủ trì từ Phòng Kinh tế thành (chưa có): “Rà soát hộ nghèo”",)),
        ({"deadline": "trước ngày 15/11"}, ()),
    ],
)
def test_differences(change, words):
    assert differences(FIRST, (replace(FIRST[0], **change), *FIRST[1:])) == words


def test_the_verb_on_a_real_paper(workspace, capsys):
    sample = Path(__file__).parents[1] / "samples" / "huyen-so-noi-vu" / "huyen-so-noi-vu.docx"
    (workspace.inbox / sample.name).write_bytes(sample.read_bytes())
    today = ("--today", "2023-10-05")
    assert cli.main(["run", str(workspace.root), "--steady", "0", *today]) == 0
    profile = workspace.profile / PROFILE.name
    profile.write_text(profile.read_text("utf-8").replace("lead_days = ", "lead_days = 1"), "utf-8")
    capsys.readouterr()
    assert cli.main(["run", str(workspace.root), *today, "--again", "1/2023", "--json"]) == 0
    outcome = json.loads(capsys.readouterr().out)
    assert outcome["folder"].endswith("-ban-2")
    assert "đổi hạn nội bộ từ" in next(problem["message"] for problem in outcome["problems"] if problem["code"] == "I408")
    assert len(list(workspace.drafts.iterdir())) == 2
