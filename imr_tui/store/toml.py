"""TOML as the case folder uses it: one fixed form out, faults with line and key in."""

import difflib
import re
import tomllib
import typing
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import tomli_w
from pydantic import BaseModel, ValidationError

from imr_tui.errors import BadInput

Location = tuple[str | int, ...]
"""A path into the data: `("items", 1, "rationale")`."""

_M = TypeVar("_M", bound=BaseModel)
_HEADER = re.compile(r"\s*\[(\[)?\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?")
_KEY = re.compile(r"""\s*["']?([\w-]+)["']?\s*=""")
_LEFT_ALONE = "The file was left as it is; correct it and open it again."


# ── Out ──────────────────────────────────────────────────────────────────────────────────


def dumps(data: Mapping[str, Any], name: str = "") -> str:
    """`data` as TOML in the order of its keys, every table under a header of its own.

    Values are tomli-w's; headers are set here because it would fold short tables into lines,
    and a file whose form depends on the length of a title makes diffs that mean nothing.
    """
    plain = {key: value for key, value in data.items() if not _tables(value)}
    blocks = [tomli_w.dumps(plain, multiline_strings=True)] if plain else []
    for key, value in data.items():
        path = f"{name}.{key}" if name else key
        header = f"[{path}]" if isinstance(value, Mapping) else f"[[{path}]]"
        blocks += [f"{header}\n{dumps(table, path)}" for table in _tables(value)]
    return "\n".join(blocks)


def _tables(value: object) -> Sequence[Mapping[str, Any]]:
    if isinstance(value, Mapping):
        return (value,)
    is_list = isinstance(value, list | tuple) and value and isinstance(value[0], Mapping)
    return typing.cast(Sequence[Mapping[str, Any]], value) if is_list else ()


# ── In ───────────────────────────────────────────────────────────────────────────────────


def parse(data: bytes, where: str | Path) -> tuple[dict[str, Any], str]:
    """The tables of `data` and its text; raises BadInput with the line of a syntax error."""
    text = decode(data, where)
    try:
        return tomllib.loads(text), text
    except tomllib.TOMLDecodeError as error:
        raise BadInput(f"{where} is not valid TOML: {error}. {_LEFT_ALONE}") from error
    except (RecursionError, ValueError, MemoryError) as error:
        raise BadInput(f"{where} is too deep or too large to be read. {_LEFT_ALONE}") from error


def decode(data: bytes, where: str | Path) -> str:
    """UTF-8 text, one byte order mark allowed; raises BadInput with the offset of a bad byte."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(
            f"{where} is not UTF-8: byte {error.start} is 0x{data[error.start]:02x}. {_LEFT_ALONE}"
        ) from error


def validate(model: type[_M], data: Mapping[str, Any], text: str, where: str | Path) -> _M:
    """`data` as a `model`; raises BadInput naming file, line, key and nearest known key."""
    try:
        return model.model_validate(data, by_alias=True, by_name=False)
    except ValidationError as error:
        raise BadInput(f"{explain(error, model, text, where)} {_LEFT_ALONE}") from error


def explain(error: ValidationError, model: type[BaseModel], text: str, where: object) -> str:
    """The first faults of `error` as sentences, each with its place in `where`."""
    lines = locate(text)
    faults = []
    for fault in error.errors(include_url=False, include_input=False)[:3]:
        location = fault["loc"]
        line = _line_of(lines, location)
        at = f"{where}, line {line}" if line else f"{where}"
        faults.append(f"{at}: {spell(location)} {_fault(fault, model)}")
    more = error.error_count() - len(faults)
    rest = f" ({more} more)" if more > 0 else ""
    return f"{'; '.join(faults)}{rest}."


def spell(location: Location) -> str:
    """A location for a reader, entries counted from 1: `items 2 rationale`."""
    parts = (str(part + 1) if isinstance(part, int) else part for part in location)
    return " ".join(parts) or "the file"


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
    "too_long": "has too many entries",
    "string_too_long": "is too long",
}


def _fault(fault: Any, model: type[BaseModel]) -> str:
    kind, context = fault["type"], fault.get("ctx", {})
    if kind == "extra_forbidden":
        return f"is not a known key{_nearest(fault['loc'], model)}"
    if kind == "literal_error":
        return f"must be {context['expected']}"
    if kind == "value_error":
        return f"is refused: {context['error']}"
    return _FAULTS.get(kind) or f"is refused: {fault['msg']}"


def _nearest(location: Location, model: type[BaseModel]) -> str:
    known = list(_known_keys(location[:-1], model))
    near = difflib.get_close_matches(str(location[-1]), known, n=1, cutoff=0.5)
    return f", did you mean {near[0]!r}" if near else f" (known: {', '.join(known)})"


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


# ── Where a key stands ───────────────────────────────────────────────────────────────────


def locate(text: str) -> dict[Location, int]:
    """The line, from 1, of every table header and key of `text`.

    Reads lines, not TOML: it knows headers, keys and multi-line strings, which is enough to
    point at what the real parser has refused.
    """
    lines: dict[Location, int] = {}
    table: Location = ()
    closing = ""
    for number, line in enumerate(text.split("\n"), 1):
        if closing:
            closing = "" if closing in line else closing
        elif header := _HEADER.fullmatch(line.rstrip("\r")):
            table = _entered(lines, header[2], is_list=bool(header[1]))
            lines.setdefault(table, number)
        elif key := _KEY.match(line):
            lines.setdefault((*table, key[1]), number)
            closing = _opens(line)
    return lines


def _entered(lines: Mapping[Location, int], name: str, *, is_list: bool) -> Location:
    table: Location = ()
    parts = [part.strip().strip("\"'") for part in name.split(".")]
    for depth, part in enumerate(parts, 1):
        table = (*table, part)
        count = _count(lines, table)
        if depth == len(parts):
            return (*table, count) if is_list else table
        table = (*table, count - 1) if count else table
    return table


def _count(lines: Mapping[Location, int], table: Location) -> int:
    count = 0
    while (*table, count) in lines:
        count += 1
    return count


def _opens(line: str) -> str:
    for quotes in ('"""', "'''"):
        if line.count(quotes) % 2:
            return quotes
    return ""


def _line_of(lines: Mapping[Location, int], location: Location) -> int | None:
    for end in range(len(location), 0, -1):
        if location[:end] in lines:
            return lines[location[:end]]
    return None
