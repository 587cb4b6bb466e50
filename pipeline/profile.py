"""The profile ("hồ sơ cơ quan"): a TOML file about one authority in one period, or a folder of such files."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec

from extractors.errors import Problem, Severity
from extractors.text import body_key, nfc
from pipeline.authority import Authority
from pipeline.errors import NoAuthorityOnDay, ProfileError, TemplateError
from pipeline.profile_lines import KeyPath, LineMap, line_map
from pipeline.profile_rules import mistakes
from pipeline.profile_shape import Finding, Shape
from pipeline.trust import certificate_files, certificates_in

TEMPLATES = "mau"
"""The folder beside the profile that holds the office's own templates."""


@dataclass(frozen=True)
class ProfileProblem:
    """One mistake in a profile file; ``key`` is dotted, list positions count from 1: "units[3].valid_from"."""

    file: str
    line: int
    key: str
    message: str
    remedy: str
    code: str = "E210"
    severity: Severity = Severity.ERROR

    def problem(self) -> Problem:
        """Return it as a problem of the run."""
        where = f"{self.file}, dòng {self.line}" + (f", khóa {self.key}" if self.key else "")
        return Problem(self.code, self.message, self.severity, where, self.remedy)


@dataclass(frozen=True)
class Profile:
    """Everything that the profile files say: an authority for each period."""

    path: Path
    authorities: tuple[Authority, ...]
    trusted: tuple[bytes, ...] = ()
    """Certificates (DER) whose signatures the authority trusts."""
    templates: Path | None = None
    """Folder of the office's own templates, which go before the shipped ones; None when it has none."""

    def on(self, day: date) -> Authority:
        """Return the authority valid on that day, with the units, groups and signers of that day.

        Raises:
            NoAuthorityOnDay: when no period holds the day.
        """
        for authority in self.authorities:
            if authority.period.holds(day):
                return _on(authority, day)
        raise NoAuthorityOnDay(str(self.path), day.strftime("(%d/%m/%Y)"))


@lru_cache(maxsize=32)
def _on(authority: Authority, day: date) -> Authority:
    return authority.on(day)


def load(path: Path) -> Profile:
    """Read a profile file, or every ``*.toml`` of a folder.

    Raises:
        ProfileError: with every mistake and its line.
        TemplateError: one of the office's own templates cannot be used; with every mistake and its line.
    """
    problems = [p for p in check(path) if p.severity is Severity.ERROR]
    if problems:
        raise ProfileError(str(path), problems=tuple(p.problem() for p in problems))
    files = [_File(file) for file in _files(path)]
    authorities = tuple(sorted((f.authority() for f in files), key=lambda a: a.valid_from or date.min))
    trusted = tuple(der for file in certificate_files(path) for der in certificates_in(file))
    return Profile(path, authorities, trusted, _templates(path))


def _templates(path: Path) -> Path | None:
    """The folder of the office's own templates beside the profile, held to be usable.

    Raises:
        TemplateError: it is not; with every mistake and its line.
    """
    folder = (path if path.is_dir() else path.parent) / TEMPLATES
    if not folder.is_dir():
        return None
    from pipeline.drafting.template_check import mistakes as template_mistakes

    errors = tuple(problem for problem in template_mistakes(folder) if problem.severity is Severity.ERROR)
    if errors:
        raise TemplateError(str(folder), problems=errors)
    return folder


def check(path: Path) -> tuple[ProfileProblem, ...]:
    """Return every mistake of a profile file or folder, with file, line and remedy; warnings too."""
    files = [_File(file) for file in _files(path)]
    if not files:
        remedy = "Hãy kiểm tra đường dẫn, hoặc chép một hồ sơ mẫu vào."
        return (ProfileProblem(str(path), 1, "", "Không tìm thấy hồ sơ cơ quan (.toml).", remedy),)
    found = [problem for file in files for problem in file.problems()]
    return (*(found or _overlaps(files)), *_no_certificates(path))


def _no_certificates(path: Path) -> Iterator[ProfileProblem]:
    """Files of the trust list that hold no certificate: they would silently trust nobody."""
    for file in certificate_files(path):
        if not certificates_in(file):
            message, remedy = "Tệp chứng thư tin cậy không đọc được.", "Hãy xuất lại chứng thư ở dạng PEM (Base-64) hoặc bỏ tệp này."
            yield ProfileProblem(str(file), 1, "", message, remedy, "E121")


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        return sorted(path.glob("*.toml"))
    return [path] if path.is_file() else []


def _overlaps(files: list[_File]) -> Iterator[ProfileProblem]:
    """Two files of a folder that are both valid on one day."""
    dated = sorted(((f.authority(), f) for f in files), key=lambda pair: pair[0].valid_from or date.min)
    for (earlier, first), (later, second) in pairwise(dated):
        if earlier.period.holds(later.valid_from or date.min):
            yield second.place(_overlap(earlier, later, first.path.name))


def _overlap(earlier: Authority, later: Authority, file: str) -> Finding:
    """The finding on two files for one day: periods of one authority that meet, or two authorities in one folder."""
    remedy = f"Hãy ghi valid_to trong {file} trước ngày này."
    if body_key(earlier.name) == body_key(later.name):
        return Finding(("valid_from",), "E217", f"Thời gian hiệu lực trùng với hồ sơ {file}.", remedy)
    message = f"Thời gian hiệu lực trùng với hồ sơ {file} của cơ quan khác ({earlier.short_name})."
    apart = "Một thư mục chỉ chứa các giai đoạn nối tiếp nhau của một cơ quan; hãy chuyển hồ sơ không dùng đi nơi khác."
    return Finding(("valid_from",), "E217", message, f"{apart} Nếu {file} là giai đoạn trước thì ghi valid_to trong tệp ấy.")


class _File:
    """One profile file, read once."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.broken: ProfileProblem | None = None
        self.data: dict[str, Any] = {}
        self.text = ""
        try:
            # Notepad writes a byte order mark, some editors decomposed letters.
            self.text = nfc(path.read_bytes().decode("utf-8-sig")).replace("\r\n", "\n")
            self.data = tomllib.loads(self.text)
        except OSError as error:
            self.broken = self._broken(1, f"Không mở được tệp ({error.strerror}).", "Hãy kiểm tra quyền đọc của tệp.")
        except UnicodeDecodeError as error:
            line = error.object[: error.start].count(b"\n") + 1
            self.broken = self._broken(line, "Tệp không phải là UTF-8.", "Hãy mở tệp và lưu lại với bảng mã UTF-8.")
        except tomllib.TOMLDecodeError as error:
            self.broken = self._broken(*_syntax(str(error), self.text))

    def _broken(self, line: int, message: str, remedy: str) -> ProfileProblem:
        return ProfileProblem(str(self.path), line, "", message, remedy, "E212")

    def authority(self) -> Authority:
        """Return the authority of a file without errors."""
        return msgspec.convert(Shape(self.data, Authority).clean, Authority)

    def problems(self) -> list[ProfileProblem]:
        """Return every mistake in the order of the lines."""
        if self.broken:
            return [self.broken]
        shape = Shape(self.data, Authority)
        known = shape.stand_ins | {finding.path for finding in shape.findings}
        deeper = (finding for finding in mistakes(msgspec.convert(shape.clean, Authority)) if finding.path not in known)
        return sorted((self.place(f) for f in dict.fromkeys((*shape.findings, *deeper))), key=lambda p: p.line)

    def place(self, finding: Finding) -> ProfileProblem:
        """Return the finding with its file and line."""
        severity = Severity.WARNING if finding.warning else Severity.ERROR
        line = self.lines.line(finding.path)
        return ProfileProblem(str(self.path), line, _dotted(finding.path), finding.message, finding.remedy, finding.code, severity)

    @cached_property
    def lines(self) -> LineMap:
        """Where each key stands."""
        return line_map(self.text)


def _dotted(path: KeyPath) -> str:
    return "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path).removeprefix(".")


_PLACE = re.compile(r"\(at line (\d+), column \d+\)|\(at end of document\)")
# tomllib's words that a clerk can be told more about; the first that fits counts.
_SYNTAX = (
    ("Cannot overwrite", "Khóa này đã được ghi ở trên.", "Hãy bỏ một trong hai dòng."),
    ("Cannot declare", "Bảng này đã được mở ở trên.", "Hãy gộp hai bảng làm một; đơn vị mới thì mở bằng hai ngoặc vuông: [[units]]."),
    ("Unclosed array", "Danh sách chưa được đóng.", "Hãy kiểm tra dấu phẩy giữa các phần tử và thêm dấu ] ở cuối danh sách."),
    ("nterminated string", "Chữ trong dấu nháy chưa được đóng.", 'Hãy thêm dấu " ở cuối.'),
    ("Illegal character", "Chữ trong dấu nháy chưa được đóng trước khi xuống dòng.", 'Hãy thêm dấu " ở cuối dòng.'),
    ("Expected '='", "Thiếu dấu = sau tên khóa.", "Hãy viết: khóa = giá trị; tên khóa không dấu, không có khoảng trắng."),
    ("Expected newline", "Có chữ thừa sau giá trị.", "Hãy xuống dòng cho mỗi khóa; chữ có dấu phải đặt trong dấu nháy kép."),
    ("Invalid value", "Giá trị sai.", 'Hãy đặt chữ trong dấu nháy kép "…"; ngày viết năm-tháng-ngày và phải có thật.'),
    ("Invalid date", "Ngày sai.", "Hãy viết năm-tháng-ngày, ví dụ 2023-09-26; ngày phải có thật."),
    ("Invalid statement", "Dòng này không đúng cú pháp.", "Hãy viết: khóa = giá trị; ghi chú phải bắt đầu bằng dấu #."),
)


def _syntax(error: str, text: str) -> tuple[int, str, str]:
    """Return line, message and remedy for an error of tomllib."""
    place = _PLACE.search(error)
    line = int(place[1]) if place and place[1] else text.count("\n") + 1
    for sign, message, remedy in _SYNTAX:
        if sign in error:
            return line, message, remedy
    return line, "Cú pháp TOML sai.", "Hãy so dòng này với hồ sơ mẫu."
