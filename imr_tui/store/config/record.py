"""The small tables that the program keeps beside the cases: flat, frozen, of plain values.

They are looked at here and not by pydantic, which takes longer to load than the worklist to show.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, fields
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
from imr_tui.store.config.forms import Form, Unfit, flag, one_of, whole
from imr_tui.store.toml_files.toml import LEFT_ALONE

if TYPE_CHECKING:
    from imr_tui.store.toml_files.toml_scan import Location


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
        from imr_tui.store.toml_files.complaint import sentence

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
        from imr_tui.store.toml_files.complaint import unknown

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
