"""An intake document: part of a case, as TOML or JSON, from another system."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from imr_tui.case import Case
from imr_tui.errors import BadInput
from imr_tui.store import toml
from imr_tui.store.casefile import MAX_BYTES, read_bytes

_NOTHING_MADE = "No case was made."


def read(source: str) -> dict[str, Any]:
    """The tables of the document `source`, a path or `-` for standard input.

    A document that begins with `{` is JSON, any other TOML. Raises BadInput or CannotStore.
    """
    name = "standard input" if source == "-" else source
    data = sys.stdin.buffer.read(MAX_BYTES) if source == "-" else read_bytes(Path(source))
    if not data.lstrip().startswith(b"{"):
        return toml.parse(data, name)[0]
    try:
        tables = json.loads(toml.decode(data, name))
    except (ValueError, RecursionError) as error:
        raise BadInput(f"{name} is not valid JSON: {error}. {_NOTHING_MADE}") from error
    return dict(tables)


def case_of(tables: Mapping[str, Any], where: str) -> Case:
    """The case that an intake's tables make; dates may be text such as 2014-11-05.

    Raises BadInput naming `where` and the key.
    """
    try:
        # JSON's own rules let a date be text, which is all that JSON has for one.
        return Case.model_validate_json(
            json.dumps(tables, default=str), by_alias=True, by_name=False
        )
    except ValidationError as error:
        raise BadInput(f"{toml.explain(error, Case, '', where)} {_NOTHING_MADE}") from error
