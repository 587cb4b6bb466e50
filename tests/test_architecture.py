"""The direction of imports, one door for each outside library, the clock, the one trap: held by reading the code."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("extractors", "pipeline", "templates")
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))

DOORS = {
    "pypdfium2": {"extractors/readers/pdf"},
    "pdfplumber": {"extractors/readers/pdf"},
    "docx": {"extractors/readers/docx", "pipeline/drafting/docx"},
    "spacy": {"extractors/vietnamese"},
    "underthesea": {"extractors/vietnamese"},
    "jinja2": {"pipeline/drafting/environment", "pipeline/review/page"},
    "xlsxwriter": {"pipeline/drafting/sheets"},
    "holidays": {"pipeline/planning/workdays"},
    "watchfiles": {"pipeline/file_events"},
    "pebble": {"pipeline/sandbox", "pipeline/one_file"},
    "sqlite3": {"pipeline/ledger"},
    "subprocess": {"extractors/readers/office"},
    "tesserocr": {"extractors/readers/scans/ocr_engine"},
    "onnxruntime": {"extractors/readers/scans/hand_model"},
    "rapidocr": set(),  # only the network that it carries is used
    "pyhanko": {"extractors/readers/signatures"},
    "pyhanko_certvalidator": {"extractors/readers/signatures"},
    "asn1crypto": {"extractors/readers/signatures"},
    "cryptography": {"extractors/readers/signatures"},
}
MODEL = {"layout", "evidence", "dispatch", "errors", "text"}
LINES_AT_MOST = 450
FUNCTION_LINES_AT_MOST = 50


def relative(path):
    return path.relative_to(ROOT).with_suffix("").as_posix()


def tree(path):
    return ast.parse(path.read_text("utf-8"))


def imports(path):
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def functions(path):
    return [node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_extractors_know_nothing_of_the_pipeline(path):
    if relative(path).startswith("extractors/"):
        assert not [name for name in imports(path) if name.split(".")[0] in ("pipeline", "templates")]


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_the_model_rests_on_the_standard_library(path):
    if relative(path).startswith("extractors/") and path.stem in MODEL and path.parent.name == "extractors":
        names = {name.split(".")[0] for name in imports(path)}
        assert names <= set(__import__("sys").stdlib_module_names) | {"extractors"}


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_each_library_has_one_door(path):
    for name in {name.split(".")[0] for name in imports(path)} & DOORS.keys():
        assert any(relative(path).startswith(door) for door in DOORS[name]), f"{name} in {relative(path)}"


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_only_the_command_line_reads_the_clock(path):
    if path.name == "cli.py":
        return
    calls = [
        f"{node.func.value.id}.{node.func.attr}"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name)
    ]
    assert not set(calls) & {"date.today", "datetime.now", "datetime.today", "datetime.utcnow", "time.time", "random.random"}
    assert not [name for name in imports(path) if name.split(".")[0] in ("random", "secrets")]


def test_one_trap_for_the_unforeseen():
    traps = [
        relative(path)
        for path in MODULES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ExceptHandler) and (node.type is None or getattr(node.type, "id", "") in ("Exception", "BaseException"))
    ]
    assert traps == ["pipeline/sandbox"]


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_modules_and_functions_stay_small(path):
    assert path.read_text("utf-8").count("\n") <= LINES_AT_MOST
    long = [f.name for f in functions(path) if (f.end_lineno or f.lineno) - f.lineno + 1 > FUNCTION_LINES_AT_MOST]
    assert not long


def test_no_cycles():
    names = {relative(path).replace("/", ".").removesuffix(".__init__"): path for path in MODULES}
    arrows = {name: {hit for hit in (owner(n, names) for n in top_imports(path)) if hit and hit != name} for name, path in names.items()}
    done, path_now = set(), []

    def visit(name):
        if name in path_now:
            raise AssertionError(" → ".join([*path_now[path_now.index(name) :], name]))
        if name in done:
            return
        path_now.append(name)
        for target in sorted(arrows[name]):
            visit(target)
        path_now.pop()
        done.add(name)

    for name in sorted(arrows):
        visit(name)


def top_imports(path):
    """Imports at the top of a module; one inside a function is lazy and makes no cycle at import."""
    for node in tree(path).body:
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def owner(name, names):
    """The module that an imported name comes from."""
    while name:
        if name in names:
            return name
        name = name.rpartition(".")[0]
    return None
