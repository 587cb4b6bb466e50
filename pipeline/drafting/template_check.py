"""Checking templates before they are used: every mistake with file and line, and a proof of each to look at."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from extractors.errors import Problem, Severity
from pipeline.drafting.blocks import Draft
from pipeline.drafting.citation import Cited
from pipeline.drafting.context import Line
from pipeline.drafting.docx_writer import write
from pipeline.drafting.draft import APPENDIX as TABLE
from pipeline.drafting.draft import FORMS, TASK_SHEET, OutputFile
from pipeline.drafting.environment import BODY, fill, source_of
from pipeline.drafting.environment_trace import Named, Trace, bound_names, names_in, parsed, traced
from pipeline.drafting.examples import Example, examples, names
from pipeline.drafting.house_style import house_style
from pipeline.drafting.items import Entry, Item
from pipeline.drafting.joint import Joint
from pipeline.drafting.reports import Report
from pipeline.errors import TemplateError

if TYPE_CHECKING:
    from pipeline.drafting.environment_trace import Tree

TEMPLATES = (*FORMS.values(), TASK_SHEET, TABLE)
SHARED = "chung"
MOST_BYTES = 200_000
"""Bytes of one template file."""
_LOOP = frozenset(("index", "index0", "first", "last", "length", "revindex", "revindex0", "previtem", "nextitem", "depth"))
_FIELDS = {kind: frozenset(field.name for field in fields(kind)) for kind in (Cited, Item, Entry, Joint, Line, Report)}
_ATTRIBUTES = frozenset().union(*_FIELDS.values())
_TABLES = ("letterhead", "signature", "grid")
_RULES = ("motto", "issuer", "title")
_SYNTAX = (
    (r"Encountered unknown tag '(\w+)'", "không có thẻ “{0}”"),
    (r"Unexpected end of template.*'(\w+)'", "thiếu thẻ đóng “{0}”"),
    (r"Unexpected end of template", "thiếu thẻ đóng ở cuối tệp"),
    (r"unexpected '(.+?)'", "thừa hoặc sai chỗ dấu “{0}”"),
    (r"expected token '(.+?)', got '(.+?)'", "chỗ này phải là “{0}” nhưng lại là “{1}”"),
    (r"Expected an expression, got '(.+?)'", "thiếu biểu thức trước “{0}”"),
    (r"unexpected char '(.+?)'", "ký tự “{0}” không dùng được ở đây"),
)


@dataclass(frozen=True)
class Source:
    """One file of a folder of templates; ``name`` is as templates name it ("chung/ky.j2")."""

    path: Path
    name: str

    @cached_property
    def text(self) -> str:
        """Its text.

        Raises:
            UnicodeDecodeError, OSError: it cannot be read.
        """
        return self.path.read_bytes()[: MOST_BYTES + 1].decode("utf-8-sig")


def sources(folder: Path) -> tuple[Source, ...]:
    """Return the template files of a folder, by name."""
    return tuple(Source(path, path.relative_to(folder).as_posix()) for path in sorted(folder.glob("*/*.j2")))


def mistakes(folder: Path) -> tuple[Problem, ...]:
    """Return every mistake that can be told without rendering."""
    return tuple(_Folder(folder).mistakes())


def check(folder: Path) -> tuple[tuple[Problem, ...], tuple[OutputFile, ...]]:
    """Return every mistake of a folder, and a proof (DOCX) of each of its templates with each example that fits.

    Branches that no example comes to and loops that nothing runs through are told only where all else is right.
    """
    found = mistakes(folder)
    if any(problem.severity is Severity.ERROR for problem in found):
        return found, ()
    trace, own = Trace(), _Folder(folder)
    engine = traced(trace, folder)
    proofs: list[OutputFile] = []
    problems = list(found)
    for example in examples():
        for template in example.templates:
            context, register = example.context(template)
            try:
                parts = fill(template, context, register, folder, engine)
            except TemplateError as error:
                problems.append(_failed(own, template, example, error))
                continue
            if own.has(template):
                draft = Draft(template, f"In thử {template}", "congvan", example.day, parts)
                proofs.append(OutputFile(f"in-thu-{template}-{example.id}.docx", "proof", write(draft)))
    return (*dict.fromkeys(problems), *_unreached(own, trace)), tuple(proofs)


def _failed(own: _Folder, template: str, example: Example, error: TemplateError) -> Problem:
    where = error.where or f"{template}/{BODY}"
    detail = f": {error.detail}" if error.detail else ""
    message = f"In thử không được với ví dụ “{example.about}”{detail}."
    return Problem("E337", message, Severity.ERROR, own.place(where), "Hãy sửa dòng được nêu; so với mẫu gốc nếu chưa rõ.")


def _unreached(own: _Folder, trace: Trace) -> Iterator[Problem]:
    for spot in trace.unseen:
        if spot.file not in own.names:
            continue
        where = own.place(f"{spot.file}:{spot.line}")
        if spot.loop:
            message, remedy = "Vòng lặp không chạy lần nào với mọi ví dụ.", "Hãy kiểm tra tên danh sách sau chữ in."
            yield Problem("W332", message, Severity.WARNING, where, remedy)
        else:
            message, remedy = (
                "Không ví dụ nào đi tới nhánh này.",
                "Hãy kiểm tra điều kiện sau chữ if, elif, hoặc bỏ nhánh.",
            )
            yield Problem("W331", message, Severity.WARNING, where, remedy)


class _Folder:
    """A folder of templates under check."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.sources = sources(folder)
        self.names = frozenset(source.name for source in self.sources)
        self.engine = traced(Trace(), folder)

    def has(self, template: str) -> bool:
        """True when the folder has the template itself or any shared part: then its proof may differ from the shipped one."""
        return f"{template}/{BODY}" in self.names or any(name.startswith(f"{SHARED}/") for name in self.names)

    def place(self, name: str) -> str:
        """The path of a template's name with its line."""
        return str(self.folder / name)

    def mistakes(self) -> Iterator[Problem]:
        if not self.sources:
            message, remedy = "Thư mục không có mẫu nào.", "Mẫu nằm ở <tên mẫu>/body.j2; hãy chép mẫu gốc vào rồi sửa."
            yield Problem("E338", message, Severity.ERROR, str(self.folder), remedy)
        trees: dict[str, Tree] = {}
        for source in self.sources:
            yield from self._read(source, trees)
        given = {name for tree in trees.values() for name in bound_names(tree)} | {"due", "line"}
        for name, tree in trees.items():
            yield from self._named(name, tree, given)
        yield from self._unused(trees)

    def _read(self, source: Source, trees: dict[str, Tree]) -> Iterator[Problem]:
        try:
            text = source.text
        except (UnicodeDecodeError, OSError):
            yield Problem(
                "E332", "Mẫu không đọc được hoặc không phải UTF-8.", Severity.ERROR, str(source.path), "Hãy lưu lại tệp với bảng mã UTF-8."
            )
            return
        if len(text.encode()) > MOST_BYTES:
            yield _error("E332", "Tệp mẫu quá lớn.", str(source.path), "Hãy bỏ phần thừa; một mẫu chỉ vài nghìn chữ.")
            return
        tree = parsed(self.engine, text, source.name)
        if isinstance(tree, tuple):
            line, words = tree
            where = self.place(f"{source.name}:{line}")
            yield Problem(
                "E332",
                f"Mẫu sai cú pháp: {_vietnamese(words)}.",
                Severity.ERROR,
                where,
                "Hãy sửa dòng được nêu; mỗi if, for, with phải được đóng.",
            )
        else:
            trees[source.name] = tree

    def _named(self, name: str, tree: Tree, given: set[str]) -> Iterator[Problem]:
        template = name.partition("/")[0]
        allowed = names(template) if template in TEMPLATES else frozenset().union(*map(names, TEMPLATES)) | given
        known = allowed | self.engine.globals.keys()
        for named in dict.fromkeys(names_in(tree)):
            told = self._fault(named, known)
            if told:
                code, message, remedy = told
                yield _error(code, message, self.place(f"{name}:{named.line}"), remedy)

    def _fault(self, named: Named, known: frozenset[str]) -> tuple[str, str, str] | None:
        sheet, text = house_style(), named.text
        if named.kind == "name" and text not in known:
            return "E333", f"Không có tên “{text}”.", f"Hãy dùng một tên trong README{_near(text, known)}."
        allowed = {"loop": _LOOP, "source": _FIELDS[Cited]}.get(named.of, _ATTRIBUTES)
        if named.kind == "attribute" and text not in allowed:
            return "E333", f"Không có mục “.{text}”.", f"Hãy dùng một mục trong README{_near(text, allowed)}."
        if named.kind == "include" and source_of(text, self.folder) is None:
            return "E336", f"Không có tệp “{text}”.", "Hãy sửa tên tệp sau chữ include."
        places = {
            "filter": ("E334", "Không có bộ lọc", self.engine.filters),
            "test": ("E334", "Không có phép thử", self.engine.tests),
            "style": ("E335", "Không có kiểu đoạn", sheet.by_id),
            "look": ("E335", "Không có kiểu chữ", sheet.characters_by_id),
            "rule": ("E335", "Không có đường kẻ", _RULES),
            "table": ("E335", "Không có kiểu bảng", _TABLES),
        }
        if named.kind not in places or text in places[named.kind][2]:
            return None
        code, words, offered = places[named.kind]
        return code, f"{words} “{text}”.", f"Hãy sửa tên{_near(text, offered)}."

    def _unused(self, trees: Mapping[str, Tree]) -> Iterator[Problem]:
        used = self._used(trees)
        for name in sorted(self.names):
            template, _, file = name.partition("/")
            if template == SHARED and name not in used:
                message, remedy = "Không mẫu nào dùng tệp này.", "Hãy include tệp trong một mẫu, hoặc xóa tệp."
            elif template not in {*TEMPLATES, SHARED} and file == BODY:
                message, remedy = (
                    "Phần mềm không dùng mẫu mang tên này.",
                    f"Tên thư mục phải là một trong: {', '.join((*TEMPLATES, SHARED))}.",
                )
            else:
                continue
            yield Problem("W333", message, Severity.WARNING, self.place(name), remedy)

    def _used(self, trees: Mapping[str, Tree]) -> set[str]:
        """Every file that a template of the program comes to, the office's files before the shipped ones."""
        used: set[str] = set()
        waiting = [f"{template}/{BODY}" for template in TEMPLATES]
        while waiting:
            name = waiting.pop()
            if name in used:
                continue
            used.add(name)
            tree = trees.get(name) if name in self.names else self._shipped(name)
            waiting.extend(named.text for named in (names_in(tree) if tree else ()) if named.kind == "include")
        return used

    def _shipped(self, name: str) -> Tree | None:
        tree = parsed(self.engine, source_of(name) or "", name)
        return None if isinstance(tree, tuple) else tree


def _error(code: str, message: str, where: str, remedy: str) -> Problem:
    return Problem(code, message, Severity.ERROR, where, remedy)


def _vietnamese(words: str) -> str:
    for pattern, told in _SYNTAX:
        match = re.search(pattern, words)
        if match:
            return told.format(*match.groups())
    return words.rstrip(".")


def _near(text: str, offered: Iterable[str]) -> str:
    """The name that was likely meant: ", có lẽ là “source”"; empty when none is near."""
    close = get_close_matches(text, sorted(offered), 1)
    return f", có lẽ là “{close[0]}”" if close else ""
