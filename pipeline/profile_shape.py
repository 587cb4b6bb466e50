"""The shape of a profile: unknown keys, missing ones, wrong kinds of value, all found in one pass.

The shape is that of the dataclasses in ``pipeline/authority.py``; nothing is written down twice.
"""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Iterator
from datetime import date
from enum import Enum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

import msgspec
from rapidfuzz import fuzz, process

from pipeline.authority import Competence
from pipeline.profile_lines import KeyPath

_SIMILAR = 70.0  # per cent of likeness from which a key counts as misspelt


@dataclasses.dataclass(frozen=True)
class Finding:
    """One mistake: the path of its key, a stable code, what is wrong and what to do."""

    path: KeyPath
    code: str
    message: str
    remedy: str
    warning: bool = False


class Shape:
    """Compares plain TOML data with a dataclass; ``findings`` grows, ``clean`` is what can still be used.

    ``stand_ins`` are the paths whose values were made up so that the other checks can go on.
    """

    def __init__(self, data: dict[str, Any], shape: type) -> None:
        self.findings: list[Finding] = []
        self.stand_ins: set[KeyPath] = set()
        self.clean = self._table(data, shape, ())

    def _table(self, data: object, shape: type, path: KeyPath) -> dict[str, Any]:
        data = {"phrase": data} if shape is Competence and isinstance(data, str) else data
        if not isinstance(data, dict):
            self.findings.append(_wrong_kind(path, shape))
            data = {}
        wanted = _fields(shape)
        self.findings.extend(_unknown(key, wanted, (*path, key)) for key in data if key not in wanted)
        kept = {key: value for key in wanted if key in data and (value := self._value(data[key], wanted[key], (*path, key))) is not None}
        return {**self._missing(shape, data, path), **kept}

    def _missing(self, shape: type, data: dict[str, Any], path: KeyPath) -> dict[str, Any]:
        """Report the required keys that are not there and return stand-ins, so that the other checks can go on."""
        stand_ins: dict[str, Any] = {}
        misspelt = {nearest(key, list(_fields(shape))) for key in data if key not in _fields(shape)}
        for item in dataclasses.fields(shape):
            if _required(item):
                kind = _fields(shape)[item.name]
                self.stand_ins |= set() if item.name in data else {(*path, item.name)}
                stand_ins[item.name] = _Quiet(kind).clean if dataclasses.is_dataclass(kind) else ""
                if item.name not in data and item.name not in misspelt:
                    self.findings.append(_absent(item.name, (*path, item.name)))
        return stand_ins

    def _value(self, value: object, kind: Any, path: KeyPath) -> Any:  # noqa: ANN401 - plain TOML data
        """Return the value when it is of its kind, else report it and return None."""
        inner = _element(kind)
        if isinstance(kind, type) and dataclasses.is_dataclass(kind):
            return self._table(value, kind, path)
        if isinstance(inner, type) and dataclasses.is_dataclass(inner) and isinstance(value, list):
            return [self._table(item, inner, (*path, index)) for index, item in enumerate(value)]
        try:
            msgspec.convert(value, kind)
        except msgspec.ValidationError:
            self.findings.append(_wrong_kind(path, kind))
            return None
        return value


class _Quiet(Shape):
    """The stand-in for a whole table that is missing."""

    def __init__(self, shape: Any) -> None:  # noqa: ANN401 - a dataclass type
        super().__init__({}, shape)


@cache
def _fields(shape: type) -> dict[str, Any]:
    """The keys of a table with their kinds, "or None" taken off."""
    return {name: _without_none(kind) for name, kind in get_type_hints(shape).items()}


def _without_none(kind: Any) -> Any:  # noqa: ANN401 - a type expression
    if get_origin(kind) in (Union, types.UnionType):
        return next(k for k in get_args(kind) if k is not type(None))
    return kind


def _element(kind: Any) -> Any:  # noqa: ANN401 - a type expression
    """The kind of a list's elements, None for no list."""
    return get_args(kind)[0] if get_origin(kind) is tuple else None


def _required(item: dataclasses.Field[Any]) -> bool:
    return item.default is dataclasses.MISSING and item.default_factory is dataclasses.MISSING


def nearest(word: str, choices: Iterator[str] | list[str]) -> str | None:
    """Return the choice that the word most likely means, None when none is like it."""
    best = process.extractOne(word, list(choices), scorer=fuzz.ratio, score_cutoff=_SIMILAR)
    return best[0] if best else None


def _unknown(key: str, wanted: dict[str, Any], path: KeyPath) -> Finding:
    meant = nearest(key, list(wanted))
    remedy = f"Có phải là “{meant}”? Hãy sửa lại tên khóa." if meant else "Hãy bỏ dòng này; các khóa dùng được: " + ", ".join(wanted) + "."
    return Finding(path, "E213", f"Không có khóa “{key}”.", remedy)


def _absent(name: str, path: KeyPath) -> Finding:
    return Finding(path, "E215", f"Thiếu khóa bắt buộc “{name}”.", f"Hãy thêm dòng {name} = … (xem hồ sơ mẫu).")


def _wrong_kind(path: KeyPath, kind: Any) -> Finding:  # noqa: ANN401 - a type expression
    return Finding(path, "E214", f"Giá trị của “{_last_name(path)}” không đúng kiểu.", f"Cần {_said(kind)}.")


def _last_name(path: KeyPath) -> str:
    return next((part for part in reversed(path) if isinstance(part, str)), "")


_SAID: dict[Any, str] = {
    str: 'chữ đặt trong dấu nháy, ví dụ "Phòng Nội vụ"',
    int: "số nguyên, ví dụ 2, không đặt trong dấu nháy",
    float: "số, ví dụ 1.5, không đặt trong dấu nháy",
    bool: "true hoặc false, không đặt trong dấu nháy",
    date: "ngày dạng năm-tháng-ngày có thật, ví dụ 2023-09-26",
}


def _said(kind: Any) -> str:  # noqa: ANN401 - a type expression
    """The kind in a clerk's words."""
    inner = _element(kind)
    if inner is not None:
        return "danh sách trong ngoặc vuông, mỗi phần tử là " + _said(inner)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return "một trong các giá trị: " + ", ".join(f'"{choice.value}"' for choice in kind)
    return _SAID.get(kind, "một bảng gồm các dòng khóa = giá trị")
