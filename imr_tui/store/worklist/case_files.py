"""The case files of a folder, and the stamps that show whether one has changed."""

import os
from collections.abc import Iterator
from pathlib import Path

from imr_tui.errors import CannotStore
from imr_tui.store.safety import atomic
from imr_tui.store.safety.safe_open import SUFFIX

Status = os.stat_result | None
"""The stat result of a file, or None if it cannot be had."""


def case_names(folder: Path) -> list[str]:
    """The names of the case files, sorted; raises CannotStore."""
    return sorted(entry.name for entry in _entries(folder))


def case_files(folder: Path) -> Iterator[tuple[str, Status]]:
    """The name and status of each case file, unsorted; raises CannotStore."""
    for entry in _entries(folder):
        try:
            yield entry.name, entry.stat(follow_symlinks=False)
        except FileNotFoundError:
            # Deleted since the folder was read.
            continue
        except OSError:
            yield entry.name, None


def _entries(folder: Path) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.endswith(SUFFIX) and not entry.name.startswith("."):
                    yield entry
    except OSError as error:
        raise CannotStore(_unreadable(folder, error)) from error


def _unreadable(folder: Path, error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return f"There is no folder {folder}. Make it, or name the one that holds your cases."
    if isinstance(error, NotADirectoryError):
        return f"{folder} is not a folder. Name the folder that holds your cases."
    return f"The folder {folder} could not be read: {atomic.reason(error)}."
