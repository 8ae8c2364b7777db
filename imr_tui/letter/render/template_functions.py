"""Filters and tests available to templates, all counted and bounded."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from jinja2 import TemplateRuntimeError, Undefined
from jinja2.filters import FILTERS, do_title
from jinja2.tests import TESTS

from imr_tui.letter.render.render_limits import limits

_Test = Callable[..., Any]
_TESTS: Mapping[str, Any] = TESTS
_NUMBER_TESTS = ("odd", "even", "divisibleby")
_COMPARISONS = ("eq", "ne", "lt", "le", "gt", "ge", "in")
_MAX_COLUMN = 1000
_MAX_VALUES = 10_000
"""Maximum number of values in a comparison, including those of nested lists."""
_MAX_TRIMMED = 100
"""Maximum number of characters to trim, since the cost is their number times the text length."""


def filters(width: int) -> dict[str, Any]:
    """The filters for a letter with `width` columns."""
    return {
        **{name: FILTERS[name] for name in ("length", "first", "last")},
        "centred": lambda value: _text(value).center(width).rstrip(),
        "column": _column,
        "upper": lambda value: _as_text(value).upper(),
        "lower": lambda value: _as_text(value).lower(),
        "title": lambda value: do_title(_as_text(value)),
        "capitalize": lambda value: _as_text(value).capitalize(),
        "trim": _trim,
    }


def tests() -> dict[str, Any]:
    """The tests available to templates."""
    return {name: _numbers_only(_TESTS[name]) for name in _NUMBER_TESTS} | {
        name: _bounded_comparison(_TESTS[name]) for name in _COMPARISONS
    }


def printed(value: Any) -> Any:
    """Check a value before it is printed; only text and numbers are allowed."""
    if isinstance(value, Undefined):
        return str(value)
    if type(value) not in (str, int):
        raise TemplateRuntimeError("only text and numbers can be printed")
    limits.get().check()
    return value


def counted(values: Iterable[Any]) -> Iterator[Any]:
    """Count the iterations of a loop over `values`."""
    for value in values:
        limits.get().count_iteration()
        yield value


def compared(value: Any) -> Any:
    """Check that comparing `value` is fast.

    Comparing nested lists that contain the same list many times could take years.
    """
    limits.get().check()
    pending, count = [value], 0
    while pending:
        part = pending.pop()
        if isinstance(part, dict | list | tuple):
            count += 1 + len(part)
            if count > _MAX_VALUES:
                raise TemplateRuntimeError(f"it compares more than {_MAX_VALUES:,} values")
            pending += part.values() if isinstance(part, dict) else part
    return value


def cut(value: Any, *ends: Any) -> Any:
    """Return a slice of a text or list."""
    if type(value) not in (str, list, tuple):
        raise TemplateRuntimeError("only texts and lists can be sliced")
    limits.get().check()
    part = value[slice(*ends)]
    limits.get().check(len(part))
    return part


def _text(value: Any) -> str:
    """The argument of a filter for texts."""
    if isinstance(value, Undefined):
        return str(value)
    if type(value) is not str:
        raise TemplateRuntimeError("this filter works on text only")
    limits.get().check(len(value))
    return value


def _as_text(value: Any) -> str:
    """The argument of a filter for texts and numbers, as text."""
    return str(value) if type(value) is int else _text(value)


def _column(value: Any, columns: int) -> str:
    if columns > _MAX_COLUMN:
        raise TemplateRuntimeError(f"a column has at most {_MAX_COLUMN} characters")
    return _text(value).ljust(columns)


def _trim(value: Any, chars: str | None = None) -> str:
    if chars is not None and len(chars) > _MAX_TRIMMED:
        raise TemplateRuntimeError(f"at most {_MAX_TRIMMED} characters can be trimmed")
    return _as_text(value).strip(chars)


def _numbers_only(test: _Test) -> _Test:
    def checked(*values: Any) -> Any:
        # With a text on the left, a percent sign would format it.
        if any(type(value) is not int for value in values):
            raise TemplateRuntimeError("this test works on numbers only")
        return test(*values)

    return checked


def _bounded_comparison(test: _Test) -> _Test:
    return lambda *values: test(*map(compared, values))
