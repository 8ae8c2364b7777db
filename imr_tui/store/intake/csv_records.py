"""Divides comma-separated values into records, each with the line on which it begins."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from imr_tui.errors import BadInput

if TYPE_CHECKING:
    from imr_tui.store.intake.source import Line

DELIMITERS = ",;\t"
"""What may separate cells; the one that the first line has most often does."""
_QUOTED = re.compile(r'"(?:[^"]|"")*"')
_SEPARATOR = re.compile(r'"?sep=([,;\t])"?\s*', re.IGNORECASE)
"""The line by which a spreadsheet program learns the delimiter."""


class Record(NamedTuple):
    """A row of cells."""

    line: int
    """The number of the line on which it begins."""
    cells: list[str]
    """Its cells."""
    error: str = ""
    """Why they cannot be used, as a sentence; blank if they can."""


def cells_of_line(line: Line) -> list[str]:
    """The cells of a line by itself; none if it cannot be divided."""
    text = line.data.decode("latin-1")
    try:
        return next(csv.reader([text], delimiter=_delimiter(text)), [])
    except csv.Error:
        return []


def is_before_header(line: Line) -> bool:
    """Whether a line is blank, or names the delimiter."""
    return not line.data.strip() or _separator(line) is not None


def _separator(line: Line) -> re.Match[str] | None:
    return _SEPARATOR.fullmatch(line.data.decode("latin-1"))


class Records:
    """The records of a file, the first of whose lines is not blank: an iterator.

    Text is UTF-8, or Windows-1252 in lines that are not. Raises BadInput, naming the file and the
    line, if it cannot be told where the next record begins.
    """

    def __init__(self, lines: Iterator[Line], where: str) -> None:
        self._where = where
        first = next(lines)
        separator = _separator(first)
        head = next(lines, first) if separator else first
        text = head.data.decode("latin-1")
        delimiter = separator[1] if separator else _delimiter(text)
        self._next_line = head.number
        self._quotes = 0
        self._fault = ""
        self._is_windows = False
        self._reader = csv.reader(
            map(self._text, chain([head], lines)), delimiter=delimiter, strict=True
        )

    def __iter__(self) -> Iterator[Record]:
        return self

    def __next__(self) -> Record:
        line, self._fault, self._quotes = self._next_line, "", 0
        try:
            cells = next(self._reader)
        except csv.Error as error:
            return Record(line, [], self._explained(error, line))
        return Record(line, cells, self._fault)

    def _explained(self, error: csv.Error, line: int) -> str:
        """The error of a record; raises BadInput if the end of the record is not known."""
        at = f"{self._where}, line {line}"
        if "end of data" in str(error):
            raise BadInput(
                f"{at}: a quotation mark has no second one. Neither this row nor the rest was read."
            ) from error
        if "field larger" not in str(error):
            return 'A quotation mark within a cell in quotation marks must be doubled ("").'
        most = f"{csv.field_size_limit():,}"
        if self._quotes % 2:
            raise BadInput(
                f"{at}: a cell has more than {most} characters, or a quotation mark is missing. "
                "Neither this row nor the rest was read."
            ) from error
        return f"A cell of the row has more than {most} characters."

    def _text(self, line: Line) -> str:
        """The text of a line, noting what is wrong with it."""
        self._next_line = line.number + 1
        text = self._decoded(line)
        self._quotes += text.count('"')
        if "\0" in text:
            self._fault = self._fault or f"Line {line.number} contains a NUL character."
        return text

    def _decoded(self, line: Line) -> str:
        try:
            return line.data.decode()
        except UnicodeDecodeError as error:
            is_cut = error.reason == "unexpected end of data" and not self._is_windows
            at, byte = f"Line {line.number}", f"0x{line.data[error.start]:02x}"
        try:
            if not is_cut:
                text = line.data.decode("cp1252")
                self._is_windows = True
                return text
            self._fault = f"{at} ends within a character: the file may be incomplete."
        except UnicodeDecodeError:
            self._fault = f"{at} has a byte, {byte}, that is neither UTF-8 nor Windows-1252."
        return line.data.decode("latin-1")


def _delimiter(text: str) -> str:
    """What separates the cells of a line."""
    return max(DELIMITERS, key=_QUOTED.sub("", text).count)
