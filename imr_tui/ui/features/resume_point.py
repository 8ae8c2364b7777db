"""Where the reviewer is, on its way to the disk."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from imr_tui.errors import CannotStore
from imr_tui.store.config.account_state import load_resume_point, save_resume_point

if TYPE_CHECKING:
    from imr_tui.store.cases.folder import Folder
    from imr_tui.store.config import ResumePoint


class ResumePoints:
    """Remembers the latest spot, and has it on the disk when it is told to."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self._latest: ResumePoint | None = None
        self._kept: ResumePoint | None = None

    def last(self) -> ResumePoint | None:
        """The spot at which the last run ended, if there is such a case still."""
        resume_point = load_resume_point(self._folder)
        return (
            resume_point
            if resume_point and self._folder.path_of(resume_point.number).exists()
            else None
        )

    def put(self, resume_point: ResumePoint) -> None:
        """Take note of where the reviewer is now."""
        self._latest = resume_point

    def keep(self) -> None:
        """Bring the latest spot to the disk, unless it is there; from any thread."""
        resume_point = self._latest
        if resume_point is not None and resume_point != self._kept:
            # Only a convenience of the next start: the case itself tells when a disk is full.
            with suppress(CannotStore):
                save_resume_point(self._folder, resume_point)
                self._kept = resume_point
