"""An intake document in JSON: one case, alone or as the only entry of a list."""

import json
import math
import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from imr_tui.errors import BadInput

MAX_MARKS = 2_000_000
"""Maximum of commas and opening brackets; a case of a hundred items has some thousands."""
MAX_DIGITS = 100
"""Maximum digits of a number; the longest in a case is a year."""
_NAMES = {
    dict: "an object",
    list: "a list",
    str: "text",
    bool: "true or false",
    int: "a number",
    float: "a number",
    type(None): "null",
}
_TOML_HEADER = re.compile(r"\s*\[\[?[^\S\n]*[\w.\"' -]+\]\]?[^\S\n]*(?:#.*)?(?:\n|\Z)")
"""A TOML table header, which begins with a bracket as a JSON list does."""


class NotJson(BadInput):
    """The document is not valid JSON."""


def is_json(text: str, where: str) -> bool:
    """Whether a document is JSON rather than TOML, which may also begin with a bracket."""
    if text.lstrip()[:1] != "[" or not _TOML_HEADER.match(text):
        return text.lstrip()[:1] in ("{", "[")
    try:
        loads(text, where)
    except BadInput as error:
        return not isinstance(error, NotJson)
    return True


def is_value(text: str, where: str) -> bool:
    """Whether a document is any JSON value, such as a single string."""
    try:
        loads(text, where)
    except BadInput:
        return False
    return True


def parse(text: str, where: str) -> tuple[dict[str, Any], str]:
    """Parse the case in a JSON document; returns it with a note for the user, or blank.

    Raises BadInput unless the document is exactly one JSON object.
    """
    value = loads(text, where)
    if isinstance(value, dict):
        return value, ""
    if not isinstance(value, list):
        raise BadInput(f"{where} contains {_NAMES[type(value)]}. A case is an object ({{...}}).")
    return _only(value, where), f"{where} is a JSON list with a single case, which was used."


def _only(entries: Sequence[Any], where: str) -> dict[str, Any]:
    """The only object of a list; raises BadInput for any other list."""
    if not entries:
        raise BadInput(f"{where} is an empty JSON list. It must contain one case.")
    if len(entries) > 1:
        cases = "cases" if all(isinstance(entry, dict) for entry in entries) else "entries"
        raise BadInput(
            f"{where} is a JSON list of {len(entries):,} {cases}, but `imr-tui new` creates one "
            "case. Select one of them, for example with `jq '.[0]'`."
        )
    if not isinstance(entries[0], dict):
        kind = _NAMES[type(entries[0])]
        raise BadInput(
            f"{where} is a JSON list with {kind} as its entry. A case is an object ({{...}})."
        )
    return entries[0]


def loads(text: str, where: str) -> Any:
    """Parse a JSON document; raises BadInput.

    Python's parser accepts NaN and lets the last of duplicate keys win. Both are refused here,
    because part of the case would be lost silently.
    """
    require_few(text, where)
    try:
        return StrictDecoder(where).decode(text)
    except json.JSONDecodeError as error:
        raise NotJson(f"{where} is not valid JSON: {explained(error)}.") from error
    except RecursionError as error:
        raise BadInput(f"{where} is nested too deeply.") from error


def require_few(text: str, where: str) -> None:
    """Raise BadInput for a document that would take gigabytes as values."""
    if sum(map(text.count, ",[{")) > MAX_MARKS:
        raise BadInput(f"{where} contains too many values for a case.")


def explained(error: json.JSONDecodeError) -> str:
    """A syntax error as the end of a sentence, with its line if the document has several."""
    at = f"line {error.lineno} column {error.colno}"
    if "\n" not in error.doc:
        at = f"column {error.colno}"
    if error.msg == "Extra data":
        return f"a second value begins at {at}; there must be only one case"
    return f"{error.msg} at {at}"


class StrictDecoder(json.JSONDecoder):
    """Refuses duplicate keys, NaN and huge numbers, with an error naming the document."""

    def __init__(self, where: str) -> None:
        super().__init__(
            object_pairs_hook=self._object,
            parse_constant=self._constant,
            parse_int=self._integer,
            parse_float=self._real,
        )
        self._where = where

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        table = dict(pairs)
        if len(table) < len(pairs):
            ((twice, _),) = Counter(key for key, _ in pairs).most_common(1)
            raise BadInput(
                f"{self._where} has the key {twice[:60]!r} twice in one object. Remove one."
            )
        return table

    def _constant(self, name: str) -> float:
        raise BadInput(f"{self._where} contains {name}, which is not valid JSON.")

    def _integer(self, digits: str) -> int:
        if len(digits) > MAX_DIGITS:
            raise BadInput(f"{self._where} contains a number with more than {MAX_DIGITS} digits.")
        return int(digits)

    def _real(self, digits: str) -> float:
        value = float(digits)
        if not math.isfinite(value):
            raise BadInput(f"{self._where} contains the number {digits[:30]}, which is too large.")
        return value
