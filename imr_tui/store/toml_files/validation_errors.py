"""Turns pydantic's errors about the values of a file into a sentence: line, key, nearest key."""

from __future__ import annotations

import difflib
import typing
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from imr_tui.errors import BadInput
from imr_tui.store.toml_files.toml import LEFT_ALONE
from imr_tui.store.toml_files.toml_scan import lines_of, nearest_line
from imr_tui.text.sanitize import clean_line

if typing.TYPE_CHECKING:
    from imr_tui.store.toml_files.toml_scan import Location

SHOWN = 3
"""Errors in one sentence; the rest is counted."""
PHRASE = "phrase"
"""The type of an error whose message follows the name of the field as it is."""
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
    "string_unicode": "contains half of a surrogate pair",
}


def validate(
    model: type[_M],
    data: Mapping[str, Any],
    text: str,
    where: str | Path,
    *,
    first_of_key: bool = False,
) -> _M:
    """`data` as a `model`; raises BadInput naming file, line, key and nearest known key.

    `first_of_key`: report only the first error of each top-level key.
    """
    try:
        return model.model_validate(data, by_alias=True, by_name=False)
    except ValidationError as error:
        says = explain(error, model, text, where, first_of_key=first_of_key)
        raise BadInput(f"{says} {LEFT_ALONE}") from error


def explain(
    error: ValidationError,
    model: type[BaseModel],
    text: str,
    where: object,
    *,
    first_of_key: bool = False,
) -> str:
    """The first errors in one sentence, each with its place in `where`, which holds `text`.

    A blank `where` is not named.
    """
    faults = error.errors(include_url=False, include_input=False)
    if first_of_key:
        keys = [fault["loc"][:1] for fault in faults]
        faults = [fault for at, fault in enumerate(faults) if keys.index(keys[at]) == at]
    lines = lines_of(text)
    told = []
    for fault in faults[:SHOWN]:
        line = nearest_line(lines, fault["loc"])
        at = f"{where}, line {line}" if line else f"{where}"
        at = f"{where}, line {line}" if line else f"{where}"
        says = f"{spell(fault['loc'])} {_fault(fault, model)}"
        told.append(f"{at}: {says}" if at else says)
    more = len(faults) - len(told)
    rest = f" ({more} more)" if more > 0 else ""
    return clean_line(f"{'; '.join(told)}{rest}.")


def spell(location: Location) -> str:
    """A location for a reader, entries counted from 1: `items 2 rationale`."""
    parts = (str(part + 1) if isinstance(part, int) else part for part in location)
    return " ".join(parts) or "the file"


def unknown(key: object, known: Iterable[str]) -> str:
    """Error text for a key that is not one of the `known` ones."""
    known = list(known)
    near = difflib.get_close_matches(str(key), known, n=1, cutoff=0.5)
    hint = f", did you mean {near[0]!r}" if near else f" (known: {', '.join(known)})"
    return f"is not a known key{hint}"


def _fault(fault: Any, model: type[BaseModel]) -> str:
    kind, context = fault["type"], fault.get("ctx", {})
    if kind == "extra_forbidden":
        return unknown(fault["loc"][-1], _known_keys(fault["loc"][:-1], model))
    if kind == PHRASE:
        return str(fault["msg"])
    if kind == "literal_error":
        return f"must be {context['expected']}"
    if kind == "value_error":
        return f"is not valid: {context['error']}"
    if kind == "too_long" and context.get("field_type") == "Tuple":
        return f"has too many entries (at most {context['max_length']:,})"
    if kind == "string_too_long":
        return f"is too long (at most {context['max_length']:,} characters)"
    return _FAULTS.get(kind) or f"is not valid: {fault['msg']}"


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
