"""A run over the inbox: one outcome for each file, originals byte for byte, and every cut harmless."""

import hashlib
import json
import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from extractors.dispatch import Succession, SuccessionKind
from extractors.errors import EmptyFile, NeedsOcr, SecretDocument
from pipeline import inbox, ledger, moving
from pipeline.drafting.draft import OutputFile
from pipeline.errors import FolderError, NoAuthorityOnDay, OutputNotWritable, ProfileError, WorkspaceBusy
from pipeline.outcome import Status
from pipeline.run import LEDGER_NAME, LOCK_NAME, make_workspace, run
from pipeline.sandbox import Result
from pipeline.settings import Limits, Settings, Workspace
from pipeline.stages import RECORD_NAME, Product

ROOT = Path(__file__).parents[1]
PROFILE = ROOT / "samples" / "profiles" / "huyen-2023.toml"
DAY = date(2023, 10, 5)


@pytest.fixture
def workspace(tmp_path):
    made = Workspace(tmp_path / "văn thư")
    make_workspace(made)
    (made.profile / PROFILE.name).write_bytes(PROFILE.read_bytes())
    return made


def quick(job):
    """A worker that takes its orders from the file: "số|ngày|cơ quan|status|does what to which", or the name of a refusal."""
    words = job.path.read_bytes().decode()
    if words in ("empty", "scan", "secret"):
        return Result(None, {"empty": EmptyFile, "scan": NeedsOcr, "secret": SecretDocument}[words]().problem())
    if words == "crash":
        os._exit(9)
    number, day, issuer, *rest = words.split("|")
    status = Status(rest[0]) if rest else Status.DRAFTED
    record = OutputFile(RECORD_NAME, "record", json.dumps({"sha256": job.sha256, "name": job.name}).encode())
    draft = OutputFile("du-thao.docx", "dispatch", b"draft of " + words.encode())
    identity = (number, day, issuer) if number and day and issuer else ("", "", "")
    cited = [Succession(SuccessionKind(kind), reference) for kind, reference in (words.split() for words in rest[1:])]
    return Result(Product(status, f"Công văn số {number}", identity, (draft, record), (), (), successions=tuple(cited)))


def put(workspace, name, words):
    path = workspace.inbox / name
    path.write_bytes(words.encode())
    return path


def go(workspace, do=quick, **settings):
    return run(Settings(workspace, DAY, **settings), lambda *_: None, do)


def statuses(outcomes):
    return [(outcome.file, outcome.status.value) for outcome in outcomes]


def codes(outcome):
    return [problem.code for problem in outcome.problems]


def files_of(folder):
    return sorted(path.name for path in folder.iterdir())


def tree(folder):
    """Every file below a folder, with the hash of its bytes."""
    return {p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(folder.rglob("*")) if p.is_file()}


# One outcome for each file


def test_an_empty_inbox_gives_nothing(workspace):
    assert go(workspace) == ()


def test_each_file_has_one_outcome_and_one_place(workspace):
    put(workspace, "a.pdf", "1|2023-10-01|X")
    put(workspace, "b.pdf", "2|2023-10-01|X|needs_review")
    put(workspace, "c.pdf", "3|2023-10-01|X|no_duty")
    put(workspace, "d.pdf", "scan")
    put(workspace, "e.pdf", "crash")
    put(workspace, "f.pdf", "4|2023-10-01|X")
    before = tree(workspace.inbox)
    outcomes = go(workspace)
    assert statuses(outcomes) == [
        ("a.pdf", "drafted"), ("b.pdf", "needs_review"), ("c.pdf", "no_duty"),
        ("d.pdf", "refused"), ("e.pdf", "refused"), ("f.pdf", "drafted"),
    ]  # fmt: skip
    assert [codes(o) for o in outcomes if o.status is Status.REFUSED] == [["E105"], ["E111"]]
    assert files_of(workspace.inbox) == []
    assert files_of(workspace.archive) == ["a.pdf", "b.pdf", "c.pdf", "f.pdf"]
    assert files_of(workspace.refused) == ["d.pdf", "d.pdf.ly-do.txt", "e.pdf", "e.pdf.ly-do.txt"]
    after = tree(workspace.archive) | tree(workspace.refused)
    assert {name: after[name] for name in before} == before, "originals stay byte for byte"
    assert all(
        o.folder is not None and files_of(o.folder) == ["du-thao.docx", RECORD_NAME] for o in outcomes if o.status is not Status.REFUSED
    )


def test_the_watcher_is_told_of_each_file(workspace):
    for name in ("a", "b"):
        put(workspace, f"{name}.pdf", f"{name}|2023-10-01|X")
    told = []
    run(Settings(workspace, DAY), lambda *news: told.append(news), quick)
    assert told == [(1, 2, "a.pdf"), (2, 2, "b.pdf")]


@pytest.mark.parametrize("jobs", [1, 2])
def test_outcomes_come_in_the_order_of_the_names(workspace, jobs):
    names = [f"{n:02d}.pdf" for n in range(12)]
    for name in reversed(names):
        put(workspace, name, f"{name}|2023-10-01|X")
    assert [outcome.file for outcome in go(workspace, jobs=jobs)] == names


def test_a_file_too_big_is_refused_unread(workspace):
    put(workspace, "a.pdf", "1|2023-10-01|X")
    (outcome,) = go(workspace, limits=Limits(file_mb=0))
    assert (outcome.status, codes(outcome)) == (Status.REFUSED, ["E115"])
    assert files_of(workspace.refused) == ["a.pdf", "a.pdf.ly-do.txt"]


def test_a_file_that_changes_meanwhile_stays(workspace, monkeypatch):
    put(workspace, "a.pdf", "1|2023-10-01|X")
    monkeypatch.setattr(inbox, "unchanged", lambda _: False)
    (outcome,) = go(workspace)
    assert (outcome.status, codes(outcome)) == (Status.REFUSED, ["E114"])
    assert files_of(workspace.inbox) == ["a.pdf"]
    assert files_of(workspace.drafts) == []
    monkeypatch.undo()
    assert statuses(go(workspace)) == [("a.pdf", "drafted")]


def test_a_file_that_cannot_be_opened_stays(workspace, monkeypatch):
    put(workspace, "a.pdf", "1|2023-10-01|X")

    def locked(_):
        raise PermissionError(13, "locked")

    monkeypatch.setattr(inbox, "_digest", locked)
    (outcome,) = go(workspace)
    assert (outcome.status, codes(outcome), files_of(workspace.inbox)) == (Status.REFUSED, ["E113"], ["a.pdf"])


@pytest.mark.parametrize("words", ["1|2023-10-01|X", "scan"])
def test_a_file_that_is_taken_back_meanwhile_stops_nobody(workspace, words):
    """The clerk takes a file back while an earlier one is worked on; its twin of an earlier run, too."""
    put(workspace, "0.pdf", "7|2023-10-01|X")
    go(workspace)
    for name, said in (("a.pdf", "6|2023-10-01|X"), ("b.pdf", words), ("c.pdf", "7|2023-10-01|X"), ("d.pdf", "8|2023-10-01|X")):
        put(workspace, name, said)

    def take_back(done, _, __):
        if done == 1:
            (workspace.inbox / "b.pdf").unlink()
            (workspace.inbox / "c.pdf").unlink()

    outcomes = run(Settings(workspace, DAY), take_back, quick)
    assert statuses(outcomes) == [("a.pdf", "drafted"), ("b.pdf", "refused"), ("c.pdf", "refused"), ("d.pdf", "drafted")]
    assert {codes(outcome)[0] for outcome in outcomes[1:3]} <= {"E113", "E114"}
    assert files_of(workspace.refused) == []


def test_odd_names_go_all_the_way(workspace):
    names = [
        "x" * 251 + ".pdf",
        "Công văn số 3/UBND".replace("/", "∕") + ".pdf",
        "a\nb.pdf",
        os.fsdecode(b"c\xf4ng.pdf"),
        "-rf.pdf",
        "đuôi",
    ]
    for number, name in enumerate(names):
        put(workspace, name, f"{number}|2023-10-01|X")
    outcomes = go(workspace)
    assert {outcome.status for outcome in outcomes} == {Status.DRAFTED}
    assert sorted(path.name for path in workspace.archive.iterdir()) == sorted(names)
    assert all("\n" not in outcome.file for outcome in outcomes)
    json.dumps([outcome.as_dict() for outcome in outcomes], ensure_ascii=False).encode()


# Duplicates


def test_the_same_bytes_again_are_linked_to_the_first(workspace):
    put(workspace, "a.pdf", "1|2023-10-01|X")
    (first,) = go(workspace)
    put(workspace, "b.pdf", "1|2023-10-01|X")
    (second,) = go(workspace)
    assert (second.status, codes(second), second.folder) == (Status.DUPLICATE, ["I403"], first.folder)
    assert "a.pdf" in second.problems[0].message
    assert files_of(workspace.archive) == ["a.pdf", "b.pdf"]
    assert len(files_of(workspace.drafts)) == 1


def test_two_copies_in_one_run_are_drafted_once(workspace):
    put(workspace, "a.pdf", "1|2023-10-01|X")
    put(workspace, "b.pdf", "1|2023-10-01|X")
    assert statuses(go(workspace)) == [("a.pdf", "drafted"), ("b.pdf", "duplicate")]


def test_the_same_dispatch_in_other_bytes_is_a_duplicate(workspace):
    put(workspace, "a.pdf", "1|2023-10-01|X")
    (first,) = go(workspace)
    put(workspace, "a.pdf", "1|2023-10-01|X|needs_review")
    (second,) = go(workspace)
    assert (second.status, second.folder) == (Status.DUPLICATE, first.folder)
    assert files_of(workspace.archive) == ["a (2).pdf", "a.pdf"]


@pytest.mark.parametrize("words", ["2|2023-10-01|X", "1|2023-10-02|X", "1|2023-10-01|Y", "|2023-10-01|X"])
def test_another_number_day_or_issuer_is_another_dispatch(workspace, words):
    put(workspace, "a.pdf", "1|2023-10-01|X")
    put(workspace, "b.pdf", words)
    assert statuses(go(workspace)) == [("a.pdf", "drafted"), ("b.pdf", "drafted")]


def test_dispatches_of_one_title_get_folders_of_their_own(workspace):
    for name in ("a", "b", "c"):
        put(workspace, f"{name}.pdf", f"|2023-10-01|{name}")
    folders = [outcome.folder for outcome in go(workspace)]
    assert len(set(folders)) == 3


def test_a_folder_of_drafts_is_never_overwritten(workspace):
    own = workspace.drafts / moving.folder_name("Công văn số 1", "")
    own.mkdir()
    (own / "du-thao.docx").write_bytes(b"edited by the reviewer")
    put(workspace, "a.pdf", "1|2023-10-01|X")
    (outcome,) = go(workspace)
    assert outcome.folder != own
    assert (own / "du-thao.docx").read_bytes() == b"edited by the reviewer"


def test_a_refused_file_may_be_brought_again(workspace):
    put(workspace, "a.pdf", "scan")
    assert statuses(go(workspace)) == [("a.pdf", "refused")]
    put(workspace, "a.pdf", "scan")
    put(workspace, "b.pdf", "scan")
    assert statuses(go(workspace)) == [("a.pdf", "refused"), ("b.pdf", "refused")]
    assert files_of(workspace.archive) == []
    assert len(files_of(workspace.refused)) == 6


def test_a_run_gives_numbers_writes_hashes_and_links_twins(workspace):
    put(workspace, "a.pdf", "1|2023-10-01|X")
    put(workspace, "b.pdf", "scan")
    put(workspace, "c.pdf", "2|2023-10-01|X|no_duty")
    put(workspace, "d.pdf", "1|2023-10-01|X|needs_review")
    put(workspace, "e.pdf", "1|2023-10-01|X")
    outcomes = go(workspace)
    sha = {outcome.file: outcome.sha256 for outcome in outcomes}
    with ledger.open_ledger(workspace.state / LEDGER_NAME, dry_run=True) as book:
        assert [(entry.name, entry.arrival.number, entry.arrival.day) for entry in book.entries()] == [("a.pdf", 1, DAY), ("c.pdf", 2, DAY)]
        for output in book.outputs_of(sha["a.pdf"]):
            assert hashlib.sha256((outcomes[0].folder / output.name).read_bytes()).hexdigest() == output.sha256
        links = {(link.name, link.kind.value, link.earlier) for link in book.links()}
    assert links == {("d.pdf", "same_dispatch", sha["a.pdf"]), ("e.pdf", "same_bytes", sha["a.pdf"])}


# Papers that have to do with earlier ones


@pytest.mark.parametrize("apart", [True, False], ids=["two runs", "one run"])
@pytest.mark.parametrize("kind", list(SuccessionKind))
def test_a_successor_is_drafted_and_linked(workspace, kind, apart):
    put(workspace, "a.pdf", "1|2023-10-01|X")
    first = go(workspace) if apart else ()
    put(workspace, "b.pdf", f"2|2023-10-04|X|drafted|{kind.value} 1")
    *_, second = (*first, *go(workspace))
    assert (second.status, codes(second)) == (Status.NEEDS_REVIEW, ["W408"])
    assert "Công văn số 1 (số đến 1/2023)" in second.problems[0].message
    assert "cong-van-so-1" in second.problems[0].remedy
    assert len(files_of(workspace.drafts)) == 2
    with ledger.open_ledger(workspace.state / LEDGER_NAME, dry_run=True) as book:
        (link,) = book.links()
        first_entry, second_entry = book.entries()
    assert (link.sha256, link.earlier, link.kind.value) == (second_entry.sha256, first_entry.sha256, kind.value)


def test_the_earlier_paper_may_come_after_its_successor(workspace):
    put(workspace, "a.pdf", "2|2023-10-04|X|no_duty|recalls 1")
    put(workspace, "b.pdf", "1|2023-10-01|X")
    first, second = go(workspace)
    assert (first.status, codes(first)) == (Status.NO_DUTY, [])
    assert (second.status, codes(second)) == (Status.NEEDS_REVIEW, ["W409"])
    assert "Công văn số 2 (số đến 1/2023)" in second.problems[0].message
    with ledger.open_ledger(workspace.state / LEDGER_NAME, dry_run=True) as book:
        assert [(link.sha256, link.earlier) for link in book.links()] == [(first.sha256, second.sha256)]


@pytest.mark.parametrize("other", ["1|2023-10-01|Y", "1|2022-10-01|X\n1|2023-10-01|X", "3|2023-10-01|X"])
def test_a_citation_that_means_no_known_paper_or_several_links_nothing(workspace, other):
    for number, words in enumerate(other.splitlines()):
        put(workspace, f"a{number}.pdf", words)
    put(workspace, "b.pdf", "2|2023-10-04|X|drafted|recalls 1")
    *_, last = go(workspace)
    assert (last.status, codes(last)) == (Status.DRAFTED, [])


# Cut off anywhere, then run again


class Cut(BaseException):
    """Stands for kill -9: nothing in the program catches it."""


def cut(monkeypatch, where, name, *, after):
    whole = getattr(where, name)
    calls = []

    def stop(*args, **kwargs):
        calls.append(args)
        if after:
            whole(*args, **kwargs)
        raise Cut

    monkeypatch.setattr(where, name, stop)
    return calls


BOUNDARIES = [
    (ledger.Ledger, "begin"),
    (moving, "deliver"),
    (ledger.Ledger, "reach"),
    (moving, "archive"),
]


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize(("where", "name"), BOUNDARIES, ids=[name for _, name in BOUNDARIES])
def test_a_run_cut_off_is_taken_up(workspace, monkeypatch, where, name, after):
    put(workspace, "a.pdf", "1|2023-10-01|X")
    put(workspace, "b.pdf", "2|2023-10-01|X|needs_review|corrects 1")
    calls = cut(monkeypatch, where, name, after=after)
    with pytest.raises(Cut):
        go(workspace)
    assert len(calls) == 1
    monkeypatch.undo()
    outcomes = go(workspace)
    assert Status.DUPLICATE not in {outcome.status for outcome in outcomes}, "nobody is told of a duplicate"
    assert files_of(workspace.inbox) == []
    assert files_of(workspace.archive) == ["a.pdf", "b.pdf"]
    assert files_of(workspace.drafts) == ["cong-van-so-1", "cong-van-so-2"], "nothing twice, nothing lost"
    assert all(files_of(folder) == ["du-thao.docx", RECORD_NAME] for folder in workspace.drafts.iterdir())
    with ledger.open_ledger(workspace.state / LEDGER_NAME, dry_run=True) as book:
        assert [(entry.name, entry.arrival.number) for entry in book.entries()] == [("a.pdf", 1), ("b.pdf", 2)], "as if undisturbed"
        assert [(link.name, link.kind.value) for link in book.links()] == [("b.pdf", "corrects")]
    put(workspace, "c.pdf", "1|2023-10-01|X")
    assert statuses(go(workspace)) == [("c.pdf", "duplicate")]


def test_cut_off_at_the_last_word(workspace, monkeypatch):
    """The original is in the archive, "done" is not written: the same bytes again are a duplicate all the same."""
    put(workspace, "a.pdf", "1|2023-10-01|X")
    whole = ledger.Ledger.reach

    def stop(self, sha256, step):
        if step is ledger.Step.DONE:
            raise Cut
        whole(self, sha256, step)

    monkeypatch.setattr(ledger.Ledger, "reach", stop)
    with pytest.raises(Cut):
        go(workspace)
    monkeypatch.undo()
    assert go(workspace) == ()
    put(workspace, "a.pdf", "1|2023-10-01|X")
    assert statuses(go(workspace)) == [("a.pdf", "duplicate")]


def test_cut_off_in_the_middle_of_writing(workspace, monkeypatch):
    put(workspace, "a.pdf", "1|2023-10-01|X")
    cut(monkeypatch, Path, "rename", after=False)
    with pytest.raises(Cut):
        go(workspace)
    assert files_of(workspace.drafts) == []
    monkeypatch.undo()
    assert statuses(go(workspace)) == [("a.pdf", "drafted")]


def test_the_drafts_of_a_run_cut_off_were_taken_away_meanwhile(workspace, monkeypatch):
    put(workspace, "a.pdf", "1|2023-10-01|X")
    cut(monkeypatch, moving, "deliver", after=True)
    with pytest.raises(Cut):
        go(workspace)
    monkeypatch.undo()
    (workspace.drafts / "cong-van-so-1" / RECORD_NAME).unlink()
    (outcome,) = go(workspace)
    assert outcome.folder == workspace.drafts / "cong-van-so-1 (2)" or outcome.folder == workspace.drafts / "cong-van-so-1-2"


def test_a_note_is_there_before_its_file(workspace, monkeypatch):
    put(workspace, "a.pdf", "scan")
    cut(monkeypatch, Path, "rename", after=False)
    with pytest.raises(Cut):
        go(workspace)
    monkeypatch.undo()
    assert files_of(workspace.inbox) == ["a.pdf"]
    assert statuses(go(workspace)) == [("a.pdf", "refused")]
    assert files_of(workspace.refused) == ["a.pdf", "a.pdf.ly-do.txt"]


# Nothing at all


def test_a_dry_run_writes_and_moves_nothing(workspace):
    put(workspace, "a.pdf", "1|2023-10-01|X")
    put(workspace, "b.pdf", "1|2023-10-01|X|needs_review")
    put(workspace, "c.pdf", "scan")
    before = tree(workspace.root)
    outcomes = go(workspace, dry_run=True)
    assert statuses(outcomes) == [("a.pdf", "drafted"), ("b.pdf", "duplicate"), ("c.pdf", "refused")]
    assert {outcome.folder for outcome in outcomes} == {None}
    assert tree(workspace.root) == before
    assert statuses(go(workspace)) == statuses(outcomes), "a dry run tells what a run does"


def test_a_secret_paper_leaves_no_trace_of_its_content(workspace, capfd):
    sample = ROOT / "samples" / "huyen-dong-dau-mat" / "huyen-dong-dau-mat.docx"
    (workspace.inbox / "vb.docx").write_bytes(sample.read_bytes())
    (outcome,) = run(Settings(workspace, DAY), lambda *_: None)
    assert codes(outcome) == ["E106"]
    assert outcome.title == ""
    assert files_of(workspace.refused) == ["vb.docx", "vb.docx.ly-do.txt"]
    assert files_of(workspace.drafts) == files_of(workspace.archive) == []
    assert (workspace.refused / "vb.docx.ly-do.txt").read_text("utf-8").splitlines()[1].startswith("E106")
    with ledger.open_ledger(workspace.state / LEDGER_NAME) as book:
        assert book.by_bytes(outcome.sha256) is None
    assert set(files_of(workspace.state)) <= {LEDGER_NAME, LOCK_NAME}
    assert capfd.readouterr() == ("", "")


def test_without_a_profile_nothing_is_touched(workspace):
    put(workspace, "a.pdf", "1|2023-10-01|X")
    (workspace.profile / PROFILE.name).write_text("name = \n", "utf-8")
    with pytest.raises(ProfileError) as raised:
        go(workspace)
    assert ", dòng 1" in raised.value.problems[0].where
    (workspace.profile / PROFILE.name).unlink()
    with pytest.raises(ProfileError):
        go(workspace)
    assert files_of(workspace.inbox) == ["a.pdf"]


def test_no_authority_is_valid_on_the_day(workspace):
    with pytest.raises(NoAuthorityOnDay):
        run(Settings(workspace, date(1990, 1, 1)), lambda *_: None, quick)


def test_a_folder_is_missing(workspace):
    workspace.inbox.rmdir()
    with pytest.raises(FolderError, match="1-van-ban-den"):
        go(workspace)


def test_a_workspace_inside_an_inbox_is_refused(workspace):
    with pytest.raises(FolderError):
        make_workspace(Workspace(workspace.inbox / "trong"))


def test_a_second_run_is_kept_out(workspace):
    from filelock import FileLock

    put(workspace, "a.pdf", "1|2023-10-01|X")
    with FileLock(workspace.state / LOCK_NAME):
        with pytest.raises(WorkspaceBusy):
            go(workspace)
        assert statuses(go(workspace, dry_run=True)) == [("a.pdf", "drafted")]
    assert statuses(go(workspace)) == [("a.pdf", "drafted")]


def test_results_that_cannot_be_written_end_the_run(workspace, monkeypatch):
    put(workspace, "a.pdf", "1|2023-10-01|X")
    (workspace.state / "staging").write_bytes(b"a file where a folder should be")
    with pytest.raises(OutputNotWritable, match="staging"):
        go(workspace)
    (workspace.state / "staging").unlink()

    def full(*_):
        raise OSError(28, "No space left on device", "du-thao.docx")

    monkeypatch.setattr(moving, "_write", full)
    with pytest.raises(OutputNotWritable, match="hết chỗ"):
        go(workspace)
    monkeypatch.undo()
    assert statuses(go(workspace)) == [("a.pdf", "drafted")]


# The whole way, with real papers


SAMPLES = [
    "huyen-cong-van-tinh/huyen-cong-van-tinh.pdf",
    "huyen-so-noi-vu/huyen-so-noi-vu.docx",
    "huyen-giay-moi/huyen-giay-moi.pdf",
    "huyen-khong-phai-van-ban/huyen-khong-phai-van-ban.pdf",
]


def whole(tmp_path, name, jobs):
    made = Workspace(tmp_path / name)
    make_workspace(made)
    (made.profile / PROFILE.name).write_bytes(PROFILE.read_bytes())
    for sample in SAMPLES:
        path = ROOT / "samples" / sample
        (made.inbox / path.name).write_bytes(path.read_bytes())
    (made.inbox / "rỗng.pdf").write_bytes(b"")
    return made, run(Settings(made, DAY, jobs), lambda *_: None)


def test_one_worker_or_two_make_the_same_bytes(tmp_path):
    first, outcomes = whole(tmp_path, "một", 1)
    second, others = whole(tmp_path, "hai", 2)
    assert [replace(o, folder=None) for o in outcomes] == [replace(o, folder=None) for o in others]
    assert {o.file: o.status.value.replace("needs_review", "drafted") for o in outcomes} == {
        "huyen-cong-van-tinh.pdf": "drafted",
        "huyen-so-noi-vu.docx": "drafted",
        "huyen-giay-moi.pdf": "no_duty",
        "huyen-khong-phai-van-ban.pdf": "refused",
        "rỗng.pdf": "refused",
    }
    for folder in ("drafts", "archive", "refused"):
        assert tree(getattr(first, folder)) == tree(getattr(second, folder))
    drafted = outcomes[0].as_dict()
    folder = Path(drafted["folder"])
    assert drafted["outputs"]["task_sheets"]
    for kind in ("dispatch", "table", "calendar", "record"):
        assert (folder / drafted["outputs"][kind]).stat().st_size > 0
    assert json.loads((folder / RECORD_NAME).read_bytes())["source"]["name"] == "huyen-cong-van-tinh.pdf"
