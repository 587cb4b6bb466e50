"""Frozen dataclasses as plain JSON values and back, by their annotations: the data names no class but one that may stand there.

Fields that have their default are left out, so that a file of an older version is read when a field was added since.
"""

# ruff: noqa: ANN401 - an annotation as a value has no type of its own

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from enum import Enum
from functools import lru_cache
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

CLASS = "~"
"""The key that names the class where an annotation leaves several."""


def plain(value: object, declared: Any) -> Any:
    """Return a value of the declared type as lists, mappings, text, numbers, truth values and None."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value):
        return _mapping(value, declared)
    if isinstance(value, tuple):
        return [plain(item, kind) for item, kind in zip(value, _kinds(declared, len(value)), strict=True)]
    return value


def _mapping(value: Any, declared: Any) -> dict[str, Any]:
    hints = _hints(type(value))  # type: ignore[arg-type]  # a class is hashable
    of = {hit: args[0] for hit in _choices(declared) if (args := get_args(hit)) and get_origin(hit) is type(value)}
    inner = next(iter(of.values()), None)
    out: dict[str, Any] = {CLASS: type(value).__name__} if len(_classes(declared)) > 1 else {}
    for field in fields(value):
        part = getattr(value, field.name)
        if not (_has_default(field) and part == _default(field)):
            hint = inner if isinstance(hints[field.name], TypeVar) else hints[field.name]
            out[field.name] = plain(part, hint)
    return out


def built(data: Any, declared: Any) -> Any:
    """Return the value of the declared type that the plain data says.

    Raises:
        ValueError: the data does not fit the type.
    """
    for choice in _choices(declared):
        kind = get_origin(choice) or choice
        if kind is tuple and isinstance(data, Sequence) and not isinstance(data, str):
            return tuple(built(item, part) for item, part in zip(data, _kinds(choice, len(data)), strict=True))
        if is_dataclass(kind) and isinstance(data, Mapping):
            return _object(data, declared)
        if isinstance(kind, type) and isinstance(data, str) and issubclass(kind, Enum | date):
            return kind(data) if issubclass(kind, Enum) else date.fromisoformat(data)
        if kind is float and isinstance(data, int) and not isinstance(data, bool):
            return float(data)
        if type(data) is kind:
            return data
    raise ValueError(f"{declared}: {str(data)[:60]}")


def _object(data: Mapping[str, Any], declared: Any) -> Any:
    classes = _classes(declared)
    name = data.get(CLASS, next(iter(classes)) if len(classes) == 1 else "")
    if not isinstance(name, str) or name not in classes:
        raise ValueError(f"{CLASS}: {name}")
    choice = classes[name]
    kind = get_origin(choice) or choice
    hints, inner = _hints(kind), next(iter(get_args(choice)), None)
    known = {field.name for field in fields(kind)}
    values = {key: built(part, inner if isinstance(hints[key], TypeVar) else hints[key]) for key, part in data.items() if key in known}
    try:
        return kind(**values)
    except TypeError as error:
        raise ValueError(str(error)) from error


@lru_cache(maxsize=256)
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


def _choices(declared: Any) -> tuple[Any, ...]:
    return get_args(declared) if get_origin(declared) in (Union, UnionType) else (declared,)


@lru_cache(maxsize=256)
def _classes(declared: Any) -> dict[str, Any]:
    """The dataclasses that may stand where this is declared, subclasses included, by name."""
    out: dict[str, Any] = {}
    for choice in _choices(declared):
        kind = get_origin(choice) or choice
        if is_dataclass(kind) and isinstance(kind, type):
            out[kind.__name__] = choice
            out |= {sub.__name__: sub for sub in kind.__subclasses__()}
    return out


def _kinds(declared: Any, length: int) -> list[Any]:
    """The types of a tuple's items."""
    whole = next((choice for choice in _choices(declared) if get_origin(choice) is tuple), None)
    args = get_args(whole)
    if len(args) == 2 and args[1] is Ellipsis:
        return [args[0]] * length
    if len(args) != length:
        raise ValueError(f"{declared}: {length}")
    return list(args)


def _has_default(field: Field[Any]) -> bool:
    return field.default is not MISSING or field.default_factory is not MISSING


def _default(field: Field[Any]) -> object:
    return field.default_factory() if field.default_factory is not MISSING else field.default
