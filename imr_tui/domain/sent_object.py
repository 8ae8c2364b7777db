"""Divides a JSON object of an organization into fields: keys of the case file, or flat names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from imr_tui.domain.assignment_fields import DROPPED, IGNORED, Names, Path, is_group, shortened
from imr_tui.domain.form_imr import TABLES
from imr_tui.errors import BadInput

PARTS = (
    *("schema", *TABLES, "records", "reviewer", "summary", "items"),
    *("acknowledged", "rereview", "correction", "signature"),
)
"""The keys at the top of a case file."""
_MAX_DEPTH = 3
"""The depth of objects such as `{"employee": {"name": {"first": ...}}}`."""


class Field(NamedTuple):
    """A value as the organization sends it, and the field of a case that it is for."""

    path: Path
    """The field."""
    name: str
    """Its name as sent."""
    value: object
    """Its value as sent."""


def fields_of(sent: Mapping[str, object], names: Names) -> Iterator[Field]:
    """The fields of an object; raises BadInput naming an unknown key and the nearest known one."""
    for key, value in sent.items():
        if key not in PARTS or key in names.added:
            yield from _named(key, value, names, _MAX_DEPTH)
        elif key in TABLES and isinstance(value, Mapping):
            for inner, each in value.items():
                yield Field(_in_table(key, inner, names), f"{key} {inner}", each)
        else:
            yield Field((key,), key, value)


def _named(name: str, value: object, names: Names, depth: int) -> Iterator[Field]:
    path = names.path(name)
    is_kept = path is None or path[0] not in (DROPPED, *IGNORED)
    if isinstance(value, Mapping) and is_kept and depth and is_group(name):
        for key, inner in value.items():
            yield from _named(f"{name}_{key}", inner, names, depth - 1)
    elif path is None:
        raise BadInput(f"{shortened(name)} {names.unknown(name)}.")
    else:
        yield Field(path, name, value)


def _in_table(table: str, key: str, names: Names) -> Path:
    """The path of a key of a table; that of an unknown one is refused with the case."""
    if key in TABLES[table]:
        return (table, key) if (table, key) != ("parties", "employee") else ("employee", "name")
    return names.path(key) or (table, key)
