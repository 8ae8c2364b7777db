"""Remembers where the reviewer is in the open case, for the next start."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from imr_tui.errors import CannotStore
from imr_tui.store.config.account_state import load_resume_point, save_resume_point

if TYPE_CHECKING:
    from imr_tui.store.cases.folder import Folder
    from imr_tui.store.config import ResumePoint


class ResumePoints:
    """Remembers where the reviewer is, and saves it on request."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self._latest: ResumePoint | None = None
        self._saved: ResumePoint | None = None

    def last(self) -> ResumePoint | None:
        """The point at which the last run ended, if its case still exists."""
        point = load_resume_point(self._folder)
        return point if point and self._folder.path_of(point.number).exists() else None

    def put(self, resume_point: ResumePoint) -> None:
        """Note where the reviewer is now."""
        self._latest = resume_point

    def keep(self) -> None:
        """Save the latest point, unless it is saved; from any thread."""
        point = self._latest
        if point is not None and point != self._saved:
            # Only a convenience of the next start: saving the case reports a full disk.
            with suppress(CannotStore):
                save_resume_point(self._folder, point)
                self._saved = point
