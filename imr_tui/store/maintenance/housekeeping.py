"""What is done in a folder of cases at every start, so that nothing grows without bound."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

from imr_tui.errors import ImrError
from imr_tui.store.cases import editor_file
from imr_tui.store.cases.drafts import drop_orphans
from imr_tui.store.history.versions import Versions, cases_with_versions
from imr_tui.store.maintenance import trusted_time
from imr_tui.store.maintenance.orphan_files import sweep
from imr_tui.store.safety import safe_open
from imr_tui.store.safety.group_access import share

if TYPE_CHECKING:
    from imr_tui.store.cases.folder import Folder
    from imr_tui.store.config.settings import Retention
    from imr_tui.store.maintenance.trusted_time import Ledger, Uptime

ALWAYS_KEPT = 3
"""Versions of a case that stay, however old they are."""
ORIGINALS = "originals"
"""Where under `.imr` files are that the program replaced."""


def tidy(folder: Folder, retention: Retention, now: datetime, up: Uptime | None = None) -> None:
    """Clean up after killed sessions, and drop what is older than `retention` says.

    Nothing is dropped on the first day that a start sees, nor on one to which the clock has
    jumped; and an age counts only as far as it is certain, see `trusted_time`. What cannot be
    removed is left for the next start. Drafts go with their case.
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
        lent = editor_file.overdue(folder, retention, now, ledger)
        ledger.forget_others()
        # First, so that nothing is dropped by an age that was noted nowhere.
        trusted_time.save(folder.path, ledger)
        if not may_drop:
            return
        drop_orphans(folder.path)
        editor_file.drop_empty(folder)
        editor_file.drop(lent)
        for number, kept in versions:
            if kept or not os.path.lexists(folder.path_of(number)):
                Versions(folder.path, number).drop_all_but(kept)
        for name in originals:
            with suppress(OSError):
                safe_open.unlink(folder.own(ORIGINALS) / name)


class _Overdue:
    """What a folder keeps for longer than it has to; looking notes what is seen first."""

    def __init__(self, folder: Folder, retention: Retention, now: datetime, ledger: Ledger) -> None:
        self._folder = folder
        self._retention = retention
        self._now = now
        self._ledger = ledger

    def versions(self) -> list[tuple[str, int]]:
        """The cases of which versions can go, and how many stay."""
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

    def originals(self) -> list[str]:
        """The names of the originals that can go."""
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
        """For how many days something is there, both for certain and by the clock."""
        by_clock = (self._now.timestamp() - made) / trusted_time.DAY
        return min(self._ledger.age_days(name, mark), by_clock)
