"""What pydantic finds wrong with the values of a file, said as a sentence."""

from __future__ import annotations

import typing
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from imr_tui.errors import BadInput
from imr_tui.store.toml_files.complaint import sentence, unknown
from imr_tui.store.toml_files.toml import LEFT_ALONE

if typing.TYPE_CHECKING:
    from imr_tui.store.toml_files.toml_scan import Location

_M = TypeVar("_M", bound=BaseModel)
_FAULTS = {
    "missing": "is missing",
    "string_type": 'must be text in quotes ("...")',
    "int_type": "must be a whole number",
    "date_type": "must be a date such as 2014-11-05, without quotes",
    "datetime_type": "must be a time such as 2014-12-08T09:12:44Z, without quotes",
    "timezone_aware": "must be a time with its zone, such as 2014-12-08T09:12:44Z",
    "tuple_type": "must be a list ([...])",
    "model_type": "must be a table",
    "dict_type": "must be a table",
    "too_long": "is too long",
}


def validate(model: type[_M], data: Mapping[str, Any], text: str, where: str | Path) -> _M:
    """`data` as a `model`; raises BadInput naming file, line, key and nearest known key."""
    try:
        return model.model_validate(data, by_alias=True, by_name=False)
    except ValidationError as error:
        raise BadInput(f"{explain(error, model, text, where)} {LEFT_ALONE}") from error


def explain(error: ValidationError, model: type[BaseModel], text: str, where: object) -> str:
    """The first faults of `error` as one sentence, each with its place in `where`."""
    faults = error.errors(include_url=False, include_input=False)
    return sentence([(fault["loc"], _fault(fault, model)) for fault in faults], text, where)


def _fault(fault: Any, model: type[BaseModel]) -> str:
    kind, context = fault["type"], fault.get("ctx", {})
    if kind == "extra_forbidden":
        return unknown(fault["loc"][-1], _known_keys(fault["loc"][:-1], model))
    if kind == "literal_error":
        return f"must be {context['expected']}"
    if kind == "value_error":
        return f"is refused: {context['error']}"
    if kind == "too_long" and context.get("field_type") == "Tuple":
        return f"has too many entries: a list holds up to {context['max_length']:,}"
    if kind == "string_too_long":
        return f"is too long: it holds up to {context['max_length']:,} characters"
    return _FAULTS.get(kind) or f"is refused: {fault['msg']}"


def _known_keys(location: Location, model: type[BaseModel]) -> Iterator[str]:
    for part in location:
        fields = {field.alias or name: field for name, field in model.model_fields.items()}
        if part in fields:
            model = next(_models(fields[str(part)].annotation), model)
    return (field.alias or name for name, field in model.model_fields.items())


def _models(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in typing.get_args(annotation):
        yield from _models(inner)
