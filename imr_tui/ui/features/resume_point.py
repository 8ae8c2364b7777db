"""Where the reviewer is, on its way to the disk."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from imr_tui.errors import CannotStore
from imr_tui.store.config.resume_point import Spot, load_spot, save_spot

if TYPE_CHECKING:
    from imr_tui.store.cases.folder import Folder


class Bookmark:
    """Remembers the latest spot, and has it on the disk when it is told to."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self._latest: Spot | None = None
        self._kept: Spot | None = None

    def last(self) -> Spot | None:
        """The spot at which the last run ended, if there is such a case still."""
        spot = load_spot(self._folder)
        return spot if spot and self._folder.path_of(spot.number).exists() else None

    def put(self, spot: Spot) -> None:
        """Take note of where the reviewer is now."""
        self._latest = spot

    def keep(self) -> None:
        """Bring the latest spot to the disk, unless it is there; from any thread."""
        spot = self._latest
        if spot is not None and spot != self._kept:
            # Only a convenience of the next start: the case itself tells when a disk is full.
            with suppress(CannotStore):
                save_spot(self._folder, spot)
                self._kept = spot
