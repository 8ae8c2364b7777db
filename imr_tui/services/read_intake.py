"""Reads the assignments in a file of the organization, one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from imr_tui.domain.sent_case import sent_case
from imr_tui.errors import BadInput
from imr_tui.store.intake.headings import read_names
from imr_tui.store.intake.rows import rows_of
from imr_tui.store.intake.validated import assignment_of
from imr_tui.text.sanitize import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imr_tui.domain.assignment import Assignment
    from imr_tui.store.cases.folder import Folder
    from imr_tui.store.intake.row import Row

MAX_ERROR = 400
"""Maximum characters of the error of a row, which quotes what was sent."""


class IntakeRow(NamedTuple):
    """A row of a file of assignments, read."""

    line: int
    """The number of the line on which it begins."""
    assignment: Assignment | None
    """The assignment; None if the row cannot be used."""
    error: str
    """Why it cannot be used, as a sentence without the line; blank if it can."""


def read_assignments(source: str, folder: Folder) -> Iterator[IntakeRow]:
    """Read the assignments in `source`, a path or `-` for standard input, for `folder`.

    Rows are read as they are needed. Raises BadInput, naming the line, if nothing or nothing more
    can be read, and CannotStore if the file or the folder's `.imr/intake.toml` cannot be read.
    """
    for row in rows_of(source, read_names(folder.path)):
        yield _read(row)


def _read(row: Row) -> IntakeRow:
    if row.error:
        return IntakeRow(row.line, None, _short(row.error))
    try:
        return IntakeRow(row.line, assignment_of(sent_case(row.fields)), "")
    except BadInput as error:
        return IntakeRow(row.line, None, _short(str(error)))


def _short(says: str) -> str:
    text = clean_line(says)
    return text if len(text) <= MAX_ERROR else f"{text[:MAX_ERROR].rstrip()}..."
