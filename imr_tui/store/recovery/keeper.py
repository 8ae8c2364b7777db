"""The keeper: saves the open case, and keeps elsewhere at once what its file does not take."""

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


AGAIN_SECONDS = 1.0
"""How long the file is not tried again with newer states, which could wait for it."""


class Keeper:
    """The places of one open case: its file, the journal, the aside, the rescue directory.

    The saver's own thread saves; another one keeps while the file does not come back.
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
        self._busy = threading.Lock()
        self._refused: CannotStore | None = None
        self._again_at = 0.0
        self._last: Case | None = None

    def prepare(self) -> None:
        """Take the room of the journal, unless it is there, while the disk has room."""
        with self._busy:
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
        """Put `case` into its file; raises what `CaseFile.save` raises.

        KeptElsewhere instead of CannotStore where it is on the disk in another place. For a
        moment after the file has refused one state, newer ones go there at once.
        """
        is_newer, self._last = case is not self._last, case
        if self._refused is not None and is_newer and time.monotonic() < self._again_at:
            self._keep_or_raise(case, self._refused)
        try:
            self._save(case)
        except Conflict:
            self._clear()
            raise
        except CannotStore as error:
            self._refused, self._again_at = error, time.monotonic() + AGAIN_SECONDS
            self._keep_or_raise(case, error)
            raise
        self._refused = None
        self._clear()

    def keep(self, case: Case) -> bool:
        """Keep `case` while its file does not come back, on another disk if there is one."""
        with self._busy:
            text = self.text_of(case)
            return self._is_rescued(text) or self._is_in_journal(text)

    def close(self, *, is_saved: bool) -> None:
        """Let the journal go; nothing is left of it where all is saved."""
        if is_saved:
            self._clear()
        if self._journal is not None:
            self._journal.close(remove=is_saved)

    def text_of(self, case: Case) -> KeptText:
        """`case` in the form in which it is kept elsewhere."""
        file = self._file
        self._count += 1
        data = file.bytes_of(case)
        number = file.path.stem
        return KeptText(
            self._place, number, self._session, self._count, time.time(), file.base, data
        )

    def _save(self, case: Case) -> None:
        if self._is_unmounted():
            raise CannotStore(f"{self._file.path} could not be written: its disk is not there.")
        self._file.save(case)

    def _is_unmounted(self) -> bool:
        """Whether the folder is on another disk than it was, one that knows nothing of the case.

        Nothing goes there: it is what lies below the place of a disk that was unmounted.
        """
        try:
            return self._folder.stat().st_dev != self._disk and not os.path.lexists(self._file.path)
        except OSError:
            return False

    def _keep_or_raise(self, case: Case, refused: CannotStore) -> None:
        """Keep `case` and raise KeptElsewhere; return if nothing takes it."""
        if where := self._keep(case):
            raise KeptElsewhere(f"{self._why(refused)}; kept in {where}") from refused

    def _keep(self, case: Case) -> str:
        """Keep `case` in the first place that takes it; what people call that, or blank."""
        with self._busy:
            text = self.text_of(case)
            if self._is_in_journal(text):
                return "the journal"
            if self._file.is_displaced:
                with suppress(CannotStore):
                    self._file.save_aside(case)
                    return "a file beside it"
            return "the rescue directory" if self._is_rescued(text) else ""

    def _is_in_journal(self, text: KeptText) -> bool:
        self._prepare()
        if self._journal is None:
            return False
        with suppress(OSError):
            self._journal.write(text.encode())
            return self._journal.is_in_place
        return False

    def _is_rescued(self, text: KeptText) -> bool:
        if self._rescue is None:
            return False
        with suppress(CannotStore):
            self._rescued = rescue.keep(self._rescue, text)
            return True
        return False

    def _why(self, error: CannotStore) -> str:
        """Why the file does not take the case, in a few words."""
        if self._file.is_displaced:
            return "the place of its file is taken"
        return str(error).removesuffix(".").rpartition(": ")[2]

    def _clear(self) -> None:
        """Leave nothing elsewhere of a case that is saved now."""
        with self._busy:
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
