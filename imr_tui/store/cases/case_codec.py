"""Encodes a case as the bytes of its file, and decodes them.

The model, pydantic and the TOML parser are imported when the first case is encoded or decoded,
because the worklist appears without them.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from imr_tui.errors import BadInput, LimitReached
from imr_tui.model.limits import MAX_KEYS, MAX_LINE, SCHEMA
from imr_tui.model.size import Scale
from imr_tui.store.safety.safe_open import MAX_BYTES, SUFFIX

if TYPE_CHECKING:
    from imr_tui.model.case import Case

_TABLE_LISTS = ("records", "items", "administrator_citations", "citations", "copied")


def encode(case: Case) -> bytes:
    """Encode `case` as TOML in a fixed order, without None.

    Raises LimitReached for a case that `decode` would refuse, so that it never replaces a file.
    """
    # Imported here and in `decode`, because listing cases from the index does without pydantic.
    from imr_tui.model.case import to_plain
    from imr_tui.store.toml_files import toml

    text = toml.dumps(_without_empty(to_plain(case)))
    # In a shorter file no field can be too long, and no list can have too many entries.
    if len(text) > MAX_LINE:
        Scale().size(case)
    data = text.encode()
    # Each key takes a line, so a file with few lines cannot have too many keys.
    if len(data) > MAX_BYTES or (text.count("\n") > MAX_KEYS and toml.count_keys(text) > MAX_KEYS):
        raise LimitReached(
            f"{case.number} is too large and was not written: a case file can have at most "
            f"{MAX_BYTES:,} bytes and {MAX_KEYS:,} lines of fields."
        )
    return data


def decode(data: bytes, where: str | Path) -> Case:
    """Decode a case; raises BadInput naming `where`, line, key and nearest known key."""
    from imr_tui.model.case import Case
    from imr_tui.store.toml_files import toml, validation_errors

    tables, text = toml.parse(data, where)
    check_schema(tables, where)
    return validation_errors.validate(Case, tables, text, where)


def misnamed(path: Path, case: Case) -> str:
    """Error text if `path` is not named after the number of `case`, else blank."""
    if case.number == path.stem:
        return ""
    return (
        f"{path} is not named after the case number in it, {case.number}. "
        f"Rename it to {case.number}{SUFFIX}, or correct the number."
    )


def check_schema(tables: Mapping[str, Any], where: str | Path) -> None:
    """Raise BadInput if the schema is missing or too new."""
    schema = tables.get("schema")
    if type(schema) is not int or schema < 1:
        raise BadInput(f"{where} is not a case file: it has no line `schema = {SCHEMA}`.")
    if schema > SCHEMA:
        raise BadInput(
            f"{where} uses schema {schema}, but this imr-tui supports up to {SCHEMA}. It was not "
            "read. Update imr-tui to open it."
        )


def _without_empty(tables: dict[str, object]) -> dict[str, object]:
    """Drop empty lists of tables, for which TOML has no header."""
    kept = {key: value for key, value in tables.items() if value or key not in _TABLE_LISTS}
    for key in _TABLE_LISTS:
        if isinstance(rows := kept.get(key), tuple):
            kept[key] = [_without_empty(row) for row in rows]
    if not kept.get("acknowledged"):
        kept.pop("acknowledged", None)
    return kept
