"""The newest server of the shared store that a folder has seen, so that an older one is refused."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from imr_tui.errors import BadInput, CannotStore
from imr_tui.store.safety import atomic, safe_open
from imr_tui.store.shared.connection.identity import NEVER_SEEN, Identity
from imr_tui.store.toml_files import toml

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = "shared"
"""The folder under `.imr` for what concerns the shared store."""
LOOK_SECONDS = 60.0
"""How often a session looks for a newer primary while its own one still answers."""
NAME = "server.toml"
"""The file that holds the pair."""


class ServerMemory:
    """The highest epoch and timeline that any session of a folder has seen."""

    def __init__(self, folder: Path, name: str = f"{safe_open.OWN}/{FOLDER}/{NAME}") -> None:
        """`folder` is a folder of cases; `name` is the path of the file in it."""
        self._folder = folder
        self._path = folder / name
        self._known = NEVER_SEEN
        self._stamp = (0, 0)
        self._looked = time.monotonic()

    def highest(self) -> Identity:
        """The highest pair; `NEVER_SEEN` for none. Raises BadInput or CannotStore."""
        try:
            status = self._path.lstat()
        except FileNotFoundError:
            return NEVER_SEEN
        except OSError as error:
            raise CannotStore(f"{self._path} could not be read: {atomic.reason(error)}.") from error
        if (stamp := (status.st_ino, status.st_mtime_ns)) != self._stamp:
            self._known = self._decoded(safe_open.read_bytes(self._path))
            self._stamp = stamp
        return self._known

    def note(self, identity: Identity) -> None:
        """Remember a pair if it is the highest; raises BadInput or CannotStore."""
        if identity <= self.highest():
            return
        atomic.make_folders(self._path.parent, self._folder)
        data = toml.dumps(identity._asdict()).encode()
        if not atomic.create(self._path, data):
            atomic.swap(self._path, data, self._note_replaced)

    def _note_replaced(self, data: bytes) -> None:
        # Another session may have written a higher pair since this one read the file.
        self.note(self._decoded(data))

    def _decoded(self, data: bytes) -> Identity:
        tables, _ = toml.parse(data, self._path)
        epoch, timeline = tables.get("epoch"), tables.get("timeline")
        if not (isinstance(epoch, int) and isinstance(timeline, int)):
            raise BadInput(
                f"{self._path} does not hold an epoch and a timeline. Ask your site which server "
                "is the primary, then delete the file."
            )
        return Identity(epoch, timeline)

    def is_look_due(self) -> bool:
        """Whether to look for a newer primary now; then not again for `LOOK_SECONDS`."""
        now = time.monotonic()
        if now - self._looked < LOOK_SECONDS:
            return False
        self._looked = now
        return True
