"""What a value of a small table may be: each form takes what a file holds, or says why not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any

from imr_tui.model.limits import MAX_LINE, MAX_ROWS, NOT_A_NUMBER, is_case_number
from imr_tui.text.sanitize import clean_line

Form = Callable[[Any], Any]
"""Gives a value as it is kept, or raises Unfit."""


class Unfit(ValueError):
    """A value that a field does not take."""

    def __init__(self, says: str, *inside: str | int) -> None:
        super().__init__(says)
        self.says = says
        """Why, to be said after the name of the field."""
        self.inside = inside
        """Where in the value."""


def line(value: Any) -> str:
    """Text of one line."""
    if not isinstance(value, str):
        raise Unfit('must be text in quotes ("...")')
    cleaned = clean_line(value)
    if len(cleaned) > MAX_LINE:
        raise Unfit("is too long")
    return cleaned


def lines(value: Any) -> tuple[str, ...]:
    """Lines of text in a list."""
    return tuple(list_of(line)(value))


def list_of(inner: Form) -> Form:
    """A list of values that are all of one form."""

    def form(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list | tuple):
            raise Unfit("must be a list ([...])")
        if len(value) > MAX_ROWS:
            raise Unfit("has too many entries")
        return tuple(_inside(inner, at, each) for at, each in enumerate(value))

    return form


def absolute(value: Any) -> str:
    """The path of a directory from the root on, or blank."""
    path = line(value)
    if path and not path.startswith("/"):
        raise Unfit('must be the path of a directory from "/" on')
    return path


def number(value: Any) -> str:
    """A case number."""
    if not isinstance(value, str):
        raise Unfit('must be text in quotes ("...")')
    if not is_case_number(value):
        raise Unfit(f"is refused: {NOT_A_NUMBER}")
    return value


def moment(value: Any) -> datetime:
    """A time that says its zone."""
    if not isinstance(value, datetime):
        raise Unfit("must be a time such as 2014-12-08T09:12:44Z, without quotes")
    if value.tzinfo is None:
        raise Unfit("must be a time with its zone, such as 2014-12-08T09:12:44Z")
    return value


def flag(value: Any) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise Unfit("is refused: Input should be a valid boolean")
    return value


def whole(least: int | None = None, most: int | None = None) -> Form:
    """A whole number within limits."""

    def form(value: Any) -> int:
        if not isinstance(value, int) or isinstance(value, bool):
            raise Unfit("must be a whole number")
        if least is not None and value < least:
            raise Unfit(f"is refused: Input should be greater than or equal to {least}")
        if most is not None and value > most:
            raise Unfit(f"is refused: Input should be less than or equal to {most}")
        return value

    return form


def one_of(*words: str) -> Form:
    """A word of a closed list."""
    *others, last = map(repr, words)

    def form(value: Any) -> str:
        if value not in words:
            raise Unfit(f"must be {', '.join(others)} or {last}")
        return str(value)

    return form


def table_of(inner: Form) -> Form:
    """A table of values that are all of one form, under any keys."""

    def form(value: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise Unfit("must be a table")
        return {key: _inside(inner, key, each) for key, each in value.items()}

    return form


def _inside(form: Form, at: str | int, value: Any) -> Any:
    try:
        return form(value)
    except Unfit as unfit:
        raise Unfit(unfit.says, at, *unfit.inside) from unfit


Line = Annotated[str, line]
Lines = Annotated[tuple[str, ...], lines]
Number = Annotated[str, number]
Moment = Annotated[datetime, moment]
