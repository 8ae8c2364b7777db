"""The keys of a TOML file, from the model that reads it: type, default and description."""

import datetime
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from pydantic import BaseModel

from imr_tui.model.value import Value
from imr_tui.services.settings_list import toml_value
from imr_tui.text.field_docs import field_docs

_FORMATS = {"date": "a date", "date-time": "a date and time with its offset"}
_SIMPLE = {"string": "text", "boolean": "true or false", "number": "a number"}


class Key(NamedTuple):
    """A key of a table."""

    name: str
    """The key in the file."""
    kind: str
    """What its value is, in words."""
    default: str
    """The value if the key is missing, as the file would hold it; blank for none."""
    is_required: bool
    """Whether the table needs it."""
    says: str
    """Its description."""
    table: type[BaseModel] | None
    """The model of its tables, if it is one, or a list of some."""
    header: str
    """The form of the header of its tables: `[{}]`, `[[{}]]` or `[{}.NAME]`; blank for values."""


def keys(model: type[BaseModel], docs: Mapping[str, str] | None = None) -> Iterator[Key]:
    """The keys of a model, in the order in which the file has them."""
    schema = model.model_json_schema(by_alias=True)
    known = schema.get("$defs", {})
    says = docs or field_docs(model)
    for field, info in model.model_fields.items():
        name = info.alias or field
        form = schema["properties"][name]
        header, target = _table(form)
        yield Key(
            name,
            "" if target else _kind(form, known),
            _default(info.get_default(call_default_factory=True, validated_data={})),
            info.is_required(),
            says[field],
            _models()[target] if target else None,
            header,
        )


def _table(form: dict[str, Any]) -> tuple[str, str]:
    """The header of the tables that a key holds, and the name of their model; both may be blank."""
    for each in (form, *form.get("anyOf", ()), *form.get("allOf", ())):
        if "$ref" in each:
            return "[{}]", each["$ref"].rpartition("/")[2]
        if "$ref" in (items := each.get("items", {})):
            return "[[{}]]", items["$ref"].rpartition("/")[2]
        more = each.get("additionalProperties")
        for inner in (more, *each.get("patternProperties", {}).values()):
            if isinstance(inner, dict) and "$ref" in inner:
                return "[{}.NAME]", inner["$ref"].rpartition("/")[2]
    return "", ""


def _kind(form: dict[str, Any], known: dict[str, Any]) -> str:
    """What a value is, in words."""
    if options := [each for each in form.get("anyOf", ()) if each.get("type") != "null"]:
        return " or ".join(_kind(each, known) for each in options)
    if "enum" in form:
        return "one of " + ", ".join(f"`{toml_value(each)}`" for each in form["enum"])
    if "const" in form:
        return f"`{toml_value(form['const'])}` or missing"
    match form.get("type"):
        case "array":
            return f"a list; each entry is {_kind(form['items'], known)}"
        case "object":
            inner = form.get("additionalProperties") or {}
            return f"a table; each value is {_kind(inner, known)}"
        case "integer":
            return _integer(form)
    return _FORMATS.get(form.get("format", "")) or _SIMPLE[form["type"]]


def _integer(form: dict[str, Any]) -> str:
    least, most = form.get("minimum"), form.get("maximum")
    if least is None:
        return "a whole number"
    return (
        f"a whole number of {least} or more"
        if most is None
        else f"a whole number from {least} to {most}"
    )


def _default(value: object) -> str:
    is_plain = isinstance(value, str | int | tuple) and not isinstance(value, datetime.date)
    return toml_value(value) if is_plain and value not in ("", ()) else ""


def _models() -> dict[str, type[BaseModel]]:
    """The parts of a case, by the name of their model."""
    return {each.__name__: each for each in Value.__subclasses__()}
