"""Texts kept beside a case file, one for each session that wrote one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import count
from pathlib import Path

from imr_tui.errors import CannotStore
from imr_tui.model.limits import is_case_number
from imr_tui.store.locking.sessions import is_running_elsewhere, session_id
from imr_tui.store.safety import atomic, safe_open
from imr_tui.store.safety.safe_open import SUFFIX, read_bytes

FOLDER = "aside"
"""Folder under `.imr` with files named `<case number>@<session>.toml`."""
_NAME = re.compile(rf"(?P<number>[^@]+)(?:@(?P<session>[A-Za-z0-9-]+))?{re.escape(SUFFIX)}")
"""The session is optional, because earlier releases kept one file for each case."""
_turn = count(1)


class Aside:
    """The text that one session keeps beside a case file; no other session writes it."""

    def __init__(self, folder: Path, number: str) -> None:
        self._above = folder
        self.path = (
            folder / safe_open.OWN / FOLDER / f"{number}@{session_id()}-{next(_turn)}{SUFFIX}"
        )
        """The file, which does not exist before the first `write`."""
        self._is_made = False

    def write(self, data: bytes) -> None:
        """Write `data` over this session's earlier text; raises CannotStore."""
        if self._is_made and self.path.exists():
            atomic.write(self.path, data)
            return
        atomic.make_folders(self.path.parent, self._above)
        if not atomic.create(self.path, data):
            raise CannotStore(f"{self.path} already exists. It was not changed.")
        self._is_made = True

    def drop(self) -> None:
        """Remove the file; its text must be stored elsewhere by now."""
        self._is_made = False
        with suppress(OSError):
            safe_open.unlink(self.path)


def asides(folder: Path, number: str) -> Sequence[Path]:
    """The texts beside the case `number`, newest first.

    Excludes those of other running sessions, which offer them themselves.
    """
    own = folder / safe_open.OWN / FOLDER
    found = [own / name for name, each in _all(folder) if each == number and not _is_in_use(name)]
    return sorted(found, key=_age)


def cases_with_asides(folder: Path) -> Iterator[tuple[str, Path]]:
    """Each text beside a case of `folder`, with the number of that case."""
    for name, number in _all(folder):
        yield number, folder / safe_open.OWN / FOLDER / name


def _all(folder: Path) -> Iterator[tuple[str, str]]:
    names: list[str] = []
    # Checked first, because the folder rarely exists and every case asks for it.
    if (folder / safe_open.OWN / FOLDER).is_dir():
        with suppress(OSError):
            names = safe_open.names(folder / safe_open.OWN / FOLDER)
    for name in names:
        match = _NAME.fullmatch(name)
        path = folder / safe_open.OWN / FOLDER / name
        if match and is_case_number(match["number"]) and path.is_file() and not path.is_symlink():
            yield name, match["number"]


def _is_in_use(name: str) -> bool:
    """Whether the session that writes this text is still running."""
    match = _NAME.fullmatch(name)
    return bool(match and match["session"] and is_running_elsewhere(match["session"]))


def _age(path: Path) -> tuple[int, str]:
    try:
        return -path.lstat().st_mtime_ns, path.name
    except OSError:
        return 0, path.name


def drop_unless_changed(path: Path, data: bytes) -> None:
    """Remove another session's text, whose `data` is stored elsewhere now."""
    with suppress(OSError, CannotStore):
        if read_bytes(path) == data:
            safe_open.unlink(path)
