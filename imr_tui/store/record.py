"""The small tables that the program keeps beside the cases: flat, frozen, of plain values.

They are looked at here and not by pydantic, which takes longer to load than the worklist to show.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    ClassVar,
    Literal,
    TypeVar,
    get_args,
    get_origin,
    get_type_hints,
)

from imr_tui.errors import BadInput
from imr_tui.limits import MAX_LINE, MAX_ROWS, NOT_A_NUMBER, is_case_number
from imr_tui.store.toml import LEFT_ALONE
from imr_tui.text import clean_line

if TYPE_CHECKING:
    from imr_tui.store.locate import Location

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


# ── Forms ────────────────────────────────────────────────────────────────────────────────


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
    if not isinstance(value, list | tuple):
        raise Unfit("must be a list ([...])")
    if len(value) > MAX_ROWS:
        raise Unfit("has too many entries")
    return tuple(_inside(line, at, each) for at, each in enumerate(value))


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


# ── Records ──────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Record:
    """A table of a file; raises Unfit for a value that is not of the form of its field."""

    IS_OPEN: ClassVar[bool] = False
    """Whether keys that are not known are passed over."""

    FORMS: ClassVar[dict[str, Form]]
    """What each field takes, as its annotation says."""

    def __init_subclass__(cls) -> None:
        hints = get_type_hints(cls, include_extras=True).items()
        cls.FORMS = {name: _form(hint) for name, hint in hints if get_origin(hint) is not ClassVar}

    def __post_init__(self) -> None:
        for each in fields(self):
            value = getattr(self, each.name)
            if not (value is None and each.default is None):
                object.__setattr__(self, each.name, self.FORMS[each.name](value))


_R = TypeVar("_R", bound=Record)


def _form(hint: Any) -> Form:
    """The form that an annotation names; of `Moment | None` that of the first."""
    if hint in _PLAIN:
        return _PLAIN[hint]
    if get_origin(hint) is Annotated:
        form: Form = hint.__metadata__[0]
        return form
    inner = get_args(hint)
    return one_of(*inner) if get_origin(hint) is Literal else _form(inner[0])


_PLAIN: dict[Any, Form] = {bool: flag, int: whole()}


def validate(kind: type[_R], data: Mapping[str, Any], text: str, where: str | Path) -> _R:
    """`data` as a record; raises BadInput naming file, line, key and nearest known key."""
    if faults := list(_faults(kind, data)):
        from imr_tui.store.complaint import sentence

        raise BadInput(f"{sentence(faults, text, where)} {LEFT_ALONE}")
    return kind(**{each.name: data[each.name] for each in fields(kind) if each.name in data})


def _faults(kind: type[Record], data: Mapping[str, Any]) -> Iterator[tuple[Location, str]]:
    known = {each.name: each for each in fields(kind)}
    for name, each in known.items():
        if name not in data:
            yield from () if _has_default(each) else [((name,), "is missing")]
            continue
        try:
            kind.FORMS[name](data[name])
        except Unfit as unfit:
            yield (name, *unfit.inside), unfit.says
    if not kind.IS_OPEN and not data.keys() <= known.keys():
        from imr_tui.store.complaint import unknown

        yield from (((key,), unknown(key, known)) for key in data if key not in known)


def _has_default(field: Field[Any]) -> bool:
    return field.default is not MISSING or field.default_factory is not MISSING


def to_plain(record: Record, *, defaults: bool = True) -> dict[str, Any]:
    """What a file holds of `record`: nothing that is None, and not what is as ever if so asked."""
    values = ((each, getattr(record, each.name)) for each in fields(record))
    return {
        each.name: value
        for each, value in values
        if value is not None and (defaults or value != each.default)
    }
