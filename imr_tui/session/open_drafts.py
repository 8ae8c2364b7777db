"""Text typed into dialogs and at prompts that the case does not hold yet, saved as drafts."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, NamedTuple

from imr_tui.errors import CannotStore, KeptElsewhere
from imr_tui.session.draft_paths import moved
from imr_tui.store.cases.drafts import (
    NO_CASE,
    DraftsJournal,
    load_drafts,
    recover_drafts,
    save_drafts,
)
from imr_tui.store.cases.saver import Report, Saver

if TYPE_CHECKING:
    from pathlib import Path

    from imr_tui.model.case import Case


IN_FOLDER = "folder."
"""The prefix of the paths of drafts that belong to the folder and not to a case."""


class DialogDraft(NamedTuple):
    """A text that was typed into a field of a dialog."""

    number: str
    """The number of the case, or NO_CASE."""
    path: str
    """The path of the field."""
    text: str
    """The text."""


_Files = dict[str, dict[str, str]]


class OpenDrafts:
    """The drafts of this session; every change is saved at once, on a thread.

    The path of a draft is that of the field of the case that it is for, or begins with IN_FOLDER.
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
        """Continue with the drafts of a case; blank for none, as for a read-only case."""
        with self._lock:
            self._number = number
            self._removed.clear()
            if number and self.is_saved:
                # Another session may have had the case meanwhile.
                self._files.pop(number, None)
            if number:
                self._opened_saver().then(self._journal.prepare)

    def text(self, path: str, otherwise: str = "") -> str:
        """The draft of a field, or `otherwise` if the field has no draft."""
        with self._lock:
            number = self._number_of(path)
            if not number or path in self._given.get(number, ()):
                return otherwise
            return self._drafts(number).get(path, otherwise)

    def put(self, path: str, text: str) -> None:
        """Keep the text of a field; a blank one drops the draft."""
        with self._lock:
            if number := self._number_of(path):
                self._given.get(number, set()).discard(path)
                self._change(number, path, text if text.strip() else None)

    def drop(self, path: str) -> None:
        """Drop the draft of a field."""
        self.put(path, "")

    def drop_all(self, start: str) -> None:
        """Drop the drafts of all fields whose paths begin with `start`."""
        with self._lock:
            for path in self.paths(start):
                self.drop(path)

    def paths(self, start: str) -> list[str]:
        """The paths of the drafts that begin with `start`."""
        with self._lock:
            number = self._number_of(start)
            given = self._given.get(number, set())
            drafts = self._drafts(number) if number else {}
            return [path for path in drafts if path.startswith(start) and path not in given]

    def find(self, path: str) -> DialogDraft | None:
        """The draft of a field, if there is one."""
        with self._lock:
            number = self._number_of(path)
            text = self._drafts(number).get(path) if number else None
            return None if text is None else DialogDraft(number, path, text)

    def give(self, draft: DialogDraft) -> None:
        """Note that the case holds a draft, which `settle` drops once the case is saved.

        A draft whose field was changed since is kept.
        """
        with self._lock:
            if self._drafts(draft.number).get(draft.path) == draft.text:
                self._given.setdefault(draft.number, set()).add(draft.path)

    def settle(self) -> None:
        """Drop the drafts that the saved case holds; from any thread."""
        with self._lock:
            given, self._given = self._given, {}
            for number, paths in given.items():
                for path in paths:
                    self._change(number, path, None)

    def follow(self, before: Case, after: Case) -> None:
        """Let the drafts follow rows that an edit moved, and return with rows that come back."""
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
        """Whether all drafts are saved."""
        return self._saver is None or self._saver.is_idle

    def flush(self, seconds: float | None = None) -> bool:
        """Wait at most so long until all drafts are saved; whether they are. For any thread.

        The journal counts, for a disk that takes no new file.
        """
        return self._saver is None or self._saver.flush(seconds, or_kept=True)

    def close(self) -> None:
        """Remove an empty journal; no draft is kept afterwards."""
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
