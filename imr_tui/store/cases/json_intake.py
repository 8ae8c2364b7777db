"""An intake document in JSON: one case, alone or as the only entry of a list."""

import json
import math
import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from imr_tui.errors import BadInput

MAX_MARKS = 2_000_000
"""Commas and opening brackets in a document; one of a hundred items has some thousands."""
MAX_DIGITS = 100
"""Digits of a number; the longest that a case holds is a year."""
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
"""How a TOML document may begin that begins with a bracket."""


class NotJson(BadInput):
    """The document does not follow the grammar of JSON."""


def is_json(text: str, where: str) -> bool:
    """Whether a document is JSON rather than TOML, which may begin with a bracket, too."""
    if text.lstrip()[:1] != "[" or not _TOML_HEADER.match(text):
        return text.lstrip()[:1] in ("{", "[")
    try:
        loads(text, where)
    except BadInput as error:
        return not isinstance(error, NotJson)
    return True


def is_value(text: str, where: str) -> bool:
    """Whether a document is JSON of any kind, such as a text alone."""
    try:
        loads(text, where)
    except BadInput:
        return False
    return True


def parse(text: str, where: str) -> tuple[dict[str, Any], str]:
    """The case in the document `where`, and what to tell the user about it, or blank.

    Raises BadInput for what is not JSON, and for anything but exactly one object.
    """
    value = loads(text, where)
    if isinstance(value, dict):
        return value, ""
    if not isinstance(value, list):
        raise BadInput(f"{where} holds {_NAMES[type(value)]}; a case is an object ({{...}}).")
    return _only(value, where), f"{where} is a JSON list with one case in it, which was taken."


def _only(entries: Sequence[Any], where: str) -> dict[str, Any]:
    """The one object of a list."""
    if not entries:
        raise BadInput(f"{where} is an empty JSON list; put one case into it.")
    if len(entries) > 1:
        cases = "cases" if all(isinstance(entry, dict) for entry in entries) else "entries"
        raise BadInput(
            f"{where} is a JSON list of {len(entries):,} {cases}, and `imr-tui new` makes one "
            "case. Give it one of them, for example with `jq '.[0]'`."
        )
    if not isinstance(entries[0], dict):
        kind = _NAMES[type(entries[0])]
        raise BadInput(
            f"{where} is a JSON list whose one entry is {kind}; a case is an object ({{...}})."
        )
    return entries[0]


def loads(text: str, where: str) -> Any:
    """The value of a JSON document; raises BadInput.

    Python's reader also takes NaN and lets the second of two equal keys win; here both are
    refused, as part of the case would be lost without a word.
    """
    if sum(map(text.count, ",[{")) > MAX_MARKS:
        raise BadInput(f"{where} holds too many values to be the intake of a case.")
    try:
        return _Decoder(where).decode(text)
    except json.JSONDecodeError as error:
        raise NotJson(f"{where} is not valid JSON: {_explained(error)}.") from error
    except RecursionError as error:
        raise BadInput(f"{where} is nested too deep to be read.") from error


def _explained(error: json.JSONDecodeError) -> str:
    at = f"line {error.lineno} column {error.colno}"
    if error.msg == "Extra data":
        return f"another value begins at {at}, behind the end of the first; give it one case"
    return f"{error.msg} at {at}"


class _Decoder(json.JSONDecoder):
    """Refuses what JSON leaves open, with a sentence that names the document."""

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
                f"{self._where} has the key {twice[:60]!r} twice in one object; remove one."
            )
        return table

    def _constant(self, name: str) -> float:
        raise BadInput(f"{self._where} holds {name}, which is no JSON value.")

    def _integer(self, digits: str) -> int:
        if len(digits) > MAX_DIGITS:
            raise BadInput(f"{self._where} holds a number of more than {MAX_DIGITS} digits.")
        return int(digits)

    def _real(self, digits: str) -> float:
        value = float(digits)
        if not math.isfinite(value):
            raise BadInput(f"{self._where} holds the number {digits[:30]}, which is too large.")
        return value
