"""Reads and changes the files of intake, on the disk or, for a dry run, in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imr_tui.errors import ChangedElsewhere
from imr_tui.store.audit.log_write import locked
from imr_tui.store.cases.folder import Folder
from imr_tui.store.history.replaced import replace_unchanged
from imr_tui.store.history.versions import Event
from imr_tui.store.intake.closing import close_case, closing_path, encoded, reopen_case
from imr_tui.store.intake.new_facts import drop_new_facts, new_facts_path, numbers_with_new_facts
from imr_tui.store.intake.received import (
    RECEIVED,
    intake_folder,
    read_if_there,
    received_path,
)
from imr_tui.store.locking.holder import Held
from imr_tui.store.recovery import journal
from imr_tui.store.recovery.asides import asides
from imr_tui.store.safety import atomic, atomic_batch, safe_open
from imr_tui.store.safety.safe_open import SUFFIX

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from imr_tui.store.intake.closing import Closing
    from imr_tui.store.locking.holder import Holder


class CaseWrites:
    """The changes that an intake makes in a folder of cases; all raise CannotStore."""

    def __init__(self, folder: Path, me: Holder) -> None:
        """`me` is the session that claims a case while it is replaced."""
        self.folder = folder
        self._me = me

    def read(self, path: Path) -> bytes | None:
        """The bytes of a file; None if it does not exist."""
        return read_if_there(path)

    def create(self, cases: Mapping[str, bytes]) -> frozenset[str]:
        """Create case files, by number; returns the numbers of files that exist with other text."""
        named = {f"{number}{SUFFIX}": data for number, data in cases.items()}
        there = atomic_batch.create_all(self.folder, named)
        other = (name for name in there if self.read(self.folder / name) != named[name])
        return frozenset(name.removesuffix(SUFFIX) for name in other)

    def receive(self, cases: Mapping[str, bytes]) -> None:
        """Keep cases, by number, as they were received; nothing waits for a reviewer then."""
        place = intake_folder(self.folder) / RECEIVED
        atomic.make_folders(place, self.folder)
        atomic_batch.write_all(place, {f"{number}{SUFFIX}": cases[number] for number in cases})
        for number in set(numbers_with_new_facts(self.folder)).intersection(cases):
            with locked(intake_folder(self.folder)):
                drop_new_facts(self.folder, number)

    def update(self, number: str, before: bytes, data: bytes) -> None:
        """Replace the case file that holds `before`, which becomes a version.

        Raises Held if a session has the case, ChangedElsewhere if the file holds another text.
        """
        # Loads pydantic, which reading does without.
        from imr_tui.store.locking.claim import claim

        claimed = claim(self.folder, number, self._me)
        try:
            if has_kept_text(self.folder, number):
                raise ChangedElsewhere(f"A text of {number} is kept that was not saved yet.")
            Folder(self.folder).versions(number).note(before, Event.UPDATING)
            replace_unchanged(self.folder / f"{number}{SUFFIX}", before, data)
        finally:
            claimed.release()

    def wait(self, number: str, data: bytes) -> None:
        """Keep a case, as it is given now, until a reviewer has looked at it."""
        path = new_facts_path(self.folder, number)
        atomic.make_folders(path.parent, self.folder)
        with locked(path.parent):
            atomic.write(path, data)

    def close(self, number: str, why: Closing) -> None:
        """Close a case."""
        close_case(self.folder, number, why)

    def reopen(self, number: str) -> None:
        """Open a closed case again."""
        reopen_case(self.folder, number)


class RememberedWrites(CaseWrites):
    """Changes that are only remembered, so that a dry run tells what would happen."""

    def __init__(self, folder: Path, me: Holder) -> None:
        super().__init__(folder, me)
        self._files: dict[Path, bytes | None] = {}

    def read(self, path: Path) -> bytes | None:
        return self._files[path] if path in self._files else read_if_there(path)

    def create(self, cases: Mapping[str, bytes]) -> frozenset[str]:
        for number, data in cases.items():
            self._files[self.folder / f"{number}{SUFFIX}"] = data
        return frozenset()

    def receive(self, cases: Mapping[str, bytes]) -> None:
        for number, data in cases.items():
            self._files[received_path(self.folder, number)] = data
            self._files[new_facts_path(self.folder, number)] = None

    def update(self, number: str, before: bytes, data: bytes) -> None:
        from imr_tui.store.locking.claim import holder

        if (other := holder(self.folder, number)) is not None:
            raise Held(number, other)
        if has_kept_text(self.folder, number):
            raise ChangedElsewhere(f"A text of {number} is kept that was not saved yet.")
        self._files[self.folder / f"{number}{SUFFIX}"] = data

    def wait(self, number: str, data: bytes) -> None:
        self._files[new_facts_path(self.folder, number)] = data

    def close(self, number: str, why: Closing) -> None:
        self._files[closing_path(self.folder, number)] = encoded(why)

    def reopen(self, number: str) -> None:
        self._files[closing_path(self.folder, number)] = None


def has_kept_text(folder: Path, number: str) -> bool:
    """Whether an ended session kept a text of a case that its file does not have."""
    if asides(folder, number):
        return True
    place = folder / safe_open.OWN / journal.FOLDER
    try:
        return any(journal.number_of(place / name) == number for name in safe_open.names(place))
    except OSError:
        return False
