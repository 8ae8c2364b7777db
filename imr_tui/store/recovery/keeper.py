"""Saves the open case, and keeps it elsewhere at once if its file cannot be written."""

from __future__ import annotations

import os
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from imr_tui.errors import CannotStore, Conflict, KeptElsewhere
from imr_tui.model.limits import required_number
from imr_tui.store.locking.sessions import new_session
from imr_tui.store.recovery import journal, rescue
from imr_tui.store.recovery.kept_text import KeptText

if TYPE_CHECKING:
    from imr_tui.model.case import Case
    from imr_tui.store.cases.case_file import CaseFile
    from imr_tui.store.recovery.journal import Journal


RETRY_SECONDS = 1.0
"""How long newer states skip the file after a failure, since each try may block."""


class Keeper:
    """Writes an open case to its file, or else to the journal, aside or rescue directory.

    `save` runs on the saver's thread; `keep` runs on another one while the file hangs.
    """

    def __init__(self, file: CaseFile, rescue: str = "", journal: Journal | None = None) -> None:
        self._file = file
        self._folder = file.path.parent
        self._place = os.path.realpath(self._folder)
        self._disk = self._folder.stat().st_dev
        self._rescue = Path(rescue) if rescue else None
        self._journal = journal
        self._session = new_session()
        self._count = 0
        self._rescued: Path | None = None
        self._lock = threading.Lock()
        self._refused: CannotStore | None = None
        self._retry_at = 0.0
        self._last: Case | None = None

    def prepare(self) -> None:
        """Create the journal unless it exists, while the disk has space."""
        with self._lock:
            self._prepare()

    def _prepare(self) -> None:
        if self._journal is None or not self._journal.is_in_place:
            self._drop_journal()
            if self._is_unmounted():
                return
            with suppress(CannotStore):
                number = required_number(self._file.path.stem)
                self._journal = journal.create(self._folder, number, self._session)

    def save(self, case: Case) -> None:
        """Save `case` to its file; raises what `CaseFile.save` raises.

        Raises KeptElsewhere instead of CannotStore if the case was kept elsewhere. For
        RETRY_SECONDS after a failure, newer states go there directly.
        """
        is_newer, self._last = case is not self._last, case
        if self._refused is not None and is_newer and time.monotonic() < self._retry_at:
            self._keep_or_raise(case, self._refused)
        try:
            self._save(case)
        except Conflict:
            self._clear()
            raise
        except CannotStore as error:
            self._refused, self._retry_at = error, time.monotonic() + RETRY_SECONDS
            self._keep_or_raise(case, error)
            raise
        self._refused = None
        self._clear()

    def keep(self, case: Case) -> bool:
        """Keep `case` elsewhere while its file hangs, preferably on another disk."""
        with self._lock:
            text = self.text_of(case)
            return self._write_rescue(text) or self._write_journal(text)

    def close(self, *, is_saved: bool) -> None:
        """Close the journal, and delete it if everything is saved."""
        if is_saved:
            self._clear()
        if self._journal is not None:
            self._journal.close(remove=is_saved)

    def text_of(self, case: Case) -> KeptText:
        """`case` in the format in which it is kept elsewhere."""
        file = self._file
        self._count += 1
        data = file.bytes_of(case)
        number = file.path.stem
        return KeptText(
            self._place, number, self._session, self._count, time.time(), file.base, data
        )

    def _save(self, case: Case) -> None:
        if self._is_unmounted():
            raise CannotStore(f"{self._file.path} could not be written: its disk is not mounted.")
        self._file.save(case)

    def _is_unmounted(self) -> bool:
        """Whether the folder is now on another disk and lacks the case.

        It is then the mount point of an unmounted disk, to which nothing must be written.
        """
        try:
            return self._folder.stat().st_dev != self._disk and not os.path.lexists(self._file.path)
        except OSError:
            return False

    def _keep_or_raise(self, case: Case, refused: CannotStore) -> None:
        """Keep `case` elsewhere and raise KeptElsewhere; returns if that fails."""
        if where := self._keep(case):
            raise KeptElsewhere(f"{self._reason(refused)}; kept in {where}") from refused

    def _keep(self, case: Case) -> str:
        """Keep `case` in the first place that works; returns its display name, or blank."""
        with self._lock:
            text = self.text_of(case)
            if self._write_journal(text):
                return "the journal"
            if self._file.is_displaced:
                with suppress(CannotStore):
                    self._file.save_aside(case)
                    return "a file beside it"
            return "the rescue directory" if self._write_rescue(text) else ""

    def _write_journal(self, text: KeptText) -> bool:
        self._prepare()
        if self._journal is None:
            return False
        with suppress(OSError):
            self._journal.write(text.encode())
            return self._journal.is_in_place
        return False

    def _write_rescue(self, text: KeptText) -> bool:
        if self._rescue is None:
            return False
        with suppress(CannotStore):
            self._rescued = rescue.keep(self._rescue, text)
            return True
        return False

    def _reason(self, error: CannotStore) -> str:
        """A short reason why the file cannot be written."""
        if self._file.is_displaced:
            return "something else has the name of its file"
        return str(error).removesuffix(".").rpartition(": ")[2]

    def _clear(self) -> None:
        """Delete what was kept elsewhere of a case that is saved now."""
        with self._lock:
            if self._rescued is not None:
                with suppress(OSError):
                    self._rescued.unlink(missing_ok=True)
                self._rescued = None
            if self._journal is not None:
                with suppress(OSError):
                    self._journal.clear()

    def _drop_journal(self) -> None:
        if self._journal is not None:
            self._journal.close(remove=False)
            self._journal = None
