"""Tuples as lists that people edit: what is not there is not changed, and none grows too long."""

from typing import TypeVar

from imr_tui.model.size import require_rows

_T = TypeVar("_T")


def has(values: tuple[object, ...], at: int) -> bool:
    """Whether there is a value at `at`, counted from 0."""
    return 0 <= at < len(values)


def added(values: tuple[_T, ...], value: _T) -> tuple[_T, ...]:
    """`values` with one more at the end; raises LimitReached where there are too many."""
    longer = (*values, value)
    require_rows(longer)
    return longer


def replaced(values: tuple[_T, ...], at: int, value: _T) -> tuple[_T, ...]:
    """`values` with another one at `at`."""
    return (*values[:at], value, *values[at + 1 :]) if has(values, at) else values


def without(values: tuple[_T, ...], at: int) -> tuple[_T, ...]:
    """`values` without the one at `at`."""
    return (*values[:at], *values[at + 1 :]) if has(values, at) else values


def moved(values: tuple[_T, ...], at: int, to: int) -> tuple[_T, ...]:
    """`values` with the one at `at` in the place `to`."""
    if not (has(values, at) and has(values, to)):
        return values
    rest = without(values, at)
    return (*rest[:to], values[at], *rest[to:])
