"""The templates' engine: a strict, sandboxed Jinja whose values cannot forge structure. The only door to jinja2.

Compiled templates stay in memory for the life of the process.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractors.text import one_spelling
from pipeline.drafting import filters
from pipeline.drafting.blocks import Part, parse
from pipeline.drafting.facts import GAP, Fact, Mark, Register, clean, mark
from pipeline.drafting.house_style import HouseStyle, house_style
from pipeline.errors import TemplateError

if TYPE_CHECKING:
    from jinja2 import Environment

BODY = "body.j2"


def _printed(value: object) -> str:
    """What an expression of a template prints (Jinja's ``finalize``).

    Raises:
        TypeError: a list, an object or nothing at all was to be printed.
    """
    if isinstance(value, Mark):
        return value
    if isinstance(value, Fact):
        words = value or GAP
        return f"{mark('f', value.note)}{clean(words)}{mark('end', 'f')}"
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    str(value)  # an undefined name objects here, and says which it is
    raise TypeError(f"không in được giá trị kiểu {type(value).__name__}")


def _structure(sheet: HouseStyle) -> dict[str, Callable[..., Mark]]:
    """The functions by which a template opens paragraphs, tables and pages."""

    def style(name: str) -> Mark:
        if name not in sheet.by_id:
            raise ValueError(f"không có kiểu đoạn “{name}” trong house_style.toml")
        return mark("p", name)

    def look(name: str) -> Mark:
        if name not in sheet.characters_by_id:
            raise ValueError(f"không có kiểu chữ “{name}” trong house_style.toml")
        return mark("c", name)

    def rule(share: str) -> Mark:
        shares = {"motto": sheet.letterhead.motto_rule, "issuer": sheet.letterhead.issuer_rule, "title": sheet.letterhead.title_rule}
        return mark("rule", shares[share])

    def table(layout: str, *widths: float) -> Mark:
        return mark("table", " ".join((layout, *map(str, widths))))

    return {
        "style": style,
        "look": look,
        "plain": lambda: mark("end", "c"),
        "rule": rule,
        "table": table,
        "row": lambda kind="": mark("row", kind),
        "cell": lambda columns=1: mark("cell", columns),
        "end_table": lambda: mark("end", "table"),
        "landscape": lambda: mark("section", "landscape"),
        "portrait": lambda: mark("section", "portrait"),
    }


def _roots(folder: Path | None) -> tuple[Traversable, ...]:
    """Where a template is looked for: the office's own folder, then the shipped one."""
    shipped = files("templates")
    return (shipped,) if folder is None else (folder, shipped)


def _loader(roots: tuple[Traversable, ...]) -> Callable[[str], tuple[str, str, Callable[[], bool]] | None]:
    def load(name: str) -> tuple[str, str, Callable[[], bool]] | None:
        parts = name.split("/")
        if {"", ".", ".."} & set(parts):
            return None
        found = next((path for path in (root.joinpath(*parts) for root in roots) if path.is_file()), None)
        return None if found is None else (found.read_text(encoding="utf-8-sig"), name, lambda: True)

    return load


def source_of(name: str, folder: Path | None = None) -> str | None:
    """Return the text of the template file that a name means; None when there is none."""
    found = _loader(_roots(folder))(name)
    return found and found[0]


@lru_cache(maxsize=4)
def environment(folder: Path | None = None) -> Environment:
    """Return the engine for an office's folder of templates, whose files go before the shipped ones; None: the shipped ones alone."""
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    return engine_of(ImmutableSandboxedEnvironment, folder)


def engine_of(kind: type[Environment], folder: Path | None) -> Environment:
    """Return an engine of a sandboxed kind, with our loader, functions, filters and tests and nothing else."""
    from jinja2 import FunctionLoader, StrictUndefined

    engine = kind(
        undefined=StrictUndefined,
        finalize=_printed,
        autoescape=False,  # no markup is written here: the DOCX writer escapes, and marks cannot be forged
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
        auto_reload=False,
        loader=FunctionLoader(_loader(_roots(folder))),
    )
    engine.globals = dict(_structure(house_style()))
    engine.filters = {**{name: engine.filters[name] for name in ("length", "first", "last", "join")}, **filters.FILTERS}
    engine.tests = {name: engine.tests[name] for name in ("defined", "none", "equalto", "eq", "odd", "even", "in")}
    return engine


def _place(error: BaseException, name: str) -> str:
    """The template and line that an error comes from: "trien-khai/body.j2:12"."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.endswith(".j2")]
    if frames:
        return f"{frames[-1].filename}:{frames[-1].lineno}"
    line = getattr(error, "lineno", None)
    source = getattr(error, "name", None) or name
    return f"{source}:{line}" if line else str(source)


def marked_text(template: str, context: Mapping[str, Any], folder: Path | None = None, engine: Environment | None = None) -> str:
    """Return a template's text with marks; ``engine`` stands in for the folder's own.

    Raises:
        TemplateError: an unknown variable, style or filter, a forbidden act, a mistake of syntax; with template and line.
    """
    from jinja2 import TemplateError as EngineError

    name = f"{template}/{BODY}"
    try:
        return (engine or environment(folder)).get_template(name).render(context)
    except (EngineError, ArithmeticError, LookupError, TypeError, ValueError, AttributeError) as error:
        raise TemplateError(_place(error, name), str(error)) from error


def fill(
    template: str, context: Mapping[str, Any], register: Register, folder: Path | None = None, engine: Environment | None = None
) -> tuple[Part, ...]:
    """Return a template's paragraphs and tables; ``register`` holds the notes of the context's values.

    Raises:
        TemplateError: see ``marked_text`` and ``blocks.parse``.
    """
    text = one_spelling(marked_text(template, context, folder, engine), register.house)
    return parse(text, register.notes, f"{template}/{BODY}")
