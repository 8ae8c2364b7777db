"""Puts the fields that an organization sends together as the tables of a case file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from imr_tui.domain.assignment import STATUSES, Status
from imr_tui.domain.assignment_fields import DROPPED, IGNORED, Path, item_field
from imr_tui.domain.form_imr import DATES, PEOPLE, PRIORITIES, ROWS
from imr_tui.domain.sent_object import PARTS, Field
from imr_tui.errors import BadInput
from imr_tui.model.limits import MAX_ROWS
from imr_tui.text.exported_date import read_exported_date
from imr_tui.text.user_input import read_list

if TYPE_CHECKING:
    from datetime import date

_LISTS = (("parties", "providers"), ("physicians",), ("icd",))
_ASSIGNMENT = ("case", "assignment")
_PRIORITY, _DIAGNOSIS = ("case", "priority"), ("case", "diagnosis")
_SHOWN = 40
"""Characters of a value that an error quotes."""


class SentCase(NamedTuple):
    """What an organization sends about a case, not yet validated."""

    tables: dict[str, Any]
    """The tables of the case, under the keys of its file; dates are dates."""
    status: Status
    """Whether the case is still to be reviewed."""
    reason: object
    """Why not."""
    on: date | None
    """Since when."""
    dropped: tuple[str, ...]
    """The kinds of data that are not kept, sorted."""


def sent_case(fields: Iterable[Field]) -> SentCase:
    """Put fields together; raises BadInput for one that cannot be read or is there twice."""
    found: dict[Path, Field] = {}
    dropped: set[str] = set()
    for field in fields:
        if _is_blank(field) or field.path == IGNORED:
            continue
        if field.path[0] == DROPPED:
            dropped.add(str(field.path[1]))
            continue
        read = field._replace(value=_read(field))
        before = found.setdefault(field.path, read)
        if before.value != read.value:
            raise BadInput(f"{before.name} and {read.name} state the same field differently.")
    values = {path: field.value for path, field in found.items()}
    on: Any = values.pop(("status_date",), None)
    reason, status = values.pop(("reason",), ""), _status(values.pop(("status",), "open"))
    return SentCase(_tables(values), status, reason, on, tuple(sorted(dropped)))


def _is_blank(field: Field) -> bool:
    """Whether nothing is sent; a part of the case that is null is wrong rather than blank."""
    if field.value is None:
        return field.path[0] not in PARTS or len(field.path) > 1
    return isinstance(field.value, str) and not field.value.strip()


def _read(field: Field) -> object:
    value, path = field.value, field.path
    if path == ("items",) and isinstance(value, str):
        return [{"request": request} for request in read_list(value)]
    if path in (("items",), ("records",)) and isinstance(value, list):
        return [_row(str(path[0]), each, at) for at, each in enumerate(value, 1)]
    if path in _LISTS and isinstance(value, str):
        return list(read_list(value))
    if path == _ASSIGNMENT and isinstance(value, str):
        return value.strip()
    if path == _PRIORITY and isinstance(value, str):
        return PRIORITIES.get(" ".join(value.split()).casefold(), value)
    return _date(value, field.name) if path[-1] in DATES else value


def _date(value: object, name: str) -> date | None:
    try:
        return read_exported_date(value)
    except ValueError as error:
        shown = repr(value)
        shown = shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}..."
        raise BadInput(f"{name}: {shown} {str(error).rstrip('.')}.") from error


def _row(part: str, sent: object, at: int) -> object:
    """An item or a document of a list, with its dates; anything else as it is."""
    if isinstance(sent, str) and part == "items":
        return {"request": sent}
    if not isinstance(sent, Mapping):
        return sent
    row: dict[str, object] = {}
    for name, value in sent.items():
        key = item_field(name) if part == "items" else name
        if key in row:
            raise BadInput(f"{part} {at}: {name} states {key} a second time.")
        row[key] = _date(value, f"{part} {at} {name}") if key in DATES else value
    return {key: value for key, value in row.items() if value is not None}


def _status(sent: object) -> Status:
    name = sent.strip().casefold() if isinstance(sent, str) else ""
    for status in STATUSES:
        if status == name:
            return status
    raise BadInput(f"status must be {', '.join(map(repr, STATUSES[:-1]))} or {STATUSES[-1]!r}.")


def _tables(values: dict[Path, object]) -> dict[str, Any]:
    """The tables of the case file."""
    people = {who: _name_of(who, values) for who in PEOPLE}
    if people["employee"]:
        values["parties", "employee"] = people["employee"]
    _add_providers(values, people["physician"])
    _add_codes(values)
    tables: dict[str, Any] = {}
    for path, value in values.items():
        if len(path) == 2:
            tables.setdefault(str(path[0]), {})[path[1]] = value
    for part in ROWS:
        if rows := _numbered(part, values):
            tables[part] = rows
    # Last, because a part that is no table is wrong, whatever else is sent.
    return tables | {str(path[0]): value for path, value in values.items() if len(path) == 1}


def _numbered(part: str, values: Mapping[Path, object]) -> list[dict[object, object]]:
    """The rows whose fields are sent as `item.1.request`; raises BadInput for a gap."""
    rows: dict[int, dict[object, object]] = {}
    for path, value in values.items():
        if len(path) == 3 and path[0] == part:
            rows.setdefault(int(path[1]), {})[path[2]] = value
    if rows and (part,) in values:
        raise BadInput(f"{part} are sent as a list and one by one.")
    for at in range(len(rows)):
        if at not in rows:
            raise BadInput(f"{part[:-1]} {at + 1} is blank, but a later one is not.")
    return [rows[at] for at in sorted(rows)]


def _name_of(who: str, values: dict[Path, object]) -> object:
    """The name of a person, whole or put together from its parts; blank if not sent."""
    parts = [values.pop((who, part), "") for part in ("first", "middle", "last")]
    if whole := values.pop((who, "name"), ""):
        return whole
    return " ".join(text for part in parts if (text := _text(part, f"the name of the {who}")))


def _add_providers(values: dict[Path, object], physician: object) -> None:
    """Put the physicians and their practice before the providers, each once."""
    practice, others = values.pop(("practice",), ""), values.pop(("physicians",), [])
    listed = values.get(("parties", "providers"), [])
    if not isinstance(listed, list):
        return
    first = [name for name in (physician, practice) if name]
    names = [*first, *_texts(others, "the treating physicians"), *listed]
    if all(isinstance(name, str) for name in names):
        names = list(dict.fromkeys(names))
    if names:
        values["parties", "providers"] = names


def _add_codes(values: dict[Path, object]) -> None:
    """Put the ICD-10 codes before the diagnosis, unless it has them."""
    codes = _texts(values.pop(("icd",), []), "the ICD-10 codes")
    diagnosis = _text(values.get(_DIAGNOSIS, ""), "the diagnosis")
    missing = [code for code in codes if not _names_code(diagnosis, code)]
    if missing:
        values[_DIAGNOSIS] = f"{', '.join(missing)} {diagnosis}".strip()


def _names_code(diagnosis: str, code: str) -> bool:
    """Whether a diagnosis has a code, and not only a longer one that begins with it."""
    return re.search(rf"(?<![\w.]){re.escape(code)}(?!\.?\w)", diagnosis) is not None


def _text(value: object, what: str) -> str:
    if not isinstance(value, str):
        raise BadInput(f"{what} must be text.")
    return value.strip()


def _texts(value: object, what: str) -> list[str]:
    if not isinstance(value, list):
        raise BadInput(f"{what} must be a list of texts.")
    if len(value) > MAX_ROWS:
        raise BadInput(f"{what} have too many entries (at most {MAX_ROWS:,}).")
    return [_text(each, what) for each in value]
