"""Reads the rows of a file of assignments, JSON or comma-separated values."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING

from imr_tui.errors import BadInput
from imr_tui.store.cases import intake
from imr_tui.store.intake.csv_rows import csv_rows
from imr_tui.store.intake.json_rows import json_rows
from imr_tui.store.intake.source import Line, opened

if TYPE_CHECKING:
    from imr_tui.domain.assignment_fields import Names
    from imr_tui.store.intake.row import Row


def rows_of(source: str, names: Names) -> Iterator[Row]:
    """The rows of `source`, a path or `-` for standard input, as they are read.

    Raises BadInput, naming the line, if nothing or nothing more can be read; CannotStore.
    """
    with opened(source) as lines:
        where = intake.name(source)
        first = next((line for line in lines if line.data.strip()), None)
        if first is None:
            raise BadInput(f"{where} is empty, so no assignment was read.")
        _require_text(first, where)
        read = json_rows if first.data.lstrip()[:1] in (b"{", b"[") else csv_rows
        yield from read(chain([first], lines), names, where)


def _require_text(first: Line, where: str) -> None:
    if first.data.startswith(b"PK\x03\x04"):
        raise BadInput(
            f"{where} is a workbook or another compressed file. Save the table as CSV, in UTF-8."
        )
    if b"\0" in first.data[:4]:
        raise BadInput(
            f"{where}, line {first.number} begins with NUL bytes. Save it as UTF-8, or as UTF-16 "
            "with a byte order mark."
        )
