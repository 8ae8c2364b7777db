"""Temporary folders of demonstrations: private, locked while in use, and removed at the end."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from imr_tui.store.config.demo_mark import mark_as_demo
from imr_tui.store.safety import atomic, linux

PREFIX = "imr-tui-demo-"
"""How the names of these folders begin."""
CASES = "cases"
"""The folder of cases in such a folder."""
_TRIES = 3
"""How often removing is tried, as a thread may write a last file meanwhile."""
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


class DemoFolder:
    """A temporary folder that only this account may open, locked by this process."""

    def __init__(self, place: Path, descriptor: int) -> None:
        self.place = place
        """The folder that is removed at the end."""
        self.cases = place / CASES
        """The folder of cases in it, marked as a demonstration."""
        self._descriptor = descriptor

    def remove(self) -> None:
        """Remove the folder with all that is in it, and unlock it; safe to call twice."""
        if self._descriptor < 0:
            return
        for _ in range(_TRIES):
            shutil.rmtree(self.place, ignore_errors=True)
            if not os.path.lexists(self.place):
                break
        os.close(self._descriptor)
        self._descriptor = -1


def make_demo_folder() -> DemoFolder:
    """Create an empty folder of cases for a demonstration; raises CannotStore."""
    above = Path(tempfile.gettempdir())
    try:
        # Its mode is 0700.
        place = Path(tempfile.mkdtemp(prefix=PREFIX, dir=above))
        descriptor = os.open(place, _FOLDER)
    except OSError as error:
        raise atomic.refused(above, error) from error
    linux.lock(descriptor)
    made = DemoFolder(place, descriptor)
    try:
        atomic.make_folder(made.cases)
        mark_as_demo(made.cases)
    except BaseException:
        made.remove()
        raise
    return made


def remove_left_behind() -> None:
    """Remove the folders of this account's demonstrations whose process was killed."""
    for place in _folders(Path(tempfile.gettempdir())):
        # It may be removed meanwhile, by the process that made it.
        with suppress(OSError):
            if _is_left_behind(place):
                shutil.rmtree(place, ignore_errors=True)


def _folders(above: Path) -> Iterator[Path]:
    """The folders of demonstrations that belong to this account; links are left out."""
    with suppress(OSError), os.scandir(above) as entries:
        for entry in entries:
            if not entry.name.startswith(PREFIX):
                continue
            with suppress(OSError):
                status = entry.stat(follow_symlinks=False)
                if entry.is_dir(follow_symlinks=False) and status.st_uid == os.geteuid():
                    yield Path(entry.path)


def _is_left_behind(place: Path) -> bool:
    """Whether no process has a folder in use; raises OSError. One made just now is in use."""
    if linux.is_young(place.lstat()):
        return False
    descriptor = os.open(place, _FOLDER)
    try:
        # Without locks nobody can tell, so the folder stays.
        return linux.try_lock(descriptor) is True
    finally:
        os.close(descriptor)
