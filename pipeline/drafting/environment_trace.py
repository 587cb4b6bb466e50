"""Looking into templates: what they name, and which of their branches and loops a rendering goes through."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.drafting.environment import engine_of
from pipeline.drafting.facts import Mark

if TYPE_CHECKING:
    from jinja2 import Environment, nodes

    Tree = nodes.Template
    """A template as the engine read it, for those who only pass it on."""

_SEEN = "_seen"


@dataclass(frozen=True, order=True)
class Spot:
    """A branch, or the body of a loop, and the line where it begins."""

    file: str
    line: int
    loop: bool


@dataclass
class Trace:
    """Every spot of the templates read so far, and the numbers of those that were gone through."""

    spots: list[Spot] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)

    def see(self, number: int) -> Mark:
        """Note that a rendering came to a spot; prints nothing."""
        self.seen.add(number)
        return Mark("")

    @property
    def unseen(self) -> list[Spot]:
        """The spots that no rendering came to, by file and line."""
        return sorted(spot for number, spot in enumerate(self.spots) if number not in self.seen)


@dataclass(frozen=True)
class Named:
    """Something that a template names; ``kind`` is name, attribute, filter, test, include, or a function's name (style, look …)."""

    kind: str
    text: str
    line: int
    of: str = ""
    """Of an attribute: the name before its dot."""


def traced(trace: Trace, folder: Path | None) -> Environment:
    """Return an engine that notes the spots of its templates in ``trace`` and renders as the usual one does."""
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class Traced(ImmutableSandboxedEnvironment):
        def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
            tree = super()._parse(source, name, filename)
            _mark(tree, name or "", trace)
            return tree

    engine = engine_of(Traced, folder)
    engine.globals[_SEEN] = trace.see
    return engine


def _mark(tree: nodes.Template, name: str, trace: Trace) -> None:
    from jinja2 import nodes

    bodies = [(node.lineno, body, False) for node in tree.find_all(nodes.If) for body in (node.body, node.else_) if body]
    bodies += [(node.lineno, node.body, True) for node in tree.find_all(nodes.For)]
    for line, body, loop in bodies:
        call = nodes.Call(nodes.Name(_SEEN, "load"), [nodes.Const(len(trace.spots))], [], None, None)
        trace.spots.append(Spot(name, max(line, body[0].lineno), loop))
        first = nodes.Output([call]).set_lineno(line)
        if tree.environment is not None:
            first.set_environment(tree.environment)
        body.insert(0, first)


def names_in(tree: nodes.Template) -> Iterator[Named]:
    """Yield what a template names: variables that it does not bind, attributes, filters, tests, includes, arguments of functions."""
    from jinja2 import nodes

    own = set(bound_names(tree))
    for name in tree.find_all(nodes.Name):
        if name.ctx == "load" and name.name not in own:
            yield Named("name", name.name, name.lineno)
    for attribute in tree.find_all(nodes.Getattr):
        of = attribute.node.name if isinstance(attribute.node, nodes.Name) else ""
        yield Named("attribute", attribute.attr, attribute.lineno, of)
    for kind, found in (("filter", tree.find_all(nodes.Filter)), ("test", tree.find_all(nodes.Test))):
        yield from (Named(kind, node.name, node.lineno) for node in found)
    for include in tree.find_all(nodes.Include):
        if isinstance(include.template, nodes.Const):
            yield Named("include", str(include.template.value), include.lineno)
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name):
            yield from (Named(call.node.name, text, call.lineno) for text in _constants(call.args[:1]))


def _constants(expressions: Sequence[nodes.Node]) -> Iterator[str]:
    """The texts that an argument may be: itself, or either side of "a if b else c"."""
    from jinja2 import nodes

    for expression in expressions:
        if isinstance(expression, nodes.Const):
            yield str(expression.value)
        elif isinstance(expression, nodes.CondExpr):
            yield from _constants([each for each in (expression.expr1, expression.expr2) if each is not None])


def bound_names(tree: nodes.Template) -> Iterator[str]:
    """Yield the names that a template gives to the files it includes: of loops, "with" and "set"."""
    from jinja2 import nodes

    yield from (name.name for name in tree.find_all(nodes.Name) if name.ctx in ("store", "param"))
    if tree.find(nodes.For) is not None:
        yield "loop"


def parsed(engine: Environment, source: str, name: str) -> nodes.Template | tuple[int, str]:
    """Return a template's tree, or the line and the words of its mistake of syntax."""
    from jinja2 import TemplateSyntaxError

    try:
        return engine.parse(source, name)
    except TemplateSyntaxError as error:
        return error.lineno, error.message or ""
