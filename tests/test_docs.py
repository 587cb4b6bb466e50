"""The clerks' guide says what the program says: every code, its words, its folders, its verbs."""

import ast
import re
import shlex
from collections import defaultdict
from pathlib import Path

import pytest

from pipeline.arguments import EXIT_CODES
from pipeline.outcome import STATUS_WORDS
from pipeline.settings import Workspace

ROOT = Path(__file__).parents[1]
GUIDE = (ROOT / "HUONG-DAN.md").read_text("utf-8") if (ROOT / "HUONG-DAN.md").exists() else ""
CODE = re.compile(r"[EWI]\d{3}")
BASES = {"DispatchError", "CongvanError"}
"""Never raised themselves."""
ROW = re.compile(r"^\| ([EWI]\d{3}) \| (.+?) \| (.+?) \|$", re.MULTILINE)


def told_codes():
    """Every code of the program with the (message, remedy) pairs that stand beside it; None where words are put together at run time."""
    found = defaultdict(set)
    for package in ("extractors", "pipeline"):
        for path in sorted((ROOT / package).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                for code, words in (*_in_class(node), *_in_values(node)):
                    found[code].add(words)
    return found


def _in_class(node):
    if not isinstance(node, ast.ClassDef) or node.name in BASES:
        return
    own = {}
    for line in node.body:
        target = line.targets[0] if isinstance(line, ast.Assign) else getattr(line, "target", None)
        value = getattr(line, "value", None)
        if isinstance(target, ast.Name) and isinstance(value, ast.Constant):
            own[target.id] = value.value
    if CODE.fullmatch(str(own.get("code"))):
        yield own["code"], (own.get("message"), own.get("remedy"))


def _in_values(node):
    """A code among the arguments of a call or in a tuple: the sentences behind it are message and remedy."""
    if isinstance(node, ast.Tuple):
        values = node.elts
    elif isinstance(node, ast.Call):
        values = [*node.args, *(keyword.value for keyword in node.keywords)]
    else:
        return
    texts = [value.value if isinstance(value, ast.Constant) else None for value in values]
    codes = [place for place, text in enumerate(texts) if isinstance(text, str) and CODE.fullmatch(text)]
    if len(codes) != 1 or (isinstance(node, ast.Tuple) and codes == [len(texts) - 1]):
        return  # a list of codes, not a problem
    behind = slice(codes[0] + 1, None)
    said = [text for text in texts[behind] if isinstance(text, str) and text.endswith(".")]
    made = any(isinstance(value, ast.JoinedStr) for value in values[behind])
    yield texts[codes[0]], (said[0], said[1]) if len(said) == 2 and not made else (None, None)


CODES = told_codes()
ROWS = {code: (meaning, remedy) for code, meaning, remedy in ROW.findall(GUIDE)}


def test_every_code_has_one_row_and_every_row_a_code():
    assert sorted(code for code, _, _ in ROW.findall(GUIDE)) == sorted(CODES)


@pytest.mark.parametrize("code", sorted(CODES))
def test_a_row_says_what_the_program_says(code):
    assert code in ROWS, f"HUONG-DAN.md, mục 7, needs a row: | {code} | what happened | what to do |"
    if len(CODES[code]) != 1 or None in next(iter(CODES[code])):
        assert all(len(words) > 10 for words in ROWS[code]), "words put together at run time are told in the guide's own words"
        return
    assert ROWS[code] == next(iter(CODES[code])), f"the row should be: | {code} | {' | '.join(next(iter(CODES[code])))} |"


def test_most_rows_are_held_word_for_word():
    exact = [code for code, words in CODES.items() if len(words) == 1 and None not in next(iter(words))]
    assert len(exact) > len(CODES) / 2


def test_it_names_the_folders_the_results_and_the_exit_codes():
    for folder in Workspace(Path("x")).folders:
        assert f"`{folder.name}`" in GUIDE
    for words in STATUS_WORDS.values():
        assert f"| {words} |" in GUIDE
    assert " ".join(EXIT_CODES.removeprefix("Mã kết thúc: ").split()) in " ".join(GUIDE.split())


@pytest.mark.parametrize("call", sorted(set(re.findall(r"`(congvan [a-z][^`]*)`", GUIDE))))
def test_every_command_of_the_guide_is_understood(call):
    from pipeline.verbs import parse

    words = shlex.split(call)[1:]
    if words in (["init"], ["draft"], ["read"], ["run"]):
        return  # a verb named in a sentence
    assert parse(words).verb == words[0]


def test_commands_are_there_to_be_checked():
    assert len(re.findall(r"`(congvan run [^`]*)`", GUIDE)) >= 5
