"""A determination that waits for a signature made elsewhere, under `.imr/waiting/<number>`."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from imr_tui.errors import BadInput
from imr_tui.model.limits import required_number
from imr_tui.store.safety import atomic, safe_open
from imr_tui.store.safety.safe_open import OWN, read_bytes

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = "waiting"
"""Folder under `.imr`, with a subfolder for each case that waits."""


class Waiting(NamedTuple):
    """What was prepared; each is a file."""

    before: bytes
    """The case file when it was prepared."""
    case: bytes
    """The case as it is signed."""
    letter: bytes
    """The letter."""
    manifest: bytes
    """The text to sign."""


def keep(folder: Path, number: str, waiting: Waiting) -> None:
    """Keep what was prepared, in place of an earlier one; raises CannotStore."""
    path = _path(folder, number)
    atomic.make_folders(path, folder)
    for name, data in waiting._asdict().items():
        atomic.write(path / name, data)


def read(folder: Path, number: str) -> Waiting:
    """Read what was prepared; raises BadInput if nothing was, CannotStore."""
    path = _path(folder, number)
    if not os.path.lexists(path / Waiting._fields[-1]):
        raise BadInput(
            f"No signature of {number} is expected. "
            "Write the text to sign with `imr-tui sign CASE --manifest FILE` first."
        )
    return Waiting(*(read_bytes(path / name) for name in Waiting._fields))


def drop(folder: Path, number: str) -> None:
    """Remove what was prepared."""
    path = _path(folder, number)
    with suppress(OSError):
        for name in safe_open.names(path):
            safe_open.unlink(path / name)
        with safe_open.opened(path.parent) as above:
            os.rmdir(path.name, dir_fd=above)


def _path(folder: Path, number: str) -> Path:
    return folder / OWN / FOLDER / required_number(number)
