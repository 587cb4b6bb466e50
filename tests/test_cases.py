"""Several files of the inbox that are one dispatch: one delivery, one outcome for each file, and every cut harmless."""

import hashlib
import json

import pytest
from edxml_messages import usual
from test_case_reading import APPENDIX, LETTER, LETTER_PDF, OTHER
from test_packages import packed
from test_run import DAY, PROFILE, workspace

from extractors.errors import LoneEnvelope, SecretDocument
from pipeline import cases, inbox, ledger, moving, sandbox
from pipeline.again import again
from pipeline.drafting.draft import OutputFile
from pipeline.ledger import open_ledger
from pipeline.outcome import Status
from pipeline.run import LEDGER_NAME, make_workspace, run
from pipeline.sandbox import Result
from pipeline.settings import Settings, Workspace
from pipeline.stages import RECORD_NAME, Product
from pipeline.verify import Inspection

__all__ = ["workspace"]  # the fixture


def put(workspace, name, words):
    path = workspace.inbox / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(words if isinstance(words, bytes) else words.encode())
    return path


def by_words(job):
    """A worker that takes its orders from the files: "số 5 …" is a dispatch, "kèm …" goes with one, "lạ" stands alone, "hỏng", "mật"."""
    texts = {file.sha256: file.path.read_bytes().decode() for file in (job, *job.others)}
    if any(text.startswith("mật") for text in texts.values()):
        return Result(None, SecretDocument().problem())
    if any(text.startswith("hỏng") for text in texts.values()):
        return Result(None, sandbox.CRASHED)
    main = next((sha for sha, text in texts.items() if not text.startswith("kèm")), None)
    if main is None:
        return Result(None, LoneEnvelope().problem())
    record = OutputFile(RECORD_NAME, "record", json.dumps({"sha256": main}).encode())
    number = texts[main].split()[1] if texts[main].startswith("số") else ""
    identity = (number, "2023-10-01", "x") if number else ("", "", "")
    companions = tuple(sha for sha, text in texts.items() if sha != main and text.startswith("kèm"))
    return Result(Product(Status.DRAFTED, f"Công văn số {number}", identity, (record,), (), ()), None, main, companions)


def go(workspace, do=by_words, **settings):
    return run(Settings(workspace, DAY, **settings), lambda *_: None, do)


def told(outcomes):
    return [(outcome.file, outcome.status.value, [problem.code for problem in outcome.problems]) for outcome in outcomes]


def files_of(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def state(workspace):
    """All that must not depend on where a run was cut off."""
    folders = (workspace.inbox, workspace.drafts, workspace.archive, workspace.refused)
    files = {
        path.relative_to(workspace.root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()
    }  # fmt: skip
    with open_ledger(workspace.state / LEDGER_NAME, dry_run=True) as book:
        entries = [(entry.name, entry.step, entry.folder, entry.arrival.number) for entry in book.entries()]
        return files, entries, [(link.name, link.kind) for link in book.links()]


# Which files may be one case, by their names


def grouped(workspace, *names):
    files = [inbox.take(put(workspace, name, name), 1000) for name in sorted(names)]
    return [[file.path.relative_to(workspace.inbox).as_posix() for file in case.files] for case in cases.group(files, workspace)]


@pytest.mark.parametrize(
    ("names", "groups"),
    [
        (["a.pdf", "b.pdf"], [["a.pdf"], ["b.pdf"]]),
        (["a.pdf", "a.docx", "a.edxml"], [["a.docx", "a.edxml", "a.pdf"]]),
        (["A.PDF", "a.docx"], [["A.PDF", "a.docx"]]),
        (["Quyết định.pdf", "Quyết định.docx"], [["Quyết định.docx", "Quyết định.pdf"]]),
        (["a.pdf", "a.pdf.edxml"], [["a.pdf", "a.pdf.edxml"]]),
        (["a.pdf.edxml"], [["a.pdf.edxml"]]),
        (["a.pdf", "a (1).pdf"], [["a (1).pdf"], ["a.pdf"]]),
        (["cv/a.pdf", "cv/b.docx", "a.pdf"], [["a.pdf"], ["cv/a.pdf", "cv/b.docx"]]),
    ],
)
def test_the_same_name_or_the_same_folder(workspace, names, groups):
    assert grouped(workspace, *names) == groups


def test_a_pile_of_files_in_a_folder_is_no_case(workspace):
    names = [f"ngày/{n:03d}.pdf" for n in range(cases.MOST_FILES + 1)]
    assert grouped(workspace, *names) == [[name] for name in names]


def test_a_case_waits_until_all_of_it_has_come_in(workspace):
    paths = [put(workspace, name, name) for name in ("a.edxml", "a.pdf", "b.pdf", "cv/x.pdf", "cv/y.pdf")]
    a_envelope, a_paper, b_paper, x, _ = paths
    assert cases.whole((a_envelope, a_paper, b_paper, x), paths, workspace) == (a_envelope, a_paper, b_paper)
    assert cases.whole((a_paper, b_paper), paths, workspace) == (b_paper,)
    assert cases.whole(paths, paths, workspace) == tuple(paths)


# One delivery, one outcome for each file


def test_companions_point_to_their_dispatch(workspace):
    put(workspace, "a.docx", "số 1")
    put(workspace, "a.edxml", "kèm phong bì")
    put(workspace, "a.pdf", "kèm bản quét")
    outcomes = go(workspace)
    assert told(outcomes) == [("a.docx", "drafted", []), ("a.edxml", "duplicate", ["I239"]), ("a.pdf", "duplicate", ["I239"])]
    assert len({outcome.folder for outcome in outcomes}) == 1
    assert files_of(workspace.archive) == ["a.docx", "a.edxml", "a.pdf"]
    assert files_of(workspace.drafts) == [f"cong-van-so-1/{RECORD_NAME}"]
    with open_ledger(workspace.state / LEDGER_NAME) as book:
        assert [(entry.name, entry.arrival.number) for entry in book.entries()] == [("a.docx", 1)], "only the dispatch gets a number"


def test_a_companion_that_comes_again_or_later_points_there_too(workspace):
    put(workspace, "a.docx", "số 1")
    put(workspace, "a.edxml", "kèm phong bì")
    go(workspace)
    put(workspace, "b.edxml", "kèm phong bì")
    assert told(go(workspace)) == [("b.edxml", "duplicate", ["I239"])]
    put(workspace, "c.docx", "số 1")
    put(workspace, "c.edxml", "kèm phong bì mới")
    assert told(go(workspace)) == [("c.edxml", "duplicate", ["I239"]), ("c.docx", "duplicate", ["I403"])]
    assert files_of(workspace.inbox) == []


def test_the_same_dispatch_again_takes_its_companions_along(workspace):
    put(workspace, "a.docx", "số 1")
    go(workspace)
    put(workspace, "b.docx", "số 1 bản khác")
    put(workspace, "b.edxml", "kèm phong bì")
    assert told(go(workspace)) == [("b.docx", "duplicate", ["I403"]), ("b.edxml", "duplicate", ["I239"])]
    assert files_of(workspace.archive) == ["a.docx", "b.docx", "b.edxml"]


def test_strangers_of_one_name_are_worked_on_apart(workspace):
    put(workspace, "a.docx", "số 1")
    put(workspace, "a.pdf", "số 2")
    put(workspace, "a.xml", "kèm phong bì")
    put(workspace, "b.pdf", "số 3")
    outcomes = go(workspace)
    assert told(outcomes) == [
        ("a.docx", "drafted", []),
        ("a.xml", "duplicate", ["I239"]),
        ("b.pdf", "drafted", []),
        ("a.pdf", "drafted", []),
    ]
    assert files_of(workspace.archive) == ["a.docx", "a.pdf", "a.xml", "b.pdf"]


def test_copies_of_a_stranger_share_its_fate(workspace):
    put(workspace, "a.docx", "số 1")
    put(workspace, "a.pdf", "số 2")
    put(workspace, "b.pdf", "số 2")
    assert told(go(workspace)) == [("a.docx", "drafted", []), ("a.pdf", "drafted", []), ("b.pdf", "duplicate", ["I403"])]


def test_a_bad_file_costs_only_itself(workspace):
    put(workspace, "a.docx", "số 1")
    put(workspace, "a.pdf", "hỏng")
    assert told(go(workspace)) == [("a.docx", "drafted", []), ("a.pdf", "refused", ["E111"])]
    assert files_of(workspace.refused) == ["a.pdf", "a.pdf.ly-do.txt"]


def test_a_secret_case_goes_out_whole(workspace):
    put(workspace, "a.docx", "mật")
    put(workspace, "a.edxml", "kèm phong bì")
    assert told(go(workspace)) == [("a.docx", "refused", ["E106"]), ("a.edxml", "refused", ["E106"])]
    assert files_of(workspace.inbox) == files_of(workspace.archive) == []


def test_a_lone_envelope_is_refused(workspace):
    put(workspace, "a.edxml", "kèm phong bì")
    assert told(go(workspace)) == [("a.edxml", "refused", ["E123"])]


def test_a_case_of_which_a_file_changes_stays_whole(workspace, monkeypatch):
    put(workspace, "a.docx", "số 1")
    changing = put(workspace, "a.edxml", "kèm phong bì")
    whole = inbox.unchanged
    monkeypatch.setattr(inbox, "unchanged", lambda file: file.path != changing and whole(file))
    assert told(go(workspace)) == [("a.docx", "refused", ["E114"]), ("a.edxml", "refused", ["E114"])]
    assert files_of(workspace.inbox) == ["a.docx", "a.edxml"]
    monkeypatch.undo()
    assert [outcome.status.value for outcome in go(workspace)] == ["drafted", "duplicate"]


def test_a_folder_is_a_case_and_goes_away_when_it_is_empty(workspace):
    put(workspace, "số 5/công văn.docx", "số 5")
    put(workspace, "số 5/phụ lục.docx", "kèm phụ lục")
    put(workspace, "số 5/lạ.pdf", "số 6")
    put(workspace, "rác/Thumbs.db", "x")
    outcomes = go(workspace)
    assert {outcome.file: outcome.status.value for outcome in outcomes} == {
        "công văn.docx": "drafted", "phụ lục.docx": "duplicate", "lạ.pdf": "drafted",
    }  # fmt: skip
    assert files_of(workspace.archive) == ["số 5/công văn.docx", "số 5/lạ.pdf", "số 5/phụ lục.docx"]
    assert not (workspace.inbox / "số 5").exists()
    assert files_of(workspace.inbox) == ["rác/Thumbs.db"]


def test_links_and_deep_folders_are_left_alone(workspace, tmp_path):
    outside = tmp_path / "ngoài"
    outside.mkdir()
    (outside / "a.pdf").write_bytes(b"x")
    (workspace.inbox / "lối tắt").symlink_to(outside, target_is_directory=True)
    (workspace.inbox / "cv").mkdir()
    (workspace.inbox / "cv" / "b.pdf").symlink_to(outside / "a.pdf")
    (workspace.inbox / "cv" / "sâu").mkdir()
    (workspace.inbox / "cv" / "sâu" / "c.pdf").write_bytes(b"x")
    assert inbox.waiting(workspace) == ()
    assert go(workspace) == ()


def test_a_dry_run_tells_the_same_and_touches_nothing(workspace):
    put(workspace, "a.docx", "số 1")
    put(workspace, "a.edxml", "kèm phong bì")
    put(workspace, "cv/b.docx", "số 2")
    put(workspace, "cv/b.pdf", "số 3")
    before = state(workspace)[0]
    dry = go(workspace, dry_run=True)
    assert state(workspace)[0] == before
    assert told(go(workspace)) == told(dry)


# Cut off anywhere, then run again


class Cut(BaseException):
    """Stands for kill -9: nothing in the program catches it."""


STEPS = [(ledger.Ledger, "begin"), (ledger.Ledger, "link"), (moving, "deliver"), (ledger.Ledger, "reach"), (moving, "archive")]


def in_this_process(jobs, workers, limits, do, stop=None):  # noqa: ARG001 - the signature of what it stands for
    """Hundreds of runs: what a worker process adds is tested elsewhere."""
    yield from map(do, jobs)


def fill(workspace):
    put(workspace, "a.docx", "số 1")
    put(workspace, "a.edxml", "kèm phong bì")
    put(workspace, "a.pdf", "kèm bản quét")
    put(workspace, "b/công văn.docx", "số 2")
    put(workspace, "b/phụ lục.docx", "kèm phụ lục")
    put(workspace, "b/riêng.docx", "số 3")


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("step", STEPS, ids=[name for _, name in STEPS])
def test_a_case_cut_off_ends_like_one_undisturbed(tmp_path, monkeypatch, step, after):
    """At each time that a step is taken, before it and after it."""
    monkeypatch.setattr(sandbox, "run_all", in_this_process)
    calm = filled(tmp_path / "yên")
    go(calm)
    nth = 1
    while cut_at(workspace := filled(tmp_path / f"lần {nth}"), monkeypatch, step, (nth, after)):
        go(workspace)
        assert state(workspace) == state(calm), nth
        assert files_of(workspace.inbox) == []
        nth += 1
    assert nth > 3, "each step is taken once for each of three dispatches at least"


def filled(root):
    made = Workspace(root)
    make_workspace(made)
    (made.profile / PROFILE.name).write_bytes(PROFILE.read_bytes())
    fill(made)
    return made


def cut_at(workspace, monkeypatch, step, moment):
    """Run until a step is taken for the nth time; False when it is not taken so often."""
    whole, calls = getattr(*step), []

    def stop(*args, **kwargs):
        calls.append(args)
        if moment == (len(calls), False):
            raise Cut
        made = whole(*args, **kwargs)
        if moment == (len(calls), True):
            raise Cut
        return made

    with monkeypatch.context() as patch:
        patch.setattr(*step, stop)
        try:
            go(workspace)
        except Cut:
            return True
    return False


# What others do with a case


def test_a_case_leaves_nothing_for_verify_to_find(workspace):
    fill(workspace)
    go(workspace)
    with open_ledger(workspace.state / LEDGER_NAME) as book:
        assert Inspection(workspace, book).findings() == ()
    (workspace.archive / "b" / "phụ lục.docx").unlink()
    with open_ledger(workspace.state / LEDGER_NAME) as book:
        assert [problem.code for problem in Inspection(workspace, book).findings()] == ["E266"], "an attachment is an original too"


def test_a_case_is_drafted_again_with_all_that_came_with_it(workspace):
    fill(workspace)
    go(workspace)
    jobs = {}

    def watched(job):
        jobs[job.name] = ([other.name for other in job.others], job.together)
        return by_words(job)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sandbox, "run_all", in_this_process)
        again(Settings(workspace, DAY), ["a.docx", "công văn.docx"], lambda *_: None, watched)
    assert jobs == {"a.docx": (["a.edxml", "a.pdf"], False), "công văn.docx": (["phụ lục.docx"], True)}


# The whole way, with real papers and real workers


def test_real_papers(workspace):
    from extractors.reading import read_dispatch

    main = read_dispatch(LETTER, "x").main
    facts = {"number": main.number.value, "symbol": main.symbol.value, "date": main.date.value.strftime("%Y/%m/%d")}
    put(workspace, "a.docx", LETTER)
    put(workspace, "a.edxml", usual(**facts, due="2023/10/30"))
    put(workspace, "a.pdf", LETTER_PDF)
    put(workspace, "b.zip", packed(("công văn.docx", OTHER), ("phụ lục.docx", APPENDIX)))
    put(workspace, "c.zip", packed(("../công văn.docx", OTHER)))
    put(workspace, "d.edxml", usual())
    before = files_with_bytes(workspace.inbox)
    outcomes = run(Settings(workspace, DAY), lambda *_: None)
    found = {outcome.file: outcome for outcome in outcomes}
    assert {name: outcome.status.value.replace("needs_review", "drafted") for name, outcome in found.items()} == {
        "a.docx": "drafted", "a.edxml": "duplicate", "a.pdf": "duplicate", "b.zip": "drafted", "c.zip": "refused", "d.edxml": "refused",
    }  # fmt: skip
    assert [problem.code for problem in found["c.zip"].problems] == ["E124"]
    assert [problem.code for problem in found["d.edxml"].problems] == ["E123"]
    assert {"I235", "I239"} <= {problem.code for problem in found["a.docx"].problems}
    after = files_with_bytes(workspace.archive) | files_with_bytes(workspace.refused)
    assert {name: after[name] for name in before} == before, "originals stay byte for byte, the zip too"
    record = json.loads((found["b.zip"].folder / RECORD_NAME).read_bytes())
    assert record["source"]["sha256"] == hashlib.sha256((workspace.archive / "b.zip").read_bytes()).hexdigest()
    assert [document["role"] for document in record["documents"]] == ["main", "attachment"]
    assert record["documents"][1]["duties"][0]["deadlines"][0]["due"] == "2023-11-15"


def files_with_bytes(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file() and not path.name.endswith(moving.NOTE_SUFFIX)}
