"""Assignments to take in, and what became of them."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from imr_tui.domain.assignment import Assignment, Status
from imr_tui.model.case import Case, Item
from imr_tui.services.intake import Intake
from imr_tui.services.intake_steps import RowResult
from imr_tui.services.read_intake import IntakeRow
from imr_tui.store.cases.folder import Folder
from tests.builders import NOW, NUMBER

Given = Assignment | Case | str
"""What a row holds: an assignment, that of a case, or why it cannot be read."""


def a_given_case(
    number: str = NUMBER, assignment: str = "A-17", requests: Sequence[str] = (), **changes: Any
) -> Case:
    """A case as an organization sends it, with `changes` of its particulars."""
    case = Case.blank(number)
    particulars = case.particulars.but(assignment=assignment, **changes)
    return case.but(particulars=particulars, items=tuple(Item(request=each) for each in requests))


def an_assignment(
    case: Case | None = None, status: Status = "open", reason: str = "", on: date | None = None
) -> Assignment:
    """An assignment of `case`, or of a blank one."""
    given = case or a_given_case()
    return Assignment(given.particulars.assignment, status, reason, on, given, ())


def rows(*given: Given) -> list[IntakeRow]:
    """Rows with assignments, assignments of cases, or errors; the first is in line 1."""
    return [_row(line, each) for line, each in enumerate(given, 1)]


def _row(line: int, given: Given) -> IntakeRow:
    if isinstance(given, str):
        return IntakeRow(line, None, given)
    return IntakeRow(line, an_assignment(given) if isinstance(given, Case) else given, "")


def take_in(folder: Path, *given: Given, is_dry_run: bool = False) -> list[RowResult]:
    """What became of rows, as `rows` makes them."""
    with Intake(Folder(folder), NOW, is_dry_run=is_dry_run) as intake:
        results = list(intake.take_in(rows(*given)))
    assert intake.warnings == []
    return results


def kinds(results: Sequence[RowResult]) -> list[str]:
    """What each result is called."""
    return [each.kind for each in results]


def all_files(folder: Path) -> dict[str, tuple[bytes, int, int]]:
    """The content, inode and time of each file in a folder, with those under `.imr`."""
    return {
        str(path.relative_to(folder)): (path.read_bytes(), status.st_ino, status.st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and (status := path.lstat())
    }


def case_texts(folder: Path) -> dict[str, bytes]:
    """The content of each case file."""
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.toml"))}
