"""The index of the reviewer's own rationales: a cache that can be deleted at any time.

Its methods never raise: what cannot be read or written is left out, and a damaged file is replaced.
"""

from __future__ import annotations

import sqlite3
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from threading import Lock
from typing import TYPE_CHECKING

from imr_tui.errors import CannotStore
from imr_tui.recall import query
from imr_tui.store.recall import indexed_files, matches
from imr_tui.store.recall.database import is_damaged, made_again, open_database
from imr_tui.store.recall.own_cases import own_files

if TYPE_CHECKING:
    import os
    from pathlib import Path

    from imr_tui.recall.rationale import Rationale
    from imr_tui.recall.subject import Subject

BATCH_SECONDS = 0.05
"""For how long files are read in one transaction; a search that waits ends it."""
_PAUSE_SECONDS = 0.001
"""The pause after each batch, in which a search gets the lock."""

Progress = Callable[[int, int], object]
"""Gets the number of files that were read, and of those to read."""


class RecallIndex:
    """The index of one folder of cases, for any thread; searches have their turn during updates."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = Lock()
        self._searching = 0
        self._changes = 0
        self._database = open_database(folder)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._database.close()

    def search(
        self, typed: str, about: Subject, leave_out: tuple[str, int] = ("", 0)
    ) -> tuple[Rationale, ...]:
        """The rationales with words that begin like those typed; all if none are typed.

        Those of requests that are similar to `about` come first, then the newest. Of equal texts
        only the first is returned, and none of the item `leave_out`, a case and a 0-based item.
        """
        words = query.typed_words(typed)
        if typed.strip() and not words:
            return ()
        self._searching += 1
        try:
            with self._lock, self._mending():
                return tuple(matches.search(self._database, words, about, leave_out))
        finally:
            self._searching -= 1
        return ()

    # ── Keeping up with the files ────────────────────────────────────────────────────────

    def update(
        self, tell: Progress = lambda *_: None, is_stopped: Callable[[], bool] = lambda: False
    ) -> bool:
        """Read the files that have changed, the newest first; True if a rationale changed.

        What was read until it is stopped stays in the index.
        """
        before = self._changes
        with suppress(CannotStore):
            there = own_files(self._folder)
            stale = deque(sorted(self._stale(there), key=lambda name: -there[name].st_mtime_ns))
            count = len(stale)
            while stale and not is_stopped():
                tell(count - len(stale), count)
                if not self._read_some(stale, there):
                    break
                time.sleep(_PAUSE_SECONDS)
        return self._changes != before

    def _stale(self, there: Mapping[str, os.stat_result]) -> list[str]:
        """The names of the files to read; what is known of files that are gone is removed."""
        with self._lock, self._mending(), self._writing():
            known = indexed_files.stamps(self._database)
            for name in known.keys() - there.keys():
                indexed_files.forget(self._database, name)
                self._changes += 1
            return [
                name
                for name, status in there.items()
                if name not in known or not known[name].matches(status)
            ]
        return list(there)

    def _read_some(self, stale: deque[str], there: Mapping[str, os.stat_result]) -> bool:
        """Read a file, and more until a search waits; False if the index does not take it."""
        ends = time.monotonic() + BATCH_SECONDS
        with self._lock, self._mending(), self._writing():
            while True:
                path = self._folder / stale[0]
                self._changes += indexed_files.read(self._database, path, there[stale[0]])
                stale.popleft()
                if not stale or self._searching or time.monotonic() > ends:
                    break
            return True
        return False

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """One transaction; raises sqlite3.Error."""
        self._database.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            with suppress(sqlite3.Error):
                self._database.execute("ROLLBACK")
            raise
        self._database.execute("COMMIT")

    @contextmanager
    def _mending(self) -> Iterator[None]:
        """Leave out what fails; a damaged index is replaced by a blank one."""
        try:
            yield
        except (sqlite3.Error, ValueError) as error:
            if is_damaged(error):
                self._database = made_again(self._folder, self._database)
