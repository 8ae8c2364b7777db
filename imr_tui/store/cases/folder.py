"""The folder of cases: lists, opens, creates and restores cases, and writes letters."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from imr_tui.errors import BadInput, CannotStore, Conflict, ImrError
from imr_tui.model.limits import is_case_number, required_number
from imr_tui.model.size import Scale, require_allowed
from imr_tui.store.cases.case_codec import decode, encode
from imr_tui.store.cases.case_file import CaseFile, open_case
from imr_tui.store.cases.letter_file import (
    FOLDER as LETTERS,
    RECORD,
    WrittenLetter,
    content_digest,
    write_letter,
    written_letter,
)
from imr_tui.store.cases.own_files import own_files
from imr_tui.store.history.replaced import replace_file
from imr_tui.store.history.versions import Event, Versions
from imr_tui.store.safety import atomic, safe_open
from imr_tui.store.safety.folder_privacy import require_private
from imr_tui.store.safety.safe_open import SUFFIX, read_bytes
from imr_tui.store.worklist.case_files import case_names
from imr_tui.store.worklist.case_numbers import duplicate_of, taken
from imr_tui.text.sanitize import clean_line

if TYPE_CHECKING:
    from datetime import datetime

    from imr_tui.model.case import Case
    from imr_tui.store.history.versions import Version
    from imr_tui.store.locking.claim import Claim, Request
    from imr_tui.store.locking.holder import Holder


@dataclass(frozen=True)
class Entry:
    """A case file: its case, or the reason why it cannot be read."""

    path: Path
    """The case file."""
    case: Case | None
    """The case, or None if it cannot be read."""
    problem: str = ""
    """Why it could not be read, as a sentence."""

    @property
    def number(self) -> str:
        """The case number from the file name, safe to display."""
        return clean_line(self.path.stem)


@dataclass(frozen=True)
class Folder:
    """A folder of case files. Only they matter: everything cached from them can be rebuilt."""

    path: Path
    """Its path."""

    def entries(self) -> Iterator[Entry]:
        """All case files by name, unreadable ones with the reason; raises CannotStore."""
        for name in case_names(self.path):
            yield entry_of(self.path / name)

    def open(self, number: str) -> CaseFile:
        """Open the case file of `number`; raises BadInput or CannotStore."""
        return open_case(self._file(number, SUFFIX))

    def new(self, case: Case, event: Event | None = None) -> Path:
        """Create the file of a new case, with a first version if `event` is given.

        Raises Conflict if its number is taken, CannotStore also if others can access the folder,
        LimitReached if the case is too large.
        """
        require_private(self.path)
        require_allowed(Scale().size(case))
        return self.rescue(case, event)

    def rescue(self, case: Case, event: Event | None = None) -> Path:
        """Like `new`, but also in a folder open to others: for a case that no other disk takes."""
        path = self._file(case.number, SUFFIX)
        self.require_free(case.number)
        if not atomic.create(path, encode(case)):
            raise Conflict(f"{path} already exists. It was not changed.")
        if event is not None:
            self.versions(case.number).note(encode(case), event)
        return path

    def require_free(self, number: str) -> None:
        """Raise Conflict if a file has, or holds, the number of a new case; CannotStore."""
        for there in taken(self.path, number):
            is_named = there.stem.casefold() == number.casefold()
            has = "already exists" if is_named else "already has this case number"
            raise Conflict(f"{there} {has}. It was not changed.")

    def duplicate_of(self, number: str) -> str:
        """Error text if another file also holds case `number`, else blank; raises CannotStore."""
        return duplicate_of(self.path, number)

    def supersede(self, case: Case, me: Holder) -> Path:
        """Replace an existing case file; the old content becomes a version.

        `me` holds the claim meanwhile. Raises Conflict if another file also holds the number,
        Held if a session has the case open, LimitReached if the case is too large, CannotStore.
        """
        require_private(self.path)
        require_allowed(Scale().size(case))
        path = self._file(case.number, SUFFIX)
        if says := self.duplicate_of(case.number):
            raise Conflict(says)
        claimed = self.claim(case.number, me)
        try:
            replace_file(path, encode(case), Event.REPLACED)
            self.versions(case.number).note(encode(case), Event.IMPORTED)
        finally:
            claimed.release()
        return path

    def restore(self, number: str, version: Version, me: Holder) -> int | None:
        """Replace the case file of `number` by `version`.

        `me` holds the claim meanwhile. The old content, readable or not, is kept as a version;
        returns its number, or None if there was no file. Raises Held if a session has the case
        open, BadInput if the version holds another case, CannotStore also if others can access
        the folder.
        """
        require_private(self.path)
        data = read_bytes(version.path)
        if decode(data, version.path).number != number:
            raise BadInput(f"{version.path} is a version of another case. Nothing was restored.")
        claimed = self.claim(number, me)
        try:
            path, versions = self.path_of(number), self.versions(number)
            before = read_bytes(path) if os.path.lexists(path) else None
            replace_file(path, data, Event.RESTORING)
            kept = versions.find_bytes(before) if before is not None else None
            versions.note(data, Event.RESTORED)
            return kept.number if kept else None
        finally:
            claimed.release()

    def write_letter(
        self, number: str, letter: str, case: Case | None = None, now: datetime | None = None
    ) -> Path:
        """Write the letter of a case beside it as `<number>.txt`; raises CannotStore.

        A file that this program did not write is copied to `.imr/originals` first. With `case`,
        the worklist tells later whether the case would print another letter.
        """
        path = self._file(number, ".txt")
        content = content_digest(case) if case is not None else ""
        write_letter(path, letter.encode("ascii"), content, now)
        return path

    def is_written(self, number: str) -> bool:
        """Whether the letter of a case was written, now or earlier."""
        return is_case_number(number) and self.own(f"{LETTERS}/{number}{RECORD}").exists()

    def written_letter(self, case: Case) -> WrittenLetter | None:
        """The last letter written for a case; None if none was."""
        return written_letter(self.path_of(case.number), case)

    def versions(self, number: str) -> Versions:
        """The earlier versions of a case."""
        return Versions(self.path, number)

    def files(self, number: str) -> dict[str, bytes]:
        """The files of a case besides its case file, by their path here; raises CannotStore."""
        return own_files(self.path, required_number(number))

    # pydantic loads with the claims, which listing the cases does without.

    def claim(self, number: str, me: Holder) -> Claim:
        """Claim a case; raises Held if another session has it, CannotStore."""
        from imr_tui.store.locking.claim import claim

        return claim(self.path, number, me)

    def holder(self, number: str) -> Holder | None:
        """The session that has a case now, or None; changes nothing."""
        from imr_tui.store.locking.claim import holder

        return holder(self.path, number)

    def ask(self, number: str, me: Holder) -> Request:
        """Ask the holder for a case; raises Held if another session already does, CannotStore."""
        from imr_tui.store.locking.claim import ask

        return ask(self.path, number, me)

    def own(self, name: str) -> Path:
        """The path of a file or folder under `.imr`."""
        return self.path / ".imr" / name

    def is_writable(self) -> bool:
        """Whether the folder is writable, tested by writing a file."""
        try:
            atomic.make_folder(self.path / ".imr")
            atomic.write(self.own("probe"), b"")
            safe_open.unlink(self.own("probe"))
        except (OSError, CannotStore):
            return False
        return True

    def path_of(self, number: str) -> Path:
        """The path of a case, whether it exists or not; raises BadInput for an invalid number."""
        return self._file(number, SUFFIX)

    def _file(self, number: str, suffix: str) -> Path:
        return self.path / f"{required_number(number)}{suffix}"


def entry_of(path: Path) -> Entry:
    """Read the case file at `path`, or the reason why it cannot be read."""
    try:
        return Entry(path, open_case(path).case)
    except ImrError as error:
        return Entry(path, None, clean_line(str(error)))
