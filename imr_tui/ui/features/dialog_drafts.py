"""Text typed into dialogs that the case does not hold yet, saved as drafts."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, NamedTuple

from imr_tui.errors import CannotStore, KeptElsewhere
from imr_tui.store.cases.drafts import (
    NO_CASE,
    DraftsJournal,
    load_drafts,
    recover_drafts,
    save_drafts,
)
from imr_tui.store.cases.saver import Report, Saver
from imr_tui.ui.features.draft_paths import moved

if TYPE_CHECKING:
    from pathlib import Path

    from imr_tui.model.case import Case


IN_FOLDER = "folder."
"""How the paths begin of drafts that belong to the folder and not to a case."""


class DialogDraft(NamedTuple):
    """What was typed into a field."""

    number: str
    """The case, or NO_CASE."""
    path: str
    """The field."""
    text: str
    """What was typed."""


_Files = dict[str, dict[str, str]]


class OpenDrafts:
    """The drafts of this session. Every change goes to the disk at once, on a thread of its own.

    Each has a path: of the field of the case that it is for, or one that begins with IN_FOLDER.
    """

    def __init__(self, folder: Path, report: Report) -> None:
        self._folder = folder
        self._report = report
        self._number = ""
        self._files: _Files = {}
        self._given: dict[str, set[str]] = {}
        self._removed: list[tuple[Case, str, str]] = []
        self._on_disk: _Files = {}
        self._saver: Saver[_Files] | None = None
        self._journal = DraftsJournal(folder)
        self._lock = threading.RLock()

    def open(self, number: str) -> None:
        """Go on with the drafts of a case; blank: of none, as where a case can only be read."""
        with self._lock:
            self._number = number
            self._removed.clear()
            if number and self.is_saved:
                # Another session may have had the case meanwhile.
                self._files.pop(number, None)
            if number:
                self._opened_saver().then(self._journal.prepare)

    def text(self, path: str, otherwise: str = "") -> str:
        """The draft of a field, or what stands there without one."""
        with self._lock:
            number = self._number_of(path)
            if not number or path in self._given.get(number, ()):
                return otherwise
            return self._drafts(number).get(path, otherwise)

    def put(self, path: str, text: str) -> None:
        """Keep what is typed into a field now; blank drops its draft."""
        with self._lock:
            if number := self._number_of(path):
                self._given.get(number, set()).discard(path)
                self._change(number, path, text if text.strip() else None)

    def drop(self, path: str) -> None:
        """Forget the draft of a field."""
        self.put(path, "")

    def drop_all(self, start: str) -> None:
        """Forget the drafts of all fields whose paths begin so."""
        with self._lock:
            for path in list(self._drafts(self._number_of(start))):
                if path.startswith(start):
                    self.drop(path)

    def find(self, path: str) -> DialogDraft | None:
        """The draft of a field, if there is one."""
        with self._lock:
            number = self._number_of(path)
            text = self._drafts(number).get(path) if number else None
            return None if text is None else DialogDraft(number, path, text)

    def give(self, draft: DialogDraft) -> None:
        """The case has taken a draft: it goes from the disk once the case is there (`settle`).

        If nothing else was typed in its field since.
        """
        with self._lock:
            if self._drafts(draft.number).get(draft.path) == draft.text:
                self._given.setdefault(draft.number, set()).add(draft.path)

    def settle(self) -> None:
        """Drop what the case has taken, now that the disk holds the case; from any thread."""
        with self._lock:
            given, self._given = self._given, {}
            for number, paths in given.items():
                for path in paths:
                    self._change(number, path, None)

    def follow(self, before: Case, after: Case) -> None:
        """Let the drafts follow the rows that an edit moved; also back to rows that were gone."""
        with self._lock:
            if not self._number or not (self._removed or self._drafts(self._number)):
                return
            places = [(before, *each, True) for each in self._drafts(self._number).items()]
            places += [(*each, False) for each in self._removed]
            kept: dict[str, str] = {}
            self._removed = []
            for was, path, text, edited in places:
                if to := moved(path, was, after, edited=edited):
                    kept.setdefault(to, text)
                else:
                    self._removed.append((was, path, text))
            if kept != self._files[self._number]:
                self._files[self._number] = kept
                self._save()

    # ── The disk ─────────────────────────────────────────────────────────────────────────

    @property
    def is_saved(self) -> bool:
        """Whether the disk holds all drafts."""
        return self._saver is None or self._saver.is_idle

    def flush(self, seconds: float | None = None) -> bool:
        """Wait at most so long until the disk holds all drafts, on any thread; whether it does.

        The journal will do where it takes no new file.
        """
        return self._saver is None or self._saver.flush(seconds, or_kept=True)

    def close(self) -> None:
        """Leave no empty journal behind; nothing is kept afterwards."""
        self._journal.close()

    def _number_of(self, path: str) -> str:
        return NO_CASE if path.startswith(IN_FOLDER) else self._number

    def _drafts(self, number: str) -> dict[str, str]:
        if number not in self._files:
            recover_drafts(self._folder)
            self._files[number] = load_drafts(self._folder, number)
            self._on_disk[number] = dict(self._files[number])
        return self._files[number]

    def _change(self, number: str, path: str, text: str | None) -> None:
        drafts = self._drafts(number)
        if drafts.get(path) != text:
            self._files[number] = {each: kept for each, kept in drafts.items() if each != path}
            if text is not None:
                self._files[number][path] = text
            self._save()

    def _save(self) -> None:
        self._opened_saver().put(dict(self._files))

    def _opened_saver(self) -> Saver[_Files]:
        if self._saver is None:
            self._saver = Saver(self._write, self._report)
        return self._saver

    def _write(self, files: _Files) -> None:
        # On the saver's thread.
        try:
            for number, drafts in files.items():
                if self._on_disk.get(number) != drafts:
                    save_drafts(self._folder, number, drafts)
                    self._on_disk[number] = drafts
        except CannotStore as error:
            if self._journal.keep(files):
                said = str(error).removesuffix(".")
                raise KeptElsewhere(f"{said}; kept in the journal.") from error
            raise
        self._journal.clear()
