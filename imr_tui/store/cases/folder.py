"""The folder of cases: what waits there, new cases, written letters, and its own `.imr`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from imr_tui.errors import CannotStore, Conflict, ImrError
from imr_tui.model.limits import required_number
from imr_tui.model.size import Scale, require_allowed
from imr_tui.store.cases.case_codec import encode
from imr_tui.store.cases.case_file import CaseFile, open_case, replace_file
from imr_tui.store.cases.letter_file import write_letter
from imr_tui.store.history.versions import Event, Versions
from imr_tui.store.safety import atomic, safe_open
from imr_tui.store.safety.folder_privacy import require_private
from imr_tui.store.safety.safe_open import SUFFIX
from imr_tui.store.worklist.case_files import case_names
from imr_tui.store.worklist.case_numbers import duplicate_of, taken
from imr_tui.text.sanitize import clean_line

if TYPE_CHECKING:
    from imr_tui.model.case import Case
    from imr_tui.store.locking.claim import Holder


@dataclass(frozen=True)
class Entry:
    """One file of the worklist: a case, or the reason why it is none."""

    path: Path
    """The case file."""
    case: Case | None
    """The case that it holds."""
    problem: str = ""
    """Why it could not be read, as a sentence."""

    @property
    def number(self) -> str:
        """The case number, by the file's name, fit to be shown."""
        return clean_line(self.path.stem)


@dataclass(frozen=True)
class Folder:
    """A folder of case files. They are the truth, and whatever is kept of them can be lost."""

    path: Path
    """Where it is."""

    def entries(self) -> Iterator[Entry]:
        """Every case file by name, broken ones with their reason; raises CannotStore."""
        for name in case_names(self.path):
            yield entry_of(self.path / name)

    def open(self, number: str) -> CaseFile:
        """The case file of `number`; raises BadInput or CannotStore."""
        return open_case(self._file(number, SUFFIX))

    def new(self, case: Case, event: Event | None = None) -> Path:
        """Write the file of a new case, and its first version where it came about by `event`.

        Raises Conflict if its number is taken, CannotStore if others can get at the folder,
        LimitReached if it holds too much.
        """
        require_private(self.path)
        require_allowed(Scale().size(case))
        return self.rescue(case, event)

    def rescue(self, case: Case, event: Event | None = None) -> Path:
        """`new`, for a case that no other disk takes: even where others see the file's name."""
        path = self._file(case.number, SUFFIX)
        for there in taken(self.path, case.number):
            has = (
                "is there" if there.stem.casefold() == case.number.casefold() else "has the number"
            )
            raise Conflict(f"{there} {has} already and was left as it is.")
        if not atomic.create(path, encode(case)):
            raise Conflict(f"{path} is there already and was left as it is.")
        if event is not None:
            self.versions(case.number).note(encode(case), event)
        return path

    def duplicate_of(self, number: str) -> str:
        """Why the case `number` must not be written: another file holds it, too; or blank.

        Raises CannotStore.
        """
        return duplicate_of(self.path, number)

    def supersede(self, case: Case, me: Holder) -> Path:
        """Write the file of a case over the one that is there, which becomes a version.

        `me` is who has the case meanwhile. Raises Conflict if another file holds its number,
        too, Held if a session has the case open, CannotStore, LimitReached if it holds too much.
        """
        from imr_tui.store.locking.claim import claim

        require_private(self.path)
        require_allowed(Scale().size(case))
        path = self._file(case.number, SUFFIX)
        if says := self.duplicate_of(case.number):
            raise Conflict(says)
        claimed = claim(self.path, case.number, me)
        try:
            replace_file(path, encode(case), Event.REPLACED)
            self.versions(case.number).note(encode(case), Event.IMPORTED)
        finally:
            claimed.release()
        return path

    def write_letter(self, number: str, letter: str) -> Path:
        """Write the letter of a case beside it as `<number>.txt`; raises CannotStore.

        A file there that is not a letter of this program's is kept under `.imr/originals`.
        """
        path = self._file(number, ".txt")
        write_letter(path, letter.encode("ascii"))
        return path

    def versions(self, number: str) -> Versions:
        """The earlier versions of a case."""
        return Versions(self.path, number)

    def own(self, name: str) -> Path:
        """A file or folder of the program's own, under `.imr`."""
        return self.path / ".imr" / name

    def is_writable(self) -> bool:
        """Whether a file can be written here, found out by writing one."""
        try:
            atomic.make_folder(self.path / ".imr")
            atomic.write(self.own("probe"), b"")
            safe_open.unlink(self.own("probe"))
        except (OSError, CannotStore):
            return False
        return True

    def path_of(self, number: str) -> Path:
        """Where the case of `number` is or would be; raises BadInput for what is no number."""
        return self._file(number, SUFFIX)

    def _file(self, number: str, suffix: str) -> Path:
        return self.path / f"{required_number(number)}{suffix}"


def entry_of(path: Path) -> Entry:
    """The case file at `path`, or why it cannot be read."""
    try:
        return Entry(path, open_case(path).case)
    except ImrError as error:
        return Entry(path, None, clean_line(str(error)))
