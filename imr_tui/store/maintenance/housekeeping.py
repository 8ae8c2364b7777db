"""Cleans up a folder of cases at every start, so that nothing grows without bound."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

from imr_tui.errors import ImrError
from imr_tui.store.cases import editor_file
from imr_tui.store.cases.drafts import drop_orphans
from imr_tui.store.history.versions import Versions, cases_with_versions
from imr_tui.store.intake import removed
from imr_tui.store.intake.received import received_path
from imr_tui.store.maintenance import trusted_time
from imr_tui.store.maintenance.orphan_files import sweep
from imr_tui.store.safety import safe_open
from imr_tui.store.safety.folder_privacy import share

if TYPE_CHECKING:
    from imr_tui.store.cases.folder import Folder
    from imr_tui.store.config.settings import Retention
    from imr_tui.store.maintenance.trusted_time import Ledger, Uptime

ALWAYS_KEPT = 3
"""The number of versions of a case that are kept at any age."""
ORIGINALS = "originals"
"""Folder under `.imr` of files that the program replaced."""


def tidy(folder: Folder, retention: Retention, now: datetime, up: Uptime | None = None) -> None:
    """Clean up after killed sessions, and drop files that are older than `retention` allows.

    Nothing is dropped on the day of the first start, nor on a day to which the clock jumped. Ages
    count only as far as they are certain, see `trusted_time`. Files that cannot be removed are
    left for the next start. Drafts are dropped with their case.
    """
    with suppress(ImrError, OSError):
        sweep(folder.path)
    with suppress(ImrError, OSError):
        share(folder.path)
    with suppress(ImrError, OSError):
        ledger = trusted_time.load(folder.path)
        may_drop = ledger.start(now, up or trusted_time.uptime())
        overdue = _Overdue(folder, retention, now, ledger)
        versions, originals = overdue.versions(), overdue.originals()
        received = overdue.received()
        editor_folders = editor_file.overdue(folder, retention, now, ledger)
        ledger.forget_others()
        # Saved first, so that nothing is dropped by an age that was not recorded.
        trusted_time.save(folder.path, ledger)
        if not may_drop:
            return
        drop_orphans(folder.path)
        editor_file.drop_empty(folder)
        editor_file.drop(editor_folders)
        for number, kept in versions:
            if kept or not os.path.lexists(folder.path_of(number)):
                Versions(folder.path, number).drop_all_but(kept)
        for number in received:
            if not os.path.lexists(folder.path_of(number)):
                removed.forget(folder.path, number)
        for name in originals:
            with suppress(OSError):
                safe_open.unlink(folder.own(ORIGINALS) / name)


class _Overdue:
    """Finds files that are older than they have to be kept; records when each was first seen."""

    def __init__(self, folder: Folder, retention: Retention, now: datetime, ledger: Ledger) -> None:
        self._folder = folder
        self._retention = retention
        self._now = now
        self._ledger = ledger

    def versions(self) -> list[tuple[str, int]]:
        """The cases with versions to drop, and how many versions of each to keep."""
        found = []
        for number in cases_with_versions(self._folder.path):
            versions = Versions(self._folder.path, number).all()
            if not versions:
                continue
            made = max(version.at.timestamp() for version in versions)
            age = self._age(f"case {number}", versions[0].number, made)
            is_gone = not os.path.lexists(self._folder.path_of(number))
            gone = self._age(f"gone {number}", versions[0].number, made) if is_gone else 0.0
            if number.casefold() in self._retention.hold:
                continue
            if is_gone and 0 < self._retention.removed_days <= gone:
                found.append((number, 0))
            elif len(versions) > ALWAYS_KEPT and 0 < self._retention.history_days <= age:
                found.append((number, ALWAYS_KEPT))
        return found

    def received(self) -> list[str]:
        """The removed cases of which nothing that was received is kept any longer."""
        found = []
        for number in removed.removed_numbers(self._folder.path):
            made = received_path(self._folder.path, number).lstat().st_mtime
            age = self._age(f"received {number}", made, made)
            is_held = number.casefold() in self._retention.hold
            if 0 < self._retention.removed_days <= age and not is_held:
                found.append(number)
        return found

    def originals(self) -> list[str]:
        """The names of the originals to drop."""
        found, place = [], self._folder.own(ORIGINALS)
        names: list[str] = []
        with suppress(OSError):
            names = safe_open.names(place)
        for name in names:
            made = (place / name).lstat().st_mtime
            age = self._age(f"original {name}", made, made)
            if 0 < self._retention.originals_days <= age and not self._is_held(name):
                found.append(name)
        return found

    def _is_held(self, name: str) -> bool:
        return any(name.casefold().startswith(f"{number}-") for number in self._retention.hold)

    def _age(self, name: str, mark: float, made: float) -> float:
        """The age in days: the smaller of the ledger's and the clock's."""
        by_clock = (self._now.timestamp() - made) / trusted_time.DAY
        return min(self._ledger.age_days(name, mark), by_clock)
