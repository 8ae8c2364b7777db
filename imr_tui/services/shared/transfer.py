"""Copies a folder of cases into the shared store, and the shared store into a folder."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from imr_tui.errors import BadInput, ImrError
from imr_tui.services.check_case import load_setup
from imr_tui.services.shared import store as shared_store
from imr_tui.store.cases.case_codec import decode, misnamed
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config.settings import load_settings
from imr_tui.store.safety.safe_open import read_bytes
from imr_tui.store.worklist.case_files import case_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from imr_tui.checks import CheckSetup
    from imr_tui.store.config.settings import EmployeeNames
    from imr_tui.store.shared.connection.database import Database
    from imr_tui.store.shared.transfer.importing import CaseFiles
    from imr_tui.store.shared.transfer.outcome import Outcome

    Progress = Callable[[Iterable[Outcome], int], Iterable[Outcome]]
    """Yields the given outcomes, and shows the progress towards their number."""


class Transfer(NamedTuple):
    """What became of the cases that were copied."""

    copied: int
    """How many were copied."""
    same: int
    """How many were there already."""
    errors: Sequence[ImrError]
    """Why the others were not copied."""


def import_folder(
    database: Database, folder: Path, day: date, progress: Progress, reviewer: str = ""
) -> Transfer:
    """Copy the cases of a folder into the shared store, for the role `reviewer` or for nobody.

    Raises BadInput, with nothing copied, unless the role of `database` is a coordinator and
    `reviewer` exists; Unreachable or CannotStore, and then it can be repeated.
    """
    from imr_tui.store.shared.transfer.importing import Importer
    from imr_tui.store.shared.transfer.rights import require_coordinator, require_reviewer

    names = case_names(folder)
    require_coordinator(database, "Nothing was imported.")
    if reviewer:
        require_reviewer(database, reviewer, "Nothing was imported.")
    reader = _Reader(folder, day)
    importer = Importer(database, shared_store.audit(database), reviewer)
    transfer = _summary(progress(importer.add(reader.cases(names)), len(names)))
    return transfer._replace(errors=(*reader.errors, *transfer.errors))


def export_folder(database: Database, folder: Path, progress: Progress) -> Transfer:
    """Copy all cases of the shared store into a folder, which is created if it is missing.

    Raises BadInput, with nothing written, unless the role of `database` is a coordinator;
    Unreachable or CannotStore, and then it can be repeated.
    """
    from imr_tui.store.shared.transfer.exporting import Exporter, count_cases
    from imr_tui.store.shared.transfer.rights import require_coordinator

    require_coordinator(database, "Nothing was exported.")
    exporter = Exporter(database, folder)
    shared_store.audit(database).append("", "exported")
    return _summary(progress(exporter.write(), count_cases(database)))


def _summary(outcomes: Iterable[Outcome]) -> Transfer:
    counts: Counter[str] = Counter()
    errors = []
    for outcome in outcomes:
        counts[outcome.kind] += 1
        if outcome.error:
            errors.append(outcome.error)
    return Transfer(counts["copied"], counts["same"], errors)


class _Reader:
    """Reads the cases of a folder; those that cannot be read are left out, with the reason."""

    def __init__(self, folder: Path, day: date) -> None:
        place = Folder(folder)
        settings = load_settings(place)
        self._place = place
        self._setup: CheckSetup = load_setup(place, day, settings).setup
        self._names: EmployeeNames = settings.employee_names
        self.errors: list[ImrError] = []

    def cases(self, names: Sequence[str]) -> Iterator[CaseFiles]:
        """The cases with these file names."""
        for name in names:
            try:
                yield self._case(name)
            except ImrError as error:
                self.errors.append(error)

    def _case(self, name: str) -> CaseFiles:
        from imr_tui.store.shared.cases.columns import columns_of
        from imr_tui.store.shared.transfer.importing import CaseFiles

        path = self._place.path / name
        body = read_bytes(path)
        case = decode(body, path)
        if says := misnamed(path, case):
            raise BadInput(says)
        files = self._place.files(case.number)
        columns = partial(columns_of, path, case, body, self._setup, self._names)
        return CaseFiles(case.number, body, files, columns)
