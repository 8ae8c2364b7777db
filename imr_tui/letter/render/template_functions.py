"""What the values of a template go through: filters and tests, each counted and bounded."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from jinja2 import TemplateRuntimeError, Undefined
from jinja2.filters import FILTERS, do_title
from jinja2.tests import TESTS

from imr_tui.letter.render.render_limits import bounds

_Test = Callable[..., Any]
_TESTS: Mapping[str, Any] = TESTS
_NUMBER_TESTS = ("odd", "even", "divisibleby")
_COMPARISONS = ("eq", "ne", "lt", "le", "gt", "ge", "in")
_WIDEST = 1000
_MAX_VALUES = 10_000
"""Values of a list that is compared, those of the lists in it included."""
_MAX_TRIMMED = 100
"""Characters to trim; each of them is looked for at each place."""


def filters(width: int) -> dict[str, Any]:
    """The filters, for letters of so many columns."""
    return {
        **{name: FILTERS[name] for name in ("length", "first", "last")},
        "centred": lambda value: _text(value).center(width).rstrip(),
        "column": _column,
        "upper": lambda value: _spelled(value).upper(),
        "lower": lambda value: _spelled(value).lower(),
        "title": lambda value: do_title(_spelled(value)),
        "capitalize": lambda value: _spelled(value).capitalize(),
        "trim": _trim,
    }


def tests() -> dict[str, Any]:
    """The tests."""
    return {name: _of_numbers(_TESTS[name]) for name in _NUMBER_TESTS} | {
        name: _comparing(_TESTS[name]) for name in _COMPARISONS
    }


def printed(value: Any) -> Any:
    """`value` on its way into the letter; only text and numbers are words."""
    if isinstance(value, Undefined):
        return str(value)
    if type(value) not in (str, int):
        raise TemplateRuntimeError("only text and numbers can be printed")
    bounds.get().check()
    return value


def counted(values: Iterable[Any]) -> Iterator[Any]:
    """What a loop goes over."""
    for value in values:
        bounds.get().turn()
        yield value


def compared(value: Any) -> Any:
    """`value`, which can be compared in a moment.

    Two lists that hold the same list many times over would be compared for years.
    """
    bounds.get().check()
    waiting, count = [value], 0
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict | list | tuple):
            count += 1 + len(part)
            if count > _MAX_VALUES:
                raise TemplateRuntimeError(f"it compares more than {_MAX_VALUES:,} values")
            waiting += part.values() if isinstance(part, dict) else part
    return value


def cut(value: Any, *ends: Any) -> Any:
    """A part of a text or of a list."""
    if type(value) not in (str, list, tuple):
        raise TemplateRuntimeError("only texts and lists have parts")
    bounds.get().check()
    part = value[slice(*ends)]
    bounds.get().check(len(part))
    return part


def _text(value: Any) -> str:
    """The text that a filter is given."""
    if isinstance(value, Undefined):
        return str(value)
    if type(value) is not str:
        raise TemplateRuntimeError("this filter is for text only")
    bounds.get().check(len(value))
    return value


def _spelled(value: Any) -> str:
    """The text or number that a filter is given, as text."""
    return str(value) if type(value) is int else _text(value)


def _column(value: Any, columns: int) -> str:
    if columns > _WIDEST:
        raise TemplateRuntimeError(f"a column has at most {_WIDEST} characters")
    return _text(value).ljust(columns)


def _trim(value: Any, chars: str | None = None) -> str:
    if chars is not None and len(chars) > _MAX_TRIMMED:
        raise TemplateRuntimeError(f"at most {_MAX_TRIMMED} characters can be trimmed")
    return _spelled(value).strip(chars)


def _of_numbers(test: _Test) -> _Test:
    def checked(*values: Any) -> Any:
        # A percent sign between a text and a number formats the text.
        if any(type(value) is not int for value in values):
            raise TemplateRuntimeError("this test is for numbers only")
        return test(*values)

    return checked


def _comparing(test: _Test) -> _Test:
    return lambda *values: test(*map(compared, values))
