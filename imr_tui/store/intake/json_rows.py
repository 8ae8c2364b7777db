"""Reads assignments as JSON: an object in each line, a list of objects, or objects."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import TYPE_CHECKING

from imr_tui.domain.sent_object import fields_of
from imr_tui.errors import BadInput
from imr_tui.store.cases import json_intake
from imr_tui.store.intake.row import Row

if TYPE_CHECKING:
    from imr_tui.domain.assignment_fields import Names
    from imr_tui.store.intake.source import Line

MAX_DOCUMENT_BYTES = 64_000_000
"""A longer document is not read; objects in lines of their own have no such limit."""
_ROW = "The row"
_LIMIT = (
    f"is larger than {MAX_DOCUMENT_BYTES:,} bytes. Send it as JSON Lines, with each object in one "
    "line, or in parts."
)
_BLANK = re.compile(r"[ \t\n\r]*")


def json_rows(lines: Iterator[Line], names: Names, where: str) -> Iterator[Row]:
    """The assignments in `lines`, the first of which is not blank.

    Raises BadInput, naming `where` and the line, if the rest cannot be divided into objects.
    """
    first = next(lines)
    if _is_object(first):
        return _of_lines(chain([first], lines), names)
    document = [first, *_limited(lines, where)]
    if _begins_object(first) and not _is_over_lines(document):
        return _of_lines(iter(document), names)
    return _of_document(document, names, where)


def _is_object(line: Line) -> bool:
    """Whether a line holds an object, valid or not."""
    return _begins_object(line) and isinstance(_lenient(_decoded(line.data)), dict)


def _begins_object(line: Line) -> bool:
    return line.data.lstrip().startswith(b"{")


def _is_over_lines(document: list[Line]) -> bool:
    """Whether the first object has several lines, rather than each line an object, or a half."""
    text = _text(document)
    try:
        return "\n" in text[: _LENIENT.raw_decode(text, _skip(text, 0))[1]].strip()
    except (ValueError, RecursionError):
        later = [line for line in document[1:] if line.data.strip()]
        is_closed = document[0].data.rstrip().endswith(b"}")
        return bool(later) and not _is_object(later[0]) and not is_closed


_LENIENT = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)
"""Finds the end of a value with a key that is there twice, NaN, or a huge number."""


def _lenient(text: str) -> object:
    try:
        return _LENIENT.decode(text)
    except (ValueError, RecursionError):
        return None


def _decoded(data: bytes) -> str:
    """The text of bytes of any encoding, whose structure is ASCII."""
    return data.decode("latin-1")


def _limited(lines: Iterator[Line], where: str) -> Iterator[Line]:
    size = 0
    for line in lines:
        size += len(line.data)
        if size > MAX_DOCUMENT_BYTES:
            raise BadInput(f"{where} {_LIMIT}")
        yield line


def _of_lines(lines: Iterator[Line], names: Names) -> Iterator[Row]:
    for line in lines:
        if line.data.strip():
            yield _row(line.number, line.data, names)


def _row(number: int, data: bytes, names: Names) -> Row:
    try:
        text = data.rstrip().decode()
    except UnicodeDecodeError as error:
        byte = f"0x{data[error.start]:02x}"
        return Row(number, error=f"The row is not UTF-8: byte {error.start + 1} is {byte}.")
    return _object_row(number, text, names)


def _object_row(number: int, text: str, names: Names) -> Row:
    try:
        value = json_intake.loads(text, _ROW)
        if not isinstance(value, Mapping):
            raise BadInput("The row is not an object ({...}), as an assignment is.")
        _require_whole_characters(text, value)
        return Row(number, tuple(fields_of(value, names)))
    except BadInput as error:
        return Row(number, error=str(error))


def _require_whole_characters(text: str, value: object) -> None:
    """Raise BadInput for half of a surrogate pair, which only an escape can have."""
    if "\\ud" not in text and "\\uD" not in text:
        return
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        half = f"U+{ord(error.object[error.start]):04X}"
        raise BadInput(f"The row contains half of a surrogate pair ({half}).") from error


def _text(document: list[Line], encoding: str = "latin-1") -> str:
    """The text of a document, its lines ended by line feeds."""
    return "\n".join(line.data.decode(encoding).rstrip("\r\n") for line in document)


def _of_document(document: list[Line], names: Names, where: str) -> Iterator[Row]:
    for each in document:
        try:
            each.data.decode()
        except UnicodeDecodeError as error:
            raise BadInput(f"{where}, line {each.number} is not UTF-8.") from error
    text = _text(document, "utf-8")
    json_intake.require_few(text, where)
    at, line = 0, document[0].number
    for start, end in _entries(text, where, line):
        line, at = line + text.count("\n", at, start), start
        yield _object_row(line, text[start:end], names)


def _entries(text: str, where: str, first: int) -> Iterator[tuple[int, int]]:
    """The bounds of the entries of a list, or of the objects of a document without one.

    `first` is the line on which the document begins.
    """
    at = _skip(text, 0)
    try:
        if text.startswith("[", at):
            yield from _of_list(text, _skip(text, at + 1))
            return
        while at < len(text):
            end = _LENIENT.raw_decode(text, at)[1]
            yield at, end
            at = _skip(text, end)
    except json.JSONDecodeError as error:
        line, says = first + error.lineno - 1, f"{error.msg} at column {error.colno}"
        raise BadInput(f"{where}, line {line} is not valid JSON: {says}.") from error
    except RecursionError as error:
        raise BadInput(f"{where} is nested too deeply.") from error


def _of_list(text: str, at: int) -> Iterator[tuple[int, int]]:
    """The bounds of the entries of a list, whose first entry begins at `at`."""
    while not text.startswith("]", at):
        end = _LENIENT.raw_decode(text, at)[1]
        yield at, end
        at = _skip(text, end)
        if text.startswith(",", at):
            at = _skip(text, at + 1)
        elif not text.startswith("]", at):
            raise json.JSONDecodeError("Expecting ',' or ']'", text, at)
    if (after := _skip(text, at + 1)) < len(text):
        raise json.JSONDecodeError("Extra data", text, after)


def _skip(text: str, at: int) -> int:
    found = _BLANK.match(text, at)
    return found.end() if found else at
