"""Copies the cases of the shared store into a folder, byte by byte."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from imr_tui.errors import BadInput, ImrError
from imr_tui.model.limits import required_number
from imr_tui.store.cases.own_files import write_own_files
from imr_tui.store.safety import atomic, atomic_batch
from imr_tui.store.safety.folder_privacy import require_private
from imr_tui.store.safety.safe_open import SUFFIX, read_bytes
from imr_tui.store.shared.cases.files import intact_files, require_intact
from imr_tui.store.shared.transfer.outcome import Outcome, conflict, copied, refused, same
from imr_tui.store.worklist.case_files import case_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path
    from typing import Any

    from imr_tui.store.shared.connection.database import Database

_BATCH = 50
"""How many cases are read, and written, at once."""
_SECONDS = 60.0
_COUNT = "select count(*) from cases"
# One statement, so that each case and its files are of the same moment.
_NEXT = """
select number, body, digest,
    array(select path from files where files.number = cases.number order by path),
    array(select body from files where files.number = cases.number order by path),
    array(select digest from files where files.number = cases.number order by path)
from cases where number > %(after)s order by number limit %(limit)s
"""


def count_cases(database: Database) -> int:
    """How many cases the role sees; raises Unreachable."""
    [(count,)] = database.run(_COUNT, seconds=_SECONDS)
    return int(count)


class Exporter:
    """Writes the cases of the shared store that a folder does not have; changes no file."""

    def __init__(self, database: Database, folder: Path) -> None:
        """`folder` is created if it is missing; raises CannotStore if others can enter it."""
        atomic.make_folder(folder)
        require_private(folder)
        self._database = database
        self._folder = folder
        # Two names that differ in case only would be one file on some systems.
        self._names = {name.casefold(): name for name in case_names(folder)}

    def write(self) -> Iterator[Outcome]:
        """What became of each case; raises Unreachable or CannotStore.

        After an error, all of it can be repeated. A case file is written after the other files of
        its case, so that no case lacks one.
        """
        after = ""
        while batch := self._database.run(
            _NEXT, {"after": after, "limit": _BATCH}, seconds=_SECONDS
        ):
            yield from self._write(batch)
            after = batch[-1][0]

    def _write(self, batch: list[tuple[Any, ...]]) -> list[Outcome]:
        outcomes: list[Outcome] = []
        bodies: dict[str, bytes] = {}
        for number, body, digest, *files in batch:
            try:
                name = self._own_name(number)
                require_intact(number, body, digest)
                owned = intact_files(number, zip(*files, strict=True))
                outcome = self._compared(number, name, body, owned)
                if outcome.kind == "copied":
                    write_own_files(self._folder, number, owned)
                    bodies[name] = body
            except ImrError as error:
                outcome = refused(number, error)
            outcomes.append(outcome)
        there = atomic_batch.create_all(self._folder, bodies)
        return [
            _different(outcome.number, f"{outcome.number}{SUFFIX}")
            if outcome.kind == "copied" and f"{outcome.number}{SUFFIX}" in there
            else outcome
            for outcome in outcomes
        ]

    def _own_name(self, number: str) -> str:
        """The name of a case file; raises BadInput for one that another file has almost."""
        name = f"{required_number(number)}{SUFFIX}"
        if (there := self._names.setdefault(name.casefold(), name)) != name:
            raise BadInput(f"{number}: {there} has almost the same name. It was not exported.")
        return name

    def _compared(self, number: str, name: str, body: bytes, files: Mapping[str, bytes]) -> Outcome:
        """Whether a case is to be copied, is there already, or has a file that differs."""
        there = [
            (path, read_bytes(self._folder / path) == data)
            for path, data in {**files, name: body}.items()
            if os.path.lexists(self._folder / path)
        ]
        if unlike := [path for path, is_same in there if not is_same]:
            return _different(number, unlike[0])
        return same(number) if len(there) == len(files) + 1 else copied(number)


def _different(number: str, path: str) -> Outcome:
    return conflict(number, f"the folder has another {path}")
