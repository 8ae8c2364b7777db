"""The texts beside one case file, from which the reviewer has to choose."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from imr_tui.errors import CannotStore, ImrError
from imr_tui.store.cases.case_codec import decode
from imr_tui.store.history.versions import Event, Versions
from imr_tui.store.recovery.asides import Aside, asides, drop_unless_changed
from imr_tui.store.safety.safe_open import read_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from imr_tui.model.case import Case


class TextsBeside:
    """The text of this session, and those that were found when the file was opened."""

    def __init__(self, folder: Path, number: str) -> None:
        self.own = Aside(folder, number)
        """The text of this session."""
        self._found = list(asides(folder, number))
        self._versions = Versions(folder, number)

    @property
    def paths(self) -> list[Path]:
        """The files: that of this session, then those found at opening, newest first."""
        return [path for path in (self.own.path, *self._found) if path.exists()]

    @property
    def has_found(self) -> bool:
        """Whether any was found at opening, and is not dropped yet."""
        return bool(self._found)

    def newest(self) -> Case | None:
        """The case of the newest readable text, or None if there is no text.

        Raises BadInput or CannotStore if there are texts but none can be read.
        """
        refused: ImrError | None = None
        for path in self.paths:
            try:
                return decode(read_bytes(path), path)
            except ImrError as error:
                refused = refused or error
        if refused is not None:
            raise refused
        return None

    def keep_found(self, data: bytes) -> list[tuple[Path, bytes]]:
        """Keep each text found at opening as a version, oldest first, unless it equals `data`.

        Returns the texts that may be removed now, without unreadable ones. Raises CannotStore.
        """
        kept = []
        for path in reversed(self._found):
            with suppress(CannotStore):
                kept.append((path, read_bytes(path)))
        for _, found in kept:
            if found != data:
                self._versions.note(found, Event.ASIDE)
        return kept

    def drop(self, kept: list[tuple[Path, bytes]]) -> None:
        """Remove the text of this session, and the others as far as they are kept."""
        self.own.drop()
        for path, data in kept:
            drop_unless_changed(path, data)
        self._found.clear()
