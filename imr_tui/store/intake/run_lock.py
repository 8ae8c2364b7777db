"""Lets one intake at a time change a folder, and shows the next one that this one was killed."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from imr_tui.errors import Conflict
from imr_tui.store.audit.log_write import open_own_file
from imr_tui.store.intake.received import intake_folder
from imr_tui.store.safety import atomic, linux

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOCK = "run"
"""The locked file under `.imr/intake`; it is empty unless an intake is changing something."""
_MARK = b"An intake is changing cases.\n"


class Run:
    """An intake that has the lock."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self._path = path
        self._descriptor = descriptor
        self.was_killed = os.fstat(descriptor).st_size > 0
        """Whether the intake before did not come to its end."""
        self._is_marked = self.was_killed

    def begin(self) -> None:
        """Mark that something is being changed; raises CannotStore. Idempotent."""
        if not self._is_marked:
            self._set(_MARK)
            self._is_marked = True

    def end(self) -> None:
        """Remove the mark, as all that was changed is recorded; raises CannotStore."""
        if self._is_marked:
            self._set(b"")
            self._is_marked = False

    def _set(self, data: bytes) -> None:
        try:
            os.ftruncate(self._descriptor, 0)
            os.pwrite(self._descriptor, data, 0)
            os.fsync(self._descriptor)
        except OSError as error:
            raise atomic.refused(self._path, error) from error


@contextmanager
def one_run(folder: Path) -> Iterator[Run]:
    """Keep other intakes from changing a folder; raises Conflict if one is at work, CannotStore."""
    path = intake_folder(folder) / LOCK
    atomic.make_folders(path.parent, folder)
    descriptor = open_own_file(path, os.O_RDWR)
    try:
        if not linux.lock(descriptor):
            raise Conflict(
                f"Another `imr-tui intake` is changing {folder}. Nothing was changed by this one. "
                "Try again when that one has ended."
            )
        yield Run(path, descriptor)
    finally:
        os.close(descriptor)
