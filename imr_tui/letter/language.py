"""What a template may say: print, choose, repeat and include. It is data and runs nothing."""

from collections.abc import Iterable, Iterator
from contextvars import ContextVar
from typing import Any

from jinja2 import StrictUndefined, TemplateRuntimeError, TemplateSyntaxError, Undefined, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from imr_tui.letter.bounds import Bounds

bounds: ContextVar[Bounds] = ContextVar("bounds")
"""What the letter that is rendered now has left."""

_ALLOWED = (
    *(nodes.Template, nodes.TemplateData, nodes.Output, nodes.Const, nodes.Name, nodes.Getattr),
    *(nodes.Getitem, nodes.Slice, nodes.List, nodes.Tuple, nodes.For, nodes.If, nodes.CondExpr),
    *(nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Test, nodes.Filter),
    *(nodes.Assign, nodes.Add, nodes.Sub, nodes.Block, nodes.Extends, nodes.Include),
)
_TESTS = ("odd", "even", "divisibleby", "eq", "ne", "lt", "le", "gt", "ge", "in")
_FILTERS = ("upper", "lower", "title", "capitalize", "trim", "length", "first", "last")
_COUNTED = "counted"
_WIDEST = 1000


class Language(ImmutableSandboxedEnvironment):
    """The environment that templates are read and rendered in."""

    intercepted_binops = frozenset("+-")

    def __init__(self, width: int, **options: Any) -> None:
        super().__init__(undefined=StrictUndefined, finalize=_printed, autoescape=False, **options)
        self.globals.clear()
        self.filters = {name: self.filters[name] for name in _FILTERS}
        self.filters |= {_COUNTED: _counted, "column": _column}
        self.filters["centred"] = lambda text: text.center(width).rstrip()
        self.tests = {name: self.tests[name] for name in _TESTS}

    def get_template(self, *arguments: Any, **options: Any) -> Any:
        # Once for the letter itself, and for every part that it is put together from.
        bounds.get(Bounds()).part()
        return super().get_template(*arguments, **options)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        if not isinstance(left, int) or not isinstance(right, int):
            raise TemplateRuntimeError(f"{operator} is for numbers only")
        return super().call_binop(context, operator, left, right)


def demand_plain(tree: nodes.Template, name: str) -> nodes.Template:
    """`tree`, which holds nothing but what is allowed, with its loops counted.

    Raises TemplateSyntaxError.
    """
    for node in _walk(tree):
        if says := _fault(node):
            raise TemplateSyntaxError(f"{says} is not for templates", node.lineno, name)
    for loop in tree.find_all(nodes.For):
        loop.iter = nodes.Filter(loop.iter, _COUNTED, [], [], None, None, lineno=loop.lineno)
    return tree


def _walk(tree: nodes.Node) -> Iterator[nodes.Node]:
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        waiting += node.iter_child_nodes()


def _fault(node: nodes.Node) -> str:
    if not isinstance(node, _ALLOWED):
        return f"`{type(node).__name__.lower()}`"
    match node:
        case nodes.Filter(name=str(name)) if name == _COUNTED:
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
            return "to set more than one name"
        case nodes.Name(name=str(name)) | nodes.Getattr(attr=str(name)) if name.startswith("_"):
            return f"`{name}`"
    return ""


def _is_named(node: nodes.Expr) -> bool:
    return isinstance(node, nodes.Const) and isinstance(node.value, str)


# ── What the values of a template go through ─────────────────────────────────────────────


def _printed(value: Any) -> Any:
    """`value` on its way into the letter; only text and numbers are words."""
    if isinstance(value, Undefined):
        return str(value)
    if type(value) not in (str, int):
        raise TemplateRuntimeError("only text and numbers can be printed")
    return value


def _counted(values: Iterable[Any]) -> Iterator[Any]:
    for value in values:
        bounds.get().turn()
        yield value


def _column(text: str, columns: int) -> str:
    if columns > _WIDEST:
        raise TemplateRuntimeError(f"a column has at most {_WIDEST} characters")
    return text.ljust(columns)
