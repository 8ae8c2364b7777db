"""List edits on tuples; an index that does not exist changes nothing."""

from typing import TypeVar

from imr_tui.model.size import require_rows

_T = TypeVar("_T")


def has(values: tuple[object, ...], at: int) -> bool:
    """Whether the 0-based index `at` exists."""
    return 0 <= at < len(values)


def added(values: tuple[_T, ...], value: _T) -> tuple[_T, ...]:
    """Append `value`; raises LimitReached if the result is too long."""
    longer = (*values, value)
    require_rows(longer)
    return longer


def replaced(values: tuple[_T, ...], at: int, value: _T) -> tuple[_T, ...]:
    """Replace the entry at `at`."""
    return (*values[:at], value, *values[at + 1 :]) if has(values, at) else values


def without(values: tuple[_T, ...], at: int) -> tuple[_T, ...]:
    """Remove the entry at `at`."""
    return (*values[:at], *values[at + 1 :]) if has(values, at) else values


def moved(values: tuple[_T, ...], at: int, to: int) -> tuple[_T, ...]:
    """Move the entry at `at` to the position `to`."""
    if not (has(values, at) and has(values, to)):
        return values
    rest = without(values, at)
    return (*rest[:to], values[at], *rest[to:])
