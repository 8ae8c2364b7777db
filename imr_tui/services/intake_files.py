"""Takes in whole files of assignments: one, or those of a spool directory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from imr_tui.errors import CannotStore, ImrError
from imr_tui.services.intake_steps import RowResult
from imr_tui.services.read_intake import read_assignments
from imr_tui.store.intake import spool

if TYPE_CHECKING:
    from pathlib import Path

    from imr_tui.services.intake import Intake
    from imr_tui.services.read_intake import IntakeRow
    from imr_tui.store.cases.folder import Folder
    from imr_tui.store.intake.spool import Waiting

Progress = Callable[[Iterable[RowResult], int], Iterable[RowResult]]
"""Yields the given results, and shows the progress towards their number."""


class ReadFile(NamedTuple):
    """A file of assignments, read before anything is changed."""

    rows: Sequence[IntakeRow]
    """Its rows."""
    error: ImrError | None = None
    """Why the rest could not be read."""


class TakenFile(NamedTuple):
    """What became of a file of assignments."""

    name: str
    """Its name in a spool directory; blank for a file that the user named."""
    results: Sequence[RowResult] = ()
    """What became of its rows."""
    error: ImrError | None = None
    """Why the rest of it could not be read, or why it could not be moved."""
    stays: str = ""
    """Why it waits for the next run, as a sentence; blank if it was taken in."""
    moved_to: Path | None = None
    """Where it is now; None unless it was moved."""

    @property
    def is_refused(self) -> bool:
        """Whether a row failed, or some of it could not be read."""
        return self.error is not None or any(each.kind == "failed" for each in self.results)

    @property
    def needs_another_try(self) -> bool:
        """Whether the disk refused something, so that a later run may succeed."""
        errors = (self.error, *(each.error for each in self.results))
        return any(isinstance(error, CannotStore) for error in errors)


def read_file(source: str, folder: Folder) -> ReadFile:
    """Read all rows of `source`, a path or `-`."""
    rows = []
    try:
        for row in read_assignments(source, folder):
            rows.append(row)
    except ImrError as error:
        return ReadFile(rows, error)
    return ReadFile(rows)


def take_file(read: ReadFile, intake: Intake, progress: Progress, name: str = "") -> TakenFile:
    """Take in the rows of a file, also those before a place that cannot be read."""
    results = progress(intake.take_in(read.rows), len(read.rows))
    return TakenFile(name, tuple(results), read.error)


def take_spool(
    directory: Path, folder: Folder, intake: Intake, progress: Progress
) -> Iterator[TakenFile]:
    """Take in the files of a spool directory by name, and move each to `done` or `refused`.

    A dry run moves nothing. Raises CannotStore if the directory cannot be read, Conflict if
    another run works on it.
    """
    with spool.locked(directory):
        for file in spool.waiting(directory):
            yield _take_waiting(file, folder, intake, progress)


def _take_waiting(file: Waiting, folder: Folder, intake: Intake, progress: Progress) -> TakenFile:
    name = file.path.name
    if file.may_grow:
        return TakenFile(name, stays=f"{name} was changed just now, so the next run takes it.")
    read = read_file(str(file.path), folder)
    if not file.is_same:
        return TakenFile(name, stays=f"{name} changed while it was read. The next run takes it.")
    taken = take_file(read, intake, progress, name)
    if intake.is_dry_run:
        return taken
    if taken.needs_another_try:
        return taken._replace(stays=f"{name} was left where it is for the next run.")
    try:
        return taken._replace(moved_to=spool.put_away(file, _why(taken)))
    except ImrError as error:
        return taken._replace(error=error)


def _why(taken: TakenFile) -> str:
    """Why a file is refused, a line for each failed row; blank if it is not."""
    failed = [told(each) for each in taken.results if each.kind == "failed"]
    lines = [*failed, *([str(taken.error)] if taken.error is not None else [])]
    return "".join(f"{line}\n" for line in lines)


def told(result: RowResult) -> str:
    """What became of a row, in a line."""
    number = f"{result.number} " if result.number else ""
    failed = result.kind == "failed"
    remark = (f": {result.says}" if failed else f" ({result.says})") if result.says else ""
    return f"line {result.line}: {number}{result.kind}{remark}"
