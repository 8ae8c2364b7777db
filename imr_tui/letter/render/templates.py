"""Loads templates, from a site's folder or the shipped one, and restricts them to printing.

They may use conditions, loops and includes, but run no code.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Callable, Iterable, Iterator, MutableMapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from jinja2 import (
    BaseLoader,
    Environment,
    StrictUndefined,
    Template,
    TemplateError,
    TemplateNotFound,
    TemplateRuntimeError,
    TemplateSyntaxError,
    nodes,
)
from jinja2.ext import Extension
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer

from imr_tui.letter.render import template_functions
from imr_tui.letter.render.render_limits import limits

if TYPE_CHECKING:
    from jinja2.lexer import Token, TokenStream


_ALLOWED = (
    *(nodes.Template, nodes.TemplateData, nodes.Output, nodes.Const, nodes.Name, nodes.Getattr),
    *(nodes.Getitem, nodes.Slice, nodes.List, nodes.Tuple, nodes.For, nodes.If, nodes.CondExpr),
    *(nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Test, nodes.Filter),
    *(nodes.Assign, nodes.Add, nodes.Sub, nodes.Block, nodes.Extends, nodes.Include),
)
_INTERNAL: dict[str, Any] = {
    "counted": template_functions.counted,
    "compared": template_functions.compared,
    "cut": template_functions.cut,
}
"""Filters that are inserted into every template, and that templates may not use."""
_MAX_NODES = 5_000
"""Maximum nodes of a template, which Python compiles all at once; the shipped one has a hundred."""


class _TimeLimit(Extension):
    """Checks the time limit at every token of a template."""

    def filter_stream(self, stream: TokenStream) -> Iterable[Token]:
        for token in stream:
            try:
                limits.get().check()
            except TemplateRuntimeError as error:
                raise TemplateSyntaxError(str(error), token.lineno, stream.name) from error
            yield token


class Language(ImmutableSandboxedEnvironment):
    """The Jinja environment for parsing and rendering templates."""

    intercepted_binops = frozenset("+-")

    def __init__(self, width: int, **options: Any) -> None:
        super().__init__(
            undefined=StrictUndefined,
            finalize=template_functions.printed,
            autoescape=False,
            extensions=[_TimeLimit],
            **options,
        )
        self.globals.clear()
        self.filters = {**template_functions.filters(width), **_INTERNAL}
        self.tests = template_functions.tests()

    def get_template(self, *arguments: Any, **options: Any) -> Any:
        # Called once for the letter itself, and once for each included template.
        limits.get().count_template()
        return super().get_template(*arguments, **options)

    def getitem(self, obj: Any, argument: Any) -> Any:
        if type(argument) not in (str, int, slice):
            # Jinja would print any other object in full if there is no such element.
            raise TemplateRuntimeError("an index must be a text or a number")
        return super().getitem(obj, argument)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        if not isinstance(left, int) or not isinstance(right, int):
            raise TemplateRuntimeError(f"{operator} works on numbers only")
        return super().call_binop(context, operator, left, right)


def restrict(tree: nodes.Template, name: str) -> nodes.Template:
    """Return `tree` with its loops and long operations bounded, if it uses only allowed nodes.

    Raises TemplateSyntaxError otherwise.
    """
    for count, node in enumerate(_walk(tree)):
        if count > _MAX_NODES:
            raise TemplateSyntaxError(f"more than {_MAX_NODES:,} steps", node.lineno, name)
        if says := _disallowed(node):
            raise TemplateSyntaxError(f"{says} is not allowed in templates", node.lineno, name)
    return cast("nodes.Template", _CountLongWork().visit(tree))


class _CountLongWork(NodeTransformer):
    """Wraps loops, comparisons and slices in filters that count them."""

    def visit_For(self, node: nodes.For) -> nodes.Node:
        node.iter = _through_filter(node.iter, "counted")
        return self.generic_visit(node)

    def visit_Compare(self, node: nodes.Compare) -> nodes.Node:
        node.expr = _through_filter(node.expr, "compared")
        return self.generic_visit(node)

    def visit_Operand(self, node: nodes.Operand) -> nodes.Node:
        node.expr = _through_filter(node.expr, "compared")
        return self.generic_visit(node)

    def visit_Getitem(self, node: nodes.Getitem) -> nodes.Node:
        self.generic_visit(node)
        if not isinstance(node.arg, nodes.Slice):
            return node
        ends = (node.arg.start, node.arg.stop, node.arg.step)
        return _through_filter(node.node, "cut", [end or nodes.Const(None) for end in ends])


def _through_filter(node: nodes.Node, name: str, values: Sequence[nodes.Expr] = ()) -> nodes.Filter:
    """Wrap a value in a filter."""
    value = cast("nodes.Expr", node)
    return nodes.Filter(value, name, list(values), [], None, None, lineno=node.lineno)


def _walk(tree: nodes.Node) -> Iterator[nodes.Node]:
    pending = [tree]
    while pending:
        node = pending.pop()
        yield node
        pending += node.iter_child_nodes()


def _disallowed(node: nodes.Node) -> str:
    if not isinstance(node, _ALLOWED):
        return f"`{type(node).__name__.lower()}`"
    match node:
        case nodes.Filter(name=str(name)) if name in _INTERNAL:
            return f"the filter {name}"
        case nodes.Filter(node=None):
            return "a filter without a text"
        case nodes.For(recursive=True):
            return "a recursive loop"
        case nodes.Include(ignore_missing=True):
            return "`ignore missing`"
        case nodes.Include(template=named) | nodes.Extends(template=named):
            return "" if _is_named(named) else "a template that is not named in quotes"
        case nodes.Assign(target=target) if not isinstance(target, nodes.Name):
            return "setting more than one name"
        case nodes.Name(name=str(name)) | nodes.Getattr(attr=str(name)) if name.startswith("_"):
            return f"`{name}`"
    return ""


def _is_named(node: nodes.Expr) -> bool:
    return isinstance(node, nodes.Const) and isinstance(node.value, str)


MAX_BYTES = 100_000
"""Maximum size of a template; the shipped one has about 2,000 bytes."""
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}", re.ASCII)

FileStamp = tuple[Path, int, int]
"""Path, modification time and size of a file."""


class Templates(BaseLoader):
    """Loads a template by name from the first folder that has it."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = folders

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        stamp = self._find(template)
        text = stamp[0].read_text(encoding="utf-8")
        return text, str(stamp[0]), lambda: self._find(template) == stamp

    def load(
        self, environment: Environment, name: str, globals: MutableMapping[str, Any] | None = None
    ) -> Template:
        text, path, is_fresh = self.get_source(environment, name)
        tree = restrict(environment.parse(text, name, path), name)
        code = environment.compile(tree, name, path)
        return environment.template_class.from_code(environment, code, globals or {}, is_fresh)

    def _find(self, name: str) -> FileStamp:
        """Find a template, and values that change with it; raises TemplateError."""
        if not _NAME.fullmatch(name):
            raise TemplateError(f"{name[:60]!r} is not the name of a template in its folder")
        for folder in self._folders:
            path = folder / name
            if path.exists() or path.is_symlink():
                status = path.lstat()
                if not stat.S_ISREG(status.st_mode) or status.st_size > MAX_BYTES:
                    raise TemplateError(f"{name} is a link, not a file, or too large")
                return path, status.st_mtime_ns, status.st_size
        raise TemplateNotFound(name)
