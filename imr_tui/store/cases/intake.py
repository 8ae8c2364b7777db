"""Reads an intake document: part of a case as TOML, JSON or CSV, from another system."""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from imr_tui.domain.assignment_fields import FORM_IMR, Names
from imr_tui.domain.sent_case import sent_case
from imr_tui.domain.sent_object import Field, fields_of
from imr_tui.errors import BadInput, CannotStore
from imr_tui.model.case import Case
from imr_tui.model.limits import SCHEMA
from imr_tui.store.cases import json_intake
from imr_tui.store.cases.case_codec import check_schema
from imr_tui.store.intake.csv_rows import is_table, only_row
from imr_tui.store.intake.source import lines_of
from imr_tui.store.safety.safe_open import MAX_BYTES, read_bytes
from imr_tui.store.toml_files import toml, validation_errors

_NOTHING_MADE = "No case was created."


def name(source: str) -> str:
    """The display name of a source; `-` is standard input."""
    return "standard input" if source == "-" else source


def read(source: str, names: Names = FORM_IMR) -> tuple[dict[str, Any], str]:
    """Read the tables of a document in TOML, JSON or CSV, with a note for the user or blank.

    `source` is a path, or `-` for standard input. A key of JSON and a heading of CSV may be any
    of `names`. Raises BadInput or CannotStore.
    """
    data, where = read_source(source), name(source)
    if is_table(lines_of(data, where), names):
        with _nothing_made():
            return _sent(only_row(lines_of(data, where), names, where), where)
    text = toml.decode(data, where)
    if json_intake.is_json(text, where):
        return _json(text, where, names)
    try:
        return toml.parse(data, where)[0], ""
    except BadInput:
        # Tried second, because a TOML document may begin like a JSON string or number.
        if not json_intake.is_value(text, where):
            raise
    return _json(text, where, names)


def _json(text: str, where: str, names: Names) -> tuple[dict[str, Any], str]:
    with _nothing_made():
        sent, note = json_intake.parse(text, where)
        tables, dropped = _sent(fields_of(sent, names), where)
        return tables, " ".join(filter(None, (note, dropped)))


def _sent(fields: Iterable[Field], where: str) -> tuple[dict[str, Any], str]:
    """The tables of a case that was sent, with a note of what is not kept."""
    try:
        sent = sent_case(fields)
    except BadInput as error:
        raise BadInput(f"{where}: {error}") from error
    if sent.status != "open":
        raise BadInput(f"{where}: the status is {sent.status}, so there is nothing to review.")
    dropped = f"Not kept: {', '.join(sent.dropped)}." if sent.dropped else ""
    return sent.tables, dropped


@contextmanager
def _nothing_made() -> Iterator[None]:
    try:
        yield
    except BadInput as error:
        raise BadInput(f"{error} {_NOTHING_MADE}") from error


def case_of(
    tables: Mapping[str, Any],
    where: str,
    *,
    particulars: Mapping[str, Any] | None = None,
    requests: Sequence[str] = (),
) -> Case:
    """Build a case from the tables of an intake; dates may be strings such as 2014-11-05.

    `particulars` override the document's, and `requests` are appended as items.
    Raises BadInput naming `where` and the key.
    """
    with _nothing_made():
        return _validated(_merged(tables, where, particulars or {}, requests), where)


def _merged(
    tables: Mapping[str, Any], where: str, particulars: Mapping[str, Any], requests: Sequence[str]
) -> dict[str, Any]:
    document = {"schema": SCHEMA, **tables}
    check_schema(document, where)
    head, items = document.get("case", {}), document.get("items", [])
    if not isinstance(head, dict):
        raise BadInput(f"{where}: case must be a table.")
    if not isinstance(items, list):
        raise BadInput(f"{where}: items must be a list ([...]).")
    document["case"] = {**head, **particulars}
    document["items"] = [*items, *({"request": request} for request in requests)]
    return document


def _validated(tables: Mapping[str, Any], where: str) -> Case:
    try:
        # Validated as JSON, so that dates may be strings.
        data = json.dumps(tables, default=str, ensure_ascii=False).encode()
        return Case.model_validate_json(data, by_alias=True, by_name=False)
    except ValidationError as error:
        raise BadInput(validation_errors.explain(error, Case, "", where)) from error
    except UnicodeEncodeError as error:
        surrogate = f"U+{ord(error.object[error.start]):04X}"
        raise BadInput(f"{where} contains half of a surrogate pair ({surrogate}).") from error
    except ValueError as error:
        # A hexadecimal number in TOML may have more digits than Python converts.
        raise BadInput(f"{where} contains a number that is too large.") from error
    except RecursionError as error:
        raise BadInput(f"{where} is nested too deeply.") from error


def read_source(source: str) -> bytes:
    """Read the bytes of `source`, a path or `-`; raises BadInput or CannotStore."""
    if source != "-":
        return read_bytes(Path(source))
    if sys.stdin is None:
        raise CannotStore(f"Standard input is closed. {_NOTHING_MADE}")
    data = sys.stdin.buffer.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise BadInput(f"Standard input is larger than {MAX_BYTES:,} bytes. {_NOTHING_MADE}")
    return data
